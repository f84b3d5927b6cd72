"""Running text that may change a row of a table is asked; what only tells is not."""

from __future__ import annotations

import time

import pytest

from data.documents.cells import Cells, PrintedTable
from data.documents.reading import read_cells

ROWS = (
    ("Liaison Officers", "Werklocatie", "Werkgebied"),
    ("Kenia - NP", "Nairobi", "Kenia / Togo"),
    ("Noord-Macedonië - NP", "Skopje", "Noord-Macedonië"),
    ("Peru - KMar*", "Lima", "Peru"),
    ("Brazilië Kmar", "Brasilia/Sao Paulo", "Brazilië"),
)


def asked(text: str) -> list[str]:
    """What is asked about the text beside a network."""
    reading = read_cells("doc", Cells(text, (PrintedTable("Netwerk", ROWS),)))
    return [one.printed for one in reading.errors if one.code == "table_note_decides"]


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
        "De post in Lima wordt m.i.v. 1 april 2027 gesloten.",
        "De posten in o.a. Lima en Nairobi zijn gesloten.",
        "De LO's in Nairobi bedienen ook Rwanda.",
        "De post in São Paulo is gesloten.",
        "DE POST IN BRAZILIË IS GESLOTEN.",
        "Posten in het grijs zijn nog niet geopend.",
        "Doorgehaalde regels: post is opgeheven.",
        "The posts in Lima are closed.",
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
        "Elke kleur notice heeft een doel: een green notice waarschuwt voor mogelijke bedreiging.",
        "| Kenia - NP | Nairobi | Kenia / Togo |",
    ],
)
def test_a_sentence_that_only_tells_is_not_asked(sentence: str):
    assert asked(f"Peildatum 12 mei 2027\nDe politie werkt samen. {sentence}\n") == []


def test_a_line_that_is_broken_before_a_name_goes_on():
    assert asked("De post in \nLima is gesloten.\n") == ["De post in Lima is gesloten."]


def test_many_empty_lines_take_little_time():
    start = time.process_time()
    assert asked("\n " * 200_000 + "de post in Lima is gesloten") != []
    assert time.process_time() - start < 5


def test_a_note_that_hangs_on_its_row_is_asked_there_alone():
    assert asked("Peildatum 12 mei 2027\n* De post in Lima is gesloten.\n") == []
