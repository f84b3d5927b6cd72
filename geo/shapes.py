"""Distances: coordinates in, kilometres out.

All positions are degrees on WGS84 (EPSG:4326), all distances geodesic kilometres; degrees on a flat
map would pick another nearest post for one country in ten.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Numbers = npt.ArrayLike
Column = npt.NDArray[np.float64]

_GEOD = Geod(ellps="WGS84")


def distance_km(lat1: Numbers, lon1: Numbers, lat2: Numbers, lon2: Numbers) -> Column:
    """Geodesic distance in km from point to point, row by row; missing stays missing.

    Each argument is a column of n numbers, or one number that holds for all.

    >>> int(distance_km(52.37, 4.89, 50.85, 4.35))  # Amsterdam - Brussels
    173
    """
    columns = (np.asarray(column, dtype=float) for column in (lon1, lat1, lon2, lat2))
    x1, y1, x2, y2 = (column.copy() for column in np.broadcast_arrays(*columns))
    return np.asarray(_GEOD.inv(x1, y1, x2, y2)[2]) / 1000
