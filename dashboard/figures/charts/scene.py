"""A chart in pieces, for the screen and for files: bars, dots, lines, words, and their colours.

Values stand on the axes, sizes are px; each painter counts from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme

GRID = "rgba(128,128,128,.18)"
NOTHING = "rgba(0,0,0,0)"
LABEL = 15  # px, for what a reader in the last row must read; axes are one step smaller
# Not theme.INK, which page.css turns light where the page is dark; a piece keeps its colour.
DARK = "#101b27"
SUPPOSED = "#7d8893"  # hatched, without a ground, so it does not read as a part
# Component of a score -> its colour.
COMPONENTS = {
    "kind": theme.UNCOVERED,
    "mission": theme.MISSION,
    "population": "#3f6d8e",
    "distance": "#9db8cc",
    "priority": "#c98a3c",
    "channel": "#c8c3b5",
}
# Indicators of the reader, in the order of the file; the ninth would be the first again.
OTHERS = ("#1f7a74", "#86bdb6", "#5b4a8a", "#b9aad9")
# Steps of the colour of missions; the words beside them name the parts, the colour only joins them.
SHADES = (theme.MISSION, "#c9a53a", "#e8d7a3", "#a5713d", "#d9b48c")
COLOURS = {
    **theme.LIGHT,
    **COMPONENTS,
    **{f"other-{number}": colour for number, colour in enumerate(OTHERS)},
    **{f"shade-{number}": colour for number, colour in enumerate(SHADES)},
    "supposed": SUPPOSED,
    "single": theme.SINGLE,
    "shared": theme.KEPT,
    "planned": theme.KEPT,
    "post": "#5d6b78",  # whoever it is of: the words beside it say which organisation
}
_UNDER_PAPER = (theme.UNCOVERED, theme.MISSION, "#3f6d8e", "#1f7a74", "#5b4a8a", theme.SINGLE)


def component_roles(components: Sequence[str]) -> dict[str, str]:
    """Component of a score -> its role, indicators in their order."""
    others = [name for name in components if name not in COMPONENTS]
    return {
        name: name if name in COMPONENTS else f"other-{others.index(name) % len(OTHERS)}"
        for name in components
    }


def text_colour(colour: str) -> str:
    """The colour of words on a piece of this colour."""
    return theme.PAPER if colour in _UNDER_PAPER else DARK


@dataclass(frozen=True)
class Run:
    """Letters of one kind; `colour` empty for that of the text around."""

    text: str
    bold: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Text:
    """Words of one size; `colour` empty for that of the chart."""

    runs: tuple[Run, ...]
    size: float = LABEL
    colour: str = ""


def text_line(text: str, size: float = LABEL, bold: bool = False, colour: str = "") -> Text:
    """Words of one kind."""
    return Text((Run(text, bold),), size, colour)


@dataclass(frozen=True)
class Stroke:
    """A line's colour, width in px and dash: "solid", "dot" or lengths in px."""

    colour: str
    width: float
    dash: str = "solid"


@dataclass(frozen=True)
class Bar:
    """A piece of a bar, `thick` on the axis of rows; `text` stands in its middle.

    `says` is what a pointer or a key hears of it.
    """

    start: float
    end: float
    y: float
    thick: float
    colour: str
    edge: Stroke | None
    hatched: bool = False
    text: Text | None = None
    says: str = ""


@dataclass(frozen=True)
class Dot:
    """A point; its text stands on a `side` of it such as "middle left"; `says` as of a bar."""

    x: float
    y: float
    size: float
    colour: str
    edge: Stroke
    symbol: str = "circle"
    text: Text | None = None
    side: str = "middle center"
    says: str = ""


@dataclass(frozen=True)
class Line:
    """A line from end to end; `whole` is one from the top of the plane to its bottom."""

    x0: float
    x1: float
    y: float
    stroke: Stroke
    whole: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle around the line `y`; `says` as of a bar."""

    x0: float
    x1: float
    y: float
    half: float
    colour: str
    edge: Stroke
    says: str = ""


@dataclass(frozen=True)
class Field:
    """A plane between corners; hatched where it stands for what is unknown."""

    corners: tuple[tuple[float, float], ...]
    colour: str
    edge: Stroke | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Note:
    """Words beside a place; on `paper` an `x` or `y` is a part of the plane, from below.

    `anchor` and `level` say which side of the words lies there, `shift` moves them, px right and
    up, `pad` is the room around them.
    """

    text: Text
    x: float
    y: float
    anchor: str = "left"
    level: str = "middle"
    shift: tuple[float, float] = (0, 0)
    paper: str = ""
    pad: float = 1


@dataclass(frozen=True)
class Axis:
    """An axis with its ends and ticks; without ticks it is not drawn."""

    low: float
    high: float
    ticks: tuple[tuple[float, Text], ...] = ()
    grid: str = ""
    top: bool = False


@dataclass(frozen=True)
class Scene:
    """A chart of `height` px; the width is that of its page.

    `margin` is left, right, top and bottom. `dots` are named groups, in a legend where `legend`.
    Words in bars that would be smaller than `least` px are left out; else they are never shrunk.
    `ink` is False where words take the colour of the reader's scheme. `readings` are what a pointer
    hears at a place on the axis of x, beside a line at that place.
    """

    height: float
    margin: tuple[float, float, float, float]
    x: Axis
    y: Axis
    bars: tuple[Bar, ...] = ()
    dots: tuple[tuple[str, tuple[Dot, ...]], ...] = ()
    lines: tuple[Line, ...] = ()
    boxes: tuple[Box, ...] = ()
    fields: tuple[Field, ...] = ()
    notes: tuple[Note, ...] = ()
    readings: tuple[tuple[float, str], ...] = ()
    legend: bool = False
    least: float | None = None
    ink: bool = True
