"""Natural Earth's countries become the units of the map: named, split, merged, without holes.

Every table and frame here is WGS84 (EPSG:4326); areas are km² in an equal-area plane. What is cut,
merged, dropped or filled, and why, stands in `tables/`; this module only carries it out, and stops
with a BuildError when the source does not match.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.build import tables
from data.build.errors import BuildError

EQUAL_AREA = "EPSG:6933"  # cylindrical, true to area on the ellipsoid, metres
SLIVER_KM2 = 20.0  # up to this size a nameless hole is a drawing error; above, it is a question
TOLERANCE = 0.01  # how far an area may lie from the table
SAME_POINT = 1e-6  # degrees, a tenth of a metre: as far as rounding may put a point away


def build_units(zip_path: Path) -> gpd.GeoDataFrame:
    """Columns iso3 and geometry, one row per unit, sorted by iso3; a valid coverage, no holes.

    Raises BuildError when a code is unknown, a part lands nowhere, a count or an area differs from
    the tables, or the result is not a valid coverage.
    """
    frame = dissolve(split(named(read(zip_path)), _parts()))
    frame = fill_holes(frame, tables.read("holes", ("lon", "lat", "area_km2")))
    frame = move(frame, gpd.read_file(tables.FOLDER / "moved.geojson"))
    if not shapely.coverage_is_valid(frame.geometry.to_numpy()):
        raise BuildError("the units overlap or do not meet edge to edge")
    return frame


def read(zip_path: Path) -> gpd.GeoDataFrame:
    """Columns code (Natural Earth's own), iso and geometry, as in the source but made valid."""
    raw = gpd.read_file(zip_path, encoding="utf-8")  # the zip holds no .cpg that says so
    # The "_EH" column has the codes that ISO_A3 leaves out (France, Norway and more).
    frame = raw[["ADM0_A3", "ISO_A3_EH", "geometry"]].set_axis(["code", "iso", "geometry"], axis=1)
    frame["geometry"] = frame.geometry.make_valid()  # Egypt crosses itself
    return frame


def named(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add `unit` from `tables/source_units.csv`, else the ISO code; drop what has no unit."""
    units = tables.read("source_units").set_index("code")["unit"]
    frame = frame.assign(unit=frame["code"].map(units).fillna(frame["iso"]))
    unknown = frame.loc[frame["unit"] == "-99", "code"].tolist()
    if unknown:
        raise BuildError(f"codes without a unit: {unknown}; add them to source_units.csv")
    return frame[frame["unit"] != ""]


def split(frame: gpd.GeoDataFrame, boxes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each part of a parent that lies in a box to the unit of that box.

    A part on the edge of a box, and a part of a parent marked "split" that lies in none, stop the
    build, and so do a count or an area that differ from the table.
    """
    whole = frame[~frame["code"].isin(boxes["parent"])]
    parents = frame[frame["code"].isin(boxes["parent"])]
    parts = parents.explode().reset_index(drop=True)
    for box in boxes.itertuples():
        near = parts.index[(parts["code"] == box.parent) & parts.intersects(box.geometry)]
        if not parts.loc[near].within(box.geometry).all():
            raise BuildError(f"a part of {box.parent} lies across the box of {box.place}")
        parts.loc[near, "unit"] = box.unit
        _check(box.place, parts.loc[near], box.parts, box.area_km2)
    lost = parts[parts["unit"] == "split"]
    if len(lost):
        raise BuildError(f"parts of {sorted(set(lost['code']))} lie in no box")
    return pd.concat([whole, parts], ignore_index=True)


def move(frame: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Take each piece from its parent and give it to its unit.

    An outline is printed with fewer decimals than the source: where it runs along a border of the
    parent it gets the very points of that border. A piece that is partly in another unit already,
    or has another area than the table says, stops the build, unless the unit has all of it.
    """
    shapes = frame.set_index("iso3").geometry
    for piece in pieces.itertuples():
        parent, unit = shapes[piece.parent], shapes[piece.unit]
        if unit.buffer(SAME_POINT).contains(piece.geometry):
            continue  # another point of view draws it so
        border = shapely.MultiPoint(shapely.get_coordinates([parent, unit]))
        outline = shapely.snap(piece.geometry, border, SAME_POINT)
        if not shapely.covers(parent, outline):
            raise BuildError(f"{piece.place} lies partly outside {piece.parent}")
        size = area_km2(gpd.GeoSeries([outline], crs=frame.crs)).iloc[0]
        if abs(size / piece.area_km2 - 1) > TOLERANCE:
            raise BuildError(f"{piece.place}: {size:.1f} km², expected {piece.area_km2} km²")
        shapes[piece.parent] = shapely.difference(parent, outline)
        shapes[piece.unit] = shapely.coverage_union(unit, outline)
    return gpd.GeoDataFrame({"iso3": shapes.index}, geometry=shapes.to_numpy(), crs=frame.crs)


def dissolve(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row per unit, sorted; shared borders keep every vertex."""
    return (
        frame[["unit", "geometry"]]
        .rename(columns={"unit": "iso3"})
        .dissolve("iso3", method="coverage")
        .reset_index()
    )


def fill_holes(frame: gpd.GeoDataFrame, owners: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give each hole between the units to the unit that the table names, slivers to a neighbour.

    A hole without an owner in the table is water and stays. A row of the table whose hole the
    source has already given to a unit is passed over; another point of view may draw it so.
    """
    shapes = frame.set_index("iso3").geometry
    additions: list[tuple[str, shapely.Polygon]] = []
    pending = list(owners.itertuples())
    for hole in holes(shapes):
        size = area_km2(gpd.GeoSeries([hole], crs=frame.crs)).iloc[0]
        row = next((o for o in pending if hole.contains(shapely.Point(o.lon, o.lat))), None)
        if row is None and size > SLIVER_KM2:
            raise BuildError(f"a hole of {size:.0f} km² near {hole.representative_point()}")
        if row is not None:
            pending.remove(row)
            if abs(size / row.area_km2 - 1) > TOLERANCE:
                raise BuildError(f"{row.reason}: {size:.0f} km², expected {row.area_km2:.0f}")
        owner = _longest_neighbour(shapes, hole) if row is None else row.unit
        additions += [(str(owner), hole)] if owner else []
    for row in pending:
        if not shapes.intersects(shapely.Point(row.lon, row.lat)).any():
            raise BuildError(f"no hole to fill: {row.reason}")
    extra = gpd.GeoDataFrame(additions, columns=["unit", "geometry"], crs=frame.crs)
    return dissolve(pd.concat([frame.rename(columns={"iso3": "unit"}), extra]))


def holes(shapes: gpd.GeoSeries) -> Iterator[shapely.Polygon]:
    """The rings that the units together close in: seas, gaps and slivers."""
    for land in shapely.get_parts(shapely.coverage_union_all(shapes.to_numpy())):
        for ring in land.interiors:
            yield shapely.Polygon(ring)


def area_km2(shapes: gpd.GeoSeries) -> pd.Series:
    """Area of each shape in km², measured in an equal-area plane."""
    return pd.Series(shapes.to_crs(EQUAL_AREA).area / 1e6)


def _parts() -> gpd.GeoDataFrame:
    numbers = ("lon_min", "lat_min", "lon_max", "lat_max", "parts", "area_km2")
    table = tables.read("parts", numbers)
    corners = [table[c] for c in numbers[:4]]
    return gpd.GeoDataFrame(table, geometry=shapely.box(*corners), crs="EPSG:4326")


def _check(place: str, parts: gpd.GeoDataFrame, count: int, area: float) -> None:
    found = area_km2(parts.geometry).sum()
    if len(parts) != count or abs(found / area - 1) > TOLERANCE:
        raise BuildError(
            f"{place}: {len(parts)} parts of {found:.1f} km², expected {count} of {area} km²"
        )


def _longest_neighbour(shapes: gpd.GeoSeries, hole: shapely.Polygon) -> str:
    near = shapes[shapes.intersects(hole)]
    shared = near.intersection(hole.exterior)
    # Degrees will do: a sliver is so small that its sides are measured alike.
    return str(shared.index[shapely.length(shared.to_numpy()).argmax()])
