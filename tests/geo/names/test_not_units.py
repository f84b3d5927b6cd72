"""What is no unit: a table stored with such a code is read with the units of today."""

from __future__ import annotations

import pandas as pd
import pytest

from data.load import reference
from geo.names.decisions import Decision
from geo.names.not_units import current, decided, meaning, units

MEANT = {"XNC": "CYP", "BVT": "", "XPI": ""}


def served(*rows: tuple[int, str]) -> pd.DataFrame:
    known = {"kind": "LO", "printed": "printed", "basis": "named", "match": "name", "score": 100.0}
    frame = pd.DataFrame([known | {"row": row, "iso3": iso3} for row, iso3 in rows])
    return frame[["kind", "row", "iso3", "printed", "basis", "match", "score"]]


@pytest.mark.parametrize(
    ("codes", "now"),
    [("GRC XNC", "GRC CYP"), ("XNC CYP", "CYP"), ("BVT", ""), ("NOR BVT", "NOR"), ("PER", "PER")],
)
def test_a_list_of_codes(codes: str, now: str):
    assert units(codes, MEANT) == now


def test_who_served_northern_cyprus_serves_cyprus_once_and_nobody_serves_an_icefield():
    stored = served((1, "CYP"), (1, "XNC"), (2, "XNC"), (3, "CHL"), (3, "XPI"), (4, "BVT"))
    found = current("accreditations", stored, MEANT)
    assert found[["row", "iso3"]].to_numpy().tolist() == [[1, "CYP"], [2, "CYP"], [3, "CHL"]]
    assert len(stored) == 6 and "XNC" in set(stored["iso3"])  # what was given is left as it was


def test_a_table_of_today_is_the_same_frame():
    stored = served((1, "CYP"), (2, "GRC"))
    assert current("accreditations", stored, MEANT) is stored


def test_a_cell_that_may_be_empty_becomes_empty():
    stored = pd.DataFrame({"row": [1, 2, 3], "areas": ["BVT", None, "CYP XNC"]})
    stored["duty_iso3"] = pd.Series(["XNC", None, "XPI"], dtype="str")
    stored = stored.astype({"areas": "str"})
    found = current("deployments", stored, MEANT)
    assert found["areas"].isna().tolist() == [True, True, False] and found["areas"][2] == "CYP"
    assert found["duty_iso3"][0] == "CYP" and found["duty_iso3"].isna().tolist()[1:] == [True, True]


def test_what_a_person_decided_holds_for_the_unit_of_today():
    north = Decision("TRNC", "country", "XNC")
    assert decided(north, MEANT) == Decision("TRNC", "country", "CYP")
    several = Decision("Cyprus e.o.", "countries", "CYP XNC GRC")
    assert decided(several, MEANT) == Decision("Cyprus e.o.", "countries", "CYP GRC")
    assert decided(Decision("Bouvet", "country", "BVT"), MEANT) is None
    other = Decision("XNC", "region", "Benelux")
    assert decided(other, MEANT) is other


def test_the_committed_table_says_so():
    meant = meaning(reference("not_units"))
    assert meant["XNC"] == "CYP" and set(meant) - {"XNC"} == set(
        "ATA ATF BVT HMD IOT SGS UMI XPI".split()
    )
    assert {meant[code] for code in meant} == {"CYP", ""}
