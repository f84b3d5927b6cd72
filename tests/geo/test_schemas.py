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
        ([("BEL\n", "1958")], 2, "iso3", "BEL\n"),
        ([("BEL", "1958\n")], 2, "since", "1958\n"),
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
        assert repr(value)[1:-1] in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "word"), [(["iso3"], "since"), (["iso3", "since", "note"], "note")]
)
def test_a_missing_or_unknown_column_is_named(columns: list[str], word: str):
    frame = pd.DataFrame([["BEL", "1958", "x"][: len(columns)]], columns=columns, dtype="str")
    with pytest.raises(DataError) as caught:
        validate("eu_members", frame, "eu.csv")
    assert caught.value.value == word


@pytest.mark.parametrize(
    ("values", "code", "row", "value"),
    [
        (["1", " 7"], "not_a_number", 3, " 7"),
        (["1", "1.0"], "not_a_number", 3, "1.0"),
        (["1", "many"], "not_a_number", 3, "many"),
        (["1", "0"], "number_too_small", 3, "0"),
        *(
            (["1", cell], "not_a_number", 3, cell)
            for cell in ("inf", "١", "１", "1_000", "1\n", "")
        ),
        *((["1", cell], "number_out_of_range", 3, cell) for cell in (str(2**63), "9" * 20)),
        (["1", "9" * 5000], "not_a_number", 3, "9" * 5000),
        ([None, "many"], "cell_empty", 2, None),
        ([None, "1"], "cell_empty", 2, None),
    ],
)
def test_a_count_that_is_none_is_named_with_its_row(values, code: str, row: int, value: str | None):
    frame = pd.DataFrame({"iso3": ["BEL", "NLD"], "m49": values}, dtype="str")
    with pytest.raises(DataError) as caught:
        validate("m49", frame, "m49.csv")
    error = caught.value
    assert (error.code, error.row, error.column, error.value) == (code, row, "m49", value)


@pytest.mark.parametrize("value", ["inf", "nan", " 1.5", "1_0.5", "１.5", "1.5\n", "."])
def test_a_decimal_that_is_none_is_named_with_its_row(value: str):
    far = pd.DataFrame({"iso3": ["BEL"], "neighbour": ["NLD"], "border_km": [value]}, dtype="str")
    with pytest.raises(DataError) as caught:
        validate("neighbours", far, "n.csv")
    error = caught.value
    assert (error.code, error.row, error.column, error.value) == (
        "not_a_number",
        2,
        "border_km",
        value,
    )


@pytest.mark.parametrize("value", ["1e400", "-1e400"])
def test_a_decimal_without_room_is_out_of_range(value: str):
    far = pd.DataFrame({"iso3": ["BEL"], "neighbour": ["NLD"], "border_km": [value]}, dtype="str")
    with pytest.raises(DataError) as caught:
        validate("neighbours", far, "n.csv")
    assert (caught.value.code, caught.value.value) == ("number_out_of_range", value)


def test_a_number_out_of_its_bounds_and_columns_in_another_order():
    far = pd.DataFrame({"iso3": ["BEL"], "neighbour": ["NLD"], "border_km": ["10001"]}, dtype="str")
    with pytest.raises(DataError, match="10001"):
        validate("neighbours", far, "n.csv")
    with pytest.raises(DataError) as caught:
        validate("eu_members", eu(("BEL", "1958"))[["since", "iso3"]], "eu.csv")
    assert (caught.value.code, caught.value.value) == ("columns_out_of_order", "since")
