"""A sheet while it is read: its cells by place, what is hidden of them, what is merged.

`delimited`, `excel` and `calc` fill it from a file; `blocks` makes tables of the rows it shows.
Formulas are refused, but for one sum in a row of the total: a figure must be in the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from data.documents.cells import LeftOut
from data.documents.limits import (
    CELL,
    COLUMNS,
    ROWS,
    refusal,
    too_long,
    too_wide,
)
from data.documents.totals import is_total
from geo.errors import DataError

QUOTED = 80  # signs of what is left out
# "-Politiemedewerker" is a word; "-A1+B1", "+SUM(" and "-cmd|" are not.
_FORMULA = re.compile(r"[=@]|[+-](?:[=@(]|\$?[A-Za-z]{1,3}\$?\d|[A-Za-z]+\s*[(!|:+*/^-])")
_SIGN = r"(?:\d{1,3}|[*†‡§¶]{1,4}|[^\W\d_]|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})"
_RAISED = re.compile(rf"\s*[(\[]?{_SIGN}(?:[,;\s]+{_SIGN})*[)\],;.]?\s*")
_AUTHOR = re.compile(r"[^\n:]{1,60}:\n")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """The words of a cell and its marks, (kind, text) as in `Flag`.

    `covered`: the cell is one with the cell above.
    """

    text: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    covered: bool = False


EMPTY = SheetCell()
Row = tuple[SheetCell, ...]


@dataclass(frozen=True)
class Area:
    """Rows and columns of a sheet, both ends included; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in the area."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Page:
    """What a sheet shows: its name, its rows from the first on, and what it does not show."""

    name: str
    rows: list[Row]
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class Sheet:
    """The filled cells of a sheet by row and column, as `Area` counts them."""

    name: str
    cells: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden_rows: dict[int, str] = field(default_factory=dict)  # with the kind of `LeftOut`
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    ruled: list[Area] = field(default_factory=list)  # where a rule may strike words out
    # Cells whose words nobody sees, as those words and as the cell without them.
    unseen: dict[tuple[int, int], tuple[str, SheetCell]] = field(default_factory=dict)

    def add(self, row: int, cells: Mapping[int, SheetCell], times: int = 1) -> None:
        """One more row, `times` over; raises DataError for a formula and over the limits."""
        filled = {at: cell for at, cell in cells.items() if cell.text or cell.flags}
        if not any(cell.text for cell in filled.values()):
            times = 1
        if filled and row + times - 1 > ROWS:
            raise refusal("too_many_rows", most=ROWS)
        for at, cell in filled.items():
            if not cell.text:
                continue
            if at >= COLUMNS:
                raise too_wide()
            if len(cell.text) > CELL:
                raise too_long(self.place, row, letters(at))
            if _FORMULA.match(cell.text) and not self.hides(row, at):
                raise self.formula(row, at, cell.text)
        if filled:
            for each in range(row, row + times):
                self.cells[each] = filled

    def hides(self, row: int, column: int) -> bool:
        """Whether a cell lies in a hidden row or column."""
        return row in self.hidden_rows or column in self.hidden_columns

    @property
    def place(self) -> str:
        """The sheet in the words of an error."""
        return f"sheet {self.name}" if self.name else ""

    def formula(self, row: int, column: int, text: str) -> DataError:
        """The refusal of a formula in that row and column."""
        return self.refused("cell_holds_formula", row, column, text)

    def refused(self, code: str, row: int, column: int, text: str) -> DataError:
        """The refusal of what stands in that row and column."""
        return refusal(code, self.place, row, letters(column), text)

    def sum(
        self,
        row: int,
        column: int,
        formula: str,
        summed: Area | None,
        before: Mapping[int, SheetCell],
    ) -> bool:
        """Whether the row is one of a total, and `summed` lies above this cell in its column.

        `before` are the cells before it in its row. Raises DataError for any other formula.
        """
        first = next((cell.text for _, cell in sorted(before.items()) if cell.text), "")
        own = summed and summed.left == summed.right == column and summed.bottom < row
        if not own or not is_total(first):
            raise self.formula(row, column, formula)
        return True

    def check_sum(self, row: int, column: int, value: str, summed: Area) -> None:
        """Raise DataError unless a sum that is kept in the file is that of the numbers above."""
        if not value or not _NUMBER.fullmatch(value):
            return
        rows = range(max(1, summed.top), min(ROWS, summed.bottom) + 1)
        texts = {each: self.cells.get(each, {}).get(column, EMPTY).text for each in rows}
        numbers = {each: float(text) for each, text in texts.items() if _NUMBER.fullmatch(text)}
        shown = sum(number for each, number in numbers.items() if each not in self.hidden_rows)
        if not any(abs(float(value) - total) < 1e-6 for total in (shown, sum(numbers.values()))):
            raise self.refused("sum_differs", row, column, value)

    def page(self) -> Page:
        """The rows that a reader of the sheet sees, merged cells in each row they cover."""
        self._check_rules()
        left_out = [*self._without_unseen()]
        left_out += [*self._spread(), *self._hidden()]
        shown = [at for at in range(COLUMNS) if at not in self.hidden_columns]
        rows: list[Row] = []
        for number in range(1, max(self.cells, default=0) + 1):
            if number in self.hidden_rows:
                continue
            cells = self.cells.get(number, {})
            rows.append(_trimmed(tuple(cells.get(at, EMPTY) for at in shown)))
        while rows and not rows[-1]:
            rows.pop()
        return Page(self.name, rows, tuple(left_out))

    def _check_rules(self) -> None:
        """Raise DataError for words that a rule may strike out: only the program knows whether."""
        for row, cells in sorted(self.cells.items() if self.ruled else ()):
            for at, cell in sorted(cells.items()):
                ruled = any(area.holds(row, at) for area in self.ruled)
                if ruled and cell.text and not self.hides(row, at):
                    raise self.refused("struck_by_rule", row, at, cell.text)

    def _without_unseen(self) -> Iterator[LeftOut]:
        words = []
        for (row, column), (text, rest) in sorted(self.unseen.items()):
            cells = self.cells.get(row, {})
            self.cells[row] = {**cells, column: rest}
            if not self.hides(row, column):
                words.append(text)
        if words:
            yield LeftOut.on_sheet(self.name, "hidden_text", len(words), quoted(words[:1]))

    def _spread(self) -> Iterator[LeftOut]:
        """Put the words of merged cells in the first column of every row that shows them.

        Words of the cells that they cover are left out.
        """
        lost: list[str] = []
        last, covered = max(self.cells, default=0), 0
        for area in self.merged:
            words = self.cells.get(area.top, {}).get(area.left, EMPTY)
            rows = range(area.top, min(area.bottom, last) + 1)
            columns = range(area.left, min(area.right, COLUMNS - 1) + 1)
            covered += len(rows) * len(columns)
            if covered > ROWS * COLUMNS:
                raise refusal("merged_cells_overlap")
            seen = [at for at in columns if at not in self.hidden_columns] or [area.left]
            first = next((row for row in rows if row not in self.hidden_rows), area.top)
            for row in rows:
                below = row > first
                rest = replace(EMPTY, covered=below)
                cells = dict(self.cells.get(row, {}))
                lost += [
                    cells[at].text
                    for at in columns
                    if at in cells and cells[at].text and (row, at) != (area.top, area.left)
                ]
                cells |= dict.fromkeys(columns, rest)
                if row == first:
                    cells[seen[0]] = words
                elif below and row not in self.hidden_rows:
                    flags = (*words.flags, ("merged", "")) if words.text else ()
                    cells[seen[0]] = SheetCell(words.text, flags, covered=True)
                self.cells[row] = cells
        if lost:
            yield LeftOut.on_sheet(self.name, "hidden_text", len(lost), quoted(lost[:1]))

    def _hidden(self) -> Iterator[LeftOut]:
        for kind in ("hidden_rows", "filtered_rows"):
            rows = [
                [cell.text for _, cell in sorted(self.cells[row].items()) if cell.text]
                for row in sorted(self.cells)
                if self.hidden_rows.get(row) == kind
            ]
            rows = list(filter(None, rows))
            if rows:
                yield LeftOut.on_sheet(self.name, kind, len(rows), quoted(rows[0]))
        columns: dict[int, list[str]] = {}
        for row in sorted(self.cells):
            for at, cell in self.cells[row].items():
                if at in self.hidden_columns and row not in self.hidden_rows and cell.text:
                    columns.setdefault(at, []).append(cell.text)
        if columns:
            text = quoted(columns[min(columns)])
            yield LeftOut.on_sheet(self.name, "hidden_columns", len(columns), text)


def raised_sign(text: str) -> bool:
    """Whether raised text looks like the sign of a note: digits, stars, daggers, one letter."""
    return bool(_RAISED.fullmatch(text))


@dataclass(frozen=True)
class Run:
    """A piece of the text of a cell in one look."""

    text: str
    struck: bool = False
    raised: bool = False
    unseen: bool = False


def cell_of(runs: Iterable[Run]) -> tuple[SheetCell, str]:
    """The cell that pieces of text make up, and what of it nobody sees."""
    runs = list(runs)
    if len(runs) == 1 and not (runs[0].struck or runs[0].unseen):
        return SheetCell(runs[0].text.strip()), ""
    unseen = "".join(run.text for run in runs if run.unseen).strip()
    runs = [run for run in runs if run.text and not run.unseen]
    whole = all(run.raised for run in runs if run.text.strip())
    flags: list[tuple[str, str]] = []
    text, before = "", ""
    for run in runs:
        kind = "struck" if run.struck and run.text.strip() else ""
        if run.raised and not whole and raised_sign(run.text):
            flags.append(("raised", run.text.strip()))
            continue
        if kind and before == kind:
            flags[-1] = (kind, flags[-1][1] + run.text)
        elif kind:
            flags.append((kind, run.text))
        text, before = text + run.text, kind
    stripped = tuple((kind, words.strip()) for kind, words in flags)
    return SheetCell(text.strip(), stripped), unseen


def note_text(text: str, author: str = "") -> str:
    """The words of a comment, without the name of who wrote it on its first line."""
    own = text.removeprefix(f"{author}:") if author else text
    return _AUTHOR.sub("", own.strip()).strip()


def quoted(texts: Iterable[str]) -> str:
    """The beginning of what is left out, on one line."""
    line = " ".join(" | ".join(texts).split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}…"


def letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def column_of(name: str) -> int:
    """The number of a column: the other way round.

    >>> column_of("A"), column_of("AA")
    (0, 26)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def area_of(name: str) -> Area | None:
    """The area that "B2:C5" or "$B$2" names; None for anything else.

    >>> area_of("B2:$C$5")
    Area(top=2, left=1, bottom=5, right=2)
    """
    found = re.fullmatch(
        r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?", name.strip()
    )
    if not found:
        return None
    left, right = column_of(found[1]), column_of(found[3] or found[1])
    top, bottom = int(found[2]), int(found[4] or found[2])
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _trimmed(row: Row) -> Row:
    """Without the empty cells at its end; a row without any is empty."""
    filled = [at for at, cell in enumerate(row) if cell.text or cell.flags or cell.covered]
    return row[: filled[-1] + 1] if filled else ()
