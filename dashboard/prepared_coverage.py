"""The coverage table."""

from __future__ import annotations

from dashboard import cache, rows, unit_rows
from dashboard.i18n import words
from dashboard.tables import empty_table_html
from data import load
from geo.coverage import Choice


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
