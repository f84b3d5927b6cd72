"""Why one gap stands above another: components side by side, each 0 to 1, weighted by the reader.

Every fact counts in one component only: who serves in `kind`, our police in `mission`. The scales
of our own components are fixed, so that a score does not change with what else is in the list:
population on a logarithm, from a hundred thousand people (0) to a billion (1), so that a small
state is not carried by its distance alone; distance from 0 to 5,000 km; officers in missions from
0 to 5. An indicator of the reader is scaled as the reader says (`Scaling`).

What is printed can be checked by hand: a component adds its share of 100, to one decimal, times
its value, to three; a score is the sum of what its components add.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import DataError
from geo.options import BASES, CURVES, UNKNOWNS

# Component -> default weight, a proposal that the reader changes. Together they are 20, so that
# each step is 5 points of the score. Decision 0010 lists the first twenty that they give.
WEIGHTS = {
    "kind": 5,
    "mission": 3,
    "population": 5,
    "distance": 2,
    "priority": 3,
    "channel": 2,
}
OWN = 3  # the default weight of an indicator of the reader
MOST = 5  # a weight is a whole number from 0 to this
# How bad it is who serves, or that nobody does; a unit with several kinds has the worst. Police in
# a mission there are a component of their own.
SEVERITY = {
    "lost": 1.0,
    "uncovered": 0.9,
    "partner_only": 0.6,
    "single": 0.4,
    "remote": 0.2,
}
FEW, MANY = 1e5, 1e9  # people
FAR_KM = 5000.0
FULL = 5  # officers in missions
FIRST = 20  # of a ranking, whose places the sensitivity looks at
PARTS = ["iso3", "component", "value", "normalised", "weight", "part"]
SENSITIVITY = ["component", "weight", "changed", "first", "stay", "moved", "enter", "leave", "top"]


@dataclass(frozen=True)
class Scaling:
    """How an indicator of the reader becomes 0 to 1, and how a missing value counts.

    `basis`: its ends are those of "all" units that have a figure, or of the "gaps" that are shown.
    `curve`: "straight" from 0 (or a lower lowest value) to the highest, "log" from the lowest
    value above 0 to the highest, "rank" by place. `unknown`: a missing value of any component is
    left "out" of the mean, or counts as the "middle", 0.5.
    """

    basis: str = BASES[0]
    curve: str = CURVES[0]
    unknown: str = UNKNOWNS[0]


USUAL = Scaling()


@dataclass(frozen=True)
class Values:
    """What each component is before it is normalised, for the same units in the same order.

    `components`: iso3 and one column per component. `nearest` tells whether the distance is that
    to a station that does not serve the unit; it stands apart, for an indicator may have any name.
    """

    components: pd.DataFrame
    nearest: pd.Series


class Score(NamedTuple):
    """The score of a unit, what of it is supposed, and the components without a value.

    `score` is missing where no known component has a weight, `supposed` where nothing is.
    """

    score: float | None
    supposed: float | None
    unknown: list[str]


@dataclass(frozen=True)
class Ranking:
    """Units in order, and why.

    `scores`: iso3, score (0 to 100, one decimal), supposed (what of it stands for what is unknown;
    missing where nothing does), unknown (components without a value), nearest (whether the
    distance is that to a station that does not serve the unit). `components` in their order, with
    the `weights` of each. `normalised` (0 to 1) and `added` (to the score) have a row per unit of
    `values` and a column per component, missing where the value is; what is added to the score of
    a unit and what is supposed make the score.
    """

    scores: pd.DataFrame
    components: list[str]
    weights: npt.NDArray[np.int64]
    values: Values
    normalised: npt.NDArray[np.float64]
    added: npt.NDArray[np.float64]

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The same in columns PARTS, one row per unit and component."""
        units = self.values.components["iso3"]
        raw = self.values.components[self.components].astype(object)
        return pd.DataFrame(
            {
                "iso3": np.repeat(units.to_numpy(), len(self.components)),
                "component": np.tile(self.components, len(units)),
                "value": raw.to_numpy().ravel(),
                "normalised": self.normalised.ravel(),
                "weight": np.tile(self.weights, len(units)),
                "part": self.added.ravel(),
            }
        )

    @cached_property
    def by_unit(self) -> dict[str, Score]:
        """iso3 -> its score, in the order of the ranking."""
        numbers = (map(_number, self.scores[name].tolist()) for name in ("score", "supposed"))
        scores = map(Score, *numbers, self.scores["unknown"].tolist())
        return dict(zip(self.scores["iso3"].tolist(), scores, strict=True))

    @cached_property
    def rows(self) -> dict[str, int]:
        """iso3 -> its row in `normalised` and `added`."""
        return {code: row for row, code in enumerate(self.values.components["iso3"].tolist())}

    @cached_property
    def worst(self) -> dict[str, str | None]:
        """iso3 -> its worst kind of gap, "none" where it has none, None where they are unknown."""
        kinds = self.values.components["kind"].tolist()
        return dict(zip(self.rows, (k if isinstance(k, str) else None for k in kinds), strict=True))

    def added_to(self, iso3: str) -> dict[str, float | None]:
        """Component -> what it adds to the score of a unit; None where its value is unknown."""
        cells = self.added[self.rows[iso3]].tolist()
        return dict(zip(self.components, map(_number, cells), strict=True))


def _number(number: float) -> float | None:
    return None if math.isnan(number) else number


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
    table = pd.DataFrame(
        {
            "iso3": iso3,
            "population": iso3.map(people).astype("Float64"),
            "distance": gaps["distance_km"].where(~unserved, iso3.map(nearest)),
            "mission": gaps["officers"].astype("Float64"),
            "priority": iso3.isin(priority["iso3"]),
            "channel": iso3.isin(members["iso3"]),
            "kind": [_worst(worst, kinds) for kinds in gaps["kinds"]],
        }
    )
    if indicators is not None:
        table = table.merge(indicators, on="iso3", how="left")
    return Values(table, unserved.set_axis(table.index))


def _worst(worst: list[str], kinds: object) -> str | None:
    """The worst of the kinds of a unit, "none" where it has none; None where they are unknown."""
    if not isinstance(kinds, list):
        return None
    return next((kind for kind in worst if kind in kinds), "none")


def normalised(
    values: Values, scaling: Scaling = USUAL, among: Collection[str] | None = None
) -> pd.DataFrame:
    """`values` -> iso3 and each component from 0 to 1, three decimals; missing where unknown.

    `among`: the units that give an indicator its ends where `scaling` has the basis "gaps" (None:
    all). Raises DataError where an indicator below zero is to stand on a logarithm.
    """
    components = values.components
    numbers = ("population", "distance", "mission", "priority", "channel")
    people, km, officers, priority, channel = (
        components[name].to_numpy(dtype=float, na_value=np.nan) for name in numbers
    )
    bad = SEVERITY | {"none": 0.0}
    scaled: dict[str, Any] = {
        "population": np.log10(np.maximum(people, FEW) / FEW) / np.log10(MANY / FEW),
        "distance": km / FAR_KM,
        "mission": officers / FULL,
        "priority": priority,
        "channel": 1.0 - channel,
        "kind": np.array(
            [bad.get(kind, np.nan) for kind in components["kind"].tolist()], dtype=float
        ),
    }
    scaled = {name: np.clip(cells, 0, 1) for name, cells in scaled.items()}
    own = [str(name) for name in components if name not in scaled and name != "iso3"]
    if own:
        ends = pd.Series(True, components.index)
        if scaling.basis == "gaps" and among is not None:
            ends = components["iso3"].isin(among)
        for name in own:
            column = components[name].astype(float)
            scaled[name] = _scaled(column, column[ends].dropna(), scaling.curve).to_numpy()
    order = {name: scaled[name].round(3) for name in (*WEIGHTS, *own)}
    return pd.DataFrame({"iso3": components["iso3"]} | order)


def _scaled(column: pd.Series, ends: pd.Series, curve: str) -> pd.Series:
    """The figures of an indicator from 0 to 1; `ends` are those that give the scale its ends."""
    if ends.empty:
        return column * np.nan
    if curve == "rank":
        return _places(column, ends)
    if curve == "log":
        if (column < 0).any():
            raise DataError("below_zero_on_logarithm", "indicator", column=str(column.name))
        above = ends[ends > 0]
        if above.empty:
            return column * 0.0
        # What is zero stands at the lowest end; no logarithm reaches it.
        column, ends = np.log10(column.clip(lower=above.min())), np.log10(above)
        low, high = float(ends.min()), float(ends.max())
        if high == low:
            return (column >= high).astype(float).where(column.notna())
    else:
        low, high = min(0.0, float(ends.min())), float(ends.max())
    scaled = (column - low) / (high - low) if high > low else column * 0.0
    return scaled.clip(0, 1)


def _places(column: pd.Series, ends: pd.Series) -> pd.Series:
    """The place of each figure among `ends`, lowest 0 and highest 1; equal ones share theirs."""
    order, most = np.sort(ends.to_numpy()), len(ends) - 1
    figures = column.to_numpy(dtype=float)
    below = np.searchsorted(order, figures, "left")
    upto = np.searchsorted(order, figures, "right")
    place = (below + upto - 1) / 2 / most if most else np.full(len(figures), 0.5)
    return pd.Series(np.clip(place, 0, 1), column.index).where(column.notna())


def shares(weights: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The most that each component can add, in tenths of a point, of rows of weights.

    Each is rounded by itself, so that equal weights have equal shares; all down where they would
    make more than 100 together. A row without weights has none.

    >>> shares(np.array([[5, 3, 0], [1, 1, 1]])).tolist()
    [[625, 375, 0], [333, 333, 333]]
    """
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1)
    nearest = (2000 * weights + total) // (2 * total)
    over = nearest.sum(axis=1, keepdims=True) > 1000
    tenths: npt.NDArray[np.int64] = np.where(over, 1000 * weights // total, nearest)
    return tenths


def _weighed(
    table: npt.NDArray[np.float64], weight: npt.NDArray[np.int64], unknown: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(parts, what is supposed of the unknown ones, scores), missing where there is none.

    `table`: a row per unit, a column per component, from 0 to 1 with three decimals.
    """
    is_known = ~np.isnan(table)
    counted = is_known if unknown == "out" else np.ones_like(is_known)
    share = shares(np.where(counted, weight, 0).astype(np.int64))
    value = np.where(is_known, np.nan_to_num(table) * 1000, 500).round().astype(np.int64)
    tenths = (share * value + 500) // 1000
    scored = (is_known * weight).sum(axis=1) > 0
    parts = np.where(is_known & scored[:, None], tenths / 10, np.nan)
    supposed = np.where(is_known, 0, tenths).sum(axis=1)
    score = np.where(scored, tenths.sum(axis=1) / 10, np.nan)
    return parts, np.where(scored & (supposed > 0), supposed / 10, np.nan), score


def rank(
    values: Values,
    weights: Mapping[str, int],
    names: pd.Series,
    scaling: Scaling = USUAL,
    among: Collection[str] | None = None,
) -> Ranking:
    """`values` in order: highest score first, then by name (`names` by code).

    The score is the weighted mean of the components, times 100, as the sum of its printed parts;
    missing where no known component has a weight. A component without a weight has its default.
    `among` and the error of `normalised`.
    """
    scaled = normalised(values, scaling, among).drop(columns="iso3")
    components, table = list(scaled.columns), scaled.to_numpy(dtype=float)
    weight = _weights(components, weights)
    parts, supposed, score = _weighed(table, weight, scaling.unknown)
    codes = values.components["iso3"]
    named = names.reindex(codes).tolist()
    placed = [-number if number == number else math.inf for number in score.tolist()]
    order = sorted(range(len(codes)), key=lambda row: (placed[row], named[row]))
    lacking = [
        [name for name, one in zip(components, row, strict=True) if one] for row in np.isnan(table)
    ]
    scores = pd.DataFrame(
        {
            "iso3": codes.array.take(order),
            "score": score[order],
            "supposed": supposed[order],
            "unknown": pd.Series([lacking[row] for row in order], dtype=object),
            "nearest": values.nearest.to_numpy()[order],
        }
    )
    return Ranking(scores, components, weight, values, table, parts)


def _weights(components: list[str], weights: Mapping[str, int]) -> npt.NDArray[np.int64]:
    return np.array([weights.get(n, WEIGHTS.get(n, OWN)) for n in components], np.int64)


def sensitivity(ranking: Ranking, codes: list[str], unknown: str = UNKNOWNS[0]) -> pd.DataFrame:
    """What one step of one weight changes in the first of `codes`, with columns SENSITIVITY.

    `codes` are the units that are listed, in their order, with a score; `unknown` as in `Scaling`.
    One row per component and step that a weight can take. `first` is how many places are looked at
    (FIRST, or half of a shorter list), `stay` how many of the units there keep a place among them,
    `moved` the most places that one of them goes up or down, `enter` and `leave` who comes and
    goes, `top` who then stands first. Equal scores keep the order of `codes`.
    """
    table = ranking.normalised[[ranking.rows[code] for code in codes]]
    weight = ranking.weights
    first = min(FIRST, max(1, len(codes) // 2))
    rows: list[dict[str, object]] = []
    for at, name in enumerate(ranking.components if codes else []):
        for changed in (weight[at] - 1, weight[at] + 1):
            if not 0 <= changed <= MOST:
                continue
            other = weight.copy()
            other[at] = changed
            score = _weighed(table, other, unknown)[2]
            placed = np.argsort(-np.nan_to_num(score, nan=-1.0), kind="stable")
            after = [codes[place] for place in placed]
            place_of = {code: place for place, code in enumerate(after)}
            moved = [abs(place_of[code] - place) for place, code in enumerate(codes[:first])]
            leave = [code for code in codes[:first] if code not in after[:first]]
            enter = [code for code in after[:first] if code not in codes[:first]]
            cells = (name, int(weight[at]), int(changed), first, first - len(leave), max(moved))
            rows.append(dict(zip(SENSITIVITY, (*cells, enter, leave, after[0]), strict=True)))
    return pd.DataFrame(rows, columns=SENSITIVITY)


def checked(weights: Mapping[str, object], names: list[str], where: str) -> dict[str, int]:
    """The weights as whole numbers; raises DataError for another component or number."""
    result = {}
    for name, weight in weights.items():
        if name not in names:
            raise DataError("no_such_component", where, value=name[:80], components=tuple(names))
        whole = isinstance(weight, int) and not isinstance(weight, bool) and 0 <= weight <= MOST
        if not whole:
            written = str(weight)[:80]
            raise DataError("no_weight", where, column=name, value=written, most=MOST)
        assert isinstance(weight, int)
        result[name] = weight
    return result
