"""The coverage as blocks: the map, and every country with who serves it and where that stands."""

from __future__ import annotations

from dataclasses import replace

from dashboard import cache, findings, gap_answers, map_blocks, posts, prepared, rows, unit_rows
from dashboard.filters import Filters
from dashboard.gap_sources import printed_rows
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.map_views import view_of
from dashboard.records import Row
from dashboard.report import Map, Report, Section, Table, Text, unmarked
from dashboard.tables import Cell
from geo.coverage import Choice, served


def world(t: Words, filters: Filters) -> Map:
    """The map as the page has it, nearer to the area where the reader chose no part of the world.

    Raises DataError.
    """
    if filters.area and filters.view == Filters("").view:
        filters = replace(filters, view=view_of(filters.area))
    return map_blocks.world(t, filters)


def table(t: Words, filters: Filters) -> Table:
    """Every unit of the area as the page has it, and the rows of the document behind it.

    Raises DataError.
    """
    units = cache.reference("units")
    inside = units[units["iso3"].isin(cache.in_area(filters.area))]
    frame = cache.coverage(filters.release, filters.choice, t.language)
    known = {row["iso3"]: row for row in frame.to_dict("records")}
    places = _places(t, filters)
    body: rows.Rows = [
        [
            head,
            *_cells(t, known[iso3], filters.choice),
            places.get(iso3) or _no_row(t, known[iso3], filters),
        ]
        for iso3, head in unit_rows.heads(inside, t.language).items()
    ]
    heads = rows.headers(t, (*unit_rows.COVERAGE, "place"))
    source = map_blocks.network_source(t, filters.release)
    return Table("coverage", t("coverage.table"), heads, body, source)


def _cells(t: Words, row: Row, choice: Choice) -> list[Cell | str]:
    return [
        cell if isinstance(cell, str) else rows.number(t, cell)
        for cell in unit_rows.values(t, row, choice)
    ]


def _no_row(t: Words, row: Row, filters: Filters) -> str:
    """Only a complete table says that nobody serves a unit."""
    if row["state"] != "none":
        return ""
    of = findings.of_choice(t, filters.choice)
    return t("gaps.no_row_of", of=of) if of else t("gaps.no_row")


def _places(t: Words, filters: Filters) -> dict[str, str]:
    """Code -> the rows of the document that serve the unit; of a letter its paragraphs."""
    found = cache.network(filters.release)
    if found.complete:
        return {iso3: printed_rows(t, each) for iso3, each in gap_answers.rows(filters).items()}
    serving = served(found.postings, found.accreditations, filters.choice)
    told: dict[str, list[str]] = {}
    for row in serving.sort_values(["kind", "row"], ascending=[False, True]).to_dict("records"):
        told.setdefault(row["iso3"], []).append(posts.place(t, row))
    return {iso3: "; ".join(dict.fromkeys(places)) for iso3, places in told.items()}


def report(t: Words, filters: Filters) -> Report:
    """Who serves which country; raises DataError, also of a release without a network."""
    drawn, listed = world(t, filters), table(t, filters)
    note = Text(unit_rows.distance_note(t, cache.reference("units")), "note")
    sections = [
        Section("map", t("overview.map"), [drawn]),
        Section("coverage", listed.title, [note, listed]),
    ]
    return made(
        t, filters, "coverage", name="dekking", subject=t("page.coverage"),
        title=prepared.headline(filters), summary=[unmarked(prepared.paragraph(filters))],
        sections=sections,
    )  # fmt: skip
