"""Cities that a reader brings: positions of the gazetteer or of the file, every wrong row named."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.candidates import read_file
from geo.errors import DataError, FaultsError


def written(folder: Path, text: str) -> Path:
    path = folder / "cities.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_gazetteer_gives_a_position_that_is_left_out(tmp_path: Path) -> None:
    """Accra lies at 5.556 N, 0.1969 W (table `cities`); the other position is the file's own."""
    file = written(tmp_path, "city,iso3,lat,lon\nAccra,gha,,\nNowhere,COD,-10.7,25.4\n")
    assert read_file(file).towns == (
        ("GHA", "Accra", 5.556, -0.1969),
        ("COD", "Nowhere", -10.7, 25.4),
    )


def test_every_wrong_row_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "city,iso3,lat,lon\nXyzzy,ZMB,,\nLusaka,QQQ,,\nA,CMR,99,9\n")
    with pytest.raises(FaultsError) as caught:
        read_file(file)
    faults = [(each.code, each.row, each.value) for each in caught.value.each]
    assert faults == [
        ("candidate_unknown", 2, "Xyzzy"),
        ("candidate_no_unit", 3, "QQQ"),
        ("candidate_position", 4, "99"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("town,iso3\nAccra,GHA\n", "candidates_columns"), ("city,iso3\n", "candidates_how_many")],
)
def test_a_file_without_cities_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(DataError) as caught:
        read_file(written(tmp_path, text))
    assert caught.value.code == code
