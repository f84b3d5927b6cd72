"""Where officers in missions work: areas and duty stations, the map and its rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.figures import map_blocks
from dashboard.figures.views import smallest_view
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name, renamed
from dashboard.records import Row
from dashboard.report import Cell, Map, Table, Text
from dashboard.rows import Rows
from dashboard.snapshot import memoized
from dashboard.subjects.missions import counts as mission_counts
from dashboard.subjects.missions.counts import Missions, TableRows, counted_by
from data import load
from data.load import reference
from geo import mission_trends
from geo.coverage import COVERED
from geo.mission_trends import with_liaison, without_liaison
from geo.options import Choice

WORST = ("none", "planned", "accredited", "post", "home")


def on_map(units: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per unit with its state on the map of missions.

    `mission` where the document names the country, `mission_region` where it names a region that
    holds it, else `none`.
    """
    areas = places[places["role"] == "area"]
    is_region = areas["areas_printed"].map(load.region_of).astype(bool)
    state = pd.Series("none", index=units.index).mask(
        units["iso3"].isin(areas.loc[is_region, "iso3"]), "mission_region"
    )
    named = units["iso3"].isin(areas.loc[~is_region, "iso3"])
    return pd.DataFrame({"iso3": units["iso3"], "state": state.mask(named, "mission")})


def map_notes(t: Texts, places: pd.DataFrame) -> dict[str, str]:
    """What the map says of each country on being pointed at: its missions, and stations in it."""
    notes: dict[str, list[str]] = {}
    for row in places.to_dict("records"):
        duty = f" ({t('missions.station_here')})" if row["role"] == "duty" else _duty_note(t, row)
        number = t.number(int(row["personnel"]))
        notes.setdefault(row["iso3"], []).append(f"{row['mission']}{duty}: {number}")
    return {iso3: "; ".join(lines) for iso3, lines in notes.items()}


def _duty_note(t: Texts, row: Row) -> str:
    """ " (via een streek, onze lezing)" behind a mission whose document names no country."""
    return f" ({t('missions.by_region')})" if load.region_of(row["areas_printed"]) else ""


def regions_note(t: Texts, long: pd.DataFrame, names: pd.Series) -> str:
    """Which regions the missions of a date name, what we read in them, and from what source."""
    return " ".join([*rows.regions_read(t, long, names), t("missions.region_note")])


def stations(long: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The printed duty stations as marks: iso3, city (as printed), lat, lon, officers.

    The tables print a country or a region and no city, so a mark stands where the country's name
    does, degrees WGS84.
    """
    printed = long.dropna(subset="duty_iso3").groupby("duty_iso3", as_index=False)
    marks = printed.agg(city=("duty_printed", "first"), officers=("personnel", "sum"))
    places = units[["iso3", "label_lat", "label_lon"]]
    stationed = marks.merge(places, left_on="duty_iso3", right_on="iso3")
    return stationed.rename(columns={"label_lat": "lat", "label_lon": "lon"})[
        ["iso3", "city", "lat", "lon", "officers"]
    ]


def stations_note(t: Texts, places: pd.DataFrame, stations: pd.DataFrame, as_of: str) -> str:
    """What the marks on the map are, or that there are none; and which lie outside their area."""
    if stations.empty:
        return t("missions.stations_none", date=t.date(as_of))
    away = places[places["role"] == "duty"].to_dict("records")
    sentences = [
        t("missions.stations_away", mission=row["mission"], station=row["duty_printed"])
        for row in away
    ]
    return " ".join([t("missions.stations_note", date=t.date(as_of)), *sentences])


def where(t: Texts, long: pd.DataFrame, names: pd.Series) -> TableRows:
    """(headers, rows) of the missions of one date, with the duty stations where it prints any."""
    body: Rows = []
    stations = ["duty"] if long["duty_printed"].notna().any() else []
    for row in long.to_dict("records"):
        areas = records.text(row["areas"]).split()
        body.append(
            [
                row["mission"],
                rows.number(t, row["personnel"]),
                t(f"lead.{row['lead_organisation']}"),
                _area(t, row["areas_printed"], [names[iso3] for iso3 in areas]),
                *(records.text(row[f"{name}_printed"]) for name in stations),
                rows.citation(t, row),
            ]
        )
    heads = [*rows.headers(t, ("mission", "personnel", "lead")), t("missions.area")]
    return [*heads, *rows.headers(t, [*stations, "place"])], body


def _area(t: Texts, printed: object, countries: list[str]) -> str:
    """The countries of a mission; where the document names a region, that is said."""
    listed = ", ".join(countries) or t("missions.no_area")
    return (
        t("missions.region_read", printed=printed, lands=listed)
        if load.region_of(printed)
        else listed
    )


def by_country(
    t: Texts, counted: pd.DataFrame, dates: Sequence[str], names: pd.Series, units: pd.DataFrame
) -> TableRows:
    """(headers, rows) of `geo.mission_trends.by_area` per country, a column for each ISO date."""
    wide = counted.dropna(subset="iso3").pivot(index="iso3", columns="as_of", values="personnel")
    wide = wide.reindex(columns=list(dates)).sort_values(list(dates)[::-1], ascending=False)
    region = units.set_index("iso3")["subregion"]
    body: Rows = []
    for iso3, cells in zip(map(str, wide.index), wide.to_numpy().tolist(), strict=True):
        numbers = [Cell("–") if pd.isna(n) else rows.number(t, n) for n in cells]
        body.append(
            [Cell(names[iso3], href=rows.dossier(iso3), iso3=iso3), t.area(region[iso3]), *numbers]
        )
    return [t("column.country"), t("missions.region"), *map(t.date, dates)], body


def beside_network(t: Texts, areas: pd.DataFrame, names: pd.Series, of: str = "") -> str:
    """In how many mission areas there is an officer `of` the choice; `areas` as `mission_cover`."""
    everywhere = areas["iso3"].nunique()
    if areas["state"].isna().any():
        return t(
            "missions.beside_unknown",
            n=with_liaison(areas)["iso3"].nunique(),
            all=everywhere,
            of=of,
        )
    lacking = without_liaison(areas).groupby("iso3")["mission"].agg(list)
    if lacking.empty:
        return t.count("missions.beside_all", everywhere, of=of)
    each = [
        f"{names[iso3]} ({', '.join(missions)})"
        for iso3, missions in zip(map(str, lacking.index), lacking, strict=True)
    ]
    if everywhere == 1:
        return t("missions.beside_only", names=t.listing(each), of=of)
    return t.count("missions.beside", len(each), all=everywhere, names=t.listing(each), of=of)


def network_table(
    t: Texts, areas: pd.DataFrame, names: pd.Series, choice: Choice = wording.ALL
) -> TableRows:
    """(headers, rows) of mission areas with coverage: the unknown first, then nobody; by name."""
    order = areas["state"].map({state: n for n, state in enumerate(WORST)}).fillna(-1)
    sorted_ = areas.assign(_order=order, _name=rows.sorting(areas["iso3"].map(names)))
    body: Rows = []
    for row in sorted_.sort_values(["_order", "_name", "mission"]).to_dict("records"):
        state = None if pd.isna(row["state"]) else row["state"]
        word = wording.state_word(t, state, [], choice)
        body.append(
            [
                Cell(names[row["iso3"]], href=rows.dossier(row["iso3"]), iso3=row["iso3"]),
                row["mission"] + _duty_note(t, row),
                rows.number(t, row["personnel"]),
                word,
                rows.organisations(t, row["organisations"]),
                ", ".join(row["cities"]),
                rows.number(t, row["distance_km"]),
                _printed_row(row),
            ]
        )
    keys = ("country", "mission", "personnel", "state", "organisations", "cities", "distance")
    return [*rows.headers(t, keys), t("missions.row_of_mission")], body


def _printed_row(row: Row) -> Cell:
    """The number of a row as the document counts it."""
    number = str(row["table_row"])
    return Cell(number, float(number) if number.isdigit() else number)


def posts_table(t: Texts, posts: pd.DataFrame, names: pd.Series) -> TableRows:
    """(headers, rows) of the posts without a mission: a row for every subregion."""
    body: Rows = []
    for (continent, subregion), part in posts.groupby(["continent", "subregion"]):
        listed = sorted(part["iso3"].map(names))
        body.append(
            [
                t.area(str(subregion)),
                t.area(str(continent)),
                rows.number(t, len(part)),
                ", ".join(listed),
            ]
        )
    heads = [t("missions.region"), t("missions.by_continent"), t("missions.countries")]
    return [*heads, t("missions.which")], body


def names_of_spans(spans: pd.DataFrame, names: pd.Series, t: Texts) -> list[str]:
    """What stands before each bar of the history: mission and country, or who led it there."""
    labels = []
    for row in spans.to_dict("records"):
        lead = t(f"lead.{row['lead_organisation']}")
        land = ", ".join(names[iso3] for iso3 in row["areas"].split())
        if load.region_of(row["country_printed"]):  # what it stands for is our reading
            land = row["country_printed"]
        mission = records.text(row["mission"]) or lead
        labels.append(mission_name(t, mission if land in mission else f"{mission} {land}"))
    return labels


def history_text(t: Texts, spans: pd.DataFrame, names: Sequence[str]) -> str:
    """What the timeline shows, for those who do not see it."""
    each = [
        f"{name}, {_years(t, row)}, {t.number(int(row['max_deployed']))}"
        for name, row in zip(names, spans.to_dict("records"), strict=True)
    ]
    return t("missions.history_words", each="; ".join(each))


def history_table(t: Texts, spans: pd.DataFrame, names: Sequence[str]) -> TableRows:
    """(headers, rows) of the timeline, as the source prints it."""
    body: Rows = [
        [
            name,
            records.text(row["country_printed"]),
            _years(t, row),
            t(f"lead.{row['lead_organisation']}"),
            rows.number(t, row["max_deployed"]),
            rows.citation(t, row),
        ]
        for name, row in zip(names, spans.to_dict("records"), strict=True)
    ]
    keys = ("mission", "printed", "years", "lead", "maximum", "place")
    return rows.headers(t, keys), body


def _years(t: Texts, row: dict[object, object]) -> str:
    start = t("country.unknown_start") if pd.isna(row["start"]) else str(row["start"])  # type: ignore[call-overload]
    ends = {
        "year": str(row["end"]),
        "running": t("country.until_now"),
        "unknown": t("country.unknown_end"),
    }
    return f"{start} – {ends[str(row['ends'])]}"


def _on_date(where: Where) -> Hashable:
    return counted_by(where.found), where.shown


def _on_map(where: Where) -> Hashable:
    """The same for the map: it begins with a country and a part of the world."""
    filters = where.found.filters
    return _on_date(where), filters.land, filters.view


@dataclass(frozen=True)
class Where:
    """Where the missions are; `shown` is the reference date of map and list, one of `found.counts`.

    Everything raises DataError.
    """

    found: Missions
    shown: str

    @property
    @snapshot.cached(16, _on_date)
    def _both(self) -> pd.DataFrame:
        return renamed(self.found.t, mission_trends.over_time(self.found.counts))

    @property
    @snapshot.cached(16, _on_date)
    def _here(self) -> pd.DataFrame:
        return self._both[self._both["as_of"] == self.shown]

    @property
    @snapshot.cached(16, _on_date)
    def _places(self) -> pd.DataFrame:
        return mission_trends.places(self._here)

    @property
    @snapshot.cached(16, _on_date)
    def _stations(self) -> pd.DataFrame:
        return stations(self._here, reference("units"))

    @cached_property
    def source(self) -> str:
        """The document and table of the date that is shown."""
        counts = [count for count in self.found.counts if count.as_of == self.shown]
        return mission_counts.sources(self.found.t, counts)

    @property
    def documents(self) -> list[str]:
        """The ids of the documents of the date that is shown."""
        return [count.release for count in self.found.counts if count.as_of == self.shown]

    @snapshot.cached(32, _on_map)
    def map(self) -> Map:
        """The areas of the missions, and the duty stations where the table prints any."""
        t, units = self.found.t, reference("units")
        words = {
            "title": t("missions.map_title"),
            "none": t("missions.map_none"),
            "home": t("missions.map_home"),
        }
        return map_blocks.topic(
            t,
            self.found.filters,
            on_map(units, self._places),
            ("mission", "mission_region", "none"),
            key="missions_map",
            source=self.source,
            documents=self.documents,
            texts=words,
            notes=map_notes(t, self._places),
            officers=self._stations,
            view=smallest_view(units, set(self._places["iso3"])),
            about=set(self._places["iso3"]),
        )

    @snapshot.cached(16, _on_date)
    def stations(self) -> Text:
        """What the marks on the map are, or that there are none."""
        note = stations_note(self.found.t, self._places, self._stations, self.shown)
        return Text(note, "note")

    @snapshot.cached(16, _on_date)
    def missions(self) -> Table:
        """The missions of the date with their areas."""
        t = self.found.t
        headers, body = where(t, self._here, snapshot.names(t.language))
        title = t("missions.where")
        return Table("missions_where", title, headers, body, self.source, self.documents)

    @snapshot.cached(16, _on_date)
    def regions(self) -> Text:
        """What is our reading of an area."""
        t = self.found.t
        note = regions_note(t, self._here, snapshot.names(t.language))
        return Text(note, "note")

    @snapshot.cached(16, _on_date)
    def per_country(self) -> tuple[Text, Table]:
        """What the numbers per country count, and the officers per country on both dates."""
        t, units = self.found.t, reference("units")
        dates = [count.as_of for count in self.found.counts]
        counted = mission_trends.by_area(self._both, units)
        headers, body = by_country(t, counted, dates, snapshot.names(t.language), units)
        note = Text(t("missions.per_country_note"), "note")
        documents = [count.release for count in self.found.counts]
        title, source = t("missions.per_country"), self.found.source
        return note, Table("per_country", title, headers, body, source, documents)


class Beside(NamedTuple):
    """The missions against the network, in the order in which a reader needs it."""

    finding: Text
    choice: Text
    caution: Text
    areas: Table
    posts: Table


@snapshot.cached(16, counted_by)
def _later_areas(missions: Missions) -> pd.DataFrame:
    """The areas of the missions on the later date, which no choice of the network changes."""
    later = mission_trends.over_time([missions.after])
    return mission_trends.area_rows(renamed(missions.t, later))


@memoized
def beside(missions: Missions) -> Beside | None:
    """The later count against the network of the chosen release; raises DataError.

    None where the release has no network.
    """
    t, filters = missions.t, missions.filters
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        return None
    frame = snapshot.coverage(filters.release, filters.choice, filters.language)
    names = snapshot.names(t.language)
    inside, everywhere = snapshot.in_area(filters.area), _later_areas(missions)
    areas = mission_trends.mission_areas(everywhere, frame)
    areas = areas[areas["iso3"].isin(inside)]
    posts = mission_trends.posts_without_mission(everywhere, frame, reference("units"))
    posts = posts[posts["iso3"].isin(inside)]
    of = wording.of_whom(t, filters.organisations) or t("missions.beside_all_organisations")
    counted, note = mission_counts.sources(t, [missions.after]), wording.date_note(t, release)
    partial = "" if release["network"] == "complete" else "_partial"
    reverse = t.count(f"missions.posts{partial}", len(posts))
    documents = [missions.after.release, str(release["document"])]
    source = f"{counted}; {map_blocks.network_source(t, filters.release)}"
    return Beside(
        Text(_finding(missions, areas, names)),
        Text(t("missions.beside_choice", of=of, note=note, source=counted), "note", documents),
        Text(t("missions.beside_note"), "note"),
        Table(
            "mission_areas",
            t("missions.beside_title"),
            *network_table(t, areas, names, filters.choice),
            source,
            documents,
        ),
        Table("mission_posts", reverse, *posts_table(t, posts, names), source, documents),
    )


def _finding(missions: Missions, areas: pd.DataFrame, names: pd.Series) -> str:
    """The finding for those who were chosen, and who else serves where they do not."""
    t, filters = missions.t, missions.filters
    sentence = beside_network(t, areas, names, wording.of_choice(t, filters.choice))
    if filters.choice == Choice():
        return sentence
    frame = snapshot.coverage(filters.release, Choice())
    served = set(frame.loc[frame["state"].isin(COVERED), "iso3"])
    others = set(areas.loc[areas["state"].eq("none").fillna(False), "iso3"]) & served
    if not others:
        return sentence
    return f"{sentence} {t('missions.beside_others', names=wording.country_list(t, names, others))}"


@memoized
def of(missions: Missions, date: str) -> Where:
    """The places of the missions on one of the dates."""
    return Where(missions, date)
