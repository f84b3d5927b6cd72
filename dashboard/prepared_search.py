"""Search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pandas as pd

from dashboard import cache, search
from data import load
from geo.errors import DataError


def search_entries(language: str) -> list[dict[str, Any]]:
    """Every country with what a reader may type for it, see `search.entries`."""
    return _search(language, search_mark())


def search_mark() -> str:
    """A fingerprint of all that a country is found by."""
    store, marks = cache.store(), []
    for release in cache.releases()["release"]:
        for table in ("postings", "deployments"):
            with suppress(DataError):  # the page that needs the table says what is the matter
                marks.append(store.mark(table, release))
    known = ("units", "names", "ambiguous_names", "cities", "city_aliases", "populations")
    return " ".join([load.stamp(*known), *marks])


@cache.kept(8)
def _search(language: str, mark: str) -> list[dict[str, Any]]:
    units, people = cache.reference("units"), cache.reference("populations")
    found = search.words(
        units,
        cache.reference("names"),
        cache.reference("ambiguous_names"),
        _cities(),
        _missions(),
        language,
    )
    counts = people.set_index("iso3")["population"]
    return search.entries(found, units, counts, language)


def _cities() -> Iterator[tuple[str, str]]:
    """Cities of posts and capitals in either language, with other ways to write them."""
    cities, aliases, units = map(cache.reference, ("cities", "city_aliases", "units"))
    for frame, columns in (
        (cities, ("city", "city_en")),
        (aliases, ("printed",)),
        (units, ("capital", "capital_en")),
    ):
        for column in columns:
            yield from _pairs(frame, column, "iso3")
    for release in cache.releases().query("network != 'absent'")["release"]:
        with suppress(DataError):
            yield from _pairs(cache.network(release).postings, "city", "host")


def _missions() -> Iterator[tuple[str, str]]:
    """Missions by their names, once for every country where they work."""
    for release in cache.releases().query("missions != 'absent'")["release"]:
        with suppress(DataError):
            for row in cache.deployments(release).to_dict("records"):
                for code in str(row["areas"] or "").split():
                    yield str(row["mission"]), code
                    yield str(row["printed"]), code


def _pairs(frame: pd.DataFrame, name: str, code: str) -> Iterator[tuple[str, str]]:
    known = frame[[name, code]].dropna().astype(str)
    yield from zip(known[name], known[code], strict=True)
