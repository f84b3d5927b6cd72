"""The ranking of gaps as bars: what each component adds to the score of a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures.charts import EDGE, LABEL, plain
from dashboard.i18n import Words

# Not theme.INK, which page.css turns light where the page is dark; a piece keeps its colour.
DARK = "#101b27"
OPEN = "#7d8893"  # the hatch of what is unknown; no ground, so it does not read as a part
ROW = 50  # px: a line of words above a bar
OWN = {"color": None}  # the text colour of the reader's scheme, light or dark
# Component -> colour, and whether light words stand on it. What has a colour on the map keeps it.
COLOURS = {
    "kind": (theme.UNCOVERED, True),
    "mission": (theme.MISSION, True),
    "population": ("#3f6d8e", True),
    "distance": ("#9db8cc", False),
    "priority": ("#c98a3c", False),
    "channel": ("#c8c3b5", False),
}
# Indicators of the reader, in the order of the file; the ninth would be the first again.
OTHERS = (("#1f7a74", True), ("#86bdb6", False), ("#5b4a8a", True), ("#b9aad9", False))


def colours(components: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Component -> (colour, whether light words stand on it), indicators in their order."""
    own = [name for name in components if name not in COLOURS]
    made = {name: OTHERS[place % len(OTHERS)] for place, name in enumerate(own)}
    return {name: COLOURS.get(name) or made[name] for name in components}


def _hatched(widths: pd.Series) -> go.Bar:
    """The part of each bar that is supposed, a row per unit from the top."""
    return go.Bar(
        y=list(range(len(widths))),
        x=widths,
        orientation="h",
        width=0.42,
        marker={
            "color": OPEN,
            "pattern": {"shape": "/", "fillmode": "overlay", "size": 6, "solidity": 0.25}
            | {"fgcolor": OPEN, "bgcolor": "rgba(0,0,0,0)"},
            "line": {"color": OPEN, "width": 1},
        },
    )


def stacked(
    parts: pd.DataFrame,
    codes: list[str],
    heads: Mapping[str, str],
    named: Mapping[str, str],
    kinds: Mapping[str, str],
    supposed: Mapping[str, float],
    t: Words,
) -> go.Figure:
    """A bar per unit in the order of `codes`, one piece per component.

    `parts` of `geo.ranking`; what is `supposed` of the unknown components is hatched and last.

    `heads` stands above a bar. `named` gives the name of a component, and `kinds` that of the kind
    of gap of a unit: they stand in the pieces that have room for them.
    """
    wide = parts.pivot(index="iso3", columns="component", values="part").reindex(codes)
    components = [name for name in named if name in wide]
    figure = go.Figure()
    for name, (colour, light) in colours(components).items():
        values = wide[name].fillna(0)
        figure.add_bar(
            y=list(range(len(codes))),
            x=values,
            orientation="h",
            width=0.42,
            marker={"color": colour, "line": EDGE},
            text=[
                f"{kinds[code] if name == 'kind' else named[name]} {t.number(value)}"
                if value
                else ""
                for code, value in zip(codes, values, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": theme.PAPER if light else DARK, "size": LABEL - 2},
        )
    rest = pd.Series(supposed, dtype=float).reindex(codes).fillna(0)
    if rest.any():
        figure.add_trace(_hatched(rest))
    for place, code in enumerate(codes):
        figure.add_annotation(
            text=heads[code], x=0, y=place - 0.28, xanchor="left", yanchor="bottom",
            showarrow=False, font={"size": LABEL}, align="left",
        )  # fmt: skip
    plain(
        figure,
        ROW * len(codes) + 12,
        font=OWN,
        barmode="stack",
        margin={"l": 0, "r": 4, "t": 2, "b": 2},
        uniformtext={"mode": "hide", "minsize": LABEL - 3},
    )
    longest = (wide[components].sum(axis=1) + rest).max()
    figure.update_xaxes(visible=False, range=[0, longest * 1.01 or 100])
    figure.update_yaxes(visible=False, range=[len(codes) - 0.6, -0.8])
    return figure
