"""Codes that were units once, or never will be: what a stored table that names one means now.

Releases are stored as they were read. A place that is counted with a unit is read as that unit; one
where nobody lives is served by nobody, whatever a row printed: its words stay in the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from geo.names.decisions import Decision
from geo.schemas import COUNTRY_COLUMNS, TABLES

Meaning = Mapping[str, str]  # code -> the unit it is counted with, "" for none


def meaning(not_units: pd.DataFrame) -> dict[str, str]:
    """What each code of table `not_units` of `geo.schemas` is read as."""
    return dict(zip(not_units["code"], not_units["counted_with"].fillna(""), strict=True))


def current(table: str, frame: pd.DataFrame, meant: Meaning) -> pd.DataFrame:
    """A table of `geo.schemas` with the units of today, in which each row says a thing once.

    A row that has no unit left in a column that must have one goes; in another column the cell is
    empty.
    """
    columns = [name for name in TABLES[table].columns if name in COUNTRY_COLUMNS]
    old = {name: frame[name].str.contains("|".join(meant)).fillna(False) for name in columns}
    if not meant or not any(found.any() for found in old.values()):
        return frame
    frame = frame.copy()
    for name, found in old.items():
        frame.loc[found, name] = [units(cell, meant) or None for cell in frame.loc[found, name]]
        if not TABLES[table].columns[name].nullable:
            frame = frame[frame[name].notna()]
    return frame.drop_duplicates(list(TABLES[table].key)).reset_index(drop=True)


def decided(decision: Decision, meant: Meaning) -> Decision | None:
    """What a person decided, in the units of today; None where it names only what is no unit."""
    if decision.meaning not in ("country", "countries"):
        return decision
    value = units(decision.value, meant)
    return replace(decision, value=value) if value else None


def units(codes: str, meant: Meaning) -> str:
    """Codes with spaces between, as the units of today, each once.

    >>> units("GRC XNC CYP BVT", {"XNC": "CYP", "BVT": ""})
    'GRC CYP'
    """
    now = [meant.get(code, code) for code in codes.split()]
    return " ".join(dict.fromkeys(filter(None, now)))
