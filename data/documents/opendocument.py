"""OpenDocument text (.odt): what a reader sees on the page, in order.

What tracked changes deleted, notes with their marks and hidden text are not read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from data.documents import package
from data.documents.cells import Cells
from data.documents.flow import Block, Grid, Paragraph, Slot, cells_of
from data.documents.limits import COLUMNS, DELETE_ROWS, ROWS, TOO_MANY_ROWS, refusal, too_wide
from data.documents.odf import (
    BOX,
    CELLS,
    OFFICE,
    PARAGRAPHS,
    STYLE,
    TABLE,
    TEXT,
    UNREAD,
    count,
    text_of,
)


def read(content: bytes) -> Cells:
    """The text and the tables of an .odt; raises DataError where it is no safe file of its kind."""
    package.check(content, "odt")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        roots = [
            etree.fromstring(packed.read(name), parser)
            for name in ("content.xml", "styles.xml")
            if name in packed.namelist()
        ]
    body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise package.damaged("odt")
    reader = _Reader(_hidden_styles(roots), _Numbers(_list_levels(roots)))
    return cells_of(reader.blocks(body))


def _hidden_styles(roots: list[Any]) -> frozenset[str]:
    return frozenset(
        style.get(STYLE + "name", "")
        for root in roots
        for style in root.iter(STYLE + "style")
        if any(each.get(TEXT + "display") == "none" for each in style)
    )


def _list_levels(roots: list[Any]) -> dict[str, dict[int, Any]]:
    """Style of a list -> level -> how that level is numbered; the outline is the list ''."""
    levels: dict[str, dict[int, Any]] = {}
    for root in roots:
        for style in root.iter(TEXT + "list-style", TEXT + "outline-style"):
            outline = style.tag == TEXT + "outline-style"
            levels["" if outline else style.get(STYLE + "name", "")] = {
                count(level, TEXT + "level"): level for level in style if level.tag != etree.Comment
            }
    return levels


@dataclass
class _Numbers:
    """Counts the numbered paragraphs, list by list; the style of an inner list may be left out."""

    levels: dict[str, dict[int, Any]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, style: str, level: int, restart: bool = False) -> str:
        """The number of the next paragraph of that level with a space ("1. "), '' for none."""
        levels = self.levels.get(style, {})
        own = levels.get(level)
        counts = self._counts.setdefault(style, {})
        if own is None or own.get(STYLE + "num-format") != "1":
            return ""
        first = count(own, TEXT + "start-value")
        counts[level] = first if restart or level not in counts else counts[level] + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        shown = range(level - count(own, TEXT + "display-levels") + 1, level + 1)
        number = ".".join(str(counts.get(each, 1)) for each in shown if each > 0)
        prefix, suffix = (own.get(STYLE + name, "") for name in ("num-prefix", "num-suffix"))
        return f"{prefix}{number}{suffix} "


@dataclass
class _Reader:
    hidden: frozenset[str]
    numbers: _Numbers

    def blocks(self, container: Any, numbered: bool = True) -> Iterator[Block]:
        """Paragraphs and tables below `container`, through lists, sections and indexes.

        In a cell a number is no part of the name behind it, so there nothing is `numbered`.
        """
        for child in container:
            if child.tag in PARAGRAPHS:
                yield from self.paragraph(child, "" if child.tag == TEXT + "h" else None, numbered)
            elif child.tag == TEXT + "list":
                yield from self.items(child, "", 1, numbered)
            elif child.tag == TABLE + "table":
                yield self.grid(child)
            elif child.tag == BOX:
                yield from self.blocks(child, numbered=False)
            elif child.tag not in UNREAD:
                yield from self.blocks(child, numbered)

    def paragraph(
        self, element: Any, style: str | None, numbered: bool, level: int = 0, restart: bool = False
    ) -> Iterator[Block]:
        """A paragraph, and the text boxes that hang on it. `style` None: it is in no list."""
        heading = element.tag == TEXT + "h"
        if element.get(TEXT + "style-name") in self.hidden:
            return
        words = text_of(element, self.hidden)
        written = element.find(TEXT + "number")
        label = ""
        if numbered and words.strip() and written is not None:
            label = f"{written.text or ''} "
        elif numbered and words.strip() and style is not None and not _is_bare(element):
            place = level or count(element, TEXT + "outline-level")
            label = self.numbers.label(style, place, restart)
        yield Paragraph(label + words, heading)
        for box in element.iter(BOX):
            yield from self.blocks(box, numbered=False)

    def items(self, each: Any, outer: str, level: int, numbered: bool) -> Iterator[Block]:
        """The paragraphs of a list; only the first of an item carries its number."""
        style = each.get(TEXT + "style-name", outer)
        goes_on = each.get(TEXT + "continue-numbering") == "true" or each.get(
            TEXT + "continue-list"
        )
        restart = level == 1 and not goes_on
        for item in each:
            first = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self.items(child, style, level + 1, numbered)
                elif child.tag in PARAGRAPHS:
                    name = style if first else None
                    yield from self.paragraph(child, name, numbered, level, restart)
                    first = restart = False

    def grid(self, table: Any) -> Grid:
        """Every row, header rows and repeated ones included; raises DataError over the limit."""
        rows: list[tuple[Slot, ...]] = []
        for row in _rows(table):
            repeated = count(row, TABLE + "number-rows-repeated")
            if len(rows) + repeated > ROWS:
                raise refusal(TOO_MANY_ROWS, DELETE_ROWS)
            rows += [self.row(row)] * repeated
        return Grid(tuple(rows))

    def row(self, row: Any) -> tuple[Slot, ...]:
        """The cells; those covered by a wide cell before them are part of it."""
        slots: list[Slot] = []
        covered = 0
        for cell in (child for child in row if child.tag in CELLS):
            repeated = count(cell, TABLE + "number-columns-repeated")
            width = count(cell, TABLE + "number-columns-spanned")
            if max(repeated, width, len(slots)) > COLUMNS:
                raise too_wide()
            if cell.tag == TABLE + "covered-table-cell":
                slots += [Slot()] * (repeated - min(covered, repeated))
                covered = max(0, covered - repeated)
                continue
            slots += [Slot(tuple(self.blocks(cell, numbered=False)), width)] * repeated
            covered = width - 1
        return tuple(slots)


def _is_bare(heading: Any) -> bool:
    """Whether a heading goes without the number of its level."""
    return bool(heading.get(TEXT + "is-list-header") == "true")


def _rows(table: Any) -> Iterator[Any]:
    """The rows of this table, not those of a table in a cell."""
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag not in CELLS and child.tag != TABLE + "table":
            yield from _rows(child)
