"""Where maps begin: around the area that a reader chose."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.exports import map_plane
from dashboard.figures import locator, maps, views
from dashboard.filters import Filters, to_query
from data.load import reference

UNITS = reference("units")
LARGE = 30_000  # km2: less is a mark on a map, which its middle places
# Russia lies in Asia for the most part; Svalbard is as far from Norway as Norway is long.
OUTSIDE = {"Europe": {"RUS", "SJM"}, "Eastern Europe": {"RUS"}}


def inside(area: str) -> list[dict]:
    return UNITS[(UNITS["continent"] == area) | (UNITS["subregion"] == area)].to_dict("records")


def places(unit: dict) -> list[tuple[float, float]]:
    """The middle of a unit, and of a large one the middles of its four sides."""
    lat, lon = unit["label_lat"], unit["label_lon"]
    extent = locator.main_extent(unit["iso3"], lon) if unit["area_km2"] > LARGE else None
    if extent is None:
        return [(lat, lon)]
    south, west, north, east = extent
    middle = (south + north) / 2, (west + east) / 2
    sides = [(south, middle[1]), (north, middle[1]), (middle[0], west), (middle[0], east)]
    return [(lat, lon), *sides]


def test_every_area_of_the_table_has_a_frame():
    assert set(views.AREAS) == {*UNITS["continent"], *UNITS["subregion"]}


@pytest.mark.parametrize("area", sorted(views.AREAS))
@pytest.mark.parametrize("window", [(910, 480), (358, 250)], ids=["desk", "telephone"])
def test_the_frame_of_an_area_holds_its_countries(area: str, window: tuple[int, int]):
    box = views.AREAS[area]
    panel = map_plane.preset(box, tuple(maps._centre(box)), 1000.0)
    frame = panel.projected(map_plane.edge(box))
    (left, top), (right, bottom) = frame.min(axis=0), frame.max(axis=0)
    # A window of another form shows more at two of its sides.
    scale = min(window[0] / (right - left), window[1] / (bottom - top))
    across, down = window[0] / scale / 2, window[1] / scale / 2
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    missed = set()
    for unit in inside(area):
        away = np.abs([np.array(panel.at(*place)) - middle for place in places(unit)])
        if (away > (across, down)).any():
            missed.add(unit["iso3"])
    assert missed == OUTSIDE.get(area, set())


def test_the_area_fills_the_frame():
    """The Caribbean does not belong to the frame of South America, nor Africa to that of Europe."""
    for area, country in (("South America", "CUB"), ("Europe", "TCD"), ("Africa", "SWE")):
        unit = UNITS.set_index("iso3").loc[country]
        south, west, north, east = views.AREAS[area]
        assert not (south < unit["label_lat"] < north and west < unit["label_lon"] < east), area


def test_an_area_needs_no_word_in_the_address_and_another_part_of_the_world_does():
    assert "beeld" not in to_query(Filters("r", area="Africa"))
    assert to_query(Filters("r", area="Africa", view="world"))["beeld"] == "world"
