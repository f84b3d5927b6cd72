"""Excel workbooks (.xlsx, Strict Open XML too), sheet by sheet, a row in memory at a time."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from data.documents import package
from data.documents.blocks import cells_of, is_read
from data.documents.cells import Cells, LeftOut
from data.documents.excel_looks import (
    Look,
    Strings,
    children,
    local,
    looked_at,
    looks_of,
    runs,
    strikes,
    strikes_of,
    unescaped,
)
from data.documents.limits import COLUMNS, ROWS, refusal
from data.documents.sheets import (
    Area,
    Run,
    Sheet,
    SheetCell,
    area_of,
    cell_of,
    column_of,
    note_text,
    quoted,
)

_LAST = 1_048_576  # rows of a sheet
_EVERYWHERE = Area(1, 0, _LAST, COLUMNS)
_MOST_AREAS = 1_000  # whose colours depend on their cells; then all may
_TAGS = ("row", "col", "mergeCell", "autoFilter", "conditionalFormatting", "picture")
_SUM = re.compile(r"=?\s*(?:SUM\(|SUBTOTAL\((?:10)?9\s*[,;])\s*([^()]+?)\s*\)\s*", re.I)
_COLUMN_OF_TABLE = re.compile(r"(?P<table>[^\[\]]*)\[(?:\[#Data\],)?\[?(?P<column>[^\[\]#]+)\]?\]")
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?\d{1,7}")


def read(content: bytes) -> Cells:
    """The tables of every sheet that shows but the explanation; raises DataError."""
    package.check(content, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        book = _Book(packed)
        pages, hidden = [], []
        for name, part, shows in book.sheets():
            if not is_read(name):
                continue
            if shows:
                pages.append(_SheetReader(book, name, part).read().page())
            else:
                hidden += _SheetReader(book, name, part).beginning()
    return cells_of(pages, hidden)


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        main = self.related("", "officeDocument")
        if not main:
            raise package.damaged("xlsx")
        self._main = main[0]
        self.strings, self.looks = Strings(), [Look()]
        self.strikes: list[bool] = []  # of the looks that rules give
        for part in self._part_of_kind("sharedStrings"):
            with self.open(part) as file:
                self.strings = Strings.read(file)
        for part in self._part_of_kind("styles"):
            root = self.root(part)
            self.looks, self.strikes = looks_of(root) or self.looks, strikes_of(root)
        self._workbook = self.root(self._main)
        settings = next(children(self._workbook, "workbookPr"), None)
        later = settings is not None and settings.get("date1904") in ("1", "true")
        self.day_0 = datetime.datetime(1904, 1, 1) if later else datetime.datetime(1899, 12, 30)

    def _part_of_kind(self, kind: str) -> list[str]:
        """The part of the workbook of that kind; some programs name it nowhere."""
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        named = self.related(self._main, kind)
        return named[:1] or [usual] * (usual in self._packed.namelist())

    def sheets(self) -> Iterator[tuple[str, str, bool]]:
        """(name, part, whether it shows) of each sheet with cells; raises DataError."""
        kinds = {key: (kind, part) for key, kind, part in self.relations(self._main)}
        for pages in children(self._workbook, "sheets"):
            for page in children(pages, "sheet"):
                keys = [value for key, value in page.attrib.items() if key.endswith("}id")]
                kind, part = kinds.get(keys[0] if keys else "", ("", ""))
                if kind == "worksheet" or not kind:
                    if part not in self._packed.namelist():
                        raise package.damaged("xlsx")
                    shows = page.get("state", "visible") not in ("hidden", "veryHidden")
                    yield page.get("name", ""), part, shows

    def open(self, part: str) -> IO[bytes]:
        """A part of the file."""
        return self._packed.open(part)

    def root(self, part: str) -> Any:
        """The whole of a part."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(self._packed.read(part), parser)

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(key, kind, part) of what a part refers to within the file."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in self._packed.namelist():
            for each in children(self.root(path), "Relationship"):
                if each.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join(folder, each.get("Target", "")))
                    kind = each.get("Type", "").rpartition("/")[2]
                    yield each.get("Id", ""), kind, target.lstrip("/")

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to and that are there."""
        names = set(self._packed.namelist())
        return [
            target for _, own, target in self.relations(part) if own == kind and target in names
        ]


@dataclass(frozen=True)
class _List:
    """A table of Excel: where it stands, its columns by name, and whether it is filtered."""

    name: str
    area: Area
    columns: list[str]
    filtered: Area | None


@dataclass
class _SheetReader:
    book: _Book
    name: str
    part: str
    _number: int = 0
    _hidden: set[int] = field(default_factory=set)
    _filters: list[Area] = field(default_factory=list)
    _coloured: list[Area] = field(default_factory=list)  # where the ground is not known
    _white: dict[tuple[int, int], tuple[str, SheetCell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.name)
        self._lists = [self._list(part) for part in self.book.related(self.part, "table")]
        self._coloured += [each.area for each in self._lists]
        self._filters += [each.filtered for each in self._lists if each.filtered]

    def read(self) -> Sheet:
        """Read the whole sheet; raises DataError."""
        for element in self._elements():
            kind = local(element)
            if kind == "row":
                self._row(element)
            elif kind == "col":
                self._columns(element)
            elif kind == "mergeCell":
                self.sheet.merged += filter(None, [area_of(element.get("ref", ""))])
            elif kind == "autoFilter":
                self._filters += filter(None, [_filtered(element)])
            elif kind == "conditionalFormatting":
                self._rules(element)
            else:
                self._coloured.append(_EVERYWHERE)
        for row in self._hidden:
            filtered = any(area.top < row <= area.bottom for area in self._filters)
            self.sheet.hidden_rows[row] = "filtered_rows" if filtered else "hidden_rows"
        for place, cell in self._white.items():
            if not any(area.holds(*place) for area in self._coloured):
                self.sheet.unseen[place] = cell
        self._notes()
        return self.sheet

    def beginning(self) -> list[LeftOut]:
        """The first words of a sheet that does not show; nothing where it holds none."""
        for element in self._elements():
            if local(element) == "row":
                texts = [self._text(cell) for cell in children(element, "c")]
                if any(texts):
                    text = quoted(filter(None, texts))
                    return [LeftOut.on_sheet(self.sheet.name, "hidden_sheets", 1, text)]
        return []

    def _elements(self) -> Iterator[Any]:
        """Rows, columns and what else says how cells look, each gone when the next one comes."""
        with self.book.open(self.part) as file:
            tags = tuple(f"{{*}}{tag}" for tag in _TAGS)
            for _, element in etree.iterparse(
                file, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            ):
                yield element
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _columns(self, element: Any) -> None:
        if element.get("hidden") in ("1", "true") or element.get("width") in ("0", "0.0"):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            self.sheet.hidden_columns |= set(range(first - 1, min(last, COLUMNS)))

    def _rules(self, element: Any) -> None:
        """Where rules say how cells look; newer programs write the place and the look within."""
        place = element.get("sqref") or "".join(
            each.text or "" for each in children(element, "sqref")
        )
        areas = [*filter(None, map(area_of, place.split()[:_MOST_AREAS]))]
        self._coloured += areas
        if len(self._coloured) > _MOST_AREAS:
            self._coloured = [_EVERYWHERE]
        if any(map(self._strikes, children(element, "cfRule"))):
            self.sheet.ruled += areas
            if len(self.sheet.ruled) > _MOST_AREAS:
                self.sheet.ruled = [_EVERYWHERE]

    def _strikes(self, rule: Any) -> bool:
        number = rule.get("dxfId", "")
        known = number.isdecimal() and int(number) < len(self.book.strikes)
        named = known and self.book.strikes[int(number)]
        return named or any(map(strikes, children(rule, "dxf")))

    def _row(self, element: Any) -> None:
        stated = element.get("r")
        number = int(stated) if stated else self._number + 1
        if number <= self._number:
            raise package.damaged("xlsx")
        if number > _LAST:
            raise refusal("too_many_rows", most=ROWS)
        self._number = number
        hidden = element.get("hidden") in ("1", "true") or element.get("ht") in ("0", "0.0")
        if hidden and number <= ROWS:
            self._hidden.add(number)
            self.sheet.hidden_rows[number] = "hidden_rows"
        cells: dict[int, SheetCell] = {}
        at = -1
        for cell in children(element, "c"):
            named = _CELL.fullmatch(cell.get("r", ""))
            before, at = at, column_of(named[1]) if named else at + 1
            if at <= before:
                raise package.damaged("xlsx")
            found = self._cell(cell, number, at, cells)
            if found.text:
                cells[at] = found
        self.sheet.add(number, cells)

    def _cell(self, cell: Any, row: int, column: int, before: dict[int, SheetCell]) -> SheetCell:
        look, kind = self._look(cell), cell.get("t", "n")
        formula = next(children(cell, "f"), None)
        if self.sheet.hides(row, column):
            return SheetCell(self._text(cell))
        if formula is not None:
            self._sum(cell, formula, row, column, before)
        if kind == "e":
            value = self._text(cell)
            raise self.sheet.refused("cell_holds_error", row, column, value)
        pieces = self._runs(cell, look)
        made, unseen = cell_of(Run(run.text, run.struck, run.raised) for run in pieces)
        if look.hides(self._number_of(cell)) and made.text:
            self.sheet.unseen[row, column] = made.text, SheetCell()
        elif any(run.unseen and run.text.strip() for run in pieces):
            rest, unseen = cell_of(pieces)
            self._white[row, column] = unseen, rest
        return made

    def _sum(
        self, cell: Any, formula: Any, row: int, column: int, before: dict[int, SheetCell]
    ) -> None:
        """Raise DataError for a formula that is no sum of the numbers above a total."""
        text = formula.text or ""
        found = _SUM.fullmatch(text) if formula.get("t", "normal") == "normal" else None
        summed = self._summed(found[1], row, column) if found else None
        if self.sheet.sum(row, column, f"={text}", summed, before) and summed:
            self.sheet.check_sum(row, column, self._text(cell), summed)

    def _summed(self, name: str, row: int, column: int) -> Area | None:
        """The area that a sum names, "C2:C5" or a column of a table of Excel."""
        named = _COLUMN_OF_TABLE.fullmatch(name)
        for each in self._lists if named else ():
            place = column - each.area.left
            own = each.name == named["table"] if named and named["table"] else True
            holds = each.area.holds(row, column) and 0 <= place < len(each.columns)
            if own and holds and named and each.columns[place] == named["column"]:
                return Area(each.area.top + 1, column, row - 1, column)
        return area_of(name)

    def _look(self, cell: Any) -> Look:
        style = int(cell.get("s", 0))
        return self.book.looks[style] if style < len(self.book.looks) else Look()

    def _number_of(self, cell: Any) -> float | None:
        """The number in a cell; None for words."""
        value = next((each.text for each in children(cell, "v")), None)
        return float(value) if value and cell.get("t", "n") == "n" else None

    def _text(self, cell: Any) -> str:
        return "".join(run.text for run in self._runs(cell, self._look(cell))).strip()

    def _runs(self, cell: Any, look: Look) -> list[Run]:
        kind = cell.get("t", "n")
        value = next((each.text for each in children(cell, "v")), None)
        if kind == "inlineStr":
            pieces = [piece for each in children(cell, "is") for piece in runs(each)]
        elif kind == "s" and value:
            pieces = self.book.strings.items[int(value)]
        elif not value:
            pieces = []
        elif kind == "n":
            pieces = [(look.display_text(float(value), self.book.day_0), None)]
        elif kind == "b":
            pieces = [("TRUE" if value.strip() == "1" else "FALSE", None)]
        elif kind == "d":
            pieces = [(re.sub(r"T(?:00:00:00(?:\.0+)?Z?)?", " ", value).strip(), None)]
        else:
            pieces = [(unescaped(value), None)]
        return looked_at(pieces, look)

    def _list(self, part: str) -> _List:
        root = self.book.root(part)
        area = area_of(root.get("ref", "")) or Area(1, 0, 1, 0)
        columns = [
            unescaped(each.get("name"))
            for group in children(root, "tableColumns")
            for each in children(group, "tableColumn")
        ]
        filters = [*filter(None, map(_filtered, children(root, "autoFilter")))]
        name = root.get("displayName") or root.get("name", "")
        return _List(name, area, columns, filters[0] if filters else None)

    def _notes(self) -> None:
        """Hang each comment on its cell: of a thread every message, else the note itself."""
        notes: dict[str, list[str]] = {}
        for part in self.book.related(self.part, "comments"):
            root = self.book.root(part)
            authors = [
                unescaped(each.text) for group in children(root, "authors") for each in group
            ]
            for each in (each for group in children(root, "commentList") for each in group):
                number = int(each.get("authorId", -1))
                author = authors[number] if 0 <= number < len(authors) else ""
                said = "".join(text for item in children(each, "text") for text, _ in runs(item))
                notes[each.get("ref", "")] = [note_text(said, author)]
        threads: dict[str, list[str]] = {}
        for part in self.book.related(self.part, "threadedComment"):
            for each in children(self.book.root(part), "threadedComment"):
                said = "".join(unescaped(text.text) for text in children(each, "text"))
                threads.setdefault(each.get("ref", ""), []).append(said)
        for name, texts in (notes | threads).items():
            area, text = area_of(name), "\n".join(texts).strip()
            if area and text and area.top <= ROWS and area.left < COLUMNS:
                row = self.sheet.cells.get(area.top, {})
                cell = row.get(area.left, SheetCell())
                noted = SheetCell(cell.text, (*cell.flags, ("note", text)))
                self.sheet.cells[area.top] = {**row, area.left: noted}


def _filtered(element: Any) -> Area | None:
    """The area of a filter that hides rows."""
    return area_of(element.get("ref", "")) if len(element) else None
