"""Maps drawn without a browser: true to the payload, nothing lost, nothing twice, safe to embed."""

from __future__ import annotations

import json
import re
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from dashboard import theme
from dashboard.exports import map_plane
from dashboard.exports.map_marks import arc
from dashboard.exports.map_plane import STATIC, places, shapes
from dashboard.exports.map_svg import map_svg
from dashboard.exports.typesetting import width
from dashboard.report import Map

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = ["accredited-NP", "post-NP-KMar", "region-GPI", "home", "none"]
PAYLOAD = {
    "view": "world",
    "bounds": [-57, -166, 83, 190],
    "centre": None,
    "selected": None,
    "classes": CLASSES,
    "looks": [name.partition("-")[0] for name in CLASSES],
    "small": {},
    "about": "",
    "rest": "unknown",
    "first": ["FRA"],
    "units": {
        "DEU": [0, 0, 0, []], "FRA": [1, 3, 0, [0]], "MLT": [2, 0, 0, []], "NLD": [3, 0, 0, []],
        "TUV": [0, 0, 0, []], "ARE": [4, 0, 0, []], "IRN": [0, 0, 0, [], 1],
    },
    "posts": [[48.86, 2.35, "FRA", 0, [["NP", 2], ["KMar", 1]], 0]],
    "served": [],
    "links": [],
    "cities": ["Parijs"],
    "words": {"outside": "buiten het gebied"},
}  # fmt: skip
EUROPE = {"view": "europe", "bounds": [34.5, -12, 66, 42], "centre": [50.25, 15, 0]}


def drawn(language="nl", prefix="", legend=(), area=(), title="Titel", **changes) -> str:
    block = Map("k", title, PAYLOAD | changes, legend, "In woorden", "Bron", frozenset(area))
    return map_svg(block, language, 1000, prefix)


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def panels(svg: str) -> list[ElementTree.Element]:
    return tree(svg).findall(f"{SVG}svg")


def countries(panel: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {path.get("data-iso"): path for path in panel.iter(f"{SVG}path") if path.get("data-iso")}


def texts(element: ElementTree.Element) -> list[str]:
    return [text.text for text in element.iter(f"{SVG}text")]


def test_every_unit_that_has_a_shape_is_on_the_world_in_the_colour_of_its_class():
    world = countries(panels(drawn())[0])
    topology = json.loads((STATIC / "shapes" / "world.json").read_text("utf-8"))
    large = {
        shape["id"] for shape in topology["objects"]["units"]["geometries"]
        if shape["id"] in places() and not places()[shape["id"]].tiny
    }  # fmt: skip
    assert large <= set(world) and len(large) > 170
    assert world["DEU"].get("fill") == theme.fill("accredited")
    assert world["FRA"].get("fill") == theme.fill("post")
    assert world["NLD"].get("stroke") == "#14212e" and world["DEU"].get("stroke") == "#ffffff"
    assert world["BRA"].get("fill") == "url(#k-unknown)"  # no row: the rest
    assert world["IRN"].get("stroke") == "#01689b" and world["IRN"].get("stroke-dasharray")


def test_no_tiny_state_is_invisible():
    world, europe, caribbean = panels(drawn())
    discs = {
        mark.get("data-iso")
        for panel in (world, europe, caribbean)
        for mark in panel.iter(f"{SVG}g")
    }
    tiny = {iso for iso, place in places().items() if place.tiny}
    assert {"MLT", "VAT", "NRU", "CUW", "TUV", "AND", "SXM"} <= discs
    # The Bahamas are large enough in the inset to be seen as they are.
    assert tiny - discs == {"BHS"} and "BHS" in countries(caribbean)


def test_a_disc_has_the_style_of_its_class():
    discs = {
        mark.get("data-iso"): [circle.get("fill") for circle in mark.iter(f"{SVG}circle")]
        for panel in panels(drawn())
        for mark in panel.iter(f"{SVG}g")
    }
    assert discs["TUV"] == [theme.fill("accredited")]
    assert discs["MLT"] == [theme.fill("region")]
    assert discs["NRU"] == ["url(#k-unknown)"]


def test_a_post_says_how_many_and_stands_in_one_panel_only():
    marks = [
        texts(mark)
        for panel in panels(drawn())
        for mark in panel.iter(f"{SVG}g")
        if mark.get("data-iso") == "FRA"
    ]
    assert marks == [["3"]]


def test_ids_are_unique_on_a_page_and_every_reference_has_its_pattern():
    legend = [("planned-NP", "gepland")]
    page = drawn(prefix="a", legend=legend) + drawn(prefix="b", legend=legend)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
    assert "url(#b-planned-NP)" in page


def test_text_of_others_stays_text():
    root = tree(drawn(title='<script>"&\x01', legend=[("none", "<b>niemand</b> & meer")]))
    assert root.find(f"{SVG}title").text == '<script>"&'
    assert root.find(f"{SVG}desc").text == "In woorden"
    assert root.get("role") == "img" and root.get("aria-labelledby") == "k-t k-d"
    assert "<b>niemand</b> & meer" in texts(root)


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Verenigde Arabische Emiraten"), ("en", "United Arab Emirates")],
)
def test_the_chosen_country_is_named(language, name):
    assert name in texts(panels(drawn(language, selected="ARE"))[0])
    assert name not in texts(panels(drawn(language))[0])


def test_the_chosen_country_has_a_strong_outline():
    chosen = panels(drawn(selected="BRA"))[0]
    strong = [
        path.get("d") for path in chosen.iter(f"{SVG}path") if path.get("stroke-width") == "2.2"
    ]
    assert strong == [countries(chosen)["BRA"].get("d")]


def test_insets_belong_to_the_world_only():
    assert [t for t in texts(tree(drawn())) if t in ("Europa", "Caribisch gebied")] == [
        "Europa",
        "Caribisch gebied",
    ]
    europe = drawn(**EUROPE)
    assert len(panels(europe)) == 1 and "Europa" not in texts(tree(europe))
    assert "AUS" not in countries(panels(europe)[0]) and "FRA" in countries(panels(europe)[0])


def test_names_on_a_region_do_not_cover_each_other_or_a_post():
    region = panels(drawn(**EUROPE))[0]
    names = [text for text in region.iter(f"{SVG}text") if text.get("font-weight") == "500"]
    boxes = []
    for text in names:
        size, (x, y) = float(text.get("font-size")), (float(text.get(k)) for k in "xy")
        half = width(text.text, size, 500) / 2
        boxes.append((x - half, y - 0.7 * size, x + half, y))
    for a, b in combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
    assert {"Frankrijk", "Polen", "Malta"} <= {text.text for text in names}


def test_a_name_on_the_land_of_another_is_seen():
    """A box of 4 px in the middle of Haiti, and one in the sea south of it."""
    panel = map_plane.lambert("caribbean", (9.3, -86.5, 27.0, -58.5), 390, 260)

    def share(iso3: str, lat: float, lon: float) -> float:
        x, y = panel.at(lat, lon)
        return panel.abroad(iso3, (x - 2, y - 2, x + 2, y + 2))

    assert share("DOM", 19.0, -72.2) == 1 and share("HTI", 19.0, -72.2) == 0
    assert share("DOM", 15.0, -74.0) == 0


def test_a_map_of_an_area_tells_of_that_area_alone():
    area = countries(panels(drawn(area=["NLD", "DEU"]))[0])
    assert (
        area["DEU"].get("fill") == theme.fill("accredited") and area["NLD"].get("fill") == "#fbf3d9"
    )
    assert area["FRA"].get("fill") == theme.OUTSIDE
    assert texts(panels(drawn(area=["NLD", "DEU"]))[0]) == ["Duitsland", "Nederland"]


def test_an_arc_is_the_shortest_way():
    line = arc((0, 0), (0, 90))
    assert line[24] == pytest.approx([45, 0]) and line[-1] == pytest.approx([90, 0])
    # From 60 north to 60 north at the other side of the earth the way leads over the pole.
    assert arc((60, 0), (60, 179.999))[:, 1].max() == pytest.approx(90, abs=0.1)


def test_a_link_is_cut_where_the_world_is():
    fiji_hawaii = [-18.1, 178.4, "USA", "NP", 1]
    post = [-18.1, 178.4, "FJI", 0, [["NP", 1]], 0]
    kept = [-18.1, 178.4, "AUS", "NP", 1]
    links = [
        path.get("d")
        for path in panels(drawn(posts=[post], links=[fiji_hawaii, kept], selected="FJI"))[0].iter(
            f"{SVG}path"
        )
        if path.get("stroke") == theme.INK and path.get("stroke-width") == "1.2"
    ]
    assert [d.count("M") for d in links] == [2, 1]


def test_the_world_is_robinsons():
    """Lengths of parallels and distances from the equator as Robinson published them."""
    world = map_plane.world(1000)
    (x, y), (right, _) = world.at(0, 11), world.at(0, 101)
    (x45, y45), (x80, y80) = world.at(45, 101), world.at(80, 101)
    assert (x45 - x) / (right - x) == pytest.approx(0.8962, abs=5e-4)
    assert (x80 - x) / (right - x) == pytest.approx(0.6213, abs=5e-4)
    assert (y - y80) / (y - y45) == pytest.approx(0.9394 / 0.5571, abs=2e-3)


def test_the_legend_of_an_area_names_what_is_drawn_outside_it():
    """Of a map that tells of the whole world on its page too; each colour has one entry."""
    legend = [("home", "NL"), ("none", "Niemand"), ("ground", "Onbewoond")]
    expected = ["NL", "Buiten het gebied", "Onbewoond"]
    for entries in (legend, [("outside", "Buiten het gebied"), *legend]):
        assert texts(tree(drawn(area=["NLD", "DEU"], legend=entries)))[-3:] == expected


def test_a_post_that_serves_the_area_stands_outside_it():
    paris, rome = PAYLOAD["posts"][0], [41.9, 12.5, "ITA", 0, [["NP", 1]], 0]
    serving = {"posts": [paris, rome], "served": [[["DEU", 800], []], [["MLT", 700]]]}
    panel = panels(drawn(area=["DEU", "ESP"], **serving))[0]
    discs = {mark.get("data-iso") for mark in panel.iter(f"{SVG}g")} - {None}
    assert discs == {"FRA"}


def test_a_region_keeps_areas_equal():
    region = map_plane.lambert("region", (34.5, -12, 66, 42), 1000, None)

    def size(south: float, west: float) -> float:
        x, y = region.projected(map_plane.edge((south, west, south + 1, west + 1))).T
        return abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2

    for south, west in ((36, -10), (48, 15), (64, 40)):
        true = np.sin(np.radians(south + 1)) - np.sin(np.radians(south))
        assert size(south, west) / true == pytest.approx(size(48, 15) / 0.0115648, rel=1e-3)


def test_russia_is_not_cut_at_180_degrees():
    world = shapes("world")
    starts = list(zip(world.starts, world.starts[1:], strict=False))
    parts = [
        world.points[a:b] for iso, (a, b) in zip(world.units, starts, strict=True) if iso == "RUS"
    ]
    assert any(part[:, 0].min() < 30 and part[:, 0].max() > 190 for part in parts)


def test_uninhabited_land_has_the_colour_of_the_ground_and_no_name():
    """The ice field lies between Argentina and Chile; Kerguelen in the Indian Ocean."""
    svg = drawn(legend=(("none", "geen"),))
    world = countries(panels(svg)[0])
    for iso in ("XPI", "ATF"):
        assert world[iso].get("fill") == theme.PAPER and world[iso].get("stroke") == theme.COAST
    assert world["CHL"].get("fill") == theme.fill("unknown").replace("url(#", "url(#k-")
    assert "Zuidelijk Patagonisch IJsveld" not in svg and "Franse Zuidelijke" not in svg


def test_small_maps_show_each_organisation_in_its_own_hue():
    """France is served by the first only, Brazil by the second only."""
    small = {"NP": {"post-NP": ["FRA"], "other": ["BRA"]}, "KMar": {"region-KMar": ["BRA"]}}
    words = {"org_NP": "NP", "org_KMar": "KMar"}
    first, second = panels(drawn(small=small, words=words))
    assert countries(first)["FRA"].get("fill") == theme.DARK["NP"]
    assert countries(first)["BRA"].get("fill") == theme.OTHER
    assert countries(second)["BRA"].get("fill") == theme.PALE["KMar"]
    assert {"NP", "KMar"} <= set(texts(tree(drawn(small=small, words=words))))
