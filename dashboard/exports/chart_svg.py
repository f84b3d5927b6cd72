"""A chart as SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard import theme
from dashboard.exports import chart_marks
from dashboard.exports.chart_marks import Bar, Mark
from dashboard.exports.chart_plane import ASCENT, Given, Plane, Rich, axis, dashed, paint, plane
from dashboard.exports.typesetting import FAMILY, width, xml
from dashboard.i18n import words
from dashboard.report import Chart

TYPE = 13.0  # px
LINE = 21.0
SWATCH = 11.0
INDENT, GAP = 17.0, 20.0


def bar_legend(
    entries: Sequence[tuple[str, str]], unknown: str, bars: Sequence[Bar], wide: float, prefix: str
) -> tuple[str, float]:
    """Swatches with (words, colour) that are drawn in the bars, in lines of `wide` px; its height.

    `unknown` says what a hatched bar means.
    """
    used = {bar.fill for bar in bars if bar.end > bar.start and not bar.hatch}
    shown = [(word, paint("fill", colour)) for word, colour in entries if colour in used]
    if any(bar.hatch and bar.end > bar.start for bar in bars):
        shown.append((unknown, f'fill="url(#{prefix}-h0)" stroke="#7d8893"'))
    x, y, made = 0.0, 16.0, []
    for word, ground in shown:
        space = INDENT + width(word, TYPE)
        if x and x + space > wide:
            x, y = 0.0, y + LINE
        made.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{SWATCH}" height="{SWATCH}" {ground}/>'
            f'<text x="{x + INDENT:.1f}" y="{y + 10:.1f}" font-size="{TYPE}">{xml(word)}</text>'
        )
        x += space + GAP
    return "".join(made), y + LINE if shown else 0.0


def note(given: Given, plane: Plane, font: tuple[float, str]) -> str:
    """An annotation without an arrow."""
    with given:
        if given.take("showarrow", True):
            raise NotImplementedError("a note with an arrow cannot be drawn here")
        with given.part("font") as own:
            font = own.take("size", font[0]), own.take("color", font[1])
        text = Rich(given.take("text", ""), *font)
        given.only("align", "center", "left")
        pad = float(given.take("borderpad", 1)) + 1
        xref, yref = given.take("xref", "x"), given.take("yref", "y")
        x, y = given.take("x"), given.take("y")
        thirds = ("left", "center", "right"), ("bottom", "middle", "top")
        side = given.take("xanchor", _auto(x, thirds[0]) if xref == "paper" else "center")
        level = given.take("yanchor", _auto(y, thirds[1]) if yref == "paper" else "middle")
        across = plane.across(x, xref) + given.take("xshift", 0)
        down = plane.down(y, yref) - given.take("yshift", 0)
    left = across + {"left": pad, "center": -text.wide / 2, "right": -text.wide - pad}[side]
    top = down + {"top": pad, "middle": -text.tall / 2, "bottom": -text.tall - pad}[level]
    anchor = "end" if side == "right" else "start"
    return text.svg(left + text.wide * (side == "right"), top + ASCENT * text.size, anchor)


def _auto(value: float, thirds: tuple[str, str, str]) -> str:
    return thirds[0] if value < 1 / 3 else thirds[2] if value > 2 / 3 else thirds[1]


def shape(given: Given, plane: Plane) -> tuple[str, bool]:
    """A line or a box, and whether it lies below the traces."""
    with given:
        kind = given.only("type", "rect", "line")
        below = given.only("layer", "above", "below") == "below"
        xref, yref = given.take("xref", "x"), given.take("yref", "y")
        x0, x1 = (plane.across(given.take(key), xref) for key in ("x0", "x1"))
        y0, y1 = (plane.down(given.take(key), yref) for key in ("y0", "y1"))
        ground = paint("fill", given.take("fillcolor", "rgba(0,0,0,0)"))
        with given.part("line") as line:
            width, dash = float(line.take("width", 2)), line.take("dash", "solid")
            edge = f'{paint("stroke", line.take("color", "#444444"))} stroke-width="{width:g}"'
            edge += dashed(dash, width)
    if kind == "line":
        return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" fill="none" {edge}/>', below
    left, right, top, bottom = *sorted((x0, x1)), *sorted((y0, y1))
    box = f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}"'
    return f"<rect {box} {ground} {edge}/>", below


def marker_legend(
    given: Given, entries: Sequence[tuple[Mark, str]], font: tuple[float, str]
) -> str:
    """One line of marks with their names at the upper left corner of the drawing."""
    with given:
        given.only("orientation", "h")
        given.only("xref", "container")
        given.only("yref", "container")
        given.only("x", 0)
        given.only("y", 1)
        given.only("yanchor", "top")
        given.only("itemsizing", "constant")
        with given.part("font") as own:
            size, colour = own.take("size", font[0]), own.take("color", font[1])
    x, made = 2.0, []
    for mark, name in entries:
        text = Rich(name, size, colour)
        made.append(mark.svg(x + mark.size / 2 + 1, 14))
        made.append(text.svg(x + mark.size + 9, 14 + size * 0.35))
        x += mark.size + 9 + text.wide + 22
    return "".join(made)


PLAIN = ("rgba(0,0,0,0)",)


def chart_svg(chart: Chart, language: str, width_px: float, prefix: str = "") -> str:
    """The figure of a chart as SVG, `width_px` wide and as tall as it says itself.

    1 px is meant as a quarter of a millimetre. A legend follows where words in the bars are left
    out that do not fit. `prefix` begins every id; give each of several charts in one page its own
    (else its key serves). Raises NotImplementedError.
    """
    prefix = re.sub(r"\W", "", prefix or chart.key) or "chart"
    said = chart.figure.to_plotly_json()
    with Given(said["layout"], "layout") as layout:
        layout.take("template")  # only defaults of what ours name themselves
        tall = float(layout.take("height"))
        hides = "uniformtext" in layout.values
        body, bars = _drawn(layout, said["data"], width_px, tall, prefix)
    if hides and chart.native:
        entries = [(name, colour) for name, _, colour in chart.native.series]
        unknown = words(language)("gaps.legend_unknown")
        legend, more = bar_legend(entries, unknown, bars, width_px, prefix)
        body += f'<g transform="translate(0 {tall:g})">{legend}</g>'
        tall += more
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{prefix}-t {prefix}-d" '
        f'width="{width_px:g}" height="{tall:g}" viewBox="0 0 {width_px:g} {tall:g}" '
        f'font-family="{FAMILY}" fill="{theme.INK}">'
        f'<title id="{prefix}-t">{xml(chart.title)}</title>'
        f'<desc id="{prefix}-d">{xml(chart.alternative)}</desc>{body}</svg>'
    )


def _drawn(
    layout: Given, data: list[dict[str, Any]], wide: float, tall: float, prefix: str
) -> tuple[str, list[Bar]]:
    """Everything within the drawing: grid, shapes below, traces, shapes above, notes, legend."""
    for name in ("plot_bgcolor", "paper_bgcolor"):
        layout.only(name, *PLAIN)
    layout.only("barmode", "stack")
    with layout.part("font") as own:
        own.take("family")  # always Fira Sans, which is measured
        font = float(own.take("size", 12)), str(own.take("color", theme.INK))
    bars, points, named = _traces(data, font)
    largest = max((bar.end for bar in bars), default=None)
    margin = layout.take("margin", {})
    ground = plane(
        axis(layout.part("xaxis"), "bottom", largest, font),
        axis(layout.part("yaxis"), "left", None, font),
        {side: margin.get(side, 0) for side in "lrtb"},
        wide,
        tall,
    )
    shapes = [shape(Given(s, "shape"), ground) for s in layout.take("shapes", ())]
    notes = layout.take("annotations", ())
    with layout.part("uniformtext") as uniform:
        least = uniform.take("minsize") if uniform.only("mode", None, "hide") else None
    parts = [
        f"<defs>{chart_marks.patterns(bars, prefix)}</defs>",
        ground.svg(),
        *(drawn for drawn, below in shapes if below),
        chart_marks.svg(bars, ground, prefix, least),
        *(trace.svg(ground) for trace in points),
        *(drawn for drawn, below in shapes if not below),
        *(note(Given(said, "annotation"), ground, font) for said in notes),
    ]
    if layout.take("showlegend", False):
        parts.append(marker_legend(layout.part("legend"), named, font))
    layout.take("legend")
    return "".join(parts), bars


def _traces(
    data: list[dict[str, Any]], font: tuple[float, str]
) -> tuple[list[Bar], list[chart_marks.Trace], list[tuple[Mark, str]]]:
    """Bars, points, and what a legend says of them."""
    bars: list[Bar] = []
    points: list[chart_marks.Trace] = []
    ends: dict[float, float] = {}
    for trace in data:
        if trace["type"] == "bar":
            bars += chart_marks.read_bars(Given(trace, "bar"), ends, font)
        else:
            points.append(chart_marks.read_points(Given(trace, "scatter"), font))
    return bars, points, [(trace.marks[0], trace.name) for trace in points if trace.marks]
