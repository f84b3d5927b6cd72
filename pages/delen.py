"""Parts of the three pages on the network, and the way from each to the others."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.report import Chart
from dashboard.subjects.network.posts import Part
from dashboard.web import drawing, session, widgets

WAYS = ("network", "network_load", "network_history")
FEW = 12  # rows of a table that stands open; a longer one is folded


def ways(t: Texts, filters: Filters, here: str) -> None:
    """Links to the three pages; the one that is shown is told and no link."""
    with st.container(horizontal=True, vertical_alignment="center", key="ways"):
        for name in WAYS:
            label = t(f"parts.way_{name}")
            if name == here:
                st.markdown(f"**{label}**", width="content")
            else:
                query = to_query(filters)
                st.page_link(session.page(name), label=label, query_params=query, width="content")


def jumps(t: Texts, parts: Sequence[str]) -> None:
    """Links to the parts of this page."""
    links = [f"[{t(f'network.jump_{part}')}](#{part})" for part in parts]
    with st.container(key="jumps"):
        st.markdown(f"{t('network.jump')} {' · '.join(links)}")


def part(t: Texts, part: Part) -> None:
    """What is found, the chart or table that shows it, and the notes on it."""
    if part.finding:
        st.markdown(widgets.plain(part.finding))
    if isinstance(part.block, Chart):
        drawing.chart(t, part.block)
    elif part.block:
        widgets.long_table(t, part.block, FEW)
    notes(part)


def notes(part: Part) -> None:
    """The notes of a part, small."""
    for note in part.notes:
        st.caption(widgets.plain(note))
