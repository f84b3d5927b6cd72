"""Tables in plain text, as it comes out of Word (tabs) or out of a PDF (words on a line).

Word: every cell starts with a tab, a line without one continues the cell, a blank line ends the
row. PDF: the columns are lost, so a row comes back as one cell and `annex` takes it apart.
"""

from __future__ import annotations

import re

from data.documents.cells import Cells, PrintedTable, is_title, title

_FLAT_HEADER = re.compile(r"^\s*Missienaam\b(?!\t)", re.I)


def read(text: str) -> Cells:
    """The document whose text this is."""
    return Cells(text, tuple(read_tables(text)))


def read_tables(text: str) -> list[PrintedTable]:
    """Every table in `text`, in order. Cells keep their line breaks and lose outer white space.

    Empty rows are kept: in a table of one column they set the groups apart.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    tables: list[PrintedTable] = []
    above, place = "", 0
    while place < len(lines):
        if lines[place].startswith("\t"):
            rows, place = _tabbed(lines, place)
            tables.append(PrintedTable(above, rows))
        elif _FLAT_HEADER.match(lines[place]):
            rows, place = _flat(lines, place)
            tables.append(PrintedTable(above, rows))
        else:
            if is_title(lines[place]):
                above = _heading(lines, place)
            place += 1
    return tables


def _heading(lines: list[str], place: int) -> str:
    """The heading at `place`, with its second line where a bracket is still open."""
    line = lines[place]
    if line.count("(") > line.count(")") and place + 1 < len(lines):
        line = f"{line} {lines[place + 1]}"
    return title(line)


def _tabbed(lines: list[str], place: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The rows that start at `place`, and the first line behind the table."""
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    while place < len(lines):
        line = lines[place]
        if line.startswith("\t"):
            cells.append(line)
        elif line.strip() and cells:
            cells[-1] += "\n" + line
        elif line.strip():
            break
        elif cells:
            rows.append(tuple(cell.strip() for cell in cells))
            cells = []
        place += 1
    if cells:
        rows.append(tuple(cell.strip() for cell in cells))
    return tuple(rows), place


def _flat(lines: list[str], place: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """A header that may be broken over lines, then one row a line up to and with the total."""
    header = []
    while place < len(lines) and not re.search(r"\d\s*$", lines[place]):
        header.append(lines[place].strip())
        place += 1
    rows = [(" ".join(" ".join(header).split()),)]
    while place < len(lines) and lines[place].strip():
        rows.append((" ".join(lines[place].split()),))
        place += 1
    return tuple(rows), place
