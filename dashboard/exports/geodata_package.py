"""Records of a map as a GeoPackage: countries, posts, sources, and what the file says of itself."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd

from dashboard.records import Record
from data.shapes import shapes

_SOURCES = "document, title, date, url, note".split(", ")
_DESCRIBED = (*("description", "as_of", "borders", "identity", "permalink", "path_note", "shapes"),)


def package(units: Sequence[Record], posts: Sequence[Record], metadata: Record) -> bytes:
    """The layers "countries" and "posts" (EPSG:4326) and the table "sources" as a GeoPackage.

    `units` have iso3, `posts` lat and lon; `metadata` stands with each layer. The same records
    give the same bytes.
    """
    said = {key: _said(value) for key, value in metadata.items()}
    about = "\n".join(said[key] for key in _DESCRIBED if said[key])
    found = {
        "countries": (_countries(units), "MultiPolygon"),
        "posts": (_posts(posts), "Point"),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        for name, (layer, geometry) in found.items():
            layer.to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                geometry_type=geometry,
                promote_to_multi=geometry == "MultiPolygon",
                layer_metadata=said | {"IDENTIFIER": name, "DESCRIPTION": about},
            )
        with closing(sqlite3.connect(path)) as database:
            _settle(database, metadata)
            _list(database, metadata["sources"])
            database.commit()
            database.execute("VACUUM")
        return path.read_bytes()


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _countries(units: Sequence[Record]) -> gpd.GeoDataFrame:
    """One polygon or more per unit, all as MULTIPOLYGON, which a layer has one kind of."""
    frame = pd.DataFrame(list(units)).astype({"postings": "Int64", "distance_km": "Int64"})
    return shapes().merge(frame, on="iso3", how="right")[[*frame.columns, "geometry"]]


def _posts(posts: Sequence[Record]) -> gpd.GeoDataFrame:
    columns = ["city", "host", "organisations", "number", "planned", "lat", "lon"]
    frame = pd.DataFrame(list(posts), columns=columns)
    frame = frame.astype({"number": "int64", "planned": "bool", "lat": "float", "lon": "float"})
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame.drop(columns=["lat", "lon"]), geometry=points)


def _settle(database: sqlite3.Connection, metadata: Record) -> None:
    """The day of the report in the place of the second of writing."""
    day = f"{metadata['made']}T00:00:00.000Z"
    database.execute("UPDATE gpkg_contents SET last_change = ?", (day,))
    database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (day,))


def _list(database: sqlite3.Connection, sources: Sequence[Record]) -> None:
    """The documents as a table without shapes, which geographic programs list too."""
    columns = ", ".join(f"{name} TEXT" for name in _SOURCES)
    database.execute(f"CREATE TABLE sources (fid INTEGER PRIMARY KEY AUTOINCREMENT, {columns})")
    rows = [[source[name] for name in _SOURCES] for source in sources]
    marks = ", ".join("?" * len(_SOURCES))
    database.executemany(f"INSERT INTO sources ({', '.join(_SOURCES)}) VALUES ({marks})", rows)
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
        "SELECT 'sources', 'attributes', 'sources', max(last_change), 0 FROM gpkg_contents"
    )
