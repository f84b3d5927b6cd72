"""Work areas and missions of a release as shapes, for geographic programs.

What the reader chose for the map does not hold here: each row names its organisation and status.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.open_data import tables
from dashboard.open_data.fields import SEPARATOR
from data.load import reference
from data.shapes import shapes
from geo.shapes import path

CRS = "EPSG:4326"
LINE = (
    "iso3 name_nl name_en posting kind organisation status host_iso3 city distance_km basis printed"
).split()
AREA = (
    "iso3 name_nl name_en posting kind organisation status city countries areas_iso3 area_printed "
    "theme"
).split()
MISSION = (
    "iso3 name_nl name_en mission mission_printed as_of lead_organisation officers countries "
    "areas_iso3 areas_printed areas_basis station_iso3 station_place document table_row"
).split()


def work_area_lines(release: str) -> gpd.GeoDataFrame:
    """A line from the duty station to the seat of each unit that a posting serves elsewhere.

    `iso3` is the unit that is served. Where no city is printed there is no line.
    """
    if release not in tables.having("accreditations"):
        return _layer(pd.DataFrame(columns=LINE), [])
    posts = tables.postings(release)[["posting", "lat_deg", "lon_deg"]]
    served = tables.accreditations(release).merge(posts, on="posting")
    served = served[served["iso3"].ne(served["host_iso3"]) & served["lat_deg"].notna()]
    seats = tables.units_table().set_index("iso3")[["seat_lat_deg", "seat_lon_deg"]]
    ends = zip(
        served[["lat_deg", "lon_deg"]].astype(float).to_numpy(),
        seats.loc[served["iso3"]].astype(float).to_numpy(),
        strict=True,
    )
    lines = [shapely.MultiLineString(path(*start, *end)) for start, end in ends]
    return _layer(served[LINE], lines)


def work_areas(release: str) -> gpd.GeoDataFrame:
    """The units that each posting serves, as one shape; `iso3` is the host."""
    if release not in tables.having("postings"):
        return _layer(pd.DataFrame(columns=AREA), [])
    served = tables.accreditations(release).groupby("posting")["iso3"].agg(sorted)
    posts = tables.postings(release)
    posts = posts[posts["posting"].isin(served.index)]
    codes = served.loc[posts["posting"]]
    posts = posts.assign(
        countries=codes.map(len).to_numpy(), areas_iso3=codes.map(SEPARATOR.join).to_numpy()
    )
    return _layer(posts[AREA], _dissolved(codes))


def missions(release: str) -> gpd.GeoDataFrame:
    """The units that each mission works in, as one shape, with its officers."""
    if release not in tables.having("missions"):
        return _layer(pd.DataFrame(columns=MISSION), [])
    frame = tables.missions(release)
    frame = frame[frame["countries"] > 0]
    return _layer(frame[MISSION], _dissolved(frame["areas_iso3"].str.split(SEPARATOR)))


def border_notes() -> pd.DataFrame:
    """What is to be known of borders and names: iso3, note_nl, note_en, as_of, source."""
    return reference("map_notes")


def _dissolved(areas: Iterable[list[str]]) -> list[Any]:
    by_code = shapes().set_index("iso3").geometry
    return [shapely.coverage_union_all(by_code.loc[codes].to_numpy()) for codes in areas]


def _layer(frame: pd.DataFrame, geometry: list[Any]) -> gpd.GeoDataFrame:
    plain = frame.reset_index(drop=True)
    texts = [name for name in plain if plain[name].dtype == object]
    return gpd.GeoDataFrame(plain.astype(dict.fromkeys(texts, "str")), geometry=geometry, crs=CRS)
