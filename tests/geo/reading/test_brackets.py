"""Names in brackets: a question, unless the bracket is plainly a part of the list."""

from __future__ import annotations

import pytest

from geo.names.decisions import Decision
from geo.names.outcomes import Match, Unresolved
from geo.names.resolver import Resolver
from geo.reading.workarea import WorkArea, read_work_area


def units(area: WorkArea) -> set[str]:
    return {name.iso3 for name in area.names if isinstance(name, Match)}


def asked(area: WorkArea) -> list[tuple[str, str, tuple[str, ...]]]:
    found = [name for name in area.names if isinstance(name, Unresolved)]
    return [(name.printed, name.reason, name.suggestions) for name in found]


@pytest.mark.parametrize(
    ("printed", "served", "bracket", "suggested"),
    [
        ("Kenia / (Oeganda)", "KEN", "(Oeganda)", "UGA"),
        ("Kenia (/ Oeganda)", "KEN", "(/ Oeganda)", "UGA"),
        ("(Oeganda)", "", "(Oeganda)", "UGA"),
        ("Kenia (Oeganda)", "KEN", "(Oeganda)", "UGA"),
        ("Kenia, (Oeganda)", "KEN", "(Oeganda)", "UGA"),
        ("Kenia / [Oeganda]", "KEN", "[Oeganda]", "UGA"),
        ("Kenia / (Oeganda", "KEN", "(Oeganda", "UGA"),
        ("Kenia (Oeganda / Tanzania)", "KEN", "(Oeganda / Tanzania)", "UGA TZA"),
        ("Kenia (Oeganda,\nTanzania)", "KEN", "(Oeganda, Tanzania)", "UGA TZA"),
        ("Peru (Chili) Bolivia", "PER BOL", "(Chili)", "CHL"),
        ("Estland (Baltische staten)", "EST", "(Baltische staten)", "LTU LVA"),
        ("Kenia (en Oeganda) (Togo)", "KEN UGA", "(Togo)", "TGO"),
        ("Congo (DRC) / (Gabon)", "COD", "(Gabon)", "GAB"),
        ("Kenia (China / Hongkong) m.u.v. China", "KEN", "(China / Hongkong)", "HKG"),
    ],
)
def test_a_country_in_brackets_is_asked(
    resolver: Resolver, printed: str, served: str, bracket: str, suggested: str
):
    area = read_work_area(printed, resolver)
    assert units(area) == set(served.split())
    assert asked(area) == [(bracket, "bracket", tuple(suggested.split()))]


@pytest.mark.parametrize(
    ("printed", "served"),
    [
        ("Kenia (en Oeganda)", "KEN UGA"),
        ("Kenia (& Oeganda)", "KEN UGA"),
        ("Kenia (incl. Oeganda / Tanzania)", "KEN UGA TZA"),
        ("Myanmar (Birma)", "MMR"),
        ("Myanmar\n(Birma)", "MMR"),
        ("Eswatini (Swaziland) / Kenia", "SWZ KEN"),
        ("Kenia / Congo (DRC)", "KEN COD"),
        ("Congo (Kinshasa) / Congo (Brazzaville)", "COD COG"),
        ("België / Nederland / Luxemburg (Benelux)", "BEL NLD LUX"),
        ("Kenia (1) / Oeganda [2]", "KEN UGA"),
    ],
)
def test_a_bracket_that_is_a_part_of_the_list_is_read(
    resolver: Resolver, printed: str, served: str
):
    area = read_work_area(printed, resolver)
    assert not asked(area)
    assert units(area) >= set(served.split())


def test_an_answer_about_a_bracket_says_nothing_of_the_name_without_it(resolving):
    answers = resolving(
        Decision("(Oeganda)", "not-a-country"), Decision("(Togo / Benin)", "countries", "TGO")
    )
    area = read_work_area("Kenia / (Oeganda)", answers)
    assert (units(area), asked(area)) == ({"KEN"}, [])
    area = read_work_area("Oeganda / Togo / Benin", answers)
    assert (units(area), asked(area)) == ({"UGA", "TGO", "BEN"}, [])
    area = read_work_area("Kenia (Togo / Benin)", answers)
    assert [getattr(name, "members", None) for name in area.names] == [None, ("TGO",)]


def test_an_answer_about_a_name_does_not_settle_its_bracket(resolving):
    area = read_work_area("Kenia (Oeganda)", resolving(Decision("Oeganda", "country", "UGA")))
    assert asked(area) == [("(Oeganda)", "bracket", ("UGA",))]
