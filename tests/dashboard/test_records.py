"""Records as files for other programs."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import records


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_text_becomes_a_formula_in_a_spreadsheet(sign: str):
    text = f"{sign}HYPERLINK(1)"
    made = records.as_csv([{"text": text, "list": [text, "b"], "number": -1.5, "none": None}])
    (row,) = csv.DictReader(io.StringIO(made, newline=""))
    assert row == {"text": f"'{text}", "list": f"'{text}; b", "number": "-1.5", "none": ""}


def test_ordinary_text_is_left_as_it_is():
    made = records.as_csv([{"label": "Kenia-1 - KMar", "organisation": "NP"}])
    assert made == "label,organisation\nKenia-1 - KMar,NP\n"


def test_a_return_within_a_cell_ends_no_line():
    made = records.as_csv([{"label": "\r=1\r"}])
    assert made == "label\n =1 \n"


def test_records_with_different_keys_have_all_columns():
    made = [{"a": 1}, {"a": 2, "b": [{"iso3": "TUR"}]}]
    assert records.as_csv(made) == "a,b\n1,\n2,TUR\n"
    assert records.as_table(made) == "a  b\n1\n2  TUR\n"
