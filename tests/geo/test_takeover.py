"""Who could take over: the posts around a country, on the network of 2025."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.coverage import seat_matrix_km
from geo.errors import LimitError
from geo.options import Choice
from geo.takeover import ServingPosts

ALL = Choice()


@pytest.fixture(scope="module")
def around(annex, units):
    def ask(iso3: str, choice: Choice = ALL) -> pd.DataFrame:
        tables = annex.postings, annex.accreditations, units, reference("neighbours")
        return ServingPosts(*tables, choice).near_countries([iso3])

    return ask


@pytest.fixture(scope="module")
def closing(annex, units):
    def ask(row: int) -> pd.DataFrame:
        tables = annex.postings, annex.accreditations, units, reference("neighbours")
        return ServingPosts(*tables).instead_of(row)

    return ask


def test_ecuador_could_be_served_from_bogota_cartagena_or_lima(around):
    """Row 5 (Bogotá) names Colombia, Costa Rica, Panama, Bolivia, Peru and Guatemala: six. Row 6
    (Cartagena) prints a theme and serves its host, row 7 (Lima) Peru, Chile and Bolivia. Ecuador
    borders Colombia and Peru only: row 5 serves both, the others one."""
    first = around("ECU").head(3)
    assert first["city"].tolist() == ["Bogota", "Cartagena", "Lima"]
    assert first["row"].tolist() == [5, 6, 7]
    assert first["distance_km"].iloc[0] == 728
    assert first["serves"].tolist() == [6, 1, 3]
    assert first["borders"].all() and first["serves_neighbours"].tolist() == [2, 1, 1]
    assert first["same_region"].all() and first["same_continent"].all()
    assert (first["others"] == 0).all() and first["same_organisation"].isna().all()


def test_every_active_post_is_a_candidate_nearest_first(around, annex):
    """54 active posts, none of which serves Ecuador; planned row 10 serves nobody yet."""
    table = around("ECU")
    assert len(table) == 54 and 10 not in set(table["row"])
    assert table["distance_km"].is_monotonic_increasing
    assert set(around("ECU", Choice(("GPI",)))["organisation"]) == {"GPI"}


def test_whoever_serves_a_country_takes_nothing_over(around):
    """Rows 5 (Bogotá) and 7 (Lima) serve Peru."""
    table = around("PER")
    assert not {5, 7} & set(table["row"]) and (table["others"] == 2).all()


def test_of_one_city_the_post_that_serves_least_stands_first(around):
    """Madrid has rows 33 (NP: Spain, Malta), 46 (KMar: the same) and 50 (GPI: Spain, Portugal,
    Andorra): from one distance to Algeria, 33 and 46 by row, then 50."""
    table = around("DZA")
    madrid = table[table["city"] == "Madrid"]
    assert madrid["row"].tolist() == [33, 46, 50] and madrid["serves"].tolist() == [2, 2, 3]


def test_a_post_that_closes_hands_on_each_country(closing, annex):
    """Row 17 (Dubai, NP) names nine countries; Jordan alone stands in another row, 20 (Beirut)."""
    table = closing(17)
    order = table["iso3"].drop_duplicates().tolist()
    assert order == [*sorted("ARE OMN QAT SAU KWT BHR YEM DJI".split()), "JOR"]
    assert 17 not in set(table["row"])
    jordan = table[table["iso3"] == "JOR"]
    assert (jordan["others"] == 1).all() and 20 not in set(jordan["row"])
    organisation = annex.postings.query("kind == 'LO'").set_index("row")["organisation"]
    for row, same in zip(jordan["row"], jordan["same_organisation"], strict=True):
        stated = organisation[row]
        assert pd.isna(same) if pd.isna(stated) else same == (stated == "NP")


def test_a_row_that_states_no_organisation_is_like_no_other(closing):
    assert closing(16)["same_organisation"].isna().all()


def test_the_first_of_each_country_with_distances_that_are_there_already(annex, units):
    """Of nine countries of row 17 two posts each; Ecuador has Bogotá and Cartagena first."""
    tables = annex.postings, annex.accreditations, units, reference("neighbours")
    posts = ServingPosts(*tables, ALL, seat_matrix_km(annex.postings, units))
    two = posts.instead_of(17, first=2)
    assert two.groupby("iso3").size().to_dict() == dict.fromkeys(
        "ARE OMN QAT SAU KWT BHR YEM DJI JOR".split(), 2
    )
    first = posts.near_countries(["ECU"], 2)
    assert first["city"].tolist() == ["Bogota", "Cartagena"]
    assert first["distance_km"].iloc[0] == 728


@pytest.mark.parametrize("row", [10, 56])
def test_only_an_active_post_can_close(closing, row):
    """Row 10 is planned, and the table has 55 rows."""
    with pytest.raises(LimitError) as caught:
        closing(row)
    assert caught.value.code == "no_active_post" and caught.value.params == {"post": row}


@pytest.mark.parametrize("iso3", ["QQQ", "NLD"])
def test_a_code_of_no_country_abroad(around, iso3):
    with pytest.raises(LimitError) as caught:
        around(iso3)
    assert caught.value.code == "no_country_of_code"
