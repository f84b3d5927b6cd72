"""Duty stations: which city a printed one is, and where it lies."""

from __future__ import annotations

import re

import pandas as pd

from geo.keys import key

_MOST_WORDS = 10  # of the name of a city


def places(cities: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Table `cities` (city, city_en, iso3, lat, lon) and the capitals it lacks, with `seen`.

    A new post is most often in a capital, of which the place is known although nobody was
    stationed there; `seen` is false for those. Both tables as in `geo.schemas`.
    """
    columns = ["city", "city_en", "iso3", "lat", "lon"]
    capitals = units[["capital", "capital_en", "iso3", "capital_lat", "capital_lon"]]
    capitals = capitals.set_axis(columns, axis="columns").dropna(subset=["city"])
    both = pd.concat([cities[columns].assign(seen=True), capitals.assign(seen=False)])
    return both.drop_duplicates(["city", "iso3"]).reset_index(drop=True)


class Gazetteer:
    """Finds a printed duty station in the tables `cities` (see `places`) and `city_aliases`."""

    def __init__(self, cities: pd.DataFrame, aliases: pd.DataFrame) -> None:
        self._known: dict[tuple[str, str], str] = {}
        self._new: set[tuple[str, str]] = set()
        self._by_name: dict[str, tuple[str, str]] | None = None
        for city, other, iso3, seen in zip(
            cities["city"],
            cities["city_en"] if "city_en" in cities else cities["city"],
            cities["iso3"],
            cities["seen"] if "seen" in cities else [True] * len(cities),
            strict=True,
        ):
            self._known.setdefault((key(other), iso3), city)
            self._known[key(city), iso3] = city
            if not seen:
                self._new.add((city, iso3))
        for name, city, iso3 in zip(*(aliases[c] for c in aliases.columns), strict=True):
            self._known[key(name), iso3] = city

    def find(self, printed: str, iso3: str) -> str | None:
        """The city's own name, or None where it is not known in that country."""
        return self._known.get((key(printed), iso3))

    def seen(self, city: str, iso3: str) -> bool:
        """Whether an officer was stationed there before, by what the table says."""
        return (city, iso3) not in self._new

    def within(self, text: str) -> tuple[str, str] | None:
        """(city, iso3) of the longest name of a city seen before that stands in `text`."""
        if self._by_name is None:
            self._by_name = {}
            for (name, iso3), city in self._known.items():
                if self.seen(city, iso3):
                    self._by_name.setdefault(name, (city, iso3))
        pieces = re.findall(r"\w+", text)
        for many in range(min(len(pieces), _MOST_WORDS), 0, -1):
            for start in range(len(pieces) - many + 1):
                found = self._by_name.get(key(" ".join(pieces[start : start + many])))
                if found:
                    return found
        return None


def locate(postings: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """`postings` with `lat` and `lon` (degrees, WGS84) of the duty station, where one is known."""
    known = cities[["city", "iso3", "lat", "lon"]].rename(columns={"iso3": "host"})
    return postings.merge(known, on=["city", "host"], how="left")
