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
    """Of KMar nothing changes; of NP Jordan is lost too. Every sentence says for whom it holds.

    Of the 55 rows 28 are printed as NP and row 17 is one of them."""
    found = run(capsys, "whatif", dubai, "--organisation", "KMar")
    assert found["lost"] == []
    assert "van KMar." in found["sentences"]["nl"][0]
    assert found["sentences"]["en"][0].startswith(
        "This scenario changes nothing in the cover of KMar"
    )
    found = run(capsys, "whatif", dubai, "--organisation", "NP")
    assert "JOR" in listed(found, "lost") and len(found["lost"]) == 9
    said = found["sentences"]["nl"]
    assert said[0] == "9 landen en gebieden houden geen officier van NP over."
    assert said[1].startswith("Niemand van NP bedient dan nog: Bahrein, ")
    assert said[2] == (
        "Wel nog bediend door een andere organisatie: Jordanië – KMar Beiroet (rij 20)."
    )
    assert said[-1] == (
        "Bediend door officieren van NP: 96 landen en gebieden nu, 87 in dit scenario; "
        "actieve posten van NP: 28 en 27."
    )


def test_belgium_alone_is_told_of_all_organisations(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Without row 23 (NP Rabat) only Mauritania is left to row 30 (GPI); row 29 (KMar) serves
    Morocco, Senegal and the Gambia too."""
    file = tmp_path / "rabat.txt"
    file.write_text("bijlage-2025-11~Rabat~close.23\n")
    found = run(capsys, "whatif", str(file), "--organisation", "NP", "GPI")
    assert listed(found, "partner") == {"MRT"}
    assert (found["before"]["gpi_only"], found["after"]["gpi_only"]) == (5, 6)
    assert "alleen de Belgische politie: Mauritanië." in " ".join(found["sentences"]["nl"])


def test_a_scenario_that_cannot_be_answered(
    capsys: pytest.CaptureFixture[str], dubai: str, tmp_path: Path
) -> None:
    assert "only a part of the posts" in refused(
        capsys, "whatif", dubai, "--release", "kst-31015-94"
    )
    assert "cannot be opened" in refused(capsys, "whatif", str(tmp_path / "none.json"))
    named = tmp_path / "named.txt"
    named.write_text("bijlage-2030-05~x~close.17\n")
    told = refused(capsys, "whatif", str(named))
    assert "there is no such release" in told and "Known releases: bijlage-2025-11," in told
    assert "made on another" not in told and "Choose that release" not in told
    strange = tmp_path / "strange.txt"
    strange.write_text("no scenario at all\n")
    assert "neither JSON nor the line of a link" in refused(capsys, "whatif", str(strange))


def test_a_scenario_of_a_withdrawn_release(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    named = tmp_path / "named.json"
    named.write_text('{"release": "kst-31015-94", "changes": [{"close": {"row": 1}}]}')
    assert main(["release", "withdraw", "kst-31015-94"]) == 0
    for more in ([], ["--release", "bijlage-2025-11"]):
        assert "this release was withdrawn" in refused(capsys, "whatif", str(named), *more)


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
    said = found["sentences"]["nl"]
    assert "Alleen door GPI: Andorra, " in " ".join(said)
    # Rows 3, 7 and 16 print no organisation, see tests/geo/test_comparison.py.
    assert said[-1] == (
        "Ook bediend door een plaatsing waarvan het document de organisatie niet noemt: "
        "3 van de 81 alleen door NP + KMar (rijen 3 en 7); 9 van de 14 alleen door GPI (rijen 3 "
        "en 16); 7 van de 121 door geen van beide (rijen 3, 7 en 16)."
    )


def test_a_partial_release_says_what_it_cannot_say(capsys: pytest.CaptureFixture[str]) -> None:
    """The letter names posts in nine countries, all served in 2025 too."""
    found = run(capsys, "compare", "kst-31015-94", "bijlage-2025-11")
    assert found["counts"] == {"both": 9, "left": 0, "right": 0, "neither": 0, "unknown": 243}
    assert (found["a"]["complete"], found["b"]["complete"]) == (False, True)
    said = " ".join(found["sentences"]["en"])
    assert "129 countries and territories are served in the annex of 2025, while the letter" in said
    # Row 44 (KMar Istanbul) and paragraph 18 (KMar Ankara).
    turkey = next(each for each in found["both"] if each["iso3"] == "TUR")
    assert {post["table_row"] for post in turkey["postings_left"]} == {18}
    assert {35, 44, 54} == {post["table_row"] for post in turkey["postings_right"]}
    assert "posts.opened" in found["changes"]["unknown"]
    turned = run(capsys, "compare", "bijlage-2025-11", "kst-31015-94")
    assert turned["changes"] == found["changes"]  # the letter is the older one
    assert found["changes"]["before"] == "kst-31015-94"


@pytest.mark.parametrize("sides", [("kst-31015-94", "bijlage-2025-11"), ("NP+KMar", "GPI")])
def test_a_comparison_as_a_table_for_reading(
    capsys: pytest.CaptureFixture[str], sides: tuple[str, str]
) -> None:
    assert main(["compare", *sides, "--format", "table"]) == 0
    printed = capsys.readouterr().out
    assert "iso3  name" in printed and "postings_left" in printed and "postings_right" in printed


def test_organisations_within_a_partial_release(capsys: pytest.CaptureFixture[str]) -> None:
    """The letter names NP in Bucharest (paragraph 2), and NP and KMar in Ankara, Madrid and Rabat
    (18). The release is partial, not the police."""
    found = run(capsys, "compare", "NP", "KMar", "--release", "kst-31015-94")
    assert found["counts"] == {"both": 3, "left": 0, "right": 0, "neither": 0, "unknown": 249}
    said = found["sentences"]["nl"]
    assert said[0] == (
        "3 landen en gebieden worden door NP én door KMar bediend; van 249 is het in de brief van "
        "2013 onbekend."
    )
    assert [line.startswith("De brief van 2013 noemt maar een deel") for line in said] == [
        *(False, True, False)
    ]
    assert said[2] == (
        "1 land of gebied wordt door NP bediend; of KMar er ook dient, zegt de brief van 2013 niet."
    )


def test_releases_of_one_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    """KMar of the letter is in Turkey, Spain and Morocco, where rows 44, 46 and 29 of 2025 are. Of
    rows without organisation the letter has Rome, Paris, Colombia, Venezuela and Australia; the
    rows of 2025 that print none (3, 7 and 16) serve none of these five."""
    sides = ("kst-31015-94", "bijlage-2025-11")
    said = run(capsys, "compare", *sides, "--organisation", "KMar")["sentences"]["nl"]
    assert said[0] == (
        "3 landen en gebieden worden in de brief van 2013 én in de bijlage van 2025 bediend door "
        "officieren van KMar; van 249 is het niet te zeggen."
    )
    assert "in de bijlage van 2025 (KMar) bediend, terwijl de brief van 2013 (KMar)" in said[-1]
    found = run(capsys, "compare", *sides, "--organisation", "not-stated")
    assert listed(found, "left") == set(codes("ITA FRA COL VEN AUS"))
    assert "; 5 alleen in de brief van 2013; van 247 is" in found["sentences"]["nl"][0]
    assert found["sentences"]["nl"][0].startswith("Van geen land of gebied is bekend")


def test_sides_that_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such release" in refused(capsys, "compare", "NP", "NP+FBI")
    assert "are the same" in refused(capsys, "compare", "NP+KMar", "KMar+NP")
    assert "no table of the network" in refused(capsys, "compare", "NP", "bijlage-2023-12")
