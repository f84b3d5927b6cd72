"""What OpenDocument text and sheets have in common: names, text, repetition; rows one by one.

The XML is read with lxml itself: the libraries above it hold a whole document as objects, and a
sheet of a hundred thousand rows must be refused before it is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from data.documents.limits import CELL, too_long

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, DRAW, STYLE = (
    f"{{{_NAMESPACE}{name}:1.0}}" for name in ("text", "table", "office", "drawing", "style")
)
UNREAD = {
    *(TEXT + name for name in ("note", "tracked-changes", "ruby-text", "number", "hidden-text")),
    *(TEXT + name for name in ("hidden-paragraph", "sequence-decls", "variable-decls", "script")),
    *(OFFICE + name for name in ("annotation", "annotation-end", "forms")),
    DRAW + "text-box",
    etree.Comment,
    etree.PI,
}
BOX = DRAW + "text-box"
BLANKS = {TEXT + "s", TEXT + "tab", TEXT + "line-break"}
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
_HYPHENS = str.maketrans({"\u2011": "-", "\u00ad": None})


def count(element: Any, name: str) -> int:
    """The attribute that says how often something counts; 1 where it does not say."""
    stated = element.get(name, "1")
    return max(1, int(stated)) if re.fullmatch(r"\d{1,9}", stated) else 1


def text_of(element: Any) -> str:
    """The text of a paragraph of a sheet."""
    return "".join(_pieces(element)).translate(_HYPHENS)


def _pieces(element: Any) -> Iterator[str]:
    yield collapsed(element.text)
    for child in element:
        if child.tag in BLANKS:
            yield blank(child)
        elif child.tag not in UNREAD:
            yield from _pieces(child)
        yield collapsed(child.tail)


def blank(element: Any) -> str:
    """The white space that an element of BLANKS stands for; raises DataError for very much."""
    if element.tag != TEXT + "s":
        return "\t" if element.tag == TEXT + "tab" else "\n"
    spaces = count(element, TEXT + "c")
    if spaces > CELL:
        raise too_long()
    return " " * spaces


def collapsed(text: str | None) -> str:
    """White space in the XML is one space; any more of it is written as an element."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def sheet_rows(
    part: IO[bytes],
) -> Iterator[tuple[str, int, list[tuple[int, str, dict[str, str]]]]]:
    """(sheet, times, cells) of each row of an .ods' content, one row in memory at a time.

    A cell is (times, text, what it states of its value by local name). Nothing is repeated here:
    a file of a few bytes may say that its last row comes a million times.
    """
    name, depth = "", 0
    for event, element in etree.iterparse(
        part,
        events=("start", "end"),
        tag=(TABLE + "table", TABLE + "table-row"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    ):
        if element.tag == TABLE + "table":
            depth += 1 if event == "start" else -1
            name = element.get(TABLE + "name", "") if depth == 1 and event == "start" else name
        elif event == "end" and depth == 1:
            cells = [
                (count(cell, TABLE + "number-columns-repeated"), *_sheet_cell(cell))
                for cell in element
                if cell.tag in CELLS
            ]
            yield name, count(element, TABLE + "number-rows-repeated"), cells
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]


def _sheet_cell(cell: Any) -> tuple[str, dict[str, str]]:
    if cell.tag == TABLE + "covered-table-cell":
        return "", {}
    text = "\n".join(text_of(child) for child in cell if child.tag in PARAGRAPHS)
    return text, {etree.QName(key).localname: value for key, value in cell.attrib.items()}
