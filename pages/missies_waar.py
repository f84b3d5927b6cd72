"""The missions, second part: where they are, what stands beside them, and those of 2001-2016."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import cache, figures, findings, mission_rows, missions, state, widgets
from dashboard.charts import mission_history as charts
from dashboard.filters import Filters, to_query
from dashboard.i18n import Words
from dashboard.map_views import smallest_view
from geo import mission_cover, mission_history, mission_trends
from geo.missions import MissionCount


def where(t: Words, filters: Filters, counts: list[MissionCount]) -> None:
    """The map of one of the dates, its missions as a list, and behind a fold all countries."""
    st.header(t("missions.where"))
    dates = [count.as_of for count in counts]
    shown = dates[-1]
    if len(dates) > 1:
        shown = (
            st.segmented_control(
                t("missions.map_date"),
                dates,
                format_func=t.date,
                default=shown,
                key="mission_map_date",
            )
            or shown
        )
    units, names = cache.reference("units"), cache.names(t.language)
    everything = mission_trends.over_time(counts)
    long = everything[everything["as_of"] == shown]
    places = mission_trends.places(long)
    marks = mission_rows.stations(long, units)
    words = {
        "title": t("missions.map_title"),
        "none": t("missions.map_none"),
        "home": t("missions.map_home"),
    }
    notes = mission_rows.map_notes(t, places)
    drawn = mission_rows.on_map(units, places)
    figures.topic_map(
        t,
        filters,
        drawn,
        ("mission", "mission_region", "none"),
        height=480,
        words=words,
        notes=notes,
        officers=marks,
        view=smallest_view(units, set(places["iso3"])),
    )
    st.caption(widgets.plain(mission_rows.stations_note(t, places, marks, shown)))
    widgets.source_line(t, missions.sources(t, [counts[dates.index(shown)]]))
    widgets.table(t("missions.where"), *mission_rows.where(t, long, names))
    st.caption(t("missions.region_note"))
    with st.expander(t("missions.per_country")):
        counted = mission_trends.by_area(everything, units)
        table = mission_rows.by_country(t, counted, dates, names, units)
        widgets.table(t("missions.per_country_note"), *table, show_caption=True)


def beside(t: Words, filters: Filters, after: MissionCount) -> None:
    """Missions against the liaison network of the chosen release."""
    if not after.missions:
        return
    st.header(t("missions.beside_title"))
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        widgets.no_network(t)
        return
    frame = cache.coverage(filters.release, filters.choice, filters.language)
    names, long = cache.names(t.language), mission_trends.over_time([after])
    inside = cache.in_area(filters.area)
    areas = mission_cover.mission_areas(long, frame)
    areas = areas[areas["iso3"].isin(inside)]
    of = findings.of_whom(t, filters.organisations) or t("missions.beside_all_organisations")
    note = findings.date_note(t, release)
    st.markdown(f"**{widgets.plain(mission_rows.beside_network(t, areas, names))}**")
    source = missions.sources(t, [after])
    st.caption(t("missions.beside_choice", of=of, note=note, source=source))
    st.page_link(
        state.page("gaps"),
        label=t("missions.to_gaps"),
        query_params=to_query(replace(filters, kinds=("mission_without_liaison",))),
    )
    table = mission_rows.network_table(t, areas, names)
    widgets.table(t("missions.beside_note"), *table, show_caption=True)
    posts = mission_cover.posts_without_mission(long, frame, cache.reference("units"))
    posts = posts[posts["iso3"].isin(inside)]
    partial = "" if release["network"] == "complete" else "_partial"
    reverse = t.count(f"missions.posts{partial}", len(posts))
    st.markdown(f"**{reverse}**")
    widgets.table(reverse, *mission_rows.posts_table(t, posts, names))
    widgets.release_source(t, release)


def history(t: Words, filters: Filters) -> None:
    """The missions of 2001-2016, on an axis of their own."""
    st.header(t("missions.history"))
    st.markdown(t("missions.history_note"))
    history, names = cache.reference("mission_history"), cache.names(t.language)
    inside = cache.in_area(filters.area)
    here = [not inside.isdisjoint(codes.split()) for codes in history["areas"]]
    spans = mission_history.timeline(history[here])
    if spans.empty:
        st.info(t("missions.history_none"))
        return
    said = mission_rows.names_of_spans(spans, names, t)
    figures.chart(
        t,
        "mission_history",
        charts.timeline(spans, said, t),
        mission_rows.history_words(t, spans, said),
        *mission_rows.history_table(t, spans, said),
        t("missions.history_source"),
    )
    st.markdown(f"[{t('missions.open_source')}]({spans['source_url'].iloc[0]})")
