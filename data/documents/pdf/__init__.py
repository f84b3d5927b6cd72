"""PDF with a text layer: what it prints, as text and as tables of cells.

Every page gives its text through pdfium, which is quick. Only the pages from one with words of a
header we know up to where its tables end are taken apart, and those that hold what nobody sees,
or show what is no text of the page; for that costs more.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Self

import pdfplumber

from data.documents.cells import Cells
from data.documents.headers import is_heading, may_hold_header, role_of
from data.documents.pdf.fields import Layers
from data.documents.pdf.flow import DistrustedError, Flow
from data.documents.pdf.ink import directions, drawing
from data.documents.pdf.lines import Place, Sheet, running, sheets
from data.documents.pdf.survey import Survey, damaged, survey, undecodable_fonts, without_text
from data.documents.pdf.tags import tagged_tables
from geo.errors import DataError

_LOG = logging.getLogger("pdfminer")
_LEAST_LETTERS = 20  # on a whole document: stamps on a scan are no text layer
_NEAR = (-2, -1, 1, 2)  # pages that may repeat a running head; odd and even ones differ
_MOST_HEADINGS = 10  # words of a line of headings
_OTHER_WAY = 3  # letters in another direction than the rest of the page


def read(content: bytes) -> Cells:
    """Text and tables of the PDF `content`; `DataError` where there is nothing to read.

    The tables are those with a header we know, those that go on from them, and other drawn tables
    on the same pages. The text is that of all pages, without these tables.
    """
    pages = survey(content, _has_layers_off(content))
    begins = [_may_begin(text) for text in pages.texts]
    if not any(begins) and not pages.close:
        return Cells("\n".join(pages.texts), ())
    return _read_tables(content, pages, begins)


def _may_begin(text: str) -> bool:
    """Whether a page may hold the header of a table, perhaps with its headings cut at line ends."""
    return may_hold_header(text) or any(
        len(words) <= _MOST_HEADINGS
        and any(len(word) > 3 and word[-1] in "-\u00ad" for word in words)
        and any(role_of(word) in ("label", "mission", "filo") for word in words)
        for words in map(str.split, text.split("\n"))
    )


def _has_layers_off(content: bytes) -> bool:
    """Whether the document has layers that are not shown."""
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            return bool(Layers(document.doc.catalog))
    except MemoryError:
        raise
    except Exception:  # what pdfium cannot read either is refused there
        return False


def _read_tables(content: bytes, pages: Survey, begins: list[bool]) -> Cells:
    distrusted: set[int] = set()
    while True:
        try:
            return _read_once(content, pages, list(begins), distrusted)
        except DistrustedError as error:
            distrusted.add(error.table)


def _read_once(content: bytes, pages: Survey, begins: list[bool], distrusted: set[int]) -> Cells:
    """See `_read_tables`; the tagged tables `distrusted` are read by what is drawn."""
    letters = 0
    with _Sheets(content, distrusted) as taken:
        flow = Flow(taken.tagged)
        for place, text in enumerate(pages.texts):
            close = place in pages.close
            if not (flow.open or begins[place] or close):
                flow.pass_by(text)
                letters += sum(map(str.isalpha, text))
                continue
            own, *others = taken[place]
            begins[place] = (begins[place] and not close) or _may_begin(own.text)
            letters += sum(map(str.isalpha, own.text))
            flow.left_out += [each for sheet in taken[place] for each in sheet.left_out]
            if flow.open or begins[place]:
                steps = (place + step for step in _NEAR if 0 <= place + step < len(begins))
                flow.read(own, running(own, [taken[near][0] for near in steps]))
            else:
                flow.pass_over(own)
            for other in others:
                if may_hold_header(other.text) and not _is_header_alone(other):
                    flow.read(other, set())
            taken.forget(place - 2)
    if letters < _LEAST_LETTERS:
        raise without_text()
    cells = flow.cells()
    if any("\ufffd" in cell for table in cells.tables for row in table.rows for cell in row):
        raise undecodable_fonts()
    return cells


def _is_header_alone(sheet: Sheet) -> bool:
    """Whether a page seen from its side holds headings and no rows: they are set upright."""
    return len(sheet.text.split()) <= _MOST_HEADINGS and all(
        map(is_heading, sheet.text.split("\n"))
    )


class _Sheets:
    """Pages taken apart when they are asked for, the last few kept; one for each direction."""

    def __init__(self, content: bytes, distrusted: set[int]) -> None:
        with _as_damaged():
            self._document = pdfplumber.open(BytesIO(content))
            self._layers = Layers(self._document.doc.catalog)
            tables = enumerate(tagged_tables(self._document.doc.catalog))
        self.tagged = {at: each for at, each in tables if at not in distrusted and each.plain}
        self._places: dict[int, dict[int, Place]] = defaultdict(dict)
        for at, table in self.tagged.items():
            for (page, tag), (row, column) in table.places().items():
                self._places[page][tag] = (at, row, column)
        self._sheets: dict[int, list[Sheet]] = {}
        self._losses = _Losses()

    def __enter__(self) -> Self:
        _LOG.addHandler(self._losses)
        return self

    def __exit__(self, *_: object) -> None:
        _LOG.removeHandler(self._losses)
        self._document.close()

    def __getitem__(self, place: int) -> list[Sheet]:
        if place not in self._sheets:
            with _as_damaged():
                self._sheets[place] = self._taken_apart(place)
            if self._losses.seen:
                raise damaged()
        return self._sheets[place]

    def _taken_apart(self, place: int) -> list[Sheet]:
        page = self._document.pages[place]
        made = drawing(page.page_obj, place + 1, self._document.rsrcmgr, self._layers)
        page.close()
        many = directions(made.letters)
        first = max(many, key=lambda turn: many[turn], default=0)
        others = [turn for turn in many if turn != first and many[turn] >= _OTHER_WAY]
        key = int(page.page_obj.pageid) if isinstance(page.page_obj.pageid, int) else 0
        cropped = "CropBox" in page.page_obj.attrs
        own = sheets(made, [first, *others], cropped, self._places.get(key, {}))
        main, *lying = own
        for turn, sheet in zip(others, lying, strict=True):
            if not may_hold_header(sheet.text) or _is_header_alone(sheet):
                main = main.with_lying(sheet, (turn - first) % 360)
        return [replace(each, key=key) for each in (main, *lying)]

    def forget(self, before: int) -> None:
        for place in [place for place in self._sheets if place <= before]:
            del self._sheets[place]


class _Losses(logging.Handler):
    """Notices that a page came out in part: the library only logs it, and rows would be missing."""

    seen = False

    def emit(self, record: logging.LogRecord) -> None:
        self.seen = self.seen or record.getMessage().startswith("Data-loss")


@contextmanager
def _as_damaged() -> Iterator[None]:
    """Whatever a broken file makes the library stumble on becomes one error."""
    try:
        yield
    except MemoryError:
        raise
    except (DataError, DistrustedError):
        raise
    except Exception as error:
        raise damaged() from error
