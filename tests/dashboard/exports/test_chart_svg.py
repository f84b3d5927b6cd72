"""Charts drawn without a browser: every kind of chart, to scale, and nothing left out."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboard import theme
from dashboard.exports.chart_svg import chart_svg
from dashboard.exports.typesetting import compiled, width, wrapped
from dashboard.figures.charts.layout import scene
from dashboard.i18n import texts_of
from dashboard.report import Chart
from tests.dashboard.figures.specs import SPECS

SVG = "{http://www.w3.org/2000/svg}"
NL = texts_of("nl")


def tree(name: str, wide: float = 680) -> ElementTree.Element:
    chart = Chart("k", "Titel <1>", SPECS[name], "In & woorden", [], [], "")
    return ElementTree.fromstring(chart_svg(chart, "nl", wide))


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text for text in root.iter(f"{SVG}text")]


def boxes(root: ElementTree.Element, colour: str) -> list[dict[str, float]]:
    found = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill") == colour]
    return [{key: float(rect.get(key)) for key in ("x", "y", "width", "height")} for rect in found]


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_is_drawn_within_its_size(name: str):
    drawn, root = scene(SPECS[name], NL), tree(name)
    assert root.get("width") == "680"
    tall = float(root.get("height"))
    assert tall > drawn.height if drawn.least else tall == drawn.height  # its legend is below it
    assert root.find(f"{SVG}title").text == "Titel <1>"
    assert root.find(f"{SVG}desc").text == "In & woorden"
    assert len(texts(root)) >= 2
    for text in root.iter(f"{SVG}text"):
        x, y = float(text.get("x")), float(text.get("y"))
        size, wide = float(text.get("font-size")), width(text.text, float(text.get("font-size")))
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        assert left > -1 and left + wide < 686, text.text
        assert y > 0.7 * size and y < tall, text.text


def test_the_same_chart_gives_the_same_bytes():
    chart = Chart("k", "Titel", SPECS["chains"], "", [], [], "")
    assert chart_svg(chart, "nl", 680) == chart_svg(replace(chart), "nl", 680)


def test_bars_are_to_scale_and_stacked():
    root = tree("bars")
    (dubai, rome), (shared,) = boxes(root, theme.SINGLE), boxes(root, theme.KEPT)
    assert dubai["width"] / rome["width"] == pytest.approx(4, rel=1e-2)
    assert shared["width"] / rome["width"] == pytest.approx(2, rel=1e-2)
    assert shared["x"] == pytest.approx(rome["x"] + rome["width"], abs=0.11)
    assert rome["y"] > dubai["y"]


def test_a_change_says_every_number_once_and_its_difference():
    said = [text.strip("\u2002") for text in texts(tree("change"))]
    numbers = [text for text in said if re.fullmatch(r"[+−]?\d", text)]
    assert sorted(numbers) == sorted(["3", "5", "9", "1", "2", "4", "+6", "−4"])
    assert "EUMA A&B" in said and "2023" in said and "2025" in said


def test_points_stand_where_their_values_are():
    root = tree("change")
    nine, one, two, four, *_ = (
        float(circle.get("cx"))
        for circle in root.iter(f"{SVG}circle")
        if circle.get("fill") == theme.MISSION
    )
    assert nine > four > two > one
    assert (nine - one) / (four - one) == pytest.approx(8 / 3, rel=1e-2)


def test_words_that_do_not_fit_are_left_out_and_a_legend_names_the_colours():
    said = texts(tree("ranking"))
    assert "Leeg 20" in said and "Afstand 0,5" not in said
    assert said[-3:] == ["Soort", "Afstand", "Onbekend"]


def test_what_is_supposed_is_hatched():
    root = tree("ranking")
    [pattern] = root.iter(f"{SVG}pattern")
    assert len(boxes(root, f"url(#{pattern.get('id')})")) == 2  # its piece, and in the legend
    assert pattern.get("id").startswith("k-")


def test_what_is_unknown_is_dashed():
    dashed = [box for box in tree("spans").iter(f"{SVG}rect") if box.get("stroke-dasharray")]
    assert [box.get("fill") for box in dashed] == ["none", "none"]
    dotted = [line for line in tree("chains").iter(f"{SVG}path") if line.get("stroke-dasharray")]
    assert len(dotted) == 3


def test_symbols_that_the_typeface_lacks_are_drawn():
    for name in ("bars", "spans"):
        assert not {"■", "▶"} & set("".join(texts(tree(name))))
    fills = [path.get("fill") for path in tree("bars").iter(f"{SVG}path")]
    assert fills == [theme.SINGLE, theme.KEPT]


def test_lines_of_a_label_stand_below_each_other():
    root = tree("dots")
    upper, lower = (
        next(text for text in root.iter(f"{SVG}text") if text.text == part)
        for part in ("niet", "vermeld")
    )
    assert float(lower.get("y")) - float(upper.get("y")) == pytest.approx(1.3 * 14, abs=0.1)
    assert upper.get("font-weight") == lower.get("font-weight") == "600"


def test_letters_are_measured_as_fira_sans_sets_them():
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    type_ = '#set text(font: "Fira Sans", size: 100pt, weight: 600)\n'
    made = compiled(page + type_ + "Taxi, 12 km", {}, "svg").decode()
    assert width("Taxi, 12 km", 100, 600) == pytest.approx(
        float(re.search(r'width="([\d.]+)pt"', made).group(1)), rel=5e-3
    )
    assert wrapped("aa bb cc", 10, width("aa bb", 10) + 0.1) == ["aa bb", "cc"]
    assert wrapped("onafbreekbaar", 10, 1) == ["onafbreekbaar"]
