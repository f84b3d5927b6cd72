"""Points and lines of a chart, with words beside the points."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from dashboard.exports.chart_given import Given, dashed, paint
from dashboard.exports.chart_plane import Plane
from dashboard.exports.chart_text import Rich

SYMBOLS = ("circle", "diamond", "x", "x-open")
SIDES = {"left": -1, "center": 0, "right": 1}
CORNERS = ((1, 1), (1, -1), (-1, -1), (-1, 1))
LEVELS = {"top": -1, "middle": 0, "bottom": 1}


@dataclass(frozen=True)
class Mark:
    """A point: symbol, size across in px, fill, and colour and width of its edge."""

    symbol: str
    size: float
    fill: str
    edge: str
    width: float

    def svg(self, x: float, y: float) -> str:
        """The mark around a place in px."""
        line = f'{paint("stroke", self.edge)} stroke-width="{self.width:g}"' if self.width else ""
        r = self.size / 2
        if self.symbol == "circle":
            ground = paint("fill", self.fill)
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {ground} {line}/>'
        if self.symbol == "diamond":
            d = f"M{1.3 * r:g} 0L0 {-1.3 * r:g}L{-1.3 * r:g} 0L0 {1.3 * r:g}Z"
        else:
            a = 0.8 * r / sqrt(2)
            ne, se, sw, nw = (f"l{i * a:.2f} {j * a:.2f}" for i, j in CORNERS)
            d = f"M0 {a:.2f}{ne}{se}{sw}{se}{sw}{nw}{sw}{nw}{ne}{nw}{ne}Z"
        ground = paint("fill", self.fill)
        return f'<path d="{d}" transform="translate({x:.1f} {y:.1f})" {ground} {line}/>'


@dataclass(frozen=True)
class Trace:
    """Points in axis units with a mark and words each, and the line through them, if any."""

    name: str
    points: list[tuple[float, float]]
    marks: list[Mark]
    words: list[tuple[Rich, str]]  # and where they stand, "middle left"
    line: tuple[str, float, str] | None  # colour, width in px, dash

    def svg(self, plane: Plane) -> str:
        """The line, the marks, then the words."""
        at = [(plane.across(x), plane.down(y)) for x, y in self.points]
        made = []
        if self.line and at:
            colour, width, dash = self.line
            d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
            made.append(
                f'<path d="{d}" fill="none" {paint("stroke", colour)} '
                f'stroke-width="{width:g}"{dashed(dash, width)}/>'
            )
        made += [mark.svg(*place) for mark, place in zip(self.marks, at, strict=False)]
        for number, (text, where) in enumerate(self.words):
            r = self.marks[number].size / 2 / 0.8 + 1 if self.marks else 0
            made.append(_beside(text, where, r, *at[number]))
        return "".join(made)


def read(given: Given, font: tuple[float, str]) -> Trace:
    """A trace of points; what is outside the plane is drawn too, as ours ask for."""
    with given:
        given.only("type", "scatter")
        x, y = given.listed("x"), given.listed("y")
        mode = set(given.take("mode", "lines" if x else "").split("+"))
        if unknown := mode - {"lines", "markers", "text", ""}:
            raise NotImplementedError(f"mode {min(unknown)!r} cannot be drawn here")
        given.take("cliponaxis")
        name = str(given.take("name", ""))
        marks = _marks(given.part("marker"), len(x)) if "markers" in mode else []
        words = _words(given, len(x), font) if "text" in mode else []
        line = _line(given.part("line")) if "lines" in mode else None
        return Trace(name, list(zip(map(float, x), map(float, y), strict=True)), marks, words, line)


def _marks(given: Given, n: int) -> list[Mark]:
    with given:
        given.only("opacity", 1)
        symbols = [given.only("symbol", *SYMBOLS)] * n
        colours, sizes = given.each("color", n, ""), given.each("size", n, 6)
        with given.part("line") as line:
            edges, widths = line.each("color", n, "none"), line.each("width", n, 0)
    return [
        Mark("x", size, "none", colour, width)
        if symbol == "x-open"
        else Mark(symbol, size, colour, edge, width)
        for symbol, colour, size, edge, width in zip(
            symbols, colours, sizes, edges, widths, strict=True
        )
    ]


def _words(given: Given, n: int, font: tuple[float, str]) -> list[tuple[Rich, str]]:
    texts, places = given.each("text", n, ""), given.each("textposition", n, "middle center")
    with given.part("textfont") as own:
        font = own.take("size", font[0]), own.take("color", font[1])
    return [(Rich(str(text), *font), where) for text, where in zip(texts, places, strict=True)]


def _line(given: Given) -> tuple[str, float, str]:
    with given:
        return given.take("color"), float(given.take("width", 2)), given.take("dash", "solid")


def _beside(text: Rich, where: str, r: float, x: float, y: float) -> str:
    """Words `r` px from the middle of their mark, as plotly sets them."""
    level, side = where.split(" ")
    down, across = LEVELS[level], SIDES[side]
    lift = text.size * {-1: -0.25, 0: 0.35, 1: 0.75}[down] + down * r
    anchor = {-1: "end", 0: "middle", 1: "start"}[across]
    return text.svg(x + across * r, y + lift, anchor) if text.markup else ""
