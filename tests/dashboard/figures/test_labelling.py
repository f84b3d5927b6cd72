"""Which names come first: worked out by hand from areas and an atlas."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures import labelling
from data.load import reference


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    """The real units."""
    return reference("units")


def test_states_come_before_territories_and_the_larger_first(units):
    ranks = labelling.ranks(units)
    assert [iso3 for iso3, rank in ranks.items() if rank == 0] == ["RUS"]
    assert ranks["DEU"] < ranks["GBR"] < ranks["DNK"] < ranks["VAT"]
    # Greenland is larger than Algeria, the largest state of Africa, and a part of Denmark.
    assert ranks["DNK"] < ranks["GRL"] and ranks["GRL"] < ranks["IMN"] < ranks["JEY"]
    assert sorted(ranks.values()) == list(range(len(units)))


def test_hosts_and_large_gaps_come_first(units):
    """India (3.2 million km2) is a large gap, Nepal (148,000) too, Denmark (43,000) is not."""
    found = labelling.first(units, {"KEN", "ALB", "CUW"}, {"IND", "NPL", "DNK", "GRL"})
    assert found == ["KEN", "ALB", "CUW", "IND", "NPL"], "no gap in a territory, Denmark is small"


@pytest.mark.parametrize("island", ["JEY", "GGY", "IMN"])
def test_islands_wait_for_denmark_germany_and_the_united_kingdom(units, island):
    assert {"DNK", "DEU", "GBR"} <= set(labelling.waits(units)[island])


def test_who_waits_for_whom(units):
    waits = labelling.waits(units)
    assert "CYP" in waits["XAD"], "Cyprus is small and right there"
    assert "AUS" not in waits["TKL"] and not {"DNK", "DEU"} & set(waits["ABW"]), "far away"
    assert not set(waits) & set(units.loc[units["kind"] == "state", "iso3"])


TURNS = [("DEU", True), ("DNK", False), ("JEY", False), ("ABW", False)]
WAITS = {"JEY": ["GBR", "DEU", "DNK"]}


@pytest.mark.parametrize(
    ("no_room", "named"),
    [
        ((), ["DEU", "DNK", "JEY", "ABW"]),  # the United Kingdom is not seen here
        (("DNK",), ["DEU", "ABW"]),
        (("JEY",), ["DEU", "DNK", "ABW"]),
    ],
)
def test_a_territory_is_not_named_where_a_state_it_waits_for_has_no_room(no_room, named):
    put = lambda iso3, _: iso3 not in no_room  # noqa: E731
    assert labelling.put_in_turn(TURNS, WAITS, put) == named


def test_the_turns_of_a_panel_hold_what_is_seen_and_nothing_twice():
    ranks = {"RUS": 0, "DEU": 1, "DNK": 2, "JEY": 3}
    turns = labelling.in_turn(["JEY", "DNK", "RUS", "DEU"], ["DEU", "IND", "DEU"], ranks)
    assert turns == [("DEU", True), ("RUS", False), ("DNK", False), ("JEY", False)]
