"""Lying bars of a chart, stacked, with the words in them that fit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.exports.chart_given import Given, paint
from dashboard.exports.chart_plane import Plane
from dashboard.exports.chart_text import Rich

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


def read(given: Given, ends: dict[float, float], font: tuple[float, str]) -> list[Bar]:
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
    return "".join(made) + _words([bar for bar in bars if bar.text.markup], plane, least)


def _box(bar: Bar, plane: Plane) -> tuple[float, float, float, float]:
    ys = sorted(plane.down(bar.middle + side * bar.thick / 2) for side in (-1, 1))
    return plane.across(bar.start), plane.across(bar.end), ys[0], ys[1]


def _words(bars: list[Bar], plane: Plane, least: float | None) -> str:
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
