"""The areas drawn anew: which of today's posts could serve which country, with fewer kilometres.

Every country keeps as many postings as today, each of the organisation that serves it today, so
nobody loses cover, a back-up or a sort of officer. A post always serves the country it stands in;
what a post serves from elsewhere may go to another post of its organisation. Rows that state none
change places among themselves only. Within limits, either the kilometres are as few as can be, or
the countries are spread as evenly as can be and then the kilometres are as few. Both are solved
exactly (HiGHS). What is shown is the difference from today, never advice: why a country is served
from where it is, no table knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts are loaded when they are first used: most commands need none

from geo.coverage import HOME, PLANNED, Choice, served
from geo.errors import LimitError
from geo.options import AIMS as AIMS
from geo.placement import Limits
from geo.shapes import distance_km

CHANGES = ["iso3", "organisation", "from", "to", "distance_before_km", "distance_after_km"]
SECONDS = 10.0
EVERY_ORGANISATION = Choice()
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
    pairs = _pairs(postings, accreditations, units, choice)
    away = pairs.loc[pairs["moves"], "km"]
    if away.empty:
        raise LimitError("no_usual_limits")
    return Limits(int(away.max()), int(pairs.groupby("row").size().max()))


def rebalance(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    limits: Limits,
    *,
    aim: str = AIMS[0],
    most_changes: int | None = None,
    choice: Choice = EVERY_ORGANISATION,
    seconds: float = SECONDS,
) -> Redrawing:
    """The best assignment of countries to today's posts within `limits`, against today's.

    `aim` is one of AIMS. At most `most_changes` countries go over, where that is given. What saves
    nothing stays; of posts at one distance the lower row takes over. Raises
    LimitError where the limits cannot be kept, naming the countries that no post may reach.
    """
    pairs = _pairs(postings, accreditations, units, choice)
    mobile = pairs[pairs["moves"]].reset_index(drop=True)
    loads = pairs.groupby("row").size()
    stays = pairs[~pairs["moves"]].groupby("row").size().reindex(loads.index, fill_value=0)
    options = _options(mobile, pairs, units, limits)
    before = _totals(mobile["km"], loads)
    stuck = pairs[~pairs["moves"] & (pairs["iso3"] != pairs["host"])]
    fixed = tuple(zip(stuck["row"].tolist(), stuck["iso3"].tolist(), strict=True))
    if mobile.empty:
        return Redrawing(pd.DataFrame(columns=CHANGES), before, before, True, fixed)
    flow = _Flow(options, mobile, stays, limits, most_changes)
    chosen, optimal = flow.solve(aim, seconds)
    after = options[chosen]
    now = stays.add(after.groupby("row").size(), fill_value=0).astype(int)
    return Redrawing(_changes(mobile, after), before, _totals(after["km"], now), optimal, fixed)


def _pairs(
    postings: pd.DataFrame, accreditations: pd.DataFrame, units: pd.DataFrame, choice: Choice
) -> pd.DataFrame:
    """row, iso3, organisation, host, lat, lon, km of what active posts serve; `moves` may go."""
    pairs = served(postings, accreditations, choice)
    pairs = pairs[(pairs["rank"] < PLANNED) & ~pairs["is_filo"] & (pairs["iso3"] != HOME)]
    pairs = pairs.merge(units[["iso3", "seat_lat", "seat_lon"]], on="iso3")
    away = distance_km(pairs["lat"], pairs["lon"], pairs["seat_lat"], pairs["seat_lon"]).round()
    pairs = pairs.assign(km=away)
    pairs["moves"] = (pairs["iso3"] != pairs["host"]) & pairs["km"].notna()
    columns = ["row", "iso3", "organisation", "host", "lat", "lon", "km", "moves"]
    return pairs[columns].sort_values(["row", "iso3"]).reset_index(drop=True)


def _options(
    mobile: pd.DataFrame, pairs: pd.DataFrame, units: pd.DataFrame, limits: Limits
) -> pd.DataFrame:
    """organisation, iso3, row, km, today: the posts that may serve each country that can move."""
    posts = pairs[["row", "organisation", "host", "lat", "lon"]].drop_duplicates("row")
    asked = mobile[["organisation", "iso3"]].drop_duplicates()
    options = asked.merge(posts.dropna(subset=["lat", "lon"]), on="organisation")
    settled = pairs.loc[~pairs["moves"], ["row", "iso3"]]
    taken = pd.MultiIndex.from_frame(options[["row", "iso3"]])
    options = options[
        (options["host"] != options["iso3"]) & ~taken.isin(pd.MultiIndex.from_frame(settled))
    ]
    seat = units.set_index("iso3").loc[options["iso3"], ["seat_lat", "seat_lon"]]
    away = distance_km(options["lat"], options["lon"], *seat.to_numpy(dtype=float).T).round()
    options = options.assign(km=away)
    options = options[options["km"] <= limits.within]
    today = pd.MultiIndex.from_frame(mobile[["row", "iso3"]])
    options["today"] = pd.MultiIndex.from_frame(options[["row", "iso3"]]).isin(today)
    order = ["organisation", "iso3", "row"]
    return options.sort_values(order)[[*order, "km", "today"]].reset_index(drop=True)


def _totals(km: pd.Series, loads: pd.Series) -> Totals:
    far = int(km.max()) if len(km) else 0
    spread = round(float(loads.std(ddof=0)), 2)
    return Totals(int(km.sum()), far, int(loads.max()), int(loads.min()), spread)


def _changes(mobile: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Who goes over, from which post to which: the farthest that leaves, to the farthest new."""
    was = mobile.set_index(["organisation", "iso3", "row"])["km"]
    now = after.set_index(["organisation", "iso3", "row"])["km"]
    sides = []
    for frame in (was[~was.index.isin(now.index)], now[~now.index.isin(was.index)]):
        side = frame.reset_index().sort_values(["organisation", "iso3", "km", "row"])
        sides.append(side.assign(turn=side.groupby(["organisation", "iso3"]).cumcount()))
    keys = ["organisation", "iso3", "turn"]
    both = sides[0].merge(sides[1], on=keys, suffixes=("_before", "_after"))
    both["saves"] = both["km_before"] - both["km_after"]
    both = both.sort_values(["saves", "iso3", "row_before"], ascending=[False, True, True])
    names = {
        "row_before": "from",
        "row_after": "to",
        "km_before": "distance_before_km",
        "km_after": "distance_after_km",
    }
    return both.rename(columns=names)[CHANGES].reset_index(drop=True)


class _Flow:
    """Countries flow to posts; a column for each option, then one for each place at a post."""

    def __init__(
        self,
        options: pd.DataFrame,
        mobile: pd.DataFrame,
        stays: pd.Series,
        limits: Limits,
        most_changes: int | None,
    ) -> None:
        self.options = options
        full = stays[stays > limits.most]
        if len(full):
            rows = tuple(str(row) for row in full.index)
            raise LimitError("most_too_low", most=limits.most, rows=rows)
        need = mobile.groupby(["organisation", "iso3"]).size()
        each = pd.MultiIndex.from_frame(options[["organisation", "iso3"]])
        have = options.groupby(["organisation", "iso3"]).size().reindex(need.index, fill_value=0)
        short = sorted({str(iso3) for _, iso3 in need.index[have < need]})
        if short:
            raise LimitError("out_of_reach", countries=tuple(short), within=limits.within)
        count = len(options)
        column = np.arange(count)
        self.once = _matrix(need.index.get_indexer(each), column, (len(need), count))
        self.need = need.to_numpy(dtype=float)
        post = stays.index.get_indexer(pd.Index(options["row"]))
        self.load = _matrix(post, column, (len(stays), count))
        self.stays = stays.to_numpy(dtype=np.int64)
        self.room = limits.most - self.stays
        today = options["today"].to_numpy(dtype=float)
        self.today, self.kept = scipy.sparse.csr_array(today[None, :]), 0.0
        if most_changes is not None:
            self.kept = len(mobile) - most_changes
        # Of equal ones the lower row, less than what staying is worth.
        order = post / (2 * len(stays))
        self.km = options["km"].to_numpy(dtype=float) + _STAY * (order - today)

    def solve(self, aim: str, seconds: float) -> tuple[npt.NDArray[np.bool_], bool]:
        """(which options are chosen, whether that is proven best)."""
        post = np.repeat(np.arange(len(self.room)), self.room)
        starts = np.concatenate([[0], np.cumsum(self.room)])
        place = np.concatenate([np.arange(b - a) for a, b in pairwise(starts)])
        # The sum of squares of the loads, place by place: what one country more adds to it.
        crowd = 2.0 * (self.stays[post] + place) + 1
        slots = -_matrix(post, np.arange(len(post)), (len(self.room), len(post)))
        flat = scipy.sparse.csr_array((1, len(post)))
        limits = [
            scipy.optimize.LinearConstraint(
                scipy.sparse.hstack(
                    [self.once, scipy.sparse.csr_array((len(self.need), len(post)))], format="csr"
                ),
                self.need,
                self.need,
            ),
            scipy.optimize.LinearConstraint(
                scipy.sparse.hstack([self.load, slots], format="csr"), 0, 0
            ),
            scipy.optimize.LinearConstraint(
                scipy.sparse.hstack([self.today, flat], format="csr"), self.kept, np.inf
            ),
        ]
        km = np.concatenate([self.km, np.zeros(len(post))])
        squares = np.concatenate([np.zeros(len(self.km)), crowd])
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
        return result.x[: len(self.km)] > 0.5, optimal and result.status == 0


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


def _matrix(
    row: npt.NDArray[np.int64], column: npt.NDArray[np.int64], shape: tuple[int, int]
) -> scipy.sparse.csr_array:
    return scipy.sparse.csr_array(
        scipy.sparse.coo_array((np.ones(len(row)), (row, column)), shape=shape)
    )
