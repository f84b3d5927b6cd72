"""Which country each row of somebody else's table is, by its code and its name.

Nothing is guessed: a name that is not certainly one country and a code and a name that contradict
each other are faults. Rows that are no country (the world, a continent, an income group) are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.aggregates import M49_GROUPS, OTHER_CODES, is_aggregate_code, is_aggregate_name
from geo.errors import DataError, Value
from geo.names.normalise import key
from geo.names.outcomes import Match, Unresolved
from geo.names.resolver import Resolver

Row = Sequence[str]
LONGEST = 40  # characters of what is shown of a name
HEADER_WITHIN = 20  # rows, of which the header is one: downloads have lines above it
_CODES = (
    "iso code landcode countrycode countryiso countryiso3 adm0a3 geo location refarea isocode "
    "iso3166 locationcode spatialdimvaluecode"
).split()
_CODE_STARTS = ("iso3", "iso2", "isoa2", "isoa3", "ison3", "alpha2", "alpha3", *("m49", "unm49"))
_NUMBERED = ("m49", "unm49", "ison3", "isonumeric", "countryorareacode")
_NAMES = (
    "land landnaam country countryname entity countryorarea countryandarea countryterritory "
    "referencearea"
).split()
_WEAK_NAMES = ("naam", "name", "unit", "gebied", "area")  # of something else, where a land stands
_BELOW = re.compile(
    r"(?:data from database|last updated|source|bron|notes?|noot|opmerking|copyright|©|\*).*",
    re.I | re.S,
)
_SHOWN = 60


def is_code(name: str) -> bool:
    """Whether a header says that its column holds codes of countries."""
    return key(name) in _CODES or key(name) in _NUMBERED or key(name).startswith(_CODE_STARTS)


def is_name(name: str) -> bool:
    """Whether a header says that its column holds names of countries."""
    return key(name) in (*_NAMES, *_WEAK_NAMES)


def header_row(rows: Sequence[Row]) -> int | None:
    """Return the place of the first row that names a country column, within HEADER_WITHIN."""
    return next(
        (
            at
            for at, row in enumerate(rows[:HEADER_WITHIN])
            if any(is_code(cell) or is_name(cell) for cell in row)
        ),
        None,
    )


def cell_of(row: Row, at: int) -> str:
    """The text of a cell, empty where the row is too short."""
    return row[at].strip() if at < len(row) else ""


@dataclass
class Countries:
    """The countries of a table with this `header`; `faults` gathers the rows that are in doubt.

    `m49` gives the unit of a number of UN M49, `skipped` names the rows that are no country.
    """

    header: Sequence[str]
    resolver: Resolver
    units: pd.DataFrame
    m49: Mapping[int, str]
    where: str
    faults: list[DataError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        keys = [key(cell) for cell in self.header]
        self.codes = [at for at, cell in enumerate(self.header) if is_code(cell)]
        self.weak = [at for at, name in enumerate(keys) if name in _WEAK_NAMES]
        self.names = [at for at, name in enumerate(keys) if name in _NAMES] or self.weak
        self.places = [*self.codes, *self.names]
        self.known = dict(zip(self.units["iso3"], self.units["name_nl"], strict=True))
        pairs = zip(self.units["iso3"], self.units["iso2"], strict=True)
        self.short = {two: iso3 for iso3, two in pairs if isinstance(two, str) and two}
        self.plain: dict[int, bool] = {}
        self.matches: dict[str, object] = {}

    def of_rows(self, rows: Sequence[tuple[int, Row]]) -> list[tuple[int, Row, str]]:
        """Return (number, cells, unit) of every row that is certainly one country."""
        self.plain = {at: self._plainly_codes(rows, at) for at in self.places}
        units = [(number, row, self._unit(number, row)) for number, row in rows]
        return [(number, row, iso3) for number, row, iso3 in units if iso3]

    def _plainly_codes(self, rows: Sequence[tuple[int, Row]], at: int) -> bool:
        """Whether a column holds codes and nothing else, whatever it is called."""
        cells = {cell_of(row, at) for _, row in rows} - {""}
        coded = [
            bool(re.fullmatch(r"[A-Z]{2,3}|OWID_[A-Z]+", cell))
            and (self._code(cell, at) is not None or is_aggregate_code(cell))
            for cell in cells
        ]
        return bool(coded) and all(coded)

    def _code(self, cell: str, at: int) -> str | None:
        """The unit of a code of letters, or of a number where the column says that it is M49."""
        text = cell.upper()
        if text.isdigit():
            numbered = key(self.header[at]).startswith(_NUMBERED)
            return self.m49.get(int(text)) if numbered and len(text) < 4 else None
        iso3 = self.short.get(text) or OTHER_CODES.get(text, text)
        return iso3 if iso3 in self.known else None

    def fault(
        self, code: str, row: int, column: str | None, value: str | None, **params: Value
    ) -> None:
        """Note what cannot be used, where it stands and what to do."""
        shown = None if value is None else value[:_SHOWN]
        self.faults.append(DataError(code, self.where, row, column, shown, **params))

    def _unit(self, number: int, row: Row) -> str | None:
        """The unit of a row; None for a row that is no country, and where a fault was noted."""
        printed = {at: cell_of(row, at) for at in self.places if cell_of(row, at)}
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and (_BELOW.fullmatch(filled[0]) or len(filled[0]) > 4 * _SHOWN):
            self.skipped.append(filled[0][:LONGEST])
            return None
        if not printed:
            self.fault("no_country_in_row", number, self.header[self.places[0]], None)
            return None
        units: dict[int, str] = {}
        groups: list[int] = []
        others: list[int] = []
        for at, cell in printed.items():
            coded = at in self.codes or self.plain[at]
            iso3 = (self._code(cell, at) if coded else None) or self._by_name(cell)
            if iso3:
                units[at] = iso3
            elif (coded and self._is_group(cell, at)) or is_aggregate_name(cell):
                groups.append(at)
            else:
                others.append(at)
        return self._settled(number, printed, units, groups, others)

    def _is_group(self, cell: str, at: int) -> bool:
        if cell.isdigit():
            return key(self.header[at]).startswith(_NUMBERED) and int(cell) in M49_GROUPS
        return is_aggregate_code(cell)

    def _by_name(self, cell: str) -> str | None:
        match = self._match(cell)
        return match.iso3 if isinstance(match, Match) and match.how != "spelling" else None

    def _match(self, cell: str) -> object:
        """What the resolver says of a name, which a table of years asks many times."""
        if cell not in self.matches:
            self.matches[cell] = self.resolver.unit(cell)
        return self.matches[cell]

    def _settled(
        self,
        number: int,
        printed: Mapping[int, str],
        units: Mapping[int, str],
        groups: Sequence[int],
        others: Sequence[int],
    ) -> str | None:
        """The one unit that the cells of a row agree on; None where they do not, or it is none.

        A code of letters must be one; words or a number beside a code that is known may be any.
        """
        named = sorted(set(units.values()))
        denied = [at for at in others if named and self._denies(printed[at], named)]
        if len(named) > 1 or (named and groups) or denied:
            cells = " / ".join(printed.values())
            self.fault("code_and_name_differ", number, self.header[next(iter(printed))], cells)
            return None
        doubted = [at for at in others if at in self.codes and not printed[at].isdigit()]
        if not doubted and named:
            return named[0]
        if not doubted and groups:
            name = next((printed[at] for at in self.names if at in printed), "")
            self.skipped.append((name or printed[groups[0]])[:LONGEST])
            return None
        at = (doubted or list(others))[0]
        if printed[at].isdigit():
            self.fault("number_no_country", number, self.header[at], printed[at])
        else:
            self._refuse(number, at, printed[at])
        return None

    def _denies(self, cell: str, named: Sequence[str]) -> bool:
        """Whether a name that only a person can settle cannot be the unit of the code."""
        match = self._match(cell)
        ambiguous = isinstance(match, Unresolved) and match.reason == "ambiguous"
        return ambiguous and not set(named) & set(getattr(match, "suggestions", ()))

    def _refuse(self, number: int, at: int, cell: str) -> None:
        """Note a name or code that is not certainly one country, with what it may be."""
        match = self._match(cell)
        near = (match.iso3,) if isinstance(match, Match) else getattr(match, "suggestions", ())
        near = near or self.resolver.suggest(cell)
        alike = tuple(f"{self.known[one]} ({one})" for one in near[:3] if one in self.known)
        if alike:
            self.fault("country_alike", number, self.header[at], cell, alike=alike)
        else:
            self.fault("not_one_country", number, self.header[at], cell)
