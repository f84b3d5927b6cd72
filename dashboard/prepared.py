"""What the coverage pages show, prepared once for every reader who makes the same choices."""

from __future__ import annotations

from typing import Any

from dashboard import cache, findings, maps, rows, unit_rows
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.tables import empty_table_html
from data import load
from geo import coverage as geo_coverage
from geo.coverage import Choice


def headline(filters: Filters) -> str:
    """The finding of the coverage map in one sentence; raises DataError."""
    return _sentences(filters, cache.mark(filters.release))[0]


def paragraph(filters: Filters) -> str:
    """What the coverage map shows, in words; raises DataError."""
    return _sentences(filters, cache.mark(filters.release))[1]


@cache.kept(256)
def _sentences(filters: Filters, mark: str) -> tuple[str, str]:
    t = words(filters.language)
    frame = cache.coverage(filters.release, filters.choice, filters.language)
    frame = frame[frame["iso3"].isin(cache.in_area(filters.area))]
    found = cache.network(filters.release)
    return (
        findings.headline(t, frame, filters, found.complete),
        findings.paragraph(t, frame, found, filters, cache.names(filters.language)),
    )


def coverage_table(language: str, area: str) -> str:
    """The coverage table without its figures, as HTML: the same text for every other choice."""
    return _coverage_table(language, area, load.stamp("units"))


@cache.kept(64)
def _coverage_table(language: str, area: str, mark: str) -> str:
    t = words(language)
    units = cache.reference("units")
    heads = unit_rows.heads(units[units["iso3"].isin(cache.in_area(area))], language)
    return empty_table_html(
        unit_rows.distance_note(t, units), rows.headers(t, unit_rows.COVERAGE), heads, (2, 5)
    )


def coverage_fill(release: str, choice: Choice, language: str) -> str:
    """The figures of the coverage table, see `unit_rows.fill`; raises DataError."""
    cache.store().release(release)
    return _coverage_fill(release, choice, language, cache.mark(release))


@cache.kept(256)
def _coverage_fill(release: str, choice: Choice, language: str, mark: str) -> str:
    return unit_rows.fill(words(language), cache.coverage(release, choice, language), choice)


def country_labels(language: str) -> dict[str, str]:
    """Code -> what a reader may type for it, in the order of the names."""
    return _country_labels(language, load.stamp("units", "names"))


@cache.kept(8)
def _country_labels(language: str, mark: str) -> dict[str, str]:
    return unit_rows.search_labels(cache.reference("units"), cache.reference("names"), language)


@cache.kept(256)
def map_payload(filters: Filters, mark: str) -> dict[str, Any]:
    """What the map is told for the reader's choices, see `maps.payload`; raises DataError.

    `mark` is the fingerprint of the release, see `cache.mark`.
    """
    t, found = words(filters.language), cache.network(filters.release, filters.language)
    return maps.payload(
        cache.coverage(filters.release, filters.choice, filters.language),
        geo_coverage.of_organisations(found.postings, filters.organisations),
        geo_coverage.served(found.postings, found.accreditations, filters.choice),
        cache.reference("units"),
        filters.land,
        {"posts", "links", "planned", *filters.layers},
        filters.language,
        t.group("map") | {"none": findings.nobody(t, filters.choice, "map.none")},
        view=filters.view,
    )
