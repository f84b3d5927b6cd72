"""`place`, `spare`, `takeover`, `rebalance`: fixed keys, answers by hand, limits in sentences."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    return capsys.readouterr().err


# --- place ----------------------------------------------------------------------------------------


def test_place_has_its_keys_and_keeps_its_limits(capsys):
    found = run(capsys, "place", "--posts", "2", "--within", "1500", "--most", "10")
    assert list(found)[:4] == ["optimal", "bound", "seconds", "sets"]
    assert found["optimal"] and len(found["sets"]) == 11
    gains = [each["gain"] for each in found["sets"]]
    assert gains == sorted(gains, reverse=True) and found["bound"] == gains[0]
    for each in found["sets"]:
        assert {"gain", "posts"} <= set(each) and len(each["posts"]) == 2
        served = [one for post in each["posts"] for one in post["countries"]]
        assert len({one["iso3"] for one in served}) == len(served)
        assert all(one["distance_km"] <= 1500 for one in served)
        assert all(len(post["countries"]) <= 10 for post in each["posts"])
        assert {"host", "city", "gain", "countries"} <= set(each["posts"][0])
        assert round(sum(post["gain"] for post in each["posts"]), 1) == each["gain"]


def test_the_gain_is_what_the_ranking_of_the_gaps_says(capsys):
    """A country that nobody serves weighs its score: the two commands say the same."""
    scores = {row["iso3"]: row["score"] for row in run(capsys, "gaps", "--kind", "uncovered")}
    (post,) = run(capsys, "place", "--posts", "1")["sets"][0]["posts"]
    codes = [one["iso3"] for one in post["countries"]]
    assert set(codes) <= set(scores)
    assert round(sum(scores[code] for code in codes), 1) == post["gain"]


def test_place_with_own_weights_area_and_organisation(capsys, tmp_path: Path):
    """Within 1 km a post serves its own country alone. With people as the only weight the most
    peopled state that nobody serves is best: India. In South America Ecuador is, before Venezuela
    and Uruguay, which others serve already."""
    weights = tmp_path / "weights.json"
    others = ("kind", "mission", "distance", "priority", "channel")
    weights.write_text(json.dumps(dict.fromkeys(others, 0) | {"population": 5}))
    asked = ["place", "--posts", "1", "--within", "1", "--weights", str(weights)]
    assert run(capsys, *asked)["sets"][0]["posts"][0]["host"] == "IND"
    for region in ("South America", "Zuid-Amerika"):
        found = run(capsys, *asked, "--region", region)
        assert found["sets"][0]["posts"][0]["host"] == "ECU"


def test_place_in_a_table_has_a_row_a_set_and_post(capsys):
    assert main(["place", "--posts", "2", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 22
    head = ["set", "gain", "host", "city", "post_gain", "alone", "after", "countries"]
    assert list(rows[0]) == head


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--posts", "6"], "limits: "),
        (["--posts", "one"], "--posts: this is not a whole number"),
        (["--posts", "1", "--most", "0"], "limits: "),
        (["--posts", "1", "--region", "Atlantis"], "no region has this name"),
        (["--posts", "1", "--release", "kst-31015-94"], "names only some of the posts"),
    ],
)
def test_an_impossible_limit_gets_a_sentence(capsys, arguments, words):
    said = refused(capsys, "place", *arguments)
    assert words in said and said.count("\n") == 1


# --- the others -----------------------------------------------------------------------------------


def test_spare_names_every_post_and_what_it_costs(capsys):
    """Twice derived: 23 posts leave every country covered, nine of these no new single one."""
    rows = run(capsys, "spare")
    keys = ["row", "organisation", "host", "city", "lost", "single", "extra_km", "cost"]
    assert list(rows[0])[:8] == keys and len(rows) == 54
    free = [row for row in rows if not row["lost"]]
    assert rows[:23] == free
    nothing = sorted(row["row"] for row in free if not row["single"])
    assert nothing == [29, 33, 39, 43, 44, 46, 47, 48, 55]


def test_spare_of_one_organisation(capsys):
    rows = run(capsys, "spare", "--organisation", "GPI")
    assert {row["organisation"] for row in rows} == {"GPI"}


@pytest.mark.parametrize("country", ["ecu", "Ecuador"])
def test_takeover_of_ecuador(capsys, country):
    rows = run(capsys, "takeover", "--country", country)
    keys = ["iso3", "row", "organisation", "host", "city", "distance_km", "serves"]
    assert list(rows[0])[:7] == keys
    first = [(row["city"], row["row"], row["serves"]) for row in rows[:3]]
    assert first == [("Bogota", 5, 6), ("Cartagena", 6, 1), ("Lima", 7, 3)]
    assert rows[0]["distance_km"] == 728


def test_takeover_of_a_post(capsys):
    """Row 17 (Dubai) serves eight countries nobody else does, and Jordan with row 20 (Beirut)."""
    rows = run(capsys, "takeover", "--post", "17")
    assert len({row["iso3"] for row in rows}) == 9 and 17 not in {row["row"] for row in rows}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--country", "XXX"], "XXX"),
        (["--country", "Congo"], "Congo"),
        (["--post", "99"], "99"),
    ],
)
def test_takeover_of_nothing_gets_a_sentence(capsys, arguments, words):
    assert words in refused(capsys, "takeover", *arguments)


def test_rebalance_keeps_every_country_served(capsys):
    found = run(capsys, "rebalance")
    keys = {"iso3", "from", "to", "distance_before_km", "distance_after_km"}
    assert keys <= set(found["changes"][0]) and list(found)[:2] == ["changes", "totals"]
    saved = sum(each["distance_before_km"] - each["distance_after_km"] for each in found["changes"])
    totals = found["totals"]
    assert totals["before"]["km"] - totals["after"]["km"] == saved > 0
    rows = {row["row"]: row for row in run(capsys, "postings") if row["kind"] == "LO"}
    for each in found["changes"]:
        served = {side: {a["iso3"] for a in rows[each[side]]["accreditations"]} for side in
                  ("from", "to")}  # fmt: skip
        assert each["iso3"] in served["from"] and each["iso3"] not in served["to"]
        assert rows[each["from"]]["organisation"] == rows[each["to"]]["organisation"]


def test_rebalance_by_load_evens_what_distance_leaves_uneven(capsys):
    by = {aim: run(capsys, "rebalance", "--by", aim)["totals"] for aim in ("distance", "load")}
    assert by["distance"]["before"] == by["load"]["before"]
    after = {aim: totals["after"] for aim, totals in by.items()}
    assert after["load"]["spread"] < after["distance"]["spread"] <= by["load"]["before"]["spread"]
    assert after["distance"]["km"] < after["load"]["km"]


# --- a reader's own list of cities ----------------------------------------------------------------


def test_place_chooses_among_the_cities_of_a_file(capsys, tmp_path: Path):
    listed = tmp_path / "cities.csv"
    listed.write_text("city,iso3\nLusaka,ZMB\nYaoundé,CMR\n", encoding="utf-8")
    among_all = run(capsys, "place", "--posts", "1")["sets"][0]
    found = run(capsys, "place", "--posts", "1", "--candidates", str(listed))["sets"]
    # What is best of all is best of the few, and the others can only follow.
    assert among_all["posts"][0]["city"] == "Lusaka"
    assert found[0] == among_all
    assert [each["posts"][0]["host"] for each in found] == ["ZMB", "CMR"]


def test_a_city_that_nobody_knows_is_named(capsys, tmp_path: Path):
    listed = tmp_path / "cities.csv"
    listed.write_text("city,iso3\nLusaka,ZMB\nNergenshuizen,CMR\n", encoding="utf-8")
    words = refused(capsys, "place", "--posts", "1", "--candidates", str(listed))
    assert "cities.csv" in words and "Nergenshuizen" in words and "3" in words
