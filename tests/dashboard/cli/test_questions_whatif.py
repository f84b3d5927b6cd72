"""What if, and compare, on the command line: fixed keys, figures counted in the annex."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main

codes = str.split


pytestmark = pytest.mark.usefixtures("own_store")


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
        *("lost_post", "gained_post", "farther", "nearer", "beyond", "work_areas", "sentences"),
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
        "This scenario changes nothing in the coverage of KMar"
    )
    found = run(capsys, "whatif", dubai, "--organisation", "NP")
    assert "JOR" in listed(found, "lost") and len(found["lost"]) == 9
    said = found["sentences"]["nl"]
    assert said[0] == "9 landen en gebieden hebben dan geen officier van NP meer."
    lost = "9 landen en gebieden hebben dan geen officier van NP meer: Bahrein, "
    assert said[1].startswith(lost)
    assert said[2] == (
        "Een andere organisatie bedient nog wel: Jordanië – KMar Beiroet (rij 20 van tabel 1)."
    )
    assert said[-1] == (
        "Bediend door officieren van NP: 96 landen en gebieden nu, 87 in dit scenario; "
        "actieve posten van NP: 28 en 27."
    )


def scenario(tmp_path: Path, *changes: dict[str, Any]) -> str:
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({"release": "bijlage-2025-11", "changes": changes}))
    return str(file)


def test_posts_of_one_city_are_told_apart(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Row 25, Kenia-2: Kenya, Tanzania, South Africa, Ethiopia, Seychelles. Row 26, Kenia-1: Kenya,
    Tanzania, Somalia, Sudan, South Sudan, Ethiopia, Eritrea, Seychelles. No other row names any."""
    found = run(capsys, "whatif", scenario(tmp_path, {"close": {"label": "Kenia-2"}}))
    assert listed(found, "lost") == {"ZAF"}
    assert "In Nairobi blijft: KMar Nairobi (Kenia-1)." in found["sentences"]["nl"]
    assert "Remaining in Nairobi: KMar Nairobi (Kenia-1)." in found["sentences"]["en"]
    found = run(capsys, "whatif", scenario(tmp_path, {"close": {"city": "Nairobi", "all": True}}))
    assert found["scenario"]["text"] == "bijlage-2025-11~~close.25~close.26"
    assert listed(found, "lost") == set(codes("KEN TZA ZAF ETH SYC SOM SDN SSD ERI"))
    assert not any("blijft" in line for line in found["sentences"]["nl"])
    complaint = refused(
        capsys, "whatif", scenario(tmp_path, {"close": {"organisation": "KMar", "city": "Nairobi"}})
    )
    assert "row 25 KMar Nairobi (Kenia-2), row 26 KMar Nairobi (Kenia-1)" in complaint


def test_a_move_says_what_becomes_of_the_work_area(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Row 17 of the annex names nine countries; Quito is some 14,300 km from Abu Dhabi. The
    farthest that any row reaches is Islamabad, 3,946 km from Istanbul (row 54)."""
    move = {"row": 17, "to": {"host": "ECU", "city": "Quito"}}
    found = run(capsys, "whatif", scenario(tmp_path, {"move": move}))  # as files were before
    assert found["scenario"]["text"] == "bijlage-2025-11~~move.17.ECU.Quito.keep"
    assert listed(found, "beyond") == set(codes("ARE OMN QAT SAU KWT BHR YEM DJI"))
    said = found["sentences"]["nl"]
    assert said[0].endswith(
        "; 8 landen en gebieden worden bediend van verder weg dan enige post nu."
    )
    assert said[1].startswith("NP Dubai houdt zijn werkgebied: 9 landen en gebieden, op 12.3")
    assert said[2].startswith("Let op: verder dan enige post nu bedient (3.946 km, GPI Istanbul")
    emirates = next(each for each in found["work_areas"] if each["iso3"] == "ARE")
    assert (emirates["row"], emirates["step"], emirates["beyond"]) == (17, "kept", True)
    assert abs(emirates["km_after"] - 14_295) < 5
    found = run(capsys, "whatif", scenario(tmp_path, {"move": move | {"area": "host"}}))
    assert listed(found, "lost") == set(codes("ARE OMN QAT SAU KWT BHR YEM DJI"))
    assert "NP Dubai bedient dan alleen Ecuador; uit" in found["sentences"]["nl"][1]
    handed = {"area": {"to": [{"organisation": "KMar", "city": "Beirut"}, {"row": 35}]}}
    found = run(capsys, "whatif", scenario(tmp_path, {"move": move | handed}))
    assert found["lost"] == [] and found["beyond"] == []
    # Of all nine Beirut is nearer than Ankara, which lies north-west of it.
    assert "KMar Beiroet – Bahrein, Djibouti, " in found["sentences"]["nl"][1]
    assert "NP Ankara – geen land." in found["sentences"]["nl"][1]


def test_a_work_area_changes_without_closing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Row 26 takes South Africa from row 25, which then may close: nobody else serves it."""
    area = {"area": {"row": 26, "add": ["Zuid-Afrika"], "drop": ["Eritrea"]}}
    found = run(capsys, "whatif", scenario(tmp_path, area, {"close": {"row": 25}}))
    assert listed(found, "lost") == {"ERI"}
    assert "KMar Nairobi (Kenia-1) bedient dan ook: Zuid-Afrika." in found["sentences"]["nl"][1]


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
    said = found["sentences"]["nl"]
    assert any(line.endswith("houdt alleen een Belgische officier: Mauritanië.") for line in said)


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
    assert (
        "there is no such release" in told
        and "Choose one of these releases: bijlage-2025-11," in told
    )
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
    """The worked example: 117 by NP and KMar, 50 by GPI, 244 units beside the Netherlands."""
    found = run(capsys, "compare", "NP+KMar", "GPI")
    counts = found["counts"]
    assert counts["both"] + counts["left"] + counts["left_other"] == 117
    assert counts["both"] + counts["right"] + counts["right_other"] == 50
    assert sum(counts.values()) == 244 and counts["unknown"] == 0
    # The five that the start page counts; rows 3 and 16 serve nine more, see test_comparison.py.
    assert listed(found, "right") == set(codes("RUS MLI AND SMR PAK"))
    assert listed(found, "right_other") == set(codes("MEX ARM KAZ KGZ UZB TJK BLR UKR GEO"))
    assert "changes" not in found
    andorra = next(each for each in found["right"] if each["iso3"] == "AND")
    assert [post["table_row"] for post in andorra["postings_right"]] == [50]
    said = found["sentences"]["nl"]
    # 36 are of both: 117 less 36, and 50 less 36.
    assert "; 81 door NP + KMar en niet door GPI; 14 door GPI en niet door NP + KMar." in said[0]
    assert "Alleen door GPI: Andorra, Mali, Pakistan, Rusland en San Marino." in said
    # Rows 3, 7 and 16 print no organisation, see tests/geo/test_comparison.py.
    assert said[-2] == (
        "Ook bediend door een post waarvan de organisatie onbekend is: "
        "3 van de 81 door NP + KMar en niet door GPI (rijen 3 en 7 van tabel 1); "
        "9 van de 14 door GPI en niet door NP + KMar (rijen 3 en 16 van tabel 1); "
        "7 van de 113 door geen van beide (rijen 3, 7 en 16 van tabel 1)."
    )
    assert said[-1].startswith("Een post waarvan de organisatie onbekend is, kan van elke")


def test_a_partial_release_says_what_it_cannot_say(capsys: pytest.CaptureFixture[str]) -> None:
    """The letter names posts in nine countries, all served in 2025 too."""
    found = run(capsys, "compare", "kst-31015-94", "bijlage-2025-11")
    assert {name: n for name, n in found["counts"].items() if n} == {"both": 9, "unknown": 235}
    assert (found["a"]["complete"], found["b"]["complete"]) == (False, True)
    said = " ".join(found["sentences"]["en"])
    assert "129 countries and territories are served in the network of early 2026, while" in said
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
    assert {name: n for name, n in found["counts"].items() if n} == {"both": 3, "unknown": 241}
    said = found["sentences"]["nl"]
    assert said[0] == (
        "3 landen en gebieden worden door NP én door KMar bediend; van 241 landen en gebieden is "
        "het in de Kamerbrief van 9 oktober 2013 onbekend."
    )
    assert [
        line.startswith("De Kamerbrief van 9 oktober 2013 noemt maar een deel") for line in said
    ] == [*(False, True, False)]
    assert said[2] == (
        "1 land of gebied wordt door NP bediend; of KMar er ook dient, zegt "
        "de Kamerbrief van 9 oktober 2013 niet."
    )


def test_releases_of_one_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    """KMar of the letter is in Turkey, Spain and Morocco, where rows 44, 46 and 29 of 2025 are. Of
    rows without organisation the letter has Rome, Paris, Colombia, Venezuela and Australia; the
    rows of 2025 that print none (3, 7 and 16) serve none of these five."""
    sides = ("kst-31015-94", "bijlage-2025-11")
    said = run(capsys, "compare", *sides, "--organisation", "KMar")["sentences"]["nl"]
    assert said[0] == (
        "3 landen en gebieden worden in de Kamerbrief van 9 oktober 2013 én in het netwerk van "
        "begin 2026 bediend door officieren van KMar; van 241 landen en gebieden is het "
        "niet te zeggen."
    )
    assert (
        "in het netwerk van begin 2026 (KMar) bediend, maar de Kamerbrief van 9 oktober 2013 (KMar)"
        in said[-1]
    )
    found = run(capsys, "compare", *sides, "--organisation", "not-stated")
    assert listed(found, "left") == set(codes("ITA FRA COL VEN AUS"))
    assert "; 5 alleen in de Kamerbrief van 9 oktober 2013; van 239 " in found["sentences"]["nl"][0]
    assert found["sentences"]["nl"][0].startswith("Van geen land of gebied is bekend")


def test_sides_that_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such release" in refused(capsys, "compare", "NP", "NP+FBI")
    assert "are the same" in refused(capsys, "compare", "NP+KMar", "KMar+NP")
    assert "on both sides: KMar" in refused(capsys, "compare", "NP+KMar", "KMar+GPI")
    assert "no table of the network" in refused(capsys, "compare", "NP", "bijlage-2023-12")
