"""The committed facts are what the product's own reader makes of the documents, byte for byte."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from data.build import facts
from data.build.errors import BuildError
from data.load import REFERENCE


@pytest.fixture
def made(documents: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder with everything read anew, and what the reader said about it."""
    target = tmp_path / "reference"
    return target, facts.make(documents, target)


def test_reading_the_documents_again_gives_the_committed_bytes(made: tuple[Path, list[str]]):
    target, _ = made
    files = sorted(path.relative_to(target) for path in target.rglob("*.csv"))
    assert [str(path) for path in files] == [
        "mission_history.csv",
        "releases/bijlage-2023-12/deployments.csv",
        "releases/bijlage-2025-11/accreditations.csv",
        "releases/bijlage-2025-11/deployments.csv",
        "releases/bijlage-2025-11/postings.csv",
        "un_police.csv",
    ]
    for path in files:
        assert (target / path).read_bytes() == (REFERENCE / path).read_bytes(), path


def test_the_doubts_of_the_reader_are_the_known_ones(made: tuple[Path, list[str]]):
    lines = made[1]
    assert not [line for line in lines if "error" in line]
    # By hand: three rows without organisation, one of which names Rusland in its explanation,
    # two cities in one cell, one misspelling, and two
    # FILO's whose work area is no list of countries.
    assert Counter(line.split(": ")[2].split(",")[1].strip() for line in lines) == {
        "row 3": 1,
        "row 7": 1,
        "row 10": 1,
        "row 16": 2,
        "row 28": 1,
        "row 1": 1,
        "row 2": 1,
    }


HISTORY = {
    "start_year": "2004",
    "end_year": "Unknown",
    "mission": "EUX",
    "country_as_printed": "Cyprus",
    "lead_organisation": "VN",
    "tasks": "T/R",
    "max_deployed": "7",
    "source_url": "https://x",
}


@pytest.mark.parametrize(
    ("printed", "areas"),
    [
        ("Cyprus", "CYP"),
        ("South-Sudan", "SSD"),
        ("Servië-Montenegro", "MNE SRB"),
        ("Macedonië", "MKD"),
        ("Afghanistan (Masar a Sharif)", "AFG"),
        ("Bosnië-Herzegovina", "BIH"),
    ],
)
def test_history_countries(printed: str, areas: str):
    (row,) = facts.read_history(
        pd.DataFrame([HISTORY | {"country_as_printed": printed}])
    ).itertuples()
    assert (row.areas, row.country_printed) == (areas, printed)


def test_history_keeps_unknown_years_empty_and_what_was_printed():
    (row,) = facts.read_history(pd.DataFrame([HISTORY])).itertuples()
    assert (row.start_year, row.start_printed) == ("2004", "2004")
    assert (row.end_year, row.end_printed) == ("", "Unknown")
    assert (row.lead_organisation, row.lead_printed) == ("UN", "VN")


def test_a_country_of_the_history_that_is_none_stops_the_build():
    with pytest.raises(BuildError, match=r"row 2.*Narnia"):
        facts.read_history(pd.DataFrame([HISTORY | {"country_as_printed": "Narnia"}]))


def test_a_folder_without_the_documents_is_one_sentence(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["facts", str(tmp_path)])
    assert facts.main() == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert "nothing written" in said.err and "bijlage_2025-11" in said.err
