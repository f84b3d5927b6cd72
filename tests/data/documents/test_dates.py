"""Reference dates: those a document prints, and those a person gives."""

from __future__ import annotations

import pytest

from data.documents.dates import Dates, dates, iso_date


@pytest.mark.parametrize(
    ("text", "real", "wrong"),
    [
        ("(peildatum 12 november 2025)", ("2025-11-12",), ()),
        ("(peildatum 24 november \n2023)", ("2023-11-24",), ()),
        ("Peildatum: 1 Mei 2026", ("2026-05-01",), ()),
        ("peildatum 1 mei 2026 ... peildatum 1 mei 2026", ("2026-05-01",), ()),
        ("peildatum 2 mei 2026, peildatum 1 mei 2026", ("2026-05-02", "2026-05-01"), ()),
        ("peildatum 31 juni 2026", (), ("peildatum 31 juni 2026",)),
        ("peildatum volgt", (), ()),
        ("De bijlage van 2023 had als peildatum 24 november 2023.", (), ()),
        ("Bij de laatste rapportage (stand per 1 juli 2025) waren er meer.", (), ()),
        ("De volgende peildatum is 1 juli 2026. Peildatum: 1 mei 2026", ("2026-05-01",), ()),
        ("12 november 2025", (), ()),
        ("", (), ()),
        ("peildatum 1-6-2026", ("2026-06-01",), ()),
        ("peildatum: 01-01-2026", ("2026-01-01",), ()),
        ("Peildatum 1 jun. 2026", ("2026-06-01",), ()),
        ("peildatum 12-mei-2026", ("2026-05-12",), ()),
        ("peildatum 2026/05/12", ("2026-05-12",), ()),
        ("peildatum 12.05.2026", ("2026-05-12",), ()),
        ("peildatum 13/5/2026", ("2026-05-13",), ()),
        ("peildatum 5/13/2026", ("2026-05-13",), ()),
        ("peildatum 5/5/2026", ("2026-05-05",), ()),
        ("peildatum 31-13-2026", (), ("peildatum 31-13-2026",)),
        ("De peildatum van dit overzicht is 12 mei 2026", ("2026-05-12",), ()),
        ("peildatum 12 mei ’26", ("2026-05-12",), ()),
        ("stand per 1 januari 2026", ("2026-01-01",), ()),
        ("Stand van zaken 12 mei 2026", ("2026-05-12",), ()),
        ("stand ultimo mei 2026", ("2026-05-31",), ()),
        ("stand ultimo februari 2024", ("2024-02-29",), ()),
        ("stand per ultimo 2025", ("2025-12-31",), ()),
        ("stand primo 2026", ("2026-01-01",), ()),
        ("stand medio mei 2026", ("2026-05",), ()),
        ("stand eind mei 2026", ("2026-05",), ()),
        ("stand begin 2026", ("2026",), ()),
        ("as of 12 May 2026", ("2026-05-12",), ()),
        ("as of May 12, 2026", ("2026-05-12",), ()),
        ("per 1-1-2026 gaat dit in, en op 12 mei 2026 dat", (), ()),  # in running text
        ("in de vorige bijlage, peildatum 24 november 2023", (), ()),
        (
            "ten opzichte van de vorige (peildatum 24 november 2023), peildatum 12 mei 2026",
            ("2026-05-12",),
            (),
        ),
        ("in de vorige bijlage,\npeildatum 24 november 2023", (), ()),  # a broken line
        ("Zie de vorige bijlage. De peildatum is 12 mei 2026", ("2026-05-12",), ()),
        ("Verschil met de vorige bijlage\nPeildatum 12 mei 2026", ("2026-05-12",), ()),
        ("Bijlage bij de brief van 3 juni 2026 (peildatum 12 mei 2026)", ("2026-05-12",), ()),
        ("Sinds de peildatum 12 november 2025 is dit veranderd", (), ()),
        ("De stand is 3 posten", (), ()),
        # Sentences about another annex, or about other figures.
        ("De stand van 1 juli 2025 staat in bijlage 3.", (), ()),
        ("De stand per 1 juli 2025 is opgenomen in een aparte bijlage.", (), ()),
        ("Zie voor de stand per 1 juli 2025 de brief van september.", (), ()),
        ("De aantallen met peildatum 1 oktober 2025 zijn eerder aan de Kamer gestuurd.", (), ()),
        ("Voor de formatie geldt de stand van 31 december 2024.", (), ()),
        ("Anders dan bij peildatum 1 oktober 2025. Peildatum 3 maart 2026", ("2026-03-03",), ()),
        ("In tabel 4 van de rapportage is de peildatum 1 oktober 2025 gebruikt.", (), ()),
        # And about this one.
        ("De stand per 1 juli 2025 is opgenomen in deze bijlage.", ("2025-07-01",), ()),
        ("In bijlage 3 bij deze brief (peildatum 1 juli 2025) staat het.", ("2025-07-01",), ()),
        ("De stand van 1 juli 2025 is als volgt.", ("2025-07-01",), ()),
        ("Het netwerk zoals het op peildatum 1 juli 2025 is.", ("2025-07-01",), ()),
    ],
)
def test_printed(text: str, real: tuple[str, ...], wrong: tuple[str, ...]):
    assert dates(text) == Dates(real, wrong)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("peildatum 5/12/2026", ("2026-12-05", "2026-05-12")),
        ("peildatum 12-5-26", ("2026-05-12",)),  # the year may stand in front
        ("peildatum 1-1-2026 / 1-7-2026", ("2026-01-01", "2026-07-01")),
        ("peildatum 1-1-2026 t/m 1-7-2026", ("2026-01-01", "2026-07-01")),
        ("stand per 31 december 2025/1 januari 2026", ("2025-12-31", "2026-01-01")),
    ],
)
def test_a_date_that_may_be_another_is_no_date_yet(text: str, days: tuple[str, ...]):
    assert dates(text) == Dates(double=((text, days),))


@pytest.mark.parametrize(
    ("title", "real"),
    [
        ("Netwerk per 1-1-2026", ("2026-01-01",)),
        ("Missies op 12 mei 2026", ("2026-05-12",)),
        ("Netwerk ultimo 2025", ("2025-12-31",)),
        ("Missies per 2026", ()),
        ("Bijlage bij de brief d.d. 12 mei 2026", ()),
    ],
)
def test_in_the_title_of_a_table(title: str, real: tuple[str, ...]):
    assert dates(title, at_table=True) == Dates(real)


def test_a_line_that_is_a_date_and_nothing_else():
    assert dates("Peildatum: 12-05-2026", only=True) == Dates(("2026-05-12",))
    assert dates("Kenia, stand 12-05-2026", only=True) == Dates()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-05-31", "2026-05-31"),
        (" 31-05-2026", "2026-05-31"),
        ("31/5/2026", "2026-05-31"),
        ("31 mei  2026", "2026-05-31"),
        ("Mei 2026", "2026-05"),
        ("2026-05", "2026-05"),
        ("2026", "2026"),
        ("morgen", "morgen"),
        ("", ""),
    ],
)
def test_given(text: str, iso: str):
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    "title",
    ["Netwerk, afgedrukt op 14 juni 2027", "Opgesteld op 14-6-2027", "Uitgedraaid d.d. 14-6-2027"],
)
def test_the_day_on_which_a_file_was_made_is_no_reference_date(title: str):
    assert dates(title, at_table=True) == Dates()
    assert dates(f"{title}\nStand per 1 mei 2027", at_table=True).real == ("2027-05-01",)
