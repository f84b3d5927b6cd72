"""The three levels of detail: world and region for the browser, print for paper.

Borders are simplified once for both sides (shapely's coverage_simplify, in an equal-area plane),
so neighbours keep touching. Positions are WGS84 degrees, rounded per level.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.build.errors import BuildError
from data.build.shapes import EQUAL_AREA, area_km2
from data.build.topology import topojson, topology

OBJECT = "units"  # the name of the object in the TopoJSON files
SHARE = 0.01  # an islet is left out only if it is less than this part of its unit


@dataclass(frozen=True)
class Level:
    """`detail_km`: bends narrower than this go; `islet_km2`: free-standing specks below it go;
    `steps`: places per degree to which positions are rounded.
    """

    file: str
    detail_km: float
    islet_km2: float
    steps: int


# 1000 steps per degree pinch bays of China, Colombia, Canada and Mexico shut; 1250 (about 90 m)
# do not, and the files stay as small.
WORLD = Level("world.json", 8, 100, 1250)
REGION = Level("region.json", 4, 10, 1250)
# A power of two leaves the binary numbers short, which makes the file a third as large.
PRINT = Level("print.parquet", 1, 0, 8192)
LEVELS = (WORLD, REGION, PRINT)


def simplified(frame: gpd.GeoDataFrame, level: Level) -> gpd.GeoDataFrame:
    """The units (iso3, geometry; EPSG:4326) at one level, in the same order and still a coverage.

    Raises BuildError when a unit is lost, a shape is invalid or neighbours no longer meet.
    """
    plane = without_islets(frame, level.islet_km2).to_crs(EQUAL_AREA)
    shapes = shapely.coverage_simplify(plane.geometry.to_numpy(), level.detail_km * 1000)
    plane = plane.set_geometry(gpd.GeoSeries(shapes, index=plane.index, crs=EQUAL_AREA))
    back = plane.to_crs(frame.crs).geometry.to_numpy()
    rounded = shapely.transform(back, lambda xy: np.round(xy * level.steps) / level.steps)
    bad = frame["iso3"][shapely.is_empty(rounded) | ~shapely.is_valid(rounded)].tolist()
    if bad or not shapely.coverage_is_valid(rounded):
        raise BuildError(f"{level.file}: {bad or 'neighbours'} broken by simplifying")
    return frame.set_geometry(gpd.GeoSeries(rounded, index=frame.index, crs=frame.crs))


def without_islets(frame: gpd.GeoDataFrame, limit_km2: float) -> gpd.GeoDataFrame:
    """Leave out free-standing parts below the limit that are a small share of their unit.

    A part that touches another unit stays, however small: leaving it out would open a hole.
    """
    parts = frame.explode(index_parts=False).reset_index(drop=True)
    area = area_km2(parts.geometry)
    small = (area < limit_km2) & (area < SHARE * area.groupby(parts["iso3"]).transform("sum"))
    this, other = parts.sindex.query(parts.geometry[small], predicate="intersects")
    touching = pd.Series(this[small.index[small][this] != other]).unique()
    drop = small.index[small].delete(touching)
    dissolved = parts.drop(index=drop).dissolve("iso3", method="coverage").reset_index()
    return dissolved.set_index("iso3").loc[frame["iso3"]].reset_index()


def write_topojson(frame: gpd.GeoDataFrame, level: Level, folder: Path) -> None:
    """Write one level as TopoJSON, as short as JSON allows."""
    cut = topology(frame.geometry)
    content = topojson(cut, frame["iso3"], level.steps, OBJECT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / level.file).write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")


def write_parquet(frame: gpd.GeoDataFrame, level: Level, folder: Path) -> None:
    """Write one level as GeoParquet (EPSG:4326, columns iso3 and geometry)."""
    folder.mkdir(parents=True, exist_ok=True)
    frame[["iso3", "geometry"]].to_parquet(folder / level.file, index=False, compression="zstd")
