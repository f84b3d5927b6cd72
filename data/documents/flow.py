"""Paragraphs and tables in reading order, as Word and OpenDocument hold them, made into `Cells`.

A table may stand in a cell of another one. Where that outer table is only a frame (one cell), or
the inner one has a header that we look for, the inner table comes out as a table of its own;
otherwise its words are the words of the cell it stands in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.documents.cells import Cells, PrintedTable, is_title, title
from data.documents.headers import columns_of
from data.documents.limits import COLUMNS, too_wide


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as text; `heading` where its style says so."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Slot:
    """A cell with what stands in it. `width` counts the columns it covers.

    The continuation of a cell above is a slot with nothing in it.
    """

    blocks: tuple[Block, ...] = ()
    width: int = 1


@dataclass(frozen=True)
class Grid:
    """A table, row by row."""

    rows: tuple[tuple[Slot, ...], ...]


Block = Paragraph | Grid


@dataclass
class _Reading:
    """What was met so far: lines of text, tables, and the heading above."""

    lines: list[str] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    above: str = ""

    def walk(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Grid):
                self.table(block)
                continue
            self.lines.append(block.text)
            if block.text.strip() and (block.heading or is_title(block.text)):
                self.above = title(block.text)

    def table(self, grid: Grid) -> None:
        if _is_frame(grid):
            self.walk(grid.rows[0][0].blocks)
            return
        for inner in _inner(grid):
            self.table(inner)
        table = PrintedTable(self.above, _rows(grid))
        if any(cell for row in table.rows for cell in row):
            own = with_own_title(table)
            if own is not table:
                self.lines.append(own.title)
            self.tables.append(own)


def cells_of(blocks: Iterable[Block]) -> Cells:
    """The text outside the tables, a paragraph a line, and the tables; raises DataError."""
    reading = _Reading()
    reading.walk(blocks)
    return Cells("\n".join(reading.lines), tuple(reading.tables))


def with_own_title(table: PrintedTable) -> PrintedTable:
    """A table whose first row is a heading over its whole width, with that row as its title."""
    if not columns_of(table.rows[1:2]) or columns_of(table.rows[:1]):
        return table
    filled = [cell for cell in table.rows[0] if cell]
    if len(filled) == 1 and is_title(filled[0]):
        return PrintedTable(title(filled[0]), table.rows[1:])
    return table


def _is_frame(grid: Grid) -> bool:
    return len(grid.rows) == 1 and len(grid.rows[0]) == 1


def _inner(grid: Grid) -> Iterator[Grid]:
    """Tables within the cells, however deep, that have a header of an annex."""
    for row in grid.rows:
        for slot in row:
            for block in slot.blocks:
                if isinstance(block, Grid):
                    yield from [block] if _is_wanted(block) else _inner(block)


def _is_wanted(grid: Grid) -> bool:
    return columns_of([[_words(slot) for slot in row] for row in grid.rows[:2]]) is not None


def _words(slot: Slot) -> str:
    """The text of a cell, with that of the tables in it that are not tables of their own."""
    parts = []
    for block in slot.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif not _is_wanted(block):
            parts += filter(None, (_words(inner) for row in block.rows for inner in row))
    return "\n".join(parts).strip()


def _rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Every row with a cell for each column.

    Word and LibreOffice cut a table at every edge that any row has, so a table of three columns
    may be made of five, none of which a reader sees. The row with the most cells then tells which
    columns there are.
    """
    widths = [sum(slot.width for slot in row) for row in grid.rows]
    most = max((len(row) for row in grid.rows), default=0)
    if max(widths, default=0) > COLUMNS:
        raise too_wide()
    full = next((row for row in grid.rows if len(row) == most), ())
    if sum(slot.width for slot in full) == most:
        return tuple(_spread(row) for row in grid.rows)
    return tuple(_fitted(row, _starts(full)) for row in grid.rows)


def _spread(row: tuple[Slot, ...]) -> tuple[str, ...]:
    return tuple(cell for slot in row for cell in (_words(slot), *[""] * (slot.width - 1)))


def _starts(row: tuple[Slot, ...]) -> list[int]:
    """The column each cell begins in."""
    return [sum(slot.width for slot in row[:place]) for place in range(len(row))]


def _fitted(row: tuple[Slot, ...], columns: list[int]) -> tuple[str, ...]:
    if len(row) == len(columns):
        return tuple(_words(slot) for slot in row)
    cells = [""] * len(columns)
    free = 0
    for slot, start in zip(row, _starts(row), strict=True):
        room = len(columns) - 1
        place = min(max(free, bisect_right(columns, start) - 1), room)
        cells[place] = "\n".join(filter(None, (cells[place], _words(slot))))
        free = place + 1
    return tuple(cells)
