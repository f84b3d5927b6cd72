"""Sheets: every header starts a table, what is around is text, and no formula gets in."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from odfdo import Cell, Document, Row, Table

from data.documents import blocks, calc, delimited, excel
from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells
from data.documents.sheets import Page, SheetCell
from geo.errors import DataError

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
CSV = (
    "Peildatum;2026-05-12\n\n"
    "Liaison Officers;Werklocatie;Werkgebied\nAfrika;;\nKenia - NP;Nairobi;Kenia, Eritrea\n\n"
    "Multilaterale plaatsingen\nPlaatsingen;;\nEuropol;;\nSomebody\n;;\nUNODC\nAdvisor\n;;\n"
    "Overzicht (peildatum 3 maart 2024)\nMissienaam;Standplaats;Aantal\nEUX;Irak;4\nTotaal;;4\n\n"
)
READ = Cells(
    "peildatum 12 mei 2026\nMultilaterale plaatsingen\nOverzicht (peildatum 3 maart 2024)",
    (
        PrintedTable(
            "",
            (
                NETWORK,
                ("Afrika", "", ""),
                ("Kenia - NP", "Nairobi", "Kenia, Eritrea"),
                ("", "", ""),
            ),
        ),
        PrintedTable(
            "Multilaterale plaatsingen",
            (("Plaatsingen",), ("Europol",), ("Somebody",), ("",), ("UNODC",), ("Advisor",), ("",)),
        ),
        PrintedTable(
            "Overzicht (peildatum 3 maart 2024)",
            (("Missienaam", "Standplaats", "Aantal"), ("EUX", "Irak", "4"), ("Totaal", "", "4")),
        ),
    ),
)


def trimmed(cells: Cells) -> Cells:
    """Without the empty rows at the end of a table."""
    tables = []
    for table in cells.tables:
        last = max(at for at, row in enumerate(table.rows) if any(row))
        tables.append(PrintedTable(table.title, table.rows[: last + 1]))
    return Cells(cells.text, tuple(tables))


@pytest.fixture
def xlsx(saved_bytes):
    """{sheet: rows of values} -> .xlsx."""

    def make(**pages: list[tuple[object, ...]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in pages.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        return saved_bytes(book)

    return make


@pytest.fixture
def ods(saved_bytes):
    """{sheet: rows of cells as (value, {attribute: value})} -> .ods."""

    def make(**pages: list[list[Cell]]) -> bytes:
        book = Document("ods")
        book.body.clear()
        for name, rows in pages.items():
            table = Table(name)
            for cells in rows:
                row = Row()
                for cell in cells:
                    row.append_cell(cell)
                table.append_row(row)
            book.body.append(table)
        return saved_bytes(book)

    return make


def cell(value: object = None, **attributes: str) -> Cell:
    """A cell of an .ods; `x_y_z` is the attribute x:y-z."""
    made = Cell(value)
    for name, text in attributes.items():
        prefix, _, rest = name.partition("_")
        made.set_attribute(f"{prefix}:{rest.replace('_', '-')}", text)
    return made


def page(name: str, rows: list[tuple[str, ...]]) -> Page:
    """A sheet that shows these words."""
    return Page(name, [tuple(map(SheetCell, row)) for row in rows])


@pytest.mark.parametrize("sign", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_with_any_sign_and_encoding(sign: str, encoding: str):
    text = CSV.replace("Kenia, Eritrea", '"Kenia, Eritrea"').replace(";", sign)
    for lines in (text, text.replace("\n", "\r\n"), text.rstrip("\n")):
        assert trimmed(delimited.read(lines.encode(encoding))) == trimmed(READ)


def test_a_csv_whose_sign_is_named():
    assert trimmed(delimited.read(b"sep=;\r\n" + CSV.encode())) == trimmed(READ)


def test_commas_within_a_column_cut_nothing():
    (table,) = delimited.read(b"Plaatsingen\nEuropol\nTeam A, Unit B\n").tables
    assert table.rows == (("Plaatsingen",), ("Europol",), ("Team A, Unit B",))


def test_a_row_of_data_is_no_header():
    rows = "FILO’s;Werkgebied\nFILO Caribisch gebied;Aruba\nLiaison Officers;wereldwijd\n"
    (table,) = delimited.read(rows.encode()).tables
    assert len(table.rows) == 3


def test_empty_columns_beside_a_table_are_cut():
    text = ";;Missienaam;Aantal;;\n;;EUX;4;;\n"
    assert delimited.read(text.encode()).tables[0].rows == (("Missienaam", "Aantal"), ("EUX", "4"))


def test_a_table_of_another_kind_is_kept():
    assert delimited.read(b"Date;Thing\n1;2\n") == Cells(
        "", (PrintedTable("", (("Date", "Thing"), ("1", "2"))),)
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Peildatum", "2026-05-12"), "peildatum 12 mei 2026"),
        (("peildatum:", "", "1-2-2027"), "peildatum 1 februari 2027"),
        (("Peildatum 03.12.2025",), "peildatum 3 december 2025"),
        (("Peildatum", "5/12/2026"), "Peildatum 5/12/2026"),
        (("Peildatum", "12 mei 2026"), "Peildatum 12 mei 2026"),
        (("Peildatum", "2026-13-12"), "Peildatum 2026-13-12"),
        (("Peildatum",), "Peildatum"),
        (("Any", "2026-05-12"), "Any 2026-05-12"),
    ],
)
def test_the_reference_date_in_words(row: tuple[str, ...], words: str):
    rows = [row, (), ("Plaatsingen",), ("Europol",)]
    assert blocks.cells_of([page("", rows)]).text == words


def test_a_date_excuses_no_table_that_is_not_known():
    rows = [("Liaison", "Stad", "Gebied"), ("Peru - NP", "Lima", "Peru")]
    dated = [("Peildatum", "2026-05-12"), (), *rows]
    found = blocks.cells_of([page("Blad", dated)])
    assert found.text == "peildatum 12 mei 2026"
    (table,) = found.tables
    assert [row for row in table.rows if any(row)] == rows
    more = [(), ("Overzicht",), ("Missienaam", "Aantal"), ("EUX", "4")]
    found = blocks.cells_of([page("Blad", [*dated, *more])])
    assert found.text == "peildatum 12 mei 2026\nOverzicht"
    assert [table.title for table in found.tables] == ["Blad", "Overzicht"]
    assert [row for row in found.tables[0].rows if any(row)] == rows


def test_values_as_a_person_sees_them(xlsx):
    day = datetime.datetime(2026, 5, 12)
    content = xlsx(
        Peildatum=[("Peildatum", day)],
        Missies=[
            ("Missienaam", "Standplaats", "Aantal"),
            ("EUX", None, 4.0),
            ("EUY", 1.5, True),
            (" EUZ\u00a0", day.replace(hour=9), datetime.date(2026, 1, 2)),
        ],
        Uitleg=[("Peildatum", datetime.date(1999, 1, 1))],
    )
    found = excel.read(content)
    assert found.text == "peildatum 12 mei 2026"
    assert found.tables == (
        PrintedTable(
            "Missies",
            (
                ("Missienaam", "Standplaats", "Aantal"),
                ("EUX", "", "4"),
                ("EUY", "1.5", "TRUE"),
                ("EUZ", "2026-05-12 09:00:00", "2026-01-02"),
            ),
        ),
    )


def test_values_of_an_ods(ods):
    content = ods(
        Peildatum=[[cell("Peildatum"), cell(datetime.date(2026, 5, 12))]],
        Missies=[
            [cell("Missienaam"), cell("Standplaats"), cell("Aantal")],
            [cell("EUX"), cell(None, table_number_columns_repeated="1"), cell(4.0)],
            [cell("EUY"), cell(True), cell(1.5), cell(None, table_number_columns_repeated="16381")],
        ],
        Explanation=[[cell("Missienaam"), cell("Aantal")]],
    )
    found = calc.read(content)
    assert found.text == "peildatum 12 mei 2026"
    (table,) = found.tables
    assert table.rows[1:] == (("EUX", "", "4"), ("EUY", "TRUE", "1.5"))


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", "+A1", "-cmd|x", "=HYPERLINK()", "-(1)", " =1"]
)
def test_a_formula_is_named_by_its_cell(xlsx, ods, text: str):
    rows = [("Missienaam", "Aantal"), ("EUX", text)]
    with pytest.raises(DataError, match="cell_holds_formula") as error:
        delimited.read("\n".join(map(";".join, rows)).encode())
    assert (error.value.where, error.value.row, error.value.column) == ("", 2, "B")
    with pytest.raises(DataError) as error:
        excel.read(xlsx(Missies=rows))
    assert (error.value.where, error.value.row, error.value.column) == ("sheet Missies", 2, "B")
    for value in (cell(text), cell(3, table_formula="of:=1+2")):
        with pytest.raises(DataError) as error:
            calc.read(ods(Missies=[[cell("Missienaam"), cell("Aantal")], [cell("E"), value]]))
        place = error.value.where, error.value.row, error.value.column
        assert place == ("sheet Missies", 2, "B")


@pytest.mark.parametrize("text", ["-5", "+31", "- a dash", "– NP", "a=b", "-1.5"])
def test_a_sign_alone_is_no_formula(text: str):
    found = delimited.read(f"Missienaam;Aantal\nEUX;{text}\n".encode())
    assert found.tables[0].rows[1] == ("EUX", text)


def test_very_many_rows_are_refused(xlsx, ods):
    with pytest.raises(DataError, match="too_many_rows, most=5000"):
        delimited.read(b"Plaatsingen\n" + b"x\n" * 100_000)
    with pytest.raises(DataError, match="too_many_rows, most=5000"):
        excel.read(xlsx(Blad=[("x",)] * 5_001))
    with pytest.raises(DataError, match="too_many_rows, most=5000"):
        content = ods(Blad=[[cell("x")]])
        calc.read(changed(content, "<table:table-row>", REPEATED.format(10**7)))


REPEATED = '<table:table-row table:number-rows-repeated="{}">'


def changed(content: bytes, old: str, new: str) -> bytes:
    """An .ods with other words in its XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(
                name, part.replace(old.encode(), new.encode()) if name == "content.xml" else part
            )
    return made.getvalue()


def test_a_million_empty_rows_and_columns_are_nothing(xlsx, ods, saved_bytes):
    empty = [cell(None, table_number_columns_repeated="16384")]
    content = ods(Blad=[[cell("Plaatsingen")], empty])
    rest = "<table:table-cell table:number-columns-repeated"
    assert rest.encode() in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    content = changed(content, f"<table:table-row>{rest}", REPEATED.format(1048575) + rest)
    assert calc.read(content).tables[0].rows == (("Plaatsingen",),)
    book = openpyxl.Workbook()
    book.active["A1"] = "Plaatsingen"
    book.active["A1048576"].number_format = "0.00"
    book.active["XFD2"].number_format = "0.00"
    assert excel.read(saved_bytes(book)).tables[0].rows == (("Plaatsingen",),)


def test_what_lies_too_far_or_is_too_long_is_refused(xlsx, ods):
    far = tuple("x" * 65)
    long = "x" * 10_001
    many = cell("x", table_number_columns_repeated="999999")
    for read, content, reason in (
        (delimited.read, ";".join(far).encode(), "too_many_columns, most=64"),
        (excel.read, xlsx(A=[far]), "too_many_columns, most=64"),
        (calc.read, ods(A=[[many]]), "too_many_columns, most=64"),
        (delimited.read, long.encode(), "cell_too_long.*most=10000"),
        (excel.read, xlsx(A=[(long,)]), "cell_too_long.*most=10000"),
        (calc.read, ods(A=[[cell(long)]]), "cell_too_long.*most=10000"),
    ):
        with pytest.raises(DataError, match=reason):
            read(content)


def test_a_csv_without_end_of_quotes_is_refused_or_read():
    with pytest.raises(DataError):
        delimited.read(b'Plaatsingen\n"' + b"x" * 200_000)


def test_strings_that_cells_share(xlsx, repacked):
    """As Excel writes them: every text once, in a part of its own."""
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    content = xlsx(Blad=[("x",)])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        types = packed.read("[Content_Types].xml").decode()
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    rows = '<row><c t="s"><v>1</v></c></row><row><c t="s"><v>0</v></c></row>'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", part),
        "xl/sharedStrings.xml": f"<sst {names}><si><t>Europol</t></si><si><r><t>Plaats</t></r>"
        "<r><t>ingen</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {names}><sheetData>{rows}</sheetData></worksheet>",
    }
    found = excel.read(repacked(content, {key: text.encode() for key, text in parts.items()}))
    assert found.tables == (PrintedTable("Blad", (("Plaatsingen",), ("Europol",))),)


MISSIONS = ("Missienaam", "Standplaats", "Aantal")
KENYA, EULEX = ("Kenia - NP", "Nairobi", "Kenia"), ("EULEX Kosovo", "Kosovo", "3")


@pytest.mark.parametrize(
    ("first", "second", "dates", "asked"),
    [
        ((NETWORK, KENYA), (MISSIONS, EULEX), ("2027-01-01", "2027-05-12"), []),
        ((NETWORK, KENYA), (NETWORK, ("Peru - NP", "Lima", "Peru")), (None, None), ["as_of"]),
    ],
)
def test_a_date_on_a_sheet_is_that_of_its_table(xlsx, first, second, dates, asked):
    made = {
        "Eerste": [["Peildatum", "1 januari 2027"], *map(list, first)],
        "Tweede": [["Peildatum", "12 mei 2027"], *map(list, second)],
    }
    reading = read_cells("doc", excel.read(xlsx(**made)))
    assert (reading.network_as_of, reading.missions_as_of) == dates
    assert [problem.field for problem in reading.errors] == asked
