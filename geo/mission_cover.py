"""Missions beside liaison coverage: where we send police and have no officer, and the reverse."""

from __future__ import annotations

import pandas as pd

from geo.coverage import COVERED
from geo.mission_trends import places

AREA = [
    *(
        "mission",
        "iso3",
        "personnel",
        "state",
        "postings",
        "organisations",
        "cities",
        "distance_km",
    ),
    *("areas_printed", "printed", "document", "table", "table_row"),
]
POST = ["iso3", "continent", "subregion", "postings", "organisations", "cities"]


def mission_areas(long: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Columns AREA: one row per mission of one date and unit of its area, with the unit's coverage.

    `long` as in `geo.mission_trends`, of one date; `coverage` as in `geo.coverage`, for whatever
    choice. A missing `state` is unknown: a partial release cannot tell. `distance_km` is geodesic,
    from the nearest duty station that serves the unit.
    """
    areas = places(long).query("role == 'area'")
    return areas.merge(coverage, on="iso3", how="left")[AREA]


def without_liaison(areas: pd.DataFrame) -> pd.DataFrame:
    """The rows of `mission_areas` that nobody serves; a plan counts if it is asked for."""
    return areas[areas["state"] == "none"].reset_index(drop=True)


def with_liaison(areas: pd.DataFrame) -> pd.DataFrame:
    """The rows of `mission_areas` with a post, or served from elsewhere."""
    return areas[areas["state"].isin(COVERED)].reset_index(drop=True)


def posts_without_mission(
    long: pd.DataFrame, coverage: pd.DataFrame, units: pd.DataFrame
) -> pd.DataFrame:
    """Columns POST: the units with a post that lie in no mission's area on this date.

    In the order of continent, subregion and code. Of a partial release these are the posts it
    proves, and there may have been more.
    """
    missions = set(places(long).query("role == 'area'")["iso3"])
    posts = coverage[(coverage["state"] == "post") & ~coverage["iso3"].isin(missions)]
    found = posts.merge(units[["iso3", "continent", "subregion"]], on="iso3")
    return found.sort_values(["continent", "subregion", "iso3"], ignore_index=True)[POST]
