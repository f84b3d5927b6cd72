"""The marks of a drawn chart: bars and points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from dashboard.exports.chart_plane import Given, Plane, Rich, dashed, paint

PAD = 3.0  # px between a bar's end and its words


@dataclass(frozen=True)
class Bar:
    """A piece of a bar in axis units, its looks, and what stands in it."""

    start: float
    end: float
    middle: float
    thick: float
    fill: str
    hatch: tuple[str, float, float] | None  # colour, distance and part of it that is ink
    edge: tuple[str, float]
    text: Rich
    shrinks: bool


def read_bars(given: Given, ends: dict[float, float], font: tuple[float, str]) -> list[Bar]:
    """The bars of a trace; `ends` is how far each bar is stacked, and grows."""
    with given:
        given.only("type", "bar")
        given.only("orientation", "v", "h")
        x, y = given.listed("x"), given.listed("y")
        thick = given.take("width")
        texts = given.each("text", len(x), "")
        given.only("textposition", "inside")
        given.only("insidetextanchor", "middle")
        given.only("textangle", 0)
        shrinks = given.only("constraintext", "both", "none") == "both"
        with given.part("textfont") as own:
            font = own.take("size", font[0]), own.take("color", font[1])
        with given.part("marker") as marker:
            fills = marker.each("color", len(x), "")
            hatch = _hatch(marker.part("pattern"))
            with marker.part("line") as line:
                edge = str(line.take("color", "none")), float(line.take("width", 0))
        if thick is None or not all(fills):
            raise NotImplementedError("a bar without width or colour cannot be drawn here")
    bars = []
    for value, place, text, fill in zip(x, y, texts, fills, strict=True):
        start = ends.get(place, 0.0)
        ends[place] = start + float(value)
        words = Rich(str(text), *font)
        bars.append(Bar(start, ends[place], place, thick, fill, hatch, edge, words, shrinks))
    return bars


def _hatch(given: Given) -> tuple[str, float, float] | None:
    with given:
        if not given.values:
            return None
        given.only("shape", "/")
        given.only("fillmode", "overlay")
        given.only("bgcolor", "rgba(0,0,0,0)")
        size, solidity = float(given.take("size", 8)), float(given.take("solidity", 0.3))
        return str(given.take("fgcolor")), size, solidity


def patterns(bars: list[Bar], prefix: str) -> str:
    """The hatches of these bars as SVG patterns, their ids beginning with `prefix`."""
    made = []
    for number, (colour, size, solidity) in enumerate(_hatches(bars)):
        made.append(
            f'<pattern id="{prefix}-h{number}" width="{size:g}" height="{size:g}" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="{size * solidity:g}" height="{size:g}" {paint("fill", colour)}/>'
            "</pattern>"
        )
    return "".join(made)


def _hatches(bars: list[Bar]) -> list[tuple[str, float, float]]:
    return list(dict.fromkeys(bar.hatch for bar in bars if bar.hatch))


def svg(bars: list[Bar], plane: Plane, prefix: str, least: float | None) -> str:
    """The bars with their words; `least` is the type size in px below which words are left out."""
    hatches = _hatches(bars)
    made = []
    for bar in (bar for bar in bars if bar.end > bar.start):
        x0, x1, y0, y1 = _box(bar, plane)
        colour = f"url(#{prefix}-h{hatches.index(bar.hatch)})" if bar.hatch else bar.fill
        edge, width = bar.edge
        line = f' {paint("stroke", edge)} stroke-width="{width:g}"' if width else ""
        made.append(
            f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" '
            f"{paint('fill', colour)}{line}/>"
        )
    return "".join(made) + _bar_words([bar for bar in bars if bar.text.markup], plane, least)


def _box(bar: Bar, plane: Plane) -> tuple[float, float, float, float]:
    ys = sorted(plane.down(bar.middle + side * bar.thick / 2) for side in (-1, 1))
    return plane.across(bar.start), plane.across(bar.end), ys[0], ys[1]


def _bar_words(bars: list[Bar], plane: Plane, least: float | None) -> str:
    """Words in the middle of their bars: of one size, or each as large as its bar allows."""
    fitting = [(bar, _size(bar, plane)) for bar in bars]
    if least is not None:
        fitting = [(bar, size) for bar, size in fitting if size >= least]
        smallest = min((size for _, size in fitting), default=0.0)
        fitting = [(bar, smallest) for bar, _ in fitting]
    made = []
    for bar, size in fitting:
        x0, x1, y0, y1 = _box(bar, plane)
        text = replace(bar.text, size=round(size, 2))
        made.append(text.svg((x0 + x1) / 2, (y0 + y1) / 2 + size * 0.35, "middle"))
    return "".join(made)


def _size(bar: Bar, plane: Plane) -> float:
    """The size in px at which the words fit in the bar, at most their own."""
    if not bar.shrinks:
        return bar.text.size
    x0, x1, y0, y1 = _box(bar, plane)
    room = min((x1 - x0 - 2 * PAD) / bar.text.wide, (y1 - y0 - 2) / bar.text.tall)
    return bar.text.size * min(1.0, max(room, 0.0))


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


def read_points(given: Given, font: tuple[float, str]) -> Trace:
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
        words = _point_words(given, len(x), font) if "text" in mode else []
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


def _point_words(given: Given, n: int, font: tuple[float, str]) -> list[tuple[Rich, str]]:
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
