"""Text in an SVG: how wide Fira Sans sets it, how it breaks into lines, and how it is escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from PIL import ImageFont

from dashboard.exports.typesetting import FONTS

FAMILY = "'Fira Sans', FiraSans, sans-serif"
_FACES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_DRAWN = 100  # px at which letters are measured
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=8)
def _face(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"FiraSans-{_FACES[weight]}.ttf"), _DRAWN)


@lru_cache(maxsize=4096)
def width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line in the unit of `size`; `weight` is one of 400, 500, 600 and 700."""
    return float(_face(weight).getlength(text)) * size / _DRAWN


def wrapped(text: str, size: float, room: float, weight: int = 400) -> list[str]:
    """The text in lines no wider than `room`, broken at spaces; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def xml(text: str) -> str:
    """Any text as content or attribute of an SVG element; what XML does not know is left out.

    >>> xml('a<b> & "c"' + chr(1))
    'a&lt;b&gt; &amp; &quot;c&quot;'
    """
    return escape(_NOT_XML.sub("", text))
