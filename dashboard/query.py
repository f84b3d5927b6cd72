"""The address of a page -> the reader's choices; nonsense in it is noted, never an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from dashboard.addresses import STEP_PAGES
from dashboard.filters import (
    LAYERS,
    MOST_NOTICES,
    MOST_STEPS,
    NO_LAYERS,
    SCALES,
    SIDES,
    WEIGHTS,
    Filters,
    Known,
    Notice,
    organisations,
    slug,
)
from dashboard.i18n import LANGUAGES
from dashboard.maps import VIEWS
from geo.gaps import KINDS
from geo.ranking import WEIGHTS as COMPONENTS
from geo.ranking import Scaling
from geo.scenario import LONGEST_TEXT
from geo.schemas import NOT_STATED_WORD, ORGANISATIONS

GROUPS = ("states", "territories", "all")
STEP = re.compile(r"[a-z-]+(/[a-z]+=[\w.,:+~%-]+)*(![a-z_]+)?", re.ASCII)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
STEPS = tuple(str(number + 1) for number in range(MOST_STEPS))


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
        land=read.one("land", known.unit),
        view=read.one("beeld", VIEWS) or default.view,
        area=areas.get(read.one("gebied", areas) or "", ""),
        organisations=organisations(read.several("org", (*ORGANISATIONS, NOT_STATED_WORD))),
        layers=read.several("lagen", LAYERS, default.layers),
        kinds=read.several("soort", KINDS, default.kinds),
        weights=tuple(dict(filter(None, map(read.weight, read.parts("weging")))).items()),
        scenario=scenario or "",
        sides=read.sides(known),
        dates=dates if len(dates) == 2 else (),
        shown=read.one("kaartdatum", known.dates) or "",
        ranked=read.one("rang", GROUPS) or "",
        scaling=read.scaling(),
        year=read.one("jaar", lambda text: text if YEAR.fullmatch(text) else None) or "",
        tour=read.tour(),
        step=int(read.one("stap", lambda text: text if text in STEPS else None) or 1) - 1,
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

    def tour(self) -> tuple[str, ...]:
        """The steps of a presentation; one that cannot be read is noted and left out."""
        steps = [step for step in self.query.get("tour", "").split(";") if step]
        taken = tuple(
            step
            for step in steps
            if STEP.fullmatch(step) and re.split("[/!]", step)[0] in STEP_PAGES
        )[:MOST_STEPS]
        for step in steps:
            if step not in taken:
                self.note("tour", step)
        return taken

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

    def scaling(self) -> Scaling:
        """How figures become 0 to 1, each part of it a parameter of its own."""
        chosen = {field: self.one(name, words) for name, (field, words) in SCALES.items()}
        return Scaling(**{field: word for field, word in chosen.items() if word})

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
