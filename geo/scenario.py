"""A scenario: named changes to the posts of one release, and the text that carries it in a link.

The text is made of letters, figures and `- . _ ~`, which an address need not escape; any other sign
is `*` with its code:

    bijlage-2025-11~Zonder_Dubai~close.17~move.31.BEL.Brussel.host~add.NP.ECU.Quito.ECU-PER

that is the release, the name and the changes, with `~` between. Numbers are the rows of LO posts.
A move ends on what becomes of the work area: `keep`, `host`, or `to-20-35`, the posts that take it
over; without it, as links were written before, the area is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations

from geo.errors import DataError, Value
from geo.names.normalise import one_line
from geo.options import LONGEST_TEXT
from geo.reading.persons import names_somebody
from geo.schemas import ORGANISATIONS

MOST_CHANGES = 30
MOST_COUNTRIES = 60  # in one work area; the widest of 2025 names eleven
LONGEST_NAME = 60  # of a scenario or a city, in characters
KEEP, HOST, TAKERS = "keep", "host", "to"  # what becomes of the work area of a post that moves
AREAS = (KEEP, HOST, TAKERS)
WHERE = "scenario"  # what a DataError about one names as its place

_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_ISO3 = re.compile(r"[A-Z]{3}", re.ASCII)
_RELEASE = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)


@dataclass(frozen=True)
class Close:
    """The post of this row is no longer there."""

    row: int

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        return ("close", str(self.row))


@dataclass(frozen=True)
class Decide:
    """The planned post of this row is decided: it counts from now on."""

    row: int

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        return ("decide", str(self.row))


@dataclass(frozen=True)
class Reassign:
    """The post of this row is of another organisation, one of ORGANISATIONS."""

    row: int
    organisation: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        return ("org", str(self.row), self.organisation)


@dataclass(frozen=True)
class Move:
    """The post of this row stands in another city (as in `geo.names.cities.places`) of unit `host`.

    Its work area is kept (KEEP), shrinks to the new host (HOST), or goes over to the posts of rows
    `takers` (TAKERS): each unit to the one whose duty station is nearest.
    """

    row: int
    host: str
    city: str
    area: str = KEEP
    takers: tuple[int, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        area = "-".join([self.area, *map(str, self.takers)])
        return ("move", str(self.row), self.host, escaped(self.city), area)


@dataclass(frozen=True)
class Rearrange:
    """The post of this row serves the units `more` too, and the units `less` no longer."""

    row: int
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        return ("area", str(self.row), "-".join(self.more), "-".join(self.less))


@dataclass(frozen=True)
class Add:
    """A new active post; `area` are the codes of the units it serves beside its host."""

    organisation: str
    host: str
    city: str
    area: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of its text."""
        return ("add", self.organisation, self.host, escaped(self.city), "-".join(self.area))


Change = Close | Decide | Reassign | Move | Rearrange | Add


@dataclass(frozen=True)
class Scenario:
    """Changes to the posts of `release`; their order decides nothing but how they are listed."""

    release: str
    name: str = ""
    changes: tuple[Change, ...] = ()


def changed(scenario: Scenario, change: Change) -> Scenario:
    """The scenario with a change more, in the place of what it contradicts or repeats.

    A second change of one work area joins the first; together they may come to nothing.
    """
    if isinstance(change, Rearrange):
        earlier = [old for old in scenario.changes if isinstance(old, Rearrange)]
        for old in earlier:
            if old.row == change.row:
                change = _both(old, change)
    others = tuple(old for old in scenario.changes if not _clash(old, change))
    if isinstance(change, Rearrange) and not (change.more or change.less):
        return replace(scenario, changes=others)
    return replace(scenario, changes=(*others, change))


def replaced(scenario: Scenario, change: Change) -> tuple[Change, ...]:
    """The changes that a new one contradicts or repeats, those of one work area apart."""
    clashing = (old for old in scenario.changes if _clash(old, change))
    is_rearranged = isinstance(change, Rearrange)
    return tuple(old for old in clashing if not (is_rearranged and isinstance(old, Rearrange)))


def _both(first: Rearrange, then: Rearrange) -> Rearrange:
    """Two changes of one work area as one; what the second takes back is gone."""
    more = dict.fromkeys([*first.more, *then.more])
    less = dict.fromkeys([*first.less, *then.less])
    back = {*first.less, *then.less} & more.keys()
    return Rearrange(
        first.row,
        tuple(code for code in more if code not in back),
        tuple(code for code in less if code not in back),
    )


def _clash(one: Change, other: Change) -> bool:
    """Two changes of one kind cannot have one post, nor can any stand beside its closure."""
    if isinstance(one, Add) or isinstance(other, Add) or one.row != other.row:
        return False
    return type(one) is type(other) or isinstance(one, Close) or isinstance(other, Close)


def text(scenario: Scenario) -> str:
    """The scenario as it stands in a link; `parse` gives it back."""
    changes = (".".join(change.fields) for change in scenario.changes)
    return "~".join([scenario.release, escaped(scenario.name), *changes])


def parse(written: str) -> Scenario:
    """The scenario of a link; raises DataError, naming the part that cannot be read.

    Whether its posts, cities and countries exist is for `geo.whatif.check` to say.
    """
    if len(written) > LONGEST_TEXT:
        raise _too_long(written)
    release, mark, rest = written.strip().partition("~")
    if written.strip() and not mark:
        raise fault("scenario_unreadable", written[:40])
    if not _RELEASE.fullmatch(release):
        raise fault("scenario_without_release", release[:40])
    name, _, changes = rest.partition("~")
    parts = changes.split("~") if changes else []
    return checked(Scenario(release, unescaped(name), tuple(map(_change, parts))))


def checked(scenario: Scenario) -> Scenario:
    """The scenario itself; raises DataError where it is too large or changes one post twice."""
    if len(scenario.name) > LONGEST_NAME or not scenario.name.isprintable():
        raise fault("scenario_name", scenario.name[:40], most=LONGEST_NAME)
    if names_somebody(scenario.name):  # it stands in every file made of it
        raise DataError("scenario_person", WHERE)
    if len(scenario.changes) > MOST_CHANGES:
        raise fault("too_many_changes", str(len(scenario.changes)), most=MOST_CHANGES)
    _check_once(scenario.changes)
    if len(text(scenario)) > LONGEST_TEXT:
        raise _too_long(text(scenario))
    for change in scenario.changes:
        many = len(_named(change))
        if many > MOST_COUNTRIES:
            raise fault("too_many_countries", str(many), most=MOST_COUNTRIES)
    return scenario


def _named(change: Change) -> tuple[str, ...]:
    """The units that a change names for a work area."""
    match change:
        case Add(area=area):
            return area
        case Rearrange(_, more, less):
            return (*more, *less)
    return ()


def _too_long(written: str) -> DataError:
    return fault("scenario_too_long", f"{written[:40]}…", most=LONGEST_TEXT)


def _check_once(changes: tuple[Change, ...]) -> None:
    for one, other in combinations(changes, 2):
        if _clash(one, other):
            raise fault("changes_contradict", ".".join(other.fields))


def fault(code: str, value: str, **params: Value) -> DataError:
    """What is wrong with a part of a scenario."""
    return DataError(code, WHERE, None, None, value, **params)


def escaped(text: str) -> str:
    """Words without the signs that separate parts: a space is `_`, another sign `*` and its code.

    >>> escaped("St. John's"), unescaped("St*2E_John*27s")
    ('St*2E_John*27s', "St. John's")
    """
    return re.sub(r"[!-,./:-@\[-`{-\x7f]", _code, one_line(text)).replace(" ", "_")


def unescaped(written: str) -> str:
    """The words that `escaped` made this of; raises DataError where `*` is followed by no code."""
    first, *rest = written.replace("_", " ").split("*")
    if not all(re.match(r"[2-7][0-9A-F]", piece) for piece in rest):
        raise fault("scenario_sign", written[:40])
    return one_line(first + "".join(chr(int(piece[:2], 16)) + piece[2:] for piece in rest))


def _code(sign: re.Match[str]) -> str:
    return f"*{ord(sign[0]):02X}"


def _change(part: str) -> Change:
    kind, *fields = part.split(".")
    match kind, *fields:
        case "close", row:
            return Close(_row(row, part))
        case "decide", row:
            return Decide(_row(row, part))
        case "org", row, organisation:
            return Reassign(_row(row, part), _organisation(organisation, part))
        case "move", row, host, city, *area if len(area) < 2:
            where = _row(row, part), _unit(host, part), _city(city, part)
            return Move(*where, *_area(area[0] if area else KEEP, part))
        case "area", row, more, less if more or less:
            return Rearrange(_row(row, part), _units(more, part), _units(less, part))
        case "add", organisation, host, city, area:
            found = _organisation(organisation, part), _unit(host, part), _city(city, part)
            return Add(*found, _units(area, part))
    raise fault("no_such_change", part[:80])


def _area(written: str, part: str) -> tuple[str, tuple[int, ...]]:
    """What becomes of a work area, and the rows that take it over."""
    area, *rows = written.split("-")
    takers = tuple(dict.fromkeys(_row(row, part) for row in rows))
    if area not in AREAS or (area == TAKERS) != bool(takers):
        raise fault("move_without_area", part[:80])
    return area, takers


def _units(written: str, part: str) -> tuple[str, ...]:
    codes = [_unit(code, part) for code in written.split("-")] if written else []
    return tuple(dict.fromkeys(codes))


def _row(written: str, part: str) -> int:
    if not _ROW.fullmatch(written):
        raise fault("row_no_number", part[:80])
    return int(written)


def _organisation(written: str, part: str) -> str:
    if written not in ORGANISATIONS:
        raise fault("organisation_without_officers", part[:80], organisations=ORGANISATIONS)
    return written


def _unit(written: str, part: str) -> str:
    if not _ISO3.fullmatch(written):
        raise fault("country_no_code", part[:80])
    return written


def _city(written: str, part: str) -> str:
    city = unescaped(written)
    if not city or len(city) > LONGEST_NAME:
        raise fault("post_without_city", part[:80])
    return city
