"""Populations: nobody counted twice, nobody invented; what the sources print, read by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference

# Natural Earth's own figure for France (2019), as its attribute table prints it.
FRANCE = 67_059_887


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return reference("populations").set_index("iso3")


def test_every_unit_has_a_row_and_the_unknown_stay_empty(people):
    assert set(people.index) == set(reference("units")["iso3"])
    assert set(people.index[people["population"].isna()]) == {"XAB"}
    assert (people["population"].dropna() > 0).all()


def test_france_and_its_overseas_departments_add_up_to_france(people):
    parts = ["FRA", "GLP", "GUF", "MTQ", "MYT", "REU"]
    assert people.loc[parts, "population"].sum() == FRANCE
    assert people.loc["GUF", "population"] == 195_506


@pytest.mark.parametrize(
    ("iso3", "population", "year", "source"),
    [
        ("NLD", 17_332_850, 2019, "Natural Earth 5.1.1"),  # without Bonaire, Saba, Sint Eustatius
        ("BES", 18_012, None, "GeoNames, CC BY 4.0"),
        ("XKX", 1_794_248, 2019, "Natural Earth 5.1.1"),
        ("CUB", 11_333_483 + 6_000, 2018, "Natural Earth 5.1.1, CUB + USG"),  # Guantanamo Bay
        ("XAD", 7_850 + 7_850, 2013, "Natural Earth 5.1.1, ESB + WSB"),
        ("FIN", 5_520_314 - 29_884, 2019, "Natural Earth 5.1.1, without ALA"),
        ("SOM", 15_008_154, None, "GeoNames, CC BY 4.0"),  # Natural Earth's lacks Somaliland
    ],
)
def test_figures_and_where_they_come_from(people, iso3, population, year, source):
    row = people.loc[iso3]
    assert (row["population"], row["source"]) == (population, source)
    assert pd.isna(row["year"]) if year is None else row["year"] == year


def test_the_world_of_2019(people):
    # About 7.7 billion by every count of that year.
    assert 7.6e9 < people["population"].sum() < 7.8e9
