"""Charts drawn without a browser: every figure of the app, to scale, and nothing left out."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.exports.chart_plane import Rich
from dashboard.exports.chart_svg import chart_svg
from dashboard.exports.typesetting import compiled, width, wrapped
from dashboard.figures import charts
from dashboard.figures.charts import gaps, mission_history, missions, network
from dashboard.i18n import words
from dashboard.report import Chart, Native

SVG = "{http://www.w3.org/2000/svg}"
NL = words("nl")
STEP = pd.DataFrame(
    [
        ("EUMA A&B", "up", 3, 9, 6, ""),
        ("EULEX", "down", 4, 1, -3, ""),
        ("OSC", "new", None, 1, None, "renamed"),
    ],
    columns=["mission", "group", "before", "after", "difference", "relation"],
)
SPANS = pd.DataFrame(
    [(2002, "year", 2005, 7), (2008, "unknown", None, 1), (None, "running", None, 50)],
    columns=["start", "ends", "end", "max_deployed"],
)
COUNTED = pd.DataFrame(
    [("lead", "2023", "EU", 26), ("lead", "2023", "OVSE", 1), ("lead", "2025", "EU", 32)],
    columns=["kind", "as_of", "part", "personnel"],
)
PARTS = pd.DataFrame(
    [("ECU", "kind", 20.0, 0.5), ("ECU", "distance", 0.5, 0.5), ("ECU", "channel", None, None)],
    columns=["iso3", "component", "part", "normalised"],
)
CELLS = pd.DataFrame(
    [("rome", "NP", "active", 1), ("rome", "KMar", "planned", 1), ("nairobi", "KMar", "active", 2)],
    columns=["key", "organisation", "status", "posts"],
)
MARKS = pd.DataFrame(
    [
        ("r", "2013", "present", ""), ("r", "2014", "ends", "2014: termijn eindigt"),
        ("r", "2019", "mentioned", "2019: genoemd"), ("r", "2026-01", "present", "NP"),
        ("p", "2012", "absent", ""), ("p", "2015", "withdrawn", "2015: vertrokken"),
        ("p", "2021", "placed", "2021: terug"),
    ],
    columns=["place", "date", "kind", "said"],
)  # fmt: skip
DRAWN = {
    "dumbbell": lambda: missions.dumbbell(STEP, ["2023", "2025"], NL),
    "parts": lambda: missions.parts(COUNTED, {"2023": "toen", "2025": "nu"}, {"lead": "Wie"}, NL),
    "timeline": lambda: mission_history.timeline(SPANS, ["EUPM", "OVSE", "EUPOL"], NL),
    "stacked": lambda: gaps.stacked(
        PARTS, ["ECU"], {"ECU": "<b>Ecuador</b>  24"},
        {"kind": "Soort", "distance": "Afstand", "channel": "Kanaal"}, {"ECU": "Leeg"},
        {"ECU": 4.0}, NL,
    ),
    "posts": lambda: network.posts(CELLS, ["rome", "nairobi"], ["Rome", "Nairobi"], NL),
    "carried": lambda: network.carried(["Dubai", "Rome"], [8, 2], [0, 4], ["87 mln", "9"], NL),
    "served": lambda: network.served(["Dubai", "Rome"], ["NP", ""], [40.0, 20.0], ["a", "b"]),
    "chains": lambda: network.chains(MARKS, {"r": "Rome", "p": "Parijs"}, NL),
}  # fmt: skip


def tree(figure: go.Figure, native: Native | None = None, wide: float = 680) -> ElementTree.Element:
    chart = Chart("k", "Titel <1>", figure, "In & woorden", [], [], "", native)
    return ElementTree.fromstring(chart_svg(chart, "nl", wide))


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text for text in root.iter(f"{SVG}text")]


def boxes(root: ElementTree.Element, colour: str) -> list[dict[str, float]]:
    found = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill") == colour]
    return [{key: float(rect.get(key)) for key in ("x", "y", "width", "height")} for rect in found]


def test_every_chart_of_the_app_is_drawn_here():
    made = set()
    for path in Path(charts.__file__).parent.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            returns = ast.unparse(getattr(node, "returns", None) or ast.Constant(None))
            if returns == "go.Figure" and node.name[0] != "_":
                made.add(node.name)
    assert made - {"plain", "larger"} == set(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_drawn_within_its_size(name):
    figure = DRAWN[name]()
    root = tree(figure)
    assert root.get("width") == "680" and float(root.get("height")) == figure.layout.height
    assert root.find(f"{SVG}title").text == "Titel <1>"
    assert root.find(f"{SVG}desc").text == "In & woorden"
    assert len(texts(root)) >= 2
    for text in root.iter(f"{SVG}text"):
        x, y = float(text.get("x")), float(text.get("y"))
        size, wide = float(text.get("font-size")), width(text.text, float(text.get("font-size")))
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        assert left > -1 and left + wide < 686, text.text
        assert y > 0.7 * size and y < figure.layout.height, text.text


def test_bars_are_to_scale_and_stacked():
    root = tree(DRAWN["carried"]())
    (dubai, rome), (shared,) = boxes(root, theme.SINGLE), boxes(root, theme.KEPT)
    assert dubai["width"] / rome["width"] == pytest.approx(4, rel=1e-2)
    assert shared["width"] / rome["width"] == pytest.approx(2, rel=1e-2)
    assert shared["x"] == pytest.approx(rome["x"] + rome["width"], abs=0.11)
    assert rome["y"] > dubai["y"]


def test_a_dumbbell_says_every_number_once_and_its_difference():
    said = [text.strip("\u2002") for text in texts(tree(DRAWN["dumbbell"]()))]
    assert [text for text in said if re.fullmatch(r"[+−]?\d", text)] == [
        *("3", "4", "9", "1", "1"),
        *("+6", "−3"),
    ]
    assert "EUMA A&B" in said and "2023" in said and "2025" in said


def test_points_stand_where_their_values_are():
    root = tree(DRAWN["dumbbell"]())
    full = [c for c in root.iter(f"{SVG}circle") if c.get("fill") == theme.MISSION][:3]
    nine, one, new = (float(circle.get("cx")) for circle in full)
    assert one == new
    hollow = next(c for c in root.iter(f"{SVG}circle") if c.get("fill") == theme.PAPER)
    assert (nine - one) / (float(hollow.get("cx")) - one) == pytest.approx(8 / 2, rel=1e-2)


def test_words_that_do_not_fit_are_left_out_and_a_legend_names_the_colours():
    colours = gaps.colours(["kind", "distance"])
    series = [(f"Naam {name}", [1.0], colour) for name, (colour, _) in colours.items()]
    said = texts(tree(DRAWN["stacked"](), Native("stacked", ["Ecuador"], series)))
    assert "Leeg 20" in said and "Afstand 0,5" not in said
    assert said[-3:] == ["Naam kind", "Naam distance", "Onbekend"]


def test_what_is_unknown_is_hatched():
    root = tree(DRAWN["stacked"]())
    assert len(boxes(root, "url(#k-h0)")) == 1
    assert [pattern.get("id") for pattern in root.iter(f"{SVG}pattern")] == ["k-h0"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": {"text": "x"}}, "layout.title"),
        ({"barmode": "group"}, "layout.barmode = 'group'"),
        ({"xaxis": {"type": "log"}}, "xaxis.type"),
        ({"annotations": [{"text": "x", "x": 0, "y": 0, "showarrow": True}]}, "an arrow"),
        ({"annotations": [{"text": "<i>x</i>", "x": 0, "y": 0, "showarrow": False}]}, "'<i>'"),
        ({"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}, "shape.type"),
    ],
)
def test_what_is_not_known_is_never_passed_over(change, named):
    figure = go.Figure(DRAWN["served"]())
    figure.update_layout(**change)
    with pytest.raises(NotImplementedError, match=re.escape(named)):
        tree(figure)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"opacity": 0.5}, "bar.opacity"), ({"textposition": "outside"}, "bar.textposition")],
)
def test_nor_what_a_trace_says(change, named):
    figure = go.Figure(DRAWN["served"]())
    figure.update_traces(**change)
    with pytest.raises(NotImplementedError, match=re.escape(named)):
        tree(figure)


def test_a_kind_of_trace_that_is_not_known_raises():
    figure = charts.plain(go.Figure(go.Pie(values=[1])), 100)
    with pytest.raises(NotImplementedError, match="type = 'pie'"):
        tree(figure)


def test_markup_has_its_weights_colours_lines_and_drawn_symbols():
    text = Rich("<b>a &amp; b</b><br><span style='color:#8a6a00'>■</span>\u2009EU", 10, "#000000")
    root = ElementTree.fromstring(f"<g>{text.svg(5, 20)}</g>")
    assert [(t.text, t.get("font-weight"), t.get("y")) for t in root.iter("text")] == [
        ("a & b", "600", "20.0"),
        ("\u2009EU", None, "33.0"),
    ]
    assert [path.get("fill") for path in root.iter("path")] == ["#8a6a00"]


def test_letters_are_measured_as_fira_sans_sets_them():
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    type_ = '#set text(font: "Fira Sans", size: 100pt, weight: 600)\n'
    made = compiled(page + type_ + "Taxi, 12 km", {}, "svg").decode()
    assert width("Taxi, 12 km", 100, 600) == pytest.approx(
        float(re.search(r'width="([\d.]+)pt"', made).group(1)), rel=5e-3
    )
    assert wrapped("aa bb cc", 10, width("aa bb", 10) + 0.1) == ["aa bb", "cc"]
    assert wrapped("onafbreekbaar", 10, 1) == ["onafbreekbaar"]
