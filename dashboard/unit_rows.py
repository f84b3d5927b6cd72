"""Every unit of the map in the reader's language: the coverage table and the search box."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd

from dashboard import findings
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.rows import Rows, dossier, organisations, sorting
from dashboard.tables import Cell
from geo.coverage import Choice

COVERAGE = ("country", "state", "postings", "organisations", "cities", "distance", "basis")


def values(t: Words, row: Row, choice: Choice) -> list[str | int | None]:
    """The cells behind the name of a unit, from its row of a coverage; None is unknown."""
    return [
        findings.state_word(t, row["state"], row["basis"], choice),
        None if pd.isna(row["postings"]) else int(row["postings"]),
        organisations(t, row["organisations"]),
        ", ".join(row["cities"]),
        None if pd.isna(row["distance_km"]) else int(row["distance_km"]),
        ", ".join(t(f"basis.{basis}") for basis in row["basis"]),
    ]


def fill(t: Words, frame: pd.DataFrame, choice: Choice) -> str:
    """The cells of the coverage table under `choice` as compact JSON, for `static/shell.js`.

    Texts travel once, most countries look alike and are said once: 4 kB instead of 60.
    """
    texts: dict[str, int] = {}
    rows = {
        row["iso3"]: [
            texts.setdefault(cell, len(texts)) if isinstance(cell, str) else cell
            for cell in values(t, row, choice)
        ]
        for row in frame.to_dict("records")
    }
    rest = Counter(map(tuple, rows.values())).most_common(1)[0][0]
    known = {iso3: row for iso3, row in rows.items() if tuple(row) != rest}
    fill = {"lang": t.language, "columns": "tnttnt", "texts": list(texts), "rest": rest}
    return json.dumps(fill | {"rows": known}, ensure_ascii=False, separators=(",", ":"))


def not_units(t: Words, places: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the places that are no unit, and why; by name."""
    name = f"name_{t.language}"
    keys = (name, f"reason_{t.language}")
    heads = (t("column.country"), t("sources.reason"), t("sources.as_of"), t("sources.source"))
    return list(heads), _dated(t, places.sort_values(name, key=sorting), keys)


def map_notes(t: Words, notes: pd.DataFrame, names: pd.Series) -> tuple[list[str], Rows]:
    """(headers, rows) of what the map does with borders and names; `names` by code."""
    named = notes.assign(name=notes["iso3"].map(names)).sort_values("name", key=sorting)
    heads = (t("column.country"), t("sources.note"), t("sources.as_of"), t("sources.source"))
    return list(heads), _dated(t, named, ("name", f"note_{t.language}"))


def _dated(t: Words, table: pd.DataFrame, keys: tuple[str, str]) -> Rows:
    return [
        [
            *(str(row[key]) for key in keys),
            Cell(t.date(row["as_of"]), row["as_of"]),
            str(row["source"]),
        ]
        for row in table.to_dict("records")
    ]


def distance_note(t: Words, units: pd.DataFrame) -> str:
    """Where distances run from, with the countries whose government sits outside the capital."""
    name, seat = ("name_nl", "seat") if t.language == "nl" else ("name_en", "seat_en")
    apart = units[units["seat"] != units["capital"]].sort_values(name, key=sorting)
    seats = (f"{row[name]} {row[seat]}" for row in apart.to_dict("records"))
    return t("coverage.table_note", seats=t.listing(list(seats)))


def heads(units: pd.DataFrame, language: str) -> dict[str, Cell]:
    """The first cell of each row of the coverage table: the country with its dossier, by name."""
    name = f"name_{language}"
    named = units.sort_values(name, key=sorting)
    return {
        iso3: Cell(shown, href=dossier(iso3))
        for iso3, shown in zip(named["iso3"], named[name], strict=True)
    }
