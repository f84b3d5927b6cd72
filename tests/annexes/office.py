"""An annex written as .docx, .xlsx, .odt and .ods, with notes, struck and hidden text and merges
as Word, Excel and LibreOffice write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell as WordCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tests.annexes.description import Annex, Cell, Row, Table

_BETWEEN = "Het betreft de stand zoals die hier is vastgesteld."


def side_by_side(annex: Annex) -> Iterator[list[list[Cell]]]:
    """Yield the blocks of a sheet as rows of cells: a title, then its table, or two beside each
    other with an empty column between."""
    blocks: list[list[list[Cell]]] = []
    for table in annex.tables:
        rows = [[Cell(table.title)], *(list(row.cells) for row in table.rows)]
        rows += [[Cell(line)] for line in table.below]
        if table.beside and blocks:
            left, width = blocks[-1], max(map(len, blocks[-1])) + 1
            many = max(len(left), len(rows))
            left += [[] for _ in range(many - len(left))]
            rows += [[] for _ in range(many - len(rows))]
            blocks[-1] = [
                [*a, *[Cell()] * (width - len(a)), *b] for a, b in zip(left, rows, strict=True)
            ]
        else:
            blocks.append(rows)
    yield from blocks


# --- Excel ----------------------------------------------------------------------------------------


def as_xlsx(annex: Annex) -> bytes:
    """Write a sheet for each table, or all on one, with numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = annex.look["sheets"]
    sheet, row, column = book.create_sheet("Bijlage"), 1, 1
    for line in annex.opening:
        sheet.cell(row, 1).value = line
        row += 1
    for number, table in enumerate(annex.tables):
        if table.beside:
            row, column = 4, 6
        elif sheets == "apart":
            sheet, row = book.create_sheet(f"Tabel {number + 1}"), 1
        else:
            row += 1
        if table.hidden:
            sheet.sheet_state = "veryHidden" if annex.seed % 2 else "hidden"
        row = _sheet_table(annex, sheet, table, row, column)
    sums = [cell for table in annex.tables for row in table.rows for cell in row.cells]
    return _with_sums(_saved(book), [cell for cell in sums if cell.summed])


def _with_sums(content: bytes, sums: list[Cell]) -> bytes:
    """Keep beside each formula what Excel counted, which the library does not write."""

    def change(name: str, part: bytes) -> bytes:
        for cell in sums:
            formula = f"<f>SUM({cell.summed})</f><v".encode()
            value = f"<f>SUM({cell.summed})</f><v>{cell.text}</v>".encode()
            part = re.sub(re.escape(formula) + rb"( ?/>|></v>)", value, part)
        return part

    return _repacked(content, change)


def _repacked(content: bytes, change: Callable[[str, bytes], bytes], **more: str) -> bytes:
    """Change the parts of a zip, and add some."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return made.getvalue()


def _sheet_table(annex: Annex, sheet: Worksheet, table: Table, top: int, left: int) -> int:
    sheet.cell(top, left).value = table.title
    first = at = top + 1
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            target = sheet.cell(at, left + place)
            target.value = _excel_value(annex, cell)
            target.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.struck == cell.text and cell.text:
                target.font = Font(strike=True)
        if row.form == "banner":
            sheet.merge_cells(None, at, left, at, left + table.width - 1)
        if row.form == "hidden":
            sheet.row_dimensions[at].hidden = True
        at += 1
    for place in range(table.width):
        letter = get_column_letter(left + place)
        sheet.column_dimensions[letter].width = 50 if place == table.width - 1 else 26
        _excel_merges(sheet, table, first, left, place)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one page wide
    for line in table.below:
        sheet.cell(at, left).value = line
        at += 1
    return at


def _excel_merges(sheet: Worksheet, table: Table, top: int, left: int, place: int) -> None:
    for at, row in enumerate(table.rows):
        if place < len(row.cells) and row.cells[place].joined:
            sheet.cell(top + at, left + place).value = None
            column = left + place
            sheet.merge_cells(None, top + at - 1, column, top + at, column)


def _excel_value(annex: Annex, cell: Cell) -> object:
    if cell.summed:
        return f"=SUM({cell.summed})"
    if cell.raised:
        sign = TextBlock(InlineFont(vertAlign="superscript"), cell.raised)
        return CellRichText(cell.text, sign)
    if cell.struck and cell.struck != cell.text:
        before, _, after = cell.text.partition(cell.struck)
        struck = TextBlock(InlineFont(strike=True), cell.struck)
        return CellRichText(*filter(None, (before, struck, after)))
    if cell.text.isdecimal():
        return int(cell.text)
    if "escaped_return" in annex.look:
        return cell.text.replace("\n", "_x000D_\n").replace(" / ", " /_x000D_\n") or None
    return cell.text or None


# --- Word -----------------------------------------------------------------------------------------


def as_docx(annex: Annex) -> bytes:
    """Write headings, prose and tables; notes are real footnotes."""
    document = docx.Document()
    notes: list[str] = []
    for line in annex.opening:
        document.add_paragraph(line)
    for table in annex.tables:
        document.add_heading(table.title, level=2)
        document.add_paragraph(_BETWEEN)
        made = document.add_table(rows=len(table.rows), cols=table.width, style="Table Grid")
        for row, target in zip(table.rows, made.rows, strict=True):
            cells = list(target.cells)
            for cell, into in zip(row.cells, cells, strict=False):
                _word_cell(cell, into, notes, hidden=row.form == "hidden")
            if row.form == "hidden":
                target._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
        _word_merges(table, made)
        for line in (*table.below, ""):
            document.add_paragraph(line)
    return _with_footnotes(_saved(document), notes)


def _word_merges(table: Table, made: docx.table.Table) -> None:
    for at, row in enumerate(table.rows):
        if row.form == "banner":
            made.cell(at, 0).merge(made.cell(at, table.width - 1)).text = row.cells[0].text
        for place, cell in enumerate(row.cells):
            if cell.joined:
                lower = made.cell(at, place)
                for paragraph in lower.paragraphs[1:]:
                    paragraph._p.getparent().remove(paragraph._p)
                lower.text = ""
                upper = made.cell(at - 1, place)
                text = table.rows[at - 1].cells[place].text
                upper.merge(lower)
                _only(upper, text)


def _only(cell: WordCell, text: str) -> None:
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    cell.text = text


def _word_cell(cell: Cell, into: WordCell, notes: list[str], hidden: bool) -> None:
    first, *more = cell.text.split("\n")
    paragraphs = [into.paragraphs[0], *(into.add_paragraph() for _ in more)]
    for paragraph, line in zip(paragraphs, (first, *more), strict=True):
        for words, struck in _struck_parts(line, cell):
            run = paragraph.add_run(words)
            run.font.strike = struck or None
            run.font.hidden = hidden or None
    last = paragraphs[-1]
    if cell.raised:
        last.add_run(cell.raised).font.superscript = True
    if cell.unseen:
        last.add_run(cell.unseen).font.hidden = True
    if cell.note:
        notes.append(cell.note)
        reference = f'<w:footnoteReference w:id="{len(notes) + 1}"/>'
        run = f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        last._p.append(parse_xml(f"{run}{reference}</w:r>"))


def _struck_parts(line: str, cell: Cell) -> Iterator[tuple[str, bool]]:
    if not cell.struck:
        yield line, False
    elif cell.struck == cell.text:
        yield line, True
    else:
        before, struck, after = line.partition(cell.struck)
        for words, is_struck in ((before, False), (struck, True), (after, False)):
            if words:
                yield words, is_struck


def _with_footnotes(content: bytes, notes: list[str]) -> bytes:
    if not notes:
        return content
    space = nsdecls("w")
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='
        f'"preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, start=2)
    )
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    part = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {space}>{marks}{texts}</w:footnotes>'
    )
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

    added = {
        "[Content_Types].xml": '<Override PartName="/word/footnotes.xml"'
        f' ContentType="{office}"/></Types>',
        "word/_rels/document.xml.rels": f'<Relationship Id="rIdNotes" Type="{relation}"'
        ' Target="footnotes.xml"/></Relationships>',
    }

    def change(name: str, part: bytes) -> bytes:
        """Put an entry before the last closing tag of the two lists of parts."""
        if name not in added:
            return part
        return part[: part.rindex(b"</")] + added[name].encode()

    return _repacked(content, change, **{"word/footnotes.xml": part})


# --- OpenDocument ---------------------------------------------------------------------------------

_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "table")
} | {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
_STYLES = """
<style:style style:name="Up" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="Out" style:family="text"><style:text-properties
 style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="Away" style:family="table"><style:table-properties
 table:display="false"/></style:style>
"""


def as_odt(annex: Annex) -> bytes:
    """Write headings, prose and tables; a hidden table stands in a hidden section."""
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in annex.opening)
    for number, table in enumerate(annex.tables):
        heading = f'<text:h text:outline-level="2" text:is-list-header="true">{escape(table.title)}'
        block = f"{heading}</text:h><text:p>{_BETWEEN}</text:p>{_open_table(annex, table, number)}"
        block += "".join(f"<text:p>{escape(line)}</text:p>" for line in table.below)
        if table.hidden:
            block = (
                f'<text:section text:name="S{number}" text:display="none">{block}</text:section>'
            )
        body += block
    return _open_package("text", f"<office:text>{body}</office:text>")


def as_ods(annex: Annex) -> bytes:
    """Write a sheet for each table, or all on one."""
    lines = [Row((Cell(line),)) for line in annex.opening]
    if annex.look["sheets"] == "apart":
        sheets = [("Bijlage", _open_rows(annex, Table("", tuple(lines))), False)]
        for number, table in enumerate(annex.tables, start=1):
            below = tuple(Row((Cell(line),)) for line in table.below)
            whole = Table("", (Row((Cell(table.title),)), *table.rows, *below))
            sheets.append((f"Tabel {number}", _open_rows(annex, whole), table.hidden))
    else:
        rows = [*lines]
        if annex.look["sheets"] == "beside":
            blocks = side_by_side(annex)
            rows += [Row(tuple(row)) for block in blocks for row in (*block, [])]
        else:
            for table in annex.tables:
                rows += [Row(()), Row((Cell(table.title),)), *table.rows]
        sheets = [("Bijlage", _open_rows(annex, Table("", tuple(rows))), False)]
    body = "".join(
        f'<table:table table:name="{name}"{_AWAY if hidden else ""}>{text}</table:table>'
        for name, text, hidden in sheets
    )
    return _open_package("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>")


_AWAY = ' table:style-name="Away"'


def _open_table(annex: Annex, table: Table, number: int) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{table.width}"/>'
    rows = _open_rows(annex, table)
    return f'<table:table table:name="Tabel{number}">{columns}{rows}</table:table>'


def _open_rows(annex: Annex, table: Table) -> str:
    text = ""
    width = max((len(row.cells) for row in table.rows), default=1)
    for at, row in enumerate(table.rows):
        hidden = ' table:visibility="collapse"' if row.form == "hidden" else ""
        text += f"<table:table-row{hidden}>"
        if row.form == "banner":
            across = f' table:number-columns-spanned="{width}" table:number-rows-spanned="1"'
            text += _open_cell(annex, row.cells[0], across)
            text += "<table:covered-table-cell/>" * (width - 1)
        else:
            for place, cell in enumerate(row.cells):
                if cell.joined:
                    text += "<table:covered-table-cell/>"
                    continue
                down = 1
                while at + down < len(table.rows):
                    below = table.rows[at + down].cells
                    if not (place < len(below) and below[place].joined):
                        break
                    down += 1
                spans = ' table:number-columns-spanned="1" table:number-rows-spanned="{}"'
                text += _open_cell(annex, cell, spans.format(down) if down > 1 else "")
            missing = width - len(row.cells)
            text += "<table:table-cell/>" * missing
        text += "</table:table-row>"
    return text


def _open_cell(annex: Annex, cell: Cell, spans: str) -> str:
    value = ""
    shown = cell.text
    if cell.summed:
        formula = f"of:=SUM([.{cell.summed.replace(':', ':.')}])"
        value = f' table:formula="{formula}" office:value-type="float" office:value="{shown}"'
    elif shown.isdecimal() and not cell.raised:
        value = f' office:value-type="float" office:value="{shown}"'
    elif shown:
        value = ' office:value-type="string"'
    lines = shown.split("\n")
    paragraphs = [_open_line(line, cell) for line in lines]
    if cell.raised:
        paragraphs[-1] += f'<text:span text:style-name="Up">{escape(cell.raised)}</text:span>'
    if cell.unseen:
        paragraphs[-1] += f'<text:span text:style-name="Gone">{escape(cell.unseen)}</text:span>'
    if cell.note:
        paragraphs[-1] += (
            '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1'
            f"</text:note-citation><text:note-body><text:p>{escape(cell.note)}</text:p>"
            "</text:note-body></text:note>"
        )
    text = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    return f"<table:table-cell{value}{spans}>{text}</table:table-cell>"


def _open_line(line: str, cell: Cell) -> str:
    text = ""
    for words, struck in _struck_parts(line, cell):
        escaped = re.sub("  +", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', escape(words))
        text += f'<text:span text:style-name="Out">{escaped}</text:span>' if struck else escaped
    return text


def _open_package(kind: str, body: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in _SPACES.items())
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{head}<office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", mime), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    styles = f'{head}<office:document-styles {spaces} office:version="1.3"/>'
    manifest = f'{head}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), mime)
        packed.writestr("content.xml", content)
        packed.writestr("styles.xml", styles)
        packed.writestr("META-INF/manifest.xml", f"{manifest}{entries}</manifest:manifest>")
    return made.getvalue()


def _saved(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
