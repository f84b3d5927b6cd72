"""Least missed: what closing a post would cost, against plain counting."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir
from pyproj import Geod

from geo.closing import SINGLE, least_missed, least_missed_together
from geo.errors import LimitError
from geo.options import Choice

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")
NAMES = ["AAA", "BBB", "CCC", "DDD"]
# Seats on the equator at 0, 10, 20 and 30 degrees: 1,113 km apart.
UNITS = pd.DataFrame({"iso3": NAMES, "seat_lat": 0.0, "seat_lon": [0.0, 10.0, 20.0, 30.0]})
WEIGHT = pd.Series([40.0, 30.0, 20.0, 10.0], NAMES)


def network(*posts: tuple[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(postings, accreditations): (host, "countries it serves"), rows from 1; NP all."""
    place = UNITS.set_index("iso3")
    postings = pd.DataFrame(
        {
            "kind": "LO",
            "row": range(1, len(posts) + 1),
            "organisation": "NP",
            "city": [host for host, _ in posts],
            "host": [host for host, _ in posts],
            "status": "active",
            "lat": 0.0,
            "lon": [place.loc[host, "seat_lon"] for host, _ in posts],
        }
    )
    pairs = [
        ("LO", row, iso3, "named")
        for row, (host, more) in enumerate(posts, start=1)
        for iso3 in dict.fromkeys([host, *more.split()])
    ]
    return postings, pd.DataFrame(pairs, columns=["kind", "row", "iso3", "basis"])


def test_each_post_by_hand():
    """1 in A serves A, B; 2 in B serves B, C; 3 in C serves C.

    Without 1, A is lost (40) and B is left to 2 (30, of which four ninths count: 13.3), no farther.
    Without 2, nothing is lost; B is left to 1, 1,113 km farther, and C to 3: 50 * 4/9 = 22.2.
    Without 3, C is left to 2, 1,113 km farther: 20 * 4/9 = 8.9.
    """
    table = least_missed(*network(("AAA", "BBB"), ("BBB", "CCC"), ("CCC", "")), UNITS, WEIGHT)
    assert table["row"].tolist() == [3, 2, 1]
    assert table["lost"].tolist() == [[], [], ["AAA"]]
    assert table["single"].tolist() == [["CCC"], ["BBB", "CCC"], ["BBB"]]
    assert table["extra_km"].tolist() == [1113, 1113, 0]
    assert table["cost"].tolist() == [8.9, 22.2, 53.3]
    assert table["countries"].tolist() == [1, 2, 2]


def test_equal_posts_stand_by_kilometres_and_row():
    """Two posts in A cost nothing, one by one; a third in B serves A from afar and B alone."""
    table = least_missed(*network(("AAA", ""), ("BBB", "AAA"), ("AAA", "")), UNITS, WEIGHT)
    assert table["row"].tolist() == [1, 3, 2]


def test_a_weight_that_is_not_known_makes_the_cost_unknown():
    weight = WEIGHT.where(WEIGHT.index != "AAA")
    table = least_missed(*network(("AAA", "BBB"), ("BBB", "")), UNITS, weight).set_index("row")
    assert pd.isna(table.loc[1, "cost"]) and table.loc[2, "cost"] == 13.3


def test_two_at_once_lose_what_neither_loses_alone():
    posts = network(("AAA", "BBB"), ("BBB", ""), ("CCC", "BBB"), ("CCC", ""))
    pair = least_missed_together(*posts, UNITS, WEIGHT, 2)
    assert pair.of == 6
    table = {
        tuple(rows): lost for rows, lost in zip(pair.sets["rows"], pair.sets["lost"], strict=True)
    }
    # B has three postings, so any two leave one; A has only row 1, C rows 3 and 4.
    assert table == {
        (1, 2): ["AAA"],
        (1, 3): ["AAA"],
        (1, 4): ["AAA"],
        (2, 3): [],
        (2, 4): [],
        (3, 4): ["CCC"],
    }
    assert pair.spared == 2


@given(
    some.lists(
        some.tuples(some.sampled_from(NAMES), some.sets(some.sampled_from(NAMES)).map(sorted)),
        min_size=1,
        max_size=5,
    ),
    some.integers(1, 3),
)
@settings(derandomize=True, database=None, deadline=None, max_examples=60)
def test_any_set_of_posts_is_what_counting_says(posts, at_once):
    at_once = min(at_once, len(posts))
    postings, pairs = network(*[(host, " ".join(more)) for host, more in posts])
    seat = UNITS.set_index("iso3")["seat_lon"]
    station = postings.set_index("row")["lon"]

    def nearest(iso3: str, rows: set[int]) -> int:
        geod = Geod(ellps="WGS84")
        lines = (geod.inv(station[row], 0, seat[iso3], 0)[2] for row in rows)
        return min(round(line / 1000) for line in lines)

    serving = {iso3: set(pairs.loc[pairs["iso3"] == iso3, "row"]) for iso3 in NAMES}
    expected = {}
    for rows in combinations(postings["row"], at_once):
        lost = [c for c in NAMES if serving[c] and not serving[c] - set(rows)]
        single = [c for c in NAMES if len(serving[c]) > 1 and len(serving[c] - set(rows)) == 1]
        stay = [c for c in NAMES if serving[c] - set(rows)]
        extra = sum(nearest(c, serving[c] - set(rows)) - nearest(c, serving[c]) for c in stay)
        cost = round(float(WEIGHT[lost].sum() + SINGLE * WEIGHT[single].sum()), 1)
        expected[rows] = (lost, single, extra, cost)
    answer = least_missed_together(postings, pairs, UNITS, WEIGHT, at_once)
    columns = (answer.sets[name] for name in ("rows", "lost", "single", "extra_km", "cost"))
    found = {tuple(rows): tuple(rest) for rows, *rest in zip(*columns, strict=True)}
    assert {rows: (lost, single, extra) for rows, (lost, single, extra, _) in found.items()} == {
        rows: (lost, single, extra) for rows, (lost, single, extra, _) in expected.items()
    }
    assert all(
        found[rows][3] == pytest.approx(each[3], abs=0.11) for rows, each in expected.items()
    )
    assert answer.spared == sum(not lost for lost, *_ in expected.values())
    order = [(bool(found[rows][0]), found[rows][3], found[rows][2], rows) for rows in found]
    assert order == sorted(order)


# --- the network of 2025 --------------------------------------------------------------------------

# Rows of the table whose closing leaves no country with nobody, and none newly with one.
NO_NEW_SINGLE = [29, 33, 39, 43, 44, 46, 47, 48, 55]


@pytest.fixture(scope="module")
def even(units) -> pd.Series:
    return pd.Series(10.0, units["iso3"])


def test_23_posts_leave_every_country_served_and_nine_of_them_no_new_single(annex, units, even):
    """Counted here from the rows of the table alone: how many active posts name each country."""
    active = set(annex.postings.query("kind == 'LO' and status == 'active'")["row"])
    areas: dict[int, set[str]] = {row: set() for row in active}
    for kind, row, iso3 in annex.accreditations[["kind", "row", "iso3"]].itertuples(index=False):
        if kind == "LO" and row in active and iso3 != "NLD":
            areas[row].add(iso3)
    count = Counter(iso3 for area in areas.values() for iso3 in area)
    spared = {row for row, area in areas.items() if all(count[iso3] > 1 for iso3 in area)}
    no_single = sorted(row for row in spared if all(count[iso3] > 2 for iso3 in areas[row]))
    assert len(spared) == 23 and no_single == NO_NEW_SINGLE

    table = least_missed(annex.postings, annex.accreditations, units, even)
    assert len(table) == 54
    nobody = table["lost"].map(len) == 0
    assert set(table.loc[nobody, "row"]) == spared and nobody[:23].all()
    assert table["row"].tolist()[:9] == NO_NEW_SINGLE  # no cost, no kilometres: by row
    assert table["single"].map(len).tolist()[:10] == [*[0] * 9, 1]
    for row, lost, single in table[["row", "lost", "single"]].itertuples(index=False):
        assert lost == sorted(iso3 for iso3 in areas[row] if count[iso3] == 1)
        assert single == sorted(iso3 for iso3 in areas[row] if count[iso3] == 2)


def test_of_one_organisation_only_its_posts_count(annex, units, even):
    """KMar alone serves Turkey from row 44 (Istanbul): for KMar it is missed, for all it is not."""
    kmar = least_missed(
        annex.postings, annex.accreditations, units, even, Choice(("KMar",))
    ).set_index("row")
    assert set(kmar["organisation"]) == {"KMar"}
    assert kmar.loc[44, "lost"] == ["TUR"]


def test_both_officers_in_nairobi_at_once(annex, units, even):
    """No row but 25 and 26 names any of nine countries; see the tests of what-if."""
    pair = least_missed_together(annex.postings, annex.accreditations, units, even, 2)
    assert pair.of == 54 * 53 // 2
    both = least_missed_together(
        annex.postings[annex.postings["row"].isin([25, 26])],
        annex.accreditations,
        units,
        even,
        2,
    )
    (lost,) = both.sets["lost"]
    assert lost == sorted("KEN TZA ZAF ETH SYC SOM SDN SSD ERI".split())


def test_the_stored_facts_never_change(annex, units, even):
    before = annex.postings.copy(), annex.accreditations.copy()
    least_missed_together(annex.postings, annex.accreditations, units, even, 3)
    pd.testing.assert_frame_equal(annex.postings, before[0])
    pd.testing.assert_frame_equal(annex.accreditations, before[1])


def test_too_much_at_once_has_a_code(annex, units, even):
    for number in (0, 4):
        with pytest.raises(LimitError) as caught:
            least_missed_together(annex.postings, annex.accreditations, units, even, number)
        assert caught.value.code == "closed_at_once"
    several = [annex.postings.assign(row=annex.postings["row"] + 100 * turn) for turn in range(5)]
    served = [
        annex.accreditations.assign(row=annex.accreditations["row"] + 100 * t) for t in range(5)
    ]
    with pytest.raises(LimitError) as caught:
        least_missed_together(pd.concat(several), pd.concat(served), units, even, 2)
    assert caught.value.code == "too_many_sets"
    assert caught.value.params == {"sets": 270 * 269 // 2, "most": 30_000}
