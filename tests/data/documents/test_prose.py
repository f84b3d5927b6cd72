"""Running text that may change a row of a table is asked; what only tells is not."""

from __future__ import annotations

import pytest

from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells

ROWS = (
    ("Liaison Officers", "Werklocatie", "Werkgebied"),
    ("Kenia - NP", "Nairobi", "Kenia / Togo"),
    ("Noord-Macedonië - NP", "Skopje", "Noord-Macedonië"),
    ("Peru - KMar*", "Lima", "Peru"),
)


def asked(text: str) -> list[str]:
    """What is asked about the text beside a network."""
    reading = read_cells("doc", Cells(text, (PrintedTable("Netwerk", ROWS),)))
    return [one.printed for one in reading.errors if one.code == "table_note"]


@pytest.mark.parametrize(
    "sentence",
    [
        "De post in Lima is op 1 april 2027 gesloten.",
        "In Nairobi zijn twee officieren werkzaam.",
        "De LO in Noord-Macedonië start in het najaar van 2027.",
        "De LO in Nairobi is tevens geaccrediteerd in Rwanda.",
        "Grijs gearceerde posten zijn vacant.",
        "Cursief: nog niet geopend.",
        "Onderstaande posten zijn in 2026 gesloten:",
        "Daarnaast werkt de politie aan plaatsing van de volgende LO's:",
    ],
)
def test_a_sentence_that_may_change_a_row_is_asked(sentence: str):
    assert asked(f"Peildatum 12 mei 2027\nDe politie werkt samen. {sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "De post in Lima draait goed.",
        "Ook in 2027 is de politie actief in Kenia.",
        "Het kantoor van de politie in Assen is gesloten.",
        "In het noorden van Duitsland is een post gesloten.",
        "In de volgende bijlage zal ik ingaan op de LO's.",
        "Vetgedrukt staat wat anders is dan in de bijlage van mei.",
        "De Liaison Officers maken deel uit van het netwerk in Kenia.",
        "| Kenia - NP | Nairobi | Kenia / Togo |",
    ],
)
def test_a_sentence_that_only_tells_is_not_asked(sentence: str):
    assert asked(f"Peildatum 12 mei 2027\nDe politie werkt samen. {sentence}\n") == []


def test_a_note_that_hangs_on_its_row_is_asked_there_alone():
    assert asked("Peildatum 12 mei 2027\n* De post in Lima is gesloten.\n") == []
