"""A table is known by the words of its header: their order, marks and neighbours do not matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.documents.headers import (
    columns_of,
    headings,
    line,
    lost_headers,
    may_hold_header,
    role_of,
    starts_header,
)
from data.documents.reading import resolver
from geo.names.decisions import Decision
from geo.names.resolver import Resolver


@pytest.fixture
def deciding() -> Callable[..., Resolver]:
    return lambda *taken: resolver(taken)


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
        (
            ("Verbindungsbeamte", "Dienstort", "Zuständigkeitsbereich"),
            "network",
            {"label": 0, "city": 1, "area": 2},
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
        (("Post", "Stad", "Landen"), "network", {"label": 0, "city": 1, "area": 2}),
        (
            ("Verbindingsofficieren", "Plaats van stationering", "Accreditatiegebied"),
            "network",
            {"label": 0, "city": 1, "area": 2},
        ),
        (
            ("Nr.", "Gastland", "Post", "Mede-accreditatie"),
            "network",
            {"label": 1, "city": 2, "area": 3},
        ),
        (
            ("LO-post", "Vestigingsplaats", "Accreditatie", "Mede-accreditatie", "Aantal LO’s"),
            "network",
            {"label": 0, "city": 1, "area": 2, "side": 3, "officers": 4},
        ),
        (  # a number of countries is not one of officers
            ("LO", "LO-standplaats", "Accreditatielanden", "Aantal landen", "Korps", "Status"),
            "network",
            {"label": 0, "city": 1, "area": 2, "organisation": 4, "status": 5},
        ),
        (
            ("Officier de liaison", "Lieu d’affectation", "Pays accrédités"),
            "network",
            {"label": 0, "city": 1, "area": 2},
        ),
        (
            ("LIAISON\nOFFICERS", "Werk-\nlocatie", "Werk\u00ad\ngebied*"),
            "network",
            {"label": 0, "city": 1, "area": 2},
        ),
        (
            ("LO’s (per 1-1-2026)", "S t a n d p l a a t s", "Zorg\ngebied"),
            "network",
            {"label": 0, "city": 1, "area": 2},
        ),
        (
            ("Missie/Operatie", "Land", "Functionarissen (per 1-1-2026)"),
            "missions",
            {"mission": 0, "duty": 1, "personnel": 2},
        ),
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


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("Liaison Officers", "Waar", ""), ("", "Standplaats", "Werkgebied")),
        (("", "Standplaats", "Werkgebied"), ("Liaison Officers", "(stad)", "")),
        (("Liaison", "Stand-", "Werk-"), ("Officers", "plaats", "gebied")),
    ],
)
def test_a_header_may_stand_in_two_rows(upper, lower):
    found = columns_of([upper, lower, ("Peru - NP", "Lima", "Peru")])
    assert found is not None
    assert (found.kind, found.roles) == ("network", {"label": 0, "city": 1, "area": 2})
    assert found.start == 2
    assert found.repeats(lower) and not found.repeats(("Peru - NP", "Lima", "Peru"))


def test_a_row_of_data_is_no_second_row_of_a_header():
    upper = ("Naam", "Standplaats", "Werkgebied")
    assert columns_of([upper, ("LO Kenia", "Nairobi", "Kenia")]) is None


def test_a_person_may_say_what_a_column_holds(deciding):
    header = ("Liaison Officers", "Standplaats", "Bediend")
    assert columns_of([header]) is None
    found = columns_of([header], deciding(Decision("bediend", "column", "area")))
    assert found is not None
    assert found.roles == {"label": 0, "city": 1, "area": 2}


def test_columns_without_a_meaning_are_named():
    header = ("Liaison Officers", "Werklocatie", "Werkgebied", "Opmerking", "", "Leeg")
    found = columns_of([header])
    assert found is not None
    rows = [header, ("Peru - NP", "Lima", "Peru", "nieuw", "tijdelijk", "")]
    assert [found.heading(at, rows) for at in found.unread(rows)] == ["Opmerking", "tijdelijk"]
    assert found.take(("Peru - NP",)) == {"label": "Peru - NP", "city": "", "area": ""}


def test_one_line_keeps_the_dash_that_is_printed():
    assert line("Guinee\u2011Bissau \n –\xa0NP") == "Guinee-Bissau – NP"
    assert line("Noord-Mace\u00addonië") == "Noord-Macedonië"


@pytest.mark.parametrize(
    ("header", "roles", "doubles"),
    [
        (("Missienaam", "Aantal vrouwen", "Aantal uitgezonden"), {"personnel": 2}, ()),
        (("Missienaam", "Aantal mannen", "Totaal"), {"personnel": 2}, ()),
        (
            ("Missienaam", "Aantal mannen", "Aantal\nvrouwen"),
            {"personnel": 1},
            ("Aantal mannen", "Aantal vrouwen"),
        ),
        (
            ("Missienaam", "Aantal", "Uitgezonden sinds"),
            {"personnel": 1},
            ("Aantal", "Uitgezonden sinds"),
        ),
        (
            ("Missienaam", "Aantal uitgezonden", "Totaal"),
            {"personnel": 1},
            ("Aantal uitgezonden", "Totaal"),
        ),
        (
            ("LO’s", "Standplaats", "Werkgebied", "Accreditatie"),
            {"area": 2},
            ("Werkgebied", "Accreditatie"),
        ),
        (("LO’s", "Standplaats", "Werkgebied", "Regio", "Regio"), {"region": 3}, ()),
    ],
)
def test_headings_that_compete_are_named(header, roles: dict[str, int], doubles: tuple[str, ...]):
    found = columns_of([header])
    assert found is not None
    assert roles.items() <= found.roles.items()
    assert found.doubles == doubles


def test_one_heading():
    assert role_of("Vaste standplaats:") == "city"
    assert role_of("LO’s") == "label"
    assert role_of("Filosofie") is None
    assert role_of("Gebied") is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Liaison Officers Werklocatie Werkgebied", True),
        ("LO’s Standplaats: Accreditatie", True),
        ("Missie Standplaats Aantal uitgezonden politiefunctionarissen", True),
        ("FILO’s Werkgebied", True),
        ("Plaatsingen", True),
        ("Post Stad Landen", True),
        ("Post Lima", False),
        ("De landen en de post in de stad", False),
        ("Multilaterale plaatsingen", False),
        ("De missies en het aantal mensen", False),
        ("Standplaats Werkgebied", False),
        ("Missies", False),
        ("", False),
        ("Liaison officers hebben een werklocatie en een werkgebied dat groter is", False),
    ],
)
def test_a_line_of_text_may_start_a_header(text: str, is_one: bool):
    assert starts_header(text) == is_one


def test_headings_in_a_line():
    line_ = "LO’s Vaste standplaats Werkgebied (accreditatie) Aantal uitgezonden".split()
    assert headings(line_) == [
        *((0, "label"), (1, "city"), (3, "area")),
        *((5, "personnel"), (6, "personnel")),
    ]


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("Liaison\nOfficers\nStand-\nplaats\nAccreditatie\nPeru", True),
        ("1. Iets\nMultilaterale plaatsingen\nEuropol", True),
        ("Land LO’s Standplaats Accreditatie", True),
        ("Missies\nDe liaison officers.\nEr zijn plaatsingen", False),
        ("", False),
    ],
)
def test_a_page_may_hold_a_header(page: str, may: bool):
    assert may_hold_header(page) == may


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (
            "1. Liaison Officers Werk\u00adlocatie\nWerkgebied Peru",
            ["Liaison Officers Werklocatie Werkgebied"],
        ),
        ("LO’s  Standplaats Accreditatie", ["LO’s Standplaats Accreditatie"]),
        ("Missienaam Standplaats Aantal uitgezonden", ["Missienaam Standplaats Aantal"]),
        ("Missienaam Land Aantal", ["Missienaam Land Aantal"]),
        ("Missie\nStandplaats\nUitgezonden", ["Missie Standplaats Uitgezonden"]),
        ("Politiemensen die in missies uitgezonden zijn. Het aantal missies, aantal mensen", []),
        ("De missienaam, de standplaats en het aantal.", []),
    ],
)
def test_headers_that_lost_their_table(text: str, lost: list[str]):
    assert list(lost_headers(text).values()) == lost


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("Aantal", True),
        ("Aantal (per 1-1-2027)", True),
        ("Aantal uitgezonden Nederlandse functionarissen op 12 mei 2027", True),
        ("Aantal LO's", True),
        ("Aantal (maximaal)", False),
        ("Aantal rotaties", False),
        ("Aantal opgeleide agenten", False),
        ("Aantal deelnemende landen", False),
        ("Aantal (cumulatief)", False),
    ],
)
def test_a_number_of_something_else_is_not_that_of_the_officers(heading: str, counts: bool):
    missions = columns_of([("Missienaam", heading)])
    assert (missions is not None) is counts
    network = columns_of([("Liaison Officers", "Werklocatie", "Werkgebied", heading)])
    assert network is not None
    assert ("officers" in network.roles) is (counts and "uitgezonden" not in heading)
