"""An indicator of the reader's own: rows of cells -> one number per country and column.

Nothing is guessed: a name that is not certainly one country, a number that can be read in two
ways, or a country that stands there twice is a DataError that says where.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo.decimals import numbers
from geo.errors import DataError
from geo.keys import key
from geo.names import Match, Resolver
from geo.ranking import WEIGHTS

MOST = 8  # indicators in one file
LONGEST = 40  # characters of the name of one
_CODES = ("iso3", "iso", "code", "landcode", "countrycode")
_NAMES = ("land", "landnaam", "country", "countryname", "naam", "name", "unit")
_SHOWN = 60


def read(
    rows: Sequence[Sequence[str]], resolver: Resolver, units: pd.DataFrame, where: str
) -> pd.DataFrame:
    """`iso3` and a column of numbers per indicator, in the order of the file; raises DataError.

    `rows`: the header and what is below it, cells as text. The country stands in a column `iso3`,
    or as a name in `land` or `country`; every other column is an indicator. An empty cell is not
    known. `where` names the file.
    """
    if len(rows) < 2:
        advice = "Give a header (iso3 and the name of the value) and a row per country."
        raise DataError(where, "the file holds no rows below a header", advice=advice)
    header = [" ".join(cell.split()) for cell in rows[0]]
    place, coded = _country(header, where)
    named = _indicators(header, place, where)
    known = dict(zip(units["iso3"], units["name_nl"], strict=True))
    found: dict[str, list[float | None]] = {}
    values = {at: _column(rows, at, header[at], where) for at in named}
    for number, row in enumerate(rows[1:], start=2):
        printed = row[place].strip() if place < len(row) else ""
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for at, cell in enumerate(row) if not "".join(header[at : at + 1])):
            advice = "Separate the columns by ; where a number has a comma."
            raise DataError(where, "the row has more cells than the header", number, advice=advice)
        iso3 = _unit(printed, coded, resolver, known, (where, number, header[place]))
        if iso3 in found:
            advice = "Keep one row for each country."
            shown = printed[:_SHOWN]
            reason = "this country stands here twice"
            raise DataError(where, reason, number, header[place], shown, advice)
        found[iso3] = [values[at].get(number) for at in named]
    frame = pd.DataFrame.from_dict(found, orient="index", columns=[header[at] for at in named])
    return frame.astype(float).rename_axis("iso3").reset_index()


def _country(header: Sequence[str], where: str) -> tuple[int, bool]:
    """Where the country stands, and whether by code."""
    keys = [key(cell) for cell in header]
    for names, coded in ((_CODES, True), (_NAMES, False)):
        places = [place for place, name in enumerate(keys) if name in names]
        if places:
            return places[0], coded
    shown = ", ".join(cell for cell in header if cell)[:_SHOWN]
    reason = "no column says which country it is"
    raise DataError(where, reason, 1, value=shown, advice="Call that column iso3 or land.")


def _indicators(header: Sequence[str], place: int, where: str) -> list[int]:
    """The columns of numbers; a second column with the name of the country is none."""
    about = {*_CODES, *_NAMES}
    found = [at for at, name in enumerate(header) if name and key(name) not in about]
    if not found:
        advice = "Give a second column with a number for each country."
        raise DataError(where, "there is no column with a value", 1, advice=advice)
    if len(found) > MOST:
        advice = f"Keep {MOST} columns at most."
        raise DataError(where, "there are too many columns with values", 1, advice=advice)
    taken = dict.fromkeys(map(key, WEIGHTS), "this is the name of a component of our own")
    for at in found:
        name = header[at]
        reason = taken.get(key(name))
        if len(name) > LONGEST:
            reason = "the name of this column is too long"
        if reason or not key(name):
            reason = reason or "the name of this column has no letters"
            advice = "Give the column another name."
            raise DataError(where, reason, 1, value=name[:_SHOWN], advice=advice)
        taken[key(name)] = "two columns have the same name"
    return found


def _unit(
    printed: str, coded: bool, resolver: Resolver, known: dict[str, str], at: tuple[str, int, str]
) -> str:
    """The code of the country; a misspelling is asked about, not accepted."""
    where, row, column = at
    if not printed:
        raise DataError(where, "no country stands in this row", row, column, advice=_REMOVE)
    if coded and printed.upper() in known:
        return printed.upper()
    found = resolver.unit(printed)
    if isinstance(found, Match) and found.how != "spelling":
        return found.iso3
    near = (found.iso3,) if isinstance(found, Match) else getattr(found, "suggestions", ())
    near = near or resolver.suggest(printed)
    alike = ", ".join(f"{known[iso3]} ({iso3})" for iso3 in near[:3] if iso3 in known)
    advice = f"Perhaps {alike} is meant; write the name or the code." if alike else _REMOVE
    reason = "this is not certainly one country"
    raise DataError(where, reason, row, column, printed[:_SHOWN], advice)


_REMOVE = "Write the name or the code of one country, or remove the row."


def _column(rows: Sequence[Sequence[str]], at: int, name: str, where: str) -> dict[int, float]:
    """Row number -> the number in a column, where there is one."""
    texts = {
        number: row[at]
        for number, row in enumerate(rows[1:], start=2)
        if at < len(row) and row[at].strip()
    }
    if not texts:
        advice = "Give at least one country a number, or remove the column."
        raise DataError(where, "the column holds no number", 1, name, advice=advice)
    return numbers(texts, name, where)
