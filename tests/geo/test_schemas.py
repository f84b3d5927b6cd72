"""The schemas themselves: keys, order, and the row number a fault is reported at."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.errors import DataError
from geo.schemas import BASES, COUNTRY_COLUMNS, MATCHES, TABLES
from geo.schemas.validation import validate


def eu(*rows: tuple[str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "since"], dtype="str")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_title_a_key_and_fixed_columns(name: str):
    schema = TABLES[name]
    assert schema.title and schema.key
    assert set(schema.key) <= set(schema.columns)


def test_the_words_other_programs_read():
    assert BASES == ("named", "host", "region")
    assert MATCHES == ("code", "name", "alias", "spelling", "region", "host", "hand")


def test_every_column_of_codes_is_known_as_one():
    coded = {
        column
        for schema in TABLES.values()
        for column, spec in schema.columns.items()
        if "[A-Z]{3}" in spec.pattern
    }
    assert coded == COUNTRY_COLUMNS | {"code"}  # of what is no unit


def test_a_good_table_passes_unchanged():
    frame = eu(("BEL", "1958"), ("HRV", "2013-07"), ("CYP", "2024-02-29"))
    assert validate("eu_members", frame, "eu.csv")["iso3"].tolist() == ["BEL", "HRV", "CYP"]


@pytest.mark.parametrize(
    ("rows", "row", "column", "value"),
    [
        ([("BEL", "1958"), ("Belgium", "1958")], 3, "iso3", "Belgium"),
        ([("bel", "1958")], 2, "iso3", "bel"),
        ([("BEL", "1 January 1958")], 2, "since", "1 January 1958"),
        ([("BEL", "1958-13")], 2, "since", "1958-13"),
        ([("BEL", "1958-00")], 2, "since", "1958-00"),
        ([("BEL", "1958-1-1")], 2, "since", "1958-1-1"),
        ([("BEL", "1958-01-01T")], 2, "since", "1958-01-01T"),
        ([("BEL", "1958-01-")], 2, "since", "1958-01-"),
        ([("BEL", "19580101")], 2, "since", "19580101"),
        ([("HRV", "2013-07"), ("BEL", "2023-02-31")], 3, "since", "2023-02-31"),
        ([("BEL", None)], 2, "since", None),
        ([("FRA", "1958"), ("BEL", "1958"), ("BEL", "1958")], 3, None, None),
    ],
)
def test_the_first_fault_is_named(rows, row: int, column: str | None, value: str | None):
    with pytest.raises(DataError) as caught:
        validate("eu_members", eu(*rows), "eu.csv")
    assert (caught.value.where, caught.value.row) == ("eu.csv", row)
    if column:
        assert caught.value.column == column
    if value:
        assert caught.value.value == value
        assert value in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "word"), [(["iso3"], "since"), (["iso3", "since", "note"], "note")]
)
def test_a_missing_or_unknown_column_is_named(columns: list[str], word: str):
    frame = pd.DataFrame([["BEL", "1958", "x"][: len(columns)]], columns=columns, dtype="str")
    with pytest.raises(DataError) as caught:
        validate("eu_members", frame, "eu.csv")
    assert caught.value.value == word
