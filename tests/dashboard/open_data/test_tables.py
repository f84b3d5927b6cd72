"""The tidy tables: one row per fact, codes and names first, and the numbers of the documents."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.i18n import texts_of
from dashboard.open_data import fields, tables
from dashboard.open_data.fields import TABLES
from data.load import reference

NEWEST = "bijlage-2025-11"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_columns_and_keys(name: str) -> None:
    spec, frame = TABLES[name], tables.table(name)
    assert list(frame.columns) == spec.columns
    assert not frame.duplicated(list(spec.key)).any()
    for field in spec.fields:
        column = frame[field.name].dropna()
        assert not field.required or len(column) == len(frame), field.name
        assert not field.values or set(column) <= set(field.values), field.name
        if field.pattern:
            assert column.str.fullmatch(field.pattern).all(), field.name
        if field.type == "date":
            assert column.str.fullmatch(fields.DATE).all(), field.name


@pytest.mark.parametrize("name", TABLES)
def test_what_names_another_table_is_there(name: str) -> None:
    frame = tables.table(name)
    for foreign in TABLES[name].foreign:
        there = tables.table(foreign.table)[list(foreign.keys)].drop_duplicates()
        named = frame[list(foreign.columns)].dropna().set_axis(list(foreign.keys), axis="columns")
        assert len(named.merge(there)) == len(named), foreign


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_column_is_described(language: str) -> None:
    t = texts_of(language)
    for name, spec in TABLES.items():
        assert fields.title(t, name)
        assert fields.description(t, name).endswith(".")
        for field in spec.fields:
            assert fields.description(t, name, field.name).endswith("."), field.name


def test_no_description_is_left_over() -> None:
    columns = {name for spec in TABLES.values() for name in spec.columns}
    for key in texts_of("nl").group("open_data"):
        table, column = key.split(".")
        described = (
            columns if table == "every" else {"title", "description", *TABLES[table].columns}
        )
        assert column in described, key


def test_tables_of_units_begin_with_the_code_and_the_names() -> None:
    for name in TABLES.keys() - {"releases", "sources"}:
        assert TABLES[name].columns[:3] == ["iso3", "name_nl", "name_en"]


@pytest.fixture
def newest() -> pd.DataFrame:
    return tables.coverage(NEWEST)


def test_coverage_has_the_numbers_of_the_newest_document(newest: pd.DataFrame) -> None:
    assert newest["postings_stationed"].sum() == 54
    assert newest["postings_planned_stationed"].sum() == 1
    assert newest["is_covered"].sum() == 138
    assert newest["served_by_np"].sum() == 96
    assert newest["served_by_kmar"].sum() == 37
    assert newest["served_by_gpi"].sum() == 50
    assert newest["served_by_not_stated"].sum() == 19
    assert (newest["served_by_np"] | newest["served_by_kmar"]).sum() == 117
    assert newest["gap_single"].sum() == 78
    assert newest["gap_partner_only"].sum() == 5


def test_a_unit_has_a_row_in_each_release_with_a_network(newest: pd.DataFrame) -> None:
    assert set(newest["iso3"]) == set(reference("units")["iso3"])
    assert tables.having("coverage") == [NEWEST, "kst-31015-94"]


def test_what_no_document_can_tell_is_empty(newest: pd.DataFrame) -> None:
    # There is no earlier complete release to have lost a country since.
    assert newest["gap_lost"].isna().all()
    letter = tables.coverage("kst-31015-94").set_index("iso3")
    assert letter.loc["TUR", "state"] == "post"
    assert letter.loc["TUR", "served_by_np"]
    for column in ("state", "is_covered", "postings", "served_by_np", "gap_uncovered"):
        assert pd.isna(letter.loc["ECU", column]), column
    # The letter mentions no Belgian officer in Ankara, which does not say that there was none.
    assert pd.isna(letter.loc["TUR", "served_by_gpi"])


def test_the_netherlands_is_home_and_no_gap(newest: pd.DataFrame) -> None:
    home = newest.set_index("iso3").loc["NLD"]
    assert home["state"] == "home"
    assert not home.filter(like="gap_").fillna(False).any()
    assert pd.isna(tables.gaps(NEWEST).set_index("iso3").loc["NLD", "score_points"])


def test_the_points_of_a_gap_add_up_to_its_score() -> None:
    frame = tables.gaps(NEWEST)
    points = frame.filter(like="_points").drop(columns="score_points").astype(float)
    told = frame["score_points"].notna()
    assert (points.sum(axis=1) - frame["score_points"])[told].abs().max() < 0.05
    ranked = frame.dropna(subset="rank").sort_values("rank")
    assert ranked["score_points"].is_monotonic_decreasing


def test_officers_of_missions_are_counted_once() -> None:
    frame = tables.table("missions")
    assert frame.groupby("as_of")["officers"].sum().to_dict() == {
        "2023-11-24": 28,
        "2025-11-12": 34,
    }
    assert frame.groupby("as_of").size().to_dict() == {"2023-11-24": 11, "2025-11-12": 12}


def test_a_statement_is_joined_by_every_country_it_speaks_of() -> None:
    """Counted in evidence.csv: two sources name Ecuador in the area of Bogota, as a host none."""
    areas = tables.evidence_areas()
    ecuador = areas[areas["iso3"] == "ECU"].set_index("evidence")["is_host"]
    assert ecuador.to_dict() == {60: False, 62: False}
    evidence = tables.evidence().dropna(subset="iso3")
    hosts = areas[areas["is_host"]]
    assert set(zip(hosts["evidence"], hosts["iso3"], strict=True)) == set(
        zip(evidence["evidence"], evidence["iso3"], strict=True)
    )
    assert len(hosts) == 67 - 25 and not areas.duplicated(["evidence", "iso3"]).any()


def test_a_mission_of_several_countries_has_a_row_for_each() -> None:
    areas = tables.mission_areas(NEWEST)
    assert set(areas.loc[areas["mission"] == "OSC", "iso3"]) == {"ISR", "PSE"}
    missions = tables.missions(NEWEST).set_index("mission")
    assert pd.isna(missions.loc["OSC", "iso3"])
    assert missions.loc["EULEX Kosovo", "iso3"] == "XKX"


def test_an_organisation_that_is_not_printed_has_one_spelling() -> None:
    frame = tables.postings(NEWEST)
    mexico = frame[frame["label_printed"] == "Mexico"].iloc[0]
    assert (mexico["organisation"], mexico["city_en"]) == ("not-stated", "Mexico City")


def test_the_nearest_station_is_the_one_of_the_distance(newest: pd.DataFrame) -> None:
    served = tables.accreditations(NEWEST)
    near = newest.dropna(subset="distance_km").merge(
        served[(served["kind"] == "LO") & (served["status"] == "active")],
        left_on=["iso3", "nearest_city", "distance_km"],
        right_on=["iso3", "city", "distance_km"],
    )
    assert set(near["iso3"]) == set(newest.dropna(subset="distance_km")["iso3"])


def test_the_months_of_the_united_nations_are_those_of_the_source() -> None:
    frame = tables.table("un_police").set_index(["as_of", "contributor", "mission"])["officers"]
    # Rows of the collected table: 693; 415 in November 2003 is an error in the source.
    assert len(frame) == 693
    assert frame["2013-04-30", "NLD", "UNMISS"] == 20 and frame["2013-04-30", "NLD", "all"] == 21
    assert pd.isna(frame["2003-11-30", "NLD", "all"]) and frame.max() == 81


def test_maxima_and_statements_on_missions_are_in_the_tables() -> None:
    history = tables.table("mission_history").set_index("row")
    # Appendix F: row 5 is of two countries, row 8 says 5 of UNMISS.
    assert pd.isna(history.loc[5, "iso3"]) and history.loc[5, "areas_iso3"] == "MNE; SRB"
    assert tuple(history.loc[8, ["iso3", "mission", "max_deployed"]]) == ("SSD", "UNMISS", 5)
    claims = tables.table("mission_evidence").set_index("evidence")
    assert tuple(claims.loc[16, ["iso3", "says", "officers"]]) == ("MLI", "ends", 0)
