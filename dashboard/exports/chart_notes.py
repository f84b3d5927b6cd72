"""What stands in a chart beside its traces: notes, shapes and the legend."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.chart_given import Given, dashed, paint
from dashboard.exports.chart_plane import Plane
from dashboard.exports.chart_points import Mark
from dashboard.exports.chart_text import ASCENT, Rich


def note(given: Given, plane: Plane, font: tuple[float, str]) -> str:
    """An annotation without an arrow."""
    with given:
        if given.take("showarrow", True):
            raise NotImplementedError("a note with an arrow cannot be drawn here")
        with given.part("font") as own:
            font = own.take("size", font[0]), own.take("color", font[1])
        text = Rich(given.take("text", ""), *font)
        given.only("align", "center", "left")
        pad = float(given.take("borderpad", 1)) + 1
        xref, yref = given.take("xref", "x"), given.take("yref", "y")
        x, y = given.take("x"), given.take("y")
        thirds = ("left", "center", "right"), ("bottom", "middle", "top")
        side = given.take("xanchor", _auto(x, thirds[0]) if xref == "paper" else "center")
        level = given.take("yanchor", _auto(y, thirds[1]) if yref == "paper" else "middle")
        across = plane.across(x, xref) + given.take("xshift", 0)
        down = plane.down(y, yref) - given.take("yshift", 0)
    left = across + {"left": pad, "center": -text.wide / 2, "right": -text.wide - pad}[side]
    top = down + {"top": pad, "middle": -text.tall / 2, "bottom": -text.tall - pad}[level]
    anchor = "end" if side == "right" else "start"
    return text.svg(left + text.wide * (side == "right"), top + ASCENT * text.size, anchor)


def _auto(value: float, thirds: tuple[str, str, str]) -> str:
    return thirds[0] if value < 1 / 3 else thirds[2] if value > 2 / 3 else thirds[1]


def shape(given: Given, plane: Plane) -> tuple[str, bool]:
    """A line or a box, and whether it lies below the traces."""
    with given:
        kind = given.only("type", "rect", "line")
        below = given.only("layer", "above", "below") == "below"
        xref, yref = given.take("xref", "x"), given.take("yref", "y")
        x0, x1 = (plane.across(given.take(key), xref) for key in ("x0", "x1"))
        y0, y1 = (plane.down(given.take(key), yref) for key in ("y0", "y1"))
        ground = paint("fill", given.take("fillcolor", "rgba(0,0,0,0)"))
        with given.part("line") as line:
            width, dash = float(line.take("width", 2)), line.take("dash", "solid")
            edge = f'{paint("stroke", line.take("color", "#444444"))} stroke-width="{width:g}"'
            edge += dashed(dash, width)
    if kind == "line":
        return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" fill="none" {edge}/>', below
    left, right, top, bottom = *sorted((x0, x1)), *sorted((y0, y1))
    box = f'x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}"'
    return f"<rect {box} {ground} {edge}/>", below


def legend(given: Given, entries: Sequence[tuple[Mark, str]], font: tuple[float, str]) -> str:
    """One line of marks with their names at the upper left corner of the drawing."""
    with given:
        given.only("orientation", "h")
        given.only("xref", "container")
        given.only("yref", "container")
        given.only("x", 0)
        given.only("y", 1)
        given.only("yanchor", "top")
        given.only("itemsizing", "constant")
        with given.part("font") as own:
            size, colour = own.take("size", font[0]), own.take("color", font[1])
    x, made = 2.0, []
    for mark, name in entries:
        text = Rich(name, size, colour)
        made.append(mark.svg(x + mark.size / 2 + 1, 14))
        made.append(text.svg(x + mark.size + 9, 14 + size * 0.35))
        x += mark.size + 9 + text.wide + 22
    return "".join(made)
