"""What the page of gaps rests on, prepared once for every reader who makes the same choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard import snapshot
from dashboard.filters import Filters
from data import load
from data.indicators import Indicators
from geo import denominators as geo_denominators
from geo import gaps as geo_gaps
from geo import ranking as geo_ranking
from geo.citations import Cited, placed
from geo.coverage import Choice, served


def of_release(
    releases: pd.DataFrame,
    release: str,
    choice: Choice,
    cover: Callable[[str, Choice], pd.DataFrame],
    missions: Callable[[str], pd.DataFrame],
) -> pd.DataFrame:
    """The gaps of a release under `choice`, with its missions and what was before.

    `releases` is the table of `geo.schemas`; `cover` gives the coverage of a release under a
    choice, `missions` the deployments of a release that has a table of them.
    """
    about = releases.set_index("release").loc[release]
    return geo_gaps.gaps(
        cover(release, choice),
        everyone=cover(release, replace(choice, organisations=())),
        deployments=missions(release) if about["missions"] == "complete" else None,
        earlier=[cover(name, choice) for name in geo_gaps.earlier_complete(releases, release)],
        complete=bool(about["network"] == "complete"),
    )


class _Asked(NamedTuple):
    """What a ranking depends on beside the release and the choice; `sha` of own figures."""

    sha: str
    year: int | None
    weights: tuple[tuple[str, int], ...]
    scaling: geo_ranking.Scaling
    among: tuple[str, ...]


_TABLES = ("populations", "priority_countries", "eu_members")


def gaps(filters: Filters) -> pd.DataFrame:
    """The gaps of the chosen release, see `geo.gaps`; raises DataError."""
    return _gaps(filters.release, filters.choice, filters.language, _mark(filters.release))


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
    sha, year = "", None
    if indicators:
        sha, year = indicators.sha256, indicators.year(filters.year)
    else:
        scaling = geo_ranking.Scaling(unknown=scaling.unknown)
    among = among if scaling.basis == "gaps" else ()
    asked = _Asked(sha, year, weights, scaling, among)
    mark = f"{_mark(filters.release)} {load.stamp(*_TABLES)}"
    return _ranking(filters.release, filters.choice, filters.language, asked, mark, indicators)


def denominators(filters: Filters) -> pd.DataFrame:
    """How much of each subregion is covered, see `geo.denominators`; raises DataError."""
    mark = f"{_network_mark(filters.release)} {load.stamp('populations')}"
    return _denominators(filters.release, filters.choice, mark)


def rows(filters: Filters, everyone: bool = False) -> Cited:
    """iso3 -> the printed rows that serve it, see `gap_sources`; raises DataError.

    Of the chosen organisations, or of `everyone`.
    """
    choice = replace(filters.choice, organisations=()) if everyone else filters.choice
    return _rows(filters.release, choice, _network_mark(filters.release))


def flexible(filters: Filters) -> pd.Series:
    """iso3 -> organisations whose flexible officer has the unit as its area; raises DataError."""
    return _flexible(filters.release, _network_mark(filters.release))


def _network_mark(release: str) -> str:
    """The state of the network of a release; raises DataError for one that is gone."""
    snapshot.store().release(release)
    return snapshot.mark(release)


def _mark(release: str) -> str:
    """The state of the release, its missions, and the complete releases before it."""
    own = _network_mark(release)
    before = geo_gaps.earlier_complete(snapshot.releases(), release)
    marks = [snapshot.mark(name) for name in before]
    return " ".join([own, *marks, snapshot.store().mark("deployments", release)])


@snapshot.kept(64)
def _gaps(release: str, choice: Choice, language: str, mark: str) -> pd.DataFrame:
    def cover(name: str, by: Choice) -> pd.DataFrame:
        return snapshot.coverage(name, by, language)

    return of_release(snapshot.releases(), release, choice, cover, snapshot.deployments)


@snapshot.kept(64)
def _ranking(
    release: str,
    choice: Choice,
    language: str,
    asked: _Asked,
    mark: str,
    _indicators: Indicators | None,
) -> geo_ranking.Ranking:
    postings = snapshot.network(release).postings
    near = geo_gaps.nearest_km(snapshot.reference("units"), postings, choice.organisations)
    values = geo_ranking.values(
        _gaps(release, choice, language, _mark(release)),
        near,
        snapshot.reference("populations"),
        snapshot.reference("priority_countries"),
        snapshot.reference("eu_members"),
        _indicators.reading.of_year(asked.year) if _indicators else None,
    )
    names = snapshot.names(language)
    return geo_ranking.rank(values, dict(asked.weights), names, asked.scaling, asked.among)


@snapshot.kept(64)
def _denominators(release: str, choice: Choice, mark: str) -> pd.DataFrame:
    frame = snapshot.coverage(release, choice)
    units, people = snapshot.reference("units"), snapshot.reference("populations")
    return geo_denominators.denominators(frame, units, people)


@snapshot.kept(64)
def _rows(release: str, choice: Choice, mark: str) -> Cited:
    found = snapshot.network(release)
    return placed(found.postings, found.accreditations, choice)


@snapshot.kept(8)
def _flexible(release: str, mark: str) -> pd.Series:
    found = snapshot.network(release)
    postings = found.postings[found.postings["kind"] == "FILO"]
    serving = served(postings, found.accreditations, Choice(filo=True))
    return serving.groupby("iso3")["organisation"].agg(lambda names: sorted(set(names)))
