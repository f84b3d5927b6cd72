"""The best sets of places of a covering: exact, best first, or the best seen in time with a bound.

The maximal covering problem with a limit to each place. The relaxed problem bounds every set, so
that all sets which can be among the best are listed and measured. Where these are too many, the
mixed-integer programme is solved, and again with all that is listed excluded.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from geo.covering import Covering, Places
from geo.programme import TINY, Programme

# Called with how many steps are done and how many there are.
Progress = Callable[[int, int], None]
_MANY = 6_000  # so many sets that a bound leaves are measured one by one
_SWAPS = 4  # rounds of looking for a better set nearby


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
    if covering.posts == 1:
        tell(number, number)
        return _single(covering, number)
    programme = Programme(covering)
    nearby = _nearby(covering, end)
    best = min(nearby, key=lambda places: (-nearby[places], places))
    prices = programme.prices(end)
    within = prices.sets(covering, _floor(covering, nearby, number))
    if within is not None and len(within) <= _MANY:
        measured = _measured(covering, within, number, end, tell)
        if measured:
            tell(number, number)
            return Sets(tuple(measured), covering.gain(measured[0]), len(measured))
    floor = nearby[best] / covering.scale - TINY
    first = programme.best(prices.contenders(covering.posts, floor), [], end)
    if not first.proven:
        options = [best, *([first.places] if first.places else [])]
        best = max(options, key=covering.value)
        return Sets((best,), min(first.bound, prices.bound(covering.posts)), 0)
    assert first.places is not None
    allowed = prices.contenders(covering.posts, _floor(covering, nearby, number))
    sets = _excluding(programme, allowed, first.places, number, end, tell)
    tell(number, number)
    ordered = sorted(sets, key=lambda places: (-covering.value(places), places))
    return Sets(tuple(ordered), covering.gain(ordered[0]), len(ordered))


def _single(covering: Covering, number: int) -> Sets:
    """The best `number` sets of one place, which nothing but what each is worth alone decides."""
    order = np.argsort(-covering.alone, kind="stable")[:number]
    places = tuple((int(place),) for place in order)
    return Sets(places, covering.gain(places[0]), len(places))


def _excluding(
    programme: Programme,
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
        if len(best) >= number and bound < best[number - 1][0] / covering.scale - TINY:
            break
        insort(best, (covering.value(places), places), key=lambda one: (-one[0], one[1]))
        if perf_counter() > end:
            return []
    return [places for _, places in best[:number]]


def _nearby(covering: Covering, end: float) -> dict[Places, int]:
    """Good sets with what they are worth: the one chosen place by place, then the best of all that
    differ from it in one place, and so on while that is better or time is left."""
    best = tuple(sorted(covering.greedy()))
    by_set = {best: covering.value(best)}
    for _ in range(_SWAPS):
        start = best
        for out in start:
            rest = [place for place in start if place != out]
            for place in range(len(covering.reach)):
                if place not in start:
                    places = tuple(sorted([*rest, place]))
                    if places not in by_set:
                        by_set[places] = covering.value(places)
            if perf_counter() > end:
                return by_set
        best = min(by_set, key=lambda places: (-by_set[places], places))
        if best == start:
            break
    return by_set


def _floor(covering: Covering, seen: dict[Places, int], number: int) -> float:
    """What the best `number` sets are surely worth, in units of weight, by those that were seen."""
    if len(seen) < number:
        return -np.inf
    return sorted(seen.values())[-number] / covering.scale - TINY
