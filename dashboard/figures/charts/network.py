"""The network as figures: posts by city, what one posting carries, and the withdrawn posts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures.charts import EDGE, LABEL, plain
from dashboard.i18n import Words
from dashboard.records import Row
from geo.events import GONE
from geo.schemas import NOT_STATED, ORGANISATIONS

ROW = 27  # px
BAR = 41  # px of a bar with its name
THICK = 0.42  # of that, the bar
PROVEN = "#5d6b78"  # a post, whoever it is of: the words beside it say which organisation
FIRST, LAST = 2011.6, 2027.2  # years; the axis grows with a later release
_ORDER = (*ORGANISATIONS, NOT_STATED)


def _colour(organisation: str) -> str:
    return theme.LIGHT.get(organisation, theme.LIGHT["?"])


def posts(cells: pd.DataFrame, keys: list[str], cities: list[str], t: Words) -> go.Figure:
    """A column per organisation, a row per city, a dot per post; a plan is an open ring.

    `cells`: key, organisation, status, posts (see `geo.network.by_organisation`); `keys` in the
    order of the rows, `cities` what stands before each.
    """
    columns = [name for name in _ORDER if (cells["organisation"] == name).any()]
    figure = go.Figure()
    for row in cells.to_dict("records"):
        colour, active = _colour(row["organisation"]), row["status"] == "active"
        several = t.number(row["posts"]) if row["posts"] > 1 else ""
        figure.add_scatter(
            x=[columns.index(row["organisation"])],
            y=[keys.index(row["key"])],
            mode="markers+text",
            text=[several],
            textfont={"color": theme.PAPER if active else colour, "size": LABEL - 2},
            marker={
                "color": colour if active else "rgba(0,0,0,0)",
                "size": 19,
                "line": {"color": colour, "width": 2.5},
            },
            cliponaxis=False,
        )
    plain(figure, ROW * len(cities) + 50, margin={"l": 0, "r": 10, "t": 34, "b": 6})
    names = [t(f"short.{name}") if name else t("network.unsaid") for name in columns]
    figure.update_xaxes(
        side="top", tickvals=list(range(len(columns))), ticktext=[f"<b>{n}</b>" for n in names],
        range=[-0.5, len(columns) - 0.5], tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(cities))), ticktext=cities, range=[len(cities) - 0.4, -0.6]
    )
    return figure


def carried(
    labels: list[str], alone: list[int], shared: list[int], ends: list[str], t: Words
) -> go.Figure:
    """Countries that each posting serves: alone, and together with others; `ends` behind a bar."""
    figure = go.Figure()
    for values, colour in ((alone, theme.SINGLE), (shared, theme.KEPT)):
        figure.add_bar(
            y=list(range(len(labels))), x=values, orientation="h", width=THICK,
            marker={"color": colour, "line": EDGE}, text=[t.number(n) if n else "" for n in values],
            textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": theme.PAPER if colour == theme.SINGLE else theme.INK},
        )  # fmt: skip
    key = " &nbsp; ".join(
        f"<span style='color:{colour}'>■</span> {t(f'network.{name}')}"
        for name, colour in (("only_this", theme.SINGLE), ("others_too", theme.KEPT))
    )
    figure.add_annotation(
        text=key, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
        showarrow=False, font={"size": LABEL - 1},
    )  # fmt: skip
    totals = [a + s for a, s in zip(alone, shared, strict=True)]
    return _bars(figure, labels, totals, ends, top=30)


def served(
    labels: list[str], organisations: list[str], people: list[float], ends: list[str]
) -> go.Figure:
    """People in the countries that each posting serves, in the colour of its organisation."""
    figure = go.Figure()
    figure.add_bar(
        y=list(range(len(labels))), x=people, orientation="h", width=THICK,
        marker={"color": [_colour(name) for name in organisations]},
    )  # fmt: skip
    return _bars(figure, labels, people, ends, top=4)


def _bars(
    figure: go.Figure, labels: list[str], longest: Sequence[float], ends: list[str], top: int
) -> go.Figure:
    """Bars with the name of each above it, so that a telephone has room for both."""
    for row, (label, end, at) in enumerate(zip(labels, ends, longest, strict=True)):
        figure.add_annotation(
            text=label, x=0, y=row - THICK / 2, xanchor="left", yanchor="bottom", showarrow=False,
            font={"size": LABEL - 1}, borderpad=0,
        )  # fmt: skip
        figure.add_annotation(
            text=end, x=at, y=row, xanchor="left", xshift=5, showarrow=False,
            font={"size": LABEL - 1},
        )  # fmt: skip
    margin = {"l": 0, "r": 6, "t": top, "b": 4}
    plain(figure, BAR * len(labels) + top + 4, barmode="stack", margin=margin)
    figure.update_xaxes(visible=False, range=[0, max(longest) * 1.7])
    figure.update_yaxes(visible=False, range=[len(labels) - 0.6, -0.85])
    return figure


def year(date: str) -> float:
    """Where a date stands on an axis of years: a year in its middle, a month in its middle.

    >>> year("2013"), year("2026-01")
    (2013.5, 2026.0416666666667)
    """
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    day = parts[2] if len(parts) > 2 else 15.5
    return parts[0] + (parts[1] - 1 + (day - 0.5) / 30) / 12


def chains(marks: pd.DataFrame, titles: dict[str, str], t: Words) -> go.Figure:
    """A line per withdrawn post: known there, gone or due to go, unknown, seen again, there now.

    `marks`: place (a key of `titles`), date, kind, said (the words under or over a mark).
    """
    figure = go.Figure()
    places = list(titles)
    for row, place in enumerate(places):
        own = marks[marks["place"] == place]
        _lines(figure, own, row, t)
        for mark in own.drop_duplicates(["date", "kind"]).to_dict("records"):
            _mark(figure, mark, row)
        figure.add_annotation(
            text=f"<b>{titles[place]}</b>", x=FIRST, y=row - 0.36, xanchor="left",
            showarrow=False, font={"size": LABEL},
        )  # fmt: skip
    last = max(LAST, year(marks["date"].max()) + 0.6)
    plain(figure, 92 * len(places) + 40, margin={"l": 4, "r": 4, "t": 4, "b": 26})
    years = list(range(2012, int(last) + 1, 2))
    figure.update_xaxes(
        range=[FIRST, last], tickvals=[y + 0.5 for y in years], ticktext=[str(y) for y in years],
        tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[len(places) - 0.4, -0.6])
    return figure


def _lines(figure: go.Figure, marks: pd.DataFrame, row: int, t: Words) -> None:
    """Between two marks: a solid line where both prove a post, else dots for what is not known."""
    known = marks.drop_duplicates(["date", "kind"]).to_dict("records")
    for before, after in pairwise(known):
        sure = before["kind"] == "present" and after["kind"] in GONE
        figure.add_scatter(
            x=[year(before["date"]), year(after["date"])], y=[row, row], mode="lines",
            line={"width": 5 if sure else 2.5, "dash": "solid" if sure else "dot",
                  "color": PROVEN if sure else theme.UNKNOWN[1]},
        )  # fmt: skip
        if before["kind"] in GONE:
            figure.add_annotation(
                text=t("network.chains_unknown"), y=row, yshift=11, showarrow=False,
                x=0.58 * year(before["date"]) + 0.42 * year(after["date"]),
                font={"size": LABEL - 2},
            )  # fmt: skip


def _mark(figure: go.Figure, mark: Row, row: int) -> None:
    kind, at = mark["kind"], year(str(mark["date"]))
    looks = {
        "withdrawn": ("x", theme.LOST, theme.LOST, 14),
        "ends": ("x-open", theme.LOST, theme.LOST, 14),
        "mentioned": ("diamond", PROVEN, PROVEN, 13),
        "placed": ("diamond", PROVEN, PROVEN, 13),
        "present": ("circle", PROVEN, PROVEN, 16),
        "absent": ("circle", theme.PAPER, theme.LOST, 16),
    }
    symbol, colour, edge, size = looks[str(kind)]
    level = "bottom" if kind in GONE else "top"
    side = "left" if at > LAST - 4 else "right"
    figure.add_scatter(
        x=[at], y=[row], mode="markers+text", text=[mark["said"]], cliponaxis=False,
        textposition=f"{level} {side}",
        textfont={"size": LABEL - 2},
        marker={"symbol": symbol, "color": colour, "size": size,
                "line": {"color": edge, "width": 2}},
    )  # fmt: skip
