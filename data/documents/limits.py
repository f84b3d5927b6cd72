"""How much one document may hold, and the one way to refuse it."""

from __future__ import annotations

from data.documents.cells import Cells
from geo.errors import DataError

LARGEST = 20_000_000  # bytes of a file
ROWS = 5_000  # in all tables together
COLUMNS = 64
CELL = 10_000  # characters
CHARACTERS = 3_000_000  # of text and cells together
ANNEX = 25_000  # characters that mean something; five times the annex of 2025

TOO_MANY_ROWS = f"the tables hold more than {ROWS:,} rows, the most that is read"
DELETE_ROWS = "Delete the rows, filled or empty, that are no part of the annex."

WIDE = (20_000, 400)  # rows and columns of a table of figures by year, which is no annex


def widen() -> None:
    """Allow WIDE in this process; before the readers are imported, which take the numbers over."""
    global ROWS, COLUMNS, TOO_MANY_ROWS
    TOO_MANY_ROWS = TOO_MANY_ROWS.replace(f"{ROWS:,}", f"{WIDE[0]:,}")
    ROWS, COLUMNS = WIDE


def refusal(
    reason: str,
    advice: str,
    place: str = "",
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> DataError:
    """The error of a reader, which knows the sheet but not the name of the file.

    `data.documents.opening` puts that name before `place`.
    """
    shown = value if value is None or len(value) <= 80 else f"{value[:80]}…"
    return DataError(place, reason, row=row, column=column, value=shown, advice=advice)


def too_wide() -> DataError:
    """The refusal of a table with more than COLUMNS columns."""
    reason = f"a table has more than {COLUMNS} columns, the most that is read"
    return refusal(reason, "Keep only the columns of the annex.")


def too_long(place: str = "", row: int | None = None, column: str | None = None) -> DataError:
    """The refusal of a cell with more than CELL characters."""
    reason = f"a cell holds more than {CELL:,} characters, the most that is read"
    return refusal(reason, "Shorten it.", place, row, column)


def too_much() -> DataError:
    """The refusal of a document with more than CHARACTERS characters."""
    reason = f"it holds more than {CHARACTERS:,} characters, the most that is read"
    return refusal(reason, "Keep the annex and remove the rest.")


def in_margin() -> DataError:
    """The refusal of a table of an annex at the top or the bottom of every page."""
    reason = "a table of an annex stands in the header or the footer of the pages"
    return refusal(reason, "Move it into the text.")


def check(cells: Cells) -> Cells:
    """`cells` as they are; raises DataError where they are more than this module allows."""
    rows = [row for table in cells.tables for row in table.rows]
    if len(rows) > ROWS:
        raise refusal(TOO_MANY_ROWS, DELETE_ROWS)
    if any(len(row) > COLUMNS for row in rows):
        raise too_wide()
    if any(len(cell) > CELL for row in rows for cell in row):
        raise too_long()
    titles = sum(len(table.title) for table in cells.tables)
    marks = sum(len(mark.text) for table in cells.tables for mark in table.marks)
    total = len(cells.text) + titles + marks + sum(len(cell) for row in rows for cell in row)
    if total > CHARACTERS:
        raise too_much()
    return cells
