"""What a map or chart is to a reader who cannot see it: words from its data, and a table."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.filters import Filters
from dashboard.report import Cell, Chart, Map, Report, Table
from dashboard.subjects import catalogue

ALL = Filters("bijlage-2025-11")
OTHER = replace(ALL, organisations=("NP",), area="Africa")
CLOSED = replace(ALL, scenario="bijlage-2025-11~Zonder Dubai~close.17")
PAGES = {
    "overview": (ALL, OTHER),
    "coverage": (ALL, OTHER),
    "gaps": (ALL, OTHER),
    "whatif": (CLOSED, replace(CLOSED, scenario="bijlage-2025-11~Zonder Bogota~close.5")),
    "compare": (ALL, replace(ALL, sides=("NP", "KMar"))),
    "missions": (ALL, OTHER),
    "network": (ALL, replace(ALL, area="Europe")),
    "network_load": (ALL, OTHER),
    "network_history": (ALL, OTHER),
    "country": (replace(ALL, land="ECU"), replace(ALL, land="KEN")),
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(*texts: str) -> set[str]:
    return set(NUMBER.findall(" ".join(texts)))


def text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def texts(table: Table) -> list[str]:
    return [table.title, *table.headers, *(text(cell) for row in table.rows for cell in row)]


def found(report: Report, key: str) -> Table:
    return next(table for table in report.blocks(Table) if table.key == key)


@pytest.mark.parametrize("page", PAGES)
def test_words_come_from_the_data(page: str):
    one, other = (catalogue.report(page, filters) for filters in PAGES[page])
    said, after = (
        {block.key: block.alternative for block in each.blocks(Chart, Map)} for each in (one, other)
    )
    assert min(map(len, said.values())) > 40
    assert said.keys() & after.keys()
    for key in said.keys() & after.keys():
        assert said[key] != after[key], key


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("country", "coverage")])
def test_a_chart_and_its_table_have_the_same_numbers(page: str):
    sums = {
        "mission_parts": {"28", "34", "11"},
        "ranking_territories": {"12"},
        "ranking_states": {"12"},
    }
    for chart in catalogue.report(page, PAGES[page][0]).blocks(Chart):
        assert chart.rows
        said = numbers(chart.alternative) - sums.get(chart.key, set())
        assert said <= numbers(*texts(chart.table)), chart.key


def test_a_map_and_the_table_beside_it_have_the_same_numbers():
    """138 of 244 units are served; 106 are not; 36 both by NP or KMar and by GPI."""
    report = catalogue.report("coverage", ALL)
    states = [text(row[1]) for row in found(report, "coverage").rows]
    assert states.count("Geen officier") == 106 and len(states) == 1 + 138 + 106
    assert "138 van 244" in report.figure().alternative
    report = catalogue.report("gaps", ALL)
    assert len(found(report, "list").rows) == 106
    assert "Geen officier: 106." in report.figure().alternative
    report = catalogue.report("compare", ALL)
    counts = [text(row[1]) for row in found(report, "counts").rows]
    # Of the 81 three have an unknown organisation too, of the 14 nine.
    assert counts == ["36", "81", "78", "3", "14", "5", "9", "113"]
    assert numbers(report.figure().alternative) >= set(counts) - {"81", "14"}
    report = catalogue.report("missions", ALL)
    places = report.figure("missions_map")
    assert len(found(report, "per_country").rows) == 19  # ten by name, nine through a region
    assert {"10", "9"} <= numbers(places.alternative)
