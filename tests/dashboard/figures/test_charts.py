"""Figures on the screen: plain dicts that plotly takes, with every value of the specification."""

from __future__ import annotations

import json
from html import unescape

import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.figures import charts
from dashboard.report import Category, Series, Spec
from tests.dashboard.figures.specs import SPECS


def has(whole: object, part: object) -> bool:
    """Whether all of `part` stands in `whole`, tuples as lists."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            value == [] or (key in whole and has(whole[key], value)) for key, value in part.items()
        )
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return len(whole) == len(part) and all(map(has, whole, part))
    return list(whole) == part if isinstance(part, list) else whole == part


@pytest.mark.parametrize("name", SPECS)
def test_plotly_takes_every_figure_as_it_is(name: str):
    figure = charts.figure(SPECS[name], "nl")
    json.dumps(figure, allow_nan=False)
    # Raises ValueError for a key or value that plotly does not know; what it keeps is all of it.
    assert has(go.Figure(figure).to_plotly_json(), figure)


def test_plotly_would_refuse_what_it_does_not_know():
    figure = charts.figure(SPECS["bars"], "nl")
    figure["data"][0]["insidetextanchor"] = "nowhere"
    with pytest.raises(ValueError, match="insidetextanchor"):
        go.Figure(figure)


def test_a_chart_is_as_few_traces_as_it_can_be():
    traces = {name: len(charts.figure(spec, "nl")["data"]) for name, spec in SPECS.items()}
    assert traces == dict.fromkeys(SPECS, 1) | dict.fromkeys(
        ["scores", "bars", "totals", "change"], 2
    ) | {
        "ranking": 3,
        # Each look of a plane, the points, and what a pointer hears.
        "years": 8,
    }


def test_bars_lie_where_their_values_are():
    first, second, hatched = charts.figure(SPECS["ranking"], "nl")["data"]
    assert (first["y"], first["base"], first["x"]) == ([0, 1], [0, 0], [20, 20])
    assert (second["y"], second["base"], second["x"]) == ([1], [20], [0.5])
    assert first["text"] + second["text"] == ["Leeg 20", "Ver weg 20", "Afstand 0,5"]
    assert "pattern" not in first["marker"] and hatched["marker"]["pattern"]["shape"] == "/"
    assert (hatched["base"], hatched["x"]) == ([20], [4.5])
    # A list of colours would fill the ground: what is supposed would look like a part.
    assert hatched["marker"]["color"] == hatched["marker"]["pattern"]["fgcolor"]
    assert hatched["marker"]["pattern"]["bgcolor"] == "rgba(0,0,0,0)"


def test_marks_have_their_words_and_colours():
    [dots] = charts.figure(SPECS["dots"], "en")["data"]
    assert (dots["x"], dots["y"], dots["text"]) == ([0, 0, 1], [0, 1, 2], ["2", "", ""])
    assert dots["marker"]["color"][0] == theme.LIGHT["KMar"]
    assert dots["textfont"]["color"][0] == theme.PAPER
    axis = charts.figure(SPECS["dots"], "en")["layout"]["xaxis"]
    assert axis["ticktext"] == ["<b>KMar</b>", "<b>niet<br>vermeld</b>"]


def test_what_a_document_prints_is_no_markup():
    hostile = "<a href='x'>EU</a> & co"
    spec = Spec(
        "change", (Category(hostile, group=hostile),), (Series(hostile, (1.0,), "mission"),)
    )
    layout = charts.figure(spec, "nl")["layout"]
    assert layout["yaxis"]["ticktext"] == [
        "<b>&lt;a href='x'&gt;EU&lt;/a&gt; &amp; co</b>",
        "&lt;a href='x'&gt;EU&lt;/a&gt; &amp; co",
    ]


@pytest.mark.parametrize("name", [name for name in SPECS if name not in ("years", "lines")])
def test_every_piece_says_what_it_stands_for_and_from_where(name: str):
    """A pointer and the keyboard hear the same (static/charts.js); the source stands there once."""
    figure = charts.figure(SPECS[name], "nl", "brief <b>2013</b>, rij 4")
    answering = [trace for trace in figure["data"] if "customdata" in trace]
    assert answering
    names = [each.title or each.name for each in SPECS[name].categories]
    for trace in answering:
        assert trace["meta"] == "Bron: brief &lt;b&gt;2013&lt;/b&gt;, rij 4"
        assert "%{customdata}" in trace["hovertemplate"] and "%{meta}" in trace["hovertemplate"]
        assert len(trace["customdata"]) == len(trace["x"])
        for says in map(unescape, filter(None, trace["customdata"])):
            assert any(says.startswith(each[:8]) for each in names), says


def test_a_piece_says_its_number():
    [dots] = charts.figure(SPECS["dots"], "nl")["data"]
    assert dots["customdata"][0].endswith(": 2")
