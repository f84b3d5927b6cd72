"""The network by post: the annex of 2025 counted by hand, and each rule on a few posts."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from data.load import reference
from geo.coverage import coverage, totals
from geo.network import against_model, by_place, cost, dutch_together, hanging, load, placements
from geo.options import Choice

Network = Callable[[str], tuple[pd.DataFrame, pd.DataFrame]]
ANNEX = "bijlage-2025-11"
ALL = Choice()


@pytest.fixture(scope="module")
def people(units) -> pd.DataFrame:
    """Every unit has 10 people; Ethiopia and Barbados have no figure."""
    known = units[~units["iso3"].isin(["ETH", "BRB"])]
    return known[["iso3"]].assign(population=10)


def posts(*rows: tuple[str, str | None, str | None, str]) -> pd.DataFrame:
    """LO's from (host, city, organisation, status)."""
    frame = pd.DataFrame(rows, columns=["host", "city", "organisation", "status"], dtype="str")
    return frame.assign(kind="LO", row=range(1, len(rows) + 1), lat=0.0, lon=0.0)


# --- posts by city -----------------------------------------------------------------------------


def test_the_posts_of_the_annex_by_city(network: Network):
    places = by_place(network(ANNEX)[0])
    # 55 printed rows; Tirana, Madrid, Londen, Rabat have 3, Brasilia 3 of which one is planned.
    assert (places["active"].sum(), places["planned"].sum()) == (54, 1)
    assert len(places) == 38
    found = places.set_index("city")
    numbers = ["NP", "KMar", "GPI", "not_stated", "planned"]
    assert found.loc["Tirana", numbers].tolist() == [1, 1, 1, 0, 0]
    assert found.loc["Nairobi", numbers].tolist() == [0, 2, 0, 0, 0]
    assert found.loc["Brasilia", numbers].tolist() == [1, 0, 1, 0, 1]
    assert found.loc["Tbilisi", numbers].tolist() == [0, 0, 0, 1, 0]
    assert found.loc["Rabat", "rows"] == [23, 29, 30]  # "Rabbat" in row 29 is the same city
    # NP 7+6+2+13, KMar 1+5+6, GPI 2+2+1+6 over the four parts of the table; three rows say nothing
    assert places[["NP", "KMar", "GPI", "not_stated"]].sum().tolist() == [28, 12, 11, 3]


def test_a_post_without_a_printed_city_is_not_dropped():
    places = by_place(posts(("COL", None, None, "active"), ("COL", "Bogota", "NP", "active")))
    assert sorted(places["rows"]) == [[1], [2]]


# --- two Dutch officers in one city --------------------------------------------------------------


def test_two_dutch_officers_in_one_city_in_2025(network: Network):
    places = by_place(network(ANNEX)[0]).assign(together=dutch_together)
    double = places[places["together"] == "double"]
    assert dict(zip(double["city"], double["rows"], strict=True)) == {
        "Tirana": [43, 48, 51],
        "Madrid": [33, 46, 50],
        "Londen": [39, 47, 55],
        "Rabat": [23, 29, 30],
        "Parijs": [31, 49],
        "Nairobi": [25, 26],  # Kenia-1 and Kenia-2, both KMar
    }
    # Row 10 is not decided; NP and GPI in Washington, Rome ... are one Dutch officer.
    assert places[places["together"] == "planned"]["city"].tolist() == ["Brasilia"]
    assert "possible" not in set(places["together"].dropna())


def test_two_dutch_officers_in_one_country_in_2025(network: Network):
    lands = by_place(network(ANNEX)[0], ["host"]).assign(together=dutch_together)
    double = set(lands[lands["together"] == "double"]["host"])
    # Colombia: Bogota and Cartagena; Turkey: Ankara (NP) and Istanbul (KMar).
    assert double == {"ALB", "COL", "ESP", "FRA", "GBR", "KEN", "MAR", "TUR"}


def test_the_exceptions_of_2013_beside_the_double_posts_of_2025(network: Network):
    found = against_model(by_place(network(ANNEX)[0]), reference("model_exceptions"))
    assert list(zip(found["city"], found["verdict"], strict=True)) == [
        ("Madrid", "still"),
        ("Rabat", "still"),
        ("Ankara", "no_longer"),
        ("Brasilia", "planned"),
        ("Tirana", "new"),
        ("Parijs", "new"),
        ("Londen", "new"),
        ("Nairobi", "new"),
    ]
    assert found.loc[2, "rows"] == [35]


def test_the_letter_of_2013_shows_its_own_three(network: Network):
    places = by_place(network("kst-31015-94")[0])
    found = against_model(places, reference("model_exceptions"), complete=False)
    assert dict(zip(found["city"], found["verdict"], strict=True)) == dict.fromkeys(
        ("Ankara", "Madrid", "Rabat"), "still"
    )


def test_a_partial_release_never_says_that_an_exception_ended():
    places = by_place(posts(("TUR", "Ankara", "NP", "active")))
    exceptions = reference("model_exceptions")
    assert set(against_model(places, exceptions, complete=False)["verdict"]) == {"unknown"}
    assert set(against_model(places, exceptions)["verdict"]) == {"no_longer"}


def test_an_organisation_that_is_not_stated_is_not_counted_as_dutch():
    places = by_place(
        posts(
            ("ITA", "Rome", "NP", "active"),
            ("ITA", "Rome", None, "active"),
            ("TUR", "Istanbul", "KMar", "active"),
            ("TUR", "Istanbul", "GPI", "active"),
        )
    )
    found = dict(zip(places["city"], dutch_together(places).fillna("no"), strict=True))
    assert found == {"Rome": "possible", "Istanbul": "no"}


# --- load, and what hangs on one posting ----------------------------------------------------------


def test_what_one_officer_serves(network: Network, people):
    found = load(*network(ANNEX), people, ALL).set_index(["kind", "row"])
    # Row 26: Kenya, Tanzania, Somalia, Sudan, South Sudan, Ethiopia, Eritrea, Seychelles.
    nairobi = found.loc[("LO", 26)]
    assert (nairobi["countries"], nairobi["population"], nairobi["uncounted"]) == (8, 70, 1)
    # Row 25 serves Kenya, Tanzania, Ethiopia and the Seychelles too, and row 26 the rest alone.
    assert nairobi["alone_iso3"] == ["ERI", "SDN", "SOM", "SSD"]
    # Row 4: Cuba, Haiti, the Dominican Republic, Jamaica and seven islands of a region.
    assert found.loc[("LO", 4), "countries"] == 11
    assert ("LO", 10) not in found.index  # not decided
    assert ("FILO", 3) not in found.index
    assert len(found) == 54
    # A country counts in full for each officer: France for NP and for KMar in Paris.
    assert found.loc[("LO", 31), "population"] == 20 and found.loc[("LO", 49), "population"] == 10


def test_what_hangs_on_one_posting(network: Network, people):
    found = hanging(load(*network(ANNEX), people, ALL))
    assert found["alone_countries"].sum() == 78  # as the domain's worked example counts
    top = found.set_index("city").iloc[:2]
    # Santo Domingo alone serves all its eleven; Dubai shares only Jordan, with Beirut.
    assert top["alone_countries"].to_dict() == {"Santo Domingo": 11, "Dubai": 8}
    assert "JOR" not in top.loc["Dubai", "alone_iso3"]
    assert top.loc["Santo Domingo", "alone_population"] == 100  # Barbados has no figure
    assert top.loc["Santo Domingo", "alone_uncounted"] == 1


@pytest.mark.parametrize(
    "choice",
    [Choice(("NP",)), Choice(("KMar", "GPI")), Choice(regions=False), Choice(filo=True)],
)
def test_what_hangs_on_one_posting_is_what_coverage_calls_single(
    network: Network, units, people, choice
):
    postings, accreditations = network(ANNEX)
    found = load(postings, accreditations, people, choice)
    single = totals(coverage(units, postings, accreditations, choice)).single
    assert found["alone_countries"].sum() == single


def test_a_partial_release_says_nothing_of_what_hangs_on_one_posting(network: Network, people):
    found = load(*network("kst-31015-94"), people, ALL, complete=False)
    assert found["alone_countries"].isna().all() and hanging(found).empty
    assert found.set_index("city").loc["Rome", "countries"] == 1


def test_no_figure_is_not_a_population_of_zero():
    one = posts(("BRB", "Bridgetown", "NP", "active"))
    served = pd.DataFrame({"kind": ["LO"], "row": [1], "iso3": ["BRB"], "basis": ["named"]})
    nobody = pd.DataFrame({"iso3": ["FRA"], "population": [10]})
    found = load(one, served, nobody, ALL).iloc[0]
    assert pd.isna(found["population"]) and found["uncounted"] == 1


# --- others, and what it costs --------------------------------------------------------------------


def test_the_multilateral_placements_by_body(network: Network):
    found = placements(network(ANNEX)[0])
    assert found["placements"].tolist() == [3, 5, 1, 1, 1, 1, 1]
    assert found["body"].str.slice(stop=7).tolist()[:3] == ["INTERPO", "Europol", "UNODC W"]
    assert placements(network(ANNEX)[0], ("NP",)).empty  # the annex states no organisation


def test_the_estimate_counts_dutch_posts_only(network: Network):
    each = float(reference("key_figures").set_index("figure").loc["cost_2020", "value"])
    found = cost(network(ANNEX)[0], each)
    # 28 NP and 12 KMar; 11 GPI and the plan of row 10 stay out, rows 3, 7 and 16 stand apart.
    assert (found.posts, found.total) == (40, 11_200_000)
    assert (found.not_stated, found.not_stated_total) == (3, 840_000)
