"""Every table of the product: columns, types, units, keys and where its facts come from.

All country columns hold ISO 3166-1 alpha-3 codes, XKX for Kosovo and the units of Natural Earth
that ISO does not know (see `data/build/README.md`). Coordinates are degrees, WGS84. Lists in a
cell are separated by a space. An empty cell is a value that is not stated; it is never zero.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from geo.errors import DataError
from geo.schemas import facts, world
from geo.schemas.columns import (
    BASES,
    KINDS,
    LEADS,
    MATCHES,
    NOT_STATED,
    NOT_STATED_WORD,
    ORGANISATIONS,
)

__all__ = [
    "BASES",
    "COUNTRY_COLUMNS",
    "KINDS",
    "LEADS",
    "MATCHES",
    "NOT_STATED",
    "NOT_STATED_WORD",
    "ORGANISATIONS",
    "TABLES",
    "validate",
]

TABLES: dict[str, pa.DataFrameSchema] = world.TABLES | facts.TABLES

# Columns that name units of the map, alone or as a list, in whatever table they stand.
COUNTRY_COLUMNS = frozenset(
    {
        *("iso3", "neighbour", "sovereign", "host", "areas", "duty_iso3", "candidates"),
        "counted_with",
    }
)


def validate(table: str, frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """`frame` with the types of `TABLES[table]`.

    Raises DataError at the first cell that does not fit, counted as a spreadsheet counts rows.
    """
    try:
        valid = TABLES[table].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise _first_fault(error.failure_cases, where) from error
    if table == "releases":
        _check_reference_dates(valid, where)
    return valid


def _check_reference_dates(releases: pd.DataFrame, where: str) -> None:
    """A table that a document has holds for a date."""
    for column in ("network", "missions"):
        dateless = (releases[column] != "absent") & releases[f"{column}_as_of"].isna()
        for row in releases.index[dateless]:
            reason = f"{column} is not absent, so its reference date is needed"
            raise DataError(where, reason, int(row) + 2, f"{column}_as_of")


def _first_fault(cases: pd.DataFrame, where: str) -> DataError:
    # Missing columns first; a cell before what the cell made impossible to check.
    structure = cases[cases["check"].astype(str).str.startswith("column_")]
    first = (structure if len(structure) else cases.sort_values("index", kind="stable")).iloc[0]
    check = str(first["check"])
    if check in ("column_in_schema", "column_in_dataframe"):
        word = "unknown" if check == "column_in_schema" else "missing"
        return DataError(where, f"a column is {word}", value=str(first["failure_case"]))
    row = None if pd.isna(first["index"]) else int(first["index"]) + 2
    column = first["column"] if isinstance(first["column"], str) else None
    value = None if pd.isna(first["failure_case"]) else str(first["failure_case"])
    return DataError(
        where,
        _REASONS.get(check.split("(")[0], f"the value breaks the rule {check}"),
        row,
        column,
        value,
    )


_REASONS = {
    "not_nullable": "the cell is empty but a value is needed",
    "str_length": "the cell is empty but a value is needed",
    "real_date": "this is no date; write a year, year-month or year-month-day",
    "str_matches": "the value is not written as expected",
    "isin": "the value is not one of the words allowed here",
    "in_range": "the number is out of range",
    "greater_than_or_equal_to": "the number is too small",
    "multiple_fields_uniqueness": "the row stands here twice",
    "coerce_dtype": "the value is not a number",
    "dtype": "the value is of the wrong type",
    "column_ordered": "the columns are not in the expected order",
}
