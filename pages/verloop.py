"""Parts of the page on the network: its history, its key figures, and what it may cost."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.subjects.network import history, lines
from dashboard.subjects.network import load as network_load
from dashboard.subjects.network.posts import Network
from dashboard.subjects.network.rows import list_html
from dashboard.web import widgets
from pages import draagkracht


def back(t: Texts, filters: Filters) -> None:
    """The posts in EU states that the letter of 2013 ends, and what is known of them since."""
    st.header(t("network.title_back"), anchor="back")
    draagkracht.part(t, history.back(t, filters))
    if since := history.since(t, filters.area):
        st.markdown(f"**{t('network.back_when')}**")
        st.html(list_html(since))
    if story := history.between(t, filters):
        widgets.table(story.title, story.headers, story.rows, show_caption=True)


def through_time(t: Texts, filters: Filters) -> None:
    """Posts as lines from one release to the next."""
    st.header(t("time.lines"), anchor="lines")
    draagkracht.part(t, lines.lines(t, filters))


def answer(t: Texts, filters: Filters) -> None:
    """Since when there is an officer in the chosen country, where a departure was reported."""
    since = history.since(t, "", filters.land) if filters.land else []
    if not since:
        return
    with st.container(border=True, key="since"):
        st.markdown(f"**{t('network.back_when')}**")
        st.html(list_html(since))


def placement(t: Texts, filters: Filters) -> None:
    """Why here and why not there, what an officer may do, and the ways beside officers."""
    st.header(t("statements.placement"), anchor="why")
    draagkracht.part(t, history.placement(t, filters))
    st.header(t("statements.limits"), anchor="limits")
    draagkracht.part(t, history.limits(t, filters))


def key_figures(t: Texts) -> None:
    """What documents print."""
    st.header(t("network.title_figures"), anchor="figures")
    draagkracht.part(t, history.key_figures(t))


def estimate(t: Texts, net: Network) -> None:
    """What the network may cost; no document prints it."""
    costs = network_load.estimate(net)
    total, text, source = costs.total, costs.text, costs.source
    if not net.frames.complete:
        st.info(widgets.plain(text))
        return
    with st.container(border=True):
        if total:
            st.markdown(f"**{widgets.plain(total)}**")
        st.markdown(widgets.plain(text))
        if source:
            widgets.source_line(t, source, costs.documents)


def dated(t: Texts, filters: Filters) -> None:
    """Every dated fact, oldest first."""
    st.header(t("network.title_events"), anchor="events")
    draagkracht.part(t, history.dated(t, filters))
