"""What the page of gaps rests on, prepared once for every reader who makes the same choices."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard import cache
from dashboard.filters import Filters
from data import load
from data.indicators import Indicators
from geo import denominators as geo_denominators
from geo import gaps as geo_gaps
from geo import ranking as geo_ranking
from geo.coverage import Choice, served

_TABLES = ("populations", "priority_countries", "eu_members")


def gaps(filters: Filters) -> pd.DataFrame:
    """The gaps of the chosen release, see `geo.gaps`; raises DataError."""
    release = filters.release
    return _gaps(release, filters.choice, filters.language, _mark(release))


def ranking(
    filters: Filters, indicators: Indicators | None, weights: tuple[tuple[str, int], ...]
) -> geo_ranking.Ranking:
    """Every unit in order and why, see `geo.ranking`; raises DataError."""
    told = (indicators.sha256 if indicators else "", weights)
    mark = f"{_mark(filters.release)} {load.stamp(*_TABLES)}"
    return _ranking(replace(filters, land=None, view="world"), told, mark, indicators)


def denominators(filters: Filters) -> pd.DataFrame:
    """How much of each subregion is covered, see `geo.denominators`; raises DataError."""
    mark = f"{cache.mark(filters.release)} {load.stamp('populations')}"
    return _denominators(filters.release, filters.choice, mark)


def rows(filters: Filters, everyone: bool = False) -> pd.Series:
    """iso3 -> the numbers of the printed rows that serve it; raises DataError.

    Of the chosen organisations, or of `everyone`.
    """
    choice = replace(filters.choice, organisations=()) if everyone else filters.choice
    return _rows(filters.release, choice, cache.mark(filters.release))


def flexible(filters: Filters) -> pd.Series:
    """iso3 -> organisations whose flexible officer has the unit as its area; raises DataError."""
    return _flexible(filters.release, cache.mark(filters.release))


def _mark(release: str) -> str:
    """The state of the release, its missions, and the complete releases before it."""
    store = cache.store()
    before = geo_gaps.earlier_complete(cache.releases(), release)
    marks = [cache.mark(name) for name in (release, *before)]
    return " ".join([*marks, store.mark("deployments", release)])


@cache.kept(64)
def _gaps(release: str, choice: Choice, language: str, mark: str) -> pd.DataFrame:
    releases = cache.releases()
    about = cache.store().release(release)
    before = geo_gaps.earlier_complete(releases, release)
    has_missions = about["missions"] == "complete"
    return geo_gaps.gaps(
        cache.coverage(release, choice, language),
        everyone=cache.coverage(release, replace(choice, organisations=()), language),
        deployments=cache.deployments(release) if has_missions else None,
        earlier=[cache.coverage(name, choice) for name in before],
        complete=bool(about["network"] == "complete"),
    )


@cache.kept(64)
def _ranking(
    filters: Filters,
    told: tuple[str, tuple[tuple[str, int], ...]],
    mark: str,
    _indicators: Indicators | None,
) -> geo_ranking.Ranking:
    postings = cache.network(filters.release).postings
    near = geo_gaps.nearest_km(cache.reference("units"), postings, filters.organisations)
    values = geo_ranking.values(
        gaps(filters),
        near,
        cache.reference("populations"),
        cache.reference("priority_countries"),
        cache.reference("eu_members"),
        _indicators.frame if _indicators else None,
    )
    return geo_ranking.rank(values, dict(told[1]), cache.names(filters.language))


@cache.kept(64)
def _denominators(release: str, choice: Choice, mark: str) -> pd.DataFrame:
    frame = cache.coverage(release, choice)
    units, people = cache.reference("units"), cache.reference("populations")
    return geo_denominators.denominators(frame, units, people)


@cache.kept(64)
def _rows(release: str, choice: Choice, mark: str) -> pd.Series:
    found = cache.network(release)
    serving = served(found.postings, found.accreditations, choice)
    return serving.sort_values("row").groupby("iso3")["table_row"].agg(list)


@cache.kept(8)
def _flexible(release: str, mark: str) -> pd.Series:
    found = cache.network(release)
    postings = found.postings[found.postings["kind"] == "FILO"]
    serving = served(postings, found.accreditations, Choice(filo=True))
    return serving.groupby("iso3")["organisation"].agg(lambda names: sorted(set(names)))
