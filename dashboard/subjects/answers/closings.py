"""Answers about posts that close: what the documents tell, and apart what a closing would do."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.country_words import agreeing
from dashboard.document_names import document_name
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Block, Cell, Table, Text
from dashboard.subjects.answers import places
from dashboard.subjects.answers.asking import Asking, Lead, Reply, about
from dashboard.subjects.answers.question import Part
from dashboard.subjects.answers.supposing import supposed_in
from dashboard.subjects.network import history, lines
from dashboard.subjects.scenario.report import WhatIf, liaison_posts, post_labels
from data.load import reference
from geo import events
from geo.coverage import PLANNED, of_organisations, served
from geo.dates import surely_before
from geo.scenario import Close, Scenario
from geo.scenario import text as written
from geo.schemas import NOT_STATED

# --- what the documents say -----------------------------------------------------------------------


def every(asking: Asking) -> Reply:
    """Which posts close or closed, in the areas and years that the question names."""
    t = asking.t
    areas = [part.topics[0].name for part in asking.question.of("area")]
    inside = set().union(*map(snapshot.in_area, areas or [""]))
    facts = _departures()
    facts = facts[facts["iso3"].isin(inside)]
    gone = _gone(t, inside, years=_years(asking))
    leads = [Lead(t("find.to_history"), "network_history"), Lead(t("find.to_whatif"), "whatif")]
    if facts.empty:
        place = t.listing([t.area(area) for area in dict.fromkeys(areas)])
        none = t("find.closing_none", place=place)
        return Reply(" ".join([none, *gone]), [], leads)
    said = [*_summary(asking, facts), *gone]
    return Reply(" ".join(said), [*_context(t, facts), _table(t, facts)], leads)


def _years(asking: Asking) -> tuple[str, ...]:
    """The years that are asked for: beside a document a year is that of the document."""
    return () if "document" in asking.question.subjects else asking.question.years


def _summary(asking: Asking, facts: pd.DataFrame) -> list[str]:
    """Which places the documents name, of the years that are asked for or of all."""
    t, years = asking.t, _years(asking)
    dated = facts[facts["is_dated"]]
    if not years:
        newest = snapshot.store().release(snapshot.store().default_release())["network_as_of"]
        ahead = any(not surely_before(date, newest) for date in dated["date"])
        none_ahead = t("find.closings_none_ahead", newest=history.when(t, newest))
        return [_named(t, facts)] if ahead else [none_ahead, _named(t, facts)]
    inside = dated[dated["date"].str[:4].isin(years)]
    none = t("find.closings_none_in", years=t.listing(list(years)))
    said = [none if inside.empty else _named(t, inside)]
    undated = facts[~facts["is_dated"]].to_dict("records")
    if undated:
        names = t.listing([history.title(t, row) for row in undated])
        said.append(t("find.closings_undated", places=names))
    return said


def _named(t: Texts, facts: pd.DataFrame) -> str:
    """The places with the date of each, or that there is none."""
    names = [f"{history.title(t, row)} ({_when(t, row)})" for row in facts.to_dict("records")]
    return t.count("find.closings", len(names), places=t.listing(names))


def _context(t: Texts, facts: pd.DataFrame) -> list[Block]:
    """Of which wider plan that was part, and where an officer stands now."""
    announced = [
        _sentence(t, plan | {"is_dated": False})  # its date is that of the letter
        for plan in events.plans(reference("events"), facts).to_dict("records")
    ]
    said: list[Block] = [Text(about(t, t("find.closings_plan"), plan)) for plan in announced]
    back = events.returns(history.network_chains(""))
    back = back[(back["state"] == "present") & back["iso3"].isin(facts["iso3"])]
    if len(back):
        names = t.listing([history.title(t, row) for row in back.to_dict("records")])
        now = history.when(t, back["now"].max())
        said.append(Text(t("find.closings_now", now=now, places=names)))
    return said


def of_places(asking: Asking, parts: list[Part]) -> Reply:
    """Whether a post in each of these places closes or closed, as far as a document says it."""
    return places.each(asking, parts, _of_place)


def _of_place(asking: Asking, part: Part) -> Reply:
    """The same of one place, before what the network has there."""
    t, topic = asking.t, part.topics[0]
    host, today = places.host_of(asking, part), places.of_today(asking, part)
    country = places.country_of(asking, host)
    facts = _departures()
    facts = facts[facts["iso3"] == host]
    posts = places.posts_in(asking, part)
    posts = posts[posts["status"] == "active"]
    leads = list(today.leads)
    if topic.kind == "city":
        facts = facts[facts["city"].isna() | (facts["city"] == topic.name)]
    elif len(posts):
        leads.insert(0, places.closing_lead(asking, posts))
    place = asking.label(topic) if topic.kind == "city" else country.agreeing["land"]
    gone = _gone(t, {host}, topic.name if topic.kind == "city" else "")
    if facts.empty:
        none = t("find.closing_none", place=place)
        title = " ".join([*gone, none, today.title])
        return Reply(title, [*today.blocks, *country.history()], leads)
    said = [_sentence(t, row) for row in facts.to_dict("records")] + gone
    blocks: list[Block] = [_table(t, facts), *today.blocks]
    leads.append(Lead(t("find.to_history"), "network_history", {"land": host}))
    if posts.empty:
        said.append(today.title)
    else:
        names = posts["organisation"].fillna(NOT_STATED)
        who = dict.fromkeys(_full_name(t, str(name)) for name in names)
        release = snapshot.store().release(asking.filters.release)
        now, listed = history.when(t, release["network_as_of"]), t.listing([*who])
        said.append(t.count("find.closing_left", len(posts), now=now, place=place, who=listed))
        blocks.insert(1, Text(today.title))
    return Reply(" ".join(said), blocks, leads)


def _full_name(t: Texts, organisation: str) -> str:
    return t("short.not_stated") if organisation == NOT_STATED else t(f"full.{organisation}")


def _gone(t: Texts, hosts: set[str], city: str = "", years: tuple[str, ...] = ()) -> list[str]:
    """The posts that stood in one complete network and no longer stand in the newest, in words.

    `years` are those of the first network without them; none is all.
    """
    posts: dict[tuple[str, str], list[str]] = {}
    names = snapshot.names(t.language)
    for line in lines.gone():
        dates = line.closed
        if dates is None or line.host not in hosts or (city and line.city != city):
            continue
        if not years or dates[1][:4] in years:
            town = snapshot.city_names(t.language).get(line.city, line.city)
            whose = wording.post(t, line.organisation, town)
            posts.setdefault(dates, []).append(f"{whose} ({names[line.host]})".strip())
    return [
        t.count("find.gone", len(each), posts=t.listing(each), before=t.date(old), now=t.date(new))
        for (old, new), each in sorted(posts.items())
    ]


def _departures() -> pd.DataFrame:
    """As `geo.events.departures`, oldest first."""
    written = {str(name): str(date) for name, date in snapshot.documents()["date"].items()}
    found = events.departures(reference("events"), written)
    return found.sort_values("date", kind="stable")


def _when(t: Texts, row: Row) -> str:
    return t.date(row["date"]) if row["is_dated"] else t("find.no_date")


def _sentence(t: Texts, row: Row) -> str:
    """What a document tells, with the date that it gives."""
    source = document_name(t, row["document"])
    named = [t.date(row["date"]), source] if row["is_dated"] else [source]
    return f"{row[f'text_{t.language}']} ({'; '.join(named)})."


def _table(t: Texts, facts: pd.DataFrame) -> Table:
    """The facts as they are printed, each leading to its row."""
    body: rows.Rows = [
        [
            Cell(_when(t, row), records.text(row["date"])),
            t("network.quoted", text=row["printed"]),
            row[f"text_{t.language}"],
            rows.citation(t, row),
        ]
        for row in facts.to_dict("records")
    ]
    heads = rows.headers(t, ("when", "printed", "what", "place"))
    return Table("closings", t("find.rests_on"), heads, body)


# --- what a closing would do ----------------------------------------------------------------------


def any_post(asking: Asking) -> Reply:
    """That what a closing does depends on the post, and which countries have one officer only."""
    t = asking.t
    single = Lead(t("find.to_single"), "gaps", {"kinds": ("single",)})
    title = t("find.any_post", example=t("find.example.close"))
    return Reply(title, [], [Lead(t("find.to_whatif"), "whatif"), single])


def supposed(asking: Asking, parts: list[Part]) -> Reply:
    """What closing the post would do; of several posts each is a choice, and so are all of them."""
    t = asking.t
    asked = parts
    parts = supposed_in(asking.question, asked)
    every = pd.concat([places.posts_in(asking, part) for part in parts]).drop_duplicates("row")
    named = of_organisations(every, asking.named)
    every = named if len(named) else every
    used = frozenset({"organisation"} if len(named) else ())
    posts = every[every["status"] == "active"]
    without = [
        part for part in parts if not places.posts_in(asking, part)["row"].isin(posts["row"]).any()
    ]
    none = t("find.no_post", place=_names(asking, without))
    if posts.empty:
        units_of = [part for part in parts if part.topics[0].kind == "unit"]
        below = places.units(asking, units_of) if units_of else Reply("", [asking.source(every)])
        return replace(below, title=none)
    lacking: list[Block] = [Text(none)] if without else []
    if len(posts) > 1:
        labels = post_labels(asking.filters.release, t.language)
        leads = [
            replace(places.closing_lead(asking, posts[posts["row"] == row]), label=labels[int(row)])
            for row in posts["row"]
        ]
        place = _names(asking, [part for part in parts if part not in without])
        title = t("find.which_post", n=len(posts), place=place)
        blocks = [*lacking, asking.source(posts)]
        leads.append(places.closing_lead(asking, posts))
        return Reply(title, blocks, leads, used=used)
    scenario = Scenario(asking.filters.release, "", (Close(int(posts.iloc[0]["row"])),))
    effect = WhatIf(t, replace(asking.filters, scenario=written(scenario), area=""), scenario)
    said: list[Block] = [Text(sentence) for sentence in effect.sentences]
    printed = liaison_posts(asking.filters.release, t.language).loc[posts["row"]]
    then = [_then(asking, effect, part) for part in asked if part not in parts]
    return Reply(
        " ".join([*dict.fromkeys(filter(None, then)), effect.titled(effect.about)]),
        [*lacking, *said, asking.source(printed)],
        [places.closing_lead(asking, posts)],
        used=used,
    )


def _then(asking: Asking, effect: WhatIf, part: Part) -> str:
    """Who serves the country of a place once the post is closed, as far as posts do."""
    t, after, choice = asking.t, effect.answer.after, asking.filters.choice
    iso3, cities = places.host_of(asking, part), snapshot.city_names(t.language)
    land = agreeing(t, iso3, snapshot.names(t.language)[iso3])
    serving = served(after.postings, after.accreditations, choice)
    serving = serving[serving["iso3"] == iso3]
    if serving.empty:
        return t("find.then_nobody", **land, of=wording.of_no_choice(t, choice))
    posts = serving[(serving["rank"] < PLANNED) & ~serving["is_filo"]]
    names = [
        wording.post(t, who, cities.get(city, city))
        for who, city in zip(posts["organisation"], posts["city"], strict=True)
    ]
    # Of a plan, or an officer without a fixed post, the sentence below tells.
    if not names:
        return ""
    return t.count("find.then_served", len(names), **land, posts=t.listing(names))


def _names(asking: Asking, parts: list[Part]) -> str:
    """The names of places as a list, each once."""
    return asking.t.listing(list(dict.fromkeys(asking.label(part.topics[0]) for part in parts)))
