"""Maps and charts on a page, each with what it says in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit_folium import st_folium

from dashboard import rows, snapshot, theme
from dashboard.exports.chart_svg import room_svg
from dashboard.exports.html_table import empty_table_html
from dashboard.exports.map_svg import map_svg
from dashboard.figures import charts, map_blocks, maps
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.report import Chart, Map, Spec, unmarked
from dashboard.subjects import coverage
from dashboard.web import map_data, session, widgets
from data.load import reference

if TYPE_CHECKING:
    from dashboard.figures.map_elements import Change

# px that the map of a page asks for; each has its room in static/page.css.
ROOMS = (400, 440, 480, 520, 900)
STAGE = 560  # px, as a still map is drawn for the projector
ON_STAGE = 1200  # px of any other map there, until the browser gives it what the window leaves
WIDE, TELEPHONE = 480, 360  # px, as it is drawn for a page: its letters are read at that width


def world_map(filters: Filters, height: int, described: bool = False) -> None:
    """The map of the reader's choices; a country chosen on it becomes the choice everywhere.

    It is told where its data stands: so it can be there before the page is (static/map_data.js).

    `described`: the page says in words what the map shows, so the map itself need not.
    """
    _draw_in_room(maps.layer_at(map_data.address(filters)), height)
    payload, t = map_blocks.map_payload(filters), texts_of(filters.language)
    legend = map_blocks.legend(t, filters, payload, pressed=True)
    explain(t, legend, paper={"mark_line": t("look.mark_line")})
    if not described:
        st.html(f"<p class='unseen'>{escape(unmarked(map_blocks.paragraph(filters)))}</p>")


def below(
    above: Callable[[], None], draw: Callable[[], None], head: DeltaGenerator | None = None
) -> None:
    """Draw what the reader waits for below what stands `above` it, in `head` where that is given.

    What is waited for, a map or a page, is sent first; but not to a reader who comes to the page:
    it would be pushed down by what comes above it.
    """
    head = head or st.container()
    comes = session.comes()
    if not comes:
        draw()
    with head:
        above()
    if comes:
        draw()


def explained_map(block: Map, height: int = 520, anchor: str = "bediend") -> None:
    """A map with what its colours mean above it, on a phone below; its source is the page's to say.

    `anchor` is the part of the explanation that its words come from.

    Readers who do not see it hear how many units have each colour, and which where they are few.
    """
    with st.container(key="explained"):
        _explain_map(block, anchor)
        _draw_in_room(maps.layer(block.payload), height)


def stage_explained_map(block: Map) -> None:
    """The same on the projector, where the window gives the map its room."""
    _explain_map(block)
    _draw(maps.layer(block.payload), ON_STAGE)


def _explain_map(block: Map, anchor: str = "bediend") -> None:
    t = texts_of(str(block.payload["lang"]))
    explain(t, block.legend, anchor, f"<p class='unseen'>{escape(block.alternative)}</p>")


def explain(
    t: Texts,
    legend: Sequence[tuple[str, str]],
    anchor: str = "bediend",
    more: str = "",
    paper: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """What the colours and marks of a map mean, where more is said of it, and `more` HTML.

    `paper` has other words for a mark that on the screen speaks of a press (static/print.css).
    """
    items = [
        f"<li class='pressed' data-paper='{escape(paper[key])}'>"
        f"{theme.swatch(key)}<span>{escape(word)}</span></li>"
        if key in paper
        else _item(key, word)
        for key, word in legend
    ]
    link = f"<li class='meaning'>{widgets.meaning_link(t, anchor)}</li>"
    st.html(f"<ul class='legend'>{''.join(items)}{link}</ul>{more}")


def _legend_html(legend: Sequence[tuple[str, str]]) -> str:
    return f"<ul class='legend'>{''.join(_item(key, word) for key, word in legend)}</ul>"


def _item(key: str, word: str) -> str:
    return f"<li>{theme.swatch(key)}{escape(word)}</li>"


def still_map(block: Map, language: str) -> None:
    """A map as a drawing that does not move, with its legend below it; it names itself.

    The letters of a drawing shrink with it, so a telephone gets a smaller one.
    """
    svg = _still(block, language, TELEPHONE if session.on_telephone() else WIDE, legend=False)
    drawn = f"{theme.by_page(svg)}{_legend_html(block.legend)}"
    st.html(f"<figure class='still-map'>{drawn}</figure>")


def stage_map(block: Map, language: str, beside: Sequence[str]) -> None:
    """A still map as high as its room on the projector, with sentences beside it."""
    words = "".join(f"<p>{escape(each)}</p>" for each in beside)
    svg = _still(block, language, STAGE)
    st.html(f"<figure class='stage-chart beside'>{svg}<div>{words}</div></figure>")


@snapshot.memoized
def _still(block: Map, language: str, wide: float, legend: bool = True) -> str:
    return _inline(map_svg(block if legend else replace(block, legend=()), language, wide))


def _inline(svg: str) -> str:
    """A drawing in the page itself, where it has the page's letters.

    Streamlit takes SVG out of HTML, so it travels as text (see static/shell.js).
    """
    text = json.dumps(svg, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<div data-drawing='{escape(text)}'></div>"


def _draw_in_room(change: Change, height: int) -> None:
    """Draw a map in room that it has before it comes: what stands below does not jump."""
    with st.container(key=f"room_{height}"):
        _draw(change, height)


def _draw(change: Change, height: int) -> None:
    st_folium(
        maps.base_map(),
        key="map",
        height=height,
        use_container_width=True,
        feature_group_to_add=change,
        returned_objects=maps.RETURNED,
        on_change=_chosen_on_map,
    )


def _chosen_on_map() -> None:
    """What the browser sends is only believed when it is a unit we know."""
    iso3 = maps.clicked(session.value("map"))
    if iso3 is None or iso3 in snapshot.names("nl").index:
        session.change(land=iso3)


def chart(t: Texts, block: Chart, tables: Mapping[str, str] = widgets.NO_TABLES) -> None:
    """A chart, its source line, and its data as a table behind a fold.

    `tables` names the printed table that is meant, by document.
    """
    bare_chart(block, t.language)
    widgets.source_line(t, block.source, block.documents, tables)
    data(t, block)


def data(t: Texts, block: Chart) -> None:
    """The numbers of a chart as a table, behind a fold."""
    # Its key keeps it off paper, where the chart says the same (static/print.css).
    key = f"numbers_{block.key}"
    with st.expander(f"{t('chart.table')} ({t.number(len(block.rows))})", key=key):
        caption = f"{t('chart.table')}: {block.title}"  # no two boxes of a page have one name
        widgets.filtered_table(t, caption, block.headers, block.rows)


def bare_chart(block: Chart, language: str) -> None:
    """A chart without its source and its table, for where these stand elsewhere.

    Readers who do not see it hear its words instead of the drawing (see static/shell.js).
    """
    figure = _figure(block.spec, language, block.source, session.on_telephone())
    with st.container(key=f"chart_{block.key}"):
        alternative = escape(block.alternative)
        st.html(
            f"<p class='unseen' data-chart='chart_{block.key}'>{alternative}</p>"
            "<p class='unseen' data-says aria-live='polite'></p>"
        )
        st.plotly_chart(figure, width="stretch", config=charts.CONFIG, key=block.key)


def stage_chart(block: Chart, language: str) -> None:
    """A chart as a drawing that fills the room it gets on the projector, its letters with it."""
    st.html(f"<figure class='stage-chart'>{_inline(room_svg(block, language))}</figure>")


class _Figure(go.Figure):  # type: ignore[misc]  # plotly says no types
    """A figure that keeps what is sent of it: plotly copies all of it each time it is asked."""

    @snapshot.memoized
    def to_dict(self) -> dict[str, Any]:
        """Traces and layout; nobody changes them in place."""
        sent: dict[str, Any] = super().to_dict()
        return sent


@lru_cache(maxsize=128)
def _figure(spec: Spec, language: str, source: str, narrow: bool) -> go.Figure:
    """The figure of a chart; a test lets plotly check every kind, which takes six times as long."""
    figure = charts.figure(spec, language, source, narrow)
    layout = {name: value for name, value in figure["layout"].items() if value != []}
    return _Figure({"data": figure["data"], "layout": layout}, _validate=False)


@snapshot.cached(64)
def coverage_table(language: str, area: str) -> str:
    """The coverage table without its figures, as HTML: the same text for every other choice."""
    t = texts_of(language)
    units = reference("units")
    heads = coverage.country_cells(units[units["iso3"].isin(snapshot.in_area(area))], language)
    headers = rows.headers(t, coverage.COVERAGE)
    return empty_table_html(coverage.distance_note(t, units), headers, heads, (2, 5))
