"""A table is known by the words of its header: their order, marks and neighbours do not matter."""

from __future__ import annotations

import pytest

from data.documents.headers import columns_of, line


@pytest.mark.parametrize(
    ("header", "kind", "roles"),
    [
        (
            ("Liaison Officers", "Werklocatie", "Werkgebied"),
            "network",
            {"label": 0, "city": 1, "area": 2},
        ),
        (
            ("Werkgebied", "Regio", "LIAISON-OFFICERS¹", "Organisatie", "Vaste standplaats:"),
            "network",
            {"area": 0, "region": 1, "label": 2, "organisation": 3, "city": 4},
        ),
        (("FILO’s\xa0", "Werkgebied"), "filos", {"label": 0, "area": 1}),
        (("FILO's [footnoteRef:4]", "Werkgebied"), "filos", {"label": 0, "area": 1}),
        (("Plaatsingen",), "placements", {"label": 0}),
        (("Multilaterale\nplaatsingen", ""), "placements", {"label": 0}),
        (
            ("Missienaam", "Aantal uitgezonden politiefunctio\u00adnarissen"),
            "missions",
            {"mission": 0, "personnel": 1},
        ),
        (
            ("Aantal", "Missienaam (1)", "Stand\u00adplaats"),
            "missions",
            {"mission": 1, "personnel": 0, "duty": 2},
        ),
        (("Missienaam Standplaats Aantal uitgezonden",), "missions", {"mission": 0}),
    ],
)
def test_header(header, kind: str, roles: dict[str, int]):
    found = columns_of([header])
    assert found is not None
    assert (found.kind, found.roles, found.width, found.start) == (kind, roles, len(header), 1)


@pytest.mark.parametrize(
    "header",
    [
        ("Datum", "Besluit"),
        ("Werklocatie", "Werkgebied"),
        ("Plaatsingen", "Jaar"),
        ("Missienaam", "Standplaats"),
        ("Missie van de politie",),
        ("Kenia - NP", "Nairobi", "Kenia"),
        ("",),
        (),
    ],
)
def test_other_tables(header):
    assert columns_of([header]) is None


def test_a_title_may_stand_above_the_header():
    found = columns_of(
        [("Het netwerk", "", ""), ("", "", ""), ("LO’s", "Werklocatie", "Werkgebied")]
    )
    assert found is not None
    assert (found.kind, found.start) == ("network", 3)
    below = [("x", "y", "z")] * 3 + [("LO’s", "Werklocatie", "Werkgebied")]
    assert columns_of(below) is None


def test_columns_without_a_meaning_are_named():
    header = ("Liaison Officers", "Werklocatie", "Werkgebied", "Opmerking", "", "Leeg")
    found = columns_of([header])
    assert found is not None
    rows = [header, ("Peru - NP", "Lima", "Peru", "nieuw", "tijdelijk", "")]
    assert found.unread(rows) == ["Opmerking", "tijdelijk"]
    assert found.take(("Peru - NP",)) == {"label": "Peru - NP", "city": "", "area": ""}


def test_one_line_keeps_the_dash_that_is_printed():
    assert line("Guinee\u2011Bissau \n –\xa0NP") == "Guinee-Bissau – NP"
    assert line("Noord-Mace\u00addonië") == "Noord-Macedonië"
