"""The areas drawn anew: which of today's posts could serve which country, with fewer kilometres.

Every country keeps as many postings as today, each of the organisation that serves it today, so
nobody loses coverage, a back-up or a sort of officer. A post always serves the country it stands
in; what a post serves from elsewhere may go to another post of its organisation. Rows that state
none change places among themselves only. Within limits, either the kilometres are as few as can
be, or the countries are spread as evenly as can be and then the kilometres are as few. Both are
solved exactly (HiGHS). What is shown is the difference from today, never advice: why a country is
served from where it is, no table knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts are loaded when they are first used: most commands need none

from geo.coverage import HOME, PLANNED, served
from geo.errors import LimitError
from geo.options import AIMS, Choice
from geo.placement import Limits
from geo.shapes import distance_km

CHANGES = ["iso3", "organisation", "from", "to", "distance_before_km", "distance_after_km"]
SECONDS = 10.0
EVERY_ORGANISATION = Choice()
Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Names = npt.NDArray[np.object_]
Group = tuple[str, str]  # an organisation and the code of a country that it serves
_STAY = 0.001  # km that a change must save at least, so that equal ones stay as they are


@dataclass(frozen=True)
class Totals:
    """`km` over all pairs of a post and a country that it serves from elsewhere; `farthest_km` of
    one; `most` and `fewest` countries a post, its host among them, and `spread`, their standard
    deviation to two decimals: 0 where all serve as many.
    """

    km: int
    farthest_km: int
    most: int
    fewest: int
    spread: float


@dataclass(frozen=True)
class Redrawing:
    """`changes`: CHANGES as columns, what saves most kilometres first; `from` and `to` are rows.

    `optimal`: proven best within the time. `fixed` are the (row, iso3) that stay because the post
    has no known position.
    """

    changes: pd.DataFrame
    before: Totals
    after: Totals
    optimal: bool
    fixed: tuple[tuple[int, str], ...] = ()


def todays_limits(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    choice: Choice = EVERY_ORGANISATION,
) -> Limits:
    """The most kilometres and the most countries of any post today: nothing gets worse than that.

    Raises LimitError where no post serves a country from elsewhere.
    """
    return _todays(_pairs(postings, accreditations, units, choice))


def _todays(pairs: _Pairs) -> Limits:
    if not pairs.moves.any():
        raise LimitError("no_usual_limits")
    _, loads = np.unique(pairs.row, return_counts=True)
    return Limits(int(pairs.km[pairs.moves].max()), int(loads.max()))


def rebalance(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    limits: Limits | None = None,
    *,
    aim: str = AIMS[0],
    most_changes: int | None = None,
    choice: Choice = EVERY_ORGANISATION,
    seconds: float = SECONDS,
) -> Redrawing:
    """The best assignment of countries to today's posts within `limits`, against today's.

    Without limits nothing gets worse than any post is today, see `todays_limits`. `aim` is one of
    AIMS. At most `most_changes` countries go over, where that is given. What saves nothing stays;
    of posts at one distance the lower row takes over. Raises LimitError where the limits cannot be
    kept, naming the countries that no post may reach.
    """
    pairs = _pairs(postings, accreditations, units, choice)
    limits = limits or _todays(pairs)
    stuck = ~pairs.moves & (pairs.iso3 != pairs.host)
    fixed = tuple(zip(pairs.row[stuck].tolist(), pairs.iso3[stuck].tolist(), strict=True))
    rows, post = np.unique(pairs.row, return_inverse=True)
    loads, stays = (np.bincount(post[some], minlength=len(rows)) for some in (..., ~pairs.moves))
    before = _totals(pairs.km[pairs.moves], loads)
    if not pairs.moves.any():
        return Redrawing(pd.DataFrame(columns=CHANGES), before, before, True, fixed)
    options = _options(pairs, units, limits)
    flow = _Flow(options, _needs(pairs), rows, stays, limits, most_changes)
    chosen, optimal = flow.solve(aim, seconds)
    now = stays + np.bincount(flow.post[chosen], minlength=len(rows))
    after = _totals(options.km[chosen], now)
    return Redrawing(_changes(pairs, options, chosen), before, after, optimal, fixed)


class _Pairs(NamedTuple):
    """What active posts serve, a place for each pair, by row and code; `moves` may go."""

    row: Whole
    iso3: Names
    organisation: Names
    host: Names
    lat: Floats
    lon: Floats
    km: Floats
    moves: Flags


def _pairs(
    postings: pd.DataFrame, accreditations: pd.DataFrame, units: pd.DataFrame, choice: Choice
) -> _Pairs:
    pairs = served(postings, accreditations, choice)
    at = pd.Index(units["iso3"]).get_indexer(pd.Index(pairs["iso3"]))
    iso3 = pairs["iso3"].to_numpy(object)
    counts = (pairs["rank"].to_numpy() < PLANNED) & ~pairs["is_filo"].to_numpy()
    counts &= (iso3 != HOME) & (at >= 0)
    rows = pairs["row"].to_numpy(np.int64)
    order = sorted(np.flatnonzero(counts), key=lambda place: (rows[place], iso3[place]))
    iso3, organisation, host = (
        pairs[name].to_numpy(object)[order] for name in ("iso3", "organisation", "host")
    )
    lat, lon = (pairs[name].to_numpy(float)[order] for name in ("lat", "lon"))
    seats = (units[name].to_numpy(float)[at[order]] for name in ("seat_lat", "seat_lon"))
    km = distance_km(lat, lon, *seats).round()
    return _Pairs(
        rows[order], iso3, organisation, host, lat, lon, km, (iso3 != host) & ~np.isnan(km)
    )


def _needs(pairs: _Pairs) -> dict[Group, int]:
    """How many postings each country has today of each organisation, of those that may move."""
    groups = zip(pairs.organisation[pairs.moves], pairs.iso3[pairs.moves], strict=True)
    return dict(sorted(Counter(groups).items()))


class _Options(NamedTuple):
    """The posts that may serve each country that can move: by organisation, code and row."""

    organisation: list[str]
    iso3: list[str]
    row: Whole
    km: Floats
    today: Flags  # whether the post serves the country today

    @property
    def groups(self) -> Iterable[Group]:
        """Of each option the country that is served, and by which organisation."""
        return zip(self.organisation, self.iso3, strict=True)


def _options(pairs: _Pairs, units: pd.DataFrame, limits: Limits) -> _Options:
    posts = dict[str, dict[int, tuple[str, float, float]]]()  # of each organisation
    settled, today = set[tuple[int, str]](), set[tuple[int, str]]()
    columns = (column.tolist() for column in pairs)
    for row, iso3, organisation, host, lat, lon, _, moves in zip(*columns, strict=True):
        (today if moves else settled).add((row, iso3))
        if not np.isnan(lat) and not np.isnan(lon):
            posts.setdefault(organisation, {}).setdefault(row, (host, lat, lon))
    pool = [
        (organisation, iso3, row, lat, lon)
        for organisation, iso3 in _needs(pairs)
        for row, (host, lat, lon) in sorted(posts.get(organisation, {}).items())
        if host != iso3 and (row, iso3) not in settled
    ]
    organisations, codes = [each[0] for each in pool], [each[1] for each in pool]
    rows = [each[2] for each in pool]
    lat, lon = [each[3] for each in pool], [each[4] for each in pool]
    at = pd.Index(units["iso3"]).get_indexer(codes)
    seats = (units[name].to_numpy(float)[at] for name in ("seat_lat", "seat_lon"))
    km = np.array(distance_km(lat, lon, *seats).round())
    near = np.flatnonzero(km <= limits.within).tolist()
    return _Options(
        [organisations[place] for place in near],
        [codes[place] for place in near],
        np.array([rows[place] for place in near], dtype=np.int64),
        km[near],
        np.array([(rows[place], codes[place]) in today for place in near], dtype=bool),
    )


def _totals(km: Floats, loads: Whole) -> Totals:
    far = int(km.max()) if len(km) else 0
    return Totals(
        int(km.sum()), far, int(loads.max()), int(loads.min()), round(float(loads.std()), 2)
    )


def _changes(pairs: _Pairs, options: _Options, chosen: Flags) -> pd.DataFrame:
    """Who goes over, from which post to which: the farthest that leaves, to the farthest new."""
    was = [
        (organisation, iso3, km, row)
        for row, iso3, organisation, km, moves in zip(
            *(column.tolist() for column in (*pairs[:3], pairs.km, pairs.moves)), strict=True
        )
        if moves
    ]
    after = zip(options.groups, options.km.tolist(), options.row.tolist(), strict=True)
    now = [(*group, km, row) for group, km, row in compress(after, chosen)]
    sides = []
    for side, others in ((was, now), (now, was)):
        stay = {(organisation, iso3, row) for organisation, iso3, _, row in others}
        sides.append(sorted(each for each in side if (each[0], each[1], each[3]) not in stay))
    both = [
        (iso3, organisation, row, to, km, new_km)
        for (organisation, iso3, km, row), (_, _, new_km, to) in zip(*sides, strict=True)
    ]
    both.sort(key=lambda change: (change[5] - change[4], change[0], change[2]))
    return pd.DataFrame(both, columns=CHANGES)


class _Flow:
    """Countries flow to posts: `options`, of which each group of `needs` gets so many.

    Of the posts with these `rows`, `stays` is what each serves in any case; `post` is the place of
    that of each option.
    """

    def __init__(
        self,
        options: _Options,
        needs: Mapping[Group, int],
        rows: Whole,
        stays: Whole,
        limits: Limits,
        most_changes: int | None,
    ) -> None:
        if (full := stays > limits.most).any():
            names = tuple(str(row) for row in rows[full])
            raise LimitError("most_too_low", most=limits.most, rows=names)
        place = {group: number for number, group in enumerate(needs)}
        self.group = np.array([place[group] for group in options.groups], dtype=np.int64)
        self.need = np.array(list(needs.values()), dtype=np.int64)
        have = np.bincount(self.group, minlength=len(needs))
        lacking = compress(needs, (have < self.need).tolist())
        if short := sorted({iso3 for _, iso3 in lacking}):
            raise LimitError("out_of_reach", countries=tuple(short), within=limits.within)
        self.post = np.searchsorted(rows, options.row)
        self.stays, self.room = stays, limits.most - stays
        self.today, self.kept = options.today.astype(float), 0
        if most_changes is not None:
            self.kept = int(self.need.sum()) - most_changes
        # Of equal ones the lower row, less than what staying is worth.
        order = self.post / (2 * len(stays))
        self.km = options.km + _STAY * (order - self.today)

    def solve(self, aim: str, seconds: float) -> tuple[Flags, bool]:
        """(which options are chosen, whether that is proven best)."""
        nearest = self._nearest()
        loads = np.bincount(self.post[nearest], minlength=len(self.room))
        # Nothing is nearer; where that keeps all limits there is nothing to solve.
        if aim == AIMS[0] and self.kept <= 0 and (loads <= self.room).all():
            return nearest, True
        return self._solve(aim, seconds)

    def _nearest(self) -> Flags:
        """The options with the fewest kilometres for each country, whatever a post then serves."""
        order = np.lexsort((self.km, self.group))
        start = np.searchsorted(self.group[order], self.group[order])
        chosen = np.zeros(len(order), dtype=bool)
        chosen[order] = np.arange(len(order)) - start < self.need[self.group[order]]
        return chosen

    def _solve(self, aim: str, seconds: float) -> tuple[Flags, bool]:
        """The same by a programme: the best of all that keeps the limits."""
        count, posts = len(self.km), len(self.room)
        column = np.arange(count)
        once = _matrix(self.group, column, (len(self.need), count))
        load = _matrix(self.post, column, (posts, count))
        post = np.repeat(np.arange(posts), self.room)
        starts = np.concatenate([[0], np.cumsum(self.room)])
        place = np.concatenate([np.arange(b - a) for a, b in pairwise(starts)])
        # The sum of squares of the loads, place by place: what one country more adds to it.
        crowd = 2.0 * (self.stays[post] + place) + 1
        slots = -_matrix(post, np.arange(len(post)), (posts, len(post)))
        flat = scipy.sparse.csr_array((1, len(post)))
        no_slots = scipy.sparse.csr_array((len(self.need), len(post)))
        today = scipy.sparse.csr_array(self.today[None, :])
        limits = [
            scipy.optimize.LinearConstraint(scipy.sparse.hstack(parts, format="csr"), least, most)
            for parts, least, most in (
                ([once, no_slots], self.need, self.need),
                ([load, slots], 0, 0),
                ([today, flat], self.kept, np.inf),
            )
        ]
        km = np.concatenate([self.km, np.zeros(len(post))])
        squares = np.concatenate([np.zeros(count), crowd])
        optimal = True
        if aim == "load":
            even = _solved(squares, limits, seconds)
            optimal = even.status == 0
            best = round(float(even.fun))
            limits.append(
                scipy.optimize.LinearConstraint(
                    scipy.sparse.csr_array(squares[None, :]), -np.inf, best + 0.5
                )
            )
        result = _solved(km, limits, seconds)
        return result.x[:count] > 0.5, optimal and result.status == 0


def _solved(
    cost: npt.NDArray[np.float64], limits: list[scipy.optimize.LinearConstraint], seconds: float
) -> scipy.optimize.OptimizeResult:
    result = scipy.optimize.milp(
        cost,
        constraints=limits,
        bounds=scipy.optimize.Bounds(0, 1),
        integrality=np.ones(len(cost)),
        options={"mip_rel_gap": 0, "time_limit": seconds},
    )
    if result.x is None:
        if result.status != 2:
            raise LimitError("no_time_left", seconds=seconds)
        raise LimitError("no_assignment")
    return result


def _matrix(row: Whole, column: Whole, shape: tuple[int, int]) -> scipy.sparse.csr_array:
    return scipy.sparse.csr_array(
        scipy.sparse.coo_array((np.ones(len(row)), (row, column)), shape=shape)
    )
