"""Word files (.docx): what a reader sees on the page, in order.

The placeholders of empty fields are not read; text boxes, the content of fields and a Word file
within the file are. Hidden text is left out, and what a note or a comment says is kept apart from
the words it hangs on. A file with tracked changes is refused: whether what was added or deleted
holds, only its author knows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from data.documents import package
from data.documents.cells import Cells
from data.documents.flow import (
    Block,
    Grid,
    Paragraph,
    Piece,
    Slot,
    Unseen,
    all_text,
    cells_of,
    frame,
    holds_annex,
    visible_text,
)
from data.documents.limits import COLUMNS, in_margin, refusal, too_wide
from data.documents.word_fields import Fields, embedded, symbol
from data.documents.word_styles import Numbers, Styles, W, is_on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMES = "hyperlink smartTag customXml fldSimple dir bdo sdt sdtContent ruby rubyBase"
_WRAPPERS = {*(W + name for name in _NAMES.split()), _M + "oMathPara"}
_CHANGES = [W + name for name in "ins del moveFrom moveTo cellIns cellDel cellMerge".split()]
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
_BOX = W + "txbxContent"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_NOTES = {"footnote": "FOOTNOTES", "endnote": "ENDNOTES", "comment": "COMMENTS"}
_MARGINS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_LOWEST = 40  # twentieths of a point; a row of that height shows no words
_MOST_FILES = 20  # Word files within one
_WHITE = "FFFFFF"


def read(content: bytes) -> Cells:
    """The text and the tables of a .docx; raises DataError where it is no safe Word file."""
    return cells_of(_blocks_of(content))


def _blocks_of(content: bytes, within: bool = False) -> Iterator[Block]:
    """The blocks of a Word file; `within`: it is a part of another one, and may hold none."""
    package.check(content, "docx")
    document = docx.Document(io.BytesIO(package.transitional(content)))
    styles = Styles(document.styles.element)
    numbers = Numbers.of(styles, _root(document.part, "NUMBERING"))
    notes = {
        (kind, note.get(W + "id")): note
        for kind, relation in _NOTES.items()
        for note in _part(document.part, relation, W + kind)
    }
    reader = _Reader(document.part, styles, numbers, notes, within)
    root = document.element
    for part in (root, *notes.values()):
        _check_changes(part)
    for link in document.part.rels.values():
        if link.reltype in _MARGINS and not link.is_external:
            margin = replace(reader, part=link.target_part)
            _check_changes(_element(link.target_part))
            if holds_annex(margin.blocks(_element(link.target_part), None)):
                raise in_margin()
    ground = None if _has_background(root) else _WHITE
    yield from reader.blocks(root.body, ground, numbered=True)


def _check_changes(root: Any) -> None:
    """Raise DataError where words, rows or cells are marked as added or deleted, not yet for good.

    The change itself may hold no words, as the mark of a row; then those it hangs on are shown.
    """
    change = next(root.iter(*_CHANGES), None)
    if change is not None:
        around = (_all_words(each) for each in (change, *change.iterancestors()))
        raise refusal("tracked_changes", value=next(filter(None, around), None))


def _all_words(element: Any) -> str:
    """The words in an element, deleted ones too, on one line."""
    words = (each.text or "" for each in element.iter(W + "t", W + "delText"))
    return " ".join(" ".join(words).split())


def _root(part: Any, relation: str) -> Any:
    """The root of the part that stands in that relation to the document, None without one."""
    try:
        other = part.part_related_by(getattr(RELATIONSHIP_TYPE, relation))
    except (KeyError, ValueError):
        return None
    return _element(other)


def _element(part: Any) -> Any:
    """The root of a part, whether the library knows its kind or not."""
    if hasattr(part, "element"):
        return part.element
    return parse_xml(part.blob)


def _part(part: Any, relation: str, tag: str) -> Iterator[Any]:
    root = _root(part, relation)
    yield from () if root is None else root.iter(tag)


def _has_background(root: Any) -> bool:
    """Whether the pages have a colour, or a picture lies behind the text."""
    behind = (each for each in root.iter() if each.get("behindDoc") in ("1", "true"))
    return root.find(W + "background") is not None or next(behind, None) is not None


def _children(element: Any) -> Iterator[Any]:
    """What stands in `element`, also where a wrapper (a link, a control) lies between."""
    for child in element:
        if child.tag == W + "sdt" and is_on(child, "sdtPr/showingPlcHdr"):
            continue
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif child.tag == _MC + "AlternateContent":
            # The same content twice, for new and for old programs.
            choice, other = child.find(_MC + "Choice"), child.find(_MC + "Fallback")
            old = choice is None or (other is not None and choice.find(_EMOJI) is not None)
            yield from _children(other if old else choice)
        else:
            yield child


@dataclass
class _Reader:
    part: Any  # of the document, which knows what its parts are called
    styles: Styles
    numbers: Numbers
    notes: dict[tuple[str, str | None], Any]
    within: bool
    files: int = 0  # within this one, read so far

    def blocks(
        self, container: Any, background: str | None, numbered: bool = False
    ) -> Iterator[Block]:
        """Paragraphs and tables; a text box comes after the paragraph it hangs on.

        In a cell a number is no part of the name behind it, so only the body is `numbered`.
        `background` is the colour behind the text, None where that is not certain.
        """
        open_line: Paragraph | None = None  # the end of it is hidden
        for child in _children(container):
            if child.tag == W + "p":
                paragraph = self.paragraph(child, background, numbered, open_line)
                open_line = None if self.styles.ends_line(child) else paragraph
                if open_line is None:
                    yield paragraph
                yield from self.beside(child)
                continue
            if open_line and child.tag in (W + "tbl", W + "altChunk"):
                yield open_line
                open_line = None
            if child.tag == W + "tbl":
                yield from self.table(child, background)
            elif child.tag == W + "altChunk":
                yield from self.file(child.get(_R + "id"))
        if open_line and open_line.pieces:
            yield open_line

    def paragraph(
        self, element: Any, background: str | None, numbered: bool, open_line: Paragraph | None
    ) -> Paragraph:
        """A paragraph; `open_line` stands before it on the same line."""
        pieces = tuple(self.pieces(element, background))
        label = ""
        if numbered and (visible_text(pieces).strip() or self.styles.ends_line(element)):
            label = self.numbers.label(element)
        heading = self.styles.is_heading(element)
        if open_line is None:
            return Paragraph(pieces, heading, label)
        if not visible_text(open_line.pieces).strip():
            return Paragraph((*open_line.pieces, Piece(" ", "hidden"), *pieces), heading, label)
        return Paragraph((*open_line.pieces, *pieces), open_line.heading, open_line.label)

    def beside(self, paragraph: Any) -> Iterator[Block]:
        """What hangs on a paragraph and is no word of it: text boxes, sheets shown as a picture."""
        if paragraph.find(f".//{W}subDoc") is not None:
            raise refusal("subdocument")
        for box in _boxes(paragraph):
            text_box = frame(self.blocks(box, None))
            yield Unseen("hidden_text", all_text([text_box])) if _is_hidden(box) else text_box
        for name in embedded(paragraph):
            yield Unseen("embedded_objects", name)

    def table(self, table: Any, background: str | None) -> Iterator[Block]:
        """Every row; hidden ones are named before it."""
        if self.styles.is_painted(value(table, "tblPr/tblStyle")):
            background = None
        background = self.styles.background(table, "tblPr/shd", background)
        rows = [row for row in _children(table) if row.tag == W + "tr"]
        cells = [[cell for cell in _children(row) if cell.tag == W + "tc"] for row in rows]
        most = max((len(row) for row in cells), default=0)
        visible: list[tuple[Slot, ...]] = []
        for row, own in zip(rows, cells, strict=True):
            behind = self.styles.background(row, "tblPrEx/shd", background)
            indent = _indent(row, len(own) < most)
            slots = self.row(own, behind, visible[-1] if visible else (), indent)
            for cell, slot in zip(own, slots[len(indent) :], strict=True):
                if slot.merged or _goes_on(cell, "hMerge"):
                    yield Unseen("hidden_text", all_text(self.blocks(cell, None)))
            blocks = [block for slot in slots if not slot.merged for block in slot.blocks]
            if is_on(row, "trPr/hidden") or _is_flat(row) or self.is_gone(row, blocks):
                yield Unseen("hidden_rows", all_text(blocks))
            else:
                visible.append(slots)
        yield Grid(tuple(visible))

    def is_gone(self, row: Any, blocks: list[Block]) -> bool:
        """Whether all that a row holds is hidden, the ends of its paragraphs too."""
        if any(self.styles.ends_line(each) for each in row.iter(W + "p")) or not all_text(blocks):
            return False
        return all(
            isinstance(block, Paragraph) and not visible_text(block.pieces).strip()
            for block in blocks
        )

    def row(
        self, cells: list[Any], background: str | None, above: tuple[Slot, ...], indent: list[Slot]
    ) -> tuple[Slot, ...]:
        """The cells of a row; one that continues the cell above holds the same blocks."""
        slots = list(indent)
        for number, cell in enumerate(cells, start=len(indent)):
            width = _number(value(cell, "tcPr/gridSpan"), 1)
            goes_on = _goes_on(cell, "vMerge")
            alike = len(indent) + len(cells) == len(above)
            start = sum(slot.width for slot in slots)
            origin = _above(above, start, number if alike else None) if goes_on else None
            if origin:
                slots.append(Slot(origin.blocks, width, merged=True, reaches=True))
            elif _goes_on(cell, "hMerge"):
                slots.append(Slot((), width))
            else:
                behind = self.styles.background(cell, "tcPr/shd", background)
                reaches = goes_on or _begins(cell)
                slots.append(Slot(tuple(self.blocks(cell, behind)), width, reaches=reaches))
        return tuple(slots)

    def pieces(self, paragraph: Any, background: str | None) -> Iterator[Piece]:
        """The words of a paragraph with its line breaks and tabs, and what its notes say."""
        runs = [child for child in _children(paragraph) if child.tag in (W + "r", _M + "oMath")]
        fields = Fields(runs)
        for run in runs:
            if run.tag == _M + "oMath":
                for text in run.iter(_M + "t"):
                    raised = any(each.tag == _M + "sup" for each in text.iterancestors())
                    yield Piece(text.text or "", "raised" if raised else "")
            elif run not in fields.codes:
                yield from self.run(run, self.styles.look(run, paragraph, background), fields)

    def run(self, run: Any, kind: str, fields: Fields) -> Iterator[Piece]:
        """The text of a run; the typed mark of a note is none."""
        pieces = list(_children(run))
        marked = any(piece.get(W + "customMarkFollows") for piece in pieces)
        for piece in pieces:
            name = piece.tag.removeprefix(W) if isinstance(piece.tag, str) else ""
            note = self.notes.get((name.removesuffix("Reference"), piece.get(W + "id")))
            if name.endswith("Reference") and note is not None and kind != "hidden":
                yield Piece(self.note(note), "note")
            elif name == "fldChar":
                yield Piece(fields.display(piece), kind)
            elif name == "r":  # the word below a reading aid
                yield from self.run(piece, kind, fields)
            elif name == "sym":
                yield Piece(symbol(piece), kind)
            elif not marked:
                words = piece.text or "" if name == "t" else _SIGNS.get(piece.tag, "")
                yield Piece(words, kind)

    def note(self, note: Any) -> str:
        """What a note says, on one line."""
        lines = (visible_text(self.pieces(each, None)) for each in note.iter(W + "p"))
        return " ".join(" ".join(lines).split())

    def file(self, relation: str | None) -> Iterator[Block]:
        """The blocks of a Word file within this one; raises DataError for one of another kind."""
        links = self.part.rels
        if relation not in links or links[relation].is_external:
            raise refusal("text_in_other_file")
        part = links[relation].target_part
        name = str(part.partname).rpartition("/")[2]
        if self.within or not part.blob.startswith(b"PK"):
            raise refusal("text_in_own_file", name=name)
        self.files += 1
        if self.files > _MOST_FILES:
            raise refusal("too_many_files", most=_MOST_FILES)
        yield from _blocks_of(part.blob, within=True)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(_BOX):
        above = []
        for parent in box.iterancestors():
            if parent is paragraph:
                break
            above.append(parent.tag)
        if not {_BOX, _MC + "Fallback"} & set(above):
            yield box


def _is_hidden(box: Any) -> bool:
    """Whether the shape around a text box is one that nobody sees."""
    for parent in box.iterancestors():
        if parent.tag == W + "p":
            return False
        shapes = (child for child in parent if str(child.tag).endswith("}docPr"))
        if any(shape.get("hidden") in ("1", "true") for shape in shapes):
            return True
        if "visibility:hidden" in parent.get("style", "").replace(" ", ""):
            return True
    return False


def _is_flat(row: Any) -> bool:
    """Whether a row is made so low that nothing in it can be seen."""
    height = row.find(f"{W}trPr/{W}trHeight")
    if height is None or height.get(W + "hRule") != "exact":
        return False
    twips = height.get(W + "val", "")
    return twips.isdigit() and int(twips) <= _LOWEST


def _goes_on(cell: Any, direction: str) -> bool:
    """Whether a cell continues the one above it (vMerge) or beside it (hMerge)."""
    merge = cell.find(f"{W}tcPr/{W}{direction}")
    return merge is not None and bool(merge.get(W + "val", "continue") == "continue")


def _begins(cell: Any) -> bool:
    """Whether cells below may continue it."""
    return value(cell, "tcPr/vMerge") == "restart"


def _above(row: tuple[Slot, ...], start: int, number: int | None) -> Slot | None:
    """The cell of the row above that begins in the same column; else the one in that place.

    Where the edges do not meet at all it is the one that stands over the column. None where no
    cell there reaches down: it may have stood in a row that is gone.
    """
    begins = 0
    others = [] if number is None else [row[number]]
    for slot in row:
        if begins == start and slot.reaches:
            return slot
        if begins < start < begins + slot.width:
            others.append(slot)
        begins += slot.width
    return next((slot for slot in others if slot.reaches), None)


def _indent(row: Any, short: bool) -> list[Slot]:
    """The columns that a row leaves out at its start, unless it has all its cells all the same."""
    width = _number(value(row, "trPr/gridBefore"), 0)
    return [Slot((), width)] if width and short else []


def _number(text: str | None, otherwise: int) -> int:
    number = int(text) if text and text.isdigit() else otherwise
    if number > COLUMNS:
        raise too_wide()
    return number
