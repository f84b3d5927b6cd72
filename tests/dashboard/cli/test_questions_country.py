"""`country`: the documents' facts, and beside them what other sources say, counted nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main

KEYS = ["date", "organisation", "host", "city", "plan", "kind", "claim", "url", "counted"]


@pytest.fixture(autouse=True)
def _own_folder(own_store: Path) -> None:
    """A store of its own for each test."""


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["country", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_colombia_has_two_posts_and_a_belgian_one_beside_them(capsys):
    """Rows 5 and 6 of table 1 of 2025; six claims name Colombia, two of them plans."""
    found = asked(capsys, "COL")
    assert list(found) == [
        *("iso3", "name", "release", "network_as_of", "coverage", "postings", "missions"),
        *("history", "evidence", "conflicts"),
    ]
    assert (found["coverage"]["state"], found["coverage"]["organisations"]) == ("post", ["NP"])
    assert [each["source"]["row"] for each in found["postings"]] == [5, 6]
    assert all(list(each) == KEYS and each["counted"] is False for each in found["evidence"])
    assert [(each["date"], each["plan"]) for each in found["evidence"]] == [
        *(("1996-10", False), ("2018-02", True), ("2019-01", False)),
        *(("2022-03", True), ("2023-03", False), ("2025", False)),
    ]
    last = found["evidence"][-1]
    assert (last["organisation"], last["host"], last["city"], last["kind"]) == (
        *("GPI", "COL", "Bogota", "press"),
    )
    assert last["url"].startswith("https://www.belganewsagency.eu/")
    [conflict] = found["conflicts"]
    assert (conflict["kind"], conflict["city"], conflict["counted"]) == ("missing", "Bogota", False)
    assert [each["date"] for each in found["history"]] == ["2013-10-09", "2013-10-09", "2019"]
    assert all(set(each) == {"date", "text", "source"} for each in found["history"])


def test_nobody_serves_ecuador_and_another_source_says_otherwise(capsys):
    found = asked(capsys, "ecu", "--language", "en")
    assert (found["coverage"]["state"], found["postings"]) == ("none", [])
    assert [each["date"] for each in found["evidence"]] == ["2023-03", "2025"]
    assert {each["host"] for each in found["evidence"]} == {"COL"}
    assert found["evidence"][1]["claim"].startswith("Belgium has had a post in Bogotá since 2023")
    assert [each["areas"] for each in found["conflicts"]] == [["COL", "ECU"]]


def test_missions_of_every_date_and_a_table_to_read(capsys):
    """Mali: 2023 and 2025, see the annexes; the last of its claims is of 2025."""
    found = asked(capsys, "MLI", "--organisation", "NP")
    assert {each["as_of"] for each in found["missions"]} <= {"2023-11-24", "2025-11-12"}
    assert "2023-09" in [each["date"] for each in found["evidence"]]
    assert main(["country", "MAR", "--language", "nl"]) == 0
    out = capsys.readouterr().out
    assert "andere openbare bronnen, niet meegeteld (2)" in out and "GMB; TUN" in out


@pytest.mark.parametrize("text", ["Colombia", "col", "COL"])
def test_a_certain_name_is_as_good_as_a_code(capsys, text):
    assert main(["country", text, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["iso3"] == "COL"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ATA", "Nobody lives there for good, only the crews of research stations"),
        ("antarctica", "Nobody lives there for good, only the crews of research stations"),
        ("Kongo", "Perhaps COD, COG"),
    ],
)
def test_what_is_no_country_or_not_certainly_one(capsys, text, words):
    assert main(["country", text]) == 2
    assert words in capsys.readouterr().err


def test_a_country_that_is_none(capsys):
    assert main(["country", "XXX"]) == 2
    assert "'XXX'" in capsys.readouterr().err
