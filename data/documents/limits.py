"""How much one document may hold, and the one way to refuse it."""

from __future__ import annotations

from data.documents.cells import Cells
from geo.errors import DataError, Value

LARGEST = 20_000_000  # bytes of a file
ROWS = 5_000  # in all tables together
COLUMNS = 64
CELL = 10_000  # characters
CHARACTERS = 3_000_000  # of text and cells together
ANNEX = 25_000  # characters that mean something; five times the annex of 2025

WIDE = (20_000, 400)  # rows and columns of a table of figures by year, which is no annex


def widen() -> None:
    """Allow WIDE in this process; before the readers are imported, which take the numbers over."""
    global ROWS, COLUMNS
    ROWS, COLUMNS = WIDE


def refusal(
    code: str,
    place: str = "",
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **params: Value,
) -> DataError:
    """The error of a reader, which knows the sheet but not the name of the file.

    `data.documents.opening` puts that name before `place`.
    """
    shown = value if value is None or len(value) <= 80 else f"{value[:80]}…"
    return DataError(code, place, row, column, shown, **params)


def too_wide() -> DataError:
    """The refusal of a table with more than COLUMNS columns."""
    return refusal("too_many_columns", most=COLUMNS)


def too_long(place: str = "", row: int | None = None, column: str | None = None) -> DataError:
    """The refusal of a cell with more than CELL characters."""
    return refusal("cell_too_long", place, row, column, most=CELL)


def too_much() -> DataError:
    """The refusal of a document with more than CHARACTERS characters."""
    return refusal("too_many_characters", most=CHARACTERS)


def in_margin() -> DataError:
    """The refusal of a table of an annex at the top or the bottom of every page."""
    return refusal("table_in_margin")


def check(cells: Cells) -> Cells:
    """`cells` as they are; raises DataError where they are more than this module allows."""
    rows = [row for table in cells.tables for row in table.rows]
    if len(rows) > ROWS:
        raise refusal("too_many_rows", most=ROWS)
    if any(len(row) > COLUMNS for row in rows):
        raise too_wide()
    if any(len(cell) > CELL for row in rows for cell in row):
        raise too_long()
    titles = sum(len(table.title) for table in cells.tables)
    flags = sum(len(flag.text) for table in cells.tables for flag in table.flags)
    total = len(cells.text) + titles + flags + sum(len(cell) for row in rows for cell in row)
    if total > CHARACTERS:
        raise too_much()
    return cells
