"""Notes typed below a table reach the rows that point to them."""

from __future__ import annotations

import pytest

from data.documents.cells import Cells, Flag, PrintedTable
from data.documents.footnotes import typed_notes
from data.documents.reading import read_cells


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("* In besluitvorming.", {"*": "In besluitvorming."}),
        ("** Gedeeld met GPI", {"**": "Gedeeld met GPI"}),
        ("¹ Tijdelijk gesloten", {"1": "Tijdelijk gesloten"}),
        ("1 Tijdelijk gesloten\n2) Ook Togo", {"1": "Tijdelijk gesloten", "2": "Ook Togo"}),
        ("(1) Tijdelijk gesloten", {"1": "Tijdelijk gesloten"}),
        ("† Vervallen", {"†": "Vervallen"}),
        ("1. Gecombineerd netwerk", {}),  # a heading
        ("* een punt\n* nog een punt", {}),  # bullets
        ("12 november 2025", {"12": "november 2025"}),  # nothing points to it
        ("Gewone zin.", {}),
    ],
)
def test_notes_in_running_text(text: str, notes: dict[str, str]):
    assert typed_notes(text) == notes


def problems(label: str, area: str, text: str, *flags: Flag) -> list[tuple[str, str, str]]:
    header = ("Liaison Officers", "Werklocatie", "Werkgebied")
    table = PrintedTable("Netwerk", (header, (label, "Nairobi", area)), flags)
    reading = read_cells("doc", Cells(f"peildatum 12 mei 2026\n{text}", (table,)))
    return [(p.severity, p.code, p.printed) for p in reading.problems if p.row]


def test_a_note_that_speaks_of_the_status_is_a_question():
    assert problems("Kenia - NP*", "Kenia", "* In besluitvorming.") == [
        ("error", "note_decides", "In besluitvorming.")
    ]
    assert problems("Kenia - NP", "Kenia¹", "1 Ook voor Togo") == [
        ("error", "note_decides", "Ook voor Togo")
    ]


def test_a_note_behind_a_raised_sign():
    raised = Flag(1, 2, "raised", "2")
    assert problems("Kenia - NP", "Kenia", "2) Zie de toelichting", raised) == [
        ("warning", "raised", "2"),
        ("warning", "note", "Zie de toelichting"),
    ]


def test_a_mark_without_its_note_is_told():
    assert problems("Kenia - NP*", "Kenia", "Geen noot.") == [
        ("warning", "footnote_mark", "Kenia - NP*")
    ]
