"""Runs the content of a PDF page and keeps with all it draws how it is drawn.

The library passes over opacity, clipping, the mode of text and layers; they are followed here.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_rect, mult_matrix
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from data.documents.pdf.fields import Layers, overlays

Box = tuple[float, float, float, float]  # left, top, right, bottom
Colour = tuple[float, float, float]  # red, green and blue, 0 to 1
_GREY, _RGB, _CMYK = 1, 3, 4
_SPACES = {
    *("DeviceGray", "CalGray", "G", "DeviceRGB", "CalRGB", "RGB", "DeviceCMYK", "CMYK"),
    "ICCBased",
}
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)
_DEEPEST = 20  # forms within forms


class Ink(NamedTuple):
    """How letters and shapes are drawn: opacity (0 to 1), the mode of text, where, and whether."""

    fill: float = 1.0
    stroke: float = 1.0
    mode: int = 0
    clip: Box | None = None  # here from the bottom of the page
    off: bool = False  # its layer is not shown


class Touch(NamedTuple):
    """What the library keeps for us on each thing it draws."""

    ink: Ink
    path: int = 0  # shapes that are one path have the same
    fill: Colour | None = None
    descent: float = 0.0  # of the font, in parts of its size
    bold: bool = False
    tag: int = -1  # of the marked content it stands in


def clipped(box: Box, clip: Box | None) -> Box | None:
    """The part of `box` within `clip`; None where there is none."""
    if clip is None:
        return box
    x0, y0 = max(box[0], clip[0]), max(box[1], clip[1])
    x1, y1 = min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def colour_of(space: Any, value: Any) -> Colour | None:
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
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def number_of(value: Any, default: float) -> float:
    """A number, or `default` for anything else."""
    value = resolve1(value)
    return float(value) if isinstance(value, int | float) else default


class Canvas(PDFPageAggregatorWithMarkedContent):
    """Collects what is drawn; each thing keeps how, in the place of its marked content."""

    ink = Ink()
    paths = 0
    tags: tuple[int, ...] = (-1,)  # the marked contents that are open
    _within = False  # a path of several pieces: the library draws them one by one

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Leave marked content to the painter, which knows the names."""

    def end_tag(self) -> None:
        """See `begin_tag`."""

    def _keep(self, **parts: Any) -> None:
        self.cur_tag = Touch(self.ink, **parts)  # type: ignore[assignment]

    def render_char(self, matrix: Any, font: PDFFont, *args: Any) -> float:
        """Keep the descent and the weight of the font with its letter."""
        flags = font.descriptor.get("Flags", 0) if isinstance(font.descriptor, dict) else 0
        heavy = isinstance(flags, int) and bool(flags & 1 << 18)
        bold = heavy or bool(_BOLD.search(str(font.fontname)))
        self._keep(descent=font.get_descent(), bold=bold, tag=self.tags[-1])
        return super().render_char(matrix, font, *args)

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        """Keep how the image is drawn."""
        self._keep()
        super().render_image(*args, **kwargs)

    def paint_path(self, gstate: PDFGraphicState, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Keep the colour, and which pieces are one path."""
        if self._within:
            super().paint_path(gstate, *args, **kwargs)
            return
        self.paths += 1
        self._keep(path=self.paths, fill=colour_of(gstate.ncs, gstate.ncolor))
        self._within = True
        try:
            super().paint_path(gstate, *args, **kwargs)
        finally:
            self._within = False


class Painter(PDFPageInterpreter):
    """Follows opacity, clipping, the mode of text and layers, which the library passes over."""

    device: Canvas
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
        for stream, matrix in overlays(page, self._layers):
            self.device.ink = Ink()
            self.ink = Ink()
            self.xobjmap = {"annotation": stream}
            self.ctm = mult_matrix(matrix, ctm)
            self.device.set_ctm(self.ctm)
            self.do_Do("annotation")
        self.device.end_page(page)
        return ctm

    def subinterp(self) -> Painter:
        """Hand the layers on to what draws a form."""
        inner = super().subinterp()
        assert isinstance(inner, Painter)
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
        fill, stroke = (number_of(state.get(key), 1.0) for key in ("ca", "CA"))
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
        cut = clipped(box, self.ink.clip)
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
        state.ncolor = "shading"
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
            x0, y0, x1, y1 = (number_of(each, 0.0) for each in box)
            own = apply_matrix_rect(matrix, (x0, y0, x1, y1))
            self._set(clip=clipped(own, self.ink.clip) or (own[0], own[1], own[0], own[1]))
        super().do_Do(xobjid_arg)
        self.ink = before
        self.device.ink = before


def _matrix(value: Any) -> Any:
    numbers = [number_of(each, 0.0) for each in list_value(value)] if value else []
    return tuple(numbers) if len(numbers) == 6 else (1, 0, 0, 1, 0, 0)
