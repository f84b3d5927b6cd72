"""The table of certain names: made again it is the same, and it contradicts nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.build import tables
from data.build.errors import BuildError
from data.build.names import build
from data.load import REFERENCE, reference
from geo.names.normalise import key

UNITS = tables.read_file(REFERENCE / "units.csv")
ALIASES = tables.read("aliases")


def test_the_committed_names_are_what_the_build_makes(tmp_path: Path):
    tables.write(build(UNITS, ALIASES), tmp_path / "names.csv")
    assert (tmp_path / "names.csv").read_bytes() == (REFERENCE / "names.csv").read_bytes()


def test_every_unit_has_a_dutch_and_an_english_name_and_its_code():
    names = reference("names")
    written = set(zip(names["iso3"], names["name"], strict=True))
    for unit in UNITS.itertuples():  # one spelling in two languages stands there once
        assert {(unit.iso3, unit.name_nl), (unit.iso3, unit.name_en)} <= written
    codes = names.query("kind == 'code'")
    assert set(UNITS["iso3"]) <= set(codes["name"])
    assert not codes["name"].duplicated().any()


def test_no_name_stands_for_two_units():
    names = reference("names").query("kind != 'code'").copy()
    names["key"] = names["name"].map(key)
    units = names.groupby("key")["iso3"].nunique()
    assert units[units > 1].empty


def test_an_alias_of_an_unknown_unit_stops_the_build():
    wrong = pd.concat([ALIASES, ALIASES.iloc[:1].assign(iso3="QQQ")])
    with pytest.raises(BuildError, match=r"aliases\.csv.*QQQ"):
        build(UNITS, wrong)


def test_aliases_are_no_names_that_a_person_must_settle():
    doubtful = set(reference("ambiguous_names")["printed"].map(key))
    assert not doubtful & set(ALIASES["name"].map(key))


def test_sources_are_named():
    assert set(reference("names")["source"]) == {"CLDR", "ISO 3166-1", "Liaisonatlas"}
