"""The text of every page of a PDF, and which pages must be taken apart to tell what they show.

pdfium gives the text quickly. It also gives what nobody sees, and not what stands in form fields;
a page that may hold either, or whose letters lie on their side, is named for a closer look.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from data.documents.pdf.lines import plain
from geo.errors import DataError

MOST_PAGES = 400
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_LEAST_LETTERS = 20  # on a whole document: stamps on a scan are no text layer
_PALE = 225  # of 255: text as light as this may not show
_DARK = 170  # of 255: white shows on an area that is as dark
_MOST_DARK = 500
_CLEAREST = 20  # of 255: less opaque text does not show
_MOST_OBJECTS = 20_000  # of a page; more are a drawing
_DEEPEST = 3  # forms within forms
_LEAST_LYING = 3  # pieces of text that lie on their side
_LETTERS_ASKED = 400  # letters of a page of which it is asked whether they are known
_BAND = 20.0  # points: text is looked up by the height it stands at
_MOST_UNKNOWN = 0.3  # of the letters asked: more have no letter in the font, which nobody can read
_SCANNED = 0.8  # of the letters of a page with a picture: more are what was recognised of a scan
_MOST_NOTES = 500  # annotations of a page that are looked at
_THICKEST = 4.0  # points: a drawn area that is thinner is a line
_INVISIBLE_MODES = (3, 7)  # of text
_FARTHEST = 5e4  # points: what is drawn beyond lies on no page
_LEAST_STROKE = 2.0  # points: what strikes text is longer
_THROUGH = (0.2, 0.75)  # of the height of text: where a line goes through its middle
_WIDE_TEXT = 0.85  # of the width between the first and the last letter: filled by text
_ROUNDING = 0.05  # pdfium counts in whole points
_SHOWN_OVER = {
    *(raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STRIKEOUT),
    *(raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_LINE),
    *(raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_CIRCLE),
}
_XFA = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
Bounds = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass
class Survey:
    """The text of each page, and the places of those to look at closely."""

    texts: list[str] = field(default_factory=list)
    close: set[int] = field(default_factory=set)


def survey(content: bytes, layers_off: bool) -> Survey:
    """Look over all pages; raises DataError where there is nothing to read.

    `layers_off` tells that the document has layers that are not shown.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise DataError("file_locked", "the document") from error
        raise damaged() from error
    try:
        if len(document) > MOST_PAGES:
            raise DataError(
                "too_many_pages", "the document", value=str(len(document)), most=MOST_PAGES
            )
        if raw.FPDF_GetFormType(document) in _XFA:
            raise DataError("xfa_form", "the document")
        try:
            found = _pages(document, layers_off)
        except pypdfium2.PdfiumError as error:
            raise damaged() from error
    finally:
        document.close()
    if not found.close and sum(map(str.isalpha, "".join(found.texts))) < _LEAST_LETTERS:
        raise without_text()
    return found


def without_text() -> DataError:
    """The refusal of a document of pictures."""
    return DataError("pages_without_text", "the document")


def damaged() -> DataError:
    """The refusal of a document that cannot be read as a PDF."""
    return DataError("pdf_damaged", "the document")


def undecodable_fonts() -> DataError:
    """The refusal of a document whose letters are shapes without a meaning."""
    return DataError("fonts_without_letters", "the document")


def _pages(document: pypdfium2.PdfDocument, layers_off: bool) -> Survey:
    found = Survey()
    unknown = asked = 0
    for place in range(len(document)):
        page = document[place]
        try:
            words = page.get_textpage()
            try:
                text = plain(words.get_text_range()).replace("\r\n", "\n")
                found.texts.append(text.replace("\u00ad\n", "-\n"))
                sample = min(_LETTERS_ASKED, words.count_chars())
                asked += sample
                unknown += sum(
                    raw.FPDFText_HasUnicodeMapError(words, at) == 1 for at in range(sample)
                )
            finally:
                words.close()
            if _Look(page, layers_off).close():
                found.close.add(place)
        finally:
            page.close()
    if asked and unknown > _MOST_UNKNOWN * asked:
        raise undecodable_fonts()
    return found


class _Look:
    """The pieces of one page, in the order they are drawn."""

    def __init__(self, page: pypdfium2.PdfPage, layers_off: bool) -> None:
        self._page, self._layers_off = page, layers_off
        self._crop_box: Bounds = _crop_box(page)
        self._texts: dict[int, list[Bounds]] = defaultdict(list)  # by height
        self._invisible = self._letters = self._lying = 0
        self._images = False
        self._dark: list[Bounds] = []  # filled areas on which pale text shows

    def close(self) -> bool:
        """Whether the page must be taken apart."""
        if self._over():
            return True
        turn = self._page.get_rotation()
        count = raw.FPDFPage_CountObjects(self._page)
        if count > _MOST_OBJECTS:
            return False
        objects = (raw.FPDFPage_GetObject(self._page, at) for at in range(count))
        doubtful = sum(self._doubtful(each, turn) for each in _flat(objects)) > 0
        if self._invisible and not (self._images and self._invisible > _SCANNED * self._letters):
            return True
        lying = self._lying >= min(_LEAST_LYING, self._letters or 1)
        return doubtful or lying or self._may_be_torn(turn)

    def _may_be_torn(self, turn: int) -> bool:
        """Whether pdfium may take the letters for turned ones, and tear its text to single letters.

        It tells their direction not from the letters, but from whether text fills more of the
        width of the page or of its height; in a short table of narrow columns it is the height.
        """
        texts = [bounds for band in self._texts.values() for bounds in band]
        across, down = (_filled([(b[at], b[at + 2]) for b in texts]) for at in (0, 1))
        if turn % 180:
            across, down = down, across
        return across < _WIDE_TEXT and across < down + _ROUNDING

    def _over(self) -> bool:
        """Whether something is laid over the page that shows, takes away or adds words."""
        for at in range(min(raw.FPDFPage_GetAnnotCount(self._page), _MOST_NOTES)):
            annotation = raw.FPDFPage_GetAnnot(self._page, at)
            if not annotation:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind in _SHOWN_OVER:
                return True
        return False

    def _doubtful(self, item: _Item, turn: int) -> bool:
        """Whether a piece is text that may not show, or hides or strikes text below it."""
        kind, bounds = raw.FPDFPageObj_GetType(item.pointer), item.bounds
        if bounds is None:
            return False
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._images = True
            return self._covers(bounds)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            colour = _colour(item.pointer)
            if colour and max(colour[:3]) < _DARK and len(self._dark) < _MOST_DARK:
                self._dark.append(bounds)
            return (
                self._struck(bounds) if bounds[3] - bounds[1] < _THICKEST else self._covers(bounds)
            )
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            return False
        return self._text(item, bounds, turn)

    def _text(self, item: _Item, bounds: Bounds, turn: int) -> bool:
        self._letters += 1
        self._texts[int((bounds[1] + bounds[3]) / 2 // _BAND)].append(bounds)
        mode = raw.FPDFTextObj_GetTextRenderMode(item.pointer)
        if mode in _INVISIBLE_MODES:
            self._invisible += 1
            return False
        angle = round((math.degrees(math.atan2(item.turn[1], item.turn[0])) - turn) / 90)
        self._lying += bool(angle % 4)
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        colour = _colour(item.pointer)
        on_dark = any(
            left <= x <= right and low <= y <= high for left, low, right, high in self._dark
        )
        if colour and ((min(colour[:3]) > _PALE) != on_dark or colour[3] < _CLEAREST):
            return True
        left, low, right, high = self._crop_box
        if not (left <= bounds[0] and bounds[2] <= right and low <= y <= high and left <= x):
            return True
        if bounds[3] - bounds[1] < 1:
            return bounds[2] - bounds[0] > 2
        return self._layers_off and (item.inside or raw.FPDFPageObj_CountMarks(item.pointer) > 0)

    def _covers(self, bounds: Bounds) -> bool:
        """Whether text drawn before has its middle in these bounds."""
        left, low, right, high = bounds
        ends = (min(max(at, -_FARTHEST), _FARTHEST) for at in (low, high))
        first, last = (int(end // _BAND) for end in ends)
        return any(
            left < (text[0] + text[2]) / 2 < right and low < (text[1] + text[3]) / 2 < high
            for band in range(first, last + 1)
            for text in self._texts.get(band, ())
        )

    def _struck(self, bounds: Bounds) -> bool:
        """Whether a thin line goes through the middle of text drawn before."""
        left, low, right, high = bounds
        height = (low + high) / 2
        return right - left > _LEAST_STROKE and any(
            min(right, text[2]) - max(left, text[0]) > 1
            and _THROUGH[0] < (height - text[1]) / max(text[3] - text[1], 0.1) < _THROUGH[1]
            for band in (int(height // _BAND) + step for step in (-1, 0, 1))
            for text in self._texts.get(band, ())
        )


def _filled(spans: list[tuple[float, float]]) -> float:
    """Which part is filled of what lies between the first and the last of these spans."""
    if not spans:
        return 1.0
    spans = sorted(spans)
    start = reach = spans[0][0]
    free = 0.0
    for begin, end in spans:
        free += max(begin - reach, 0.0)
        reach = max(reach, end)
    return 1 - free / max(reach - start, 1.0)


def _colour(pointer: raw.FPDF_PAGEOBJECT) -> tuple[int, ...] | None:
    """Red, green, blue and opacity that a piece is filled with, to 255."""
    parts = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(pointer, *map(ctypes.byref, parts))
    return tuple(part.value for part in parts) if known else None


@dataclass
class _Item:
    """A piece of a page with its bounds and direction, `inside` a form or not."""

    pointer: raw.FPDF_PAGEOBJECT
    turn: tuple[float, float]
    bounds: Bounds | None
    inside: bool


def _flat(objects: Iterator[raw.FPDF_PAGEOBJECT], depth: int = 0) -> Iterator[_Item]:
    """Every piece, those of forms among them (their places only where the form is not moved)."""
    for each in objects:
        kind = raw.FPDFPageObj_GetType(each)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                inner = range(raw.FPDFFormObj_CountObjects(each))
                yield from _moved(
                    each, _flat((raw.FPDFFormObj_GetObject(each, at) for at in inner), depth + 1)
                )
            continue
        turn = (1.0, 0.0)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            matrix = raw.FS_MATRIX()
            if raw.FPDFPageObj_GetMatrix(each, matrix):
                turn = (matrix.a, matrix.b)
        sides = [ctypes.c_float() for _ in range(4)]
        known = raw.FPDFPageObj_GetBounds(each, *map(ctypes.byref, sides))
        left, low, right, high = (side.value for side in sides)
        yield _Item(each, turn, (left, low, right, high) if known else None, depth > 0)


def _moved(form: raw.FPDF_PAGEOBJECT, items: Iterator[_Item]) -> Iterator[_Item]:
    """The pieces of a form where the form stands."""
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(form, m):
        yield from items
        return
    for item in items:
        a, b = item.turn
        turn = (a * m.a + b * m.c, a * m.b + b * m.d)
        bounds = item.bounds
        if bounds:
            corners = [(x, y) for x in bounds[::2] for y in bounds[1::2]]
            xs = [x * m.a + y * m.c + m.e for x, y in corners]
            ys = [x * m.b + y * m.d + m.f for x, y in corners]
            bounds = min(xs), min(ys), max(xs), max(ys)
        yield _Item(item.pointer, turn, bounds, item.inside)


def _crop_box(page: pypdfium2.PdfPage) -> Bounds:
    """The crop box within the media box."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    return (
        *(max(media[0], crop[0]), max(media[1], crop[1])),
        *(min(media[2], crop[2]), min(media[3], crop[3])),
    )
