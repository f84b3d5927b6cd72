"""What-if and comparison for the pages, made once for every reader who asks the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard import cache, changes, rows
from dashboard import whatif as dashboard_whatif
from dashboard.comparison import Named, Told, table
from dashboard.i18n import words
from data import drafts
from data.load import places, stamp
from data.scenarios import read
from data.store import Network
from geo.comparison import Comparison, Side, compare
from geo.coverage import Choice, coverage
from geo.effect import Effect, active_posts, effect
from geo.scenario import Scenario, parse, text
from geo.whatif import apply, check


@dataclass(frozen=True, eq=False)
class Answer:
    """What a scenario does, with the networks before and after, cities in a language."""

    before: Network
    after: Network
    effect: Effect


def posts(release: str, language: str = "nl") -> pd.DataFrame:
    """The LO postings of a release by row; raises DataError."""
    postings = cache.network(release, language).postings
    return postings[postings["kind"] == "LO"].set_index("row", drop=False)


def post_labels(release: str, language: str) -> dict[int, str]:
    """Row -> the post as a list to search names it, see `whatif.post_labels`; raises DataError."""
    return _post_labels(release, language, cache.mark(release))


@cache.kept(16)
def _post_labels(release: str, language: str, mark: str) -> dict[int, str]:
    names = cache.names(language)
    return dashboard_whatif.post_labels(words(language), posts(release, language), names)


def scenario(written: str, release: str) -> Scenario:
    """The scenario of an address, checked against the release; raises DataError."""
    found = parse(written)
    checked(found, release)
    return found


def checked(found: Scenario, release: str) -> None:
    """Raises DataError where the scenario does not fit the release."""
    check(found, release, cache.network(release), cache.reference("units"), places())


def from_file(name: str, content: bytes, release: str) -> Scenario:
    """The scenario of a file about the release; raises DataError."""
    return read(name, content, cache.network(release))


def whatif(found: Scenario, choice: Choice, language: str) -> Answer:
    """What a scenario does that passed `checked`; raises DataError."""
    mark = f"{cache.mark(found.release)} {stamp('cities', 'larger_cities')}"
    return _whatif(text(replace(found, name="")), choice, language, mark)


@cache.kept(32)
def _whatif(written: str, choice: Choice, language: str, mark: str) -> Answer:
    found = parse(written)
    before = cache.network(found.release, language)
    postings, accreditations = apply(found, cache.network(found.release), places())
    named = postings["city"].map(cache.city_names(language)).fillna(postings["city"])
    after = replace(before, postings=postings.assign(city=named), accreditations=accreditations)
    was = cache.coverage(found.release, choice, language)
    now = coverage(cache.reference("units"), after.postings, after.accreditations, choice)
    numbers = [active_posts(each.postings, choice) for each in (before, after)]
    return Answer(before, after, effect(was, now, (numbers[0], numbers[1])))


def comparison(left: Named, right: Named, choice: Choice, language: str) -> Comparison:
    """Two sides under a choice that their own organisations replace; raises DataError."""
    marks = " ".join(cache.mark(side.release) for side in (left, right))
    return _comparison(left, right, choice, language, marks)


@cache.kept(32)
def _comparison(left: Named, right: Named, choice: Choice, language: str, mark: str) -> Comparison:
    one, other = (
        Side(cache.network(side.release, language), side.choice(choice)) for side in (left, right)
    )
    return compare(cache.reference("units"), one, other)


def differences(
    left: Named, right: Named, choice: Choice, language: str, area: str
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of where two sides differ in an area, see `comparison.table`."""
    marks = " ".join(cache.mark(side.release) for side in (left, right))
    return _differences(left, right, choice, language, area, marks)


@cache.kept(32)
def _differences(
    left: Named, right: Named, choice: Choice, language: str, area: str, mark: str
) -> tuple[list[str], rows.Rows]:
    found = comparison(left, right, choice, language).within(cache.in_area(area))
    return table(words(language), Told(found, left, right), cache.names(language))


def between(before: str, after: str, language: str) -> tuple[list[str], rows.Rows, str]:
    """(headers, rows, parts that stay unknown) of what changed between two releases."""
    marks = " ".join(
        cache.store().mark(table, release)
        for release in (before, after)
        for table in ("postings", "accreditations", "deployments")
    )
    return _between(before, after, language, marks)


@cache.kept(32)
def _between(before: str, after: str, language: str, mark: str) -> tuple[list[str], rows.Rows, str]:
    t = words(language)
    found = drafts.between(cache.store(), before, after)
    return (*changes.table(t, found, cache.names(language)), changes.unknown(t, found))
