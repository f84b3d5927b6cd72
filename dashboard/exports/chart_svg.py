"""A chart as an SVG of its own, without a browser: what our plotly figures say, and no more.

Whatever a figure says that is not known here raises NotImplementedError: nothing is left out of a
printed chart in silence.
"""

from __future__ import annotations

import re
from typing import Any

from dashboard import theme
from dashboard.exports import chart_bars, chart_legend, chart_notes, chart_points
from dashboard.exports.chart_bars import Bar
from dashboard.exports.chart_given import Given
from dashboard.exports.chart_plane import axis, plane
from dashboard.exports.chart_points import Mark
from dashboard.exports.lettering import FAMILY, xml
from dashboard.i18n import words
from dashboard.report import Chart

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
        legend, more = chart_legend.legend(entries, unknown, bars, width_px, prefix)
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
    shapes = [chart_notes.shape(Given(s, "shape"), ground) for s in layout.take("shapes", ())]
    notes = layout.take("annotations", ())
    with layout.part("uniformtext") as uniform:
        least = uniform.take("minsize") if uniform.only("mode", None, "hide") else None
    parts = [
        f"<defs>{chart_bars.patterns(bars, prefix)}</defs>",
        ground.svg(),
        *(drawn for drawn, below in shapes if below),
        chart_bars.svg(bars, ground, prefix, least),
        *(trace.svg(ground) for trace in points),
        *(drawn for drawn, below in shapes if not below),
        *(chart_notes.note(Given(said, "annotation"), ground, font) for said in notes),
    ]
    if layout.take("showlegend", False):
        parts.append(chart_notes.legend(layout.part("legend"), named, font))
    layout.take("legend")
    return "".join(parts), bars


def _traces(
    data: list[dict[str, Any]], font: tuple[float, str]
) -> tuple[list[Bar], list[chart_points.Trace], list[tuple[Mark, str]]]:
    """Bars, points, and what a legend says of them."""
    bars: list[Bar] = []
    points: list[chart_points.Trace] = []
    ends: dict[float, float] = {}
    for trace in data:
        if trace["type"] == "bar":
            bars += chart_bars.read(Given(trace, "bar"), ends, font)
        else:
            points.append(chart_points.read(Given(trace, "scatter"), font))
    return bars, points, [(trace.marks[0], trace.name) for trace in points if trace.marks]
