"""Answers about officers in missions: on the dates that a question names, or in one mission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import rows, snapshot
from dashboard.i18n import Texts
from dashboard.mission_names import explained, mission_name
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.answers.asking import Asking, Lead, Reply, about
from dashboard.subjects.answers.dates import begins_in_a_year, names_now, names_two
from dashboard.subjects.answers.index import Topic
from dashboard.subjects.answers.question import Part, listed
from dashboard.subjects.missions import counts as mission_counts
from dashboard.subjects.missions.counts import Missions
from data.load import reference
from geo.mission_trends import MissionCount


def counted(asking: Asking) -> Reply:
    """The officers in missions on the dates that are asked for, else on the newest.

    Two dates are compared; what changed is read from every date beside the others.
    """
    t, years = asking.t, asking.question.years
    every = snapshot.mission_counts()
    chosen = [count for count in every if count.as_of[:4] in years] if years else every[-1:]
    if {"changed", "yearly"} & set(asking.question.subjects) and not years:
        chosen = every
    if not chosen:
        return _past(asking)
    if _reaches_today(asking) and every[-1] not in chosen:
        chosen = [*chosen, every[-1]]
    titles, tables, others = [], [], []
    # Which country has the most missions is another question.
    largest = "most" in asking.question.subjects and listed("country_words").isdisjoint(
        asking.question.words
    )
    chosen, within = [_part(asking, count) for count in chosen], _named_parts(asking)
    for count in chosen:
        missions = t.count("review.n_missions", count.missions)
        dated = {"date": t.date(count.as_of), "missions": missions}
        titles.append(t.count("find.missions", count.officers, **dated))
        titles += [_largest(t, count)] if largest else []
        tables.append(_table(t, count))
        others += [Text(said) for said in mission_counts.elsewhere(t, count) if not within]
    if len(chosen) == 2:
        titles.append(_difference(t, *chosen))
        others = [*([] if within else [Text(_compared(asking, chosen).changed)]), *others]
    elif years and names_now(asking.question):
        others = [Text(t("find.newest_count", date=t.date(every[-1].as_of))), *others]
    title = " ".join(filter(None, titles))
    if within:
        title = about(t, t.listing([asking.label(topic) for topic in within]), title)
    leads = [_to_missions(asking, chosen, within)]
    used = frozenset({"most"} if largest else ())
    return Reply(title, [*others, *tables], leads, used=used)


def _named_parts(asking: Asking) -> list[Topic]:
    """The parts of the world and the bodies that a question narrows the missions to."""
    return list(dict.fromkeys(part.topics[0] for part in asking.question.of("area", "body")))


def _part(asking: Asking, count: MissionCount) -> MissionCount:
    """A count of those parts of the world, and of missions that those bodies lead; else all."""
    named, frame = _named_parts(asking), count.deployments
    areas = [topic.name for topic in named if topic.kind == "area"]
    bodies = [topic.name for topic in named if topic.kind == "body"]
    inside = frozenset().union(*map(snapshot.in_area, areas))
    where = frame["areas"].fillna("").map(lambda codes: not inside.isdisjoint(str(codes).split()))
    chosen = (where | (not areas)) & (frame["lead_organisation"].isin(bodies) | (not bodies))
    return replace(count, deployments=frame[chosen])


def _to_missions(asking: Asking, chosen: Sequence[MissionCount], within: Sequence[Topic]) -> Lead:
    """The page of the missions as far as it shows the same, else that of all the years."""
    t = asking.t
    if not within:
        return Lead(t("find.to_missions"), "missions", _choices(chosen))
    if len(within) == 1 and within[0].kind == "area":
        choices = _choices(chosen) | {"area": within[0].name}
        return Lead(t("find.to_missions"), "missions", choices)
    return Lead(t("find.to_years"), "mission_years")


def _reaches_today(asking: Asking) -> bool:
    """Whether what a question names beside a year is how things are today."""
    question = asking.question
    if not question.years:
        return False
    one = len(question.years) == 1 and names_two(question)
    changed = len(question.years) == 1 and "changed" in question.subjects
    return one or changed or names_now(question) or begins_in_a_year(question)


def _table(t: Texts, count: MissionCount) -> Table:
    body: rows.Rows = [
        [row["printed"], rows.number(t, row["personnel"]), rows.citation(t, row)]
        for row in count.deployments.to_dict("records")
    ]
    heads = rows.headers(t, ("mission", "personnel", "place"))
    title = t("find.per_mission", date=t.date(count.as_of))
    return Table(f"missions-{count.as_of}", title, heads, body)


def _largest(t: Texts, count: MissionCount) -> str:
    """Which mission had the most of them, all of them where several did."""
    numbers = count.deployments.groupby("mission")["personnel"].sum()
    if numbers.empty:
        return ""
    first = [mission_name(t, str(name)) for name in numbers.index[numbers == numbers.max()]]
    return t("find.missions_most", missions=t.listing(first), n=int(numbers.max()))


def _difference(t: Texts, before: MissionCount, after: MissionCount) -> str:
    change = after.officers - before.officers
    how = "more" if change > 0 else "fewer" if change < 0 else "same"
    return t(f"find.missions_{how}", n=t.number(abs(change)))


def _compared(asking: Asking, chosen: Sequence[MissionCount]) -> Missions:
    """Two counts as the page of the missions compares them."""
    return snapshot.report_of(Missions, asking.t, replace(asking.filters, **_choices(chosen)))


def _choices(chosen: Sequence[MissionCount]) -> dict[str, Any]:
    """What the page of the missions must show so that it shows these counts, on its map the last.

    All over the world, as they are counted here.
    """
    dates = [count.as_of for count in snapshot.mission_counts()]
    shown = chosen[-1].as_of
    pair = sorted({chosen[0].as_of, shown}) if len(chosen) > 1 else dates[-2:]
    if shown not in pair:
        pair = [shown, dates[-1]]
    # What the page shows anyway stays out of its address.
    return {
        "area": "",
        "dates": () if pair == dates[-2:] else tuple(pair),
        "shown": "" if shown == pair[-1] else shown,
    }


def _past(asking: Asking) -> Reply:
    """That no document counts a year on a day, and the missions that a list dates in it."""
    t, years = asking.t, asking.question.years
    history = reference("mission_history")
    year = int(years[0])
    listed = history["document"].map(snapshot.documents()["date"]).str[:4].astype(int)
    last = history["end_year"].fillna(listed)  # what ran on when the list appeared
    inside = history[(history["start_year"] <= year) & (last >= year)]
    days = t.listing([t.date(count.as_of) for count in snapshot.mission_counts()])
    title = t("find.missions_uncounted", year=str(year), dates=days)
    leads = [Lead(t("find.to_years"), "mission_years")]
    if _reaches_today(asking):
        leads = [Lead(t("find.to_missions"), "missions", {"area": ""}), *leads]
    if inside.empty:
        return Reply(title, [], leads)
    body: rows.Rows = [
        [row["mission"], rows.number(t, row["max_deployed"]), rows.citation(t, row)]
        for row in inside.to_dict("records")
    ]
    heads = [t("column.mission"), t("find.most_ever"), t("column.place")]
    text = Text(t.count("find.missions_past", len(inside), year=str(year)))
    return Reply(title, [text, Table("past", t("find.most_ever"), heads, body)], leads)


def mission(asking: Asking, part: Part) -> Reply:
    """How many officers a mission has on each date, and where it works."""
    t, name = asking.t, part.topics[0].name
    body: rows.Rows = []
    said: list[str] = []
    having: list[MissionCount] = []
    for count in snapshot.mission_counts():
        here = count.deployments[count.deployments["mission"] == name].to_dict("records")
        number = sum(int(row["personnel"]) for row in here)
        date = t.date(count.as_of)
        having += [count] if here else []
        said.append(
            t.count("find.on_mission", number, date=date) if here else t("find.not_on", date=date)
        )
        body += [
            [
                Cell(date, count.as_of),
                row["printed"],
                rows.number(t, row["personnel"]),
                rows.citation(t, row),
            ]
            for row in here
        ]
    to_years = Lead(t("find.to_years"), "mission_years", {"mission": name})
    if not body:
        title = t("find.mission_past", mission=asking.label(part.topics[0]))
        return Reply(title, [], [to_years])
    leads = [Lead(t("find.to_missions"), "missions", _choices(having[-1:])), to_years]
    title = t("find.mission", mission=asking.label(part.topics[0]), counted=t.listing(said))
    heads = rows.headers(t, ("as_of", "printed", "personnel", "place"))
    table = Table("mission", t("column.mission"), heads, body)
    full = explained(t, [name])
    blocks: list[Block] = [Text(full), table] if full else [table]
    return Reply(title, blocks, leads)
