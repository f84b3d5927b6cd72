"""Tables in plain text, as it comes out of Word (tabs) or out of a PDF (words on a line).

Word that saves text: every cell starts with a tab, a line without one continues the cell, a blank
line ends the row. PDF: the columns are lost, so a row comes back as one cell and `annex` takes it
apart. A row a line, as it is pasted, is read by `pasted`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.documents.cells import Cells, PrintedTable, is_title, title
from data.documents.headers import is_flat, role_of
from data.documents.pasted import Pasted, footnotes
from data.documents.totals import is_total

_NUMBERED = re.compile(r"\d\s*$")
# What stands between two pages: "3", "- 3 -", "Pagina 3 van 10", "3/10".
_FURNITURE = re.compile(
    r"[-–\s]*(?:(?:pagina|blad|p\.)\s*)?\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?[-–\s]*", re.I
)
_MOST_HEADER_LINES = 12
Rows = tuple[tuple[str, ...], ...]


def read(text: str) -> Cells:
    """The document whose text this is."""
    return Cells(text, tuple(read_tables(text)))


def read_tables(text: str) -> list[PrintedTable]:
    """Every table in `text`, in order. Cells keep their line breaks and lose outer white space.

    Empty rows are kept: in a table of one column they set the groups apart.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    tables: list[PrintedTable] = []
    pasted = Pasted(lines)
    above, place = "", 0
    while place < len(lines):
        if table := pasted.table(place, above):
            tables.append(table[0])
            place = table[1]
        elif lines[place].startswith("\t"):
            rows, place = _tabbed(lines, place)
            tables.append(PrintedTable(above, rows))
        elif _may_be_flat(lines[place]) and (found := flat(lines, place))[0]:
            rows, place = found
            tables.append(PrintedTable(above, rows))
        else:
            if is_title(lines[place]):
                above = _heading(lines, place)
            place += 1
    return [*footnotes(text, tables)]


def _may_be_flat(line: str) -> bool:
    return bool(line) and role_of(line) == "mission" and "\t" not in line


def _heading(lines: list[str], place: int) -> str:
    """The heading at `place`, with its second line where a bracket is still open."""
    line = lines[place]
    if line.count("(") > line.count(")") and place + 1 < len(lines):
        line = f"{line} {lines[place + 1]}"
    return title(line)


def _tabbed(lines: list[str], place: int) -> tuple[Rows, int]:
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


def flat(lines: Sequence[str], place: int) -> tuple[Rows, int]:
    """A table of missions whose columns are lost: its rows, and the first line behind it.

    Its header may be broken over lines; then comes one row a line. Without rows there is no table:
    no rows, and `place` as it was.
    """
    header, behind = lines[place], place + 1
    for line in lines[behind : place + _MOST_HEADER_LINES]:
        if not _FURNITURE.fullmatch(line):
            if _NUMBERED.search(line) or _may_be_flat(line):
                break
            header = f"{header} {line}"
        behind += 1
    if not is_flat([header]):
        return (), place
    rows, behind = flat_rows(lines, behind)
    return (((" ".join(header.split()),), *rows), behind) if rows else ((), place)


def flat_rows(lines: Sequence[str], place: int) -> tuple[Rows, int]:
    """The rows from `place` on up to and with the total, over the end of a page.

    What stands between two pages is passed over. Behind it, and behind an empty line, the table
    goes on only with a line that ends in a number.
    """
    rows: list[tuple[str, ...]] = []
    behind, apart = place, True
    for at in range(place, len(lines)):
        line = lines[at]
        whole = not rows or _NUMBERED.search(rows[-1][0])
        if not line.strip() or (_FURNITURE.fullmatch(line) and (apart or whole)):
            apart = True
            continue
        total = is_total(line)
        if apart and not total and not _NUMBERED.search(line):
            break
        rows.append((" ".join(line.split()),))
        behind, apart = at + 1, False
        if total:
            break
    return tuple(rows), behind
