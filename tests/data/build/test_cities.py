"""Duty stations: the right town of that name, and every spelling leads to one of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import shapely

from data.load import reference
from geo.shapes import distance_km
from tests.data.build.conftest import REFERENCE

SECOND = Path(__file__).parent / "second_positions.csv"
ATLAS = {  # degrees from an atlas, to a tenth
    ("Cartagena", "COL"): (10.4, -75.5),  # and not the one in Spain
    ("Tripoli", "LBY"): (32.9, 13.2),  # and not the one in Lebanon
    ("Washington", "USA"): (38.9, -77.0),
    ("Paramaribo", "SUR"): (5.9, -55.2),
    ("Santo Domingo", "DOM"): (18.5, -69.9),
    ("São Paulo", "BRA"): (-23.5, -46.6),
    ("Den Haag", "NLD"): (52.1, 4.3),
    ("Hongkong", "HKG"): (22.3, 114.2),
    ("Istanbul", "TUR"): (41.0, 28.9),
    ("New York", "USA"): (40.7, -74.0),
    ("Singapore", "SGP"): (1.3, 103.9),
    ("Nairobi", "KEN"): (-1.3, 36.8),
    ("Canberra", "AUS"): (-35.3, 149.1),
}


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    table = pd.read_csv(REFERENCE / "cities.csv", keep_default_na=False)
    return table.set_index(["city", "iso3"])


@pytest.fixture(scope="module")
def aliases() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "city_aliases.csv", keep_default_na=False)


@pytest.mark.parametrize("key", ATLAS)
def test_a_duty_station_is_the_town_meant(cities, key):
    row = cities.loc[key]
    assert distance_km(row["lat"], row["lon"], *ATLAS[key]) < 12


def test_every_duty_station_is_where_a_second_source_has_it(cities):
    """Natural Earth's populated places (1:110m), or an atlas to a hundredth of a degree."""
    second = pd.read_csv(SECOND).set_index(["city", "iso3"])
    assert list(second.index) == list(cities.index)
    away = {
        city: float(distance_km(row["lat"], row["lon"], *second.loc[city, ["lat", "lon"]]))
        for city, row in cities.iterrows()
    }
    assert not {city: round(km, 1) for city, km in away.items() if km > 5}


def test_the_same_city_has_one_position_in_every_table(cities):
    larger = reference("larger_cities").set_index(["city", "iso3"])
    both = cities.index.intersection(larger.index)
    assert len(both) == len(cities)
    for axis in ("lat", "lon"):
        assert (cities.loc[both, axis].astype(float) == larger.loc[both, axis]).all()


def test_every_city_lies_in_its_country(cities, all_levels):
    for (city, code), row in cities.iterrows():
        point = shapely.Point(row["lon"], row["lat"])
        if city != "Jeruzalem":
            assert all_levels["print"][code].distance(point) < 0.02, city


def test_cities_are_attributed(cities):
    assert set(cities["source"]) == {"GeoNames, CC BY 4.0"}
    assert cities["geonameid"].is_unique and cities.index.is_unique


@pytest.mark.parametrize(
    ("printed", "city"),
    [("Rabbat", "Rabat"), ("Istanboel", "Istanbul"), ("Tiblisi", "Tbilisi"), ("Tblisi", "Tbilisi"),
     ("Bogotá", "Bogota"), ("Brasília", "Brasilia"), ("Sao Paulo", "São Paulo"),
     ("Peking", "Beijing"), ("Mexico City", "Mexico-stad"), ("Hong Kong", "Hongkong"),
     ("'s-Gravenhage", "Den Haag"), ("The Hague", "Den Haag"), ("Wien", "Wenen"),
     ("Kiev", "Kyiv")],
)  # fmt: skip
def test_spellings_lead_to_the_dutch_name(aliases, printed, city):
    assert aliases.loc[aliases["printed"] == printed, "city"].tolist() == [city]


def test_an_alias_leads_to_a_city_and_is_none_itself(aliases, cities):
    assert set(zip(aliases["city"], aliases["iso3"], strict=True)) <= set(cities.index)
    assert aliases["printed"].is_unique
    assert not set(aliases["printed"]) & set(cities.index.get_level_values("city"))
