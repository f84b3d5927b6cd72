"""Tables whose cells are drawn: lines around every cell, on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges

from data.documents.headers import kind_of
from data.documents.pdf.lines import Line, Sheet, Word, in_lines, lies_over
from data.documents.pdf.tables import MERGED, Part, Row, cell

Box = tuple[float, float, float, float]
Edge = dict[str, Any]
_MOST_PAIRS = 500_000  # of crossing lines on a page: more is a drawing, and takes minutes
_SNAP = 3.0  # points between two lines that are meant as one
_SPACE = 0.4  # of the letters' size: the most between two words of a sentence
_THIN = 4.0  # a row or column below this is the space between two drawn borders


def grids(page: Sheet) -> list[Part]:
    """The drawn tables of `page` from top to bottom, believed by their shape alone.

    A table inside a cell of another is part of that cell; a frame around a table is no table.
    """
    edges = filter_edges(merge_edges(page.rules, *[_SNAP] * 4), min_length=3)
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    if len(upright) * (len(edges) - len(upright)) > _MOST_PAIRS:
        return []
    closing = _closing(edges, "h", "v")
    closing += _closing([*edges, *closing], "v", "h")
    crossings = edges_to_intersections([*edges, *closing], _SNAP, _SNAP)
    cells = intersections_to_cells(crossings)
    tables = cells_to_tables(cells)
    parts = [part for boxes in tables if (part := _part(page.words, boxes))]
    alone = [_part(page.words, [box]) for box in set(cells).difference(*tables)]
    parts += [one for one in alone if one and not any(_holds(one, part) for part in parts)]
    for part in parts:
        added = [edge["top"] for edge in closing if edge["orientation"] == "h"]
        part.open_top = any(abs(height - part.top) < 1 for height in added)
        part.open_bottom = any(abs(height - part.bottom) < 1 for height in added)
        _without_open_space(part)
    known = [part for part in parts if header_place(part) is not None]
    kept = [part for part in parts if part in known or not any(_holds(part, k) for k in known)]
    inner = [part for part in kept if any(_holds(o, part) for o in kept if o is not part)]
    return sorted((part for part in kept if part not in inner), key=lambda part: part.top)


def _without_open_space(part: Part) -> None:
    """An empty row that is not closed by a line is no row."""
    if part.open_top and len(part.rows) > 1 and not any(part.rows[0].texts):
        part.rows, part.open_top = part.rows[1:], False
    if part.open_bottom and len(part.rows) > 1 and not any(part.rows[-1].texts):
        part.rows, part.open_bottom = part.rows[:-1], False


def _closing(edges: list[Edge], along: str, across: str) -> list[Edge]:
    """Edges along the loose ends of the lines of a table, where it is open.

    It is at a page break within a row, and all around where only the inner lines are drawn.
    """
    loose: dict[int, list[tuple[float, float, float]]] = {}
    sides = [_line(edge) for edge in edges if edge["orientation"] == along]
    for edge in (edge for edge in edges if edge["orientation"] == across):
        place, *ends = _line(edge)
        met = [
            (at, start, stop)
            for at, start, stop in sides
            if start - _SNAP <= place <= stop + _SNAP and ends[0] - _SNAP <= at <= ends[1] + _SNAP
        ]
        for end in ends if met else ():
            if all(abs(end - at) > _SNAP for at, *_ in met):
                reach = min(start for _, start, _ in met), max(stop for *_, stop in met)
                loose.setdefault(round(end / _SNAP), []).append((end, *reach))
    return [_edge(along, found) for found in loose.values() if len(found) > 1]


def _line(edge: Edge) -> tuple[float, float, float]:
    """Where an edge stands, and from where to where it goes."""
    if edge["orientation"] == "v":
        return edge["x0"], edge["top"], edge["bottom"]
    return edge["top"], edge["x0"], edge["x1"]


def _edge(along: str, edges: list[tuple[float, float, float]]) -> Edge:
    """The edge along loose ends, as long as the lines that meet theirs."""
    place, start, stop = edges[0][0], min(at for _, at, _ in edges), max(at for *_, at in edges)
    box = (start, stop, place, place) if along == "h" else (place, place, start, stop)
    return {"orientation": along, **dict(zip(("x0", "x1", "top", "bottom"), box, strict=True))}


def header_place(part: Part) -> int | None:
    """The row of the header we know: the first, or just below a title inside the table."""
    return next((place for place, row in enumerate(part.rows[:3]) if kind_of(row.texts)), None)


def _holds(outer: Part, inner: Part) -> bool:
    wide = outer.edges[0] <= inner.edges[0] + 1 and inner.edges[-1] <= outer.edges[-1] + 1
    high = outer.top <= inner.top + 1 and inner.bottom <= outer.bottom + 1
    return outer is not inner and wide and high


def _part(tokens: Sequence[Word], boxes: list[Box]) -> Part | None:
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    near = [word for word in tokens if _inside(word, (left, top, right, bottom))]
    middles = _middles(near, {box[0] for box in boxes})
    inside = {box: [word for word in near if _inside(word, box, middles)] for box in boxes}
    used = {box[0] for box in boxes if inside[box] or box[2] - box[0] > _THIN}
    starts = sorted(used)
    for box in _unclosed(boxes, starts, right):
        inside[box] = [word for word in near if _inside(word, box, middles)]
        boxes = [*boxes, box]
    rows = []
    for height in sorted({box[1] for box in boxes}):
        own = [box for box in boxes if box[1] == height]
        if any(inside[box] for box in own) or min(box[3] for box in own) - height > _THIN:
            tall = [box for box in boxes if box[1] < height - 1 and box[3] > height + 1]
            rows.append(_row(own, tall, inside, starts, right))
    if not rows:
        return None
    rows = _with_overflow(rows, inside, starts)
    return Part(rows, (*starts, right), top, bottom, boxes=boxes)


def _with_overflow(
    rows: list[Row], inside: Mapping[Box, list[Word]], starts: Sequence[float]
) -> list[Row]:
    """Rows with a mark on the cells of which lines lie over each other, and on those above them.

    Text that is too tall for its row runs into the next one, and is cut off where it does not fit.
    """
    tops = [
        {
            starts.index(box[0])
            for box, words in inside.items()
            if box[0] in starts and _lie_over(words) and _is_in(words, row, starts.index(box[0]))
        }
        for row in rows
    ]
    marked = []
    for row, own, below in zip(rows, tops, [*tops[1:], set()], strict=True):
        cells = [
            replace(each, flags=(*each.flags, ("overflows", each.text)))
            if at in own | below
            else each
            for at, each in enumerate(row.cells)
        ]
        marked.append(replace(row, cells=tuple(cells)))
    return marked


def _lie_over(tokens: Sequence[Word]) -> bool:
    lines = [Line(tuple(line)) for line in in_lines(tokens)]
    return any(lies_over(one.words, two.words) for one, two in pairwise(lines))


def _is_in(tokens: Sequence[Word], row: Row, at: int) -> bool:
    """Whether a cell of the row holds these words."""
    text = {part for word in tokens for part in word.text.split()}
    return at < len(row.cells) and bool(text) and text <= {*row.cells[at].text.split()}


def _unclosed(boxes: list[Box], starts: list[float], right: float) -> list[Box]:
    """Cells merged over rows that a page cuts, so that no line closes them."""
    heights = sorted({box[1] for box in boxes})
    ends = [*heights[1:], max(box[3] for box in boxes)]
    found: list[Box] = []
    for start, stop in pairwise([*starts, right]):
        run: list[tuple[float, float]] = []
        for top, bottom in [*zip(heights, ends, strict=True), (0.0, 0.0)]:
            x, y = (start + stop) / 2, (top + bottom) / 2
            if bottom and not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
                run.append((top, bottom))
            elif run:
                found.append((start, run[0][0], stop, run[-1][1]))
                run = []
    return [box for box in found if box[3] - box[1] > _THIN]


def _row(
    boxes_of_row: list[Box],
    tall: list[Box],
    inside: dict[Box, list[Word]],
    starts: list[float],
    right: float,
) -> Row:
    """The cells that begin in a row; what `tall` cells from above hold is repeated in it."""
    by_start = {box[0]: box for box in boxes_of_row}
    from_above = {box[0]: box for box in tall}
    cells = []
    for start in starts:
        box = by_start.get(start)
        if box is None and start in from_above:
            above = cell(inside[from_above[start]], from_above[start][2])
            cells.append(replace(above, flags=(*above.flags, MERGED)))
            continue
        found = inside[box] if box else []
        # The space inside the border is taken as equal on both sides, unless text is centred.
        padding = min(min((word.x0 for word in found), default=start) - start, 8.0)
        cells.append(cell(found, (box[2] if box else start) - padding))
    first = by_start.get(starts[0])
    return Row(tuple(cells), len(starts) > 1 and bool(first and first[2] > right - _THIN))


def _middles(tokens: Sequence[Word], edges: set[float]) -> dict[int, float]:
    """For words, by `id`, that run over an edge: the middle of the phrase they stand in.

    In a cell narrower than its words they begin or end outside it, in the middle they are inside.
    """
    middles = {}
    for word in tokens:
        if not any(word.x0 + 0.5 < edge < word.x1 - 0.5 for edge in edges):
            continue
        beside = sorted(
            (one for one in tokens if abs(one.base - word.base) < 1), key=lambda one: one.x0
        )
        left, right = word.x0, word.x1
        for one in beside:
            right = max(right, one.x1) if 0 <= one.x0 - right < _SPACE * word.size else right
        for one in reversed(beside):
            left = min(left, one.x0) if 0 <= left - one.x1 < _SPACE * word.size else left
        middles[id(word)] = (left + right) / 2
    return middles


def _inside(word: Word, box: Box, middles: Mapping[int, float] = MappingProxyType({})) -> bool:
    x, y = middles.get(id(word), (word.x0 + word.x1) / 2), (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
