"""The missions, second part: where they are, what stands beside them, and those of 2001-2016."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import provenance, snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.subjects.missions import places as mission_places
from dashboard.subjects.missions import report as missions_report
from dashboard.subjects.missions.counts import Missions
from dashboard.web import drawing, session, widgets

FEW = 4  # rows of a table that stand open; a longer one is folded


def where(t: Texts, missions: Missions) -> None:
    """The map of one of the dates, its missions as a list, and behind a fold all countries."""
    st.header(t("missions.where"))
    dates, shown = [count.as_of for count in missions.counts], missions.map_date
    if len(dates) > 1:
        st.segmented_control(
            t("missions.map_date"),
            dates,
            format_func=t.date,
            key=session.widget("w_map_date", shown),
            on_change=lambda: session.change(shown=session.value("w_map_date") or shown),
        )
    here = mission_places.of(missions, shown)
    drawing.explained_map(here.map(), height=440)
    st.caption(widgets.plain(here.stations().text))
    widgets.source_line(t, here.source, here.documents)
    listed = replace(here.missions(), source="")  # the line above says it of both
    widgets.long_table(t, listed, FEW)
    st.caption(widgets.plain(here.regions().text))
    note, lands = here.per_country()
    with st.expander(lands.title):
        widgets.table(note.text, lands.headers, lands.rows, show_caption=True)


def beside(t: Texts, missions: Missions) -> None:
    """Missions against the liaison network of the chosen release."""
    if not missions.after.missions:
        return
    st.header(t("missions.beside_title"))
    filters = missions.filters
    known = mission_places.beside(missions)
    if known is None:
        widgets.no_network(t)
        return
    st.markdown(f"**{widgets.plain(known.finding.text)}**")
    st.caption(widgets.plain(known.choice.text))
    st.page_link(
        session.page("gaps"),
        label=t("missions.to_gaps"),
        query_params=session.link(replace(filters, kinds=("mission_without_liaison",))),
    )
    areas, posts = known.areas, known.posts
    st.caption(widgets.plain(known.caution.text))
    widgets.top_table(t, areas)
    widgets.long_table(t, posts, 0)
    widgets.release_source(t, snapshot.store().release(filters.release))


def statements(t: Texts, filters: Filters) -> None:
    """What the documents say of missions beside their tables."""
    said = provenance.missions(t, filters)
    if len(said.rows) <= FEW:
        st.header(said.title)
    widgets.long_table(t, said, FEW)


def history(t: Texts, filters: Filters) -> None:
    """The missions of 2001-2016, on an axis of their own."""
    chart = missions_report.timeline(t, filters)
    if chart is None:
        st.header(t("missions.history"))
        st.info(t("missions.history_none"))
        return
    with st.expander(f"{chart.title} ({t.number(len(chart.rows))})"):
        st.markdown(widgets.plain(t("missions.history_note")))
        drawing.chart(t, chart)
        for line in missions_report.history_against(t, filters):
            st.markdown(widgets.plain(line))
        st.markdown(f"[{t('missions.open_source')}]({missions_report.address()})")
