"""Distances against published ones, arcs at the date line, markers that keep clear."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from geo.shapes import arc, distance_km, spread


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


def test_an_arc_bows_towards_the_pole_and_keeps_its_ends():
    (line,) = arc(52.37, 4.89, 38.9, -77.04, 20)  # Amsterdam - Washington
    assert len(line) == 20
    assert line[0] == (52.37, 4.89) and line[-1] == (38.9, -77.04)
    assert max(lat for lat, _ in line) > 53


@pytest.mark.parametrize("turn", [1, -1])
def test_an_arc_over_the_date_line_is_cut_there(turn):
    ends = [(-35.28, 149.13), (21.31, -157.86)][::turn]  # Canberra - Honolulu and back
    first, second = arc(*ends[0], *ends[1], 16)
    assert len(first) + len(second) == 18
    assert first[-1] == (second[0][0], -second[0][1]) and abs(first[-1][1]) == 180
    for line in (first, second):
        assert all(abs(a[1] - b[1]) < 90 for a, b in itertools.pairwise(line))
    assert first[-1][1] * ends[0][1] > 0


def test_two_points_on_one_spot_make_a_line_and_not_an_error():
    (line,) = arc(12.1, -68.9, 12.1, -68.9, 4)
    assert np.allclose(line, [(12.1, -68.9)] * 4)


def _pixels(lat, lon, zoom):
    north = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
    return np.column_stack([lon, north]) * 256 * 2**zoom / 360


def test_crowded_markers_part_and_lonely_ones_stay():
    # Saint Martin, Sint Maarten, Anguilla, Saint Barthelemy, twice Saba, and Malta far away
    lat = np.array([18.08, 18.04, 18.22, 17.9, 17.63, 17.63, 35.9])
    lon = np.array([-63.05, -63.06, -63.06, -62.83, -63.24, -63.24, 14.4])
    new_lat, new_lon = spread(lat, lon, zoom=2, pixels=8)
    places = _pixels(new_lat, new_lon, 2)
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places, 2))
    assert nearest >= 7.9
    assert (new_lat[-1], new_lon[-1]) == pytest.approx((35.9, 14.4))
    again = spread(lat, lon, zoom=2, pixels=8)
    assert np.array_equal(again[0], new_lat) and np.array_equal(again[1], new_lon)
