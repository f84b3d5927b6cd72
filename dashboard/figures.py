"""Maps and charts on a page, each with what it says in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit_folium import st_folium

from dashboard import cache, charts, maps, prepared, state, theme
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.tables import Cell, table_html


def world_map(t: Words, filters: Filters, height: int) -> None:
    """The map of the reader's choices; a country chosen on it becomes the choice everywhere."""
    _draw(prepared.map_payload(filters, cache.mark(filters.release)), height)


def changes_map(t: Words, filters: Filters, drawn: pd.DataFrame) -> None:
    """The map of what is kept, gained and lost (see `changes.states`), with its legend."""
    topic_map(t, filters, drawn, (*theme.CHANGES, "none"), height=480)


def topic_map(
    t: Words,
    filters: Filters,
    drawn: pd.DataFrame,
    legend: Collection[str],
    *,
    height: int = 520,
    words: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    postings: pd.DataFrame | None = None,
    officers: pd.DataFrame | None = None,
    view: str = "world",
) -> None:
    """A map that tells something else than who serves a country, with its legend above.

    `drawn`: iso3 and state (a state of `theme`; missing is unknown), and where the tooltip should
    tell them postings, organisations, cities, distance_km. `legend`: the states to explain.
    `words` replaces words of the map ("left", "title" …), `notes` adds a line to the tooltip of a
    country, `postings` (located) draws posts, `officers` those in missions (see `maps.payload`).
    `view` is where it begins when the reader chose no part of the world, see `maps.FRAMES`.
    """
    said = t.group("map") | dict(words or {})
    marks = [(theme.swatch(name), said[name]) for name in legend]
    items = "".join(f"<li>{mark}{escape(word)}</li>" for mark, word in marks)
    st.html(f"<ul class='legend'>{items}</ul>")
    missing = [name for name in ("organisations", "basis") if name not in drawn]
    shown = maps.payload(
        drawn.assign(**dict.fromkeys(missing)),
        drawn.iloc[:0] if postings is None else postings,
        drawn.iloc[:0],
        cache.reference("units"),
        filters.land,
        () if postings is None else ("posts", *filters.layers),
        t.language,
        said,
        view=view if filters.view == "world" else filters.view,
        notes=notes,
        officers=officers,
    )
    _draw(shown, height)


def _draw(shown: dict[str, Any], height: int) -> None:
    st_folium(
        maps.base_map(),
        key="map",
        height=height,
        use_container_width=True,
        feature_group_to_add=maps.layer(shown),
        returned_objects=maps.RETURNED,
        on_change=_chosen_on_map,
    )


def _chosen_on_map() -> None:
    """What the browser sends is only believed when it is a unit we know."""
    iso3 = maps.clicked(state.value("map"))
    if iso3 is None or iso3 in cache.names("nl").index:
        state.change(land=iso3)


def chart(
    t: Words,
    key: str,
    figure: go.Figure,
    alternative: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    source: str,
) -> None:
    """A chart, its source line, and its data as a table behind a fold.

    `alternative` is what the chart shows, in words made from the data: readers who do not see it
    hear it instead of the drawing (see static/shell.js). `source` names documents and dates.
    """
    with st.container(key=f"chart_{key}"):
        st.html(f"<p class='unseen' data-chart='chart_{key}'>{escape(alternative)}</p>")
        st.plotly_chart(figure, width="stretch", config=charts.CONFIG, key=key)
    st.html(f"<p class='source-line'>{escape(t('source'))}: {escape(source)}</p>")
    with st.expander(t("chart.table")):
        st.html(table_html(t("chart.table"), headers, rows))
