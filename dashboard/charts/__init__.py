"""Frames -> plotly figures: direct labels, one meaning per colour, readable on a projector.

One module per page; what all figures share stands here. Show them with `figures.chart`, which adds
the text alternative and the data as a table.
"""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard import theme

# No logo, no buttons: nothing here needs zooming, and a button is a tab stop.
CONFIG = {"displayModeBar": False, "staticPlot": True}
GRID = "rgba(128,128,128,.18)"
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
