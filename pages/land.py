"""The dossier of one country on one screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Map, Section, Table
from dashboard.subjects.country.dossier import Country
from dashboard.subjects.country.posts import conclusion
from dashboard.subjects.country.report import dossier_parts, of
from dashboard.web import drawing, widgets
from pages import scenario

# Parts that explain the answer, and the rows from which their tables are folded.
FOLDED = ("history", "evidence", "cover", "why")
FEW = 5


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    widgets.country_select(filters)
    if filters.land is None:
        st.title(t("country.choose"))
        st.markdown(t("country.intro"))
        return
    country = of(t, filters)
    st.title(conclusion(country))
    if not country.has_network:
        widgets.no_network(t)
    for part in dossier_parts(country):
        with widgets.guard(t):
            section = part()
            if section.blocks:
                _section(t, filters, country, section)


def _folding(t: Texts, blocks: Sequence[Block]) -> None:
    """Texts as they are; a long table behind a fold."""
    for block in blocks:
        if isinstance(block, Table):
            widgets.long_table(t, block, FEW)
        else:
            widgets.blocks([block])


def _section(t: Texts, filters: Filters, country: Country, section: Section) -> None:
    """A part of the dossier as its files have it; on the screen posts lead to scenarios."""
    st.header(section.heading)
    if section.key == "paste":
        widgets.paste(section, folded=False)
        return
    for block in section.blocks:
        if isinstance(block, Map):
            drawing.still_map(block, t.language)
    blocks = [block for block in section.blocks if not isinstance(block, Map)]
    if section.key in FOLDED:
        _folding(t, blocks)
    else:
        widgets.blocks(blocks)
    if section.key == "serving":
        if country.ground.network.complete and not country.serving.empty:
            scenario.links(t, filters, country.serving)
        widgets.release_source(t, country.ground.release)
