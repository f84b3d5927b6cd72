"""The releases there are, committed and imported as one list, and the documents behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from babel.dates import format_date

from geo.schemas import TABLES
from geo.schemas.validation import validate

COMMITTED, IMPORTED = "committed", "imported"  # where a release came from
ACTIVE, WITHDRAWN = "active", "withdrawn"  # whether it is shown

_WORDS = {
    "nl": {
        "title": "Bijlage Internationaal, peildatum {date} ({name})",
        "date": "De peildatum; de dag van de brief is niet gelezen.",
        "network": "Het netwerk van liaison officers",
        "missions": "De missies met aantal uitgezonden politiefunctionarissen",
        "partial": "een deel ervan",
        "absent": "dat staat niet in dit document",
        "always": "Wanneer een post begon of eindigt.",
    },
    "en": {
        "title": "Annex International, reference date {date} ({name})",
        "date": "The reference date; the day of the letter was not read.",
        "network": "The network of liaison officers",
        "missions": "The missions with number of officers deployed",
        "partial": "a part of it",
        "absent": "it is not in this document",
        "always": "When a post began or ends.",
    },
}


def register(
    committed: pd.DataFrame, states: Mapping[str, str], imported: pd.DataFrame
) -> pd.DataFrame:
    """Every release, newest first: table `releases`, and origin, state, added_at, added_by.

    `states` holds the state of committed releases that a person changed; `imported` has the four
    columns already. An imported release keeps its id when a later checkout commits one of that id.
    Of two that hold for the same dates the one imported last comes first.
    """
    shipped = committed[~committed["release"].isin(imported["release"])]
    state = shipped["release"].map(lambda release: states.get(release, ACTIVE)).astype("str")
    nothing = pd.Series(pd.NA, index=shipped.index, dtype="str")
    shipped = shipped.assign(origin=COMMITTED, state=state, added_at=nothing, added_by=nothing)
    frame = pd.concat([shipped, imported], ignore_index=True) if len(imported) else shipped
    newest = frame[["network_as_of", "missions_as_of"]].fillna("").max(axis=1)
    keys = pd.DataFrame({"newest": newest, "added": frame["added_at"].fillna("")})
    order = keys.sort_values(["newest", "added"], ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def documents(
    committed: pd.DataFrame, imported: Iterable[Mapping[str, Any]], register: pd.DataFrame
) -> pd.DataFrame:
    """Table `documents`: the committed ones, then one row for each imported document.

    `imported` gives `document`, `name` and `as_of`; what it holds stands in `register`.
    """
    holds = register.set_index("release")
    rows = [_document(row, holds.loc[row["document"]]) for row in imported]
    if not rows:
        return committed
    added = pd.DataFrame(rows, columns=list(TABLES["documents"].columns), dtype="str")
    shipped = committed[~committed["document"].isin(added["document"])]
    every = pd.concat([shipped, added], ignore_index=True)
    return validate("documents", every, "imported documents")


def _document(row: Mapping[str, Any], release: pd.Series) -> dict[str, str | None]:
    document: dict[str, str | None] = {"document": row["document"], "date": row["as_of"]}
    for language, words in _WORDS.items():
        document[f"title_{language}"] = words["title"].format(
            date=_written(row["as_of"], language), name=row["name"]
        )
        document[f"date_note_{language}"] = words["date"]
        gives = [
            words[table] + (f" ({words['partial']})" if release[table] == "partial" else "")
            for table in ("network", "missions")
            if release[table] != "absent"
        ]
        lacks = [
            f"{words[table]}: {words['absent']}."
            for table in ("network", "missions")
            if release[table] == "absent"
        ]
        document[f"gives_{language}"] = "; ".join([gives[0], *map(_lower, gives[1:])]) + "."
        document[f"lacks_{language}"] = " ".join([*lacks, words["always"]])
    return document


def _written(date: str, language: str) -> str:
    """A date in words, as precise as it is: "12 mei 2026", "mei 2026" or "2026"."""
    parts = [int(part) for part in date.split("-")]
    style = ("y", "MMMM y", "d MMMM y")[len(parts) - 1]
    day = dt.date(*[*parts, 1, 1][:3])
    return str(format_date(day, style, locale=language))


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
