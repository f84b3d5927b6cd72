"""Bytes that should be text, in whichever of the usual encodings."""

from __future__ import annotations

import codecs
import re

from data.documents import text
from data.documents.cells import LIGATURES, Cells
from data.documents.limits import CHARACTERS, refusal, too_much

# All but tab, line feed, form feed, carriage return, and Word's line break (vertical tab).
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_WITHIN = re.compile(r"(?<=[^\r\n\f])\f+(?=[^\r\n\f])")  # a new page in the middle of a line
LIGATURE_LETTERS = str.maketrans({**LIGATURES})
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body)\b|\s*\{\\rtf", re.I)


def read(content: bytes) -> Cells:
    """The tables and the text of a text file; raises DataError where it is no text."""
    return text.read(decode(content).translate(LIGATURE_LETTERS))


def decode(content: bytes) -> str:
    """The text of a .txt or .csv: UTF-8, UTF-16 with its mark, else Windows' cp1252.

    Form feeds and vertical tabs become line ends; a form feed beside one falls away. Raises
    DataError for anything else.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(found) > CHARACTERS:
            raise too_much()
        if _CONTROL.search(found):
            break
        if _MARKUP.match(found):
            raise refusal("marked_up_text")
        return _WITHIN.sub("\n", found).replace("\f", "").replace("\v", "\n")
    raise refusal("no_text")
