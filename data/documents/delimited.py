"""Delimited text (.csv): its cells, with every quote closed where its row ends.

An open quote swallows the rows below it without a trace, so a quoted cell that seems to hold
further rows is refused by its line, and so is a row with more cells than its header.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from data.documents.blocks import cells_of, is_header, is_of_release
from data.documents.cells import RELEASE_SIGN, Cells
from data.documents.headers import columns_of
from data.documents.limits import COLUMNS, refusal
from data.documents.plain import LIGATURE_LETTERS, decode
from data.documents.sheets import Sheet, SheetCell, letters
from geo.errors import DataError

_SIGNS = ";\t,|"
_LINE_END = r"\r\n|\r|\n|\Z"


@dataclass(frozen=True)
class _Record:
    """A row of cells, the line it begins on, and which of its cells broke over lines."""

    line: int
    cells: list[str]
    broken: list[int]


def read(content: bytes) -> Cells:
    """The tables of a .csv with ; or , or | or tabs between its cells; raises DataError."""
    text = decode(content).translate(LIGATURE_LETTERS)
    named = re.match(r"sep=(.)(?:\r\n|\r|\n)", text)  # Excel's own way to name the sign
    sign = named[1] if named else _separator(text)
    sheet, width, of_release = Sheet(""), 0, False
    for number, record in enumerate(_records(text, sign), start=1):
        cells = [cell.strip() for cell in record.cells]
        if named and number == 1:
            continue
        of_release = of_release or is_of_release(cells)
        if not of_release and columns_of([cells]) is not None:
            width = len(cells)
        _check(record, cells, sign, width)
        sheet.add(number, {at: SheetCell(cell) for at, cell in enumerate(cells)})
    return cells_of([sheet.page()])


def rows_of(content: bytes) -> list[list[str]]:
    """Every row as it stands in the file, empty ones included, a line that names the sign not.

    For tables that are no annex: the sign is that which cuts the most rows alike. Raises DataError.
    """
    text = decode(content).translate(LIGATURE_LETTERS)
    named = re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text)
    sign = named[1] if named else _separator(text)
    body = text[named.end() :] if named else text
    return [[cell.strip() for cell in record.cells] for record in _records(body, sign)]


@functools.cache
def _field(sign: str) -> re.Pattern[str]:
    """A cell: quoted with what stands behind the quote, between “typed” quotes, or bare."""
    sign = re.escape(sign)
    return re.compile(
        rf'[ ]*"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"(?P<rest>[^{sign}\r\n]*)'
        rf'|(?P<open>[ ]*"[^"]*(?:""[^"]*)*\Z)'
        rf"|[ ]*[“„](?P<typed>[^“”„\r\n]*)[”“][ ]*(?={sign}|{_LINE_END})"
        rf"|(?P<bare>[^{sign}\r\n]*)"
    )


def _records(text: str, sign: str) -> Iterator[_Record]:
    """The rows, empty ones included; raises DataError for a quote that is open to the end."""
    pattern, end = _field(sign), re.compile(_LINE_END)
    place, line = 0, 1
    record = _Record(1, [], [])
    while place < len(text) or record.cells:
        found = pattern.match(text, place)
        assert found
        if found["open"] is not None:
            raise _refusal("quote_never_closed", line, len(record.cells), found[0])
        rest = (found["rest"] or "").rstrip()
        cell = found["bare"] if found["bare"] is not None else found["typed"]
        if cell is None:
            cell = found["quoted"].replace('""', '"')
            breaks = len(re.findall(r"\r\n|\r|\n", cell))
            if rest and (breaks or sign in cell):
                raise _refusal("quote_closed_late", line, len(record.cells), cell)
            if breaks:
                record.broken.append(len(record.cells))
                line += breaks
            cell = re.sub(r"\r\n?", "\n", cell + rest)
        record.cells.append(cell)
        place = found.end()
        if place < len(text) and text[place] == sign:
            place += 1
            if place < len(text):
                continue
            record.cells.append("")
        yield record
        line += 1
        closed = end.match(text, place)
        place = closed.end() if closed else place
        record = _Record(line, [], [])


def _check(record: _Record, cells: list[str], sign: str, width: int) -> None:
    """Raise DataError for a cell that seems to hold rows, and for more cells than the header."""
    for at in record.broken:
        for line in cells[at].split("\n")[1:]:
            # In the words of a cell a space follows; between cells there is none.
            cuts = len(re.findall(rf"{re.escape(sign)}(?! )", line))
            if cuts and (cuts == max(len(cells), width) - 1 or len(cells) != (width or len(cells))):
                raise _refusal("quoted_rows", record.line, at, cells[at])
    if width and any(cells[width:]):
        at = next(at for at in range(width, len(cells)) if cells[at])
        raise refusal(
            "row_longer_than_header",
            row=record.line,
            column=letters(min(at, COLUMNS)),
            value=cells[at],
        )


def _refusal(code: str, line: int, column: int, text: str) -> DataError:
    return refusal(code, "", line, letters(min(column, COLUMNS)), text.strip())


def _separator(text: str) -> str:
    """The sign that cuts the first row we know into the most cells; a cell may hold the others.

    Where no row is known, it is the sign that cuts the most rows into as many cells.
    """
    if own := re.match(rf"\"?{RELEASE_SIGN}\"?([{_SIGNS}])", text, re.I):
        return own[1]
    lines = list(itertools.islice(filter(str.strip, io.StringIO(text, newline=None)), 200))
    best, most = ";", (0, 1)
    for sign in _SIGNS:
        rows = [line.rstrip("\r\n").split(sign) for line in lines]
        known = [row for row in rows if is_header([cell.strip(' "“”') for cell in row])]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        rank = (len(lines) + 1, max(map(len, known))) if known else (times, width)
        if rank[1] > 1 and rank > most:
            best, most = sign, rank
    return best
