"""Word files (.docx): what a reader sees on the page, in order.

Deleted text of tracked changes, hidden text, footnotes with their marks and the placeholders of
empty fields are not read; inserted text, text boxes and the content of fields are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from data.documents import package
from data.documents.cells import Cells
from data.documents.flow import Block, Grid, Paragraph, Slot, cells_of
from data.documents.limits import COLUMNS, too_wide
from data.documents.numbering import Numbers, Styles, W, is_on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NAMES = "ins moveTo hyperlink smartTag customXml fldSimple dir bdo sdt sdtContent ruby rubyBase"
_WRAPPERS = {W + name for name in _NAMES.split()}
_BOX = W + "txbxContent"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
# A hyphen that never breaks, and one that only shows where it does.
_HYPHENS = str.maketrans({"\u2011": "-", "\u00ad": None})


def read(content: bytes) -> Cells:
    """The text and the tables of a .docx; raises DataError where it is no safe Word file."""
    package.check(content, "docx")
    document = docx.Document(io.BytesIO(content))
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        numbering = None
    styles = Styles(document.styles.element)
    numbers = Numbers.of(styles, getattr(numbering, "element", None))
    return cells_of(_Reader(styles, numbers).blocks(document.element.body, numbered=True))


def _children(element: Any) -> Iterator[Any]:
    """What stands in `element`, also where a wrapper (a change, a link, a control) lies between."""
    for child in element:
        if child.tag == W + "sdt" and is_on(child, "sdtPr/showingPlcHdr"):
            continue
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif child.tag == _MC + "AlternateContent":
            # The same content twice, for new and for old programs.
            choice = child.find(_MC + "Choice")
            yield from _children(child.find(_MC + "Fallback") if choice is None else choice)
        else:
            yield child


@dataclass
class _Reader:
    styles: Styles
    numbers: Numbers

    def blocks(self, container: Any, numbered: bool = False) -> Iterator[Block]:
        """Paragraphs and tables; a text box comes after the paragraph it hangs on.

        In a cell a number is no part of the name behind it, so only the body is `numbered`.
        """
        for child in _children(container):
            if child.tag == W + "p":
                label = self.numbers.label(child) if numbered else ""
                words = self.text(child)
                shown = label + words if words.strip() else words
                yield Paragraph(shown, self.styles.is_heading(child))
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == W + "tbl":
                yield self.grid(child)

    def grid(self, table: Any) -> Grid:
        """Every row that is not deleted."""
        rows = [
            row
            for row in _children(table)
            if row.tag == W + "tr" and row.find(f"{W}trPr/{W}del") is None
        ]
        cells = [[cell for cell in _children(row) if cell.tag == W + "tc"] for row in rows]
        most = max((len(row) for row in cells), default=0)
        return Grid(
            tuple(
                (*_indent(row, len(own) < most), *(self.slot(cell) for cell in own))
                for row, own in zip(rows, cells, strict=True)
            )
        )

    def slot(self, cell: Any) -> Slot:
        """A cell; one that continues the cell above or beside it is empty."""
        width = _number(value(cell, "tcPr/gridSpan"), 1)
        for merge in (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge")):
            if merge is not None and merge.get(W + "val", "continue") == "continue":
                return Slot((), width)
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            return Slot((), width)
        return Slot(tuple(self.blocks(cell)), width)

    def text(self, paragraph: Any) -> str:
        """The visible text of a paragraph, with its line breaks and tabs."""
        runs = (child for child in _children(paragraph) if child.tag == W + "r")
        return "".join(self.run(run) for run in runs).translate(_HYPHENS)

    def run(self, run: Any) -> str:
        """The text of a run; '' for hidden text and the typed mark of a footnote."""
        pieces = list(_children(run))
        marks = [piece for piece in pieces if piece.get(W + "customMarkFollows")]
        if marks or self.styles.is_hidden(run):
            return ""
        return "".join(
            (piece.text or "") if piece.tag == W + "t" else _SIGNS.get(piece.tag, "")
            for piece in pieces
        )


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(_BOX):
        above = []
        for parent in box.iterancestors():
            if parent is paragraph:
                break
            above.append(parent.tag)
        if not {_BOX, _MC + "Fallback", W + "del", W + "moveFrom"} & set(above):
            yield box


def _indent(row: Any, short: bool) -> list[Slot]:
    """The columns that a row leaves out at its start, unless it has all its cells all the same."""
    width = _number(value(row, "trPr/gridBefore"), 0)
    return [Slot((), width)] if width and short else []


def _number(text: str | None, otherwise: int) -> int:
    number = int(text) if text and text.isdigit() else otherwise
    if number > COLUMNS:
        raise too_wide()
    return number
