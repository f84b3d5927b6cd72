"""The committed shapes of the units at the level for print, and under which terms."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd

from data.load import REFERENCE, display_path
from geo.errors import DataError

FILE = "shapes/print.parquet"


def shapes(root: Path = REFERENCE) -> gpd.GeoDataFrame:
    """iso3 and geometry of every unit that has a shape, in degrees (EPSG:4326); raises DataError.

    A frame is read once per state of its file; do not change it in place.
    """
    path = root / FILE
    try:
        state = path.stat()
    except OSError as error:
        raise DataError("file_missing", display_path(path)) from error
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, *state: int) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise DataError("file_missing", display_path(path)) from error


def light_shapes(path: Path) -> dict[str, Any]:
    """iso3 -> shape in degrees (EPSG:4326), of a TopoJSON file whose objects have it as `id`.

    Raises DataError. Read once per state of the file.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise DataError("file_missing", display_path(path)) from error
    return _read_light(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read_light(path: Path, *state: int) -> dict[str, Any]:
    try:
        frame = gpd.read_file(path, engine="pyogrio")
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError("file_missing", display_path(path)) from error
    return dict(zip(frame["id"], frame.geometry, strict=True))


def terms(root: Path = REFERENCE) -> str:
    """Who made the shapes and under which licence, in English; raises DataError.

    From sources.csv, which says where each committed file comes from.
    """
    path = root / "sources.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = {row["file"]: row for row in csv.DictReader(file)}
    except OSError as error:
        raise DataError("file_missing", display_path(path)) from error
    row = rows[f"data/reference/{FILE}"]
    return f"{row['publisher']}, {row['title']}: {row['licence']}. {row['url']}"
