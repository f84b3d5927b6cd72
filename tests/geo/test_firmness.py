"""How firm an answer is: what is varied, and in how many runs a place stays."""

from __future__ import annotations

import pandas as pd

from geo.firmness import Variation, firmness, variations
from geo.placement import Limits, place, seats
from geo.ranking import WEIGHTS, Values

UNITS = pd.DataFrame(
    {
        "iso3": ["AAA", "BBB", "CCC"],
        "kind": "state",
        "seat": ["Aaa", "Bbb", "Ccc"],
        "seat_lat": 0.0,
        "seat_lon": [0.0, 10.0, 20.0],  # 1,113 km apart
    }
)
TOWNS = seats(UNITS).assign(barred=pd.Series(pd.NA, UNITS.index, dtype="str"))


def test_a_place_stays_in_the_runs_that_choose_it():
    """B reaches A and C within 1,113 km: 60. With two countries at most, C (30) takes B (20) too.
    Without kilometres C has most; with A at 90 and no kilometres, A."""
    points = pd.Series({"AAA": 10.0, "BBB": 20.0, "CCC": 30.0})
    limits = Limits(1200, 3)
    answer = place(1, points, TOWNS, UNITS, limits)
    assert answer.sets[0].posts[0].host == "BBB"
    heavy = points.where(points.index != "AAA", 90.0)
    moved = [
        Variation("population", 5, 4, points, limits),
        Variation("most", 3, 4, points, Limits(1200, 4)),
        Variation("within", 1200, 900, points, Limits(900, 3)),
        Variation("within", 1200, 0, heavy, Limits(0, 3)),
        Variation("within", 1200, -1, points, Limits(-1, 3)),
    ]
    steps: list[tuple[int, int]] = []
    firm = firmness(answer, moved, TOWNS, UNITS, progress=lambda done, of: steps.append((done, of)))
    assert firm.runs["stay"].tolist() == [1, 1, 0, 0, pd.NA]
    assert firm.runs["enter"].tolist() == [[], [], [("CCC", "Ccc")], [("AAA", "Aaa")], []]
    assert firm.runs["leave"].tolist() == [[], [], [("BBB", "Bbb")], [("BBB", "Bbb")], []]
    # The last cannot be met, and does not count.
    assert firm.runs["proven"].tolist() == [True, True, True, True, False]
    assert firm.places[["host", "stays", "runs", "share"]].iloc[0].tolist() == ["BBB", 2, 4, 0.5]
    assert steps[0] == (0, 5) and steps[-1] == (5, 5)


def test_each_weight_goes_a_step_and_each_limit_by_parts():
    """Six components, of which two stand at 5 and cannot rise: ten steps; four of kilometres and
    of countries each, of which two countries less than two leave none."""
    components = pd.DataFrame({"iso3": ["AAA", "BBB"], "kind": "uncovered"}).assign(
        population=1e6, distance=[1000.0, 2000.0], mission=0, priority=False, channel=False
    )
    values = Values(components, pd.Series([True, True]))
    gaps = pd.DataFrame({"iso3": ["AAA", "BBB"], "kinds": [["uncovered"], ["uncovered"]]})
    moved = variations(values, gaps, UNITS, {}, Limits(2000, 2))
    steps = [(each.what, each.before, each.after) for each in moved]
    of_weights = [step for step in steps if step[0] in WEIGHTS]
    assert len(of_weights) == 10
    assert ("kind", 5, 4) in steps and ("kind", 5, 6) not in steps
    assert {("distance", 2, 1), ("distance", 2, 3)} <= set(steps)
    assert [step[2] for step in steps if step[0] == "within"] == [1500, 1800, 2200, 2500]
    assert [step[2] for step in steps if step[0] == "most"] == [1, 3, 4]
    # With more weight on distance B, twice as far, gains on A.
    less, more = (each.points for each in moved if each.what == "distance")
    assert more["BBB"] - more["AAA"] > less["BBB"] - less["AAA"] > 0
