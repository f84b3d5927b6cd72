"""Running heads, feet and page numbers: what a PDF prints on every page is no content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.documents.pdf.lines import Line, Sheet

_NUMBER = re.compile(r"[0-9]{1,9}")
_EDGE_ZONE = 0.12  # of the page's height: where running heads and page numbers stand


def running(page: Sheet, neighbours: Sequence[Sheet]) -> set[int]:
    """Which lines of `page` are running heads, feet or page numbers.

    They stand at the edge of the page and again at the same height on a page nearby, with the
    same words; a number in them may grow with the pages.
    """
    seen = [(line, other.number - page.number) for other in neighbours for line in _outer(other)]
    number = re.compile(rf"(?i)(?:pagina |blad )?{page.number}(?: van \d+| ?/ ?\d+)?")
    outer = _outer(page)
    return {
        place
        for place, line in enumerate(page.lines)
        if line in outer
        and (number.fullmatch(line.text) or any(_again(line, *other) for other in seen))
    }


def _outer(page: Sheet) -> list[Line]:
    """The lines at the upper and the lower edge of a page."""
    top, bottom = page.height * _EDGE_ZONE, page.height * (1 - _EDGE_ZONE)
    return [line for line in page.lines if line.bottom < top or line.top > bottom]


def _again(line: Line, other: Line, pages: int) -> bool:
    """Whether `other`, so many pages further, prints `line` again, its page number apart."""
    if abs(line.top - other.top) > 2 or _NUMBER.sub("#", line.text) != _NUMBER.sub("#", other.text):
        return False
    numbers = zip(_NUMBER.findall(line.text), _NUMBER.findall(other.text), strict=True)
    return all(int(new) - int(old) in (0, pages) for old, new in numbers)
