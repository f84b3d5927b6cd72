"""The ranking as bars: every part drawn in its colour and length, in the order of the list."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import theme
from dashboard.figures.charts.gaps import COLOURS, DARK, OTHERS, colours, stacked
from dashboard.i18n import words
from geo.ranking import WEIGHTS

PARTS = pd.DataFrame(
    [
        ("ECU", "kind", 20.0), ("ECU", "population", 12.5), ("ECU", "own", None),
        ("SWE", "kind", 20.0), ("SWE", "population", 8.0), ("SWE", "own", 4.0),
    ],
    columns=["iso3", "component", "part"],
).assign(normalised=0.5)  # fmt: skip
SUPPOSED: dict[str, float] = {}
NAMED = {"kind": "Soort", "population": "Inwoners", "own": "verzoeken"}


def test_every_component_has_a_colour_and_no_two_the_same():
    assert set(COLOURS) == set(WEIGHTS)
    names = [*COLOURS, "a", "b", "c", "d"]
    used = [colour for colour, _ in colours(names).values()]
    assert len(set(used)) == len(names) == len(COLOURS) + len(OTHERS)
    assert COLOURS["kind"][0] == theme.UNCOVERED and COLOURS["mission"][0] == theme.MISSION


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("colour", "light"), [*COLOURS.values(), *OTHERS])
def test_words_can_be_read_on_their_piece(colour, light):
    words_, ground = luminance(theme.PAPER if light else DARK), luminance(colour)
    high, low = max(words_, ground), min(words_, ground)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_scheme_of_the_page_does_not_change_the_words_on_a_piece():
    # page.css turns text of the colour of ink light where the page is dark.
    css = theme.css()
    ink = ", ".join(str(int(theme.INK[at : at + 2], 16)) for at in (1, 3, 5))
    assert f"rgb({ink})" in css and DARK != theme.INK
    assert ", ".join(str(int(DARK[at : at + 2], 16)) for at in (1, 3, 5)) not in css


def test_pieces_are_the_parts_and_an_unknown_one_is_not_drawn():
    heads, kinds = {"ECU": "1. Ecuador", "SWE": "2. Zweden"}, dict.fromkeys(["ECU", "SWE"], "Leeg")
    figure = stacked(PARTS, ["ECU", "SWE"], heads, NAMED, kinds, SUPPOSED, words("nl"))
    drawn = {trace.text[0]: list(trace.x) for trace in figure.data}
    assert drawn == {"Leeg 20": [20, 20], "Inwoners 12,5": [12.5, 8], "": [0, 4]}
    assert [note.text for note in figure.layout.annotations] == list(heads.values())
    # Nothing is unknown, so nothing is hatched.
    assert not any(trace.marker.pattern.shape for trace in figure.data)
    low, high = figure.layout.yaxis.range
    assert low > high  # the first of the list on top


def test_what_is_supposed_of_an_unknown_component_is_hatched_and_last():
    heads, kinds = {"ECU": "1. Ecuador", "SWE": "2. Zweden"}, dict.fromkeys(["ECU", "SWE"], "Leeg")
    figure = stacked(PARTS, ["ECU", "SWE"], heads, NAMED, kinds, {"ECU": 6.5}, words("nl"))
    assert list(figure.data[-1].x) == [6.5, 0] and figure.data[-1].marker.pattern.shape == "/"
    assert list(figure.data[2].x) == [0, 4]
    assert figure.layout.xaxis.range[1] >= 20 + 12.5 + 6.5
