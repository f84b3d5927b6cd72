"""OpenDocument spreadsheets (.ods), a row in memory at a time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from data.documents import package
from data.documents.blocks import cells_of, is_read
from data.documents.calc_looks import Look, Looks
from data.documents.cells import Cells, LeftOut
from data.documents.limits import CELL, COLUMNS, ROWS, too_long, too_wide
from data.documents.odf import OFFICE, TABLE, TEXT
from data.documents.sheets import (
    EMPTY,
    Area,
    Page,
    Run,
    Sheet,
    SheetCell,
    area_of,
    cell_of,
    note_text,
    quoted,
)

_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_CELL, _COVERED = TABLE + "table-cell", TABLE + "covered-table-cell"
_TAGS = (
    *(TABLE + name for name in ("table", "table-row", "table-column")),
    *(OFFICE + name for name in ("styles", "automatic-styles")),
    _CALCEXT + "conditional-format",
)
_WITHOUT_WORDS = {
    *(TEXT + name for name in ("note", "ruby-text", "hidden-text", "tracked-changes")),
    OFFICE + "annotation",
}
_SUM = re.compile(
    r"(?:\w+:)?=\s*(?:SUM\(|SUBTOTAL\((?:10)?9;)\s*\[?\.?(\$?[A-Z]{1,3}\$?\d{1,7}):\.?"
    r"(\$?[A-Z]{1,3}\$?\d{1,7})\]?\s*\)",
    re.I,
)
_HYPHENS = str.maketrans({"\u2011": "-", "\u00ad": None})
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_OFF = ("collapse", "filter")


def read(content: bytes) -> Cells:
    """The tables of every sheet that shows but the explanation; raises DataError."""
    package.check(content, "ods")
    reader = _Reader()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in ("styles.xml", "content.xml"):
            if part in packed.namelist() or part == "content.xml":
                with packed.open(part) as file:
                    reader.read(file)
    return cells_of(reader.pages, reader.hidden)


@dataclass
class _Columns:
    """What the columns of a sheet say, as far as a sheet is read."""

    styles: list[str] = field(default_factory=list)

    def add(self, element: Any, hidden: bool, sheet: Sheet) -> None:
        """One more column, or several at once."""
        times = min(_times(element, "number-columns-repeated"), COLUMNS - len(self.styles))
        if hidden:
            sheet.hidden_columns |= set(range(len(self.styles), len(self.styles) + times))
        self.styles += [element.get(TABLE + "default-cell-style-name", "")] * times

    def style(self, column: int) -> str:
        """The style of a cell that names none."""
        return self.styles[column] if column < len(self.styles) else ""


class _Reader:
    """Goes through a file once and keeps what its sheets show."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.hidden: list[LeftOut] = []
        self._looks = Looks()
        self._depth = 0
        self._start("", shows=True)

    def _start(self, name: str, shows: bool) -> None:
        self._sheet, self._columns, self._number = Sheet(name), _Columns(), 0
        self._shows, self._beginning = shows, ""
        self._white: dict[tuple[int, int], tuple[str, SheetCell]] = {}
        self._coloured: list[Area] = []

    def read(self, part: Any) -> None:
        """Read the styles and the sheets of a part; raises DataError."""
        options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
        for event, element in etree.iterparse(part, ("start", "end"), tag=_TAGS, **options):
            if element.tag == TABLE + "table":
                self._depth += 1 if event == "start" else -1
                if event == "start" and self._depth == 1:
                    shows = self._looks.of("table", element.get(TABLE + "style-name")).shows
                    self._start(element.get(TABLE + "name", ""), shows)
                elif event == "end" and not self._depth:
                    self._finish()
            elif event == "end" and element.tag.startswith(OFFICE):
                self._looks.add(element)
            elif event == "end" and self._depth == 1 and is_read(self._sheet.name):
                self._element(element)
            if event == "end" and element.tag == TABLE + "table-row":
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _finish(self) -> None:
        if not is_read(self._sheet.name):
            return
        if self._shows:
            for place, cell in self._white.items():
                if not any(area.holds(*place) for area in self._coloured):
                    self._sheet.unseen[place] = cell
            self.pages.append(self._sheet.page())
        elif self._beginning:
            name = self._sheet.name
            self.hidden.append(LeftOut.on_sheet(name, "hidden_sheets", 1, self._beginning))

    def _element(self, element: Any) -> None:
        if element.tag == TABLE + "table-column":
            self._columns.add(element, self._is_hidden(element, "table-column"), self._sheet)
        elif element.tag == TABLE + "table-row":
            self._row(element)
        else:
            names = element.get(_CALCEXT + "target-range-address", "").split()
            areas = [*filter(None, map(_area, names))]
            self._coloured += areas
            looks = (each.get(_CALCEXT + "apply-style-name") for each in element)
            if any(self._looks.of("table-cell", look).struck for look in looks):
                self._sheet.ruled += areas

    def _is_hidden(self, element: Any, family: str) -> bool:
        """Whether a row or a column is hidden itself, by its group or by its size."""
        groups = element.iterancestors(TABLE + "table-row-group", TABLE + "table-column-group")
        return (
            element.get(TABLE + "visibility") in _OFF
            or any(group.get(TABLE + "display") == "false" for group in groups)
            or not self._looks.of(family, element.get(TABLE + "style-name")).shows
        )

    def _row(self, element: Any) -> None:
        times = _times(element, "number-rows-repeated")
        number = self._number + 1
        self._number += times
        if self._is_hidden(element, "table-row"):
            filtered = element.get(TABLE + "visibility") == "filter"
            kind = "filtered_rows" if filtered else "hidden_rows"
            rows = range(number, min(number + times, ROWS + 1))
            self._sheet.hidden_rows |= dict.fromkeys(rows, kind)
        style = element.get(TABLE + "default-cell-style-name", "")
        cells: dict[int, SheetCell] = {}
        at = 0
        for child in element:
            if child.tag not in (_CELL, _COVERED):
                continue
            repeated = _times(child, "number-columns-repeated")
            if child.tag == _CELL:
                self._spans(child, number, at)
                named = child.get(TABLE + "style-name") or style or self._columns.style(at)
                cell = self._cell(child, self._looks.of("table-cell", named), number, at, cells)
                if cell.text and at + repeated > COLUMNS:
                    raise too_wide()
                if cell != EMPTY:
                    places = range(at, min(at + repeated, COLUMNS))
                    cells |= dict.fromkeys(places, cell)
                    self._repeat_unseen((number, at), times, places)
            elif words := "".join(run.text for run in self._runs(child, Look())).strip():
                cells[min(at, COLUMNS)] = SheetCell(words)
            at += repeated
        if self._shows:
            self._sheet.add(number, cells, times)
        elif not self._beginning:
            self._beginning = quoted(cell.text for cell in cells.values() if cell.text)

    def _repeat_unseen(self, first: tuple[int, int], times: int, columns: range) -> None:
        """What is unseen of a cell is unseen of each of its copies."""
        rows = range(first[0], min(first[0] + times, ROWS + 1))
        for unseen in (self._sheet.unseen, self._white):
            if first in unseen:
                places = ((row, column) for row in rows for column in columns)
                unseen |= dict.fromkeys(places, unseen[first])

    def _spans(self, cell: Any, row: int, column: int) -> None:
        down, wide = (_times(cell, f"number-{each}-spanned") for each in ("rows", "columns"))
        if down > 1 or wide > 1:
            self._sheet.merged.append(Area(row, column, row + down - 1, column + wide - 1))

    def _cell(
        self, cell: Any, look: Look, row: int, column: int, before: dict[int, SheetCell]
    ) -> SheetCell:
        runs = self._runs(cell, look)
        printed = "".join(run.text for run in runs).strip()
        shown = _display_text(printed, cell)
        if not self._shows or self._sheet.hides(row, column):
            return SheetCell(shown or printed)
        formula = cell.get(TABLE + "formula")
        if formula is not None:
            self._sum(formula, shown, row, column, before)
        if cell.get(_CALCEXT + "value-type") == "error":
            raise self._sheet.refused("cell_holds_error", row, column, printed)
        if shown != printed:
            whole = runs[0] if runs else Run("")
            runs = [Run(shown, bool(runs) and all(run.struck for run in runs), False, whole.unseen)]
        made, _ = cell_of(Run(run.text, run.struck, run.raised) for run in runs)
        rest, unseen = cell_of(runs)
        if made.text and (look.hides_words or _is_blank(cell)):
            self._sheet.unseen[row, column] = made.text, EMPTY
        elif unseen and not look.has_conditions:
            self._white[row, column] = unseen, rest
        notes = tuple(("note", note) for note in filter(None, map(_note, cell)))
        return SheetCell(made.text, (*made.flags, *notes))

    def _sum(
        self, formula: str, value: str, row: int, column: int, before: dict[int, SheetCell]
    ) -> None:
        """Raise DataError for a formula that is no sum of the numbers above a total."""
        found = _SUM.fullmatch(formula)
        summed = area_of(f"{found[1]}:{found[2]}") if found else None
        if self._sheet.sum(row, column, formula, summed, before) and summed:
            self._sheet.check_sum(row, column, value, summed)

    def _runs(self, cell: Any, look: Look) -> list[Run]:
        """The paragraphs of a cell, a line each, piece by piece."""
        lines = [
            [*self._pieces(each, self._looks.of("paragraph", _style(each), look))]
            for each in cell
            if each.tag in (TEXT + "p", TEXT + "h")
        ]
        runs: list[Run] = []
        for line in lines:
            ground = look.ground
            runs += [Run("\n")] * bool(runs)
            for text, own in line:
                unseen = not own.shows or own.colour == ground
                runs.append(Run(text.translate(_HYPHENS), own.struck, own.raised, unseen))
        return runs

    def _pieces(self, element: Any, look: Look) -> Iterator[tuple[str, Look]]:
        yield _collapsed(element.text), look
        for child in element:
            if child.tag == TEXT + "s":
                spaces = _times(child, "c", TEXT)
                if spaces > CELL:
                    raise too_long()
                yield " " * spaces, look
            elif child.tag in (TEXT + "tab", TEXT + "line-break"):
                yield ("\t" if child.tag == TEXT + "tab" else "\n"), look
            elif isinstance(child.tag, str) and child.tag not in _WITHOUT_WORDS:
                yield from self._pieces(child, self._looks.of("text", _style(child), look))
            yield _collapsed(child.tail), look


def _style(element: Any) -> str | None:
    return element.get(TEXT + "style-name")  # type: ignore[no-any-return]


def _times(element: Any, name: str, space: str = TABLE) -> int:
    """How often something counts; once where it does not say."""
    stated = element.get(space + name, "1")
    return max(1, int(stated)) if re.fullmatch(r"\d{1,9}", stated) else 1


def _collapsed(text: str | None) -> str:
    """White space in the XML is one space; any more of it is written as an element."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _note(element: Any) -> str:
    """The words of a comment, without who wrote it and when."""
    if element.tag != OFFICE + "annotation":
        return ""
    author = "".join(each.text or "" for each in element.iter(_CREATOR))
    lines = ("".join(each.itertext()) for each in element.iter(TEXT + "p"))
    return note_text("\n".join(lines), author)


def _is_blank(cell: Any) -> bool:
    """Whether a cell holds a number of which its format shows nothing."""
    words = [each for each in cell if each.tag == TEXT + "p"]
    kind = cell.get(OFFICE + "value-type", "string")
    return kind != "string" and bool(words) and not any("".join(each.itertext()) for each in words)


def _display_text(text: str, cell: Any) -> str:
    """A value as a person sees it: whole numbers without a point, dates as ISO."""
    kind = cell.get(OFFICE + "value-type")
    value = cell.get(OFFICE + "value", "")
    if kind == "float" and _NUMBER.fullmatch(value):
        number = float(value)
        if not number.is_integer():
            return repr(number)
        padded = re.fullmatch(r"0\d+", text) and int(text) == number
        return text if padded else str(int(number))
    date = cell.get(OFFICE + "date-value")
    if kind == "date" and date:
        return str(date).removesuffix("T00:00:00").replace("T", " ")
    truth = cell.get(OFFICE + "boolean-value")
    if kind == "boolean" and truth:
        return str(truth).upper()
    return text or str(cell.get(OFFICE + "string-value", "")).strip()


def _area(name: str) -> Area | None:
    """The area that "Sheet.A1:Sheet.C5" names."""
    return area_of(":".join(part.rpartition(".")[2] for part in name.split(":")))
