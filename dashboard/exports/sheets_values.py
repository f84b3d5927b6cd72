"""Cells of a report as values of a spreadsheet: numbers and real dates, and text that stays text.

A cell becomes a number or a date where its text is nothing but that. Where the text says more
("2.345 km", "3, waarvan 1 gepland"), the whole column stays text and a column beside it has the
number, if the text shows it. What only sorts (a rank behind a word) never becomes a value.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.exports.office import clean, web
from dashboard.i18n import Words
from dashboard.report import Row
from dashboard.tables import Cell

_MINUS = str.maketrans("\u2212\u2013\u00a0\u202f", "--  ")
_MARKS = {"nl": (".", ","), "en": (",", ".")}  # of thousands, of decimals


@dataclass(frozen=True)
class Form:
    """How a number is shown: its decimals, thousands apart, a plus before it, as a percentage."""

    decimals: int = 0
    grouped: bool = False
    signed: bool = False
    percent: bool = False


@dataclass(frozen=True)
class Entry:
    """A value as a spreadsheet holds it: text, a number with its form, a date, or nothing."""

    value: str | float | dt.date | None
    form: Form = Form()
    href: str = ""


NOTHING = Entry(None)


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header and what stands below it."""

    header: str
    entries: Sequence[Entry]

    @property
    def numeric(self) -> bool:
        """Whether most of what it holds are numbers; its header then stands above them."""
        filled = [entry.value for entry in self.entries if entry.value is not None]
        return sum(isinstance(value, int | float) for value in filled) * 2 > len(filled)


def columns(t: Words, headers: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    """The columns of a table, each followed by one of numbers or dates where its texts say more.

    A row that is too short is filled up; what stands beyond the last header is left out.
    """
    found: list[Column] = []
    for place, header in enumerate(headers):
        cells = [_cell(row[place]) if place < len(row) else Cell("") for row in rows]
        found += _columns(t, clean(header), cells)
    return found


def _cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def _columns(t: Words, header: str, cells: Sequence[Cell]) -> list[Column]:
    whole = [_whole(t, cell) for cell in cells]
    taken = [
        _taken(t, cell) if isinstance(entry.value, str) else None
        for cell, entry in zip(cells, whole, strict=True)
    ]
    if not any(taken):
        return [Column(header, whole)]
    texts = [Entry(clean(cell.text) or None, href=web(cell.href)) for cell in cells]
    values = [
        entry if not isinstance(entry.value, str) else found or NOTHING
        for entry, found in zip(whole, taken, strict=True)
    ]
    dates = all(isinstance(each.value, dt.date) for each in values if each.value is not None)
    return [
        Column(header, texts),
        Column(t("workbook.as_date" if dates else "workbook.as_number", column=header), values),
    ]


def _whole(t: Words, cell: Cell) -> Entry:
    """What a cell is when its text is nothing but a number or a date; else its text."""
    text, href = clean(cell.text), web(cell.href)
    if not text.strip():
        return NOTHING
    if (day := _date(cell.sort)) and text.strip() in (cell.sort, t.date(day.isoformat())):
        return Entry(day, href=href)
    if (number := _number(cell.sort)) is not None:
        form = _form(t, text.strip(), number)
        if form:
            return Entry(number / 100 if _hundredfold(text, number, form) else number, form, href)
    return Entry(text, href=href)


def _taken(t: Words, cell: Cell) -> Entry | None:
    """The number or the date that a text shows among other words, None where it shows none."""
    text = clean(cell.text)
    if day := _date(cell.sort):
        return Entry(day) if t.date(day.isoformat()) in text or str(cell.sort) in text else None
    number = _number(cell.sort)
    if number is None:
        return None
    for piece in re.findall(r"[+\-\u2212\u2013]?\d[\d.,]*\d|[+\-\u2212\u2013]?\d", text):
        if form := _form(t, piece, number):
            return Entry(number, form)
    return None


def _date(sort: float | str | None) -> dt.date | None:
    """The day of an ISO date; None for anything else, a month or a year among them."""
    if not isinstance(sort, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", sort):
        return None
    try:
        return dt.date.fromisoformat(sort)
    except ValueError:
        return None


def _number(sort: float | str | None) -> float | None:
    if sort is None or isinstance(sort, str) or not math.isfinite(sort):
        return None
    return int(sort) if float(sort).is_integer() else float(sort)


def _form(t: Words, text: str, number: float) -> Form | None:
    """How a text shows this number; None where it shows another, or anything else."""
    thousands, point = _MARKS[t.language]
    pattern = (
        rf"(?P<sign>[+-]?)(?P<whole>\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)"
        rf"(?:{re.escape(point)}(?P<part>\d+))?(?P<percent> ?%)?"
    )
    found = re.fullmatch(pattern, text.translate(_MINUS).strip())
    if not found:
        return None
    part = found["part"] or ""
    read = float(f"{found['whole'].replace(thousands, '')}.{part or 0}")
    read = -read if found["sign"] == "-" else read
    form = Form(
        len(part), thousands in found["whole"], found["sign"] == "+", bool(found["percent"])
    )
    same = abs(read - number) <= 0.5000001 * 10 ** -len(part)
    share = form.percent and abs(read - number * 100) <= 0.5000001 * 10 ** -len(part)
    return form if same or share else None


def _hundredfold(text: str, number: float, form: Form) -> bool:
    """Whether a percentage was given as a number of hundreds ("25%" as 25 and not as 0.25)."""
    digits = re.sub(r"[^\d]", "", text) or "0"
    read = int(digits) / 10**form.decimals
    return form.percent and abs(read - abs(number)) <= 0.5000001 * 10**-form.decimals
