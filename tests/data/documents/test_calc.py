"""OpenDocument spreadsheets: the kinds of a workbook of Excel, in the words of their XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from data.documents import calc
from data.documents.cells import Cells, Flag, LeftOut
from geo.errors import DataError

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
GHANA = ("Ghana - NP", "Accra", "Ghana / Togo")
KENIA = ("Kenia - KMar", "Nairobi", "Kenia")
PERU = ("Peru - GPI", "Lima", "Peru")
_SPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style")
    },
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
STYLES = """
<style:style style:name="gone" style:family="table">
  <style:table-properties table:display="false"/></style:style>
<style:style style:name="flat" style:family="table-row">
  <style:table-row-properties style:row-height="0cm"/></style:style>
<style:style style:name="thin" style:family="table-column">
  <style:table-column-properties style:column-width="0mm"/></style:style>
<style:style style:name="white" style:family="table-cell">
  <style:text-properties fo:color="#FFFFFF"/></style:style>
<style:style style:name="head" style:family="table-cell" style:parent-style-name="white">
  <style:table-cell-properties fo:background-color="#154273"/></style:style>
<style:style style:name="out" style:family="table-cell">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T1" style:family="text">
  <style:text-properties style:text-line-through-type="single"/></style:style>
<style:style style:name="T2" style:family="text">
  <style:text-properties style:text-position="super 58%"/></style:style>
<number:text-style style:name="N0"><number:text/></number:text-style>
<style:style style:name="blank" style:family="table-cell" style:data-style-name="N0"/>
"""
Read = Callable[..., Cells]


def cell(text: str, **attributes: str) -> str:
    """The XML of a cell; `x_y_z` is the attribute x:y-z."""
    own = "".join(
        f' {name.partition("_")[0]}:{name.partition("_")[2].replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )
    return f"<table:table-cell{own}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    """The XML of a row, of cells or of words."""
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


NUMBERED = "office_value_type", "office_value"


def number(text: str, value: str, **more: str) -> str:
    """The XML of a cell with a number."""
    return cell(text, **dict(zip(NUMBERED, ("float", value), strict=True)), **more)


@pytest.fixture
def read() -> Read:
    """(XML of rows and columns, attributes of the sheet) -> what is read of them."""

    def make(*inner: str, sheet: str = "") -> Cells:
        spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
        content = (
            f"<office:document-content {spaces}>"
            f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body>"
            f'<office:spreadsheet><table:table table:name="Blad" {sheet}>{"".join(inner)}'
            "</table:table></office:spreadsheet></office:body></office:document-content>"
        )
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as packed:
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            packed.writestr("content.xml", content)
        return calc.read(made.getvalue())

    return make


GROUP = '<table:table-row-group table:display="false">{}</table:table-row-group>'


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        (row(*KENIA, attributes='table:visibility="collapse"'), "hidden_rows"),
        (row(*KENIA, attributes='table:visibility="filter"'), "filtered_rows"),
        (row(*KENIA, attributes='table:style-name="flat"'), "hidden_rows"),
        (GROUP.format(row(*KENIA)), "hidden_rows"),
    ],
)
def test_rows_that_do_not_show(read: Read, hidden: str, kind: str):
    found = read(row(*NETWORK), row(*GHANA), hidden, row(*PERU))
    assert found.tables[0].rows == (NETWORK, GHANA, PERU)
    assert found.left_out == (LeftOut(kind, 1, "Blad", "Kenia - KMar | Nairobi | Kenia", "sheet"),)


def test_a_hidden_row_that_comes_several_times(read: Read):
    twice = 'table:visibility="collapse" table:number-rows-repeated="2"'
    found = read(row(*NETWORK), row(*KENIA, attributes=twice), row(*PERU))
    assert found.tables[0].rows == (NETWORK, PERU)
    assert [(each.kind, each.count) for each in found.left_out] == [("hidden_rows", 2)]


COLUMN = "<table:table-column {}/>"
COLUMNS = '<table:table-column-group table:display="false">{}</table:table-column-group>'


@pytest.mark.parametrize(
    "hidden",
    [
        COLUMN.format('table:visibility="collapse"'),
        COLUMN.format('table:style-name="thin"'),
        COLUMNS.format(COLUMN.format("")),
    ],
)
def test_columns_that_do_not_show(read: Read, hidden: str):
    rows = (NETWORK[0], "Intern", *NETWORK[1:]), (GHANA[0], "x", *GHANA[1:])
    found = read(COLUMN.format(""), hidden, *(row(*each) for each in rows))
    assert found.tables[0].rows == (NETWORK, GHANA)
    assert found.left_out == (LeftOut("hidden_columns", 1, "Blad", "Intern | x", "sheet"),)


def test_a_sheet_that_does_not_show(read: Read):
    found = read(row(*NETWORK), row(*GHANA), sheet='table:style-name="gone"')
    words = "Liaison Officers | Werklocatie | Werkgebied"
    assert found == Cells("", (), (LeftOut("hidden_sheets", 1, "Blad", words, "sheet"),))


def test_white_words_and_words_without_a_format(read: Read):
    white = (cell(text, table_style_name="white") for text in KENIA)
    head = (cell(text, table_style_name="head") for text in NETWORK)
    blank = cell("Peru - GPI", table_style_name="blank")
    zero = '<table:table-cell office:value-type="float" office:value="0"><text:p/>'
    found = read(row(*head), row(*white), row(blank, f"{zero}</table:table-cell>", "Peru"))
    assert [each for each in found.tables[0].rows if any(each)] == [NETWORK, ("", "", "Peru")]
    assert found.left_out == (LeftOut("hidden_text", 5, "Blad", "Kenia - KMar", "sheet"),)


@pytest.mark.parametrize(("look", "refuses"), [("out", True), ("white", False)])
def test_a_rule_that_may_strike_words_out_is_refused(read: Read, look: str, refuses: bool):
    rule = (
        '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="'
        f'Blad.A2:Blad.C2"><calcext:condition calcext:apply-style-name="{look}"/>'
        "</calcext:conditional-format></calcext:conditional-formats>"
    )
    rows = row(*NETWORK), row(*GHANA), rule
    if not refuses:
        assert read(*rows).tables == read(*rows[:2]).tables
        return
    with pytest.raises(DataError, match="struck_by_rule") as refused:
        read(*rows)
    assert (refused.value.row, refused.value.value) == (2, GHANA[0])


def test_struck_raised_and_noted(read: Read):
    note = "<office:annotation><dc:creator>Wij</dc:creator><text:p>tot juli</text:p>"
    found = read(
        row(*NETWORK),
        row(
            'Ghana - NP<text:span text:style-name="T2">2)</text:span>',
            f"<table:table-cell>{note}</office:annotation><text:p>Accra</text:p></table:table-cell>",
            'Ghana<text:span text:style-name="T1"> / Togo</text:span>',
        ),
        row(cell("Kenia - KMar", table_style_name="out"), *KENIA[1:]),
    )
    (table,) = found.tables
    assert table.rows[1:] == (GHANA, KENIA)
    assert table.flags == (
        Flag(1, 0, "raised", "2)"),
        Flag(1, 1, "note", "tot juli"),
        Flag(1, 2, "struck", "/ Togo"),
        Flag(2, 0, "struck", "Kenia - KMar"),
    )


def test_cells_merged_over_rows(read: Read):
    spanned = cell("Ghana / Togo", table_number_rows_spanned="2", table_number_columns_spanned="1")
    covered = "<table:covered-table-cell><text:p>Kenia</text:p></table:covered-table-cell>"
    found = read(row(*NETWORK), row(*GHANA[:2], spanned), row(*KENIA[:2], covered))
    (table,) = found.tables
    assert table.rows == (NETWORK, GHANA, (*KENIA[:2], GHANA[2]))
    assert found.left_out == (LeftOut("hidden_text", 1, "Blad", "Kenia", "sheet"),)
    assert table.flags == (Flag(2, 2, "merged"),)


def test_numbers_as_they_are_printed(read: Read):
    (table,) = read(
        row("Missienaam", "Aantal"),
        row("EUX", number("0004", "4")),
        row("EUY", number("4,00", "4")),
        row("EUZ", number("4", "3.7")),
    ).tables
    assert [each[1] for each in table.rows[1:]] == ["0004", "4", "3.7"]


@pytest.mark.parametrize("formula", ["of:=SUM([.B2:.B3])", "of:=SUBTOTAL(9;[.B2:.B3])"])
def test_a_sum_below_the_numbers_is_the_printed_total(read: Read, formula: str):
    rows = (row("Missienaam", "Aantal"), row("EUX", number("4", "4")), row("EUY", number("3", "3")))
    total = number("7", "7", table_formula=formula)
    assert read(*rows, row("Totaal", total)).tables[0].rows[-1] == ("Totaal", "7")
    for last in (row("EUZ", total), row("Totaal", number("7", "7", table_formula="of:=[.B2]+3"))):
        with pytest.raises(DataError, match="cell_holds_formula"):
            read(*rows, last)
    with pytest.raises(DataError, match="sum_differs"):
        read(*rows, row("Totaal", number("8", "8", table_formula=formula)))


def test_an_error_is_refused_by_its_cell(read: Read):
    wrong = cell("#N/B", calcext_value_type="error")
    with pytest.raises(DataError, match="cell_holds_error") as error:
        read(row("Plaatsingen"), row(wrong))
    assert (error.value.row, error.value.column) == (2, "A")


def test_tables_side_by_side(read: Read):
    tables = read(
        row(*NETWORK, "<table:table-cell/>", "FILO’s", "Werkgebied"),
        row(*GHANA, "<table:table-cell/>", "NP", "wereldwijd"),
    ).tables
    assert [table.rows[1] for table in tables] == [GHANA, ("NP", "wereldwijd")]
