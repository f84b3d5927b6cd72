"""What each post carries: countries that no other post serves, countries and people, distances."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import snapshot
from dashboard.filters import Filters, slug
from dashboard.i18n import Texts
from dashboard.snapshot import report_of
from dashboard.subjects.network import load as network_load
from dashboard.subjects.network import matrix as network_matrix
from dashboard.subjects.network.posts import Network
from dashboard.web import session, widgets
from pages import delen


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.network_load"))
        delen.ways(t, filters, "network_load")
        widgets.no_network(t)
        return
    net = report_of(Network, t, filters)
    st.title(network_load.headline(net))
    delen.ways(t, filters, "network_load")
    with widgets.guard(t):
        _carried(t, net)
    with widgets.guard(t):
        _load(t, net)
    with widgets.guard(t):
        _matrix(t, net)


def _carried(t: Texts, net: Network) -> None:
    """The countries that one posting alone serves, by posting."""
    st.header(t("network.title_carried"), anchor="carried")
    alone = network_load.carried(net)
    if net.frames.complete:
        delen.part(t, replace(alone, finding=""))  # it is the title
    else:
        st.info(widgets.plain(alone.finding))


def _load(t: Texts, net: Network) -> None:
    """The countries and people that each officer serves."""
    if loads := network_load.load(net):
        st.header(t("network.title_load"), anchor="load")
        delen.part(t, loads)


def _open_part() -> None:
    session.open_on("network_load", deel=slug(session.value("w_matrix")))


def _matrix(t: Texts, net: Network) -> None:
    """Which post serves which country of one part of the world, with kilometres."""
    parts = network_matrix.parts(net)
    if not parts:
        return
    st.header(t("parts.matrix"), anchor="matrix")
    st.markdown(widgets.plain(t("parts.matrix_text")))
    with st.container(key="matrix"):  # which a phone has no room for
        named = {slug(part): part for part in parts}
        chosen = named.get(session.opened().get("deel", ""), parts[0])
        if len(parts) > 1:
            st.selectbox(
                t("parts.matrix_area"),
                parts,
                format_func=t.area,
                key=session.widget("w_matrix", chosen),
                on_change=_open_part,
            )
        table = network_matrix.matrix(net, chosen)
        widgets.table(table.title, table.headers, table.rows)
        widgets.source_line(t, table.source, table.documents)
    widgets.long_table(t, network_matrix.pairs(net), 0)
