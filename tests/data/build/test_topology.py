"""Arcs of hand-drawn squares: each border once, walked both ways."""

from __future__ import annotations

import pytest
import shapely

from data.build.errors import BuildError
from data.build.topology import borders, topojson, topology

WEST, EAST = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
ISLAND = shapely.box(5, 5, 6, 6)
ENCLAVE = shapely.box(0.4, 0.4, 0.6, 0.6)


def test_two_squares_share_one_arc_that_runs_both_ways():
    cut = topology([WEST, EAST])
    assert len(cut.arcs) == 3
    ((one, other, arc),) = borders(cut)
    assert (one, other) == (0, 1) and set(arc) == {(1.0, 0.0), (1.0, 1.0)}
    numbers = [n for shape in cut.shapes for n in shape[0][0]]
    assert sum(n < 0 for n in numbers) == 1


def test_an_enclave_is_one_closed_arc_of_two_shapes():
    ring = shapely.difference(WEST, ENCLAVE)
    cut = topology([ring, ENCLAVE])
    assert len(cut.arcs) == 2 and len(list(borders(cut))) == 1
    assert cut.shapes[0][0][1][0] == ~cut.shapes[1][0][0][0]


def test_shapes_that_touch_in_one_point_have_no_border():
    assert not list(borders(topology([WEST, shapely.box(1, 1, 2, 2)])))


def test_the_file_holds_whole_steps_from_the_corner_of_the_world():
    cut = topology([shapely.union_all([ISLAND, shapely.box(9, 9, 10, 10)])])
    content = topojson(cut, ["XXX"], 10, "units")
    assert content["transform"] == {"scale": [0.1, 0.1], "translate": [-180, -90]}
    (geometry,) = content["objects"]["units"]["geometries"]
    assert geometry == {"type": "MultiPolygon", "id": "XXX", "arcs": [[[0]], [[1]]]}
    assert content["arcs"][0][0] == [1850, 950]
    assert [sum(step) for step in zip(*content["arcs"][0][1:], strict=True)] == [0, 0]


def test_a_ring_that_collapsed_stops_the_build():
    flat = shapely.Polygon([(0, 0), (1, 0), (0, 0), (0, 0)])
    with pytest.raises(BuildError, match="collapsed"):
        topology([flat])
