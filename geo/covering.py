"""Places that cover countries, with a limit to each place, and what a set of them is worth.

Places (rows) may serve countries (columns) that weigh something. A chosen place serves at most
`most` countries, of which one is its own; each country counts once. A set is worth the weight it
covers; of equal ones the one with the fewest kilometres is worth more. All in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first used: most commands need none

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = tuple[int, ...]


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
        return self.division(places, self.worth)

    def division(self, places: Sequence[int], worth: Whole | Floats) -> list[tuple[int, int]]:
        """(place, country) of the division with most of `worth`; what is worth 0 is left out."""
        owners: list[int] = []
        rows: list[Whole | Floats] = []
        for place in places:
            others = np.where(self.home[place], 0, worth[place])
            slots = min(self.most - 1, int((others > 0).sum()))
            at_home = np.where(self.home[place], worth[place], 0)
            owners += [place] * (slots + 1)
            rows += [at_home, *[others] * slots]
        if not rows:
            return []
        table = np.array(rows)
        columns = np.flatnonzero(table.any(axis=0))
        slot, column = scipy.optimize.linear_sum_assignment(table[:, columns], maximize=True)
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
