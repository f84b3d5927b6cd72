"""The committed shapes, as they are read for files."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.load import reference
from data.shapes import shapes, terms
from geo.errors import DataError


def test_every_unit_has_a_shape_and_so_has_uninhabited_land() -> None:
    others = reference("not_units")
    empty = others.loc[others["drawn"], "code"]
    assert sorted(shapes()["iso3"]) == sorted([*reference("units")["iso3"], *empty])
    assert shapes().crs.to_epsg() == 4326


def test_the_shapes_come_with_their_licence() -> None:
    assert terms().startswith("Natural Earth, ") and "public domain" in terms()


def test_a_file_that_is_gone_or_broken_is_one_clear_sentence(tmp_path: Path) -> None:
    for read in (shapes, terms):
        with pytest.raises(DataError, match="file_missing"):
            read(tmp_path)
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "print.parquet").write_bytes(b"no parquet")
    with pytest.raises(DataError, match="file_missing"):
        shapes(tmp_path)
