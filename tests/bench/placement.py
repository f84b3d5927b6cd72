"""What the answers about the next officer cost: the network of 2025, and the register of embassies.

In the register everybody serves somebody, so there every country counts as one without an officer:
some 240 countries, once with the seats of government as candidates, once with every city that has
an embassy or a consulate. Prints medians; asserts nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pandas as pd

from data.load import reference, release_table
from geo import ranking
from geo.closing import least_missed, least_missed_together
from geo.coverage import coverage
from geo.firmness import firmness, variations
from geo.gaps import gaps, nearest_km
from geo.names.cities import locate
from geo.placement import (
    Limits,
    Placement,
    candidates,
    country_weights,
    needs,
    place,
    seats,
    usual_limits,
)
from geo.rebalance import rebalance, todays_limits
from geo.takeover import ServingPosts
from tests.bench import embassies

RELEASE = "bijlage-2025-11"
ROUNDS = 5


def run() -> None:
    """Measure both and print; the register is left out where it is not at hand."""
    units = reference("units")
    postings = locate(release_table("postings", RELEASE), reference("cities"))
    served = release_table("accreditations", RELEASE)
    print("The network of 2025")
    points = _network(units, postings, served)
    if not embassies.REGISTER.exists():
        print(f"\nNo register of embassies at {embassies.REGISTER}: not measured.")
        return
    print("\nThe register of embassies")
    _register(units, points)


def _network(units: pd.DataFrame, postings: pd.DataFrame, served: pd.DataFrame) -> pd.Series:
    """Print what is measured on the network of 2025; the weights of all countries."""
    frame = gaps(
        coverage(units, postings, served), deployments=release_table("deployments", RELEASE)
    )
    tables = map(reference, ("populations", "priority_countries", "eu_members"))
    values = ranking.values(frame, nearest_km(units, postings, ()), *tables)
    weight = country_weights(values, {})
    points = needs(frame, weight, units)
    towns = candidates(seats(units), postings, "NP", reference("model_exceptions"))
    limits = usual_limits(postings, served, units)
    for number, within, most in (
        *((number, limits.within, limits.most) for number in (1, 2, 3, 4, 5)),
        *((number, 1500, 10) for number in (1, 2, 5)),
        *((5, 1500, 7), (5, 2432, 7)),
    ):
        _places(number, points, towns, units, Limits(within, most))
    answer = place(2, points, towns, units, limits)
    moved = variations(values, frame, units, {}, limits)
    _line(f"how firm, {len(moved)} runs", lambda: firmness(answer, moved, towns, units), 3)
    _closing(postings, served, units, weight, (2, 3))
    bounds = todays_limits(postings, served, units)
    _line("areas anew, distance", lambda: rebalance(postings, served, units, bounds))
    _line("areas anew, load", lambda: rebalance(postings, served, units, bounds, aim="load"))
    return weight.dropna()


def _register(units: pd.DataFrame, points: pd.Series) -> None:
    postings, served, _ = embassies.network()
    towns = postings[["host", "city", "lat", "lon"]].dropna().drop_duplicates(["host", "city"])
    for title, table in (("seats", seats(units)), ("cities", towns)):
        free = candidates(table, postings, "GPI")
        for number in (1, 2, 3, 5):
            _places(number, points, free, units, Limits(1985, 7), f"{title}: ")
    _closing(postings, served, units, points, ())
    near = reference("neighbours")
    _line("takers", lambda: ServingPosts(postings, served, units, near).near_countries(["ECU"]), 3)
    limits = todays_limits(postings, served, units)
    _line("areas anew", lambda: rebalance(postings, served, units, limits, seconds=60.0), 1)


def _places(
    number: int,
    points: pd.Series,
    towns: pd.DataFrame,
    units: pd.DataFrame,
    limits: Limits,
    title: str = "",
) -> None:
    """One line: seconds of the best set alone, of that with ten alternatives, and how proven."""
    alone: list[float] = []
    full: list[float] = []
    answer: Placement | None = None
    for _ in range(ROUNDS):
        alone.append(place(number, points, towns, units, limits, alternatives=0).seconds)
        answer = place(number, points, towns, units, limits)
        full.append(answer.seconds)
        if full[-1] > 5:
            break
    assert answer is not None
    free = int(towns["barred"].isna().sum())
    print(
        f"{title}{number} of {free} over {len(points)}, {limits.most} within {limits.within} km: "
        f"best {median(alone):.2f} s, with alternatives {median(full):.2f} s "
        f"(most {max(full):.2f}), proven {answer.proven}, gain {answer.sets[0].gain:.1f} "
        f"of at most {answer.bound:.1f}, one by one {sum(s.adds for s in answer.step_by_step):.1f}"
    )


def _closing(
    postings: pd.DataFrame,
    served: pd.DataFrame,
    units: pd.DataFrame,
    weight: pd.Series,
    several: tuple[int, ...],
) -> None:
    _line("least missed", lambda: least_missed(postings, served, units, weight))
    for number in several:
        _line(
            f"least missed, {number} at once",
            lambda number=number: least_missed_together(postings, served, units, weight, number),
        )


def _line(title: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    print(f"{title}: {median(times):.2f} s (most {max(times):.2f})")
