"""Missions against places: rows and words of the map, the network beside it, and the history."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import findings, rows
from dashboard.i18n import Words
from dashboard.missions import Table
from dashboard.records import Row
from dashboard.rows import Rows
from dashboard.tables import Cell
from data import load
from geo.coverage import Choice
from geo.mission_cover import with_liaison, without_liaison

WORST = ("none", "planned", "accredited", "post", "home")


def on_map(units: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row per unit with its state on the map of missions.

    `mission` where the document names the country, `mission_region` where it names a region that
    holds it, else `none`.
    """
    areas = places[places["role"] == "area"]
    read = areas["areas_printed"].map(load.region_of).astype(bool)
    state = pd.Series("none", index=units.index).mask(
        units["iso3"].isin(areas.loc[read, "iso3"]), "mission_region"
    )
    named = units["iso3"].isin(areas.loc[~read, "iso3"])
    return pd.DataFrame({"iso3": units["iso3"], "state": state.mask(named, "mission")})


def map_notes(t: Words, places: pd.DataFrame) -> dict[str, str]:
    """What the map says of each country on being pointed at: its missions, and stations in it."""
    said: dict[str, list[str]] = {}
    for row in places.to_dict("records"):
        duty = f" ({t('missions.station_here')})" if row["role"] == "duty" else _mark(t, row)
        number = t.number(int(row["personnel"]))
        said.setdefault(row["iso3"], []).append(f"{row['mission']}{duty}: {number}")
    return {iso3: "; ".join(lines) for iso3, lines in said.items()}


def _mark(t: Words, row: Row) -> str:
    """ " (via een streek, onze lezing)" behind a mission whose document names no country."""
    return f" ({t('missions.by_region')})" if load.region_of(row["areas_printed"]) else ""


def regions_note(t: Words, long: pd.DataFrame, names: pd.Series) -> str:
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
    found = marks.merge(places, left_on="duty_iso3", right_on="iso3")
    return found.rename(columns={"label_lat": "lat", "label_lon": "lon"})[
        ["iso3", "city", "lat", "lon", "officers"]
    ]


def stations_note(t: Words, places: pd.DataFrame, marks: pd.DataFrame, as_of: str) -> str:
    """What the marks on the map are, or that there are none; and which lie outside their area."""
    if marks.empty:
        return t("missions.stations_none", date=t.date(as_of))
    away = places[places["role"] == "duty"].to_dict("records")
    said = [
        t("missions.stations_away", mission=row["mission"], station=row["duty_printed"])
        for row in away
    ]
    return " ".join([t("missions.stations_note", date=t.date(as_of)), *said])


def where(t: Words, long: pd.DataFrame, names: pd.Series) -> Table:
    """(headers, rows) of the missions of one date, with the duty stations where it prints any."""
    made: Rows = []
    stations = ["duty"] if long["duty_printed"].notna().any() else []
    for row in long.to_dict("records"):
        areas = rows.text(row["areas"]).split()
        made.append(
            [
                row["mission"],
                rows.number(t, row["personnel"]),
                t(f"lead.{row['lead_organisation']}"),
                _area(t, row["areas_printed"], [names[iso3] for iso3 in areas]),
                *(rows.text(row[f"{name}_printed"]) for name in stations),
                rows.place(t, row),
            ]
        )
    heads = [*rows.headers(t, ("mission", "personnel", "lead")), t("missions.area")]
    return [*heads, *rows.headers(t, [*stations, "place"])], made


def _area(t: Words, printed: object, lands: list[str]) -> str:
    """The countries of a mission; where the document names a region, that is said."""
    listed = ", ".join(lands) or t("missions.no_area")
    return (
        t("missions.region_read", printed=printed, lands=listed)
        if load.region_of(printed)
        else listed
    )


def by_country(
    t: Words, counted: pd.DataFrame, dates: Sequence[str], names: pd.Series, units: pd.DataFrame
) -> Table:
    """(headers, rows) of `geo.mission_trends.by_area` per country, a column for each ISO date."""
    wide = counted.dropna(subset="iso3").pivot(index="iso3", columns="as_of", values="personnel")
    wide = wide.reindex(columns=list(dates)).sort_values(list(dates)[::-1], ascending=False)
    region = units.set_index("iso3")["subregion"]
    made: Rows = []
    for iso3, cells in zip(map(str, wide.index), wide.to_numpy().tolist(), strict=True):
        numbers = [Cell("–") if pd.isna(n) else rows.number(t, n) for n in cells]
        made.append([Cell(names[iso3], href=rows.dossier(iso3)), t.area(region[iso3]), *numbers])
    return [t("column.country"), t("missions.region"), *map(t.date, dates)], made


def beside_network(t: Words, areas: pd.DataFrame, names: pd.Series, of: str = "") -> str:
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
        return t("missions.beside_all", all=everywhere, of=of)
    each = [
        f"{names[iso3]} ({', '.join(missions)})"
        for iso3, missions in zip(map(str, lacking.index), lacking, strict=True)
    ]
    return t.count("missions.beside", len(each), all=everywhere, names=t.listing(each), of=of)


def network_table(
    t: Words, areas: pd.DataFrame, names: pd.Series, choice: Choice = findings.ALL
) -> Table:
    """(headers, rows) of mission areas with coverage: the unknown first, then nobody; by name."""
    order = areas["state"].map({state: n for n, state in enumerate(WORST)}).fillna(-1)
    sorted_ = areas.assign(_order=order, _name=rows.sorting(areas["iso3"].map(names)))
    made: Rows = []
    for row in sorted_.sort_values(["_order", "_name", "mission"]).to_dict("records"):
        state = None if pd.isna(row["state"]) else row["state"]
        word = findings.state_word(t, state, [], choice)
        made.append(
            [
                Cell(names[row["iso3"]], href=rows.dossier(row["iso3"])),
                row["mission"] + _mark(t, row),
                rows.number(t, row["personnel"]),
                word,
                rows.organisations(t, row["organisations"]),
                ", ".join(row["cities"]),
                rows.number(t, row["distance_km"]),
                t("missions.row", row=str(row["table_row"])),
            ]
        )
    keys = ("country", "mission", "personnel", "state", "organisations", "cities", "distance")
    return [*rows.headers(t, keys), t("missions.row_of_mission")], made


def posts_table(t: Words, posts: pd.DataFrame, names: pd.Series) -> Table:
    """(headers, rows) of the posts without a mission: a row for every subregion."""
    made: Rows = []
    for (continent, subregion), part in posts.groupby(["continent", "subregion"]):
        listed = sorted(part["iso3"].map(names))
        made.append(
            [
                t.area(str(subregion)),
                t.area(str(continent)),
                rows.number(t, len(part)),
                ", ".join(listed),
            ]
        )
    heads = [t("missions.region"), t("missions.by_continent"), t("missions.countries")]
    return [*heads, t("missions.which")], made


def names_of_spans(spans: pd.DataFrame, names: pd.Series, t: Words) -> list[str]:
    """What stands before each bar of the history: mission and country, or who led it there."""
    said = []
    for row in spans.to_dict("records"):
        lead = t(f"lead.{row['lead_organisation']}")
        land = ", ".join(names[iso3] for iso3 in row["areas"].split())
        if load.region_of(row["country_printed"]):  # what it stands for is our reading
            land = row["country_printed"]
        mission = rows.text(row["mission"]) or lead
        said.append(mission if land in mission else f"{mission} {land}")
    return said


def history_words(t: Words, spans: pd.DataFrame, names: Sequence[str]) -> str:
    """What the timeline shows, for those who do not see it."""
    each = [
        f"{name}, {_years(t, row)}, {t.number(int(row['max_deployed']))}"
        for name, row in zip(names, spans.to_dict("records"), strict=True)
    ]
    return t("missions.history_words", each="; ".join(each))


def history_table(t: Words, spans: pd.DataFrame, names: Sequence[str]) -> Table:
    """(headers, rows) of the timeline, as the source prints it."""
    made: Rows = [
        [
            name,
            rows.text(row["country_printed"]),
            _years(t, row),
            t(f"lead.{row['lead_organisation']}"),
            rows.number(t, row["max_deployed"]),
            rows.place(t, row),
        ]
        for name, row in zip(names, spans.to_dict("records"), strict=True)
    ]
    keys = ("mission", "printed", "years", "lead", "maximum", "place")
    return rows.headers(t, keys), made


def _years(t: Words, row: dict[object, object]) -> str:
    start = t("country.unknown_start") if pd.isna(row["start"]) else str(row["start"])  # type: ignore[call-overload]
    ends = {
        "year": str(row["end"]),
        "running": t("country.until_now"),
        "unknown": t("country.unknown_end"),
    }
    return f"{start} – {ends[str(row['ends'])]}"
