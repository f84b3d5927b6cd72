"""What is committed is what the build makes: the same source gives the same files."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from data.build import larger
from data.build.__main__ import CACHE, ROOT, build
from data.build.errors import SourceUnavailableError
from data.build.source import natural_earth

FILES = [
    "data/reference/units.csv",
    "data/reference/m49.csv",
    "data/reference/neighbours.csv",
    "data/reference/cities.csv",
    "data/reference/city_aliases.csv",
    "data/reference/larger_cities.csv",
    "data/reference/populations.csv",
    "dashboard/static/shapes/world.json",
    "dashboard/static/shapes/region.json",
]
LARGER = ROOT / "data/reference/larger_cities.csv"
AS_TEXT = {"dtype": str, "keep_default_na": False}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    try:
        source = natural_earth(CACHE)
    except SourceUnavailableError as error:
        pytest.skip(f"the Natural Earth file is not in var/build-cache and offline: {error}")
    folder = tmp_path_factory.mktemp("rebuilt")
    with pytest.MonkeyPatch.context() as patch:
        # That the larger cities are made so is tested, at a cost, in test_larger.py.
        patch.setattr(larger, "larger_table", lambda: pd.read_csv(LARGER, **AS_TEXT))
        build(source, folder)
    return folder


@pytest.mark.parametrize("file", FILES)
def test_the_committed_file_is_the_built_one(rebuilt, file):
    same = (rebuilt / file).read_bytes() == (ROOT / file).read_bytes()
    assert same, f"{file} differs from what `python -m data.build` makes; run it and review"


def test_the_committed_print_shapes_are_the_built_ones(rebuilt):
    # Compared as shapes: the file itself also names the version of the library that wrote it.
    file = "data/reference/shapes/print.parquet"
    assert_geodataframe_equal(gpd.read_parquet(rebuilt / file), gpd.read_parquet(ROOT / file))


def test_the_sources_of_what_is_built_are_in_the_committed_table(rebuilt):
    file = "data/reference/sources.csv"
    ours = pd.read_csv(rebuilt / file, **AS_TEXT)
    committed = pd.read_csv(ROOT / file, **AS_TEXT)
    kept = committed[committed["file"].isin(ours["file"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, ours)
