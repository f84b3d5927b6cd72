"""What OpenDocument text and sheets have in common: names, text, repetition; rows one by one.

The XML is read with lxml itself: the libraries above it hold a whole document as objects, and a
sheet of a hundred thousand rows must be refused before it is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from data.documents.limits import CELL, too_long

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, DRAW, STYLE = (
    f"{{{_NAMESPACE}{name}:1.0}}" for name in ("text", "table", "office", "drawing", "style")
)
UNREAD = {
    *(TEXT + name for name in ("note", "tracked-changes", "ruby-text", "number", "hidden-text")),
    *(TEXT + name for name in ("hidden-paragraph", "sequence-decls", "variable-decls")),
    *(OFFICE + name for name in ("annotation", "annotation-end", "forms")),
    DRAW + "text-box",
    etree.Comment,
    etree.PI,
}
BOX = DRAW + "text-box"
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
_HYPHENS = str.maketrans({"\u2011": "-", "\u00ad": None})


def count(element: Any, name: str) -> int:
    """The attribute that says how often something counts; 1 where it does not say."""
    stated = element.get(name, "1")
    return max(1, int(stated)) if re.fullmatch(r"\d{1,9}", stated) else 1


def text_of(element: Any, hidden: frozenset[str] = frozenset()) -> str:
    """The visible text of a paragraph; `hidden` names the styles that are not shown."""
    return "".join(_pieces(element, hidden)).translate(_HYPHENS)


def _pieces(element: Any, hidden: frozenset[str]) -> Iterator[str]:
    yield _collapsed(element.text)
    for child in element:
        if child.tag == TEXT + "s":
            spaces = count(child, TEXT + "c")
            if spaces > CELL:
                raise too_long()
            yield " " * spaces
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif child.tag not in UNREAD and child.get(TEXT + "style-name") not in hidden:
            yield from _pieces(child, hidden)
        yield _collapsed(child.tail)


def _collapsed(text: str | None) -> str:
    """White space in the XML is one space; any more of it is written as an element."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
