"""Panels of different sources below one axis of years; no line leads from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dashboard import theme
from dashboard.figures.charts.scene import (
    COLOURS,
    GRID,
    LABEL,
    NOTHING,
    Axis,
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
TALL, LOW, DAYS = 136, 60, 66  # px of a panel: of many, of few, of days
ABOVE = 16  # px of it for a number above the highest
ROW, ROOMY = 22, 60  # px of a row: with its name beside it, and above
MANY = 20  # officers
LABELLED = 3.0  # years; a shorter silence has no room for its words
LINE = 46  # letters that fit on a line of a telephone
INSIDE = 12.0  # years; a box as long, and empty, has room for a name
BEFORE, LEFT = 0.4, 14  # years before the first and px, so that its label has room
BESIDE = 3.0  # years between two numbers on top; the second of nearer ones stands beside its bar
APART = 1.2  # years between two days; nearer ones have no room for the number of the first
OUT = (-12.0, 0.0)  # px to where the page begins
NARROW = 1.33  # letters to a year of the axis, on a telephone


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
        (LEFT, 20, 28, 4),
        Axis(first - BEFORE, last, ticks, GRID, top=True),
        Axis(height, 0),
        dots=(("", tuple(layer.dots)),),
        lines=tuple(layer.lines),
        fields=tuple(layer.fields),
        notes=(*layer.notes, *below),
        readings=spec.readings,
    )


class _Layer:
    """The pieces of a chart as they come, from the top down."""

    def __init__(self, spec: Spec, t: Texts) -> None:
        self.spec, self.t, self.down = spec, t, 0.0
        self.first, self.last = spec.axis
        self.edge = self.first - BEFORE
        self.fields: list[Field] = []
        self.lines: list[Line] = []
        self.dots: list[Dot] = []
        self.notes: list[Note] = []

    def key(self) -> None:
        """What filled, hatched and ringed mean, where the panels have it."""
        stretches = [one for panel in self.spec.panels for one in panel.stretches]
        if not any(one.value is None or one.doubtful for one in stretches):
            return
        counted, doubtful = (self.t(f"years.key_{name}") for name in ("counted", "doubtful"))
        runs = (
            *(Run("■", colour=FILL), Run(f" {counted}\u2002 {self.t('years.key_unknown')}\u2002 ")),
            *(Run("○", colour=theme.MISSION), Run(f" {doubtful}")),
        )
        self.notes.append(Note(Text(runs, SMALL), self.edge, 12, shift=OUT, pad=0))
        self.down = KEY

    def panel(self, panel: Panel) -> None:
        """The heading of a panel and what it says."""
        self.notes.append(
            Note(text_line(panel.name, bold=True), self.edge, self.down + 12, shift=OUT, pad=0)
        )
        self.notes.append(
            Note(text_line(panel.note, SMALL), self.edge, self.down + 31, shift=OUT, pad=0)
        )
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
                # At the top, but not where the names of the panels stand.
                y = KEY + 12 if span.start > self.first else self.down - GAP / 2
                self.notes.append(Note(text, x, y, "center", pad=0))

    def _steps(self, stretches: Sequence[Stretch]) -> None:
        most = max((one.value or 0 for one in stretches), default=0)
        height = TALL if most > MANY else LOW
        base, scale = self.down + height, (height - ABOVE) / (most or 1)
        begun, ended = stretches[0].start, stretches[-1].end
        self.lines.append(Line(begun, ended, base, BASE))
        for value in _scale(most):
            y = base - value * scale
            self.lines.append(Line(self.first, self.last, y, Stroke(GRID, 1)))
            text = text_line(self.t.number(value), SMALL)
            self.notes.append(Note(text, self.last, y, "right", "bottom", pad=0))
        for firm, part in groupby(stretches, _is_firm):
            planes = _below if firm else _hatched_months
            self.fields += planes(list(part), base, scale, height)
        before = self.first - BESIDE
        for one in stretches:
            x, y = (one.start + one.end) / 2, base - (one.value or 0) * scale
            if one.doubtful:
                self.dots.append(Dot(x, y, 7, theme.PAPER, Stroke(theme.MISSION, 1.5)))
            if one.label:
                text = text_line(one.label, SMALL, bold=True)
                place = x, y, "center", "bottom", (0, 1)
                if x - before < BESIDE:
                    place = one.end, y, "left", "middle", (4, 0)
                self.notes.append(Note(text, *place, pad=0))
                before = x
        self.down = base

    def _days(self, stretches: Sequence[Stretch]) -> None:
        """A stem for each day with its number; two days are never joined."""
        most = max((one.value or 0 for one in stretches), default=0)
        base, scale = self.down + DAYS, (DAYS - 22) / (most or 1)
        self.lines.append(Line(self.first, self.last, base, BASE))
        for at, one in enumerate(stretches):
            y = base - (one.value or 0) * scale
            self.fields.append(Field(((one.start, base), (one.start, y)), NOTHING, EDGE))
            near = at and one.start - stretches[at - 1].start < APART
            is_last = one is stretches[-1]
            text = text_line(one.label, bold=True) if is_last or not near else None
            place = one.start, y, 9, theme.MISSION, Stroke(theme.PAPER, 1)
            side = "top center" if is_last else "middle left"
            self.dots.append(Dot(*place, text=text, side=side))
        self.down = base

    def _rows(self, panel: Panel) -> None:
        room = ROOMY if panel.roomy else ROW
        for row in panel.rows:
            y = self.down + (38 if panel.roomy else room / 2)
            self.lines.append(Line(self.first, self.last, y, Stroke(GRID, 1)))
            for span in row.spans:
                half = 8 if _inside(row) else 5
                edge, fill = (EDGE, theme.MISSION) if span.certain else (UNSURE, NOTHING)
                self.fields.append(_plane(span.start, span.end, y - half, y + half, fill, edge))
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
        self.dots.append(Dot(year, y, 12, colour, edge, symbol, text, "bottom center"))

    def _name(self, row: Category, y: float, roomy: bool) -> None:
        """The name above a row or beside its bar, on the side with more room."""
        text = Text((Run(row.name, bold=True), Run(row.note)), SMALL)
        if roomy:
            if len(row.name + row.note) > LINE:
                text = Text((Run(f"{row.name}\n", bold=True), Run(row.note.strip())), SMALL)
            self.notes.append(Note(text, self.edge, y - 8, "left", "bottom", OUT, pad=0))
            return
        text = Text((Run(self._short(row)), Run(row.note, bold=True)), SMALL)
        start, end = row.spans[0].start, row.spans[-1].end
        if _inside(row):
            self.notes.append(Note(text, start, y, shift=(6, 0), pad=0))
        elif start - self.first > self.last - end:
            self.notes.append(Note(text, start, y, "right", shift=(-5, 0), pad=0))
        else:
            self.notes.append(Note(text, end, y, shift=(6, 0), pad=0))

    def _short(self, row: Category) -> str:
        """The name of a row, or its shorter title where a telephone has no room for that."""
        start, end = row.spans[0].start, row.spans[-1].end
        room = end - start if _inside(row) else max(start - self.first, self.last - end)
        fits = len(row.name + row.note) <= room * NARROW
        return row.name if fits or not row.title else row.title


def _is_firm(stretch: Stretch) -> bool:
    """Whether there is a number, and no doubt about it."""
    return stretch.value is not None and not stretch.doubtful


def _below(part: Sequence[Stretch], base: float, scale: float, height: float) -> list[Field]:
    """The plane below numbers that follow one another."""
    tops = [(x, base - (one.value or 0) * scale) for one in part for x in (one.start, one.end)]
    return [Field(((part[0].start, base), *tops, (part[-1].end, base)), FILL, EDGE)]


def _hatched_months(
    part: Sequence[Stretch], base: float, scale: float, height: float
) -> list[Field]:
    """Hatched from top to bottom."""
    return [
        replace(_plane(one.start, one.end, base - height, base, UNKNOWN), hatched=True)
        for one in part
    ]


def _plane(
    x0: float, x1: float, y0: float, y1: float, colour: str, edge: Stroke | None = None
) -> Field:
    return Field(((x0, y0), (x0, y1), (x1, y1), (x1, y0)), colour, edge)


def _inside(row: Category) -> bool:
    """Whether the name stands in the box: a long one of which no year is certain."""
    firm = any(span.certain for span in row.spans)
    return not firm and row.spans[-1].end - row.spans[0].start > INSIDE


def _scale(most: float) -> list[int]:
    """Round numbers from zero up to what is drawn."""
    step = next((size for size in (1, 2, 5, 10, 20, 50, 100) if most / size <= 4.5), 200)
    return list(range(0, int(most) + 1, step))
