"""Rows of sheets made into `Cells`: each header starts a table, the rest is running text.

A new header starts a new table; empty rows do not end one, they set groups apart. Two tables side
by side are taken apart where each has a header of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from data.documents.cells import (
    RELEASE_SIGN,
    Cells,
    Flag,
    LeftOut,
    PrintedTable,
    title,
)
from data.documents.headers import columns_of, role_of
from data.documents.sheets import EMPTY, Page, Row, SheetCell, quoted
from geo.dates import MONTHS

_EXPLAINS = {"uitleg", "toelichting", "explanation"}
_PEILDATUM = re.compile(r"\s*peildatum\b[\s:]*", re.I)
# What a sheet says of its tables as a whole.
_ABOUT = re.compile(r"\s*(?:peildatum|volledigheid)\b[\s:]*", re.I)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
# With slashes the month may come first; that is for `dates` to judge.
_DUTCH = re.compile(r"(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>\d{4})")
_MOST_HEADERS = 200  # rows that are tried for two headers beside each other
_FIRST_ROLES = {"label", "filo", "placement", "mission"}


def is_read(sheet: str) -> bool:
    """Whether a sheet of that name may hold data; one that explains does not."""
    return sheet.strip().casefold() not in _EXPLAINS


def is_header(row: Sequence[str]) -> bool:
    """Whether a row is the header of a table of an annex, or the line with the reference date."""
    first = next(filter(None, row), "")
    return columns_of([row]) is not None or bool(_PEILDATUM.match(first))


def is_of_release(row: Sequence[str]) -> bool:
    """Whether a row is the header of a table in a file of a release."""
    return bool(row) and row[0].strip().casefold() == RELEASE_SIGN


def cells_of(pages: Iterable[Page], left_out: Iterable[LeftOut] = ()) -> Cells:
    """Text and tables of every sheet, and what they do not show, after `left_out`."""
    reading = _Reading(left_out=[*left_out])
    alone: list[tuple[int, str]] = []  # where the lines of a sheet of one table begin, its title
    for page in pages:
        reading.sheet = page.name
        reading.left_out += page.left_out
        if is_of_release([cell.text for cell in page.rows[0]] if page.rows else ()):
            reading.table(page.name, page.rows)  # its words may be those of headers
            continue
        lines, tables = len(reading.lines), len(reading.tables)
        for rows in _apart(page.rows):
            reading.read(page.name, rows)
        if len(reading.tables) == tables + 1 and len(reading.lines) > lines:
            alone.append((lines, reading.tables[-1].title))
    # What stands on a sheet of one table is about that table, and not about that of another sheet.
    for at, title_of_one in reversed(alone if len(alone) > 1 else []):
        reading.lines.insert(at, title_of_one)
    return Cells("\n".join(reading.lines), tuple(reading.tables), tuple(reading.left_out))


@dataclass
class _Reading:
    """What was met so far in the sheets."""

    lines: list[str] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    sheet: str = ""  # the name of the one that is read

    def read(self, name: str, rows: list[Row]) -> None:
        """Read rows that hold tables only one below the other."""
        starts = list(_starts(rows))
        first = starts[0] if starts else len(rows)
        until = _end(rows, first) if starts else first  # the title of the first table is text
        others = [row for row in rows[:until] if not _is_about(row)]
        unknown = _is_table(others) or (any(map(_texts, others)) and not starts)
        if unknown:
            self.table(name, others)
        for place, row in enumerate(rows[:first]):
            if any(cell.flags or cell.text for cell in row) and (
                _is_about(row) or place >= until or not unknown
            ):
                self.line(row)
        ends = [_end(rows, start) for start in starts[1:]] + [len(rows)]
        for start, end in zip(starts, ends, strict=False):
            above = _above(rows, start)
            if start != first and above:
                self.line(rows[start - 1])
            self.table(title(above) or name, rows[start:end])

    def line(self, row: Row) -> None:
        """A row as a line of text, without what is struck out; its notes are lines too."""
        struck = [words for cell in row for kind, words in cell.flags if kind == "struck"]
        if struck:
            self.left_out.append(
                LeftOut.on_sheet(self.sheet, "struck_text", len(struck), quoted(struck))
            )
        words = _as_line(tuple(map(_unstruck, row)))
        notes = (words for cell in row for kind, words in cell.flags if kind == "note")
        self.lines += filter(None, (words, *(" ".join(note.split()) for note in notes)))

    def table(self, name: str, rows: list[Row]) -> None:
        """Rows of equal width, without the empty columns and rows around them."""
        places = [place for place, row in enumerate(rows) if _texts(row)]
        rows = rows[places[0] : places[-1] + 1]
        filled = [at for row in rows for at, cell in enumerate(row) if cell.text or cell.flags]
        left, right = min(filled), max(filled) + 1
        wide = [(*row, *[EMPTY] * (right - len(row)))[left:right] for row in rows]
        flags = (
            Flag(at, column, *flag)
            for at, row in enumerate(wide)
            for column, cell in enumerate(row)
            for flag in cell.flags
        )
        texts = (tuple(cell.text for cell in row) for row in wide)
        self.tables.append(PrintedTable(name, tuple(texts), tuple(flags)))


def _unstruck(cell: SheetCell) -> SheetCell:
    text = cell.text
    for kind, words in cell.flags:
        text = text.replace(words, "", 1) if kind == "struck" else text
    return SheetCell(text)


def _texts(row: Row) -> list[str]:
    """The words of the cells that are filled."""
    return [cell.text for cell in row if cell.text]


def _is_about(row: Row) -> bool:
    return bool(_ABOUT.match(next(iter(_texts(row)), "")))


def _is_table(rows: list[Row]) -> bool:
    """Whether rows without a header we know are a table all the same, and not lines of text."""
    return sum(len(_texts(row)) > 1 for row in rows) > 1


def _is_header(cells: Row) -> bool:
    """Whether cells are the header of a table of an annex."""
    return bool(_roles(cells)) and columns_of([[cell.text for cell in cells]]) is not None


_role_of = functools.lru_cache(maxsize=50_000)(role_of)


def _roles(row: Row) -> set[str]:
    """What the cells of a row announce, were they headings."""
    return {role for text in _texts(row) if (role := _role_of(text))}


def _opens(rows: list[Row], place: int) -> bool:
    """Whether a header begins at `place`; it may be known only with the row below it."""
    if _is_header(rows[place]):
        return True
    if not _roles(rows[place]) or place + 1 == len(rows) or not _roles(rows[place + 1]):
        return False
    pair = [[cell.text for cell in row] for row in rows[place : place + 2]]
    return bool(len(pair) == 2 and all(pair) and columns_of(pair)) and not _is_header(
        rows[place + 1]
    )


def _starts(rows: list[Row]) -> Iterator[int]:
    """Where a header starts a table. "Plaatsingen" right above another header is its title.

    A header that comes again in the middle of its table, as at the top of a page, starts none.
    """
    opened = [place for place, row in enumerate(rows) if row and _opens(rows, place)]
    last: list[str] = []
    for place in opened:
        alone = len(_texts(rows[place])) == 1
        below = rows[place + 1] if place + 1 in opened else ()
        goes_on = bool(place and _texts(rows[place - 1])) and not _above(rows, place)
        again = goes_on and _texts(rows[place]) == last
        upper = below and (alone or any(cell.covered for cell in below))
        if not again and not upper:
            last = _texts(rows[place])
            yield place


def _above(rows: list[Row], start: int) -> str:
    """The title right above a header, '' where there is none; the date is no title."""
    filled = _texts(rows[start - 1]) if start else []
    opens = start < 3 or not _texts(rows[start - 2])
    if len(filled) != 1 or not opens or _PEILDATUM.match(filled[0]):
        return ""
    return filled[0]


def _end(rows: list[Row], start: int) -> int:
    """Where the table before the header at `start` ends: before the title of the next one."""
    return start - 1 if _above(rows, start) else start


def _as_line(row: Row) -> str:
    """A row as a line; a reference date in the words of an annex: "peildatum 12 mei 2026"."""
    line = " ".join(" ".join(text.split()) for text in _texts(row))
    named = _PEILDATUM.match(line)
    rest = line[named.end() :] if named else ""
    date = _ISO.match(rest) or _DUTCH.match(rest)
    if not date or not 1 <= int(date["month"]) <= 12:
        return line
    return f"peildatum {int(date['day'])} {MONTHS[int(date['month']) - 1]} {date['year']}"


def _apart(rows: list[Row]) -> list[list[Row]]:
    """The rows as they are, or in parts between which tables stand side by side.

    What stands above or below both of two tables is a part of its own.
    """
    cut = _cut(rows)
    if cut is None:
        return [[*_of_block(rows)]] if any(map(_texts, rows)) else []
    top, bottom, left, right = cut
    band = rows[top:bottom]
    parts = (
        rows[:top],
        [_remaining(row[:left]) for row in band],
        [_remaining(row[right:]) for row in band],
        rows[bottom:],
    )
    return [each for part in parts for each in _apart(part)]


def _of_block(rows: list[Row]) -> Iterator[Row]:
    """The rows but those that are wholly part of the merged cells of a row above."""
    for row in rows:
        covered = any(cell.covered for cell in row)
        if not covered or any(cell.text and not cell.covered for cell in row):
            yield row


def _remaining(row: Row) -> Row:
    return row if any(cell.text or cell.flags or cell.covered for cell in row) else ()


def _cut(rows: list[Row]) -> tuple[int, int, int, int] | None:
    """(first row, row behind the last, end of the left part, start of the right part)."""
    known = [place for place, row in enumerate(rows) if _roles(row) & _FIRST_ROLES][:_MOST_HEADERS]
    for column in range(1, max(map(len, rows), default=0) - 1):
        lefts = {place for place in known if _is_header(rows[place][:column])}
        rights = (
            {place for place in known if _is_header(rows[place][column + 1 :])} if lefts else ()
        )
        for first in lefts:
            top, bottom = _free(rows, first, column)
            if any(top <= place < bottom for place in rights):
                return top, bottom, column, column + 1
    for place in known:
        row = rows[place]
        for column in range(2, len(row) - 1):
            if _is_header(row[:column]) and _is_header(row[column:]):
                behind = [each for each in known if each > place and _is_header(rows[each])]
                same = [each for each in behind if _texts(rows[each]) != _texts(row)]
                end = _end(rows, same[0]) if same else len(rows)
                return place, end, column, column
    return None


def _free(rows: list[Row], place: int, column: int) -> tuple[int, int]:
    """The rows around `place` in which nothing stands in that column."""
    top = bottom = place
    while top and not _fills(rows[top - 1], column):
        top -= 1
    while bottom < len(rows) and not _fills(rows[bottom], column):
        bottom += 1
    return top, bottom


def _fills(row: Row, column: int) -> bool:
    return len(row) > column and bool(row[column].text)
