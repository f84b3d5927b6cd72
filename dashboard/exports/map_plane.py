"""The plane of a drawn map: panels, projections, and the shapes in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
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
    """A unit as labels know it: its names, where its label stands (degrees), whether it is tiny.

    `rank` and `waits` say when it is named, see `dashboard.figures.labelling`.
    """

    names: dict[str, str]
    lat: float
    lon: float
    tiny: bool
    rank: int = 0
    waits: tuple[str, ...] = ()


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
        iso: Place({"nl": dutch, "en": english}, lat, lon, bool(tiny), rank, tuple(*waits))
        for iso, (dutch, english, lat, lon, tiny, rank, *waits) in found.items()
    }


@lru_cache(maxsize=1)
def uninhabited() -> dict[str, Place]:
    """The land that is drawn and is no unit, by its code, as `places`."""
    found = json.loads((STATIC / "map" / "classes.json").read_text(encoding="utf-8"))["ground"]
    return {
        code: Place({"nl": dutch, "en": english}, lat, lon, tiny=False)
        for code, (dutch, english, lat, lon) in found.items()
    }


LEVELS = ("world", "region")  # simplified to 8 km and to 4 km


@lru_cache(maxsize=len(LEVELS))
def shapes(level: str) -> Shapes:
    """The units at one of LEVELS."""
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


Box = tuple[float, float, float, float]  # south, west, north, east in degrees
WORLD: Box = (-56.5, -168.4, 83.7, 190.4)
TALLEST = 0.86  # of the width: a taller frame is shown with more at its sides
# Russia reaches over all of Asia; a map of the area that holds it shows its part west of here.
WIDE_EDGE = 2.3  # radians from the middle of half a globe: what lies beyond is torn by its cut
EAST = {"RUS": 60.0}


@dataclass(frozen=True)
class Panel:
    """A part of the drawing in px: the earth at `scale` px per radian, its centre at (x, y).

    `detail` names the level of `map_shapes.shapes`; `wide` and `tall` are its size.
    """

    name: str
    definition: str  # of the projection, in the words of PROJ
    scale: float
    centre: tuple[float, float]  # of the frame, in radians of the projection
    wide: float
    tall: float
    detail: str

    @cached_property
    def proj(self) -> pyproj.Proj:
        """Degrees -> radians of the projection."""
        return pyproj.Proj(self.definition)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place falls, in px from the upper left corner."""
        x, y = self.projected(np.array([[wrap(lon), lat]]))[0]
        return float(x), float(y)

    def projected(self, points: Points) -> Points:
        """Longitudes and latitudes (degrees, n by 2) in px; what no map can show is far away."""
        flat = _flat(self.proj, points)
        shown = (flat - self.centre) * (self.scale, -self.scale) + (self.wide / 2, self.tall / 2)
        return np.where(np.isfinite(shown), shown, 1e6)

    def frame(self) -> Points:
        """Longitudes and latitudes along the edge of the frame."""
        f = np.linspace(0, 1, 17)
        x = np.concatenate([f, 0 * f + 1, 1 - f, 0 * f]) * self.wide
        y = np.concatenate([0 * f, f, 0 * f + 1, 1 - f]) * self.tall
        middle = self.wide / 2, self.tall / 2
        flat = (np.column_stack([x, y]) - middle) / (self.scale, -self.scale) + self.centre
        return np.column_stack(self.proj(flat[:, 0], flat[:, 1], inverse=True))

    def holds(self, x: float, y: float, rim: float = 0) -> bool:
        """Whether a point lies in the frame, `rim` px within its edge."""
        return rim <= x <= self.wide - rim and rim <= y <= self.tall - rim

    @cached_property
    def rings(self) -> list[tuple[str, int, Points]]:
        """(unit, polygon, points in px) of every ring of which something can be seen."""
        source = shapes(self.detail)
        points = self.projected(source.points)
        starts = np.array(source.starts[:-1])
        # Of all rings at once: one by one it takes longer than to project their points.
        left, top = np.minimum.reduceat(points, starts).T
        right, bottom = np.maximum.reduceat(points, starts).T
        seen = (right > 0) & (left < self.wide) & (bottom > 0) & (top < self.tall)
        known = places() | uninhabited()
        found = []
        for number in np.flatnonzero(seen).tolist():
            iso = source.units[number]
            if not self.behind(known[iso]):
                ring = points[source.starts[number] : source.starts[number + 1]]
                found.append((iso, source.polygons[number], ring))
        return found

    def behind(self, place: Place) -> bool:
        """Whether a unit lies so far round the globe that this projection would tear it."""
        return (place.lon, place.lat) in self._torn

    @cached_property
    def _torn(self) -> set[tuple[float, float]]:
        """Longitude and latitude of the labels of the units that lie so far round the globe."""
        labels = [(each.lon, each.lat) for each in (places() | uninhabited()).values()]
        x, y = _flat(self.proj, np.array(labels)).T
        if "eqearth" in self.definition:
            far = np.abs(x) > WIDE_EDGE
        else:
            far = np.hypot(x, y) > (1.55 if "laea" in self.definition else np.inf)
        return {labels[place] for place in np.flatnonzero(far)}

    @cached_property
    def _seen_polygons(self) -> tuple[shapely.STRtree, npt.NDArray[np.str_]]:
        """The polygons that are seen, and the unit of each."""
        grouped: dict[tuple[str, int], list[Points]] = {}
        for iso, polygon, ring in self.rings:
            grouped.setdefault((iso, polygon), []).append(ring)
        shapes_of = [shapely.Polygon(parts[0], parts[1:]) for parts in grouped.values()]
        return shapely.STRtree(shapes_of), np.array([iso for iso, _ in grouped])

    def abroad(self, iso: str, box: tuple[float, float, float, float]) -> float:
        """The share of a box (left, top, right, bottom in px) on land other than of this unit."""
        tree, owners = self._seen_polygons
        across, down = np.linspace(box[0], box[2], 7), np.linspace(box[1], box[3], 3)
        grid = shapely.points(*(axis.ravel() for axis in np.meshgrid(across, down)))
        hits, of = tree.query(grid, predicate="within")
        return len(set(hits[owners[of] != iso].tolist())) / len(grid)

    @cached_property
    def extents(self) -> dict[str, tuple[float, float]]:
        """Unit -> width and height in px of its largest part, of the units that are seen."""
        largest: dict[str, tuple[float, float]] = {}
        for iso, _, ring in self.rings:
            size = np.ptp(ring, axis=0)
            old = largest.get(iso, (0.0, 0.0))
            if size[0] * size[1] >= old[0] * old[1]:
                largest[iso] = (float(size[0]), float(size[1]))
        return largest


def _flat(proj: pyproj.Proj, points: Points) -> Points:
    x, y = proj(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def equal_earth(points: Points) -> Points:
    """Longitudes and latitudes (degrees, n by 2) in radians of the world as the browser draws it.

    Equal Earth around 11 degrees east, as in static/map/projection.js.
    """
    return _flat(pyproj.Proj("+proj=eqearth +lon_0=11 +R=1 +over"), points)


@lru_cache(maxsize=8)
def world(wide: float) -> Panel:
    """The world in Robinson's projection, cut through the Bering Strait and without Antarctica."""
    definition = "+proj=robin +lon_0=11 +R=1 +over"
    return _fitted("world", definition, edge(WORLD), wide, None, "world")


@lru_cache(maxsize=16)
def lambert(name: str, box: Box, wide: float, tall: float | None) -> Panel:
    """A box of the earth in Lambert's azimuthal equal-area projection around its middle.

    `tall` None leaves the height to the box.
    """
    south, west, north, east = box
    definition = f"+proj=laea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +R=1"
    return _fitted(name, definition, edge(box), wide, tall, "region")


@lru_cache(maxsize=16)
def preset(box: Box, centre: tuple[float, ...], wide: float) -> Panel:
    """A view that the reader chose; half a globe is too wide for Lambert, as on the screen."""
    if not centre[2]:
        return lambert("region", box, wide, None)
    definition = f"+proj=eqearth +lon_0={centre[1]} +R=1"
    return _fitted("region", definition, edge(box), wide, None, "region")


@lru_cache(maxsize=8)
def area(codes: frozenset[str], wide: float) -> Panel:
    """The units of these codes, whole but for far-off islands, around their common middle."""
    source: Shapes = shapes("world")
    parts = _main_parts(source, codes)
    points = np.concatenate(parts)
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    round_ = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    x, y, z = (round_.max(axis=0) + round_.min(axis=0)) / 2
    lat_0, lon_0 = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    definition = f"+proj=laea +lat_0={lat_0:.2f} +lon_0={lon_0:.2f} +R=1"
    return _fitted("region", definition, points, wide, None, "region", margin=0.04)


def _main_parts(source: Shapes, codes: frozenset[str]) -> list[Points]:
    """The rings that matter for the frame: of each unit those of a tenth of its largest or more."""
    rings: dict[str, list[Points]] = {}
    for number, iso in enumerate(source.units):
        if iso in codes:
            ring = source.points[source.starts[number] : source.starts[number + 1]]
            rings.setdefault(iso, []).append(ring[ring[:, 0] < EAST.get(iso, 360.0)])
    found = []
    for own in rings.values():
        sizes = [float(np.prod(np.ptp(ring, axis=0))) if len(ring) else 0.0 for ring in own]
        found += [r for r, size in zip(own, sizes, strict=True) if size and size > max(sizes) / 10]
    return found


def edge(box: Box) -> Points:
    """Points along the four sides of a box, clockwise from its north-west corner."""
    south, west, north, east = box
    f = np.linspace(0, 1, 33)
    lon = np.concatenate([west + (east - west) * f, 0 * f + east, east - (east - west) * f])
    lat = np.concatenate([0 * f + north, north - (north - south) * f, 0 * f + south])
    left = np.column_stack([0 * f + west, south + (north - south) * f])
    return np.concatenate([np.column_stack([lon, lat]), left])


def _fitted(
    name: str,
    definition: str,
    points: Points,
    wide: float,
    tall: float | None,
    detail: str,
    margin: float = 0.0,
) -> Panel:
    """The panel in which all these points are seen, with a margin as a part of the whole."""
    flat = _flat(pyproj.Proj(definition), points)
    low, high = flat.min(axis=0), flat.max(axis=0)
    span = (high - low) * (1 + 2 * margin)
    tall = tall or min(wide * float(span[1] / span[0]), TALLEST * wide)
    scale = float(min(wide / span[0], tall / span[1]))
    middle = (low + high) / 2
    return Panel(name, definition, scale, (float(middle[0]), float(middle[1])), wide, tall, detail)
