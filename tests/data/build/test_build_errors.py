"""Where the source differs from the tables, the build stops and says what to edit."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.build import shapes, simplify
from data.build.errors import BuildError


def _frame(**columns):
    return gpd.GeoDataFrame(columns, crs="EPSG:4326")


def _boxes(area, parts=1, box=(2, 2, 4, 4)):
    row = {"parent": ["PAR"], "unit": ["NEW"], "place": ["New"], "parts": [parts]}
    return _frame(**row, area_km2=[area], geometry=[shapely.box(*box)])


def _parent(code="PAR", unit="PAR"):
    both = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.box(2.5, 2.5, 3.5, 3.5)])
    return _frame(code=[code], unit=[unit], geometry=[both])


DEGREE_KM2 = 12296  # a square of one degree around 3 degrees north, from its sides in km


def test_a_part_in_a_box_becomes_a_unit():
    done = shapes.dissolve(shapes.split(_parent(), _boxes(DEGREE_KM2)))
    assert done["iso3"].tolist() == ["NEW", "PAR"]
    assert done.geometry[0].bounds == (2.5, 2.5, 3.5, 3.5)


@pytest.mark.parametrize(
    ("frame", "boxes", "message"),
    [
        (_parent(), _boxes(DEGREE_KM2 * 1.1), "New: 1 parts"),
        (_parent(), _boxes(DEGREE_KM2, parts=2), "expected 2"),
        (_parent(), _boxes(DEGREE_KM2, box=(2, 2, 3, 3)), "lies across the box"),
        (_parent(unit="split"), _boxes(DEGREE_KM2), "lie in no box"),
    ],
)
def test_a_part_that_is_not_as_the_table_says_stops_the_build(frame, boxes, message):
    with pytest.raises(BuildError, match=message):
        shapes.split(frame, boxes)


def test_an_unknown_code_stops_the_build():
    frame = _frame(code=["ZZZ"], iso=["-99"], geometry=[shapely.box(0, 0, 1, 1)])
    with pytest.raises(BuildError, match=r"ZZZ.*source_units"):
        shapes.named(frame)


def _with_hole():
    land = shapely.difference(shapely.box(0, 0, 9, 9), shapely.box(4, 4, 5, 5))
    return _frame(iso3=["AAA"], geometry=[land])


def _owner(unit, lon=4.5, area=12280.0):
    row = {"lon": [lon], "lat": [4.5], "unit": [unit], "area_km2": [area], "reason": ["the hole"]}
    return pd.DataFrame(row)


def test_a_hole_goes_to_the_unit_of_the_table_or_stays_water():
    filled = shapes.fill_holes(_with_hole(), _owner("BBB"))
    assert filled["iso3"].tolist() == ["AAA", "BBB"]
    assert len(shapes.fill_holes(_with_hole(), _owner("")).geometry[0].interiors) == 1
    closed = shapes.fill_holes(_with_hole(), _owner("AAA"))
    assert closed.geometry[0].equals(shapely.box(0, 0, 9, 9))


def test_a_sliver_goes_to_the_longest_neighbour():
    west = shapely.Polygon([(0, 0), (1, 0), (1, 0.2), (1, 0.3), (1, 1), (0, 1)])
    sliver = shapely.Polygon([(1, 0.2), (1.005, 0.2), (1.005, 0.29), (1, 0.3)])
    east = shapely.difference(shapely.box(1, 0, 2, 1), sliver)
    frame = _frame(iso3=["AAA", "BBB"], geometry=[west, east])
    filled = shapes.fill_holes(frame, _owner("AAA").iloc[:0]).set_index("iso3").geometry
    assert filled["BBB"].equals(shapely.box(1, 0, 2, 1)) and filled["AAA"].equals(west)
    assert not list(shapes.holes(filled))


@pytest.mark.parametrize(
    ("owners", "message"),
    [
        (_owner("AAA").iloc[:0], "a hole of"),
        (_owner("BBB", area=5000), "expected 5000"),
        (pd.concat([_owner("BBB"), _owner("CCC", lon=20)]), "no hole to fill"),
    ],
)
def test_holes_that_are_not_as_the_table_says_stop_the_build(owners, message):
    with pytest.raises(BuildError, match=message):
        shapes.fill_holes(_with_hole(), owners)


def test_a_hole_that_the_source_has_filled_is_no_fault():
    filled = _frame(iso3=["AAA"], geometry=[shapely.box(0, 0, 9, 9)])
    assert shapes.fill_holes(filled, _owner("BBB"))["iso3"].tolist() == ["AAA"]


def test_islets_go_but_enclaves_and_the_last_island_stay():
    islet, enclave = shapely.box(20, 0, 20.01, 0.01), shapely.box(4, 4, 4.01, 4.01)
    land = shapely.difference(shapely.box(0, 0, 9, 9), enclave)
    frame = _frame(
        iso3=["AAA", "BBB", "CCC"],
        geometry=[
            shapely.union_all([land, islet]),
            shapely.union_all([shapely.box(9, 0, 18, 9), enclave]),
            shapely.box(30, 0, 30.01, 0.01),
        ],
    )
    kept = simplify.without_islets(frame, 100).set_index("iso3").geometry
    assert kept["AAA"].equals(land)
    assert kept["BBB"].contains(enclave)
    assert not kept["CCC"].is_empty
