"""The countries of a panel as SVG: one path each in the style of its class, as `paint.js` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard import theme
from dashboard.exports.map_panels import Panel
from dashboard.exports.map_shapes import Points, places

GRID = 3  # tenths of a px: points are snapped to it, so neighbours keep meeting edge to edge
BEYOND = 12  # px outside the frame at which rings are cut
LONG = 960  # px
FULL = 2200  # px per radian and px of outline: a bold one would blot out archipelagos afar


@dataclass(frozen=True)
class Looks:
    """The style class of each unit, from the payload, and ids that no other drawing has."""

    payload: Mapping[str, Any]
    prefix: str
    area: frozenset[str] = frozenset()  # the only units that are told of; empty for all

    def told(self, iso: str) -> bool:
        """Whether the map says something of this land: a unit, and in the area if there is one."""
        return iso in (self.area or places())

    def of(self, iso: str) -> tuple[str, bool]:
        """(style class, whether on the FILO layer) of a unit."""
        row = self.payload["units"].get(iso)
        if row is None:
            return self.payload["rest"], False
        return self.payload["classes"][row[0]], len(row) > 4 and bool(row[4])

    def fill(self, key: str) -> str:
        """What goes into `fill` for a class."""
        return theme.fill(key).replace("url(#", f"url(#{self.prefix}-")

    def patterns(self, keys: Iterable[str]) -> str:
        """The patterns of these classes, each once."""
        made = "".join(theme.pattern(key) for key in dict.fromkeys(keys))
        # On paper the seams of stripes show where tiles meet; in one long tile there are none.
        made = made.replace('height="8"', f'height="{LONG}"')
        return made.replace('id="', f'id="{self.prefix}-')

    def outline(self, iso: str, panel: Panel) -> tuple[str, float, float]:
        """Colour, width in px and drawing order of the outline of a unit."""
        key, filo = self.of(iso)
        colour, width, order = theme.OUTLINES[key.split("-")[0]]
        if filo:
            return theme.LINK, 1.6, order + 0.5
        return colour, round(min(width, width * 0.45 + panel.scale / FULL), 2), order


def countries(panel: Panel, looks: Looks) -> str:
    """Every unit that is seen, bold outlines last so that no border covers half of them."""
    drawn = []
    for iso, d in _paths(panel).items():
        if not looks.told(iso):
            ground = f'fill="{theme.PAPER}" stroke="{theme.COAST}" stroke-width=".5"'
            drawn.append((-1.0, f'<path data-iso="{iso}" {ground} d="{d}"/>'))
            continue
        colour, width, order = looks.outline(iso, panel)
        key, filo = looks.of(iso)
        dash = ' stroke-dasharray="4 3"' if filo else ""
        drawn.append(
            (
                order,
                f'<path data-iso="{iso}" fill="{looks.fill(key)}" stroke="{colour}" '
                f'stroke-width="{width:g}"{dash} d="{d}"/>',
            )
        )
    body = "".join(path for _, path in sorted(drawn, key=lambda item: item[0]))
    return f'<g stroke-linejoin="round" fill-rule="evenodd">{body}</g>'


def outlined(panel: Panel, iso: str) -> str:
    """The shape of the chosen unit with a strong outline on white, empty where it is not seen."""
    d = _paths(panel).get(iso)
    if not d:
        return ""
    return "".join(
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linejoin="round"/>'
        for colour, width in ((theme.PAPER, 4.6), (theme.INK, 2.2))
    )


@lru_cache(maxsize=24)
def _paths(panel: Panel) -> dict[str, str]:
    """Unit -> the `d` of its path in this panel."""
    found: dict[str, list[str]] = {}
    for iso, _, ring in panel.rings:
        d = _path(_within(ring, panel))
        if d:
            found.setdefault(iso, []).append(d)
    return {iso: "".join(parts) for iso, parts in found.items()}


def _path(ring: Points) -> str:
    """A closed ring in steps of GRID tenths; empty where nothing is left of it."""
    whole = np.rint(ring * (10 / GRID)).astype(int) * GRID
    fresh = np.ones(len(whole), dtype=bool)
    fresh[1:] = (np.diff(whole, axis=0) != 0).any(axis=1)
    whole = whole[fresh]
    if len(whole) < 3:
        return ""
    steps = np.diff(whole, axis=0)
    return f"M{_tenth(whole[0, 0])} {_tenth(whole[0, 1])}l" + "".join(_steps(steps.tolist())) + "z"


def _steps(steps: list[list[int]]) -> Iterator[str]:
    """Relative steps; a minus sign parts two numbers as well as a space does."""
    for x, y in steps[:-1] if sum(map(abs, map(sum, steps))) == 0 else steps:
        down = _tenth(y)
        yield f" {_tenth(x)}{down if down[0] == '-' else ' ' + down}"


@lru_cache(maxsize=4096)
def _tenth(number: int) -> str:
    """A number of tenths as short as SVG can say it: "-.3", "12"."""
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"


def _within(ring: Points, panel: Panel) -> Points:
    """A ring cut at a box somewhat larger than the frame (Sutherland and Hodgman)."""
    right, bottom = panel.wide + BEYOND, panel.tall + BEYOND
    limits = ((0, -BEYOND, 1), (0, right, -1), (1, -BEYOND, 1), (1, bottom, -1))
    for axis, limit, sign in limits:
        inside = (ring[:, axis] - limit) * sign >= 0
        if inside.all():
            continue
        if not inside.any():
            return ring[:0]
        ring = _cut(ring, inside, axis, limit)
    return ring


def _cut(ring: Points, inside: npt.NDArray[np.bool_], axis: int, limit: float) -> Points:
    """The part of a ring on the inner side of one line."""
    after, inside_after = np.roll(ring, -1, axis=0), np.roll(inside, -1)
    crossing = inside != inside_after
    run = np.where(crossing, after[:, axis] - ring[:, axis], 1)
    share = np.where(crossing, (limit - ring[:, axis]) / run, 0)[:, None]
    met = ring + share * (after - ring)
    both = np.stack([ring, met], axis=1).reshape(-1, 2)
    kept: Points = both[np.stack([inside, crossing], axis=1).reshape(-1)]
    return kept
