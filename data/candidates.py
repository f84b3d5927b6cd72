"""A reader's own list of cities where a new post may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.documents.delimited import rows_of
from data.documents.opening import checked_kind, content_of, name_of
from data.load import gazetteer, places, reference
from geo.errors import DataError, FaultsError

LARGEST = 500_000  # bytes
MOST = 1_000  # cities
COLUMNS = ("city", "iso3", "lat", "lon")
_ENDS = {"lat": 90.0, "lon": 180.0}

Town = tuple[str, str, float, float]  # host, city, degrees north, degrees east


@dataclass(frozen=True)
class Candidates:
    """The cities of a file, each once."""

    name: str
    towns: tuple[Town, ...]

    def frame(self) -> pd.DataFrame:
        """The cities as `geo.placement.candidates` wants them: host, city, lat, lon."""
        return pd.DataFrame(self.towns, columns=["host", "city", "lat", "lon"])


def read_file(path: Path) -> Candidates:
    """The candidates in a .csv with columns city and iso3; raises DataError for every wrong row.

    Where `lat` and `lon` (degrees, WGS84) are left out, the gazetteer gives the position; a city
    that it does not know is an error, never a guess.
    """
    content = content_of(path, LARGEST)
    name = name_of(path, content)
    if checked_kind(name, content, LARGEST) != "csv":
        raise DataError("candidates_no_csv", name)
    try:
        rows = rows_of(content)
    except DataError as error:
        raise error.placed(name) from error
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if not {"city", "iso3"} <= set(heads) or len(set(heads)) < len(heads):
        raise DataError("candidates_columns", name, 1)
    towns: list[Town] = []
    faults: list[DataError] = []
    for number, cells in enumerate(rows[1:], start=2):
        record = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if any(record.values()):
            try:
                towns.append(_town(record, name, number))
            except DataError as error:
                faults.append(error)
    if faults:
        raise FaultsError.of(faults)
    towns = list({town[:2]: town for town in towns}.values())
    if not 1 <= len(towns) <= MOST:
        raise DataError("candidates_how_many", name, most=MOST, n=len(towns))
    return Candidates(name, tuple(towns))


def _town(record: dict[str, str], name: str, row: int) -> Town:
    iso3, printed = record.get("iso3", "").upper(), record.get("city", "")
    if iso3 not in set(reference("units")["iso3"]):
        raise DataError("candidate_no_unit", name, row, "iso3", record.get("iso3", ""))
    if not printed:
        raise DataError("candidate_no_city", name, row, "city", "")
    city = gazetteer().find(printed, iso3)
    written = [record.get(axis, "") for axis in _ENDS]
    if any(written):
        return iso3, city or printed, *_position(written, name, row)
    if city is None:
        raise DataError("candidate_unknown", name, row, "city", printed)
    every = places()
    (place,) = every[every["city"].eq(city) & every["iso3"].eq(iso3)].to_dict("records")
    return iso3, city, float(place["lat"]), float(place["lon"])


def _position(written: Sequence[str], name: str, row: int) -> tuple[float, float]:
    """Degrees north and east."""
    degrees = []
    for (axis, end), text in zip(_ENDS.items(), written, strict=True):
        try:
            value = float(text)
        except ValueError as error:
            raise DataError("candidate_position", name, row, axis, text) from error
        if not -end <= value <= end:
            raise DataError("candidate_position", name, row, axis, text)
        degrees.append(value)
    return degrees[0], degrees[1]
