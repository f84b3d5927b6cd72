"""Reference dates: those a document prints, and those a person gives."""

from __future__ import annotations

import pytest

from data.documents.dates import dates, iso_date


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
        ("12 november 2025", (), ()),
        ("", (), ()),
    ],
)
def test_printed(text: str, real: tuple[str, ...], wrong: tuple[str, ...]):
    found = dates(text)
    assert (found.real, found.wrong) == (real, wrong)


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
