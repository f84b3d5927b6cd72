"""Word files: paragraphs and tables as a reader sees them, whatever lies underneath."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from data.documents import text, word
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


@pytest.fixture
def read(saved_bytes):
    """XML of the body (w: and a few more prefixes are declared) -> Cells."""

    def made(*xml: str) -> Cells:
        document = docx.Document()
        body = document.element.body
        for piece in xml:
            root = parse_xml(f"<w:body {nsdecls('w', 'wp', 'a')} {MORE}>{piece}</w:body>")
            for child in list(root):
                body.insert(len(body) - 1, child)
        return word.read(saved_bytes(document))

    return made


MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"'
)


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


def rows(cells: Cells) -> tuple[tuple[str, ...], ...]:
    """The rows of the only table."""
    (table,) = cells.tables
    return table.rows


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
    assert found.tables[0].marks == (Mark(2, 0, "merged"),)
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


def test_tracked_changes_read_as_accepted(read):
    by = 'w:id="1" w:author="x"'
    gone = f"<w:del {by}><w:r><w:delText>Old</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom {by}><w:r><w:t>Away</w:t></w:r></w:moveFrom>"
    new = f"<w:ins {by}><w:r><w:t>New</w:t></w:r></w:ins>"
    found = read(tbl(tr(tc(p(gone, moved, new)), "B"), tr("C", "D", properties=f"<w:del {by}/>")))
    assert rows(found) == (("New", "B"),)


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
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    typed = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    assert rows(read(tbl(tr(tc(p(hidden, shown, mark, typed)), "x"))))[0] == ("shown", "x")


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
    with pytest.raises(DataError, match="more than 64 columns"):
        read(tbl(tr(tc("A", properties='<w:gridSpan w:val="1000000"/>'))))


def test_a_document_without_anything():
    made = io.BytesIO()
    docx.Document().save(made)
    assert word.read(made.getvalue()) == Cells("", ())
