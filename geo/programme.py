"""The best covering as a mixed-integer programme (HiGHS), and what bounds the worth of a set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from time import perf_counter

import numpy as np
import scipy  # its parts are loaded when they are first used: most commands need none

from geo.covering import Covering, Floats, Places, Whole

TINY = 1e-6  # what the solver may be off, in units of weight
_LISTED = 150_000  # so many sets are listed, to see which a closer bound leaves


@dataclass(frozen=True)
class Prices:
    """What bounds every set: no set is worth more than `fixed` and the `each` of its places.

    A country has a price, which `fixed` counts once; a place adds what its best countries weigh
    `beyond` their prices. That holds for any prices (Lagrange); those of the relaxed problem bound
    best. In units of weight.
    """

    fixed: float
    each: Floats
    beyond: Floats

    def bound(self, posts: int) -> int:
        """The most weight that a set can have; its kilometres are less than one unit."""
        return ceil(self.fixed + float(np.sort(self.each)[-posts:].sum()) + TINY)

    def contenders(self, posts: int, floor: float) -> Places:
        """The places that can stand in a set worth `floor`."""
        order = np.argsort(-self.each, kind="stable")
        beside = self.each[order[: posts - 1]].sum()
        may = self.fixed + self.each + beside >= floor
        may[order[: posts - 1]] = True
        return tuple(int(place) for place in np.flatnonzero(may))

    def sets(self, covering: Covering, floor: float) -> list[tuple[float, Places]] | None:
        """(bound, places) of the sets that can be worth `floor`, highest bound first.

        None where there are more than _LISTED before pairs are looked at.
        """
        posts, order = covering.posts, np.argsort(-self.each, kind="stable")
        gain = self.each[order].tolist()
        listed: list[Places] = []
        bounds: list[float] = []
        stack: list[tuple[float, Places]] = [(self.fixed, ())]
        while stack:
            bound, chosen = stack.pop()
            left = posts - len(chosen)
            if not left:
                listed.append(chosen)
                bounds.append(bound)
                if len(listed) > _LISTED:
                    return None
                continue
            for at in range(chosen[-1] + 1 if chosen else 0, len(gain) - left + 1):
                if bound + sum(gain[at : at + left]) < floor:
                    break
                stack.append((bound + gain[at], (*chosen, at)))
        if not listed:
            return []
        places = np.sort(order[np.array(listed)], axis=1)
        bound_of = np.array(bounds) - self._common(covering, places)
        may = np.flatnonzero(bound_of >= floor)
        may = may[np.lexsort((*places[may].T[::-1], -bound_of[may]))]
        return [(float(bound_of[each]), tuple(places[each].tolist())) for each in may]

    def _common(self, covering: Covering, places: Whole) -> Floats:
        """What each set surely has less, because two of its places want the same countries.

        Of two pairs without a common place both count.
        """
        some = np.unique(places)
        at = np.searchsorted(some, places)
        overlap = np.zeros((len(some), len(some)))
        for one, other in combinations(range(len(some)), 2):
            pair = [int(some[one]), int(some[other])]
            if (self.beyond[pair] > 0).all(axis=0).any():
                both = covering.division(pair, self.beyond)
                together = sum(float(self.beyond[each]) for each in both)
                less = max(0.0, float(self.each[pair].sum()) - together)
                overlap[one, other] = overlap[other, one] = less
        shared = np.zeros(len(places))
        columns = range(places.shape[1])
        for one, other in combinations(columns, 2):
            first = overlap[at[:, one], at[:, other]]
            shared = np.maximum(shared, first)
            rest = [column for column in columns if column not in (one, other)]
            for third, fourth in combinations(rest, 2):
                shared = np.maximum(shared, first + overlap[at[:, third], at[:, fourth]])
        return shared


@dataclass(frozen=True)
class Answer:
    """`places` None: there is none, or none was seen in time; `bound` in units of weight."""

    places: Places | None
    bound: int
    proven: bool


class Programme:
    """The mixed-integer programme: a column for each place, then one for each pair in reach."""

    def __init__(self, covering: Covering) -> None:
        self.covering = covering
        self.place, self.country = np.nonzero(covering.reach)
        self.places = len(covering.reach)
        worth = covering.worth[self.place, self.country] / covering.scale
        self.cost = np.concatenate([np.zeros(self.places), -worth])
        self.rows, self.upper = self._limits()

    def _limits(self) -> tuple[scipy.sparse.csr_array, Floats]:
        """Rows that stay at most at their limit: a country once, a place full, a place open."""
        pairs, (places, countries) = len(self.place), self.covering.reach.shape
        ones, pair = np.ones(pairs), np.arange(pairs)
        away = ~self.covering.home[self.place, self.country]
        once = _matrix(ones, self.country, self.places + pair, (countries, places + pairs))
        full = _matrix(
            np.concatenate([ones[away], np.full(places, 1.0 - self.covering.most)]),
            np.concatenate([self.place[away], np.arange(places)]),
            np.concatenate([places + pair[away], np.arange(places)]),
            (places, places + pairs),
        )
        opened = _matrix(
            np.concatenate([ones, -ones]),
            np.concatenate([pair, pair]),
            np.concatenate([places + pair, self.place]),
            (pairs, places + pairs),
        )
        upper = np.concatenate([np.ones(countries), np.zeros(places + pairs)])
        return scipy.sparse.vstack([once, full, opened], format="csr"), upper

    def _sets(self, sets: Sequence[Places]) -> scipy.sparse.csr_array:
        """A row for each set, with a one for each of its places."""
        row = np.repeat(np.arange(len(sets)), self.covering.posts)
        column = np.array(sets, dtype=np.int64).ravel()
        return _matrix(np.ones(len(row)), row, column, (len(sets), len(self.cost)))

    def best(self, allowed: Places, listed: Sequence[Places], end: float) -> Answer:
        """The best set of the `allowed` places that is not `listed`."""
        left = end - perf_counter()
        most = int(self.covering.weights.sum())
        if left <= 0:
            return Answer(None, most, False)
        upper = np.ones(len(self.cost))
        upper[: self.places] = 0
        upper[list(allowed)] = 1
        chosen = np.concatenate([upper[: self.places] > 0, upper[self.place] > 0])
        # A pair of a place that is left out needs no row.
        rows = self.rows[:, chosen]
        used = np.diff(rows.indptr) > 0
        limits = [
            scipy.optimize.LinearConstraint(rows[used], -np.inf, self.upper[used]),
            scipy.optimize.LinearConstraint(
                self._chosen()[:, chosen], self.covering.posts, self.covering.posts
            ),
        ]
        if listed:
            others = self._sets(listed)[:, chosen]
            limits.append(scipy.optimize.LinearConstraint(others, -np.inf, self.covering.posts - 1))
        whole = np.arange(len(self.cost))[chosen] < self.places
        result = scipy.optimize.milp(
            self.cost[chosen],
            constraints=limits,
            bounds=scipy.optimize.Bounds(0, 1),
            integrality=whole.astype(int),
            options={"mip_rel_gap": 0, "time_limit": left},
        )
        return self._answer(result, np.flatnonzero(chosen), most)

    def _answer(self, result: scipy.optimize.OptimizeResult, columns: Whole, most: int) -> Answer:
        if result.status == 2:
            return Answer(None, 0, True)
        dual = result.get("mip_dual_bound")
        # The kilometres of a set are less than one unit of weight.
        sure = dual is not None and np.isfinite(dual)
        bound = min(most, ceil(-float(dual) - TINY)) if sure else most
        if result.x is None:
            return Answer(None, bound, False)
        opened = columns[(result.x > 0.5) & (columns < self.places)]
        return Answer(tuple(int(place) for place in opened), bound, result.status == 0)

    def prices(self, end: float) -> Prices:
        """The prices that the relaxed problem gives, in which places may be chosen in part."""
        countries = self.covering.reach.shape[1]
        chosen = self._chosen()
        relaxed = scipy.optimize.linprog(
            self.cost,
            A_ub=self.rows,
            b_ub=self.upper,
            A_eq=chosen,
            b_eq=[self.covering.posts],
            bounds=(0, None),
            method="highs-ipm",  # a quarter of the time of the simplex where there are many places
            options={"time_limit": max(0.1, end - perf_counter())},
        )
        price = np.zeros(countries)
        if relaxed.status == 0:
            price = np.maximum(-relaxed.ineqlin.marginals[:countries], 0)
        beyond = np.maximum(self.covering.worth / self.covering.scale - price, 0)
        at_home = np.where(self.covering.home, beyond, 0).sum(axis=1)
        others = np.sort(np.where(self.covering.home, 0, beyond), axis=1)[:, ::-1]
        each = at_home + others[:, : self.covering.most - 1].sum(axis=1)
        return Prices(float(price.sum()), each, beyond)

    def _chosen(self) -> scipy.sparse.csr_array:
        """The row that counts the chosen places."""
        column = np.arange(self.places)
        return _matrix(np.ones(self.places), column * 0, column, (1, len(self.cost)))


def _matrix(
    values: Floats, row: Whole, column: Whole, shape: tuple[int, int]
) -> scipy.sparse.csr_array:
    return scipy.sparse.csr_array(scipy.sparse.coo_array((values, (row, column)), shape=shape))
