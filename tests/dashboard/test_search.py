"""What a reader types finds the country they mean, the nearest first."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dashboard import search
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.subjects.answers import beforehand

STATIC = Path(__file__).parents[2] / "dashboard" / "static"
NODE = shutil.which("node")
# What somebody types -> the country that Enter then chooses.
TYPED = {
    **dict.fromkeys(("VS", "vs", "V.S.", "US", "usa", "verenigde st", "United States"), "USA"),
    **dict.fromkeys(("DRC", "Congo", "zaire", "Kinshasa"), "COD"),
    **dict.fromkeys(("Engeland", "VK", "UK", "Schotland", "groot brittannie"), "GBR"),
    **dict.fromkeys(("Palestina", "Gaza", "West Bank", "EUPOL COPPS"), "PSE"),
    **dict.fromkeys(("Bonaire", "Saba", "sint eustatius", "BES"), "BES"),
    **dict.fromkeys(("Turkey", "turkije", "Istanboel", "ankara"), "TUR"),
    **dict.fromkeys(("Ivory Coast", "ivoorkust", "cote d'ivoire"), "CIV"),
    **dict.fromkeys(("Zuid Korea", "zuidkorea", "Zuid-Korea", "South Korea", "korea"), "KOR"),
    **dict.fromkeys(("Rabat", "Marokko"), "MAR"),
    "Nairobi": "KEN",
    "EULEX": "XKX",
    "EUBAM": "LBY",
    "Holland": "NLD",
    "Birma": "MMR",
    **dict.fromkeys(("st kitts", "sint kitts", "saint kitts"), "KNA"),
    "eng": "GBR",
    "trinidad en t": "TTO",
    "Equador": "ECU",
    "ch": "CHN",  # the start of a name before the code of Switzerland
    "che": "CHE",
}


def find(typed: list[str], language: str = "nl", entries: Any = None) -> list[list[str]]:
    """The codes that the script of the browser finds, the best first."""
    script = (
        f"globalThis.window = globalThis; {(STATIC / 'find.js').read_text(encoding='utf-8')}\n"
        f"const entries = {json.dumps(entries or search.search_entries(language))};\n"
        f"const found = {json.dumps(typed)}.map((each) => liaisonatlasFind(entries, each));\n"
        "console.log(JSON.stringify(found.map((list) => list.map(({ code }) => code))));"
    )
    assert NODE
    done = subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, check=True)
    result: list[list[str]] = json.loads(done.stdout)
    return result


@pytest.mark.skipif(NODE is None, reason="needs node to run the script of the browser")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_enter_chooses_the_country_that_is_meant(language: str) -> None:
    found = dict(zip(TYPED, find(list(TYPED), language), strict=True))
    assert {typed: codes[0] if codes else "" for typed, codes in found.items()} == TYPED


@pytest.mark.skipif(NODE is None, reason="needs node to run the script of the browser")
def test_the_site_finds_answers_among_the_countries() -> None:
    filters = Filters("bijlage-2025-11")
    made = beforehand.entries(texts_of("nl"), filters)
    names = {each["code"]: each["name"] for each in made}
    typed = ["kosten", "cost", "FILO", "Dubai", "EULEX", "marechaussee", "missies", "Peru", "kostn"]
    found = find(typed, entries=[*search.search_entries("nl"), *made])
    first = [names.get(codes[0], codes[0]) for codes in found]
    assert first == [
        *("kosten", "kosten", "FILO", "Dubai", "EULEX Kosovo"),
        *("Koninklijke Marechaussee", "missies", "PER", "kosten"),
    ]


@pytest.mark.skipif(NODE is None, reason="needs node to run the script of the browser")
def test_nonsense_finds_nothing() -> None:
    assert find(["xyzzy", "", " ", "...", "<script>"]) == [[], [], [], [], []]


def test_a_name_of_several_countries_leads_to_each() -> None:
    known = {each["code"]: each["words"] for each in search.search_entries("nl")}
    for code in ("KOR", "PRK"):
        assert ("Korea", search.SHARED) in known[code]
    assert ("Rabat", search.CITY) in known["MAR"]
    assert ("EULEX Kosovo", search.MISSION) in known["XKX"]
    assert known["USA"][0] == ("Verenigde Staten", search.NAME)


def test_every_country_is_an_entry_once_with_its_place_by_population() -> None:
    entries = search.search_entries("en")
    assert len({each["code"] for each in entries}) == len(entries)
    assert sorted(each["rank"] for each in entries) == list(range(1, len(entries) + 1))
    # In 2019, the year of the table: China 1,398 million, India 1,366, the United States 328.
    by_rank = sorted(entries, key=lambda each: each["rank"])
    assert [each["code"] for each in by_rank[:3]] == ["CHN", "IND", "USA"]
    # What travels to the browser with a page stays small.
    assert len(json.dumps(entries)) < 150_000
