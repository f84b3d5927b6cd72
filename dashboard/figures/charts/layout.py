"""Specifications of charts laid out: what stands where, and how large.

One function for each kind of chart; what they share stands on top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from dashboard import theme, wording
from dashboard.figures.charts.scene import (
    COLOURS,
    GRID,
    LABEL,
    NOTHING,
    Axis,
    Bar,
    Box,
    Dot,
    Line,
    Note,
    Run,
    Scene,
    Stroke,
    Text,
    text_colour,
)
from dashboard.figures.charts.scene import text_line as _text
from dashboard.figures.charts.years import years
from dashboard.i18n import Texts
from dashboard.report import Category, Series, Spec
from geo.events import GONE

EDGE = Stroke("#5d6b78", 1)  # so that a pale piece too has an end that is seen, on any ground
THICK = 0.42  # of a row, its bar
SQUARE = "■"


def scene(spec: Spec, t: Texts, narrow: bool = False) -> Scene:
    """Lay out a chart in the words of a language; `narrow` is for the width of a telephone."""
    layouts: dict[str, Callable[[Spec, Texts], Scene]] = {
        "ranking": _ranking_above if narrow else _ranking,
        "bars": partial(_bars, narrow=narrow),
        "totals": _totals,
        "dots": _dots,
        "change": _change,
        "chains": _chains,
        "spans": _spans,
        "lines": _lines,
        "years": years,
    }
    return layouts[spec.kind](spec, t)


def _ticks(labels: Sequence[tuple[float, Run]]) -> tuple[tuple[float, Text], ...]:
    return tuple((value, Text((run,), LABEL - 1)) for value, run in labels)


def _swatches(named: Sequence[tuple[str, str]], between: str) -> Text:
    """A square of each colour with its words."""
    runs = [
        Run(text, colour=colour)
        for colour, words in named
        for text, colour in ((SQUARE, colour), (words + between, ""))
    ]
    return Text((*runs[:-1], Run(named[-1][1])) if named else (), LABEL - 1)


def _stacked(
    spec: Spec,
    t: Texts,
    edge: Stroke | None = EDGE,
    written: Callable[[Series, int, float, str], Text | None] = lambda *_: None,
) -> list[Bar]:
    """The pieces of every bar from the left; `written` gives the words in one."""
    bars, ends = [], [0.0] * len(spec.categories)
    for series in spec.series:
        for row, value in enumerate(series.values):
            if value:
                colour = COLOURS[spec.categories[row].role or series.role]
                start, ends[row] = ends[row], ends[row] + value
                line = Stroke(colour, 1) if series.supposed else edge
                text = None if series.supposed else written(series, row, value, colour)
                says = _says(spec.categories[row], series, row, t.number(value))
                look = line, series.supposed, text, says
                bars.append(Bar(start, ends[row], row, THICK, colour, *look))
    return bars


def _says(category: Category, series: Series, row: int, value: str) -> str:
    """What a value is of, in words: "Dubai, NP. Only this post: 8"."""
    name = f"{category.title or category.name}{category.note if category.title else ''}"
    of = series.words[row] if series.words and series.words[row] else series.name
    return f"{name}. {of}: {value}"


BESIDE = 42  # characters of a name that leave a bar room beside them
PIECE = 24  # px, of a bar with words in it: in Firefox the line of a letter is higher


def _ranking(spec: Spec, t: Texts) -> Scene:
    """A bar per unit with its name beside it; what is supposed is hatched and last.

    Where a name is long, or something of its unit is unknown, all stand above their bars.
    """
    if any(each.note or len(each.title) > BESIDE for each in spec.categories):
        return _ranking_above(spec, t)

    def written(series: Series, row: int, value: float) -> str:
        # A legend names the others; bars are shorter here, and their words would not fit.
        word = f"{series.words[row]} " if series.role == "kind" else ""
        return f"{word}{t.number(value)}"

    names = [(row, Run(each.title, bold=True)) for row, each in enumerate(spec.categories)]
    return _ranked(spec, t, 27, written, ticks=_ticks(names))


def _ranking_above(spec: Spec, t: Texts) -> Scene:
    """The same with each name above its bar, so that a telephone has room for both."""

    def written(series: Series, row: int, value: float) -> str:
        return f"{series.words[row]} {t.number(value)}"

    heads = [
        Note(Text((Run(each.title, bold=True), Run(each.note))), 0, row - 0.3, level="bottom")
        for row, each in enumerate(spec.categories)
    ]
    return _ranked(spec, t, 50, written, heads=heads)


def _ranked(
    spec: Spec,
    t: Texts,
    tall: float,
    written: Callable[[Series, int, float], str],
    ticks: tuple[tuple[float, Text], ...] = (),
    heads: Sequence[Note] = (),
) -> Scene:
    """Rows of `tall` px with their names as `ticks` beside them or as `heads` above them."""

    def piece(series: Series, row: int, value: float, colour: str) -> Text:
        return _text(written(series, row, value), LABEL - 2, colour=text_colour(colour))

    bars = [replace(bar, thick=PIECE / tall) for bar in _stacked(spec, t, written=piece)]
    count = len(spec.categories)
    longest = max((bar.end for bar in bars), default=0)
    return Scene(
        tall * count + 12,
        (0, 4, 2, 2),
        Axis(0, longest * 1.01 or 100),
        Axis(count - 0.5, -0.8 if heads else -0.5, ticks),
        bars=tuple(bars),
        notes=tuple(heads),
        least=LABEL - 3,
        ink=False,
    )


TELEPHONE = 300  # px that a chart has there
LETTER = 7.0  # px, of words at the end of a bar


def _bars(spec: Spec, t: Texts, narrow: bool) -> Scene:
    """Bars with the name of each above it, so that a telephone has room for both.

    The numbers of several series stand in their pieces, and a line above names their colours. On a
    `narrow` page bars are as much shorter as the words at their ends need.
    """
    several, count = len(spec.series) > 1, len(spec.categories)

    def written(series: Series, row: int, value: float, colour: str) -> Text | None:
        return _text(t.number(value), colour=text_colour(colour)) if several else None

    bars = _stacked(spec, t, EDGE if several else None, written)
    notes = []
    longest = max((bar.end for bar in bars), default=0) * 1.7 or 1
    if several:
        named = [(COLOURS[series.role], f" {series.name}") for series in spec.series]
        key = _swatches(named, " \u00a0 ")
        notes.append(Note(key, 0, 1, level="bottom", paper="xy"))
    for row, each in enumerate(spec.categories):
        end = max((bar.end for bar in bars if bar.y == row), default=0)
        name = _text(each.name, LABEL - 1)
        notes.append(Note(name, 0, row - THICK / 2, level="bottom", pad=0))
        notes.append(Note(_text(each.note, LABEL - 1), end, row, shift=(5, 0)))
        if narrow:
            longest = max(longest, end / (1 - min(LETTER * len(each.note) / TELEPHONE, 0.8)))
    top = 30 if several else 4
    axes = Axis(0, longest), Axis(count - 0.6, -0.85)
    height = 41 * count + top + 4
    return Scene(height, (0, 6, top, 4), *axes, bars=tuple(bars), notes=tuple(notes))


HEADING, TOTAL = 26, 78  # px above the bars of a group, and per bar with its two lines of text


def _totals(spec: Spec, t: Texts) -> Scene:
    """A bar per total with its parts named above it, under the heading of its group.

    One scale for all; nothing joins the bars. Here the axis of rows counts px from the top.
    """
    pieces = _stacked(spec, t)
    bars: list[Bar] = []
    notes: list[Note] = []
    top, group = 0, ""

    def line(below: int, text: Text) -> None:
        notes.append(Note(text, 0, top + below, paper="x"))

    for row, each in enumerate(spec.categories):
        if each.group != group:
            group = each.group
            line(12, _text(group, bold=True))
            top += HEADING
        bars += [replace(bar, y=top + 54, thick=18) for bar in pieces if bar.y == row]
        named = [
            (COLOURS[series.role], f"\u2009{series.name} {t.number(value)}")
            for series in spec.series
            if (value := series.values[row]) is not None
        ]
        line(10, _text(each.title, LABEL - 1))
        line(32, _swatches(named, "\u2002"))
        top += TOTAL
    longest = max((bar.end for bar in bars), default=0) * 20 / 19 or 1
    axes = Axis(0, longest), Axis(top, 0)
    return Scene(top, (0, 0, 0, 0), *axes, bars=tuple(bars), notes=tuple(notes))


def _dots(spec: Spec, t: Texts) -> Scene:
    """A column per short name, a row per category; one that is planned is an open ring."""
    columns = list(dict.fromkeys(series.short for series in spec.series))
    dots = []
    for series in spec.series:
        colour = COLOURS[series.role]
        ink = colour if series.planned else theme.PAPER
        fill = NOTHING if series.planned else colour
        for row, value in enumerate(series.values):
            if value:
                text = _text(t.number(value), LABEL - 2, colour=ink) if value > 1 else None
                x = columns.index(series.short)
                says = _says(spec.categories[row], series, row, t.number(value))
                dots.append(Dot(x, row, 19, fill, Stroke(colour, 2.5), text=text, says=says))
    count = len(spec.categories)
    heads = _ticks([(x, Run(name, bold=True)) for x, name in enumerate(columns)])
    names = _ticks([(row, Run(each.name)) for row, each in enumerate(spec.categories)])
    return Scene(
        27 * count + 50,
        (0, 10, 34, 6),
        Axis(-0.5, len(columns) - 0.5, heads, top=True),
        Axis(count - 0.4, -0.6, names, GRID),
        dots=(("", tuple(dots)),),
    )


FAINT = "rgba(128,128,128,.14)"
LONGEST = 28  # characters of a name beside the chart; the table below it has the whole


def _change(spec: Spec, t: Texts) -> Scene:
    """A row per category under its heading, a point per date; what lies between is no road in time.

    The ring of an unchanged value stands around its point, and the number is said once.
    """
    ticks: list[Run] = []
    rows: list[int] = []
    group = ""
    for each in spec.categories:
        if each.group != group:
            group = each.group
            ticks.append(Run(group, bold=True))
        rows.append(-len(ticks))
        ticks.append(Run(_shortened(each.name) + ("\u2009*" if each.starred else "")))
    pairs = list(zip(*(series.values for series in spec.series), strict=True))
    lines = [Line(0, 0, 0, Stroke(GRID, 1.5), whole=True)]
    notes = []
    for y, values in zip(rows, pairs, strict=True):
        before, after = values[0], values[-1]
        if len(values) < 2 or before is None or after is None:
            continue
        if before != after:
            ends = sorted([before, after])
            lines.append(Line(ends[0], ends[1], y, Stroke(theme.MISSION, 2.5)))
        said = wording.signed(t, int(after - before)) if after != before else "="
        text = _text(said, bold=after != before)
        notes.append(Note(text, 1, y, shift=(24, 0), paper="x"))
    sides = [_side(spec, number, rows, pairs, t) for number in range(len(spec.series))]
    top = max((value for values in pairs for value in values if value is not None), default=0)
    return Scene(
        30 * len(ticks) + 60,
        (0, 58, 40, 4),
        Axis(-0.1 * top, 1.06 * top),
        Axis(0.4 - len(ticks), 0.6, _ticks([(-n, run) for n, run in enumerate(ticks)]), FAINT),
        dots=tuple(sides),
        lines=tuple(lines),
        notes=tuple(notes),
        legend=len(spec.series) == 2,
    )


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _side(
    spec: Spec, number: int, rows: list[int], pairs: list[tuple[float | None, ...]], t: Texts
) -> tuple[str, tuple[Dot, ...]]:
    """The points of one date, each with its number on the outer side; hollow is the earlier."""
    hollow = number == 0 and len(spec.series) == 2
    colour, dots = theme.PAPER if hollow else theme.MISSION, []
    for row, (y, values) in enumerate(zip(rows, pairs, strict=True)):
        value, other = values[number], values[number - 1] if len(values) == 2 else None
        if value is None:
            continue
        same, less = value == other, other is not None and value < other
        text = "" if same and hollow else f"\u2002{t.number(int(value))}\u2002"
        dots.append(
            Dot(
                value,
                y,
                20 if same and hollow else 13,
                colour,
                Stroke(theme.MISSION, 2.5),
                text=_text(text) if text else None,
                side="middle left" if less else "middle right",
                says=_says(spec.categories[row], spec.series[number], row, t.number(value)),
            )
        )
    return spec.series[number].name, tuple(dots)


LOOKS = {  # kind of event -> symbol, colour, edge, size in px
    "withdrawn": ("x", theme.LOST, theme.LOST, 14),
    "ends": ("x-open", theme.LOST, theme.LOST, 14),
    "mentioned": ("diamond", COLOURS["post"], COLOURS["post"], 13),
    "placed": ("diamond", COLOURS["post"], COLOURS["post"], 13),
    "present": ("circle", COLOURS["post"], COLOURS["post"], 16),
    "absent": ("circle", theme.PAPER, theme.LOST, 16),
    "planned": ("circle", theme.PAPER, COLOURS["post"], 16),
}
LATE = 2023.2  # a year so near the end of the axis that words stand before it


def _chains(spec: Spec, t: Texts) -> Scene:
    """A line of dated events per category: solid where two sources prove it, dots where unknown."""
    dots, lines, notes = [], [], []
    for row, each in enumerate(spec.categories):
        below = False  # where the words of the event before stand
        for span in each.spans:
            solid = Stroke(COLOURS["post"], 5)
            stroke = solid if span.certain else Stroke(theme.UNKNOWN[1], 2.5, "dot")
            lines.append(Line(span.start, span.end, row, stroke))
            if span.label:
                text, x = _text(span.label, LABEL - 2), 0.58 * span.start + 0.42 * span.end
                notes.append(Note(text, x, row, anchor="center", shift=(0, 11)))
        for event in each.events:
            symbol, colour, edge, size = LOOKS[event.kind]
            late = event.year > LATE  # it would meet the words of the event before it
            below = not below if late else event.kind in GONE
            level = "bottom" if below else "top"
            side = f"{level} {'left' if late else 'right'}"
            text = _text(event.label, LABEL - 2)
            at = event.year, row, size, colour, Stroke(edge, 2)
            says = f"{each.name}. {event.label or int(event.year)}"
            dots.append(Dot(*at, symbol, text if event.label else None, side, says))
        notes.append(Note(_text(each.name, bold=True), spec.axis[0], row - 0.36))
    years = _ticks([(value, Run(label)) for value, label in spec.ticks])
    axes = Axis(*spec.axis, years), Axis(len(spec.categories) - 0.4, -0.6)
    return Scene(
        92 * len(spec.categories) + 40,
        (4, 4, 4, 26),
        *axes,
        dots=(("", tuple(dots)),),
        lines=tuple(lines),
        notes=tuple(notes),
    )


WIDE = 43  # characters that fit on a line of a telephone; longer words take two
A_YEAR = 2.7  # characters to a year there


def _spans(spec: Spec, t: Texts) -> Scene:
    """Bars of years, each with its words on the line above it, at the end that has room beside it.

    What is unknown is a dashed box; an arrow is what had not ended when the source appeared.
    """
    first, last = spec.axis
    boxes, notes = [], []
    for row, each in enumerate(spec.categories):
        for span in each.spans:
            edge = Stroke(theme.MISSION, 1.5, "solid" if span.certain else "2px,3px")
            colour = theme.MISSION if span.certain else NOTHING
            says = f"{each.name}{each.note}"
            boxes.append(Box(span.start, span.end, row, 0.16, colour, edge, says))
            if span.running:
                notes.append(Note(_text("▶", colour=theme.MISSION), last, row))
        notes.append(_of_bar(each, row, spec.axis))
    years = _ticks([(value, Run(label)) for value, label in spec.ticks])
    return Scene(
        58 * len(spec.categories) + 34,
        (2, 20, 30, 4),
        Axis(first, last, years, GRID, top=True),
        Axis(len(spec.categories) - 0.6, -0.7),
        boxes=tuple(boxes),
        notes=tuple(notes),
    )


def _of_bar(each: Category, row: int, axis: tuple[float, float]) -> Note:
    """The words of a bar where it begins or ends; from the edge where neither side has room."""
    first, last = axis
    start = min(span.start for span in each.spans)
    end = max(span.end for span in each.spans)
    name, note, longest = each.name, each.note, len(each.name + each.note)
    if longest >= WIDE:
        name, note, longest = f"{name}\n", note.strip(), max(len(name), len(note))
    runs = Run(name, bold=True), Run(note)
    years = longest / A_YEAR
    at, anchor = first, "left"
    if start + end > first + last and end - years >= first:
        at, anchor = end, "right"
    elif start + years <= last:
        at = start
    return Note(Text(runs, LABEL - 2), at, row - 0.2, anchor, "bottom")


SMALLER = 5  # px that a sign loses where many lines stand close together
KEY = 20  # px for each line above the years that says what a sign means


def _lines(spec: Spec, t: Texts) -> Scene:
    """Many posts through time, close together: solid where known, dots where unknown.

    What each sign means stands above the years.
    """
    count = len(spec.categories)
    dots, lines, notes = [], [], []
    for row, each in enumerate(spec.categories):
        for span in each.spans:
            unknown = Stroke(theme.UNKNOWN[1], 2.5, "dot")
            stroke = Stroke(COLOURS["post"], 4) if span.certain else unknown
            lines.append(Line(span.start, span.end, row, stroke))
        for event in each.events:
            symbol, colour, edge, size = LOOKS[event.kind]
            at = event.year, row, size - SMALLER, colour, Stroke(edge, 2)
            says = f"{each.name}{each.note}. {event.label}" if event.label else ""
            dots.append(Dot(*at, symbol, None, "middle right", says))
        text = Text((Run(each.name, bold=True), Run(each.note)), LABEL - 2)
        notes.append(Note(text, spec.axis[0], row - 0.2, level="bottom", pad=0))
    top = KEY * len(_SIGNS) + 30
    for place, (sign, colour, key) in enumerate(_SIGNS):
        text = Text((Run(f"{sign} ", colour=colour), Run(t(f"time.{key}"))), LABEL - 2)
        above = top - KEY * place - 14
        notes.append(Note(text, 0, 1, level="middle", shift=(0, above), pad=0, paper="xy"))
    years = _ticks([(value, Run(label)) for value, label in spec.ticks])
    axes = Axis(*spec.axis, years, GRID, top=True), Axis(count - 0.6, -0.85)
    return Scene(
        42 * count + top + 8,
        (2, 14, top, 4),
        *axes,
        dots=(("", tuple(dots)),),
        lines=tuple(lines),
        notes=tuple(notes),
    )


# What stands for a sign in words, with its colour, and the key of the words.
_SIGNS = (
    ("●", COLOURS["post"], "sign_present"),
    ("◆", COLOURS["post"], "sign_mentioned"),
    ("○", theme.LOST, "sign_absent"),
    ("···", theme.UNKNOWN[1], "sign_unknown"),
)
