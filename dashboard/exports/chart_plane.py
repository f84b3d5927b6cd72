"""The plane of a drawn chart: what the chart gives, its text, its axes."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from types import TracebackType
from typing import Any

import numpy as np

from dashboard.exports.typesetting import width, xml

_RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")


class Given:
    """A part of a figure, in a `with`: at its end NotImplementedError names what was not taken."""

    def __init__(self, values: Mapping[str, Any] | None, where: str) -> None:
        self.values = {key: value for key, value in (values or {}).items() if value is not None}
        self.where = where

    def __enter__(self) -> Given:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.values and error is None:
            raise NotImplementedError(f"{self.where}.{min(self.values)} cannot be drawn here")

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key, `default` where it is not said."""
        return self.values.pop(key, default)

    def only(self, key: str, *known: Any) -> Any:
        """The value of a key that can be one of these, the first where it is not said."""
        value = self.values.pop(key, known[0])
        if value not in known:
            raise NotImplementedError(f"{self.where}.{key} = {value!r} cannot be drawn here")
        return value

    def part(self, key: str) -> Given:
        """A part of this part."""
        return Given(self.values.pop(key, None), f"{self.where}.{key}")

    def listed(self, key: str) -> list[Any]:
        """An array, however plotly wrote it down."""
        value = self.values.pop(key, None)
        if isinstance(value, Mapping):
            data = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]))
            return list(data.tolist())
        return [] if value is None else list(value)

    def each(self, key: str, n: int, default: Any) -> list[Any]:
        """A value for each of `n` marks: one for all, or an array of them."""
        if not isinstance(self.values.get(key), list | tuple | np.ndarray | Mapping):
            return [self.take(key, default)] * n
        found = self.listed(key)
        if len(found) != n:
            raise NotImplementedError(f"{self.where}.{key} has {len(found)} values for {n} marks")
        return found


def paint(attribute: str, colour: str) -> str:
    """An SVG attribute of a colour of plotly's; see-through ones have their opacity apart.

    >>> paint("fill", "rgba(0,0,0,0)"), paint("stroke", "rgba(128,128,128,.18)")
    ('fill="none"', 'stroke="#808080" stroke-opacity=".18"')
    """
    found = _RGBA.fullmatch(colour)
    if not found:
        return f'{attribute}="{colour}"'
    red, green, blue, opacity = found.groups()
    if float(opacity) == 0:
        return f'{attribute}="none"'
    hexed = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
    return f'{attribute}="{hexed}" {attribute}-opacity="{opacity}"'


def dashed(dash: str, width: float) -> str:
    """The attribute for a dash as plotly names it: "solid", "dot" or lengths in px."""
    if dash == "solid":
        return ""
    if dash == "dot":
        return f' stroke-dasharray="{max(width, 3):g}"'
    if re.fullmatch(r"\d+px(,\d+px)*", dash):
        return f' stroke-dasharray="{dash.replace("px", "")}"'
    raise NotImplementedError(f"a line with dash {dash!r} cannot be drawn here")


ASCENT, DESCENT, LEADING = 0.935, 0.265, 1.3  # of Fira Sans, and plotly's, in parts of its size
SYMBOL = 0.72  # the room of a drawn symbol
# Fira Sans has no letters for these; the machine's fonts shall not stand in.
SYMBOLS = {
    "■": "M.04-.02h.62v-.62h-.62z",
    "▶": "M.04 .02v-.72l.64 .36z",
}
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_COLOUR = re.compile(r"""\s*style=(['"])color: ?([#\w(),. ]+?);?\1\s*""")
_PIECE = re.compile(f"([{''.join(SYMBOLS)}])")


@dataclass(frozen=True)
class Run:
    """Letters of one kind, or one symbol; `colour` empty for that of the text around."""

    text: str
    bold: bool = False
    colour: str = ""

    def wide(self, size: float) -> float:
        """Its width in px."""
        return SYMBOL * size if self.text in SYMBOLS else width(self.text, size, self.weight)

    @property
    def weight(self) -> int:
        """The weight of its letters."""
        return 600 if self.bold else 400


Line = Sequence[Run]


def lines(markup: str) -> list[list[Run]]:
    """The lines of a text with <b>, <br> and <span style="color:…">; raises on any other tag."""
    found: list[list[Run]] = [[]]
    bold, colours, at = False, [""], 0
    for tag in [*_TAG.finditer(markup), None]:
        plain = unescape(markup[at : tag.start() if tag else None]).replace("  ", "\u00a0\u00a0")
        found[-1] += [Run(part, bold, colours[-1]) for part in _PIECE.split(plain) if part]
        if tag is None:
            break
        at = tag.end()
        closing, name, style = tag.groups()
        if name == "br":
            found.append([])
        elif name == "b":
            bold = not closing
        elif name == "span" and closing:
            colours.pop()
        elif name == "span" and (said := _COLOUR.fullmatch(style)):
            colours.append(said.group(2))
        else:
            raise NotImplementedError(f"text with {tag.group()!r} cannot be drawn here")
    return found


def line_width(line: Line, size: float) -> float:
    """The width of a line in px."""
    return sum(run.wide(size) for run in line)


@dataclass(frozen=True)
class Rich:
    """A text with its size in px and colour."""

    markup: str
    size: float
    colour: str

    @property
    def lines(self) -> list[list[Run]]:
        """Its lines."""
        return lines(self.markup)

    @property
    def wide(self) -> float:
        """The width of its longest line in px."""
        return max(line_width(line, self.size) for line in self.lines)

    @property
    def tall(self) -> float:
        """Its height in px."""
        return self.size * (ASCENT + DESCENT + LEADING * (len(self.lines) - 1))

    def svg(self, x: float, baseline: float, anchor: str = "start") -> str:
        """Its lines from a baseline down; `anchor` is "start", "middle" or "end" of each line."""
        made = []
        for number, line in enumerate(self.lines):
            y = baseline + number * LEADING * self.size
            wide = line_width(line, self.size)
            start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            if len(line) == 1 and line[0].text not in SYMBOLS:
                made.append(self._run(line[0], x, y, f' text-anchor="{anchor}"'))
                continue
            for run in line:
                made.append(self._run(run, start, y))
                start += run.wide(self.size)
        return "".join(made)

    def _run(self, run: Run, x: float, y: float, anchor: str = "") -> str:
        ink = paint("fill", run.colour or self.colour)
        if run.text in SYMBOLS:
            place = f"translate({x:.1f} {y:.1f}) scale({self.size:g})"
            return f'<path d="{SYMBOLS[run.text]}" transform="{place}" {ink}/>'
        left = run.text.lstrip(" ")
        x += width(" ", self.size, run.weight) * (len(run.text) - len(left)) if not anchor else 0
        bold = ' font-weight="600"' if run.bold else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{self.size:g}"{bold}{anchor} {ink}>'
            f"{xml(left.rstrip(' '))}</text>"
        )


GRID = "#eeeeee"  # where a figure names no colour; none of ours leaves it out
NEAR = 5.0  # px between an axis on top or below and its labels


@dataclass(frozen=True)
class Axis:
    """One axis: its two ends, its ticks with their labels, and on which side they stand."""

    low: float
    high: float
    ticks: list[tuple[float, Rich]]
    grid: str
    side: str
    standoff: float


@dataclass(frozen=True)
class Plane:
    """Two axes in a rectangle of (left, top, right, bottom) px within `wide` by `tall` px."""

    x: Axis
    y: Axis
    left: float
    top: float
    right: float
    bottom: float
    wide: float
    tall: float

    def across(self, value: float, ref: str = "x") -> float:
        """A value in px from the left; `ref` is "x", "x domain" or "paper"."""
        part = value if ref in ("paper", "x domain") else _part(self.x, value, ref, "x")
        return self.left + part * (self.right - self.left)

    def down(self, value: float, ref: str = "y") -> float:
        """A value in px from the top; `ref` is "y", "y domain" or "paper"."""
        part = value if ref in ("paper", "y domain") else _part(self.y, value, ref, "y")
        return self.bottom - part * (self.bottom - self.top)

    def svg(self) -> str:
        """Grid and tick labels."""
        made = []
        for value, label in self.y.ticks:
            y = self.down(value)
            if self.y.grid:
                made.append(_line(self.left, y, self.right, y, self.y.grid))
            first = y + label.size * 0.35 - (len(label.lines) - 1) * label.size * 0.65
            made.append(label.svg(self.left - self.y.standoff, first, "end"))
        for value, label in self.x.ticks:
            x = self.across(value)
            if self.x.grid:
                made.append(_line(x, self.top, x, self.bottom, self.x.grid))
            above = self.top - NEAR - label.tall + label.size
            below = self.bottom + NEAR + label.size
            made.append(label.svg(x, above if self.x.side == "top" else below, "middle"))
        return "".join(made)


def axis(given: Given, side: str, largest: float | None, font: tuple[float, str]) -> Axis:
    """An axis as the figure has it; without a range it runs from 0 to just over `largest`.

    `font` is size and colour where the axis names none.
    """
    with given:
        shown = given.take("visible", True)
        given.only("zeroline", False)
        given.only("tickangle", 0)
        standoff = float(given.take("ticklabelstandoff", 0))
        grid = given.take("gridcolor", GRID) if given.take("showgrid", True) else ""
        given.take("gridcolor")
        with given.part("tickfont") as tickfont:
            font = tickfont.take("size", font[0]), tickfont.take("color", font[1])
        values, labels = given.listed("tickvals"), given.listed("ticktext")
        if shown and (not values or len(values) != len(labels)):
            raise NotImplementedError(f"{given.where}: ticks without texts cannot be drawn here")
        side = given.only("side", side, *(["top"] if side == "bottom" else []))
        ends = given.listed("range") or _automatic(given, largest)
    pairs = zip(values, labels, strict=True) if shown else ()
    ticks = [(float(value), Rich(str(label), *font)) for value, label in pairs]
    return Axis(float(ends[0]), float(ends[1]), ticks, grid if shown else "", side, standoff)


def _automatic(given: Given, largest: float | None) -> list[float]:
    if largest is None:
        raise NotImplementedError(f"{given.where}: an axis without a range cannot be drawn here")
    return [0.0, largest * 20 / 19 or 1.0]


def plane(x: Axis, y: Axis, margin: dict[str, Any], wide: float, tall: float) -> Plane:
    """The plane within a drawing; a margin grows where the labels of an axis need more."""
    left = max([margin["l"], *(label.wide + y.standoff + 2 for _, label in y.ticks)])
    high = max([0.0, *(label.tall + NEAR for _, label in x.ticks)])
    top = max(margin["t"], high if x.side == "top" else 0)
    bottom = tall - max(margin["b"], 0 if x.side == "top" else high)
    return Plane(x, y, left, top, wide - margin["r"], bottom, wide, tall)


def _part(of: Axis, value: float, ref: str, name: str) -> float:
    if ref != name:
        raise NotImplementedError(f"a place on {ref!r} cannot be drawn here")
    return (value - of.low) / (of.high - of.low)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" {paint("stroke", colour)}/>'
