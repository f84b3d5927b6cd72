"""Records as files for other programs."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import records
from data.load import release_table


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


def test_a_mission_tells_how_its_areas_were_read() -> None:
    """Rows 1, 2 and 12 of the annex of 2025; the source of one region was looked up."""
    found = records.missions(release_table("deployments", "bijlage-2025-11"), "2025-11-12")
    read = {each["mission"]: (each["areas_basis"], each["areas_checked"]) for each in found}
    assert read["OVSE Westelijke Balkan"] == ("region", None)
    assert read["EULEX Kosovo"] == ("named", None)
    assert read["EUSDI Golf van Guinee"] == ("region", "2026-11-28")
    [golf] = [each for each in found if each["mission"] == "EUSDI Golf van Guinee"]
    assert golf["areas_printed"] == "Golf van Guinee" and golf["areas"] == [
        "BEN",
        "CIV",
        "GHA",
        "TGO",
    ]
