"""The rows of a table without drawn cells: which lines of it open a row.

Three ways, in this order, and the first that does not contradict what the cells hold is taken:
lines drawn between the rows, more space between rows than within them, what the first cells hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pdfplumber.table import merge_edges

from data.documents import text as plain_text
from data.documents.pdf.lines import Line, Sheet, Word, lies_over
from data.documents.pdf.tables import Cell, Row, goes_on

_ROW_STEP = 1.15  # times the space within a row: that between two rows
_EMPTY_ROW = 1.6  # times the usual space between two rows: an empty row
_MOST_PADDING = 7.0  # points: the space in a cell is not known, only that between two columns
_EMPTY_LINE = 1.7  # times the usual step between lines of one column: an empty line
_OVERLAP = 0.25  # of the letters' size: lines that share more in height overlap
_MOST_BREAKS = 0.2  # of the lines of a table of one column: as many breaks may be typed
_USUAL_SPACE, _MOST_SPACE = 0.3, 0.4  # of the letters' size: between two words
_SNAP = 3.0  # points between two drawn lines that are meant as one
_ACROSS = 0.6  # of the table's width: a line that parts rows runs as far
_ENDS_ON_SERVICE = re.compile(r"(?:^|[-–])(?:NP|KMar|GPI)\W*$", re.I)
_SMALL_LETTERS = re.compile(r"[a-zà-ÿ]+\W*$")

Cells = Sequence[Sequence[Sequence[Word]]]  # for each line its words by column


@dataclass(frozen=True)
class _Block:
    """A line, or lines that overlap, with its words by column."""

    line: Line
    cells: Sequence[Sequence[Word]]


def openings(
    page: Sheet, lines: Sequence[Line], cells: Cells, limits: Sequence[float]
) -> list[int]:
    """For each line how many rows it opens: 0 within a row, 1, or 2 behind an empty row."""
    blocks, counts = _blocks(lines, cells)
    if not blocks:
        return []
    heads = [block.line for block in blocks]
    over = [False, *(_overlap(one, other) for one, other in pairwise(heads))]
    steps = [0.0, *(step(heads, place) for place in range(1, len(heads)))]
    pitch = min((gap for gap, lies in zip(steps[1:], over[1:], strict=True) if not lies), default=0)
    spaced = [
        bool(block.cells[0]) if lies else gap > _ROW_STEP * pitch
        for block, gap, lies in zip(blocks, steps, over, strict=True)
    ]
    for opens in (_ruled(page, heads), spaced):
        if any(opens[1:]) and not _contradicted(opens, blocks, limits):
            break
    else:
        centred = len(blocks) < len(lines)
        opens = [
            _opens(place, blocks, limits, centred) or (wide and bool(blocks[place].cells[0]))
            for place, wide in enumerate(spaced)
        ]
    usual = _usual(steps, opens)
    if opens is spaced and len(blocks) == len(lines):
        opens = _with_paragraphs(opens, blocks, [0 < _EMPTY_ROW * usual < gap for gap in steps])
    opens = [True, *opens[1:]]
    for place in range(1, len(blocks)):
        opens[place] = opens[place] or _stands_apart(place, opens, blocks, limits)
    news: list[int] = []
    for gap, new, count in zip(steps, opens, counts, strict=True):
        empty = new and usual > 0 and gap > _EMPTY_ROW * usual
        news += [int(new) + empty, *[0] * (count - 1)]
    return news


def _usual(steps: Sequence[float], opens: Sequence[bool]) -> float:
    """The space between most rows; an empty row makes it wider."""
    between = sorted(gap for gap, new in zip(steps[1:], opens[1:], strict=True) if new)
    return between[len(between) // 4] if between else 0.0


def _with_paragraphs(
    opens: Sequence[bool], blocks: Sequence[_Block], empty: Sequence[bool]
) -> list[bool]:
    """`opens` by space alone, without the further paragraphs of a cell: they look like rows.

    Such a paragraph fills one column below text, and not the first; in one column it goes on in
    the middle of a sentence. Where first cells stand lower than their rows begin, none is told.
    """
    starts = [0, *(place for place in range(1, len(blocks)) if opens[place])]
    groups = [blocks[start:stop] for start, stop in pairwise([*starts, len(blocks)])]
    rows = [_joined(group) for group in groups]
    if any(row[0] and not group[0].cells[0] for row, group in zip(rows, groups, strict=True)):
        return list(opens)
    news, above = list(opens), rows[0]
    for start, row in zip(starts[1:], rows[1:], strict=True):
        if not empty[start] and _is_paragraph(above, row):
            news[start] = False
            above = [[*old, *new] for old, new in zip(above, row, strict=True)]
        else:
            above = row
    return news


def _joined(blocks: Sequence[_Block]) -> list[list[Word]]:
    """The words of a row by column."""
    columns = zip(*(block.cells for block in blocks), strict=True)
    return [[word for words in column for word in words] for column in columns]


def _is_paragraph(above: Sequence[Sequence[Word]], row: Sequence[Sequence[Word]]) -> bool:
    """Whether `row` can only be a further paragraph of the row `above`."""
    filled = [(old, new) for old, new in zip(above, row, strict=True) if new]
    if len(filled) != 1 or not filled[0][0]:
        return False
    old, new = (" ".join(word.text for word in words) for words in filled[0])
    if len(row) == 1:
        return goes_on(old, new)
    return not row[0] and not new.strip(".,*").isdigit()


def step(lines: Sequence[Line], place: int) -> float:
    """From the line before to this one, in points: about the size where nothing is between."""
    return lines[place].top - lines[place - 1].bottom + lines[place].size


def flat_rows(
    run: Sequence[Line],
    rule: Callable[[Sequence[str], int], tuple[plain_text.Rows, int]],
) -> tuple[list[Row], int]:
    """The rows that `rule` reads from the start of `run`, and how many lines they take.

    The rule is that of plain text, where a wide space is an empty line.
    """
    steps = [other.top - one.top for one, other in pairwise(run)]
    usual = median(steps) if steps else 0.0
    lines, used = [], []
    for place, line in enumerate(run):
        if place and steps[place - 1] >= _EMPTY_LINE * usual:
            lines.append("")
            used.append(place)
        lines.append(line.text)
        used.append(place + 1)
    rows, behind = rule(lines, 0)
    return [Row((Cell(text),)) for (text,) in rows], used[behind - 1] if rows else 0


def _blocks(lines: Sequence[Line], cells: Cells) -> tuple[list[_Block], list[int]]:
    """Lines that overlap as one: those of a row may, where cells are centred; rows do not."""
    blocks: list[_Block] = []
    counts: list[int] = []
    for line, row in zip(lines, cells, strict=True):
        last = blocks[-1] if blocks else None
        # Text too tall for its row lies over the next one, and is no part of it.
        if last and _overlap(last.line, line) and not lies_over(last.line.words, line.words):
            joined = [[*old, *new] for old, new in zip(last.cells, row, strict=True)]
            blocks[-1] = _Block(Line(last.line.words + line.words), joined)
            counts[-1] += 1
        else:
            blocks.append(_Block(line, row))
            counts.append(1)
    return blocks, counts


def _overlap(above: Line, line: Line) -> bool:
    return line.top < above.bottom - _OVERLAP * min(line.size, above.size)


def _contradicted(opens: Sequence[bool], blocks: Sequence[_Block], limits: Sequence[float]) -> bool:
    """Whether two rows would become one: a cell breaks its line where there was ample room.

    In one column some do, for a line break may be typed.
    """
    own = [word.x1 for block in blocks for word in block.cells[-1]]
    last = min(limits[-1], max(own, default=limits[-1]))  # a table may be narrower than the text
    nearer = [limit - _MOST_PADDING for limit in (*limits[:-1], last)]
    places = [place for place in range(1, len(blocks)) if not opens[place]]
    breaks = sum(_opens(place, blocks, nearer, None) for place in places)
    return breaks > (_MOST_BREAKS * len(blocks) if len(limits) == 1 else 0)


def _opens(
    place: int, blocks: Sequence[_Block], limits: Sequence[float], centred: bool | None
) -> bool:
    """Whether a line opens a row, by what it holds.

    It goes on with the row above when each of its cells can be the rest of the one above: that
    was so full that the next word had to go to the next line. A line without a first cell goes on
    too, but for tables that print a short cell in the middle of its row; where it is not known
    (None) whether this is one, cells below an empty one tell nothing.
    """
    if not place:
        return True
    above, block = blocks[place - 1], blocks[place]
    first, *others = block.cells
    if not first and not centred:
        return False
    if first and not any(others) and _SMALL_LETTERS.match(first[0].text):
        return False
    pairs = zip(above.cells, block.cells, limits, strict=True)
    known = [(old, new, limit) for old, new, limit in pairs if new]
    if centred is None:
        known = [(old, new, limit) for old, new, limit in known if old] or known
    full = all(_is_full(old, new[0], limit) for old, new, limit in known)
    if not others:
        full = full and block.line.bold == above.line.bold
    return (
        not full
        or (_ends_on_number(above) and _ends_on_number(block))
        or (_names_service(above) and _names_service(block))
    )


def _stands_apart(
    place: int, opens: Sequence[bool], blocks: Sequence[_Block], limits: Sequence[float]
) -> bool:
    """Whether a line without a first cell is no rest of the row above, where that may be merged.

    In a column between others, whose width is known, its words had room on the line above; or it
    ends on a number, as the line above does.
    """
    block = blocks[place]
    if block.cells[0]:
        return False
    start = max(at for at in range(place) if opens[at] or not at)
    for at in range(1, len(limits)):
        lines = (own.cells[at] for own in reversed(blocks[start:place]) if own.cells[at])
        above, new = next(lines, ()), block.cells[at]
        if not above or not new:
            continue
        if at == len(limits) - 1:
            return all(_ends_on_number(each) for each in (blocks[place - 1], block))
        texts = (" ".join(word.text for word in words) for words in (above, new))
        if not _is_full(above, new[0], limits[at]) and not goes_on(*texts):
            return True
    return False


def _is_full(above: Sequence[Word], word: Word, limit: float) -> bool:
    """Whether `word` had no room behind the words `above`."""
    if not above:
        return False
    same_line = len(above) > 1 and above[-2].x1 < above[-1].x0
    space = above[-1].x0 - above[-2].x1 if same_line else _USUAL_SPACE * word.size
    return above[-1].x1 + min(space, _MOST_SPACE * word.size) + word.x1 - word.x0 > limit


def _ends_on_number(block: _Block) -> bool:
    words = block.cells[-1] if len(block.cells) > 1 else ()
    return bool(words) and all(word.text.strip(".,").isdigit() for word in words)


def _names_service(block: _Block) -> bool:
    """Whether a cell ends on a police service, as the label of a post does and nothing else."""
    return any(cell and _ENDS_ON_SERVICE.search(cell[-1].text) for cell in block.cells)


def _ruled(page: Sheet, lines: Sequence[Line]) -> list[bool]:
    """For each line whether a drawn line, or a background's edge, parts it from the one above."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    flat = merge_edges([edge for edge in page.bands if edge["orientation"] == "h"], *[_SNAP] * 4)
    heights = [
        edge["top"]
        for edge in flat
        if min(right, edge["x1"]) - max(left, edge["x0"]) > _ACROSS * (right - left)
    ]
    found = [False]
    for one, other in pairwise(lines):
        middles = (one.top + one.bottom) / 2, (other.top + other.bottom) / 2
        found.append(any(middles[0] < height < middles[1] for height in heights))
    return found
