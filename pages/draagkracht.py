"""Parts of the page on the network: what one posting carries, and how any part is drawn."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import Texts
from dashboard.report import Chart
from dashboard.subjects.network import load as network_load
from dashboard.subjects.network.posts import Network, Part
from dashboard.web import drawing, widgets


def part(t: Texts, part: Part) -> None:
    """What is found, the chart or table that shows it, and the notes on it."""
    if part.finding:
        st.markdown(widgets.plain(part.finding))
    if isinstance(part.block, Chart):
        drawing.chart(t, part.block)
    elif part.block:
        widgets.table(part.block.title, part.block.headers, part.block.rows)
    notes(part)


def notes(part: Part) -> None:
    """The notes of a part, small."""
    for note in part.notes:
        st.caption(widgets.plain(note))


def carried(t: Texts, net: Network) -> None:
    """The countries that one posting alone serves, by posting."""
    st.header(t("network.title_carried"), anchor="carried")
    found = network_load.carried(net)
    if net.frames.complete:
        part(t, found)
    else:
        st.info(widgets.plain(found.finding))


def load(t: Texts, net: Network) -> None:
    """The countries and people that each officer serves."""
    found = network_load.load(net)
    if found:
        st.header(t("network.title_load"), anchor="load")
        part(t, found)
