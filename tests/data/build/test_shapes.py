"""The committed shapes at each level: nothing lost, nothing torn, everything where it belongs.

Expected values come from an atlas and from design decisions, never from what the build printed.
"""

from __future__ import annotations

import gzip
import json

import geopandas as gpd
import pytest
import shapely

from data.build.tables import FOLDER
from data.load import reference
from tests.data.build.conftest import REFERENCE, STATIC

ATLAS = """
NLD-BEL NLD-DEU FRA-ESP FRA-ITA AND-ESP AND-FRA PRT-ESP DEU-POL POL-UKR UKR-RUS UKR-MDA RUS-NOR
FIN-SWE RUS-PRK RUS-POL RUS-LTU CHN-IND CHN-AFG PAK-IND IRN-IRQ TUR-SYR SYR-ISR ISR-EGY ISR-PSE
EGY-PSE JOR-PSE ISR-LBN EGY-SDN SDN-XAB SSD-XAB MAR-ESH DZA-ESH MRT-ESH MAR-DZA COD-AGO ZMB-NAM
NAM-BWA LSO-ZAF SWZ-MOZ SWZ-ZAF SOM-ETH SOM-DJI USA-CAN USA-MEX GTM-BLZ HTI-DOM COL-PAN GUF-BRA
GUF-SUR SUR-GUY SUR-BRA GUY-VEN BRA-URY ARG-CHL VAT-ITA SMR-ITA MCO-FRA LIE-CHE
LIE-AUT XKX-SRB XKX-ALB XKX-MKD XKX-MNE MAF-SXM IDN-TLS IDN-PNG IDN-MYS BRN-MYS HKG-CHN GIB-ESP
ESP-MAR XAD-CYP GBR-IRL THA-MYS TZA-UGA GMB-SEN KOR-PRK AZE-TUR AZE-ARM
"""
NEIGHBOURS = tuple(ATLAS.split())

PLACES = {  # lon, lat of places that were sea, belonged elsewhere or are easily lost
    "Simferopol": (34.10, 44.95, "UKR"),
    "Sevastopol": (33.55, 44.58, "UKR"),
    "Donetsk": (37.80, 48.00, "UKR"),
    "Abyei": (28.44, 9.60, "XAB"),
    "Quneitra, on the Golan": (35.82, 33.13, "SYR"),
    "middle of the ice field": (-73.31, -49.52, "XPI"),
    "Rincon de Artigas": (-55.96, -30.96, "BRA"),
    "Bir Tawil": (33.74, 21.90, "SDN"),
    "Hargeisa": (44.06, 9.56, "SOM"),
    "Kyrenia, inland": (33.32, 35.28, "CYP"),
    "Dakhla, inland": (-15.0, 23.7, "ESH"),
    "Tifariti": (-10.57, 26.16, "ESH"),
    "Ramallah": (35.20, 31.90, "PSE"),
    "Old City of Jerusalem": (35.2345, 31.7767, "PSE"),
    "Sheikh Jarrah": (35.230, 31.791, "PSE"),
    "Beit Hanina": (35.2175, 31.834, "PSE"),
    "Silwan": (35.2365, 31.769, "PSE"),
    "Tel Aviv, inland": (34.86, 32.08, "ISR"),
    "Famagusta, inland": (33.85, 35.15, "CYP"),
    "Grytviken, inland": (-36.6, -54.35, "SGS"),
    "Sukhumi, inland": (41.3, 43.05, "GEO"),
    "Stepanakert": (46.75, 39.82, "AZE"),
    "Tiraspol": (29.63, 46.84, "MDA"),
    "Gjilan": (21.47, 42.46, "XKX"),
    "Saul, French Guiana": (-53.2, 3.62, "GUF"),
    "Piton des Neiges": (55.48, -21.10, "REU"),
    "Rincon, Bonaire": (-68.33, 12.24, "BES"),
    "Guantanamo, the town": (-75.21, 20.14, "CUB"),
    "Longyearbyen, inland": (16.5, 78.1, "SJM"),
    "Windhoek": (17.08, -22.56, "NAM"),
    "Paris": (2.35, 48.86, "FRA"),
    "Oslo, inland": (10.9, 60.1, "NOR"),
    "Taipei, inland": (121.4, 24.6, "TWN"),
    # What the map notes say of borders under dispute:
    "Luhansk": (39.30, 48.57, "UKR"),
    "Melitopol": (35.37, 46.85, "UKR"),
    "Srinagar": (74.80, 34.08, "IND"),
    "Siachen": (77.10, 35.40, "IND"),
    "Arunachal Pradesh": (93.60, 27.10, "IND"),
    "Gilgit": (74.30, 35.90, "PAK"),
    "Muzaffarabad": (73.47, 34.37, "PAK"),
    "Aksai Chin": (79.50, 35.20, "CHN"),
    "Halaib Triangle": (36.10, 22.30, "EGY"),
    "Ilemi Triangle": (35.30, 4.90, "KEN"),
    "Tskhinvali": (43.97, 42.22, "GEO"),
    "Iturup, southern Kurils": (147.90, 45.00, "RUS"),
    "Essequibo": (-60.00, 6.00, "GUY"),
    "Tigri": (-57.30, 3.20, "GUY"),
}
TINIEST = "VAT MCO SMR NRU TUV TKL GIB MAC SXM MAF BLM CCK CXR BVT"
CASPIAN = shapely.Point(50.5, 41.9)


def test_no_unit_is_lost_and_none_is_invented(shapes, units):
    others = reference("not_units")
    drawn = others.loc[others["drawn"], "code"]  # uninhabited land has its shape, and no unit
    assert sorted(shapes.index) == sorted([*units.index, *drawn])
    assert not shapes.is_empty.any() and shapes.is_valid.all()
    assert (shapely.area(shapes.to_numpy()) > 0).all()


@pytest.mark.parametrize("code", TINIEST.split())
def test_the_smallest_are_still_there(shapes, code):
    assert shapes[code].area > 0


def test_units_meet_edge_to_edge(shapes):
    assert shapely.coverage_is_valid(shapes.to_numpy())


def test_no_hole_but_the_caspian_shows_as_sea(shapes):
    together = shapely.get_parts(shapely.coverage_union_all(shapes.to_numpy()))
    rings = [shapely.Polygon(ring) for land in together for ring in land.interiors]
    assert len(rings) == 1 and rings[0].contains(CASPIAN)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_lies_in_its_unit_and_in_no_other(shapes, place):
    lon, lat, code = PLACES[place]
    assert shapes.index[shapes.contains(shapely.Point(lon, lat))].tolist() == [code]


@pytest.mark.parametrize("level", ["region", "print"])
def test_west_jerusalem_lies_in_israel(all_levels, level):
    # The world map is too coarse for this: 8 km is wider than the city's corridor.
    knesset = all_levels[level].contains(shapely.Point(35.205, 31.7767))
    assert knesset.index[knesset].tolist() == ["ISR"]


def test_east_jerusalem_is_all_of_it(all_levels):
    # Its outline has 67 km², all but the enclave of Mount Scopus of 2 km².
    outline = gpd.read_file(FOLDER / "moved.geojson")
    assert outline[["parent", "unit", "place"]].iloc[0].tolist() == ["ISR", "PSE", "East Jerusalem"]
    city = outline.to_crs(6933).geometry.iloc[0]
    assert city.area / 1e6 == pytest.approx(67, rel=0.02)
    for level, share in (("print", 0.97), ("region", 0.93), ("world", 0.93)):
        theirs = all_levels[level][["PSE"]].to_crs(6933).iloc[0]
        assert theirs.intersection(city).area > share * city.area, level


def test_abu_musa_is_drawn_in_the_emirates(all_levels):
    found = all_levels["print"].contains(shapely.Point(55.03, 25.875))
    assert found.index[found].tolist() == ["ARE"]


@pytest.mark.parametrize("pair", NEIGHBOURS)
def test_neighbours_of_the_atlas_still_share_a_border(shapes, pair):
    one, other = pair.split("-")
    assert shapes[one].intersection(shapes[other]).length > 0


def test_nothing_runs_around_the_world(shapes):
    parts = shapes.explode()
    assert parts.bounds["minx"].min() >= -180 and parts.bounds["maxx"].max() <= 180
    width = parts.bounds["maxx"] - parts.bounds["minx"]
    assert width.idxmax() == "RUS" and width.max() < 155  # Kaliningrad lies apart; Narva to 180°
    for code in ("USA", "FJI", "NZL", "KIR"):
        assert width[[code]].max() < 60


@pytest.mark.parametrize(
    ("code", "km2"),
    [("GUF", 83184), ("GLP", 1657), ("MTQ", 1097), ("REU", 2582), ("MYT", 395), ("BES", 295)],
)
def test_the_parts_of_a_parent_have_the_area_of_the_design(all_levels, units, code, km2):
    assert units["area_km2"][code] == pytest.approx(km2, rel=0.005)
    area = all_levels["print"][[code]].to_crs(6933).area.sum() / 1e6
    assert area == pytest.approx(km2, rel=0.03)


@pytest.mark.parametrize(("code", "north", "south"), [("FRA", 52, 41), ("NLD", 54, 50)])
def test_a_parent_keeps_nothing_overseas(shapes, code, north, south):
    _, low, _, high = shapes[code].bounds
    assert south < low and high < north


@pytest.mark.parametrize("name", ["world", "region"])
def test_topojson_is_small_and_holds_codes_and_arcs_only(name):
    raw = (STATIC / f"{name}.json").read_bytes()
    content = json.loads(raw)
    geometries = content["objects"]["units"]["geometries"]
    assert {key for g in geometries for key in g} == {"type", "id", "arcs"}
    assert list(content["objects"]) == ["units"]
    assert all(isinstance(n, int) for arc in content["arcs"] for point in arc for n in point)
    limit = {"world": 150_000, "region": 300_000}[name]
    assert len(gzip.compress(raw, 9)) <= limit


@pytest.mark.parametrize("name", ["world", "region"])
def test_an_independent_reader_sees_the_same_shapes(all_levels, name):
    read = gpd.read_file(STATIC / f"{name}.json").set_index("id").geometry
    ours = all_levels[name]
    assert sorted(read.index) == sorted(ours.index)
    assert shapely.equals_exact(
        shapely.normalize(read[ours.index].to_numpy()),
        shapely.normalize(ours.to_numpy()),
        tolerance=1e-9,
    ).all()


@pytest.mark.parametrize("name", ["world", "region"])
def test_exterior_rings_run_counter_clockwise_and_holes_clockwise(all_levels, name):
    for part in all_levels[name].explode():
        assert part.exterior.is_ccw
        assert not any(ring.is_ccw for ring in part.interiors)


def test_the_print_file_says_what_it_is():
    frame = gpd.read_parquet(REFERENCE / "shapes" / "print.parquet")
    assert frame.crs == "EPSG:4326" and list(frame.columns) == ["iso3", "geometry"]
    assert "NAM" in set(frame["iso3"]) and frame["iso3"].is_unique
