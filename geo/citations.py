"""The printed rows that a figure rests on: which of a country's posts stand where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from geo.coverage import Choice, served

Cited = Mapping[str, "list[Place]"]  # iso3 -> where those who serve it stand


class Place(NamedTuple):
    """A row of the document: LO and FILO count apart, each from 1 in its own table.

    `table` is empty where the kind stands in one table, as it does in every annex so far.
    """

    kind: str
    table: str
    row: int


def placed(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice
) -> dict[str, list[Place]]:
    """iso3 -> the rows that serve it under `choice`: first the LO's, in the order of the table."""
    tables = postings.groupby("kind")["table"].nunique()
    serving = served(postings, accreditations, choice)
    serving = serving.sort_values(["kind", "row"], ascending=[False, True])
    named = serving["table"].where(serving["kind"].map(tables) > 1, "")
    found: dict[str, list[Place]] = {}
    cells = (serving["iso3"], serving["kind"], named, serving["table_row"])
    for iso3, kind, table, row in zip(*cells, strict=True):
        found.setdefault(iso3, []).append(Place(kind, table, int(row)))
    return found


def cited(gaps: pd.DataFrame, chosen: Cited, everyone: Cited) -> dict[str, list[Place]]:
    """iso3 -> the rows that a gap of `gaps` rests on.

    Those of the chosen organisations; `partner_only` is a fact of the whole network, so there it
    is the rows of everyone.
    """
    return {
        iso3: (everyone if "partner_only" in kinds else chosen).get(iso3, [])
        for iso3, kinds in zip(gaps["iso3"], gaps["kinds"], strict=True)
    }
