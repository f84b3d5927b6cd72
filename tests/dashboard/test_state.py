"""The address and the filters say the same, and nonsense in an address breaks nothing."""

from __future__ import annotations

import pytest

from dashboard.state import Filters, Notice, canonical, from_query, to_query

RELEASES = {"bijlage-2025-11", "kst-31015-94"}
UNITS = {"ECU", "BRA"}


def read(query: dict[str, str]) -> tuple[Filters, tuple[Notice, ...]]:
    return from_query(query, "bijlage-2025-11", RELEASES, UNITS)


@pytest.mark.parametrize(
    "filters",
    [
        Filters("bijlage-2025-11"),
        Filters("kst-31015-94", "en", ("NP", ""), "ECU", (), "africa"),
        Filters("bijlage-2025-11", "nl", ("KMar",), None, ("planned", "filo"), "europe"),
    ],
)
def test_an_address_restores_its_filters(filters: Filters) -> None:
    assert read(to_query(filters)) == (filters, ())


def test_the_address_names_release_and_language_and_leaves_defaults_out() -> None:
    query = to_query(Filters("bijlage-2025-11"))
    assert query == {"release": "bijlage-2025-11", "taal": "nl"}


def test_organisations_are_separated_by_commas() -> None:
    filters = Filters("bijlage-2025-11", organisations=("NP", "KMar", ""))
    assert to_query(filters)["org"] == "NP,KMar,not-stated"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"release": "nix"}, Notice("release", "nix")),
        ({"org": "FBI"}, Notice("org", "FBI")),
        ({"land": "<script>"}, Notice("land", "<script>")),
        ({"taal": "fr"}, Notice("taal", "fr")),
        ({"beeld": "../../etc"}, Notice("beeld", "../../etc")),
        ({"lagen": "x"}, Notice("lagen", "x")),
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


def test_a_very_long_value_is_cut_in_the_notice() -> None:
    assert len(read({"land": "x" * 5000})[1][0].value) == 40


def test_all_organisations_or_none_is_the_same_choice() -> None:
    assert canonical(["", "GPI", "KMar", "NP"]) == canonical([]) == ()
    assert canonical(["GPI", "NP"]) == ("NP", "GPI")
