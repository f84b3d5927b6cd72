"""The reader's choices, and the address that says the same: pure, no session.

What is default stays out of the address; `dashboard.links` reads an address back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from geo.options import BASES, CURVES, MOST_POSTS, UNKNOWNS, Choice
from geo.ranking import MOST, USUAL, Scaling
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS

CHOICES = (*ORGANISATIONS, NOT_STATED)
LAYERS = ("regions", "planned", "filo")
NO_LAYERS = "none"
# What the coverage map is coloured by, the default first: see `dashboard.figures.colouring`.
BY_ORGANISATION = (*ORGANISATIONS, NOT_STATED_WORD)
COLOURINGS = ("how", *BY_ORGANISATION, "organisations", "officers", "distance")
MOST_NOTICES = 3
WEIGHTS = range(MOST + 1)
SIDES = ("links", "rechts")
# Parameter -> what of `Scaling` it says, and the words for it, the default first.
SCALES = {"schaal": ("basis", BASES), "vorm": ("curve", CURVES), "onbekend": ("unknown", UNKNOWNS)}
MOST_STEPS = 30  # of a presentation
# What a reader may set for new posts: how many, kilometres, countries an officer.
POSTS, WITHIN, MOST_LANDS = range(1, MOST_POSTS + 1), range(100, 10_001), range(1, 31)


@dataclass(frozen=True)
class Filters:
    """Every choice that decides what is shown.

    `organisations` empty means all; `land` is an ISO 3166-1 alpha-3 code; `layers` are the kinds
    of coverage that count beside postings with a named country; `colouring` is what the map of the
    coverage is coloured by, one of COLOURINGS; `area` is a continent or
    subregion of table `units`, empty for the world; `view` is the part of the world that the map
    begins with, empty for the area. `kinds` of gap that are shown; `weights` of
    the ranking that are not the default; `scenario` in the text form of `geo.scenario`, and
    `beside` it another one; `sides` of a comparison, each a release or organisations joined by
    "+"; `dates` of two counts of missions, `shown` that of the missions on the map; `ranked` the
    group of units whose ranking is drawn; `scaling` of the reader's own figures, and `year` of
    them, empty for the newest. `tour` holds the steps of a presentation (see
    `dashboard.subjects.presentation`), `step` the one shown.
    `posts` new ones are placed, within `within` km and with at most `most` countries an officer; 0
    for the limits of today's network (see `geo.placement`). Of the years since 1990: `sender` of
    police (NLD or BEL, empty for both), one `mission`, and the `month` that is read ("2003-11").
    """

    release: str
    language: str = "nl"
    organisations: tuple[str, ...] = ()
    land: str | None = None
    layers: tuple[str, ...] = ("regions",)
    view: str = ""
    colouring: str = COLOURINGS[0]
    area: str = ""
    kinds: tuple[str, ...] = ("uncovered",)
    weights: tuple[tuple[str, int], ...] = ()
    scenario: str = ""
    beside: str = ""
    sides: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    shown: str = ""
    ranked: str = ""
    scaling: Scaling = USUAL
    year: str = ""
    tour: tuple[str, ...] = ()
    step: int = 0
    posts: int = 1
    within: int = 0
    most: int = 0
    sender: str = ""
    mission: str = ""
    month: str = ""

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
class ValidNames:
    """What an address may name: releases, codes of units, areas, missions, their reference dates.

    An address that names a `withdrawn` release is told so. `counted_with`: code of an old address
    -> the unit it is counted with now. `missions` are looked up only where an address names one.
    """

    default_release: str
    releases: Collection[str]
    units: Collection[str]
    areas: Collection[str] = ()
    dates: Collection[str] = ()
    missions: Callable[[], Collection[str]] = tuple
    withdrawn: Collection[str] = ()
    counted_with: Mapping[str, str] = field(default_factory=dict)

    def unit(self, code: str) -> str | None:
        """The unit that a code means, in any case; None where there is none."""
        code = self.counted_with.get(code.upper(), code.upper())
        return code if code in self.units else None


def to_query(filters: Filters) -> dict[str, str]:
    """The address parameters of `filters`; what is default stays out, release and language in.

    Where the map was moved is not among them: the map itself keeps that in the address (`kaart`,
    see static/map/place.js).
    """
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
    if filters.colouring != default.colouring:
        query["kleur"] = filters.colouring
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
    plain = {
        "kaartdatum": filters.shown,
        "rang": filters.ranked,
        "jaar": filters.year,
        "tour": ";".join(filters.tour),
        "stap": str(filters.step + 1) if filters.step else "",
        "naast": filters.beside,
        "posten": str(filters.posts) if filters.posts != default.posts else "",
        "km": str(filters.within or ""),
        "hooguit": str(filters.most or ""),
        "zender": filters.sender,
        "missie": filters.mission,
        "maand": filters.month,
    }
    query |= {
        name: getattr(filters.scaling, field)
        for name, (field, _) in SCALES.items()
        if getattr(filters.scaling, field) != getattr(default.scaling, field)
    }
    return query | {name: value for name, value in plain.items() if value}


def slug(area: str) -> str:
    """The name of an area as it stands in an address.

    >>> slug("South-Eastern Asia")
    'south-eastern-asia'
    """
    return area.lower().replace(" ", "-")


def organisations(names: Iterable[str]) -> tuple[str, ...]:
    """Organisations as an address names them -> as the tables do, in their fixed order."""
    return canonical(NOT_STATED if name == NOT_STATED_WORD else name for name in names)


def canonical(names: Iterable[str]) -> tuple[str, ...]:
    """Organisations in their fixed order; all of them, or none, is the empty choice "all"."""
    chosen = set(names)
    named = tuple(name for name in CHOICES if name in chosen)
    return () if len(named) == len(CHOICES) else named
