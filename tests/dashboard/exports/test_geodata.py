"""The map of a report as data, read by the programs that others use."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest
import shapely

from dashboard.exports.geodata import geodata, posts, units
from dashboard.exports.sheets_csv import tables_csv
from dashboard.report import Cell, Form, Map, Provenance, Report, Section, Source, Table
from data.load import reference
from geo.errors import DataError

PAYLOAD = {
    "classes": ["post-NP-KMar", "accredited-X", "none", "home", "unknown"],
    "looks": ["post", "accredited", "none", "home", "unknown"],
    "rest": "none",
    "units": {
        "KEN": [0, 2, 0, [0]],
        "UGA": [1, 1, 506, [0, 1]],
        "NLD": [3, 0, 0, []],
        "FJI": [4, 0, 0, []],
        "BRB": [1, 1, 0, [1]],
    },
    "cities": ["Nairobi", "Santo Domingo"],
    "posts": [
        [-1.28, 36.82, "KEN", 0, [["NP", 1], ["KMar", 2]], 0],
        [18.47, -69.89, "DOM", 1, [["M", 4]], 1],
    ],
    "served": [[["UGA", 507], []]],
    "notes": {"UGA": "=een noot"},
    "words": {"org_NP": "NP", "org_KMar": "KMar", "org_X": "organisatie onbekend"},
}
IMPRINT = Provenance(
    "bijlage-1",
    "bijlage-1 · 0a1b2c3d",
    "1 januari 2026",
    [("Organisaties", "NP")],
    "Grenzen zeggen niets.",
    "http://127.0.0.1:8501/dekking",
    [Source("kst-1", "Brief", "2013-10-09", "https://example.org/kst-1", "")],
    "2026-11-22",
)
LEGEND = [("none", "niemand")]


def atlas(area: frozenset[str] = frozenset()) -> Map:
    return Map("coverage", "Kaart", PAYLOAD, LEGEND, "In woorden.", "bijlage-1, tabel 1", area)


def report(*blocks: Any) -> Report:
    return Report("n", "Wereld", "Eén kaart", [], [Section("s", "", blocks)], IMPRINT, "nl")


def by_code(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["iso3"]: row for row in rows}


def test_a_unit_says_what_the_map_says_and_nothing_that_is_not_known() -> None:
    found = by_code(units(atlas()))
    assert len(found) == len(reference("units")) == 245
    keys = ("state", "organisations", "postings", "cities", "distance_km", "note")
    assert {code: [found[code][key] for key in keys] for code in ("KEN", "UGA", "BRB")} == {
        "KEN": ["post-NP-KMar", "NP; KMar", 2, "Nairobi", 0, None],
        "UGA": [
            "accredited-X",
            "organisatie onbekend",
            1,
            "Nairobi; Santo Domingo",
            506,
            "=een noot",
        ],
        "BRB": ["accredited-X", "organisatie onbekend", 1, "Santo Domingo", None, None],
    }
    assert [found[code]["state"] for code in ("PER", "FJI", "NLD")] == ["none", "unknown", "home"]
    assert [found[code]["postings"] for code in ("PER", "FJI")] == [0, None]
    assert (found["DEU"]["name_nl"], found["DEU"]["name_en"]) == ("Duitsland", "Germany")


def test_a_map_that_tells_of_no_posting_does_not_say_there_is_none() -> None:
    silent = PAYLOAD | {"units": {"KEN": [2, 0, 0, []]}}
    block = Map("gaps", "Kaart", silent, LEGEND, "", "", frozenset({"KEN"}))
    assert [(row["iso3"], row["postings"]) for row in units(block)] == [("KEN", None)]


def test_a_country_without_a_mission_is_not_said_to_have_no_officer() -> None:
    about = replace(atlas(), legend=[("mission", "Missiegebied"), ("none", "Geen missie")])
    file = json.loads(geodata(report(about), "geojson"))
    states = {feature["id"]: feature["properties"]["state"] for feature in file["features"]}
    assert states["AFG"] == "no_mission" and "none" not in states.values()
    assert file["metadata"]["legend"]["no_mission"] == "Geen missie"
    assert by_code(units(atlas()))["AFG"]["state"] == "none"


def test_an_area_keeps_its_own_units_and_posts() -> None:
    block = atlas(frozenset({"KEN", "UGA"}))
    assert [row["iso3"] for row in units(block)] == ["KEN", "UGA"]
    assert [(row["city"], row["number"]) for row in posts(block)] == [("Nairobi", 3)]
    assert [row["city"] for row in posts(atlas(frozenset({"UGA"})))] == ["Nairobi"], "served from"
    assert not posts(atlas(frozenset({"FJI"})))


def test_geojson_keeps_to_the_standard() -> None:
    content = json.loads(geodata(report(atlas()), "geojson"))
    said = content["metadata"]
    assert (said["as_of"], said["borders"], said["made"]) == (
        *("1 januari 2026", "Grenzen zeggen niets.", "2026-11-22"),
    )
    assert said["sources"][0]["document"] == "kst-1" and "Natural Earth" in said["shapes"]
    assert len(content["features"]) == 245 and "crs" not in content
    shapes = [shapely.geometry.shape(each["geometry"]) for each in content["features"]]
    rings = [part for shape in shapes for part in getattr(shape, "geoms", [shape])]
    assert all(part.exterior.is_ccw for part in rings)
    assert not any(hole.is_ccw for part in rings for hole in part.interiors)
    assert all(shapely.is_valid(shapes)) and not any(shapely.is_empty(shapes))
    places = shapely.get_coordinates(shapes)
    assert abs(places * 10_000 - (places * 10_000).round()).max() < 1e-6


def test_a_geopackage_opens_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "map.gpkg"
    path.write_bytes(geodata(report(atlas()), "gpkg"))
    layers = {str(name): kind for name, kind in pyogrio.list_layers(path)}
    assert layers == {
        "countries": "MultiPolygon",
        "posts": "Point",
        "work_area_lines": "MultiLineString",
        "work_areas": "MultiPolygon",
        "missions": "MultiPolygon",
        **dict.fromkeys(("sources", "notes", "layer_styles")),
    }
    countries = gpd.read_file(path, layer="countries").set_index("iso3")
    assert len(countries) == 245 and countries.crs.to_epsg() == 4326
    assert countries.loc["UGA", ["state", "distance_km"]].tolist() == ["accredited-X", 506]
    assert countries.loc["KEN", "geometry"].contains(shapely.Point(36.82, -1.28))
    marks = gpd.read_file(path, layer="posts")
    assert marks["number"].tolist() == [3, 4] and marks["planned"].tolist() == [False, True]
    assert (marks.geometry.x.round(2).tolist(), marks.geometry.y.round(2).tolist()) == (
        *([36.82, -69.89], [-1.28, 18.47]),
    )
    assert pyogrio.read_dataframe(path, layer="sources")["document"].tolist() == ["kst-1"]
    said = pyogrio.read_info(path, layer="countries")["layer_metadata"]
    assert said["as_of"] == "1 januari 2026" and "Grenzen zeggen niets." in said["DESCRIPTION"]
    assert json.loads(said["filters"]) == [["Organisaties", "NP"]]


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of a stored release, of which work areas and missions are known."""
    path = tmp_path_factory.mktemp("newest") / "map.gpkg"
    origin = replace(IMPRINT, release="bijlage-2025-11")
    path.write_bytes(geodata(replace(report(atlas()), provenance=origin), "gpkg"))
    return path


@pytest.fixture
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.usefixtures("_no_warnings")
def test_a_geopackage_has_work_areas_and_missions(newest: Path) -> None:
    frames = {name: pyogrio.read_dataframe(newest, layer=name) for name, _ in layers_of(newest)}
    assert all(
        next(iter(frame.columns)) == "iso3" for name, frame in frames.items() if name in SHAPED
    )
    missions = frames["missions"]
    assert (len(missions), missions["officers"].sum()) == (12, 34)
    # Row 1 of the annex: Washington serves the United States, Canada and the Bahamas.
    areas = frames["work_areas"].set_index("posting")
    washington = areas.loc["bijlage-2025-11/LO/1"]
    assert (washington["iso3"], washington["areas_iso3"]) == ("USA", "BHS; CAN; USA")
    assert washington["geometry"].contains(shapely.Point(-106, 52))  # Saskatoon
    lines = frames["work_area_lines"].set_index("posting")
    assert set(lines.loc["bijlage-2025-11/LO/1", "iso3"]) == {"CAN", "BHS"}
    assert frames["countries"].geometry.is_valid.all() and areas.geometry.is_valid.all()
    assert len(frames["countries"]) == 245
    assert list(frames["notes"].columns) == ["iso3", "note_nl", "note_en", "as_of", "source"]
    assert "UKR" in set(frames["notes"]["iso3"])


SHAPED = ("countries", "posts", "work_area_lines", "work_areas", "missions")


def layers_of(path: Path) -> list[Any]:
    return list(pyogrio.list_layers(path))


def test_qgis_has_a_style_for_each_layer_in_the_colours_of_the_app(newest: Path) -> None:
    styles = pyogrio.read_dataframe(newest, layer="layer_styles").set_index("f_table_name")
    assert set(styles.index) == set(SHAPED) and styles["useAsDefault"].all()
    made = {name: ElementTree.fromstring(text) for name, text in styles["styleQML"].items()}
    # Each value that the layer holds has a category of its own.
    for layer, column in (("countries", "look"), ("work_areas", "organisation")):
        renderer = made[layer].find("renderer-v2")
        assert renderer is not None and renderer.get("attr") == column
        values = {each.get("value") for each in renderer.iter("category")}
        assert set(pyogrio.read_dataframe(newest, layer=layer)[column]) <= values
    post = made["countries"].find(".//category[@value='post']")
    assert post is not None
    symbol = made["countries"].find(f".//symbol[@name='{post.get('symbol')}']//prop[@k='color']")
    assert symbol is not None and symbol.get("v") == "8,61,86,255"  # theme.STEPS[0], #083d56


def test_csv_is_one_table_that_no_spreadsheet_takes_for_formulas() -> None:
    content = geodata(report(atlas()), "csv")
    file = io.StringIO(content.decode("utf-8-sig"))
    rows = by_code(list(csv.DictReader(file, delimiter=";")))
    assert content.startswith(b"\xef\xbb\xbf") and len(rows) == 245
    assert rows["UGA"]["note"] == "'=een noot"
    assert [rows["PER"][key] for key in ("release", "as_of", "source", "permalink")] == [
        *("bijlage-1 · 0a1b2c3d", "1 januari 2026", "bijlage-1, tabel 1"),
        "http://127.0.0.1:8501/dekking",
    ]


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg"])
def test_the_same_report_gives_the_same_bytes(kind: str) -> None:
    assert geodata(report(atlas()), kind) == geodata(report(atlas()), kind)


def test_a_map_without_posts_still_has_the_layer(tmp_path: Path) -> None:
    block = Map("m", "Kaart", PAYLOAD | {"posts": []}, LEGEND, "", "")
    (tmp_path / "map.gpkg").write_bytes(geodata(report(block), "gpkg"))
    assert len(gpd.read_file(tmp_path / "map.gpkg", layer="posts")) == 0


def test_a_report_without_a_map_has_no_geographic_data() -> None:
    with pytest.raises(DataError, match="no_map"):
        geodata(report(), "csv")


def test_tables_as_csv_with_their_sources() -> None:
    table = Table(
        "t",
        "Twee: namen",
        ["=A", "Rij", "Rij"],
        [["-x", Cell("1.234", 1234, form=Form.of(1234)), ""]],
    )
    with zipfile.ZipFile(io.BytesIO(tables_csv(report(table)))) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert list(texts) == ["t.csv", "bronnen.csv", "toelichting.csv", "over.txt"]
    assert texts["t.csv"] == "'=A;Rij;Rij #2\n'-x;1234;\n"
    assert "kst-1;Brief;2013-10-09;https://example.org/kst-1;" in texts["bronnen.csv"]
    assert "Peildatum\t1 januari 2026" in texts["over.txt"]
