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
# (severity, row, field, what is printed, what is said of it), errors and warnings as they come.
PROBLEMS = [
    ("warning", None, "as_of", "2026-05-12", "No date is printed for the network; that of the "),
    ("warning", None, "", "8", "The newest network has 55 posts, this one 8; is it the whole"),
    ("warning", ("LO", 1), "city", "Quito", "No officer was stationed here before in our sources"),
    ("warning", ("LO", 1), "countries", "Boliva", "Read as BOL: a misspelling"),
    ("error", ("LO", 3), "countries", "Congo", "No single country: two countries bear this name"),
    ("error", ("LO", 4), "countries", "Congo", "No single country: two countries bear this name"),
    ("error", ("LO", 5), "organisation", "AIVD", "Unknown organisation."),
    ("warning", ("LO", 6), "city", "Lusaka", "No officer was stationed here before in our sources"),
    ("error", ("LO", 7), "organisation", "NP / GPI", "Several organisations are printed in one"),
    ("warning", ("LO", 8), "organisation", "Polen", "The organisation is not printed."),
    ("error", ("LO", 8), "countries", "Vilnistan", "No single country: not a country we know."),
    ("warning", ("FILO", 1), "countries", "wereldwijd", "The work area of this FILO names no co"),
    ("warning", ("LO", 4), "", "Kenia-1 - KMar", "The same row stands in row 3 too; both count."),
    ("warning", ("LO", 6), "countries", "Nieuw-Zeeland", "NZL lies "),
    ("error", ("mission", 2), "personnel", "drie", "The number of officers is not a whole number."),
    ("warning", None, "", "10", "The total printed is 10; the rows add up to 6."),
]


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
    said = [(p.severity, p.row, p.field, p.printed, p.message) for p in found.problems]
    assert [problem[:4] for problem in said] == [problem[:4] for problem in PROBLEMS]
    for problem, expected in zip(said, PROBLEMS, strict=True):
        assert problem[4].startswith(expected[4])
    congo = next(p for p in found.errors if p.printed == "Congo")
    assert set(congo.suggestions) == {"COD", "COG"}


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
