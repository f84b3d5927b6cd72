"""Spellings that are near each other, written out by hand."""

from __future__ import annotations

import pytest

from geo.names.spelling import Keys, sound

KEYS = Keys(["iran", "irak", "ierland", "mali", "malta", "malawi", "maleisie"])


@pytest.mark.parametrize(
    ("wanted", "slips", "near"),
    [
        ("mali", 0, [("mali", 0)]),
        ("mali", 2, [("mali", 0), ("malta", 2), ("malawi", 2)]),
        ("iram", 1, [("iran", 1), ("irak", 1)]),
        ("malat", 1, [("malta", 1)]),
        ("x", 2, []),
        ("", 4, [("iran", 4), ("irak", 4), ("mali", 4)]),
        ("ierlandmalawi", 4, []),
    ],
)
def test_the_keys_within_some_slips(wanted: str, slips: int, near: list[tuple[str, int]]):
    """The nearest first, else as they were listed; two letters that changed places are one slip."""
    assert KEYS.within(wanted, slips) == near


def test_no_more_keys_than_are_asked_for():
    assert KEYS.within("mali", 2, limit=2) == [("mali", 0), ("malta", 2)]


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("philippynen", "filipinen"),
        ("filipijnen", "filipinen"),
        ("ghana", "gana"),
        ("thailand", "tailand"),
        ("zweden", "sveden"),
        ("schotland", "sgotland"),
        ("tsjechie", "jegie"),
        ("tunisia", "tunisie"),
        ("oeganda", "uganda"),
        ("ouganda", "uganda"),
        ("marokko", "maroko"),
        ("qatar", "katar"),
    ],
)
def test_a_name_as_it_sounds(name: str, heard: str):
    assert sound(name) == heard
