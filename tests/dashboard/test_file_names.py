"""What files and the tables in them are called."""

from __future__ import annotations

import re

import pytest

from dashboard import file_names
from dashboard.exports import kinds, sheets
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Table
from dashboard.subjects import catalogue
from geo.errors import DataError

ANNEX, LETTER = "bijlage-2025-11", "kst-31015-94"
CHOSEN = Filters(ANNEX, organisations=("NP", "GPI", ""), area="South America", land="ECU")


@pytest.mark.parametrize(
    ("language", "page", "filters", "name"),
    [
        (
            *("nl", "gaps", CHOSEN),
            "witte-vlekken-zuid-amerika-np-gpi-organisatie-onbekend-netwerk-begin-2026.csv.zip",
        ),
        (
            *("en", "country", CHOSEN),
            "country-ecuador-np-gpi-organisation-not-known-network-early-2026.csv.zip",
        ),
        (
            *("en", "gaps", CHOSEN),
            "gaps-south-america-np-gpi-organisation-not-known-network-early-2026.csv.zip",
        ),
        (
            *("nl", "overview", Filters(LETTER, area="South America")),
            "gebied-zuid-amerika-kamerbrief-9-oktober-2013.csv.zip",
        ),
    ],
)
def test_a_file_is_named_in_the_language_of_its_page(
    language: str, page: str, filters: Filters, name: str
) -> None:
    asked_for = Filters(**{**vars(filters), "language": language})
    assert kinds.file_name(catalogue.report(page, asked_for), "tables") == name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_table_chart_and_map_has_a_name_that_fits_a_sheet_and_a_file(language: str) -> None:
    t, seen = texts_of(language), set()
    for page in catalogue.PAGES:
        for release in (ANNEX, LETTER):
            filters = Filters(release, language, land="ECU", layers=("regions", "planned"))
            try:
                found = catalogue.report(page, filters)
            except DataError:  # a page without a scenario, gaps of a part
                continue
            for block in found.blocks(Table, Chart, Map):
                base = (
                    block.key
                    if block.key.startswith("matrix_")
                    else block.key.rstrip("_0123456789")
                )
                assert t.has(f"part_name.{base.partition('_')[0]}") or t.has(f"part_name.{base}"), (
                    base
                )
                name = file_names.part_name(t, block.key)
                assert "_" not in name and re.fullmatch("[a-z0-9-]+", file_names.slugged(name))
                seen.add(name)
            names = [sheet.name for sheet in sheets.sheets(found)]
            assert len({name.casefold() for name in names}) == len(names), page
            assert max(map(len, names)) <= sheets.LONGEST
    assert len(seen) > 60
