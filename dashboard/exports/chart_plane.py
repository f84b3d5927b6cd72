"""The plane of a chart: its two axes, where a value falls in px, and grid and tick labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.exports.chart_given import Given, paint
from dashboard.exports.chart_text import Rich

GRID = "#eeeeee"  # where a figure names no colour; none of ours leaves it out
NEAR = 5.0  # px between an axis on top or below and its labels


@dataclass(frozen=True)
class Axis:
    """One axis: its two ends, its ticks with their labels, and on which side they stand."""

    low: float
    high: float
    ticks: list[tuple[float, Rich]]
    grid: str
    side: str
    standoff: float


@dataclass(frozen=True)
class Plane:
    """Two axes in a rectangle of (left, top, right, bottom) px within `wide` by `tall` px."""

    x: Axis
    y: Axis
    left: float
    top: float
    right: float
    bottom: float
    wide: float
    tall: float

    def across(self, value: float, ref: str = "x") -> float:
        """A value in px from the left; `ref` is "x", "x domain" or "paper"."""
        part = value if ref in ("paper", "x domain") else _part(self.x, value, ref, "x")
        return self.left + part * (self.right - self.left)

    def down(self, value: float, ref: str = "y") -> float:
        """A value in px from the top; `ref` is "y", "y domain" or "paper"."""
        part = value if ref in ("paper", "y domain") else _part(self.y, value, ref, "y")
        return self.bottom - part * (self.bottom - self.top)

    def svg(self) -> str:
        """Grid and tick labels."""
        made = []
        for value, label in self.y.ticks:
            y = self.down(value)
            if self.y.grid:
                made.append(_line(self.left, y, self.right, y, self.y.grid))
            first = y + label.size * 0.35 - (len(label.lines) - 1) * label.size * 0.65
            made.append(label.svg(self.left - self.y.standoff, first, "end"))
        for value, label in self.x.ticks:
            x = self.across(value)
            if self.x.grid:
                made.append(_line(x, self.top, x, self.bottom, self.x.grid))
            above = self.top - NEAR - label.tall + label.size
            below = self.bottom + NEAR + label.size
            made.append(label.svg(x, above if self.x.side == "top" else below, "middle"))
        return "".join(made)


def axis(given: Given, side: str, largest: float | None, font: tuple[float, str]) -> Axis:
    """An axis as the figure has it; without a range it runs from 0 to just over `largest`.

    `font` is size and colour where the axis names none.
    """
    with given:
        shown = given.take("visible", True)
        given.only("zeroline", False)
        given.only("tickangle", 0)
        standoff = float(given.take("ticklabelstandoff", 0))
        grid = given.take("gridcolor", GRID) if given.take("showgrid", True) else ""
        given.take("gridcolor")
        with given.part("tickfont") as tickfont:
            font = tickfont.take("size", font[0]), tickfont.take("color", font[1])
        values, labels = given.listed("tickvals"), given.listed("ticktext")
        if shown and (not values or len(values) != len(labels)):
            raise NotImplementedError(f"{given.where}: ticks without texts cannot be drawn here")
        side = given.only("side", side, *(["top"] if side == "bottom" else []))
        ends = given.listed("range") or _automatic(given, largest)
    pairs = zip(values, labels, strict=True) if shown else ()
    ticks = [(float(value), Rich(str(label), *font)) for value, label in pairs]
    return Axis(float(ends[0]), float(ends[1]), ticks, grid if shown else "", side, standoff)


def _automatic(given: Given, largest: float | None) -> list[float]:
    if largest is None:
        raise NotImplementedError(f"{given.where}: an axis without a range cannot be drawn here")
    return [0.0, largest * 20 / 19 or 1.0]


def plane(x: Axis, y: Axis, margin: dict[str, Any], wide: float, tall: float) -> Plane:
    """The plane within a drawing; a margin grows where the labels of an axis need more."""
    left = max([margin["l"], *(label.wide + y.standoff + 2 for _, label in y.ticks)])
    high = max([0.0, *(label.tall + NEAR for _, label in x.ticks)])
    top = max(margin["t"], high if x.side == "top" else 0)
    bottom = tall - max(margin["b"], 0 if x.side == "top" else high)
    return Plane(x, y, left, top, wide - margin["r"], bottom, wide, tall)


def _part(of: Axis, value: float, ref: str, name: str) -> float:
    if ref != name:
        raise NotImplementedError(f"a place on {ref!r} cannot be drawn here")
    return (value - of.low) / (of.high - of.low)


def _line(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" {paint("stroke", colour)}/>'
