"""Coverage, posts and work areas for geographic programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard import records
from dashboard.exports import work_areas
from dashboard.exports.office import clean
from dashboard.exports.qgis_styles import styles
from dashboard.figures.maps import posts_of_area
from dashboard.i18n import texts_of
from dashboard.records import Record
from dashboard.report import Map, Report
from data import load, scratch
from data.shapes import shapes, terms
from geo.errors import DataError

_SOURCES = "document, title, date, url, note".split(", ")
_DESCRIBED = (*("description", "as_of", "borders", "identity", "permalink", "path_note", "shapes"),)


def package(
    units: Sequence[Record],
    posts: Sequence[Record],
    metadata: Record,
    looks: Sequence[tuple[str, str]],
) -> bytes:
    """A GeoPackage of the layers that a map has, and of the work areas and missions behind it.

    `units` have iso3 and look, `posts` lat and lon; `metadata` stands with each layer; `looks` are
    the looks of the map with their words. Beside the layers (EPSG:4326) stand the tables "sources",
    "notes" and "layer_styles", from which QGIS takes its colours. The same records give the same
    bytes. Raises DataError.
    """
    release = metadata["release"]
    said = {key: _written(value) for key, value in metadata.items()}
    about = "\n".join(said[key] for key in _DESCRIBED if said[key])
    found = {
        "countries": (_countries(units), "MultiPolygon"),
        "posts": (_posts(posts), "Point"),
        "work_area_lines": (work_areas.work_area_lines(release), "MultiLineString"),
        "work_areas": (work_areas.work_areas(release), "MultiPolygon"),
        "missions": (work_areas.missions(release), "MultiPolygon"),
    }
    with scratch.temporary() as folder:
        path = folder / "map.gpkg"
        for name, (layer, geometry) in found.items():
            layer.to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                geometry_type=geometry,
                promote_to_multi=geometry != "Point",
                layer_metadata=said | {"IDENTIFIER": name, "DESCRIPTION": about},
            )
        with closing(sqlite3.connect(path)) as database:
            _settle(database, metadata)
            rows = ([source[name] for name in _SOURCES] for source in metadata["sources"])
            _list(database, "sources", _SOURCES, rows)
            notes = work_areas.border_notes()
            _list(database, "notes", list(map(str, notes.columns)), notes.to_numpy().tolist())
            _style(database, styles(looks), metadata)
            database.commit()
            database.execute("VACUUM")
        return path.read_bytes()


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _countries(units: Sequence[Record]) -> gpd.GeoDataFrame:
    """One polygon or more per unit, all as MULTIPOLYGON, which a layer has one kind of."""
    frame = pd.DataFrame(list(units)).astype({"postings": "Int64", "distance_km": "Int64"})
    return shapes().merge(frame, on="iso3", how="right")[[*frame.columns, "geometry"]]


def _posts(posts: Sequence[Record]) -> gpd.GeoDataFrame:
    columns = ["iso3", "city", "host", "organisations", "number", "planned", "lat", "lon"]
    frame = pd.DataFrame(list(posts), columns=columns)
    frame = frame.astype({"number": "int64", "planned": "bool", "lat": "float", "lon": "float"})
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame.drop(columns=["lat", "lon"]), geometry=points)


def _settle(database: sqlite3.Connection, metadata: Record) -> None:
    """The day of the report in the place of the second of writing."""
    day = f"{metadata['made']}T00:00:00.000Z"
    database.execute("UPDATE gpkg_contents SET last_change = ?", (day,))
    database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (day,))


def _list(
    database: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """A table without shapes, all of text, which geographic programs list too."""
    columns = ", ".join(f"{name} TEXT" for name in names)
    database.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT, {columns})")
    places = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)
    _register(database, table)


def _register(database: sqlite3.Connection, table: str) -> None:
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
        "SELECT ?, 'attributes', ?, max(last_change), 0 FROM gpkg_contents",
        (table, table),
    )


def _style(database: sqlite3.Connection, by_layer: Mapping[str, str], metadata: Record) -> None:
    """The table in which QGIS looks for the style of a layer."""
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
        "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME)"
    )
    day = f"{metadata['made']}T00:00:00.000Z"
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "update_time) VALUES ('', '', ?, 'geom', 'Liaisonatlas', ?, '', 1, 'Liaisonatlas', '', ?)",
        [(layer, style, day) for layer, style in by_layer.items()],
    )
    _register(database, "layer_styles")


DECIMALS = 4  # of a coordinate in GeoJSON: 11 metres


def geodata(report: Report, kind: str) -> bytes:
    """The first map of a report as "csv", "geojson" or "gpkg"; the same report, the same bytes.

    Raises DataError where the report has no map, KeyError for another kind.
    """
    block = next(report.blocks(Map), None)
    if block is None:
        raise DataError("no_map", report.subject)
    return _KINDS[kind](report, block)


def units(block: Map) -> list[Record]:
    """One record per unit that is drawn, in the order of its code; what is not known is None.

    `state` is the style class of the map, where it is one of missions with `no_mission` for its
    "none", `distance_km` the distance from the nearest post that serves the unit.
    """
    table = load.reference("units").set_index("iso3")
    drawn = [code for code in table.index if not block.area or code in block.area]
    return [_unit(block, code, table.loc[code]) for code in sorted(drawn)]


def _unit(block: Map, code: str, row: Any) -> Record:
    payload = block.payload
    known = code in payload["units"]
    # A map that tells of no posting at all is about something else.
    told = any(row[1] for row in payload["units"].values())
    place, count, km, cities, *_ = payload["units"].get(code, [None, 0, 0, []])
    name = payload["classes"][place] if known else payload["rest"]
    looks = payload["looks"]
    state, *organisations = name.split("-")
    return {
        "iso3": code,
        "name_nl": row["name_nl"],
        "name_en": row["name_en"],
        "state": state_word(block, name),
        "organisations": _organisations(block, organisations),
        "postings": count if told and state != "unknown" else None,
        "cities": "; ".join(payload["cities"][city] for city in cities) or None,
        # The payload has 0 both for no distance and for none that is known.
        "distance_km": km if km or state == "post" else None,
        "note": clean(payload["notes"].get(code, "")) or None,
        # How it is drawn, which a map may choose apart from the state.
        "look": looks[place] if known else payload["rest"],
        "label_lat": float(row["label_lat"]),
        "label_lon": float(row["label_lon"]),
    }


def state_word(block: Map, state: str) -> str:
    """A state as a file says it: "none" has no officer, which a map of missions does not tell."""
    of_missions = any(key == "mission" for key, _ in block.legend)
    return "no_mission" if of_missions and state == "none" else state


def posts(block: Map) -> list[Record]:
    """One record per mark on the map: a city and whether it is planned, with how many officers.

    Officers in missions, whom no organisation of ours posts, have no organisation.
    """
    payload = block.payload
    return [
        {
            "iso3": host,
            "city": payload["cities"][city],
            "host": host,
            "organisations": _organisations(block, [code for code, _ in parts]),
            "number": sum(count for _, count in parts),
            "planned": bool(planned),
            "lat": lat,
            "lon": lon,
        }
        for lat, lon, host, city, parts, planned in posts_of_area(payload, block.area)
    ]


def _organisations(block: Map, codes: list[str]) -> str | None:
    """The names of organisations in the words of the map, "; " between them."""
    said = (block.payload["words"].get(f"org_{code}") for code in codes)
    return "; ".join(name for name in said if name) or None


def metadata(report: Report, block: Map) -> Record:
    """All that the file says of itself: subject, choices, sources, borders, licence."""
    provenance = asdict(report.provenance)
    said = {
        "title": report.headline(block),
        "subject": report.subject,
        "description": block.alternative,
        "source": block.source,
        "language": report.language,
        "legend": {state_word(block, key): words for key, words in block.legend},
        "shapes": terms(),
    }
    return said | provenance | {"filters": [list(pair) for pair in report.provenance.filters]}


def _csv(report: Report, block: Map) -> bytes:
    provenance = report.provenance
    origin = {
        "release": provenance.identity,
        "as_of": provenance.as_of,
        "source": block.source,
        "permalink": provenance.permalink,
        "borders": provenance.borders,
    }
    origin |= {"path_note": provenance.path_note} if provenance.path_note else {}
    return records.for_excel(
        [record | origin for record in units(block)], texts_of(report.language)
    )


def _geojson(report: Report, block: Map) -> bytes:
    drawn = _rounded()
    features = ",\n".join(
        f'{{"type":"Feature","id":{_json(row["iso3"])},"properties":{_json(row)},'
        f'"geometry":{drawn[row["iso3"]]}}}'
        for row in units(block)
    )
    said = _json(metadata(report, block))
    return (
        f'{{"type":"FeatureCollection",\n"metadata":{said},\n"features":[\n{features}\n]}}\n'
    ).encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1)
def _rounded() -> dict[str, str]:
    """Each shape as GeoJSON, with few decimals and its outer rings against the clock (RFC 7946)."""
    frame = shapes()
    rounded = shapely.set_precision(frame.geometry.to_numpy(), 10**-DECIMALS)
    turned = shapely.to_geojson(shapely.orient_polygons(rounded))
    return dict(zip(frame["iso3"], turned, strict=True))


def _gpkg(report: Report, block: Map) -> bytes:
    words, drawn = dict(block.legend), units(block)
    looks = [(look, words.get(look, look)) for look in dict.fromkeys(row["look"] for row in drawn)]
    return package(drawn, posts(block), metadata(report, block), sorted(looks))


_KINDS: dict[str, Callable[[Report, Map], bytes]] = {
    "csv": _csv,
    "geojson": _geojson,
    "gpkg": _gpkg,
}
