"""Tables that were pasted into plain text, a row a line: from Word or Excel with tabs between the
cells, from a web page with bars or wide gaps, from Markdown and from drawings in signs.

Only a header that is known starts one, or several lines alike with tabs. A line that cannot be a
row is taken for the rest of the cell above, where a reader is asked about it, rather than lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from data.documents.cells import Flag, PrintedTable, is_title
from data.documents.footnotes import is_note
from data.documents.headers import columns_of
from data.documents.totals import is_total

Split = Callable[[str], list[str]]

_CHUNK = re.compile(r"\S+(?: \S+)*")
_RULER = re.compile(r"[\s|+:]*[-=_]{2,}[\s|+:=_-]*")
_DRAWN = str.maketrans({**dict.fromkeys("│┃║┆", "|"), **dict.fromkeys("─━═", "-")})
_CROSSINGS = str.maketrans(dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╞╪╡", "+"))
_PART = re.compile(
    r"(?:[\w-]+ |[\w-]+- en )?[\w-]*(?:afrika|amerika[’'`]?s?|azi[eë]|europa|oceani[eë]|oosten|"
    r"cara?[iï]b\w*|balkan|benelux|overige?|wereldwijd)(?:\s*(?:&|en|/|,)\s*[\w’' -]+)?",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_STRUCK = re.compile(r"~~(.+?)~~")
_BOLD = re.compile(r"(\*\*|__)(.+)\1")
_GOES_ON = re.compile(r"[-–—(/&+]|[a-z]")  # the second line of a label
_NUMBER = re.compile(r"\d+")
_MOST_TRIALS = 20_000  # of lines that might be a header
_MOST_LINES = 20  # of one quoted cell
_MOST_HEADER_LINES = 3
_LONGEST_PART = 60


@dataclass
class Pasted:
    """Looks for pasted tables in the lines of a text."""

    lines: Sequence[str]
    _trials: int = 0

    def table(self, place: int, title: str) -> tuple[PrintedTable, int] | None:
        """The table whose header stands on the line at `place`, and the first line behind it."""
        line = self.lines[place]
        if not line.strip() or self._trials > _MOST_TRIALS:
            return None
        indent = len(line) - len(line.lstrip("\t"))
        for split in (_Tabs(indent), _bars):
            if found := self._header(place, split):
                return self._read(found[0], found[1], split, title)
        chunks = [*_CHUNK.finditer(line.expandtabs())]
        if len(chunks) > 1 and (found := self._header(place, _chunks)):
            gaps = _Gaps([chunk.start() for chunk in chunks])
            below = next(filter(str.strip, self.lines[place + 1 : place + 4]), "")
            if len(gaps(below)) > 1 or _is_part(below) or _RULER.fullmatch(_plain(below)):
                return self._read(found[0], found[1], gaps, title)
        return self._other_table(place, title)

    def _header(self, place: int, split: Split) -> tuple[list[list[str]], int] | None:
        """The rows of a header that is known, and the first line behind it.

        A cell of it may be broken over lines.
        """
        most = _MOST_HEADER_LINES if isinstance(split, _Tabs) else 1
        for count in range(1, most + 1):
            more = self.lines[place + 1 : place + count]
            if any(not line.strip() or line.startswith("\t") for line in more):
                break
            text = "\n".join([self.lines[place], *more])
            cells = [_clean(cell) for cell in split(text)]
            if len(cells) < 2 and not (split is _bars and _is_framed(text)):
                continue
            self._trials += 1
            if columns_of([cells]):
                return [cells], place + count
        return None

    def _read(
        self, header: list[list[str]], place: int, split: Split, title: str
    ) -> tuple[PrintedTable, int]:
        reading = _Rows(self.lines, header, split)
        behind = reading.read(place)
        return reading.table(title), behind

    def _other_table(self, place: int, title: str) -> tuple[PrintedTable, int] | None:
        """Lines with as many tabs, two at least: a table of another kind."""
        count = self.lines[place].rstrip("\t").count("\t")
        if count < 2 or self.lines[place].startswith("\t"):
            return None
        behind = place
        while behind < len(self.lines) and self.lines[behind].count("\t") == count:
            behind += 1
        if behind < place + 2:
            return None
        rows = [[*map(str.strip, line.split("\t"))] for line in self.lines[place:behind]]
        return PrintedTable(title, tuple(map(tuple, rows))), behind


@dataclass
class _Rows:
    """The rows of a table so far."""

    lines: Sequence[str]
    rows: list[list[str]]
    split: Split
    _whole: bool = True  # whether nothing was added to the last row by a line of its own
    _lone: str = ""  # the line above, where it stood alone
    _ruled: bool = False  # whether a ruler stands above the line

    def __post_init__(self) -> None:
        self.width = len(self.rows[0])
        found = columns_of(self.rows)
        self._counts = bool(found and found.kind == "missions")
        self._first = len(self.rows)

    def read(self, place: int) -> int:
        """Take line after line; the first that is not of the table."""
        grid = self._is_grid(place)
        while place < len(self.lines):
            line = self.lines[place]
            if _RULER.fullmatch(_plain(line)):
                self._whole = self._ruled = True
            elif not line.strip():
                if "\t" not in line and not self._goes_on(place):
                    break
                if not grid:
                    self.rows.append([])
            else:
                text, more = (
                    _closed(self.lines, place) if isinstance(self.split, _Tabs) else (line, 0)
                )
                if not self._add(text, grid):
                    break
                place += more
            place += 1
        while len(self.rows) > self._first and not any(self.rows[-1]):
            self.rows.pop()
        return place

    def table(self, title: str) -> PrintedTable:
        """The table, with what is struck out in Markdown as marks."""
        flags = [
            Flag(at, column, "struck", struck[1])
            for at, row in enumerate(self.rows)
            for column, cell in enumerate(row)
            for struck in _STRUCK.finditer(cell)
        ]
        rows = (
            tuple(_STRUCK.sub(r"\1", cell).strip() for cell in row)
            + ("",) * (self.width - len(row))
            for row in self.rows
        )
        return PrintedTable(title, tuple(rows), tuple(flags))

    def _is_grid(self, place: int) -> bool:
        """Whether rulers stand between the rows, so that what lies between two is one row."""
        rulers = lines = 0
        for line in self.lines[place:]:
            if not line.strip() or (self.split is not _bars):
                break
            ruled = bool(_RULER.fullmatch(_plain(line)))
            rulers, lines = rulers + ruled, lines + (not ruled)
        return rulers > 2

    def _goes_on(self, place: int) -> bool:
        """Whether the table has rows below an empty line."""
        below = [line for line in self.lines[place : place + 6] if line.strip()]
        if below and _is_part(below[0]) and not self._is_row(below[0]):
            below = below[1:]
        return bool(below) and self._is_row(below[0])

    def _is_row(self, line: str) -> bool:
        cells = self.split(line)
        enough = len(cells) > 1 if isinstance(self.split, _Tabs) else len(cells) >= self.width
        return enough and not self._is_header(cells)

    def _is_header(self, cells: list[str]) -> bool:
        """Whether cells are the header of another table."""
        cleaned = [*map(_clean, cells)]
        return cleaned != self.rows[0] and len(cells) > 1 and columns_of([cleaned]) is not None

    def _add(self, line: str, grid: bool) -> bool:
        """Add a line; whether it is of the table."""
        cells = [*map(_clean, self.split(line))]
        last = self.rows[-1] if len(self.rows) > self._first else []
        if self._is_header(cells):
            return False
        if grid and not self._whole and any(last):
            self._join(last, cells)
            return True
        self._whole = not grid
        alone = len(cells) == 1 and self.width > 1
        ruled, self._ruled = self._ruled and bool(last), False
        if alone and not (self._alone(cells[0], last) and (not ruled or _is_part(cells[0]))):
            return False
        before, self._lone = self._lone, cells[0] if alone and not _is_part(cells[0]) else ""
        if before and len(cells) >= self.width > 1 and _GOES_ON.match(cells[0]):
            self._take_back(before)
            cells[0] = f"{before}\n{cells[0]}"
            last = []
        if alone and self._continues(cells[0], last):
            last[-1] = f"{last[-1]}\n{cells[0]}"
        elif isinstance(self.split, _Gaps) and not cells[0] and any(last):
            self._join(last, cells)
        elif (
            1 < len(cells) < self.width and len(last) + len(cells) - 1 == self.width > len(last) > 1
        ):
            last[-1] = f"{last[-1]}\n{cells[0]}"
            last += cells[1:]
        else:
            while len(cells) > self.width and not cells[-1]:
                cells.pop()
            if len(cells) > self.width:
                cells[self.width - 1 :] = [" | ".join(cells[self.width - 1 :])]
            self.rows.append(cells)
        return True

    def _take_back(self, lone: str) -> None:
        """Remove a line that proves to be the beginning of the row below it."""
        if self.rows[-1] == [lone]:
            self.rows.pop()
        else:
            self.rows[-1][-1] = self.rows[-1][-1].removesuffix(f"\n{lone}")

    def _alone(self, text: str, last: list[str]) -> bool:
        """Whether a line without cells may be of the table."""
        if is_title(text) or is_note(text):
            return False
        counted = self._counts and len(last) == self.width and _NUMBER.fullmatch(last[-1])
        return not counted or is_total(text)

    def _continues(self, text: str, last: list[str]) -> bool:
        """Whether a line is the rest of the cell above, and no row such as "Afrika"."""
        if isinstance(self.split, _Gaps) or not any(last) or is_total(text):
            return False
        return len(last) > 1 and not _is_part(text)

    @staticmethod
    def _join(last: list[str], cells: list[str]) -> None:
        last += [""] * (len(cells) - len(last))
        for at, cell in enumerate(cells):
            last[at] = "\n".join(filter(None, (last[at], cell)))


@dataclass
class _Tabs:
    """Cuts a line at its tabs, but for those that stand before every row of a table."""

    indent: int

    def __call__(self, line: str) -> list[str]:
        own = line[self.indent :] if line.startswith("\t" * self.indent) else line
        return [_unquoted(cell) for cell in own.split("\t")]


@dataclass
class _Gaps:
    """Cuts a line where it is wide: below the headings, or in as many pieces as there are."""

    starts: list[int]
    _near: int = field(default=1)

    def __call__(self, line: str) -> list[str]:
        chunks = [*_CHUNK.finditer(line.expandtabs())]
        places = [self._column(chunk.start()) for chunk in chunks]
        known = [place for place in places if place is not None]
        if len(chunks) >= len(self.starts):
            return [chunk[0] for chunk in chunks]
        if len({*known}) < len(chunks):  # which cell is missing cannot be told
            return [" | ".join(chunk[0] for chunk in chunks)]
        cells = [""] * (max(known, default=0) + 1)
        for place, chunk in zip(known, chunks, strict=True):
            cells[place] = chunk[0]
        return cells

    def _column(self, start: int) -> int | None:
        near = (at for at, own in enumerate(self.starts) if abs(own - start) <= self._near)
        return next(near, None)


def _chunks(line: str) -> list[str]:
    return [chunk[0] for chunk in _CHUNK.finditer(line.expandtabs())]


def _bars(line: str) -> list[str]:
    """The cells between bars, without those outside the frame."""
    plain = line.translate(_DRAWN).strip()
    cells = re.split(r"(?<!\\)\|", plain)
    if len(cells) > 1:
        cells = cells[not cells[0].strip() :]
        cells = cells[: len(cells) - (plain.endswith("|") and not cells[-1].strip())]
    return [cell.strip().replace(r"\|", "|") for cell in cells]


def _is_framed(line: str) -> bool:
    plain = line.translate(_DRAWN).strip()
    return len(plain) > 2 and plain.startswith("|") and plain.endswith("|")


def _plain(line: str) -> str:
    return line.translate(_DRAWN).translate(_CROSSINGS)


def _clean(cell: str) -> str:
    """A cell without what makes it bold, with its line breaks."""
    text = _BREAK.sub("\n", cell).strip()
    bold = _BOLD.fullmatch(text)
    return bold[2].strip() if bold else text


def _unquoted(cell: str) -> str:
    text = cell.strip()
    if len(text) > 1 and text.startswith('"') and text.endswith('"') and "\n" in text:
        return text[1:-1].replace('""', '"')
    return text


def _closed(lines: Sequence[str], place: int) -> tuple[str, int]:
    """A line with those that a quoted cell of it goes on over, and how many these are."""
    text = lines[place]
    last = text.rpartition("\t")[2].lstrip()
    if not last.startswith('"') or last.count('"') % 2 == 0:
        return text, 0
    for more, line in enumerate(lines[place + 1 : place + 1 + _MOST_LINES], start=1):
        text = f"{text}\n{line}"
        if re.match(r'[^"\t]*"(?:\t|$)', line):
            return text, more
        if '"' in line or "\t" in line:
            break
    return lines[place], 0


def _is_part(line: str) -> bool:
    """Whether a line names a part of the world, as stands alone above the rows of one."""
    return len(line) <= _LONGEST_PART and bool(_PART.fullmatch(_clean(line)))


def footnotes(text: str, tables: Sequence[PrintedTable]) -> Iterator[PrintedTable]:
    """The tables with the notes of Word, "[footnoteRef:3]" and "[3: words]", as marks."""
    notes = {found[1]: " ".join(found[2].split()) for found in _NOTE.finditer(text)}
    for table in tables:
        flags = list(table.flags)
        rows = []
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                for sign in _SIGN.finditer(cell):
                    flags.append(Flag(at, column, "note", notes.get(sign[1], f"[{sign[1]}]")))
            rows.append(tuple(map(_without_notes, row)))
        yield PrintedTable(table.title, tuple(rows), tuple(flags))


def _without_notes(cell: str) -> str:
    bare = _NOTE.sub("", _SIGN.sub("", cell))
    return cell if bare == cell else "\n".join(map(str.strip, bare.strip().split("\n")))


_SIGN = re.compile(r"\[footnoteRef:(\d{1,4})\]")
_NOTE = re.compile(r"\[(\d{1,4}):([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
