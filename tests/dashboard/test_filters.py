"""The address and the filters say the same, and nonsense in an address breaks nothing."""

from __future__ import annotations

import pytest

from dashboard.filters import Filters, Notice, ValidNames, canonical, to_query
from dashboard.links import from_query, joined
from geo.ranking import Scaling

KNOWN = ValidNames(
    "bijlage-2025-11",
    {"bijlage-2025-11", "kst-31015-94"},
    {"ECU", "BRA"},
    {"Africa", "South-Eastern Asia"},
    {"2023-11-24", "2025-11-12"},
)


def read(query: dict[str, str]) -> tuple[Filters, tuple[Notice, ...]]:
    return from_query(query, KNOWN)


@pytest.mark.parametrize(
    "filters",
    [
        Filters("bijlage-2025-11"),
        Filters("kst-31015-94", "en", ("NP", ""), "ECU", (), "africa"),
        Filters("bijlage-2025-11", "nl", ("KMar",), None, ("planned", "filo"), "europe"),
        Filters(
            "bijlage-2025-11",
            area="South-Eastern Asia",
            kinds=("single", "lost"),
            weights=(("population", 5), ("kind", 0)),
            scenario="sluit:17~naam:Zonder Dubai",
            sides=("NP+not-stated", "GPI"),
            dates=("2023-11-24", "2025-11-12"),
        ),
        Filters("bijlage-2025-11", kinds=()),
        Filters("bijlage-2025-11", scaling=Scaling("gaps", "rank", "middle"), year="2021"),
        Filters("bijlage-2025-11", scaling=Scaling(curve="log")),
    ],
)
def test_an_address_restores_its_filters(filters: Filters) -> None:
    assert read(to_query(filters)) == (filters, ())


def test_the_address_names_release_and_language_and_leaves_defaults_out() -> None:
    query = to_query(Filters("bijlage-2025-11"))
    assert query == {"release": "bijlage-2025-11", "taal": "nl"}


def test_an_old_address_of_a_former_unit_leads_to_the_unit_of_today() -> None:
    known = ValidNames("r", {"r"}, {"CYP"}, counted_with={"XNC": "CYP", "BVT": ""})
    filters, notices = from_query({"land": "xnc"}, known)
    assert (filters.land, notices) == ("CYP", ())
    filters, notices = from_query({"land": "BVT"}, known)
    assert (filters.land, notices) == (None, (Notice("land", "BVT"),))


def test_organisations_are_separated_by_commas() -> None:
    filters = Filters("bijlage-2025-11", organisations=("NP", "KMar", ""))
    assert to_query(filters)["org"] == "NP,KMar,not-stated"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"release": "nix"}, Notice("release", "nix")),
        ({"org": "FBI"}, Notice("org", "FBI")),
        ({"schaal": "world"}, Notice("schaal", "world")),
        ({"vorm": "rond"}, Notice("vorm", "rond")),
        ({"onbekend": "0"}, Notice("onbekend", "0")),
        ({"jaar": "21"}, Notice("jaar", "21")),
        ({"land": "<script>"}, Notice("land", "<script>")),
        ({"taal": "fr"}, Notice("taal", "fr")),
        ({"beeld": "../../etc"}, Notice("beeld", "../../etc")),
        ({"lagen": "x"}, Notice("lagen", "x")),
        ({"gebied": "atlantis"}, Notice("gebied", "atlantis")),
        ({"soort": "gat"}, Notice("soort", "gat")),
        ({"weging": "population:9"}, Notice("weging", "population:9")),
        ({"weging": "population"}, Notice("weging", "population")),
        ({"links": "FBI", "rechts": "NP"}, Notice("links", "FBI")),
        ({"peildata": "2025-11-12"}, Notice("peildata", "2025-11-12")),
        ({"scenario": "x" * 5000}, Notice("scenario", "x" * 40)),
    ],
)
def test_what_is_unknown_is_told_and_left_at_its_default(
    query: dict[str, str], told: Notice
) -> None:
    assert read(query) == (Filters("bijlage-2025-11"), (told,))


def test_the_known_part_of_a_list_counts() -> None:
    filters, notices = read({"org": "NP,FBI,,KMar"})
    assert filters.organisations == ("NP", "KMar")
    assert notices == (Notice("org", "FBI"),)


def test_of_many_unknown_parts_three_are_told() -> None:
    filters, notices = read({"weging": ",".join(["x"] * 5000), "soort": "single"})
    assert notices == (Notice("weging", "x"),) * 3 and filters.kinds == ("single",)


def test_a_weight_counts_once_and_the_last_word_of_it() -> None:
    assert read({"weging": "kind:1,kind:4"})[0].weights == (("kind", 4),)


def test_a_typed_plus_is_a_plus() -> None:
    sides = read({"links": "NP KMar", "rechts": "GPI"})[0].sides
    assert sides == ("NP+KMar", "GPI")


def test_a_very_long_value_is_cut_in_the_notice() -> None:
    assert len(read({"land": "x" * 5000})[1][0].value) == 40


def test_all_organisations_or_none_is_the_same_choice() -> None:
    assert canonical(["", "GPI", "KMar", "NP"]) == canonical([]) == ()
    assert canonical(["GPI", "NP"]) == ("NP", "GPI")


def test_a_parameter_that_stands_there_twice_says_both() -> None:
    query = joined([("org", "NP"), ("taal", "en"), ("org", "KMar"), ("taal", "en")])
    assert query == {"org": "NP,KMar", "taal": "en"}
    assert read(query)[0].organisations == ("NP", "KMar")
    steps = joined([("tour", "missies"), ("tour", "vlekken"), ("links", "NP"), ("links", "KMar")])
    assert steps == {"tour": "missies;vlekken", "links": "NP+KMar"}


def test_two_values_for_one_choice_are_named_and_neither_is_taken() -> None:
    filters, notices = read(joined([("land", "ECU"), ("land", "BRA")]))
    assert (filters.land, notices) == (None, (Notice("land", "ECU,BRA"),))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"organisatie": "NP"}, Notice("organisatie", "NP")),  # no page has this parameter
        ({"kaart": "a,b,c"}, Notice("kaart", "a,b,c")),
        ({"kaart": "1,2"}, Notice("kaart", "1,2")),
        ({"kaart": "91,0,2"}, Notice("kaart", "91,0,2")),
        ({"kaart": "0,0,0"}, Notice("kaart", "0,0,0")),
        ({"kaart": "nan,0,1"}, Notice("kaart", "nan,0,1")),
        ({"rang": "x"}, Notice("rang", "x")),
        ({"kaartdatum": "2023"}, Notice("kaartdatum", "2023")),
        ({"org": ""}, Notice("org", "")),
        ({"stap": "6"}, Notice("stap", "6")),  # the standard presentation has five
    ],
)
def test_what_no_page_knows_is_named(query: dict[str, str], told: Notice) -> None:
    assert read(query) == (Filters("bijlage-2025-11"), (told,))


def test_several_wrong_values_are_named_together() -> None:
    query = {"release": "x", "org": "FBI", "land": "QQ", "soort": "single,x", "naam": "y"}
    named = {notice.parameter for notice in read(query)[1]}
    assert named == {"release", "org", "land", "soort", "naam"}


def test_what_a_mail_program_adds_is_not_named() -> None:
    assert read({"utm_source": "nieuwsbrief", "fbclid": "1", "embed": "true"})[1] == ()


def test_the_place_of_the_map_is_known() -> None:
    assert read({"kaart": "-1.2,-78.5,4"}) == (Filters("bijlage-2025-11"), ())


def test_a_step_that_says_something_wrong_is_named_and_stays() -> None:
    filters, notices = read({"tour": "missies;vlekken/gebied=atlantis"})
    assert filters.tour == ("missies", "vlekken/gebied=atlantis")
    assert notices == (Notice("tour", "vlekken/gebied=atlantis"),)
