"""A chart as SVG: the scene of its specification, with every word measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from dashboard import theme
from dashboard.exports.typesetting import FAMILY, width, xml
from dashboard.figures.charts.layout import scene
from dashboard.figures.charts.scene import (
    COLOURS,
    LABEL,
    Axis,
    Bar,
    Box,
    Dot,
    Field,
    Line,
    Note,
    Run,
    Scene,
    Stroke,
    Text,
)
from dashboard.i18n import texts_of
from dashboard.report import Chart, Series

ASCENT, DESCENT, LEADING = 0.935, 0.265, 1.3  # of Fira Sans, and plotly's, in parts of its size
STANDOFF, NEAR = 8.0, 5.0  # px between an axis of rows, and one on top or below, and its labels
RATIO = 2.3  # width to height of a room
NARROWEST, BROADEST = 760.0, 1400.0  # px, of a chart drawn for a room
# Of their height, rows that lie closer in a room, so that letters are larger: those with their
# names beside them, and those with their names between them.
CLOSE = {"change": 0.76, "bars": 0.84, "ranking": 0.84}
PAD = 3.0  # px between a bar's end and its words
# Fira Sans has no letters for these; the machine's fonts shall not stand in.
SYMBOLS = {"■": "M.04-.02h.62v-.62h-.62z", "▶": "M.04 .02v-.72l.64 .36z"}
SYMBOLS["○"] = (
    "M.05-.34a.3 .3 0 1 0 .6 0a.3 .3 0 1 0-.6 0zM.14-.34a.21 .21 0 1 1 .42 0a.21 .21 0 1 1-.42 0z"
)
SYMBOL = 0.72  # the room of a drawn symbol, in parts of its size
_RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")


def room_svg(chart: Chart, language: str) -> str:
    """A chart as SVG in the shape of a room's screen, to be drawn as large as that is."""
    drawn = scene(chart.spec, texts_of(language))
    drawn = replace(drawn, height=drawn.height * CLOSE.get(chart.spec.kind, 1))
    return _svg(chart, drawn, min(max(drawn.height * RATIO, NARROWEST), BROADEST), chart.key)


def chart_svg(chart: Chart, language: str, width_px: float, prefix: str = "") -> str:
    """A chart as SVG, `width_px` wide and as tall as it is by itself.

    1 px is meant as a quarter of a millimetre. A legend follows where words in the bars are left
    out that do not fit. `prefix` begins every id; give each of several charts in one page its own
    (else its key serves).
    """
    drawn = scene(chart.spec, texts_of(language))
    return _svg(chart, drawn, width_px, prefix or chart.key)


def _svg(chart: Chart, drawn: Scene, width_px: float, prefix: str) -> str:
    prefix = re.sub(r"\W", "", prefix) or "chart"
    body, tall = _drawn(drawn, width_px, prefix), float(drawn.height)
    if drawn.least:
        legend, more = _colours(chart.spec.series, width_px, prefix)
        body += f'<g transform="translate(0 {tall:g})">{legend}</g>'
        tall += more
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{prefix}-t {prefix}-d" '
        f'width="{width_px:g}" height="{tall:g}" viewBox="0 0 {width_px:g} {tall:g}" '
        f'font-family="{FAMILY}" fill="{theme.INK}">'
        f'<title id="{prefix}-t">{xml(chart.title)}</title>'
        f'<desc id="{prefix}-d">{xml(chart.alternative)}</desc>{body}</svg>'
    )


def _drawn(drawn: Scene, wide: float, prefix: str) -> str:
    """Everything within the drawing, from the grid up to the notes."""
    plane = _plane(drawn, wide)
    hatches = dict.fromkeys(bar.colour for bar in drawn.bars if bar.hatched)
    hatches |= dict.fromkeys(field.colour for field in drawn.fields if field.hatched)
    parts = [
        f"<defs>{''.join(_hatch(colour, prefix) for colour in hatches)}</defs>",
        plane.ticks(),
        *(plane.line(line) for line in drawn.lines if not line.whole),
        *(plane.field(field, prefix) for field in drawn.fields),
        *(plane.bar(bar, prefix) for bar in drawn.bars),
        plane.texts_in([bar for bar in drawn.bars if bar.text], drawn.least),
        *(plane.dot(dot) for _, dots in drawn.dots for dot in dots),
        *(plane.line(line) for line in drawn.lines if line.whole),
        *map(plane.box, drawn.boxes),
        *map(plane.note, drawn.notes),
    ]
    return "".join(parts) + (_markers(drawn) if drawn.legend else "")


@dataclass(frozen=True)
class _Plane:
    """Two axes in a rectangle of (left, top, right, bottom) px."""

    x: Axis
    y: Axis
    left: float
    top: float
    right: float
    bottom: float

    def across(self, value: float) -> float:
        """A value in px from the left."""
        return self.left + (value - self.x.low) / (self.x.high - self.x.low) * (
            self.right - self.left
        )

    def down(self, value: float) -> float:
        """A value in px from the top."""
        return self.bottom - (value - self.y.low) / (self.y.high - self.y.low) * (
            self.bottom - self.top
        )

    def ticks(self) -> str:
        """Grid and tick labels."""
        parts = []
        for value, label in self.y.ticks:
            y = self.down(value)
            if self.y.grid:
                parts.append(_path(self.left, y, self.right, y, paint("stroke", self.y.grid)))
            first = y + label.size * 0.35 - (len(_lines(label)) - 1) * label.size * 0.65
            parts.append(_set(label, self.left - STANDOFF, first, "end"))
        for value, label in self.x.ticks:
            x = self.across(value)
            if self.x.grid:
                parts.append(_path(x, self.top, x, self.bottom, paint("stroke", self.x.grid)))
            above = self.top - NEAR - _tall(label) + label.size
            below = self.bottom + NEAR + label.size
            parts.append(_set(label, x, above if self.x.top else below, "middle"))
        return "".join(parts)

    def line(self, line: Line) -> str:
        """A line between two values."""
        ends = (self.top, self.bottom) if line.whole else [self.down(line.y)] * 2
        x0, x1 = self.across(line.x0), self.across(line.x1)
        return _path(x0, ends[0], x1, ends[1], f'fill="none" {_stroke(line.stroke)}')

    def box(self, box: Box) -> str:
        """A rectangle of values."""
        left, right = self.across(box.x0), self.across(box.x1)
        top, bottom = sorted(self.down(box.y + side * box.half) for side in (-1, 1))
        looks = f"{paint('fill', box.colour)} {_stroke(box.edge)}"
        return _rectangle(left, top, right - left, bottom - top, looks)

    def field(self, field: Field, prefix: str) -> str:
        """A plane between its corners."""
        corners = "L".join(f"{self.across(x):.1f} {self.down(y):.1f}" for x, y in field.corners)
        colour = f"url(#{_hatch_id(field.colour, prefix)})" if field.hatched else field.colour
        edge = f" {_stroke(field.edge)}" if field.edge else ""
        return f'<path d="M{corners}Z" {paint("fill", colour)}{edge}/>'

    def _room(self, bar: Bar) -> tuple[float, float, float, float]:
        """Left, top, width and height of a bar."""
        top, bottom = sorted(self.down(bar.y + side * bar.thick / 2) for side in (-1, 1))
        left, right = self.across(bar.start), self.across(bar.end)
        return left, top, right - left, bottom - top

    def bar(self, bar: Bar, prefix: str) -> str:
        """A piece of a bar without its words."""
        ground = f"url(#{_hatch_id(bar.colour, prefix)})" if bar.hatched else bar.colour
        edge = f" {_stroke(bar.edge)}" if bar.edge else ""
        return _rectangle(*self._room(bar), f"{paint('fill', ground)}{edge}")

    def texts_in(self, bars: Sequence[Bar], least: float | None) -> str:
        """Words in the middle of their bars; those smaller than `least` px are left out.

        What is left is of one size.
        """
        fitting = [(bar, bar.text, self._size(bar, bar.text, least)) for bar in bars if bar.text]
        if least:
            fitting = [one for one in fitting if one[2] >= least]
            smallest = min((size for *_, size in fitting), default=0.0)
            fitting = [(bar, text, smallest) for bar, text, _ in fitting]
        parts = []
        for bar, text, size in fitting:
            left, top, wide, tall = self._room(bar)
            at = left + wide / 2, top + tall / 2 + size * 0.35
            parts.append(_set(replace(text, size=round(size, 2)), *at, "middle"))
        return "".join(parts)

    def _size(self, bar: Bar, text: Text, least: float | None) -> float:
        """The size in px at which words fit in a bar, at most their own."""
        if not least:
            return text.size
        _, _, wide, tall = self._room(bar)
        room = min((wide - 2 * PAD) / _wide(text), (tall - 2) / _tall(text))
        return text.size * min(1.0, max(room, 0.0))

    def dot(self, dot: Dot) -> str:
        """A point and the words on its side."""
        x, y = self.across(dot.x), self.down(dot.y)
        drawn = _symbol(dot, x, y)
        if dot.text is None:
            return drawn
        level, side = dot.side.split(" ")
        down = {"top": -1, "middle": 0, "bottom": 1}[level]
        across = {"left": -1, "center": 0, "right": 1}[side]
        r = dot.size / 2 / 0.8 + 1
        lift = dot.text.size * {-1: -0.25, 0: 0.35, 1: 0.75}[down] + down * r
        anchor = ("end", "middle", "start")[across + 1]
        return drawn + _set(dot.text, x + across * r, y + lift, anchor)

    def note(self, note: Note) -> str:
        """Words beside a place."""
        text, pad, (right, up) = note.text, note.pad + 1, note.shift
        wide, tall = _wide(text), _tall(text)
        x = self.left + note.x * (self.right - self.left) if "x" in note.paper else None
        y = self.bottom - note.y * (self.bottom - self.top) if "y" in note.paper else None
        x = (self.across(note.x) if x is None else x) + right
        y = (self.down(note.y) if y is None else y) - up
        x += {"left": pad, "center": -wide / 2, "right": -pad}[note.anchor]
        top = y + {"middle": -tall / 2, "bottom": -tall - pad}[note.level]
        anchor = "end" if note.anchor == "right" else "start"
        return _set(text, x, top + ASCENT * text.size, anchor)


def _plane(drawn: Scene, wide: float) -> _Plane:
    """The plane within a drawing; a margin grows where the labels of an axis need more."""
    left, right, top, bottom = drawn.margin
    left = max([left, *(_wide(label) + STANDOFF + 2 for _, label in drawn.y.ticks)])
    high = max([0.0, *(_tall(label) + NEAR for _, label in drawn.x.ticks)])
    top, bottom = max(top, high * drawn.x.top), max(bottom, high * (not drawn.x.top))
    return _Plane(drawn.x, drawn.y, left, top, wide - right, drawn.height - bottom)


def paint(attribute: str, colour: str) -> str:
    """An SVG attribute of a colour of CSS; see-through ones have their opacity apart.

    >>> paint("fill", "rgba(0,0,0,0)"), paint("stroke", "rgba(128,128,128,.18)")
    ('fill="none"', 'stroke="#808080" stroke-opacity=".18"')
    """
    parts = _RGBA.fullmatch(colour)
    if not parts:
        return f'{attribute}="{colour}"'
    red, green, blue, opacity = parts.groups()
    if float(opacity) == 0:
        return f'{attribute}="none"'
    hexed = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
    return f'{attribute}="{hexed}" {attribute}-opacity="{opacity}"'


def _stroke(stroke: Stroke) -> str:
    dash = f"{max(stroke.width, 3):g}" if stroke.dash == "dot" else stroke.dash.replace("px", "")
    dashed = "" if dash == "solid" else f' stroke-dasharray="{dash}"'
    return f'{paint("stroke", stroke.colour)} stroke-width="{stroke.width:g}"{dashed}'


def _path(x0: float, y0: float, x1: float, y1: float, looks: str) -> str:
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" {looks}/>'


def _rectangle(left: float, top: float, wide: float, tall: float, looks: str) -> str:
    box = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return f"<rect {box} {looks}/>"


def _hatch_id(colour: str, prefix: str) -> str:
    return f"{prefix}-h{colour.removeprefix('#')}"


def _hatch(colour: str, prefix: str) -> str:
    return (
        f'<pattern id="{_hatch_id(colour, prefix)}" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="1.5" height="6" {paint("fill", colour)}/></pattern>'
    )


def _symbol(dot: Dot, x: float, y: float) -> str:
    """A mark around a place in px."""
    r, ground = dot.size / 2, paint("fill", dot.colour)
    if dot.symbol == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {ground} {_stroke(dot.edge)}/>'
    if dot.symbol == "diamond":
        d = f"M{1.3 * r:g} 0L0 {-1.3 * r:g}L{-1.3 * r:g} 0L0 {1.3 * r:g}Z"
    else:
        a = 0.8 * r / sqrt(2)
        ne, se, sw, nw = (f"l{i:.2f} {j:.2f}" for i, j in ((a, a), (a, -a), (-a, -a), (-a, a)))
        d = f"M0 {a:.2f}{ne}{se}{sw}{se}{sw}{nw}{sw}{nw}{ne}{nw}{ne}Z"
        ground = paint("fill", "none" if dot.symbol == "x-open" else dot.colour)
    return f'<path d="{d}" transform="translate({x:.1f} {y:.1f})" {ground} {_stroke(dot.edge)}/>'


def _lines(text: Text) -> list[list[Run]]:
    """The runs of each line."""
    lines: list[list[Run]] = [[]]
    for run in text.runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=part)] for part in more]
    return [[run for run in line if run.text] for line in lines]


def _letters(run: Run) -> str:
    return run.text.replace("  ", "\u00a0\u00a0")  # which SVG would draw as one


def _advance(run: Run, size: float) -> float:
    """The width of a run in px."""
    if run.text in SYMBOLS:
        return SYMBOL * size
    return width(_letters(run), size, 600 if run.bold else 400)


def _wide(text: Text) -> float:
    """The width of the longest line in px."""
    return max(sum(_advance(run, text.size) for run in line) for line in _lines(text))


def _tall(text: Text) -> float:
    """The height in px."""
    return text.size * (ASCENT + DESCENT + LEADING * (len(_lines(text)) - 1))


def _set(text: Text, x: float, baseline: float, anchor: str = "start") -> str:
    """The lines of a text from a baseline down; `anchor` is "start", "middle" or "end" of each."""
    parts = []
    for number, line in enumerate(_lines(text)):
        y = baseline + number * LEADING * text.size
        if len(line) == 1 and line[0].text not in SYMBOLS:
            parts.append(_run(text, line[0], x, y, f' text-anchor="{anchor}"'))
            continue
        wide = sum(_advance(run, text.size) for run in line)
        start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        for run in line:
            parts.append(_run(text, run, start, y))
            start += _advance(run, text.size)
    return "".join(parts)


def _run(text: Text, run: Run, x: float, y: float, anchor: str = "") -> str:
    ink, size = paint("fill", run.colour or text.colour or theme.INK), text.size
    if run.text in SYMBOLS:
        place = f"translate({x:.1f} {y:.1f}) scale({size:g})"
        return f'<path d="{SYMBOLS[run.text]}" transform="{place}" {ink}/>'
    letters = _letters(run)
    if not anchor:  # blanks at the start are not drawn
        blanks = len(letters) - len(letters.lstrip(" "))
        x += width(" ", size, 600 if run.bold else 400) * blanks
    bold = ' font-weight="600"' if run.bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold}{anchor} {ink}>'
        f"{xml(letters.strip(' '))}</text>"
    )


def _markers(drawn: Scene) -> str:
    """One line of marks with their names at the upper left corner of the drawing."""
    x, parts = 2.0, []
    for name, dots in drawn.dots:
        if dots:
            text, size = Text((Run(name),), LABEL - 1), dots[0].size
            parts.append(_symbol(dots[0], x + size / 2 + 1, 14))
            parts.append(_set(text, x + size + 9, 14 + text.size * 0.35))
            x += size + 9 + _wide(text) + 22
    return "".join(parts)


def _colours(series: Sequence[Series], wide: float, prefix: str) -> tuple[str, float]:
    """Swatches of the series that are drawn, in lines of `wide` px, and their height in px."""
    x, y, parts = 0.0, 16.0, []
    for one in series:
        if not any(one.values):
            continue
        colour, name = COLOURS[one.role], Text((Run(one.short or one.name),), LABEL - 2)
        ground = paint("fill", colour)
        if one.supposed:
            ground = f'fill="url(#{_hatch_id(colour, prefix)})" {paint("stroke", colour)}'
        space = 17 + _wide(name)
        if x and x + space > wide:
            x, y = 0.0, y + 21
        parts += [_rectangle(x, y, 11, 11, ground), _set(name, x + 17, y + 10)]
        x += space + 20
    return "".join(parts), y + 21 if parts else 0.0
