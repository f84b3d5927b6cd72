"""What-if and comparison for the pages, made once for every reader who asks the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard import cache, posts
from dashboard.i18n import words
from data.load import places, stamp
from data.scenarios import read, release_of
from data.store import Network
from geo.coverage import Choice, coverage
from geo.effect import Effect, active_hosts, effect
from geo.errors import DataError
from geo.scenario import Scenario, fault, parse, text
from geo.whatif import apply, check
from geo.workareas import WorkAreas, work_areas


@dataclass(frozen=True, eq=False)
class Answer:
    """What a scenario does, with the networks before and after, cities in a language."""

    before: Network
    after: Network
    effect: Effect
    areas: WorkAreas


def printed(release: str, language: str = "nl") -> pd.DataFrame:
    """The LO postings of a release by row; raises DataError."""
    postings = cache.network(release, language).postings
    return postings[postings["kind"] == "LO"].set_index("row", drop=False)


def post_labels(release: str, language: str) -> dict[int, str]:
    """Row -> the post as a list to search names it, see `posts.post_labels`; raises DataError."""
    return _post_labels(release, language, cache.mark(release))


@cache.kept(16)
def _post_labels(release: str, language: str, mark: str) -> dict[int, str]:
    names = cache.names(language)
    return posts.post_labels(words(language), printed(release, language), names)


def scenario(written: str, release: str) -> Scenario:
    """The scenario of an address, checked against the release; raises DataError."""
    found = parse(written)
    _there(found.release)
    checked(found, release)
    return found


def _there(release: str) -> None:
    """Raises the DataError of a scenario whose release was withdrawn or never was there.

    Before anything else is said of it: to choose that release is no advice then.
    """
    try:
        cache.store().release(release)
    except DataError as error:
        raise fault(error.reason, release, error.advice) from error


def checked(found: Scenario, release: str) -> None:
    """Raises DataError where the scenario does not fit the release."""
    check(found, release, cache.network(release), cache.reference("units"), places())


def from_file(name: str, content: bytes, release: str) -> Scenario:
    """The scenario of a file about the release it names, or else `release`; raises DataError."""
    about = release_of(content) or release
    _there(about)
    return read(name, content, cache.network(about))


def whatif(found: Scenario, choice: Choice, language: str) -> Answer:
    """What a scenario does that passed `checked`; raises DataError."""
    mark = f"{cache.mark(found.release)} {stamp('cities', 'larger_cities', 'units')}"
    return _whatif(text(replace(found, name="")), choice, language, mark)


@cache.kept(32)
def _whatif(written: str, choice: Choice, language: str, mark: str) -> Answer:
    found = parse(written)
    before = cache.network(found.release, language)
    stored, units = cache.network(found.release), cache.reference("units")
    postings, accreditations = apply(found, stored, units, places())
    tables = (stored.postings, stored.accreditations)
    areas = work_areas(found, tables, (postings, accreditations), units)
    most = areas.farthest.km if areas.farthest else np.inf
    named = postings["city"].map(cache.city_names(language)).fillna(postings["city"])
    after = replace(before, postings=postings.assign(city=named), accreditations=accreditations)
    was = cache.coverage(found.release, choice, language)
    hosts = active_hosts(before.postings, choice), active_hosts(after.postings, choice)

    def cover(by: Choice) -> pd.DataFrame:
        return coverage(units, after.postings, after.accreditations, by)

    everyone = None
    if choice.organisations:
        every = replace(choice, organisations=())
        everyone = cache.coverage(found.release, every, language), cover(every)
    return Answer(before, after, effect(was, cover(choice), hosts, everyone, most), areas)
