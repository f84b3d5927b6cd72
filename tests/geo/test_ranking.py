"""The ranking: scales worked out by hand, parts that add up, what is unknown left out by name."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from data.load import reference, release_table
from geo.coverage import coverage
from geo.errors import DataError
from geo.gaps import KINDS, gaps, nearest_km
from geo.ranking import MOST, SEVERITY, WEIGHTS, Ranking, as_drawn, checked, rank, values

RELEASE = "bijlage-2025-11"


@pytest.fixture(scope="module")
def known(units, network):
    postings, accreditations = network(RELEASE)
    frame = gaps(
        coverage(units, postings, accreditations),
        deployments=release_table("deployments", RELEASE),
    )
    near = nearest_km(units, postings, ())
    tables = [reference(name) for name in ("populations", "priority_countries", "eu_members")]

    def make(indicators: pd.DataFrame | None = None, missions: bool = True) -> pd.DataFrame:
        cells = frame if missions else frame.assign(missions=None, officers=pd.NA)
        return values(cells, near, *tables, indicators)

    return make


@pytest.fixture(scope="module")
def names(units):
    return units.set_index("iso3")["name_nl"]


def parts(found: Ranking, iso3: str) -> pd.DataFrame:
    rows = found.parts[found.parts["iso3"] == iso3]
    return rows.set_index("component")


def score(found: Ranking, iso3: str) -> float:
    return float(found.scores.set_index("iso3")["score"][iso3])


def test_every_kind_has_a_severity_and_weights_are_within_bounds():
    assert set(SEVERITY) == set(KINDS)
    assert all(0 < value <= 1 for value in SEVERITY.values())
    assert all(0 <= weight <= MOST for weight in WEIGHTS.values())


def test_ecuador_worked_out_by_hand(known, names):
    found = rank(known(), {}, names)
    rows = parts(found, "ECU")
    # 17,373,662 people (Natural Earth, 2019); uncovered; 728 km from Bogota (4.84 degrees of
    # latitude of 110.6 km, 4.44 of longitude of 111.3 km); no mission; not one of
    # the 16 priority countries; no member of the EU. Weights 3, 5, 2, 4, 2, 1: together 17.
    people = math.log10(17_373_662 / 1e3) / 6
    expected = {"kind": 5 * 0.8, "mission": 0, "population": 3 * people, "distance": 2 * 728 / 5000}
    expected |= {"priority": 0, "channel": 1}
    assert rows["value"].to_dict() == {
        **{"kind": "uncovered", "mission": 0, "population": 17_373_662, "distance": 728},
        **{"priority": False, "channel": False},
    }
    for component, part in expected.items():
        assert rows.loc[component, "part"] == pytest.approx(100 * part / 17, abs=0.11), component
    assert score(found, "ECU") == pytest.approx(100 * sum(expected.values()) / 17, abs=0.06)


@pytest.mark.parametrize(
    "weights", [{}, {"kind": 0, "mission": 1}, dict.fromkeys(WEIGHTS, 1), {"own": 5}]
)
def test_the_parts_add_up_to_the_score_exactly(known, names, weights):
    own = pd.DataFrame({"iso3": ["ECU", "SWE", "MLI"], "own": [3.0, 1.0, 2.0]})
    found = rank(known(own), weights, names)
    added = found.parts.groupby("iso3")["part"].sum().round(1)
    assert (added.reindex(found.scores["iso3"]).to_numpy() == found.scores["score"]).all()
    assert found.scores["score"].between(0, 100).all()
    assert len(found.scores) == 244


def test_order_is_by_score_then_by_name(known, names):
    found = rank(known(), {"population": 0, "distance": 0, "kind": 0}, names)
    order = [(-score, names[iso3]) for iso3, score in found.scores[["iso3", "score"]].to_numpy()]
    assert order == sorted(order)
    # Two priority countries with a mission do not exist; a priority country outside the EU has a
    # part for each of both, and the first of those in the alphabet is Australia.
    most = found.scores[found.scores["score"] == found.scores["score"].max()]
    assert names[most["iso3"].iloc[0]] == min(names[most["iso3"]])


def test_a_weight_of_zero_leaves_a_component_out(known, names):
    only = rank(known(), dict.fromkeys(WEIGHTS, 0) | {"priority": 5}, names)
    assert score(only, "SUR") == 100 and score(only, "ECU") == 0
    nothing = rank(known(), dict.fromkeys(WEIGHTS, 0), names)
    assert nothing.scores["score"].isna().all()


def test_what_is_unknown_is_named_and_does_not_count(known, names):
    found = rank(known(missions=False), {}, names)
    scores = found.scores.set_index("iso3")
    assert scores.loc["ECU", "unknown"] == ["mission"]
    # How many people live in Abyei no source says; Belgium is served and no gap of a kind but
    # "single".
    assert scores.loc["XAB", "unknown"] == ["mission", "population"]
    assert scores.loc["BEL", "unknown"] == ["mission"]
    # Over 13 (5 + 3 + 2 + 2 + 1) and not over 17: Ecuador stands higher than with a zero.
    assert score(found, "ECU") > score(rank(known(), {}, names), "ECU")
    assert pd.isna(parts(found, "ECU").loc["mission", "part"])


def test_a_bar_is_not_longer_for_what_is_unknown(known, names):
    found = rank(known(missions=False), {}, names)
    drawn = as_drawn(found).set_index(["iso3", "component"])["part"]
    whole = as_drawn(rank(known(), {}, names)).set_index(["iso3", "component"])["part"]
    # 5 * 0.8 of 17, whether or not the missions (4 of 17) are known.
    assert drawn["ECU", "kind"] == whole["ECU", "kind"] == pytest.approx(100 * 4 / 17, abs=0.06)
    assert drawn["ECU", "mission"] == pytest.approx(score(found, "ECU") * 4 / 17, abs=0.11)
    # The pieces together are the score, whatever is unknown; Abyei lacks two components.
    added = drawn.groupby(level=0).sum().round(1)
    assert (added.reindex(found.scores["iso3"]).to_numpy() == found.scores["score"]).all()
    # Where all is known the pieces are the parts.
    every = rank(known(), {}, names)
    full = every.parts.set_index(["iso3", "component"])["part"]
    assert whole["ECU"].tolist() == full["ECU"].tolist()
    # Where nothing known has a weight, there is nothing to draw.
    assert as_drawn(rank(known(), dict.fromkeys(WEIGHTS, 0), names))["part"].isna().all()


def test_a_part_of_the_union_is_not_outside_it(known, names):
    found = rank(known(), {}, names)
    outside = {unit: parts(found, unit).loc["channel", "normalised"] for unit in OUTSIDE}
    assert outside == OUTSIDE


# 1 is outside: the territories of articles 349 and 355 are inside, other French ones are not.
OUTSIDE = {
    **dict.fromkeys(["GUF", "GLP", "MTQ", "REU", "MYT", "MAF", "ALA", "SWE"], 0),
    **dict.fromkeys(["PYF", "BLM", "GRL", "FRO", "BES", "NOR", "GBR"], 1),
}


def test_distance_to_who_serves_and_to_who_does_not(known, names):
    scores = rank(known(), {}, names).scores.set_index("iso3")
    assert scores.loc["ECU", "nearest"] and not scores.loc["PAK", "nearest"]


def test_an_indicator_of_the_reader(known, names):
    own = pd.DataFrame({"iso3": ["ECU", "SWE", "MLI"], "crime": [4.0, 1.0, 0.0]})
    found = rank(known(own), {"crime": 4}, names)
    assert [parts(found, unit).loc["crime", "normalised"] for unit in own["iso3"]] == [1, 0.25, 0]
    assert "crime" in found.scores.set_index("iso3").loc["NOR", "unknown"]
    below = own.assign(crime=[-2.0, 2.0, 0.0])
    found = rank(known(below), {}, names)
    assert [parts(found, unit).loc["crime", "normalised"] for unit in own["iso3"]] == [0, 1, 0.5]
    # One country: it has all there is of it, and no other country has less.
    one = rank(known(own.iloc[:1]), {}, names)
    assert parts(one, "ECU").loc["crime", "normalised"] == 1


@pytest.mark.parametrize("name", ["nearest", "in_mission", "score", "value", "weight", "unknown"])
def test_an_indicator_may_have_any_name(known, names, name):
    own = pd.DataFrame({"iso3": ["ECU", "SWE"], name: [4.0, 1.0]})
    found = rank(known(own), {name: 5}, names)
    assert parts(found, "ECU").loc[name, "normalised"] == 1
    assert parts(found, "SWE").loc[name, "value"] == 1
    # What stands beside it is what it was without it.
    before = rank(known(), {}, names).scores.set_index("iso3")["nearest"]
    assert found.scores.set_index("iso3")["nearest"].reindex(before.index).equals(before)
    assert parts(found, "ISR").loc["mission", "normalised"] == 1


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"people": 3}, "'people'"),
        ({"population": 6}, "'6'"),
        ({"population": -1}, "'-1'"),
        ({"population": 1.5}, "'1.5'"),
        ({"population": True}, "'True'"),
        ({"population": "veel"}, "'veel'"),
    ],
)
def test_weights_that_are_none(weights, told):
    with pytest.raises(DataError, match=r"w\.json") as error:
        checked(weights, list(WEIGHTS), "w.json")
    assert told in str(error.value)
