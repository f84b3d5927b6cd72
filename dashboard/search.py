"""What a reader may type to find a country: names, codes, cities, missions.

The browser compares (static/find.js), so that no press of a key waits for the server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pandas as pd

from dashboard import snapshot
from data.load import reference
from geo.errors import DataError
from geo.names.normalise import key

# What a word is of a country, as find.js knows it; the first are the nearest.
NAME, CODE, OTHER, SHARED, CITY, MISSION = range(6)

Word = tuple[str, int]
Spellings = dict[str, list[Word]]  # by the code of the country


def spellings(
    units: pd.DataFrame,
    names: pd.DataFrame,
    ambiguous: pd.DataFrame,
    cities: Iterable[tuple[str, str]],
    missions: Iterable[tuple[str, str]],
    language: str,
) -> Spellings:
    """Code -> every word that finds the country, with what it is of it.

    Tables `units`, `names` and `ambiguous_names` of `geo.schemas`; `cities` and `missions` as
    (name, code of a country). A word stands once with a country, as the nearest that it is.
    """
    found: Spellings = {code: [] for code in units["iso3"]}
    known: dict[str, set[str]] = {code: set() for code in units["iso3"]}
    own = zip(units["iso3"], units[f"name_{language}"], strict=True)
    steps: Iterator[tuple[str, str, int]] = iter(
        [
            *((code, name, NAME) for code, name in own),
            *_named(names),
            *_ambiguous(ambiguous),
            *((code, city, CITY) for city, code in cities),
            *((code, mission, MISSION) for mission, code in missions),
        ]
    )
    for code, word, kind in steps:
        # A code is one in capitals only; its key may be that of a name.
        same = word if kind == CODE else key(word)
        if code in found and same and same not in known[code]:
            known[code].add(same)
            found[code].append((word, kind))
    return found


def _named(names: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    rows = names[["iso3", "name", "kind"]].astype(str).to_numpy().tolist()
    # What is said short or of old comes before the same word in another language.
    near = ("code", "short", "old")
    for code, name, kind in sorted(rows, key=lambda row: (row[2] not in near, len(row[1]))):
        yield code, name, CODE if kind == "code" else OTHER


def _ambiguous(ambiguous: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    """Names of several countries, or of more than a country, lead to each of them."""
    for row in ambiguous.fillna("").to_dict("records"):
        for code in str(row["candidates"]).split():
            yield code, str(row["printed"]), SHARED


def entries(
    spellings: Spellings, units: pd.DataFrame, people: pd.Series, language: str
) -> list[dict[str, Any]]:
    """code, name and words of every country by its name; `rank` is its place by population."""
    counted = units["iso3"].map(people).fillna(0)
    rank = dict(zip(units["iso3"], counted.rank(ascending=False, method="first"), strict=True))
    named = units.assign(order=units[f"name_{language}"].map(key)).sort_values("order")
    return [
        {"code": code, "name": name, "rank": int(rank[code]), "words": spellings[code]}
        for code, name in zip(named["iso3"], named[f"name_{language}"], strict=True)
    ]


@snapshot.cached(2)
def search_entries(language: str) -> list[dict[str, Any]]:
    """Every country with what a reader may type for it, see `entries`."""
    units, people = reference("units"), reference("populations")
    found = spellings(
        units,
        reference("names"),
        reference("ambiguous_names"),
        _cities(),
        _missions(),
        language,
    )
    counts = people.set_index("iso3")["population"]
    return entries(found, units, counts, language)


def _cities() -> Iterator[tuple[str, str]]:
    """Cities of posts and capitals in either language, with other ways to write them."""
    cities, aliases, units = map(reference, ("cities", "city_aliases", "units"))
    for frame, columns in (
        (cities, ("city", "city_en")),
        (aliases, ("printed",)),
        (units, ("capital", "capital_en")),
    ):
        for column in columns:
            yield from _pairs(frame, column, "iso3")
    for release in snapshot.releases().query("network != 'absent'")["release"]:
        with suppress(DataError):
            yield from _pairs(snapshot.network(release).postings, "city", "host")


def _missions() -> Iterator[tuple[str, str]]:
    """Missions by their names, once for every country where they work."""
    for release in snapshot.releases().query("missions != 'absent'")["release"]:
        with suppress(DataError):
            for row in snapshot.deployments(release).to_dict("records"):
                for code in str(row["areas"] or "").split():
                    yield str(row["mission"]), code
                    yield str(row["printed"]), code


def _pairs(frame: pd.DataFrame, name: str, code: str) -> Iterator[tuple[str, str]]:
    known = frame[[name, code]].dropna().astype(str)
    yield from zip(known[name], known[code], strict=True)
