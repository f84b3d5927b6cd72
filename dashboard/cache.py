"""What is kept between runs: the store, and what was read and computed from it.

The only module that uses `st.cache_*`. Every entry is keyed by the fingerprint of the file it
rests on, so that a changed or damaged file is noticed on the next run.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.settings import Settings
from data import load
from data.load import reference
from data.store import Network, Store
from geo import coverage as geo_coverage
from geo.coverage import Choice

__all__ = ["coverage", "deployments", "network", "reference", "store"]


@st.cache_resource
def store() -> Store:
    """The one store of this process."""
    return Store(Settings.from_environment().database_url)


def network(release: str) -> Network:
    """Postings and accreditations of a release; raises DataError."""
    store().release(release)
    return _network(release, _mark(release))


def coverage(release: str, choice: Choice) -> pd.DataFrame:
    """The coverage of a release under `choice`, see `geo.coverage`; raises DataError."""
    store().release(release)
    return _coverage(release, choice, _mark(release))


def deployments(release: str) -> pd.DataFrame:
    """The missions of a release; raises DataError."""
    store().release(release)
    return _deployments(release, load.fingerprint("deployments", release))


def _mark(release: str) -> str:
    return load.fingerprint("postings", release) + load.fingerprint("accreditations", release)


@st.cache_data(max_entries=32, show_spinner=False)
def _network(release: str, mark: str) -> Network:
    return store().network(release)


@st.cache_data(max_entries=256, show_spinner=False)
def _coverage(release: str, choice: Choice, mark: str) -> pd.DataFrame:
    found = _network(release, mark)
    return geo_coverage.coverage(
        reference("units"), found.postings, found.accreditations, choice, found.complete
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _deployments(release: str, mark: str) -> pd.DataFrame:
    return store().deployments(release)
