"""The reference date of a draft: a doubtful one is asked, and what a person gives settles it."""

from __future__ import annotations

import datetime as dt

import pytest

from data.documents.cells import Cells, PrintedTable
from data.imports import drafts
from data.imports.drafts import Draft, Upload
from data.store.read import Store
from geo.problems import Problem

NETWORK = PrintedTable(
    "1. Netwerk", (("Liaison Officers", "Werklocatie", "Werkgebied"), ("Kenia", "Nairobi", "Kenia"))
)
MISSIONS = PrintedTable(
    "2. Missies", (("Missienaam", "Aantal"), ("EUAM Irak", "4"), ("Totaal", "4"))
)


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


def draft(text: str, *tables: PrintedTable, **given: str) -> Draft:
    return Draft(Upload("doc.docx", "ab" * 32, 1, Cells(text, tables)), 0, **given)


def errors(store: Store, made: Draft) -> list[Problem]:
    return [one for one in drafts.read(store, made).errors if one.field == "as_of"]


def test_a_date_that_is_still_to_come_is_asked(store: Store):
    text = "Peildatum 1 mei 2199"
    (doubt,) = errors(store, draft(text, NETWORK))
    assert (doubt.code, doubt.printed) == ("future_date", "2199-05-01")
    assert doubt.suggestions == ()  # nobody means that year
    (far,) = errors(store, draft(text, NETWORK, as_of="2199-05-01"))
    assert far.code == "date_years_ahead"
    year = dt.datetime.now(dt.UTC).year + 1  # as a network that is announced
    (near,) = errors(store, draft(f"Stand begin {year}", NETWORK))
    assert near.suggestions == (str(year),)
    assert errors(store, draft(f"Stand begin {year}", NETWORK, as_of=str(year))) == []
    (year,) = errors(store, draft("Stand begin 2099", MISSIONS))
    assert (year.code, year.printed) == ("future_date", "2099")


def test_a_date_given_for_the_missions_leaves_that_of_the_network_open(store: Store):
    text = "1. Netwerk\nPeildatum 5/12/2025\n2. Missies\nPeildatum 6/12/2025"
    made = draft(text, NETWORK, MISSIONS, missions_as_of="2025-12-06")
    (doubt,) = errors(store, made)
    assert (doubt.code, doubt.params["table"]) == ("date_of_two_days", "network")
    assert len(errors(store, draft(text, NETWORK, MISSIONS))) == 2
    assert errors(store, draft(text, NETWORK, MISSIONS, as_of="2025-12-05")) == []
