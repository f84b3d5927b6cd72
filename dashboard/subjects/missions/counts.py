"""Officers in missions by reference date: totals, changes, what is not known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard import evidence, ready, records, rows, snapshot, wording
from dashboard.document_names import document_name, table_name
from dashboard.figures.charts.scene import SHADES
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence
from dashboard.links import source_address
from dashboard.mission_names import renamed
from dashboard.records import Row
from dashboard.report import (
    Category,
    Cell,
    Chart,
    Form,
    Section,
    Series,
    Spec,
    Table,
    Text,
)
from dashboard.rows import Rows
from dashboard.wording import signed
from data.load import reference
from geo import mission_trends
from geo.mission_trends import GROUPS, MissionCount, other_totals

TableRows = tuple[list[str], Rows]


def headline(t: Texts, before: MissionCount | None, after: MissionCount, area: str) -> str:
    """How many officers in how many missions, and how that compares; `area` empty for the world."""
    days = {"date": after.as_of} | ({"before": before.as_of} if before else {})
    dates = {name: t.date(day).replace(" ", "\u00a0") for name, day in days.items()}
    now = {
        "officers": t.count("missions.dutch", after.officers),
        "missions": t.count("missions.missions", after.missions),
        "area": t("missions.in_area", area=t.area_within(area)) if area else "",
    } | dates
    if not after.missions and not (before and before.missions):
        return t("missions.title_none", **now)
    if before is None:
        return t("missions.title_one", **now)
    change = after.officers - before.officers
    how = "more" if change > 0 else "fewer" if change < 0 else "same"
    return t(f"missions.title_{how}", **now, n=abs(change))


def what_changed(t: Texts, steps: pd.DataFrame) -> str:
    """The step between two dates in a few sentences; `steps` as `geo.mission_trends.step`."""
    sentences = []
    for group in ("up", "down"):
        part = steps[steps["group"] == group]
        if len(part):
            total = signed(t, int(part["difference"].sum()))
            sentences.append(t.count(f"missions.said_{group}", len(part), total=total))
    if same := int((steps["group"] == "unchanged").sum()):
        sentences.append(t.count("missions.said_unchanged", same))
    for group in ("new", "ended"):
        part = steps[steps["group"] == group]
        if len(part):
            names = [
                f"{mission} ({t.number(int(n))})"
                for mission, n in zip(
                    part["mission"], part["after"].fillna(part["before"]), strict=True
                )
            ]
            sentences.append(t(f"missions.said_{group}", names=t.listing(names)))
    return " ".join(sentences)


def other_names(t: Texts, steps: pd.DataFrame) -> list[str]:
    """A line for every mission that the alias table links, with its note."""
    linked = steps[steps["relation"].isin(["same", "successor"])]
    return [
        t(
            f"missions.{row['relation']}",
            mission=row["mission"],
            other=row["other"],
            note=row[f"note_{t.language}"] or "",
        ).strip()
        for row in linked.to_dict("records")
    ]


def elsewhere(t: Texts, count: MissionCount) -> list[str]:
    """What another source says of all Dutch missions in the month of a count, where it differs."""
    totals = other_totals(count, reference("mission_evidence"))
    return [
        t(
            "missions.elsewhere",
            publisher=evidence.publisher(t, row),
            kind=t(f"evidence.kind_{row['kind']}"),
            when=t.date(row["date"]),
            n=t.number(int(row["officers"])),
            counted=t.number(count.officers),
            document=document_name(t, count.release),
            date=t.date(count.as_of),
        )
        for row in totals.to_dict("records")
    ]


def step_text(t: Texts, steps: pd.DataFrame, dates: Sequence[str]) -> str:
    """What the chart per mission shows, for those who do not see it."""
    missing = t("missions.absent")
    each = [
        f"{row['mission']}: "
        + ", ".join(
            missing if pd.isna(row[side]) else t.number(int(row[side]))
            for side in ("before", "after")[-len(dates) :]
        )
        for row in steps.to_dict("records")
    ]
    return t("missions.step_words", dates=t.listing(list(dates)), each="; ".join(each))


def _change(t: Texts, change: int) -> Cell:
    return Cell(signed(t, change), float(change), form=Form.of(change, signed=True))


def step_table(t: Texts, steps: pd.DataFrame, counts: Sequence[MissionCount]) -> TableRows:
    """(headers, rows) of the step: beside each number the row of the document that prints it."""
    sides = ("before", "after")[-len(counts) :]
    heads = [t("column.mission")]
    for count in counts:
        heads += [
            t.date(count.as_of),
            t("missions.row_in", document=document_name(t, count.release)),
        ]
    heads += [t("missions.difference")] if len(sides) == 2 else []
    body: Rows = []
    for row in steps.to_dict("records"):
        cells = [Cell(row["mission"])]
        for side, count in zip(sides, counts, strict=True):
            cells += [_officers(t, row[side]), _printed(t, row, side, count)]
        if len(sides) == 2:
            change = row["difference"]
            known = not pd.isna(change)
            cells.append(_change(t, int(change)) if known else Cell(""))
        body.append(cells)
    return heads, body


def _officers(t: Texts, number: float) -> Cell:
    return Cell(t("missions.absent")) if pd.isna(number) else rows.number(t, number)


def _printed(t: Texts, row: Row, side: str, count: MissionCount) -> Cell:
    """The row's number with the mission and, where the table has it, the duty station."""
    columns = ("table_row", "printed", "duty_printed")
    number, *cells = (records.text(row[f"{column}_{side}"]) for column in columns)
    if not number:
        return Cell("")
    first, shown = count.deployments.iloc[0], " | ".join(filter(None, cells))
    document, table = str(first["document"]), str(first["table"])
    href = source_address(document, table, number)
    text = f"{t('missions.row', row=number)}: {shown}"
    return Cell(text, href=href, documents=(document,))


def per_mission(t: Texts, wide: pd.DataFrame) -> TableRows:
    """(headers, rows) of `geo.mission_trends.per_mission`: all the dates there are."""
    heads = [t("column.mission"), *map(t.date, wide.columns)]
    return heads, [
        [Cell(str(mission)), *(_officers(t, number) for number in cells)]
        for mission, cells in zip(wide.index, wide.to_numpy().tolist(), strict=True)
    ]


def named_parts(t: Texts, counted: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The parts of every total as one table: kind, as_of, part (its name), missions, personnel.

    `counted` gives a frame of `geo.mission_trends` by the name of its column. The part that is
    largest over all dates comes first on each.
    """
    word = {"lead_organisation": lambda lead: t(f"lead.{lead}"), "continent": t.area}
    tables = []
    for kind, frame in counted.items():
        named = [t("missions.no_area") if pd.isna(p) else word[kind](p) for p in frame[kind]]
        order = frame.groupby(kind, dropna=False)["personnel"].transform("sum")
        tables.append(frame.assign(kind=kind, part=named, _order=order))
    return pd.concat(tables, ignore_index=True).sort_values(
        ["kind", "as_of", "_order", "part"], ascending=[False, True, False, True]
    )


def kinds(t: Texts) -> dict[str, str]:
    """What the parts of a total go by, as a heading."""
    return {kind: t(f"missions.by_{kind}") for kind in ("lead_organisation", "continent")}


def bar_titles(t: Texts, counts: Sequence[MissionCount]) -> dict[str, str]:
    """The line above the bar of each date."""
    return {
        count.as_of: t(
            "missions.bar",
            date=t.date(count.as_of),
            officers=count.officers,
            missions=t.count("missions.missions", count.missions),
        )
        for count in counts
    }


def parts_text(t: Texts, named: pd.DataFrame, over: Mapping[str, str]) -> str:
    """What the chart of parts shows, for those who do not see it."""
    sentences = []
    for as_of, title in over.items():
        for kind, heading in kinds(t).items():
            part = named[(named["as_of"] == as_of) & (named["kind"] == kind)]
            each = zip(part["part"], part["personnel"], strict=True)
            listed = ", ".join(f"{name} {t.number(int(n))}" for name, n in each)
            sentences.append(f"{title}. {heading}: {listed}")
    return f"{'. '.join(sentences)}."


def parts_table(t: Texts, named: pd.DataFrame, counts: Sequence[MissionCount]) -> TableRows:
    """(headers, rows) of the chart of parts, with the table that was counted."""
    where = {count.as_of: count for count in counts}
    body: Rows = [
        [
            Cell(t.date(row["as_of"]), row["as_of"]),
            t(f"missions.by_{row['kind']}"),
            row["part"],
            rows.number(t, row["missions"]),
            rows.number(t, row["personnel"]),
            sources(t, [where[row["as_of"]]]),
        ]
        for row in named.to_dict("records")
    ]
    date, officers, place = rows.headers(t, ("as_of", "personnel", "place"))
    return [date, t("missions.by"), t("missions.part"), t("page.missions"), officers, place], body


def sources(t: Texts, counts: Sequence[MissionCount]) -> str:
    """The documents that counts rest on, each with its reference date, and their table."""
    named = [
        t("missions.dated", document=document_name(t, count.release), date=t.date(count.as_of))
        for count in counts
    ]
    return ", ".join([t.listing(named), sources_table(t, counts)])


def sources_table(t: Texts, counts: Sequence[MissionCount]) -> str:
    """The table of missions in the documents of these counts."""
    printed = pd.concat([count.deployments["table"] for count in counts])
    return ", ".join(dict.fromkeys(table_name(t, str(table)) for table in printed))


def printed_tables(counts: Sequence[MissionCount]) -> dict[str, str]:
    """The printed table of missions, by document."""
    return {
        str(document): str(table)
        for count in counts
        for document, table in count.deployments.groupby("document")["table"].first().items()
    }


def counted_by(missions: Missions) -> Hashable:
    """All that a count of missions depends on: not the organisations, nor the layers."""
    filters = missions.filters
    return missions.t.language, filters.area, filters.dates


@dataclass(frozen=True)
class Missions:
    """The missions under the reader's choices; what counts them needs a date (see `every`).

    Everything raises DataError.
    """

    t: Texts
    filters: Filters

    @cached_property
    def every(self) -> list[MissionCount]:
        """The counts of the area on every reference date, oldest first; mostly two, maybe none."""
        return snapshot.mission_counts(self.filters.area)

    @cached_property
    def counts(self) -> list[MissionCount]:
        """The two dates to compare: those the reader chose, else the last two there are."""
        chosen = [count for count in self.every if count.as_of in self.filters.dates]
        return chosen if len(chosen) == 2 else self.every[-2:]

    @cached_property
    def after(self) -> MissionCount:
        """The later of the two."""
        return self.counts[-1]

    @cached_property
    def map_date(self) -> str:
        """The date whose missions are on the map: the reader's choice, else the later one."""
        dates = [count.as_of for count in self.counts]
        return self.filters.shown if self.filters.shown in dates else dates[-1]

    @cached_property
    def any(self) -> bool:
        """Whether there is a mission on one of the two dates."""
        return any(count.missions for count in self.counts)

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        if not self.every:
            return self.t("page.missions")
        before = self.counts[0] if len(self.counts) == 2 else None
        return headline(self.t, before, self.after, self.filters.area)

    @property
    @snapshot.cached(16, counted_by)
    def step(self) -> pd.DataFrame:
        """What changed between the two dates per mission, see `geo.mission_trends.step`."""
        if len(self.counts) == 2:
            before, after = self.counts
            step = mission_trends.step(before, after, reference("mission_aliases"))
            return renamed(self.t, step)
        return renamed(self.t, mission_trends.one_date(self.counts[0]))

    @property
    @snapshot.cached(16, counted_by)
    def lead(self) -> list[str]:
        """What changed, what another source says of the whole, and what a count is not."""
        return [self.changed, *self.elsewhere, self.t("missions.rule")]

    @property
    @snapshot.cached(16, counted_by)
    def changed(self) -> str:
        """How many missions grew, shrank, came and went; empty where there is one date."""
        return what_changed(self.t, self.step)

    @cached_property
    def counted(self) -> list[str]:
        """Where the number of the title stands, and what another source says of it."""
        if self.elsewhere:
            return self.elsewhere
        document, date = document_name(self.t, self.after.release), self.t.date(self.after.as_of)
        return [self.t("missions.counted", document=document, date=date)]

    @cached_property
    def elsewhere(self) -> list[str]:
        """What another source says of the later date; of a part of the world none does."""
        return [] if self.filters.area else elsewhere(self.t, self.after)

    @snapshot.cached(16, counted_by)
    def paste(self) -> Section:
        """The change as a paragraph in both languages."""
        return ready.section(self.t, lambda t: replace(self, t=t)._paragraph())

    def _paragraph(self) -> Text:
        register = snapshot.releases().set_index("release")["document"]
        places = {
            str(register[count.release]): sources_table(self.t, [count])
            for count in reversed(self.counts)
        }
        sentences = [sentence(self.title), *self.lead]
        return ready.paragraph(self.t, sentences, places)

    @cached_property
    def source(self) -> str:
        """The documents of the two dates, with their table."""
        return sources(self.t, self.counts)

    @cached_property
    def faults(self) -> list[str]:
        """A sentence for each table whose printed total is not the sum of its rows."""
        return wording.total_faults(self.t, self.counts)

    @property
    @snapshot.cached(16, counted_by)
    def other_names(self) -> list[str]:
        """What the star beside a mission means, a line for each."""
        return [f"* {line}" for line in other_names(self.t, self.step)]

    @snapshot.cached(16, counted_by)
    def step_chart(self) -> Chart:
        """The officers per mission on the two dates."""
        return step_chart(self.t, self.step, self.counts, self.filters.area)

    @snapshot.cached(16, counted_by)
    def parts_chart(self) -> Chart:
        """The total of every date in its parts: by who leads, and by continent."""
        t, long = self.t, mission_trends.over_time(self.every)
        titles = bar_titles(t, self.every)
        counted = {
            "lead_organisation": mission_trends.by_lead(long),
            "continent": mission_trends.by_area(long, reference("units"), "continent"),
        }
        named = named_parts(t, counted)
        headers, body = parts_table(t, named, self.every)
        return Chart(
            "mission_parts",
            t("missions.parts_title", area=_where(t, self.filters.area)),
            totals_spec(t, named, titles),
            parts_text(t, named, titles),
            headers,
            body,
            sources(t, self.every),
            documents=[count.release for count in self.every],
        )

    @snapshot.cached(16, counted_by)
    def all_dates(self) -> Table:
        """The officers per mission on every date there is."""
        long = renamed(self.t, mission_trends.over_time(self.every))
        wide = mission_trends.per_mission(long, [count.as_of for count in self.every])
        headers, body = per_mission(self.t, wide)
        source = sources(self.t, self.every)
        documents = [count.release for count in self.every]
        title = self.t("missions.all_dates")
        return Table("all_dates", title, headers, body, source, documents)


def step_chart(t: Texts, steps: pd.DataFrame, counts: Sequence[MissionCount], area: str) -> Chart:
    """The officers per mission on two dates, or on one.

    `steps` as `geo.mission_trends.step` or `one_date` makes it of `counts`; these are of `area`,
    empty for the world.
    """
    dates = [t.date(count.as_of) for count in counts]
    headers, body = step_table(t, steps, counts)
    return Chart(
        "missions",
        t("missions.step_title", dates=t.listing(dates), area=_where(t, area)),
        change_spec(t, steps, dates),
        step_text(t, steps, dates),
        headers,
        body,
        sources(t, counts),
        [count.release for count in counts],
    )


def change_spec(t: Texts, steps: pd.DataFrame, dates: Sequence[str]) -> Spec:
    """The officers of each mission on each date; one that is not in a table has none there.

    `steps` as `geo.mission_trends.step` or `one_date` makes it, which is in the order of groups.
    """
    categories = tuple(
        Category(
            row["mission"],
            group=t(f"missions.group_{row['group']}") if row["group"] in GROUPS else "",
            starred=bool(records.text(row["relation"])),
        )
        for row in steps.to_dict("records")
    )
    sides = [("before", "shade-1"), ("after", "mission")][-len(dates) :]
    series = tuple(
        Series(date, tuple(None if pd.isna(n) else float(n) for n in steps[side]), role)
        for date, (side, role) in zip(dates, sides, strict=True)
    )
    return Spec("change", categories, series)


def totals_spec(t: Texts, named: pd.DataFrame, over: Mapping[str, str]) -> Spec:
    """The officers of each date in their parts; `named` as `named_parts`, `over` names the bars."""
    bars = [(kind, as_of) for kind in kinds(t) for as_of in over]
    categories = tuple(
        Category(over[as_of], over[as_of], group=kinds(t)[kind]) for kind, as_of in bars
    )
    series = []
    for kind in kinds(t):
        of_kind = named[named["kind"] == kind]
        for number, (part, rows_) in enumerate(of_kind.groupby("part", sort=False)):
            officers = rows_.set_index("as_of")["personnel"]
            values = tuple(
                float(officers[as_of]) if each == kind and as_of in officers else None
                for each, as_of in bars
            )
            series.append(Series(str(part), values, f"shade-{number % len(SHADES)}"))
    return Spec("totals", categories, tuple(series))


def _where(t: Texts, area: str) -> str:
    return t("missions.in_area", area=t.area_within(area)) if area else ""
