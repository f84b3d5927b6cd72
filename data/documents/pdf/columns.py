"""The columns of a table without drawn cells, found by the space between them, on one page.

A column boundary is a strip that no word of the table crosses. It begins as the space between two
words of the header; every line of the table narrows it, and the first line that closes it is not
of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from data.documents.cells import is_title
from data.documents.headers import headings, starts_header
from data.documents.pdf.tables import Part, Row, cell
from data.documents.pdf.lines import Line, Sheet, Word
from data.documents.pdf.rows import openings, step

_LONGEST_HEADING = 8  # words: of a line behind the rows that may head what follows
_MOST_GAP = 4.5  # of the letters' size: more space ends a table
_HEADER_GAP = 0.65  # of the letters' size: the least space between two headers
_LEAST_GAP = 0.4  # of the letters' size: between two headings over columns that are aligned
_GAP = 0.45  # of the letters' size: more than between two words of a sentence
_PADDING = 5.0  # points that a cell leaves free, at least, at the end of its lines
_LONGEST_ROW = 5  # lines; more in a table of one column are a paragraph

Strip = tuple[float, float]


@dataclass
class Columns:
    """For every boundary the strips that are still free, and the lines taken so far."""

    strips: list[list[Strip]]
    start: float
    size: float
    lines: list[Line] = field(default_factory=list)

    def take(self, line: Line) -> bool:
        """Narrow the strips by `line`; false, and no change, where it closes one."""
        free = _free(line.words)
        strips = [self._narrowed(old, line, free) for old in self.strips]
        if not all(strips):
            return False
        self.strips = strips
        self.lines.append(line)
        return True

    def middles(self) -> list[float]:
        """One boundary between each two columns: the strip behind which most words begin."""
        return [sum(best) / 2 for best in self._best()]

    def limits(self, right: float) -> list[float]:
        """How far the text of each column may reach; `right` is the end of the last."""
        return [*(best[1] - _PADDING for best in self._best()), right]

    def cut(self, line: Line) -> list[list[Word]]:
        """The words of `line` by column."""
        middles = self.middles()
        cells: list[list[Word]] = [[] for _ in range(len(middles) + 1)]
        for word in line.words:
            cells[sum(word.x0 >= middle for middle in middles)].append(word)
        return cells

    def _best(self) -> list[Strip]:
        def worth(strip: Strip) -> tuple[int, float]:
            return self._begins(strip[1]), strip[1] - strip[0]

        return [max(strips, key=worth) for strips in self.strips]

    def _begins(self, x: float) -> int:
        """How many lines taken so far have a word that begins at `x`."""
        return sum(any(abs(word.x0 - x) < 1 for word in line.words) for line in self.lines)

    def _narrowed(self, old: Sequence[Strip], line: Line, free: Sequence[Strip]) -> list[Strip]:
        strips = []
        for left, right in old:
            for begin, end in free:
                strip = (max(left, begin), min(right, end))
                width = strip[1] - strip[0]
                if width >= _GAP * self.size:
                    strips.append(strip)
                elif width >= 2 and self._begins(strip[1]):
                    strips.append(strip)  # narrow, but a column begins right behind it
        return strips


def columns_below(run: Sequence[Line]) -> Columns | None:
    """The columns that a header begins; nothing where its words stand as in a sentence.

    Headings that stand close are apart where the lines below begin at the same places.
    """
    header = run[0]
    strips: list[list[Strip]] = []
    (_, last), *found = headings([word.text for word in header.words])
    for place, role in found:
        left = max(word.x1 for word in header.words[:place])
        right = header.words[place].x0
        gap = right - left
        if gap >= _HEADER_GAP * header.size:
            strips.append([(left, right)])
        elif role != last and gap >= _LEAST_GAP * header.size and _aligned(run, right):
            strips.append([(left, right)])
        elif role != last:  # "aantal uitgezonden" is one heading
            return None
        last = role
    return Columns(strips, header.x0, header.size, [header])


def _aligned(run: Sequence[Line], x: float) -> bool:
    """Whether most of the lines below a header have a word that begins at `x`."""
    below = run[1:6]
    many = sum(any(abs(word.x0 - x) < 1.5 for word in line.words) for line in below)
    return many > 1 and 2 * many > len(below)


def header_lines(lines: Sequence[Line], columns: Columns) -> int:
    """How many of `lines` are the header: lines that go on under its last column belong to it."""
    count = 1
    for line in lines[1:3]:
        under = columns.strips and line.x0 > columns.strips[-1][0][0]
        if not under or any(map(str.isdigit, line.text)) or line.bold != lines[0].bold:
            break
        count += 1
    return count


def part(page: Sheet, lines: Sequence[Line], columns: Columns, header: int) -> tuple[Part, int]:
    """The rows that `lines` begin with, and how many lines they take.

    `header` is how many of these lines are the header; 0 on a page where the table goes on.
    """
    taken = _taken(lines, columns, header)
    body = taken[header:]
    cells = [columns.cut(line) for line in body]
    apart = not columns.strips or any(any(row[1:]) for row in cells)
    if not (body and apart) and not (header and len(lines) == header):
        return Part([], (), 0, 0, ruled=False), 0
    limits = columns.limits(_right(page, taken))
    groups: list[list[Line]] = [taken[:header]] if header else []
    for line, news in zip(body, openings(page, body, cells, limits), strict=True):
        groups.extend([] for _ in range(news))
        groups[-1].append(line)
    rows = [_row(group, columns, limits) for group in groups]
    edges = (columns.start, *columns.middles(), limits[-1])
    return Part(rows, edges, taken[0].top, taken[-1].bottom, ruled=False), len(taken)


def _right(page: Sheet, taken: Sequence[Line]) -> float:
    """How far lines of the table may reach: the edge of the text, less the space in a cell."""
    text = [line.x1 for line in page.lines if 0.1 < line.top / page.height < 0.9]
    own = [line.x1 for line in taken]
    return max(max(own, default=0.0), max(text, default=0.0) - _PADDING)


def _row(lines: Sequence[Line], columns: Columns, limits: Sequence[float]) -> Row:
    cells: list[list[Word]] = [[] for _ in limits]
    for line in lines:
        for old, new in zip(cells, columns.cut(line), strict=True):
            old.extend(new)
    made = [cell(words, limit) for words, limit in zip(cells, limits, strict=True)]
    return Row(tuple(made))


def _taken(lines: Sequence[Line], columns: Columns, header: int) -> list[Line]:
    """The lines that belong to the table: up to a heading, a wide space or ordinary text."""
    taken = list(lines[:header])
    for line in lines[header:]:
        if taken and line.top - taken[-1].bottom > _MOST_GAP * columns.size:
            break
        if is_title(line.text) or starts_header(line.text) or line.size > 1.12 * columns.size:
            break
        if not columns.take(line):
            break
        taken.append(line)
        if line.words[0].text.casefold().strip(":") == "totaal":
            return taken
    if not columns.strips:
        return _before_paragraph(taken, header)
    return _before_heading(taken, header) if len(taken) < len(lines) else taken


def _before_heading(taken: list[Line], header: int) -> list[Line]:
    """Without a short line at the end, set off from the rows: the heading of what follows."""
    steps = [step(taken, place) for place in range(header + 1, len(taken))]
    apart = bool(steps) and steps[-1] > 1.3 * median(steps)
    return taken[:-1] if apart and len(taken[-1].words) < _LONGEST_HEADING else taken


def _before_paragraph(taken: list[Line], header: int) -> list[Line]:
    """One column has no strips to end it: it ends before a paragraph and the heading above it."""
    if not taken:
        return []
    reach = max(line.x1 for line in taken) - min(line.x0 for line in taken)
    full = 0
    for place, line in enumerate(taken[header:], start=header):
        full = full + 1 if line.x1 - line.x0 > 0.85 * reach else 0
        if full == _LONGEST_ROW:
            first = place - _LONGEST_ROW + 1
            return taken[: max(first - 1, header)]
    return taken


def _free(words: Sequence[Word]) -> list[Strip]:
    """The spaces between words, and before and behind them all."""
    ends = [float("-inf")]
    for word in words:
        ends.append(max(ends[-1], word.x1))
    begins = [*(word.x0 for word in words), float("inf")]
    return [(end, begin) for end, begin in zip(ends, begins, strict=True) if begin > end]
