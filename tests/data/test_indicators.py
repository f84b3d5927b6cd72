"""Files of indicators and weights: the kinds that are read, and refusals in one sentence."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.indicators import LARGEST, as_csv, read_file, read_weights, received
from geo.errors import DataError
from geo.ranking import WEIGHTS


def book(*sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        page = made.create_sheet(f"Blad {number}")
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("own.csv", "land;waarde\nEcuador;1,5\nIvoorkust;2\n".encode("utf-8-sig")),
        ("own.csv", b"iso3,waarde\nECU,1.5\nCIV,2\n"),
        ("OWN.CSV", "land\twaarde\r\nEcuador\t1,5\r\nCôte d'Ivoire\t2\r\n".encode("cp1252")),
        ("own.xlsx", book([["land", "waarde"], ["Ecuador", 1.5], ["Ivoorkust", 2]])),
        ("own.csv", b"sep=;\r\nland;waarde\r\nEcuador;1,5\r\nIvoorkust;2\r\n"),
        ("own.csv", b"m49,waarde\n218,1.5\n384,2\n1,9\n"),
        (
            "own.xlsx",
            book(
                [["Source", "x"], [], ["Country Code", "waarde"], ["ECU", 1.5], ["CIV", 2]],
                [["Country Code", "Region"], ["ECU", "Latin America"]],
            ),
        ),
        ("own.csv", b"iso3;waarde;plaatsingen\nECU;1.5;1\nCIV;2;1\n"),  # a word of the annexes too
    ],
)
def test_the_kinds_that_are_read(name, content):
    found = received(name, content).reading.of_year()
    assert found[["iso3", "waarde"]].to_dict("list") == {
        "iso3": ["ECU", "CIV"],
        "waarde": [1.5, 2.0],
    }


def test_a_table_of_many_years_is_read_whole(units):
    """More rows than an annex may have, and a workbook with more columns."""
    codes = units["iso3"][units["iso2"] != ""][:200]
    lines = [f"{code},{year},{year / 7:.4f}" for code in codes for year in range(1990, 2021)]
    content = "\n".join(["Code,Year,x", *lines]).encode()
    found = received("long.csv", content).reading
    assert len(lines) > 6000 and len(found.figures) == len(lines)
    years = list(range(1930, 2025))
    wide = book([["Country Code", *years], ["ECU", *years], ["SWE", *years]])
    found = received("wide.xlsx", wide).reading
    assert found.of_year()["wide"].tolist() == [2024, 2024] and len(found.years) == 95


def test_rows_that_nobody_sees_are_not_read_and_counted():
    made = openpyxl.Workbook()
    page = made.active
    for row in (["land", "x"], ["Ecuador", 1], ["Peru", 2], ["Mali", 3]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    found = received("own.xlsx", stream.getvalue())
    assert found.reading.of_year()["iso3"].tolist() == ["ECU", "MLI"] and found.unread == 1


def test_what_is_offered_again_can_be_read_again(units):
    numbers = {"eigen, maat": [1.234, None, 1e15], "x": [-1.5, 2.0, 1e-7], "y": [1e3, 0, None]}
    frame = pd.DataFrame({"iso3": ["ECU", "NAM", "BES"]} | numbers)
    content = as_csv(frame, units.set_index("iso3")["name_nl"])
    again = received("again.csv", content).reading.of_year()
    pd.testing.assert_frame_equal(again, frame, check_dtype=False)


@pytest.mark.parametrize("name", ["=1+1", "＝1+1", "@x", "+x", " =x"])
def test_a_name_that_would_be_a_formula_is_harmless(units, name: str):
    frame = pd.DataFrame({"iso3": ["ECU"], name: [1.0]})
    content = as_csv(frame, units.set_index("iso3")["name_nl"]).decode("utf-8-sig")
    assert content.splitlines()[0] == f"iso3,land,'{name}"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("own.pdf", b"%PDF-1.4", "indicator_no_table"),
        ("own", b"land;x\nMali;1\n", "indicator_no_table"),
        ("own.csv", b"", "file_empty"),
        ("own.csv", b"land;x\n", "no_rows_below_header"),
        ("own.csv", b"x" * (LARGEST + 1), "file_too_large, megabytes=2.0"),
        ("own.csv", b"land;x\nMali;=1+1\n", "figure_no_number (found '=1+1')"),
        ("own.csv", book([["land", "x"]]), "content_of_other_kind, kind='csv'"),
        ("own.xlsx", b"land;x\nMali;1\n", "content_of_other_kind, kind='xlsx'"),
        (
            "own.xlsx",
            book([["land", "x"], ["Mali", 1]], [["land", "y"], ["Mali", 1]]),
            "several_tables",
        ),
        ("../own.csv", b"land;x\nNarnia;1\n", "own.csv, row 2, column land"),
    ],
)
def test_what_is_refused(name, content, told):
    with pytest.raises(DataError) as error:
        received(name, content)
    assert told in str(error.value) and str(error.value).startswith("own")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.json", '{"population": 0, "kind": 5}'),
        ("w.csv", "component,weight\npopulation,0\nkind,5\n"),
        ("w.csv", "onderdeel;gewicht\npopulation;0\n\nkind;5\n"),
        ("w.csv", "population,0\nkind,5"),
    ],
)
def test_weights(tmp_path: Path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_weights(path, WEIGHTS) == {"population": 0, "kind": 5}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("w.json", "{", "weights_no_json"),
        ("w.json", "[1, 2]", "no_weights"),
        ("w.json", '{"kind": 1, "kind": 2}', "'kind'"),
        ("w.json", '{"kind": 1.5}', "'1.5'"),
        ("w.json", "[" * 9000, "weights_no_json"),
        ("w.csv", "kind", "no_weights"),
        ("w.csv", "component,weight\n", "no_weights"),
        ("w.csv", "kind,9", "'9'"),
        ("w.csv", "kind,veel", "'veel'"),
        ("w.csv", "kind," + "9" * 50, "no_weight"),
        ("w.csv", "wat,3", "no_such_component (found 'wat')"),
        ("w.csv", "x" * 30_000, "weights_too_large"),
    ],
)
def test_weights_that_are_refused(tmp_path: Path, name, text, told):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_weights(path, WEIGHTS)
    assert told in str(error.value) and str(error.value).startswith(name)


def test_a_file_that_is_not_there(tmp_path: Path):
    for read_it in (read_file, lambda path: read_weights(path, WEIGHTS)):
        with pytest.raises(DataError, match=r"none\.csv: file_not_opened"):
            read_it(tmp_path / "none.csv")
    with pytest.raises(DataError, match="no_file"):
        read_weights(tmp_path, WEIGHTS)
