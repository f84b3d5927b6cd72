"""The ranking: scales worked out by hand, parts that add up, what is unknown left out by name."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from data.load import reference, release_table
from geo.coverage import coverage
from geo.errors import DataError
from geo.gaps import gaps, nearest_km
from geo.options import KINDS
from geo.ranking import (
    MOST,
    SEVERITY,
    WEIGHTS,
    Ranking,
    Scaling,
    Values,
    checked,
    normalised,
    rank,
    sensitivity,
    values,
)

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
    # Police in a mission are a component of their own, and count there only.
    assert set(SEVERITY) == set(KINDS) - {"mission_without_liaison"}
    assert all(0 < value <= 1 for value in SEVERITY.values())
    assert all(0 <= weight <= MOST for weight in WEIGHTS.values())


# The first twenty of the states that nobody serves, as decision 0010 lists them: people (Natural
# Earth, 2019), km to the nearest duty station, officers in missions. Each has 90 % of 25 for the
# kind and all of 10 for being outside the EU, and none was a priority country.
FIRST_TWENTY = """
IND 1366417754 2209 0|BGD 163046161 1531 0|COD 86790567 1716 0|MOZ 30366036 2769 0
IRN 82913906 878 0|AGO 31825295 2079 0|MDG 26969307 2274 0|NPL 28608710 2206 0
AFG 38041754 1698 0|PNG 8776109 2865 0|ZMB 17861030 1822 0|UGA 44269594 503 0
ZWE 14645468 1936 0|MWI 18628747 1442 0|PSE 4685306 223 2|PRK 25666161 811 0
CMR 25876380 726 0|TWN 23568378 810 0|GIN 12771246 1551 0|NER 23310715 767 0
"""


def test_the_first_twenty_worked_out_by_hand(known, names, units):
    cells = known()
    found = rank(cells, {}, names)
    here = set(cells.components.loc[cells.components["kind"] == "uncovered", "iso3"])
    here -= set(units.loc[units["kind"] == "territory", "iso3"]) | {"XPI"}
    first = [code for code in found.scores["iso3"] if code in here][:20]
    rows = [row.split() for row in FIRST_TWENTY.strip().replace("\n", "|").split("|")]
    assert first == [row[0] for row in rows]
    for iso3, *numbers in rows:
        people, km, officers = map(int, numbers)
        # A share of 100 is the weight times 5: 25, 25, 15, 10, 10; tenths, rounded half up.
        logarithm = min(1, round(math.log10(people / 1e5) / 4, 3))
        added = {"kind": 22.5, "population": half_up(25 * logarithm), "channel": 10}
        added |= {
            "mission": half_up(15 * officers / 5),
            "distance": half_up(10 * round(km / 5000, 3)),
        }
        shown = parts(found, iso3)["part"].to_dict()
        assert shown == pytest.approx(added | {"priority": 0}, abs=1e-9), iso3
        assert score(found, iso3) == pytest.approx(sum(added.values()), abs=1e-9), iso3


def half_up(points: float) -> float:
    return math.floor(round(points * 10, 6) + 0.5) / 10


def test_one_officer_lifts_nobody_to_the_top_and_distance_alone_no_small_state(known, names):
    scores = rank(known(), {}, names).scores.set_index("iso3")["score"]
    assert scores["IND"] > scores["PSE"] > scores["ISR"]
    # 117,606, 197,097 and 104,494 people, 4,752 km and less away; Ecuador has 17 million.
    assert scores["ECU"] > scores[["KIR", "WSM", "TON"]].max()


def test_equal_inputs_print_equal_parts_and_a_part_can_be_checked(known, names):
    for weights in ({}, {"population": 4}, dict.fromkeys(WEIGHTS, 3), {"mission": 1, "kind": 4}):
        found = rank(known(), weights, names)
        whole = found.parts[~found.parts["iso3"].isin(lacking(found))]
        same = whole.groupby(["component", "normalised"])["part"].nunique()
        assert (same == 1).all()
        # Of equal weights the parts are equal too, whatever component they belong to.
        same = whole.groupby(["weight", "normalised"])["part"].nunique()
        assert (same == 1).all()
        assert found.scores["score"].max() <= 100
    assert score(rank(known(), dict.fromkeys(WEIGHTS, 0) | {"channel": 1}, names), "ECU") == 100


def lacking(found: Ranking) -> set[str]:
    return set(found.scores.loc[found.scores["unknown"].map(bool), "iso3"])


@pytest.mark.parametrize(
    "weights", [{}, {"kind": 0, "mission": 1}, dict.fromkeys(WEIGHTS, 1), {"own": 5}]
)
def test_the_parts_add_up_to_the_score_exactly(known, names, weights):
    own = pd.DataFrame({"iso3": ["ECU", "SWE", "MLI"], "own": [3.0, 1.0, 2.0]})
    found = rank(known(own), weights, names)
    added = found.parts.groupby("iso3")["part"].sum().round(1)
    assert (added.reindex(found.scores["iso3"]).to_numpy() == found.scores["score"]).all()
    supposing = rank(known(own), weights, names, Scaling(unknown="middle"))
    added = supposing.parts.groupby("iso3")["part"].sum().reindex(supposing.scores["iso3"])
    together = (added.to_numpy() + supposing.scores["supposed"].fillna(0)).round(1)
    assert (together == supposing.scores["score"]).all()
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
    # Over 17 (20 less 3): 22.5 of 85 is 26.5, and so on; higher than with a zero.
    assert parts(found, "ECU").loc["kind", "part"] == 26.5
    assert score(found, "ECU") > score(rank(known(), {}, names), "ECU")
    assert pd.isna(parts(found, "ECU").loc["mission", "part"])


def test_what_is_unknown_may_count_as_the_middle(known, names):
    found = rank(known(missions=False), {}, names, Scaling(unknown="middle"))
    scores = found.scores.set_index("iso3")
    # 0.5 of the share of 15; its part stays missing, and what is supposed stands apart.
    assert scores.loc["ECU", "supposed"] == 7.5
    assert pd.isna(parts(found, "ECU").loc["mission", "part"])
    assert score(found, "ECU") == pytest.approx(score(rank(known(), {}, names), "ECU") + 7.5)
    # Abyei lacks its people as well: 7.5 and 12.5.
    assert scores.loc["XAB", "supposed"] == 20
    out = rank(known(missions=False), {}, names).scores
    assert out["supposed"].isna().all()
    # Where nothing that is known has a weight, there is no score to suppose one for.
    only = dict.fromkeys(WEIGHTS, 0) | {"mission": 5}
    none = rank(known(missions=False), only, names, Scaling(unknown="middle")).scores
    assert none[["score", "supposed"]].isna().all(axis=None)


def test_a_number_that_cannot_be_read_is_no_officer(known, names):
    cells = known().components
    cells["mission"] = cells["mission"].mask(cells["iso3"] == "PSE")
    found = rank(Values(cells, pd.Series(False, cells.index)), {}, names)
    assert found.scores.set_index("iso3").loc["PSE", "unknown"] == ["mission"]


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


FIGURES = pd.DataFrame(
    {"iso3": ["ECU", "IND", "PSE", "USA", "BEL"], "x": [1.0, 10.0, 0.0, 1000.0, 10.0]}
)


@pytest.mark.parametrize(
    ("scaling", "values"),
    [
        # From 0 to the highest, 1000; of Ecuador, India and Palestine alone the highest is 10.
        (Scaling(), [0.001, 0.01, 0, 1, 0.01]),
        (Scaling("gaps"), [0.1, 1, 0, 1, 1]),
        # 1 to 1000 are three powers of ten; what is 0 stands at the lowest end.
        (Scaling(curve="log"), [0, 0.333, 0, 1, 0.333]),
        (Scaling("gaps", "log"), [0, 1, 0, 1, 1]),
        # 0, 1, 10, 10, 1000: places 1 to 5, the third and fourth shared.
        (Scaling(curve="rank"), [0.25, 0.625, 0, 1, 0.625]),
        (Scaling("gaps", "rank"), [0.5, 1, 0, 1, 1]),
    ],
)
def test_an_indicator_is_scaled_as_the_reader_says(known, scaling, values):
    scaled = normalised(known(FIGURES), scaling, ["ECU", "IND", "PSE"]).set_index("iso3")["x"]
    assert scaled[FIGURES["iso3"]].tolist() == values
    assert pd.isna(scaled["NOR"])


def test_a_logarithm_has_no_place_below_zero(known):
    below = known(FIGURES.assign(x=[-1.0, 1, 2, 3, 4]))
    with pytest.raises(DataError, match="column x: below_zero_on_logarithm"):
        normalised(below, Scaling(curve="log"))


def test_what_one_step_of_a_weight_changes():
    cells = pd.DataFrame(
        {
            "iso3": ["AAA", "BBB", "CCC", "DDD"],
            # 0.2, 0.18, 0 and 0.16 of the largest distance; severities 0.4, 0.4, 0.6, 0.4.
            **{"population": 1e5, "distance": [1000.0, 900, 0, 800], "mission": 0.0},
            **{"priority": False, "channel": True},
            "kind": ["single", "single", "partner_only", "single"],
        }
    )
    weights = {"kind": 1, "distance": 1, "population": 0, "mission": 0, "priority": 0}
    weights |= {"channel": 0}
    found = rank(Values(cells, pd.Series(False, cells.index)), weights, pd.Series(dtype=object))
    # Halves of 0.6, 0.58, 0.6 and 0.56: A and C share the first place, in the order of names.
    assert found.scores["score"].tolist() == [30.0, 30.0, 29.0, 28.0]
    table = sensitivity(found, ["AAA", "CCC", "BBB", "DDD"]).set_index(["component", "changed"])
    assert (table["first"] == 2).all()  # half of four
    # Without the kind only distance counts: A, B, D, C. With twice as much of it C stands first.
    assert table.loc[("kind", 0), ["stay", "moved", "top"]].tolist() == [1, 2, "AAA"]
    assert table.loc[("kind", 0), ["enter", "leave"]].tolist() == [["BBB"], ["CCC"]]
    assert table.loc[("kind", 2), ["stay", "moved", "top"]].tolist() == [2, 1, "CCC"]
    assert ("mission", -1) not in table.index


@pytest.mark.parametrize("name", ["nearest", "supposed", "score", "value", "weight", "unknown"])
def test_an_indicator_may_have_any_name(known, names, name):
    own = pd.DataFrame({"iso3": ["ECU", "SWE"], name: [4.0, 1.0]})
    found = rank(known(own), {name: 5}, names)
    assert parts(found, "ECU").loc[name, "normalised"] == 1
    assert parts(found, "SWE").loc[name, "value"] == 1
    # What stands beside it is what it was without it.
    before = rank(known(), {}, names).scores.set_index("iso3")["nearest"]
    assert found.scores.set_index("iso3")["nearest"].reindex(before.index).equals(before)
    assert parts(found, "ISR").loc["mission", "normalised"] == 0.2


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
