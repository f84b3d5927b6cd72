"""What files and the tables in them are called."""

from __future__ import annotations

import re
from itertools import product

import pytest

from dashboard import file_names
from dashboard.exports import kinds, sheets
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
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
            "landen-zonder-officier-zuid-amerika-np-gpi-"
            "organisatie-onbekend-netwerk-begin-2026.csv.zip",
        ),
        (
            *("en", "country", CHOSEN),
            "country-ecuador-np-gpi-organisation-not-known-network-early-2026.csv.zip",
        ),
        (
            *("en", "gaps", CHOSEN),
            "countries-without-an-officer-south-america-np-gpi-"
            "organisation-not-known-network-early-2026.csv.zip",
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


# Served by nobody; with a placement at Interpol (row 1 of table 3); with missions until 2016
# (UNFICYP).
LANDS = ("ECU", "FRA", "CYP")
# Of a document that gives only a part of the network these pages show nothing.
NOTHING = {("whatif", LETTER), ("gaps", LETTER), ("planning", LETTER)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_table_chart_and_map_has_a_name_that_fits_a_sheet_and_a_file(language: str) -> None:
    t, seen, nothing = texts_of(language), set(), set()
    for page, release, land in product(catalogue.PAGES, (ANNEX, LETTER), LANDS):
        if land != LANDS[0] and page != "country":
            continue
        try:
            found = catalogue.report(page, asked(release, language, land))
        except DataError:
            nothing.add((page, release))
            continue
        for block in found.blocks(Table, Chart, Map):
            name = file_names.part_name(t, block.key)
            assert is_named(t, block.key), block.key
            assert "_" not in name and re.fullmatch("[a-z0-9-]+", file_names.slugged(name))
            seen.add(name)
        names = [sheet.name for sheet in sheets.sheets(found)]
        assert len({name.casefold() for name in names}) == len(names), page
        assert max(map(len, names)) <= sheets.LONGEST
    assert len(seen) > 60
    assert nothing == NOTHING


def asked(release: str, language: str, land: str) -> Filters:
    """Everything that may be drawn, and what if the post in row 7 closed and that in 31 moved."""
    return Filters(
        release,
        language,
        land=land,
        layers=("regions", "planned"),
        scenario=f"{release}~~close.7~move.31.BEL.Brussel.host",
    )


def is_named(t: Texts, key: str) -> bool:
    """Whether a table, chart or map has a name in words, and a matrix one of its area too."""
    if key.startswith("matrix_"):
        return t.has("part_name.matrix") and t.has(f"area.{key.removeprefix('matrix_')}")
    return t.has(f"part_name.{re.sub(r'_[0-9]+$', '', key)}")


@pytest.mark.parametrize(
    ("area", "names"),
    [
        # Rows 11 (Bahamas, Canada), 3 (Belize) and 5 (Peru).
        ("Americas", "caribbean, central america, northern america, south america"),
        # Row 14: Australia and New Zealand; no row has another country of Oceania.
        ("Oceania", "australia and new zealand"),
        # Rows 16 (Kazakhstan), 19 (Hong Kong), 15 (Thailand, Sri Lanka) and 17 (Oman).
        ("Asia", "central asia, eastern asia, south-eastern asia, southern asia, western asia"),
    ],
)
def test_each_matrix_of_an_area_is_named_by_its_part(area: str, names: str) -> None:
    found = catalogue.report("network_load", Filters(ANNEX, "en", area=area))
    matrices = [block.key for block in found.blocks(Table) if block.key.startswith("matrix_")]
    named = {file_names.part_name(texts_of("en"), key).lower() for key in matrices}
    assert named == {f"distances {name}" for name in names.split(", ")}
