"""Distances: coordinates in, kilometres out.

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

_GEOD = Geod(ellps="WGS84")
STEP_KM = 200.0  # between two points of a line over the globe


def distance_km(lat1: Numbers, lon1: Numbers, lat2: Numbers, lon2: Numbers) -> Column:
    """Geodesic distance in km from point to point, row by row; missing stays missing.

    Each argument is a column of n numbers, or one number that holds for all.

    >>> int(distance_km(52.37, 4.89, 50.85, 4.35))  # Amsterdam - Brussels
    173
    """
    columns = (np.asarray(column, dtype=float) for column in (lon1, lat1, lon2, lat2))
    x1, y1, x2, y2 = (column.copy() for column in np.broadcast_arrays(*columns))
    return np.asarray(_GEOD.inv(x1, y1, x2, y2)[2]) / 1000


def path(lat1: float, lon1: float, lat2: float, lon2: float) -> list[list[tuple[float, float]]]:
    """The shortest way over the globe as lines of (lon, lat), with a point each 200 km or less.

    More than one line where it crosses the meridian of 180 degrees.

    >>> [(line[0], line[-1]) for line in path(0, 175, 0, -174)]
    [((175.0, 0.0), (180.0, 0.0)), ((-180.0, 0.0), (-174.0, 0.0))]
    """
    km = float(distance_km(lat1, lon1, lat2, lon2))
    between = _GEOD.npts(lon1, lat1, lon2, lat2, max(1, int(km // STEP_KM)))
    points = [(float(lon), float(lat)) for lon, lat in [(lon1, lat1), *between, (lon2, lat2)]]
    lines = [[points[0]]]
    for (west, south), (east, north) in pairwise(points):
        if abs(east - west) > 180:
            edge = 180.0 if west > 0 else -180.0
            part = (edge - west) / (east + 2 * edge - west)
            crossing = south + part * (north - south)
            lines[-1].append((edge, crossing))
            lines.append([(-edge, crossing)])
        lines[-1].append((east, north))
    return lines
