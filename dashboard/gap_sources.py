"""Where in the document a gap, or who serves the country, can be looked up: tables and rows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard import findings
from dashboard.filters import Filters
from dashboard.i18n import Words
from geo.citations import Place
from geo.coverage import Choice, of_organisations


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
