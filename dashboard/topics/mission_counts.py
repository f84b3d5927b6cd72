"""The missions as blocks: how many officers, how that changed, and of what the total consists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import cache, findings, missions, theme
from dashboard.charts import missions as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.report import Chart, Native, Table
from dashboard.shared import remembered
from geo import mission_trends
from geo.missions import MissionCount


@dataclass(frozen=True)
class Missions:
    """The missions under the reader's choices; what counts them needs a date (see `every`).

    Everything raises DataError.
    """

    t: Words
    filters: Filters

    @cached_property
    def every(self) -> list[MissionCount]:
        """The counts of the area on every reference date, oldest first; mostly two, maybe none."""
        return cache.mission_counts(self.filters.area)

    @cached_property
    def counts(self) -> list[MissionCount]:
        """The two dates to compare: those the reader chose, else the last two there are."""
        found = [count for count in self.every if count.as_of in self.filters.dates]
        return found if len(found) == 2 else self.every[-2:]

    @cached_property
    def after(self) -> MissionCount:
        """The later of the two."""
        return self.counts[-1]

    @cached_property
    def shown(self) -> str:
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
        return missions.headline(self.t, before, self.after, self.filters.area)

    @cached_property
    def step(self) -> pd.DataFrame:
        """What changed between the two dates per mission, see `geo.mission_trends.step`."""
        if len(self.counts) == 2:
            before, after = self.counts
            return mission_trends.step(before, after, cache.reference("mission_aliases"))
        return mission_trends.one_date(self.counts[0])

    @cached_property
    def lead(self) -> list[str]:
        """What changed, and what a count is not."""
        return [missions.what_changed(self.t, self.step), self.t("missions.rule")]

    @cached_property
    def source(self) -> str:
        """The documents of the two dates, with their table."""
        return missions.sources(self.t, self.counts)

    @cached_property
    def faults(self) -> list[str]:
        """A sentence for each table whose printed total is not the sum of its rows."""
        return findings.total_faults(self.t, self.counts)

    @cached_property
    def other_names(self) -> list[str]:
        """What the star beside a mission means, a line for each."""
        return [f"* {line}" for line in missions.other_names(self.t, self.step)]

    @remembered
    def step_chart(self) -> Chart:
        """The officers per mission on the two dates."""
        return step_chart(self.t, self.step, self.counts, self.filters.area)

    @remembered
    def parts_chart(self) -> Chart:
        """The total of every date in its parts: by who leads, and by continent.

        The parts of two kinds do not fit one chart of an office program.
        """
        t, long = self.t, mission_trends.over_time(self.every)
        titles = missions.titles(t, self.every)
        counted = {
            "lead_organisation": mission_trends.by_lead(long),
            "continent": mission_trends.by_area(long, cache.reference("units"), "continent"),
        }
        named = missions.named_parts(t, counted)
        headers, body = missions.parts_table(t, named, self.every)
        return Chart(
            "mission_parts",
            t("missions.parts_title", area=_where(t, self.filters.area)),
            charts.parts(named, titles, missions.kinds(t), t),
            missions.parts_words(t, named, titles),
            headers,
            body,
            missions.sources(t, self.every),
        )

    @remembered
    def all_dates(self) -> Table:
        """The officers per mission on every date there is."""
        long = mission_trends.over_time(self.every)
        wide = mission_trends.per_mission(long, [count.as_of for count in self.every])
        headers, body = missions.per_mission(self.t, wide)
        source = missions.sources(self.t, self.every)
        return Table("all_dates", self.t("missions.all_dates"), headers, body, source)


def step_chart(t: Words, found: pd.DataFrame, counts: Sequence[MissionCount], area: str) -> Chart:
    """The officers per mission on two dates, or on one.

    `found` as `geo.mission_trends.step` or `one_date` makes it of `counts`; these are of `area`,
    empty for the world.
    """
    dates = [t.date(count.as_of) for count in counts]
    headers, body = missions.step_table(t, found, counts)
    return Chart(
        "missions",
        t("missions.step_title", dates=t.listing(dates), area=_where(t, area)),
        charts.dumbbell(found, dates, t),
        missions.step_words(t, found, dates),
        headers,
        body,
        missions.sources(t, counts),
        _bars(found, dates),
    )


def _bars(found: pd.DataFrame, dates: Sequence[str]) -> Native:
    """The officers of each date as bars; a mission that is not in a table has none."""
    names = [
        mission if pd.isna(relation) else f"{mission} *"
        for mission, relation in zip(found["mission"], found["relation"], strict=True)
    ]
    sides = [("before", charts.SHADES[1]), ("after", theme.MISSION)][-len(dates) :]
    series = [
        (date, [None if pd.isna(n) else float(n) for n in found[side]], shade)
        for date, (side, shade) in zip(dates, sides, strict=True)
    ]
    return Native("bars", names, series)


def _where(t: Words, area: str) -> str:
    return t("missions.in_area", area=t.area(area)) if area else ""
