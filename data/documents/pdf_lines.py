"""What stands on one page of a PDF: words, lines of words, and the rules drawn between them.

All places are in points, from the left and the top of the page as a reader sees it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from statistics import median
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.geometry import obj_to_edges
from pdfplumber.utils.text import extract_words

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
        **{"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"},
        **{
            "\ufb05": "st",
            "\ufb06": "st",
            "\ufffe": "\u00ad",
            "\x02": "\u00ad",
            "\u2010": "\u00ad",
        },
    }
)
_SOFT_BREAK = re.compile(r"\u00ad\n(?=[a-zà-ÿ])")
_HARD_BREAK = re.compile(r"(?<=\w)[-\u00ad]\n(?=\w)")
_MARK = re.compile(r"[\d*,)]{1,4}$")
_MOST_SHAPES = 4000  # a page with more is a drawing, and comparing its lines takes minutes


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box; `size` is that of its letters in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """Words beside each other, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words with one space between."""
        return plain(" ".join(word.text for word in self.words))

    @cached_property
    def x0(self) -> float:
        """Left edge, in points from the left of the page."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge, in points from the left of the page."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Top edge, in points from the top of the page."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Bottom edge, in points from the top of the page."""
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters, in points."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is set bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True)
class Sheet:
    """One page. `rules` are drawn lines; `bands` also the edges of coloured backgrounds."""

    number: int
    height: float
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    rules: list[dict[str, Any]]
    bands: list[dict[str, Any]]

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = [word.size for word in self.words for _ in word.text]
        return median(sizes) if sizes else 0.0


def plain(text: str) -> str:
    """Without ligatures and odd spaces; a hyphen at a line end is settled (see `join`)."""
    return text.translate(_PLAIN)


def join(lines: Iterable[str]) -> str:
    """Lines of one cell, with a word that was cut at a line end made whole.

    A soft hyphen goes; a plain one stays, for "Mexico-stad" must not become "Mexicostad" (the
    names are compared without hyphens).
    """
    text = "\n".join(line.strip() for line in lines)
    text = _HARD_BREAK.sub("-", _SOFT_BREAK.sub("", text))
    return text.replace("\u00ad", "-").strip()


def sheet(page: Page) -> Sheet:
    """The words, lines and rules of `page`, upright also where a table is printed sideways."""
    page = _upright(page)
    found = extract_words(
        _once(page.chars), x_tolerance_ratio=0.2, extra_attrs=["size", "fontname"]
    )
    raw = [_word(word) for word in found if word["upright"] and word["text"].strip()]
    lines = tuple(line for group in in_lines(raw) if (line := _without_marks(group)))
    words = tuple(word for line in lines for word in line.words)
    rules, bands = _rules(page, backgrounds=False), _rules(page, backgrounds=True)
    return Sheet(page.page_number, float(page.height), words, lines, rules, bands)


def in_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by height on the page: a word belongs to the line that its middle meets.

    Large words go first, so that a raised footnote mark finds the line it belongs to.
    """
    lines: list[tuple[float, list[Word]]] = []
    for word in sorted(words, key=lambda word: (-word.size, word.top, word.x0)):
        middle = (word.top + word.bottom) / 2
        place = bisect(lines, middle, key=itemgetter(0))
        near = [line for _, line in lines[max(place - 1, 0) : place + 1] if _meets(line[0], word)]
        if near:
            near[0].append(word)
        else:
            lines.insert(place, (middle, [word]))
    return [sorted(line, key=lambda word: word.x0) for _, line in lines]


def _meets(first: Word, word: Word) -> bool:
    """An initial of three lines is no part of any of them, hence the bound on the sizes."""
    middle = (word.top + word.bottom) / 2
    inside = first.top + 0.1 * first.size < middle < first.bottom - 0.1 * first.size
    return inside and word.size > 0.45 * first.size


def _upright(page: Page) -> Page:
    """The page turned so that most of its letters stand upright."""
    lying = [char for char in page.chars if not char["upright"]]
    if 2 * len(lying) <= len(page.chars):
        return page
    turn = 90 if lying[0]["matrix"][1] > 0 else 270
    page.page_obj.rotate = (page.page_obj.rotate + turn) % 360
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Letters without those printed a second time, hardly moved, to look bold."""
    seen: dict[tuple[str, int], list[dict[str, Any]]] = {}
    kept = []
    for char in chars:
        same = seen.setdefault((char["text"], round(char["top"] / 2)), [])
        if any(
            abs(char["x0"] - other["x0"]) < 1 and char["size"] == other["size"]
            for other in same[-3:]
        ):
            continue
        same.append(char)
        kept.append(char)
    return kept


def _word(word: dict[str, Any]) -> Word:
    bold = bool(re.search(r"bold|black|heavy|demi", word["fontname"], re.I))
    left, right, top, bottom = (float(word[side]) for side in ("x0", "x1", "top", "bottom"))
    return Word(word["text"].translate(_PLAIN), left, right, top, bottom, float(word["size"]), bold)


def _without_marks(words: list[Word]) -> Line | None:
    """The line without footnote marks: small digits, raised, right behind a word.

    Words that were cut only where the letters change (a bold start) are made whole again.
    """
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        near = last and word.x0 - last.x1 < 0.12 * last.size
        if last and word.x0 - last.x1 < 0.4 * last.size and _is_mark(word, last):
            continue
        if last and near:
            text = last.text + word.text
            top, bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            size, bold = max(last.size, word.size), last.bold and word.bold
            kept[-1] = Word(text, last.x0, word.x1, top, bottom, size, bold)
        else:
            kept.append(word)
    return Line(tuple(kept)) if kept else None


def _is_mark(word: Word, last: Word) -> bool:
    small = word.size < 0.8 * last.size and word.bottom < last.bottom - 0.08 * last.size
    return small and bool(_MARK.match(word.text))


def _rules(page: Page, backgrounds: bool) -> list[dict[str, Any]]:
    """Drawn lines as edges; a filled area is one when it is thin, or when all are asked for."""
    shapes = [*page.lines, *page.curves]
    shapes += [rect for rect in page.rects if backgrounds or not _is_background(rect)]
    edges = [edge for shape in shapes[:_MOST_SHAPES] for edge in obj_to_edges(shape)]
    return edges if len(shapes) <= _MOST_SHAPES else []


def _is_background(rect: dict[str, Any]) -> bool:
    return bool(rect["fill"] and not rect["stroke"] and min(rect["width"], rect["height"]) > 3)
