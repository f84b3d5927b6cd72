"""What if, and compare, on the command line: fixed keys, figures counted in the annex."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main

codes = str.split


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)


@pytest.fixture
def dubai(tmp_path: Path) -> str:
    file = tmp_path / "dubai.json"
    change = {"close": {"organisation": "NP", "city": "Dubai"}}
    file.write_text(json.dumps({"name": "Zonder Dubai", "changes": [change]}))
    return str(file)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith("liaisonatlas: ") and complaint.count("\n") == 1
    return complaint


def listed(found: dict[str, Any], key: str) -> set[str]:
    return {each["iso3"] for each in found[key]}


def test_what_happens_if_dubai_closes(capsys: pytest.CaptureFixture[str], dubai: str) -> None:
    """Row 17 names nine countries; only Jordan stands in another row, 20 (KMar Beirut)."""
    found = run(capsys, "whatif", dubai)
    assert list(found) == [
        *("scenario", "before", "after", "lost", "gained", "single", "backed", "partner"),
        *("lost_post", "gained_post", "farther", "nearer", "sentences"),
    ]
    assert found["scenario"]["text"] == "bijlage-2025-11~Zonder_Dubai~close.17"
    assert listed(found, "lost") == set(codes("ARE OMN QAT SAU KWT BHR YEM DJI"))
    assert listed(found, "single") == {"JOR"}
    assert [found[key] for key in ("gained", "backed", "lost_post")] == [[], [], []]
    assert (found["before"]["covered"], found["after"]["covered"]) == (138, 130)
    oman = next(each for each in found["lost"] if each["iso3"] == "OMN")
    assert list(oman) == ["iso3", "name", "before", "after", "postings"]
    assert (oman["before"]["state"], oman["after"]["state"]) == ("accredited", "none")
    assert [post["table_row"] for post in oman["postings"]] == [17]
    dutch, english = " ".join(found["sentences"]["nl"]), " ".join(found["sentences"]["en"])
    assert "Jordanië (KMar Beiroet)" in dutch and "Jordan (KMar Beirut)" in english
    assert "Saoedi-Arabië" in dutch and "138 landen en gebieden nu, 130" in dutch


def test_a_scenario_under_a_choice(capsys: pytest.CaptureFixture[str], dubai: str) -> None:
    """Of KMar nothing changes; of NP Jordan is lost too."""
    assert run(capsys, "whatif", dubai, "--organisation", "KMar")["lost"] == []
    found = run(capsys, "whatif", dubai, "--organisation", "NP")
    assert "JOR" in listed(found, "lost") and len(found["lost"]) == 9


def test_a_scenario_that_cannot_be_answered(
    capsys: pytest.CaptureFixture[str], dubai: str, tmp_path: Path
) -> None:
    assert "only a part of the posts" in refused(
        capsys, "whatif", dubai, "--release", "kst-31015-94"
    )
    assert "cannot be opened" in refused(capsys, "whatif", str(tmp_path / "none.json"))
    named = tmp_path / "named.txt"
    named.write_text("bijlage-2030-05~x~close.17\n")
    assert "made on another release" in refused(capsys, "whatif", str(named))


def test_two_sets_of_organisations(capsys: pytest.CaptureFixture[str]) -> None:
    """The worked example: 117 by NP and KMar, 50 by GPI, 252 units beside the Netherlands."""
    found = run(capsys, "compare", "NP+KMar", "GPI")
    counts = found["counts"]
    assert (counts["both"] + counts["left"], counts["both"] + counts["right"]) == (117, 50)
    assert sum(counts.values()) == 252 and counts["unknown"] == 0
    assert listed(found, "right") == set(
        codes("MEX RUS ARM KAZ KGZ UZB TJK BLR MLI AND SMR UKR GEO PAK")
    )
    assert "changes" not in found
    andorra = next(each for each in found["right"] if each["iso3"] == "AND")
    assert [post["table_row"] for post in andorra["postings_right"]] == [50]
    assert "Alleen GPI: Andorra, " in " ".join(found["sentences"]["nl"])


def test_a_partial_release_says_what_it_cannot_say(capsys: pytest.CaptureFixture[str]) -> None:
    """The letter names posts in nine countries, all served in 2025 too."""
    found = run(capsys, "compare", "kst-31015-94", "bijlage-2025-11")
    assert found["counts"] == {"both": 9, "left": 0, "right": 0, "neither": 0, "unknown": 243}
    assert (found["a"]["complete"], found["b"]["complete"]) == (False, True)
    assert "129 countries and territories are served in bijlage-2025-11, while kst-31015-94" in (
        " ".join(found["sentences"]["en"])
    )
    assert "posts.opened" in found["changes"]["unknown"]


def test_sides_that_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such release" in refused(capsys, "compare", "NP", "NP+FBI")
    assert "are the same" in refused(capsys, "compare", "NP+KMar", "KMar+NP")
    assert "no table of the network" in refused(capsys, "compare", "NP", "bijlage-2023-12")
