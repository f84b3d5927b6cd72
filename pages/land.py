"""The dossier of one country on one screen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Text
from dashboard.snapshot import report_of
from dashboard.subjects.country.dossier import Country, CountryTables
from dashboard.web import widgets
from geo.coverage import HOME
from pages import scenario


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    widgets.country_select(t, filters)
    if filters.land is None:
        st.title(t("country.choose"))
        st.markdown(t("country.intro"))
        return
    # The ground is the same whichever country stands on it.
    ground = report_of(CountryTables, t, replace(filters, land=None))
    country = Country(ground, filters.land)
    if not country.has_network:
        st.title(country.title)
        widgets.no_network(t)
    else:
        with widgets.guard(t):
            _network(t, filters, country)
    left, right = st.columns(2, gap="large")
    with left, widgets.guard(t):
        st.header(t("country.facts"))
        widgets.facts(country.facts())
        if country.note:
            st.caption(f"**{t('country.note')}** {country.note}")
    with right, widgets.guard(t):
        st.header(t("country.history"))
        widgets.blocks(country.history())
    with widgets.guard(t):
        st.header(t("country.missions"))
        widgets.blocks(country.missions())
    if country.has_network:
        with widgets.guard(t):
            st.header(t("country.neighbours"))
            widgets.blocks(country.neighbours())
    if country.iso3 != HOME:
        with widgets.guard(t):
            st.header(t("statements.why"))
            widgets.blocks(country.why(), headed=False)


def _network(t: Texts, filters: Filters, country: Country) -> None:
    st.title(country.title)
    notes = [block for block in country.served_by() if isinstance(block, Text)]
    widgets.blocks([block for block in country.served_by() if block not in notes])
    if country.ground.network.complete and not country.serving.empty:
        scenario.links(t, filters, country.serving)
    widgets.blocks([*notes, *country.placements()], headed=False)
    if takers := country.takers():
        st.header(t("planning.takers"))
        widgets.blocks(takers)
    widgets.release_source(t, country.ground.release)
