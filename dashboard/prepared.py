"""What the coverage pages show, prepared once for every reader who makes the same choices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pandas as pd

from dashboard import cache, findings, maps, rows, search, unit_rows
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.tables import empty_table_html
from data import load
from geo import coverage as geo_coverage
from geo.coverage import Choice
from geo.errors import DataError


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


def search_entries(language: str) -> list[dict[str, Any]]:
    """Every country with what a reader may type for it, see `search.entries`."""
    return _search(language, search_mark())


def search_mark() -> str:
    """A fingerprint of all that a country is found by."""
    store, marks = cache.store(), []
    for release in cache.releases()["release"]:
        for table in ("postings", "deployments"):
            with suppress(DataError):  # the page that needs the table says what is the matter
                marks.append(store.mark(table, release))
    known = ("units", "names", "ambiguous_names", "cities", "city_aliases", "populations")
    return " ".join([load.stamp(*known), *marks])


@cache.kept(8)
def _search(language: str, mark: str) -> list[dict[str, Any]]:
    units, people = cache.reference("units"), cache.reference("populations")
    found = search.words(
        units,
        cache.reference("names"),
        cache.reference("ambiguous_names"),
        _cities(),
        _missions(),
        language,
    )
    counts = people.set_index("iso3")["population"]
    return search.entries(found, units, counts, language)


def _cities() -> Iterator[tuple[str, str]]:
    """Cities of posts and capitals in either language, with other ways to write them."""
    cities, aliases, units = map(cache.reference, ("cities", "city_aliases", "units"))
    for frame, columns in (
        (cities, ("city", "city_en")),
        (aliases, ("printed",)),
        (units, ("capital", "capital_en")),
    ):
        for column in columns:
            yield from _pairs(frame, column, "iso3")
    for release in cache.releases().query("network != 'absent'")["release"]:
        with suppress(DataError):
            yield from _pairs(cache.network(release).postings, "city", "host")


def _missions() -> Iterator[tuple[str, str]]:
    """Missions by their names, once for every country where they work."""
    for release in cache.releases().query("missions != 'absent'")["release"]:
        with suppress(DataError):
            for row in cache.deployments(release).to_dict("records"):
                for code in str(row["areas"] or "").split():
                    yield str(row["mission"]), code
                    yield str(row["printed"]), code


def _pairs(frame: pd.DataFrame, name: str, code: str) -> Iterator[tuple[str, str]]:
    known = frame[[name, code]].dropna().astype(str)
    yield from zip(known[name], known[code], strict=True)


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
