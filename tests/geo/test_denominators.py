"""How much of each part of the world is covered: counted by hand in the annex of 2025."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.coverage import coverage
from geo.denominators import COLUMNS, added_up, denominators
from geo.options import Choice


@pytest.fixture(scope="module")
def cover(units, network):
    postings, accreditations = network("bijlage-2025-11")
    return lambda *chosen: coverage(units, postings, accreditations, Choice(chosen))


@pytest.fixture(scope="module")
def table(cover, units):
    return denominators(cover(), units, reference("populations"))


def row(table: pd.DataFrame, subregion: str, kind: str) -> pd.Series:
    found = table[(table["subregion"] == subregion) & (table["kind"] == kind)]
    return found.iloc[0]


def test_south_america(table):
    # Twelve states, of which Ecuador is not named. Posts: Colombia, Peru, Brazil, Suriname. One
    # posting: Argentina has two (NP and GPI Brasilia), so have Brazil, Paraguay, Uruguay,
    # Colombia, Bolivia (Bogota, Lima) and Peru (Bogota, Lima); one: Suriname, Guyana, Venezuela,
    # Chile. NP: all but Chile, which Lima alone serves, a row without an organisation.
    found = row(table, "South America", "state")
    counted = ["units", "covered", "none", "post", "accredited", "single", "several"]
    assert found[counted].tolist() == [12, 11, 1, 4, 7, 4, 7]
    assert found[["NP", "KMar", "GPI", "not_stated"]].tolist() == [10, 0, 4, 3]
    people = reference("populations").set_index("iso3")["population"]
    assert found["people"] - found["people_covered"] == people["ECU"]
    # French Guiana is served from Paramaribo; the Falkland Islands are not.
    assert row(table, "South America", "territory")[counted[:3]].tolist() == [2, 1, 1]


def test_the_whole_is_the_worked_example(table):
    assert list(table.columns) == COLUMNS
    assert table["units"].sum() == 244  # of 245, without the Netherlands
    assert table["covered"].sum() == 138
    assert table["single"].sum() == 78 and table["several"].sum() == 60
    assert (table["covered"] + table["none"] + table["planned"] == table["units"]).all()
    served = {"NP": 96, "KMar": 37, "GPI": 50, "not_stated": 19}
    assert table[list(served)].sum().to_dict() == served


def test_states_disputed_units_and_territories_apart(table):
    by_kind = pd.DataFrame(added_up(table.to_dict("records"), ["kind"]))
    # 193 members of the United Nations, the Holy See and Kosovo, less the Netherlands; TWN, PSE,
    # ESH and XAB are disputed.
    assert by_kind["kind"].tolist() == ["state", "disputed", "territory"]
    assert by_kind["units"].tolist() == [194, 4, 46]
    assert by_kind["uncounted"].tolist() == [0, 1, 0]


def test_added_up_by_continent(table):
    by_continent = pd.DataFrame(added_up(table.to_dict("records"), ["continent"]))
    by_continent = by_continent.set_index("continent")
    assert by_continent.index.tolist() == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert by_continent["covered"].sum() == 138
    assert by_continent.loc["Oceania", "covered"] == 2  # Australia and New Zealand


def test_only_the_chosen_organisations_count(cover, units):
    found = denominators(cover("KMar"), units, reference("populations"))
    assert found["covered"].sum() == found["KMar"].sum() == 37
    assert found[["NP", "GPI", "not_stated"]].sum().sum() == 0
