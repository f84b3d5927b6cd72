"""An annex as a Word file, with footnotes, struck, raised and hidden words and merges."""

from __future__ import annotations

from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell as WordCell

from tests.annexes.description import Annex, Cell, Table
from tests.annexes.parts import BETWEEN, repacked, saved, struck_parts


def as_docx(annex: Annex) -> bytes:
    """Write headings, prose and tables; notes are real footnotes."""
    document = docx.Document()
    notes: list[str] = []
    for line in annex.opening:
        document.add_paragraph(line)
    for table in annex.tables:
        document.add_heading(table.title, level=2)
        document.add_paragraph(BETWEEN)
        grid = document.add_table(rows=len(table.rows), cols=table.width, style="Table Grid")
        for row, target in zip(table.rows, grid.rows, strict=True):
            cells = list(target.cells)
            for cell, into in zip(row.cells, cells, strict=False):
                _word_cell(cell, into, notes, hidden=row.form == "hidden")
            if row.form == "hidden":
                target._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
        _word_merges(table, grid)
        for line in (*table.below, ""):
            document.add_paragraph(line)
    return _with_footnotes(saved(document), notes)


def _word_merges(table: Table, grid: docx.table.Table) -> None:
    for at, row in enumerate(table.rows):
        if row.form == "banner":
            grid.cell(at, 0).merge(grid.cell(at, table.width - 1)).text = row.cells[0].text
        for place, cell in enumerate(row.cells):
            if cell.joined:
                lower = grid.cell(at, place)
                for paragraph in lower.paragraphs[1:]:
                    paragraph._p.getparent().remove(paragraph._p)
                lower.text = ""
                upper = grid.cell(at - 1, place)
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
        for words, struck in struck_parts(line, cell):
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

    return repacked(content, change, **{"word/footnotes.xml": part})
