"""Distances against published ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.shapes import distance_km


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 1), 111.32),  # a degree of the equator: 40,075.017 km / 360
        ((0, 0), (90, 0), 10001.97),  # the quarter meridian of WGS84
        ((52.31, 4.76), (40.64, -73.78), 5847),  # Schiphol - New York JFK
        ((-37.01, 174.79), (21.32, -157.92), 7086),  # the airports of Auckland and Honolulu
    ],
)
def test_distances_are_those_of_the_ellipsoid(one, other, km):
    assert float(distance_km(*one, *other)) == pytest.approx(km, rel=0.004)


def test_distances_take_columns_single_points_and_gaps():
    lat, lon = pd.Series([52.37, np.nan, 52.37]), pd.Series([4.89, 4.89, 4.89])
    found = distance_km(lat, lon, 50.85, 4.35)
    assert found.shape == (3,)
    assert np.isnan(found).tolist() == [False, True, False]
    assert found[0] == found[2]
