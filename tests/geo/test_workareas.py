"""Work areas that a scenario changes, and how far posts reach; rows from the annex of 2025."""

from __future__ import annotations

import pytest

from data.load import places
from geo.scenario import parse
from geo.whatif import apply, check
from geo.workareas import farthest, work_areas

RELEASE = "bijlage-2025-11"
codes = str.split


@pytest.fixture(scope="module")
def areas(units, annex):
    def made(changes: str):
        scenario = parse(f"{RELEASE}~~{changes}")
        check(scenario, RELEASE, annex, units, places())
        before = annex.postings, annex.accreditations
        return work_areas(scenario, before, apply(scenario, annex, units, places()), units)

    return made


def test_the_farthest_that_a_post_serves(units, annex):
    """Row 54, GPI Istanbul, names Pakistan: Istanbul is some 3,950 km from Islamabad. Next come
    Mexico from Washington (row 11) and Tajikistan from Moscow (row 22), each some 3,000 km."""
    most = farthest(annex.postings, annex.accreditations, units)
    assert (most.row, most.iso3) == (54, "PAK") and 3_900 < most.km < 4_000


def test_dubai_in_quito_serves_nine_countries_from_too_far(areas):
    """Abu Dhabi to Quito is some 14,300 km, Amman, the nearest, some 12,300."""
    found = areas("move.17.ECU.Quito.keep")
    kept = found.of(17, "kept")
    assert set(kept["iso3"]) == set(codes("ARE OMN QAT SAU KWT BHR YEM DJI JOR"))
    assert kept["beyond"].all() and kept["km_after"].min() > 12_000
    assert kept["km_before"].max() < 2_500
    assert list(found.of(17, "added")["iso3"]) == ["ECU"]
    assert not found.of(17, "added")["beyond"].any()


def test_a_work_area_goes_to_the_nearest_of_the_named_posts(areas):
    """Row 36, Belgrade: Serbia, Montenegro, North Macedonia, Bosnia, Slovenia. To Zagreb (41) and
    Tirana (43): Ljubljana lies near Zagreb, Skopje and Podgorica near Tirana; Sarajevo is some
    290 km from Zagreb and 290 from Tirana, Belgrade some 370 and 390."""
    found = areas("move.36.FIN.Helsinki.to-41-43")
    handed = found.handed[36]
    assert {handed[code] for code in codes("MKD MNE")} == {43} and handed["SVN"] == 41
    assert set(handed) == set(codes("SRB MNE MKD BIH SVN"))
    # Zagreb names Bosnia, Slovenia and Montenegro itself, so only what is new to it is added.
    assert not set(found.of(41, "added")["iso3"]) & set(codes("BIH SVN MNE"))
    assert set(found.of(36, "dropped")["iso3"]) == set(codes("SRB MNE MKD BIH SVN"))


def test_a_new_post_and_a_wider_area_reach_too_far_too(areas):
    """Tokyo is some 9,300 km from Amsterdam, Suva (Fiji) some 3,100 km from Canberra (row 14)."""
    found = areas("add.NP.DEU.Berlijn.JPN~area.14.FJI.NZL")
    beyond = found.units[found.units["beyond"]]
    assert beyond[["row", "iso3"]].to_numpy().tolist() == [[56, "JPN"]]
    assert list(found.of(14, "added")["iso3"]) == ["FJI"]
    assert list(found.of(14, "dropped")["iso3"]) == ["NZL"]


def test_a_post_that_closes_or_changes_hands_has_no_new_area(areas):
    assert areas("close.25~org.3.KMar~decide.10").units.empty
