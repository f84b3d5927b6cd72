"""An annex that nobody wrote yet: new countries, other spellings, a wrong total; and its answers.

What is expected stands here by hand, read from tests/annexes/next.txt with the reading rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from data.imports import drafts
from data.imports.drafts import Draft
from data.store import write
from data.store.read import Store
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.reading.corrections import Correction
from geo.reading.result import DocumentReading

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
CONGO = {
    "reason": "ambiguous",
    "note_nl": "twee landen heten zo; het document moet zeggen welk",
    "note_en": "two countries bear this name; the document must say which",
}
# (severity, row, field, what is printed, code, parameters where known), in the order of reading.
PROBLEMS = [
    ("warning", None, "as_of", "2026-05-12", "network_date_of_missions", {}),
    ("warning", None, "", "8", "small_network", {"before": 55, "now": 8}),
    ("warning", ("LO", 1), "city", "Quito", "new_city", {}),
    ("warning", ("LO", 1), "countries", "Boliva", "misspelling", {"country": "BOL", "alike": 92}),
    ("error", ("LO", 3), "countries", "Congo", "no_country", CONGO),
    ("error", ("LO", 4), "countries", "Congo", "no_country", CONGO),
    ("error", ("LO", 5), "organisation", "AIVD", "unknown_organisation", {}),
    ("warning", ("LO", 6), "city", "Lusaka", "new_city", {}),
    ("error", ("LO", 7), "organisation", "NP / GPI", "several_organisations", {}),
    ("warning", ("LO", 8), "organisation", "Polen", "organisation_not_printed", {}),
    ("error", ("LO", 8), "countries", "Vilnistan", "no_country", {"reason": "unknown"}),
    ("warning", ("FILO", 1), "countries", "wereldwijd", "filo_without_country", {}),
    ("warning", ("LO", 4), "", "Kenia-1 - KMar", "repeated_row", {"other": 3}),
    ("warning", ("LO", 6), "countries", "Nieuw-Zeeland", "far", None),
    ("error", ("mission", 2), "personnel", "drie", "no_whole_number", {}),
    ("warning", None, "", "10", "total_differs", {"printed": 10, "counted": 6}),
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
    read = [(p.severity, p.row, p.field, p.printed, p.code) for p in found.problems]
    assert read == [problem[:5] for problem in PROBLEMS]
    for problem, (*_, params) in zip(found.problems, PROBLEMS, strict=True):
        assert params in (None, problem.params)
    congo = next(p for p in found.errors if p.printed == "Congo")
    assert set(congo.suggestions) == {"COD", "COG"}


def test_settled_confirmed_and_shown(url: str, store: Store, draft: Draft):
    """From the doubts to a release that everybody sees, with what was decided beside it."""
    with pytest.raises(DataError, match="doubt_not_settled"):
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
    release = write.add(store, drafts.incoming(settled, found), "desk", settled.seen)
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
    first = write.add(store, drafts.incoming(settled, drafts.read(store, settled)), "desk", 0)
    again = drafts.read(store, Draft(draft.upload, store.revision()))
    assert any(p.params.get("release") == first for p in again.errors)
    # What was decided the first time is not asked again.
    assert {p.printed for p in again.errors if p.row} == {"AIVD", "NP / GPI", "drie"}
