"""PDF with a text layer: what it prints, as text and as tables of cells.

Every page gives its text through pdfium, which is quick. Only the pages from one with words of a
header we know up to where its tables end are taken apart, for that costs a hundred times more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Self

import pdfplumber
import pypdfium2

from data.documents.cells import Cells
from data.documents.headers import may_hold_header
from data.documents.pdf_flow import Flow
from data.documents.pdf_lines import Sheet, plain, sheet
from data.documents.pdf_running import running
from geo.errors import DataError

MOST_PAGES = 400
_LOG = logging.getLogger("pdfminer")
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_LEAST_LETTERS = 20  # on a whole document: stamps on a scan are no text layer
_NEAR = (-2, -1, 1, 2)  # pages that may repeat a running head; odd and even ones differ


def read(content: bytes) -> Cells:
    """Text and tables of the PDF `content`; `DataError` where there is nothing to read.

    The tables are those with a header we know, those that go on from them, and other drawn tables
    on the same pages. The text is that of all pages, without these tables.
    """
    texts = _texts(content)
    begins = [may_hold_header(text) for text in texts]
    return _read_tables(content, texts, begins) if any(begins) else Cells("\n".join(texts), ())


def _texts(content: bytes) -> list[str]:
    """The text of every page."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            advice = "Save it without the password and try again."
            raise DataError("the document", "it is locked by a password", advice=advice) from error
        raise _damaged() from error
    try:
        if len(document) > MOST_PAGES:
            advice = "Save the pages with the tables as a file of their own."
            reason = f"it has more than {MOST_PAGES} pages"
            raise DataError("the document", reason, value=str(len(document)), advice=advice)
        try:
            texts = [_text(document, place) for place in range(len(document))]
        except pypdfium2.PdfiumError as error:
            raise _damaged() from error
    finally:
        document.close()
    if sum(map(str.isalpha, "".join(texts))) < _LEAST_LETTERS:
        advice = "Use the Word file, or have the text recognised (OCR) first."
        raise DataError("the document", "its pages are pictures without text", advice=advice)
    return texts


def _text(document: pypdfium2.PdfDocument, place: int) -> str:
    page = document[place]
    try:
        words = page.get_textpage()
        try:
            return plain(words.get_text_bounded()).replace("\r\n", "\n").replace("\u00ad\n", "-\n")
        finally:
            words.close()
    finally:
        page.close()


def _read_tables(content: bytes, texts: list[str], begins: list[bool]) -> Cells:
    flow = Flow()
    with _Sheets(content) as sheets:
        for place, text in enumerate(texts):
            if not (flow.open or begins[place]):
                flow.pass_by(text)
                continue
            near = [sheets[place + step] for step in _NEAR if 0 <= place + step < len(texts)]
            flow.read(sheets[place], running(sheets[place], near))
            sheets.forget(place - 2)
    return flow.cells()


class _Sheets:
    """Pages taken apart when they are asked for, the last few kept."""

    def __init__(self, content: bytes) -> None:
        with _as_damaged():
            self._document = pdfplumber.open(BytesIO(content))
        self._sheets: dict[int, Sheet] = {}
        self._losses = _Losses()

    def __enter__(self) -> Self:
        _LOG.addHandler(self._losses)
        return self

    def __exit__(self, *_: object) -> None:
        _LOG.removeHandler(self._losses)
        self._document.close()

    def __getitem__(self, place: int) -> Sheet:
        if place not in self._sheets:
            with _as_damaged():
                page = self._document.pages[place]
                self._sheets[place] = sheet(page)
                page.close()
            if self._losses.seen:
                raise _damaged()
        return self._sheets[place]

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
    except Exception as error:
        raise _damaged() from error


def _damaged() -> DataError:
    advice = "Open it, save it again as PDF, or use the Word file."
    return DataError("the document", "the PDF is damaged and cannot be read", advice=advice)
