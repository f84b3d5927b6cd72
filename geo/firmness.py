"""How firm an answer is: the same question with each weight and each limit moved, one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import pandas as pd

from geo.best_sets import Progress
from geo.errors import LimitError
from geo.placement import Limits, Placement, country_weights, needs, place
from geo.ranking import MOST, OWN, USUAL, WEIGHTS, Scaling, Values

RUN = ["what", "before", "after", "gain", "stay", "enter", "leave", "proven"]
STAY = ["host", "city", "stays", "runs", "share"]
WITHIN_STEPS = (0.75, 0.9, 1.1, 1.25)  # of the kilometres
MOST_STEPS = (-2, -1, 1, 2)  # countries an officer
SECONDS = 30.0  # for all runs together
Town = tuple[str, str]  # the ISO code of its country, and the city


@dataclass(frozen=True)
class Variation:
    """The question with one thing moved: `what` is a component of the score, "within" or "most"."""

    what: str
    before: int
    after: int
    points: pd.Series
    limits: Limits


@dataclass(frozen=True)
class Firmness:
    """`runs`: a row per variation, columns RUN: the gain, how many places of the answer stay, which
    towns enter and leave. `places`: a row per place of the answer, columns STAY: in how many of the
    runs that are proven it stays.
    """

    runs: pd.DataFrame
    places: pd.DataFrame


def variations(
    values: Values,
    gaps: pd.DataFrame,
    units: pd.DataFrame,
    weights: Mapping[str, int],
    limits: Limits,
    *,
    scaling: Scaling = USUAL,
    among: Collection[str] | None = None,
    territories: bool = False,
) -> list[Variation]:
    """Each weight one step down and up where it can (0 to MOST), the kilometres times each of
    WITHIN_STEPS, the countries an officer by each of MOST_STEPS; all else as it was.

    The arguments are those of `geo.placement.country_weights` and `needs`.
    """

    def points(moved: Mapping[str, int]) -> pd.Series:
        weight = country_weights(values, moved, scaling, among)
        return needs(gaps, weight, units, territories)

    names = [str(name) for name in values.components.columns.drop("iso3")]
    full = {name: weights.get(name, WEIGHTS.get(name, OWN)) for name in names}
    moved = [
        Variation(name, full[name], after, points(full | {name: after}), limits)
        for name in full
        for after in (full[name] - 1, full[name] + 1)
        if 0 <= after <= MOST
    ]
    same = points(full)
    for part in WITHIN_STEPS:
        within = round(limits.within * part)
        other = replace(limits, within=within)
        moved.append(Variation("within", limits.within, within, same, other))
    for step in MOST_STEPS:
        if limits.most + step >= 1:
            other = replace(limits, most=limits.most + step)
            moved.append(Variation("most", limits.most, other.most, same, other))
    return moved


def firmness(
    answer: Placement,
    moved: Sequence[Variation],
    towns: pd.DataFrame,
    units: pd.DataFrame,
    *,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Firmness:
    """Solve the question of `answer` anew for each variation; `towns` and `units` as for it.

    A run that no set can meet, or that is not proven within `seconds` for all, is listed and does
    not count.
    """
    end = perf_counter() + seconds
    first = {(post.host, post.city) for post in answer.sets[0].posts}
    rows: list[tuple[object, ...]] = []
    stays = dict.fromkeys(first, 0)
    proven = 0
    for number, each in enumerate(moved):
        if progress:
            progress(number, len(moved))
        head = (each.what, each.before, each.after)
        left = max(0.0, end - perf_counter())
        try:
            again = place(
                len(first), each.points, towns, units, each.limits, alternatives=0, seconds=left
            )
        except LimitError:
            rows.append((*head, None, None, [], [], False))
            continue
        then = {(post.host, post.city) for post in again.sets[0].posts}
        stay, enter, leave = first & then, sorted(then - first), sorted(first - then)
        rows.append((*head, again.sets[0].gain, len(stay), enter, leave, again.optimal))
        if again.optimal:
            proven += 1
            for town in stay:
                stays[town] += 1
    runs = pd.DataFrame(rows, columns=RUN)
    runs["stay"] = runs["stay"].astype("Int64")
    if progress:
        progress(len(moved), len(moved))
    return Firmness(runs, _places(answer, stays, proven))


def _places(answer: Placement, stays: Mapping[Town, int], proven: int) -> pd.DataFrame:
    rows = [
        (post.host, post.city, stays[post.host, post.city], proven) for post in answer.sets[0].posts
    ]
    table = pd.DataFrame(rows, columns=STAY[:-1])
    table["share"] = table["stays"] / table["runs"] if proven else float("nan")
    return table
