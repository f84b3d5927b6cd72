"""Tables on slides: real ones, a few rows on each, with type that can be read from a chair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.oxml import parse_xml

from dashboard.exports.office import ACCENT, LINE, clean, columns, numeric, shown, width, xml
from dashboard.exports.slide_design import BODY, NAMESPACES, ROOM
from dashboard.report import Row, Table

MOST = 12  # rows on a slide
SIZE, SMALL, CROWDED = 13.0, 11.0, 5  # points; the smaller where there are more columns
LARGER = (18.0, 16.0, 14.0)  # points, for a short table
_MARGIN = (2.0, 1.1)  # beside and above the text of a cell, mm
_LINE = 1.22 * 25.4 / 72  # mm per point of a line
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and colours
_EMU = 36000


def size_of(table: Table) -> float:
    """The size of its type in points: larger where all of it then still fits one slide."""
    least = SMALL if len(table.headers) > CROWDED else SIZE
    return next((size for size in LARGER if size > least and _fits(table, size)), least)


def _fits(table: Table, size: float) -> bool:
    """Whether the table stands on one slide in this size, no word of it broken."""
    widths = columns(table, ROOM, size, 2 * _MARGIN[0] + 1)
    rows = [list(table.headers), *([shown(cell) for cell in row] for row in table.rows)]
    longest = [
        max((w for text in column for w in text.split()), key=len, default="")
        for column in zip(*rows, strict=False)
    ]
    whole = all(
        width(word, size * 1.17) < mm - 2 * _MARGIN[0]
        for word, mm in zip(longest, widths, strict=False)
    )
    return whole and sum(_tall(row, widths, size * 1.05) for row in rows) <= BODY[3]


def widths_of(table: Table) -> list[float]:
    """How wide each column is, in mm, the same on every slide of the table."""
    return columns(table, ROOM, size_of(table), 2 * _MARGIN[0] + 1)


def pages(table: Table) -> list[Table]:
    """The table in parts that fit a slide, about equally long; a part has at least one row."""
    widths, size = widths_of(table), size_of(table)
    free = BODY[3] - _tall(table.headers, widths, size * 1.17)
    rows = [_cut(row, widths, size, free) for row in table.rows]
    heights = [_tall([shown(cell) for cell in row], widths, size) for row in rows]
    count = len(split(heights, free, MOST))
    fewest = next(n for n in range(1, MOST + 1) if len(split(heights, free, n)) == count)
    return [replace(table, rows=rows[start:end]) for start, end in split(heights, free, fewest)]


def split(heights: Sequence[float], free: float, most: int) -> list[tuple[int, int]]:
    """From where to where rows stand together: no more than `most`, no higher than `free` mm."""
    parts, start = [], 0
    for end in range(1, len(heights) + 1):
        following = heights[end] if end < len(heights) else math.inf
        if end - start == most or sum(heights[start:end]) + following > free:
            parts.append((start, end))
            start = end
    return parts


def lines(text: str, room: float, size: float) -> int:
    """How many lines a text takes where `room` mm wide is free; `size` in points."""
    count = 0
    for line in text.split("\n"):
        at = 0.0
        count += 1
        for word in line.split():
            wide = width(word, size)
            if at and at + wide > room:
                count, at = count + 1, 0.0
            count += int(wide // (room + 1))  # a word that is broken
            at += wide % (room + 1) + width(" ", size)
    return count


def _tall(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """How high a row is, in mm."""
    most = max(
        (lines(t, mm - 2 * _MARGIN[0], size) for t, mm in zip(texts, widths, strict=False)),
        default=1,
    )
    return most * size * _LINE + 2 * _MARGIN[1]


def _cut(row: Row, widths: Sequence[float], size: float, free: float) -> Row:
    """The row, with a text cut at a word only where it alone is higher than a slide."""
    if _tall([shown(cell) for cell in row], widths, size) <= free:
        return row
    cut = []
    for cell, mm in zip(row, widths, strict=False):
        parts = shown(cell).split()
        while parts and _tall([" ".join(parts) + " …"], [mm], size) > free:
            parts = parts[: int(len(parts) * 0.95)]
        whole = _tall([shown(cell)], [mm], size) <= free
        cut.append(cell if whole else " ".join(parts) + " …")
    return cut


def table_xml(table: Table, whole: Table, language: str) -> Any:
    """The element `a:tbl` of one part of the `whole` table, with its header row flagged."""
    widths, size, right = widths_of(whole), size_of(whole), numeric(whole)
    grid = "".join(f'<a:gridCol w="{round(mm * _EMU)}"/>' for mm in widths)
    rows = [(list(table.headers), True)]
    rows += [([shown(cell) for cell in row], False) for row in table.rows]
    body = ""
    for texts, head in rows:
        texts = [*texts, *[""] * len(widths)][: len(widths)]
        cells = (
            _cell(text, place in right, head, size, language) for place, text in enumerate(texts)
        )
        tall = _tall(texts, widths, size * (1.17 if head else 1))
        body += f'<a:tr h="{round(tall * _EMU)}">{"".join(cells)}</a:tr>'
    return parse_xml(
        f'<a:tbl {NAMESPACES}><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{_PLAIN}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>"
    )


def _cell(text: str, right: bool, head: bool, size: float, language: str) -> str:
    side, above = (round(mm * _EMU) for mm in _MARGIN)
    wide, colour = (19050, ACCENT) if head else (6350, LINE)
    none = "".join(f'<a:{edge} w="0"><a:noFill/></a:{edge}>' for edge in ("lnL", "lnR", "lnT"))
    ink = f'<a:solidFill><a:schemeClr val="{"tx2" if head else "tx1"}"/></a:solidFill>'
    looks = f'lang="{language}" sz="{round(size * 100)}" b="{int(head)}"'
    lines = "".join(
        f'<a:p><a:pPr algn="{"r" if right else "l"}"/>'
        + (f"<a:r><a:rPr {looks}>{ink}</a:rPr><a:t>{xml(line)}</a:t></a:r>" if line else "")
        + f"<a:endParaRPr {looks}/></a:p>"
        for line in clean(text).split("\n")
    )
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{lines}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}" '
        f'anchor="{"b" if head else "t"}">{none}<a:lnB w="{wide}"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:lnB><a:noFill/></a:tcPr></a:tc>'
    )
