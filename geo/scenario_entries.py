"""One change as a scenario file writes it, with names of posts, countries and cities as people do.

Nothing is guessed: a name that is not certain, or fits several posts, is a fault that says which
there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.errors import DataError, Value
from geo.names.cities import Gazetteer
from geo.names.normalise import key, one_line
from geo.names.outcomes import Match
from geo.names.resolver import Resolver
from geo.network import namesakes, printed_name
from geo.scenario import (
    HOST,
    KEEP,
    TAKERS,
    Add,
    Change,
    Close,
    Decide,
    Move,
    Rearrange,
    Reassign,
)
from geo.schemas import NOT_STATED_WORD, ORGANISATIONS

_POST = {"row", "organisation", "city", "host", "label"}
_KEYS = {
    "close": _POST | {"all"},
    "decide": _POST,
    "organisation": _POST | {"to"},
    "move": _POST | {"to", "area"},
    "area": _POST | {"add", "drop"},
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

    def changes(self, number: int, entry: Any) -> list[Change]:
        """What one entry of the list comes to; raises DataError."""
        self.number = number
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _KEYS:
            raise self._fault("entry_no_change", entry, words=tuple(_KEYS))
        kind, fields = next(iter(entry.items()))
        if not isinstance(fields, dict) or set(fields) - _KEYS[kind]:
            raise self._fault("entry_word", entry, words=tuple(sorted(_KEYS[kind])))
        match kind:
            case "add":
                return [self._addition(fields)]
            case "close":
                return [Close(row) for row in self._rows(fields)]
            case "decide":
                return [Decide(self._row(fields))]
            case "organisation":
                return [Reassign(self._row(fields), self._organisation(fields.get("to")))]
            case "move":
                return [self._move(fields)]
        return [self._rearrangement(fields)]

    def _rows(self, fields: Fields) -> list[int]:
        """The post that closes; with `all` every post that fits, such as those of a city."""
        every = fields.get("all", False)
        if not isinstance(every, bool):
            raise self._fault("entry_all", fields)
        if not every:
            return [self._row(fields)]
        if "row" in fields or "city" not in fields:
            raise self._fault("entry_all_without_city", fields)
        fitting = self.posts[self._fits(self.posts, fields)]
        if fitting.empty:
            near = self._listed(self._near(fields))
            raise self._fault("no_post_fits", fields, posts=near)
        if fitting["host"].nunique() > 1:
            raise self._fault("several_posts_fit", fields, posts=self._listed(fitting))
        return [int(row) for row in fitting["row"]]

    def _move(self, fields: Fields) -> Move:
        row, to = self._row(fields), fields.get("to")
        if not isinstance(to, dict) or set(to) - {"host", "city"}:
            raise self._fault("entry_move_without_place", fields)
        spot, area = self._spot(to), fields.get("area", KEEP)  # without it as files were before
        if area in (KEEP, HOST):
            return Move(row, *spot, area)
        named = area.get(TAKERS) if isinstance(area, dict) and set(area) == {TAKERS} else None
        if not isinstance(named, list) or not named or not all(self._is_post(e) for e in named):
            raise self._fault("entry_move_without_area", area)
        return Move(row, *spot, TAKERS, tuple(dict.fromkeys(self._row(each) for each in named)))

    @staticmethod
    def _is_post(entry: Any) -> bool:
        return isinstance(entry, dict) and bool(entry) and set(entry) <= _POST

    def _rearrangement(self, fields: Fields) -> Rearrange:
        row = self._row(fields)
        more, less = (self._area(fields.get(name, [])) for name in ("add", "drop"))
        if not more and not less:
            raise self._fault("entry_area_without_countries", fields)
        return Rearrange(row, more, less)

    def _area(self, entry: Any) -> tuple[str, ...]:
        if not isinstance(entry, list):
            raise self._fault("entry_area_no_list", entry)
        return tuple(dict.fromkeys(self._unit(each) for each in entry))

    def _addition(self, fields: Fields) -> Add:
        area = self._area(fields.get("area", []))
        who = self._organisation(fields.get("organisation"))
        return Add(who, *self._spot(fields), area)

    def _row(self, fields: Fields) -> int:
        """The one post that is named; a doubt lists the candidates."""
        row = fields.get("row")
        if row is not None:
            if not isinstance(row, int) or isinstance(row, bool) or row not in self.posts.index:
                raise self._fault("entry_row_unknown", row)
            found = self.posts.loc[[row]]
        else:
            if not {"city", "label"} & set(fields):
                raise self._fault("entry_without_post", fields)
            found = self.posts
        named = found[self._fits(found, fields)]
        if len(named) == 1:
            return int(named["row"].iloc[0])
        if named.empty:
            near = self._listed(self._near(fields))
            raise self._fault("no_post_fits", fields, posts=near)
        raise self._fault("several_posts_fit", fields, posts=self._listed(named))

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
            in_city = {host: self.cities.find(city, host) or city for host in hosts}
            fit &= posts["city"] == posts["host"].map(in_city)
        if "label" in fields:
            label = key(self._text(fields["label"]))
            names = posts["label"].map(printed_name).map(key)
            fit &= (names == label) | (posts["label"].map(key) == label)
        return fit.fillna(False).astype(bool)

    def _near(self, fields: Fields) -> pd.DataFrame:
        """The posts that fit in part, to choose from; else all."""
        for part in ("city", "label", "organisation"):
            if part in fields:
                posts = self.posts[self._fits(self.posts, {part: fields[part]})]
                if not posts.empty:
                    return posts
        return self.posts

    def _listed(self, posts: pd.DataFrame) -> tuple[str, ...]:
        """Row, organisation and city of the first dozen, to name one by its row."""
        who = posts["organisation"].fillna(NOT_STATED_WORD)
        names = namesakes(self.posts)
        cells = zip(posts["row"], who, posts["city"], strict=True)
        return tuple(
            f"{row} {who} {city}" + (f" ({names[row]})" if names.get(row) else "")
            for row, who, city in cells
        )[:12]

    def _spot(self, fields: Fields) -> tuple[str, str]:
        """(host, city), the city by its own name."""
        host, city = self._unit(fields.get("host")), self._text(fields.get("city"))
        place = self.cities.find(city, host)
        if not place:
            raise self._fault("city_unknown", f"{city}, {host}")
        return host, place

    def _unit(self, value: Any) -> str:
        """A code or a certain name; a likely misspelling is a fault that suggests."""
        name = self._text(value)
        match = self.names.exact(name)
        if isinstance(match, Match) and not self.names.is_ambiguous(name):
            return match.iso3
        near = self.names.suggest(name)
        if near:
            raise self._fault("entry_country_alike", name, alike=tuple(near))
        raise self._fault("entry_not_one_country", name)

    def _organisation(self, value: Any, allowed: tuple[str, ...] = ORGANISATIONS) -> str:
        if value not in allowed:
            raise self._fault("organisation_without_officers", value, organisations=allowed)
        return str(value)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > 200:
            raise self._fault("entry_no_name", value)
        return one_line(value)

    def _fault(self, code: str, value: Any, **params: Value) -> DataError:
        try:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        except RecursionError:  # lists in lists deeper than they can be written
            text = "…"
        return DataError(code, self.where, self.number, None, text[:80], **params)
