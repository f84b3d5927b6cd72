"""An indicator of the reader's own: what is read, and one sentence for everything that is not."""

from __future__ import annotations

import pytest

from geo.decimals import numbers
from geo.errors import DataError
from geo.indicators import MOST, read

M49 = {218: "ECU", 752: "SWE", 528: "NLD"}


def rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.splitlines()]


@pytest.fixture
def reading(resolver, units):
    return lambda text: read(rows(text), resolver, units, "own.csv", M49)


@pytest.mark.parametrize(
    "text",
    [
        "iso3|value\nECU|3\nSWE|1.5",
        "land|value\nEcuador|3\nZweden|1,5",
        "Country|value\nEcuador|3\nSweden|1.5",
        "land|iso3|value\nwat dan ook|ecu|3\n|SWE|1.5",  # the code goes before the name
        "value|land\n3|Ecuador\n1.5|Zweden",
        "land|value\nRepubliek Ecuador|3\n\nZweden|1.50",
    ],
)
def test_the_same_file_in_many_forms(reading, text):
    assert reading(text).of_year().to_dict("list") == {"iso3": ["ECU", "SWE"], "value": [3.0, 1.5]}


def test_several_columns_are_several_indicators(reading):
    found = reading("iso3|crime|passengers\nECU|1|\nNAM||250000\nCIV|0|1").of_year()
    assert found.columns.tolist() == ["iso3", "crime", "passengers"]
    assert found["iso3"].tolist() == ["ECU", "NAM", "CIV"]
    # An empty cell is unknown; a 0 that is written is a 0.
    assert found["crime"].isna().tolist() == [False, True, False]
    assert found["crime"].iloc[2] == 0


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234,5", "12"], [1234.5, 12]),
        (["1,234.5", "12"], [1234.5, 12]),
        (["1.234.567", "8.901"], [1234567, 8901]),
        (["0,125", "2,250"], [0.125, 2.25]),  # the first tells what the second means
        (["0.125", "2.250"], [0.125, 2.25]),
        (["12345,678", "1"], [12345.678, 1]),
        (["-3", "\N{MINUS SIGN}4"], [-3, -4]),
        (["1 234", "2\N{NO-BREAK SPACE}000"], [1234, 2000]),
    ],
)
def test_numbers_as_people_write_them(cells, values):
    assert list(numbers(dict(enumerate(cells, 2)), "x", "f").values()) == values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no rows"),
        ("iso3|value", "no rows"),
        ("plek|value\nECU|1", "row 1: no column says which country"),
        ("iso3\nECU", "no column with a value"),
        ("land|naam\nEcuador|1", "no column with a value"),
        ("iso3|kind\nECU|1", "'kind'"),
        ("iso3|x|X\nECU|1|2", "two columns have the same name (found 'X')"),
        ("iso3|?\nECU|1", "no letters"),
        ("iso3|" + "|".join(f"c{i}" for i in range(MOST + 1)) + "\nECU", "too many columns"),
        ("iso3|x\nECU|1\nECU|2", "row 3, column iso3: this country stands here twice"),
        ("land|x\nEcuador|1\nECU|2", "row 3, column land: this country stands here twice"),
        ("land|x\nZwedn|1", "found 'Zwedn'). Perhaps Zweden (SWE) is meant"),
        ("land|x\nNarnia|1", "found 'Narnia'"),
        ("land|x\nCongo|1", "Congo-Kinshasa (COD)"),
        ("land|x\nCaribische Koninkrijksdelen|1", "not certainly one country"),
        ("iso3|x\n|1", "row 2, column iso3: no country"),
        ("iso3|x\nECU|veel", "row 2, column x: the value is not a number (found 'veel')"),
        ("iso3|x\nECU|1e555", "'1e555'"),
        ("iso3|x\nECU|1.234", "two ways: thousands or decimals (found '1.234')"),
        ("iso3|x\nECU|1.5\nSWE|2,5", "writes numbers in two ways"),
        ("iso3|x\nECU|1.5\nSWE|12,34,5", "two ways"),
        ("iso3|x\nECU|" + "9" * 17, "out of range"),
        ("iso3|x\nECU|", "the column holds no number"),
        ("land|x\nMali|1|5", "row 2: the row has more cells than the header"),
        ("land|x|\nMali|1|5", "row 2: the row has more cells than the header"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_says_where(reading, text, told):
    with pytest.raises(DataError) as error:
        reading(text)
    assert told in str(error.value)
    assert str(error.value).startswith("own.csv")
