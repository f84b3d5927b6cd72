"""An indicator of the reader's own: rows of cells -> figures per country, year and column.

Nothing is guessed: a name that is not certainly one country, a code and a name that contradict
each other, a number that can be read in two ways, a country that stands there twice are named, all
at once. Rows that are no country (the world, a continent, an income group) are left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.aggregates import M49_GROUPS, OTHER_CODES, is_aggregate_code, is_aggregate_name
from geo.decimals import is_nothing, numbers
from geo.errors import DataError, FaultsError, each_of
from geo.keys import key
from geo.names import Match, Resolver, Unresolved
from geo.ranking import WEIGHTS

MOST = 8  # indicators in one file
LONGEST = 40  # characters of the name of one; a longer one is cut
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
_YEARS = ("year", "jaar", "jaartal", "time", "timeperiod", "period", "peiljaar")
_SERIES = ("indicatorname", "seriesname", "indicator", "reeks")
_BESIDE = (
    "indicatorcode seriescode timecode yearcode unitofmeasure topic valuetype "
    "worldregionaccordingtoowid worldregionsaccordingtoowid regionname region continent "
    "incomegroup subregion werelddeel regio"
).split()
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s*\[YR\1\])?")
_BELOW = re.compile(
    r"(?:data from database|last updated|source|bron|notes?|noot|opmerking|copyright|©|\*).*",
    re.I | re.S,
)
_SHOWN = 60


@dataclass(frozen=True)
class Reading:
    """The figures of a file, and what of it is none.

    `figures`: iso3, year (missing where the file has none) and a column per indicator, in the
    order of the file; a figure is missing where none is printed. `skipped` are the rows that are
    no country, by name, `left_out` the columns of words.
    """

    figures: pd.DataFrame
    skipped: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the indicators."""
        return [str(name) for name in self.figures.columns.drop(["iso3", "year"])]

    @property
    def years(self) -> list[int]:
        """The years that have a figure, newest first."""
        some = self.figures[self.columns].notna().any(axis=1)
        return sorted({int(year) for year in self.figures.loc[some, "year"].dropna()}, reverse=True)

    def of_year(self, year: int | None = None) -> pd.DataFrame:
        """`iso3` and a column per indicator: of a year, or of each country the newest figure."""
        frame = self.figures
        if year is not None and self.years:
            frame = frame[frame["year"] == year]
        order = frame["iso3"].drop_duplicates()
        newest = frame.sort_values("year", kind="stable").groupby("iso3")[self.columns].last()
        return newest.reindex(order).rename_axis("iso3").reset_index()

    def newest(self) -> tuple[int, int] | None:
        """The oldest and the newest year of the figures that `of_year` takes without a year."""
        if not self.years:
            return None
        dated = self.figures.sort_values("year", kind="stable")
        taken = [dated[dated[name].notna()].groupby("iso3")["year"].last() for name in self.columns]
        years = pd.concat(taken)
        return int(years.min()), int(years.max())


def read(
    rows: Sequence[Sequence[str]],
    resolver: Resolver,
    units: pd.DataFrame,
    where: str,
    m49: Mapping[int, str] | None = None,
) -> Reading:
    """The figures in `rows`; raises DataError, for several faults FaultsError.

    `rows`: the header, what stands above it in a download, and what is below it, cells as text.
    The country stands in a column of codes (ISO 3166-1 of two or three letters, or UN M49: `m49` by
    number), of names in Dutch or English, or both. Years stand in a column of their own or above
    the columns of figures. Every other column is an indicator. `where` names the file.
    """
    return _Table(rows, resolver, units, where, m49 or {}).reading()


def holds_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a sheet has a header that names the country and a cell below it with a number."""
    at = _header_row(rows)
    below = rows[at + 1 :] if at is not None else ()
    return any(re.fullmatch(r"-?\d[\d.,\s]*%?", cell.strip()) for row in below for cell in row)


def _is_code(name: str) -> bool:
    return key(name) in _CODES or key(name) in _NUMBERED or key(name).startswith(_CODE_STARTS)


def _is_name(name: str) -> bool:
    return key(name) in (*_NAMES, *_WEAK_NAMES)


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    return next(
        (
            at
            for at, row in enumerate(rows[:HEADER_WITHIN])
            if any(_is_code(cell) or _is_name(cell) for cell in row)
        ),
        None,
    )


@dataclass
class _Table:
    """One table on its way to a `Reading`; `faults` gathers all that cannot be used."""

    rows: Sequence[Sequence[str]]
    resolver: Resolver
    units: pd.DataFrame
    where: str
    m49: Mapping[int, str]
    faults: list[DataError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    matches: dict[str, object] = field(default_factory=dict)

    def reading(self) -> Reading:
        """Read it all; raises DataError."""
        if len([row for row in self.rows if any(cell.strip() for cell in row)]) < 2:
            advice = "Give a header (iso3 and the name of the value) and a row per country."
            raise DataError(self.where, "the file holds no rows below a header", advice=advice)
        top = _header_row(self.rows)
        if top is None:
            shown = ", ".join(cell for cell in self.rows[0] if cell)[:_SHOWN]
            reason, advice = "no column says which country it is", "Call that column iso3 or land."
            raise DataError(self.where, reason, 1, value=shown, advice=advice)
        self.top = top
        self.header = [" ".join(cell.split()) for cell in self.rows[top]]
        self._columns()
        self.known = dict(zip(self.units["iso3"], self.units["name_nl"], strict=True))
        self.short = {
            two: iso3
            for iso3, two in zip(self.units["iso3"], self.units["iso2"], strict=True)
            if isinstance(two, str) and two
        }
        self.plain = {at: self._plainly_codes(at) for at in self.places}
        found = self._countries()
        figures, left_out = self._figures(found)
        if self.faults:
            raise FaultsError.of(sorted(self.faults, key=lambda fault: fault.row or 0))
        return Reading(figures, tuple(self.skipped), left_out)

    def _columns(self) -> None:
        """Which columns name the country, the year and the series, and which hold figures."""
        keys = [key(cell) for cell in self.header]
        self.codes = [at for at, cell in enumerate(self.header) if _is_code(cell)]
        names = [at for at, name in enumerate(keys) if name in _NAMES]
        weak = [at for at, name in enumerate(keys) if name in _WEAK_NAMES]
        self.names = names or weak
        self.places = [*self.codes, *self.names]
        taken = {*self.places, *weak}
        rest = [at for at, name in enumerate(self.header) if name and at not in taken]
        self.year = next((at for at in rest if keys[at] in _YEARS), None)
        dated = [at for at in rest if _YEAR.fullmatch(self.header[at])]
        self.wide = dated if self.year is None else []
        self.series = next((at for at in rest if keys[at] in _SERIES), None) if self.wide else None
        apart = {self.year, self.series}
        self.values = self.wide or [at for at in rest if at not in apart]
        self.beside = {at for at in rest if keys[at] in (*_BESIDE, *_SERIES)} - apart
        if not self.values:
            # A row of one cell or more that is no figure.
            blank = [at for at, cell in enumerate(self.header) if not cell]
            if not any(at < len(row) and row[at].strip() for row in self.rows for at in blank):
                self._refuse_header(
                    "there is no column with a value",
                    None,
                    "Give a second column with a number for each country.",
                )

    def _refuse_header(self, reason: str, value: str | None, advice: str) -> None:
        shown = None if value is None else value[:_SHOWN]
        raise DataError(self.where, reason, self.top + 1, value=shown, advice=advice)

    def _cell(self, row: Sequence[str], at: int) -> str:
        return row[at].strip() if at < len(row) else ""

    def _below(self) -> list[tuple[int, Sequence[str]]]:
        """(number as a spreadsheet counts, cells) of the filled rows below the header."""
        start = self.top + 1
        return [
            (number, row)
            for number, row in enumerate(self.rows[start:], start=start + 1)
            if any(cell.strip() for cell in row)
        ]

    # --- the countries ----------------------------------------------------------------------------

    def _plainly_codes(self, at: int) -> bool:
        """Whether a column holds codes and nothing else, whatever it is called."""
        cells = {self._cell(row, at) for _, row in self._below()} - {""}
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

    def _countries(self) -> list[tuple[int, Sequence[str], str]]:
        """(number, cells, unit) of every row that is certainly one country."""
        found = []
        for number, row in self._below():
            if extra := [
                at
                for at, cell in enumerate(row)
                if cell.strip() and not "".join(self.header[at : at + 1])
            ]:
                self._fault(
                    "the row has more cells than the header",
                    number,
                    None,
                    row[extra[0]],
                    "Separate the columns by ; where a number has a comma.",
                )
                continue
            iso3 = self._unit(number, row)
            if iso3:
                found.append((number, row, iso3))
        return found

    def _fault(
        self, reason: str, row: int, column: str | None, value: str | None, advice: str
    ) -> None:
        shown = None if value is None else value[:_SHOWN]
        self.faults.append(DataError(self.where, reason, row, column, shown, advice))

    def _unit(self, number: int, row: Sequence[str]) -> str | None:
        """The unit of a row; None for a row that is no country, and where a fault was noted."""
        printed = {at: self._cell(row, at) for at in self.places if self._cell(row, at)}
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and (_BELOW.fullmatch(filled[0]) or len(filled[0]) > 4 * _SHOWN):
            self.skipped.append(filled[0][:LONGEST])
            return None
        if not printed:
            self._fault(
                "no country stands in this row", number, self.header[self.places[0]], None, _REMOVE
            )
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
            self._fault(
                "the code and the name are of different countries",
                number,
                self.header[next(iter(printed))],
                cells,
                _AGREE,
            )
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
            self._fault(
                "this number is no certain country",
                number,
                self.header[at],
                printed[at],
                "Call the column m49 where these are the numbers of the UN.",
            )
        else:
            self._doubt(number, at, printed[at])
        return None

    def _denies(self, cell: str, named: Sequence[str]) -> bool:
        """Whether a name that only a person can settle cannot be the unit of the code."""
        match = self._match(cell)
        ambiguous = isinstance(match, Unresolved) and match.reason == "ambiguous"
        return ambiguous and not set(named) & set(getattr(match, "suggestions", ()))

    def _doubt(self, number: int, at: int, cell: str) -> None:
        """Note a name or code that is not certainly one country, with what it may be."""
        match = self._match(cell)
        near = (match.iso3,) if isinstance(match, Match) else getattr(match, "suggestions", ())
        near = near or self.resolver.suggest(cell)
        alike = ", ".join(f"{self.known[one]} ({one})" for one in near[:3] if one in self.known)
        advice = f"Perhaps {alike} is meant; write the name or the code." if alike else _REMOVE
        self._fault("this is not certainly one country", number, self.header[at], cell, advice)

    # --- the figures ------------------------------------------------------------------------------

    def _figures(
        self, found: Sequence[tuple[int, Sequence[str], str]]
    ) -> tuple[pd.DataFrame, tuple[str, ...]]:
        """The figures of these rows, and the columns that hold words."""
        texts: dict[str, dict[tuple[int, int], str]] = {}
        at_row: dict[tuple[int, int], tuple[str, int | None]] = {}
        for number, row, iso3 in found:
            year = self._year(number, row)
            for at in self.values:
                dated = int(_YEAR.fullmatch(self.header[at])[1]) if self.wide else year  # type: ignore[index]
                name = self._cell(row, self.series) if self.series is not None else ""
                name = name or (self._stem() if self.wide else self.header[at])
                cell = self._cell(row, at)
                at_row[number, at] = (iso3, dated)
                texts.setdefault(name, {})[number, at] = "" if is_nothing(cell) else cell
        self._once(found)
        names, left_out = self._named(texts)
        values: dict[tuple[str, int | None], dict[str, float]] = {
            place: {} for place in at_row.values()
        }
        for name, short in names.items():
            for spot, value in self._numbers(texts.get(name, {}), short).items():
                values[at_row[spot]][short] = value
        index = pd.MultiIndex.from_tuples(list(values), names=["iso3", "year"])
        frame = pd.DataFrame(list(values.values()), index, list(names.values()), dtype=float)
        frame = frame.reset_index()
        return frame.assign(year=frame["year"].astype("Int64")), tuple(left_out)

    def _year(self, number: int, row: Sequence[str]) -> int | None:
        if self.year is None:
            return None
        cell = self._cell(row, self.year)
        match = _YEAR.fullmatch(cell.removesuffix(".0"))
        if match is None and not re.fullmatch(r"-?\d{1,4}", cell):
            self._fault(
                "this is no year", number, self.header[self.year], cell, "Write four digits."
            )
            return None
        return int(match[1]) if match else int(cell)

    def _stem(self) -> str:
        return self.where.rpartition(".")[0] or self.where

    def _once(self, found: Sequence[tuple[int, Sequence[str], str]]) -> None:
        """Note every row of a country, year and series that stands there already."""
        seen: dict[tuple[str, str, str], int] = {}
        for number, row, iso3 in found:
            year = self._cell(row, self.year) if self.year is not None else ""
            series = self._cell(row, self.series) if self.series is not None else ""
            if (iso3, year, series) in seen:
                at = next(at for at in self.places if self._cell(row, at))
                self._fault(
                    "this country stands here twice",
                    number,
                    self.header[at],
                    self._cell(row, at),
                    "Keep one row for each country.",
                )
            seen.setdefault((iso3, year, series), number)

    def _named(
        self, texts: Mapping[str, Mapping[tuple[int, int], str]]
    ) -> tuple[dict[str, str], list[str]]:
        """Printed name -> name of the indicator, and the columns of words that are none."""
        filled = {name: [cell for cell in cells.values() if cell] for name, cells in texts.items()}
        figures = {n for n, cells in filled.items() if any(re.match(r"-?\d", c) for c in cells)}
        beside = {self.header[at] for at in self.beside}
        printed = list(texts) if self.wide else [self.header[at] for at in self.values]
        left_out = [
            name
            for name in printed
            if figures and name not in figures and (name in beside or filled.get(name))
        ]
        taken = dict.fromkeys(map(key, WEIGHTS), "this is the name of a component of our own")
        names: dict[str, str] = {}
        for name in printed:
            if name in left_out:
                continue
            short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
            reason = taken.get(key(short)) or ("" if key(short) else _NO_LETTERS)
            if reason:
                self._refuse_header(reason, name, "Give the column another name.")
            taken[key(short)] = "two columns have the same name"
            names[name] = short
        if len(names) > MOST:
            self._refuse_header(
                "there are too many columns with values", None, f"Keep {MOST} columns at most."
            )
        return names, left_out

    def _numbers(
        self, cells: Mapping[tuple[int, int], str], name: str
    ) -> dict[tuple[int, int], float]:
        spots = [spot for spot, cell in cells.items() if cell]
        if not spots:
            if not self.faults:
                self._fault(
                    "the column holds no number",
                    self.top + 1,
                    name,
                    None,
                    "Give at least one country a number, or remove the column.",
                )
            return {}
        places = {n: (row, self.header[at]) for n, (row, at) in enumerate(spots)}
        keys = {key(self.header[at]) for at in self.places}
        download = {"entity", "code"} <= keys or {"countryname", "countrycode"} <= keys
        try:
            values = numbers(
                {n: cells[spot] for n, spot in enumerate(spots)},
                name,
                self.where,
                places=places,
                usual="." if download else "",
            )
        except DataError as error:
            self.faults += each_of(error)
            return {}
        return {spots[n]: value for n, value in values.items()}


_REMOVE = "Write the name or the code of one country, or remove the row."
_AGREE = "Correct the code or the name, or remove one of the two columns."
_NO_LETTERS = "the name of this column has no letters"
