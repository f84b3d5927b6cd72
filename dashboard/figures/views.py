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
# Not offered to the reader: where a page may begin when they chose no part of the world.
FRAMES = VIEWS | {"europe_africa": (-8.0, -20.0, 54.0, 58.0)}

_OF_CONTINENT = {
    "Africa": "africa",
    "Americas": "caribbean_latin_america",
    "Asia": "asia_oceania",
    "Europe": "europe",
    "Oceania": "asia_oceania",
}


def smallest_view(units: pd.DataFrame, codes: Collection[str]) -> str:
    """The closest of `FRAMES` that holds the labels of these units; the world for none.

    `units` as in `geo.schemas`.
    """
    points = _labels(units, codes)
    found = [name for name in FRAMES if codes and _inside(name, points)]
    return min(found, key=lambda name: FRAMES[name][2] - FRAMES[name][0], default="world")


def fitting(units: pd.DataFrame, chosen: str, about: Collection[str], otherwise: str) -> str:
    """The part of the world that a reader chose, where it hides nothing of what the map is about.

    `about`: the units that the map tells something of; `otherwise` is where it begins else.
    """
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
    """The part of the map that shows an area best."""
    units = reference("units")
    inside = units[units["subregion"] == area]
    continent = area if inside.empty else str(inside["continent"].iloc[0])
    if area in ("Western Asia", "Central Asia"):
        return "middle_east_central_asia"
    if area == "Northern America":
        return "world"
    return _OF_CONTINENT.get(continent, "world")
