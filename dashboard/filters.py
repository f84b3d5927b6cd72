"""The reader's choices, and the address that says the same: pure, no session.

What is default stays out of the address; what it says wrongly is left at its default and noted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from dashboard.i18n import LANGUAGES
from dashboard.maps import VIEWS
from geo.coverage import Choice
from geo.gaps import KINDS as KINDS
from geo.ranking import MOST
from geo.ranking import WEIGHTS as COMPONENTS
from geo.scenario import LONGEST_TEXT
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS

CHOICES = (*ORGANISATIONS, NOT_STATED)
LAYERS = ("regions", "planned", "filo")
NO_LAYERS = "none"
MOST_NOTICES = 3
WEIGHTS = range(MOST + 1)
SIDES = ("links", "rechts")


@dataclass(frozen=True)
class Filters:
    """Every choice that decides what is shown.

    `organisations` empty means all; `land` is an ISO 3166-1 alpha-3 code; `layers` are the kinds
    of coverage that count beside postings with a named country; `area` is a continent or
    subregion of table `units`, empty for the world. `kinds` of gap that are shown; `weights` of
    the ranking that are not the default; `scenario` in the text form of `geo.scenario`; `sides`
    of a comparison, each a release or organisations joined by "+"; `dates` of two counts of
    missions.
    """

    release: str
    language: str = "nl"
    organisations: tuple[str, ...] = ()
    land: str | None = None
    layers: tuple[str, ...] = ("regions",)
    view: str = "world"
    area: str = ""
    kinds: tuple[str, ...] = ("uncovered",)
    weights: tuple[tuple[str, int], ...] = ()
    scenario: str = ""
    sides: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """The filters as `geo.coverage` wants them."""
        on = {layer: layer in self.layers for layer in LAYERS}
        return Choice(self.organisations, on["planned"], on["filo"], on["regions"])


@dataclass(frozen=True)
class Notice:
    """A part of an address that means nothing to us, and what was taken instead."""

    parameter: str
    value: str


@dataclass(frozen=True)
class Known:
    """What an address may name: releases, codes of units, areas, reference dates of missions."""

    default_release: str
    releases: Collection[str]
    units: Collection[str]
    areas: Collection[str] = ()
    dates: Collection[str] = ()


def to_query(filters: Filters) -> dict[str, str]:
    """The address parameters of `filters`; what is default stays out, release and language in."""
    default = Filters("")
    query = {"release": filters.release, "taal": filters.language}
    if filters.organisations:
        query["org"] = ",".join(name or NOT_STATED_WORD for name in filters.organisations)
    if filters.land:
        query["land"] = filters.land
    if filters.layers != default.layers:
        query["lagen"] = ",".join(filters.layers) or NO_LAYERS
    if filters.view != default.view:
        query["beeld"] = filters.view
    if filters.area:
        query["gebied"] = slug(filters.area)
    if filters.kinds != default.kinds:
        query["soort"] = ",".join(filters.kinds) or NO_LAYERS
    if filters.weights:
        query["weging"] = ",".join(f"{name}:{weight}" for name, weight in filters.weights)
    if filters.scenario:
        query["scenario"] = filters.scenario
    if filters.sides:
        query |= dict(zip(SIDES, filters.sides, strict=True))
    if filters.dates:
        query["peildata"] = ",".join(filters.dates)
    return query


def from_query(query: Mapping[str, str], known: Known) -> tuple[Filters, tuple[Notice, ...]]:
    """The filters an address stands for; what it says wrongly is left at its default and noted."""
    read = _Reader(query)
    default = Filters(known.default_release)
    areas = {slug(area): area for area in known.areas}
    dates = read.several("peildata", sorted(known.dates))
    if len(dates) == 1:
        read.note("peildata", dates[0])  # two make a comparison
    scenario = read.one("scenario", lambda text: text if len(text) <= LONGEST_TEXT else None)
    filters = replace(
        default,
        release=read.one("release", known.releases) or default.release,
        language=read.one("taal", LANGUAGES) or default.language,
        land=read.one("land", lambda code: code.upper() if code.upper() in known.units else None),
        view=read.one("beeld", VIEWS) or default.view,
        area=areas.get(read.one("gebied", areas) or "", ""),
        organisations=organisations(read.several("org", (*ORGANISATIONS, NOT_STATED_WORD))),
        layers=read.several("lagen", LAYERS, default.layers),
        kinds=read.several("soort", KINDS, default.kinds),
        weights=tuple(dict(filter(None, map(read.weight, read.parts("weging")))).items()),
        scenario=scenario or "",
        sides=read.sides(known),
        dates=dates if len(dates) == 2 else (),
    )
    return filters, tuple(read.notices)


class _Reader:
    """Takes an address apart, and notes what in it means nothing."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.notices: list[Notice] = []

    def one(
        self, parameter: str, known: Collection[str] | Callable[[str], str | None]
    ) -> str | None:
        """The value of a parameter, where it is known."""
        value = self.query.get(parameter)
        if value is None:
            return None
        found = known(value) if callable(known) else value if value in known else None
        if found is None:
            self.note(parameter, value)
        return found

    def sides(self, known: Known) -> tuple[str, ...]:
        """Two releases, or organisations twice; what is left of a pair is noted and not taken."""
        found = {name: self.one(name, lambda side: _side(side, known)) for name in SIDES}
        kinds = {side in known.releases for side in found.values() if side}
        if all(found.values()) and len(kinds) == 1:
            return tuple(side for side in found.values() if side)
        if all(found[name] for name in self.query if name in SIDES):  # else a side was noted
            for name, side in found.items():
                if side:
                    self.note(name, side)
        return ()

    def parts(self, parameter: str) -> list[str]:
        """What stands between the commas of a parameter."""
        return [part for part in self.query.get(parameter, "").split(",") if part]

    def several(
        self, parameter: str, known: Collection[str], default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The known parts in their fixed order; "none" is the choice of nothing."""
        if parameter not in self.query:
            return default
        if self.query[parameter] == NO_LAYERS:
            return ()
        named = self.parts(parameter)
        for part in named:
            if part not in known:
                self.note(parameter, part)
        return tuple(value for value in known if value in named) or default

    def weight(self, part: str) -> tuple[str, int] | None:
        """A component with its weight, "population:3"."""
        name, _, weight = part.partition(":")
        if name in COMPONENTS and weight in map(str, WEIGHTS):
            return name, int(weight)
        self.note("weging", part)
        return None

    def note(self, parameter: str, value: str) -> None:
        """Keep what means nothing; of many such parts of one parameter the first few."""
        if sum(notice.parameter == parameter for notice in self.notices) < MOST_NOTICES:
            self.notices.append(Notice(parameter, value[:40]))


def _side(side: str, known: Known) -> str | None:
    """One side of a comparison: a release, or organisations joined by "+"."""
    side = side.replace(" ", "+")  # what a plus in an address becomes when it is typed
    names = side.split("+")
    is_set = all(name in (*ORGANISATIONS, NOT_STATED_WORD) for name in names)
    return side if side in known.releases or is_set else None


def slug(area: str) -> str:
    """The name of an area as it stands in an address.

    >>> slug("South-Eastern Asia")
    'south-eastern-asia'
    """
    return area.lower().replace(" ", "-")


def organisations(words: Iterable[str]) -> tuple[str, ...]:
    """Organisations as an address names them -> as the tables do, in their fixed order."""
    return canonical(NOT_STATED if name == NOT_STATED_WORD else name for name in words)


def canonical(names: Iterable[str]) -> tuple[str, ...]:
    """Organisations in their fixed order; all of them, or none, is the empty choice "all"."""
    chosen = set(names)
    named = tuple(name for name in CHOICES if name in chosen)
    return () if len(named) == len(CHOICES) else named
