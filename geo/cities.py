"""Duty stations: which city a printed one is, and where it lies."""

from __future__ import annotations

import re

import pandas as pd

from geo.keys import key


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
        pieces = re.findall(r"\w+", text)
        spans = [(i, j) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)]
        for i, j in sorted(spans, key=lambda span: span[0] - span[1]):
            for (name, iso3), city in self._known.items():
                if name == key(" ".join(pieces[i:j])) and self.seen(city, iso3):
                    return city, iso3
        return None


def locate(postings: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """`postings` with `lat` and `lon` (degrees, WGS84) of the duty station, where one is known."""
    known = cities[["city", "iso3", "lat", "lon"]].rename(columns={"iso3": "host"})
    return postings.merge(known, on=["city", "host"], how="left")
