"""The legend below a chart that leaves out words where they do not fit: what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.chart_bars import Bar
from dashboard.exports.chart_given import paint
from dashboard.exports.lettering import width, xml

TYPE = 13.0  # px
LINE = 21.0
SWATCH = 11.0
INDENT, GAP = 17.0, 20.0


def legend(
    entries: Sequence[tuple[str, str]], unknown: str, bars: Sequence[Bar], wide: float, prefix: str
) -> tuple[str, float]:
    """Swatches with (words, colour) that are drawn in the bars, in lines of `wide` px; its height.

    `unknown` says what a hatched bar means.
    """
    used = {bar.fill for bar in bars if bar.end > bar.start and not bar.hatch}
    shown = [(word, paint("fill", colour)) for word, colour in entries if colour in used]
    if any(bar.hatch and bar.end > bar.start for bar in bars):
        shown.append((unknown, f'fill="url(#{prefix}-h0)" stroke="#7d8893"'))
    x, y, made = 0.0, 16.0, []
    for word, ground in shown:
        space = INDENT + width(word, TYPE)
        if x and x + space > wide:
            x, y = 0.0, y + LINE
        made.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{SWATCH}" height="{SWATCH}" {ground}/>'
            f'<text x="{x + INDENT:.1f}" y="{y + 10:.1f}" font-size="{TYPE}">{xml(word)}</text>'
        )
        x += space + GAP
    return "".join(made), y + LINE if shown else 0.0
