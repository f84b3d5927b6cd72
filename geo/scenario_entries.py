"""One change as a scenario file writes it, with names of posts, countries and cities as people do.

Nothing is guessed: a name that is not certain, or fits several posts, is a fault that says which
there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.cities import Gazetteer
from geo.errors import DataError
from geo.keys import one_line
from geo.names import Match, Resolver
from geo.scenario import Add, Change, Close, Decide, Move, Reassign
from geo.schemas import NOT_STATED_WORD, ORGANISATIONS

_POST = {"row", "organisation", "city", "host"}
_KEYS = {
    "close": _POST,
    "decide": _POST,
    "organisation": _POST | {"to"},
    "move": _POST | {"to"},
    "add": {"organisation", "host", "city", "area"},
}
Fields = Mapping[str, Any]


class Entries:
    """Makes changes of what the file `where` says about the LO posts of `postings`."""

    def __init__(
        self, where: str, postings: pd.DataFrame, names: Resolver, cities: Gazetteer
    ) -> None:
        self.where, self.names, self.cities = where, names, cities
        self.posts = postings[postings["kind"] == "LO"].set_index("row", drop=False)
        self.number = 0

    def change(self, number: int, told: Any) -> Change:
        """One entry of the list; raises DataError."""
        self.number = number
        if not isinstance(told, dict) or len(told) != 1 or next(iter(told)) not in _KEYS:
            advice = f"Write one of {', '.join(_KEYS)} with what it needs."
            raise self._fault("this is no change that a scenario can make", told, advice)
        kind, fields = next(iter(told.items()))
        if not isinstance(fields, dict) or set(fields) - _KEYS[kind]:
            advice = f"It may hold {', '.join(sorted(_KEYS[kind]))}."
            raise self._fault("the change holds a word that has no place in it", told, advice)
        if kind == "add":
            return self._addition(fields)
        row = self._row(fields)
        if kind == "organisation":
            return Reassign(row, self._organisation(fields.get("to")))
        if kind == "move":
            to = fields.get("to")
            if not isinstance(to, dict) or set(to) - {"host", "city"}:
                raise self._fault("a move needs where to", told, "Write to with host and city.")
            return Move(row, *self._spot(to))
        return Close(row) if kind == "close" else Decide(row)

    def _addition(self, fields: Fields) -> Add:
        area = fields.get("area", [])
        if not isinstance(area, list):
            raise self._fault("a work area is a list of countries", area)
        units = dict.fromkeys(self._unit(each) for each in area)
        who = self._organisation(fields.get("organisation"))
        return Add(who, *self._spot(fields), tuple(units))

    def _row(self, fields: Fields) -> int:
        """The one post that is named; a doubt lists the candidates."""
        row = fields.get("row")
        if row is not None:
            if not isinstance(row, int) or isinstance(row, bool) or row not in self.posts.index:
                raise self._fault("the release has no post with this row", row)
            found = self.posts.loc[[row]]
        else:
            if "city" not in fields:
                advice = "Write row, or organisation and city."
                raise self._fault("the change does not say which post it is about", fields, advice)
            found = self.posts
        named = found[self._fits(found, fields)]
        if len(named) == 1:
            return int(named["row"].iloc[0])
        if named.empty:
            near = self._listed(self._near(fields))
            raise self._fault("no post fits what is written", fields, near)
        raise self._fault("several posts fit what is written", fields, self._listed(named))

    def _fits(self, posts: pd.DataFrame, fields: Fields) -> pd.Series:
        fit = pd.Series(True, index=posts.index)
        if "organisation" in fields:
            who = self._organisation(fields["organisation"], (*ORGANISATIONS, NOT_STATED_WORD))
            fit &= posts["organisation"].fillna(NOT_STATED_WORD) == who
        if "host" in fields:
            fit &= posts["host"] == self._unit(fields["host"])
        if "city" in fields:
            city = self._text(fields["city"])
            hosts = posts["host"].dropna().unique()
            there = {host: self.cities.find(city, host) or city for host in hosts}
            fit &= posts["city"] == posts["host"].map(there)
        return fit.fillna(False).astype(bool)

    def _near(self, fields: Fields) -> pd.DataFrame:
        """The posts that fit in part, to choose from; else all."""
        for part in ("city", "organisation"):
            if part in fields:
                found = self.posts[self._fits(self.posts, {part: fields[part]})]
                if not found.empty:
                    return found
        return self.posts

    def _listed(self, posts: pd.DataFrame) -> str:
        who = posts["organisation"].fillna(NOT_STATED_WORD)
        told = zip(posts["row"], who, posts["city"], strict=True)
        shown = [f"row {row} {who} {city}" for row, who, city in told][:12]
        return f"Name it by its row, such as {', '.join(shown)}."

    def _spot(self, fields: Fields) -> tuple[str, str]:
        """(host, city), the city by its own name."""
        host, city = self._unit(fields.get("host")), self._text(fields.get("city"))
        found = self.cities.find(city, host)
        if not found:
            advice = "Choose a city that the tables of places hold for that country."
            raise self._fault("the city is not known in that country", f"{city}, {host}", advice)
        return host, found

    def _unit(self, told: Any) -> str:
        """A code or a certain name; a likely misspelling is a fault that suggests."""
        name = self._text(told)
        found = self.names.exact(name)
        if isinstance(found, Match) and not self.names.is_ambiguous(name):
            return found.iso3
        near = self.names.suggest(name)
        advice = f"Perhaps {', '.join(near)}." if near else "Write its code of three capitals."
        raise self._fault("this is no certain name of one country", name, advice)

    def _organisation(self, told: Any, known: tuple[str, ...] = ORGANISATIONS) -> str:
        if told not in known:
            advice = f"Write one of {', '.join(known)}."
            raise self._fault("the organisation is not one that posts officers", told, advice)
        return str(told)

    def _text(self, told: Any) -> str:
        if not isinstance(told, str) or not told.strip() or len(told) > 200:
            raise self._fault("a name is needed here", told, "Write it between quotes.")
        return one_line(told)

    def _fault(self, reason: str, value: Any, advice: str = "Correct that change.") -> DataError:
        try:
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        except RecursionError:  # lists in lists deeper than they can be written
            shown = "…"
        return DataError(self.where, reason, self.number, value=shown[:80], advice=advice)
