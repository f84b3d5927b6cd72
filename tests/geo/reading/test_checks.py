"""Rows printed twice and countries far from their post: warned about, counted all the same."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.names.cities import Gazetteer
from geo.names.resolver import Resolver
from geo.reading.checks import FAR_KM, far_countries
from geo.reading.posting import PrintedRow, Reading, read_rows


@pytest.fixture
def read(resolver: Resolver, gazetteer: Gazetteer, units: pd.DataFrame):
    def rows(*printed: tuple[str, str, str], kind: str = "LO", region: str = "x") -> Reading:
        made = [
            PrintedRow(kind, "doc", "Table 1", number, region, *row)
            for number, row in enumerate(printed, start=1)
        ]
        return read_rows(made, resolver, gazetteer, units)

    return rows


def same(reading: Reading) -> list[tuple[object, object]]:
    return [(p.row, p.params["other"]) for p in reading.problems if p.code == "repeated_row"]


def test_the_same_row_twice(read):
    reading = read(
        ("Peru - NP", "Lima", "Peru / Chili"),
        ("Chili - NP", "Santiago", "Chili"),
        ("PERU – NP", "Lima ", "Peru/Chili"),
        ("Peru - NP", "Lima", "Peru, Chili"),
    )
    assert same(reading) == [(("LO", 3), 1), (("LO", 4), 1)]
    assert len(reading.postings) == 4
    assert {problem.severity for problem in reading.problems} == {"warning"}


@pytest.mark.parametrize(
    "other",
    [
        ("Peru - KMar", "Lima", "Peru"),
        ("Peru-2 - NP", "Lima", "Peru"),
        ("Peru - NP", "Cuzco", "Peru"),
        ("Peru - NP", "Lima", "Peru / Chili"),
        ("Peru - NP", "", "Peru"),
    ],
)
def test_rows_that_differ_in_one_cell_are_two(read, other: tuple[str, str, str]):
    assert not same(read(("Peru - NP", "Lima", "Peru"), other))


def test_placements_are_told_apart_by_their_group(resolver: Resolver, gazetteer: Gazetteer):
    groups = ["Europol", "INTERPOL", "Europol"]
    rows = [
        PrintedRow("multilateral", "doc", "Table 3", number, group, "Seconded national expert")
        for number, group in enumerate(groups, start=1)
    ]
    assert [row for row, _ in same(read_rows(rows, resolver, gazetteer))] == [("multilateral", 3)]


def test_the_2025_table_names_no_country_far_away(network, units: pd.DataFrame):
    tables = [
        frame.astype(object).where(frame.notna(), None) for frame in network("bijlage-2025-11")
    ]
    assert far_countries(*(table.to_dict("records") for table in tables), units) == []


@pytest.mark.parametrize(
    ("label", "area", "far"),
    [
        ("Marokko - NP", "Marokko / Gambia", []),
        ("Marokko - NP", "Marokko / Zambia", ["ZMB"]),  # Rabat to Lusaka
        ("Marokko - NP", "Mauritanië, Mauritius", ["MUS"]),
        ("Italië - NP", "Austria, Australia", ["AUS"]),
        ("Curaçao - NP", "Baltische staten", []),  # a region is no slip of the pen
        ("Narnia - NP", "Australië", []),  # no host, no distance
    ],
)
def test_a_country_far_outside_the_region(read, label: str, area: str, far: list[str]):
    reading = read((label, "", area))
    found = [problem for problem in reading.problems if problem.code == "far"]
    assert [problem.params["country"] for problem in found] == far
    assert all((p.severity, p.row, p.field) == ("warning", ("LO", 1), "countries") for p in found)


def test_the_distance_is_told(read):
    (problem,) = [
        problem
        for problem in read(("Marokko - NP", "Rabat", "Marokko / Zambia")).problems
        if problem.severity == "warning"
    ]
    # Rabat 34.02 N 6.84 W, Lusaka 15.42 S 28.28 E: about 6,600 km on any atlas.
    assert problem.params == {"country": "ZMB", "km": 6616, "host": "MAR"}
    assert problem.printed == "Zambia"
    assert FAR_KM < 6616


def test_an_empty_work_area_below_one_of_the_same_host_is_asked(read):
    reading = read(
        ("Kenia - NP", "Nairobi", "Kenia / Togo"),
        ("Kenia - KMar", "Nairobi", ""),
        ("Kenia - GPI", "Mombasa", ""),
        ("Peru - NP", "Lima", ""),
        ("Peru - KMar", "Lima", ""),
        ("Kenia - GPI", "Nairobi", ""),
        ("Kenia - GPI", "Nairobi", "Taakaccent havens"),
    )
    errors = [(p.row, p.code, p.printed) for p in reading.problems if p.severity == "error"]
    assert errors == [(("LO", row), "blank_cell", "Kenia / Togo") for row in (2, 3)]
