"""Why one gap stands above another: components side by side, each 0 to 1, weighted by the reader.

The scales are fixed, so that a score does not change with what else is in the list:
population on a logarithm, from a thousand people (0) to a billion (1), because on a straight scale
two countries would leave all others at zero; distance from 0 to 5,000 km; an indicator of the
reader from 0, or its lowest value below 0, to its highest. What is not known is left out and
named, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.errors import DataError

# Component -> default weight, a proposal that the reader changes: first what is missing, then
# where our own police are, then for how many people.
WEIGHTS = {
    "kind": 5,
    "mission": 4,
    "population": 3,
    "distance": 2,
    "priority": 2,
    "channel": 1,
}
OWN = 3  # the default weight of an indicator of the reader
MOST = 5  # a weight is a whole number from 0 to this
# How bad a gap of each kind is; a unit with several has the worst.
SEVERITY = {
    "lost": 1.0,
    "mission_without_liaison": 1.0,
    "uncovered": 0.8,
    "partner_only": 0.6,
    "single": 0.4,
    "remote": 0.2,
}
FEW, MANY = 1e3, 1e9  # people
FAR_KM = 5000.0
PARTS = ["iso3", "component", "value", "normalised", "weight", "part"]


@dataclass(frozen=True)
class Values:
    """What each component is before it is normalised, for the same units in the same order.

    `components`: iso3 and one column per component. `in_mission` tells whether police are in a
    mission there, missing where unknown; `nearest` whether the distance is that to a station that
    does not serve the unit. They stand apart, for an indicator may have any name.
    """

    components: pd.DataFrame
    in_mission: pd.Series
    nearest: pd.Series


@dataclass(frozen=True)
class Ranking:
    """Units in order, and why.

    `scores`: iso3, score (0 to 100, one decimal), unknown (components left out), nearest (whether
    the distance is that to a station that does not serve the unit). `parts`: columns PARTS, one
    row per unit and component; the parts of a unit add up to its score, missing where unknown.
    """

    scores: pd.DataFrame
    parts: pd.DataFrame


def values(
    gaps: pd.DataFrame,
    nearest: pd.Series,
    populations: pd.DataFrame,
    priority: pd.DataFrame,
    members: pd.DataFrame,
    indicators: pd.DataFrame | None = None,
) -> Values:
    """What each component is of each row of `gaps`, before it is normalised.

    `gaps` of `geo.gaps`, with known kinds; `nearest` of `geo.gaps.nearest_km`; the others are the
    tables `populations`, `priority_countries` and `eu_members`; `indicators` has iso3 and a column
    per indicator. `kind` is the name of the worst kind, `mission` the officers in missions there,
    `channel` whether the unit is in the EU, and so reached through Europol.
    """
    iso3 = gaps["iso3"]
    people = populations.set_index("iso3")["population"]
    worst = sorted(SEVERITY, key=lambda kind: -SEVERITY[kind])
    # Who is not served has no distance to a serving post; a served unit may lack one too, where
    # the document prints no city, and then it is unknown.
    unserved = gaps["postings"].eq(0).fillna(False)
    found = pd.DataFrame(
        {
            "iso3": iso3,
            "population": iso3.map(people).astype("Float64"),
            "distance": gaps["distance_km"].where(~unserved, iso3.map(nearest)),
            "mission": gaps["officers"].astype("Float64"),
            "priority": iso3.isin(priority["iso3"]),
            "channel": iso3.isin(members["iso3"]),
            "kind": [_first(worst, kinds) for kinds in gaps["kinds"]],
        }
    )
    if indicators is not None:
        found = found.merge(indicators, on="iso3", how="left")
    in_mission = gaps["missions"].map(bool, na_action="ignore").astype("boolean")
    return Values(found, in_mission.set_axis(found.index), unserved.set_axis(found.index))


def _first(worst: list[str], kinds: object) -> str | None:
    """The worst of the kinds of a unit; None where it has none, or they are unknown."""
    return next((k for k in worst if isinstance(kinds, list) and k in kinds), None)


def normalised(found: Values) -> pd.DataFrame:
    """`values` -> iso3 and each component from 0 to 1; missing where it is unknown."""
    known = found.components.drop(columns="iso3")
    people = known["population"].astype(float).clip(lower=FEW)
    scaled = {
        "population": (np.log10(people / FEW) / np.log10(MANY / FEW)).clip(0, 1),
        "distance": (known["distance"].astype(float) / FAR_KM).clip(0, 1),
        "mission": found.in_mission.astype("Float64").astype(float),
        "priority": known["priority"].astype(float),
        "channel": 1.0 - known["channel"].astype(float),
        "kind": known["kind"].map(SEVERITY).astype(float),
    }
    for name in known.columns.difference(list(scaled), sort=False):
        column = known[name].astype(float)
        low, high = min(0.0, column.min()), column.max()
        scaled[name] = (column - low) / (high - low) if high > low else column * 0.0
    order = {name: scaled[name] for name in (*WEIGHTS, *scaled) if name in scaled}
    return pd.DataFrame({"iso3": found.components["iso3"]} | order)


def rank(found: Values, weights: Mapping[str, int], names: pd.Series) -> Ranking:
    """`values` in order: highest score first, then by name (`names` by code).

    Give it every unit and take from the result what is shown: an indicator is scaled over all.
    The score is the weighted mean over the known components, times 100; missing where no known
    component has a weight. A component without a weight has its default.
    """
    scaled = normalised(found).set_index("iso3")
    components = list(scaled.columns)
    weight = np.array([weights.get(name, WEIGHTS.get(name, OWN)) for name in components], float)
    table = scaled.to_numpy(dtype=float)
    known = ~np.isnan(table)
    total = (known * weight).sum(axis=1, keepdims=True)
    total[total == 0] = np.nan
    parts = 100 * np.nan_to_num(table) * weight / total
    # Rounded as they add up, so that the parts as shown make the score as shown.
    ends = np.round(np.cumsum(parts, axis=1), 1)
    parts = np.round(np.diff(ends, axis=1, prepend=0.0), 1)
    parts[~known] = np.nan
    scores = pd.DataFrame(
        {
            "iso3": scaled.index,
            "score": ends[:, -1],
            "unknown": [
                [c for c, k in zip(components, row, strict=True) if not k] for row in known
            ],
            "nearest": found.nearest.to_numpy(),
            "name": names.reindex(scaled.index).to_numpy(),
        }
    ).sort_values(["score", "name"], ascending=[False, True], na_position="last")
    raw = found.components.set_index("iso3")[components].astype(object)
    long = pd.DataFrame(
        {
            "iso3": np.repeat(scaled.index.to_numpy(), len(components)),
            "component": np.tile(components, len(scaled)),
            "value": raw.to_numpy().ravel(),
            "normalised": table.ravel().round(3),
            "weight": np.tile(weight.astype(int), len(scaled)),
            "part": parts.ravel(),
        }
    )
    return Ranking(scores.drop(columns="name").reset_index(drop=True), long)


def as_drawn(found: Ranking) -> pd.DataFrame:
    """`found.parts` for bars that are as long as the score, whatever of a unit is unknown.

    The parts that are known are those over the weights of all components, so that they compare from
    one unit to another; an unknown component takes up the rest: what the score supposes of it, as
    much as the mean of what is known. `normalised` stays missing there.
    """
    parts = found.parts
    score = parts["iso3"].map(found.scores.set_index("iso3")["score"]).astype(float)
    weight = parts["weight"].astype(float)
    of = parts["iso3"]
    whole = weight.groupby(of).transform("sum")
    unknown = parts["normalised"].isna()
    of_whole = (100 * parts["normalised"] * weight / whole).mask(unknown, score * weight / whole)
    drawn = parts["part"].where(~unknown.groupby(of).transform("any"), of_whole)
    # Rounded as they add up, as in `rank`.
    ends = drawn.groupby(of).cumsum().round(1)
    return parts.assign(part=(ends - ends.groupby(of).shift(fill_value=0.0)).round(1))


def checked(weights: Mapping[str, object], known: list[str], where: str) -> dict[str, int]:
    """The weights as whole numbers; raises DataError for another component or number."""
    found = {}
    for name, weight in weights.items():
        if name not in known:
            advice = f"Use one of {', '.join(known)}."
            raise DataError(where, "there is no such component", value=name[:80], advice=advice)
        whole = isinstance(weight, int) and not isinstance(weight, bool) and 0 <= weight <= MOST
        if not whole:
            advice = f"Write a whole number from 0 to {MOST}."
            shown = str(weight)[:80]
            raise DataError(where, "this is no weight", column=name, value=shown, advice=advice)
        assert isinstance(weight, int)
        found[name] = weight
    return found
