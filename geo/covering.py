"""The best set of places under limits: the maximal covering problem with a limit to each place.

Places (rows) may serve countries (columns) that weigh something. A chosen place serves at most
`most` countries, of which one is its own; each country counts once. The best set has the most
weight; of equal ones the fewest kilometres. HiGHS solves it exactly, as a mixed-integer programme;
what a set is worth is counted apart from it, in whole numbers.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import ceil
from time import perf_counter

import numpy as np
import numpy.typing as npt
from scipy.optimize import (
    Bounds,
    LinearConstraint,
    OptimizeResult,
    linear_sum_assignment,
    linprog,
    milp,
)
from scipy.sparse import coo_array, csr_array, vstack

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = tuple[int, ...]
# Called with how many steps are done and how many there are.
Progress = Callable[[int, int], None]
_TINY = 1e-6  # what the solver may be off, in units of weight
_MANY = 6_000  # so many sets that a bound leaves are measured one by one
_SWAPS = 4  # rounds of looking for a better set nearby


@dataclass(frozen=True, eq=False)
class Covering:
    """`weights` of the countries, whole and above 0; `km`, `reach` and `home` are places by
    countries: whole kilometres, whether the place may serve it, whether it stands in it.

    A place serves the country it stands in beside `most` - 1 others. `posts` places are chosen.
    """

    weights: Whole
    km: Whole
    reach: Flags
    home: Flags
    most: int
    posts: int

    @cached_property
    def scale(self) -> int:
        """More than the kilometres of any set: one unit of weight outweighs them all."""
        farthest = int(np.where(self.reach, self.km, 0).max(initial=0))
        return 1 + self.posts * self.most * farthest

    @cached_property
    def worth(self) -> Whole:
        """Places by countries: weight first, then kilometres, as one whole number; 0 = no reach."""
        return np.where(self.reach, self.weights * self.scale - self.km, 0)

    def assignment(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """(place, country) of the best division of the countries over those places."""
        owners: list[int] = []
        rows: list[Whole] = []
        for place in places:
            others = np.where(self.home[place], 0, self.worth[place])
            slots = min(self.most - 1, int((others > 0).sum()))
            at_home = np.where(self.home[place], self.worth[place], 0)
            owners += [place] * (slots + 1)
            rows += [at_home, *[others] * slots]
        if not rows:
            return []
        table = np.array(rows)
        columns = np.flatnonzero(table.any(axis=0))
        slot, column = linear_sum_assignment(table[:, columns], maximize=True)
        used = table[slot, columns[column]] > 0
        pairs = zip(slot[used].tolist(), columns[column[used]].tolist(), strict=True)
        return sorted((owners[each], country) for each, country in pairs)

    def value(self, places: Sequence[int]) -> int:
        """What a set is worth: its weight times `scale`, less its kilometres."""
        return sum(int(self.worth[pair]) for pair in self.assignment(places))

    def gain(self, places: Sequence[int]) -> int:
        """The weight of the countries that a set serves."""
        return sum(int(self.weights[country]) for _, country in self.assignment(places))

    @cached_property
    def alone(self) -> Whole:
        """What each place by itself is worth: the country it stands in and its best others."""
        others = np.sort(np.where(self.home, 0, self.worth), axis=1)[:, ::-1]
        at_home = np.where(self.home, self.worth, 0).sum(axis=1)
        best: Whole = at_home + others[:, : self.most - 1].sum(axis=1)
        return best

    def greedy(self) -> Places:
        """One place after another, each the one that adds most to those before it.

        What a place adds never grows with those before it, so most need no second look.
        """
        waiting = [(-int(worth), place) for place, worth in enumerate(self.alone)]
        heapify(waiting)
        chosen: list[int] = []
        total = 0
        looked: dict[int, int] = {}
        while len(chosen) < self.posts:
            _, place = heappop(waiting)
            if looked.get(place, 0) == len(chosen):
                chosen.append(place)
                total = self.value(chosen)
            else:
                looked[place] = len(chosen)
                heappush(waiting, (total - self.value([*chosen, place]), place))
        return tuple(chosen)


@dataclass(frozen=True)
class Sets:
    """The best sets, best first, each sorted; `proven` of them, from the first, surely are.

    `bound` is the most weight that any set can have, proven; that of the first where it is proven.
    """

    sets: tuple[Places, ...]
    bound: int
    proven: int


def best_sets(
    covering: Covering, number: int, seconds: float, progress: Progress | None = None
) -> Sets:
    """The `number` best sets, each the best of those that do not stand before it.

    After `seconds` what is there is returned. Sets of equal weight and kilometres stand in the
    order of their places.
    """
    tell = progress or (lambda done, steps: None)
    end = perf_counter() + seconds
    tell(0, number)
    programme = _Programme(covering)
    seen = _nearby(covering, end)
    best = min(seen, key=lambda places: (-seen[places], places))
    prices = programme.prices(end)
    within = prices.sets(covering.posts, _floor(covering, seen, number), _MANY)
    if within is not None:
        measured = _measured(covering, within, number, end, tell)
        if measured:
            tell(number, number)
            return Sets(tuple(measured), covering.gain(measured[0]), len(measured))
    floor = seen[best] / covering.scale - _TINY
    first = programme.best(prices.contenders(covering.posts, floor), [], end)
    if not first.proven:
        options = [best, *([first.places] if first.places else [])]
        best = max(options, key=covering.value)
        return Sets((best,), min(first.bound, prices.bound(covering.posts)), 0)
    assert first.places is not None
    allowed = prices.contenders(covering.posts, _floor(covering, seen, number))
    sets = _excluding(programme, allowed, first.places, number, end, tell)
    tell(number, number)
    ordered = sorted(sets, key=lambda places: (-covering.value(places), places))
    return Sets(tuple(ordered), covering.gain(ordered[0]), len(ordered))


def _excluding(
    programme: _Programme,
    allowed: Places,
    first: Places,
    number: int,
    end: float,
    tell: Progress,
) -> list[Places]:
    """The best `number` sets from the `first` on: all that stand there are excluded each time."""
    listed = [first]
    while len(listed) < number:
        tell(len(listed), number)
        after = programme.best(allowed, listed, end)
        if not after.proven or after.places is None:
            break
        listed.append(after.places)
    return listed


def _measured(
    covering: Covering,
    within: list[tuple[float, Places]],
    number: int,
    end: float,
    tell: Progress,
) -> list[Places]:
    """The best `number` of the sets with their bounds, highest bound first; empty for no time."""
    best: list[tuple[int, Places]] = []
    for done, (bound, places) in enumerate(within):
        if done % 500 == 0:
            tell(number * done // len(within), number)
        if len(best) >= number and bound < best[number - 1][0] / covering.scale - _TINY:
            break
        insort(best, (covering.value(places), places), key=lambda each: (-each[0], each[1]))
        if perf_counter() > end:
            return []
    return [places for _, places in best[:number]]


def _nearby(covering: Covering, end: float) -> dict[Places, int]:
    """Good sets with what they are worth: the one chosen place by place, then the best of all that
    differ from it in one place, and so on while that is better or time is left."""
    best = tuple(sorted(covering.greedy()))
    seen = {best: covering.value(best)}
    for _ in range(_SWAPS):
        start = best
        for out in start:
            rest = [place for place in start if place != out]
            for place in range(len(covering.reach)):
                if place not in start:
                    places = tuple(sorted([*rest, place]))
                    seen[places] = covering.value(places)
            if perf_counter() > end:
                return seen
        best = min(seen, key=lambda places: (-seen[places], places))
        if best == start:
            break
    return seen


def _floor(covering: Covering, seen: dict[Places, int], number: int) -> float:
    """What the best `number` sets are surely worth, in units of weight, by those that were seen."""
    if len(seen) < number:
        return -np.inf
    return sorted(seen.values())[-number] / covering.scale - _TINY


@dataclass(frozen=True)
class _Prices:
    """What bounds every set: no set is worth more than `fixed` and the `each` of its places.

    A country has a price, which `fixed` counts once; a place adds what its best countries weigh
    beyond their prices. That holds for any prices (Lagrange); those of the relaxed problem bound
    best. In units of weight.
    """

    fixed: float
    each: Floats

    def bound(self, posts: int) -> int:
        """The most weight that a set can have; its kilometres are less than one unit."""
        return ceil(self.fixed + float(np.sort(self.each)[-posts:].sum()) + _TINY)

    def contenders(self, posts: int, floor: float) -> Places:
        """The places that can stand in a set worth `floor`."""
        order = np.argsort(-self.each, kind="stable")
        beside = self.each[order[: posts - 1]].sum()
        may = self.fixed + self.each + beside >= floor
        may[order[: posts - 1]] = True
        return tuple(int(place) for place in np.flatnonzero(may))

    def sets(self, posts: int, floor: float, most: int) -> list[tuple[float, Places]] | None:
        """(bound, places) of the sets that can be worth `floor`, highest bound first.

        None where there are more than `most`.
        """
        order = np.argsort(-self.each, kind="stable")
        gain = self.each[order].tolist()
        within: list[tuple[float, Places]] = []
        stack: list[tuple[float, Places]] = [(self.fixed, ())]
        while stack:
            bound, chosen = stack.pop()
            left = posts - len(chosen)
            if not left:
                within.append((bound, tuple(sorted(int(order[each]) for each in chosen))))
                if len(within) > most:
                    return None
                continue
            for at in range(chosen[-1] + 1 if chosen else 0, len(gain) - left + 1):
                if bound + sum(gain[at : at + left]) < floor:
                    break
                stack.append((bound + gain[at], (*chosen, at)))
        return sorted(within, key=lambda each: (-each[0], each[1]))


@dataclass(frozen=True)
class _Answer:
    """`places` None: there is none, or none was seen in time; `bound` in units of weight."""

    places: Places | None
    bound: int
    proven: bool


class _Programme:
    """The mixed-integer programme: a column for each place, then one for each pair in reach."""

    def __init__(self, covering: Covering) -> None:
        self.covering = covering
        self.place, self.country = np.nonzero(covering.reach)
        self.places = len(covering.reach)
        worth = covering.worth[self.place, self.country] / covering.scale
        self.cost = np.concatenate([np.zeros(self.places), -worth])
        self.rows, self.upper = self._limits()

    def _limits(self) -> tuple[csr_array, Floats]:
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
        return vstack([once, full, opened], format="csr"), upper

    def _sets(self, sets: Sequence[Places]) -> csr_array:
        """A row for each set, with a one for each of its places."""
        row = np.repeat(np.arange(len(sets)), self.covering.posts)
        column = np.array(sets, dtype=np.int64).ravel()
        return _matrix(np.ones(len(row)), row, column, (len(sets), len(self.cost)))

    def best(self, allowed: Places, listed: Sequence[Places], end: float) -> _Answer:
        """The best set of the `allowed` places that is not `listed`."""
        left = end - perf_counter()
        most = int(self.covering.weights.sum())
        if left <= 0:
            return _Answer(None, most, False)
        upper = np.ones(len(self.cost))
        upper[: self.places] = 0
        upper[list(allowed)] = 1
        chosen = np.concatenate([upper[: self.places] > 0, upper[self.place] > 0])
        # A pair of a place that is left out needs no row.
        rows = self.rows[:, chosen]
        used = np.diff(rows.indptr) > 0
        limits = [
            LinearConstraint(rows[used], -np.inf, self.upper[used]),
            LinearConstraint(self._chosen()[:, chosen], self.covering.posts, self.covering.posts),
        ]
        if listed:
            others = self._sets(listed)[:, chosen]
            limits.append(LinearConstraint(others, -np.inf, self.covering.posts - 1))
        whole = np.arange(len(self.cost))[chosen] < self.places
        result = milp(
            self.cost[chosen],
            constraints=limits,
            bounds=Bounds(0, 1),
            integrality=whole.astype(int),
            options={"mip_rel_gap": 0, "time_limit": left},
        )
        return self._answer(result, np.flatnonzero(chosen), most)

    def _answer(self, result: OptimizeResult, columns: Whole, most: int) -> _Answer:
        if result.status == 2:
            return _Answer(None, 0, True)
        dual = result.get("mip_dual_bound")
        # The kilometres of a set are less than one unit of weight.
        sure = dual is not None and np.isfinite(dual)
        bound = min(most, ceil(-float(dual) - _TINY)) if sure else most
        if result.x is None:
            return _Answer(None, bound, False)
        opened = columns[(result.x > 0.5) & (columns < self.places)]
        return _Answer(tuple(int(place) for place in opened), bound, result.status == 0)

    def prices(self, end: float) -> _Prices:
        """The prices that the relaxed problem gives, in which places may be chosen in part."""
        countries = self.covering.reach.shape[1]
        chosen = self._chosen()
        relaxed = linprog(
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
        return _Prices(float(price.sum()), each)

    def _chosen(self) -> csr_array:
        """The row that counts the chosen places."""
        column = np.arange(self.places)
        return _matrix(np.ones(self.places), column * 0, column, (1, len(self.cost)))


def _matrix(values: Floats, row: Whole, column: Whole, shape: tuple[int, int]) -> csr_array:
    return csr_array(coo_array((values, (row, column)), shape=shape))
