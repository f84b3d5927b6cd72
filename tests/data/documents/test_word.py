"""Word files: paragraphs and tables as a reader sees them, whatever lies underneath."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from data.documents import text, word
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


@pytest.fixture
def read(saved_bytes):
    """XML of the body (w: and a few more prefixes are declared) -> Cells.

    `styles` is XML of more styles; `parts` are {name: XML} of the notes; `chunks` are contents of
    files within, whose relations are called chunk0, chunk1 and so on.
    """

    def made(*xml: str, **more) -> Cells:
        return word.read(saved_bytes(written(*xml, **more)))

    return made


def written(*xml: str, styles: str = "", parts=(), chunks=()) -> docx.document.Document:
    """The document of which `read` makes Cells."""
    document = docx.Document()
    body = document.element.body
    for child in list(
        parse_xml(f"<w:body {nsdecls('w', 'wp', 'a')} {MORE}>{''.join(xml)}</w:body>")
    ):
        body.insert(len(body) - 1, child)
    for child in reversed(parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>")):
        document.styles.element.insert(0, child)
    for name, content in dict(parts).items():
        blob = f"<w:{name} {nsdecls('w')}>{content}</w:{name}>".encode()
        part = Part(PackURI(f"/word/{name}.xml"), "application/xml", blob, document.part.package)
        document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, name.upper()))
    for number, (name, blob) in enumerate(chunks):
        part = Part(
            PackURI(f"/word/{name}"), "application/octet-stream", blob, document.part.package
        )
        document.part.rels.add_relationship(CHUNK, part, f"chunk{number}")
    return document


CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def r(words: str, *properties: str) -> str:
    """A run; a property is an element of w: without its brackets, as in 'sz w:val="2"'."""
    own = "".join(f"<w:{each}/>" for each in properties)
    return f'<w:r><w:rPr>{own}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(*runs: str, style: str = "") -> str:
    """A paragraph; what is no XML yet becomes a run."""
    made = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{style}{made}</w:p>"


def tc(*content: str, properties: str = "") -> str:
    """A cell; what is no XML yet becomes a paragraph."""
    made = "".join(each if each.startswith("<") else p(each) for each in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{made or '<w:p/>'}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; what is no XML yet becomes a cell."""
    made = "".join(each if each.startswith("<") else tc(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def test_what_is_written_is_read_back(as_docx):
    found = word.read(as_docx(CELLS))
    assert found.tables == CELLS.tables
    assert found.text.startswith("First words.\nMore words.\n1. Network\n")
    assert "Nairobi" not in found.text


@pytest.mark.parametrize("name", ["bijlage-2025-11", "bijlage-2023-12"])
def test_an_annex_reads_as_its_text_does(document, as_docx, printed, name: str):
    cells = text.read(document(name))
    assert printed(word.read(as_docx(cells))) == printed(cells)


def test_merged_cells_over_columns_stand_in_the_first_over_rows_in_each(read):
    across = '<w:gridSpan w:val="3"/>'
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = read(
        tbl(
            tr(tc("Banner", properties=across)),
            tr(tc("A", properties=down), "1", "2"),
            tr(tc("hidden", properties=on), "3", "4"),
            tr("B", tc("wide", properties='<w:gridSpan w:val="2"/>')),
        )
    )
    assert rows(found) == (("Banner", "", ""), ("A", "1", "2"), ("A", "3", "4"), ("B", "wide", ""))
    assert found.tables[0].flags == (Flag(2, 0, "merged"),)
    assert found.left_out == (LeftOut("hidden_text", 1, text="hidden"),)


def test_a_grid_finer_than_its_columns(read):
    """Edges that do not align cut a column that nobody sees in two."""
    two = '<w:gridSpan w:val="2"/>'
    found = read(
        tbl(
            tr("A", tc("B", properties=two), tc("C", properties=two)),
            tr(tc("1", properties=two), "2", tc("3", properties=two)),
            tr(tc("Banner", properties='<w:gridSpan w:val="5"/>')),
            tr(tc("1", properties='<w:gridSpan w:val="3"/>'), tc("3", properties=two)),
        )
    )
    assert rows(found) == (("A", "B", "C"), ("1", "2", "3"), ("Banner", "", ""), ("1", "", "3"))


def test_a_row_that_starts_later(read):
    before = '<w:gridBefore w:val="1"/>'
    assert rows(read(tbl(tr("A", "B"), tr("2", properties=before)))) == (("A", "B"), ("", "2"))
    odd = tbl(tr("A", "B"), tr("1", "2", properties=before))
    assert rows(read(odd)) == (("A", "B"), ("1", "2"))


def test_a_table_in_a_cell_is_the_text_of_the_cell(read):
    inner = tbl(tr("Peru / Chili"), tr("Bolivia"))
    found = read(tbl(tr(*NETWORK), tr("Peru", "Lima", tc(inner, "<w:p/>"))))
    assert rows(found)[1] == ("Peru", "Lima", "Peru / Chili\nBolivia")


def test_a_table_in_a_frame_is_a_table_of_its_own(read):
    inner = tbl(tr("FILO’s", "Werkgebied"), tr("NP FILO", "wereldwijd"))
    found = read(tbl(tr(tc("2. Flexible", inner, "<w:p/>"))))
    assert found.tables == (
        PrintedTable("2. Flexible", (("FILO’s", "Werkgebied"), ("NP FILO", "wereldwijd"))),
    )
    assert "2. Flexible" in found.text


def test_known_tables_side_by_side_in_a_layout(read):
    filos = tbl(tr("FILO’s", "Werkgebied"), tr("NP FILO", "wereldwijd"))
    placed = tbl(tr("Plaatsingen"), tr("Europol"))
    found = read(tbl(tr(tc(filos, "<w:p/>"), tc(placed, "<w:p/>"))))
    assert [table.rows[0] for table in found.tables] == [("FILO’s", "Werkgebied"), ("Plaatsingen",)]


def test_a_title_within_the_table(read):
    across = '<w:gridSpan w:val="2"/>'
    printed = "Overzicht (peildatum 3 maart 2024)"
    head = tr(tc(printed, properties=across))
    found = read(tbl(head, tr("Missienaam", "Aantal"), tr("EUX Narnia", "4")))
    assert found.tables[0] == PrintedTable(printed, (("Missienaam", "Aantal"), ("EUX Narnia", "4")))
    assert printed in found.text


def test_controls_around_rows_cells_and_paragraphs(read):
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    found = read(
        control(p("Before")),
        tbl(control(tr("A", "B")), tr(control(tc("1")), tc(control(p(control(p("2")[5:-6])))))),
    )
    assert rows(found) == (("A", "B"), ("1", "2"))
    assert "Before" in found.text


def test_a_placeholder_is_not_read(read):
    empty = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert rows(read(tbl(tr("A", tc(empty.format(p("Click here"))))))) == (("A", ""),)


_BY = 'w:id="1" w:author="x"'


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            tr(tc(p("A ", f"<w:del {_BY}><w:r><w:delText>Togo</w:delText></w:r></w:del>")), "B"),
            "Togo",
        ),
        (tr(tc(p("A ", f"<w:ins {_BY}>{r('Togo')}</w:ins>")), "B"), "Togo"),
        (tr(tc(p("A ", f"<w:moveFrom {_BY}>{r('Togo')}</w:moveFrom>")), "B"), "Togo"),
        (tr(tc(p("A ", f"<w:moveTo {_BY}>{r('Togo')}</w:moveTo>")), "B"), "Togo"),
        (tr("Peru", "Lima", properties=f"<w:del {_BY}/>"), "Peru Lima"),
        (tr("Peru", "Lima", properties=f"<w:ins {_BY}/>"), "Peru Lima"),
        (tr("A", tc("Lima", properties=f"<w:cellDel {_BY}/>")), "Lima"),
        (tr("A", tc("Lima", properties=f'<w:cellMerge {_BY} w:vMerge="cont"/>')), "Lima"),
        # Of a paragraph its mark alone is gone, so that it goes on in the next one.
        (
            tr(tc(f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{r('Mali')}</w:p>"), "B"),
            "Mali",
        ),
    ],
)
def test_tracked_changes_are_refused(read, row: str, found: str):
    with pytest.raises(DataError, match="tracked_changes") as refused:
        read(p("Before"), tbl(tr("C", "D"), row))
    assert refused.value.value == found


def test_tracked_changes_in_a_note_are_refused(read):
    note = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    changed = {
        name: content.replace("<w:t>", f"<w:t>Not </w:t></w:r><w:ins {_BY}><w:r><w:t>", 1).replace(
            "</w:r></w:p>", "</w:r></w:ins></w:p>", 1
        )
        for name, content in dict(NOTES).items()
    }
    with pytest.raises(DataError, match="tracked_changes"):
        read(p("A", note), parts=changed)


def test_a_tracked_change_of_how_words_look_is_none(read):
    look = f"<w:rPr><w:b/><w:rPrChange {_BY}><w:rPr/></w:rPrChange></w:rPr>"
    assert read(p(f"<w:r>{look}<w:t>A</w:t></w:r>")).text == "A"


def test_what_is_in_a_run(read):
    one = (
        "<w:r><w:t>Kenia</w:t><w:noBreakHyphen/><w:t>1</w:t><w:tab/><w:t>a</w:t><w:br/>"
        "<w:t>b\u00adc\u2011d</w:t><w:softHyphen/><w:t xml:space='preserve'> e</w:t></w:r>"
    )
    link = "<w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>"
    field = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    field += "<w:fldSimple><w:r><w:t> 7</w:t></w:r></w:fldSimple>"
    assert rows(read(tbl(tr(tc(p(one, link, field)), "x"))))[0][0] == "Kenia-1\ta\nbc-d e link 7"


def test_what_does_not_show_is_not_read(read):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>'
    flag = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    typed = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    assert rows(read(tbl(tr(tc(p(hidden, shown, flag, typed)), "x"))))[0] == ("shown", "x")


UNTIL = p("Until May,", "<w:r><w:tab/></w:r>", " then") + p("no more.")
NOTES = {
    "footnotes": f'<w:footnote w:id="2">{UNTIL}</w:footnote>'
    f'<w:footnote w:id="3">{p("Pending.")}</w:footnote>',
    "endnotes": f'<w:endnote w:id="2">{p("With another.")}</w:endnote>',
    "comments": f'<w:comment w:id="0" w:author="x" w:initials="x">{p("Ask again.")}</w:comment>',
}


def test_what_notes_say_is_kept_beside_the_cell_they_hang_on(read):
    def sign(kind: str, number: int, more: str = "") -> str:
        typed = "<w:t>*</w:t>" if more else ""
        return f'<w:r><w:{kind}Reference w:id="{number}" {more}/>{typed}</w:r>'

    typed = sign("footnote", 3, 'w:customMarkFollows="1"')
    ask = sign("comment", 0)
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="3"/></w:r>'
    found = read(
        p("Words", sign("footnote", 3), "."),
        tbl(
            tr(tc(p("A", sign("footnote", 2))), tc(p("B", sign("endnote", 2), typed))),
            tr(tc(tbl(tr(tc(p("C", ask))))), tc(p("D", hidden))),
        ),
        parts=NOTES,
    )
    assert (found.text, rows(found)) == ("Words.", (("A", "B"), ("C", "D")))
    assert flags(found) == [
        (0, 0, "note", "Until May, then no more."),
        (0, 1, "note", "With another."),
        (0, 1, "note", "Pending."),
        (1, 0, "note", "Ask again."),
    ]


UP = 'vertAlign w:val="superscript"'
STYLES = (
    '<w:style w:type="character" w:styleId="Up"><w:basedOn w:val="Up0"/></w:style>'
    f'<w:style w:type="character" w:styleId="Up0"><w:rPr><w:{UP}/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="GoneP"><w:basedOn w:val="GoneP0"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="GoneP0"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OutP"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:fill="154273"/></w:tcPr></w:tblStylePr></w:style>'
)
UP_STYLE = 'rStyle w:val="Up"'


def styled(name: str) -> str:
    """The properties of a paragraph with that style."""
    return f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>'


@pytest.mark.parametrize(
    ("runs", "cell", "raised"),
    [
        ([r("3"), r("1", UP)], "3", ["1"]),
        ([r("Kosovo"), r("1", UP), r(",", UP), r("2", UP)], "Kosovo", ["1,2"]),
        ([r("Peru"), r(" *)", UP), r(" / Chili"), r("a", UP)], "Peru / Chili", ["*)", "a"]),
        ([r("Peru"), r("1", UP_STYLE)], "Peru", ["1"]),
        ([r("3"), r("1", 'position w:val="8"', 'sz w:val="14"')], "3", ["1"]),
        ([r("1", UP), r("Peru")], "Peru", ["1"]),
        ([r("12", UP)], "12", []),
        ([r("1"), r("e", UP), r(" post")], "1e post", []),
        ([r("40 km"), r("2", UP)], "40 km2", []),
        ([r("Peru "), r("tijdelijk", UP)], "Peru tijdelijk", []),
        ([r("CO"), r("2", 'vertAlign w:val="subscript"')], "CO2", []),
    ],
)
def test_a_raised_sign_is_no_part_of_the_cell(read, runs: list[str], cell: str, raised: list[str]):
    found = read(tbl(tr(tc(p(*runs)), "x")), styles=STYLES)
    assert rows(found) == ((cell, "x"),)
    assert flags(found) == [(0, 0, "raised", each) for each in raised]


def test_a_raised_sign_behind_a_title_is_no_part_of_its_date(read):
    found = read(p(r("Peildatum 1 mei 2026"), r("1", UP)), p(r("1", UP), r(" Words.")))
    assert found.text == "Peildatum 1 mei 2026\n1 Words."


OFF = 'vanish w:val="0"'
WHITE = 'color w:val="FFFFFF"'


@pytest.mark.parametrize(
    ("content", "cell", "hidden"),
    [
        (p(r("A"), r("B", "vanish")), "A", "B"),
        (p(r("A"), r("B", 'rStyle w:val="Gone"')), "A", "B"),
        (p(r("A")) + p(r("B"), style=styled("GoneP")), "A", "B"),
        (p(r("A", OFF), r("B"), style=styled("GoneP")), "A", "B"),
        (p(r("A", 'rStyle w:val="Gone"'), style=styled("GoneP")), "A", ""),  # twice is off
        (p(r("A"), r("B", 'sz w:val="2"')), "A", "B"),
        (p(r("A"), r("B", WHITE), r("C", "webHidden")), "AC", "B"),
        (p(r("A"), r("B", WHITE, 'highlight w:val="blue"')), "AB", ""),
        (p(r("A"), r("B", WHITE, 'shd w:val="clear" w:fill="0000FF"')), "AB", ""),
        (p(r("A", WHITE), style='<w:pPr><w:shd w:val="clear" w:fill="0000FF"/></w:pPr>'), "A", ""),
    ],
)
def test_words_that_nobody_sees_are_left_out(read, content: str, cell: str, hidden: str):
    found = read(tbl(tr(tc(content), "x")), styles=STYLES)
    assert rows(found) == ((cell, "x"),)
    assert left_out(found) == ([("hidden_text", 1, hidden)] if hidden else [])


def test_hidden_passages_are_counted_and_quoted(read):
    found = read(
        p(r("A"), r("B ", "vanish"), r("C", "vanish"), r("D")),
        p(r("E", "vanish")),
        styles=STYLES,
    )
    assert (found.text.strip(), left_out(found)) == ("AD", [("hidden_text", 2, "B C … E")])


def test_words_are_hidden_by_the_defaults_of_all_styles(read):
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    found = read(p(r("A", OFF), r("B")), styles=defaults)
    assert (found.text, left_out(found)) == ("A", [("hidden_text", 1, "B")])


def test_white_words_on_a_dark_ground_are_read(read):
    white = tc(p(r("A", WHITE)))
    dark = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    table = f"<w:tbl><w:tblPr>{{}}</w:tblPr><w:tblGrid/>{tr(white, 'x')}</w:tbl>"
    for properties in (dark, '<w:tblStyle w:val="Dark"/>'):
        assert rows(read(table.format(properties), styles=STYLES)) == (("A", "x"),)
    cell = tc(p(r("A", WHITE)), properties=dark)
    inner = tc(tbl(tr(white)), properties=dark)
    assert rows(read(tbl(tr(cell, inner)))) == (("A", "A"),)
    light = tc(p(r("A", WHITE)), properties=dark.replace("000000", "FFFFFF"))
    assert rows(read(tbl(tr(light, "x")))) == (("", "x"),)
    on_page = written(p(r("A", WHITE)))
    on_page.element.insert(0, parse_xml(f'<w:background {nsdecls("w")} w:color="000000"/>'))
    made = io.BytesIO()
    on_page.save(made)
    assert word.read(made.getvalue()).text == "A"


GONE = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"


def test_hidden_rows_are_left_out(read):
    gone = tc(p(r("B", "vanish"), style=GONE))
    found = read(tbl(tr("A", "x"), tr("C", "y", properties="<w:hidden/>"), tr(gone, gone)))
    assert (rows(found), left_out(found)) == ((("A", "x"),), [("hidden_rows", 2, "C y … B B")])


def test_a_row_without_height_is_left_out(read):
    height = '<w:trHeight w:val="{}" w:hRule="{}"/>'
    found = read(
        tbl(
            tr("A", "x"),
            tr("B", "y", properties=height.format(20, "exact")),
            tr("C", "z", properties=height.format(20, "atLeast")),
            tr("D", "z", properties=height.format(240, "exact")),
        )
    )
    assert rows(found) == (("A", "x"), ("C", "z"), ("D", "z"))
    assert left_out(found) == [("hidden_rows", 1, "B y")]


def test_a_table_of_an_annex_in_the_header_of_the_pages_is_refused(saved_bytes):
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "Words"
    table = header.add_table(2, 3, 100)
    for cell, words in zip(table.rows[0].cells, ("Ministry", "Page", "1"), strict=True):
        cell.text = words
    assert word.read(saved_bytes(document)) == Cells("", ())
    for cell, words in zip(table.rows[0].cells, NETWORK, strict=True):
        cell.text = words
    with pytest.raises(DataError, match="table_in_margin"):
        word.read(saved_bytes(document))


def test_a_line_goes_on_where_the_end_of_a_paragraph_is_hidden(read):
    special = GONE.replace("<w:vanish/>", "<w:vanish/><w:specVanish/>")
    found = read(
        p("1. Network", style=special),
        p(" in 2026"),
        tbl(tr(tc(p("A", style=GONE), p("B"), p("C")), "x")),
    )
    assert (found.text, rows(found)) == ("1. Network in 2026", (("AB\nC", "x"),))
    assert found.tables[0].title == "1. Network in 2026"


def test_struck_words_are_marked_in_a_cell_and_left_out_of_the_text(read):
    found = read(
        p(r("A "), r("B", "strike"), r(" C"), r("D", 'strike w:val="false"')),
        tbl(
            tr(tc(p(r("A", "strike")), p(r("B", "dstrike"))), "x"),
            tr(tc(p(r("A / "), r("B", 'rStyle w:val="Out"'), r(" "), r("C", "strike"))), "x"),
            tr(tc(p(r("A"), r("B", 'strike w:val="0"'), style=styled("OutP"))), "x"),
        ),
        styles=STYLES,
    )
    assert found.text == "A  CD"
    assert left_out(found) == [("struck_text", 1, "B")]
    assert rows(found) == (("A\nB", "x"), ("A / B C", "x"), ("AB", "x"))
    assert flags(found) == [
        (0, 0, "struck", "A\nB"),
        (1, 0, "struck", "B C"),
        (2, 0, "struck", "A"),
    ]


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_over_rows_and_columns_stands_in_each_row(read):
    two = '<w:gridSpan w:val="2"/>'
    found = read(
        tbl(
            tr("H", "I", "J"),
            tr(tc(p(r("A"), r("1", UP)), properties=two + DOWN), "1"),
            tr(tc(properties=two + ON), "2"),
            tr(tc(properties=two + ON), tc("3", properties=DOWN)),
            tr(tc(properties=two + ON), tc(properties=ON)),
        )
    )
    assert rows(found) == (("H", "I", "J"), ("A", "", "1"), ("A", "", "2"), ("A", "", "3"))
    assert flags(found) == [
        (1, 0, "raised", "1"),
        *((2, 0, "raised", "1"), (2, 0, "merged", "")),
        *((3, 0, "raised", "1"), (3, 0, "merged", "")),
    ]


def test_a_cell_over_rows_of_other_widths(read):
    """The cell above is the one that begins in the same column, or stands in the same place."""
    two, before = '<w:gridSpan w:val="2"/>', '<w:gridBefore w:val="1"/>'
    found = read(
        tbl(
            tr("H", "I", "J", "K"),
            tr("A", tc("B", properties=two), tc("C", properties=DOWN)),
            tr("D", "E", "F", tc(properties=ON)),
            tr(tc("G", properties=DOWN), "L", properties=before),
            tr(tc(properties=ON), "M", properties=before),
        )
    )
    assert rows(found)[1:] == (
        ("A", "B", "", "C"),
        ("D", "E", "F", "C"),
        ("", "G", "L"),
        ("", "G", "M"),
    )
    assert flags(found) == [(2, 3, "merged", ""), (4, 1, "merged", "")]
    finer = tbl(
        tr(tc("A", properties=two), tc("B", properties=DOWN)),
        tr("C", tc(properties=two + ON)),
    )
    assert rows(read(finer)) == (("A", "B"), ("C", "B"))


def test_a_cell_that_continues_none_stands_for_itself(read):
    """The cell above is none that goes on, or it stood in a row that nobody sees."""
    found = read(
        tbl(
            tr("A", "B"),
            tr("C", tc("D", properties=DOWN), properties="<w:hidden/>"),
            tr("E", tc("F", properties=ON)),
            tr("G", tc(properties=ON)),
        )
    )
    assert rows(found) == (("A", "B"), ("E", "F"), ("G", "F"))
    assert flags(found) == [(2, 1, "merged", "")]


def test_a_row_with_a_note_of_its_own_is_a_row(read):
    note = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    found = read(
        tbl(tr(tc("A", properties=DOWN), "x"), tr(tc(properties=ON), tc(p(note)))), parts=NOTES
    )
    assert rows(found) == (("A", "x"), ("A", ""))
    assert flags(found) == [(1, 0, "merged", ""), (1, 1, "note", "Pending.")]


def test_words_in_a_cell_that_continues_another_are_left_out(read):
    found = read(
        tbl(
            tr(tc("A", properties='<w:hMerge w:val="restart"/>'), tc("B", properties="<w:hMerge/>"))
        )
    )
    assert (rows(found), left_out(found)) == ((("A", ""),), [("hidden_text", 1, "B")])


def test_a_word_file_within_is_read_in_its_place(read, saved_bytes):
    styles = '<w:style w:type="paragraph" w:styleId="Kop"><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    inner = written(
        p("Placed", style=styled("Kop")),
        tbl(tr("Plaatsingen"), tr("Europol")),
        styles=styles + "</w:style>",
    )
    chunk = '<w:altChunk r:id="chunk0"/>'
    found = read(p("Before"), chunk, p("After"), chunks=[("afchunk.docx", saved_bytes(inner))])
    assert found.text == "Before\nPlaced\nAfter"
    assert found.tables == (PrintedTable("Placed", (("Plaatsingen",), ("Europol",))),)
    cell = tbl(tr("A", tc(chunk, "<w:p/>")))
    inner = written(p("B"))
    assert rows(read(cell, chunks=[("a.docx", saved_bytes(inner))])) == (("A", "B"),)


@pytest.mark.parametrize("name", ["chunk.html", "chunk.rtf", "chunk.txt", "chunk.docx"])
def test_a_file_of_another_kind_within_is_refused(read, name: str):
    with pytest.raises(DataError, match=f"text_in_own_file, name='{name}'"):
        read('<w:altChunk r:id="chunk0"/>', chunks=[(name, b"<p>Europol</p>")])


def test_files_within_are_as_safe_as_the_file_itself(read, saved_bytes, repacked):
    chunk = '<w:altChunk r:id="chunk0"/>'
    inner = saved_bytes(written(chunk, chunks=[("b.docx", saved_bytes(written(p("A"))))]))
    bomb = repacked(inner, {"word/document.xml": b"<!DOCTYPE x><x/>"})
    for content, reason in ((inner, "text_in_own_file"), (bomb, "declares_entities")):
        with pytest.raises(DataError, match=reason):
            read(chunk, chunks=[("a.docx", content)])
    with pytest.raises(DataError, match="too_many_files, most=20"):
        read(chunk * 21, chunks=[("a.docx", saved_bytes(written(p("A"))))])
    with pytest.raises(DataError, match="text_in_other_file"):
        read('<w:altChunk r:id="nowhere"/>')
    with pytest.raises(DataError, match="subdocument"):
        read('<w:p><w:subDoc r:id="nowhere"/></w:p>')


def test_a_sheet_that_is_shown_as_a_picture_is_named(read):
    shown = '<w:r><w:object><o:OLEObject ProgID="{}"/></w:object></w:r>'
    found = read(
        p("A", shown.format("Excel.Sheet.12"), shown.format("Equation.3")),
        tbl(tr(tc(p(shown.format("Word.Document.12"))), "x")),
    )
    assert left_out(found) == [("embedded_objects", 2, "Excel.Sheet.12 … Word.Document.12")]


def form(data: str, *result: str) -> str:
    """A form field with that data, and runs as its result."""
    shown = "".join(("<w:r><w:fldChar w:fldCharType='separate'/></w:r>", *result)) if result else ""
    return (
        f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>"
        f"<w:r><w:instrText>FORM</w:instrText></w:r>{shown}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


ENTRIES = '<w:listEntry w:val="NP"/><w:listEntry w:val="KMar"/><w:listEntry w:val="GPI"/>'


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        (
            form(f'<w:ddList><w:result w:val="1"/><w:default w:val="2"/>{ENTRIES}</w:ddList>'),
            "KMar",
        ),
        (form(f'<w:ddList><w:default w:val="2"/>{ENTRIES}</w:ddList>'), "GPI"),
        (form(f"<w:ddList>{ENTRIES}</w:ddList>"), "NP"),
        (form(f'<w:ddList><w:result w:val="9"/>{ENTRIES}</w:ddList>'), ""),
        (form(f'<w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList>', r("KMar")), "KMar"),
        (form("<w:textInput/>", r("Togo")), "Togo"),
        (form("<w:checkBox><w:checked/></w:checkBox>"), "☒"),
        (form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (form('<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☒"),
    ],
)
def test_a_form_field_shows_its_choice(read, field: str, cell: str):
    assert rows(read(tbl(tr(tc(p("Ghana - ", field)), "x")))) == ((f"Ghana - {cell}".strip(), "x"),)


def test_the_choice_in_a_control_is_read(read):
    control = "<w:sdt><w:sdtPr><w:{}/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    for kind in ("dropDownList", "comboBox", "date", "text"):
        assert rows(read(tbl(tr(tc(p(control.format(kind, r("Togo")))), "x")))) == (("Togo", "x"),)


def test_what_a_field_works_with_is_not_read(read):
    def flag(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    inner = flag("begin") + flag("separate") + r("x") + flag("end")
    whole = flag("begin") + inner + r(' = "x" ') + flag("separate") + r("Peru") + flag("end")
    assert read(p(whole)).text == "Peru"
    assert read(p(flag("begin") + r("Peru")), p(flag("end") + r("Chili"))).text == "Peru\nChili"


def test_signs_of_other_fonts_and_signs_without_width(read):
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{number}"/></w:r>'
        for font, number in [
            *(("Wingdings", "F0FE"), ("Wingdings", "F0A8"), ("Symbol", "F0B7")),
            *(("Symbol", "F02A"), ("Arial", "F041"), ("Arial", "00E9"), ("Arial", "nonsense")),
        ]
    )
    aid = "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Japan</w:t></w:r>"
    aid += "</w:rubyBase></w:ruby></w:r>"
    sum_ = "<m:oMath><m:r><m:t>3</m:t></m:r><m:sSup><m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup>"
    found = read(
        tbl(
            tr(tc(p(signs)), tc(p(aid, "\u200b / \u200fKo\u2060rea"))),
            tr(
                tc(p(sum_ + "</m:oMath>")),
                tc(p("Peru_x000D_Chili", "_x000d_\n", "Bolivia\u2028Cuba")),
            ),
        )
    )
    assert rows(found) == (("☑☐•*Aé", "Japan / Korea"), ("3", "Peru\nChili\nBolivia\nCuba"))
    assert flags(found) == [(1, 0, "raised", "1")]


def test_strict_open_xml_is_read(saved_bytes, repacked):
    content = saved_bytes(written(p("1. Placed"), tbl(tr("Plaatsingen"), tr("Europol"))))
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {
            name: packed.read(name)
            .replace(old + b"wordprocessingml/2006/", new + b"wordprocessingml/")
            .replace(old + b"officeDocument/2006/", new + b"officeDocument/")
            for name in packed.namelist()
            if name.endswith((".xml", ".rels"))
        }
    found = word.read(repacked(content, parts))
    assert found.tables == (PrintedTable("1. Placed", (("Plaatsingen",), ("Europol",))),)


def test_a_hidden_text_box_is_left_out_and_a_title_in_one_is_its_own(read):
    box = "<w:r><w:drawing><wp:anchor><wp:docPr id='1' name='x' {}/><w:txbxContent>{}"
    box += "</w:txbxContent></wp:anchor></w:drawing></w:r>"
    table = tbl(tr("Plaatsingen"), tr("Europol"))
    other = tbl(tr("FILO’s", "Werkgebied"), tr("NP FILO", "wereldwijd"))
    found = read(
        p("1. Flexible", box.format("", p("2. Placed") + table), box.format("hidden='1'", p("X"))),
        other,
    )
    assert [each.title for each in found.tables] == ["2. Placed", "1. Flexible"]
    assert left_out(found) == [("hidden_text", 1, "X")]


def test_a_text_box_is_read_once(read):
    box = f"<w:txbxContent>{p('Boxed')}{tbl(tr('Plaatsingen'), tr('Europol'))}</w:txbxContent>"
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(p("Around", twice))
    assert found.text.split("\n")[-2:] == ["Around", "Boxed"]
    assert rows(found) == (("Plaatsingen",), ("Europol",))


def test_a_heading_by_its_style_is_a_title(read):
    heading = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    table = tbl(tr("Plaatsingen"), tr("Europol"))
    found = read(p("Placed", style=heading), p("Words."), table)
    assert found.tables[0].title == "Placed"
    level = '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'
    assert read(p("Placed", style=level), table).tables[0].title == ""


def test_numbers_that_word_makes_are_part_of_the_text(saved_bytes):
    document = docx.Document()
    for words in ("First", "Second"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("Point", style="List Bullet")
    document.add_paragraph("", style="List Number")
    document.add_paragraph("Third", style="List Number")
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text = "Plaatsingen"
    table.cell(1, 0).paragraphs[0].text = "Europol"
    table.cell(1, 0).paragraphs[0].style = "List Number"
    found = word.read(saved_bytes(document))
    assert [line for line in found.text.split("\n") if line] == [
        *("1. First", "2. Second", "Point", "4. Third")
    ]
    assert found.tables == (PrintedTable("4. Third", (("Plaatsingen",), ("Europol",))),)


def test_a_table_of_a_million_columns_is_refused(read):
    with pytest.raises(DataError, match="too_many_columns, most=64"):
        read(tbl(tr(tc("A", properties='<w:gridSpan w:val="1000000"/>'))))


def test_a_document_without_anything():
    made = io.BytesIO()
    docx.Document().save(made)
    assert word.read(made.getvalue()) == Cells("", ())


KENIA = ("Kenia - KMar", "Nairobi", "Kenia / Oeganda")
ECUADOR = ("Ecuador - NP", "Quito", "Ecuador")


@pytest.mark.parametrize(
    ("name", "below", "kinds"),
    [
        ("form_dropdown", (("Ghana - KMar", "Accra", "Ghana / Benin"), KENIA), []),
        ("hidden_paragraph_style", (ECUADOR, KENIA), []),
        ("strict", (KENIA,), []),
        (
            "strike",
            (ECUADOR, ("Ghana - NP", "Accra", "Ghana / Togo"), KENIA),
            [(1, 0, "struck"), (1, 1, "struck"), (1, 2, "struck"), (2, 2, "struck")],
        ),
        (
            "typed_superscript",
            (("Ecuador - NP", "Quito", "Ecuador / Peru"), KENIA),
            [(1, 0, "raised"), (1, 2, "raised")],
        ),
        (
            "vmerge_area",
            (
                ("Ghana - NP", "Accra", "Ghana / Togo"),
                ("Ghana - KMar", "Accra", "Ghana / Togo"),
                ("Kenia - NP", "Nairobi", "Kenia"),
                ("Kenia - NP", "Nairobi", "Oeganda"),
            ),
            [(2, 2, "merged"), (4, 0, "merged"), (4, 1, "merged")],
        ),
    ],
)
def test_handed_files(documents, name: str, below, kinds):
    found = word.read(handed(documents, name))
    table = found.tables[0]
    assert table.rows == (NETWORK, *below)
    assert [(flag.row, flag.column, flag.kind) for flag in table.flags] == kinds
    hidden = [("hidden_text", 1, "Peru")] if name == "hidden_paragraph_style" else []
    assert left_out(found) == hidden
    if name == "typed_superscript":
        assert found.tables[1].rows[1] == ("EULEX Kosovo", "3")


def test_a_handed_file_with_a_web_page_within_is_refused(documents):
    with pytest.raises(DataError, match=r"text_in_own_file, name='chunk1\.html'"):
        word.read(handed(documents, "altchunk"))


def handed(documents: Path, name: str) -> bytes:
    """The content of a handed file; skips the test where it is not at hand."""
    path = documents / "cases" / f"docx_{name}.docx"
    if not path.exists():
        pytest.skip(f"not published with the code ({path})")
    return path.read_bytes()
