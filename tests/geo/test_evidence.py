"""Where other sources and the newest network do not agree: made-up rows, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.evidence import Conflict, concerning, conflicts

AS_OF = "2026-01"
# The network: KMar and GPI in Rabat, NP in Rome, and in Lima a post that states no organisation.
POSTINGS = pd.DataFrame(
    [
        ("LO", 1, "KMar", "Rabat", "MAR"),
        ("LO", 2, "GPI", "Rabat", "MAR"),
        ("LO", 3, "NP", "Rome", "ITA"),
        ("LO", 4, None, "Lima", "PER"),
        ("FILO", 1, "GPI", None, None),
    ],
    columns=["kind", "row", "organisation", "city", "host"],
)
SERVED = pd.DataFrame(
    [
        *(("LO", 1, code) for code in ("MAR", "SEN")),
        *(("LO", 2, code) for code in ("MAR", "MLI", "TUN")),
        *(("LO", 3, code) for code in ("ITA", "MLT")),
        ("LO", 4, "PER"),
        ("FILO", 1, "COL"),
    ],
    columns=["kind", "row", "iso3"],
)
USUAL = {"date": "2025", "since": None, "subject": "post", "organisation": "GPI", "city": None}
USUAL |= {"areas": None, "plan": False, "completeness": "post"}


def claims(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of table `evidence`, each with what is usual where it says nothing else."""
    numbered = [{"evidence": n, **USUAL, **row} for n, row in enumerate(rows, start=1)]
    return pd.DataFrame(numbered)


def compared(*rows: dict[str, object]) -> list[Conflict]:
    return conflicts(claims(*rows), POSTINGS, SERVED, AS_OF)


def test_a_post_that_the_network_lacks_is_missing():
    """A flexible officer for Colombia is no post there."""
    row = {"host": "COL", "city": "Bogota", "areas": "COL ECU", "since": "2023"}
    [found] = compared(row)
    assert found == Conflict(
        "missing", "GPI", "COL", "Bogota", "2023", "2025", (1,), ("COL", "ECU")
    )
    assert found.units == {"COL", "ECU"}


def test_a_row_without_a_city_belongs_to_the_one_city_that_is_named():
    first = {"date": "2023-03", "host": "COL", "areas": "COL ECU"}
    [found] = compared(first, {"host": "COL", "city": "Bogota", "areas": "COL"})
    assert (found.city, found.first, found.last) == ("Bogota", "2023-03", "2025")
    assert (found.evidence, found.areas) == ((1, 2), ("COL", "ECU"))


def test_two_cities_are_two_posts_and_a_row_without_one_is_a_third():
    rows = [{"host": "COL", "city": city} for city in ("Bogota", "Cartagena", None)]
    assert sorted(each.city for each in compared(*rows)) == ["", "Bogota", "Cartagena"]


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        # The network of January 2026 is compared with what was said from January 2024 on.
        ("2017-11", "ended"),
        ("2023", "ended"),
        ("2023-12-31", "ended"),
        ("2024", "missing"),
        ("2024-01-01", "missing"),
        ("2026", "missing"),
    ],
)
def test_an_older_source_speaks_of_a_post_that_ended(date: str, kind: str):
    [found] = compared({"host": "IND", "city": "New Delhi", "date": date})
    assert found.kind == kind


@pytest.mark.parametrize(
    "row",
    [
        {"host": "COL", "plan": True},
        {"host": "COL", "subject": "filo"},
        {"host": "COL", "subject": "total"},
        {"host": "COL", "organisation": "BE"},
        {"host": "COL", "organisation": "NL"},
        {"host": None, "areas": "COL"},
        {"host": "COL", "date": None},
        {"host": "COL", "date": "2026-02"},  # after the network
        {"host": "MAR"},
        {"host": "MAR", "city": "Rabat", "areas": "MAR MLI"},  # not said to be the whole area
        {"host": "PER", "city": "Lima"},  # may be the post that states no organisation
        {"host": "ITA", "organisation": "NP", "city": "Rome"},
    ],
)
def test_no_conflict(row: dict[str, object]):
    assert compared(row) == []


def test_a_post_of_another_organisation_or_in_another_city_is_not_it():
    assert [each.kind for each in compared({"host": "ITA"})] == ["missing"]
    other = {"host": "MAR", "city": "Casablanca"}
    assert [each.city for each in compared(other)] == ["Casablanca"]


def test_a_work_area_that_changed():
    """The GPI of Rabat: Morocco and Senegal then; Morocco, Mali and Tunisia now."""
    row = {"date": "2014-01-23", "host": "MAR", "city": "Rabat", "areas": "MAR SEN"}
    [found] = compared(row | {"completeness": "area"})
    assert (found.kind, found.gained, found.lost) == ("area", ("MLI", "TUN"), ("SEN",))
    assert found.units == {"MAR", "MLI", "TUN", "SEN"}
    assert compared(row | {"areas": "MAR MLI TUN", "completeness": "area"}) == []


def test_the_newest_whole_area_counts():
    old = {"date": "2010", "host": "MAR", "areas": "MAR", "completeness": "area"}
    assert compared(old, old | {"date": "2020", "areas": "MAR MLI TUN"}) == []


def test_what_is_missing_comes_first_and_then_the_newest():
    rows = [
        {"host": "MAR", "areas": "MAR", "completeness": "area", "date": "2025-06"},
        {"host": "IND", "date": "2016"},
        {"host": "DEU", "date": "2020"},
        {"host": "COL"},
    ]
    assert [each.host for each in compared(*rows)] == ["COL", "DEU", "IND", "MAR"]


def test_a_country_is_named_as_host_or_in_a_work_area():
    rows = claims(
        {"host": "COL", "areas": "COL ECU"}, {"host": "ECU"}, {"host": None, "areas": None}
    )
    assert concerning("ECU", rows)["evidence"].tolist() == [1, 2]
    assert concerning("COL", rows)["evidence"].tolist() == [1]
    assert concerning("PER", rows).empty


def test_the_committed_table_against_the_annex_of_2025(network):
    """Read in posts and rows: no GPI row in Colombia; no KMar row in Germany or India.

    Row 53 (Bucharest) has Ukraine more than the Belgian senate has in 2014, row 30 (Rabat) Gambia
    and Tunisia; rows 52, 22 and 54 (Rome, Moscow, Istanbul) are the same.
    """
    found = conflicts(reference("evidence"), *network("bijlage-2025-11"), AS_OF)
    assert [(each.kind, each.organisation, each.city) for each in found] == [
        ("missing", "GPI", "Bogota"),
        ("ended", "KMar", "Berlijn"),
        ("ended", "KMar", "New Delhi"),
        ("area", "GPI", "Boekarest"),
        ("area", "GPI", "Rabat"),
    ]
    assert [(each.first, each.last) for each in found] == [
        ("2023", "2025"),
        ("2020-06", "2020-06"),
        ("2016-03", "2017-11"),
        ("2014-01-23", "2014-01-23"),
        ("2014-01-23", "2014-01-23"),
    ]
    assert [(each.gained, each.lost) for each in found[3:]] == [
        (("UKR",), ()),
        (("GMB", "TUN"), ()),
    ]
