"""The missions, second part: where they are, what stands beside them, and those of 2001-2016."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import snapshot, statements
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
    dates, date = [count.as_of for count in missions.counts], missions.map_date
    if len(dates) > 1:
        st.segmented_control(
            t("missions.map_date"),
            dates,
            format_func=t.date,
            key=session.widget("w_map_date", date),
            on_change=lambda: session.change(shown=session.value("w_map_date") or date),
        )
    places = mission_places.of(missions, date)
    drawing.explained_map(places.map(), height=440)
    st.caption(widgets.plain(places.stations().text))
    widgets.source_line(t, places.source, places.documents)
    listed = replace(places.missions(), source="")  # the line above says it of both
    widgets.long_table(t, listed, FEW)
    st.caption(widgets.plain(places.regions().text))
    note, lands = places.per_country()
    with st.expander(lands.title):
        widgets.table(note.text, lands.headers, lands.rows, show_caption=True)


def beside(t: Texts, missions: Missions) -> None:
    """Missions against the liaison network of the chosen release."""
    if not missions.after.missions:
        return
    st.header(t("missions.beside_title"))
    filters = missions.filters
    blocks = mission_places.beside(missions)
    if blocks is None:
        widgets.no_network(t)
        return
    st.markdown(f"**{widgets.plain(blocks.finding.text)}**")
    st.caption(widgets.plain(blocks.choice.text))
    st.page_link(
        session.page("gaps"),
        label=t("missions.to_gaps"),
        query_params=session.link(replace(filters, kinds=("mission_without_liaison",))),
    )
    areas, posts = blocks.areas, blocks.posts
    st.caption(widgets.plain(blocks.caution.text))
    widgets.top_table(t, areas)
    widgets.long_table(t, posts, 0)
    widgets.release_source(t, snapshot.store().release(filters.release))


def in_words(t: Texts, filters: Filters) -> None:
    """What the documents say of missions beside their tables."""
    table = statements.missions(t, filters)
    if len(table.rows) <= FEW:
        st.header(table.title)
    widgets.long_table(t, table, FEW)


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
