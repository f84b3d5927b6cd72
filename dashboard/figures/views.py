"""Where a map begins: the part of the world that holds what it is about."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.load import reference

# Presets as [south, west, north, east] in degrees. East may pass 180: the map is cut through the
# Bering Strait, so the Pacific is written on from 180 to 191.
VIEWS: dict[str, tuple[float, float, float, float]] = {
    "world": (-57.0, -166.0, 83.0, 190.0),
    "europe": (34.5, -12.0, 66.0, 42.0),
    "caribbean_latin_america": (-35.0, -100.0, 31.0, -45.0),
    "africa": (-35.5, -20.0, 37.5, 53.0),
    "middle_east_central_asia": (12.0, 26.0, 52.0, 80.0),
    "asia_oceania": (-47.0, 62.0, 52.0, 188.0),
}
# The same around each area of table `units`: the middle of every unit in it, and the whole of those
# that are not small. Of Russia it is the European part, of Europe all but Svalbard. Oceania is
# written on beyond 180 as far as Pitcairn. Boxes of the far north are narrower than their lands:
# the meridians meet there.
AREAS: dict[str, tuple[float, float, float, float]] = {
    "Africa": (-35.5, -26.0, 37.8, 59.0),
    "Eastern Africa": (-27.5, 21.5, 18.5, 59.0),
    "Middle Africa": (-18.5, 5.0, 24.0, 32.0),
    "Northern Africa": (8.0, -18.0, 38.0, 39.5),
    "Southern Africa": (-35.5, 11.0, -16.5, 33.5),
    "Western Africa": (-17.5, -26.0, 28.0, 16.5),
    "Americas": (-56.5, -128.0, 84.5, -33.5),
    "Caribbean": (9.5, -86.0, 27.5, -58.5),
    "Central America": (6.5, -118.0, 33.5, -76.5),
    "Northern America": (24.0, -142.0, 83.0, -36.0),
    "South America": (-56.0, -83.0, 13.5, -33.5),
    "Asia": (-11.5, 28.0, 55.0, 146.5),
    "Central Asia": (34.5, 46.0, 56.0, 88.0),
    "Eastern Asia": (19.0, 73.0, 54.5, 146.5),
    "South-Eastern Asia": (-11.5, 91.5, 29.0, 141.5),
    "Southern Asia": (-1.5, 43.5, 40.5, 98.0),
    "Western Asia": (12.0, 25.5, 44.0, 60.5),
    "Europe": (34.5, -25.0, 71.5, 45.0),
    "Eastern Europe": (40.5, 11.5, 68.0, 56.0),
    "Northern Europe": (49.0, -25.0, 80.0, 32.5),
    "Southern Europe": (34.5, -10.0, 47.5, 27.5),
    "Western Europe": (42.0, -5.5, 55.5, 17.5),
    "Oceania": (-47.5, 96.0, 20.0, 232.5),
    "Australia and New Zealand": (-47.5, 96.0, -9.5, 179.5),
    "Melanesia": (-23.0, 140.0, -1.5, 181.0),
    "Micronesia": (-5.0, 130.0, 20.0, 206.0),
    "Polynesia": (-26.5, 175.0, -4.5, 232.5),
}
# Not offered to the reader: where a page may begin when they chose no part of the world.
_BETWEEN = VIEWS | {"europe_africa": (-8.0, -20.0, 54.0, 58.0)}
FRAMES = _BETWEEN | AREAS

_OF_CONTINENT = {
    "Africa": "africa",
    "Americas": "caribbean_latin_america",
    "Asia": "asia_oceania",
    "Europe": "europe",
    "Oceania": "asia_oceania",
}


def smallest_view(units: pd.DataFrame, codes: Collection[str]) -> str:
    """The closest part of the world that holds the labels of these units; the world for none.

    `units` as in `geo.schemas`.
    """
    points = _labels(units, codes)
    found = [name for name in _BETWEEN if codes and _inside(name, points)]
    return min(found, key=lambda name: FRAMES[name][2] - FRAMES[name][0], default="world")


def frame_of(view: str, area: str) -> str:
    """Where a map begins under the reader's choices: in the part of it they asked for, or the area.

    >>> frame_of("", "South America"), frame_of("world", "South America"), frame_of("", "")
    ('South America', 'world', 'world')
    """
    return view or area or "world"


def fitting(units: pd.DataFrame, chosen: str, about: Collection[str], otherwise: str) -> str:
    """The part of the world that a reader chose, where it hides nothing of what the map is about.

    `about`: the units that the map tells something of; `otherwise` is where it begins else. An area
    is no such part: what lies outside it is not asked for.
    """
    if chosen in AREAS:
        return chosen
    if chosen == "world" or not _holds(chosen, units, about):
        return otherwise
    return chosen


def _holds(view: str, units: pd.DataFrame, codes: Collection[str]) -> bool:
    """Whether the labels of these units stand within a view; none is within any."""
    return not codes or _inside(view, _labels(units, codes))


def _labels(units: pd.DataFrame, codes: Collection[str]) -> npt.NDArray[np.float64]:
    """Latitude and longitude of the labels of these units, a row for each."""
    return units.loc[units["iso3"].isin(codes), ["label_lat", "label_lon"]].to_numpy(dtype=float)


def _inside(view: str, points: npt.NDArray[np.float64]) -> bool:
    south, west, north, east = FRAMES[view]
    return bool(((points >= (south, west)) & (points <= (north, east))).all())


def view_of(area: str) -> str:
    """The one of `VIEWS` that shows an area best."""
    units = reference("units")
    inside = units[units["subregion"] == area]
    continent = area if inside.empty else str(inside["continent"].iloc[0])
    if area in ("Western Asia", "Central Asia"):
        return "middle_east_central_asia"
    if area == "Northern America":
        return "world"
    return _OF_CONTINENT.get(continent, "world")
