"""What a command answers, and how it is printed."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TypeAlias

from dashboard import records
from dashboard.i18n import Texts, texts_of
from dashboard.records import Record
from geo.errors import DataError


@dataclass(frozen=True)
class Answer:
    """`text` for standard output; for standard error a `complaint`, or a `note` and all is well."""

    text: str
    complaint: str = ""
    note: str = ""
    content: bytes = b""  # of a file, where standard output takes it; `text` is then a note too


# Rows, rows with a note beside them, one record, or what is printed already.
Found: TypeAlias = list[Record] | tuple[list[Record], str] | Record | Answer


def printed(arguments: argparse.Namespace, found: Found) -> Answer:
    """What was found in the form that was asked for; raises DataError."""
    if isinstance(found, Answer):
        return found
    if isinstance(found, dict):
        return Answer(_text(arguments, found))
    rows, note = found if isinstance(found, tuple) else (found, "")
    return Answer(_rows(arguments, rows), note=note)


def _language(arguments: argparse.Namespace) -> Texts | None:
    """The words of the language that was asked for, if any."""
    return texts_of(arguments.language) if arguments.language else None


def _text(arguments: argparse.Namespace, record: Record) -> str:
    if arguments.format != "json":
        return records.as_text(record, _language(arguments))
    if getattr(arguments, "columns", None):
        raise DataError("columns_without_rows", "--columns", value=arguments.columns)
    return records.as_json(record)


def _rows(arguments: argparse.Namespace, rows: list[Record]) -> str:
    rows = _columns(arguments, rows)
    if arguments.format == "table":
        return records.as_table(rows, _language(arguments))
    return records.as_json(rows) if arguments.format == "json" else records.as_csv(rows)


def _columns(arguments: argparse.Namespace, rows: list[Record]) -> list[Record]:
    """The rows with only the columns that were asked for, in that order; raises DataError."""
    if not arguments.columns or not rows:
        return rows
    wanted = [name.strip() for name in arguments.columns.split(",")]
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    for name in wanted:
        if name not in columns:
            raise DataError("no_such_column", "--columns", value=name, columns=columns)
    return [{name: row.get(name) for name in wanted} for row in rows]
