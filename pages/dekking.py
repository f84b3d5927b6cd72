"""The coverage map: who serves which country, and how."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import snapshot
from dashboard.figures import colouring, map_blocks
from dashboard.figures.views import VIEWS
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.subjects import coverage, releases
from dashboard.web import drawing, session, widgets
from geo.coverage import HOME

FOLD = "coverage_list"


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.coverage"))
        widgets.no_network(t)
        return

    def above() -> None:
        st.title(map_blocks.headline(filters))
        _through_time(t, filters)
        _choices(t, filters)

    drawing.below(above, lambda: drawing.world_map(filters, height=900, described=True))
    widgets.release_source(t, release)
    st.markdown(map_blocks.paragraph(filters))
    _table(t, filters)


def _table(t: Texts, filters: Filters) -> None:
    """The whole list, behind a fold: nothing of it is made or sent before a reader opens it."""
    area, title = snapshot.in_area(filters.area), t("coverage.table")
    # The Netherlands has a row, and is not among the countries that are counted above the map.
    count, form = len(area), "rows_and_home" if HOME in area else "rows"
    label = t(f"coverage.{form}", title=title, n=count - (HOME in area))
    with st.expander(label, key=FOLD, on_change="rerun") as fold:
        if fold.open:
            table = drawing.coverage_table(filters.language, filters.area)
            st.html(widgets.searchable(t, title, count, table))
            widgets.fill(coverage.coverage_fill(filters.release, filters.choice, filters.language))


def _choices(t: Texts, filters: Filters) -> None:
    with st.container(key="map_controls"):
        search, colour, part = st.columns([3, 3, 2], vertical_alignment="bottom")
    with search:
        widgets.country_select(filters)
        # On a phone the others are folded away (see static/shell.js).
        widgets.fold(t("colouring.fold"))
    with colour:
        st.selectbox(
            t("colouring.title"),
            colouring.options(filters),
            format_func=lambda name: t(f"colouring.{name}"),
            key=session.widget("w_colouring", colouring.of(filters)),
            on_change=lambda: session.change(colouring=session.value("w_colouring")),
        )
    with part:
        # First where the map begins by itself: the area, or the world.
        views = ["", *(view for view in VIEWS if filters.area or view != "world")]
        st.selectbox(
            t("control.view"),
            views,
            format_func=lambda view: t(f"view.{view}") if view else t.area(filters.area),
            key=session.widget("w_view", filters.view),
            on_change=lambda: session.change(view=session.value("w_view")),
        )


def _through_time(t: Texts, filters: Filters) -> None:
    """A slider over the complete networks; of the others, and of one alone, it is said."""
    time = releases.timeline(t, filters.release)
    if len(time.labels) > 1 and filters.release in time.labels:
        st.select_slider(
            t("time.slider", **time.ends),
            list(time.labels),
            format_func=lambda release: time.labels[release],
            key=session.widget("w_time", filters.release),
            on_change=lambda: session.change(release=session.value("w_time")),
        )
    if (len(time.labels) > 1 and time.note) or filters.release not in time.labels:
        st.caption(widgets.plain(time.note))
    if filters.release not in time.labels:
        newest, date = list(time.labels.items())[-1]
        label = t("time.to_complete", date=date)
        show = partial(session.change, release=newest)
        st.button(label, on_click=show, type="tertiary", key="time_complete")
