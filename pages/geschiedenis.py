"""The network through time: posts that went and came, why they are there, and what they cost."""

from __future__ import annotations

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.snapshot import report_of
from dashboard.subjects.network import history, lines
from dashboard.subjects.network import load as network_load
from dashboard.subjects.network.posts import Network
from dashboard.subjects.network.rows import list_html
from dashboard.web import widgets
from pages import delen

PARTS = ("back", "lines", "why", "limits", "figures", "events")


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    st.title(history.headline(t, filters))
    delen.ways(t, filters, "network_history")
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        widgets.no_network(t)
    answer(t, filters)
    delen.jumps(t, PARTS)
    with widgets.guard(t):
        _back(t, filters)
    with widgets.guard(t):
        _through_time(t, filters)
    with widgets.guard(t):
        _placement(t, filters)
    with widgets.guard(t):
        _costs(t, filters, release["network"] != "absent")
    with widgets.guard(t):
        _dated(t, filters)


def answer(t: Texts, filters: Filters) -> None:
    """Since when there is an officer in the chosen country, where a departure was reported."""
    since = history.since(t, "", filters.land) if filters.land else []
    if not since:
        return
    with st.container(border=True, key="since"):
        st.markdown(f"**{t('network.back_when')}**")
        st.html(list_html(since))


def _back(t: Texts, filters: Filters) -> None:
    """The posts in EU states that the letter of 2013 ends, and what is known of them since."""
    st.header(t("network.title_back"), anchor="back")
    delen.part(t, history.back(t, filters))
    if since := history.since(t, filters.area):
        title = t("network.back_when")
        with st.expander(f"{title} ({len(since)})"):
            st.html(list_html(since))
    if story := history.between(t, filters):
        widgets.long_table(t, story, 0)


def _through_time(t: Texts, filters: Filters) -> None:
    """Posts as lines from one release to the next."""
    st.header(t("time.lines"), anchor="lines")
    through_time = lines.lines(t, filters)
    if through_time.block is None:
        delen.part(t, through_time)
        return
    st.markdown(widgets.plain(through_time.finding))
    with st.expander(t("parts.lines_fold")):
        delen.part(t, lines.bare(through_time))


def _placement(t: Texts, filters: Filters) -> None:
    """Why here and why not there, what an officer may do, and the ways beside officers."""
    st.header(t("statements.placement"), anchor="why")
    delen.part(t, history.placement(t, filters))
    st.header(t("statements.limits"), anchor="limits")
    delen.part(t, history.limits(t, filters))


def _costs(t: Texts, filters: Filters, has_network: bool) -> None:
    """What documents print, and what the network may cost; no document prints that."""
    st.header(t("network.title_figures"), anchor="figures")
    delen.part(t, history.key_figures(t))
    if not has_network:
        return
    net = report_of(Network, t, filters)
    costs = network_load.estimate(net)
    if not net.frames.complete:
        st.info(widgets.plain(costs.text))
        return
    with st.container(border=True):
        if costs.total:
            st.markdown(f"**{widgets.plain(costs.total)}**")
        st.markdown(widgets.plain(costs.text))
        if costs.source:
            widgets.source_line(t, costs.source, costs.documents)


def _dated(t: Texts, filters: Filters) -> None:
    """Every dated fact, oldest first."""
    st.header(t("network.title_events"), anchor="events")
    delen.part(t, history.dated(t, filters))
