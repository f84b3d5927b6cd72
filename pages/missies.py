"""The missions: how many officers, how that changed, and of what the total consists."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.snapshot import report_of
from dashboard.subjects.missions import years as mission_years
from dashboard.subjects.missions.counts import Missions, printed_tables
from dashboard.web import drawing, session, widgets
from pages import missies_waar

SIDES = ("from", "to")  # the earlier and the later of the dates that are compared


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    missions = report_of(Missions, t, filters)
    st.title(missions.title)
    widgets.meaning(t, "afkortingen")
    if not missions.every:
        st.info(t("missions.none"))
        _years(t, filters)
    elif missions.any:
        with widgets.guard(t):
            _step(t, missions)
        with widgets.guard(t):
            _years(t, filters)
        with widgets.guard(t):
            missies_waar.where(t, missions)
        with widgets.guard(t):
            missies_waar.beside(t, missions)
        with widgets.guard(t):
            widgets.paste(missions.paste())
    with widgets.guard(t):
        missies_waar.in_words(t, filters)
    with widgets.guard(t):
        missies_waar.history(t, filters)


def _step(t: Texts, missions: Missions) -> None:
    """What changed between the two dates, per mission and in the total."""
    st.markdown(widgets.plain(" ".join(missions.counted)))
    for sentence in missions.faults:
        st.warning(widgets.plain(sentence))
    if len(missions.every) > 2:
        _dates(t, missions)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(t("missions.per_mission"))
        if missions.changed:
            st.markdown(widgets.plain(missions.changed))
        drawing.chart(t, missions.step_chart(), printed_tables(missions.every))
        for line in (*missions.other_names, t("missions.rule")):
            st.caption(widgets.plain(line))
    with right:
        st.header(t("missions.parts"))
        drawing.chart(t, missions.parts_chart())


def _years(t: Texts, filters: Filters) -> None:
    """All that is counted since 2001 on one axis, and the way to what is known since 1990."""
    if chart := mission_years.since_2001(t, filters):
        st.header(t("parts.all_years"), anchor="all_years")
        drawing.chart(t, chart)
        st.caption(widgets.plain(t("parts.all_years_note")))
    st.page_link(
        session.page("mission_years"), label=t("years.link"), query_params=to_query(filters)
    )


def _dates(t: Texts, missions: Missions) -> None:
    """Which two dates are compared, and behind a fold all there are."""
    pair = [count.as_of for count in missions.counts]

    def changed() -> None:
        session.change(dates=tuple(sorted(session.value(f"w_date_{side}") for side in SIDES)))

    columns = st.columns([1, 1, 3])
    for column, side, date, other in zip(columns, SIDES, pair, reversed(pair), strict=False):
        with column:
            st.selectbox(
                t(f"missions.date_{side}"),
                [count.as_of for count in missions.every if count.as_of != other],
                format_func=t.date,
                key=session.widget(f"w_date_{side}", date),
                on_change=changed,
            )
    table = missions.all_dates()
    with st.expander(table.title):
        widgets.table(table.title, table.headers, table.rows)
