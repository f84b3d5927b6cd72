"""Parts of the page on the network: its history, its key figures, and what it may cost."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, figures, findings, widgets
from dashboard import network_history as history
from dashboard.charts import network as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.network import list_html
from dashboard.network_load import cost_text
from dashboard.network_shown import Shown
from geo.coverage import of_organisations
from geo.network import cost


def back(t: Words, filters: Filters) -> None:
    """The posts in EU states that the letter of 2013 ends, and what is known of them since."""
    st.header(t("network.title_back"), anchor="back")
    marks = history.marks(filters.area)
    if marks.empty:
        st.markdown(t("network.back_none"))
        return
    found = history.returns(marks)
    number = int((found["state"] == "present").sum())
    st.markdown(t("network.back_text", back=number, all=len(found)))
    heads, table = history.chain_rows(t, marks)
    register = cache.releases()
    used = ", ".join(register.loc[register["network"] != "absent", "release"])
    figures.chart(
        t,
        "chains",
        charts.chains(history.said(t, marks), history.titles(t, marks), t),
        history.alternative(t, marks),
        heads,
        table,
        t("network.chains_source", releases=used),
    )
    st.caption(t("network.back_note"))
    st.markdown(f"**{t('network.back_when')}**")
    st.html(list_html(history.since_list(t, table)))


def answer(t: Words, filters: Filters) -> None:
    """Since when there is an officer in the chosen country, where a departure was reported."""
    marks = history.marks("")
    marks = marks[marks["iso3"] == filters.land]
    if marks.empty:
        return
    with st.container(border=True, key="since"):
        st.markdown(f"**{t('network.back_when')}**")
        st.html(list_html(history.since_list(t, history.chain_rows(t, marks)[1])))


def key_figures(t: Words, filters: Filters, found: Shown | None) -> None:
    """What documents print, and an estimate that none does; `found` where there is a network."""
    st.header(t("network.title_figures"), anchor="figures")
    widgets.table(t("network.title_figures"), *history.figure_rows(t))
    st.caption(t("network.figures_note"))
    if found is None:
        return
    if not found.complete:
        st.info(t("network.cost_partial"))
        return
    each = cache.reference("key_figures").set_index("figure").loc["cost_2020"]
    sums = cost(of_organisations(found.postings, filters.organisations), float(str(each["value"])))
    with st.container(border=True):
        if not sums.posts:
            st.markdown(t("network.cost_none"))
            return
        st.markdown(f"**{t('network.cost_title', total=round(sums.total / 1e6, 1))}**")
        st.markdown(cost_text(t, sums, filters))
        widgets.source_line(t, f"{findings.place(t, dict(each))}; {filters.release}")


def dated(t: Words, filters: Filters) -> None:
    """Every dated fact, oldest first."""
    st.header(t("network.title_events"), anchor="events")
    heads, table = history.timeline_rows(t, filters.area)
    if table:
        st.markdown(t("network.events_text"))
        widgets.table(t("network.title_events"), heads, table)
    else:
        st.markdown(t("network.events_none"))
