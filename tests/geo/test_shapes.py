"""Distances against published ones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from geo.shapes import distance_km, path


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


def test_a_way_over_the_globe_bends_north_and_ends_where_it_should() -> None:
    (line,) = path(52.37, 4.89, 38.9, -77.04)  # Amsterdam - Washington, some 6,200 km
    assert (line[0], line[-1]) == ((4.89, 52.37), (-77.04, 38.9))
    assert max(lat for _, lat in line) > 53
    steps = [float(distance_km(s, w, n, e)) for (w, s), (e, n) in pairwise(line)]
    assert max(steps) <= 200


def test_a_way_over_the_date_line_is_cut_there() -> None:
    west, east = path(-10, 170, 10, -170)
    assert west[-1][0] == 180 and east[0][0] == -180
    assert west[-1][1] == east[0][1] == pytest.approx(0, abs=0.01)
