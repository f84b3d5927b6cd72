"""Where new posts would help most: the places that close most of the weighted gap, within limits.

The problem is stated in full: choose `posts` places of the candidates. A post serves the country it
stands in and up to `most` - 1 others, of those that nobody serves, whose seat of government is at
most `within` km from its city. A country counts once, with its score in the ranking of the gaps
(`geo.ranking`, the reader's weights); the sum is the gain. The best set has the highest gain; of
equal ones the fewest kilometres stand first, then the codes of the hosts. `geo.best_sets` solves it
exactly. What the model does not know is what the documents weigh most: crime relations,
agreements, languages, why a post stands where it stands. Stored facts are never changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.best_sets import Progress, Sets, best_sets
from geo.coverage import HOME, PLANNED, seat_matrix_km, served
from geo.covering import Covering
from geo.errors import LimitError
from geo.gaps import is_kind
from geo.network import DUTCH
from geo.options import MOST_POSTS, Choice
from geo.ranking import USUAL, Scaling, Values, rank
from geo.schemas import NOT_STATED
from geo.shapes import distance_km

ALTERNATIVES = 10  # sets behind the best
SECONDS = 10.0
# The usual limits: what so large a part of today's network keeps to.
LOAD_SHARE, REACH_SHARE = 0.9, 0.75
EVERY_ORGANISATION = Choice()
CANDIDATES = ["host", "city", "lat", "lon", "barred"]


@dataclass(frozen=True)
class Limits:
    """`within` km, whole, from a post to a seat of government; at most `most` countries a post.

    The country that a post stands in counts among `most`.
    """

    within: int
    most: int


@dataclass(frozen=True)
class Service:
    """A country that a new post serves; `weight` in points of its score, `distance_km` whole."""

    iso3: str
    distance_km: int
    weight: float


@dataclass(frozen=True)
class NewPost:
    """One place of a set, with what it adds in points.

    `gain` is the sum of its `countries`, nearest first; `alone` what it closes as the only new
    post; `after` what it adds to the others of its set, which may divide the countries otherwise.
    """

    host: str
    city: str
    gain: float
    alone: float
    after: float
    countries: tuple[Service, ...]


@dataclass(frozen=True)
class PostSet:
    """Places chosen together, most gain first; `gain` and `km` are the sums over their posts."""

    gain: float
    km: int
    posts: tuple[NewPost, ...]


@dataclass(frozen=True)
class Step:
    """What a place adds when the best is chosen one by one."""

    host: str
    city: str
    adds: float


@dataclass(frozen=True)
class Placement:
    """The best sets, best first, and how sure that is.

    `optimal`: the first set is proven best; else it is the best seen in time, and `bound` is the
    gain that no set exceeds, proven too. `proven` sets from the first are surely best in their
    place. `ties` of the listed sets have the gain of the first. `step_by_step` chooses the best
    place one after another: its sum never exceeds the gain of the best set where that is proven.
    `total` is all there is to close, in points.
    """

    limits: Limits
    optimal: bool
    bound: float
    seconds: float
    sets: tuple[PostSet, ...]
    proven: int
    step_by_step: tuple[Step, ...]
    total: float

    @property
    def ties(self) -> int:
        """How many of the sets have the gain of the first, that one included."""
        return sum(each.gain == self.sets[0].gain for each in self.sets)

    def frame(self) -> pd.DataFrame:
        """A row per set, post and country: set (from 1), host, city, iso3, distance_km, weight."""
        rows = [
            (number, post.host, post.city, each.iso3, each.distance_km, each.weight)
            for number, chosen in enumerate(self.sets, start=1)
            for post in chosen.posts
            for each in post.countries
        ]
        columns = ["set", "host", "city", "iso3", "distance_km", "weight"]
        return pd.DataFrame(rows, columns=columns)


# --- what is asked --------------------------------------------------------------------------------


def usual_limits(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    choice: Choice = EVERY_ORGANISATION,
) -> Limits:
    """The limits that most of today's network keeps to; raises LimitError where there is none.

    `most`: nine in ten (LOAD_SHARE) of the active posts serve no more countries, their host among
    them. `within`: three in four (REACH_SHARE) of the countries that a post serves from elsewhere
    lie no farther, whole km from its city to the seat of government. The own country counts not.
    """
    pairs = served(postings, accreditations, choice)
    place = pd.Index(units["iso3"]).get_indexer(pd.Index(pairs["iso3"]))
    iso3 = pairs["iso3"].to_numpy(object)
    counts = (pairs["rank"].to_numpy() < PLANNED) & (iso3 != HOME) & (place >= 0)
    seats = (units[name].to_numpy(float)[place[counts]] for name in ("seat_lat", "seat_lon"))
    km = distance_km(*(pairs[name].to_numpy()[counts] for name in ("lat", "lon")), *seats).round()
    away = km[(iso3 != pairs["host"].to_numpy(object))[counts] & ~np.isnan(km)]
    if not len(away):
        raise LimitError("no_usual_limits")
    posts = zip(*(pairs[name].to_numpy(object)[counts] for name in ("kind", "row")), strict=True)
    loads = np.array([*Counter(posts).values()])
    within = np.quantile(away, REACH_SHARE, method="inverted_cdf")
    return Limits(int(within), int(np.quantile(loads, LOAD_SHARE, method="inverted_cdf")))


def country_weights(
    values: Values,
    weights: Mapping[str, int],
    scaling: Scaling = USUAL,
    among: Collection[str] | None = None,
) -> pd.Series:
    """iso3 -> the score (0 to 100) of each country as one that nobody serves; missing if unknown.

    Of a country that nobody serves it is the score of the ranking. `values` of
    `geo.ranking.values`; the distance is that of today, to the nearest duty station. `among` and
    the errors as in `geo.ranking.rank`.
    """
    kind = values.components["kind"]
    unserved = kind.where(kind.isin(["uncovered", "lost"]) | kind.isna(), "uncovered")
    same = Values(values.components.assign(kind=unserved), values.nearest)
    codes = values.components["iso3"]
    ranked = rank(same, weights, pd.Series(codes.to_numpy(), index=codes), scaling, among)
    return ranked.scores.set_index("iso3")["score"].reindex(codes)


def needs(
    gaps: pd.DataFrame, weight: pd.Series, units: pd.DataFrame, territories: bool = False
) -> pd.Series:
    """iso3 -> points of the countries that nobody serves: what a new post can close.

    `gaps` of `geo.gaps`; `weight` of `country_weights`. Territories count where they are asked for,
    as in the ranking. Raises LimitError for a partial release, of which absence says nothing.
    """
    if len(gaps) and gaps["kinds"].isna().all():
        raise LimitError("needs_of_partial_release")
    codes = gaps.loc[is_kind(gaps["kinds"], "uncovered"), "iso3"]
    if not territories:
        codes = codes[~codes.isin(units.loc[units["kind"] == "territory", "iso3"])]
    points = weight.reindex(codes).dropna()
    return points[points > 0]


def seats(units: pd.DataFrame) -> pd.DataFrame:
    """The seats of government as towns: host, city, lat, lon; where a new post most often is."""
    columns = {"iso3": "host", "seat": "city", "seat_lat": "lat", "seat_lon": "lon"}
    return units[list(columns)].rename(columns=columns)


def candidates(
    towns: pd.DataFrame,
    postings: pd.DataFrame,
    organisation: str,
    exceptions: pd.DataFrame | None = None,
    area: Collection[str] | None = None,
) -> pd.DataFrame:
    """`towns` (host, city, lat, lon) with `barred`: why no new post may stand there, else missing.

    `home`: in the own country. `area`: outside the units of `area`. `unplaced`: no position known.
    For a Dutch `organisation` one Dutch officer a city holds: `dutch` where one is or is planned,
    `may_be_dutch` where a row there states no organisation. A city of `exceptions` (table
    `model_exceptions`) may have two. Sorted by host and city, each once.
    """
    towns = towns.drop_duplicates(["host", "city"]).sort_values(["host", "city"])
    officers = postings[postings["kind"] == "LO"]
    organisations = officers["organisation"].fillna(NOT_STATED)
    barred = pd.Series(pd.NA, towns.index, dtype="str")
    if organisation in DUTCH:
        cities = pd.MultiIndex.from_frame(towns[["host", "city"]])
        twice = pd.MultiIndex.from_arrays([[], []])
        if exceptions is not None:
            twice = pd.MultiIndex.from_frame(exceptions[["iso3", "city"]])
        room = np.where(cities.isin(twice), 2, 1)
        for code, names in (("may_be_dutch", (*DUTCH, NOT_STATED)), ("dutch", DUTCH)):
            counts = officers[organisations.isin(names)].groupby(["host", "city"]).size()
            barred[counts.reindex(cities).fillna(0).to_numpy() >= room] = code
    if area is not None:
        barred[~towns["host"].isin(area)] = "area"
    barred[towns[["lat", "lon"]].isna().any(axis=1)] = "unplaced"
    barred[towns["host"] == HOME] = "home"
    return towns.assign(barred=barred)[CANDIDATES].reset_index(drop=True)


# --- the answer -----------------------------------------------------------------------------------


def place(
    posts: int,
    points: pd.Series,
    towns: pd.DataFrame,
    units: pd.DataFrame,
    limits: Limits,
    *,
    alternatives: int = ALTERNATIVES,
    seconds: float = SECONDS,
    progress: Progress | None = None,
    seats_km: npt.NDArray[np.float64] | None = None,
) -> Placement:
    """The best places for `posts` new posts, and the best `alternatives` to them.

    `points` of `needs`, `towns` of `candidates` (those that are barred take no part), `units` with
    iso3, seat_lat and seat_lon. `progress` is called with the sets that are listed and how many
    there will be. `seats_km` are the distances from each seat of `units` (a row) to each (a
    column), where the towns are these seats and that is there already. After `seconds` the best
    that was seen is returned, with its bound. Raises LimitError where the limits leave nothing to
    choose.
    """
    start = perf_counter()
    problem = _Problem.of(posts, points, towns, units, limits, seats_km)
    best = best_sets(problem.covering, alternatives + 1, seconds, progress)
    answer = problem.answer(best)
    return Placement(
        limits=limits,
        optimal=best.proven > 0,
        bound=best.bound / 10,
        seconds=perf_counter() - start,
        sets=answer,
        proven=best.proven,
        step_by_step=problem.step_by_step(),
        total=problem.total,
    )


@dataclass(frozen=True)
class _Problem:
    """A covering of countries by places, and what these are called."""

    covering: Covering
    hosts: list[str]
    cities: list[str]
    countries: list[str]
    total: float

    @classmethod
    def of(
        cls,
        posts: int,
        points: pd.Series,
        towns: pd.DataFrame,
        units: pd.DataFrame,
        limits: Limits,
        seats_km: npt.NDArray[np.float64] | None,
    ) -> _Problem:
        """Raises LimitError where nothing can be chosen."""
        _check(posts, points, limits)
        free = towns[towns["barred"].isna()].sort_values(["host", "city"]).reset_index(drop=True)
        codes = sorted(points.index)
        order = pd.Index(units["iso3"])
        column = order.get_indexer(codes)
        if seats_km is None:
            away = seat_matrix_km(free, units.take(column))
        else:
            away = seats_km[np.ix_(order.get_indexer(free["host"]), column)]
        home = free["host"].to_numpy()[:, None] == np.array(codes, dtype=object)[None, :]
        reach = (away <= limits.within) | home
        useful = reach.any(axis=1) if limits.most > 1 else home.any(axis=1)
        _check_choice(posts, int(useful.sum()), len(free), away, limits)
        free, reach, home = free[useful], reach[useful], home[useful]
        km = np.nan_to_num(away[useful]).astype(np.int64)
        weight = (points.loc[codes].to_numpy(dtype=float) * 10).round().astype(np.int64)
        covering = Covering(weight, km, reach, home, limits.most, posts)
        names = free["host"].tolist(), free["city"].tolist()
        return cls(covering, *names, codes, round(float(points.sum()), 1))

    def answer(self, best: Sets) -> tuple[PostSet, ...]:
        """The sets in words of the field."""
        return tuple(map(self._set, best.sets))

    def _set(self, places: tuple[int, ...]) -> PostSet:
        pairs = self.covering.assignment(places)
        posts = [self._post(place, places, pairs) for place in places]
        posts.sort(key=lambda post: (-post.gain, post.host, post.city))
        km = sum(each.distance_km for post in posts for each in post.countries)
        return PostSet(self.covering.gain(places) / 10, km, tuple(posts))

    def _post(self, place: int, places: Sequence[int], pairs: Sequence[tuple[int, int]]) -> NewPost:
        gain, rest = self.covering.gain, [other for other in places if other != place]
        countries = [
            Service(
                self.countries[country],
                int(self.covering.km[place, country]),
                int(self.covering.weights[country]) / 10,
            )
            for server, country in pairs
            if server == place
        ]
        countries.sort(key=lambda one: (one.distance_km, one.iso3))
        mine = round(sum(each.weight for each in countries), 1)
        after = (gain(places) - gain(rest)) / 10
        names = self.hosts[place], self.cities[place]
        return NewPost(*names, mine, gain([place]) / 10, after, tuple(countries))

    def step_by_step(self) -> tuple[Step, ...]:
        """The places chosen one after another, with what each adds to those before it."""
        order = self.covering.greedy()
        gains = [0, *(self.covering.gain(order[: many + 1]) for many in range(len(order)))]
        return tuple(
            Step(self.hosts[place], self.cities[place], (now - was) / 10)
            for place, was, now in zip(order, gains, gains[1:], strict=False)
        )


def _check(posts: int, points: pd.Series, limits: Limits) -> None:
    if not 1 <= posts <= MOST_POSTS:
        raise LimitError("new_posts_at_once", posts=posts, most=MOST_POSTS)
    if limits.most < 1:
        raise LimitError("no_countries_a_post", most=limits.most)
    if limits.within < 0:
        raise LimitError("distance_below_zero", within=limits.within)
    if points.empty:
        raise LimitError("nothing_to_close")


def _check_choice(posts: int, useful: int, free: int, away: np.ndarray, limits: Limits) -> None:
    """At least as many places that reach a country without an officer as there are new posts."""
    if not free:
        raise LimitError("no_place_for_post")
    if useful < posts:
        distances = away[~np.isnan(away)]
        nearest = int(distances.min()) if len(distances) else 0
        raise LimitError(
            "too_few_places", posts=posts, places=useful, within=limits.within, nearest=nearest
        )
