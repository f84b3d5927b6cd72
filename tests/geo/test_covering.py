"""The best sets of places, against every set counted one by one."""

from __future__ import annotations

import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir

from geo import best_sets as searching
from geo.best_sets import best_sets
from geo.covering import Covering

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")
FAR = 9  # km within which a place may serve a country


@some.composite
def coverings(draw) -> Covering:
    """A small network: up to six places, five countries, three posts."""
    places, countries = draw(some.integers(1, 6)), draw(some.integers(1, 5))
    numbers = some.lists(some.integers(1, 6), min_size=countries, max_size=countries)
    weights = np.array(draw(numbers))
    cells = some.lists(some.integers(0, 14), min_size=countries, max_size=countries)
    km = np.array([draw(cells) for _ in range(places)])
    home = np.zeros(km.shape, dtype=bool)
    for place in range(places):
        country = draw(some.integers(0, countries))
        if country < countries:  # else the place stands in a country that needs nothing
            home[place, country] = True
    posts = draw(some.integers(1, min(3, places)))
    return Covering(weights, km, (km <= FAR) | home, home, draw(some.integers(1, 4)), posts)


def counted(network: Covering, places: tuple[int, ...]) -> tuple[int, int]:
    """(most weight, fewest kilometres for it): each country goes to a place with room, or to none.

    A country at home takes no room: `most` counts it already.
    """
    states = {(network.most - 1,) * len(places): (0, 0)}
    for country, weight in enumerate(network.weights.tolist()):
        after = dict(states)
        for room, (gain, km) in states.items():
            for number, place in enumerate(places):
                at_home = network.home[place, country]
                if not network.reach[place, country] or not (at_home or room[number]):
                    continue
                left = list(room)
                left[number] -= 0 if at_home else 1
                option = (gain + weight, km - int(network.km[place, country]))
                after[tuple(left)] = max(after.get(tuple(left), option), option)
        states = after
    gain, km = max(states.values())
    return gain, -km


def every_set(network: Covering) -> list[tuple[int, ...]]:
    """All sets: most weight first, then fewest kilometres, then by place."""
    sets = list(combinations(range(len(network.reach)), network.posts))
    worth = {places: counted(network, places) for places in sets}
    return sorted(sets, key=lambda places: (-worth[places][0], worth[places][1], places))


many = settings(derandomize=True, database=None, deadline=None, max_examples=100)


@given(coverings())
@many
def test_the_best_sets_are_those_of_counting_every_set(network):
    answer = best_sets(network, 11, 10)
    assert list(answer.sets) == every_set(network)[:11]
    assert answer.proven == len(answer.sets)
    assert answer.bound == counted(network, answer.sets[0])[0]


@given(coverings())
@settings(many, max_examples=40)  # it asks the solver time and again
def test_excluding_what_is_listed_gives_the_same_worth(network):
    """Where a bound leaves too many sets to measure, the solver excludes those that are listed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_MANY", 0)
        answer = best_sets(network, 5, 10)
    expected = [counted(network, places) for places in every_set(network)[:5]]
    assert [counted(network, places) for places in answer.sets] == expected
    assert len(set(answer.sets)) == len(answer.sets)


@given(coverings())
@many
def test_limits_are_never_broken(network):
    for places in best_sets(network, 3, 10).sets:
        assert len(set(places)) == network.posts
        pairs = network.assignment(places)
        countries = [country for _, country in pairs]
        assert len(set(countries)) == len(countries)
        for place in places:
            mine = [country for server, country in pairs if server == place]
            assert all(network.reach[place, country] for country in mine)
            away = [country for country in mine if not network.home[place, country]]
            assert len(away) <= network.most - 1
            assert all(network.home[place, c] or network.km[place, c] <= FAR for c in mine)


@given(coverings())
@many
def test_one_by_one_takes_the_best_each_time_and_never_more_than_the_best_set(network):
    order = network.greedy()
    chosen: list[int] = []
    for place in order:
        rest = [each for each in range(len(network.reach)) if each not in chosen]
        worth = {each: counted(network, (*chosen, each)) for each in rest}
        best = max(rest, key=lambda each: (worth[each][0], -worth[each][1], -each))
        assert place == best
        chosen.append(place)
    assert counted(network, order)[0] <= counted(network, every_set(network)[0])[0]


@given(coverings())
@settings(many, max_examples=40)
def test_without_time_there_is_an_answer_with_a_bound(network):
    answer = best_sets(network, 11, 0)
    if network.posts == 1:  # needs no search: each place is worth what it is worth alone
        assert answer.proven == len(answer.sets) == min(11, len(network.reach))
    else:
        assert answer.proven == 0 and len(answer.sets) == 1
    assert len(set(answer.sets[0])) == network.posts
    assert answer.bound >= counted(network, every_set(network)[0])[0]


def test_one_by_one_is_not_always_best():
    """Three places, two posts of three others each. Place 0 reaches countries 1, 2, 3; place 1
    reaches 0, 1, 2 and place 2 reaches 3, 4, 5. Weights 3, 4, 4, 4, 3, 3: place 0 has 12, more than
    11 and 10. With it the second adds 3 or 6, 18 together; places 1 and 2 have 21."""
    reach = np.array([[0, 1, 1, 1, 0, 0], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], dtype=bool)
    weights = np.array([3, 4, 4, 4, 3, 3])
    network = Covering(weights, np.zeros((3, 6), int), reach, np.zeros((3, 6), bool), 4, 2)
    assert network.greedy() == (0, 2)
    assert network.gain((0, 2)) == 18
    answer = best_sets(network, 3, 10)
    assert answer.sets == ((1, 2), (0, 2), (0, 1))
    assert [network.gain(places) for places in answer.sets] == [21, 18, 15]


def test_progress_tells_how_many_sets_are_listed():
    reach = np.ones((4, 2), dtype=bool)
    network = Covering(np.array([1, 2]), np.ones((4, 2), int), reach, ~reach, 2, 1)
    steps: list[tuple[int, int]] = []
    best_sets(network, 3, 10, lambda done, of: steps.append((done, of)))
    assert steps[0] == (0, 3) and steps[-1] == (3, 3)
