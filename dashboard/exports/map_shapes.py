"""The shapes of the map in the browser, read for drawing on paper: rings of longitude and latitude.

What lies west of the Bering Strait is written on beyond 180 degrees, as `static/map/topology.js`
does: the world is cut there and no country is torn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

STATIC = Path(__file__).parents[1] / "static"
CUT = -168.4  # degrees; west of it a longitude is written beyond 180
Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shapes:
    """Every ring of every unit in one array: `points` (n by 2, degrees), ring i from starts[i].

    `units[i]` is the code of ring i, `polygons[i]` the number of the polygon it belongs to.
    """

    points: Points
    starts: Sequence[int]
    units: Sequence[str]
    polygons: Sequence[int]


@dataclass(frozen=True)
class Place:
    """A unit as labels know it: its names, where its label stands (degrees), whether it is tiny."""

    names: dict[str, str]
    lat: float
    lon: float
    tiny: bool


def wrap(lon: float) -> float:
    """The longitude as the map counts it.

    >>> wrap(-172.0), wrap(12.5)
    (188.0, 12.5)
    """
    return lon + 360 if lon < CUT else lon


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Every unit by its code (ISO 3166-1 alpha-3), from the file the browser reads."""
    found = json.loads((STATIC / "map" / "units.json").read_text(encoding="utf-8"))
    return {
        iso: Place({"nl": dutch, "en": english}, lat, lon, bool(tiny))
        for iso, (dutch, english, lat, lon, tiny) in found.items()
    }


@lru_cache(maxsize=1)
def uninhabited() -> dict[str, Place]:
    """The land that is drawn and is no unit, by its code, as `places`."""
    found = json.loads((STATIC / "map" / "classes.json").read_text(encoding="utf-8"))["ground"]
    return {
        code: Place({"nl": dutch, "en": english}, lat, lon, tiny=False)
        for code, (dutch, english, lat, lon) in found.items()
    }


@lru_cache(maxsize=2)
def shapes(level: str) -> Shapes:
    """The units at a level: "world" (simplified to 8 km) or "region" (4 km)."""
    topology = json.loads((STATIC / "shapes" / f"{level}.json").read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    rings: list[tuple[str, int, Points]] = []
    number = 0
    for shape in topology["objects"]["units"]["geometries"]:
        for polygon in _polygons(shape, arcs):
            rings += [(shape["id"], number, ring) for ring in polygon]
            number += 1
    starts = np.cumsum([0, *(len(ring) for _, _, ring in rings)])
    points = np.concatenate([ring for _, _, ring in rings])
    return Shapes(points, starts.tolist(), [r[0] for r in rings], [r[1] for r in rings])


def _arcs(topology: dict[str, Any]) -> list[Points]:
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def _polygons(shape: dict[str, Any], arcs: list[Points]) -> list[list[Points]]:
    """The polygons of a unit, an outer ring before its holes; joined where 180 degrees cut them."""
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    polygons = [[_ring(numbers, arcs) for numbers in part] for part in parts]
    cut = [any((abs(ring[:, 0] - 180) < 1e-6).any() for ring in part) for part in polygons]
    if not any(cut):
        return polygons
    halves = [part for part, is_cut in zip(polygons, cut, strict=True) if is_cut]
    joined = shapely.union_all([shapely.Polygon(p[0], p[1:]) for p in halves], grid_size=1e-4)
    return [part for part, is_cut in zip(polygons, cut, strict=True) if not is_cut] + [
        [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(joined)
    ]


def _ring(numbers: Sequence[int], arcs: list[Points]) -> Points:
    """One ring of its arcs; ~n is arc n backwards. A whole ring moves across the cut."""
    parts = [arcs[~n][::-1] if n < 0 else arcs[n] for n in numbers]
    line = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    return np.add(line, (360.0, 0.0)) if line[:, 0].mean() < CUT else line
