"""Where a map begins: the part of the world that holds what it is about."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dashboard.maps import FRAMES
from data.load import reference

_OF_CONTINENT = {
    "Africa": "africa",
    "Americas": "caribbean_latin_america",
    "Asia": "asia_oceania",
    "Europe": "europe",
    "Oceania": "asia_oceania",
}


def smallest_view(units: pd.DataFrame, codes: Collection[str]) -> str:
    """The closest of `maps.FRAMES` that holds the labels of these units; the world for none.

    `units` as in `geo.schemas`.
    """
    points = units.loc[units["iso3"].isin(codes), ["label_lat", "label_lon"]]
    low, high = points.min(), points.max()

    def holds(box: tuple[float, float, float, float]) -> bool:
        south, west, north, east = box
        return bool(
            (south <= low.iloc[0] and high.iloc[0] <= north)
            and (west <= low.iloc[1] and high.iloc[1] <= east)
        )

    found = [name for name, box in FRAMES.items() if holds(box)]
    return min(found, key=lambda name: FRAMES[name][2] - FRAMES[name][0], default="world")


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
