"""What is kept between runs: the store, and what was read and computed from it.

The only module that uses `st.cache_*`. Every entry is keyed by the fingerprint of the file or the
imported document it rests on, so that a change, by whatever process, is noticed on the next run.
Frames are shared between sessions and not copied: nobody changes one in place.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import findings, maps, rows, unit_rows
from dashboard.i18n import words
from dashboard.settings import Settings
from dashboard.state import Filters
from dashboard.tables import empty_table_html
from data import load
from data.drafts import Draft
from data.drafts import read as read_draft
from data.load import reference as reference
from data.store import Network, Store
from geo import coverage as geo_coverage
from geo.coverage import Choice
from geo.errors import DataError
from geo.missions import MissionCount
from geo.reading import DocumentReading


@st.cache_resource(show_spinner=False)
def warm() -> None:
    """Once per process: read what every page needs, then keep the collector away from it.

    Streamlit collects garbage after every run; walking all that is loaded costs 50 to 140 ms.
    """
    with suppress(DataError):  # the page that needs the data will say what is wrong
        coverage(store().default_release(), Choice())
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of this process."""
    return Store(settings().database_url)


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings this process was started with."""
    return Settings.from_environment()


def reading(draft: Draft, revision: int) -> DocumentReading:
    """The reading of a document under review, see `data.drafts`; raises DataError.

    `revision` of the store: what others decided since counts too.
    """
    upload = draft.upload
    told = (upload.sha256, upload.name, revision, draft.as_of, draft.missions_as_of, draft.partial)
    return _reading((*told, draft.decisions, draft.corrections, draft.reopened), draft)


# Few: each holds a whole document, also when its review was cancelled.
@st.cache_resource(max_entries=4, ttl=3600, show_spinner=False)
def _reading(told: tuple[object, ...], _draft: Draft) -> DocumentReading:
    return read_draft(store(), _draft)


def network(release: str, language: str = "nl") -> Network:
    """Postings and accreditations of a release, cities named in `language`; raises DataError."""
    store().release(release)
    return _network(release, language, mark(release))


def coverage(release: str, choice: Choice, language: str = "nl") -> pd.DataFrame:
    """The coverage of a release under `choice`, see `geo.coverage`; raises DataError."""
    store().release(release)
    return _coverage(release, choice, language, mark(release))


def headline(filters: Filters) -> str:
    """The finding of the coverage map in one sentence; raises DataError."""
    return _sentences(filters, mark(filters.release))[0]


def paragraph(filters: Filters) -> str:
    """What the coverage map shows, in words; raises DataError."""
    return _sentences(filters, mark(filters.release))[1]


@st.cache_data(max_entries=256, show_spinner=False)
def _sentences(filters: Filters, mark: str) -> tuple[str, str]:
    t = words(filters.language)
    frame = coverage(filters.release, filters.choice, filters.language)
    found = network(filters.release)
    return (
        findings.headline(t, frame, filters, found.complete),
        findings.paragraph(t, frame, found, filters, names(filters.language)),
    )


def names(language: str) -> pd.Series:
    """Code -> name of every unit in a language."""
    return reference("units").set_index("iso3")[f"name_{language}"]


def names_in_order(language: str) -> dict[str, str]:
    """The same, sorted as a reader looks for them."""
    shown = names(language)
    return dict(shown.sort_values(key=rows.sorting))


def region_names() -> list[str]:
    """The regions that a printed text may stand for."""
    return sorted(set(reference("regions")["region"]))


def city_names(language: str) -> dict[str, str]:
    """Name of each duty station in the tables -> its name in a language."""
    cities = load.places()
    shown = cities["city" if language == "nl" else "city_en"]
    return dict(zip(cities["city"], shown, strict=True))


def coverage_table(language: str) -> str:
    """The coverage table without its figures, as HTML: the same text for every choice."""
    return _coverage_table(language, load.stamp("units"))


@st.cache_data(max_entries=8, show_spinner=False)
def _coverage_table(language: str, mark: str) -> str:
    t = words(language)
    heads = unit_rows.heads(reference("units"), language)
    return empty_table_html(
        t("coverage.table_note"), rows.headers(t, unit_rows.COVERAGE), heads, (2, 5)
    )


def coverage_fill(release: str, choice: Choice, language: str) -> str:
    """The figures of the coverage table, see `unit_rows.fill`; raises DataError."""
    store().release(release)
    return _coverage_fill(release, choice, language, mark(release))


@st.cache_data(max_entries=256, show_spinner=False)
def _coverage_fill(release: str, choice: Choice, language: str, mark: str) -> str:
    return unit_rows.fill(words(language), _coverage(release, choice, language, mark))


def country_labels(language: str) -> dict[str, str]:
    """Code -> what a reader may type for it, in the order of the names."""
    return _country_labels(language, load.stamp("units", "names"))


@st.cache_data(max_entries=8, show_spinner=False)
def _country_labels(language: str, mark: str) -> dict[str, str]:
    return unit_rows.search_labels(reference("units"), reference("names"), language)


def deployments(release: str) -> pd.DataFrame:
    """The missions of a release; raises DataError."""
    store().release(release)
    return _deployments(release, store().mark("deployments", release))


def mark(release: str) -> str:
    """The state of all that a release's coverage rests on: another one when some of it changes."""
    parts = (store().mark(table, release) for table in ("postings", "accreditations"))
    return " ".join([*parts, load.stamp("units", "cities", "larger_cities", "releases")])


@st.cache_resource(max_entries=32, show_spinner=False)
def _network(release: str, language: str, mark: str) -> Network:
    found = store().network(release)
    cities = found.postings["city"]
    named = cities.map(city_names(language)).fillna(cities)  # a city that a person typed
    return replace(found, postings=found.postings.assign(city=named))


@st.cache_resource(max_entries=256, show_spinner=False)
def _coverage(release: str, choice: Choice, language: str, mark: str) -> pd.DataFrame:
    found = _network(release, language, mark)
    return geo_coverage.coverage(
        reference("units"), found.postings, found.accreditations, choice, found.complete
    )


@st.cache_data(max_entries=256, show_spinner=False)
def map_payload(filters: Filters, mark: str) -> dict[str, Any]:
    """What the map is told for the reader's choices, see `maps.payload`; raises DataError.

    `mark` is the fingerprint of the release, see `mark`.
    """
    found = network(filters.release, filters.language)
    return maps.payload(
        coverage(filters.release, filters.choice, filters.language),
        geo_coverage.of_organisations(found.postings, filters.organisations),
        geo_coverage.served(found.postings, found.accreditations, filters.choice),
        reference("units"),
        filters.land,
        {"posts", "links", "planned", *filters.layers},
        filters.language,
        words(filters.language).group("map"),
        view=filters.view,
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def _deployments(release: str, mark: str) -> pd.DataFrame:
    return store().deployments(release)


def releases() -> pd.DataFrame:
    """Table `releases`, newest first."""
    return store().releases()


def documents() -> pd.DataFrame:
    """Table `documents` by id, imported ones too."""
    return store().documents().set_index("document", drop=False)


def known() -> tuple[str, frozenset[str], frozenset[str]]:
    """(default release, all releases, all units): what an address may name."""
    units = frozenset(reference("units")["iso3"])
    return store().default_release(), frozenset(releases()["release"]), units


def mission_counts() -> list[MissionCount]:
    """One complete missions table for each reference date, the last imported; oldest first."""
    found = store().register().query("missions == 'complete' and state == 'active'")
    found = found.sort_values(["missions_as_of", "added_at"], na_position="first")
    found = found.drop_duplicates("missions_as_of", keep="last")
    return [
        MissionCount(release, as_of, deployments(release), None if pd.isna(total) else int(total))
        for release, as_of, total in zip(
            found["release"], found["missions_as_of"], found["missions_total"], strict=True
        )
    ]
