"""A document all the way to its tables: what it says of itself, and what is absent."""

from __future__ import annotations

import pytest

from data.documents import text
from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells, resolver
from geo.names.decisions import Decision
from geo.schemas.validation import validate


@pytest.mark.parametrize(
    ("release", "as_of", "total", "network"),
    [
        ("bijlage-2025-11", "2025-11-12", 34, "complete"),
        ("bijlage-2023-12", "2023-11-24", 28, "absent"),
    ],
)
def test_reference_date_and_total_are_the_printed_ones(document, release, as_of, total, network):
    read = read_cells(release, text.read(document(release)))
    assert (read.missions_as_of, read.total, read.network) == (as_of, total, network)
    assert read.deployments["personnel"].sum() == total
    assert (read.missions, read.errors) == ("complete", ())


def test_a_document_without_a_table_gives_empty_tables(document):
    read = read_cells("kst-31015-94", text.read(document("kst-31015-94")))
    assert read.postings.empty and read.deployments.empty
    assert (read.total, read.missions_as_of) == (None, None)
    assert (read.network, read.missions, read.problems) == ("absent", "absent", ())


CELLS = Cells(
    "Overzicht (peildatum 12 mei 2026)",
    (
        PrintedTable(
            "1. Netwerk",
            (
                ("Liaison Officers", "Werklocatie", "Werkgebied"),
                ("Afrika", "", ""),
                ("Kenia - NP", "Nairobi", "Kenia / Narnia"),
            ),
        ),
        PrintedTable("Anders", (("Datum", "Besluit"), ("2025", "iets"))),
    ),
)


def test_what_is_in_doubt_comes_with_its_place():
    read = read_cells("doc", CELLS)
    assert [(str(doubt.where), doubt.printed, doubt.row) for doubt in read.errors] == [
        ("1. Netwerk, row 1", "Narnia", ("LO", 1))
    ]
    assert [(str(doubt.where), doubt.printed) for doubt in read.warnings] == [
        ("Anders", "Datum | Besluit")
    ]
    assert (read.network, read.missions) == ("complete", "absent")


def test_what_a_person_decided_for_one_document_is_not_known_to_the_next():
    decided = Decision("Narnia", "country", "TZA")
    assert not read_cells("doc", CELLS, [decided]).errors
    assert [doubt.printed for doubt in read_cells("doc", CELLS).errors] == ["Narnia"]
    assert resolver() is resolver() is not resolver([decided])


def test_a_decision_settles_it():
    decided = Decision("narnia", "not-a-country", decided_by="desk", decided_at="2026-05-20")
    read = read_cells("doc", CELLS, [decided])
    assert read.errors == ()
    assert any(doubt.params.get("by") == "desk" for doubt in read.warnings)
    served = validate("accreditations", read.accreditations.assign(score=100.0), "test")
    assert served["iso3"].tolist() == ["KEN"]
