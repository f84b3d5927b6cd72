"""Police in missions since 1990: every source in a panel of its own, below one axis of years."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.report import Chart, Section, Table, Text
from dashboard.snapshot import report_of
from dashboard.subjects.missions import years as mission_years
from dashboard.subjects.missions import years_chart
from dashboard.subjects.missions.years_data import FIRST, Years
from dashboard.web import drawing, session, widgets
from geo.mission_years import months
from geo.schemas import CONTRIBUTORS

BOTH = "both"
BESIDE = ("year_ends", "doubts")  # narrow tables


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    years = mission_years.of(t, filters)
    # The month that is read changes no chart.
    report = report_of(mission_years.report, t, replace(filters, month=""))
    st.page_link(session.page("missions"), label=t("years.back"), query_params=to_query(filters))
    st.title(report.title)
    st.markdown(widgets.plain(" ".join(report.summary)))
    _choices(t, filters)
    parts = {section.key: section for section in report.sections}
    beside = [parts.pop(key) for key in BESIDE if key in parts]
    for section in [*parts.values()]:
        with widgets.guard(t):
            _section(t, section)
        if section.key == "years" and years.runs:
            _month(t, filters, years)
        if section.key == "ends" or (section.key == "panel_sources" and "ends" not in parts):
            for column, each in zip(st.columns([2, 3], gap="large"), beside, strict=False):
                with column, widgets.guard(t):
                    _section(t, each)


def _choices(t: Texts, filters: Filters) -> None:
    """Whose police, and in which mission."""
    left, right, _ = st.columns([3, 2, 2])
    with left:
        st.segmented_control(
            t("years.sender"),
            (BOTH, *CONTRIBUTORS),
            format_func=lambda name: t(f"years.short_{name}"),
            key=session.widget("w_sender", filters.sender or BOTH),
            on_change=lambda: session.change(
                sender=(session.value("w_sender") or BOTH).replace(BOTH, "")
            ),
        )
    with right:
        st.selectbox(
            t("years.mission"),
            ("", *snapshot.mission_names()),
            format_func=lambda name: mission_name(t, name) or t("years.every_mission"),
            key=session.widget("w_mission", filters.mission),
            on_change=lambda: session.change(mission=session.value("w_mission")),
        )


def _section(t: Texts, section: Section) -> None:
    """A heading with its charts, tables and notes."""
    st.header(widgets.plain(section.heading), anchor=section.key)
    for block in section.blocks:
        if isinstance(block, Chart) and section.key == "ends":
            with st.expander(f"{widgets.plain(block.title)} ({t.number(len(block.rows))})"):
                drawing.chart(t, block)
        elif isinstance(block, Chart):
            drawing.chart(t, block)
        elif isinstance(block, Table):
            widgets.long_table(t, block, 6)
        elif isinstance(block, Text):
            st.caption(widgets.plain(block.text))


def _month(t: Texts, filters: Filters, years: Years) -> None:
    """What the sources say of one month, for whoever has no pointer."""
    every = months(f"{FIRST}-01", years.newest)
    last = max(runs[-1].last for runs in years.runs.values())
    chosen = filters.month if filters.month in every else last
    st.select_slider(
        t("years.month"),
        every,
        format_func=t.date,
        key=session.widget("w_month", chosen),
        on_change=lambda: session.change(month=session.value("w_month")),
    )
    lines = years_chart.reading(years, chosen)
    st.markdown(f"**{t('years.month_title', month=t.date(chosen))}**")
    st.markdown(widgets.plain(". ".join([*lines, ""])).strip())
