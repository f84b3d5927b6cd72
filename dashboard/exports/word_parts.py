"""Paragraphs, tables, captions and pictures of a Word file, as WordprocessingML.

Every text is data: it is cleaned and escaped here, so nothing in it can become markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.office import columns, least, numeric, shown, width, xml
from dashboard.exports.word_styles import CELL, PORTRAIT, room, twips
from dashboard.report import Table

TOGETHER = 8  # rows; a table of no more stays on one page
WIDE = 7  # columns; a table of more lies down
_MARGIN = 2 * 1.6 + 0.4  # beside the text of a cell, mm
_EMU = 36000  # in a mm
_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
    '<wp:docPr id="{number}" name="{name}" descr="{alternative}" title="{title}"/>'
    "<wp:cNvGraphicFramePr><a:graphicFrameLocks "
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
    '2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="{name}" descr="{alternative}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing>"
)


def run(text: str, looks: str = "") -> str:
    """Text in one way; `looks` are properties of a run. A new line stays a new line."""
    lines = [f'<w:t xml:space="preserve">{line}</w:t>' for line in xml(text).split("\n")]
    return f"<w:r><w:rPr>{looks}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def bold(text: str) -> str:
    """Text in bold."""
    return run(text, "<w:b/>")


def paragraph(style: str, runs: str, more: str = "") -> str:
    """A paragraph of runs; `more` are properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def ended(paragraph_xml: str, section: str) -> str:
    """The same paragraph as the last one of a section."""
    return paragraph_xml.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def field(instruction: str, result: str, looks: str = "") -> str:
    """A field that Word can update, with its result filled in."""
    return f'<w:fldSimple w:instr=" {xml(instruction)} ">{run(result, looks)}</w:fldSimple>'


def bookmark(name: str, number: int, inner: str) -> str:
    """A place that a link or a field can point at."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    )


def link(text: str, target: str, inside: bool = False) -> str:
    """A link to a bookmark (`inside`) or to the relationship with this id."""
    key = "w:anchor" if inside else "r:id"
    looks = '<w:rStyle w:val="Hyperlink"/>'
    return f'<w:hyperlink {key}="{target}" w:history="1">{run(text, looks)}</w:hyperlink>'


def drawn(image: str, number: int, size: tuple[float, float], says: tuple[str, str, str]) -> str:
    """A picture in a run: id of its relationship, number, size in mm; name, title, alternative."""
    name, title, alternative = (xml(text) for text in says)
    extent = f'cx="{round(size[0] * _EMU)}" cy="{round(size[1] * _EMU)}"'
    inner = _DRAWING.format(
        image=image, number=number, name=name, title=title, alternative=alternative, size=extent
    )
    return f"<w:r>{inner}</w:r>"


def wide(table: Table) -> bool:
    """Whether a table needs a page that lies down: many columns, or words that do not fit."""
    return len(table.headers) > WIDE or sum(least(table, CELL, _MARGIN)) > room(PORTRAIT)


def _row(cells: Sequence[str], header: bool) -> str:
    again = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(runs: str, mm: float, right: bool, stays: bool) -> str:
    more = ("<w:keepNext/>" if stays else "") + ('<w:jc w:val="right"/>' if right else "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(mm)}" w:type="dxa"/></w:tcPr>'
        f"{paragraph('CellText', runs, more)}</w:tc>"
    )


def _frame(title: str, widths: Sequence[float], rows: Sequence[str], headed: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(mm)}"/>' for mm in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="{twips(sum(widths))}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if headed else "0680"}" w:firstRow="{int(headed)}" '
        'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{xml(title)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def table_xml(table: Table, mm: float) -> str:
    """A table `mm` wide: header row that repeats, row heads first, no row over two pages."""
    widths, right = columns(table, mm, CELL, _MARGIN), numeric(table)
    head = [
        _cell(run(text), widths[place], place in right, True)
        for place, text in enumerate(table.headers)
    ]
    last = len(table.rows) - 1
    rows = [_row(head, True)]
    for number, row in enumerate(table.rows):
        stays = last < TOGETHER and number < last
        texts = [shown(cell) for cell in row[: len(widths)]]
        texts += [""] * (len(widths) - len(texts))
        rows.append(
            _row([_cell(run(t), widths[i], i in right, stays) for i, t in enumerate(texts)], False)
        )
    return _frame(table.title, widths, rows, True)


def facts_xml(title: str, facts: Sequence[tuple[str, str]], mm: float) -> str:
    """Pairs of a name and what holds, as a table without a header row."""
    first = max((width(name, CELL) * 1.15 + _MARGIN for name, _ in facts), default=0)
    first = min(first, mm / 3)
    rows = [
        _row(
            [_cell(bold(name), first, False, True), _cell(run(text), mm - first, False, True)],
            False,
        )
        for name, text in facts
    ]
    return _frame(title, [first, mm - first], rows, False)
