"""Parts of tables, as they stand on one page each, become whole tables.

A page break ends a part, not the table: a header printed again is left out, and a row that was cut
is made whole where that is plain. Where it is not, both halves stay: a row too many is seen in
review, two rows made one are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from data.documents.cells import Flag, PrintedTable
from data.documents.headers import kind_of
from data.documents.pdf.lines import Word, in_lines, join
from data.documents.pdf.tags import TaggedTable

MERGED = ("merged", "")  # mark of a cell that is one with the cell above
_CLOSED = re.compile(r"[.;!?)]$")
_OPEN = re.compile(r"[-–/,(&]$")
_GOES_ON = re.compile(r"^(?:[a-zà-ÿ]+(?=[\s,.;)]|$)|[/,()&])")
_SMALL = re.compile(  # words that stand between names, and are no end of one
    r"(?:en|of|de|het|der|den|van|voor|in|met|te|ten|ter|op|per|uit|als|naar|tot|door|bij|aan|om"
    r"|vanaf|vanuit|sinds|tijdens|behalve|excl|incl|inclusief|exclusief|tijdelijk|zie|niet|geen"
    r"|m\.?u\.?v|and|et|la|le|du)\b"
)
_NUMBER = re.compile(r"^[\d.,*]*$")


@dataclass(frozen=True)
class Cell:
    """Text of a cell; how much room its last line leaves, and how much its first word takes."""

    text: str
    room: float = 0.0
    first: float = 0.0
    flags: tuple[tuple[str, str], ...] = ()  # kind and text, see `Mark`


@dataclass(frozen=True)
class Row:
    """A row of cells; a banner is one cell over all columns."""

    cells: tuple[Cell, ...]
    banner: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as a printed row."""
        return tuple(cell.text for cell in self.cells)


@dataclass
class Part:
    """The rows of one table on one page, between `top` and `bottom`; `edges` of its columns."""

    rows: list[Row]
    edges: tuple[float, ...]
    top: float
    bottom: float
    ruled: bool = True
    boxes: Sequence[tuple[float, float, float, float]] = ()  # (left, top, right, bottom) of cells
    open_top: bool = False  # no line above the first row
    open_bottom: bool = False  # no line below the last row

    def holds(self, word: Word) -> bool:
        """Whether a word stands in one of the drawn cells."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        inside = self.edges[0] <= x <= self.edges[-1] and self.top <= y <= self.bottom
        return inside and any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in self.boxes)


@dataclass
class Notes:
    """What the foot of each page, or the end of the document, says behind which sign."""

    found: list[tuple[int, str, str]] = field(default_factory=list)  # page, sign, text

    def of(self, signs: str, page: int) -> list[str]:
        """The notes behind `signs`: those of the page, else those of the only page with such."""
        texts = []
        for sign in filter(None, (plain_sign(each) for each in signs.split(","))):
            notes = [(at, text) for at, name, text in self.found if name == sign]
            here = [text for at, text in notes if at == page]
            texts += (here or [text for _, text in notes if len(notes) == 1])[:1]
        return texts


def plain_sign(sign: str) -> str:
    """A sign without its brackets."""
    return sign.strip("()[],. ")


@dataclass
class Tagged:
    """The rows of a tagged table that stand on one page, by their numbers, and their words."""

    number: int
    rows: dict[int, Row]
    words: Sequence[Word]

    @property
    def top(self) -> float:
        """Top edge of its words, in points from the top of the page."""
        return min(word.top for word in self.words)

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a place is between its words, or that near to them."""
        left, right = min(word.x0 for word in self.words), max(word.x1 for word in self.words)
        bottom = max(word.bottom for word in self.words)
        wide = left - margin <= x <= right + margin
        return wide and self.top - margin <= y <= bottom + margin


def tagged_rows(table: TaggedTable, tokens: Sequence[Word]) -> dict[int, Row] | None:
    """Rows of `table` by number, as far as their words stand on a page; empty ones between too.

    The numbers are even, and odd for an empty row that the tags leave out. None where it cannot
    be told in which column a cell stands.
    """
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in tokens:
        cells.setdefault(word.place[1:], []).append(word)
    short, above = table.short(), table.above()
    if short and above:
        return None
    if any(number in short for number, _ in cells):
        moved = _in_columns(cells, short, table.width)
        if moved is None:
            return None
        cells = moved
    numbers = sorted({row for row, _ in cells})
    ends = _ends(cells, table.width)
    rows = {}
    for number in range(numbers[0], numbers[-1] + 1):
        own = []
        for column in range(table.width):
            at = (number, column)
            if at in above and at not in cells:
                made = cell(cells.get(above[at], ()), ends[column])
                own.append(Cell(made.text, flags=(*made.flags, MERGED)))
            else:
                own.append(cell(cells.get(at, ()), ends[column]))
        filled = [place for place, each in enumerate(own) if each.text]
        alone = filled == [0] and table.width > 1 and len(table.rows[number]) == 1
        if any(each.text and MERGED not in each.flags for each in own) or not filled:
            rows[2 * number] = Row(tuple(own), alone and number not in short)
    if table.width == 1:
        rows |= dict.fromkeys(_empty_rows(cells), Row((Cell(""),)))
    return rows


def _ends(cells: dict[tuple[int, int], list[Word]], width: int) -> list[float]:
    """How far the words of each column reach; infinite where one word alone reaches so far."""
    ends = []
    for column in range(width):
        words = [word for (_, at), own in cells.items() if at == column for word in own]
        reach = max((word.x1 for word in words), default=0.0)
        many = sum(word.x1 > reach - 0.5 * word.size for word in words)
        ends.append(reach if many > 1 else float("inf"))
    return ends


def _empty_rows(cells: dict[tuple[int, int], list[Word]]) -> list[int]:
    """The numbers of empty rows in a table of one column, where they set groups apart."""
    ordered = [words for _, words in sorted(cells.items(), key=lambda item: item[0])]
    numbers = sorted(row for row, _ in cells)
    gaps = [
        min(word.top for word in new) - max(word.bottom for word in old)
        for old, new in pairwise(ordered)
    ]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    return [
        2 * number - 1
        for number, gap, words in zip(numbers[1:], gaps, ordered[1:], strict=True)
        if gap - usual > 0.8 * words[0].size
    ]


def _in_columns(
    cells: dict[tuple[int, int], list[Word]], short: set[int], width: int
) -> dict[tuple[int, int], list[Word]] | None:
    """Cells of rows that lack some put in the column above or below which they stand."""
    spans: dict[int, tuple[float, float]] = {}
    for (row, column), words in cells.items():
        if row not in short:
            left, right = spans.get(column, (float("inf"), float("-inf")))
            spans[column] = (
                min(left, *(word.x0 for word in words)),
                max(right, *(word.x1 for word in words)),
            )
    if len(spans) < width:
        return None
    moved = {at: words for at, words in cells.items() if at[0] not in short}
    for (row, _), words in sorted(cells.items(), key=lambda item: item[0]):
        if row not in short:
            continue
        left, right = min(word.x0 for word in words), max(word.x1 for word in words)
        shared = {
            column: min(right, span[1]) - max(left, span[0]) for column, span in spans.items()
        }
        column = max(shared, key=lambda one: shared[one])
        others = [each for each in shared if each != column and shared[each] > 0]
        if shared[column] <= 0 or others or (row, column) in moved:
            return None
        moved[row, column] = words
    return moved


@dataclass
class Table:
    """A table while its parts come in."""

    title: str
    head: Row
    edges: tuple[float, ...]
    ruled: bool
    rows: list[Row] = field(default_factory=list)
    closed: bool = False  # it has a line above its header, so an open side tells of a cut row
    open_bottom: bool = False  # no line below its last row
    pages: list[int] = field(default_factory=list)  # of the header and of each row

    @property
    def header(self) -> tuple[str, ...]:
        """The words of its header."""
        return self.head.texts

    def stands_on(self, page: int) -> None:
        """Keep the page of the rows that were added."""
        self.pages += [page] * (1 + len(self.rows) - len(self.pages))

    def printed(self, notes: Notes) -> PrintedTable:
        """The whole table, header first, with the notes that hang on its cells."""
        rows = (self.head, *self.rows)
        flags = []
        for place, (row, page) in enumerate(zip(rows, self.pages, strict=True)):
            for column, own in enumerate(row.cells):
                for kind, text in own.flags:
                    if kind == "merged" and not own.text:
                        continue
                    flags.append(Flag(place, column, kind, text))
                    for note in notes.of(text, page) if kind == "raised" else ():
                        flags.append(Flag(place, column, "note", note))
        return PrintedTable(self.title, tuple(row.texts for row in rows), tuple(flags))

    def add(self, rows: Sequence[Row], open_top: bool = False) -> None:
        """Rows from a further page, the first of them perhaps the rest of the last row.

        It is for certain where no line is drawn below the one nor above the other.
        """
        rows = [row for row in rows if not same(row.texts, self.header)]
        cut = self.closed and self.open_bottom and open_top
        if rows and self.rows and (cut or _continues(self.rows[-1], rows[0])):
            self.rows[-1] = merged(self.rows[-1], rows[0])
            rows = rows[1:]
        if len(rows) > 1 and self.rows:
            rows[0] = _still_merged(self.rows[-1], rows[0], rows[1])
        for row in rows:
            self.rows.append(with_merged(row, self.rows[-1]) if self.rows else row)

    def fits(self, part: Part) -> bool:
        """Whether `part` has the columns of this table (odd and even pages may be shifted)."""
        if part.ruled != self.ruled or len(part.edges) != len(self.edges):
            return False
        shift = part.edges[0] - self.edges[0]
        pairs = zip(part.edges, self.edges, strict=True)
        return all(abs(new - old - shift) < 6 for new, old in pairs)


def cell(tokens: Sequence[Word], right: float) -> Cell:
    """The cell that holds `tokens`, its text ending at most at `right`."""
    lines = in_lines(tokens)
    if not lines:
        return Cell("")
    texts = [" ".join(word.text for word in line) for line in lines]
    for place in range(len(lines) - 1, 0, -1):
        if _is_cut(lines[place - 1], lines[place][0], right):
            texts[place - 1 : place + 1] = [texts[place - 1] + texts[place]]
    text = join(texts)
    first = lines[0][0].x1 - lines[0][0].x0
    return Cell(text, right - lines[-1][-1].x1, first, _flags(lines))


def _is_cut(above: Sequence[Word], word: Word, right: float) -> bool:
    """Whether `word` is the end of the word above it, that was longer than its cell is wide.

    Such a word stands alone on its line, and leaves no room for another letter.
    """
    last = above[-1]
    letter = (word.x1 - word.x0) / len(word.text)
    inside = last.text[-1].isalpha() and word.text[0].islower() and not _SMALL.match(word.text)
    return inside and len(above) == 1 and last.x1 > right - letter - 1


def _flags(lines: Sequence[Sequence[Word]]) -> tuple[tuple[str, str], ...]:
    """What words of a cell show beside themselves: that they are struck out, and raised signs."""
    words = [word for line in lines for word in line]
    struck: list[str] = []
    raised = [("raised", sign) for word in words for sign in word.signs]
    before = False
    for word in words:
        if word.struck and before:
            struck[-1] += f" {word.struck}"
        elif word.struck:
            struck.append(word.struck)
        before = bool(word.struck)
    return (*(("struck", text) for text in struck), *raised)


def goes_on(above: str, text: str) -> bool:
    """Whether `text` plainly goes on from the text `above`, in the middle of a sentence."""
    return bool(_OPEN.search(above) or _GOES_ON.match(text))


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows print the same words, whatever their line breaks."""
    return [text.split() for text in one] == [text.split() for text in other]


def split(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of a grid, cut where a known header opens another table."""
    pieces: list[list[Row]] = [[]]
    header: tuple[str, ...] = ()
    for row in rows:
        if not row.banner and kind_of(row.texts) and not same(row.texts, header):
            header = row.texts
            pieces.append([])
        pieces[-1].append(row)
    return [piece for piece in pieces if piece]


def _continues(last: Row, row: Row) -> bool:
    """Whether `row`, the first of a page, is the rest of `last`, the last of the page before.

    Sure signs only. A word is cut, or goes on in small letters, or the first cell is empty and
    what stands in the others goes on from filled cells; or the last line was so full that the
    next word had to go to the next line, in every cell that goes on.
    """
    filled = [place for place, text in enumerate(row.texts) if text]
    if last.banner or row.banner or not filled or not all(last.texts[place] for place in filled):
        return False
    if any(_NUMBER.match(row.texts[place]) for place in filled):
        return False
    pairs = [(last.cells[place], row.cells[place]) for place in filled]
    signs = [goes_on(old.text, new.text) for old, new in pairs]
    full = all(old.room < new.first + 2 for old, new in pairs)
    if len(row.cells) == 1:
        ((old, new),) = pairs
        named = re.search(r"\s[-–]\s", new.text[:30])
        return signs[0] or (full and not named and not _CLOSED.search(old.text))
    if 0 not in filled:
        return len(filled) < len(row.cells) - 1 or full or any(signs)
    if len(filled) == len(row.cells) or not all(last.texts):
        return False
    return bool(_GOES_ON.match(row.texts[0])) or (full and len(filled) > 1)


def _still_merged(last: Row, row: Row, below: Row) -> Row:
    """The first row of a page, whose merged cells go on without words from the page before."""
    cells = (
        replace(own, flags=(*own.flags, MERGED))
        if not own.text and MERGED in old.flags and MERGED in new.flags
        else own
        for own, old, new in zip(row.cells, last.cells, below.cells, strict=True)
    )
    return replace(row, cells=tuple(cells))


def with_blanks(rows: Sequence[Row]) -> list[Row]:
    """Rows without lines between them, an empty cell marked where one above may be one with it.

    A column that is empty in most rows tells nothing. Of two rows below each other the first
    filled cell is meant.
    """
    columns = [*zip(*(row.cells for row in rows), strict=True)]
    filled = [2 * sum(bool(own.text) for own in column) > len(column) for column in columns]
    marked = list(rows[:2])  # no cell is one with its heading
    above = [own.text for own in rows[1].cells] if rows[1:] else []
    for row in rows[2:]:
        marked.append(
            Row(
                tuple(
                    replace(own, flags=(*own.flags, ("blank", old)))
                    if often and old and not own.text and any(row.texts[:-1])
                    else own
                    for at, (own, old, often) in enumerate(
                        zip(row.cells, above, filled, strict=True)
                    )
                ),
                row.banner,
            )
        )
        above = [own.text or old for own, old in zip(row.cells, above, strict=True)]
    return marked


def with_merged(row: Row, above: Row) -> Row:
    """A row whose merged cells begin on the page before, with the words that stand there."""
    cells = (
        replace(own, text=old.text) if MERGED in own.flags and not own.text else own
        for own, old in zip(row.cells, above.cells, strict=True)
    )
    return replace(row, cells=tuple(cells))


def merged(last: Row, row: Row) -> Row:
    """Two halves of one row."""
    cells = []
    for old, new in zip(last.cells, row.cells, strict=True):
        text = join([*old.text.split("\n"), *new.text.split("\n")]) if new.text else old.text
        room = new.room if new.text else old.room
        cells.append(Cell(text, room, old.first, old.flags + new.flags))
    return Row(tuple(cells))
