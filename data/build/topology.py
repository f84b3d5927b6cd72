"""Shapes to arcs and back to a file: every border stored once, as TopoJSON wants it.

Written here because the `topojson` package winds some rings the wrong way round (Spain, Cyprus,
Lesotho and more). Exterior rings run counter-clockwise, as RFC 7946 asks; a globe drawn with d3
wants the opposite and must rewind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely

from data.build.errors import BuildError

Point = tuple[float, float]
Ring = list[Point]
Arc = tuple[Point, ...]
Polygon = list[list[int]]  # rings of arc numbers; ~n is arc n walked backwards


class Topology(NamedTuple):
    """`arcs`, and per shape its polygons as rings of arc numbers."""

    arcs: list[Arc]
    shapes: list[list[Polygon]]


def topology(shapes: Iterable[shapely.Geometry]) -> Topology:
    """Cut the rings of a valid coverage where borders meet, and keep each piece once.

    Raises BuildError when a ring has fewer than three different points left.
    """
    rings = [[_rings(p) for p in shapely.get_parts(shape)] for shape in shapes]
    junctions = _junctions(ring for shape in rings for polygon in shape for ring in polygon)
    known: dict[Arc, int] = {}
    numbered = [
        [[[_number(arc, known) for arc in _cut(ring, junctions)] for ring in p] for p in shape]
        for shape in rings
    ]
    return Topology(list(known), numbered)


def borders(cut: Topology) -> Iterator[tuple[int, int, Arc]]:
    """The arcs that two shapes share: the place of both shapes in the list, and the arc."""
    users: dict[int, list[int]] = {}
    for place, shape in enumerate(cut.shapes):
        for number in (n for polygon in shape for ring in polygon for n in ring):
            users.setdefault(number if number >= 0 else ~number, []).append(place)
    for number, places in users.items():
        if len(places) == 2:
            yield places[0], places[1], cut.arcs[number]


def topojson(cut: Topology, ids: Iterable[str], steps: int, name: str) -> dict[str, Any]:
    """A TopoJSON object with whole-number arcs; geometries carry their `id` and nothing else.

    Positions are counted from (-180, -90) in `steps` per degree; the shapes must already be
    rounded to those steps.
    """
    geometries = [
        {"type": "Polygon", "id": key, "arcs": shape[0]}
        if len(shape) == 1
        else {"type": "MultiPolygon", "id": key, "arcs": shape}
        for key, shape in zip(ids, cut.shapes, strict=True)
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [1 / steps, 1 / steps], "translate": [-180, -90]},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_steps(arc, steps) for arc in cut.arcs],
    }


def _rings(polygon: shapely.Polygon) -> list[Ring]:
    oriented = shapely.orient_polygons(polygon, exterior_cw=False)
    return [_ring(r) for r in [oriented.exterior, *oriented.interiors]]


def _ring(ring: shapely.LinearRing) -> Ring:
    points: Ring = [(x, y) for x, y in shapely.get_coordinates(ring).tolist()]
    open_ring = [p for p, following in pairwise(points) if p != following]
    if len(set(open_ring)) < 3:
        raise BuildError(f"a ring near {points[0]} has collapsed")
    return open_ring


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points at which two rings part ways: seen with different points before and after."""
    neighbours: dict[Point, frozenset[Point]] = {}
    junctions: set[Point] = set()
    for ring in rings:
        for i, point in enumerate(ring):
            beside = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
            if neighbours.setdefault(point, beside) != beside:
                junctions.add(point)
    return junctions


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[Arc]:
    """Pieces of the ring from junction to junction; a ring without any is one closed piece."""
    cuts = [i for i, point in enumerate(ring) if point in junctions]
    if not cuts:
        cuts = [ring.index(min(ring))]  # the same start whichever way the ring is walked
    turned = ring[cuts[0] :] + ring[: cuts[0] + 1]
    places = [i - cuts[0] for i in cuts] + [len(ring)]
    for start, end in pairwise(places):
        yield tuple(turned[start : end + 1])


def _number(arc: Arc, numbers: dict[Arc, int]) -> int:
    backwards = numbers.get(arc[::-1])
    return ~backwards if backwards is not None else numbers.setdefault(arc, len(numbers))


def _steps(arc: Arc, steps: int) -> list[list[int]]:
    """Whole steps from the corner for the first point, from the previous point for the others."""
    places = np.rint((np.array(arc) + np.array((180, 90))) * steps).astype(int)
    return np.vstack([places[:1], np.diff(places, axis=0)]).tolist()  # type: ignore[no-any-return]
