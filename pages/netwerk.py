"""The network: double posts, posts by city, and officers who are no part of a post."""

from __future__ import annotations

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Chart, Table
from dashboard.snapshot import report_of
from dashboard.subjects.network.posts import Network
from dashboard.subjects.network.rows import list_html
from dashboard.web import drawing, widgets
from pages import delen, geschiedenis

PARTS = ("double", "posts", "others")


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.network"))
        delen.ways(t, filters, "network")
        widgets.no_network(t)
        geschiedenis.answer(t, filters)
        return
    net = report_of(Network, t, filters)
    st.title(net.title)
    delen.ways(t, filters, "network")
    st.markdown(widgets.plain(net.lead))
    widgets.meaning(t, "afkortingen")
    geschiedenis.answer(t, filters)
    delen.jumps(t, PARTS)
    with widgets.guard(t):
        st.header(t("network.title_double"), anchor="double")
        delen.part(t, net.double())
    with widgets.guard(t):
        _posts(t, net)
    with widgets.guard(t):
        _others(t, net)


def _posts(t: Texts, net: Network) -> None:
    st.header(t("network.title_posts"), anchor="posts")
    posts, (heading, single) = net.posts(), net.single()
    if isinstance(posts.block, Table):  # no city has several
        st.markdown(f"**{widgets.plain(heading)}**")
        st.html(list_html(single))
        with st.expander(t("chart.table")):
            widgets.table(posts.block.title, posts.block.headers, posts.block.rows)
        widgets.source_line(t, posts.block.source, posts.block.documents)
    elif isinstance(posts.block, Chart):
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown(f"**{widgets.plain(posts.finding)}**")
            drawing.chart(t, posts.block)
            delen.notes(posts)
        if single:
            with right:
                st.markdown(f"**{widgets.plain(heading)}**")
                st.html(list_html(single))
    else:
        st.markdown(widgets.plain(posts.finding))


def _others(t: Texts, net: Network) -> None:
    st.header(t("network.title_others"), anchor="others")
    st.markdown(f"**{t('network.filo')}**")
    if filo := net.filo():
        widgets.table(filo.title, filo.headers, filo.rows)
    else:
        st.markdown(t("network.filo_none"))
    heading, placed = net.multilateral()
    st.markdown(f"**{widgets.plain(heading)}**")
    st.markdown(widgets.plain(placed.finding))
    if placed.block:
        with st.expander(t("network.multilateral_table")):
            widgets.table(placed.block.title, placed.block.headers, placed.block.rows)
    delen.notes(placed)
