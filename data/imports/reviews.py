"""Reviews that are not finished, kept beside the database: a restart or a reload loses none.

One file for each, readable for the server alone. Its name is a secret that only the address of the
person who reads it over knows. It goes when the review ends, or after DAYS.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data import files
from data.documents.cells import Cells, Flag, LeftOut, PrintedTable
from data.imports.drafts import Draft, Upload
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.reading.corrections import Correction

DAYS = 7
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def token() -> str:
    """A new name for a review, which nobody can guess."""
    return secrets.token_urlsafe(16)


def keep(folder: Path, token: str, draft: Draft) -> None:
    """Keep this state of a review; raises DataError where the disk refuses."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise DataError("folder_not_made", str(folder)) from error
    content = json.dumps(asdict(draft), ensure_ascii=False).encode("utf-8", "surrogatepass")
    files.write(_file(folder, token), content)
    _tidy(folder)


def find(folder: Path, token: str) -> Draft | None:
    """The review of that name as it was last kept; None where there is none any more."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        _tidy(folder)
        fields = json.loads(_file(folder, token).read_bytes().decode("utf-8", "surrogatepass"))
        return _draft(fields)
    # Gone, or from a version of the product that kept something else.
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop(folder: Path, token: str) -> None:
    """Forget a review that ended."""
    if _TOKEN.fullmatch(token):
        _file(folder, token).unlink(missing_ok=True)


def _file(folder: Path, token: str) -> Path:
    return folder / f"{token}.json"


def _tidy(folder: Path) -> None:
    """Removes what nobody came back to."""
    for file in folder.iterdir():
        with suppress(OSError):  # another process was faster
            if time.time() - file.stat().st_mtime > DAYS * 86400:
                file.unlink()


def _draft(fields: Mapping[str, Any]) -> Draft:
    upload = fields["upload"]
    values = {
        "upload": Upload(**{**upload, "cells": _cells(upload["cells"])}),
        "decisions": tuple(Decision(**entry) for entry in fields["decisions"]),
        "corrections": tuple(Correction(**entry) for entry in fields["corrections"]),
        "reopened": tuple(fields["reopened"]),
    }
    return Draft(**{**fields, **values})


def _cells(fields: Mapping[str, Any]) -> Cells:
    """The document as it was read: a table without its marks would count a post that is struck."""
    tables = (
        PrintedTable(
            table["title"],
            tuple(map(tuple, table["rows"])),
            tuple(Flag(**flag) for flag in table["flags"]),
        )
        for table in fields["tables"]
    )
    left_out = (LeftOut(**part) for part in fields["left_out"])
    return Cells(fields["text"], tuple(tables), tuple(left_out))
