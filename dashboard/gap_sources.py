"""Where in the document a gap, or who serves the country, can be looked up: tables and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from dashboard import findings
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import plain
from geo.coverage import Choice, of_organisations, served

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


def cited(found: pd.DataFrame, chosen: Cited, everyone: Cited) -> dict[str, list[Place]]:
    """iso3 -> the rows that a gap of `found` rests on.

    Those of the chosen organisations; `partner_only` is a fact of the whole network, so there it
    is the rows of everyone.
    """
    return {
        row["iso3"]: (everyone if "partner_only" in row["kinds"] else chosen).get(row["iso3"], [])
        for row in plain(found[["iso3", "kinds"]])
    }


def printed_rows(t: Words, places: Iterable[Place]) -> str:
    """ "rijen 3 en 12; FILO-tabel, rij 3": the table is named where it is not that of the LO's."""
    tables: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        table = place.table or (t("gaps.table_filo") if place.kind == "FILO" else "")
        tables.setdefault(table, []).append(str(place.row))
    rows = {table: t.count("gaps.rows", len(n), rows=t.listing(n)) for table, n in tables.items()}
    return "; ".join(f"{table}, {said}" if table else said for table, said in rows.items())


def tables(t: Words, postings: pd.DataFrame, choice: Choice) -> str:
    """The names of the tables that are read under `choice`."""
    kinds = ["LO", "FILO"] if choice.filo else ["LO"]
    return t.listing([str(name) for name in _of(postings, *kinds)["table"].unique()])


def source(t: Words, postings: pd.DataFrame, filters: Filters, document: str) -> str:
    """Document, tables and how many of their rows tell who serves and who does not."""
    posts = _of(postings, "LO")
    chosen = of_organisations(posts, filters.organisations)
    told: dict[str, object] = {
        "document": document,
        "table": tables(t, postings, Choice()),
        "rows": len(posts),
        "active": int((chosen["status"] == "active").sum()),
    }
    sentences = [t("gaps.source", of=findings.of_whom(t, filters.organisations), **told)]
    planned = int((chosen["status"] == "planned").sum())
    if filters.choice.planned and planned:
        sentences.append(t.count("gaps.source_planned", planned))
    flexible = _of(postings, "FILO")
    if filters.choice.filo and len(flexible):
        table = t.listing([str(name) for name in flexible["table"].unique()])
        sentences.append(t.count("gaps.source_filo", len(flexible), table=table))
    return " ".join(sentences)


def _of(postings: pd.DataFrame, *kinds: str) -> pd.DataFrame:
    return postings[postings["kind"].isin(kinds)]
