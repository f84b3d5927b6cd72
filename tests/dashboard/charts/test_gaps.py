"""The ranking as bars: every part drawn in its colour and length, in the order of the list."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import theme
from dashboard.charts.gaps import COLOURS, OTHERS, colours, stacked
from dashboard.i18n import words
from geo.ranking import WEIGHTS

PARTS = pd.DataFrame(
    [
        ("ECU", "kind", 20.0), ("ECU", "population", 12.5), ("ECU", "own", None),
        ("SWE", "kind", 20.0), ("SWE", "population", 8.0), ("SWE", "own", 4.0),
    ],
    columns=["iso3", "component", "part"],
)  # fmt: skip
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
    words_, ground = luminance(theme.PAPER if light else theme.INK), luminance(colour)
    high, low = max(words_, ground), min(words_, ground)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_pieces_are_the_parts_and_an_unknown_one_is_not_drawn():
    heads, kinds = {"ECU": "1. Ecuador", "SWE": "2. Zweden"}, dict.fromkeys(["ECU", "SWE"], "Leeg")
    figure = stacked(PARTS, ["ECU", "SWE"], heads, NAMED, kinds, words("nl"))
    drawn = {trace.text[0]: list(trace.x) for trace in figure.data}
    assert drawn == {"Leeg 20": [20, 20], "Inwoners 12,5": [12.5, 8], "": [0, 4]}
    assert [note.text for note in figure.layout.annotations] == list(heads.values())
    low, high = figure.layout.yaxis.range
    assert low > high  # the first of the list on top
