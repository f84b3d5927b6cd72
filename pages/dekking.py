"""The coverage map: who serves which country, and how."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, figures, findings, prepared, prepared_coverage, records, state, widgets
from dashboard.filters import Filters, to_query
from dashboard.i18n import Words
from dashboard.map_views import VIEWS


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.coverage"))
        widgets.no_network(t)
        return
    above = st.container()  # filled when the map, which the reader waits for, is on its way
    figures.world_map(filters, height=560, described=True)
    with above:
        st.title(prepared.headline(filters))
        _choices(t, filters)
        _selected(t, filters)
    widgets.release_source(t, release)
    st.markdown(prepared.paragraph(filters))
    st.header(t("coverage.table"))
    st.html(prepared_coverage.coverage_table(filters.language, filters.area))
    widgets.fill(prepared_coverage.coverage_fill(filters.release, filters.choice, filters.language))


def _choices(t: Words, filters: Filters) -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        widgets.country_select(t, filters)
    with right:
        st.pills(
            t("control.view"),
            list(VIEWS),
            format_func=lambda view: t(f"view.{view}"),
            key=state.widget("w_view", filters.view),
            on_change=lambda: state.change(view=state.value("w_view") or filters.view),
            wrap=True,
        )


def _selected(t: Words, filters: Filters) -> None:
    """The chosen country in one line; a hint in its place keeps the map where it is."""
    with st.container(key="selected", horizontal=True, vertical_alignment="center"):
        if filters.land is None:
            st.caption(t("control.choose_hint"))
            return
        frame = cache.coverage(filters.release, filters.choice, filters.language)
        row = records.find(frame, filters.land)
        assert row is not None, "a coverage has a row for every unit"
        st.markdown(
            f"**{findings.country(t, cache.names(t.language)[filters.land], row, filters)}**"
        )
        st.page_link(
            state.page("country"),
            label=t("control.open_dossier"),
            query_params=to_query(filters),
        )
        st.button(t("control.clear"), on_click=lambda: state.change(land=None), type="tertiary")
