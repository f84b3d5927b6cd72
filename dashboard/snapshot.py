"""Everything that is computed of the data, once, for pages, files and the command line.

What is shown is a function of the store at a moment, the reference tables, the day, and a reader's
choices. A `Snapshot` keeps what was computed of one such moment; another moment (an import, a
changed file, midnight) begins a new one and drops what was. Frames are shared between readers and
not copied: nobody changes one in place.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from dashboard.filters import Filters, ValidNames
from dashboard.i18n import Texts
from dashboard.settings import Settings
from data import load
from data.load import reference
from data.store.read import Network, Store
from geo import citations, mission_years
from geo import coverage as geo_coverage
from geo import denominators as geo_denominators
from geo import evidence as geo_evidence
from geo import gaps as geo_gaps
from geo import ranking as geo_ranking
from geo.citations import Cited
from geo.errors import LimitError
from geo.evidence import Conflict
from geo.mission_trends import MissionCount, within
from geo.names import not_units
from geo.names.normalise import key
from geo.options import Choice

if TYPE_CHECKING:
    from data.imports.drafts import Draft
    from data.indicators import Indicators
    from geo.reading.result import DocumentReading

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Owner = TypeVar("Owner")
# Each report holds what a page shows, up to about 2 MB; the pages of one set of choices are ten.
REPORTS = 60


@dataclass(frozen=True)
class Subject:
    """What a subject shows of one release under the reader's choices, in the words of `t`."""

    t: Texts
    filters: Filters

    @cached_property
    def release(self) -> pd.Series:
        """The row of the release; raises DataError for one that is not there."""
        return store().release(self.filters.release)


@dataclass(eq=False)
class Snapshot:
    """What was computed of the data of one moment; `version` is another text for another one."""

    version: str
    _results: dict[Hashable, OrderedDict[Hashable, _Result]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def result(
        self, name: Hashable, at: Hashable, entries: int, compute: Callable[[], Result]
    ) -> Result:
        """What `compute` gave for `at`, computed once however many ask at the same time.

        Of each `name` the last `entries` that were asked for are kept. Raises what `compute`
        raises; that is not kept.
        """
        with self._lock:
            results = self._results.setdefault(name, OrderedDict())
            entry = results.setdefault(at, _Result())
            results.move_to_end(at)
            if len(results) > entries:
                results.popitem(last=False)
        with entry.lock:
            if not entry.is_there:
                entry.value = compute()
                entry.is_there = True
        return cast("Result", entry.value)


@dataclass(eq=False)
class _Result:
    """A place for a result, and the lock of whoever computes it."""

    value: Any = None
    is_there: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)


_latest = Snapshot("")
_pinned = threading.local()


def current() -> Snapshot:
    """The snapshot of this moment, or of the one that `steady` holds; raises DataError."""
    return getattr(_pinned, "snapshot", None) or _now()


def _now() -> Snapshot:
    global _latest
    # Ages of documents are counted from today.
    version = f"{store().version()} {load.version()} {dt.date.today().isoformat()}"
    if _latest.version != version:
        _latest = Snapshot(version)
    return _latest


@contextmanager
def steady() -> Iterator[None]:
    """Within it this thread sees the data of one moment; raises DataError.

    Within another one it is the moment of that.
    """
    if getattr(_pinned, "snapshot", None):
        yield
        return
    with store().steady():
        _pinned.snapshot = _now()
        try:
            yield
        finally:
            _pinned.snapshot = None


def look_again() -> None:
    """Within `steady`, see the data as they are now; raises DataError."""
    store().look_again()
    if getattr(_pinned, "snapshot", None):
        _pinned.snapshot = _now()


def cached(
    entries: int, at: Callable[..., Hashable] | None = None
) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Keep what a function computed in the snapshot, for its last `entries` arguments.

    The arguments tell one call from another, or what `at` makes of them; one that is left out is
    what it is by default.
    """

    def keeping(compute: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        name = f"{compute.__module__}.{compute.__qualname__}"
        usual = [each.default for each in signature(compute).parameters.values()]

        @wraps(compute)
        def once(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
            if at:
                place = at(*args, **named)
            else:
                left_out = () if named else usual[len(args) :]
                place = (*args, *left_out), tuple(sorted(named.items()))
            return current().result(name, place, entries, lambda: compute(*args, **named))

        return once

    return keeping


def report_of(make: Callable[[Texts, Filters], Result], t: Texts, filters: Filters) -> Result:
    """`make(t, filters)`, as it was computed for the last reader with these choices.

    Raises what `make` raises. Nobody changes what it gives in place.
    """
    name = f"{make.__module__}.{make.__qualname__}"
    at = (name, t.language, filters)
    return current().result("reports", at, REPORTS, lambda: make(t, filters))


def memoized(
    compute: Callable[Concatenate[Owner, Arguments], Result],
) -> Callable[Concatenate[Owner, Arguments], Result]:
    """Keep what a function computed of an object with that object, for as long as it lives.

    The function's further arguments are plain values or lists of them.
    """

    @wraps(compute)
    def once(owner: Owner, *args: Arguments.args, **named: Arguments.kwargs) -> Result:
        results: dict[object, Result] = owner.__dict__.setdefault("_results", {})
        plain = (tuple(one) if isinstance(one, list) else one for one in (*args, *named.items()))
        at = (compute.__qualname__, *plain)
        if at not in results:
            results[at] = compute(owner, *args, **named)
        return results[at]

    return cast("Callable[Concatenate[Owner, Arguments], Result]", once)


# --- the store and what is in it ------------------------------------------------------------------


_begun: Settings | None = None


@cache
def settings() -> Settings:
    """The settings this process was started with; raises DataError."""
    return _begun or Settings.from_environment()


@cache
def store() -> Store:
    """The one store of this process; raises DataError."""
    return Store(settings().database_url)


def begin(chosen: Settings | None = None) -> None:
    """Begin anew, as a process does that has just started.

    The store of the `chosen` settings, else of those in the environment, is opened at its next use.
    """
    global _begun
    _begun = chosen
    _pinned.snapshot = None
    settings.cache_clear()
    store.cache_clear()


def releases() -> pd.DataFrame:
    """Table `releases`, newest first."""
    return store().releases()


@cached(1)
def documents() -> pd.DataFrame:
    """Table `documents` by id, imported ones too."""
    return store().documents().set_index("document", drop=False)


@cached(1)
def valid_names() -> ValidNames:
    """What an address may name."""
    units = reference("units")
    register, every = releases(), store().register()
    return ValidNames(
        store().default_release(),
        frozenset(register["release"]),
        frozenset(units["iso3"]),
        frozenset(units["continent"]) | frozenset(units["subregion"]),
        frozenset(register.loc[register["missions"] == "complete", "missions_as_of"]),
        mission_names,
        frozenset(every["release"]) - frozenset(register["release"]),
        not_units.meaning(reference("not_units")),
    )


def fingerprint(release: str) -> str:
    """A text that changes when a row of the release changes; raises DataError."""
    tables = ("postings", "accreditations", "deployments")
    return " ".join(store().fingerprint(table, release) for table in tables)


def _settled(draft: Draft) -> Hashable:
    """All of a draft that its reading depends on, beside the store."""
    upload = draft.upload
    dates = (draft.as_of, draft.missions_as_of, draft.partial)
    return (upload.sha256, upload.name, *dates, draft.decisions, draft.corrections, draft.reopened)


@cached(4, _settled)  # few: each holds a whole document
def reading(draft: Draft) -> DocumentReading:
    """The reading of a document under review, see `data.imports.drafts`; raises DataError."""
    from data.imports import drafts  # reads every format of document: slow to import

    return drafts.read(store(), draft)


# --- units and places -----------------------------------------------------------------------------


@cached(2)
def names(language: str) -> pd.Series:
    """Code -> name of every unit in a language."""
    return reference("units").set_index("iso3")[f"name_{language}"]


@cached(1)
def unit_kinds() -> dict[str, str]:
    """Code -> state, disputed or territory, of every unit."""
    units = reference("units")
    return dict(zip(units["iso3"].tolist(), units["kind"].tolist(), strict=True))


@cached(1)
def people() -> dict[str, int]:
    """Code -> inhabitants, of every unit of which they are known."""
    counted = reference("populations").dropna(subset=["population"])
    return dict(zip(counted["iso3"].tolist(), map(int, counted["population"]), strict=True))


@cached(2)
def names_in_order(language: str) -> dict[str, str]:
    """The same, sorted as a reader looks for them."""
    return dict(names(language).sort_values(key=lambda texts: texts.map(key)))


@cached(64)
def in_area(area: str) -> frozenset[str]:
    """The units of a continent or subregion; of the world for an empty name."""
    units = reference("units")
    inside = (units["continent"] == area) | (units["subregion"] == area) | (not area)
    return frozenset(units.loc[inside, "iso3"])


@cached(1)
def areas() -> dict[str, list[str]]:
    """Each continent with its subregions, by their names in table `units`."""
    units = reference("units").sort_values(["continent", "subregion"])
    return {
        str(name): list(part.unique()) for name, part in units.groupby("continent")["subregion"]
    }


def region_names() -> list[str]:
    """The regions that a printed text may stand for."""
    return sorted(set(reference("regions")["region"]))


@cached(2)
def city_names(language: str) -> dict[str, str]:
    """Name of each duty station in the tables -> its name in a language."""
    cities = load.places()
    translated = cities["city" if language == "nl" else "city_en"]
    return dict(zip(cities["city"], translated, strict=True))


# --- the network of a release ---------------------------------------------------------------------


@cached(32)
def network(release: str, language: str = "nl") -> Network:
    """Postings and accreditations of a release, cities named in `language`; raises DataError."""
    stored = store().network(release)
    cities = stored.postings["city"]
    named = cities.map(city_names(language)).fillna(cities)  # a city that a person typed
    return replace(stored, postings=stored.postings.assign(city=named))


def complete_network(release: str) -> Network:
    """The network of a release, all of it; raises LimitError where it is only a part."""
    frames = network(release)
    if not frames.complete:
        raise LimitError("needs_of_partial_release")
    return frames


@cached(256)
def coverage(release: str, choice: Choice, language: str = "nl") -> pd.DataFrame:
    """The coverage of a release under `choice`, see `geo.coverage`; raises DataError."""
    if language != "nl":  # only cities have another name
        frame, called = coverage(release, choice), city_names(language)
        cities = [sorted({called.get(city, city) for city in each}) for each in frame["cities"]]
        return frame.assign(cities=pd.Series(cities, index=frame.index, dtype=object))
    served = network(release)
    return geo_coverage.coverage(
        reference("units"), served.postings, served.accreditations, choice, served.complete
    )


@cached(64)
def denominators(release: str, choice: Choice) -> pd.DataFrame:
    """How much of each subregion is covered, see `geo.denominators`; raises DataError."""
    units, people = reference("units"), reference("populations")
    return geo_denominators.denominators(coverage(release, choice), units, people)


@cached(64)
def cited(release: str, choice: Choice) -> Cited:
    """iso3 -> the printed rows that serve it, see `geo.citations`; raises DataError."""
    served = network(release)
    return citations.placed(served.postings, served.accreditations, choice)


@cached(8)
def flexible(release: str) -> pd.Series:
    """iso3 -> organisations whose flexible officer has the unit as its area; raises DataError."""
    served = network(release)
    postings = served.postings[served.postings["kind"] == "FILO"]
    serving = geo_coverage.served(postings, served.accreditations, Choice(filo=True))
    return serving.groupby("iso3")["organisation"].agg(lambda names: sorted(set(names)))


@cached(1)
def conflicts() -> list[Conflict]:
    """Where other sources and the newest complete network do not agree, see `geo.evidence`.

    Raises DataError.
    """
    newest = store().default_release()
    served = network(newest)
    as_of = str(store().release(newest)["network_as_of"])
    return geo_evidence.conflicts(
        reference("evidence"), served.postings, served.accreditations, as_of
    )


# --- missions -------------------------------------------------------------------------------------


@cached(32)
def deployments(release: str) -> pd.DataFrame:
    """The missions of a release; raises DataError."""
    return store().deployments(release)


@cached(16)
def mission_counts(area: str = "") -> list[MissionCount]:
    """One complete missions table for each reference date, the last imported; oldest first.

    With an `area` only the missions in it.
    """
    complete = store().register().query("missions == 'complete' and state == 'active'")
    complete = complete.sort_values(["missions_as_of", "added_at"], na_position="first")
    complete = complete.drop_duplicates("missions_as_of", keep="last")
    counts = [
        MissionCount(release, as_of, deployments(release), None if pd.isna(total) else int(total))
        for release, as_of, total in zip(
            complete["release"],
            complete["missions_as_of"],
            complete["missions_total"],
            strict=True,
        )
    ]
    return within(counts, in_area(area)) if area else counts


@cached(1)
def mission_names() -> list[str]:
    """Every mission that some source counts or dates, in order; raises DataError."""
    counts = [name for count in mission_counts() for name in count.deployments["mission"]]
    return sorted({*counts, *past_missions(), *_dated_missions()}, key=str.casefold)


@cached(1)
def past_missions() -> list[str]:
    """What each row of `mission_history` is called in every language; raises DataError."""
    return mission_years.past_names(reference("mission_history"), _dated_missions(), names("nl"))


def _dated_missions() -> set[str]:
    tables = ("un_police", "mission_evidence")
    return {name for table in tables for name in reference(table)["mission"].dropna()}


# --- gaps and their ranking -----------------------------------------------------------------------


@cached(32)
def untellable(release: str) -> set[str]:
    """The kinds of gap on which the documents are silent, see `geo.gaps`; raises DataError."""
    return geo_gaps.untellable(releases(), release)


@cached(64)
def gaps(release: str, choice: Choice, language: str = "nl") -> pd.DataFrame:
    """The gaps of a release under `choice`, see `geo.gaps`; raises DataError."""
    about = store().release(release)
    earlier = geo_gaps.earlier_complete(releases(), release)
    return geo_gaps.gaps(
        coverage(release, choice, language),
        everyone=coverage(release, replace(choice, organisations=()), language),
        deployments=deployments(release) if about["missions"] == "complete" else None,
        earlier=[coverage(name, choice, language) for name in earlier],
        complete=bool(about["network"] == "complete"),
    )


def ranking(
    filters: Filters,
    indicators: Indicators | None,
    weights: tuple[tuple[str, int], ...],
    scaling: geo_ranking.Scaling = geo_ranking.USUAL,
    among: tuple[str, ...] = (),
) -> geo_ranking.Ranking:
    """Every unit in order and why, see `geo.ranking`; raises DataError.

    `among` are the units between which figures are scaled where `scaling` says that; elsewhere
    they change nothing, and nothing is ranked again.
    """
    year = indicators.year(filters.year) if indicators else None
    scaling = scaling if indicators else geo_ranking.Scaling(unknown=scaling.unknown)
    among = among if scaling.basis == "gaps" else ()
    of_network = (filters.release, filters.choice, filters.language)
    return _ranking(*of_network, indicators, year, weights, scaling, among)


def _ranked_by(
    release: str,
    choice: Choice,
    language: str = "nl",
    indicators: Indicators | None = None,
    *others: Hashable,
) -> Hashable:
    """All that tells one ranking from another; figures go by the fingerprint of their file."""
    return (release, choice, language, indicators.sha256 if indicators else "", *others)


@cached(64, _ranked_by)
def _ranking(
    release: str,
    choice: Choice,
    language: str,
    indicators: Indicators | None,
    year: int | None,
    weights: tuple[tuple[str, int], ...],
    scaling: geo_ranking.Scaling,
    among: tuple[str, ...],
) -> geo_ranking.Ranking:
    values = gap_values(release, choice, language, indicators, year)
    return geo_ranking.rank(values, dict(weights), names(language), scaling, among)


@cached(16, _ranked_by)
def gap_values(
    release: str,
    choice: Choice,
    language: str = "nl",
    indicators: Indicators | None = None,
    year: int | None = None,
) -> geo_ranking.Values:
    """What the score of each unit is made of, see `geo.ranking.values`; raises DataError."""
    return geo_ranking.values(
        gaps(release, choice, language),
        _nearest_km(release, choice.organisations),
        reference("populations"),
        reference("priority_countries"),
        reference("eu_members"),
        indicators.reading.of_year(year) if indicators else None,
    )


@cached(32)
def _nearest_km(release: str, organisations: tuple[str, ...]) -> pd.Series:
    return geo_gaps.nearest_km(reference("units"), network(release).postings, organisations)
