"""The work areas that a scenario changes: what each post serves before and after, and how far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.coverage import HOME, Choice, served
from geo.scenario import Close, Scenario
from geo.shapes import distance_km
from geo.whatif import CHANGE, Frames

COLUMNS = ["row", "iso3", "step", "km_before", "km_after", "beyond"]
STEPS = ("kept", "added", "dropped")


@dataclass(frozen=True)
class Farthest:
    """The active post of the whole network that serves a unit from farthest away; whole km."""

    km: float
    row: int
    iso3: str


def reaches(postings: pd.DataFrame, accreditations: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """(row, iso3) -> whole km, geodesic, from the duty station of an LO to the capital it serves.

    Plans too; missing where no city is known. The own country is not among them.
    """
    found = served(postings, accreditations, Choice(planned=True))
    found = found[found["iso3"] != HOME].merge(
        units[["iso3", "capital_lat", "capital_lon"]], on="iso3"
    )
    away = distance_km(found["lat"], found["lon"], found["capital_lat"], found["capital_lon"])
    index = pd.MultiIndex.from_arrays([found["row"], found["iso3"]], names=["row", "iso3"])
    return pd.Series(away, index=index).round()


def farthest(
    postings: pd.DataFrame, accreditations: pd.DataFrame, units: pd.DataFrame
) -> Farthest | None:
    """What any post serves at most, of all organisations; None where no distance is known."""
    km = reaches(postings[postings["status"] == "active"], accreditations, units).dropna()
    if km.empty:
        return None
    row, iso3 = km.idxmax()
    return Farthest(float(km.max()), int(row), str(iso3))


def changed_areas(
    scenario: Scenario, before: Frames, after: Frames, units: pd.DataFrame
) -> pd.DataFrame:
    """One row per unit of the work area of each post that moves, is new, or serves others than
    before, with COLUMNS: `step` is one of STEPS, `beyond` that the post serves it from farther
    than any does before. A post that closes has none.
    """
    was, now = reaches(*before, units), reaches(*after, units)
    most = farthest(*before, units)
    posts = after[0]
    changed = posts.loc[(posts["kind"] == "LO") & (posts[CHANGE] != ""), ["row", CHANGE]]
    words = changed[CHANGE].str.split().map(lambda each: not {"move", "area", "add"}.isdisjoint(each))
    gone = {change.row for change in scenario.changes if isinstance(change, Close)}
    rows = set(changed.loc[words.astype(bool), "row"]) - gone
    both = pd.concat([was.rename("km_before"), now.rename("km_after")], axis="columns")
    both["step"] = np.select(
        [~both.index.isin(was.index), ~both.index.isin(now.index)], ["added", "dropped"], "kept"
    )
    limit = np.inf if most is None else most.km
    both["beyond"] = (both["km_after"] > limit) & ~(both["km_before"] > limit)
    found = both.reset_index()
    return found[found["row"].isin(rows)].sort_values(["row", "iso3"])[COLUMNS].reset_index(drop=True)
