"""The dossier of one country on one screen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cache, findings, rows, widgets
from dashboard.i18n import Words
from dashboard.state import Filters
from dashboard.tables import Cell
from geo import dossier


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    widgets.country_select(t, filters)
    if filters.land is None:
        st.title(t("country.choose"))
        st.markdown(t("country.intro"))
        return
    units = cache.reference("units").set_index("iso3", drop=False)
    unit = units.loc[filters.land]
    name = unit[f"name_{t.language}"]
    if release["network"] == "absent":
        st.title(name)
        widgets.no_network(t)
    else:
        _network(t, filters, unit, release)
    left, right = st.columns(2, gap="large")
    with left:
        _facts(t, unit, units)
        _missions(t, filters.land)
    with right:
        _history(t, filters.land)
        if release["network"] != "absent":
            _neighbours(t, filters, filters.land, units[f"name_{t.language}"])


def _network(t: Words, filters: Filters, unit: pd.Series, release: pd.Series) -> None:
    iso3, name = unit["iso3"], unit[f"name_{t.language}"]
    row = cache.coverage(filters.release, filters.choice).set_index("iso3").loc[iso3]
    st.title(findings.country(t, name, row))
    found = cache.network(filters.release)
    posts = widgets.of_organisations(found.postings, filters.organisations)
    serving = dossier.serving(iso3, cache.reference("units"), posts, found.accreditations)
    if serving.empty:
        complete = release["network"] == "complete"
        st.markdown(t("country.serving_none" if complete else "country.serving_unknown"))
    else:
        widgets.table(t("country.serving"), *rows.serving(t, serving))
    placed = posts[(posts["kind"] == "multilateral") & posts["host"].eq(iso3).fillna(False)]
    if not placed.empty:
        title = t("country.placements")
        widgets.table(title, *rows.placements(t, placed), show_caption=True)
    widgets.release_source(t, release)


def _facts(t: Words, unit: pd.Series, units: pd.DataFrame) -> None:
    iso3 = unit["iso3"]
    member = cache.reference("eu_members").set_index("iso3")["since"]
    channel = t("country.no_channel")
    if iso3 in member.index:
        channel = t("country.europol", date=t.date(member[iso3]))
    priority = cache.reference("priority_countries").set_index("iso3")
    chosen = t("country.no")
    if iso3 in priority.index:
        chosen = f"{t('country.yes')} ({findings.place(t, priority.loc[iso3])})"
    facts = [
        ("kind", t(f"kind.{unit['kind']}")),
        ("continent", t(f"continent.{unit['continent']}")),
        ("capital", unit["capital"]),
        ("area", f"{t.number(unit['area_km2'])} km²"),
        ("channel", channel),
        ("priority", chosen),
    ]
    agreements = cache.reference("agreements")
    facts += [
        ("agreement", f"{row[f'text_{t.language}']} ({t.date(row['date'])})")
        for row in agreements[agreements["iso3"] == iso3].to_dict("records")
    ]
    if unit["sovereign"] in units.index and unit["sovereign"] != iso3:
        facts.insert(1, ("sovereign", units.loc[unit["sovereign"], f"name_{t.language}"]))
    st.subheader(t("country.facts"))
    widgets.facts([(t(f"country.fact_{key}"), str(text)) for key, text in facts if pd.notna(text)])
    notes = cache.reference("map_notes").set_index("iso3")
    if iso3 in notes.index:
        note = notes.loc[iso3]
        st.caption(f"**{t('country.note')}** {note[f'note_{t.language}']} ({t.date(note['as_of'])})")


def _missions(t: Words, iso3: str) -> None:
    st.subheader(t("country.missions"))
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
        keys = ("mission", "years", "lead", "maximum")
        widgets.table(
            t("country.history_missions"),
            rows.headers(t, keys),
            rows.past_missions(t, past),
            show_caption=True,
        )


def _history(t: Words, iso3: str) -> None:
    st.subheader(t("country.history"))
    found = rows.events(t, dossier.concerning(iso3, cache.reference("events")))
    found += rows.events(t, dossier.concerning(iso3, cache.reference("agreements")))
    for partial in cache.releases().query("network == 'partial'").to_dict("records"):
        old = cache.network(partial["release"])
        was = dossier.serving(iso3, cache.reference("units"), old.postings, old.accreditations)
        found += rows.mentioned(t, was, partial["network_as_of"])
    if not found:
        st.markdown(t("country.history_none"))
        return
    found.sort(key=lambda row: str(row[0].sort) if isinstance(row[0], Cell) else "")
    widgets.table(t("country.history"), rows.headers(t, ("when", "what", "place")), found)


def _neighbours(t: Words, filters: Filters, iso3: str, names: pd.Series) -> None:
    st.subheader(t("country.neighbours"))
    frame = cache.coverage(filters.release, filters.choice)
    near = dossier.neighbours_of(iso3, cache.reference("neighbours"), frame)
    if near.empty:
        st.markdown(t("country.neighbours_none"))
        return
    found = [
        [
            Cell(names[row.neighbour], href=widgets.address("land", filters, land=row.neighbour)),
            findings.state_word(t, row.state, row.basis),
            ", ".join(findings.organisation(t, name) for name in row.organisations),
            rows.number(t, row.border_km),
        ]
        for row in near.itertuples()
    ]
    keys = ("country", "state", "organisations", "border")
    widgets.table(t("country.neighbours"), rows.headers(t, keys), found)
