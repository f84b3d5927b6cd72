"""The larger cities: found under a Dutch, English or local name, and where an atlas has them."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from data.build import larger, tables
from data.load import gazetteer
from geo.names.normalise import key
from geo.shapes import distance_km
from tests.data.build.conftest import REFERENCE

FILE = REFERENCE / "larger_cities.csv"
ATLAS = {  # degrees from an atlas, to a tenth
    ("Lagos", "NGA"): (6.5, 3.4),  # and not the one in Portugal
    ("Caïro", "EGY"): (30.1, 31.2),
    ("Milaan", "ITA"): (45.5, 9.2),
    ("Miami", "USA"): (25.8, -80.2),
    ("Mombasa", "KEN"): (-4.1, 39.7),
    ("Erbil", "IRQ"): (36.2, 44.0),
    ("Ho Chi Minhstad", "VNM"): (10.8, 106.6),
    ("Barcelona", "ESP"): (41.4, 2.2),
    ("Valencia", "VEN"): (10.2, -68.0),
    ("Santiago", "CHL"): (-33.5, -70.6),
    ("Calais", "FRA"): (50.9, 1.9),
}
# Where no shape is near: the status of the place is disputed, or the shapes leave it out.
ELSEWHERE = {"East Jerusalem", "Jeruzalem", "Sevastopol", "Simferopol"}


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    return pd.read_csv(FILE, keep_default_na=False)


@pytest.fixture(scope="module")
def rebuilt() -> pd.DataFrame:
    return larger.larger_table()


def test_the_committed_file_is_the_built_one(rebuilt, tmp_path):
    tables.write(rebuilt, tmp_path / "made.csv")
    assert (tmp_path / "made.csv").read_bytes() == FILE.read_bytes()


def test_it_is_small_enough_to_be_read_at_once(cities):
    assert FILE.stat().st_size < 350_000
    assert 3_000 < len(cities) < 4_000


@pytest.mark.parametrize("place", ATLAS)
def test_a_city_is_the_one_meant(cities, place):
    row = cities.set_index(["city", "iso3"]).loc[place]
    assert distance_km(row["lat"], row["lon"], *ATLAS[place]) < 15


@pytest.mark.parametrize(
    ("printed", "iso3", "city"),
    [
        ("Lagos", "NGA", "Lagos"),
        ("Kairo", "EGY", "Caïro"),
        ("Cairo", "EGY", "Caïro"),
        ("Milaan", "ITA", "Milaan"),
        ("Milano", "ITA", "Milaan"),
        ("Miami", "USA", "Miami"),
        ("Mombasa", "KEN", "Mombasa"),
        ("Arbil", "IRQ", "Erbil"),
        ("Nieuw-Delhi", "IND", "New Delhi"),
        ("Ho Chi Minhstad", "VNM", "Ho Chi Minhstad"),
        ("Ho Chi Minh City", "VNM", "Ho Chi Minhstad"),
        ("Kaapstad", "ZAF", "Kaapstad"),
        ("Cape Town", "ZAF", "Kaapstad"),
        ("Moskou", "RUS", "Moskou"),
        ("Sint-Petersburg", "RUS", "Sint-Petersburg"),
        ("Kanton", "CHN", "Guangzhou"),
        ("Bombay", "IND", "Mumbai"),
        ("Charkiv", "UKR", "Charkov"),
        ("Medellin", "COL", "Medellín"),
        ("Gdansk", "POL", "Gdańsk"),
        ("München", "DEU", "München"),
        ("Munich", "DEU", "München"),
        ("Straatsburg", "FRA", "Straatsburg"),
        ("Turijn", "ITA", "Turijn"),
        ("Narnia", "NGA", None),
        ("Milaan", "NGA", None),
        ("Lagos", "EGY", None),
    ],
)
def test_a_printed_city_is_found_in_its_country_only(printed, iso3, city):
    assert gazetteer().find(printed, iso3) == city


def test_what_was_known_before_keeps_its_name():
    for table in ("cities", "units"):
        frame = pd.read_csv(REFERENCE / f"{table}.csv", keep_default_na=False)
        column = "city" if table == "cities" else "capital"
        for city, iso3 in zip(frame[column], frame["iso3"], strict=True):
            assert not city or gazetteer().find(city, iso3) == city


def test_a_name_stands_for_one_city_of_a_country(cities):
    assert cities["geonameid"].is_unique
    names = pd.concat(
        [
            cities[["iso3"]].assign(name=cities["city"].map(key)),
            cities[["iso3"]].assign(name=cities["names"].str.split("|")).explode("name"),
        ]
    )
    names["name"] = names["name"].map(key)
    assert not names[names["name"] != ""].duplicated().any()


def test_every_city_lies_in_its_country(cities, all_levels):
    shapes = all_levels["print"]
    points = shapely.points(cities["lon"], cities["lat"])
    far = [
        (city, iso3)
        for city, iso3, point in zip(cities["city"], cities["iso3"], points, strict=True)
        if iso3 in shapes.index and shapes[iso3].distance(point) > 0.1
    ]
    assert {city for city, _ in far} <= ELSEWHERE, far


def test_every_country_has_its_first_cities(cities, units):
    large = units[(units["kind"] == "state") & (units["area_km2"].astype(float) > 1_000)]
    assert set(large.index) <= set(cities["iso3"])
