"""Whether a frame is the table of `geo.schemas` it should be: the first cell that is not is named.

Written here and not left to a library of schemas: the one that did this cost each command a third
of a second to import, and each table twenty times as long as this takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

import pandas as pd

from geo.errors import DataError
from geo.schemas import TABLES
from geo.schemas.columns import Column, real_date

# Texts as objects of Python: on tables of a few hundred rows they are compared, taken apart and
# listed in a fraction of the time of those of Arrow. Every table that is read comes by here.
pd.set_option("mode.string_storage", "python")

# Digits of ASCII alone: Python takes "١", " 7" and "1_0" for numbers too.
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LONGEST = 400  # letters; what has more is no number that somebody wrote
_LEAST, _MOST = -(2**63), 2**63 - 1  # of a whole number


def validate(table: str, frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """A copy of `frame` with the types of `TABLES[table]`.

    Raises DataError at the first cell that does not fit, counted as a spreadsheet counts rows; in
    a row the cells go before its key.
    """
    schema = TABLES[table]
    _check_columns(list(schema.columns), list(frame.columns), where)
    cells = {name: _typed(frame[name], column.dtype) for name, column in schema.columns.items()}
    faults: list[DataError] = []
    for name, column in schema.columns.items():
        faults.extend(_faults(column, cells[name], where))
    repeated = frame.duplicated(list(schema.key), keep=False)
    faults.extend(_first("row_twice", repeated, frame[schema.key[0]], where))
    if faults:
        raise min(faults, key=lambda fault: fault.row or 0)  # the earliest of equal ones
    valid = frame.assign(**cells)
    if table == "releases":
        _check_reference_dates(valid, where)
    return valid


def _check_columns(wanted: list[str], there: list[str], where: str) -> None:
    unknown = [name for name in there if name not in wanted]
    missing = [name for name in wanted if name not in there]
    if unknown:
        raise DataError("column_unknown", where, value=unknown[0])
    if missing:
        raise DataError("column_missing", where, value=missing[0])
    if there != wanted:
        first = next(name for name, right in zip(there, wanted, strict=False) if name != right)
        raise DataError("columns_out_of_order", where, value=first)


def _typed(cells: pd.Series, dtype: str) -> pd.Series:
    """The cells as numbers where the column holds numbers and every cell is one."""
    if dtype not in ("Int64", "float64") or cells.dtype == dtype:
        return cells
    texts = isinstance(cells.dtype, pd.StringDtype)
    if texts and not (_numbers(cells, dtype).all() and _holds(cells, dtype).all()):
        return cells
    try:
        return cells.astype(dtype)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError, OverflowError):
        return cells


def _faults(column: Column, cells: pd.Series, where: str) -> Iterator[DataError]:
    """The first fault of each kind in a column, the kind that explains most first."""
    missing = cells.isna()
    if not column.nullable:
        yield from _first("cell_empty", missing, cells, where)
    if cells.dtype != column.dtype:
        wrong = ~_numbers(cells, column.dtype)
        yield from _first("not_a_number", wrong, cells, where)
        if not wrong.any():
            wrong = ~_holds(cells, column.dtype)
            yield from _first("number_out_of_range", wrong, cells, where)
        if not wrong.any():
            yield DataError("wrong_type", where, column=str(cells.name))
        return
    if missing.any():
        cells = cells[~missing]
    if column.pattern:
        yield from _first("not_as_written", ~cells.str.fullmatch(column.pattern), cells, where)
    if column.words:
        yield from _first("no_such_word", ~cells.isin(column.words), cells, where)
    if column.dated:
        yield from _first("no_date", ~cells.map(real_date).astype(bool), cells, where)
    elif column.dtype == "str" and not column.nullable:
        yield from _first("cell_empty", cells == "", cells, where)
    if column.high is not None:
        outside = (cells < column.low) | (cells > column.high)
        yield from _first("number_out_of_range", outside, cells, where)
    elif column.low is not None:
        yield from _first("number_too_small", cells < column.low, cells, where)
    if column.unique:
        yield from _first("row_twice", cells.duplicated(keep=False), cells, where)


def _numbers(cells: pd.Series, dtype: str) -> pd.Series:
    """Which cells of a column can be a number of that type, or are missing."""
    if dtype not in ("Int64", "float64"):
        return pd.Series(True, cells.index)
    form = _WHOLE if dtype == "Int64" else _DECIMAL

    def is_number(text: str) -> bool:
        return len(text) <= _LONGEST and form.fullmatch(text) is not None

    return _each(cells, is_number)


def _holds(cells: pd.Series, dtype: str) -> pd.Series:
    """Which cells that are numbers, or missing, a column of that type has room for."""
    if dtype not in ("Int64", "float64"):
        return pd.Series(True, cells.index)

    def fits(text: str) -> bool:
        if dtype == "Int64":
            return _LEAST <= int(text) <= _MOST
        return math.isfinite(float(text))

    return _each(cells, fits)


def _each(cells: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Of which cells that holds, or which are missing; each is looked at once, as plain text."""
    pairs = zip(cells.isna().tolist(), cells.tolist(), strict=True)
    valid = [is_missing or holds(str(cell)) for is_missing, cell in pairs]
    return pd.Series(valid, cells.index, dtype=bool)


def _first(code: str, wrong: pd.Series, cells: pd.Series, where: str) -> Iterator[DataError]:
    """The first of the cells that are wrong, if any."""
    if wrong.any():
        place = int(wrong.to_numpy(dtype=bool).argmax())
        value, row = cells.iloc[place], int(cells.index[place])
        printed = None if pd.isna(value) else str(value)
        yield DataError(code, where, row + 2, str(cells.name), printed)


def _check_reference_dates(releases: pd.DataFrame, where: str) -> None:
    """A table that a document has holds for a date."""
    for column, code in (("network", "network_date_needed"), ("missions", "missions_date_needed")):
        dateless = (releases[column] != "absent") & releases[f"{column}_as_of"].isna()
        for row in releases.index[dateless]:
            raise DataError(code, where, int(row) + 2, f"{column}_as_of")
