"""The template of slides, `slides.pptx`: its layouts and places; and tables that fit a slide."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Mm, Pt

from dashboard.exports.office import cell_text, clean, columns, numeric, width
from dashboard.report import Row, Table

Box = tuple[float, float, float, float]  # left, top, width, height in mm

NAME = "slides.pptx"
OPENING, CONTENT, TITLE_ONLY = "Title Slide", "Title and Content", "Title Only"
# The layouts that a template must have, by their English name, and how PowerPoint calls their
# kind in any language.
LAYOUTS = {OPENING: "title", CONTENT: "obj", TITLE_ONLY: "titleOnly"}
SOURCE = "Source"  # the name of the placeholder for the source line
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_TEXTS = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SUBTITLE)
_MM = 36000  # EMU


class Design:
    """A presentation without slides, made of a template; `language` is such as "nl-NL"."""

    def __init__(self, template: bytes, language: str) -> None:
        self.deck: Any = pptx.Presentation(io.BytesIO(template))
        slides = self.deck.slides._sldIdLst
        for slide in list(slides):
            self.deck.part.drop_rel(slide.rId)
            slides.remove(slide)
        master = self.deck.slide_master
        for part in (self.deck, master, *master.slide_layouts):
            for each in part.element.iter():
                if "lang" in each.attrib:
                    each.set("lang", language)

    def layout(self, name: str) -> Any:
        """The layout of this name, or of its kind; None where there is neither."""
        layouts = list(self.deck.slide_layouts)
        kind = LAYOUTS[name]
        return next(
            (each for each in layouts if each.name == name),
            next((each for each in layouts if each.element.get("type") == kind), None),
        )

    @cached_property
    def body(self) -> Box:
        """Where text, figures and tables stand."""
        holder = text_place(self.layout(CONTENT))
        left, top, wide, high = holder.left, holder.top, holder.width, holder.height
        return left / _MM, top / _MM, wide / _MM, high / _MM

    @cached_property
    def source(self) -> Box:
        """Where the source line stands."""
        layout = self.layout(TITLE_ONLY)
        place = source_place(layout)
        holder = next(h for h in layout.placeholders if h.placeholder_format.idx == place)
        left, top, wide, high = holder.left, holder.top, holder.width, holder.height
        return left / _MM, top / _MM, wide / _MM, high / _MM

    @cached_property
    def title_size(self) -> float:
        """The size of titles, in points."""
        styles = self.deck.slide_master.element.find(qn("p:txStyles"))
        looks = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        return 24.0 if looks is None else int(looks.get("sz", 2400)) / 100

    @cached_property
    def table_style(self) -> str:
        """The id of the style that tables have unless told otherwise."""
        part = self.deck.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)
        default = re.search(rb'def="([^"]+)"', part.blob)
        return default[1].decode() if default else "{5940675A-B579-460E-94D1-54222C63F5DA}"

    def list_notes_master(self) -> None:
        """Name the master of the notes where PowerPoint looks for it."""
        if self.deck.element.find(qn("p:notesMasterIdLst")) is None:
            entry: Any = OxmlElement("p:notesMasterId")
            reltype = RELATIONSHIP_TYPE.NOTES_MASTER
            entry.set(qn("r:id"), self.deck.part.relate_to(self.deck.notes_master.part, reltype))
            entries: Any = OxmlElement("p:notesMasterIdLst")
            entries.append(entry)
            self.deck.element.find(qn("p:sldMasterIdLst")).addnext(entries)


def text_place(slide: Any) -> Any:
    """The placeholder for text of a slide or a layout, None where there is none."""
    source = source_place(slide)
    holders = (
        holder
        for holder in slide.placeholders
        if holder.placeholder_format.type in _TEXTS and holder.placeholder_format.idx != source
    )
    return next(holders, None)


def source_place(slide: Any) -> int | None:
    """The idx of the placeholder for the source line, of a slide or a layout."""
    layout = getattr(slide, "slide_layout", slide)
    if not hasattr(layout, "slide_master"):
        return None
    indices = (h.placeholder_format.idx for h in layout.placeholders if h.name == SOURCE)
    return next(indices, None)


def missing(template: bytes) -> Iterator[str]:
    """The layouts and places that a template lacks."""
    design = Design(template, "nl-NL")
    for name in LAYOUTS:
        if (layout := design.layout(name)) is None:
            yield f"the layout {name}"
            continue
        kinds = [holder.placeholder_format.type for holder in layout.placeholders]
        if not any(kind in _TITLES for kind in kinds):
            yield f"a title in the layout {name}"
        if name != TITLE_ONLY and text_place(layout) is None:
            yield f"a place for text in the layout {name}"
        if name != OPENING and source_place(layout) is None:
            yield f"a place named {SOURCE} in the layout {name}"


MOST = 12  # rows on a slide
SIZE, SMALL, CROWDED = 13.0, 11.0, 5  # points; the smaller where there are more columns
LARGER = (18.0, 16.0, 14.0)  # points, for a short table
_MARGIN = (2.0, 1.1)  # beside and above the text of a cell, mm
_LINE = 1.22 * 25.4 / 72  # mm per point of a line


def size_of(table: Table, body: Box) -> float:
    """The size of its type in points: larger where all of it then still fits one slide."""
    least = SMALL if len(table.headers) > CROWDED else SIZE
    return next((size for size in LARGER if size > least and _fits(table, size, body)), least)


def _fits(table: Table, size: float, body: Box) -> bool:
    """Whether the table stands on one slide in this size, no word of it broken."""
    widths = columns(table, body[2], size, 2 * _MARGIN[0] + 1)
    rows = [list(table.headers), *([cell_text(cell) for cell in row] for row in table.rows)]
    longest = [
        max((w for text in column for w in text.split()), key=len, default="")
        for column in zip(*rows, strict=False)
    ]
    whole = all(
        width(word, size * 1.17) < mm - 2 * _MARGIN[0]
        for word, mm in zip(longest, widths, strict=False)
    )
    return whole and sum(_tall(row, widths, size * 1.05) for row in rows) <= body[3]


def widths_of(table: Table, body: Box) -> list[float]:
    """How wide each column is, in mm, the same on every slide of the table."""
    return columns(table, body[2], size_of(table, body), 2 * _MARGIN[0] + 1)


def pages(table: Table, body: Box) -> list[Table]:
    """The table in parts that fit a slide, about equally long; a part has at least one row."""
    widths, size = widths_of(table, body), size_of(table, body)
    free = body[3] - _tall(table.headers, widths, size * 1.17)
    rows = [_cut(row, widths, size, free) for row in table.rows]
    heights = [_tall([cell_text(cell) for cell in row], widths, size) for row in rows]
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
    if _tall([cell_text(cell) for cell in row], widths, size) <= free:
        return row
    cut = []
    for cell, mm in zip(row, widths, strict=False):
        parts = cell_text(cell).split()
        while parts and _tall([" ".join(parts) + " …"], [mm], size) > free:
            parts = parts[: int(len(parts) * 0.95)]
        whole = _tall([cell_text(cell)], [mm], size) <= free
        cut.append(cell if whole else " ".join(parts) + " …")
    return cut


def fill(table: Any, part: Table, whole: Table, body: Box) -> int:
    """Fill a table of PowerPoint with one part of the `whole`; returns its height in EMU."""
    widths, size, right = widths_of(whole, body), size_of(whole, body), numeric(whole)
    for column, mm in zip(table.columns, widths, strict=True):
        column.width = Emu(round(mm * _MM))
    filler, total = [""] * len(widths), 0
    texts = [list(part.headers), *([*map(cell_text, row), *filler] for row in part.rows)]
    for number, (row, line) in enumerate(zip(table.rows, texts, strict=True)):
        row.height = Emu(round(_tall(line, widths, size * (1 if number else 1.17)) * _MM))
        total += row.height
        for place, (cell, text) in enumerate(zip(row.cells, line, strict=False)):
            cell.margin_left = cell.margin_right = Mm(_MARGIN[0])
            cell.margin_top = cell.margin_bottom = Mm(_MARGIN[1])
            cell.vertical_anchor = MSO_ANCHOR.TOP if number else MSO_ANCHOR.BOTTOM
            cell.text = clean(text)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT if place in right else PP_ALIGN.LEFT
                for run in paragraph.runs:
                    run.font.size = Pt(size)
                end = paragraph._p.get_or_add_endParaRPr()  # of the height of an empty cell
                end.set("sz", str(round(size * 100)))
    return total
