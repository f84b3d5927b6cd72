"""Where new posts help most: on a small world worked out by hand, and on the network of 2025."""

from __future__ import annotations

import tempfile
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir
from pyproj import Geod

from data.load import reference, release_table
from geo import ranking
from geo.coverage import coverage, seat_matrix_km
from geo.errors import LimitError
from geo.gaps import gaps, is_kind, nearest_km
from geo.placement import (
    Limits,
    candidates,
    country_weights,
    needs,
    place,
    seats,
    usual_limits,
)

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")
codes = str.split


def world(*degrees: float) -> pd.DataFrame:
    """Countries AAA, BBB, ... with their seats on the equator, at these degrees east."""
    names = [chr(65 + number) * 3 for number in range(len(degrees))]
    return pd.DataFrame(
        {
            "iso3": names,
            "kind": "state",
            "seat": [name.title() for name in names],
            "seat_lat": 0.0,
            "seat_lon": [float(each) for each in degrees],
        }
    )


def towns(units: pd.DataFrame) -> pd.DataFrame:
    return seats(units).assign(barred=pd.Series(pd.NA, units.index, dtype="str"))


def answered(posts: int, points: dict[str, float], units: pd.DataFrame, within: int, most: int):
    return place(posts, pd.Series(points), towns(units), units, Limits(within, most))


def names(answer) -> list[list[str]]:
    return [sorted(post.host for post in chosen.posts) for chosen in answer.sets]


# --- a world on the equator -----------------------------------------------------------------------

# A degree on the equator is 111.3 km: A, B and C lie 1,113 km apart, D 20 degrees on (2,226 km from
# C), E as far again.
LINE = world(0, 10, 20, 40, 60)
POINTS = {"AAA": 40.0, "BBB": 30.0, "CCC": 50.0, "DDD": 20.0, "EEE": 10.0}


def test_one_post_in_the_middle_reaches_both_neighbours():
    answer = answered(1, POINTS, LINE, 1500, 5)
    best = answer.sets[0]
    assert (best.gain, best.km) == (120.0, 2 * 1113)
    (post,) = best.posts
    assert (post.host, post.city, post.gain, post.alone, post.after) == ("BBB", "Bbb", *[120.0] * 3)
    served = [(each.iso3, each.distance_km, each.weight) for each in post.countries]
    assert served == [("BBB", 0, 30.0), ("AAA", 1113, 40.0), ("CCC", 1113, 50.0)]
    assert (answer.optimal, answer.bound, answer.total) == (True, 120.0, 150.0)
    # Of the others C reaches B and itself, A the same with 10 less, D and E only themselves.
    assert names(answer) == [["BBB"], ["CCC"], ["AAA"], ["DDD"], ["EEE"]]
    assert [chosen.gain for chosen in answer.sets] == [120.0, 80.0, 70.0, 20.0, 10.0]


def test_the_host_counts_among_the_countries_of_an_officer():
    """With two countries a post: in B itself and C, 80; in C itself and B, for A is too far, 80 as
    well, both with 1,113 km: B stands first by its code. In A itself and B, 70."""
    answer = answered(1, POINTS, LINE, 1500, 2)
    assert names(answer)[:3] == [["BBB"], ["CCC"], ["AAA"]]
    assert [chosen.gain for chosen in answer.sets][:3] == [80.0, 80.0, 70.0]
    assert answer.ties == 2
    alone = answered(1, POINTS, LINE, 1500, 1)
    assert [chosen.gain for chosen in alone.sets] == [50.0, 40.0, 30.0, 20.0, 10.0]


def test_of_equal_gains_the_fewer_kilometres_stand_first():
    """A lies 10 degrees west of B, C 8 degrees east (891 km); A and C weigh the same. With two
    countries a post, in B with C and in C with B 50 points and 891 km, in A with B 1,113 km."""
    points = {"AAA": 40.0, "BBB": 10.0, "CCC": 40.0}
    answer = answered(1, points, world(0, 10, 18), 1500, 2)
    found = [(chosen.posts[0].host, chosen.gain, chosen.km) for chosen in answer.sets]
    assert found == [("BBB", 50.0, 891), ("CCC", 50.0, 891), ("AAA", 50.0, 1113)]
    assert answer.ties == 3


def test_two_posts_count_a_country_once():
    """B with C (both, and A): 120, D adds 20. A post in E reaches E only, in D itself: 2,226 km."""
    answer = answered(2, POINTS, LINE, 1500, 5)
    assert names(answer)[0] == ["BBB", "DDD"] and answer.sets[0].gain == 140.0
    assert [(step.host, step.adds) for step in answer.step_by_step] == [("BBB", 120.0), ("DDD", 20)]
    # A and C: each serves itself, and B goes to either: 120 with 1,113 km, less than B and D.
    pair = next(
        chosen for chosen in answer.sets if {p.host for p in chosen.posts} == {"AAA", "CCC"}
    )
    assert (pair.gain, pair.km) == (120.0, 1113)
    assert {post.host: post.alone for post in pair.posts} == {"AAA": 70.0, "CCC": 80.0}
    assert {post.host: post.after for post in pair.posts} == {"AAA": 40.0, "CCC": 50.0}


def test_a_host_that_needs_nothing_takes_a_place():
    """B has an officer already: a post there still serves it, so of three two are left."""
    points = {name: POINTS[name] for name in ("AAA", "CCC", "DDD")}
    assert answered(1, points, LINE, 1500, 3).sets[0].gain == 90.0
    two = answered(1, points, LINE, 1500, 2).sets
    # In C itself (50) and nobody else within reach; in B C alone (50) with 1,113 km: C first.
    assert [(chosen.gain, chosen.km) for chosen in two[:2]] == [(50.0, 0), (50.0, 1113)]
    assert [chosen.posts[0].host for chosen in two[:2]] == ["CCC", "BBB"]


def test_frame_has_a_row_per_country():
    frame = answered(1, POINTS, LINE, 1500, 5).frame()
    first = frame[frame["set"] == 1]
    assert first["iso3"].tolist() == ["BBB", "AAA", "CCC"] and len(frame) == 3 + 2 + 2 + 1 + 1


@pytest.mark.parametrize(
    ("posts", "points", "within", "most", "code"),
    [
        (0, POINTS, 1500, 5, "new_posts_at_once"),
        (6, POINTS, 1500, 5, "new_posts_at_once"),
        (1, POINTS, 1500, 0, "no_countries_a_post"),
        (1, POINTS, -1, 5, "distance_below_zero"),
        (1, {}, 1500, 5, "nothing_to_close"),
        (3, {"EEE": 10.0}, 2300, 5, "too_few_places"),
    ],
)
def test_what_cannot_be_has_a_code(posts, points, within, most, code):
    with pytest.raises(LimitError) as caught:
        place(posts, pd.Series(points, dtype=float), towns(LINE), LINE, Limits(within, most))
    assert caught.value.code == code


def test_a_limit_that_reaches_nobody_names_the_nearest():
    """Only E needs an officer and no post may stand there; from D it is 20 degrees, 2,226 km."""
    barred = towns(LINE)
    barred.loc[4, "barred"] = "area"
    with pytest.raises(LimitError) as caught:
        place(1, pd.Series({"EEE": 10.0}), barred, LINE, Limits(1000, 5))
    assert caught.value.code == "too_few_places"
    assert caught.value.params == {"posts": 1, "places": 0, "within": 1000, "nearest": 2226}
    barred["barred"] = "area"
    with pytest.raises(LimitError) as caught:
        place(1, pd.Series({"EEE": 10.0}), barred, LINE, Limits(1000, 5))
    assert caught.value.code == "no_place_for_post"


@given(
    some.lists(some.tuples(some.integers(-60, 60), some.integers(0, 359)), min_size=2, max_size=6),
    some.data(),
)
@settings(derandomize=True, database=None, deadline=None, max_examples=100)
def test_on_a_globe_the_best_is_that_of_every_set(spots, data):
    """Seats anywhere; what a set serves is counted by going through every division of countries."""
    units = world(*range(len(spots)))
    units[["seat_lat", "seat_lon"]] = [(float(lat), float(lon) - 180) for lat, lon in spots]
    numbers = some.lists(some.integers(1, 9), min_size=len(spots), max_size=len(spots))
    points = dict(zip(units["iso3"], [n / 10 for n in data.draw(numbers)], strict=True))
    posts, most = data.draw(some.integers(1, 2)), data.draw(some.integers(1, 3))
    within = data.draw(some.sampled_from([0, 2000, 5000, 9000]))
    seat = units.set_index("iso3")[["seat_lon", "seat_lat"]]
    km = {
        (a, b): round(Geod(ellps="WGS84").inv(*seat.loc[a], *seat.loc[b])[2] / 1000)
        for a in seat.index
        for b in seat.index
    }

    def most_of(hosts: tuple[str, ...], left: list[str], room: dict[str, int]) -> float:
        """Tenths of points of the best division of the countries that are left."""
        if not left:
            return 0
        first, *rest = left
        best = most_of(hosts, rest, room)
        for host in hosts:
            if host == first:
                return round(points[first] * 10) + most_of(hosts, rest, room)
            if km[host, first] <= within and room[host]:
                fewer = room | {host: room[host] - 1}
                best = max(best, round(points[first] * 10) + most_of(hosts, rest, fewer))
        return best

    everyone = list(units["iso3"])
    sets = combinations(everyone, posts)
    expected = max(most_of(hosts, everyone, dict.fromkeys(hosts, most - 1)) for hosts in sets)
    answer = answered(posts, points, units, within, most)
    assert round(answer.sets[0].gain * 10) == expected
    for chosen in answer.sets:
        served = [(post.host, each) for post in chosen.posts for each in post.countries]
        assert len({each.iso3 for _, each in served}) == len(served)
        assert all(each.distance_km == km[host, each.iso3] for host, each in served)
        assert all(each.distance_km <= within or each.iso3 == host for host, each in served)
        assert all(
            sum(each.iso3 != post.host for each in post.countries) < most for post in chosen.posts
        )


# --- candidates -----------------------------------------------------------------------------------


def post(row: int, organisation: str | None, host: str, city: str, status: str = "active"):
    return {"kind": "LO", "row": row, "organisation": organisation, "host": host} | {
        "city": city,
        "status": status,
    }


def test_one_dutch_officer_a_city():
    """A holds NP, B a plan of KMar, C GPI, D a row that states none; E is one of the exceptions
    of 2013 with one officer, F one with two."""
    units = world(0, 10, 20, 30, 40, 50, 60)
    postings = pd.DataFrame(
        [
            post(1, "NP", "AAA", "Aaa"),
            post(2, "KMar", "BBB", "Bbb", "planned"),
            post(3, "GPI", "CCC", "Ccc"),
            post(4, None, "DDD", "Ddd"),
            post(5, "NP", "EEE", "Eee"),
            post(6, "NP", "FFF", "Fff"),
            post(7, "KMar", "FFF", "Fff"),
        ]
    )
    exceptions = pd.DataFrame({"iso3": ["EEE", "FFF"], "city": ["Eee", "Fff"]})
    barred = candidates(seats(units), postings, "NP", exceptions).set_index("host")["barred"]
    expected = {"AAA": "dutch", "BBB": "dutch", "DDD": "may_be_dutch", "FFF": "dutch"}
    assert barred.dropna().to_dict() == expected
    assert candidates(seats(units), postings, "GPI", exceptions)["barred"].isna().all()
    area = candidates(seats(units), postings, "GPI", area=["AAA"]).set_index("host")["barred"]
    assert area.isna().sum() == 1 and area["BBB"] == "area"


def test_a_town_without_a_position_and_the_own_country_are_barred():
    units = pd.DataFrame(
        {
            "host": ["NLD", "AAA", "AAA"],
            "city": ["Den Haag", "X", "Y"],
            "lat": [52.0, None, 1.0],
            "lon": [4.0, 2.0, 3.0],
        }
    )
    none = pd.DataFrame(columns=["kind", "row", "organisation", "host", "city", "status"])
    table = candidates(units, none, "GPI").set_index("city")["barred"]
    assert table["Den Haag"] == "home" and table["X"] == "unplaced" and pd.isna(table["Y"])


# --- the network of 2025 --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case(units, annex):
    """(values, gaps) of the ranking of 2025."""
    deployments = release_table("deployments", "bijlage-2025-11")
    served = coverage(units, annex.postings, annex.accreditations)
    frame = gaps(served, deployments=deployments)
    near = nearest_km(units, annex.postings, ())
    tables = ("populations", "priority_countries", "eu_members")
    return ranking.values(frame, near, *map(reference, tables)), frame


@pytest.fixture(scope="module")
def points(case, units) -> pd.Series:
    values, frame = case
    return needs(frame, country_weights(values, {}), units)


@pytest.fixture(scope="module")
def free(units, annex) -> pd.DataFrame:
    return candidates(seats(units), annex.postings, "NP", reference("model_exceptions"))


def test_usual_limits_are_those_of_nine_in_ten_posts_and_three_in_four_countries(annex, units):
    """Counted from the annex: of 54 active posts 46 serve at most six countries and 50 at most
    seven, the others 8, 9, 10 and 11; nine in ten are 48.6. The kilometres are counted anew."""
    limits = usual_limits(annex.postings, annex.accreditations, units)
    active = annex.postings.query("kind == 'LO' and status == 'active'").set_index("row")
    rows = annex.accreditations.query("kind == 'LO' and iso3 != 'NLD'")
    rows = rows[rows["row"].isin(active.index)]
    loads = sorted(rows.groupby("row").size())
    assert (len(loads), loads[45:51]) == (54, [6, 7, 7, 7, 7, 8]) and limits.most == 7
    seat = units.set_index("iso3")
    km = []
    for row, iso3 in zip(rows["row"], rows["iso3"], strict=True):
        if active.loc[row, "host"] != iso3:
            city, there = active.loc[row], seat.loc[iso3]
            line = Geod(ellps="WGS84").inv(city.lon, city.lat, there.seat_lon, there.seat_lat)
            km.append(round(line[2] / 1000))
    fewer = sum(each < limits.within for each in km)
    assert fewer < 0.75 * len(km) <= sum(each <= limits.within for each in km)
    assert limits.within in km


def test_points_are_the_scores_of_the_ranking(case, points, units):
    values, frame = case
    names = units.set_index("iso3")["name_en"]
    scores = ranking.rank(values, {}, names).scores.set_index("iso3")["score"]
    states = set(units.loc[units["kind"] != "territory", "iso3"])
    uncovered = set(frame.loc[is_kind(frame["kinds"], "uncovered"), "iso3"])
    assert set(points.index) == uncovered & states
    assert (points == scores[points.index]).all()
    # Bermuda, Greenland and other territories count where they are asked for.
    more = needs(frame, country_weights(values, {}), units, territories=True)
    assert set(more.index) == uncovered and "GRL" in more.index


def test_a_served_country_weighs_what_it_would_with_no_officer(case):
    """Belgium is served by one posting, Brussels: severity 0.4. With nobody it is 0.9, so with the
    default weight 5 of 20 it gains half of 25 points: 12.5."""
    values, _ = case
    codes = values.components["iso3"]
    today = ranking.rank(values, {}, pd.Series(codes.to_numpy(), index=codes))
    score = today.scores.set_index("iso3")["score"]
    assert country_weights(values, {})["BEL"] == pytest.approx(score["BEL"] + 12.5)


def test_a_partial_release_has_no_gap_to_close(units, letter):
    found = coverage(units, letter.postings, letter.accreditations, complete=False)
    frame = gaps(found, complete=False)
    with pytest.raises(LimitError) as caught:
        needs(frame, pd.Series(dtype=float), units)
    assert caught.value.code == "needs_of_partial_release"


def test_one_officer_more_is_the_best_of_every_capital(points, free, units):
    """For every capital: itself and the six that weigh most of those within the kilometres."""
    seat = units.set_index("iso3")
    gains = {}
    for town in free[free["barred"].isna()].itertuples():
        near = []
        for iso3, weight in points.items():
            there = seat.loc[iso3]
            line = Geod(ellps="WGS84").inv(town.lon, town.lat, there.seat_lon, there.seat_lat)
            if iso3 != town.host and round(line[2] / 1000) <= 1985:
                near.append(weight)
        gains[town.city] = points.get(town.host, 0.0) + sum(sorted(near)[-6:])
    ordered = sorted(gains.values(), reverse=True)
    answer = place(1, points, free, units, Limits(1985, 7))
    best = [(chosen.posts[0].city, chosen.gain) for chosen in answer.sets]
    assert [gain for _, gain in best] == pytest.approx(ordered[:11])
    assert all(gains[city] == pytest.approx(gain) for city, gain in best)
    assert answer.optimal and answer.proven == 11 and len(best) == 11


def test_an_officer_in_yaounde_reaches_ten_countries_within_1500_km(points, free, units):
    """Cameroon, Equatorial Guinea, Gabon, São Tomé, the Central African Republic, Chad, both
    Congos, Angola and Niger; Nigeria, Benin and Togo are served from Abuja."""
    answer = place(1, points, free, units, Limits(1500, 10))
    (yaounde,) = answer.sets[0].posts
    assert yaounde.city == "Yaoundé"
    reached = {each.iso3 for each in yaounde.countries}
    assert reached == set(codes("CMR GNQ GAB STP CAF TCD COG COD AGO NER"))
    assert [each.distance_km for each in yaounde.countries] == sorted(
        each.distance_km for each in yaounde.countries
    )


def test_distances_between_the_seats_may_be_there_already(points, free, units):
    """Each distance as pyproj measures it by itself."""
    km = seat_matrix_km(seats(units), units)
    answer = place(1, points, free, units, Limits(1500, 10), seats_km=km)
    (yaounde,) = answer.sets[0].posts
    assert yaounde.city == "Yaoundé"
    seat = units.set_index("iso3")
    there = [
        round(
            Geod(ellps="WGS84").inv(
                *seat.loc["CMR", ["seat_lon", "seat_lat"]],
                *seat.loc[each.iso3, ["seat_lon", "seat_lat"]],
            )[2]
            / 1000
        )
        for each in yaounde.countries
    ]
    assert [each.distance_km for each in yaounde.countries] == there


@pytest.mark.parametrize("posts", [2, 3, 5])
def test_more_officers_keep_to_the_limits_and_add_up(points, free, units, posts):
    answer = place(posts, points, free, units, Limits(1985, 7))
    dutch = set(free.loc[free["barred"].notna(), "city"])
    assert answer.optimal and answer.bound == answer.sets[0].gain
    assert sum(step.adds for step in answer.step_by_step) <= answer.sets[0].gain + 1e-9
    gains = [(-chosen.gain, chosen.km) for chosen in answer.sets]
    assert gains == sorted(gains)
    for chosen in answer.sets:
        countries = [each.iso3 for post in chosen.posts for each in post.countries]
        assert len(countries) == len(set(countries)) and set(countries) <= set(points.index)
        assert chosen.gain == pytest.approx(points[countries].sum())
        assert not dutch & {post.city for post in chosen.posts}
        for post in chosen.posts:
            served = {each.iso3 for each in post.countries}
            assert len(served | {post.host}) <= 7
            assert all(each.distance_km <= 1985 for each in post.countries)
            assert post.after <= post.alone + 1e-9
