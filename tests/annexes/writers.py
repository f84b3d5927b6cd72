"""An annex written as text, CSV, HTML and PDF; other modules write Word, Excel and OpenDocument.

What a form shows of a cell (raised, struck, unseen, joined) is written as the form really does it.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import typst

from tests.annexes.description import Annex, Cell, Row, Table
from tests.annexes.excel import as_xlsx
from tests.annexes.opendocument import as_ods, as_odt
from tests.annexes.parts import BETWEEN, side_by_side
from tests.annexes.word import as_docx

_TYPST = r"""
#set page(paper: "a4", margin: 2cm)
#set text(size: 9pt)
#set par(justify: false)
#let covered(words) = context {
  let size = measure(text(words))
  box[#text(words)#place(top + left, rect(width: size.width, height: size.height, fill: black))]
}
#let sign(it) = super(typographic: false, size: 0.6em, it)
"""
# What stands at the top and the foot of every page.
_RUNNING = """
#set page(header: [Tweede Kamer, vergaderjaar 2025–2026, 29 628, nr. 1300], numbering: "1 / 1")
"""


@dataclass(frozen=True)
class Slot:
    """A cell with the columns and rows that it fills."""

    cell: Cell
    across: int = 1
    down: int = 1


def slots(table: Table) -> Iterator[tuple[Row, list[Slot]]]:
    """Yield each row with its cells, merged ones once, and a banner over the whole width."""
    for at, row in enumerate(table.rows):
        if row.form == "banner":
            yield row, [Slot(row.cells[0], across=table.width)]
            continue
        mine = []
        for column, cell in enumerate(row.cells):
            down = 1
            while at + down < len(table.rows):
                below = table.rows[at + down].cells
                if not (column < len(below) and below[column].joined):
                    break
                down += 1
            if not cell.joined:
                mine.append(Slot(cell, down=down))
        yield row, mine


def written(annex: Annex, form: str) -> tuple[str, bytes]:
    """Return the name and the bytes of an annex in a form that the writers know."""
    ending = "html" if form == "html" else form
    return f"bijlage.{ending}", WRITERS[form](annex)


# --- text -----------------------------------------------------------------------------------------


def as_txt(annex: Annex) -> bytes:
    """Write it as it comes out of Word: a tab before each cell, an empty line between rows."""
    lines = [*annex.opening, ""]
    for table in annex.tables:
        lines += [table.title, BETWEEN, ""]
        for row in table.rows:
            if "one_line_each" in annex.look:
                lines.append("\t".join(" ".join(cell.text.split("\n")) for cell in row.cells))
            else:
                lines += [*(f"\t{cell.text}" for cell in row.cells), ""]
        lines += [*table.below, "", ""]
    text = "\n".join(lines)
    if "ligatures" in annex.look:  # as some programs copy the joined letters
        text = text.replace("ti", "\u019f")
    return text.encode(annex.look.get("encoding", "utf-8"), "replace")


def as_csv(annex: Annex) -> bytes:
    """Write the tables one below the other, or side by side, with an empty line between."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=annex.look["delimiter"])
    writer.writerow([annex.opening[0]])
    for block in side_by_side(annex):
        writer.writerows([*([cell.text for cell in row] for row in block), ()])
    content = text.getvalue()
    if "open_quote" in annex.look:
        content = content.replace("Zie de brief", '"Zie de brief', 1)
    encoding = annex.look.get("encoding", "utf-8-sig")
    return content.encode(encoding, "replace")


# --- HTML, which a browser prints -----------------------------------------------------------------


def as_html(annex: Annex) -> bytes:
    """Write a page with tables, for a browser to print."""
    lines = "0" if "no_lines" in annex.look else "1px solid #000"
    if "lines_between_rows" in annex.look:
        lines = "solid #000;border-width:1px 0"
    style = f"td,th{{border:{lines};padding:4px;vertical-align:top;text-align:left}}"
    style += "table{border-collapse:collapse;width:100%}body{font:11pt sans-serif}"
    body = "".join(f"<p>{html.escape(line)}</p>" for line in annex.opening)
    for table in annex.tables:
        body += f"<h2>{html.escape(table.title)}</h2><p>{BETWEEN}</p>{_html_table(table)}"
        body += "".join(f"<p>{html.escape(line)}</p>" for line in table.below)
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}"
    return page.encode()


def _html_table(table: Table) -> str:
    head, body = "", ""
    for row, mine in slots(table):
        tag = "th" if row.form == "header" else "td"
        cells = "".join(
            f"<{tag} colspan={slot.across} rowspan={slot.down}>{_html_cell(slot.cell)}</{tag}>"
            for slot in mine
        )
        if row.form == "header":
            head += f"<tr>{cells}</tr>"
        else:
            body += f"<tr>{cells}</tr>"
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _html_cell(cell: Cell) -> str:
    text = html.escape(cell.text)
    if cell.struck:
        struck = html.escape(cell.struck)
        text = text.replace(struck, f"<s>{struck}</s>", 1)
    text = text.replace("\n", "<br>")
    if cell.raised:
        text += f"<sup>{html.escape(cell.raised)}</sup>"
    if cell.unseen:
        text += f"<span style='color:#fff'>{html.escape(cell.unseen)}</span>"
    return text


# --- PDF by Typst ---------------------------------------------------------------------------------


def as_pdf(annex: Annex) -> bytes:
    """Typeset it, with or without lines; turned pages stand on their side."""
    parts = [_TYPST]
    if "no_lines" in annex.look:
        parts.append("#set table(stroke: none)\n")
    if annex.look["running"] == "yes":
        parts.append(_RUNNING)
    if "lines_between_rows" in annex.look:
        parts.append("#set table(stroke: (x: none, y: 0.5pt))\n")
    body = "".join(f"#{_string(line)}\n\n" for line in annex.opening)
    for table in annex.tables:
        body += f"\n#strong({_string(table.title)})\n\n#{_string(BETWEEN)}\n\n"
        body += _typst_table(table)
        body += "".join(f"\n\n#{_string(line)}" for line in table.below)
    if "ligatures" in annex.look:
        body = body.replace("fi", "\ufb01").replace("ff", "\ufb00")
    if "printed_twice" in annex.look:
        body = f"#let annex = [{body}]\n#place(dx: 0.4pt, annex)\n#annex"
    content = typst.compile("".join((*parts, body)).encode())
    return _turned(content) if "turned" in annex.look else content


def _typst_table(table: Table) -> str:
    # In keeping with the words, so that no word is wider than its column.
    longest = [
        max(len(row.cells[at].text) for row in table.rows if at < len(row.cells))
        for at in range(table.width)
    ]
    widths = f"({' '.join(f'{min(length, 40) + 8}fr,' for length in longest)})"
    head: list[str] = []
    body: list[str] = []
    for row, mine in slots(table):
        cells = [
            f"table.cell(colspan: {slot.across}, rowspan: {slot.down})[{_typst_cell(slot.cell)}]"
            for slot in mine
        ]
        (head if row.form == "header" else body).extend(cells)
    rows = ",\n".join((f"table.header({', '.join(head)})", *body))
    return f"#table(columns: {widths},\n{rows})\n"


def _typst_cell(cell: Cell) -> str:
    text = "#linebreak()".join(f"#{_string(line)}" for line in cell.text.split("\n"))
    if cell.raised:
        text += f"#sign({_string(cell.raised)})"
    if cell.unseen and len(cell.unseen) % 2:
        text += f"#text(fill: white, {_string(cell.unseen)})"
    elif cell.unseen:
        text += f"#covered({_string(cell.unseen)})"
    return text


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _turned(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.set_rotation(90)
    turned = io.BytesIO()
    document.save(turned)
    document.close()
    return turned.getvalue()


WRITERS: dict[str, Callable[[Annex], bytes]] = {
    "txt": as_txt,
    "csv": as_csv,
    "html": as_html,
    "pdf": as_pdf,
    "docx": as_docx,
    "odt": as_odt,
    "xlsx": as_xlsx,
    "ods": as_ods,
}
