"""What is kept between runs: the store, and what was read and computed from it.

The only module that uses `st.cache_*`. Every entry is keyed by the fingerprint of the file or the
imported document it rests on, so that a change, by whatever process, is noticed on the next run.
Frames are shared between sessions and not copied: nobody changes one in place.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from dashboard import rows
from dashboard.filters import Known
from dashboard.i18n import Words
from dashboard.settings import Settings
from dashboard.web.auth import SignIn
from data import load
from data.imports.drafts import Draft
from data.imports.drafts import read as read_draft
from data.load import reference as reference
from data.store.read import Network, Store
from geo import coverage as geo_coverage
from geo.coverage import Choice
from geo.errors import DataError
from geo.mission_trends import within
from geo.names import not_units
from geo.reading.missions import MissionCount
from geo.reading.result import DocumentReading

Given = ParamSpec("Given")
Made = TypeVar("Made")


def kept(entries: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keeps what a function made for its last `entries` arguments, for every session.

    An argument whose name starts with _ does not tell one call from another; one of the others
    must be a fingerprint of the data (see `mark`).
    """
    return st.cache_resource(max_entries=entries, show_spinner=False)


def by_content(entries: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """As `kept`, for a pure function of small frames: what is in them tells the calls apart."""
    told: dict[str | type, Callable[..., str | bytes]] = {
        Words: lambda t: t.language,
        # Streamlit's own way stumbles over cells that hold lists, and says so in the log each time.
        pd.DataFrame: lambda frame: pickle.dumps(frame),
    }
    return st.cache_resource(max_entries=entries, show_spinner=False, hash_funcs=told)


@st.cache_resource(show_spinner=False)
def warm() -> None:
    """Once per process: read what every page needs, then keep the collector away from it.

    A full collection walks all that is alive; what was loaded by now stays for good.
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


@st.cache_resource(show_spinner=False)
def sign_in() -> SignIn | None:
    """The provider this process was started with; None where the app is this machine's own."""
    return SignIn.from_environment()


def reading(draft: Draft, revision: int) -> DocumentReading:
    """The reading of a document under review, see `data.imports.drafts`; raises DataError.

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


def names(language: str) -> pd.Series:
    """Code -> name of every unit in a language."""
    return reference("units").set_index("iso3")[f"name_{language}"]


def names_in_order(language: str) -> dict[str, str]:
    """The same, sorted as a reader looks for them."""
    shown = names(language)
    return dict(shown.sort_values(key=rows.sorting))


def in_area(area: str) -> frozenset[str]:
    """The units of a continent or subregion; of the world for an empty name."""
    units = reference("units")
    inside = (units["continent"] == area) | (units["subregion"] == area) | (not area)
    return frozenset(units.loc[inside, "iso3"])


def areas() -> dict[str, list[str]]:
    """Each continent with its subregions, by their names in table `units`."""
    units = reference("units").sort_values(["continent", "subregion"])
    return {
        str(name): list(part.unique()) for name, part in units.groupby("continent")["subregion"]
    }


def region_names() -> list[str]:
    """The regions that a printed text may stand for."""
    return sorted(set(reference("regions")["region"]))


def city_names(language: str) -> dict[str, str]:
    """Name of each duty station in the tables -> its name in a language."""
    return _city_names(language, load.stamp(*load.PLACES))


@kept(8)
def _city_names(language: str, mark: str) -> dict[str, str]:
    cities = load.places()
    shown = cities["city" if language == "nl" else "city_en"]
    return dict(zip(cities["city"], shown, strict=True))


def deployments(release: str) -> pd.DataFrame:
    """The missions of a release; raises DataError."""
    store().release(release)
    return _deployments(release, store().mark("deployments", release))


def mark(release: str) -> str:
    """The state of all that a release's coverage rests on: another one when some of it changes."""
    parts = (store().mark(table, release) for table in ("postings", "accreditations"))
    return " ".join([*parts, load.stamp("units", "cities", "larger_cities", "releases")])


@kept(32)
def _network(release: str, language: str, mark: str) -> Network:
    found = store().network(release)
    cities = found.postings["city"]
    named = cities.map(city_names(language)).fillna(cities)  # a city that a person typed
    return replace(found, postings=found.postings.assign(city=named))


@kept(256)
def _coverage(release: str, choice: Choice, language: str, mark: str) -> pd.DataFrame:
    found = _network(release, language, mark)
    return geo_coverage.coverage(
        reference("units"), found.postings, found.accreditations, choice, found.complete
    )


@kept(32)
def _deployments(release: str, mark: str) -> pd.DataFrame:
    return store().deployments(release)


def releases() -> pd.DataFrame:
    """Table `releases`, newest first."""
    return store().releases()


def documents() -> pd.DataFrame:
    """Table `documents` by id, imported ones too."""
    return store().documents().set_index("document", drop=False)


def known() -> Known:
    """What an address may name."""
    units = reference("units")
    register, every = releases(), store().register()
    return Known(
        store().default_release(),
        frozenset(register["release"]),
        frozenset(units["iso3"]),
        frozenset(units["continent"]) | frozenset(units["subregion"]),
        frozenset(register.loc[register["missions"] == "complete", "missions_as_of"]),
        frozenset(every["release"]) - frozenset(register["release"]),
        not_units.meaning(reference("not_units")),
    )


def mission_counts(area: str = "") -> list[MissionCount]:
    """One complete missions table for each reference date, the last imported; oldest first.

    With an `area` only the missions in it.
    """
    found = store().register().query("missions == 'complete' and state == 'active'")
    found = found.sort_values(["missions_as_of", "added_at"], na_position="first")
    found = found.drop_duplicates("missions_as_of", keep="last")
    counts = [
        MissionCount(release, as_of, deployments(release), None if pd.isna(total) else int(total))
        for release, as_of, total in zip(
            found["release"], found["missions_as_of"], found["missions_total"], strict=True
        )
    ]
    return within(counts, in_area(area)) if area else counts
