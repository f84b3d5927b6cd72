"""Scenarios as text: what is written is read back, and nothing else is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir

from geo.errors import DataError
from geo.names.normalise import one_line
from geo.options import LONGEST_TEXT
from geo.scenario import (
    Add,
    Change,
    Close,
    Decide,
    Move,
    Rearrange,
    Reassign,
    Scenario,
    changed,
    checked,
    parse,
    replaced,
    text,
)
from geo.schemas import ORGANISATIONS

# Hypothesis keeps what it learns of our code there, also without a database.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")
quick = settings(derandomize=True, database=None, deadline=None, max_examples=80)

rows = some.integers(1, 9_999)
codes = some.text("ABCXYZ", min_size=3, max_size=3)
names = some.text(
    some.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=30
)
names = names.map(one_line)
organisations = some.sampled_from(ORGANISATIONS)
changes = some.one_of(
    some.builds(Close, rows),
    some.builds(Decide, rows),
    some.builds(Reassign, rows, organisations),
    some.builds(Move, rows, codes, names.filter(bool), some.sampled_from(("keep", "host"))),
    some.builds(
        *(Move, rows, codes, names.filter(bool), some.just("to")),
        some.lists(rows, min_size=1, max_size=4, unique=True).map(tuple),
    ),
    some.builds(
        *(Rearrange, rows, some.lists(codes, min_size=1, max_size=4, unique=True).map(tuple)),
        some.lists(codes, max_size=4, unique=True).map(tuple),
    ),
    some.builds(
        *(Add, organisations, codes, names.filter(bool)),
        some.lists(codes, max_size=5, unique=True).map(tuple),
    ),
)


def row(change: Change) -> object:
    return change if isinstance(change, Add) else change.row


@quick
@given(names, some.lists(changes, max_size=8, unique_by=row))
def test_a_scenario_survives_its_text(name: str, made: list[Change]) -> None:
    scenario = Scenario("bijlage-2025-11", name, tuple(made))
    assert parse(text(scenario)) == scenario


@quick
@given(some.text(max_size=60) | some.text("~.*_-adcloserg0123NP", max_size=60))
def test_any_other_text_is_a_scenario_or_a_fault(written: str) -> None:
    for each in (written, f"bijlage-2025-11~x~{written}"):
        try:
            found = parse(each)
        except DataError as error:
            assert error.where == "scenario" and error.code
        else:
            assert parse(text(found)) == found


def test_the_text_needs_no_escape_in_an_address() -> None:
    made = Scenario(
        "bijlage-2025-11",
        "Zonder Dubai & co.",
        (Close(17), Add("NP", "ECU", "Quito", ("ECU", "PER")), Move(31, "GRD", "St. George's")),
    )
    assert text(made) == (
        "bijlage-2025-11~Zonder_Dubai_*26_co*2E~close.17~add.NP.ECU.Quito.ECU-PER"
        "~move.31.GRD.St*2E_George*27s.keep"
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "scenario_without_release"),
        ("../x~y", "scenario_without_release"),
        ("a~b~shut.3", "no_such_change"),
        ("a~b~", None),
        ("a~b~close.17~", "no_such_change"),
        ("a~b~close.0", "row_no_number"),
        ("a~b~close.١٧", "row_no_number"),
        ("a~b~close.17.18", "no_such_change"),
        ("a~b~org.3.FBI", "organisation_without_officers"),
        ("a~b~move.3.Bel.Brussel", "country_no_code"),
        ("a~b~move.3.BEL.", "post_without_city"),
        ("a~b~move.3.BEL.x*9", "scenario_sign"),
        ("a~b~close.17~close.17", "changes_contradict"),
        ("a~b~move.3.BEL.Brussel.all", "move_without_area"),
        ("a~b~move.3.BEL.Brussel.to", "move_without_area"),
        ("a~b~move.3.BEL.Brussel.keep-4", "move_without_area"),
        ("a~b~move.3.BEL.Brussel.to-x", "row_no_number"),
        ("a~b~area.3..", "no_such_change"),
        ("a~b~area.3.Fra.", "country_no_code"),
        ("a~b~org.17.NP~close.17", "changes_contradict"),
        ("a~b~org.17.NP~move.17.BEL.Brussel", None),
        (f"a~{'n' * 61}", "scenario_name"),
        (
            "a~b~" + "~".join(f"close.{n}" for n in range(1, 32)),
            "too_many_changes",
        ),
        ("a~b~" + "x" * LONGEST_TEXT, "scenario_too_long"),
    ],
)
def test_what_is_no_scenario_is_refused(written: str, code: str | None) -> None:
    if code is None:
        parse(written)
        return
    with pytest.raises(DataError) as caught:
        parse(written)
    assert caught.value.code == code


def test_a_link_of_before_keeps_the_work_area() -> None:
    old = parse("bijlage-2025-11~~move.31.BEL.Brussel")
    assert old.changes == (Move(31, "BEL", "Brussel", "keep"),)
    assert text(old) == "bijlage-2025-11~~move.31.BEL.Brussel.keep"


def test_a_second_change_of_a_work_area_joins_the_first() -> None:
    first = changed(Scenario("a"), Rearrange(3, ("FRA", "BEL"), ("DEU",)))
    both = changed(first, Rearrange(3, ("DEU", "ITA"), ("BEL",)))
    assert both.changes == (Rearrange(3, ("FRA", "ITA"), ()),)
    assert changed(both, Rearrange(3, (), ("FRA", "ITA"))).changes == ()
    assert replaced(first, Rearrange(3, ("ITA",))) == ()
    assert replaced(first, Close(3)) == first.changes


def test_a_scenario_that_no_link_can_carry_is_refused() -> None:
    wide = tuple(f"{a}{b}X" for a in "ABCDEF" for b in "ABCDEFGHIJ")
    many = tuple(Add("NP", "ECU", f"Quito {n}", wide) for n in range(9))
    with pytest.raises(DataError, match=r"scenario_too_long.*most=2000"):
        checked(Scenario("a", "b", many))
    with pytest.raises(DataError, match=r"too_many_countries.*most=60"):
        checked(Scenario("a", "b", (Add("NP", "ECU", "Quito", (*wide, "XXX")),)))
