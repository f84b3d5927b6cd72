"""Records as files for other programs."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import records
from dashboard.i18n import texts_of
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
    assert made == "label\n' =1 \n"


@pytest.mark.parametrize(
    "text",
    [
        "\uff1d1+1",  # the signs in full width: =, +, -, @
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(1)",
        "\t=1+1",
        "\r\n=1+1",
        '"=1+1"',
        "'=1+1",
        " \u00a0=1+1",
        "\u200b\ufeff=1+1",
        "\u22121",
    ],
)
def test_what_begins_like_a_formula_is_text_in_every_export(text: str):
    assert records.is_formula(text)
    for separator in (",", ";"):
        made = records.as_csv([{"a": text, text: 1}], separator)
        heads, cells = csv.reader(io.StringIO(made, newline=""), delimiter=separator)
        assert heads[1].lstrip().startswith("'") and cells[0].lstrip().startswith("'")


@pytest.mark.parametrize("text", ["", "Kenia-1 - KMar", "a = b", "'s-Gravenhage", "“Dubai”", "1"])
def test_other_text_is_no_formula(text: str):
    assert not records.is_formula(text)


def test_a_formula_behind_a_sign_that_another_reader_cuts_at_is_text():
    # A Dutch Excel opens commas as one column, and cuts it at a semicolon within a text.
    assert records.as_csv([{"a": "x;=1+1"}]) == "a\nx;'=1+1\n"
    assert records.as_csv([{"a": "x, y\n=1+1"}]) == 'a\n"x, y\n\'=1+1"\n'
    assert records.as_csv([{"a": "x,=1+1; y"}], ";") == 'a\n"x,\'=1+1; y"\n'


def test_a_dutch_excel_gets_semicolons_decimal_commas_and_a_mark():
    made = records.for_excel([{"stad": "Genève", "lat": -46.2, "n": 3, "k": None}], texts_of("nl"))
    assert made == b"\xef\xbb\xbfstad;lat;n;k\nGen\xc3\xa8ve;-46,2;3;\n"
    made = records.for_excel([{"lat": -46.2, "n": 3}], texts_of("en"))
    assert made == b"\xef\xbb\xbflat,n\n-46.2,3\n"


def test_what_is_not_stated_has_one_word():
    rows: list[records.Record] = [{"organisation": None, "organisations": [None, "NP"]}]
    assert records.as_csv(rows).splitlines()[1] == "not-stated,not-stated; NP"
    dutch = records.for_excel(rows, texts_of("nl")).decode("utf-8-sig")
    assert dutch.splitlines()[1] == 'organisatie onbekend;"organisatie onbekend; NP"'
    table = records.as_table(rows, texts_of("nl")).splitlines()
    assert table == [
        "organisatie           organisaties",
        "organisatie onbekend  organisatie onbekend; NP",
    ]


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
