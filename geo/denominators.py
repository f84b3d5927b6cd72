"""How much of each part of the world is covered: states, disputed units and territories apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

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
    known = populations.dropna(subset=["population"])
    people = dict(zip(known["iso3"], known["population"].astype(int), strict=True))
    sums: dict[tuple[str, ...], Counter[str]] = {}
    cells = (coverage[name].tolist() for name in ("iso3", "state", "postings", "organisations"))
    for iso3, state, postings, organisations in zip(*cells, strict=True):
        if iso3 != HOME and iso3 in where:
            counts = sums.setdefault(tuple(where[iso3]), Counter())
            counts.update(_counts(state, postings, organisations, people.get(iso3)))
    rows = [[*at, *(counts[name] for name in COLUMNS[3:])] for at, counts in sorted(sums.items())]
    found = pd.DataFrame(rows, columns=COLUMNS)
    types = dict.fromkeys(COLUMNS[3:], "int64")
    return found.astype(types | {name: units[name].dtype for name in COLUMNS[:3]})


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


def added_up(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Rows of `denominators` added up: one row per value of the columns `by`, in their order.

    `kind` keeps the order of KINDS.
    """
    counted = [name for name in COLUMNS if name not in ("continent", "subregion", "kind")]
    ordered = table.assign(kind=pd.Categorical(table["kind"], KINDS, ordered=True))
    found = ordered.groupby(by, observed=True)[counted].sum().reset_index()
    return found.assign(kind=found["kind"].astype(str)) if "kind" in by else found
