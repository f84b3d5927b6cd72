"""Texts in two languages: complete, used, and written as each language writes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dashboard.i18n import texts_of
from data.load import reference

ROOT = Path(__file__).parents[2]
# Looked up by what the data say: problems and errors by code, areas as table `units` has them,
# columns of open data by their names (`open_data/test_tables` compares those).
LOOKED_UP = (
    "colouring.",
    "map_heading.",  # one for each colouring
    "problem.",
    "error.",
    "audit.",
    "area.",
    "area_within.",
    "search.",
    "find.of_",  # adjectives, by codes of units, areas and regions
    "open_data.",
    "part_name.",  # by the keys of tables, charts and maps, see `test_file_names`
    "abbreviation.",  # read in names of missions and in the network
)


def test_both_languages_have_the_same_keys() -> None:
    assert texts_of("nl").keys() == texts_of("en").keys()


def test_both_languages_fill_in_the_same_values() -> None:
    nl, en = texts_of("nl"), texts_of("en")
    for key in sorted(en.keys()):
        names = [set(re.findall(r"\{(\w+)\}", t._texts[key])) for t in (nl, en)]
        assert names[0] == names[1], key


def test_every_key_is_used_and_every_used_key_exists() -> None:
    places = ("dashboard/**/*.py", "pages/*.py", "geo/**/*.py", "data/**/*.py")
    code = "".join(path.read_text() for place in places for path in ROOT.glob(place))
    used = set(re.findall(r"""\bt(?:\.count)?\(\s*["']([a-z_.]+)["']""", code))
    quoted = set(re.findall(r"""["']([\w.]+)["']""", code))
    keys = texts_of("nl").keys()
    bases = {key.rsplit(".", 1)[0] for key in keys}
    built = re.findall(r"""f["']([a-z_.]+)\{""", code)
    assert {key for key in used if not key.endswith(".")} <= keys | bases

    def is_used(key: str) -> bool:
        base, name = key.rsplit(".", 1) if "." in key else ("", key)
        if key in used | quoted or base in used:
            return True
        # Built at run time, as in t(f"country.fact_{name}"): the rest of the key is a word too.
        starts = [*built, f"{base}."]
        rests = {key.removeprefix(start) for start in starts if key.startswith(start)}
        rests |= {rest.rsplit(".", 1)[0] for rest in rests if name in ("one", "other")}
        return bool(rests & quoted)

    unused = {key for key in keys if not key.startswith(LOOKED_UP) and not is_used(key)}
    assert unused == set()


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [("nl", 1234.5, "1.234,5"), ("en", 1234.5, "1,234.5"), ("nl", 280000, "280.000")],
)
def test_numbers(language: str, value: float, written: str) -> None:
    assert texts_of(language).number(value) == written


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("2025-11-12", "12 november 2025", "12 November 2025"),
        ("2026-01", "januari 2026", "January 2026"),
        ("2013", "2013", "2013"),
    ],
)
def test_dates_of_any_precision(text: str, nl: str, en: str) -> None:
    assert (texts_of("nl").date(text), texts_of("en").date(text)) == (nl, en)


def test_every_area_of_the_units_has_a_name_and_every_name_its_area() -> None:
    units = reference("units")
    for t in (texts_of("nl"), texts_of("en")):
        named = {t.area(name) for name in {"", *units["continent"], *units["subregion"]}}
        assert named == set(t.group("area").values())


def test_listing() -> None:
    assert texts_of("nl").listing(["NP", "KMar", "GPI"]) == "NP, KMar en GPI"
    assert texts_of("en").listing(["NP", "KMar"]) == "NP and KMar"
    assert (texts_of("nl").listing(["NP"]), texts_of("nl").listing([])) == ("NP", "")


def test_counts_choose_singular_and_plural() -> None:
    t = texts_of("nl")
    assert "1 post" in t.count("country.headline_post", 1, start="Peru", has="heeft", of="")
    assert "3 posten" in t.count("country.headline_post", 3, start="Peru", has="heeft", of="")


def test_an_unknown_key_is_an_error_and_an_unknown_language_is_dutch() -> None:
    with pytest.raises(KeyError):
        texts_of("nl")("no.such.key")
    assert texts_of("fr").language == "nl"


def test_age_is_counted_from_today() -> None:
    today = dt.date.today()
    three_years = today.replace(year=today.year - 3, day=1)
    assert texts_of("nl").age(three_years.isoformat()) == "3 jaar geleden"
