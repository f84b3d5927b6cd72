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
from typing import Any, NamedTuple

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTFigure, LTImage
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_rect, mult_matrix
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from data.documents.pdf.fields import Layers, annotations

Box = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]
Colour = tuple[float, float, float]  # red, green and blue, 0 to 1
_GREY, _RGB, _CMYK = 1, 3, 4
_SPACES = {
    *("DeviceGray", "CalGray", "G", "DeviceRGB", "CalRGB", "RGB", "DeviceCMYK", "CMYK"),
    "ICCBased",
}
_SLANT = 10.0  # degrees; letters that lean more over a page are a stamp, "CONCEPT", and no text
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_DINGBATS = re.compile(r"dingbats|wingdings|webdings", re.I)
_BULLET = "\u2022"
# A letter that its font does not tell, and one that stands for a picture of its own.
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]+")
_DEEPEST = 20  # forms within forms


class Ink(NamedTuple):
    """How letters and shapes are drawn: opacity (0 to 1), the mode of text, where, and whether."""

    fill: float = 1.0
    stroke: float = 1.0
    mode: int = 0
    clip: Box | None = None  # here from the bottom of the page
    off: bool = False  # its layer is not shown


class _Touch(NamedTuple):
    """What the library keeps for us on each thing it draws."""

    ink: Ink
    path: int = 0  # shapes that are one path have the same
    fill: Colour | None = None
    descent: float = 0.0  # of the font, in parts of its size
    bold: bool = False
    tag: int = -1  # of the marked content it stands in


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
    unit = _number(page.attrs.get("UserUnit"), 1.0) or 1.0
    canvas = _Canvas(resources, pageno=number)
    painter = _Painter(resources, canvas)
    painter.layers_of(layers)
    ctm = painter.paint(page, unit)
    crop = apply_matrix_rect(ctm, _shown(page))
    made = Drawing(number, crop[2] - crop[0], crop[3] - crop[1])
    left, top = crop[0], crop[3]
    for order, item in enumerate(_items(canvas.get_result())):
        touch = getattr(item, "tag", None)
        if not isinstance(touch, _Touch):
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
            made.pictures.append(Picture(_cut(box, ink.clip) or box, order, opaque))
        elif isinstance(item, LTCurve) and not ink.off:
            shape = _shape(item, touch, ink, order, left, top)
            if shape:
                made.shapes.append(shape)
    return made


def _shown(page: PDFPage) -> Box:
    """The crop box within the media box, in the page's own units."""
    media, crop = (
        (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
        for b in (page.mediabox, page.cropbox or page.mediabox)
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


def _letter(item: LTChar, touch: _Touch, ink: Ink, order: int, left: float, top: float) -> Letter:
    a, b, c, d = item.matrix[:4]
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
    colour = _colour(state.scs, state.scolor) if outline else _colour(state.ncs, state.ncolor)
    font = item.fontname if isinstance(item.fontname, str) else str(item.fontname)
    text = _known(item.get_text(), font)
    return Letter(
        *(text, box[0], box[2], box[1], box[3], high, base, font),
        *(-1 if slanted else turn, order, ink, colour, touch.bold, touch.tag),
    )


def _known(text: str, font: str) -> str:
    """The letter, a bullet for the pictures of a font of signs, and a mark for one not known."""
    if text.isspace() or not text:
        return text
    if _DINGBATS.search(font):
        return _BULLET
    if _UNKNOWN.fullmatch(text):
        return _BULLET if "symbol" in font.casefold() else "\ufffd"
    return text


def _shape(
    item: LTCurve, touch: _Touch, ink: Ink, order: int, left: float, top: float
) -> Shape | None:
    points = [(x - left, top - y) for x, y in item.pts]
    filled = bool(item.fill) and ink.fill > 0.05
    stroked = bool(item.stroke) and ink.stroke > 0.05
    if len(points) < 2 or not (filled or stroked):
        return None
    curved = any(step[0] in "cvy" for step in item.original_path or ())
    square = all(
        abs(x0 - x1) < 0.1 or abs(y0 - y1) < 0.1
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False)
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


def _cut(box: Box, clip: Box | None) -> Box | None:
    """The part of `box` within `clip`; None where there is none."""
    if clip is None:
        return box
    x0, y0 = max(box[0], clip[0]), max(box[1], clip[1])
    x1, y1 = min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def _opaque(stream: PDFStream) -> bool:
    """Whether an image hides what is below it: it has no mask and is none."""
    masked = any(resolve1(stream.get(key)) for key in ("SMask", "Mask", "ImageMask", "IM"))
    return not masked


def _colour(space: Any, value: Any) -> Colour | None:
    """A colour as red, green and blue; None for inks and patterns of their own."""
    if space is not None and space.name not in _SPACES:
        return None
    parts = value if isinstance(value, tuple | list) else (value,)
    numbers = [float(each) for each in parts if isinstance(each, int | float)]
    if len(numbers) != len(parts):
        return None
    if len(numbers) == _GREY:
        return (numbers[0],) * 3
    if len(numbers) == _RGB:
        return (numbers[0], numbers[1], numbers[2])
    if len(numbers) == _CMYK:
        cyan, magenta, yellow, black = numbers
        return tuple((1 - c) * (1 - black) for c in (cyan, magenta, yellow))  # type: ignore[return-value]
    return None


def _number(value: Any, default: float) -> float:
    value = resolve1(value)
    return float(value) if isinstance(value, int | float) else default


class _Canvas(PDFPageAggregatorWithMarkedContent):
    """Collects what is drawn; each thing keeps how, in the place of its marked content."""

    ink = Ink()
    paths = 0
    tags: tuple[int, ...] = (-1,)  # the marked contents that are open
    _within = False  # a path of several pieces: the library draws them one by one

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Leave marked content to the painter, which knows the names."""

    def end_tag(self) -> None:
        """See `begin_tag`."""

    def _touch(self, **parts: Any) -> None:
        self.cur_tag = _Touch(self.ink, **parts)  # type: ignore[assignment]

    def render_char(self, matrix: Any, font: PDFFont, *args: Any) -> float:  # type: ignore[override]
        """Keep the descent and the weight of the font with its letter."""
        flags = font.descriptor.get("Flags", 0) if isinstance(font.descriptor, dict) else 0
        heavy = isinstance(flags, int) and bool(flags & 1 << 18)
        bold = heavy or bool(_BOLD.search(str(font.fontname)))
        self._touch(descent=font.get_descent(), bold=bold, tag=self.tags[-1])
        return super().render_char(matrix, font, *args)

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        """Keep how the image is drawn."""
        self._touch()
        super().render_image(*args, **kwargs)

    def paint_path(self, gstate: PDFGraphicState, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Keep the colour, and which pieces are one path."""
        if self._within:
            super().paint_path(gstate, *args, **kwargs)
            return
        self.paths += 1
        self._touch(path=self.paths, fill=_colour(gstate.ncs, gstate.ncolor))
        self._within = True
        try:
            super().paint_path(gstate, *args, **kwargs)
        finally:
            self._within = False


class _Painter(PDFPageInterpreter):
    """Follows opacity, clipping, the mode of text and layers, which the library passes over."""

    device: _Canvas
    _layers: Layers
    _depth = 0

    def layers_of(self, layers: Layers) -> None:
        """Tell which layers are shown."""
        self._layers = layers

    def paint(self, page: PDFPage, unit: float) -> Any:
        """Draw a page and its annotations; the matrix from its units to points."""
        x0, y0, x1, y1 = page.mediabox
        turns = {
            0: (1, 0, 0, 1, -x0, -y0),
            90: (0, -1, 1, 0, -y0, x1),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, 1, -1, 0, y1, -x0),
        }
        turn = turns.get(page.rotate, turns[0])
        ctm = mult_matrix(turn, (unit, 0, 0, unit, 0, 0))
        self.device.begin_page(page, ctm)
        self.render_contents(page.resources, page.contents, ctm=ctm)
        for stream, matrix in annotations(page, self._layers):
            self.device.ink = Ink()
            self.ink = Ink()
            self.xobjmap = {"annotation": stream}
            self.ctm = mult_matrix(matrix, ctm)
            self.device.set_ctm(self.ctm)
            self.do_Do("annotation")
        self.device.end_page(page)
        return ctm

    def subinterp(self) -> _Painter:
        """Hand the layers on to what draws a form."""
        inner = super().subinterp()
        assert isinstance(inner, _Painter)
        inner._layers, inner._depth = self._layers, self._depth + 1
        return inner

    def init_state(self, ctm: Any) -> None:
        """Begin with the ink of what draws this."""
        super().init_state(ctm)
        self.ink = self.device.ink
        self._outer_off = self.ink.off
        self._inks: list[Ink] = []
        self._marked: list[bool] = []  # for each open marked content whether its layer is off

    def _set(self, **parts: Any) -> None:
        self.ink = self.ink._replace(**parts)
        self.device.ink = self.ink

    def do_q(self) -> None:
        """Save the ink too."""
        super().do_q()
        self._inks.append(self.ink)

    def do_Q(self) -> None:
        """Restore the ink too; layers do not follow these brackets."""
        super().do_Q()
        if self._inks:
            self.ink = self._inks.pop()
            self._set(off=self._outer_off or any(self._marked))

    def do_Tr(self, render: Any) -> None:
        """Keep the mode of text: filled, outlined, invisible."""
        super().do_Tr(render)
        self._set(mode=int(self.textstate.render))

    def do_gs(self, name: Any) -> None:
        """Keep the opacity that a named state sets."""
        states = dict_value(resolve1(self.resources.get("ExtGState")) or {})
        state = resolve1(states.get(literal_name(name)))
        if not isinstance(state, dict):
            return
        blend = resolve1(state.get("BM"))
        blend = resolve1(blend[0]) if isinstance(blend, list) and blend else blend
        least = 1.0 if blend is None or literal_name(blend) in ("Normal", "Compatible") else 0.5
        mask = resolve1(state.get("SMask"))
        if isinstance(mask, dict):
            least = 0.5
        fill, stroke = (_number(state.get(key), 1.0) for key in ("ca", "CA"))
        if {"ca", "CA", "BM", "SMask"} & state.keys():
            self._set(fill=min(fill, least), stroke=min(stroke, least))

    def do_W(self) -> None:
        """Clip to the box around the path, which is all of it at this point."""
        numbers = [
            (step[at], step[at + 1]) for step in self.curpath for at in range(1, len(step), 2)
        ]
        if not numbers:
            return
        xs, ys = [float(x) for x, _ in numbers], [float(y) for _, y in numbers]
        box = apply_matrix_rect(self.ctm, (min(xs), min(ys), max(xs), max(ys)))
        cut = _cut(box, self.ink.clip)
        self._set(clip=cut or (box[0], box[1], box[0], box[1]))

    do_W_a = do_W

    def do_F(self) -> None:
        """Fill, as the old name of `f`."""
        self.do_f()

    def do_sh(self, name: object) -> None:
        """Fill the clipped area with a shading, whose colours are not told."""
        clip = self.ink.clip
        if clip is None:
            return
        x0, y0, x1, y1 = clip
        state = self.graphicstate.copy()
        state.ncolor = "shading"  # type: ignore[assignment]
        path = [("m", x0, y0), ("l", x1, y0), ("l", x1, y1), ("l", x0, y1), ("h",)]
        self.device.set_ctm((1, 0, 0, 1, 0, 0))
        self.device.paint_path(state, False, True, False, path)
        self.device.set_ctm(self.ctm)

    def do_BMC(self, tag: Any) -> None:
        """Open marked content."""
        super().do_BMC(tag)
        self._marked.append(False)
        self._tag(-1 if getattr(tag, "name", None) == "Artifact" else self.device.tags[-1])

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Open marked content, perhaps a layer."""
        super().do_BDC(tag, props)
        off = False
        if getattr(tag, "name", None) == "OC":
            names = resolve1(self.resources.get("Properties")) or {}
            off = self._layers.off(names.get(getattr(props, "name", None), props))
        self._marked.append(off)
        self._tag(self._number_of(tag, props))
        if off:
            self._set(off=True)

    def _tag(self, number: int) -> None:
        self.device.tags = (*self.device.tags, number)

    def _number_of(self, tag: Any, props: Any) -> int:
        """The number by which the structure of the document knows marked content."""
        if getattr(tag, "name", None) == "Artifact" or self._depth:
            return -1
        if not isinstance(props, dict):
            names = resolve1(self.resources.get("Properties")) or {}
            props = resolve1(names.get(getattr(props, "name", None)))
        number = resolve1(props.get("MCID")) if isinstance(props, dict) else None
        return number if isinstance(number, int) else self.device.tags[-1]

    def do_EMC(self) -> None:
        """Close marked content."""
        super().do_EMC()
        if self._marked:
            self._marked.pop()
            self.device.tags = self.device.tags[:-1] or (-1,)
            self._set(off=self._outer_off or any(self._marked))

    def do_Do(self, xobjid_arg: Any) -> None:
        """Draw a form or an image, in its layer, and come back to the same ink."""
        before = self.ink
        target = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        if not isinstance(target, PDFStream) or self._depth > _DEEPEST:
            return
        if "OC" in target and self._layers.off(target.attrs["OC"]):
            self._set(off=True)
        box = resolve1(target.get("BBox"))
        if isinstance(box, list) and len(box) == 4:
            matrix = mult_matrix(_matrix(target.get("Matrix")), self.ctm)
            own = apply_matrix_rect(matrix, tuple(float(resolve1(each)) for each in box))
            self._set(clip=_cut(own, self.ink.clip) or (own[0], own[1], own[0], own[1]))
        super().do_Do(xobjid_arg)
        self.ink = before
        self.device.ink = before


def _matrix(value: Any) -> Any:
    numbers = [_number(each, 0.0) for each in list_value(value)] if value else []
    return tuple(numbers) if len(numbers) == 6 else (1, 0, 0, 1, 0, 0)


def turned(made: Drawing, turn: int) -> Drawing:
    """The drawing seen with letters of `turn` upright; others come to lie on their side."""
    if not turn:
        return made
    wide, high = made.width, made.height

    def point(x: float, y: float) -> Point:
        return {90: (high - y, x), 180: (wide - x, high - y), 270: (y, wide - x)}[turn]

    def box(old: Box) -> Box:
        (x0, y0), (x1, y1) = point(old[0], old[1]), point(old[2], old[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def ink(old: Ink) -> Ink:
        return old._replace(clip=box(old.clip)) if old.clip else old

    size = (high, wide) if turn in (90, 270) else (wide, high)
    new = Drawing(made.number, *size)
    for letter in made.letters:
        x0, top, x1, bottom = box((letter.x0, letter.top, letter.x1, letter.bottom))
        base = letter.base
        if letter.turn == turn:
            base = {90: base, 180: high - base, 270: wide - base}[turn]
        new.letters.append(
            Letter(
                *(letter.text, x0, x1, top, bottom, letter.size, base, letter.font),
                *((letter.turn - turn) % 360 if letter.turn >= 0 else -1, letter.order),
                *(ink(letter.ink), letter.colour, letter.bold, letter.tag),
            )
        )
    for shape in made.shapes:
        points = tuple(point(x, y) for x, y in shape.points)
        new.shapes.append(
            Shape(
                *(points, shape.order, shape.path, shape.ink, shape.filled, shape.stroked),
                *(shape.colour, shape.width, shape.curved),
            )
        )
    for picture in made.pictures:
        new.pictures.append(Picture(box(picture.box), picture.order, picture.opaque))
    return new


def directions(letters: Sequence[Letter]) -> dict[int, int]:
    """How many letters stand in each direction, those that lean apart."""
    many: dict[int, int] = {}
    for letter in letters:
        if letter.turn >= 0 and letter.text.strip():
            many[letter.turn] = many.get(letter.turn, 0) + 1
    return many
