"""The columns of a table without drawn cells, found by the space between them, on one page.

A column boundary is a strip that no word of the table crosses. It begins as the space between two
words of the header; every line of the table narrows it, and the first line that closes it is not
of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from data.documents.cells import is_title
from data.documents.footnotes import is_note
from data.documents.headers import headings, is_heading, kind_of, role_of, starts_header
from data.documents.pdf.lines import Line, Sheet, Word, lies_over
from data.documents.pdf.rows import openings, step
from data.documents.pdf.tables import Part, Row, cell, goes_on, with_blanks
from data.documents.totals import is_total

_LONGEST_HEADING = 8  # words: of a line behind the rows that may head what follows
_TABLE_END = 4.5  # of the letters' size: more space ends a table
_TALLEST_ROW = 14.0  # of the letters' size: a row that is that tall may be one of the table
_HEADER_GAP = 0.65  # of the letters' size: the least space between two headers
_HEADER_LINES = 3  # at the most
_HEADER_PITCH = 0.6  # of the letters' size: lines of one header leave less between them,
_HEADER_SIZE = 0.1  # of it, and their letters differ by less
_NARROW = 2.0  # points: a narrower strip is a space between words, wherever columns begin
_HAIR = 0.01  # points: what is left of a strip that words reach over
_SAME_EDGE = 1.0  # points: words nearer begin in one place
_ALIGNED = 1.5  # points: words nearer are aligned, as below a heading that is set in the middle
_MOST_CUT = 3.0  # points before the right one of two tables: it is cut no farther to the left
_BELOW = 5  # lines below a header that tell whether columns begin there
_LEAST_PITCH = 0.95  # of the letters' size: from line to line in a cell, at least
_SAME_PITCH = 1.1  # times: steps from line to line that differ by less are the same
_CLOSE_PITCH = 1.5  # of the letters' size: a line of a heading stands nearer to the one above
_TEXT_ZONE = (0.1, 0.9)  # of the page's height: between running heads and feet
_LARGER = 1.12  # times the letters' size: a heading is larger, and no row
# Times the letters' size of the rows: smaller lines are notes, a little smaller with a sign before.
_SMALL_NOTE, _SMALL_PRINT = 0.97, 0.88
_FULL_LINE = 0.85  # of the widest line: a line of a paragraph fills as much
_LINES_AHEAD = 24  # lines of which the nearest tell how lines of one cell stand
_MOST_UNKNOWN = 4  # words of headings before the first we know
_CUT = re.compile(r"(?<=[a-z])-(?=[a-z])")  # a heading cut at a line end, as `cell` joins it
_TOUCHING = re.compile(r"(?<=[a-z])[A-Z](?=[a-z])")  # where two headings touch
_MOST_OVERLAP = 0.5  # points: words that overlap by less touch
_ALIGNED_GAP = 0.4  # of the letters' size: between two headings over columns that are aligned
_COLUMN_GAP = 0.45  # of the letters' size: more than between two words of a sentence
_PADDING = 5.0  # points that a cell leaves free, at least, at the end of its lines
# Words of a sentence, of which a placement ("Senior Advisor Civilian CSDP") has hardly one.
_SENTENCE = re.compile(r"\b(?:de|het|een|die|dat|deze|is|zijn|wordt|worden|met|niet|geen|voor)\b")
_LEAST_OF_PROSE = 3  # of these in a line
_ROW_PITCH = 1.3  # of the letters' size: more space than between the lines of one cell
_LIKE_PITCH = 0.97  # of the usual step: as far as from row to row
_LONGEST_ROW = 5  # lines; more in a table of one column are a paragraph

Strip = tuple[float, float]


@dataclass
class Columns:
    """For every boundary the strips that are still free, and the lines taken so far."""

    strips: list[list[Strip]]
    start: float
    size: float
    lines: list[Line] = field(default_factory=list)
    ahead: Sequence[Line] = ()  # the lines right below the header

    def take(self, line: Line) -> bool:
        """Narrow the strips by `line`; false, and no change, where it closes one.

        Words that touch, the second at the beginning of a column, are taken apart first.
        """
        line = Line(self._with_numbers_apart(line))
        return self._take(line) or self._take(Line(self._parted(line)))

    def _with_numbers_apart(self, line: Line) -> tuple[Word, ...]:
        """The words of a line, a number set right before a word at a heading's left edge apart."""
        words = line.words
        for x in (word.x0 for word in self.lines[0].words[1:]):
            parts: list[Word] = []
            for word in words:
                own = word.parted(x) if word.text[:1].isdigit() else (word,)
                if len(own) > 1:  # a column ends here, as narrow as the space is
                    end = min(own[0].x1, x - _NARROW - 10 * _HAIR)
                    own = (replace(own[0], x1=max(own[0].x0, end)), own[1])
                parts += own
            words = tuple(parts)
        return words

    def _parted(self, line: Line) -> tuple[Word, ...]:
        starts = {right for strips in self.strips for _, right in strips}
        words = line.words
        for x in (x for x in starts if self._begins(x) > 1):
            words = tuple(own for word in words for own in word.parted(x))
        return words

    def _take(self, line: Line) -> bool:
        free = _free(line.words)
        strips = [self._narrowed(old, free) for old in self.strips]
        if not all(strips):
            return False
        self.strips = strips
        self.lines.append(line)
        return True

    def starts(self) -> list[float]:
        """Where the columns begin."""
        return [self.start, *(strips[-1][1] for strips in self.strips)]

    def middles(self) -> list[float]:
        """One boundary between each two columns: the strip behind which most words begin."""
        return [sum(best) / 2 for best in self._best()]

    def limits(self, right: float) -> list[float]:
        """How far the text of each column may reach; `right` is the end of the last."""
        strips = self._best()
        padding = min([_PADDING, *(end - start for start, end in strips)])
        return [*(end - padding for _, end in strips), right]

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
        return sum(line.begins_at(x, _SAME_EDGE) for line in self.lines)

    def _will_begin(self, x: float) -> bool:
        """Whether at least three lines, or most of the first, have a word that begins at `x`."""
        many = sum(line.begins_at(x, _SAME_EDGE) for line in self.ahead)
        return many > 2 or _aligned(self.ahead, x)

    def _narrowed(self, old: Sequence[Strip], free: Sequence[Strip]) -> list[Strip]:
        strips, others = [], []
        for left, right in old:
            for begin, end in free:
                strip = (max(left, begin), min(right, end))
                width = strip[1] - strip[0]
                if width >= _COLUMN_GAP * self.size:
                    strips.append(strip)
                elif width >= _NARROW and self._begins(strip[1]):
                    strips.append(strip)  # narrow, but a column begins right behind it
                elif width >= _NARROW and self._will_begin(strip[1]):
                    others.append(strip)  # as words of one length before a space look, too
                elif width > 0 and self._begins(strip[1]) > (width < _NARROW <= right - left):
                    others.append(strip)
                elif width > -_MOST_OVERLAP and self._will_begin(strip[1]):
                    # Below a heading set in the middle, that may reach up to it.
                    others.append((min(strip[0], strip[1] - _HAIR), strip[1]))
        return strips or others


def header_below(run: Sequence[Line]) -> tuple[Columns, int] | None:
    """The columns that a header begins with which `run` begins, and of how many lines it is.

    A heading may be cut over lines ("Werk-" above "gebied"), and stand behind others that we do
    not know ("Nr.", "Functie").
    """
    begun: list[tuple[int, Line]] = []
    for count in range(1, min(_HEADER_LINES, len(run)) + 1):
        header = _as_one(run[:count])
        if header is None or (count > 1 and _kind(run[count - 1].words)):
            break
        if _starts(header, run[count:]):
            begun.append((count, header))
    whole = [each for each in begun if _kind(each[1].words)]
    for count, header in (whole or begun)[:1]:
        columns = columns_below(header, run[count:])
        return (columns, header_lines(run, columns, count)) if columns else None
    return None


def with_headings_apart(run: Sequence[Line]) -> list[Line]:
    """Lines whose first may be a header: headings in it that touch are words by themselves.

    The lines below begin where the second heading does.
    """
    words: list[Word] = []
    for word in run[0].words:
        for capital in _TOUCHING.finditer(word.text):
            x = word.letters[capital.start()][1] if capital.start() < len(word.letters) else 0.0
            if role_of(word.text[capital.start() :]) and _aligned(run[1:], x):
                words += word.parted(x)
                break
        else:
            words.append(word)
    return [Line(tuple(words)), *run[1:]]


def _kind(tokens: Sequence[Word]) -> str:
    """The kind of table that the headings among these words announce, or ''."""
    places = [place for place, _ in headings([word.text for word in tokens])]
    cells = [tokens[at:end] for at, end in pairwise([*places, len(tokens)])]
    return kind_of([" ".join(word.text for word in each) for each in cells])


def _starts(header: Line, below: Sequence[Line]) -> bool:
    """Whether a line begins with a header we know, columns of another kind before it apart."""
    if starts_header(header.text):
        return True
    words = header.words
    for place in range(1, min(len(words), _MOST_UNKNOWN + 1)):
        gap = words[place].x0 - words[place - 1].x1
        apart = gap >= _HEADER_GAP * header.size
        apart = apart or (gap >= _ALIGNED_GAP * header.size and _aligned(below, words[place].x0))
        if apart and starts_header(" ".join(word.text for word in words[place:])):
            return _columns_of(words[place:])
    return False


def _columns_of(tokens: Sequence[Word]) -> bool:
    """Whether the words are the headings of a table of several columns."""
    return len({role for _, role in headings([word.text for word in tokens])}) > 1


def _as_one(lines: Sequence[Line]) -> Line | None:
    """The lines of a header as one line, of cells; None where they are too far apart."""
    if len(lines) == 1:
        return lines[0]
    cells: list[list[Word]] = []
    for above, line in pairwise(lines):
        far = line.top - above.bottom > _HEADER_PITCH * line.size or line.bold != above.bold
        if far or abs(line.size - above.size) > _HEADER_SIZE * line.size:
            return None
    for line in lines:
        for group in _groups(line):
            left, right = group[0].x0, group[-1].x1
            for own in cells:
                if min(right, max(w.x1 for w in own)) > max(left, min(w.x0 for w in own)):
                    own.extend(group)
                    break
            else:
                cells.append(list(group))
    words = []
    for own in sorted(cells, key=lambda place: min(word.x0 for word in place)):
        made = cell(own, 0.0)
        box = min(w.x0 for w in own), max(w.x1 for w in own)
        text = made.text.replace("-\n", "").replace("\n", " ")
        text = _CUT.sub("", text)
        high = min(w.top for w in own), max(w.bottom for w in own)
        for part in text.split():
            words.append(Word(part, *box, *high, own[0].size, own[0].bold, own[0].base))
    return Line(tuple(words))


def _groups(line: Line) -> list[list[Word]]:
    """The words of a line by cell: those that stand near each other."""
    groups = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 >= _ALIGNED_GAP * line.size:
            groups.append([])
        groups[-1].append(word)
    return groups


def side_by_side(line: Line) -> float | None:
    """Where a line that is the header of two tables is to be cut; None for another line."""
    for place in range(1, len(line.words)):
        left, right = line.words[:place], line.words[place:]
        gap = right[0].x0 - max(word.x1 for word in left)
        if gap >= _HEADER_GAP * line.size and all(map(_kind, (left, right))):
            return right[0].x0 - min(gap / 2, _MOST_CUT)
    return None


def columns_below(header: Line, below: Sequence[Line]) -> Columns | None:
    """The columns that a header begins; nothing where its words stand as in a sentence.

    Headings that stand close are apart where the lines below begin at the same places.
    """
    strips: list[list[Strip]] = []
    known = dict(headings([word.text for word in header.words]))
    last = known.get(0)
    reach = header.words[0].x1
    for place, word in enumerate(header.words[1:], start=1):
        left, right, role = reach, word.x0, known.get(place)
        reach = max(reach, word.x1)
        gap = right - left
        if gap >= _HEADER_GAP * header.size:
            strips.append([(left, right)])
        elif role and role != last:
            if not _aligned(below, right):
                if last is None:
                    continue
                return None
            strips.append([(left, right)])
        elif not role and gap >= _ALIGNED_GAP * header.size and _aligned(below, right):
            strips.append([(left, right)])
        last = role or last
    return Columns(strips, header.x0, header.size, [header], below[:_LINES_AHEAD])


def _aligned(lines: Sequence[Line], x: float) -> bool:
    """Whether most of the lines below a header have a word that begins at `x`."""
    below = lines[:_BELOW]
    many = sum(line.begins_at(x, _ALIGNED) for line in below)
    return many > 1 and 2 * many > len(below)


def header_lines(lines: Sequence[Line], columns: Columns, count: int = 1) -> int:
    """How many of `lines` are the header, at least `count`.

    Lines that go on under its last column belong to it, and such that are bold as it is, or stand
    nearer to it than rows do. The first row may do so too, where the next is taller or an empty
    one follows: it stands less near than lines of one cell, or does not read on from the header.
    """
    first = lines[0]
    after = range(1, min(len(lines), _LINES_AHEAD))
    gaps = (step(lines, at) for at in after)
    within = min((gap for gap in gaps if gap > _LEAST_PITCH * first.size), default=0.0)
    for place in range(count, min(_HEADER_LINES, len(lines) - 1)):
        line = lines[place]
        if any(map(str.isdigit, line.text)) or line.bold != first.bold or _starts(line, ()):
            break
        under = bool(columns.strips) and line.x0 > columns.strips[-1][0][0]
        steps = step(lines, place), step(lines, place + 1)
        heavy = first.bold and not lines[place + 1].bold and steps[0] <= steps[1] + 1
        close = steps[0] <= _SAME_PITCH * within
        near = _SAME_PITCH * steps[0] < steps[1] and steps[0] < _CLOSE_PITCH * line.size
        near = near and _reads_on(columns.cut(lines[place - 1])[0], columns.cut(line)[0])
        if not (heavy or (close and (under or near))):
            break
        count += 1
    return count


def _reads_on(heading: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether the words below a heading can be more of it: no name, that a row begins with."""
    above, text = (" ".join(word.text for word in words) for words in (heading, below))
    return not text or goes_on(above, text) or is_heading(f"{above} {text}")


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
    usual = _usual_step(groups[bool(header) :])
    rows = with_blanks([_row(group, columns, limits, usual) for group in groups])
    behind = [*groups[1:], []]
    rows = [
        row if place < bool(header) else _overflowing(row, columns, [*own, *below[:1]])
        for place, (row, own, below) in enumerate(zip(rows, groups, behind, strict=True))
    ]
    edges = (columns.start, *columns.middles(), limits[-1])
    return Part(rows, edges, taken[0].top, taken[-1].bottom, ruled=False), len(taken)


def _right(page: Sheet, taken: Sequence[Line]) -> float:
    """How far lines of the table may reach: the edge of the text, less the space in a cell."""
    top, bottom = _TEXT_ZONE
    text = [line.x1 for line in page.lines if top < line.top / page.height < bottom]
    own = [line.x1 for line in taken]
    return max(max(own, default=0.0), max(text, default=0.0) - _PADDING)


def _usual_step(groups: Sequence[Sequence[Line]]) -> float:
    """From row to row in points, where that is more than from line to line in a cell; else 0."""
    steps = [
        step([above[-1], row[0]], 1)
        for above, row in pairwise(groups)
        if above and row and row[0].top > above[-1].bottom
    ]
    usual = median(steps) if steps else 0.0
    return usual if groups and usual > _ROW_PITCH * groups[-1][0].size else 0.0


def _row(lines: Sequence[Line], columns: Columns, limits: Sequence[float], usual: float) -> Row:
    """The row that lines are; `usual` as `_usual_step` says.

    A line with nothing in the first column is marked as apart where it stands as far from the line
    above as rows do, and as joined where rows stand no further than the lines of a cell.
    """
    cells: list[list[Word]] = [[] for _ in limits]
    joins: list[list[tuple[str, str]]] = [[] for _ in limits]
    last: list[Line] = [Line(())] * len(limits)  # of each column
    for line in lines:
        cut = columns.cut(line)
        for at, (old, new) in enumerate(zip(cells, cut, strict=True)):
            own = Line(tuple(new))
            wide = bool(new and old) and 0 < _LIKE_PITCH * usual <= step([last[at], own], 1)
            if new and old and not cut[0] and (wide or not usual):
                texts = f"{last[at].text}\n{own.text}"
                joins[at].append(("apart" if wide else "joined", texts))
            old.extend(new)
            last[at] = own if new else last[at]
    made = [cell(words, limit) for words, limit in zip(cells, limits, strict=True)]
    pairs = zip(made, joins, strict=True)
    return Row(tuple(replace(own, flags=(*own.flags, *flags)) for own, flags in pairs))


def _overflowing(row: Row, columns: Columns, lines: Sequence[Line]) -> Row:
    """The row with a mark on each cell of which a line lies over the one below: it is too tall.

    Programs cut off what does not fit, so that words of it may be lost.
    """
    over = [one for one, two in pairwise(lines) if lies_over(one.words, two.words)]
    full = {at for line in over for at, words in enumerate(columns.cut(line)) if words}
    cells = [
        replace(each, flags=(*each.flags, ("overflows", each.text))) if at in full else each
        for at, each in enumerate(row.cells)
    ]
    return replace(row, cells=tuple(cells))


def _taken(lines: Sequence[Line], columns: Columns, header: int) -> list[Line]:
    """The lines that belong to the table: up to a heading, a wide space or ordinary text."""
    taken = list(lines[:header])
    for place, line in enumerate(lines[header:], start=header):
        gap = line.top - taken[-1].bottom if taken else 0.0
        if gap > _TABLE_END * columns.size and not (
            gap < _TALLEST_ROW * columns.size and _resumes(lines[place : place + 3], columns)
        ):
            break
        titled = is_title(line.text) and not _resumes([line], columns)  # "1. Kenia - NP" is a row
        if titled or starts_header(line.text) or line.size > _LARGER * columns.size:
            break
        if _is_small(line, taken[header:]) or (taken[header:] and _is_note(line, columns)):
            break
        if not columns.take(line):
            if not _runs_over(lines, place, columns):
                break
            columns.lines.append(line)
        taken.append(columns.lines[-1])
        if is_total(line.text):
            return taken
    if not columns.strips:
        return _before_paragraph(taken, header)
    return _before_heading(taken, header, columns) if len(taken) < len(lines) else taken


def _runs_over(lines: Sequence[Line], place: int, columns: Columns) -> bool:
    """Whether a line whose words reach into the next column is one of the table all the same.

    It stands as near as other lines, words of it begin where columns do, and so below it.
    """
    usual = max((step(lines, at) for at in range(2, place)), default=0.0)
    line, starts = lines[place], columns.starts()
    aligned = sum(line.begins_at(at, _ALIGNED) for at in starts)
    near = place > 1 and step(lines, place) <= max(_SAME_PITCH * usual, _ROW_PITCH * line.size)
    inside = aligned > 1 or (aligned and line.x0 > columns.start + _ALIGNED)
    return near and bool(inside) and _resumes(lines[place + 1 : place + 4], columns)


def _resumes(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether behind a wide space, as in a tall row, lines stand in the columns again."""
    starts = columns.starts()
    return len(starts) > 2 and any(
        sum(line.begins_at(at, _ALIGNED) for at in starts) > 1 for line in lines
    )


def _is_small(line: Line, rows: Sequence[Line]) -> bool:
    """Whether a line is a note or other small print below the rows."""
    if not rows:
        return False
    usual = median(row.size for row in rows)
    return line.size < (_SMALL_NOTE if line.note[0] else _SMALL_PRINT) * usual


def _is_note(line: Line, columns: Columns) -> bool:
    """Whether a line begins with the sign of a note and runs on over the columns."""
    starts = columns.starts()[1:]
    alone = not any(line.begins_at(at, _ALIGNED) for at in starts)
    return bool(starts) and alone and is_note(line.text)


def _before_heading(taken: list[Line], header: int, columns: Columns) -> list[Line]:
    """Without a short line at the end, set off from the rows: the heading of what follows.

    A line that fills other columns than the first is a row.
    """
    if not taken or any(columns.cut(taken[-1])[1:]):
        return taken
    steps = [step(taken, place) for place in range(header + 1, len(taken))]
    apart = bool(steps) and steps[-1] > _ROW_PITCH * median(steps)
    return taken[:-1] if apart and len(taken[-1].words) < _LONGEST_HEADING else taken


def _before_paragraph(taken: list[Line], header: int) -> list[Line]:
    """One column has no strips to end it: it ends before a paragraph and the heading above it."""
    if not taken:
        return []
    reach = max(line.x1 for line in taken) - min(line.x0 for line in taken)
    full = 0
    for place, line in enumerate(taken[header:], start=header):
        if len(_SENTENCE.findall(line.text)) >= _LEAST_OF_PROSE:
            return taken[:place]
        full = full + 1 if line.x1 - line.x0 > _FULL_LINE * reach else 0
        if full == _LONGEST_ROW:
            first = place - _LONGEST_ROW + 1
            return taken[: max(first - 1, header)]
    return taken


def _free(tokens: Sequence[Word]) -> list[Strip]:
    """The spaces between words, and before and behind them all."""
    ends = [float("-inf")]
    for word in tokens:
        ends.append(max(ends[-1], word.x1))
    begins = [*(word.x0 for word in tokens), float("inf")]
    return [(end, begin) for end, begin in zip(ends, begins, strict=True) if begin > end]
