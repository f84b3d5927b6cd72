"""An annex as OpenDocument text or sheet, with notes, struck, raised and hidden words, merges."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from tests.annexes.description import Annex, Cell, Row, Table
from tests.annexes.parts import BETWEEN, side_by_side, struck_parts

_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "table")
} | {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",  # of formulas
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
_STYLES = """
<style:style style:name="Up" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style>
<style:style style:name="Out" style:family="text"><style:text-properties
 style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="Away" style:family="table"><style:table-properties
 table:display="false"/></style:style>
"""


def as_odt(annex: Annex) -> bytes:
    """Write headings, prose and tables; a hidden table stands in a hidden section."""
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in annex.opening)
    for number, table in enumerate(annex.tables):
        heading = f'<text:h text:outline-level="2" text:is-list-header="true">{escape(table.title)}'
        block = f"{heading}</text:h><text:p>{BETWEEN}</text:p>{_open_table(annex, table, number)}"
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
    words = cell.text
    if cell.summed:
        formula = f"of:=SUM([.{cell.summed.replace(':', ':.')}])"
        value = f' table:formula="{formula}" office:value-type="float" office:value="{words}"'
    elif words.isdecimal() and not cell.raised:
        value = f' office:value-type="float" office:value="{words}"'
    elif words:
        value = ' office:value-type="string"'
    lines = words.split("\n")
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
    box = ' table:style-name="Box"' if annex.look["grid"] == "lines" else ""
    return f"<table:table-cell{box}{value}{spans}>{text}</table:table-cell>"


def _open_line(line: str, cell: Cell) -> str:
    text = ""
    for words, struck in struck_parts(line, cell):
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
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), mime)
        packed.writestr("content.xml", content)
        packed.writestr("styles.xml", styles)
        packed.writestr("META-INF/manifest.xml", f"{manifest}{entries}</manifest:manifest>")
    return package.getvalue()
