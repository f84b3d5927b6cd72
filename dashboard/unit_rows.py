"""Every unit of the map in the reader's language: the coverage table and the search box."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd

from dashboard import findings
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.rows import dossier, organisations, sorting
from dashboard.tables import Cell

COVERAGE = ("country", "state", "postings", "organisations", "cities", "distance", "basis")


def values(t: Words, row: Row) -> list[str | int | None]:
    """The cells behind the name of a unit, from its row of a coverage; None is unknown."""
    return [
        findings.state_word(t, row["state"], row["basis"]),
        None if pd.isna(row["postings"]) else int(row["postings"]),
        organisations(t, row["organisations"]),
        ", ".join(row["cities"]),
        None if pd.isna(row["distance_km"]) else int(row["distance_km"]),
        ", ".join(t(f"basis.{basis}") for basis in row["basis"]),
    ]


def fill(t: Words, frame: pd.DataFrame) -> str:
    """The cells of the coverage table as compact JSON, for `static/shell.js`.

    Texts travel once, most countries look alike and are said once: 4 kB instead of 60.
    """
    texts: dict[str, int] = {}
    rows = {
        row["iso3"]: [
            texts.setdefault(cell, len(texts)) if isinstance(cell, str) else cell
            for cell in values(t, row)
        ]
        for row in frame.to_dict("records")
    }
    rest = Counter(map(tuple, rows.values())).most_common(1)[0][0]
    known = {iso3: row for iso3, row in rows.items() if tuple(row) != rest}
    fill = {"lang": t.language, "columns": "tnttnt", "texts": list(texts), "rest": rest}
    return json.dumps(fill | {"rows": known}, ensure_ascii=False, separators=(",", ":"))


def heads(units: pd.DataFrame, language: str) -> dict[str, Cell]:
    """The first cell of each row of the coverage table: the country with its dossier, by name."""
    name = f"name_{language}"
    named = units.sort_values(name, key=sorting)
    return {
        iso3: Cell(shown, href=dossier(iso3))
        for iso3, shown in zip(named["iso3"], named[name], strict=True)
    }
