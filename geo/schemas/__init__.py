"""Every table of the product: columns, types, units, keys and where its facts come from.

All country columns hold ISO 3166-1 alpha-3 codes, XKX for Kosovo and the units of Natural Earth
that ISO does not know (see `data/build/README.md`). Coordinates are degrees, WGS84. Lists in a
cell are separated by a space. An empty cell is a value that is not stated; it is never zero.
"""

from __future__ import annotations

# ruff: noqa: E402 (pandera learns the kinds of text that there are when it is imported)
import pandas as pd

# Texts as objects of Python: on tables of a few hundred rows they are compared, taken apart and
# listed in a fraction of the time of those of Arrow.
pd.set_option("mode.string_storage", "python")

import pandera.pandas as pa

from geo.errors import DataError
from geo.schemas import evidence, facts, world
from geo.schemas.columns import (
    BASES,
    CAUTIONS,
    CONTRIBUTORS,
    KINDS,
    LEADS,
    MATCHES,
    NOT_STATED,
    NOT_STATED_WORD,
    ORGANISATIONS,
    SAYS,
)

__all__ = [
    "BASES",
    "CAUTIONS",
    "CONTRIBUTORS",
    "COUNTRY_COLUMNS",
    "KINDS",
    "LEADS",
    "MATCHES",
    "NOT_STATED",
    "NOT_STATED_WORD",
    "ORGANISATIONS",
    "SAYS",
    "TABLES",
    "validate",
]

TABLES: dict[str, pa.DataFrameSchema] = world.TABLES | facts.TABLES | evidence.TABLES

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
    for column, code in (("network", "network_date_needed"), ("missions", "missions_date_needed")):
        dateless = (releases[column] != "absent") & releases[f"{column}_as_of"].isna()
        for row in releases.index[dateless]:
            raise DataError(code, where, int(row) + 2, f"{column}_as_of")


def _first_fault(cases: pd.DataFrame, where: str) -> DataError:
    # Missing columns first; a cell before what the cell made impossible to check.
    structure = cases[cases["check"].astype(str).str.startswith("column_")]
    first = (structure if len(structure) else cases.sort_values("index", kind="stable")).iloc[0]
    check = str(first["check"])
    if check in ("column_in_schema", "column_in_dataframe"):
        return DataError(_CODES[check], where, value=str(first["failure_case"]))
    row = None if pd.isna(first["index"]) else int(first["index"]) + 2
    column = first["column"] if isinstance(first["column"], str) else None
    value = None if pd.isna(first["failure_case"]) else str(first["failure_case"])
    rule = check.split("(")[0]
    if rule not in _CODES:
        return DataError("rule_broken", where, row, column, value, rule=check)
    return DataError(_CODES[rule], where, row, column, value)


_CODES = {
    "column_in_schema": "column_unknown",
    "column_in_dataframe": "column_missing",
    "not_nullable": "cell_empty",
    "str_length": "cell_empty",
    "real_date": "no_date",
    "str_matches": "not_as_written",
    "isin": "no_such_word",
    "in_range": "number_out_of_range",
    "greater_than_or_equal_to": "number_too_small",
    "multiple_fields_uniqueness": "row_twice",
    "coerce_dtype": "not_a_number",
    "dtype": "wrong_type",
    "column_ordered": "columns_out_of_order",
}
