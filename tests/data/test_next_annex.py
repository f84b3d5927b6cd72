"""An annex that nobody wrote yet: new countries, other spellings, a wrong total; and its answers.

What is expected stands here by hand, read from tests/annexes/next.txt with the reading rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from data import drafts, ledger
from data.drafts import Draft
from data.store import Store
from geo.corrections import Correction
from geo.decisions import Decision
from geo.errors import DataError
from geo.reading import DocumentReading

SERVED = {
    ("LO", 1): "BOL ECU PER",
    ("LO", 2): "BHS CAN USA",
    ("LO", 3): "KEN SDN SSD",
    ("LO", 4): "KEN SDN SSD",
    ("LO", 5): "CIV GHA",
    ("LO", 6): "NZL ZMB",
    ("LO", 7): "ESP",
    ("LO", 8): "POL",
}
ERRORS = {
    ("Congo", ("LO", 3), "countries"),
    ("Congo", ("LO", 4), "countries"),
    ("AIVD", ("LO", 5), "organisation"),
    ("NP / GPI", ("LO", 7), "organisation"),
    ("Vilnistan", ("LO", 8), "countries"),
    ("drie", ("mission", 2), "personnel"),
}
WARNINGS = {
    ("Boliva", ("LO", 1)),  # a misspelling
    ("Quito", ("LO", 1)),  # a city never seen; it is a capital
    ("Kenia-1 - KMar", ("LO", 4)),  # the same row twice
    ("Lusaka", ("LO", 6)),  # another one
    ("Nieuw-Zeeland", ("LO", 6)),  # far from Zambia
    ("Polen", ("LO", 8)),  # no organisation
    ("wereldwijd", ("FILO", 1)),
    ("10", None),  # the total
}


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


@pytest.fixture
def draft(store: Store, next_annex: Path) -> Draft:
    upload = drafts.receive(next_annex.name, next_annex.read_bytes())
    return Draft(upload, store.revision())


def served(found: DocumentReading) -> dict[tuple[str, int], str]:
    groups = found.accreditations.groupby(["kind", "row"])["iso3"]
    return {key: " ".join(sorted(codes)) for key, codes in groups}


def test_rows(store: Store, draft: Draft):
    found = drafts.read(store, draft)
    posts = found.postings
    read = list(zip(posts["kind"], posts["row"], posts["organisation"].fillna("-"), strict=True))
    assert read == [
        ("LO", 1, "NP"),
        ("LO", 2, "NP"),
        ("LO", 3, "KMar"),
        ("LO", 4, "KMar"),
        ("LO", 5, "-"),
        ("LO", 6, "GPI"),
        ("LO", 7, "-"),
        ("LO", 8, "-"),
        ("FILO", 1, "NP"),
    ]
    assert posts["host"].fillna("-").tolist() == "ECU USA KEN KEN GHA ZMB ESP POL -".split()
    assert posts["city"].fillna("-").tolist() == [
        *("Quito", "Washington", "Nairobi", "Nairobi", "Accra", "Lusaka", "Madrid", "Warschau", "-")
    ]
    assert posts["status"].tolist() == ["active"] * 7 + ["planned", "active"]
    assert served(found) == SERVED
    missions = found.deployments
    assert missions["mission"].tolist() == ["EULEX Kosovo", "EUMM Georgië", "EUCAP Sahel Mali"]
    assert missions["personnel"].fillna(-1).tolist() == [2, -1, 4]
    assert drafts.dates(draft, found) == ("2026-05-12", "2026-05-12")


def test_problems(store: Store, draft: Draft):
    found = drafts.read(store, draft)
    assert {(p.printed, p.row, p.field) for p in found.errors} == ERRORS
    assert {(p.printed, p.row) for p in found.warnings} == WARNINGS
    assert len(found.errors) == len(ERRORS)


def test_settled_confirmed_and_shown(url: str, store: Store, draft: Draft):
    """From the doubts to a release that everybody sees, with what was decided beside it."""
    with pytest.raises(DataError, match="Settle every error"):
        drafts.incoming(draft, drafts.read(store, draft))
    settled = Draft(
        draft.upload,
        draft.seen,
        decisions=(
            Decision("Congo", "country", "COD"),
            Decision("Vilnistan", "leave-out", reason="printing error"),
        ),
        corrections=(
            Correction("LO", 5, "row", "not of the police", "Ghana - AIVD"),
            Correction("LO", 7, "organisation", "NP", "Spanje – NP / GPI"),
            Correction("mission", 2, "personnel", "3", "EUMM Georgie"),
        ),
    )
    found = drafts.read(store, settled)
    assert found.errors == ()
    release = ledger.add(store, drafts.incoming(settled, found), "desk", settled.seen)
    assert release == "bijlage-2026-05"
    assert Store(url).default_release() == release
    network = store.network(release)
    assert network.complete and len(network.postings) == 8
    want = {k: v for k, v in SERVED.items() if k != ("LO", 5)}
    want |= {("LO", 3): "COD KEN SDN SSD", ("LO", 4): "COD KEN SDN SSD"}
    groups = network.accreditations.groupby(["kind", "row"])["iso3"]
    assert {key: " ".join(sorted(codes)) for key, codes in groups} == want
    assert store.deployments(release)["personnel"].sum() == 9
    assert {decision.printed for decision in store.decisions()} == {"Congo", "Vilnistan"}
    detail = store.audit().iloc[0]["detail"]
    assert "not of the police" in detail and "Spanje – NP / GPI" in detail


def test_the_difference_from_what_is_there(store: Store, draft: Draft):
    found = drafts.read(store, draft)
    difference = drafts.compare(store, found)
    assert (difference.network_since, difference.missions_since) == ("bijlage-2025-11",) * 2
    changes = difference.changes
    # Nobody serves Ecuador or Zambia in the annex of 2025.
    assert set(changes.gained["iso3"]) == {"ECU", "ZMB"}
    assert set(changes.opened["host"]) == {"ECU", "ZMB"}
    assert changes.missions_up.to_dict("records") == [
        {"mission": "EULEX Kosovo", "before": 1, "after": 2}
    ]


def test_the_same_document_twice(store: Store, draft: Draft):
    settled = Draft(
        draft.upload,
        draft.seen,
        decisions=(
            Decision("Congo", "country", "COD"),
            Decision("Vilnistan", "not-a-country"),
        ),
        corrections=(
            Correction("LO", 5, "organisation", "", "AIVD"),
            Correction("LO", 7, "organisation", "GPI", "NP / GPI"),
            Correction("mission", 2, "personnel", "3", "drie"),
        ),
    )
    first = ledger.add(store, drafts.incoming(settled, drafts.read(store, settled)), "desk", 0)
    again = drafts.read(store, Draft(draft.upload, store.revision()))
    assert any(first in problem.message for problem in again.errors)
    # What was decided the first time is not asked again.
    assert {p.printed for p in again.errors if p.row} == {"AIVD", "NP / GPI", "drie"}
