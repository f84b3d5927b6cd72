"""The coverage map: who serves which country, and how."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cache, findings, rows, state, widgets
from dashboard.i18n import Words
from dashboard.maps import VIEWS
from dashboard.state import Filters
from dashboard.tables import Cell


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.coverage"))
        widgets.no_network(t)
        return
    frame = cache.coverage(filters.release, filters.choice)
    network = cache.network(filters.release)
    names = cache.reference("units").set_index("iso3")[f"name_{filters.language}"]
    st.title(findings.headline(t, frame, filters, network.complete))
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        widgets.country_select(t, filters)
    with right:
        st.pills(
            t("control.view"),
            list(VIEWS),
            format_func=lambda view: t(f"view.{view}"),
            key=state.widget("w_view", filters.view),
            on_change=lambda: state.change(view=state.value("w_view") or filters.view),
            wrap=True,
        )
    widgets.world_map(t, filters, height=560)
    widgets.release_source(t, release)
    if filters.land:
        _selected(t, filters, frame, names)
    posts = network.postings[network.postings["kind"] == "LO"]
    st.markdown(findings.paragraph(t, frame, posts, network.complete, names))
    _table(t, filters, frame, names)


def _selected(t: Words, filters: Filters, frame: pd.DataFrame, names: pd.Series) -> None:
    row = frame.set_index("iso3").loc[filters.land]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        parts = [findings.state_word(t, row["state"], row["basis"])]
        if row["cities"]:
            parts.append(t.listing(row["cities"]))
        st.markdown(f"**{names[filters.land]}** – {' · '.join(parts)}")
        st.page_link(
            state.page("country"),
            label=t("control.open_dossier"),
            query_params=state.to_query(filters),
        )
        st.button(t("control.clear"), on_click=lambda: state.change(land=None), type="tertiary")


def _table(t: Words, filters: Filters, frame: pd.DataFrame, names: pd.Series) -> None:
    found = [
        [
            Cell(row.name, href=widgets.address("land", filters, land=row.iso3)),
            findings.state_word(t, row.state, row.basis),
            rows.number(t, row.postings),
            ", ".join(findings.organisation(t, name) for name in row.organisations),
            ", ".join(row.cities),
            rows.number(t, row.distance_km),
            ", ".join(t(f"basis.{basis}") for basis in row.basis),
        ]
        for row in frame.assign(name=frame["iso3"].map(names)).sort_values("name").itertuples()
    ]
    keys = ("country", "state", "postings", "organisations", "cities", "distance", "basis")
    st.subheader(t("coverage.table"))
    widgets.table(t("coverage.table_note"), rows.headers(t, keys), found, show_caption=True)
