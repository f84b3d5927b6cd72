"""A release as a file that the import reads back to the letter: its posts, areas and missions.

Each row names its table in the first column, so that a .csv may hold them all. Nothing is read
into what is printed here: countries, cities and organisations stand beside it as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import pandas as pd

from data.documents import prefilled, sheet_files
from data.documents.blocks import is_of_release
from data.documents.cells import RELEASE_SIGN, Cells
from data.documents.limits import ANNEX
from data.documents.reading import resolver
from data.imports.incoming import check_served
from data.imports.release_checks import Numbers, contradictions, without_names
from data.load import RELEASE_TABLES, check_units, gazetteer, reference
from data.store.read import Store
from data.store.tables import typed
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.names.resolver import Resolver
from geo.problems import Where
from geo.reading.missions import check_total
from geo.reading.result import DocumentReading
from geo.schemas import TABLES
from geo.schemas.validation import validate

NAMES = ("releases", *RELEASE_TABLES)
KINDS = sheet_files.KINDS
_WIDTHS = (16, 14, 8, 22, 40, 14, 20, 20, 10, 10, 20, 60, 20, 30, 10)
_MOST = 999_999  # of people or rows, as in a document that is read
# A text that begins with one gets an apostrophe, as for a formula, which is taken off again.
_SIGNS = tuple("'=+-@\u2212\uff1d\uff0b\uff0d\uff20")


def write(store: Store, release: str, name: str) -> bytes:
    """The file of a release in the kind that `name` ends on; raises DataError."""
    kind = sheet_files.kind_of(PurePath(name).name)
    about = pd.DataFrame([store.release(release)])
    frames = {"releases": about} | {each: store.table(each, release) for each in RELEASE_TABLES}
    sheets = {each: list(_rows(each, frame)) for each, frame in frames.items()}
    return sheet_files.write(kind, sheets, _WIDTHS, dict.fromkeys(NAMES, "@"))


def _rows(table: str, frame: pd.DataFrame) -> Iterator[sheet_files.Row]:
    columns = list(TABLES[table].columns)
    yield (RELEASE_SIGN, *columns)
    cells = frame[columns].astype(object).where(frame[columns].notna(), None).to_numpy().tolist()
    for row in cells:
        yield (table, *("" if cell is None else _text(cell) for cell in row))


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    text = str(cell)
    return f"'{text}" if text.startswith(_SIGNS) else text


def template_rows(store: Store, release: str) -> Mapping[str, Sequence[sheet_files.Row]]:
    """The tables of the template with the rows of a release, see `prefilled`; raises DataError."""
    store.release(release)
    postings, accreditations, deployments = (store.table(each, release) for each in RELEASE_TABLES)
    return prefilled.tables(postings, accreditations, deployments, store.decisions())


# --- back again -----------------------------------------------------------------------------------


def is_one(cells: Cells) -> bool:
    """Whether a document is the file of a release."""
    return any(is_of_release(row) for table in cells.tables for row in table.rows[:1])


def read(document: str, cells: Cells, decisions: Iterable[Decision] = ()) -> DocumentReading:
    """The reading that a file of a release holds; raises DataError at the first cell that does not.

    `document` is the id that the rows name as their source, whatever the file says of it. What
    contradicts the gazetteer or a label, `decisions` of before included, is an error to settle.
    """
    by_table: dict[str, list[tuple[int, list[str]]]] = {name: [] for name in NAMES}
    headers: dict[str, list[str]] = {}
    for table in cells.tables:
        header: list[str] = []
        for number, row in enumerate(table.rows, start=1):
            if is_of_release(row):
                header = [cell.strip() for cell in row[1:]]
            elif any(row):
                name = row[0].strip()
                if name not in NAMES:
                    where = f"{document}, {table.title}".removesuffix(", ")
                    raise DataError("no_such_word", where, number, RELEASE_SIGN, row[0])
                headers[name] = header
                by_table[name].append((number, list(row[1:])))
    frames = {
        name: _frame(document, name, headers.get(name, []), rows) for name, rows in by_table.items()
    }
    numbers = {name: [number for number, _ in rows] for name, rows in by_table.items()}
    return _reading(document, frames, numbers, resolver(decisions))


def _frame(
    document: str, name: str, header: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> pd.DataFrame:
    """The rows of a table with the types of its schema; raises DataError with the row of the file.

    Where rows are printed, columns that the schema has not are a fault, and so are missing ones.
    """
    columns, where = TABLES[name].columns, f"{document}, table {name}"
    if not rows:
        return typed(name, pd.DataFrame(columns=list(columns), dtype="object"))
    cells: dict[str, list[object]] = {}
    for at, column in enumerate(header):
        if not column:
            continue
        if column in cells:
            raise DataError("header_repeats", where, value=column)
        kind = str(columns[column].dtype) if column in columns else ""
        cells[column] = [
            _value(row[at] if at < len(row) else "", kind, (where, number, column))
            for number, row in rows
        ]
    frame = pd.DataFrame(cells, dtype="object")
    try:
        ordered = frame[[each for each in columns if each in frame]]
        unknown = [each for each in frame if each not in columns]
        if unknown:
            raise DataError("column_unknown", where, value=str(unknown[0]))
        valid = validate(name, typed(name, ordered), where)
        check_units(valid, reference("units")["iso3"], where)
    except DataError as error:
        if error.row is None:
            raise
        raise error.placed(where, rows[error.row - 2][0]) from error
    return valid


def _value(text: str, kind: str, place: tuple[str, int, str]) -> object:
    """A cell as its column holds it; None for an empty one. `place`: table, row and column."""
    text = text.strip()
    if not text:
        return None
    if kind in ("Int64", "float64"):
        whole = kind == "Int64"
        number = text.replace(",", ".")
        if not re.fullmatch(r"\d+" if whole else r"\d+(?:\.\d+)?", number, re.ASCII):
            raise DataError("not_a_number", *place, text[:80])
        if float(number) > _MOST:
            raise DataError("number_too_large", *place, text[:80], most=_MOST)
        return int(number) if whole else float(number)
    return text[1:] if text.startswith("'") else text


def _reading(
    document: str, frames: dict[str, pd.DataFrame], numbers: Numbers, names: Resolver
) -> DocumentReading:
    """The reading of the tables; `numbers` are the rows of the file that hold those of a table."""
    about = frames["releases"]
    if len(about) != 1:
        raise DataError("no_one_release", document, value=str(len(about)))
    frames, problems = without_names(frames, numbers, names)
    release = _plain(frames["releases"]).iloc[0]
    postings, deployments = frames["postings"], frames["deployments"]
    for table, rows in (("network", postings), ("missions", deployments)):
        if rows.empty != (release[table] == "absent"):
            raise DataError(_CONTRADICTS[table], document, value=str(release[table]))
    if postings["label"].str.len().sum() > ANNEX:
        raise DataError("annex_too_long", document, most=ANNEX)
    doubts = contradictions(postings, numbers, names, gazetteer())
    doubted = {doubt.row for doubt in doubts}
    # A post with a doubtful host is settled first; the store checks it again.
    certain = [key not in doubted for key in zip(postings["kind"], postings["row"], strict=True)]
    check_served(postings, frames["accreditations"], document, numbers, certain)
    total = None if release["missions_total"] is None else int(release["missions_total"])
    where = Where("releases", part="data")
    if len(deployments):
        where = Where(str(deployments.loc[0, "table"]))
    doubts += check_total(deployments, total, where)
    return DocumentReading(
        _plain(postings.assign(document=document)),
        _plain(frames["accreditations"]),
        _plain(deployments.assign(document=document)),
        problems=(*problems, *doubts),
        total=total,
        missions_as_of=release["missions_as_of"],
        network=str(release["network"]),
        missions=str(release["missions"]),
        network_as_of=release["network_as_of"],
        network_note_nl=release["network_note_nl"],
        network_note_en=release["network_note_en"],
    )


_CONTRADICTS = {
    "network": "network_contradicts_postings",
    "missions": "missions_contradict_deployments",
}


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)
