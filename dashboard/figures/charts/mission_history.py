"""The missions of 2001-2016 as a figure: bars of years, on an axis of their own."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures.charts import GRID, LABEL, plain
from dashboard.i18n import Words

SPAN = 46  # px per mission, with its line of text
FIRST, LAST = 2001, 2016  # the years of the history; its source appeared in the last
WIDE = 50  # characters; a longer line starts at the edge, to fit a telephone
UNKNOWN = 3  # years that an unknown start or end is drawn long


def timeline(spans: pd.DataFrame, names: Sequence[str], t: Words) -> go.Figure:
    """Missions 2001-2016 as bars of years, each with its words on the line above it.

    `spans` as `geo.mission_trends.timeline` gives it, `names` one for each bar. What is unknown is
    a dashed box of fixed length and a word; an arrow is a mission that was still running when the
    source appeared. The words stand at the end of the bar that has room beside it.
    """
    boxes, notes = [], []
    for place, (name, row) in enumerate(zip(names, spans.to_dict("records"), strict=True)):
        known, unknown = _years(row)
        drawn = ((known, True), (unknown, False))
        boxes += [_box(*years, place, is_known) for years, is_known in drawn if years]
        ends = [year for years in (known, unknown) if years for year in years]
        if row["ends"] == "running":
            notes.append(_note(LAST + 1, place, "left", "▶", {"color": theme.MISSION}))
        text = ", ".join(filter(None, (_label(name, row, t), _unknown(row, t))))
        late = min(ends) + max(ends) > FIRST + LAST + 1
        start = min(ends) if len(text) < WIDE else FIRST
        where = (max(ends), "right") if late else (start, "left")
        above = {"yanchor": "bottom", "y": place - 0.2}
        notes.append(_note(where[0], place, where[1], text, {"size": LABEL - 2}) | above)
    figure = go.Figure(go.Scatter(x=[], y=[]))
    margin = {"l": 2, "r": 20, "t": 30, "b": 4}
    plain(figure, SPAN * len(spans) + 34, margin=margin, shapes=boxes, annotations=notes)
    figure.update_xaxes(
        **{"range": [FIRST, LAST + 1], "side": "top", "showgrid": True, "gridcolor": GRID},
        tickvals=[year + 0.5 for year in (2002, 2005, 2008, 2011, 2014)],
        ticktext=[t("missions.history_axis", year="2002"), "2005", "2008", "2011", "2014"],
        tickangle=0,
    )
    figure.update_yaxes(visible=False, range=[len(spans) - 0.6, -0.7])
    return figure


Years = tuple[int, int]


def _years(row: Mapping[Hashable, Any]) -> tuple[Years | None, Years | None]:
    """(what is known, what is not) of a mission's years, each from a 1 January to another."""
    start = None if pd.isna(row["start"]) else int(row["start"])
    if row["ends"] == "unknown":
        if start is None:
            return None, (FIRST, LAST + 1)
        return (start, start + 1), (start + 1, start + 1 + UNKNOWN)
    after = int(row["end"]) + 1 if row["ends"] == "year" else LAST + 1
    return (None, (after - UNKNOWN, after)) if start is None else ((start, after), None)


def _label(name: str, row: Mapping[Hashable, Any], t: Words) -> str:
    most = t("missions.history_mark", n=t.number(int(row["max_deployed"])))
    return f"<b>{name}</b> ({most})"


def _unknown(row: Mapping[Hashable, Any], t: Words) -> str:
    """What the source does not know of the years, in words."""
    start, end = pd.isna(row["start"]), row["ends"] == "unknown"
    if not (start or end):
        return ""
    side = "years" if start and end else "start" if start else "end"
    return t(f"missions.unknown_{side}")


def _note(
    year: float, place: int, anchor: str, text: str, font: dict[str, object]
) -> dict[str, object]:
    where = {"x": year, "y": place, "xanchor": anchor, "showarrow": False}
    return where | {"text": text, "font": font}


def _box(first: float, last: float, place: int, known: bool) -> dict[str, object]:
    """Years from the start of `first` to the start of `last`."""
    return {
        **{"type": "rect", "x0": first, "x1": last, "y0": place - 0.16, "y1": place + 0.16},
        "fillcolor": theme.MISSION if known else "rgba(0,0,0,0)",
        "line": {"color": theme.MISSION, "width": 1.5, "dash": "solid" if known else "2px,3px"},
    }
