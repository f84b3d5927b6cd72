"""The dossier of one country on one screen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cache, findings, records, rows, widgets
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Row
from geo import dossier
from pages import scenario


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    widgets.country_select(t, filters)
    if filters.land is None:
        st.title(t("country.choose"))
        st.markdown(t("country.intro"))
        return
    units = cache.reference("units").set_index("iso3", drop=False)
    unit = units.loc[[filters.land]].to_dict("records")[0]
    name = unit[f"name_{t.language}"]
    if release["network"] == "absent":
        st.title(name)
        widgets.no_network(t)
    else:
        with widgets.guard(t):
            _network(t, filters, unit, release)
    names = units[f"name_{t.language}"]
    left, right = st.columns(2, gap="large")
    with left, widgets.guard(t):
        _facts(t, unit, names)
    with right, widgets.guard(t):
        _history(t, filters.land)
    left, right = st.columns([5, 4], gap="large")
    with left, widgets.guard(t):
        _missions(t, filters.land)
    with right, widgets.guard(t):
        if release["network"] != "absent":
            _neighbours(t, filters, filters.land, names)


def _network(t: Words, filters: Filters, unit: Row, release: pd.Series) -> None:
    iso3, found = unit["iso3"], cache.network(filters.release, t.language)
    row = records.find(cache.coverage(filters.release, filters.choice), iso3)
    assert row is not None, "a coverage has a row for every unit"
    st.title(findings.country(t, unit[f"name_{t.language}"], row, filters))
    tables = (cache.reference("units"), found.postings, found.accreditations)
    serving = dossier.serving(iso3, *tables, filters.choice)
    if row["state"] == "home":
        pass  # nobody serves the own country; that is no gap
    elif not serving.empty:
        widgets.table(t("country.serving"), *rows.serving(t, serving))
        if found.complete:
            scenario.links(t, filters, serving)
    elif release["network"] == "complete":
        st.markdown(t("country.serving_none"))
    else:
        st.markdown(t("country.serving_unknown"))
    beyond = rows.beyond(dossier.serving(iso3, *tables), serving)
    if beyond:
        st.info(widgets.plain(t("country.beyond_choice", labels=beyond)))
    placed = found.postings[found.postings["kind"] == "multilateral"]
    placed = placed[placed["host"].eq(iso3).fillna(False)]
    if not placed.empty:
        title = t("country.placements")
        widgets.table(title, *rows.placements(t, placed), show_caption=True)
    widgets.release_source(t, release)


def _facts(t: Words, unit: Row, names: pd.Series) -> None:
    iso3 = unit["iso3"]
    about = {
        table: records.find(cache.reference(table), iso3)
        for table in ("eu_members", "priority_countries", "agreements", "map_notes")
    }
    st.header(t("country.facts"))
    widgets.facts(rows.facts(t, unit, names, about))
    if note := about["map_notes"]:
        text = f"{note[f'note_{t.language}']} ({t.date(note['as_of'])})"
        st.caption(f"**{t('country.note')}** {text}")


def _missions(t: Words, iso3: str) -> None:
    st.header(t("country.missions"))
    found = [
        row
        for count in reversed(cache.mission_counts())
        for row in rows.missions(t, count.as_of, dossier.missions_in(iso3, count.deployments))
    ]
    if found:
        keys = ("mission", "as_of", "personnel", "duty", "place")
        widgets.table(t("country.missions"), rows.headers(t, keys), found)
    else:
        st.markdown(t("country.missions_none"))
    past = dossier.concerning(iso3, cache.reference("mission_history"), "areas")
    if not past.empty:
        title = t("country.history_missions")
        widgets.table(title, *rows.past_missions(t, past), show_caption=True)


def _history(t: Words, iso3: str) -> None:
    st.header(t("country.history"))
    found = rows.events(t, dossier.concerning(iso3, cache.reference("events")))
    found += rows.events(t, dossier.concerning(iso3, cache.reference("agreements")))
    for letter in cache.releases().query("network == 'partial'").to_dict("records"):
        old = cache.network(letter["release"], t.language)
        was = dossier.serving(iso3, cache.reference("units"), old.postings, old.accreditations)
        found += rows.mentioned(t, was, letter["network_as_of"])
    if not found:
        st.markdown(t("country.history_none"))
        return
    found.sort(key=rows.first)
    widgets.table(t("country.history"), rows.headers(t, ("when", "what", "place")), found)


def _neighbours(t: Words, filters: Filters, iso3: str, names: pd.Series) -> None:
    st.header(t("country.neighbours"))
    frame = cache.coverage(filters.release, filters.choice)
    near = dossier.neighbours_of(iso3, cache.reference("neighbours"), frame)
    if near.empty:
        st.markdown(t("country.neighbours_none"))
        return
    table = rows.neighbours(t, near, names)
    widgets.table(t("country.neighbours"), *table)
