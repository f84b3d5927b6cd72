"""Excel workbooks: what shows is read, what does not is counted, and how a cell looks is kept."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import excel
from data.documents.cells import Cells, Flag, LeftOut
from geo.errors import DataError

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
GHANA = ("Ghana - NP", "Accra", "Ghana / Togo")
KENIA = ("Kenia - KMar", "Nairobi", "Kenia")
PERU = ("Peru - GPI", "Lima", "Peru")
WHITE = Font(color="FFFFFFFF")
Change = Callable[[Worksheet], object]
Read = Callable[..., Cells]


@pytest.fixture
def read(saved_bytes) -> Read:
    """(change of the sheet, rows) -> what is read of a workbook with that one sheet."""

    def make(change: Change, *rows: tuple[object, ...]) -> Cells:
        book = Workbook()
        book.active.title = "Blad"
        for row in rows or (NETWORK, GHANA, KENIA, PERU):
            book.active.append(row)
        change(book.active)
        return excel.read(saved_bytes(book))

    return make


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def fold_group(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(3, 3, hidden=True)


def filter_rows(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:C4"
    sheet.auto_filter.add_filter_column(0, ["Ghana - NP", "Peru - GPI"])
    sheet.row_dimensions[3].hidden = True


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (hide_row, "hidden_rows"),
        (fold_group, "hidden_rows"),
        (filter_rows, "filtered_rows"),
    ],
)
def test_rows_that_do_not_show(read: Read, change: Change, kind: str):
    found = read(change)
    assert found.tables[0].rows == (NETWORK, GHANA, PERU)
    assert found.left_out == (LeftOut(kind, 1, "Blad", "Kenia - KMar | Nairobi | Kenia", "sheet"),)


def test_columns_that_do_not_show(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet["B1"], sheet["B2"] = "Intern", "=1+1"
        sheet.column_dimensions["B"].hidden = True

    found = read(change)
    assert found.tables[0].rows[:2] == (("Liaison Officers", "Werkgebied"), (GHANA[0], GHANA[2]))
    (left_out,) = found.left_out
    assert (left_out.kind, left_out.count) == ("hidden_columns", 1)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_sheets_that_do_not_show(read: Read, state: str):
    def change(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Oud")
        other.append(NETWORK)
        other.append(("=1+1",))
        other.sheet_state = state

    found = read(change)
    assert len(found.tables) == 1
    words = "Liaison Officers | Werklocatie | Werkgebied"
    assert found.left_out == (LeftOut("hidden_sheets", 1, "Oud", words, "sheet"),)


def test_words_in_the_colour_of_their_ground(read: Read):
    def change(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            cell.font, cell.fill = WHITE, PatternFill("solid", fgColor="FF154273")
        for cell in sheet[3]:
            cell.font = WHITE

    found = read(change)
    assert [row for row in found.tables[0].rows if any(row)] == [NETWORK, GHANA, PERU]
    assert found.left_out == (LeftOut("hidden_text", 3, "Blad", "Kenia - KMar", "sheet"),)


def test_white_words_in_a_table_of_excel_may_stand_on_its_own_colours(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet.add_table(Table(displayName="Netwerk", ref="A1:C4"))
        for cell in sheet[1]:
            cell.font = WHITE

    assert read(change).tables[0].rows == (NETWORK, GHANA, KENIA, PERU)


def test_a_format_that_shows_nothing(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet["A2"].number_format = ";;;"
        sheet["B2"], sheet["B2"].number_format = 0, "0;-0;;@"
        sheet["B3"], sheet["B3"].number_format = 5, "0;-0;;@"

    found = read(change)
    assert found.tables[0].rows[1:3] == (("", "", GHANA[2]), (KENIA[0], "5", KENIA[2]))
    assert found.left_out == (LeftOut("hidden_text", 2, "Blad", "Ghana - NP", "sheet"),)


def test_struck_and_raised_words(read: Read):
    up, out = InlineFont(vertAlign="superscript"), InlineFont(strike=True)

    def change(sheet: Worksheet) -> None:
        sheet["A2"] = CellRichText("Ghana - NP", TextBlock(up, "1)"))
        sheet["C2"] = CellRichText("Ghana", TextBlock(out, " / Togo"), " / Benin")
        sheet["A3"].font = Font(strike=True)
        sheet["B4"] = 3
        sheet["B4"].font = Font(vertAlign="superscript")
        sheet["C4"] = CellRichText("Peru", TextBlock(up, " en Chili"))

    (table,) = read(change).tables
    assert table.rows[1] == ("Ghana - NP", "Accra", "Ghana / Togo / Benin")
    assert table.rows[3] == ("Peru - GPI", "3", "Peru en Chili")
    assert table.flags == (
        Flag(1, 0, "raised", "1)"),
        Flag(1, 2, "struck", "/ Togo"),
        Flag(2, 0, "struck", "Kenia - KMar"),
    )


def test_a_comment_hangs_on_its_cell_without_who_wrote_it(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet["C3"].comment = Comment("Afdeling:\ntot juli", "Afdeling")

    assert read(change).tables[0].flags == (Flag(2, 2, "note", "tot juli"),)


def test_every_message_of_a_thread_stands_in_the_note(saved_bytes, repacked):
    """Excel keeps beside a thread a note that only says how to open it."""
    book = Workbook()
    book.active.append(("Plaatsingen",))
    book.active["A1"].comment = Comment("[Threaded comment]", "Afdeling")
    content, relations = saved_bytes(book), "xl/worksheets/_rels/sheet1.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        rels = packed.read(relations).decode()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    target = "../threadedComments/threadedComment1.xml"
    own = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/></Relationships>'
    messages = "".join(
        f'<threadedComment ref="A1"><text>{text}</text></threadedComment>'
        for text in ("een", "twee")
    )
    changes = {
        relations: rels.replace("</Relationships>", own).encode(),
        "xl/threadedComments/threadedComment1.xml": f"<ThreadedComments>{messages}"
        "</ThreadedComments>".encode(),
    }
    (table,) = excel.read(repacked(content, changes)).tables
    assert table.flags == (Flag(0, 0, "note", "een\ntwee"),)


def test_cells_merged_over_rows(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Overzicht"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("C3:C4")
        sheet.merge_cells("B5:B7")
        sheet.merge_cells("A5:A7")
        sheet.merge_cells("C5:C7")

    found = read(change)
    (table,) = found.tables
    assert found.text == table.title == "Overzicht"
    assert table.rows == (NETWORK, GHANA, (KENIA[0], KENIA[1], GHANA[2]), PERU)
    assert table.flags == (Flag(2, 2, "merged"),)


def test_a_merged_cell_of_which_the_first_row_is_hidden(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C4")
        sheet.row_dimensions[2].hidden = True

    (table,) = read(change).tables
    assert [row[2] for row in table.rows] == ["Werkgebied", GHANA[2], GHANA[2]]
    assert table.flags == (Flag(2, 2, "merged"),)


def ruled(area: str, font: Font) -> Change:
    rule = FormulaRule(formula=['$D2="weg"'], font=font)
    return lambda sheet: sheet.conditional_formatting.add(area, rule)


def test_a_rule_that_may_strike_words_out_is_refused(read: Read):
    with pytest.raises(DataError, match="struck_by_rule") as refused:
        read(ruled("B3:C9 E1", Font(strike=True)))
    found = refused.value
    assert (found.where, found.row, found.column, found.value) == ("sheet Blad", 3, "B", "Nairobi")


def test_a_rule_that_strikes_no_words_out_is_not_refused(read: Read):
    """It gives a colour, says that nothing is struck, or looks at cells without words."""
    plain = read(lambda sheet: None)
    assert read(ruled("A1:C4", Font(color="FF0000"))) == plain
    assert read(ruled("A1:C4", Font(strike=False))) == plain
    assert read(ruled("D1:F9", Font(strike=True))) == plain


def test_a_rule_of_newer_programs_that_may_strike_words_out_is_refused(saved_bytes, repacked):
    book = Workbook()
    for row in (NETWORK, GHANA):
        book.active.append(row)
    content = saved_bytes(book)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    rule = (
        '<extLst><ext><x:conditionalFormattings xmlns:x="urn:x" xmlns:m="urn:m">'
        "<x:conditionalFormatting><x:cfRule><x:dxf><font><strike/></font></x:dxf></x:cfRule>"
        "<m:sqref>A2:C2</m:sqref></x:conditionalFormatting></x:conditionalFormattings></ext></extLst>"
    )
    changed = sheet.replace("</worksheet>", f"{rule}</worksheet>").encode()
    with pytest.raises(DataError, match="struck_by_rule"):
        excel.read(repacked(content, {"xl/worksheets/sheet1.xml": changed}))


def test_what_is_struck_out_is_so_in_every_row_of_a_merged_cell(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet["C2"].font = Font(strike=True)
        sheet.merge_cells("C2:C3")

    (table,) = read(change).tables
    struck = (Flag(row, 2, "struck", GHANA[2]) for row in (1, 2))
    assert table.flags == (*struck, Flag(2, 2, "merged"))


def test_a_merged_number_stands_in_both_rows(read: Read):
    rows = (("Missienaam", "Aantal"), ("EUX", 4), ("EUY", None))
    (table,) = read(lambda sheet: sheet.merge_cells("B2:B3"), *rows).tables
    assert table.rows[1:] == (("EUX", "4"), ("EUY", "4"))
    assert table.flags == (Flag(2, 1, "merged"),)


def test_numbers_as_their_format_shows_them(read: Read):
    def change(sheet: Worksheet) -> None:
        for place, number, form in (
            ("B2", 4, "0000"),
            ("B3", 0.05, "0%"),
            ("B4", 4, "0.00"),
            ("B5", 12.5, "General"),
            ("B6", "0007", "@"),
        ):
            sheet[place], sheet[place].number_format = number, form

    (table,) = read(change, ("Missienaam", "Aantal"), *[("EUX", 1)] * 5).tables
    assert [row[1] for row in table.rows[1:]] == ["0004", "5%", "4", "12.5", "0007"]


def test_days_that_are_counted_from_1904(saved_bytes):
    book = Workbook()
    book.epoch = datetime.datetime(1904, 1, 1)
    book.active.append(("Peildatum", datetime.date(2026, 5, 12)))
    book.active.append(("Plaatsingen",))
    assert excel.read(saved_bytes(book)).text == "peildatum 12 mei 2026"


MISSIONS = (("Missienaam", "Aantal"), ("EUX", 4), ("EUY", 3))


def cached(content: bytes, value: str) -> bytes:
    """The workbook with that value kept beside its one formula, as Excel does."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, re.sub(rb"</f><v\s*/?>(?:</v>)?", b"</f><v>%s</v>" % value.encode(), part)
            )
    return made.getvalue()


@pytest.mark.parametrize(
    "formula", ["=SUM(B2:B3)", "=sum($B$2:$B$3)", "=SUBTOTAL(9,B2:B3)", "=SUBTOTAL(109,B2:B3)"]
)
def test_a_sum_below_the_numbers_is_the_printed_total(xlsx_of, formula: str):
    content = xlsx_of(*MISSIONS, ("Totaal", formula))
    assert excel.read(cached(content, "7")).tables[0].rows[-1] == ("Totaal", "7")
    assert excel.read(content).tables[0].rows[-1] == ("Totaal", "")
    with pytest.raises(DataError, match="sum_differs"):
        excel.read(cached(content, "8"))


@pytest.fixture
def xlsx_of(saved_bytes) -> Callable[..., bytes]:
    """Rows -> a workbook with one sheet."""

    def make(*rows: tuple[object, ...]) -> bytes:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        return saved_bytes(book)

    return make


@pytest.mark.parametrize(
    "last",
    [
        ("Totaal", "=SUM(A2:A3)"),
        ("Totaal", "=SUM(B2:B4)"),
        ("Totaal", "=B2+B3"),
        ("Totaal", "=SUM(B2:B3)+1"),
        ("Totaal", "=SUBTOTAL(1,B2:B3)"),
        ("Subtotaal", "=SUM(B2:B3)"),
        ("EUZ", "=SUM(B2:B3)"),
    ],
)
def test_any_other_formula_is_refused(xlsx_of, last: tuple[object, ...]):
    with pytest.raises(DataError, match="cell_holds_formula") as error:
        excel.read(xlsx_of(*MISSIONS, last))
    assert (error.value.row, error.value.column) == (4, "B")


def test_the_row_of_totals_of_a_table_of_excel(saved_bytes):
    book = Workbook()
    for row in (*MISSIONS, ("Totaal", "=SUBTOTAL(109,Missies[Aantal])")):
        book.active.append(row)
    table = Table(displayName="Missies", ref="A1:B4", totalsRowCount=1)
    table.tableColumns = [TableColumn(id=1, name="Missienaam"), TableColumn(id=2, name="Aantal")]
    book.active.add_table(table)
    content = cached(saved_bytes(book), "7")
    assert excel.read(content).tables[0].rows[-1] == ("Totaal", "7")


NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def read_xml(xlsx_of, repacked) -> Callable[[str], Cells]:
    """The XML of rows -> what is read of a workbook with them."""

    def make(rows: str) -> Cells:
        sheet = f"<worksheet {NAMES}><sheetData>{rows}</sheetData></worksheet>"
        return excel.read(repacked(xlsx_of(("x",)), {"xl/worksheets/sheet1.xml": sheet.encode()}))

    return make


def inline(text: str) -> str:
    return f'<row><c t="inlineStr"><is>{text}</is></c></row>'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("<t>Ghana_x000D_\n- NP</t>", "Ghana\n- NP"),
        ("<t>Ghana_x000D_Togo_x000d_</t>", "Ghana\nTogo"),
        ("<t>a_x005F_x000D_b</t>", "a_x000D_b"),
        ("<t>Azi_x00EB_</t>", "Azië"),
        ("<r><t>Gha</t></r><r><t>na</t></r><rPh sb='0' eb='1'><t>ga</t></rPh>", "Ghana"),
    ],
)
def test_what_excel_writes_in_strings(read_xml, text: str, cell: str):
    (table,) = read_xml(inline("<t>Plaatsingen</t>") + inline(text)).tables
    assert table.rows[1] == (cell,)


def test_an_error_is_refused_by_its_cell(read_xml):
    with pytest.raises(DataError, match="cell_holds_error") as error:
        read_xml(inline("<t>Plaatsingen</t>") + '<row><c r="C2" t="e"><v>#N/A</v></c></row>')
    assert (error.value.row, error.value.column, error.value.value) == (2, "C", "#N/A")


def test_strict_open_xml_is_read(xlsx_of, repacked):
    content = xlsx_of(NETWORK, GHANA)
    changes = {}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            changes[name] = (
                packed.read(name)
                .replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            )
    assert excel.read(repacked(content, changes)).tables[0].rows == (NETWORK, GHANA)


def test_tables_side_by_side(read: Read):
    rows = (
        ("Overzicht van alles",),
        (),
        (*NETWORK, None, "Missienaam", "Aantal"),
        (*GHANA, None, "EUX", 4),
        (*KENIA, None, "Totaal", 4),
        (None, None, None, None, None, None),
        PERU,
        (),
        ("FILO’s", "Werkgebied"),
        ("NP", "wereldwijd"),
    )
    tables = read(lambda sheet: None, *rows).tables
    assert [[row for row in table.rows if any(row)] for table in tables] == [
        [NETWORK, GHANA, KENIA, PERU],
        [("FILO’s", "Werkgebied"), ("NP", "wereldwijd")],
        [("Missienaam", "Aantal"), ("EUX", "4"), ("Totaal", "4")],
    ]


def test_tables_side_by_side_from_different_rows_or_without_a_gap(read: Read):
    apart = ((None, None, None, "FILO’s", "Werkgebied"), (), ("Missienaam", "Aantal"), ("EUX", 4))
    close = ((*NETWORK, "Missienaam", "Aantal"), (*GHANA, "EUX", 4))
    for rows, last in ((apart, ("FILO’s", "Werkgebied")), (close, ("EUX", "4"))):
        tables = read(lambda sheet: None, *rows).tables
        assert len(tables) == 2
        assert tables[1].rows[-1] == last


def test_a_table_far_from_the_corner(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 29)
        sheet.insert_cols(1, 3)
        sheet["D2"], sheet["E2"] = "Peildatum", datetime.date(2026, 5, 12)

    found = read(change)
    assert found.text == "peildatum 12 mei 2026"
    assert [table.rows for table in found.tables] == [(NETWORK, GHANA, KENIA, PERU)]


def test_a_heading_over_two_rows_of_merged_cells(read: Read):
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:A2")

    rows = (("Liaison Officers", "Plaats en gebied"), (None, *NETWORK[1:]), GHANA)
    (table,) = read(change, *rows).tables
    assert table.rows == (NETWORK, GHANA)


CASES: dict[str, tuple[list[tuple[str, ...]], list[str]]] = {
    "xlsx_hidden_row": ([GHANA, ("Spanje - GPI", "Madrid", "Spanje")], ["hidden_rows"]),
    "xlsx_hidden_sheet": (
        [
            GHANA,
            ("Kenia - KMar", "Nairobi", "Kenia / Oeganda"),
            ("Spanje - GPI", "Madrid", "Spanje"),
        ],
        ["hidden_sheets"],
    ),
    "xlsx_x000d": (
        [("Ghana\n- NP", "Accra", "Ghana\nTogo"), ("Kenia - KMar", "Nairobi", "Niger\nMali")],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_handed_workbooks(documents: Path, name: str):
    path = documents / "cases" / f"{name}.xlsx"
    if not path.exists():
        pytest.skip(f"the cases are not published with the code ({path})")
    rows, kinds = CASES[name]
    found = excel.read(path.read_bytes())
    assert [row for table in found.tables for row in table.rows if row != NETWORK] == rows
    assert [each.kind for each in found.left_out] == kinds


def test_a_row_without_height(read_xml):
    flat = inline("<t>Interpol</t>").replace("<row>", '<row ht="0" customHeight="1">')
    found = read_xml(inline("<t>Plaatsingen</t>") + flat + inline("<t>Europol</t>"))
    assert found.tables[0].rows == (("Plaatsingen",), ("Europol",))
    assert found.left_out == (LeftOut("hidden_rows", 1, "Sheet", "Interpol", "sheet"),)
