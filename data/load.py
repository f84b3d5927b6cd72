"""Reference files -> validated frames. Nothing is read halfway: a fault names file, row, value."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Set
from functools import lru_cache
from pathlib import Path

import pandas as pd

from geo.errors import DataError
from geo.names import cities
from geo.names.normalise import key
from geo.schemas import COUNTRY_COLUMNS, TABLES
from geo.schemas.validation import validate

REFERENCE = Path(__file__).parent / "reference"
RELEASE_TABLES = ("postings", "accreditations", "deployments")
PLACES = ("cities", "units", "larger_cities")


def reference(table: str, root: Path = REFERENCE) -> pd.DataFrame:
    """The reference table of that name with the types of `geo.schemas`; raises DataError.

    A frame is read once per state of its file; do not change it in place.
    """
    return _read(table, root / f"{table}.csv", root)


def places(root: Path = REFERENCE) -> pd.DataFrame:
    """Every place a duty station may be, see `geo.names.cities.places`; raises DataError.

    One frame for as long as its files stay the same; do not change it in place.
    """
    return _places(root, stamp(*PLACES, root=root))


def gazetteer(root: Path = REFERENCE) -> cities.Gazetteer:
    """What finds a printed duty station among `places`; raises DataError."""
    return _gazetteer(root, stamp(*PLACES, "city_aliases", root=root))


@lru_cache(maxsize=8)
def _places(root: Path, stamp: str) -> pd.DataFrame:
    return cities.places(*(reference(table, root) for table in PLACES))


@lru_cache(maxsize=8)
def _gazetteer(root: Path, stamp: str) -> cities.Gazetteer:
    return cities.Gazetteer(places(root), reference("city_aliases", root))


def region_of(printed: object, root: Path = REFERENCE) -> str:
    """The region that a printed area names, whose countries are our reading; else empty."""
    return _regions(root, stamp("regions", "region_aliases", root=root)).get(key(str(printed)), "")


@lru_cache(maxsize=8)
def _regions(root: Path, stamp: str) -> dict[str, str]:
    aliases = reference("region_aliases", root)
    by_key = {key(name): name for name in reference("regions", root)["region"]}
    return by_key | dict(zip(map(key, aliases["printed"]), aliases["region"], strict=True))


def release_table(table: str, release: str, root: Path = REFERENCE) -> pd.DataFrame:
    """One of RELEASE_TABLES for a release; an empty frame where the release has no such table."""
    path = root / "releases" / release / f"{table}.csv"
    if not path.exists() and _declared_absent(table, release, root):
        columns = list(TABLES[table].columns)
        return validate(table, pd.DataFrame(columns=columns, dtype="str"), str(path))
    return _read(table, path, root)


def fingerprint(table: str, release: str, root: Path = REFERENCE) -> str:
    """sha256 of the file of a release table: tells whether a store holds what is committed."""
    path = root / "releases" / release / f"{table}.csv"
    if not path.exists() and _declared_absent(table, release, root):
        return "absent"
    try:
        state = path.stat()
        return _digest(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise DataError("file_missing", display_path(path)) from error


@lru_cache(maxsize=128)
def _digest(path: Path, *state: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def display_path(path: Path) -> str:
    """The path as a reader of the repository knows it."""
    root = Path(__file__).parents[1]
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _declared_absent(table: str, release: str, root: Path) -> bool:
    releases = reference("releases", root).set_index("release")
    column = "missions" if table == "deployments" else "network"
    return release in releases.index and str(releases.loc[release, column]) == "absent"


def _read(table: str, path: Path, root: Path) -> pd.DataFrame:
    try:
        state = path.stat()
    except OSError as error:
        raise DataError("file_missing", display_path(path)) from error
    return _read_state(table, path, root, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=128)
def _read_state(table: str, path: Path, root: Path, *state: int) -> pd.DataFrame:
    where = display_path(path)
    frame = _typed(table, _cells(path, where), where)
    frame = validate(table, frame, where)
    # A table may name its own rows: a unit names the unit it belongs to.
    units = frame if table == "units" else reference("units", root)
    check_units(frame, units["iso3"], where)
    if table != "documents" and "document" in frame:
        known = _documents(root, default=frame["document"])
        _check_valid("no_such_document", frame, {"document"}, known, where)
    return frame


def _documents(root: Path, default: Iterable[str]) -> Iterable[str]:
    """The documents there are; `default` where their table has a fault of its own.

    That fault is told where documents are shown; it stops nothing else.
    """
    try:
        return list(reference("documents", root)["document"])
    except DataError:
        return default


def _cells(path: Path, where: str) -> pd.DataFrame:
    """Every cell as text, "NA" too (Namibia), an empty one missing.

    A row with too many or too few cells is a fault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except UnicodeDecodeError as error:
        raise DataError("file_not_utf8", where) from error
    except (OSError, csv.Error) as error:
        raise DataError("no_readable_table", where, why=str(error)) from error
    if not rows:
        raise DataError("table_empty", where)
    for name in rows[0]:
        if rows[0].count(name) > 1:
            raise DataError("header_repeats", where, value=name)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise DataError(
                "row_of_other_length",
                where,
                number,
                value=",".join(row)[:80],
                cells=len(row),
                columns=len(rows[0]),
            )
    cells = [[cell or None for cell in row] for row in rows[1:]]
    return pd.DataFrame(cells, columns=rows[0], dtype="str")


def _typed(table: str, frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """The words true and false become flags."""
    for name, column in TABLES[table].columns.items():
        if column.dtype == "bool" and name in frame:
            wrong = ~frame[name].isin(["true", "false"])
            if wrong.any():
                row = int(wrong.to_numpy().argmax())
                value = frame[name].iloc[row]
                raise DataError("not_true_or_false", where, row + 2, name, str(value))
            frame[name] = frame[name] == "true"
    return frame


def check_units(frame: pd.DataFrame, units: Iterable[str], where: str) -> None:
    """Every code in a country column is one of `units`; raises DataError at the first other one."""
    _check_valid("no_such_unit", frame, COUNTRY_COLUMNS, units, where)


def _check_valid(
    code: str, frame: pd.DataFrame, columns: Set[str], valid: Iterable[str], where: str
) -> None:
    """Every word in these columns is one of `valid`; the first row that breaks this is named."""
    words = set(valid)
    for column in sorted(columns & set(frame.columns)):
        cells = frame[column].dropna()
        for row, value in zip(cells.index, cells.tolist(), strict=True):
            unknown = set(value.split()) - words
            if unknown:
                named = ", ".join(sorted(unknown))
                raise DataError(code, where, int(str(row)) + 2, column, named)


def version(root: Path = REFERENCE) -> str:
    """The state of every committed table: another text when one is added, changed or removed."""
    try:
        paths = sorted([*root.glob("*.csv"), *root.glob("releases/*/*.csv")])
        states = [(path.name, path.stat()) for path in paths]
    except OSError as error:
        raise DataError("file_missing", display_path(Path(error.filename))) from error
    return " ".join(f"{name}:{state.st_mtime_ns}:{state.st_size}" for name, state in states)


def stamp(*tables: str, root: Path = REFERENCE) -> str:
    """When reference tables were last written, and their sizes; changes when one of them does."""
    try:
        states = [(root / f"{table}.csv").stat() for table in tables]
    except OSError as error:
        raise DataError("file_missing", display_path(Path(error.filename))) from error
    return " ".join(f"{state.st_mtime_ns}:{state.st_size}" for state in states)
