"""How much of each part of the world is covered: states, disputed units and territories apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.coverage import COVERED, HOME
from geo.schemas import NOT_STATED, ORGANISATIONS

KINDS = ("state", "disputed", "territory")
STATES = ("post", "accredited", "planned", "none")
COUNTED = [
    *("units", "covered", "post", "accredited", "single", "several", "planned", "none"),
    *(*ORGANISATIONS, "not_stated"),
]
COLUMNS = ["continent", "subregion", "kind", *COUNTED, "people", "people_covered", "uncounted"]


def denominators(
    coverage: pd.DataFrame, units: pd.DataFrame, populations: pd.DataFrame
) -> pd.DataFrame:
    """One row per subregion and kind of unit that occurs there, with COLUMNS.

    `coverage` of a complete release. The Netherlands is not counted. `single` units hang on one
    posting, `several` have two or more; NP, KMar, GPI and not_stated count the units that
    organisation serves, so together they are more than `covered`. `people` adds up the known
    populations, `people_covered` those of covered units; `uncounted` units have no known one.
    """
    names = ("iso3", "continent", "subregion", "kind")
    where = {iso3: at for iso3, *at in zip(*(units[name].tolist() for name in names), strict=True)}
    counted = populations.dropna(subset=["population"])
    people = dict(zip(counted["iso3"].tolist(), map(int, counted["population"]), strict=True))
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    cells = (coverage[name].tolist() for name in ("iso3", "state", "postings", "organisations"))
    for iso3, state, postings, organisations in zip(*cells, strict=True):
        if iso3 != HOME and iso3 in where:
            counts = sums.setdefault(tuple(where[iso3]), dict.fromkeys(COLUMNS[3:], 0))
            for name, n in _counts(state, postings, organisations, people.get(iso3)).items():
                counts[name] += n
    order = sorted(sums)
    columns: dict[str, Any] = {
        name: pd.Series([at[place] for at in order], dtype=units[name].dtype)
        for place, name in enumerate(COLUMNS[:3])
    }
    numbers = {name: np.array([sums[at][name] for at in order], np.int64) for name in COLUMNS[3:]}
    return pd.DataFrame(columns | numbers, copy=False)


def _counts(
    state: object, postings: object, organisations: Collection[str], people: int | None
) -> dict[str, int]:
    """What one unit adds to COUNTED and people; missing `people` are not known."""
    counts = {"units": 1, "people": people or 0, "uncounted": int(people is None)}
    if state in STATES:
        counts[str(state)] = 1
    if state in COVERED:
        names = (name for name in (*ORGANISATIONS, NOT_STATED) if name in organisations)
        by = [name or "not_stated" for name in names]
        alone = "single" if postings == 1 else "several"
        counts |= {"covered": 1, "people_covered": people or 0, alone: 1, **dict.fromkeys(by, 1)}
    return counts


def added_up(rows: Iterable[Mapping[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of `denominators` added up: one row per value of the columns `by`, in their order.

    `kind` keeps the order of KINDS.
    """
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    for row in rows:
        counts = sums.setdefault(tuple(row[name] for name in by), dict.fromkeys(COLUMNS[3:], 0))
        for name in counts:
            counts[name] += row[name]
    places = {name: place for place, name in enumerate(KINDS)}

    def order(at: tuple[str, ...]) -> list[object]:
        return [places[text] if name == "kind" else text for name, text in zip(by, at, strict=True)]

    return [dict(zip(by, at, strict=True)) | sums[at] for at in sorted(sums, key=order)]
