"""OpenDocument text: the same reading as Word's, from another way to write it down."""

from __future__ import annotations

import pytest

from data.documents import opendocument, text
from data.documents.cells import Cells, Flag, LeftOut, PrintedTable
from geo.errors import DataError
from tests.data.documents.in_cells import flags, left_out, rows

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
        *(("style", "style"), ("fo", "xsl-fo-compatible"), ("form", "form")),
    ]
)
NAMES += (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:drawooo="http://openoffice.org/2010/draw" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)


@pytest.fixture
def read(repacked, as_odt):
    """XML of the body, of the automatic styles and of styles.xml, more parts -> Cells."""
    empty = as_odt(Cells("", ()))

    def made(body: str, styles: str = "", common: str = "", parts=()) -> Cells:
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>"
        )
        changes = {"content.xml": content.encode(), **dict(parts)}
        if common:
            root = f"<office:document-styles {NAMES}>{common}</office:document-styles>"
            changes["styles.xml"] = root.encode()
        return opendocument.read(repacked(empty, changes))

    return made


def p(words: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def s(words: str, style: str) -> str:
    """Words in a style of characters."""
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def style(name: str, properties: str, family: str = "text", parent: str = "") -> str:
    """A style; `properties` are attributes of its text, or a whole element."""
    whole = properties if properties.startswith("<") else f"<style:text-properties {properties}/>"
    return (
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}">{whole}</style:style>'
    )


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
    assert found.tables[0].flags == (Flag(2, 0, "merged"),)
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
        (tbl(tr("A", attributes=ROWS.format(10**8))), "too_many_rows, most=5000"),
        (tbl(tr(tc("A", 'table:number-columns-repeated="999999"'))), "too_many_columns, most=64"),
        (tbl(tr(tc("A", 'table:number-columns-spanned="999999"'))), "too_many_columns, most=64"),
        (p('<text:s text:c="999999999"/>'), "cell_too_long, most=10000"),
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
    remark = "<office:annotation><text:sender-initials>x</text:sender-initials>"
    remark += "<text:p>Remark</text:p></office:annotation>"
    hidden = '<text:span text:style-name="T9">secret</text:span>'
    gone = style("T9", 'text:display="none"')
    words = f"New{note}{remark}{hidden}."
    found = read(p(words) + tbl(tr(tc(p(words)), "x")), gone)
    assert (found.text, rows(found)) == ("New.", (("New.", "x"),))
    assert flags(found) == [(0, 0, "note", "Note"), (0, 0, "note", "Remark")]
    assert left_out(found) == [("hidden_text", 2, "secret … secret")]


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("deletion", 'Peru<text:change text:change-id="c1"/>', "Peru"),
        ("insertion", '<text:change-start text:change-id="c1"/>Peru', "Peru"),
        ("format-change", '<text:change-start text:change-id="c1"/>Peru', None),
    ],
)
def test_tracked_changes_are_refused(read, kind: str, words: str, found: str | None):
    """But not of how the words look alone."""
    change = f'<text:changed-region text:id="c1"><text:{kind}/></text:changed-region>'
    content = f"<text:tracked-changes>{change}</text:tracked-changes>" + tbl(tr(tc(p(words)), "x"))
    if found is None:
        assert rows(read(content)) == (("Peru", "x"),)
        return
    with pytest.raises(DataError, match="tracked_changes") as refused:
        read(content)
    assert refused.value.value == found


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


UP = style("Up", 'style:text-position="super 58%"')
OUT = style("Out", 'style:text-line-through-style="solid" style:text-line-through-type="single"')


@pytest.mark.parametrize(
    ("words", "cell", "raised"),
    [
        ("3" + s("1", "Up"), "3", ["1"]),
        ("Kosovo" + s("1", "Up") + s(",2", "Up"), "Kosovo", ["1,2"]),
        ("Peru" + s("a", "Higher") + " / Chili", "Peru / Chili", ["a"]),
        (s("12", "Up"), "12", []),
        ("1" + s("e", "Up") + " post", "1e post", []),
        ("Peru" + s("2", "Level") + s("3", "Down"), "Peru23", []),
    ],
)
def test_a_raised_sign_is_no_part_of_the_cell(read, words: str, cell: str, raised: list[str]):
    styles = UP + style("Higher", 'fo:color="#000000"', parent="Third")
    styles += style("Third", 'style:text-position="33% 58%"')
    styles += style("Level", 'style:text-position="0% 100%"', parent="Up")
    styles += style("Down", 'style:text-position="sub 58%"')
    found = read(tbl(tr(tc(p(words)), "x")), styles)
    assert rows(found) == ((cell, "x"),)
    assert flags(found) == [(0, 0, "raised", each) for each in raised]


def test_struck_words_are_marked_in_a_cell_and_left_out_of_the_text(read):
    styles = OUT + style("OutP", 'style:text-line-through-type="double"', "paragraph")
    styles += style("Not", 'style:text-line-through-type="none"')
    found = read(
        p("A " + s("B", "Out") + " C")
        + tbl(
            tr(tc(p(s("A", "Out")) + p(s("B", "Out"))), "x"),
            tr(tc(p("A / " + s("B", "Out"))), tc(p("A" + s("B", "Not"), "OutP"))),
        ),
        styles,
    )
    assert (found.text, left_out(found)) == ("A  C", [("struck_text", 1, "B")])
    assert rows(found) == (("A\nB", "x"), ("A / B", "AB"))
    assert flags(found) == [(0, 0, "struck", "A\nB"), (1, 0, "struck", "B"), (1, 1, "struck", "A")]


SECTION = '<text:section text:name="S" {}>{}</text:section>'


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ('text:display="none"', True),
        ('text:display="condition" text:condition="ooow:x==1" text:is-hidden="true"', True),
        ('text:display="condition" text:condition="ooow:1 == 1"', True),
        ('text:display="condition" text:condition="ooow:x==1"', False),
        ('text:display="condition" text:condition="ooow:1 EQ 2"', False),
        ('text:protected="true"', False),
    ],
)
def test_hidden_sections_are_left_out_whole(read, attributes: str, hidden: bool):
    table = tbl(tr("Plaatsingen"), tr("Europol"))
    found = read(SECTION.format(attributes, p("Placed") + table))
    shown = ("", 0, [("hidden_sections", 1, "Placed Plaatsingen Europol")])
    assert (found.text, len(found.tables), left_out(found)) == (
        shown if hidden else ("Placed", 1, [])
    )


@pytest.mark.parametrize(
    ("body", "cell", "hidden"),
    [
        (p("A" + s("B", "Gone")), "A", "B"),
        (p("A") + p("B", "GoneP"), "A", "B"),
        (p("B" + s("A", "Shown"), "GoneP"), "A", "B"),
        (p("A" + s("B", "Tiny") + s("C", "Small")), "AC", "B"),
        (p("A" + s("B", "White")), "A", "B"),
        (p("A" + s("B", "Marked") + s("C", "Auto")), "ABC", ""),
        (p("A") + p('<text:hidden-paragraph text:is-hidden="true"/>B'), "A", "B"),
        (p("A") + p('<text:hidden-paragraph text:condition="ooow:x"/>B'), "A\nB", ""),
        (p('A<text:hidden-text text:condition="ooow:1" text:string-value="B"/>'), "A", "B"),
        (p('A<text:hidden-text text:condition="ooow:x" text:string-value="B">B</text:hidden-text>'),
         "AB", ""),
        (p('A<text:variable-set text:display="none">B</text:variable-set>'), "A", "B"),
        (p('A<text:conditional-text text:condition="ooow:x">B</text:conditional-text>'), "AB", ""),
    ],
)  # fmt: skip
def test_words_that_nobody_sees_are_left_out(read, body: str, cell: str, hidden: str):
    white = 'fo:color="#ffffff" style:use-window-font-color="false"'
    styles = (
        style("Gone", 'text:display="none"')
        + style("Shown", 'text:display="true"')
        + style("GoneP", "", "paragraph", "GoneP0")
        + style("Tiny", 'fo:font-size="1pt"')
        + style("Small", 'fo:font-size="1.1pt"')
        + style("White", white)
        + style("Marked", f'{white} fo:background-color="#ff0000"')
        + style("Auto", 'style:use-window-font-color="true"', parent="White")
    )
    common = style("GoneP0", 'text:display="none"', "paragraph")
    # What these are called there has nothing to do with the names in the text.
    other = style("Shown", 'text:display="none"')
    common = f"<office:styles>{common}</office:styles>"
    common += f"<office:automatic-styles>{other}</office:automatic-styles>"
    found = read(tbl(tr(tc(body), "x")), styles, common)
    assert rows(found) == ((cell, "x"),)
    assert left_out(found) == ([("hidden_text", 1, hidden)] if hidden else [])


def test_white_words_on_a_dark_ground_are_read(read):
    def painted(family: str, name: str = "Dark") -> str:
        whole = f'<style:{family}-properties fo:background-color="#154273"/>'
        return style(name, whole, family)

    styles = style("White", 'fo:color="#ffffff"') + "".join(
        painted(family) for family in ("table-cell", "table-row", "table", "paragraph")
    )
    words, dark = p(s("A", "White")), 'table:style-name="Dark"'
    for table in (
        tbl(tr(tc(words, dark), "x")),
        tbl(tr(tc(words), "x", attributes=dark)),
        f"<table:table {dark}>{tr(tc(words), 'x')}</table:table>",
        tbl(tr(tc(p(s("A", "White"), "Dark")), "x")),
        tbl('<table:table-column table:default-cell-style-name="Dark"/>', tr(tc(words), "x")),
    ):
        assert rows(read(table, styles)) == (("A", "x"),)
    assert rows(read(tbl(tr(tc(words), "x")), styles)) == (("", "x"),)
    page = '<style:page-layout><style:page-layout-properties fo:background-color="#000000"/>'
    common = f"<office:automatic-styles>{page}</style:page-layout></office:automatic-styles>"
    assert rows(read(tbl(tr(tc(words), "x")), styles, common)) == (("A", "x"),)


def test_rows_that_nobody_sees_are_left_out(read):
    low = style("Low", '<style:table-row-properties style:row-height="0.5pt"/>', "table-row")
    least = low.replace("Low", "Least").replace("style:row-", "style:min-row-")
    found = read(
        tbl(
            tr("A", "x"),
            tr("B", "y", attributes='table:style-name="Low"'),
            tr("C", "z", attributes='table:style-name="Least"'),
            tr("", ""),
        ),
        low + least,
    )
    assert rows(found) == (("A", "x"), ("C", "z"), ("", ""))
    assert left_out(found) == [("hidden_rows", 1, "B y")]


def test_a_table_of_an_annex_in_the_header_of_the_pages_is_refused(read):
    page = "<office:master-styles><style:master-page><style:header>{}</style:header>"
    page += "</style:master-page></office:master-styles>"
    assert read(p("A"), common=page.format(tbl(tr("Ministry", "Page", "1")))).text == "A"
    with pytest.raises(DataError, match="table_in_margin"):
        read(p("A"), common=page.format(tbl(tr(*NETWORK))))


def test_a_cell_over_rows_and_columns_stands_in_each_row(read):
    both = 'table:number-rows-spanned="3" table:number-columns-spanned="2"'
    two = "<table:covered-table-cell table:number-columns-repeated='2'/>"
    found = read(
        tbl(
            tr("H", "I", "J"),
            tr(tc("A", both), COVERED, "1"),
            tr(two, tc("2", 'table:number-rows-spanned="2"')),
            tr(COVERED, COVERED, COVERED),
            tr("B", "C", "3"),
        )
    )
    assert rows(found) == (("H", "I", "J"), ("A", "", "1"), ("A", "", "2"), ("B", "C", "3"))
    assert flags(found) == [(2, 0, "merged", "")]


def test_form_fields_and_controls_show_their_choice(read):
    forms = (
        '<office:forms><form:form><form:listbox xml:id="c1"><form:option form:label="Togo"/>'
        '<form:option form:label="Benin" form:current-selected="true"/></form:listbox>'
        '<form:text xml:id="c2" form:value="a" form:current-value="Mali"/>'
        '<form:checkbox xml:id="c3" form:label="yes" form:current-state="checked"/>'
        '<form:button xml:id="c4" form:label="Send"/></form:form></office:forms>'
    )
    control = '<draw:control draw:control="c{}"/>'
    choice = '<text:drop-down text:name="x"><text:label text:value="NP"/>'
    choice += '<text:label text:value="KMar" text:current-selected="true"/>KMar</text:drop-down>'
    entry = '<field:param field:name="Dropdown_{}" field:value="{}"/>'
    word = '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORM{}">{}</field:fieldmark>'
    entries = entry.format("ListEntry", "NP") + entry.format("ListEntry", "GPI")
    box = '<field:param field:name="Checkbox_Checked" field:value="true"/>'
    asks = '<loext:content-control loext:showing-place-holder="true">Choose</loext:content-control>'
    own = "<loext:content-control loext:dropdown='true'>Peru</loext:content-control>"
    found = read(
        forms
        + tbl(
            tr(*(tc(p(control.format(number))) for number in (1, 2, 3, 4))),
            tr(
                tc(p(choice)),
                tc(p(word.format("DROPDOWN", entries + entry.format("Selected", 1)))),
                tc(p(word.format("CHECKBOX", box))),
                tc(p(own + asks)),
            ),
        )
    )
    assert rows(found) == (("Benin", "Mali", "☒ yes", ""), ("KMar", "GPI", "☒", "Peru"))


def test_shapes_hold_words_and_tables_or_are_hidden(read):
    """LibreOffice writes a table in a shape with names of its own."""
    table = tbl(tr("Plaatsingen"), tr("Europol")).replace("table:t", "loext:t")
    shape = "<draw:custom-shape {}>{}</draw:custom-shape>"
    found = read(
        p("1. Flexible" + shape.format("", p("2. Placed") + table))
        + p("B" + shape.format('drawooo:display="none"', p("X")))
        + p("<draw:frame><svg:desc xmlns:svg='urn:svg'>Logo</svg:desc></draw:frame>C")
        + tbl(tr("FILO’s", "Werkgebied"), tr("NP FILO", "wereldwijd"))
    )
    assert found.text == "1. Flexible\n2. Placed\nB\nC"
    assert [each.title for each in found.tables] == ["2. Placed", "1. Flexible"]
    assert left_out(found) == [("hidden_text", 1, "X")]


def test_a_sheet_that_is_shown_as_a_picture_is_named(read):
    shown = '<draw:frame><draw:object xlink:href="./Object {}"/></draw:frame>'
    parts = {
        f"Object {number}/content.xml": f"<x><office:{kind}/></x>".encode()
        for number, kind in ((1, "spreadsheet"), (2, "chart"))
    }
    found = read(p("A" + shown.format(1) + shown.format(2)), parts=parts)
    assert left_out(found) == [("embedded_objects", 1, "Object 1")]


def test_signs_without_width_and_escaped_returns(read):
    words = p("Peru\u200b_x000D_Chili\u200f \uf0fe")
    assert rows(read(tbl(tr(tc(words), "x")))) == (("Peru\nChili ☑", "x"),)


def test_a_content_of_another_kind_is_refused(repacked, as_odt):
    content = repacked(as_odt(CELLS), {"content.xml": b"<x/>"})
    with pytest.raises(DataError, match="file_damaged, kind='odt'"):
        opendocument.read(content)


def test_the_hidden_section_of_a_handed_file_is_left_out(documents):
    path = documents / "cases" / "odt_hidden_section.odt"
    if not path.exists():
        pytest.skip(f"not published with the code ({path})")
    found = opendocument.read(path.read_bytes())
    assert rows(found)[1:] == (("Kenia - KMar", "Nairobi", "Kenia / Oeganda"),)
    assert [(each.kind, each.count) for each in found.left_out] == [("hidden_sections", 1)]
