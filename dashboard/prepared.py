"""What the coverage pages show, prepared once for every reader who makes the same choices."""

from __future__ import annotations

from typing import Any

from dashboard import cache, findings, maps
from dashboard.filters import Filters
from dashboard.i18n import words
from geo import coverage as geo_coverage


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
