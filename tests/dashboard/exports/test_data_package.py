"""The data package, opened by the programs that others use."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import duckdb
import frictionless
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from dashboard.__main__ import main
from dashboard.exports import data_files
from dashboard.exports.data_package import package
from dashboard.open_data import tables
from dashboard.open_data.fields import TABLES

HOME = "https://atlas.example.org/politie"
NEWEST = "bijlage-2025-11"
UNITS = 245


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("package")
    for name, content in package(home=HOME).items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return root


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def read(folder: Path, name: str) -> pd.DataFrame:
    """A table as R reads it with na.strings="": only an empty cell is missing."""
    return pd.read_csv(folder / f"data/{name}.csv", keep_default_na=False, na_values=[""])


def test_frictionless_finds_no_fault(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # those that the library has about itself
        report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert sum(task.type == "table" for task in report.tasks) == len(TABLES)


def test_frictionless_sees_a_row_that_names_no_release(folder: Path, tmp_path: Path) -> None:
    """Keys of other tables are checked, and not only written down."""
    content = json.loads((folder / "datapackage.json").read_bytes())
    for resource in content["resources"]:
        for name in ("hash", "bytes"):
            del resource[name]
        path = tmp_path / resource["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((folder / resource["path"]).read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(content))
    releases = tmp_path / "data/releases.csv"
    releases.write_bytes(releases.read_bytes().replace(b"kst-31015-94,kst", b"kst-1,kst"))
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_parquet_hold_the_same(folder: Path, name: str) -> None:
    text, typed = read(folder, name), tables.table(name)
    assert list(text.columns) == TABLES[name].columns and len(text) == len(typed)
    parquet = pd.read_parquet(folder / f"data/{name}.parquet")
    for column in typed:
        there = typed[column].notna().to_numpy()
        assert (text[column].notna().to_numpy() == there).all(), column
        assert (parquet[column].notna().to_numpy() == there).all(), column
        assert (text[column][there].to_numpy() == typed[column][there].to_numpy()).all(), column
        assert (parquet[column][there].to_numpy() == typed[column][there].to_numpy()).all(), column


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_both(folder: Path, name: str) -> None:
    rows = len(tables.table(name))
    for ending, function in (("csv", "read_csv"), ("parquet", "read_parquet")):
        path = folder / f"data/{name}.{ending}"
        (number,) = duckdb.sql(f"select count(*) from {function}('{path}')").fetchall()[0]
        assert number == rows


def test_csv_keeps_to_the_standard(folder: Path) -> None:
    content = (folder / "data/units.csv").read_bytes()
    assert content.startswith(b"iso3,name_nl,name_en,") and content.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert len(rows) == UNITS and {None} not in (set(row) for row in rows)
    assert next(row["iso2"] for row in rows if row["iso3"] == "NAM") == "NA"


def test_a_formula_in_a_document_is_text_in_csv_and_itself_in_parquet() -> None:
    frame = tables.table("releases").assign(network_note_nl="=1+1", missions_total_printed=-3)
    row = next(csv.DictReader(io.StringIO(data_files.as_csv(frame).decode(), newline="")))
    assert (row["network_note_nl"], row["missions_total_printed"]) == ("'=1+1", "-3")
    parquet = pd.read_parquet(io.BytesIO(data_files.as_parquet("releases", frame)))
    assert set(parquet["network_note_nl"]) == {"=1+1"}


COVERAGE = {
    "posts": (54, lambda c: c.postings_stationed.sum()),
    "planned": (1, lambda c: c.postings_planned_stationed.sum()),
    "covered": (138, lambda c: c.is_covered.sum()),
    "NP": (96, lambda c: c.served_by_np.sum()),
    "KMar": (37, lambda c: c.served_by_kmar.sum()),
    "GPI": (50, lambda c: c.served_by_gpi.sum()),
    "organisation not known": (19, lambda c: c.served_by_not_stated.sum()),
    "NP and KMar": (117, lambda c: (c.served_by_np | c.served_by_kmar).sum()),
    "single": (78, lambda c: c.gap_single.sum()),
    "GPI only": (5, lambda c: c.gap_partner_only.sum()),
}


@pytest.mark.parametrize("name", COVERAGE)
def test_one_line_of_pandas_gives_the_numbers_of_the_documents(folder: Path, name: str) -> None:
    """With pandas as it comes, which an analyst types."""
    expected, line = COVERAGE[name]
    coverage = pd.read_csv(folder / "data/coverage.csv").query("release == @NEWEST")
    assert line(coverage) == expected


ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/open-data.md").read_text(encoding="utf-8")
LINES = re.findall(r"^    (\(?c\..+?)  +# .*?(\d+)", PAGE, re.M)


def test_the_page_shows_lines_that_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    coverage = read(folder, "coverage")
    coverage = coverage[coverage.release == NEWEST]
    assert len(LINES) == 5
    for line, number in LINES:
        assert eval(line, {"c": coverage}) == int(number), line
    query = re.search(r"^    SELECT .+?;", PAGE, re.M | re.S)
    assert query
    by_continent = dict(duckdb.sql(query[0]).fetchall())
    assert sum(by_continent.values()) == 138 and len(by_continent) == 5


def test_missions_give_the_numbers_of_the_documents(folder: Path) -> None:
    missions = read(folder, "missions")
    assert missions.groupby("as_of").officers.agg(["size", "sum"]).to_dict("index") == {
        "2023-11-24": {"size": 11, "sum": 28},
        "2025-11-12": {"size": 12, "sum": 34},
    }


def test_joins_by_code_lose_no_row(folder: Path) -> None:
    """Between any two tables; inner joins with those that have every unit lose no code either."""
    frames = {name: read(folder, name) for name in TABLES if "iso3" in TABLES[name].columns}
    for left, right in permutations(frames, 2):
        codes = frames[right][["iso3"]].dropna().drop_duplicates()
        joined = frames[left].merge(codes, on="iso3", how="left", indicator=True)
        assert len(joined) == len(frames[left]), (left, right)
        if right in ("units", "coverage", "gaps"):
            lost = joined["iso3"].notna() & (joined["_merge"] == "left_only")
            assert not lost.any(), (left, right)


def test_shapes_open_elsewhere_and_join(folder: Path) -> None:
    full = gpd.read_parquet(folder / "shapes/units.parquet")
    light = pyogrio.read_dataframe(folder / "shapes/units.topojson")
    codes = set(read(folder, "units")["iso3"])
    for frame in (full, light):
        assert set(frame["iso3"]) == codes and len(frame) == UNITS
        assert not frame.geometry.is_empty.any()
    assert full.crs.to_epsg() == 4326
    coverage = read(folder, "coverage").query("release == @NEWEST")
    assert len(full.merge(coverage, on="iso3")) == UNITS
    assert (folder / "shapes/units.topojson").stat().st_size < 500_000


def test_every_column_is_described_in_both_languages(folder: Path) -> None:
    content = json.loads((folder / "datapackage.json").read_bytes())
    described = [
        field
        for resource in content["resources"]
        for field in resource.get("schema", {}).get("fields", [])
    ]
    assert len(described) == sum(len(spec.fields) for spec in TABLES.values())
    assert all(field["description_nl"] and field["description_en"] for field in described)
    assert content["licenses"][0]["name"] == "EUPL-1.2" and content["sources"]


# What DCAT-AP-NL 3.0 asks of every data set and distribution.
DATASET = (
    "dct:title dct:description dct:identifier dct:accessRights dct:creator dct:publisher "
    "dcat:contactPoint dcat:theme dcat:distribution"
).split()


def test_the_record_for_data_overheid_has_what_is_asked(folder: Path) -> None:
    record = json.loads((folder / "dcat.jsonld").read_bytes())
    assert record["@type"] == "dcat:Dataset" and all(record[name] for name in DATASET)
    files = record["dcat:distribution"]
    assert all(each["dct:license"] and each["dcat:accessURL"] for each in files)
    assert files[0]["@id"] == f"{HOME}/id/dataset/liaisonatlas/data/postings.csv"
    assert {text["@language"] for text in record["dct:title"]} == {"nl", "en"}


def test_an_address_of_this_machine_stands_in_no_record() -> None:
    made = package(NEWEST, home="http://127.0.0.1:8501")["dcat.jsonld"].decode()
    assert "127.0.0.1" not in made
    assert json.loads(made)["dcat:distribution"][0]["dcat:accessURL"] == {
        "@id": "data/postings.csv"
    }


def test_one_release_alone_names_no_other(tmp_path: Path) -> None:
    made = package("kst-31015-94", home=HOME)
    rows = csv.DictReader(io.StringIO(made["data/postings.csv"].decode(), newline=""))
    assert {row["release"] for row in rows} == {"kst-31015-94"}
    # Gaps of a partial release are unknown: no rows, and not rows without gaps.
    assert made["data/gaps.csv"].count(b"\r\n") == 1


def test_two_processes_give_the_same_bytes(own_store: Path, tmp_path: Path) -> None:
    """This one and another, in which sets and hashes have another order."""
    files = [tmp_path / name for name in ("a.zip", "b.zip")]
    command, more = ["export", "data", "-o"], {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}
    assert main([*command, str(files[0])]) == 0
    subprocess.run(
        [sys.executable, "-m", "dashboard", *command, str(files[1])],
        check=True, capture_output=True, cwd=ROOT, env=os.environ | more,
    )  # fmt: skip
    made = [file.read_bytes() for file in files]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "datapackage.json" in archive.namelist()
