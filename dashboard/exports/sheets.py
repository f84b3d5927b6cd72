"""The tables of a report as sheets: what stands in each cell, and the file."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.exports.office import clean, web
from dashboard.file_names import part_name
from dashboard.i18n import Texts, texts_of
from dashboard.report import Cell, Chart, Form, Report, Row, Table

PLAIN = Form()


@dataclass(frozen=True)
class Entry:
    """A value as a spreadsheet holds it: text, a number with its form, a date, or nothing."""

    value: str | float | dt.date | None
    form: Form = PLAIN
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


# What keeps words together on a page stands in the way of whoever looks a word up.
_PLAIN_SIGNS = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | dict.fromkeys("\u2010\u2011", "-")
    | {"\u00ad": None}
)


def plain(text: str) -> str:
    """Text fit for a cell, with plain spaces and hyphens.

    >>> plain("48\u00a0%, West\u2011Balkan")
    '48 %, West-Balkan'
    """
    return clean(text).translate(_PLAIN_SIGNS)


def columns(t: Texts, headers: Sequence[str], rows: Sequence[Row]) -> list[Column]:
    """The columns of a table, each followed by one of numbers or dates where its texts say more.

    No cell of a column of numbers holds words, and no cell more than one number.

    Where cells stand for a country, its code is the first column. A row that is too short is filled
    up; what stands beyond the last header is left out.
    """
    found = _codes(rows)
    for place, header in enumerate(headers):
        cells = [_cell(row[place]) if place < len(row) else Cell("") for row in rows]
        found += _columns(t, plain(header), cells)
    return found


def _codes(rows: Sequence[Row]) -> list[Column]:
    """The code of the country that each row is about, where any is; empty for the others."""
    codes = [
        next((cell.iso3 for cell in row if isinstance(cell, Cell) and cell.iso3), None)
        for row in rows
    ]
    return [Column("iso3", [Entry(code) for code in codes])] if any(codes) else []


def _cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def _columns(t: Texts, header: str, cells: Sequence[Cell]) -> list[Column]:
    if any(cell.figures for cell in cells):
        return _figures(cells)
    whole = [_whole(cell) for cell in cells]
    taken = [
        _taken(cell) if isinstance(entry.value, str) else None
        for cell, entry in zip(cells, whole, strict=True)
    ]
    counted = any(isinstance(entry.value, int | float) for entry in whole)
    if counted and any(isinstance(entry.value, str) for entry in whole):
        numbers, remarks = zip(*map(_apart, whole, taken), strict=True)
        remark = t("workbook.as_remark", column=header)
        return [Column(header, numbers), Column(remark, remarks)]
    if not any(taken):
        return [Column(header, whole)]
    texts = [Entry(plain(cell.text) or None, href=web(cell.href)) for cell in cells]
    values = [_apart(entry, found)[0] for entry, found in zip(whole, taken, strict=True)]
    dates = all(isinstance(each.value, dt.date) for each in values if each.value is not None)
    return [
        Column(header, texts),
        Column(t("workbook.as_date" if dates else "workbook.as_number", column=header), values),
    ]


def _figures(cells: Sequence[Cell]) -> list[Column]:
    """A column for each number that the texts of the cells show, by what it counts."""
    headers = dict.fromkeys(each.header for cell in cells for each in cell.figures)
    rows = [{each.header: each.value for each in cell.figures} for cell in cells]
    return [Column(plain(name), [_counted(row.get(name)) for row in rows]) for name in headers]


def _counted(value: float | None) -> Entry:
    return NOTHING if value is None else Entry(value, Form.of(value))


def _apart(entry: Entry, taken: Entry | None) -> tuple[Entry, Entry]:
    """(number, words) of a cell in a column of numbers: words get a column of their own."""
    return (taken or NOTHING, entry) if isinstance(entry.value, str) else (entry, NOTHING)


def _whole(cell: Cell) -> Entry:
    """What a cell is when its text is nothing but a number or a date; else its text."""
    text, href = plain(cell.text), web(cell.href)
    if not text.strip():
        return NOTHING
    value = _value(cell) if cell.alone else None
    return Entry(value.value, value.form, href) if value else Entry(text, href=href)


def _taken(cell: Cell) -> Entry | None:
    """The number or the date that a text shows among other words, None where it shows none."""
    return None if cell.alone or not plain(cell.text).strip() else _value(cell)


def _value(cell: Cell) -> Entry | None:
    """The date or the number that the text of a cell shows; None where it shows neither."""
    if day := _date(cell.sort):
        return Entry(day)
    number = _number(cell.sort)
    return None if number is None or cell.form is None else Entry(number, cell.form)


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


LONGEST = 31  # characters of a sheet's name, the most that Excel takes
_ROOM = LONGEST - 3  # of them, for what a number may follow
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\"<>|]+")  # in the name of a sheet
_NARROW, _BROAD = 8, 50  # characters; a longer text wraps


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns, and how many characters wide each of these is.

    One that is `headed` begins with the headers of its columns; the other with a title, and the
    first cell of each row below names it.
    """

    name: str
    columns: Sequence[Column]
    widths: Sequence[int]
    headed: bool = True

    def rows(self) -> Iterator[tuple[Entry, ...]]:
        """The rows below the headers."""
        return zip(*(column.entries for column in self.columns), strict=True)

    def lines(self) -> Iterator[int]:
        """How many lines each row needs, the headers first where there are any."""
        if self.headed:
            heads = [Entry(column.header) for column in self.columns]
            yield max(map(_lines, heads, [width - 4 for width in self.widths]))
        for row in self.rows():
            yield max(map(_lines, row, self.widths))


def sheets(report: Report) -> list[Sheet]:
    """Every sheet of the report in order: about, one per table and chart, sources, dictionary."""
    t = texts_of(report.language)
    all_of = tables_of(report)
    tables = dict(zip(_names(t, all_of), all_of, strict=True))
    made = [_sheet(name, columns(t, each.headers, each.rows)) for name, each in tables.items()]
    found = [_about(t, report, tables), *made]
    found += [sources(t, report)] if report.provenance.sources else []
    return [*found, dictionary(t, made)]


def tables_of(report: Report) -> list[Table]:
    """Every table of a report and the data of every chart, in order."""
    found = (b.table if isinstance(b, Chart) else b for b in report.blocks(Table, Chart))
    return [table for table in found if table.headers]


def _lines(entry: Entry, width: int) -> int:
    """The lines of a text in a column; a value that is no text is never wrapped."""
    if not isinstance(entry.value, str):
        return 1
    return sum(max(1, -(-len(line) // width)) for line in entry.value.split("\n"))


def _names(t: Texts, tables: Sequence[Table]) -> list[str]:
    """A fixed name for each sheet: that of its table, numbered where several have the same.

    In a language it stays the same in each release and choice, so that what is built on a sheet
    keeps working; the first sheet says what each is called.
    """
    names: list[str] = []
    for table in tables:
        name = " ".join(_FORBIDDEN.sub(" ", plain(part_name(t, table.key))).split())[:_ROOM]
        twin = sum(each == name or each.startswith(f"{name} ") for each in names)
        names.append(f"{name} {twin + 1}" if name in names else name)
    return names


def _sheet(name: str, columns: Sequence[Column], headed: bool = True) -> Sheet:
    return Sheet(name, columns, [_width(column) for column in columns], headed)


def _width(column: Column) -> int:
    """Wide enough for most of a column: numbers and dates whole, long texts wrapped."""
    texts = [e.value for e in column.entries if isinstance(e.value, str)]
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    dates = any(isinstance(entry.value, dt.date) for entry in column.entries)
    header = max(map(len, column.header.split()), default=0) + 4  # its button to filter
    return min(_BROAD, max(_NARROW, longest + 2, header, 20 if dates else 0))


def _about(t: Texts, report: Report, listed: Mapping[str, Table]) -> Sheet:
    """Name and value of all the report says of itself, then the list of sheets."""
    provenance = report.provenance
    rows: list[tuple[str, Entry, str]] = [(report.title, Entry(None), "")]
    rows.append((t("document.subject"), Entry(plain(report.subject)), ""))
    for place, sentence in enumerate(report.summary):
        rows.append((t("document.summary") if not place else "", Entry(plain(sentence)), ""))
    rows.append((t("document.as_of"), Entry(plain(provenance.as_of) or None), ""))
    for place, (control, chosen) in enumerate(provenance.filters):
        text = plain(f"{control}: {chosen}")
        rows.append((t("document.filters") if not place else "", Entry(text), ""))
    link = web(provenance.permalink)
    rows += [
        (t("document.borders"), Entry(plain(provenance.borders) or None), ""),
        (t("document.permalink"), Entry(plain(provenance.way) or None, href=link), ""),
        (t("document.release"), Entry(plain(provenance.identity)), ""),
        (t("document.made"), Entry(dt.date.fromisoformat(provenance.made)), ""),
    ]
    for place, (name, table) in enumerate(listed.items()):
        start = t("workbook.sheets") if not place else ""
        said = f"{name}: {table.title}" if not name.endswith(table.title) else name
        source = t("document.source", source=table.source) if table.source else ""
        rows.append((start, Entry(plain(said)), plain(source)))
    first = Column("", [Entry(plain(name) or None) for name, _, _ in rows])
    second = Column("", [entry for _, entry, _ in rows])
    third = Column("", [Entry(source or None) for _, _, source in rows])
    return Sheet(t("workbook.about"), [first, second, third], [24, 80, 60], headed=False)


def dictionary(t: Texts, tables: Sequence[Sheet]) -> Sheet:
    """What each column of each sheet holds, and how cells are written."""
    heads = [t(f"workbook.{name}") for name in ("sheet", "column", "kind", "filled", "meaning")]
    rows = [
        (
            sheet.name,
            column.header,
            t(f"workbook.kind_{_kind(column)}"),
            Cell(str(filled), filled, form=PLAIN),
            t("workbook.iso3")
            if column.header == "iso3"
            else t(f"workbook.meaning_{_kind(column)}"),
        )
        for sheet in tables
        for column in sheet.columns
        for filled in [sum(entry.value is not None for entry in column.entries)]
    ]
    return _sheet(t("workbook.dictionary"), columns(t, heads, rows))


def _kind(column: Column) -> str:
    """What most cells of a column hold: "number", "date" or "text"."""
    dates = sum(isinstance(entry.value, dt.date) for entry in column.entries)
    filled = sum(entry.value is not None for entry in column.entries)
    return "number" if column.numeric else "date" if dates * 2 > filled else "text"


def sources(t: Texts, report: Report) -> Sheet:
    """The documents that the report rests on."""
    headers = [
        t("document.release"),
        t("workbook.title"),
        t("workbook.date"),
        t("workbook.address"),
        t("workbook.note"),
    ]
    rows = [
        (
            source.called,
            source.title,
            Cell(t.date(source.date) if source.date else "", source.date),
            Cell(source.url, href=source.url),
            source.note,
        )
        for source in report.provenance.sources
    ]
    return _sheet(t("document.sources"), columns(t, headers, rows))
