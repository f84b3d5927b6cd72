"""Texts in two languages: complete, used, and written as each language writes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dashboard.i18n import words

ROOT = Path(__file__).parents[2]
# Built from a value at run time ("state." + state), so no literal key stands in the code.
BUILT = (
    *("state.", "organisation.", "short.", "layer.", "view.", "basis.", "lead.", "kind.", "map."),
    *("column.", "continent.", "place.", "event.", "status.", "page.", "overview.", "country."),
    *("unit.", "sources.network.", "sources.missions.", "sentence.", "coverage.planned."),
)


def test_both_languages_have_the_same_keys() -> None:
    dutch = {key for key in sorted(words("nl").keys()) if not key.startswith("sentence.")}
    assert dutch == words("en").keys()


def test_both_languages_fill_in_the_same_values() -> None:
    nl, en = words("nl"), words("en")
    for key in sorted(en.keys()):
        names = [set(re.findall(r"\{(\w+)\}", t._texts[key])) for t in (nl, en)]
        assert names[0] == names[1], key


def test_every_key_is_used_and_every_used_key_exists() -> None:
    code = "".join(p.read_text() for p in [*ROOT.glob("dashboard/*.py"), *ROOT.glob("pages/*.py")])
    used = set(re.findall(r"""\bt(?:\.count)?\(\s*["']([a-z_.]+)["']""", code))
    keys = words("nl").keys()
    bases = {key.rsplit(".", 1)[0] for key in keys}
    assert {key for key in used if not key.endswith(".")} <= keys | bases
    unused = {k for k in keys - used if k.rsplit(".", 1)[0] not in used and not k.startswith(BUILT)}
    assert {key for key in unused if f'"{key}"' not in code and f"'{key}'" not in code} == set()


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [("nl", 1234.5, "1.234,5"), ("en", 1234.5, "1,234.5"), ("nl", 280000, "280.000")],
)
def test_numbers(language: str, value: float, written: str) -> None:
    assert words(language).number(value) == written


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("2025-11-12", "12 november 2025", "12 November 2025"),
        ("2026-01", "januari 2026", "January 2026"),
        ("2013", "2013", "2013"),
    ],
)
def test_dates_of_any_precision(text: str, nl: str, en: str) -> None:
    assert (words("nl").date(text), words("en").date(text)) == (nl, en)


def test_listing() -> None:
    assert words("nl").listing(["NP", "KMar", "GPI"]) == "NP, KMar en GPI"
    assert words("en").listing(["NP", "KMar"]) == "NP and KMar"
    assert (words("nl").listing(["NP"]), words("nl").listing([])) == ("NP", "")


def test_counts_choose_singular_and_plural() -> None:
    t = words("nl")
    assert "1 plaatsing" in t.count("country.headline_post", 1, land="Peru", of="")
    assert "3 plaatsingen" in t.count("country.headline_post", 3, land="Peru", of="")


def test_an_unknown_key_is_an_error_and_an_unknown_language_is_dutch() -> None:
    with pytest.raises(KeyError):
        words("nl")("no.such.key")
    assert words("fr").language == "nl"


def test_age_is_counted_from_today() -> None:
    today = dt.date.today()
    three_years = today.replace(year=today.year - 3, day=1)
    assert words("nl").age(three_years.isoformat()) == "3 jaar geleden"
