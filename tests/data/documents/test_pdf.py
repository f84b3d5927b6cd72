"""PDF: tables with and without lines, over pages, and broken files. The PDFs are made here."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import reportlab
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from data.documents import pdf
from data.documents import text as plain_text
from data.documents.annex import Annex, read_annex
from data.documents.cells import Cells, PrintedTable
from data.documents.headers import columns_of
from data.documents.pdf.lines import join
from geo.errors import DataError
from geo.names.resolver import Resolver

ROOT = Path(__file__).parents[3]
Rows = Sequence[tuple[str, ...]]
NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
MISSIONS = ("Missienaam", "Standplaats", "Aantal")
GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
WIDTHS = {1: [450], 2: [250, 200], 3: [130, 100, 220]}
WORDS = "Dit is een gewone zin van een alinea die over de volle breedte van de bladzijde loopt. "


@pytest.fixture(scope="session")
def font() -> str:
    """A typeface with the quotation marks and dashes of the documents."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily("Vera", "Vera", "VeraBd", "Vera", "VeraBd")
    return "Vera"


@pytest.fixture(scope="session")
def print_pdf(font: str) -> Callable[..., bytes]:
    """Paragraphs (strings) and tables (flowables) -> PDF, with a running head and page numbers."""
    body = ParagraphStyle("body", fontName=font, fontSize=9, leading=12, spaceAfter=6)

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(70, A4[1] - 30, "Bijlage internationaal")
        canvas.drawString(500, 25, f"Pagina {document.page} van 9")

    def make(*story: str | Flowable, size: tuple[float, float] = A4) -> bytes:
        out = BytesIO()
        document = BaseDocTemplate(out, pagesize=size)
        frame = Frame(60, 60, size[0] - 120, size[1] - 120)
        document.addPageTemplates([PageTemplate(frames=[frame], onPage=decorate)])
        document.build([Paragraph(part, body) if isinstance(part, str) else part for part in story])
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def grid(font: str) -> Callable[..., Table]:
    """Rows -> a table; `lines` are its drawn lines, banners go over all columns."""

    def make(
        rows: Rows, lines: list | None = None, banners: bool = True, repeat: int = 0, split: int = 0
    ) -> Table:
        style = ParagraphStyle("cell", fontName=font, fontSize=9, leading=11)
        width = len(rows[0])
        spans = [
            ("SPAN", (0, place), (-1, place))
            for place, row in enumerate(rows)
            if banners and width > 2 and place and row[0] and not any(row[1:])
        ]
        cells = [[Paragraph(escaped(cell), style) for cell in row] for row in rows]
        table = Table(cells, WIDTHS[width], repeatRows=repeat, splitInRow=split)
        table.setStyle([*(GRID if lines is None else lines), *spans])
        return table

    return make


def escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def words(table: PrintedTable) -> list[tuple[str, ...]]:
    """The filled rows of a table, each cell on one line."""
    return [tuple(" ".join(cell.split()) for cell in row) for row in table.rows if any(row)]


def invented(count: int) -> list[tuple[str, str, str]]:
    """A network with two regions, rows of one and of several lines."""
    rows: list[tuple[str, str, str]] = [NETWORK, ("Amerika’s", "", "")]
    for place in range(count):
        if place == count // 2:
            rows += [("", "", ""), ("Azië & Oceanië", "", "")]
        area = " / ".join(["Peru", "Chili", "Bolivia en Ecuador", "Cuba"][: 1 + place % 4] * 2)
        rows.append((f"Land-{place} - NP", f"Stad {place}", area))
    return rows


# --- drawn cells -------------------------------------------------------------------------------


@pytest.mark.parametrize("repeat", [0, 1])
@pytest.mark.parametrize("split", [0, 1])
def test_a_drawn_table_over_pages(print_pdf, grid, repeat: int, split: int):
    rows = invented(60)
    cells = pdf.read(
        print_pdf(
            WORDS * 4,
            "<b>1. Netwerk<super size=6>3</super></b>",
            WORDS,
            grid(rows, repeat=repeat, split=split),
            WORDS,
        )
    )
    (table,) = cells.tables
    assert table.title == "1. Netwerk"
    assert words(table) == [row for row in rows if any(row)]
    assert ("", "", "") in table.rows  # the empty row is kept
    assert "Stad 3" not in cells.text
    assert "alinea" in cells.text
    assert "Pagina" not in cells.text


def test_a_row_split_over_pages_is_made_whole(print_pdf, grid):
    long = " / ".join(f"Land nummer {place}" for place in range(60))
    rows = [NETWORK, ("Peru - NP", "Lima", "Peru"), ("Chili - NP", "Santiago", long)]
    rows.append(("Cuba - NP", "Havana", "Cuba"))
    content = print_pdf(*[WORDS] * 28, grid(rows, split=1))
    assert len(pypdfium2.PdfDocument(content)) == 2
    (table,) = pdf.read(content).tables
    assert words(table) == rows


def test_two_rows_are_not_made_one(print_pdf, grid):
    """A row without a first cell, whose others are whole, may be the rest of the row above."""
    rows = [NETWORK, ("Peru - NP", "Lima", "Peru")]
    more = [("", "Cusco", "Bolivia"), ("Chili - NP", "Santiago", "Chili")]
    content = print_pdf(grid(rows), PageBreak(), grid(more))
    (table,) = pdf.read(content).tables
    assert words(table) == [*rows, *more]


def test_cells_keep_their_lines(print_pdf, grid):
    rows = [NETWORK, ("Peru - NP", "Lima", "Peru /\nChili en\nNoord-\nMacedonië")]
    (table,) = pdf.read(print_pdf(grid(rows))).tables
    assert table.rows[1][2] == "Peru /\nChili en\nNoord-Macedonië"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Bo\u00ad", "livia"], "Bolivia"),
        (["Noord\u00ad", "Macedonië"], "Noord-Macedonië"),
        (["Mexico-", "stad"], "Mexico-stad"),
        (["Peru -", "NP"], "Peru -\nNP"),
        (["Noord\u00adMacedonië "], "Noord-Macedonië"),
    ],
)
def test_words_cut_at_a_line_end(lines: list[str], text: str):
    assert join(lines) == text


def test_footnote_marks_are_left_out(print_pdf, font):
    style = ParagraphStyle("cell", fontName=font, fontSize=10)
    rows = [
        ["Missienaam", "Aantal"],
        [Paragraph("EUAM Irak<super size=6>12</super>", style), Paragraph("4", style)],
        ["Totaal", Paragraph("4<super size=6>1</super>", style)],
    ]
    (table,) = pdf.read(print_pdf(Table(rows, style=GRID))).tables
    assert table.rows == (("Missienaam", "Aantal"), ("EUAM Irak", "4"), ("Totaal", "4"))


def test_one_column_keeps_its_groups(print_pdf, grid):
    rows = [("Plaatsingen",), ("INTERPOL",), ("INTERPOL Lyon - X",), ("",), ("Europol",), ("Y",)]
    (table,) = pdf.read(print_pdf("<b>3. Multilaterale plaatsingen</b>", grid(rows))).tables
    assert table.rows == tuple(rows)
    assert table.title == "3. Multilaterale plaatsingen"


def test_tables_are_told_apart_by_their_headers(print_pdf, grid):
    filos = [("FILO’s", "Werkgebied"), ("NP FILO", "wereldwijd")]
    missions = [MISSIONS, ("EUAM Irak", "Irak", "4"), ("Totaal", "", "4")]
    network = [NETWORK, ("Peru - NP", "Lima", "Peru")]
    cells = pdf.read(
        print_pdf(
            *("<b>1. Netwerk</b>", grid(network), "<b>2. Flexibel</b>", WORDS, grid(filos)),
            *("Overzicht missies (peildatum 12 maart<br/>2026)", grid(missions, banners=False)),
        )
    )
    assert [words(table) for table in cells.tables] == [network, filos, missions]
    titles = [table.title for table in cells.tables]
    assert titles == ["1. Netwerk", "2. Flexibel", "Overzicht missies (peildatum 12 maart 2026)"]
    assert "peildatum 12 maart" in cells.text


def test_banners_without_lines(print_pdf, grid):
    """A banner between two drawn pieces is one of their rows, not the end of the table."""
    first = [NETWORK, ("Peru - NP", "Lima", "Peru")]
    more = [("Kenia - NP", "Nairobi", "Kenia"), ("Ghana - NP", "Accra", "Ghana")]
    cells = pdf.read(print_pdf("1. Netwerk", grid(first), "<b>Afrika</b>", grid(more), WORDS))
    (table,) = cells.tables
    assert words(table) == [*first, ("Afrika", "", ""), *more]
    assert "Afrika" not in cells.text


def test_inner_lines_only(print_pdf, grid):
    lines = [("INNERGRID", (0, 0), (-1, -1), 0.5, "black"), *GRID[1:]]
    rows = invented(60)
    (table,) = pdf.read(print_pdf("1. Netwerk", grid(rows, lines, repeat=1))).tables
    assert words(table) == [row for row in rows if any(row)]


def test_a_table_of_another_kind_is_kept_and_a_frame_is_no_table(print_pdf, grid, font):
    style = ParagraphStyle("cell", fontName=font, fontSize=9)
    frame = Table([[Paragraph(WORDS * 2, style)]], [400], style=GRID)
    other = [("Datum", "Besluit"), ("2025", "iets")]
    network = [NETWORK, ("Peru - NP", "Lima", "Peru")]
    cells = pdf.read(print_pdf(frame, grid(other), WORDS, grid(network)))
    assert [words(table) for table in cells.tables] == [other, network]
    assert "gewone zin" in cells.text


def test_landscape_and_turned_pages(print_pdf, grid):
    rows = invented(20)
    content = print_pdf("<b>1. Netwerk</b>", grid(rows), size=landscape(A4))
    assert words(pdf.read(content).tables[0]) == [row for row in rows if any(row)]
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.set_rotation(90)  # what stood upright now lies on its side
    out = BytesIO()
    document.save(out)
    assert words(pdf.read(out.getvalue()).tables[0]) == [row for row in rows if any(row)]


# --- no drawn cells ----------------------------------------------------------------------------

HORIZONTAL = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
BANDS = [("ROWBACKGROUNDS", (0, 0), (-1, -1), ["white", "lightgrey"]), *HORIZONTAL[1:]]
SPACE = HORIZONTAL[1:]
TIGHT = [*SPACE, ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]


@pytest.mark.parametrize("lines", [HORIZONTAL, BANDS, SPACE, TIGHT])
def test_columns_by_space(print_pdf, grid, lines: list):
    rows = invented(50)
    story = ("<b>1. Netwerk</b>", WORDS, grid(rows, lines, repeat=1), WORDS * 3, WORDS)
    cells = pdf.read(print_pdf(*story))
    (table,) = cells.tables
    assert words(table) == [row for row in rows if any(row)]
    assert table.title == "1. Netwerk"
    assert cells.text.count("gewone zin") == 5


def test_a_long_first_cell_goes_on(print_pdf, grid):
    rows = [
        NETWORK,
        ("Verenigde Arabische Emiraten – NP", "Dubai", "Oman / Qatar"),
        ("Europa", "", ""),
        ("Peru - NP", "Lima", "Peru"),
    ]
    (table,) = pdf.read(print_pdf(grid(rows, TIGHT, banners=False))).tables
    assert words(table) == rows


@pytest.mark.parametrize("lines", [GRID, SPACE])
def test_paragraphs_in_a_cell_are_no_rows(print_pdf, font, lines: list):
    """The space between two paragraphs may be just that between two rows, on a page or over it."""
    style = ParagraphStyle("cell", fontName=font, fontSize=9, leading=11)

    def paragraphs(cell: str) -> list[Flowable]:
        first, *more = [Paragraph(escaped(part), style) for part in cell.split("\n\n")]
        return [first, *(flowable for part in more for flowable in (Spacer(1, 6), part))]

    def table(rows: Rows) -> Table:
        cells = [[paragraphs(cell) for cell in row] for row in rows]
        return Table(cells, WIDTHS[len(rows[0])], style=lines)

    network = [
        NETWORK,
        ("Amerika’s", "", ""),
        ("Suriname - NP", "Paramaribo", "Suriname / Frans Guyana / Guyana / Trinidad & Tobago"),
        ("Mexico", "Mexico-stad", "Mexico / Guatemala /\n\nNicaragua en El Salvador."),
        ("Peru", "Lima", "Peru / Chili\n\nBolivia"),
        ("Kenia", "Nairobi", "Kenia / Tanzania / Zuid-Afrika / Eritrea / Ethiopië / Djibouti"),
    ]
    placements = [
        ("Plaatsingen",),
        ("Europol",),
        ("Cyber LO - Joint Cybercrime Action Taskforce\n\n(J-CAT)/European Cybercrime Center",),
        ("Europol – Head of Department " + "Serious & Organised Crime, Operations " * 3,),
        ("Police Advisor",),
    ]
    for rows in (network, placements):
        (found,) = pdf.read(print_pdf("<b>1. Netwerk</b>", table(rows))).tables
        assert words(found) == [tuple(" ".join(cell.split()) for cell in row) for row in rows]


def test_a_row_without_a_first_cell_is_no_paragraph(print_pdf, grid):
    """Two cells of a second posting are kept apart from the one above, and so is a number."""
    network = [NETWORK, ("Peru", "Lima", "Peru / Chili / Cuba / Bolivia / Ecuador / Colombia")]
    network += [("", "Cusco", "Bolivia"), ("Cuba", "Havana", "Cuba")]
    missions = [MISSIONS, ("EUAM", "Irak", "4"), ("", "", "7")]
    missions += [("EUBAM (Palestijnse gebieden)", "Rafah", "3")]
    for rows in (network, missions):
        (table,) = pdf.read(print_pdf(grid(rows, SPACE, banners=False))).tables
        assert words(table) == rows


def test_a_sentence_with_the_words_of_a_header_is_no_table(print_pdf):
    sentence = (
        "Liaison officers hebben een werklocatie en een werkgebied dat groter is dan het land."
    )
    cells = pdf.read(print_pdf(sentence, "Plaatsingen", WORDS * 8, "Missienaam volgt."))
    assert not [table for table in cells.tables if table.rows[0] != ("Plaatsingen",)]
    assert sentence.split()[-1] in cells.text


@pytest.mark.parametrize("heading", ["Missienaam Standplaats Aantal", "Missienaam Aantal"])
def test_missions_whose_columns_are_lost(print_pdf, resolver: Resolver, heading: str):
    lines = [heading, "EUAM Irak Irak 4", "EUMM Georgië Georgië 3", "Totaal 7"]
    title = "Overzicht uitgezonden (peildatum 24 november<br/>2023)"
    cells = pdf.read(print_pdf(WORDS, title, "<br/>".join(lines), WORDS))
    (table,) = cells.tables
    assert table.rows == tuple((line,) for line in lines)
    annex = read_annex("doc", cells.text, list(cells.tables), resolver)
    assert (annex.total, annex.missions_as_of) == (7, "2023-11-24")
    assert [row.duty_station for row in annex.deployments] == ["Irak", "Georgië"]


@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, SPACE])
@pytest.mark.parametrize("last", [("Peru - NP", "Lima", "Peru"), ("Ghana - NP", "Accra", "")])
def test_the_last_row_before_more_text(print_pdf, grid, lines: list, last: tuple):
    """It stands further from the lines of the row above than these from each other."""
    area = " / ".join(["Verenigde Arabische Emiraten", "Oman", "Qatar", "Koeweit", "Bahrein"] * 3)
    rows = [NETWORK, ("Emiraten - NP", "Dubai", area), ("Kenia - NP", "Nairobi", area), last]
    (table,) = pdf.read(print_pdf(grid(rows, lines), WORDS * 2, "2. Vervolg", WORDS)).tables
    assert words(table) == rows


@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, SPACE])
@pytest.mark.parametrize("name", ["Nr.", "Functie"])
def test_a_first_column_of_another_kind(print_pdf, font, lines: list, name: str):
    header = (name, *NETWORK)
    places = [("Peru - NP", "Lima", "Peru"), ("Kenia - NP", "Nairobi", "Kenia / Oeganda")]
    firsts = ("1", "2") if name == "Nr." else ("Liaison", "Coordinator")
    rows = [header, *((first, *place) for first, place in zip(firsts, places, strict=True))]
    (table,) = pdf.read(print_pdf(Table(rows, [70, 130, 100, 150], style=lines))).tables
    assert words(table) == rows


@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, SPACE])
def test_a_header_of_two_lines(print_pdf, grid, lines: list):
    """The second line goes on in the first column too, and a heading may be cut."""
    header = ("Liaison\nOfficers", "Werklocatie", "Werkgebied")
    area = " / ".join(["Verenigde Arabische Emiraten", "Oman", "Qatar", "Koeweit"] * 3)
    rows = [("Peru - NP", "Lima", area), ("Kenia - NP", "Nairobi", area)]
    (table,) = pdf.read(print_pdf(grid([header, *rows], lines))).tables
    assert words(table) == [NETWORK, *rows]


def test_two_tables_side_by_side(print_pdf, font):
    """Each is read for itself, also without a line around them."""
    left = [NETWORK, ("Peru - NP", "Lima", "Peru"), ("Ghana - NP", "Accra", "Togo")]
    right = [MISSIONS, ("EUAM Irak", "Irak", "4"), ("Totaal", "", "4")]
    both = [(*one, "", *other) for one, other in zip(left, right, strict=True)]
    for lines in (SPACE, HORIZONTAL):
        style = [*lines, ("FONTSIZE", (0, 0), (-1, -1), 8)]
        table = Table(both, [80, 65, 65, 40, 80, 65, 45], style=style)
        assert [words(each) for each in pdf.read(print_pdf(table)).tables] == [left, right]


def test_text_that_touches_the_next_column(print_pdf, font):
    """A line between two columns parts words that have no space between."""
    rows = [NETWORK, ("Verenigde Arabische", "Dubai", "Oman")]
    width = pdfmetrics.stringWidth("Verenigde Arabische", font, 10) + 0.4
    edges = [("LEFTPADDING", (0, 0), (-1, -1), 0.2), ("RIGHTPADDING", (0, 0), (-1, -1), 0.2)]
    style = [*GRID, *edges, ("FONT", (0, 0), (-1, -1), font, 10)]
    (table,) = pdf.read(print_pdf(Table(rows, [width, 70, 80], style=style))).tables
    assert words(table) == rows


# --- headers in other words ---------------------------------------------------------------------

VARIANTS = [
    (
        "network",
        ("Liaison officer", "Standplaats", "Accreditatie"),
        ("Cuba - NP", "Havana", "Cuba"),
    ),
    ("network", ("LO’s", "Vaste standplaats", "Werkgebied"), ("Cuba - NP", "Havana", "Cuba")),
    ("network", ("Accreditatie", "Liaison-officers", "Werklocatie"), ("Cuba", "Cuba", "Havana")),
    ("missions", ("Missie", "Standplaats", "Aantal"), ("EUAM Irak", "Irak", "4")),
    ("missions", ("Naam missie", "Standplaats", "Aantal uitgezonden"), ("EUAM Irak", "Irak", "4")),
    ("filos", ("Flexibele LO’s", "Accreditatie"), ("NP FILO", "wereldwijd")),
]


@pytest.mark.parametrize(("kind", "header", "row"), VARIANTS)
@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, SPACE])
@pytest.mark.parametrize("beside", [True, False])
def test_other_words_in_a_header(
    print_pdf, grid, kind: str, header: tuple, row: tuple, lines: list, beside: bool
):
    """What Word reads is read here too, and never silently absent beside a table that is read."""
    network = [NETWORK, ("Peru - NP", "Lima", "Peru")]
    story = ["<b>1. Netwerk</b>", grid(network, lines), Spacer(1, 30)] if beside else []
    story += ["<b>2. Anders</b>", grid([header, row, row], lines), Spacer(1, 30), WORDS]
    tables = pdf.read(print_pdf(*story)).tables
    assert [words(table) for table in tables] == [network] * beside + [[header, row, row]]
    found = columns_of(tables[-1].rows)
    assert found is not None
    assert found.kind == kind


def test_missions_without_columns_go_on_over_a_page(print_pdf):
    first = ["Missie Standplaats Aantal", "EUAM Irak Irak 4", "EUMM Georgië Georgië 3"]
    more = ["EULEX Kosovo Kosovo 2", "Totaal 9"]
    title = "Overzicht (peildatum 24 november 2023)"
    content = print_pdf(
        *(WORDS, title, "<br/>".join(first), PageBreak()), *("<br/>".join(more), WORDS, "Wet 2012")
    )
    (table,) = pdf.read(content).tables
    assert table.rows == tuple((line,) for line in [*first, *more])


# --- the documents -----------------------------------------------------------------------------


@pytest.fixture
def annex_of(resolver: Resolver) -> Callable[[Cells], Annex]:
    return lambda cells: read_annex("doc", cells.text, list(cells.tables), resolver)


def printed(annex: Annex) -> list[tuple]:
    rows = [
        (r.kind, r.row, r.region, r.label, r.city, " ".join(r.area.split())) for r in annex.rows
    ]
    missions = [(r.row, r.mission, r.duty_station, r.personnel) for r in annex.deployments]
    return [*rows, *missions, annex.total, annex.missions_as_of]


def rectangular(table: PrintedTable) -> list[tuple[str, ...]]:
    """Every row as wide as the header; the text prints an empty cell too many here and there."""
    width = len(table.rows[0])
    rows = []
    for row in table.rows:
        filled = [cell for cell in row if cell] if len(row) > width else list(row)
        rows.append(tuple(filled + [""] * (width - len(filled))))
    return rows


@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, BANDS, SPACE, TIGHT])
@pytest.mark.parametrize("repeat", [0, 1])
@pytest.mark.parametrize("split", [0, 1])
def test_the_2025_annex(document, annex_of, print_pdf, grid, lines: list, repeat: int, split: int):
    source = plain_text.read(document("bijlage-2025-11"))
    story: list[str | Flowable] = [WORDS * 12]
    for table in source.tables:
        rows = rectangular(table)
        style = GRID if len(rows[0]) == 1 else lines  # groups of one column need their lines
        story += [f"<b>{table.title}</b>", WORDS * 3, grid(rows, style, True, repeat, split)]
        story.append(Spacer(1, 20))
    cells = pdf.read(print_pdf(*story, WORDS * 3))
    assert printed(annex_of(cells)) == printed(annex_of(source))
    assert [table.title for table in cells.tables] == [table.title for table in source.tables]


@pytest.mark.parametrize("lines", [GRID, HORIZONTAL, SPACE, TIGHT, "flat"])
def test_the_2023_missions(document, annex_of, print_pdf, grid, lines: list | str):
    source = plain_text.read(document("bijlage-2023-12"))
    (table,) = source.tables
    missions = annex_of(source)
    rows = [MISSIONS, *((r.mission, r.duty_station, r.personnel) for r in missions.deployments)]
    rows.append(("Totaal", "", str(missions.total)))
    flat = "<br/>".join(cell for row in table.rows for cell in row)
    body = flat if isinstance(lines, str) else grid(rows, lines, banners=False)
    cells = pdf.read(print_pdf(WORDS * 3, table.title, body, WORDS * 3))
    assert printed(annex_of(cells)) == printed(missions)


# --- files that are no document ----------------------------------------------------------------


def bare(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return body + head + table + tail % (len(objects) + 1, len(body))


def one_page(stream: bytes) -> bytes:
    """A PDF of one page with this content."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    page += b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1"
    page += b" /BaseFont /Helvetica >> >> >> >>"
    kids = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return bare([b"<< /Type /Catalog /Pages 2 0 R >>", kids, page, stream])


def canvas(draw: Callable[[Canvas], object], pages: int = 1, **settings: object) -> bytes:
    out = BytesIO()
    paper = Canvas(out, **settings)
    for _ in range(pages):
        draw(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no pdf",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"<html><body>Missienaam</body></html>",
        bare([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        bare([b"<< /Type /Catalog /Pages 1 0 R >>"]),
    ],
)
def test_damaged(content: bytes):
    with pytest.raises(DataError, match=r"pdf_damaged|pages_without_text"):
        pdf.read(content)


def test_truncated(print_pdf, grid):
    """Half a file is an error or what is left of it, never anything else."""
    content = print_pdf("<b>1. Netwerk</b>", grid(invented(40)))
    for part in range(1, 10):
        try:
            pdf.read(content[: len(content) * part // 10])
        except DataError as error:
            assert error.code in ("pdf_damaged", "pages_without_text")


def test_a_page_that_unpacks_in_part_is_damaged():
    """Rows would be missing without a word."""
    rows = (b"BT /F1 9 Tf 10 %d Td (Missienaam Aantal %d) Tj ET\n" % (n, n * n) for n in range(999))
    packed = bytearray(zlib.compress(b"".join(rows)))
    packed[len(packed) // 2] ^= 255
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    with pytest.raises(DataError, match="pdf_damaged"):
        pdf.read(one_page(stream % (len(packed), bytes(packed))))


def test_a_scan_has_no_text():
    from PIL import Image

    picture = ImageReader(Image.new("RGB", (200, 200), "grey"))
    with pytest.raises(DataError, match="pages_without_text"):
        pdf.read(canvas(lambda paper: paper.drawImage(picture, 0, 0, 500, 700), pages=3))


def test_a_password():
    content = canvas(lambda paper: paper.drawString(50, 700, "Missienaam"), encrypt="secret")
    with pytest.raises(DataError, match="file_locked"):
        pdf.read(content)


def test_too_many_pages():
    content = canvas(lambda paper: paper.drawString(50, 700, "Missienaam Aantal"), pages=2000)
    with pytest.raises(DataError, match=r"too_many_pages.*most=400"):
        pdf.read(content)


def test_a_page_of_a_kilometre_with_thousands_of_lines():
    def draw(paper: Canvas) -> None:
        paper.drawString(50, 700, "Missienaam Standplaats Aantal en nog wat meer woorden hier")
        for place in range(6000):
            paper.line(place * 3, 0, place * 3, 2_000_000)
            paper.line(0, place * 3, 2_000_000, place * 3)

    assert "Missienaam" in pdf.read(canvas(draw, pagesize=(2_800_000, 2_800_000))).text


LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
from data.documents import pdf
pdf.read(Path(sys.argv[1]).read_bytes())
"""


def test_a_bomb_stays_within_the_limits_of_the_child(tmp_path: Path):
    """A stream of a few hundred kilobytes that unpacks to a gigabyte of text."""
    packer = zlib.compressobj(9)
    unit = b"BT /F1 9 Tf 10 10 Td (Missienaam Aantal) Tj ET\n" * 20_000
    packed = b"".join([*(packer.compress(unit) for _ in range(1000)), packer.flush()])
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(one_page(stream))
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
