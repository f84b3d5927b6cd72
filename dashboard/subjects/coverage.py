"""Who serves which country: the table of all units, the map, and their words."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd

from dashboard import provenance, rows, snapshot, wording
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.records import Row
from dashboard.report import Cell, Report, Section, Table, Text, unmarked
from dashboard.row_citations import leading_rows
from dashboard.rows import Rows, dossier, organisations, sorting
from data.load import reference
from geo.coverage import served
from geo.options import Choice

COVERAGE = ("country", "state", "postings", "organisations", "cities", "distance", "basis")


def values(t: Texts, row: Row, choice: Choice) -> list[str | int | None]:
    """The cells behind the name of a unit, from its row of a coverage; None is unknown."""
    return [
        wording.state_word(t, row["state"], row["basis"], choice),
        None if pd.isna(row["postings"]) else int(row["postings"]),
        organisations(t, row["organisations"]),
        ", ".join(row["cities"]),
        None if pd.isna(row["distance_km"]) else int(row["distance_km"]),
        ", ".join(t(f"basis.{basis}") for basis in row["basis"]),
    ]


def fill(t: Texts, frame: pd.DataFrame, choice: Choice) -> str:
    """The cells of the coverage table under `choice` as compact JSON, for `static/shell.js`.

    Texts travel once, most countries look alike and are said once: 4 kB instead of 60.
    """
    texts: dict[str, int] = {}
    rows = {
        row["iso3"]: [
            texts.setdefault(cell, len(texts)) if isinstance(cell, str) else cell
            for cell in values(t, row, choice)
        ]
        for row in frame.to_dict("records")
    }
    rest = Counter(map(tuple, rows.values())).most_common(1)[0][0]
    states = {iso3: row for iso3, row in rows.items() if tuple(row) != rest}
    fill = {"lang": t.language, "columns": "tnttnt", "texts": list(texts), "rest": rest}
    return json.dumps(fill | {"rows": states}, ensure_ascii=False, separators=(",", ":"))


def not_units(t: Texts, places: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the places that are no unit, and why; by name."""
    name = f"name_{t.language}"
    keys = (name, f"reason_{t.language}")
    country_cells = (
        t("column.country"),
        t("sources.reason"),
        t("sources.as_of"),
        t("sources.source"),
    )
    return list(country_cells), _dated(t, places.sort_values(name, key=sorting), keys)


def map_notes(t: Texts, notes: pd.DataFrame, names: pd.Series) -> tuple[list[str], Rows]:
    """(headers, rows) of what the map does with borders and names; `names` by code."""
    named = notes.assign(name=notes["iso3"].map(names)).sort_values("name", key=sorting)
    country_cells = (
        t("column.country"),
        t("sources.note"),
        t("sources.as_of"),
        t("sources.source"),
    )
    return list(country_cells), _dated(t, named, ("name", f"note_{t.language}"))


def _dated(t: Texts, table: pd.DataFrame, keys: tuple[str, str]) -> Rows:
    return [
        [
            *(str(row[key]) for key in keys),
            Cell(t.date(row["as_of"]), row["as_of"]),
            str(row["source"]),
        ]
        for row in table.to_dict("records")
    ]


def distance_note(t: Texts, units: pd.DataFrame) -> str:
    """Where distances run from, with the countries whose government sits outside the capital."""
    name, seat = ("name_nl", "seat") if t.language == "nl" else ("name_en", "seat_en")
    apart = units[units["seat"] != units["capital"]].sort_values(name, key=sorting)
    seats = (f"{row[name]} {row[seat]}" for row in apart.to_dict("records"))
    return t("coverage.table_note", seats=t.listing(list(seats)))


def country_cells(units: pd.DataFrame, language: str) -> dict[str, Cell]:
    """The first cell of each row of the coverage table: the country with its dossier, by name."""
    name = f"name_{language}"
    named = units.sort_values(name, key=sorting)
    return {
        iso3: Cell(label, href=dossier(iso3), iso3=iso3)
        for iso3, label in zip(named["iso3"], named[name], strict=True)
    }


@snapshot.cached(256)
def coverage_fill(release: str, choice: Choice, language: str) -> str:
    """The figures of the coverage table, see `fill`; raises DataError."""
    return fill(texts_of(language), snapshot.coverage(release, choice, language), choice)


def table(t: Texts, filters: Filters) -> Table:
    """Every unit of the area as the page has it, and the rows of the document behind it.

    Raises DataError.
    """
    units = reference("units")
    inside = units[units["iso3"].isin(snapshot.in_area(filters.area))]
    frame = snapshot.coverage(filters.release, filters.choice, t.language)
    by_unit = {row["iso3"]: row for row in frame.to_dict("records")}
    places = _places(t, filters)
    body: rows.Rows = [
        [
            head,
            *_cells(t, by_unit[iso3], filters.choice),
            places.get(iso3) or _no_row(t, by_unit[iso3], filters),
        ]
        for iso3, head in country_cells(inside, t.language).items()
    ]
    heads = rows.headers(t, (*COVERAGE, "place"))
    source = map_blocks.network_source(t, filters.release)
    return Table("coverage", t("coverage.table"), heads, body, source)


def _cells(t: Texts, row: Row, choice: Choice) -> list[Cell | str]:
    return [
        cell if isinstance(cell, str) else rows.number(t, cell) for cell in values(t, row, choice)
    ]


def _no_row(t: Texts, row: Row, filters: Filters) -> str:
    """Only a complete table says that nobody serves a unit."""
    if row["state"] != "none":
        return ""
    of = wording.of_no_choice(t, filters.choice)
    return t("gaps.no_row_of", of=of) if of else t("gaps.no_row")


def _places(t: Texts, filters: Filters) -> dict[str, Cell]:
    """Code -> the rows of the document that serve the unit; of a letter its paragraphs."""
    network = snapshot.network(filters.release)
    if network.complete:
        document = str(snapshot.store().release(filters.release)["document"])
        return {
            iso3: leading_rows(t, document, each)
            for iso3, each in snapshot.cited(filters.release, filters.choice).items()
        }
    serving = served(network.postings, network.accreditations, filters.choice)
    cells: dict[str, list[Cell]] = {}
    for row in serving.sort_values(["kind", "row"], ascending=[False, True]).to_dict("records"):
        place = rows.leading(row, wording.place(t, row))
        cells.setdefault(row["iso3"], []).append(place)
    return {iso3: rows.together(rows.distinct(places)) for iso3, places in cells.items()}


def report(t: Texts, filters: Filters) -> Report:
    """Who serves which country; raises DataError, also of a release without a network."""
    drawn, listed = map_blocks.world(t, filters), table(t, filters)
    note = Text(distance_note(t, reference("units")), "note")
    sections = [
        Section("map", map_blocks.heading(t, filters), [drawn]),
        Section("coverage", listed.title, [note, listed]),
    ]
    return provenance.report(
        t, filters, "coverage", subject=t("page.coverage"),
        title=map_blocks.headline(filters), summary=[unmarked(map_blocks.paragraph(filters))],
        sections=sections,
    )  # fmt: skip
