"""What tests of readers look at in the `Cells` of a document with one table."""

from __future__ import annotations

from data.documents.cells import Cells


def flags(cells: Cells) -> list[tuple[int, int, str, str]]:
    """The marks of the only table."""
    (table,) = cells.tables
    return [(flag.row, flag.column, flag.kind, flag.text) for flag in table.flags]


def left_out(cells: Cells) -> list[tuple[str, int, str]]:
    """(kind, count, text) of what is left out."""
    return [(each.kind, each.count, each.text) for each in cells.left_out]


def rows(cells: Cells) -> tuple[tuple[str, ...], ...]:
    """The rows of the only table."""
    (table,) = cells.tables
    return table.rows
