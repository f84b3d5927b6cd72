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
    found = [name for name in FRAMES if codes and _holds(name, units, codes)]
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
    south, west, north, east = FRAMES[view]
    points = units[units["iso3"].isin(codes)]
    return bool(
        points["label_lat"].between(south, north).all()
        and points["label_lon"].between(west, east).all()
    )


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
