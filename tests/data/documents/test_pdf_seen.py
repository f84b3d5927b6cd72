"""PDF: what a page shows and what it does not. The files are written here, operator by operator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from data.documents import pdf
from data.documents.cells import Cells, Flag, LeftOut
from geo.errors import DataError

NETWORK = ("Liaison Officers", "Werklocatie", "Werkgebied")
ROWS = (
    NETWORK,
    ("Ghana - NP", "Accra", "Ghana / Togo"),
    ("Kenia - KMar", "Nairobi", "Kenia / Oeganda"),
    ("Spanje - GPI", "Madrid", "Spanje"),
)
EDGES = (60, 200, 310, 540)
TITLE = b"BT /F1 11 Tf 60 780 Td (1. Netwerk \\(peildatum 12 mei 2026\\)) Tj ET\n"
WIDE, HIGH = 600, 842


def text(x: float, y: float, words: str, size: float = 10, before: str = "") -> bytes:
    """Words at a place; `before` are operators that set how they come out."""
    coded = words.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"q %s BT /F1 %g Tf %g %g Td (%s) Tj ET Q\n" % (before.encode(), size, x, y, coded)


def grid(rows: Sequence[Sequence[str]] = ROWS, top: float = 765, lines: bool = True) -> bytes:
    """A table of three columns, rows 20 points apart, the words 14 below the upper line."""
    low = top - 20 * len(rows)
    drawn = b"0.5 w\n" if lines else b""
    if lines:
        for place in range(len(rows) + 1):
            drawn += b"60 %g m 540 %g l S\n" % (top - 20 * place, top - 20 * place)
        for edge in EDGES:
            drawn += b"%g %g m %g %g l S\n" % (edge, top, edge, low)
    for place, row in enumerate(rows):
        for edge, cell in zip(EDGES, row, strict=False):
            drawn += text(edge + 4, top - 20 * place - 14, cell) if cell else b""
    return drawn


def made(
    content: bytes,
    page: bytes = b"",
    resources: bytes = b"",
    catalog: bytes = b"",
    others: Sequence[bytes] = (),
    media: bytes = b"0 0 600 842",
) -> bytes:
    """A PDF of one page; `others` are objects from number 6 on."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R %s" % (media, page)
        + b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
        stream(content),
        font,
        *others,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return body + head + table + tail % (len(objects) + 1, len(body))


def stream(content: bytes, attributes: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (attributes, len(content), content)


def form(content: bytes, box: bytes = b"0 0 600 842") -> bytes:
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [%s]" % box)


def rows(cells: Cells) -> list[tuple[str, ...]]:
    (table,) = cells.tables
    return [tuple(" ".join(cell.split()) for cell in row) for row in table.rows if any(row)]


def kinds(cells: Cells) -> list[tuple[str, int, str]]:
    return [(each.kind, each.count, each.text) for each in cells.left_out]


# --- where a page stands -------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("entry", [True, False])
def test_a_turned_page(turn: int, entry: bool):
    """By its own entry, or by what it draws: "lying" for the reader, who turns the head."""
    if entry:
        content = made(TITLE + grid(), b"/Rotate %d" % turn)
    else:
        matrix = {90: b"0 1 -1 0 842 0", 180: b"-1 0 0 -1 600 842", 270: b"0 -1 1 0 0 600"}[turn]
        media = b"0 0 600 842" if turn == 180 else b"0 0 842 600"
        content = made(b"q %s cm\n" % matrix + TITLE + grid() + b"Q\n", media=media)
    cells = pdf.read(content)
    assert rows(cells) == list(ROWS)
    assert cells.tables[0].title == "1. Netwerk (peildatum 12 mei 2026)"
    assert cells.left_out == ()


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_of_one_short_table_of_upright_letters(turn: int):
    """Letters drawn one by one; they fill more of the height of the page than of its width."""
    table = [("Missie", "Aantal"), ("EUTM Mali", "7"), ("EUAM Irak", "8"), ("Totaal", "15")]
    content = b"q 0 1 -1 0 600 0 cm\n" if turn else b"q\n"
    for place, row in enumerate(table):
        for left, cell in zip((60, 460), row, strict=True):
            content += text(left, 580 - 14 * place, cell).replace(
                b"(%s) Tj" % cell.encode(),
                b" ".join(b"(%c) Tj" % letter for letter in cell.encode()),
            )
    assert rows(pdf.read(made(content + b"Q\n", b"/Rotate %d" % turn))) == table


def test_a_page_whose_turns_undo_each_other():
    content = b"q 0 1 -1 0 842 0 cm\n" + TITLE + grid() + b"Q\n"
    assert rows(pdf.read(made(content, b"/Rotate 90", media=b"0 0 842 600"))) == list(ROWS)


def test_a_table_on_its_side_on_an_upright_page():
    prose = b"".join(text(300, 800 - 14 * n, "Een gewone zin van een alinea.") for n in range(50))
    lying = b"q 0 0.5 -0.5 0 290 20 cm\n" + grid() + b"Q\n"
    assert rows(pdf.read(made(prose + lying))) == list(ROWS)


def test_a_page_in_units_of_its_own():
    content = b"q 0.05 0 0 0.05 0 0 cm\n" + TITLE + grid() + b"Q\n"
    cells = pdf.read(made(content, b"/UserUnit 20", media=b"0 0 30 42.1"))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_page_that_does_not_begin_at_its_corner(turn: int):
    content = b"q 1 0 0 1 -300 500 cm\n" + TITLE + grid() + b"Q\n"
    page = b"/CropBox [-290 510 295 1335] /Rotate %d" % turn
    cells = pdf.read(made(content, page, media=b"-300 500 300 1342"))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


def test_what_is_cropped_is_left_out():
    cells = pdf.read(made(TITLE + grid(), b"/CropBox [0 706 600 842]"))
    assert rows(cells) == list(ROWS[:3])
    assert kinds(cells) == [("text_outside_page", 3, "Spanje - GPI Madrid Spanje")]
    assert (cells.left_out[0].part, cells.left_out[0].place) == ("page", "1")


def test_a_column_is_hidden_by_a_crop_box_and_not_by_a_page_that_is_too_narrow():
    narrow = b"0 0 305 842"
    cells = pdf.read(made(TITLE + grid(), b"/CropBox [%s]" % narrow))
    assert rows(cells) == [(label, city, "") for label, city, _ in ROWS]
    hidden = "Werkgebied Ghana / Togo Kenia / Oeganda Spanje"
    assert kinds(cells) == [("text_outside_page", 4, hidden)]
    cells = pdf.read(made(TITLE + grid(), media=narrow))
    assert (rows(cells), kinds(cells)) == (list(ROWS), [])


# --- what does not show --------------------------------------------------------------------------

SHOWN = [*ROWS[:1], ("Ghana - NP", "Accra", "Ghana"), *ROWS[2:]]


def with_more(more: bytes, **parts: object) -> Cells:
    """The table with "Ghana" as area, and `more` drawn behind that, at x = 350 and y = 731."""
    return pdf.read(made(TITLE + grid(SHOWN) + more, **parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "before",
    ["3 Tr", "7 Tr", "1 g", "1 1 1 rg", "0 0 0 0 k", "0.98 g", "/Clear gs", "0 0 9 9 re W n"],
)
def test_invisible_text_is_left_out(before: str):
    states = b"/ExtGState << /Clear << /ca 0 /CA 0 >> >>"
    cells = with_more(text(350, 731, "/ Niger", before=before), resources=states)
    assert rows(cells) == SHOWN
    assert kinds(cells) == [("invisible_text", 1, "/ Niger")]


def test_type_too_small_to_see_is_left_out():
    cells = with_more(text(350, 731, "/ Niger", size=0.5))
    assert rows(cells) == SHOWN
    assert kinds(cells) == [("invisible_text", 1, "/ Niger")]


def test_pale_text_is_read():
    assert rows(with_more(text(350, 731, "/ Togo", before="0.6 g")))[1][2] == "Ghana / Togo"


@pytest.mark.parametrize("ground", ["0 0.1 0.4 rg", "0.2 g", "1 1 0 0 k"])
def test_white_text_on_a_dark_ground_is_read(ground: str):
    dark = b"q %s 60 745 480 20 re f Q\n" % ground.encode()
    head = b"".join(
        text(edge + 4, 751, cell, before="1 g") for edge, cell in zip(EDGES, NETWORK, strict=False)
    )
    cells = pdf.read(made(TITLE + dark + grid((("", "", ""), *ROWS[1:])) + head))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


def test_black_text_on_a_black_ground_is_left_out():
    more = b"q 0 g 345 727 60 14 re f Q\n" + text(350, 731, "/ Niger")
    assert kinds(with_more(more)) == [("invisible_text", 1, "/ Niger")]


@pytest.mark.parametrize("colour", ["1 g", "0 g", "0.9 0.9 0.9 rg"])
def test_text_under_a_filled_box_is_left_out(colour: str):
    more = text(350, 731, "/ Niger") + b"q %s 347 727 60 14 re f Q\n" % colour.encode()
    cells = with_more(more)
    assert rows(cells) == SHOWN
    assert kinds(cells) == [("covered_text", 1, "/ Niger")]


def test_text_that_is_replaced_over_a_box():
    more = text(350, 731, "/ Niger") + b"q 1 g 347 727 60 14 re f Q\n" + text(350, 731, "/ Togo")
    cells = with_more(more)
    assert rows(cells)[1][2] == "Ghana / Togo"
    assert kinds(cells) == [("covered_text", 1, "Niger")]  # the stroke shows, in its new copy


@pytest.mark.parametrize(
    "over",
    [
        b"q /Half gs 1 1 0 rg 312 725 200 18 re f Q\n",  # a marker pen
        b"q /Marker gs 1 1 0 rg 312 725 200 18 re f Q\n",
        b"q 0 g 300 720 240 25 re 302 722 236 21 re f* Q\n",  # a frame: a path with a hole
    ],
)
def test_what_lets_text_through_covers_nothing(over: bytes):
    states = b"/ExtGState << /Half << /ca 0.4 >> /Marker << /BM /Multiply >> >>"
    cells = pdf.read(made(TITLE + grid() + over, resources=states))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


IMAGE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"


def test_text_under_a_picture_is_left_out():
    more = text(350, 731, "/ Niger") + b"q 60 0 0 14 347 727 cm /Im Do Q\n"
    image = stream(b"\xff", IMAGE + b" /BitsPerComponent 8")
    cells = with_more(more, resources=b"/XObject << /Im 6 0 R >>", others=[image])
    assert kinds(cells) == [("covered_text", 1, "/ Niger")]


@pytest.mark.parametrize("order", [0, 1])
def test_recognised_text_of_a_scan_is_read(order: int):
    """OCR prints invisible text over the picture of the page, or visible text under it."""
    picture = b"q 600 0 0 842 0 0 cm /Im Do Q\n"
    words = grid(lines=False)
    content = picture + b"3 Tr " + words if order else words + picture
    image = stream(b"\xff", IMAGE + b" /BitsPerComponent 8")
    resources = b"/XObject << /Im 6 0 R >>"
    cells = pdf.read(made(content, resources=resources, others=[image]))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


LAYERS = b"/OCProperties << /OCGs [6 0 R 7 0 R] /D << %s >> >>"
PROPERTIES = b"/Properties << /On 6 0 R /Off 7 0 R /Both 8 0 R >>"
GROUPS = [
    b"<< /Type /OCG /Name (on) >>",
    b"<< /Type /OCG /Name (off) >>",
    b"<< /Type /OCMD /OCGs [6 0 R 7 0 R] /P /AllOn >>",
]


@pytest.mark.parametrize("default", [b"/OFF [7 0 R]", b"/BaseState /OFF /ON [6 0 R]"])
@pytest.mark.parametrize(("layer", "hidden"), [("On", False), ("Off", True), ("Both", True)])
def test_text_on_a_layer_that_is_off_is_left_out(default: bytes, layer: str, hidden: bool):
    more = b"/OC /%s BDC\n" % layer.encode() + text(350, 731, "/ Niger") + b"EMC\n"
    more += text(350, 691, "/ Andorra")
    parts = {"resources": PROPERTIES, "catalog": LAYERS % default, "others": GROUPS}
    cells = with_more(more, **parts)
    assert rows(cells)[1][2] == ("Ghana" if hidden else "Ghana / Niger")
    assert rows(cells)[3][2] == "Spanje / Andorra"
    assert kinds(cells) == [("hidden_layers", 1, "/ Niger")] * hidden


def test_hidden_text_on_a_page_without_tables_is_left_out():
    words = "Een brief over de samenwerking met andere landen in de wereld."
    hidden = text(60, 650, "peildatum 1 januari 2020", before="3 Tr")
    cells = pdf.read(made(text(60, 700, words) + hidden))
    assert cells.text == words
    assert kinds(cells) == [("invisible_text", 1, "peildatum 1 januari 2020")]


# --- twice, struck, raised -----------------------------------------------------------------------


@pytest.mark.parametrize(("x", "y"), [(0, 0), (0.4, 0), (0, 0.4), (0.4, -0.4)])
def test_a_table_printed_twice_is_read_once(x: float, y: float):
    again = b"q 1 0 0 1 %g %g cm\n" % (x, y) + grid() + b"Q\n"
    cells = pdf.read(made(TITLE + grid() + again))
    assert rows(cells) == list(ROWS)
    assert [each[:2] for each in kinds(cells)] == [("printed_twice", 12)]


def test_a_word_printed_twice_to_look_bold_is_no_matter():
    bold = b"".join(text(64 + shift, 751, "Liaison Officers") for shift in (0, 0.3))
    cells = pdf.read(made(TITLE + grid((("", *NETWORK[1:]), *ROWS[1:])) + bold))
    assert rows(cells) == list(ROWS)
    assert cells.left_out == ()


@pytest.mark.parametrize("stroke", ["64 714 m 130 714 l S", "64 713.6 66 0.7 re f"])
def test_struck_words_are_marked(stroke: str):
    """A line through the middle of the letters, which stand on y = 711; one below is none."""
    below = b"204 709.5 m 240 709.5 l S\n"
    cells = pdf.read(made(TITLE + grid() + stroke.encode() + b"\n" + below))
    assert rows(cells) == list(ROWS)
    assert cells.tables[0].flags == (Flag(2, 0, "struck", "Kenia - KMar"),)


def test_struck_words_outside_tables_are_left_out():
    words = text(60, 600, "peildatum 1 mei 2020")
    cells = pdf.read(made(TITLE + grid() + words + b"58 603.5 m 160 603.5 l S\n"))
    assert "2020" not in cells.text
    assert kinds(cells) == [("struck_text", 1, "peildatum 1 mei 2020")]


def test_words_struck_by_an_annotation_are_marked():
    strike = b"<< /Type /Annot /Subtype /StrikeOut /Rect [64 708 130 720]"
    strike += b" /QuadPoints [64 720 130 720 64 708 130 708] >>"
    cells = pdf.read(made(TITLE + grid(), b"/Annots [6 0 R]", others=[strike]))
    assert cells.tables[0].flags == (Flag(2, 0, "struck", "Kenia - KMar"),)


def test_words_marked_for_redaction_are_covered():
    redact = b"<< /Type /Annot /Subtype /Redact /Rect [345 727 400 741] >>"
    more = text(350, 731, "/ Niger")
    cells = with_more(more, page=b"/Annots [6 0 R]", others=[redact])
    assert rows(cells) == SHOWN
    assert kinds(cells) == [("covered_text", 1, "/ Niger")]


MISSIONS = ("Missienaam", "Standplaats", "Aantal")


@pytest.mark.parametrize("ratio", [0.58, 0.65, 0.83])
@pytest.mark.parametrize("sign", ["1", "2)", "*", "a"])
def test_raised_signs_and_their_notes(ratio: float, sign: str):
    """ "3" is 5.56 points wide at 10; the sign stands right behind it, 3.3 points higher."""
    table = [MISSIONS, ("EULEX Kosovo", "Pristina", "3"), ("EUAM Irak", "Bagdad", "2")]
    raised = text(319.6, 734.3, sign, size=10 * ratio)
    note = text(60, 63, sign, size=5) + text(66, 60, "In besluitvorming,", size=8)
    note += text(60, 50, "en tot 1 mei.", size=8)
    cells = pdf.read(made(TITLE + grid(table) + raised + note))
    assert rows(cells) == table
    flags = (Flag(1, 2, "raised", sign), Flag(1, 2, "note", "In besluitvorming, en tot 1 mei."))
    assert cells.tables[0].flags == flags


def test_a_note_right_below_a_table_without_lines_is_no_row():
    table = [MISSIONS, ("EULEX Kosovo", "Pristina", "3"), ("EUAM Irak", "Bagdad", "2")]
    raised = text(319.6, 734.3, "*", size=6)
    cells = pdf.read(made(TITLE + grid(table, lines=False) + raised + text(64, 691, "* Deels", 8)))
    assert rows(cells) == table
    assert Flag(1, 2, "note", "Deels") in cells.tables[0].flags


def test_a_small_word_or_a_whole_cell_is_no_sign():
    table = [MISSIONS, ("EULEX Kosovo", "Pristina", ""), ("EUAM Irak", "Bagdad", "2")]
    cells = pdf.read(made(TITLE + grid(table) + text(314, 733, "3", 6)))
    assert rows(cells)[1] == ("EULEX Kosovo", "Pristina", "3")
    assert cells.tables[0].flags == ()


# --- form fields ---------------------------------------------------------------------------------


def field(kind: bytes, value: bytes, left: int, look: bool, more: bytes = b"") -> bytes:
    rect = b"[%d 726 %d 744]" % (left, left + 100)
    shown = b"/AP << /N 9 0 R >>" if look else b""
    head = b"<< /Type /Annot /Subtype /Widget /FT /%s /T (f%d) /Rect %s" % (kind, left, rect)
    return head + b" /F 4 /V %s %s %s >>" % (value, shown, more)


@pytest.mark.parametrize("look", [True, False])
def test_form_fields_in_cells_are_read_once(look: bool):
    """What a field shows, or its value where it keeps no look of its own."""
    combo = b"/Ff 131072 /Opt [[(gh) (Ghana - NP)] [(ke) (Kenia - NP)]]"
    fields = [
        field(b"Ch", b"(gh)", 62, False, combo),
        field(b"Tx", b"(Accra)", 204, look),
        field(b"Tx", b"(Ghana / Togo)", 314, False),
        form(text(2, 5, "Accra"), b"0 0 100 18"),
    ]
    catalog = b"/AcroForm << /Fields [6 0 R 7 0 R 8 0 R] >>"
    table = [NETWORK, ("", "", ""), *ROWS[2:]]
    page = b"/Annots [6 0 R 7 0 R 8 0 R]"
    cells = pdf.read(made(TITLE + grid(table), page, catalog=catalog, others=fields))
    assert rows(cells) == list(ROWS)


def test_a_hidden_field_is_not_read():
    hidden = field(b"Tx", b"(/ Niger)", 345, False).replace(b"/F 4", b"/F 2")
    assert rows(with_more(b"", page=b"/Annots [6 0 R]", others=[hidden])) == SHOWN


def test_a_typed_note_on_the_page_is_read():
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [345 727 405 741] /Contents (/ Togo) >>"
    cells = with_more(b"", page=b"/Annots [6 0 R]", others=[note])
    assert rows(cells)[1][2] == "Ghana / Togo"


def test_an_xfa_form_is_refused():
    catalog = b"/AcroForm << /Fields [] /XFA [(template) 6 0 R] >>"
    xfa = stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    with pytest.raises(DataError, match="xfa_form"):
        pdf.read(made(TITLE + grid(), catalog=catalog, others=[xfa]))


# --- letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shown", "read"), [("01", "Mauritiustt"), ("23", "afttf"), ("4", "tti")])
def test_ligatures_copied_as_other_letters(shown: str, read: str):
    """A font whose table says "\u019f" where it shows "ti", as the fonts of an office do."""
    unicode = {"0": "004D00610075007200690" + "19F00750073"}  # "Mauri", the sign, "us"
    unicode |= {"1": "01A9", "2": "0061014C", "3": "019E", "4": "01AB"}
    lines = "".join(f"<{ord(sign):02x}> <{code}>\n" for sign, code in unicode.items())
    head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff>"
    table = f"{head} endcodespacerange\n{len(unicode)} beginbfchar\n{lines}endbfchar\nendcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    more = text(350, 731, f"/ {shown}").replace(b"/F1", b"/F2")
    others = [font, stream(table.encode())]
    fonts = b"/Font << /F1 5 0 R /F2 6 0 R >>"
    content = made(TITLE + grid(SHOWN) + more, others=others)
    cells = pdf.read(content.replace(b"/Font << /F1 5 0 R >>", fonts))
    assert rows(cells)[1][2].split()[-1] == read


def test_letters_without_a_meaning_are_refused():
    """The codes of a composite font without a table: shapes of which nobody says what they are."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H"
    font += b" /DescendantFonts [7 0 R] >>"
    inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo"
    inner += b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 1000 1000]"
    descriptor += b" /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>"
    more = b"BT /F2 10 Tf 350 731 Td <00120013> Tj ET\n"
    content = made(TITLE + grid(SHOWN) + more, others=[font, inner, descriptor])
    content = content.replace(b"/Font << /F1 5 0 R >>", b"/Font << /F1 5 0 R /F2 6 0 R >>")
    with pytest.raises(DataError, match="fonts_without_letters"):
        pdf.read(content)


# --- merged cells --------------------------------------------------------------------------------


def test_cells_merged_over_rows_are_repeated():
    """The lines between the rows stop at the merged cells: host left, area right."""
    drawn = b"0.5 w\n"
    for y, left, right in ((765, 60, 540), (745, 60, 540), (725, 200, 540), (705, 60, 540)):
        drawn += b"%d %d m %d %d l S\n" % (left, y, right, y)
    for y, left, right in ((685, 60, 310), (665, 60, 540)):
        drawn += b"%d %d m %d %d l S\n" % (left, y, right, y)
    for edge in EDGES:
        drawn += b"%d 765 m %d 665 l S\n" % (edge, edge)
    cells = [NETWORK, ("", "Accra", "Ghana"), ("", "Kumasi", "Togo"), ("Kenia", "Nairobi", "")]
    words = grid([*cells, ("Oeganda", "Kampala", "")], lines=False)
    words += text(64, 721, "Ghana - NP") + text(314, 681, "Kenia / Oeganda")
    found = pdf.read(made(TITLE + drawn + words))
    assert rows(found) == [
        NETWORK,
        ("Ghana - NP", "Accra", "Ghana"),
        ("Ghana - NP", "Kumasi", "Togo"),
        ("Kenia", "Nairobi", "Kenia / Oeganda"),
        ("Oeganda", "Kampala", "Kenia / Oeganda"),
    ]
    assert found.tables[0].flags == (Flag(2, 0, "merged"), Flag(4, 2, "merged"))


def test_a_heading_set_on_its_side():
    """A narrow column has its heading from bottom to top."""
    table = [(*MISSIONS[:2], ""), ("EULEX Kosovo", "Pristina", "3")]
    drawn = b"0.5 w 60 785 m 540 785 l S\n"
    for edge in EDGES:
        drawn += b"%d 785 m %d 765 l S\n" % (edge, edge)
    lying = b"q 0 1 -1 0 330 747 cm BT /F1 5 Tf (Aantal) Tj ET Q\n"
    assert rows(pdf.read(made(grid(table) + lying)))[0] == MISSIONS


# --- tags ----------------------------------------------------------------------------------------

TAGGED = [
    NETWORK,
    ("Ghana - NP", "Accra", "Ghana"),
    ("Kenia - NP", "", "Kenia"),
    ("Peru - NP", "Lima", "Peru"),
]


def tagged(stray: bytes = b"") -> bytes:
    """A table without lines whose cells touch; its tags leave the empty cell out."""
    edges, content, elements = (60, 135, 188), b"", []
    number = 9
    trees = []
    for place, row in enumerate(TAGGED):
        cells = [(edge, cell) for edge, cell in zip(edges, row, strict=True) if cell]
        kids = []
        for edge, cell in cells:
            tag = len(kids) + 10 * place
            drawn = text(edge, 700 - 12 * place, cell)
            content += b"/TD << /MCID %d >> BDC\n" % tag + drawn + b"EMC\n"
            elements.append(b"<< /S /TD /P %d 0 R /Pg 3 0 R /K %d >>" % (number, tag))
            kids.append(number + len(kids) + 1)
        names = b" ".join(b"%d 0 R" % kid for kid in kids)
        elements.insert(len(elements) - len(kids), b"<< /S /TR /P 7 0 R /K [%s] >>" % names)
        trees.append(number)
        number += len(kids) + 1
    table = b" ".join(b"%d 0 R" % tree for tree in trees)
    objects = [
        b"<< /Type /StructTreeRoot /K 7 0 R >>",
        b"<< /S /Table /K [%s] >>" % table,
        b"null",
        *elements,
    ]
    catalog = b"/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>"
    return made(content + stray, catalog=catalog, others=objects)


def test_a_tagged_table_is_read_by_its_tags():
    """The empty cell that they leave out is told by the place of the others."""
    assert rows(pdf.read(tagged())) == TAGGED


def test_a_tagged_table_that_lacks_a_word_is_not_trusted():
    """ "Nairobi" stands in the table, and in no cell of it: it must not be lost."""
    cells = pdf.read(tagged(text(135, 676, "Nairobi")))
    assert "Nairobi" in f"{cells.text} {cells.tables}"


# --- the files that were handed over -------------------------------------------------------------

LEFT_OUT = {
    "cropbox": LeftOut("text_outside_page", 3, "1", "Peru - NP Lima Peru", "page"),
    "white_text": LeftOut("invisible_text", 1, "1", "/ Niger", "page"),
}


@pytest.mark.parametrize(
    "name",
    ["cropbox", "double_printed", "form_fields", "rot270_page3_m", "rotate_90", "white_text"],
)
def test_the_cases(documents: Path, name: str):
    path = documents / "cases" / f"pdf_{name}.pdf"
    if not path.exists():
        pytest.skip("the cases are not published with the code")
    cells = pdf.read(path.read_bytes())
    network = [" | ".join(row) for row in cells.tables[0].rows if any(row)]
    area = "Ghana" if name == "white_text" else "Ghana / Togo"
    assert network == [
        "Liaison Officers | Werklocatie | Werkgebied",
        f"Ghana - NP | Accra | {area}",
        "Kenia - KMar | Nairobi | Kenia / Oeganda",
        "Spanje - GPI | Madrid | Spanje",
    ]
    assert [each for each in cells.left_out if each.kind != "printed_twice"] == [
        *filter(None, [LEFT_OUT.get(name)])
    ]
    assert [each.kind for each in cells.left_out].count("printed_twice") == (
        name == "double_printed"
    )
    if name == "rot270_page3_m":
        missions = [row for row in cells.tables[1].rows if any(row)]
        assert [row[0] for row in missions] == [
            *("Missienaam", "EULEX Kosovo", "EUAM Irak", "Totaal")
        ]
        assert [row[2] for row in missions[1:]] == ["3", "2", "5"]


# --- tables without lines -----------------------------------------------------------------------


def placed(*cells: tuple[float, float, str]) -> Cells:
    """What is read of words at these places: from the left, and from the top."""
    return pdf.read(made(TITLE + b"".join(text(x, 800 - y, words) for x, y, words in cells)))


def columns(y: float, *row: str) -> list[tuple[float, float, str]]:
    """A line of cells; an empty one is not drawn."""
    return [(x, y, words) for x, words in zip(EDGES, row, strict=False) if words]


@pytest.mark.parametrize("taller", [True, False])
def test_the_first_row_is_no_part_of_the_header(taller: bool):
    """It stands nearer to the header than the next row, which is taller or behind an empty one."""
    ghana, kenia, spanje = ROWS[1:]
    cells = [*columns(60, *NETWORK), *columns(74, *ghana)]
    if taller:
        cells += [*columns(94, "", "", "Kenia /"), *columns(106, "", "", "Oeganda")]
        cells += columns(100, "Kenia - KMar", "Nairobi")
    else:
        cells += columns(102, *kenia)
    assert rows(placed(*cells, *columns(120, *spanje))) == list(ROWS)


def test_a_header_of_two_lines_near_each_other():
    upper, lower = ("Liaison", "Werklocatie", "Werkgebied"), ("Officers", "", "(landen)")
    cells = [*columns(60, *upper), *columns(71, *lower)]
    for place, row in enumerate(ROWS[1:]):
        cells += columns(90 + 20 * place, *row)
    header = ("Liaison Officers", "Werklocatie", "Werkgebied (landen)")
    assert rows(placed(*cells)) == [header, *ROWS[1:]]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (("Brazilië/Peru/Boliv", "ia (?)"), "Brazilië/Peru/Bolivia (?)"),
        (("Brazilië/Peru/Cuba", "en Haiti"), "Brazilië/Peru/Cuba en Haiti"),
        (("Brazilië", "tijdelijk"), "Brazilië tijdelijk"),
        (("Peru en Bolivia e", "elders"), "Peru en Bolivia e elders"),
    ],
)
def test_a_word_longer_than_its_cell(lines: tuple[str, str], cell: str):
    """It goes on on the next line without a hyphen; a word that had no room there does not."""
    drawn = b"0.5 w\n" + b"".join(b"60 %d m 400 %d l S\n" % (y, y) for y in (765, 745, 713))
    drawn += b"".join(b"%d 765 m %d 713 l S\n" % (x, x) for x in (60, 200, 310, 400))
    for place, words in enumerate((*NETWORK, "Peru - NP", "Lima", lines[0])):
        drawn += text(EDGES[place % 3] + 4, 751 - 20 * (place // 3), words)
    drawn += text(314, 719, lines[1])
    assert rows(pdf.read(made(TITLE + drawn)))[1] == ("Peru - NP", "Lima", cell)


def in_columns(edges: Sequence[float], *table: Sequence[str]) -> list[tuple[float, float, str]]:
    """Rows in columns that begin at these edges."""
    return [
        (x, 60 + 20 * place, words)
        for place, row in enumerate(table)
        for x, words in zip(edges, row, strict=True)
    ]


@pytest.mark.parametrize("edges", [(60, 215, 270), (60, 214, 265), (60, 214, 268.8)])
def test_columns_that_touch(edges: tuple[float, float, float]):
    """The widest words of a column, its heading among them, reach up to the next column."""
    wide = ("Verenigde Arabische Emiraten - NP", "Abu Dhabi", "Oman")
    table = [*ROWS[:2], wide, *ROWS[2:]]
    assert rows(placed(*in_columns(edges, *table))) == table


def test_a_row_that_runs_over_the_next_column_does_not_end_the_table():
    """What it holds cannot be read, but the rows below it are there."""
    wide = ("Verenigde Arabische Emiraten - NP", "Abu Dhabi", "Oman")
    table = rows(placed(*in_columns((60, 175, 230), *ROWS[:3], wide, *ROWS[2:])))
    assert table[:3] == list(ROWS[:3])
    assert table[-1] == ROWS[-1]


def test_a_word_that_runs_over_a_drawn_line_is_one_word():
    """Centred in a column that is narrower than itself."""
    drawn = b"0.5 w\n" + b"".join(b"60 %d m 460 %d l S\n" % (y, y) for y in (765, 745, 725))
    drawn += b"".join(b"%d 765 m %d 725 l S\n" % (x, x) for x in (60, 200, 310, 410, 460))
    for place, words in enumerate((*NETWORK, "Peru - NP", "Lima", "Peru")):
        drawn += text(EDGES[place % 3] + 4, 751 - 20 * (place // 3), words)
    drawn += text(404, 751, "Opmerkingen") + text(406, 731, "In besluitvorming", 8)
    header, row = rows(pdf.read(made(TITLE + drawn)))
    assert (header[3], row[3]) == ("Opmerkingen", "In besluitvorming")


@pytest.mark.parametrize("top", [800, 400])
def test_the_last_row_of_one_column_on_a_page_of_its_own(top: int):
    """Lower on a page such a cell is a frame around a note."""
    first = text(60, 780, "Plaatsingen")
    for y in (795, 775, 755):
        first += b"60 %d m 540 %d l S\n" % (y, y)
    first += b"60 795 m 60 755 l S\n540 795 m 540 755 l S\n" + text(64, 760, "UNODC Wenen")
    second = b"60 %d 480 20 re S\n" % (top - 15) + text(64, top - 10, "Europol Den Haag")
    resources = b"/Resources << /Font << /F1 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] /Contents 7 0 R %s >>" % resources
    content = made(first, others=[page, stream(second)])
    content = content.replace(b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 6 0 R] /Count 2")
    last = [("Europol Den Haag",)] if top == 800 else []
    assert rows(pdf.read(content)) == [("Plaatsingen",), ("UNODC Wenen",), *last]


def test_headings_set_in_the_middle_of_their_columns():
    """The work areas begin far left of their heading, right behind the cities."""
    wide = ("Noorwegen - NP", "Oslo", "Noorwegen / Zweden / Finland / Estland / Letland")
    table = [wide, *ROWS[1:]]
    cells = in_columns((60, 150, 205), *table)
    shifted = [(x, y + 20, words) for x, y, words in cells]
    header = [(70, 60, NETWORK[0]), (150, 60, NETWORK[1]), (270, 60, NETWORK[2])]
    assert rows(placed(*header, *shifted)) == [NETWORK, *table]


def test_each_row_names_a_service():
    """So close below each other, and with cells so full, they might be lines of one row."""
    table = [("Noorwegen - NP", "Oslo", "Finland"), ("Slowakije - GPI", "Praag", "Hongarije")]
    cells = in_columns((60, 136, 192), NETWORK, *table, ("Peru - NP", "Lima", "Peru"))
    assert rows(placed(*cells)) == [NETWORK, *table, ("Peru - NP", "Lima", "Peru")]
