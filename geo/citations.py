"""The printed rows that a figure rests on: which of a country's posts stand where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from geo.coverage import served
from geo.options import Choice

Cited = Mapping[str, "list[Place]"]  # iso3 -> where those who serve it stand


_UNTITLED = "table "


def untitled(number: int) -> str:
    """What the facts call a printed table that has no title: by its number in the document."""
    return f"{_UNTITLED}{number}"


def untitled_number(table: str) -> str:
    """The number of a table without a title, by what the facts call it; empty of another one."""
    number = table.removeprefix(_UNTITLED)
    return number if number != table and number.isdecimal() else ""


class Place(NamedTuple):
    """A row of the document: LO and FILO count apart, each from 1 in its own table.

    `city` and `organisation` tell which post it is; empty where the row names none.
    """

    kind: str
    table: str
    row: int
    city: str = ""
    organisation: str = ""


def placed(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice
) -> dict[str, list[Place]]:
    """iso3 -> the rows that serve it under `choice`: first the LO's, in the order of the table."""
    serving = served(postings, accreditations, choice)
    found: dict[str, list[Place]] = {}
    cells = zip(serving["iso3"].tolist(), serving["row"].tolist(), places(serving), strict=True)
    first = {kind: place for place, kind in enumerate(sorted(set(serving["kind"]), reverse=True))}
    for iso3, _, place in sorted(cells, key=lambda cell: (first[cell[2].kind], cell[1])):
        found.setdefault(iso3, []).append(place)
    return found


def places(postings: pd.DataFrame) -> list[Place]:
    """The row of each posting; all of them stand in a document."""
    names = ("kind", "table", "table_row", "city", "organisation")
    return [
        Place(kind, table, int(row), *(name if isinstance(name, str) else "" for name in named))
        for kind, table, row, *named in zip(*(postings[n].tolist() for n in names), strict=True)
    ]


def cited(gaps: pd.DataFrame, chosen: Cited, everyone: Cited) -> dict[str, list[Place]]:
    """iso3 -> the rows that a gap of `gaps` rests on.

    Those of the chosen organisations; `partner_only` is a fact of the whole network, so there it
    is the rows of everyone.
    """
    return {
        iso3: (everyone if "partner_only" in kinds else chosen).get(iso3, [])
        for iso3, kinds in zip(gaps["iso3"], gaps["kinds"], strict=True)
    }
