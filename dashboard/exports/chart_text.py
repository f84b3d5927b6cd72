"""Text of a chart: the few marks of markup that plotly knows and we use, measured and as SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from dashboard.exports.chart_given import paint
from dashboard.exports.lettering import width, xml

ASCENT, DESCENT, LEADING = 0.935, 0.265, 1.3  # of Fira Sans, and plotly's, in parts of its size
SYMBOL = 0.72  # the room of a drawn symbol
# Fira Sans has no letters for these; the machine's fonts shall not stand in.
SYMBOLS = {
    "■": "M.04-.02h.62v-.62h-.62z",
    "▶": "M.04 .02v-.72l.64 .36z",
}
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_COLOUR = re.compile(r"""\s*style=(['"])color: ?([#\w(),. ]+?);?\1\s*""")
_PIECE = re.compile(f"([{''.join(SYMBOLS)}])")


@dataclass(frozen=True)
class Run:
    """Letters of one kind, or one symbol; `colour` empty for that of the text around."""

    text: str
    bold: bool = False
    colour: str = ""

    def wide(self, size: float) -> float:
        """Its width in px."""
        return SYMBOL * size if self.text in SYMBOLS else width(self.text, size, self.weight)

    @property
    def weight(self) -> int:
        """The weight of its letters."""
        return 600 if self.bold else 400


Line = Sequence[Run]


def lines(markup: str) -> list[list[Run]]:
    """The lines of a text with <b>, <br> and <span style="color:…">; raises on any other tag."""
    found: list[list[Run]] = [[]]
    bold, colours, at = False, [""], 0
    for tag in [*_TAG.finditer(markup), None]:
        plain = unescape(markup[at : tag.start() if tag else None]).replace("  ", "\u00a0\u00a0")
        found[-1] += [Run(part, bold, colours[-1]) for part in _PIECE.split(plain) if part]
        if tag is None:
            break
        at = tag.end()
        closing, name, style = tag.groups()
        if name == "br":
            found.append([])
        elif name == "b":
            bold = not closing
        elif name == "span" and closing:
            colours.pop()
        elif name == "span" and (said := _COLOUR.fullmatch(style)):
            colours.append(said.group(2))
        else:
            raise NotImplementedError(f"text with {tag.group()!r} cannot be drawn here")
    return found


def line_width(line: Line, size: float) -> float:
    """The width of a line in px."""
    return sum(run.wide(size) for run in line)


@dataclass(frozen=True)
class Rich:
    """A text with its size in px and colour."""

    markup: str
    size: float
    colour: str

    @property
    def lines(self) -> list[list[Run]]:
        """Its lines."""
        return lines(self.markup)

    @property
    def wide(self) -> float:
        """The width of its longest line in px."""
        return max(line_width(line, self.size) for line in self.lines)

    @property
    def tall(self) -> float:
        """Its height in px."""
        return self.size * (ASCENT + DESCENT + LEADING * (len(self.lines) - 1))

    def svg(self, x: float, baseline: float, anchor: str = "start") -> str:
        """Its lines from a baseline down; `anchor` is "start", "middle" or "end" of each line."""
        made = []
        for number, line in enumerate(self.lines):
            y = baseline + number * LEADING * self.size
            wide = line_width(line, self.size)
            start = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            if len(line) == 1 and line[0].text not in SYMBOLS:
                made.append(self._run(line[0], x, y, f' text-anchor="{anchor}"'))
                continue
            for run in line:
                made.append(self._run(run, start, y))
                start += run.wide(self.size)
        return "".join(made)

    def _run(self, run: Run, x: float, y: float, anchor: str = "") -> str:
        ink = paint("fill", run.colour or self.colour)
        if run.text in SYMBOLS:
            place = f"translate({x:.1f} {y:.1f}) scale({self.size:g})"
            return f'<path d="{SYMBOLS[run.text]}" transform="{place}" {ink}/>'
        left = run.text.lstrip(" ")
        x += width(" ", self.size, run.weight) * (len(run.text) - len(left)) if not anchor else 0
        bold = ' font-weight="600"' if run.bold else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{self.size:g}"{bold}{anchor} {ink}>'
            f"{xml(left.rstrip(' '))}</text>"
        )
