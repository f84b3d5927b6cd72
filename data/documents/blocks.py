"""Rows of sheets made into `Cells`: each header starts a table, the rest is running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from data.documents.cells import MONTHS, Cells, PrintedTable, title
from data.documents.headers import columns_of

_EXPLAINS = {"uitleg", "toelichting", "explanation"}
_PEILDATUM = re.compile(r"\s*peildatum\b[\s:]*", re.I)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
# With slashes it may be the month that goes first; such a date stays as it is printed.
_DUTCH = re.compile(r"(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>\d{4})")
Row = tuple[str, ...]


def is_read(sheet: str) -> bool:
    """Whether a sheet of that name may hold data; one that explains does not."""
    return sheet.strip().casefold() not in _EXPLAINS


def is_header(row: Sequence[str]) -> bool:
    """Whether a row is the header of a table of an annex, or the line with the reference date."""
    return columns_of([row]) is not None or _is_date(tuple(row))


def cells_of(sheets: Iterable[tuple[str, list[Row]]]) -> Cells:
    """Text and tables of (name, rows) of every sheet; an empty row is a tuple without cells."""
    lines: list[str] = []
    tables: list[PrintedTable] = []
    for name, rows in sheets:
        starts = list(_starts(rows))
        first = starts[0] if starts else len(rows)
        until = _end(rows, first) if starts else first  # the title of the first table is text
        others = [row for row in rows[:until] if not _is_date(row)]
        unknown = _is_table(others) or (any(others) and not starts)
        if unknown:
            tables.append(PrintedTable(name, _block(others)))
        for place, row in enumerate(rows[:first]):
            if any(row) and (_is_date(row) or place >= until or not unknown):
                lines.append(_words(row))
        ends = [_end(rows, start) for start in starts[1:]] + [len(rows)]
        for start, end in zip(starts, ends, strict=False):
            above = _above(rows, start)
            if start != first and above:
                lines.append(above)
            tables.append(PrintedTable(title(above) or name, _block(rows[start:end])))
    return Cells("\n".join(lines), tuple(tables))


def _is_date(row: Row) -> bool:
    return bool(row and _PEILDATUM.match(row[0]))


def _is_table(rows: list[Row]) -> bool:
    """Whether rows without a header we know are a table all the same, and not lines of text."""
    return sum(sum(map(bool, row)) > 1 for row in rows) > 1


def _starts(rows: list[Row]) -> Iterator[int]:
    """Where a header starts a table. "Plaatsingen" right above another header is its title.

    A header that comes again in the middle of its table, as at the top of a page, starts none.
    """
    found = [place for place, row in enumerate(rows) if row and columns_of([row])]
    last: Row = ()
    for place in found:
        alone = sum(map(bool, rows[place])) == 1
        again = rows[place] == last and any(rows[place - 1]) and not _above(rows, place)
        if not again and not (alone and place + 1 in found):
            last = rows[place]
            yield place


def _above(rows: list[Row], start: int) -> str:
    """The title right above a header, '' where there is none; the date is no title."""
    before = rows[start - 1] if start else ()
    filled = [cell for cell in before if cell]
    opens = start < 2 or not any(rows[start - 2]) or start == 2
    if len(filled) != 1 or not opens or _PEILDATUM.match(filled[0]):
        return ""
    return filled[0]


def _end(rows: list[Row], start: int) -> int:
    """Where the table before the header at `start` ends: before the title of the next one."""
    return start - 1 if _above(rows, start) else start


def _block(rows: list[Row]) -> tuple[Row, ...]:
    """Rows of equal width, without the empty columns beside them and the empty rows below."""
    last = max(place for place, row in enumerate(rows) if any(row))
    filled = [place for row in rows for place, cell in enumerate(row) if cell]
    left, right = min(filled), max(filled) + 1
    return tuple((*row, *[""] * (right - len(row)))[left:right] for row in rows[: last + 1])


def _words(row: Row) -> str:
    """A row as a line; a reference date in the words of an annex: "peildatum 12 mei 2026"."""
    line = " ".join(" ".join(cell.split()) for cell in row if cell)
    named = _PEILDATUM.match(line)
    rest = line[named.end() :] if named else ""
    date = _ISO.match(rest) or _DUTCH.match(rest)
    if not date or not 1 <= int(date["month"]) <= 12:
        return line
    return f"peildatum {int(date['day'])} {MONTHS[int(date['month']) - 1]} {date['year']}"
