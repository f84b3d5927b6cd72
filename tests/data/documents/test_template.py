"""The template is read by the readers it is made for, empty and filled."""

from __future__ import annotations

import io

import openpyxl
import pytest

from data.documents import calc, delimited, excel, template, text
from data.documents.cells import Cells
from data.documents.dates import dates
from geo.errors import DataError

READ = {"xlsx": excel.read, "ods": calc.read, "csv": delimited.read}


@pytest.mark.parametrize("kind", template.KINDS)
def test_an_empty_template_holds_four_tables_without_rows(kind: str, printed):
    found = READ[kind](template.write(f"annex.{kind.upper()}"))
    assert [table.rows[0] for table in found.tables] == [
        rows[0] for rows in template.TABLES.values()
    ]
    if kind != "csv":  # has no sheets
        assert [table.title for table in found.tables] == list(template.TABLES)
    assert printed(found) == ([], [], [(None,)])
    assert found.text == "Peildatum\nVolledigheid"


def test_the_kinds_agree():
    found = {kind: READ[kind](template.write(kind)) for kind in template.KINDS}
    assert found["xlsx"] == found["ods"]
    assert [each.rows for each in found["csv"].tables] == [
        each.rows for each in found["ods"].tables
    ]


def test_a_template_filled_in(printed):
    book = openpyxl.load_workbook(io.BytesIO(template.write(".xlsx")))
    book["Peildatum"]["B1"] = "12-5-2026"
    book["Netwerk"].insert_rows(3)
    for column, words in enumerate(("Peru - NP", "Lima", "Peru / Chili"), start=1):
        book["Netwerk"].cell(3, column).value = words
    book["FILO"].append(("NP FILO", "wereldwijd"))
    for words in ("Europol", "Somebody", "", "UNODC", "Advisor"):
        book["Multilateraal"].append((words or None,))
    book["Missies"]["A2"], book["Missies"]["B2"], book["Missies"]["C2"] = "EUX", "Irak", 4
    book["Missies"].append(("Totaal", None, 4.0))
    made = io.BytesIO()
    book.save(made)
    found = excel.read(made.getvalue())
    assert dates(found.text).real == ("2026-05-12",)
    rows, missions, ((total,),) = printed(found)
    assert [row[3:8] for row in rows] == [
        (1, "Amerika’s", "Peru - NP", "Lima", "Peru / Chili"),
        (1, "", "NP FILO", "", "wereldwijd"),
        (1, "Europol", "Somebody", "", ""),
        (2, "UNODC", "Advisor", "", ""),
    ]
    assert [row[2:6] for row in missions] == [(1, "EUX", "Irak", "4")]
    assert total == 4


@pytest.mark.parametrize("name", ["bijlage-2025-11", "bijlage-2023-12"])
def test_an_annex_in_sheets_reads_as_its_text_does(document, as_xlsx, as_csv, printed, name: str):
    cells = text.read(document(name))
    flat = any(len(row) == 1 for table in cells.tables for row in table.rows[:1])
    for make, read in ((as_xlsx, excel.read), (as_csv, delimited.read)):
        found = read(make(Cells("", cells.tables)))
        assert printed(found) == printed(cells)
        assert flat or found.tables == cells.tables


@pytest.mark.parametrize("name", ["annex.docx", "annex", "", "../annex.pdf"])
def test_other_kinds_have_no_template(name: str):
    with pytest.raises(DataError, match="no_such_template"):
        template.write(name)
