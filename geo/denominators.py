"""How much of each part of the world is covered: states, disputed units and territories apart."""

from __future__ import annotations

import pandas as pd

from geo.coverage import COVERED, HOME
from geo.schemas import NOT_STATED, ORGANISATIONS

KINDS = ("state", "disputed", "territory")
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
    about = units[["iso3", "continent", "subregion", "kind"]]
    people = populations.set_index("iso3")["population"]
    frame = coverage[coverage["iso3"] != HOME].merge(about, on="iso3")
    covered = frame["state"].isin(COVERED)
    frame = frame.assign(units=1, covered=covered, people=frame["iso3"].map(people))
    for state in ("post", "accredited", "planned", "none"):
        frame[state] = frame["state"] == state
    frame["single"] = covered & frame["postings"].eq(1).fillna(False)
    frame["several"] = covered & ~frame["single"]
    for name in (*ORGANISATIONS, NOT_STATED):
        serves = frame["organisations"].map(lambda names, one=name: one in names).astype(bool)
        frame[name or "not_stated"] = serves & covered
    frame["people_covered"] = frame["people"].where(covered, 0)
    frame["uncounted"] = frame["people"].isna()
    counted = [*COUNTED, "people", "people_covered", "uncounted"]
    found = frame.groupby(["continent", "subregion", "kind"])[counted].sum().astype("int64")
    return found.reset_index()[COLUMNS]


def added_up(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Rows of `denominators` added up: one row per value of the columns `by`, in their order.

    `kind` keeps the order of KINDS.
    """
    counted = [name for name in COLUMNS if name not in ("continent", "subregion", "kind")]
    ordered = table.assign(kind=pd.Categorical(table["kind"], KINDS, ordered=True))
    found = ordered.groupby(by, observed=True)[counted].sum().reset_index()
    return found.assign(kind=found["kind"].astype(str)) if "kind" in by else found
