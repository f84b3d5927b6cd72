"""What other sources say: the committed table is the built one, and no claim lacks its source."""

from __future__ import annotations

import pandas as pd
import pytest

from data.build import evidence, tables
from data.build.errors import BuildError
from data.load import REFERENCE, places, reference


def test_the_committed_table_is_the_built_one(tmp_path):
    tables.write(evidence.evidence_table(), tmp_path / "evidence.csv")
    built = (tmp_path / "evidence.csv").read_bytes()
    assert built == (REFERENCE / "evidence.csv").read_bytes(), "run `python -m data.build`"


def test_oldest_first_and_what_has_no_date_last():
    claims = pd.DataFrame(
        [(1, ""), (2, "2025"), (3, "2014-01-23")], columns=["evidence", "date"], dtype=str
    ).assign(source="one")
    rest = [name for name in evidence.COLUMNS if name not in ("evidence", "date")]
    words = [name for name in rest if name not in ("kind", "publisher", "publisher_en", "url")]
    source = {"source": "one", "kind": "press", "publisher": "A", "publisher_en": "B", "url": "b"}
    sources = pd.DataFrame([source])
    found = evidence.joined(claims.assign(**dict.fromkeys(words, "")), sources)
    assert found["evidence"].tolist() == ["3", "2", "1"]
    assert list(found) == evidence.COLUMNS and set(found["publisher_en"]) == {"B"}


@pytest.mark.parametrize(("used", "listed"), [("one", "two"), ("one", "one two")])
def test_a_claim_and_its_source_belong_together(used: str, listed: str):
    claims = pd.DataFrame({"source": used.split()})
    with pytest.raises(BuildError, match="two"):
        evidence.joined(claims, pd.DataFrame({"source": listed.split()}))


def test_cities_are_places_that_are_known():
    known = {(row.city, row.iso3) for row in places().itertuples()}
    found = reference("evidence").dropna(subset=["city"])
    assert len(found) > 10
    assert set(zip(found["city"], found["host"], strict=True)) <= known


def test_a_work_area_that_is_whole_has_its_host():
    found = reference("evidence").query("completeness == 'area'")
    assert len(found) == 5
    for row in found.itertuples():
        assert row.host in row.areas.split() and row.subject == "post" and not row.plan
