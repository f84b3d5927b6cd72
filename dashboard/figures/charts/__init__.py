"""Frames -> plotly figures: direct labels, one meaning per colour, readable on a projector.

One module per page; what all figures share stands here. Show them with `figures.chart`, which adds
the text alternative and the data as a table.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard import theme

# No logo, no buttons: nothing here needs zooming, and a button is a tab stop.
CONFIG = {"displayModeBar": False, "staticPlot": True}
GRID = "rgba(128,128,128,.18)"
# Around pieces of a bar, so that a pale one too has an end that is seen: 5.5:1 on white, 3.4:1 on a
# dark page.
EDGE = {"color": "#5d6b78", "width": 1}
LABEL = 15  # px, for what a reader in the last row must read; axes are one step smaller
TICKS = {
    "size": LABEL - 1,
    "color": theme.INK,
}  # ink turns light where the page is dark, see page.css


def plain(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    """The manner of every figure: our type, no ground, thin grid; `height` in px."""
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 20, "t": 10, "b": 10},
        font={"family": "FiraSans, sans-serif", "size": LABEL, "color": theme.INK},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
    )
    figure.update_xaxes(showgrid=False, zeroline=False, tickfont=TICKS)
    figure.update_yaxes(
        showgrid=True,
        gridcolor=GRID,
        zeroline=False,
        tickfont=TICKS,
        ticklabelstandoff=8,
    )
    figure.update_layout(**layout)
    return figure


# What a figure measures in px; beside these, `width` of a line. A bar's `width` counts on its axis.
_PIXELS = frozenset({"size", "height", "l", "r", "t", "b", "xshift", "yshift", "ticklabelstandoff"})
_LINES = ("line", "marker", "font")


def larger(figure: go.Figure, times: float) -> go.Figure:
    """The same figure with everything `times` as large, for a room; the width is the page's."""
    return go.Figure(_larger(figure.to_plotly_json(), times, ""))


def _larger(part: Any, times: float, within: str) -> Any:
    if isinstance(part, dict):
        return {key: _grown(key, value, times, within) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_larger(each, times, within) for each in part]
    return part


def _grown(key: str, value: Any, times: float, within: str) -> Any:
    if key not in _PIXELS and not (key == "width" and within in _LINES):
        return _larger(value, times, key)
    if isinstance(value, int | float):
        return round(value * times) if isinstance(value, int) else value * times
    if isinstance(value, list | tuple):
        return [each * times for each in value]
    return _larger(value, times, key)
