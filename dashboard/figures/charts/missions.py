"""Officers in missions as figures: per mission on two dates, and the parts of a total."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures.charts import EDGE, GRID, LABEL, plain
from dashboard.i18n import Words
from geo.mission_trends import GROUPS

ROW = 30  # px per mission
LONGEST = 28  # characters of a name beside the chart; the table below it has the whole
# Steps of the colour of missions; the words beside them name the parts, the colour only joins them.
SHADES = (theme.MISSION, "#c9a53a", "#e8d7a3", "#a5713d", "#d9b48c")
HEADING, PART = 26, 78  # px above the bars of a kind, and per bar with its two lines of text


def dumbbell(found: pd.DataFrame, dates: Sequence[str], t: Words) -> go.Figure:
    """Officers per mission on two reference dates, grouped by what changed; or on one.

    `found` as `geo.mission_trends.step` or `one_date` gives it; `dates` as they are shown. A
    mission that is not in one of the tables has one point; one that the alias table links has a
    star. The bar between two points measures the difference; it is no road in time.
    """
    ticks: dict[int, str] = {}
    rows: dict[int, Mapping[Hashable, Any]] = {}
    for group in (*GROUPS, "counted"):
        part = found[found["group"] == group]
        if len(part) and group in GROUPS:
            ticks[-len(ticks)] = f"<b>{t(f'missions.group_{group}')}</b>"
        for row in part.to_dict("records"):
            rows[-len(ticks)] = row
            ticks[-len(ticks)] = _name(row["mission"]) + ("\u2009*" if row["relation"] else "")
    figure = go.Figure()
    for side, date in zip(("before", "after")[-len(dates) :], dates, strict=True):
        _points(figure, rows, side, date, t)
    top = int(found[["before", "after"]].max().max())
    axis = {"type": "line", "x0": 0, "x1": 0, "yref": "y domain", "y0": 0, "y1": 1}
    plain(
        figure,
        ROW * len(ticks) + 60,
        margin={"l": 0, "r": 58, "t": 40, "b": 4},
        shapes=[axis | {"line": {"color": GRID, "width": 1.5}}, *_bars(rows)],
        annotations=_differences(rows, t),
        showlegend=len(dates) == 2,
        legend={
            **{"orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container"},
            **{"yanchor": "top", "itemsizing": "constant", "font": {"size": LABEL - 1}},
        },
    )
    figure.update_xaxes(range=[-0.1 * top, 1.06 * top], visible=False)
    figure.update_yaxes(
        tickvals=list(ticks),
        ticktext=list(ticks.values()),
        range=[0.4 - len(ticks), 0.6],
        gridcolor="rgba(128,128,128,.14)",
    )
    return figure


def _name(mission: str) -> str:
    """A mission as it stands beside the chart; what a document prints is no markup."""
    shown = mission if len(mission) <= LONGEST else f"{mission[: LONGEST - 1]}…"
    return escape(shown, quote=False)


def _on_both(row: Mapping[Hashable, Any]) -> bool:
    return bool(pd.notna(row["before"]) and pd.notna(row["after"]))


def _points(
    figure: go.Figure, rows: Mapping[int, Mapping[Hashable, Any]], side: str, date: str, t: Words
) -> None:
    """The points of one date, each with its number on the outer side."""
    hollow, other = side == "before", "after" if side == "before" else "before"
    shown = {place: row for place, row in rows.items() if pd.notna(row[side])}
    same = [_on_both(row) and row["before"] == row["after"] for row in shown.values()]
    figure.add_scatter(
        x=[int(row[side]) for row in shown.values()],
        y=list(shown),
        name=date,
        mode="markers+text",
        # The ring of an unchanged mission stands around its point; the number is said once.
        text=[
            "" if equal and hollow else f"\u2002{t.number(int(row[side]))}\u2002"
            for equal, row in zip(same, shown.values(), strict=True)
        ],
        textposition=[
            "middle left" if _on_both(row) and row[side] < row[other] else "middle right"
            for row in shown.values()
        ],
        marker={
            "color": theme.PAPER if hollow else theme.MISSION,
            "opacity": 1,  # plotly makes markers of several sizes see-through
            "size": [20 if equal and hollow else 13 for equal in same],
            "line": {"color": theme.MISSION, "width": 2.5},
        },
        cliponaxis=False,
    )


def _bars(rows: Mapping[int, Mapping[Hashable, Any]]) -> list[dict[str, object]]:
    """A bar between the two points of a mission that changed."""
    line = {"color": theme.MISSION, "width": 2.5}
    return [
        {"type": "line", "x0": ends[0], "x1": ends[1], "y0": place, "y1": place}
        | {"layer": "below", "line": line}
        for place, row in rows.items()
        if _on_both(row)
        for ends in [sorted([int(row["before"]), int(row["after"])])]
        if ends[0] != ends[1]
    ]


def _differences(rows: Mapping[int, Mapping[Hashable, Any]], t: Words) -> list[dict[str, object]]:
    """The difference at the end of the line of each mission that both tables have."""
    place_ = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 24, "showarrow": False}
    changes = {place: int(row["difference"]) for place, row in rows.items() if _on_both(row)}
    return [
        place_ | {"y": place, "text": f"<b>{signed(t, change)}</b>" if change else "="}
        for place, change in changes.items()
    ]


def signed(t: Words, change: int) -> str:
    """A difference with its sign: "+6", "−3", "0"."""
    return t.number(0) if not change else f"{'+' if change > 0 else '−'}{t.number(abs(change))}"


def parts(
    counted: pd.DataFrame, titles: Mapping[str, str], kinds: Mapping[str, str], t: Words
) -> go.Figure:
    """The officers of each date in their parts: a bar per date, its parts named above it.

    `counted`: kind, as_of, part (the name as shown), personnel. `titles` gives the line above the
    bar of each date, `kinds` the heading above the bars of each kind of part. One scale for all;
    nothing joins the dates.
    """
    bars, lines, top = [], [], 0
    for kind, heading in kinds.items():
        of_kind = counted[counted["kind"] == kind]
        names = list(dict.fromkeys(of_kind["part"]))
        shade = {name: SHADES[number % len(SHADES)] for number, name in enumerate(names)}
        lines.append(_line(top + 12, f"<b>{heading}</b>", LABEL))
        top += HEADING
        for as_of, title in titles.items():
            rows = of_kind[of_kind["as_of"] == as_of]
            each = list(zip(rows["part"], map(int, rows["personnel"]), strict=True))
            said = "\u2002".join(
                f"<span style='color:{shade[name]}'>■</span>\u2009{name} {t.number(n)}"
                for name, n in each
            )
            lines += [_line(top + 10, title, LABEL - 1), _line(top + 32, said, LABEL - 1)]
            bars += [{"x": [n], "y": [top + 54], "marker_color": shade[name]} for name, n in each]
            top += PART
    figure = go.Figure([go.Bar(orientation="h", width=18, marker_line=EDGE, **bar) for bar in bars])
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    plain(figure, top, margin=margin, barmode="stack", annotations=lines)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, range=[top, 0])
    return figure


def _line(y: float, text: str, size: int) -> dict[str, object]:
    """A line of text at the left edge; `y` in px where the axis counts them."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "showarrow": False}
    return place | {"text": text, "font": {"size": size}}
