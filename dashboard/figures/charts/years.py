"""Panels of different sources below one axis of years; no line leads from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard import theme
from dashboard.figures.charts.scene import (
    COLOURS,
    GRID,
    LABEL,
    NOTHING,
    Axis,
    Box,
    Dot,
    Field,
    Line,
    Note,
    Run,
    Scene,
    Stroke,
    Text,
    text_line,
)
from dashboard.i18n import Texts
from dashboard.report import Category, Panel, Spec, Stretch

SMALL = LABEL - 2
FILL, EDGE = COLOURS["shade-1"], Stroke(theme.MISSION, 1.5)
BASE = Stroke("#7d8893", 1)
UNSURE = Stroke(theme.MISSION, 1.5, "2px,3px")
QUIET = "rgba(128,128,128,.14)"  # where no source speaks
UNKNOWN = theme.UNKNOWN[1]
KEY, HEAD, GAP = 28, 46, 20  # px: the key, the two lines above a panel, the room below one
TALL, LOW, DAYS = 130, 46, 66  # px of a panel: of many, of few, of days
ROW, ROOMY = 22, 46  # px of a row: with its name beside it, and above
MANY = 20  # officers
LABELLED = 3.0  # years; a shorter silence has no room for its words


def years(spec: Spec, t: Texts) -> Scene:
    """Lay out the panels from the top; the axis of rows counts px."""
    layer = _Layer(spec, t)
    layer.key()
    for panel in spec.panels:
        layer.panel(panel)
    layer.silent()
    first, last = spec.axis
    ticks = tuple((value, text_line(label, LABEL - 1)) for value, label in spec.ticks)
    height = round(layer.down) + 22
    below = [Note(text, value, height - 12, "center", pad=0) for value, text in ticks]
    return Scene(
        height + 32,
        (2, 8, 28, 4),
        Axis(first, last, ticks, GRID, top=True),
        Axis(height, 0),
        dots=(("", tuple(layer.dots)),),
        lines=tuple(layer.lines),
        boxes=tuple(layer.boxes),
        fields=tuple(layer.fields),
        notes=(*layer.notes, *below),
        readings=spec.readings,
    )


class _Layer:
    """The pieces of a chart as they come, from the top down."""

    def __init__(self, spec: Spec, t: Texts) -> None:
        self.spec, self.t, self.down = spec, t, 0.0
        self.first, self.last = spec.axis
        self.fields: list[Field] = []
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.dots: list[Dot] = []
        self.notes: list[Note] = []

    def key(self) -> None:
        """What filled, hatched and ringed mean, where the panels have it."""
        stretches = [one for panel in self.spec.panels for one in panel.stretches]
        if not any(one.value is None or one.doubtful for one in stretches):
            return
        x, marks = self.first, [("counted", FILL), ("unknown", UNKNOWN), ("doubtful", "")]
        runs = []
        for name, colour in marks:
            sign = Run("■" if colour else "○", colour=colour or theme.MISSION)
            runs += [sign, Run(f" {self.t(f'years.key_{name}')}\u2002 ")]
        self.notes.append(Note(Text(tuple(runs), SMALL), x, 12, pad=0))
        self.down = KEY

    def panel(self, panel: Panel) -> None:
        """The heading of a panel and what it says."""
        self.notes.append(Note(text_line(panel.name, bold=True), self.first, self.down + 12, pad=0))
        self.notes.append(Note(text_line(panel.note, SMALL), self.first, self.down + 31, pad=0))
        self.down += HEAD
        if panel.rows:
            self._rows(panel)
        elif all(one.start == one.end for one in panel.stretches):
            self._days(panel.stretches)
        else:
            self._steps(panel.stretches)
        self.down += GAP

    def silent(self) -> None:
        """The years of which no panel says anything, through all of them."""
        for span in self.spec.silences:
            ends = ((span.start, KEY), (span.end, KEY))
            corners = (*ends, (span.end, self.down), (span.start, self.down))
            self.fields.insert(0, Field(corners, QUIET))
            if span.label and span.end - span.start >= LABELLED:
                text = text_line(span.label, SMALL)
                x = (span.start + span.end) / 2
                self.notes.append(Note(text, x, self.down - 8, "center", pad=0))

    def _steps(self, stretches: Sequence[Stretch]) -> None:
        most = max((one.value or 0 for one in stretches), default=0)
        height = TALL if most > MANY else LOW
        base, scale = self.down + height, height / (most * 1.12 or 1)
        for value in _scale(most):
            y = base - value * scale
            self.lines.append(Line(self.first, self.last, y, Stroke(GRID, 1) if value else BASE))
            text = text_line(self.t.number(value), SMALL)
            self.notes.append(Note(text, self.last, y, "right", "bottom", pad=0))
        for surely, part in groupby(stretches, lambda one: one.value is not None):
            for field in _planes(list(part), base, scale, height, surely):
                self.fields.append(field)
        for one in stretches:
            x, y = (one.start + one.end) / 2, base - (one.value or 0) * scale
            if one.doubtful:
                self.dots.append(Dot(x, y, 7, theme.PAPER, Stroke(theme.MISSION, 1.5)))
            if one.label:
                text = text_line(one.label, SMALL, bold=True)
                self.notes.append(Note(text, x, y, "center", "bottom", (0, 1), pad=0))
        self.down = base

    def _days(self, stretches: Sequence[Stretch]) -> None:
        """A stem for each day; the numbers stand above, on the outer side of the last two."""
        most = max((one.value or 0 for one in stretches), default=0)
        base, scale = self.down + DAYS, (DAYS - 22) / (most or 1)
        self.lines.append(Line(self.first, self.last, base, BASE))
        for one in stretches:
            y = base - (one.value or 0) * scale
            self.boxes.append(
                Box(one.start, one.start, (y + base) / 2, (base - y) / 2, NOTHING, EDGE)
            )
            text = text_line(one.label, bold=True)
            edge = Stroke(theme.PAPER, 1)
            self.dots.append(
                Dot(one.start, y, 9, theme.MISSION, edge, text=text, side="top center")
            )
        self.down = base

    def _rows(self, panel: Panel) -> None:
        room = ROOMY if panel.roomy else ROW
        for row in panel.rows:
            y = self.down + room - (12 if panel.roomy else room / 2)
            self.lines.append(Line(self.first, self.last, y, Stroke(GRID, 1)))
            for span in row.spans:
                edge, fill = (EDGE, theme.MISSION) if span.certain else (UNSURE, NOTHING)
                self.boxes.append(Box(span.start, span.end, y, 5, fill, edge))
                if span.running:
                    arrow = text_line("▶", SMALL, colour=theme.MISSION)
                    self.notes.append(Note(arrow, span.end, y, pad=0))
            for event in row.events:
                self._event(event.year, y, event.kind, event.label)
            self._name(row, y, panel.roomy)
            self.down += room

    def _event(self, year: float, y: float, kind: str, label: str) -> None:
        ended = kind in ("ends", "closed")
        symbol = "x" if ended else "circle"
        colour = theme.LOST if ended else theme.MISSION
        text = text_line(label, SMALL) if label else None
        edge = Stroke(theme.PAPER, 1)
        side = "top center"
        self.dots.append(Dot(year, y, 12, colour, edge, symbol, text, side))

    def _name(self, row: Category, y: float, roomy: bool) -> None:
        """The name above a row or beside its bar, on the side with more room."""
        text = Text((Run(row.name, bold=True), Run(row.note)), SMALL)
        if roomy:
            self.notes.append(Note(text, self.first, y - 24, pad=0))
            return
        start, end = row.spans[0].start, row.spans[-1].end
        if not any(span.certain for span in row.spans) and end - start > 12:
            self.notes.append(Note(text, start, y, shift=(6, 0), pad=0))
        elif start - self.first > self.last - end:
            self.notes.append(Note(text, start, y, "right", shift=(-5, 0), pad=0))
        else:
            self.notes.append(Note(text, end, y, shift=(6, 0), pad=0))


def _planes(
    part: Sequence[Stretch], base: float, scale: float, height: float, surely: bool
) -> Iterator[Field]:
    """The plane below numbers that follow one another, and a hatched one where there are none."""
    if not surely:
        for one in part:
            top = base - height
            ends = ((one.start, base), (one.start, top), (one.end, top), (one.end, base))
            yield Field(ends, UNKNOWN, hatched=True)
        return
    for doubtful, firm in groupby(part, lambda one: one.doubtful):
        if doubtful:
            continue
        steps = list(firm)
        tops = [(x, base - (one.value or 0) * scale) for one in steps for x in (one.start, one.end)]
        yield Field(((steps[0].start, base), *tops, (steps[-1].end, base)), FILL, EDGE)


def _scale(most: float) -> list[int]:
    """Round numbers from zero up to what is drawn."""
    step = next((size for size in (1, 2, 5, 10, 20, 50, 100) if most / size <= 4.5), 200)
    return list(range(0, int(most) + 1, step))
