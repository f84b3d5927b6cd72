"""The missions as blocks, second part: where they are, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from dashboard import cache, findings, map_blocks, mission_rows, missions
from dashboard.map_views import smallest_view
from dashboard.report import Map, Table, Text
from dashboard.shared import remembered
from dashboard.topics.mission_counts import Missions
from geo import mission_cover, mission_trends
from geo.coverage import COVERED, Choice


@dataclass(frozen=True)
class Where:
    """Where the missions are; `shown` is the reference date of map and list, one of `found.counts`.

    Everything raises DataError.
    """

    found: Missions
    shown: str

    @cached_property
    def _both(self) -> pd.DataFrame:
        return mission_trends.over_time(self.found.counts)

    @cached_property
    def _here(self) -> pd.DataFrame:
        return self._both[self._both["as_of"] == self.shown]

    @cached_property
    def _places(self) -> pd.DataFrame:
        return mission_trends.places(self._here)

    @cached_property
    def _marks(self) -> pd.DataFrame:
        return mission_rows.stations(self._here, cache.reference("units"))

    @cached_property
    def source(self) -> str:
        """The document and table of the date that is shown."""
        counts = [count for count in self.found.counts if count.as_of == self.shown]
        return missions.sources(self.found.t, counts)

    @remembered
    def map(self) -> Map:
        """The areas of the missions, and the duty stations where the table prints any."""
        t, units = self.found.t, cache.reference("units")
        words = {
            "title": t("missions.map_title"),
            "none": t("missions.map_none"),
            "home": t("missions.map_home"),
        }
        return map_blocks.topic(
            t,
            self.found.filters,
            mission_rows.on_map(units, self._places),
            ("mission", "mission_region", "none"),
            key="missions_map",
            source=self.source,
            words=words,
            notes=mission_rows.map_notes(t, self._places),
            officers=self._marks,
            view=smallest_view(units, set(self._places["iso3"])),
            about=set(self._places["iso3"]),
        )

    @remembered
    def stations(self) -> Text:
        """What the marks on the map are, or that there are none."""
        note = mission_rows.stations_note(self.found.t, self._places, self._marks, self.shown)
        return Text(note, "note")

    @remembered
    def missions(self) -> Table:
        """The missions of the date with their areas."""
        t = self.found.t
        headers, body = mission_rows.where(t, self._here, cache.names(t.language))
        return Table("missions_where", t("missions.where"), headers, body, self.source)

    @remembered
    def regions(self) -> Text:
        """What is our reading of an area."""
        t = self.found.t
        note = mission_rows.regions_note(t, self._here, cache.names(t.language))
        return Text(note, "note")

    @remembered
    def per_country(self) -> tuple[Text, Table]:
        """What the numbers per country count, and the officers per country on both dates."""
        t, units = self.found.t, cache.reference("units")
        dates = [count.as_of for count in self.found.counts]
        counted = mission_trends.by_area(self._both, units)
        headers, body = mission_rows.by_country(t, counted, dates, cache.names(t.language), units)
        note = Text(t("missions.per_country_note"), "note")
        return note, Table(
            "per_country", t("missions.per_country"), headers, body, self.found.source
        )


class Beside(NamedTuple):
    """The missions against the network, in the order in which a reader needs it."""

    finding: Text
    choice: Text
    caution: Text
    areas: Table
    posts: Table


@remembered
def beside(found: Missions) -> Beside | None:
    """The later count against the network of the chosen release; raises DataError.

    None where the release has no network.
    """
    t, filters = found.t, found.filters
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        return None
    frame = cache.coverage(filters.release, filters.choice, filters.language)
    names, long = cache.names(t.language), mission_trends.over_time([found.after])
    inside = cache.in_area(filters.area)
    areas = mission_cover.mission_areas(long, frame)
    areas = areas[areas["iso3"].isin(inside)]
    posts = mission_cover.posts_without_mission(long, frame, cache.reference("units"))
    posts = posts[posts["iso3"].isin(inside)]
    of = findings.of_whom(t, filters.organisations) or t("missions.beside_all_organisations")
    counted, note = missions.sources(t, [found.after]), findings.date_note(t, release)
    partial = "" if release["network"] == "complete" else "_partial"
    reverse = t.count(f"missions.posts{partial}", len(posts))
    source = f"{counted}; {map_blocks.network_source(t, filters.release)}"
    return Beside(
        Text(_finding(found, areas, names)),
        Text(t("missions.beside_choice", of=of, note=note, source=counted), "note"),
        Text(t("missions.beside_note"), "note"),
        Table(
            "mission_areas",
            t("missions.beside_title"),
            *mission_rows.network_table(t, areas, names, filters.choice),
            source,
        ),
        Table("mission_posts", reverse, *mission_rows.posts_table(t, posts, names), source),
    )


def _finding(found: Missions, areas: pd.DataFrame, names: pd.Series) -> str:
    """The finding for those who were chosen, and who else serves where they do not."""
    t, filters = found.t, found.filters
    said = mission_rows.beside_network(t, areas, names, findings.of_choice(t, filters.choice))
    if filters.choice == Choice():
        return said
    frame = cache.coverage(filters.release, Choice())
    served = set(frame.loc[frame["state"].isin(COVERED), "iso3"])
    others = set(areas.loc[areas["state"].eq("none").fillna(False), "iso3"]) & served
    if not others:
        return said
    return f"{said} {t('missions.beside_others', names=findings.lands(t, names, others))}"


@remembered
def of(found: Missions, date: str) -> Where:
    """The places of the missions on one of the dates."""
    return Where(found, date)
