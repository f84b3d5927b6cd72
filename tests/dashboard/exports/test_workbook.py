"""A report as a workbook, opened again: numbers are numbers, dates dates, and text stays text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from odfdo import Document

from dashboard.exports.kinds import KINDS
from dashboard.exports.sheets import columns, sheets
from dashboard.i18n import texts_of
from dashboard.report import Cell, Chart, Form, Provenance, Report, Section, Source, Table

DAY = dt.date(2025, 11, 12)
FORMULAS = ["=1+1", "+x", "-y", "@SUM(A1)", "\uff1d1+1", "#N/A"]
LANDS = Table(
    "lands",
    "Wie bedient welk land: alles [bij elkaar]?",
    ["Land", "Inwoners", "Sinds", "Verschil", "Aandeel", "Jaar", "Afstand"],
    [
        [
            "Peru\x0b",
            Cell("1.234,5", 1234.52, form=Form(1, grouped=True)),
            Cell("12 november 2025", "2025-11-12"),
            Cell("+6", 6.0, form=Form(signed=True)),
            Cell("48 %", 0.48),
            Cell("2013", 2013, form=Form()),
            Cell("2.345 km", 2345.2, form=Form(grouped=True), alone=False),
        ],
        [
            "Chili",
            Cell("organisatie onbekend"),
            Cell("", "2025-11-12"),
            Cell("−3", -3.0, form=Form()),
            "",
            "",
            "12 km",
        ],
    ],
    "bijlage-1, tabel 1",
)
DATA = Chart("chart", "Tekst", None, "", ["Tekst"], [[text] for text in FORMULAS], "")


def report(*blocks: Any, language: str = "nl") -> Report:
    provenance = Provenance(
        "bijlage-1",
        "bijlage-1 · 0a1b2c3d",
        "1 januari 2026",
        [("Organisaties", "NP")],
        "Grenzen zeggen niets.",
        "http://127.0.0.1:8501/land?land=PER",
        [Source("kst-1", "Brief", "2013-10-09", "https://example.org/kst-1", "Noemt niemand")],
        "2026-11-22",
    )
    sections = [Section("s", "Kop", blocks or (LANDS, DATA))]
    return Report("n", "Peru", "Eén liaison", ["Zin."], sections, provenance, language)


def excel(made: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(KINDS["xlsx"].make(made)))


def opened(made: Report) -> dict[str, list[list[Any]]]:
    """The values of every sheet of an .ods."""
    tables = Document(io.BytesIO(KINDS["ods"].make(made))).body.tables
    return {table.name: [[c.value for c in row.cells] for row in table.rows] for table in tables}


NAMES = ["Over", "lands", "chart", "Bronnen", "Toelichting"]


def test_excel_holds_values_with_their_types() -> None:
    book = excel(report())
    assert book.sheetnames == NAMES
    sheet = book[NAMES[1]]
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert first == [
        "Peru",
        1234.52,
        None,
        dt.datetime(2025, 11, 12),
        6,
        "48 %",
        2013,
        "2.345 km",
        2345.2,
    ]
    assert second == ["Chili", None, "organisatie onbekend", None, -3, None, None, "12 km", None]
    assert [cell.number_format for cell in sheet[2]][1:] == [
        *("#,##0.0", "General", "[$-413]d mmmm yyyy", "+0;-0;0", "General", "0", "General", "#,##0")
    ]
    assert [cell.value for cell in sheet[1]][-2:] == ["Afstand", "Afstand (getal)"]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == (
        *("B2", "A1:I3", "$1:$1"),
    )
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0


def test_opendocument_holds_values_with_their_types() -> None:
    found = opened(report())
    assert list(found) == NAMES
    rows = [[float(v) if type(v).__name__ == "Decimal" else v for v in r] for r in found[NAMES[1]]]
    assert rows[1] == ["Peru", 1234.52, None, DAY, 6, "48 %", 2013, "2.345 km", 2345.2]
    assert rows[2] == ["Chili", None, "organisatie onbekend", None, -3, None, None, "12 km", None]


def test_nothing_becomes_a_formula() -> None:
    cells = [cell for (cell,) in excel(report())["chart"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, True, False]
    assert [row[0] for row in opened(report())["chart"][1:]] == FORMULAS
    with zipfile.ZipFile(io.BytesIO(KINDS["ods"].make(report()))) as book:
        content = book.read("content.xml").decode()
        assert "formula" not in content
        # Each keeps the form of text, also when somebody edits it.
        assert content.count('table:style-name="qText"') == 5
        assert book.infolist()[0].filename == "mimetype" and not book.infolist()[0].compress_type


def test_the_first_sheet_says_what_it_is_and_the_last_where_it_comes_from() -> None:
    for about, sources in (
        ([[c.value for c in row] for row in excel(report())[name].iter_rows()] for name in pair)
        for pair in [("Over", "Bronnen")]
    ):
        said = {row[0]: row[1] for row in about if row[0]}
        assert about[0][0] == "Eén liaison" and said["Peildatum"] == "1 januari 2026"
        assert said["Gemaakt op"] == dt.datetime(2026, 11, 22)
        assert said["Document"] == "bijlage-1 · 0a1b2c3d"
        assert said["Gekozen"] == "Organisaties: NP" and said["In het kort"] == "Zin."
        assert "Bron: bijlage-1, tabel 1" in [row[2] for row in about]
        assert sources[1][:3] == ["kst-1", "Brief", dt.datetime(2013, 10, 9)]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_same_report_gives_the_same_bytes(kind: str) -> None:
    assert KINDS[kind].make(report()) == KINDS[kind].make(report())


def test_properties_name_the_product_and_the_day() -> None:
    core = excel(report(language="en")).properties
    assert (core.title, core.creator, core.language) == ("Eén liaison", "Liaisonatlas", "en-GB")
    assert core.created == dt.datetime(2026, 11, 22)
    meta = Document(io.BytesIO(KINDS["ods"].make(report(language="en")))).meta
    assert (meta.title, meta.language) == ("Eén liaison", "en-GB")


def test_names_of_sheets_are_short_legal_and_apart() -> None:
    keys = ["x" * 40, "x" * 40, "per_country", "per_country", "a/b"]
    names = [sheet.name for sheet in sheets(report(*(Table(k, "T", ["A"], []) for k in keys)))]
    assert names == [
        *("Over", "x" * 28, f"{'x' * 28} 2", "per land", "per land 2", "a b"),
        *("Bronnen", "Toelichting"),
    ]


def test_names_of_sheets_are_fixed_whatever_a_table_is_called() -> None:
    names = [
        [sheet.name for sheet in sheets(report(Table("lands", title, ["A"], [])))][1]
        for title in ("138 landen bediend", "96 landen bediend door NP")
    ]
    assert names == ["lands", "lands"]


def test_a_table_of_countries_begins_with_their_codes() -> None:
    body = [[Cell("Peru", iso3="PER"), "a"], ["Alle samen", "b"]]
    book = excel(report(Table("lands", "Landen", ["Land", "Wat"], body)))
    assert [[cell.value for cell in row] for row in book["lands"].iter_rows()] == [
        ["iso3", "Land", "Wat"],
        ["PER", "Peru", "a"],
        [None, "Alle samen", "b"],
    ]


def test_the_dictionary_names_every_column_of_every_sheet() -> None:
    book = excel(report())
    listed = {tuple(row[:2]) for row in book["Toelichting"].iter_rows(min_row=2, values_only=True)}
    assert listed == {(name, cell.value) for name in ("lands", "chart") for cell in book[name][1]}


def test_cells_hold_plain_spaces_and_hyphens() -> None:
    text = "West\N{NON-BREAKING HYPHEN}Balkan,\N{NO-BREAK SPACE}48\N{NARROW NO-BREAK SPACE}%"
    found = columns(texts_of("nl"), [text], [[text]])
    assert (found[0].header, found[0].entries[0].value) == ("West-Balkan, 48 %",) * 2


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (Cell("1.234", 1234, form=Form.of(1234)), [1234]),
        (Cell("506", 505.6, form=Form.of(505.6)), [505.6]),
        (Cell("26 (48 %)", 26, form=Form.of(26), alone=False), ["26 (48 %)", 26]),
        (Cell("37,2 mln", 37_200_000, form=Form(grouped=True)), [37_200_000]),
        # A rank behind a word, a month: no value is made of it.
        (Cell("post", 3), ["post"]),
        (Cell("november 2025", "2025-11"), ["november 2025"]),
        (Cell("", -1, form=Form.of(-1)), [None]),
        (Cell("niet bekend", float("nan"), form=Form()), ["niet bekend"]),
        (Cell("12 November 2025", "2025-11-12"), [DAY]),
        (
            Cell("sinds 12 november 2025", "2025-11-12", alone=False),
            ["sinds 12 november 2025", DAY],
        ),
    ],
)
def test_what_a_cell_becomes(cell: Cell, found: list[Any]) -> None:
    made = columns(texts_of("nl"), ["A"], [[cell]])
    assert [column.entries[0].value for column in made] == found
