"""Distances, great circles and room for markers: coordinates in, coordinates out.

All positions are degrees on WGS84 (EPSG:4326), all distances geodesic kilometres; degrees on a flat
map would pick another nearest post for one country in ten.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Numbers = npt.ArrayLike
Column = npt.NDArray[np.float64]
Line = list[tuple[float, float]]

_GEOD = Geod(ellps="WGS84")
_WORLD_PIXELS = 256  # the width of the world on a web map at zoom 0


def distance_km(lat1: Numbers, lon1: Numbers, lat2: Numbers, lon2: Numbers) -> Column:
    """Geodesic distance in km from point to point, row by row; missing stays missing.

    Each argument is a column of n numbers, or one number that holds for all.

    >>> int(distance_km(52.37, 4.89, 50.85, 4.35))  # Amsterdam - Brussels
    173
    """
    columns = (np.asarray(column, dtype=float) for column in (lon1, lat1, lon2, lat2))
    x1, y1, x2, y2 = (column.copy() for column in np.broadcast_arrays(*columns))
    return np.asarray(_GEOD.inv(x1, y1, x2, y2)[2]) / 1000


def arc(lat1: float, lon1: float, lat2: float, lon2: float, n: int = 32) -> list[Line]:
    """The shortest way over the globe as (lat, lon) points: `n` of them, both ends included.

    One line, or two where the way crosses the date line; those end and begin on ±180°, so that
    nothing is drawn across the whole map. The two points where it is cut come on top of `n`.
    """
    between = _GEOD.npts(lon1, lat1, lon2, lat2, max(n, 2) - 2)
    points = [(lat1, lon1), *((lat, lon) for lon, lat in between), (lat2, lon2)]
    lines: list[Line] = [points[:1]]
    for (lat, lon), (next_lat, next_lon) in pairwise(points):
        if abs(next_lon - lon) > 180:
            edge = 180.0 if lon > 0 else -180.0
            way = next_lon + 2 * edge - lon  # how far east (or west) the next point really lies
            share = (edge - lon) / way if way else 0.0
            crossing = lat + (next_lat - lat) * share
            lines[-1].append((crossing, edge))
            lines.append([(crossing, -edge)])
        lines[-1].append((next_lat, next_lon))
    return lines


def spread(
    lat: Numbers, lon: Numbers, zoom: float, pixels: float, rounds: int = 200
) -> tuple[Column, Column]:
    """Positions moved apart until no two lie closer than `pixels` on a web map at `zoom`.

    For the markers of small states, which crowd in the Caribbean. Returns new latitudes and
    longitudes in the same order; a point with room around it stays where it is. The same input
    gives the same output. Latitudes must lie within ±85°, where a web map ends.
    """
    scale = _WORLD_PIXELS * 2**zoom / 360
    north = np.degrees(np.arcsinh(np.tan(np.radians(np.asarray(lat, dtype=float)))))
    places = np.column_stack([np.asarray(lon, dtype=float), north]) * scale
    tie = np.column_stack([np.cos(np.arange(len(places))), np.sin(np.arange(len(places)))]) * 1e-6
    places = places + tie  # two points on one spot need a direction to part in
    for _ in range(rounds):
        apart = places[:, None] - places[None, :]
        gap = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(gap, np.inf)
        close = gap < pixels
        if not close.any():
            break
        # Half the shortage each, and a hair more, so that the last round ends clear of the limit.
        push = np.where(close, pixels * 1.001 / gap - 1, 0) / 2
        places = places + (apart * push[..., None]).sum(axis=1)
    new_lon, new_north = (places - tie).T / scale
    return np.degrees(np.arctan(np.sinh(np.radians(new_north)))), new_lon
