"""The work areas that a scenario changes: what each post serves, and how far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.coverage import HOME, served
from geo.options import Choice
from geo.scenario import Move, Scenario
from geo.shapes import distance_km
from geo.whatif import CHANGE, Frames, handovers

COLUMNS = ["row", "iso3", "step", "km_before", "km_after", "beyond"]
STEPS = ("kept", "added", "dropped")
_AREA_CHANGES = {"move", "area", "add"}  # in the column CHANGE


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
    serving = served(postings, accreditations, Choice(planned=True))
    serving = serving[serving["iso3"] != HOME].merge(
        units[["iso3", "capital_lat", "capital_lon"]], on="iso3"
    )
    away = distance_km(
        serving["lat"], serving["lon"], serving["capital_lat"], serving["capital_lon"]
    )
    index = pd.MultiIndex.from_arrays([serving["row"], serving["iso3"]], names=["row", "iso3"])
    return pd.Series(away, index=index).round()


def farthest(
    postings: pd.DataFrame, accreditations: pd.DataFrame, units: pd.DataFrame
) -> Farthest | None:
    """What any post serves at most, of all organisations; None where no distance is known."""
    km = reaches(postings[postings["status"] == "active"], accreditations, units).dropna()
    if km.empty:
        return None
    most = km.sort_values(kind="stable").reset_index().iloc[-1]
    return Farthest(float(km.max()), int(most["row"]), str(most["iso3"]))


@dataclass(frozen=True, eq=False)
class WorkAreas:
    """The work areas that a scenario changes.

    `units` has COLUMNS, a row per unit that a post gets, drops, or serves from another distance,
    for each post that moves, is new or serves others than before; `step` is one of STEPS, `beyond`
    that it serves the unit from farther than any post does before. A post that closes is not among
    them, nor what stays as it was. `handed` is
    row of a post that moves -> unit -> row of the post that takes it over.
    """

    units: pd.DataFrame
    farthest: Farthest | None
    handed: dict[int, dict[str, int]]

    def of(self, row: int, step: str) -> pd.DataFrame:
        """The units of one post that it keeps, gets or drops."""
        return self.units[(self.units["row"] == row) & (self.units["step"] == step)]


def work_areas(scenario: Scenario, before: Frames, after: Frames, units: pd.DataFrame) -> WorkAreas:
    """Compare the work areas before a scenario and after; postings with `lat` and `lon`."""
    was, now = reaches(*before, units), reaches(*after, units)
    most = farthest(*before, units)
    distances = pd.concat([was.rename("km_before"), now.rename("km_after")], axis="columns")
    was_served, stays = distances.index.isin(was.index), distances.index.isin(now.index)
    distances["step"] = np.select([~was_served, ~stays], ["added", "dropped"], "kept")
    limit = np.inf if most is None else most.km
    distances["beyond"] = (distances["km_after"] > limit) & ~(distances["km_before"] > limit)
    posts = after[0]
    words = posts[CHANGE].map(lambda done: not _AREA_CHANGES.isdisjoint(done.split())).astype(bool)
    rows = posts.loc[(posts["kind"] == "LO") & words, "row"]
    table = distances.reset_index()
    same = (table["step"] == "kept") & (
        table["km_after"].fillna(-1) == table["km_before"].fillna(-1)
    )
    table = table[table["row"].isin(rows) & ~same].sort_values(["row", "iso3"])
    moves = [change for change in scenario.changes if isinstance(change, Move) and change.takers]
    handed = {move.row: handovers(move, before[1], posts, units) for move in moves}
    return WorkAreas(table[COLUMNS].reset_index(drop=True), most, handed)
