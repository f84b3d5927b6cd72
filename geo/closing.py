"""Least missed: what it would cost to close each post, or two or three at once.

`lost`: countries that nobody serves any more. `single`: those that keep one posting of several.
`extra_km`: how much farther the nearest serving duty station is, summed over the countries that
stay served; a distance that is not known adds nothing. `cost`: the weight of what is lost, in
points as a new post would gain (`geo.placement.country_weights`), and of what is left to a single
posting the part SINGLE. Stored facts are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import HOME, PLANNED, served
from geo.errors import LimitError
from geo.options import Choice
from geo.ranking import SEVERITY
from geo.shapes import distance_km

POST = ["row", "organisation", "host", "city", "countries", "lost", "single", "extra_km", "cost"]
TOGETHER = ["rows", "lost", "single", "extra_km", "cost"]
# How bad a single posting is, of a country that nobody serves: as in the ranking of the gaps.
SINGLE = SEVERITY["single"] / SEVERITY["uncovered"]
MOST_AT_ONCE = 3
MOST_SETS = 30_000  # of posts that are looked at; three of 55 posts are 26,235 sets
FIRST = 50  # sets that are listed
EVERY_ORGANISATION = Choice()


@dataclass(frozen=True)
class Together:
    """Posts that close together: `sets` with TOGETHER as columns, the FIRST of `of` sets there are.

    `spared` of all sets leave every country served.
    """

    sets: pd.DataFrame
    spared: int
    of: int


def least_missed(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    weight: pd.Series,
    choice: Choice = EVERY_ORGANISATION,
) -> pd.DataFrame:
    """One row per active post of the choice with POST as columns, the least missed first.

    `countries` is how many it serves, abroad and its host. First those that cost no country its
    only officer, then by cost, extra kilometres and row. `lost` and `single` are lists of codes;
    `cost` is missing where a weight is. `weight` of `geo.placement.country_weights`.
    """
    network = _Network.of(postings, accreditations, units, choice)
    sets = np.arange(len(network.rows))[:, None]
    table, _ = network.closed(sets, weight, len(sets))
    table["row"] = table.pop("rows").map(lambda rows: rows[0])
    serves = pd.Series(network.serves.sum(axis=1), index=network.rows)
    table["countries"] = table["row"].map(serves)
    posts = postings.loc[postings["kind"] == "LO", ["row", "organisation", "host", "city"]]
    return table.merge(posts, on="row", how="left")[POST]


def least_missed_together(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    weight: pd.Series,
    at_once: int,
    choice: Choice = EVERY_ORGANISATION,
) -> Together:
    """The sets of `at_once` posts that are missed least when they close together.

    In the order of `least_missed`. Every set is looked at; raises LimitError where these are more
    than MOST_SETS, or fewer posts are there.
    """
    network = _Network.of(postings, accreditations, units, choice)
    posts = len(network.rows)
    if not 1 <= at_once <= min(MOST_AT_ONCE, posts):
        raise LimitError("closed_at_once", at_once=at_once, posts=posts)
    many = comb(posts, at_once)
    if many > MOST_SETS:
        raise LimitError("too_many_sets", sets=many, most=MOST_SETS)
    sets = np.array(list(combinations(range(posts), at_once)))
    return Together(*network.closed(sets, weight, FIRST), many)


@dataclass(frozen=True, eq=False)
class _Network:
    """Active posts by rows, the countries they serve by codes; `serves` and `km` are the pairs.

    Kilometres are whole and infinite where the post does not serve the country.
    """

    rows: npt.NDArray[np.int64]
    codes: npt.NDArray[np.object_]
    serves: npt.NDArray[np.bool_]
    km: npt.NDArray[np.float64]

    @classmethod
    def of(
        cls,
        postings: pd.DataFrame,
        accreditations: pd.DataFrame,
        units: pd.DataFrame,
        choice: Choice,
    ) -> _Network:
        pairs = served(postings, accreditations, choice)
        pairs = pairs[(pairs["kind"] == "LO") & (pairs["rank"] < PLANNED)]
        rows, codes = np.unique(pairs["row"].to_numpy(np.int64)), units["iso3"].to_numpy(object)
        column = pd.Index(codes).get_indexer(pd.Index(pairs["iso3"], dtype=object))
        abroad = (pairs["iso3"].to_numpy(object) != HOME) & (column >= 0)
        pairs, column = pairs[abroad], column[abroad]
        seats = (units[name].to_numpy(float)[column] for name in ("seat_lat", "seat_lon"))
        away = distance_km(pairs["lat"], pairs["lon"], *seats).round()
        at = np.searchsorted(rows, pairs["row"]), column
        serves = np.zeros((len(rows), len(codes)), dtype=bool)
        serves[at] = True
        km = np.full(serves.shape, np.inf)
        km[at] = np.where(np.isnan(away), np.inf, away)
        return cls(rows, codes, serves, km)

    def closed(
        self, sets: npt.NDArray[np.int64], weight: pd.Series, first: int
    ) -> tuple[pd.DataFrame, int]:
        """(the first sets of posts with TOGETHER as columns, how many sets lose no country)."""
        before = self.serves.sum(axis=0)
        after = before - sum(
            self.serves[sets[:, place]].astype(int) for place in range(sets.shape[1])
        )
        lost, single = (before > 0) & (after == 0), (before > 1) & (after == 1)
        points = weight.reindex(self.codes).to_numpy(dtype=float)
        # A weight that is not known makes the cost unknown, not smaller.
        value = np.nan_to_num(points)
        cost = lost @ value + SINGLE * (single @ value)
        cost[((lost | single) & np.isnan(points)).any(axis=1)] = np.nan
        extra = self._extra(sets, after > 0)
        table = pd.DataFrame({"loses": lost.any(axis=1), "cost": cost.round(1), "extra_km": extra})
        # Rows of the sets are in order already, so equal ones stay by row.
        order = table.sort_values(["loses", "cost", "extra_km"], kind="stable").index[:first]
        lists: dict[str, list[object]] = {
            "rows": [self.rows[each].tolist() for each in sets[order]],
            "lost": [sorted(self.codes[each]) for each in lost[order]],
            "single": [sorted(self.codes[each]) for each in single[order]],
        }
        named = table.loc[order].assign(
            **{name: pd.Series(cells, order, dtype=object) for name, cells in lists.items()}
        )
        return named[TOGETHER].reset_index(drop=True), int((~table["loses"]).sum())

    def _extra(
        self, sets: npt.NDArray[np.int64], stays: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.int64]:
        """Kilometres more to the nearest post that serves each country still, summed."""
        order = np.argsort(self.km, axis=0, kind="stable")[: sets.shape[1] + 1]
        nearest = np.take_along_axis(self.km, order, axis=0)
        after = np.full(stays.shape, np.inf)
        for rank in range(len(order) - 1, -1, -1):
            gone = np.zeros(stays.shape, dtype=bool)
            for place in range(sets.shape[1]):
                gone |= order[rank][None, :] == sets[:, place][:, None]
            after = np.where(gone, after, nearest[rank][None, :])
        counts = stays & np.isfinite(after) & np.isfinite(nearest[0])[None, :]
        more = np.where(counts, after, 0) - np.where(counts, nearest[0], 0)
        kilometres: npt.NDArray[np.int64] = more.sum(axis=1).astype(np.int64)
        return kilometres
