"""OpenDocument text: the same reading as Word's, from another way to write it down."""

from __future__ import annotations

import pytest

from data.documents import opendocument, text
from data.documents.cells import Cells, LeftOut, Mark, PrintedTable
from geo.errors import DataError

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
CELLS = Cells(
    "First words.\nMore words.",
    (
        PrintedTable(
            "1. Network",
            (
                NETWORK,
                ("Afrika", "", ""),
                ("Kenia-1 - KMar", "Nairobi", "Kenia /\nEritrea"),
                ("", "", ""),
                ("Peru", "Lima", ""),
            ),
        ),
        PrintedTable(
            "3. Placed", (("Plaatsingen",), ("UNODC",), ("Advisor",), ("",), ("Europol",))
        ),
    ),
)
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
        *(("style", "style"), ("fo", "xsl-fo-compatible")),
    ]
)


@pytest.fixture
def read(repacked, as_odt):
    """XML of the body, and of the automatic styles -> Cells."""
    empty = as_odt(Cells("", ()))

    def made(body: str, styles: str = "") -> Cells:
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>"
        )
        return opendocument.read(repacked(empty, {"content.xml": content.encode()}))

    return made


def p(words: str) -> str:
    """A paragraph."""
    return f"<text:p>{words}</text:p>"


def tc(content: str, attributes: str = "") -> str:
    """A cell; what is no XML yet becomes a paragraph."""
    made = content if content.startswith("<") else p(content)
    return f"<table:table-cell {attributes}>{made}</table:table-cell>"


def tr(*cells: str, attributes: str = "") -> str:
    """A row; what is no XML yet becomes a cell."""
    made = "".join(each if each.startswith("<table") else tc(each) for each in cells)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<table:table>{''.join(rows)}</table:table>"


def rows(cells: Cells) -> tuple[tuple[str, ...], ...]:
    """The rows of the only table."""
    (table,) = cells.tables
    return table.rows


COVERED = "<table:covered-table-cell/>"


def test_what_is_written_is_read_back(as_odt):
    found = opendocument.read(as_odt(CELLS))
    assert found.tables == CELLS.tables
    assert found.text.startswith("First words.\nMore words.\n1. Network\n")
    assert "Nairobi" not in found.text


@pytest.mark.parametrize("name", ["bijlage-2025-11", "bijlage-2023-12"])
def test_an_annex_reads_as_its_text_does(document, as_odt, printed, name: str):
    cells = text.read(document(name))
    assert printed(opendocument.read(as_odt(cells))) == printed(cells)


def test_merged_cells_over_columns_stand_in_the_first_over_rows_in_each(read):
    found = read(
        tbl(
            tr(tc("Banner", 'table:number-columns-spanned="3"'), COVERED, COVERED),
            tr(tc("A", 'table:number-rows-spanned="2"'), "1", "2"),
            tr(
                "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>",
                "3",
                "4",
            ),
            tr("B", tc("wide", 'table:number-columns-spanned="2"'), COVERED),
        )
    )
    assert rows(found) == (("Banner", "", ""), ("A", "1", "2"), ("A", "3", "4"), ("B", "wide", ""))
    assert found.tables[0].marks == (Mark(2, 0, "merged"),)
    assert found.left_out == (LeftOut("hidden_text", 1, text="hidden"),)


def test_repeated_rows_cells_and_header_rows(read):
    found = read(
        "<table:table><table:table-column/><table:table-header-rows>"
        + tr("A", "B", "C")
        + "</table:table-header-rows><table:table-rows>"
        + tr(tc("1", 'table:number-columns-repeated="2"'), "2", attributes=ROWS.format(2))
        + "</table:table-rows></table:table>"
    )
    assert rows(found) == (("A", "B", "C"), ("1", "1", "2"), ("1", "1", "2"))


ROWS = 'table:number-rows-repeated="{}"'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (tbl(tr("A", attributes=ROWS.format(10**8))), "more than 5,000 rows"),
        (tbl(tr(tc("A", 'table:number-columns-repeated="999999"'))), "more than 64 columns"),
        (tbl(tr(tc("A", 'table:number-columns-spanned="999999"'))), "more than 64 columns"),
        (p('<text:s text:c="999999999"/>'), "more than 10,000 characters"),
    ],
)
def test_a_few_bytes_that_stand_for_very_many_are_refused(read, body: str, reason: str):
    with pytest.raises(DataError, match=reason):
        read(body)


def test_tables_within_tables(read):
    words = tbl(tr("Peru / Chili"), tr("Bolivia"))
    filos = tbl(tr("FILO’s", "Werkgebied"), tr("NP FILO", "wereldwijd"))
    found = read(tbl(tr(*NETWORK), tr("Peru", "Lima", tc(words))) + tbl(tr(tc(p("2. F") + filos))))
    assert found.tables[0].rows[1] == ("Peru", "Lima", "Peru / Chili\nBolivia")
    assert found.tables[1] == PrintedTable(
        "2. F", (("FILO’s", "Werkgebied"), ("NP FILO", "wereldwijd"))
    )


def test_what_is_in_a_paragraph(read):
    words = (
        "Kenia\u20111<text:tab/>a<text:line-break/>b\u00adc<text:s text:c='2'/>d\n   <text:span>e"
        "</text:span><text:a> link</text:a><text:soft-page-break/>"
    )
    assert rows(read(tbl(tr(tc(p(words)), "x"))))[0][0] == "Kenia-1\ta\nbc  d e link"


def test_what_does_not_show_is_not_read(read):
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note"
    note += "</text:p></text:note-body></text:note>"
    remark = "<office:annotation><text:p>Remark</text:p></office:annotation>"
    hidden = '<text:span text:style-name="T9">secret</text:span>'
    style = (
        '<style:style style:name="T9" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>Old</text:p>"
    deleted += "</text:deletion></text:changed-region></text:tracked-changes>"
    words = f"New<text:change/>{note}{remark}{hidden}."
    found = read(deleted + p(words) + tbl(tr(tc(p(words)), "x")), style)
    assert (found.text, rows(found)) == ("New.", (("New.", "x"),))


def test_headings_carry_the_numbers_of_their_list(read):
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/>'
        "</text:list-style>"
    )
    item = '<text:list text:style-name="{}" {}><text:list-item>{}</text:list-item></text:list>'
    heading = '<text:h text:outline-level="1" text:is-list-header="{}">{}</text:h>'
    on = 'text:continue-numbering="true"'
    found = read(
        item.format("L1", "", heading.format("false", "One"))
        + p("Words.")
        + item.format("L2", "", p("Point"))
        + item.format("L1", on, heading.format("false", "Two") + p("Same item"))
        + tbl(
            tr("Plaatsingen"),
            tr(
                item.format("L1", on, p("Europol")).join(
                    ("<table:table-cell>", "</table:table-cell>")
                )
            ),
        )
        + item.format("L1", "", p("Again")),
        styles,
    )
    assert found.text == "1. One\nWords.\nPoint\n2. Two\nSame item\n1. Again"
    assert found.tables == (PrintedTable("2. Two", (("Plaatsingen",), ("Europol",))),)


def test_a_number_that_the_file_states_is_taken(read):
    body = "<text:h text:outline-level='1'><text:number>3.</text:number>Placed</text:h>"
    assert read(body + tbl(tr("Plaatsingen"), tr("Europol"))).tables[0].title == "3. Placed"


def test_sections_and_text_boxes_are_read_once(read):
    box = f"<draw:frame><draw:text-box>{p('Boxed')}{tbl(tr('Plaatsingen'), tr('UN'))}"
    box += "</draw:text-box></draw:frame>"
    found = read(f"<text:section>{p('Around' + box)}</text:section>{box}")
    assert found.text == "Around\nBoxed\nBoxed"
    assert [table.rows for table in found.tables] == [(("Plaatsingen",), ("UN",))] * 2


def test_a_content_of_another_kind_is_refused(repacked, as_odt):
    content = repacked(as_odt(CELLS), {"content.xml": b"<x/>"})
    with pytest.raises(DataError, match=r"not a real \.odt"):
        opendocument.read(content)
