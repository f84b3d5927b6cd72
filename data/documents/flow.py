"""Paragraphs and tables in reading order, as Word and OpenDocument hold them, made into `Cells`.

A table may stand in a cell of another one. Where that outer table is only a frame (one cell), or
the inner one has a header that we look for, the inner table comes out as a table of its own;
otherwise its words are the words of the cell it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from data.documents.cells import Cells, Flag, LeftOut, PrintedTable, is_title, title
from data.documents.headers import columns_of
from data.documents.limits import COLUMNS, too_wide

# A hyphen that never breaks, one that only shows where it does, and signs without any width.
_SIGNS = {0x2011: "-", 0xAD: None, 0xFEFF: None} | dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)]
)
# Boxes, ticks, arrows and points of the fonts that hold no letters, as programs number them.
_SIGNS |= {
    **dict.fromkeys((0xF06C, 0xF06E, 0xF076, 0xF09F, 0xF0A7, 0xF0B7), "•"),
    **dict.fromkeys((0xF06F, 0xF070, 0xF071, 0xF072, 0xF0A8), "☐"),
    **dict.fromkeys((0xF0D8, 0xF0E0, 0xF0E8, 0xF0F0), "→"),
    **{0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF078: "☒", 0xF0FD: "☒"},
}
_RETURN = re.compile(
    r"_x000[a-d]_(?:_x000a_)?\n?|\r\n?|[\x85\u2028\u2029]", re.I
)  # as Excel writes one in its XML
_ITEM = r"[(\[]?(?:[\d¹²³⁰-⁹]{1,3}|[*†‡§¶#]{1,4}|[^\W\d_])[)\].:]?"
_RAISED = re.compile(rf"\s*{_ITEM}(?:(?:[\s,;/-]+|(?<=[)\]])){_ITEM})*[\s,;]*")
_UNIT = re.compile(r"(?<![^\W\d_])[kcdm]?m$")  # what a raised 2 or 3 makes a square or a cube
_QUOTED = 200  # characters of what is left out


class Piece(NamedTuple):
    """Some words of a paragraph.

    `kind` is "" for ordinary ones, struck and raised as in `Mark`, hidden for words that nobody
    sees, and note for what a note says that hangs here.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `heading` where its style says so, `label` its automatic number."""

    pieces: tuple[Piece, ...]
    heading: bool = False
    label: str = ""


@dataclass(frozen=True)
class Unseen:
    """A part of the document that is not read; `kind` and `text` as in `LeftOut`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Slot:
    """A cell with what stands in it. `width` counts the columns it covers.

    `merged`: it is the continuation of the cell above and holds the same; `reaches`: the cell
    below may be its continuation.
    """

    blocks: tuple[Block, ...] = ()
    width: int = 1
    merged: bool = False
    reaches: bool = False


@dataclass(frozen=True)
class Grid:
    """A table, row by row."""

    rows: tuple[tuple[Slot, ...], ...]

    @cached_property
    def is_wanted(self) -> bool:
        """Whether it has a header that we look for; asked at every table around it."""
        top = [[_runs(slot).text for slot in row] for row in self.rows[:2]]
        return columns_of(top) is not None


Block = Paragraph | Grid | Unseen


class _Runs(NamedTuple):
    """What a cell prints, and its marks as (kind, text)."""

    text: str = ""
    flags: tuple[tuple[str, str], ...] = ()


@dataclass
class _Reading:
    """What was met so far: lines of text, tables, the heading above, and what is left out."""

    lines: list[str] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    above: str = ""
    unseen: list[Unseen] = field(default_factory=list)

    def walk(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Grid):
                self.table(block)
            elif isinstance(block, Unseen):
                self.unseen.append(block)
            else:
                self.paragraph(block)

    def paragraph(self, block: Paragraph) -> None:
        self.unseen += _hidden(block)
        self.unseen += [Unseen("struck_text", piece.text) for piece in _struck(block.pieces)]
        text = _line(block)
        self.lines.append(text)
        if text.strip() and (block.heading or is_title(text)):
            self.above = title(text)

    def table(self, grid: Grid) -> None:
        if _is_frame(grid):
            above, tables = self.above, len(self.tables)
            self.walk(grid.rows[0][0].blocks)
            if len(self.tables) > tables:
                self.above = above  # what stands in it is the heading of that table alone
            return
        for inner in _inner(grid):
            self.table(inner)
        self.unseen += _unseen(grid)
        table = _printed(self.above, grid)
        if any(cell for row in table.rows for cell in row):
            own = with_title(table)
            if own is not table:
                self.lines.append(own.title)
            self.tables.append(own)

    def left_out(self) -> Iterator[LeftOut]:
        """Each kind once, with the beginning of all that is of it."""
        kinds: dict[str, list[str]] = {}
        for each in self.unseen:
            if each.text.strip():
                kinds.setdefault(each.kind, []).append(" ".join(each.text.split()))
        for kind, texts in kinds.items():
            yield LeftOut(kind, len(texts), text=" … ".join(texts)[:_QUOTED])


def cells_of(blocks: Iterable[Block]) -> Cells:
    """The text outside the tables, a paragraph a line, and the tables; raises DataError."""
    reading = _Reading()
    reading.walk(blocks)
    left_out = tuple(reading.left_out())
    return Cells("\n".join(reading.lines), tuple(reading.tables), left_out)


def with_title(table: PrintedTable) -> PrintedTable:
    """A table whose first row is a heading over its whole width, with that row as its title."""
    if not columns_of(table.rows[1:2]) or columns_of(table.rows[:1]):
        return table
    filled = [cell for cell in table.rows[0] if cell]
    return table.below(1, title(filled[0])) if len(filled) == 1 and is_title(filled[0]) else table


def visible_text(pieces: Iterable[Piece]) -> str:
    """The words among them that a reader sees, as they stand there."""
    return "".join(piece.text for piece in pieces if piece.kind not in ("hidden", "note"))


def all_text(blocks: Iterable[Block]) -> str:
    """All words of blocks that are not read, on one line."""
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.append("".join(piece.text for piece in block.pieces if piece.kind != "note"))
        elif isinstance(block, Grid):
            words.append(all_text(_blocks(block)))
        else:
            words.append(block.text)
    return " ".join(" ".join(words).split())


def frame(blocks: Iterable[Block]) -> Grid:
    """A text box: a table of one cell around what stands in it."""
    return Grid(((Slot(tuple(blocks)),),))


def holds_annex(blocks: Iterable[Block]) -> bool:
    """Whether a table with a header that we look for is among them, or in one of them."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    return any(grid.is_wanted or any(_inner(grid)) for grid in grids)


def _is_frame(grid: Grid) -> bool:
    return len(grid.rows) == 1 and len(grid.rows[0]) == 1


def _inner(grid: Grid) -> Iterator[Grid]:
    """Tables within the cells, however deep, that have a header of an annex."""
    for block in _blocks(grid):
        if isinstance(block, Grid):
            yield from [block] if block.is_wanted else _inner(block)


def _blocks(grid: Grid) -> Iterator[Block]:
    """What stands in the cells; of merged cells once."""
    for row in grid.rows:
        for slot in row:
            if not slot.merged:
                yield from slot.blocks


def _unseen(grid: Grid) -> Iterator[Unseen]:
    """What nobody sees in the cells, but for tables in them that are tables of their own."""
    for block in _blocks(grid):
        if isinstance(block, Unseen):
            yield block
        elif isinstance(block, Paragraph):
            yield from _hidden(block)
        elif not block.is_wanted:
            yield from _unseen(block)


def _hidden(paragraph: Paragraph) -> Iterator[Unseen]:
    """The passages of a paragraph that nobody sees."""
    for kind, group in groupby(paragraph.pieces, key=lambda piece: piece.kind):
        if kind == "hidden":
            yield Unseen("hidden_text", "".join(piece.text for piece in group))


# --- words ----------------------------------------------------------------------------------------


def _groups(pieces: Iterable[Piece]) -> list[Piece]:
    """What shows, without notes; neighbours of a kind are one, white space goes with both."""
    pieces = [
        Piece(_RETURN.sub("\n", piece.text.translate(_SIGNS)), piece.kind)
        for piece in pieces
        if piece.kind not in ("hidden", "note")
    ]
    pieces = [piece for piece in pieces if piece.text]
    filled = [at for at, piece in enumerate(pieces) if piece.text.strip()]
    for before, behind in pairwise(filled):
        if pieces[before].kind == pieces[behind].kind == "struck":
            pieces[before + 1 : behind] = [
                Piece(piece.text, "struck") for piece in pieces[before + 1 : behind]
            ]
    return [
        Piece("".join(piece.text for piece in group), kind)
        for kind, group in groupby(pieces, key=lambda piece: piece.kind)
    ]


def _struck(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in _groups(pieces) if piece.kind == "struck" and piece.text.strip()]


def _line(paragraph: Paragraph) -> str:
    """A paragraph outside tables: struck words are gone, and the signs of notes behind a word."""
    text = ""
    for piece in _groups(paragraph.pieces):
        sign = piece.kind == "raised" and text.strip() and _is_sign(piece.text, text)
        text += "" if sign or piece.kind == "struck" else piece.text
    return paragraph.label + text if text.strip() else text


def _is_sign(raised: str, before: str) -> bool:
    """Whether raised words point to a note, and are no ordinal (1e) and no unit (m2)."""
    if not _RAISED.fullmatch(raised):
        return False
    ordinal = before[-1:].isdigit() and raised.strip().casefold() in ("e", "o", "º")
    return not ordinal and not (raised.strip() in ("2", "3", "²", "³") and _UNIT.search(before))


def _runs(slot: Slot) -> _Runs:
    """The text of a cell, with that of the tables in it that are not tables of their own."""
    pieces = [piece for part in _parts(slot) for piece in (*part, Piece("\n"))]
    groups = _groups(pieces)
    alone = not any(piece.text.strip() for piece in groups if piece.kind != "raised")
    flags = [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind == "note"]
    text = ""
    for piece in groups:
        if piece.kind == "raised" and not alone and _is_sign(piece.text, text):
            flags.append(("raised", piece.text.strip()))
            continue
        if piece.kind == "struck" and piece.text.strip():
            flags.append(("struck", piece.text.strip()))
        text += piece.text
    return _Runs(text.strip(), tuple(flag for flag in flags if flag[1]))


def _parts(slot: Slot) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of a cell, and each cell of a table in it, as pieces."""
    for block in slot.blocks:
        if isinstance(block, Paragraph):
            if visible_text(block.pieces) or not any(_hidden(block)):
                yield block.pieces
        elif isinstance(block, Grid) and not block.is_wanted:
            for row in block.rows:
                for inner in row:
                    parts = [] if inner.merged else list(_parts(inner))
                    if any(visible_text(part).strip() for part in parts):
                        yield from parts


# --- rows -----------------------------------------------------------------------------------------


def _printed(above: str, grid: Grid) -> PrintedTable:
    """Every row with a cell for each column, and the marks of the cells.

    Word and LibreOffice cut a table at every edge that any row has, so a table of three columns
    may be made of five, none of which a reader sees. The row with the most cells then tells which
    columns there are.
    """
    widths = [sum(slot.width for slot in row) for row in grid.rows]
    most = max((len(row) for row in grid.rows), default=0)
    if max(widths, default=0) > COLUMNS:
        raise too_wide()
    full = next((row for row in grid.rows if len(row) == most), ())
    columns = None if sum(slot.width for slot in full) == most else _starts(full)
    rows: list[tuple[str, ...]] = []
    flags: list[Flag] = []
    words: dict[int, _Runs] = {}  # of the blocks, which merged cells share
    for row in grid.rows:
        for slot in row:
            if id(slot.blocks) not in words:
                words[id(slot.blocks)] = _runs(slot)
        cells = [words[id(slot.blocks)] for slot in row]
        if _is_covered(row, cells):
            continue
        for slot, own, at in zip(row, cells, _places(row, columns), strict=True):
            merged = [("merged", "")] if slot.merged and own.text else []
            flags += [Flag(len(rows), at, *flag) for flag in (*own.flags, *merged)]
        rows.append(_placed(row, cells, columns))
    return PrintedTable(above, tuple(rows), tuple(flags))


def _is_covered(row: tuple[Slot, ...], cells: list[_Runs]) -> bool:
    """Whether a row prints nothing but what cells above reach down into it."""
    own = any(any(cell) for slot, cell in zip(row, cells, strict=True) if not slot.merged)
    return any(slot.merged for slot in row) and not own


def _starts(row: tuple[Slot, ...]) -> list[int]:
    """The column each cell begins in."""
    return [sum(slot.width for slot in row[:place]) for place in range(len(row))]


def _places(row: tuple[Slot, ...], columns: list[int] | None) -> list[int]:
    """The column of the table that each cell comes to stand in; `columns` are where they start."""
    if columns is None:
        return _starts(row)
    if len(row) == len(columns):
        return list(range(len(row)))
    places: list[int] = []
    free = 0
    for start in _starts(row):
        place = min(max(free, bisect_right(columns, start) - 1), len(columns) - 1)
        places.append(place)
        free = place + 1
    return places


def _placed(row: tuple[Slot, ...], runs: list[_Runs], columns: list[int] | None) -> tuple[str, ...]:
    width = sum(slot.width for slot in row) if columns is None else len(columns)
    cells = [""] * width
    for place, own in zip(_places(row, columns), runs, strict=True):
        cells[place] = "\n".join(filter(None, (cells[place], own.text)))
    return tuple(cells)
