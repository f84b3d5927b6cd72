"""Duty stations: which city a printed one is, and where it lies."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from geo.names.normalise import key

_MOST_WORDS = 10  # of the name of a city
# What points to a note: stars and daggers, raised figures, a figure on the last letter of a word
# or in brackets; "Nairobi 2" is no such thing.
_MARK = re.compile(
    r"(?<=\S)(?:\s*(?:[*†‡§¹²³⁰⁴-⁹]|[(\[]\s*\d{1,2}\s*[)\]])|(?<=[^\W\d_])\d{1,2}\)?(?=[\s*]*$))+\s*$"
)

Places = dict[str, str]  # key of a name -> the city


def places(
    cities: pd.DataFrame, units: pd.DataFrame, larger: pd.DataFrame | None = None
) -> pd.DataFrame:
    """City, city_en, iso3, lat, lon, seen and names of every place a duty station may be.

    Those of table `cities` are `seen`: an officer was stationed there. Not seen are the capitals it
    lacks and the seats of government (table `units`), where a new post most often is, and the rest
    of `larger` (table `larger_cities`), which also gives other spellings, with "|" between. Tables
    of `geo.schemas`.
    """
    columns = ["city", "city_en", "iso3", "lat", "lon"]
    capitals, seats = (
        units[[town, f"{town}_en", "iso3", f"{town}_lat", f"{town}_lon"]].set_axis(columns, axis=1)
        for town in ("capital", "seat")
    )
    tables = [cities[columns].assign(seen=True), *(t.assign(seen=False) for t in (capitals, seats))]
    if larger is None:
        both = pd.concat(tables).drop_duplicates(["city", "iso3"])
        return both.assign(names="").reset_index(drop=True)
    both = pd.concat([*tables, larger[columns].assign(seen=False)])
    both = both.drop_duplicates(["city", "iso3"])
    return both.merge(larger[["city", "iso3", "names"]], "left", ["city", "iso3"]).fillna(
        {"names": ""}
    )


class Gazetteer:
    """Finds a printed duty station in the tables `cities` (see `places`) and `city_aliases`.

    The names of a country are made ready when it is first asked for.
    """

    def __init__(self, cities: pd.DataFrame, aliases: pd.DataFrame) -> None:
        self._cities: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._aliases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._ready: dict[str, Places] = {}
        self._seen: set[tuple[str, str]] = set()
        self._by_name: dict[str, tuple[str, str]] | None = None
        many = len(cities)
        for city, other, iso3, names, seen in zip(
            cities["city"].tolist(),
            cities["city_en" if "city_en" in cities else "city"].tolist(),
            cities["iso3"].tolist(),
            cities["names"].tolist() if "names" in cities else [""] * many,
            cities["seen"].tolist() if "seen" in cities else [True] * many,
            strict=True,
        ):
            self._cities[iso3].append((city, other, names))
            if seen:
                self._seen.add((city, iso3))
        for name, city, iso3 in zip(*(aliases[c] for c in aliases.columns), strict=True):
            self._aliases[iso3].append((name, city))

    def find(self, printed: str, iso3: str) -> str | None:
        """The city's own name, or None where it is not known in that country.

        The mark of a note behind the name does not count.
        """
        names = self._names(iso3)
        return names.get(key(printed)) or names.get(key(_unmarked(printed)))

    def anywhere(self, printed: str) -> Places:
        """The city of that name in each unit that has one, by iso3."""
        found = {iso3: self.find(printed, iso3) for iso3 in sorted(self._cities)}
        return {iso3: city for iso3, city in found.items() if city}

    def seen(self, city: str, iso3: str) -> bool:
        """Whether an officer was stationed there before, by what the table says."""
        return (city, iso3) in self._seen

    def within(self, text: str) -> tuple[str, str] | None:
        """(city, iso3) of the longest name of a city seen before that stands in `text`."""
        if self._by_name is None:
            self._by_name = {}
            for iso3 in dict.fromkeys(iso3 for _, iso3 in sorted(self._seen)):
                for name, city in self._names(iso3).items():
                    if self.seen(city, iso3):
                        self._by_name.setdefault(name, (city, iso3))
        pieces = [_unmarked(piece) for piece in re.findall(r"\w+", text)]
        for many in range(min(len(pieces), _MOST_WORDS), 0, -1):
            for start in range(len(pieces) - many + 1):
                found = self._by_name.get(key(" ".join(pieces[start : start + many])))
                if found:
                    return found
        return None

    def _names(self, iso3: str) -> Places:
        """What a city goes by first, then the aliases, then spellings; of two the first stands."""
        if iso3 not in self._ready:
            cities = self._cities.get(iso3, [])
            found = {key(name): city for name, city in reversed(self._aliases.get(iso3, []))}
            for city, _, _ in reversed(cities):
                found[key(city)] = city
            for city, other, _ in cities:
                found.setdefault(key(other), city)
            for city, _, names in cities:
                for name in names.split("|") if names else ():
                    found.setdefault(key(name), city)
            self._ready[iso3] = found
        return self._ready[iso3]


def _unmarked(text: str) -> str:
    return _MARK.sub("", text)


def locate(postings: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """`postings` with `lat` and `lon` (degrees, WGS84) of the duty station, where one is known."""
    known = cities[["city", "iso3", "lat", "lon"]].rename(columns={"iso3": "host"})
    return postings.merge(known, on=["city", "host"], how="left")
