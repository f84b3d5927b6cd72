"""What a page of a PDF draws, in the order it is drawn: letters, shapes and pictures.

Beside what the library tells, each knows how it is drawn (opacity, mode, clipping, layer), so that
`sight` can tell what nobody sees. All places are in points, from the left and the top of the page
as a reader sees it: turned as /Rotate says, cut to the crop box, in the page's own unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTFigure, LTImage
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import apply_matrix_rect

from data.documents.pdf.fields import Layers
from data.documents.pdf.painting import (
    Box,
    Canvas,
    Colour,
    Ink,
    Painter,
    Touch,
    clipped,
    colour_of,
    number_of,
)

Point = tuple[float, float]
_SLANT = 10.0  # degrees; letters that lean more over a page are a stamp, "CONCEPT", and no text
_DINGBATS = re.compile(r"dingbats|wingdings|webdings", re.I)
_BULLET = "\u2022"
# A letter that its font does not tell, and one that stands for a picture of its own.
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]+")


@dataclass(slots=True)
class Letter:
    """A letter with its box; `base` is its baseline, `turn` the degrees it is turned to the left.

    `colour` is None where it cannot be told; `order` counts what is drawn on the page.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    base: float
    font: str
    turn: int
    order: int
    ink: Ink
    colour: Colour | None = None
    bold: bool = False
    tag: int = -1  # of the marked content it stands in, -1 for none
    struck: bool = False


@dataclass(slots=True)
class Shape:
    """A path: its corners, whether and how it is filled or drawn along."""

    points: tuple[Point, ...]
    order: int
    path: int
    ink: Ink
    filled: bool
    stroked: bool
    colour: Colour | None
    width: float  # of its line
    curved: bool = False

    @property
    def box(self) -> Box:
        """The box around its corners."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class Picture:
    """An image; `opaque` unless it may let through what is below."""

    box: Box
    order: int
    opaque: bool


@dataclass
class Drawing:
    """All that a page draws; `width` and `height` are those of the part that is shown."""

    number: int
    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def drawing(page: PDFPage, number: int, resources: Any, layers: Layers) -> Drawing:
    """Draw `page`, the annotations that a reader sees too."""
    unit = number_of(page.attrs.get("UserUnit"), 1.0) or 1.0
    canvas = Canvas(resources, pageno=number)
    painter = Painter(resources, canvas)
    painter.layers_of(layers)
    ctm = painter.paint(page, unit)
    crop = apply_matrix_rect(ctm, _crop_box(page))
    made = Drawing(number, crop[2] - crop[0], crop[3] - crop[1])
    left, top = crop[0], crop[3]
    for order, item in enumerate(_items(canvas.get_result())):
        touch = getattr(item, "tag", None)
        if not isinstance(touch, Touch):
            continue
        ink = touch.ink
        if ink.clip:
            x0, y0, x1, y1 = ink.clip
            ink = ink._replace(clip=(x0 - left, top - y1, x1 - left, top - y0))
        if isinstance(item, LTChar):
            made.letters.append(_letter(item, touch, ink, order, left, top))
        elif isinstance(item, LTImage):
            box = (item.x0 - left, top - item.y1, item.x1 - left, top - item.y0)
            opaque = ink.fill > 0.95 and not ink.off and _opaque(item.stream)
            made.pictures.append(Picture(clipped(box, ink.clip) or box, order, opaque))
        elif isinstance(item, LTCurve) and not ink.off:
            shape = _shape(item, touch, ink, order, left, top)
            if shape:
                made.shapes.append(shape)
    return made


def _crop_box(page: PDFPage) -> Box:
    """The crop box within the media box, in the page's own units."""
    media, crop = (
        (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
        for b in (page.mediabox, page.cropbox)
    )
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media


def _items(container: LTContainer[Any]) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _items(item)
        else:
            yield item


def _letter(item: LTChar, touch: Touch, ink: Ink, order: int, left: float, top: float) -> Letter:
    a, b = item.matrix[:2]
    angle = math.degrees(math.atan2(b, a)) % 360
    turn = round(angle / 90) % 4 * 90
    slanted = abs((angle - turn + 180) % 360 - 180) > _SLANT
    box = (item.x0 - left, top - item.y1, item.x1 - left, top - item.y0)
    high = abs(box[3] - box[1]) if turn in (0, 180) else abs(box[2] - box[0])
    # Seen upright: the bottom of the box is the descent below the line.
    drop = -touch.descent * high
    base = {0: box[3] - drop, 90: box[2] - drop, 180: box[1] + drop, 270: box[0] + drop}[turn]
    state = item.graphicstate
    outline = ink.mode in (1, 5)
    colour = colour_of(state.scs, state.scolor) if outline else colour_of(state.ncs, state.ncolor)
    font = item.fontname if isinstance(item.fontname, str) else str(item.fontname)
    text = _glyph_text(item.get_text(), font)
    return Letter(
        *(text, box[0], box[2], box[1], box[3], high, base, font),
        *(-1 if slanted else turn, order, ink, colour, touch.bold, touch.tag),
    )


def _glyph_text(text: str, font: str) -> str:
    """The letter, a bullet for the pictures of a font of signs, and a mark for one not known."""
    if text.isspace() or not text:
        return text
    if _DINGBATS.search(font):
        return _BULLET
    if _UNKNOWN.fullmatch(text):
        return _BULLET if "symbol" in font.casefold() else "\ufffd"
    return text


def _shape(
    item: LTCurve, touch: Touch, ink: Ink, order: int, left: float, top: float
) -> Shape | None:
    points = [(x - left, top - y) for x, y in item.pts]
    filled = bool(item.fill) and ink.fill > 0.05
    stroked = bool(item.stroke) and ink.stroke > 0.05
    if len(points) < 2 or not (filled or stroked):
        return None
    curved = any(step[0] in "cvy" for step in item.original_path or ())
    square = all(
        abs(x0 - x1) < 0.1 or abs(y0 - y1) < 0.1 for (x0, y0), (x1, y1) in pairwise(points)
    )
    if ink.clip and square and not curved:
        x0, y0, x1, y1 = ink.clip
        points = [(min(max(x, x0), x1), min(max(y, y0), y1)) for x, y in points]
        xs, ys = {x for x, _ in points}, {y for _, y in points}
        was = Shape(tuple(item.pts), 0, 0, ink, filled, stroked, None, 0).box
        flat = was[2] - was[0] < 0.1 or was[3] - was[1] < 0.1
        if (len(xs) == 1 or len(ys) == 1) and not flat:
            return None
        if len(xs) == 1 and len(ys) == 1:
            return None
    width = float(item.linewidth or 0)
    made = (touch.path, ink, filled, stroked, touch.fill, width, curved)
    return Shape(tuple(points), order, *made)


def _opaque(stream: PDFStream) -> bool:
    """Whether an image hides what is below it: it has no mask and is none."""
    masked = any(resolve1(stream.get(key)) for key in ("SMask", "Mask", "ImageMask", "IM"))
    return not masked


def turned(drawing: Drawing, turn: int) -> Drawing:
    """The drawing seen with letters of `turn` upright; others come to lie on their side."""
    if not turn:
        return drawing
    wide, high = drawing.width, drawing.height

    def point(x: float, y: float) -> Point:
        return {90: (high - y, x), 180: (wide - x, high - y), 270: (y, wide - x)}[turn]

    def box(old: Box) -> Box:
        (x0, y0), (x1, y1) = point(old[0], old[1]), point(old[2], old[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def ink(old: Ink) -> Ink:
        return old._replace(clip=box(old.clip)) if old.clip else old

    size = (high, wide) if turn in (90, 270) else (wide, high)
    new = Drawing(drawing.number, *size)
    for letter in drawing.letters:
        x0, top, x1, bottom = box((letter.x0, letter.top, letter.x1, letter.bottom))
        base = letter.base
        if letter.turn == turn:
            base = {90: base, 180: high - base, 270: wide - base}[turn]
        own = (letter.text, x0, x1, top, bottom, letter.size, base, letter.font)
        direction = (letter.turn - turn) % 360 if letter.turn >= 0 else -1
        kept = (letter.colour, letter.bold, letter.tag)
        new.letters.append(Letter(*own, direction, letter.order, ink(letter.ink), *kept))
    for shape in drawing.shapes:
        points = tuple(point(x, y) for x, y in shape.points)
        new.shapes.append(
            Shape(
                *(points, shape.order, shape.path, shape.ink, shape.filled, shape.stroked),
                *(shape.colour, shape.width, shape.curved),
            )
        )
    for picture in drawing.pictures:
        new.pictures.append(Picture(box(picture.box), picture.order, picture.opaque))
    return new


def directions(letters: Sequence[Letter]) -> dict[int, int]:
    """How many letters stand in each direction, those that lean apart."""
    many: dict[int, int] = {}
    for letter in letters:
        if letter.turn >= 0 and letter.text.strip():
            many[letter.turn] = many.get(letter.turn, 0) + 1
    return many
