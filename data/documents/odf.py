"""What OpenDocument text and sheets have in common: names, text, repetition; rows one by one.

The XML is read with lxml itself: the libraries above it hold a whole document as objects, and a
sheet of a hundred thousand rows must be refused before it is held.
"""

from __future__ import annotations

import re
from typing import Any

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
BLANKS = {TEXT + "s", TEXT + "tab", TEXT + "line-break"}
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}


def count(element: Any, name: str) -> int:
    """The attribute that says how often something counts; 1 where it does not say."""
    stated = element.get(name, "1")
    return max(1, int(stated)) if re.fullmatch(r"\d{1,9}", stated) else 1


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
