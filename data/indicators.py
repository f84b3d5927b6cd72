"""Files that a reader weighs gaps with: indicators of their own, and weights."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd

from data.documents.delimited import rows_of
from data.documents.opening import checked_kind, content_of, name_of, open_file, plain_name
from data.documents.plain import decode
from data.documents.reading import resolver
from data.load import reference
from geo import indicators, ranking
from geo.errors import DataError

LARGEST = 2_000_000  # bytes of a file with indicators; 253 countries fill far less
LARGEST_WEIGHTS = 20_000
KINDS = ("csv", "xlsx", "ods")
_FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]")


@dataclass(frozen=True)
class Indicators:
    """A file of indicators as it was read: its name, its fingerprint, and its figures.

    `unread` counts rows and columns of a sheet that nobody sees, and so are no figures.
    """

    name: str
    sha256: str
    reading: indicators.Reading
    unread: int = 0

    @property
    def columns(self) -> list[str]:
        """The names of the indicators."""
        return self.reading.columns

    def year(self, wanted: str) -> int | None:
        """The year that is `wanted`, where the file has it; None: the newest of each country."""
        return int(wanted) if wanted and int(wanted) in self.reading.years else None


def together(files: Sequence[Indicators]) -> Indicators | None:
    """The indicators of several files as one, None of none; raises DataError for a name in two."""
    if len(files) < 2:
        return files[0] if files else None
    columns: set[str] = set()
    for file in files:
        if twice := columns & set(file.columns):
            raise DataError("indicator_name_taken", file.name, value=min(twice))
        columns |= set(file.columns)
    figures = pd.concat([file.reading.figures for file in files], ignore_index=True)
    skipped = tuple(name for file in files for name in file.reading.skipped)
    left_out = tuple(name for file in files for name in file.reading.left_out)
    sha256 = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    name = ", ".join(file.name for file in files)
    unread = sum(file.unread for file in files)
    return Indicators(name, sha256, indicators.Reading(figures, skipped, left_out), unread)


def received(name: str, content: bytes) -> Indicators:
    """The indicators in a file that a reader gave, see `geo.indicators.read`; raises DataError.

    .csv with ; or , or tabs, .xlsx or .ods, of at most LARGEST bytes; a workbook is opened in a
    process of its own. Of several sheets the one that has figures by country is read.
    """
    own = plain_name(name)
    ending = own.rpartition(".")[2].casefold()
    if ending not in (*KINDS, "xls"):
        raise DataError("indicator_no_table", own, kinds=KINDS)
    tables, unread = _tables(own, content)
    with_figures = [rows for rows in tables if indicators.holds_figures(rows)]
    if len(with_figures) > 1:
        raise DataError("several_tables", own)
    rows = (with_figures or tables or [()])[0]
    numbers = reference("m49")
    m49 = dict(zip(numbers["m49"].astype(int), numbers["iso3"], strict=True))
    reading = indicators.read(rows, resolver(), reference("units"), own, m49)
    return Indicators(own, hashlib.sha256(content).hexdigest(), reading, unread)


def _tables(name: str, content: bytes) -> tuple[list[Sequence[Sequence[str]]], int]:
    """The tables of a file, and how many rows or columns of it nobody sees."""
    if checked_kind(name, content, LARGEST) == "csv":
        try:
            return [rows_of(content)], 0
        except DataError as error:
            where = ", ".join(filter(None, (name, error.where)))
            raise error.placed(where) from error
    cells = open_file(name, content, LARGEST, wide=True)
    return [table.rows for table in cells.tables], sum(each.count for each in cells.left_out)


def read_file(path: Path) -> Indicators:
    """The indicators in the file at `path`; raises DataError."""
    content = content_of(path, LARGEST)
    return received(name_of(path, content), content)


def read_weights(path: Path, names: Iterable[str]) -> dict[str, int]:
    """Component -> weight from a JSON object, or a CSV with one pair a row; raises DataError.

    `names` names the components there are.
    """
    content = content_of(path, LARGEST_WEIGHTS)
    file_name = name_of(path, content)
    if len(content) > LARGEST_WEIGHTS:
        raise DataError("weights_too_large", file_name)
    try:
        text = decode(content)
    except DataError as error:
        raise error.placed(file_name) from error
    weights = (
        _object(text, file_name)
        if file_name.casefold().endswith(".json")
        else _pairs(text, file_name)
    )
    return ranking.checked(weights, list(names), file_name)


def as_csv(frame: pd.DataFrame, names: pd.Series) -> bytes:
    """Indicators as a file that can be read again: iso3, the name of the country, the values."""
    columns = frame.columns.drop("iso3")
    table = frame.assign(land=frame["iso3"].map(names))[["iso3", "land"]]
    table = table.join(frame[columns].map(_digits))
    # The only text of the reader's own is the names of the columns; none may start a formula.
    table.columns = [f"'{name}" if _FORMULA.match(name) else name for name in map(str, table)]
    return bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def _digits(value: float) -> str:
    """A number that can be read in one way: 1.234 gets a fourth decimal."""
    text = "" if pd.isna(value) else format(Decimal(repr(value)), "f")
    return f"{text}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text.removesuffix(".0")


def _object(text: str, name: str) -> dict[str, object]:
    try:
        weights = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, name))
    except (ValueError, RecursionError) as error:
        raise DataError("weights_no_json", name) from error
    if not isinstance(weights, dict):
        raise DataError("no_weights", name)
    return weights


def _pairs(text: str, file_name: str) -> dict[str, object]:
    sign = ";" if ";" in text else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=sign) if any(row)]
    if rows and rows[0][-1].strip().casefold() in ("weight", "gewicht", "weging"):
        rows = rows[1:]
    if not rows or any(len(row) != 2 for row in rows):
        raise DataError("no_weights", file_name)
    return _once([(name.strip(), _weight(text.strip())) for name, text in rows], file_name)


def _weight(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else text


def _once(pairs: list[tuple[str, object]], file_name: str) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DataError("component_twice", file_name, value=twice[:80])
    return dict(pairs)
