"""Sheets (.csv, .xlsx, .ods): the tables of an annex, each below its own header.

A new header starts a new table; empty rows do not end one, they set groups apart. What stands
outside a table is running text, such as the reference date. Formulas are refused: a figure must be
in the file itself.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from data.documents import package
from data.documents.blocks import Row, cells_of, is_header, is_read
from data.documents.cells import Cells
from data.documents.limits import (
    CELL,
    COLUMNS,
    DELETE_ROWS,
    ROWS,
    TOO_MANY_ROWS,
    refusal,
    too_long,
    too_wide,
)
from data.documents.plain import decode
from geo.errors import DataError

_LAST = 1_048_576  # rows of a sheet in any program
# "-Politiemedewerker" is a word; "-A1+B1", "+SUM(" and "-cmd|" are not.
_FORMULA = re.compile(r"[=@]|[+-](?:[=@(]|\$?[A-Za-z]{1,3}\$?\d|[A-Za-z]+\s*[(!|:+*/^-])")


def read_csv(content: bytes) -> Cells:
    """The tables of a .csv with ; or , or tabs between its cells; raises DataError."""
    text = decode(content)
    named = re.match(r"sep=(.)\r?\n", text)  # Excel's own way to name the sign
    sign = named[1] if named else _separator(text)
    sheet = _Sheet("")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            sheet.add([] if named and sheet.number == 0 else row)
    except csv.Error as error:
        raise refusal("it is no table of cells", "Save it as .csv again.") from error
    return cells_of([("", sheet.rows)])


def read_xlsx(content: bytes) -> Cells:
    """The tables of every sheet of an .xlsx but the explanation; raises DataError."""
    package.check(content, "xlsx")
    from openpyxl import load_workbook  # not needed, and not loaded, for the other kinds

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(book.sheetnames) < package.sheets_named(content):
        raise package.damaged("xlsx")  # the library passes over a sheet that it cannot find
    sheets = []
    for page in filter(lambda page: is_read(page.title), book.worksheets):
        page.reset_dimensions()  # what a file declares may be a million rows of nothing
        sheet = _Sheet(page.title)
        for row in page.iter_rows():
            for place, cell in enumerate(row):
                if cell.data_type == "f":
                    text = str(getattr(cell.value, "text", cell.value))
                    raise sheet.formula(sheet.number + 1, place, text)
            sheet.add([_shown(cell.value) for cell in row])
        sheets.append((sheet.name, sheet.rows))
    return cells_of(sheets)


def read_ods(content: bytes) -> Cells:
    """The tables of every sheet of an .ods but the explanation; raises DataError."""
    package.check(content, "ods")
    from data.documents.odf import sheet_rows

    sheets: list[_Sheet] = []
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        packed.open("content.xml") as part,
    ):
        for name, times, cells in sheet_rows(part):
            if not sheets or sheets[-1].name != name:
                sheets.append(_Sheet(name))
            if is_read(name):
                sheets[-1].add(_ods_row(sheets[-1], cells), times)
    return cells_of((sheet.name, sheet.rows) for sheet in sheets if is_read(sheet.name))


@dataclass
class _Sheet:
    """The rows of a sheet so far; empty rows count only once something follows them."""

    name: str
    number: int = 0  # of the last row, as the sheet counts
    rows: list[Row] = field(default_factory=list)
    _empty: int = 0

    def add(self, cells: list[str], times: int = 1) -> None:
        """One more row, `times` over; raises DataError for a formula and over the limits."""
        self.number += 1
        if self.number > _LAST:  # between two rows the library fills in what is missing
            raise refusal(TOO_MANY_ROWS, DELETE_ROWS)
        row = tuple(cell.strip() for cell in cells)
        filled = [place for place, cell in enumerate(row) if cell]
        for place in filled:
            if len(row[place]) > CELL:
                raise too_long(self._place, self.number, letters(place))
            if _FORMULA.match(row[place]):
                raise self.formula(self.number, place, row[place])
        self.number += times - 1
        if not filled:
            self._empty += times
            return
        if filled[-1] >= COLUMNS:
            raise too_wide()
        if len(self.rows) + self._empty + times > ROWS:
            raise refusal(TOO_MANY_ROWS, DELETE_ROWS)
        self.rows += [()] * self._empty + [row[: filled[-1] + 1]] * times
        self._empty = 0

    @property
    def _place(self) -> str:
        return f"sheet {self.name}" if self.name else ""

    def formula(self, row: int, place: int, text: str) -> DataError:
        """The refusal of a formula in that row and column."""
        advice = "Put the value itself there, as text or as a number."
        return refusal("a cell holds a formula", advice, self._place, row, letters(place), text)


def letters(place: int) -> str:
    """The name of a column: 0 is A, 26 is AA.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _separator(text: str) -> str:
    """The sign that cuts the first row we know into the most cells; a cell may hold the others."""
    lines = list(itertools.islice(filter(str.strip, io.StringIO(text)), 200))
    best, most = ";", 1
    for sign in ";\t,":
        rows = [line.rstrip("\r\n").split(sign) for line in lines]
        known = [row for row in rows if is_header([cell.strip(' "') for cell in row])]
        width = len((known or rows or [[]])[0])
        if width > most:
            best, most = sign, width
    return best


def _shown(value: Any) -> str:
    """A value of a cell as a person sees it: whole numbers without a point, dates as ISO."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return "" if value is None else str(value)


def _ods_row(sheet: _Sheet, cells: list[tuple[int, str, dict[str, str]]]) -> list[str]:
    """The cells of a row from (times, text, attributes), each as often as it is repeated."""
    row: list[str] = []
    for times, text, stated in cells:
        if "formula" in stated:
            raise sheet.formula(sheet.number + 1, len(row), stated["formula"])
        shown = _ods_shown(text, stated)
        if shown and len(row) + times > COLUMNS:
            raise too_wide()
        row += [shown] * min(times, COLUMNS + 1)
        if len(row) > 4 * COLUMNS:
            row = row[: 4 * COLUMNS]  # what follows cannot be kept, and is refused if filled
    return row


def _ods_shown(text: str, stated: dict[str, str]) -> str:
    kind = stated.get("value-type")
    if kind == "float" and re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", stated.get("value", "")):
        return _shown(float(stated["value"]))
    if kind == "date" and "date-value" in stated:
        return stated["date-value"].removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean" and "boolean-value" in stated:
        return stated["boolean-value"].upper()
    return text or stated.get("string-value", "")
