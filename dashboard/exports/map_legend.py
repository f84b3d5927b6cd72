"""What the colours of a map mean: swatches in its very patterns, with words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.exports.lettering import width, wrapped, xml
from dashboard.exports.map_paint import Looks

TYPE = 11.5  # px
LINE = 14.0
SWATCH = (20.0, 12.0)
INDENT = 27.0  # from a swatch to its words
GAP = 18.0  # between two entries on a line


@dataclass(frozen=True)
class Legend:
    """A drawn legend and its height in px."""

    svg: str
    tall: float


def column(looks: Looks, entries: Sequence[tuple[str, str]], wide: float) -> Legend:
    """The entries below one another."""
    y, made = 0.0, []
    for key, word in entries:
        lines = wrapped(word, TYPE, wide - INDENT)
        made.append(_entry(looks, key, lines, 0, y))
        y += LINE * len(lines) + 4
    return Legend("".join(made), y)


def row(looks: Looks, entries: Sequence[tuple[str, str]], wide: float) -> Legend:
    """The entries beside one another, in as many lines as they need."""
    x, y, made, tall = 0.0, 0.0, [], LINE
    for key, word in entries:
        lines = wrapped(word, TYPE, wide - INDENT)
        space = INDENT + max(width(line, TYPE) for line in lines)
        if x and x + space > wide:
            x, y, tall = 0.0, y + tall + 4, LINE
        made.append(_entry(looks, key, lines, x, y))
        x, tall = x + space + GAP, max(tall, LINE * len(lines))
    return Legend("".join(made), y + tall if entries else 0.0)


def _entry(looks: Looks, key: str, lines: Sequence[str], x: float, y: float) -> str:
    colour, line, _ = theme.OUTLINES[key.split("-")[0]]
    edge = "" if colour == theme.BORDER else f' stroke="{colour}" stroke-width="{min(line, 1.2):g}"'
    words = "".join(
        f'<text x="{x + INDENT:.1f}" y="{y + 10 + LINE * i:.1f}" font-size="{TYPE}">'
        f"{xml(text)}</text>"
        for i, text in enumerate(lines)
    )
    wide, tall = SWATCH
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y:.1f}" width="{wide}" height="{tall}" '
        f'fill="{looks.fill(key)}"{edge}/>{words}'
    )
