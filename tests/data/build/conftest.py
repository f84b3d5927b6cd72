"""The committed artefacts, read once: no test here builds anything."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "data" / "reference"
STATIC = ROOT / "dashboard" / "static" / "shapes"
LEVELS = ("world", "region", "print")


def decode(path: Path) -> dict[str, shapely.Geometry]:
    """TopoJSON as the specification reads, written apart from the encoder."""
    content = json.loads(path.read_text(encoding="utf-8"))
    scale, corner = content["transform"]["scale"], content["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + np.array(corner) for arc in content["arcs"]]

    def ring(numbers):
        pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        for before, after in pairwise(pieces):
            assert (before[-1] == after[0]).all(), "an arc does not begin where the last ended"
        points = np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])
        assert (points[0] == points[-1]).all(), "a ring is not closed"
        return points

    def polygon(rings):
        return shapely.Polygon(ring(rings[0]), [ring(r) for r in rings[1:]])

    shapes = {}
    for geometry in content["objects"]["units"]["geometries"]:
        single = geometry["type"] == "Polygon"
        polygons = [geometry["arcs"]] if single else geometry["arcs"]
        parts = [polygon(rings) for rings in polygons]
        shapes[geometry["id"]] = parts[0] if single else shapely.MultiPolygon(parts)
    return shapes


@pytest.fixture(scope="session")
def units() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "units.csv", keep_default_na=False).set_index("iso3")


@pytest.fixture(scope="session")
def neighbours() -> pd.Series:
    table = pd.read_csv(REFERENCE / "neighbours.csv", keep_default_na=False)
    return table.set_index(["iso3", "neighbour"])["border_km"]


@pytest.fixture(scope="session")
def all_levels() -> dict[str, gpd.GeoSeries]:
    printed = gpd.read_parquet(REFERENCE / "shapes" / "print.parquet").set_index("iso3").geometry
    browser = {n: gpd.GeoSeries(decode(STATIC / f"{n}.json"), crs=4326) for n in LEVELS[:2]}
    return browser | {"print": printed}


@pytest.fixture(params=LEVELS)
def shapes(request, all_levels) -> gpd.GeoSeries:
    return all_levels[request.param]
