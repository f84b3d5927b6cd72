"""Officers per mission as figures."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts import plain
from dashboard.i18n import Words

BEFORE, AFTER = theme.LIGHT["?"], theme.DARK["NP"]


def dumbbell(compared: pd.DataFrame, before: str, after: str, t: Words) -> go.Figure:
    """Officers per mission on two reference dates, as a dumbbell per mission.

    `compared` as `geo.missions.compare_counts` gives it; a mission that is not in one of the
    tables has one point only, and no line suggests what lay between.
    """
    rows = compared.iloc[::-1]
    figure = go.Figure()
    both = rows[rows["before"].notna() & rows["after"].notna()]
    for row in both.to_dict("records"):
        figure.add_shape(
            type="line",
            x0=row["before"],
            x1=row["after"],
            y0=row["mission"],
            y1=row["mission"],
            line={"color": theme.NONE, "width": 4},
            layer="below",
        )
    for column, colour, date, filled in (
        ("before", BEFORE, before, False),
        ("after", AFTER, after, True),
    ):
        shown = rows[rows[column].notna()]
        same = shown["before"].eq(shown["after"]).fillna(False)
        other = t("overview.absent", date=after if column == "before" else before)
        alone = shown["after" if column == "before" else "before"].isna()
        figure.add_scatter(
            x=shown[column],
            y=shown["mission"],
            mode="markers+text",
            name=date,
            # The ring of an unchanged mission stands around its point; the number is said once.
            text=[
                _label(t.number(n), column, bool(equal), other if lone else "")
                for n, equal, lone in zip(shown[column], same, alone, strict=True)
            ],
            textposition=_label_side(shown, column),
            textfont={"color": colour, "size": 15},
            marker={
                "color": colour if filled else theme.PAPER,
                "opacity": 1,  # plotly makes markers of several sizes see-through
                "size": [21 if equal and not filled else 13 for equal in same],
                "line": {"color": colour, "width": 2.5},
            },
            cliponaxis=False,
        )
    top = float(rows[["before", "after"]].max().max())
    plain(
        figure,
        34 * len(rows) + 80,
        margin={"l": 0, "r": 20, "t": 40, "b": 10},
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    figure.update_xaxes(range=[-0.4, top + 0.8], visible=False)
    return figure


def _label(number: str, column: str, unchanged: bool, absent: str) -> str:
    """What stands beside a point: an unchanged number once, clear of its ring."""
    if unchanged:
        return "" if column == "before" else f"\u2002{number}"
    return f"{number}  {absent}".rstrip()


def _label_side(rows: pd.DataFrame, column: str) -> list[str]:
    """Numbers stand outside the dumbbell: right of the larger end, left of the smaller."""
    other = "after" if column == "before" else "before"
    larger = rows[column].ge(rows[other]).fillna(True)
    return ["middle right" if is_larger else "middle left" for is_larger in larger]
