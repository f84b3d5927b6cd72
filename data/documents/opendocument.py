"""OpenDocument text (.odt): what a reader sees on the page, in order.

Hidden text and sections are left out, and what a note or an annotation says is kept apart from the
words it hangs on. A file with tracked changes is refused, see `data.documents.word`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

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
from data.documents.limits import (
    COLUMNS,
    ROWS,
    in_margin,
    refusal,
    too_wide,
)
from data.documents.odf import (
    BLANKS,
    CELLS,
    DRAW,
    OFFICE,
    PARAGRAPHS,
    STYLE,
    TABLE,
    TEXT,
    UNREAD,
    blank,
    collapsed,
    count,
)
from data.documents.odt_styles import (
    FIELD_MARKS,
    Look,
    Numbers,
    Styles,
    choice,
    controls,
    hides,
    kind_of,
    list_levels,
    over,
)

_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_DRAWOOO = "{http://openoffice.org/2010/draw}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NOTES = {TEXT + "note", OFFICE + "annotation"}
_BLOCKS = {*PARAGRAPHS, TEXT + "list", TABLE + "table", TEXT + "section"}
_Down = dict[int, tuple[Slot, int]]  # column -> a cell that reaches down from there, and how far


def read(content: bytes) -> Cells:
    """The text and the tables of an .odt; raises DataError where it is no safe file of its kind."""
    package.check(content, "odt")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        roots = [
            _standard(etree.fromstring(packed.read(name), parser))
            for name in ("content.xml", "styles.xml")
            if name in packed.namelist()
        ]
        worded = frozenset(_worded_objects(packed))
    body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise package.damaged("odt")
    _check_changes(body)
    styles = Styles(*roots)
    reader = _Reader(styles, Numbers(list_levels(roots)), controls(body), worded)
    for master in (part for root in roots for part in root.iter(STYLE + "master-page")):
        if any(holds_annex(reader.blocks(margin, None, numbered=False)) for margin in master):
            raise in_margin()
    return cells_of(reader.blocks(body, styles.page))


def _check_changes(body: Any) -> None:
    """Raise DataError where words or rows are marked as added or deleted, not yet for good."""
    change = next(body.iter(TEXT + "insertion", TEXT + "deletion"), None)
    if change is None:
        return
    region = change.getparent().get(TEXT + "id")
    marks = (
        mark
        for mark in body.iter(TEXT + "change", TEXT + "change-start")
        if mark.get(TEXT + "change-id") == region
    )
    around = (" ".join("".join(mark.getparent().itertext()).split()) for mark in marks)
    raise refusal("tracked_changes", value=next(filter(None, around), None))


def _standard(root: Any) -> Any:
    """The same with the names of the standard for tables in a shape, which that has none for."""
    for element in root.iter(f"{_LOEXT}*"):
        name = element.tag.removeprefix(_LOEXT)
        if name.startswith(("table", "covered-table-cell")):
            element.tag = TABLE + name
    return root


def _worded_objects(packed: zipfile.ZipFile) -> Iterator[str]:
    """The objects within the file that are sheets or texts, and no formulas or charts."""
    for name in packed.namelist():
        folder, _, last = name.rpartition("/")
        if folder and last == "content.xml":
            with packed.open(name) as part:
                start = part.read(1_000_000)
            if b"<office:spreadsheet" in start or b"<office:text" in start:
                yield folder


@dataclass
class _Reader:
    styles: Styles
    numbers: Numbers
    controls: dict[str, str]
    worded: frozenset[str]

    def blocks(
        self, container: Any, background: str | None, numbered: bool = True
    ) -> Iterator[Block]:
        """Paragraphs and tables below `container`, through lists, sections and indexes.

        In a cell a number is no part of the name behind it, so there nothing is `numbered`.
        `background` is the colour behind the text, None where that is not certain.
        """
        for child in container:
            if child.tag in PARAGRAPHS:
                style = "" if child.tag == TEXT + "h" else None
                yield from self.paragraph(child, style, background, numbered)
            elif child.tag == TEXT + "list":
                yield from self.items(child, "", 1, background, numbered)
            elif child.tag == TABLE + "table":
                yield from self.table(child, background)
            elif child.tag == TEXT + "section" and hides(child):
                yield Unseen("hidden_sections", all_text(self.blocks(child, None, numbered=False)))
            elif str(child.tag).startswith(DRAW):
                yield from self.drawn(child)
            elif child.tag not in UNREAD:
                yield from self.blocks(child, background, numbered)

    def paragraph(
        self,
        element: Any,
        style: str | None,
        background: str | None,
        numbered: bool,
        level: int = 0,
        restart: bool = False,
    ) -> Iterator[Block]:
        """A paragraph, and what hangs on it. `style` is that of its list, None without one."""
        name = element.get(TEXT + "style-name")
        behind = self.styles.background("paragraph", name, background)
        pieces = list(self.pieces(element, self.styles.look("paragraph", name), behind))
        if any(hides(each) for each in element.iter(TEXT + "hidden-paragraph")):
            pieces = [piece._replace(kind="hidden") for piece in pieces if piece.kind != "note"]
        number = element.find(TEXT + "number")
        label = ""
        if numbered and visible_text(pieces).strip() and number is not None:
            label = f"{number.text or ''} "
        elif (
            numbered
            and visible_text(pieces).strip()
            and style is not None
            and not _is_bare(element)
        ):
            place = level or count(element, TEXT + "outline-level")
            label = self.numbers.label(style, place, restart)
        yield Paragraph(tuple(pieces), element.tag == TEXT + "h", label)
        for drawing in element.iter(f"{DRAW}*"):
            over = next(drawing.iterancestors(*PARAGRAPHS, f"{DRAW}*"))
            if over is element or over.tag == DRAW + "a":
                yield from self.drawn(drawing)

    def drawn(self, drawing: Any) -> Iterator[Block]:
        """The words in a frame or a shape; a sheet shown as a picture is named."""
        for each in drawing.iter(DRAW + "object", DRAW + "object-ole"):
            name = each.get(_HREF, "").removeprefix("./").rstrip("/")
            if name in self.worded or each.tag == DRAW + "object-ole":
                yield Unseen("embedded_objects", name or "an unknown program")
        hidden = "none" in (drawing.get(space + "display") for space in (DRAW, _DRAWOOO))
        for box in self.boxes(drawing):
            yield Unseen("hidden_text", all_text([box])) if hidden else box

    def boxes(self, drawing: Any) -> Iterator[Grid]:
        """The text in a drawing, or in each of the drawings in it."""
        if any(child.tag in _BLOCKS for child in drawing):
            yield frame(self.blocks(drawing, None, numbered=False))
            return
        for child in drawing:
            if str(child.tag).startswith(DRAW):
                yield from self.boxes(child)

    def items(
        self, node: Any, outer: str, level: int, background: str | None, numbered: bool
    ) -> Iterator[Block]:
        """The paragraphs of a list; only the first of an item carries its number."""
        style = node.get(TEXT + "style-name", outer)
        goes_on = node.get(TEXT + "continue-numbering") == "true" or node.get(
            TEXT + "continue-list"
        )
        restart = level == 1 and not goes_on
        for item in node:
            first = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self.items(child, style, level + 1, background, numbered)
                elif child.tag in PARAGRAPHS:
                    name = style if first else None
                    yield from self.paragraph(child, name, background, numbered, level, restart)
                    first = restart = False

    def pieces(self, element: Any, look: Look, background: str | None) -> Iterator[Piece]:
        """The words of a paragraph with its line breaks and tabs, and what its notes say."""
        kind = kind_of(look, background)
        yield Piece(collapsed(element.text), kind)
        for child in element:
            if child.tag in BLANKS:
                yield Piece(blank(child), kind)
            elif child.tag in _NOTES:
                yield Piece("" if kind == "hidden" else self.note(child), "note")
            elif child.tag == TEXT + "hidden-text":
                yield from self.secret(child, kind)
            elif child.get(TEXT + "display") == "none":  # a variable that is set and not shown
                yield Piece("".join(child.itertext()), "hidden")
            elif child.tag == DRAW + "control":
                yield Piece(self.controls.get(child.get(DRAW + "control", ""), ""), kind)
            elif child.tag in FIELD_MARKS and not _is_answered(child):
                yield Piece(choice(child), kind)
            elif not _is_unread(child):
                name = child.get(TEXT + "style-name")
                own = self.styles.look("text", name) if name else {}
                yield from self.pieces(child, over(look, own), background)
            yield Piece(collapsed(child.tail), kind)

    def secret(self, element: Any, kind: str) -> Iterator[Piece]:
        """The words of a field that may hide them."""
        words = "".join(element.itertext())
        if hides(element):
            yield Piece(words or element.get(TEXT + "string-value", ""), "hidden")
        else:
            yield Piece(collapsed(words), kind)

    def note(self, note: Any) -> str:
        """What a note or an annotation says, on one line, without its sign and who wrote it."""
        lines = (self.pieces(each, {}, None) for each in note.iter(*PARAGRAPHS))
        return " ".join(" ".join(map(visible_text, lines)).split())

    def table(self, table: Any, background: str | None) -> Iterator[Block]:
        """Every row, header rows and repeated ones included; raises DataError over the limit."""
        background = self.styles.background("table", table.get(TABLE + "style-name"), background)
        default = TABLE + "default-cell-style-name"
        if any(column.get(default) for column in table.iter(TABLE + "table-column")):
            background = None
        rows: list[tuple[Slot, ...]] = []
        down: _Down = {}
        for row in _rows(table):
            repeated = count(row, TABLE + "number-rows-repeated")
            if len(rows) + repeated > ROWS:
                raise refusal("too_many_rows", most=ROWS)
            behind = self.styles.background("table-row", row.get(TABLE + "style-name"), background)
            covered = [cell for cell in row if cell.tag == TABLE + "covered-table-cell"]
            yield from (
                Unseen("hidden_text", all_text(self.blocks(cell, None))) for cell in covered
            )
            slots, reaching = self.row(row, None if row.get(default) else behind, down)
            words = all_text(block for slot in slots if not slot.merged for block in slot.blocks)
            if self.styles.is_flat(row.get(TABLE + "style-name")):
                yield Unseen("hidden_rows", words)
            else:
                rows += [slots] * repeated
            down = {
                column: (slot, left - repeated)
                for column, (slot, left) in (down | reaching).items()
                if left > repeated
            }
        yield Grid(tuple(rows))

    def row(self, row: Any, background: str | None, down: _Down) -> tuple[tuple[Slot, ...], _Down]:
        """The cells, and those of them that reach down; one covered from above repeats it.

        Those covered by a wide cell before them are part of it.
        """
        slots: list[Slot] = []
        reaching: _Down = {}
        covered = column = 0
        for cell in (child for child in row if child.tag in CELLS):
            repeated = count(cell, TABLE + "number-columns-repeated")
            width = count(cell, TABLE + "number-columns-spanned")
            if max(repeated, width, column) > COLUMNS:
                raise too_wide()
            if cell.tag == TABLE + "covered-table-cell":
                for _ in range(repeated):
                    if covered:
                        covered -= 1
                        continue
                    over = down[column][0] if column in down else Slot()
                    slots.append(Slot(over.blocks, over.width, merged=column in down))
                    covered, column = over.width - 1, column + over.width
                continue
            behind = self.styles.background(
                "table-cell", cell.get(TABLE + "style-name"), background
            )
            slot = Slot(tuple(self.blocks(cell, behind, numbered=False)), width)
            height = count(cell, TABLE + "number-rows-spanned")
            for _ in range(repeated):
                slots.append(slot)
                if height > 1:
                    reaching[column] = (slot, height)
                column += width
            covered = width - 1
        return tuple(slots), reaching


def _is_bare(heading: Any) -> bool:
    """Whether a heading goes without the number of its level."""
    return bool(heading.get(TEXT + "is-list-header") == "true")


def _is_unread(element: Any) -> bool:
    """Whether it is no word of the paragraph: what hangs on it, or asks for words of its own."""
    drawing = not isinstance(element.tag, str) or element.tag.startswith(DRAW)
    asks = element.get(_LOEXT + "showing-place-holder") == "true"
    return drawing or asks or element.tag in UNREAD


def _is_answered(element: Any) -> bool:
    """Whether the words that a form field shows stand in it."""
    return bool("".join(element.itertext()).strip())


def _rows(table: Any) -> Iterator[Any]:
    """The rows of this table, not those of a table in a cell."""
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag not in CELLS and child.tag != TABLE + "table":
            yield from _rows(child)
