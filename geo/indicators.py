"""An indicator of the reader's own: rows of cells -> figures per country, year and column.

Nothing is guessed: a name that is not certainly one country, a code and a name that contradict
each other, a number that can be read in two ways, a country that stands there twice are named, all
at once. Rows that are no country (the world, a continent, an income group) are left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.country_rows import LONGEST, Countries, Row, cell_of, header_row
from geo.decimals import is_nothing, numbers
from geo.errors import DataError, FaultsError, Value, by_file
from geo.names.normalise import key
from geo.names.resolver import Resolver
from geo.ranking import WEIGHTS

MOST = 8  # indicators in one file
_YEARS = ("year", "jaar", "jaartal", "time", "timeperiod", "period", "peiljaar")
_SERIES = ("indicatorname", "seriesname", "indicator", "reeks")
_BESIDE = (
    "indicatorcode seriescode timecode yearcode unitofmeasure topic valuetype "
    "worldregionaccordingtoowid worldregionsaccordingtoowid regionname region continent "
    "incomegroup subregion werelddeel regio"
).split()
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s*\[YR\1\])?")
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
    rows: Sequence[Row],
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


def holds_figures(rows: Sequence[Row]) -> bool:
    """Whether a sheet has a header that names the country and a cell below it with a number."""
    at = header_row(rows)
    below = rows[at + 1 :] if at is not None else ()
    return any(re.fullmatch(r"-?\d[\d.,\s]*%?", cell.strip()) for row in below for cell in row)


@dataclass
class _Table:
    """One table on its way to a `Reading`; `faults` gathers all that cannot be used."""

    rows: Sequence[Row]
    resolver: Resolver
    units: pd.DataFrame
    where: str
    m49: Mapping[int, str]

    def reading(self) -> Reading:
        """Read it all; raises DataError."""
        if len([row for row in self.rows if any(cell.strip() for cell in row)]) < 2:
            raise DataError("no_rows_below_header", self.where)
        top = header_row(self.rows)
        if top is None:
            shown = ", ".join(cell for cell in self.rows[0] if cell)[:_SHOWN]
            raise DataError("no_country_column", self.where, 1, value=shown)
        self.top = top
        self.header = [" ".join(cell.split()) for cell in self.rows[top]]
        self.lands = Countries(self.header, self.resolver, self.units, self.m49, self.where)
        self.faults = self.lands.faults
        self._columns()
        found = self.lands.of_rows(self._below())
        if not found and not self.faults:
            raise DataError("no_country_rows", self.where)
        figures, left_out = self._figures(found)
        if self.faults:
            raise FaultsError.of(sorted(self.faults, key=lambda fault: fault.row or 0))
        return Reading(figures, tuple(self.lands.skipped), left_out)

    def _columns(self) -> None:
        """Which columns name the country, the year and the series, and which hold figures."""
        keys = [key(cell) for cell in self.header]
        taken = {*self.lands.places, *self.lands.weak}
        rest = [at for at, name in enumerate(self.header) if name and at not in taken]
        self.year = next((at for at in rest if keys[at] in _YEARS), None)
        dated = [at for at in rest if _YEAR.fullmatch(self.header[at])]
        self.wide = dated if self.year is None else []
        self.series = next((at for at in rest if keys[at] in _SERIES), None) if self.wide else None
        apart = {self.year, self.series}
        self.values = self.wide or [at for at in rest if at not in apart]
        self.beside = {at for at in rest if keys[at] in (*_BESIDE, *_SERIES)} - apart
        if not self.values:
            # Where a row has more cells than the header, that is the fault to name.
            blank = [at for at, cell in enumerate(self.header) if not cell]
            if not any(at < len(row) and row[at].strip() for row in self.rows for at in blank):
                self._refuse_header("no_value_column", None)

    def _refuse_header(self, code: str, value: str | None, **params: Value) -> None:
        shown = None if value is None else value[:_SHOWN]
        raise DataError(code, self.where, self.top + 1, None, shown, **params)

    def _below(self) -> list[tuple[int, Row]]:
        """(number as a spreadsheet counts, cells) of the filled rows below the header.

        One with more cells than the header is a fault.
        """
        found = []
        for number, row in enumerate(self.rows[self.top + 1 :], start=self.top + 2):
            filled = [at for at, cell in enumerate(row) if cell.strip()]
            extra = [at for at in filled if not "".join(self.header[at : at + 1])]
            if extra:
                self.lands.fault("more_cells_than_header", number, None, row[extra[0]])
            elif filled:
                found.append((number, row))
        return found

    def _figures(
        self, rows: Sequence[tuple[int, Row, str]]
    ) -> tuple[pd.DataFrame, tuple[str, ...]]:
        """The figures of these rows, and the columns that hold words."""
        texts: dict[str, dict[tuple[int, int], str]] = {}
        at_row: dict[tuple[int, int], tuple[str, int | None]] = {}
        for number, row, iso3 in rows:
            year = self._year(number, row)
            for at in self.values:
                dated = int(_YEAR.fullmatch(self.header[at])[1]) if self.wide else year  # type: ignore[index]
                name = cell_of(row, self.series) if self.series is not None else ""
                name = name or (self._stem() if self.wide else self.header[at])
                cell = cell_of(row, at)
                at_row[number, at] = (iso3, dated)
                texts.setdefault(name, {})[number, at] = "" if is_nothing(cell) else cell
        self._once(rows)
        names, left_out = self._named(texts)
        values: dict[tuple[str, int | None], dict[str, float]] = {
            place: {} for place in at_row.values()
        }
        for name, short in names.items():
            for spot, value in self._numbers(texts.get(name, {}), short).items():
                values[at_row[spot]][short] = value
        if not values:
            return pd.DataFrame(columns=["iso3", "year"]), ()
        index = pd.MultiIndex.from_tuples(list(values), names=["iso3", "year"])
        frame = pd.DataFrame(list(values.values()), index, list(names.values()), dtype=float)
        frame = frame.reset_index()
        return frame.assign(year=frame["year"].astype("Int64")), tuple(left_out)

    def _year(self, number: int, row: Row) -> int | None:
        if self.year is None:
            return None
        cell = cell_of(row, self.year)
        match = _YEAR.fullmatch(cell.removesuffix(".0"))
        if match is None and not re.fullmatch(r"-?\d{1,4}", cell):
            self.lands.fault("no_year", number, self.header[self.year], cell)
            return None
        return int(match[1]) if match else int(cell)

    def _stem(self) -> str:
        return self.where.rpartition(".")[0] or self.where

    def _once(self, rows: Sequence[tuple[int, Row, str]]) -> None:
        """Note every row of a country, year and series that stands there already."""
        seen: dict[tuple[str, str, str], int] = {}
        for number, row, iso3 in rows:
            year = cell_of(row, self.year) if self.year is not None else ""
            series = cell_of(row, self.series) if self.series is not None else ""
            if (iso3, year, series) in seen:
                at = next(at for at in self.lands.places if cell_of(row, at))
                self.lands.fault("country_twice", number, self.header[at], cell_of(row, at))
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
        components, taken = {key(name) for name in WEIGHTS}, set[str]()
        names: dict[str, str] = {}
        for name in printed:
            if name in left_out:
                continue
            short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
            if not key(short):
                self._refuse_header("column_without_letters", name)
            if key(short) in taken:
                self._refuse_header("columns_of_one_name", name)
            if key(short) in components:
                self._refuse_header("column_named_as_component", name)
            taken.add(key(short))
            names[name] = short
        if len(names) > MOST:
            self._refuse_header("too_many_value_columns", None, most=MOST)
        return names, left_out

    def _numbers(
        self, cells: Mapping[tuple[int, int], str], name: str
    ) -> dict[tuple[int, int], float]:
        spots = [spot for spot, cell in cells.items() if cell]
        if not spots:
            if not self.faults:
                self.lands.fault("column_without_numbers", self.top + 1, name, None)
            return {}
        places = {n: (row, self.header[at]) for n, (row, at) in enumerate(spots)}
        keys = {key(self.header[at]) for at in self.lands.places}
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
            self.faults += by_file(error)
            return {}
        return {spots[n]: value for n, value in values.items()}
