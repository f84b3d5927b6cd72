"""Scenario files: what people write, as JSON or as the line of a link; nothing is guessed."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from data.load import places, release_table
from data.scenarios import read, release_of, write
from data.store.read import Network
from geo.errors import DataError
from geo.names.cities import locate
from geo.scenario import Add, Close, Decide, Move, Rearrange, Reassign, Scenario

RELEASE = "bijlage-2025-11"
EVERY_KIND = Scenario(
    RELEASE,
    "Wat als: é",
    (
        Close(17),
        Move(31, "BEL", "Brussel"),
        Move(36, "FIN", "Helsinki", "host"),
        Move(32, "AUT", "Wenen", "to", (41, 42)),
        Rearrange(26, ("ZAF",), ("ERI",)),
        Reassign(3, "KMar"),
        Decide(10),
        Add("NP", "ECU", "Quito", ("PER", "BOL")),
    ),
)


@pytest.fixture(scope="module")
def annex() -> Network:
    postings = locate(release_table("postings", RELEASE), places())
    return Network(RELEASE, True, postings, release_table("accreditations", RELEASE))


def made(annex: Network, *changes: Any, **more: Any) -> Scenario:
    written = {"name": "x", "release": RELEASE, "changes": list(changes)} | more
    return read("scenario.json", json.dumps(written).encode(), annex)


def refused(annex: Network, *changes: Any, **more: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        made(annex, *changes, **more)
    assert caught.value.where == "scenario.json"
    return caught.value


def test_a_file_that_was_written_is_read_back(annex):
    assert read("a.json", write(EVERY_KIND).encode(), annex) == EVERY_KIND
    line = "bijlage-2025-11~Wat_als~close.17"
    assert read("a.txt", line.encode(), annex) == Scenario(RELEASE, "Wat als", (Close(17),))


def test_posts_countries_and_cities_by_name(annex):
    """Rows by hand from the annex: 17 NP Dubai, 3 Mexico City (no organisation printed), 29 KMar
    Rabat (printed "Rabbat"), 36 Belgrade."""
    scenario = made(
        annex,
        {"close": {"organisation": "NP", "city": "Dubai"}},
        {"close": {"organisation": "not-stated", "city": "Mexico City"}},
        {"close": {"organisation": "KMar", "city": "Rabbat", "host": "Marokko"}},
        {"move": {"city": "Belgrade", "to": {"host": "Hongarije", "city": "Budapest"}}},
        {
            "add": {
                "organisation": "NP",
                "host": "Ecuador",
                "city": "quito",
                "area": ["Peru", "XKX"],
            }
        },
    )
    assert scenario.changes == (
        Close(17),
        Close(3),
        Close(29),
        Move(36, "HUN", "Boedapest"),
        Add("NP", "ECU", "Quito", ("PER", "XKX")),
    )


def test_a_city_closes_whole_and_a_post_by_its_printed_name(annex):
    """Rows 25 and 26 are printed "Kenia-2 Kmar" and "Kenia-1  - KMar", both in Nairobi."""
    scenario = made(
        annex,
        {"close": {"city": "Nairobi", "all": True}},
        {
            "move": {
                "label": "Spanje",
                "organisation": "NP",
                "to": {"host": "PRT", "city": "Lissabon"},
            }
        },
    )
    assert scenario.changes == (Close(25), Close(26), Move(33, "PRT", "Lissabon", "keep"))
    assert made(annex, {"close": {"label": "Kenia-1"}}).changes == (Close(26),)
    assert made(annex, {"close": {"label": "kenia-2 kmar"}}).changes == (Close(25),)
    # Rabat: rows 23 (NP), 29 (KMar), 30 (GPI).
    both = {"close": {"city": "Rabat", "organisation": "KMar", "all": True}}
    assert made(annex, both).changes == (Close(29),)


def test_a_post_that_is_not_unique_lists_its_candidates(annex):
    """KMar has two officers in Nairobi: rows 25 and 26."""
    error = refused(
        annex, {"decide": {"row": 10}}, {"close": {"organisation": "KMar", "city": "Nairobi"}}
    )
    assert (error.row, error.code) == (2, "several_posts_fit")
    assert error.params["posts"] == ("25 KMar Nairobi (Kenia-2)", "26 KMar Nairobi (Kenia-1)")


@pytest.mark.parametrize(
    ("change", "code", "params"),
    [
        (
            {"close": {"organisation": "GPI", "city": "Dubai"}},
            "no_post_fits",
            "17 NP Dubai",
        ),
        ({"close": {"row": 99}}, "entry_row_unknown", ""),
        ({"close": {"row": 10**30}}, "entry_row_unknown", ""),
        ({"close": {"row": True}}, "entry_row_unknown", ""),
        ({"close": {"row": 17, "city": "Rabat"}}, "no_post_fits", ""),
        ({"close": {"organisation": "NP"}}, "entry_without_post", ""),
        ({"close": 17}, "entry_word", ""),
        ({"close": {"row": 17, "why": "x"}}, "entry_word", ""),
        ({"shut": {"row": 17}}, "entry_no_change", "'close', 'decide'"),
        (
            {"close": {"row": 1}, "decide": {"row": 10}},
            "entry_no_change",
            "",
        ),
        ([], "entry_no_change", ""),
        ({"close": {"city": "Rabat", "all": "yes"}}, "entry_all", ""),
        ({"close": {"row": 17, "all": True}}, "entry_all_without_city", ""),
        ({"close": {"city": "Narnia", "all": True}}, "no_post_fits", ""),
        ({"area": {"row": 26}}, "entry_area_without_countries", ""),
        ({"area": {"row": 26, "add": "ZAF"}}, "entry_area_no_list", ""),
        (
            {"move": {"row": 31, "to": {"host": "BEL", "city": "Brussel"}, "area": "all"}},
            "entry_move_without_area",
            "",
        ),
        (
            {"move": {"row": 31, "to": {"host": "BEL", "city": "Brussel"}, "area": {"to": []}}},
            "entry_move_without_area",
            "",
        ),
        ({"move": {"row": 31, "to": "BEL"}}, "entry_move_without_place", ""),
        ({"move": {"row": 31, "to": {"host": "BEL"}}}, "entry_no_name", ""),
        (
            {"move": {"row": 31, "to": {"host": "Belgie", "city": "Narnia"}}},
            "city_unknown",
            "",
        ),
        # A likely misspelling, a name of two countries and a region are no certain countries.
        (
            {"add": {"organisation": "NP", "host": "Ecuadro", "city": "Quito"}},
            "entry_country_alike",
            "ECU",
        ),
        (
            {"add": {"organisation": "NP", "host": "Congo", "city": "Kinshasa"}},
            "entry_country_alike",
            "",
        ),
        (
            {"add": {"organisation": "FBI", "host": "ECU", "city": "Quito"}},
            "organisation_without_officers",
            "'NP', 'KMar', 'GPI'",
        ),
        (
            {"add": {"organisation": ["NP"], "host": "ECU", "city": "Quito"}},
            "organisation_without_officers",
            "",
        ),
        (
            {"add": {"organisation": "NP", "host": "ECU", "city": "Quito", "area": "PER"}},
            "entry_area_no_list",
            "",
        ),
    ],
)
def test_a_change_that_cannot_stand_names_its_place(annex, change, code, params):
    error = refused(annex, {"decide": {"row": 10}}, change)
    assert (error.row, error.code) == (2, code)
    assert params in str(error)


def test_a_file_that_is_no_scenario(annex):
    for content, code in (
        (b"\xff\xfe\x00", "scenario_not_utf8"),
        (b"{", "scenario_no_json"),
        (b'{"a":' * 40_000, "scenario_too_large"),
        (b'{"a":' * 15_000, "scenario_no_json"),
        (b"", "scenario_no_file"),
        (b"[1]", "scenario_no_file"),
        (b"A~b~close.17", "scenario_without_release"),
    ):
        with pytest.raises(DataError) as caught:
            read("x.json", content, annex)
        assert (caught.value.where, caught.value.code) == ("x.json", code)
    assert refused(annex, changes={}).code == "changes_no_list"
    assert refused(annex, name=3).code == "name_no_text"
    assert refused(annex, more=1).code == "scenario_word"


def test_what_is_too_much_is_refused_before_it_is_read(annex, monkeypatch):
    def called(*given):
        raise AssertionError("a change was looked up")

    monkeypatch.setattr("data.scenarios.Entries.changes", called)
    error = refused(annex, *[{"close": {"row": 17}}] * 31)
    assert (error.code, error.value) == ("too_many_changes", "31")
    monkeypatch.setattr("data.scenarios.json.loads", called)
    large = b'{"release": "bijlage-2025-11", "changes": []}' + b" " * 100_000
    assert release_of(large) is None
    with pytest.raises(DataError, match=r"scenario_too_large.*most=100000"):
        read("x.json", large, annex)


def test_the_release_that_a_file_names():
    for content, found in (
        (b'{"release": "kst-31015-94"}', "kst-31015-94"),
        (b'{"release": 3}', None),
        (b'{"changes": []}', None),
        (b"bijlage-2025-11~x~close.17", "bijlage-2025-11"),
        (b"no scenario at all", None),
        (b"", None),
    ):
        assert release_of(content) == found


def test_lists_in_lists_are_no_fault_of_the_program(annex):
    """Some depth can be read and not be written again; neither ends in an error of Python."""
    most = sys.getrecursionlimit()
    for depth in (*range(most - 200, most), 5 * most):  # how deep we are now counts too
        content = b'{"changes": [' + b"[" * depth + b"]" * depth + b"]}"
        with pytest.raises(DataError):
            read("x.json", content, annex)


def test_rows_belong_to_a_release(annex):
    error = refused(annex, {"close": {"row": 17}}, release="bijlage-2026-05")
    assert error.value == "bijlage-2026-05" and error.code == "scenario_of_other_release"
    # Without a release the one that is asked for is meant.
    assert read("x", b'{"changes": [{"close": {"row": 17}}]}', annex).release == RELEASE


def test_a_partial_release_is_refused_first(annex):
    part = Network("kst-31015-94", False, annex.postings, annex.accreditations)
    with pytest.raises(DataError, match="scenario_on_partial"):
        read("x", b'{"changes": [{"close": {"row": 999}}]}', part)
