"""Labels: what stands for host and organisation, and what only a person can settle."""

from __future__ import annotations

import pytest

from geo.names.decisions import Decision
from geo.names.outcomes import Match
from geo.names.resolver import Resolver
from geo.problems import Place, Where
from geo.reading.label import Label, read_filo_label, read_label

PLACE = Place(Where("Table 1", 1), ("LO", 1))
KNOWN = ("NP", "KMar", "GPI")


def errors(label: Label) -> list[tuple[str, str, str, tuple[str, ...]]]:
    assert all(problem.row == ("LO", 1) and problem.field for problem in label.problems)
    return [
        (problem.field, problem.code, problem.printed, problem.suggestions)
        for problem in label.problems
        if problem.severity == "error"
    ]


def host(label: Label) -> str | None:
    return label.host.iso3 if isinstance(label.host, Match) else None


@pytest.mark.parametrize(
    ("printed", "iso3", "organisation", "theme"),
    [
        ("Kenia - NP (KST)", "KEN", "NP", "KST"),
        ("Kenia (KST) - NP (CTER)", "KEN", "NP", "KST, CTER"),
        ("Kenia (NP)", "KEN", "NP", ""),
        ("Kenia (2) - NP", "KEN", "NP", ""),
        ("Kenia II - NP", "KEN", "NP", ""),
        ("Congo (DRC) I - NP", "COD", "NP", ""),
        ("Kenia - NP¹", "KEN", "NP", ""),
        ("Kenia - NP [3]", "KEN", "NP", ""),
        ("Kenia / NP", "KEN", "NP", ""),
        ("Kenia - NP - NP", "KEN", "NP", ""),
        ("Spanje (EC3) - NP", "ESP", "NP", "EC3"),
        ("Congo (DRC) - NP", "COD", "NP", ""),  # a bracket that makes one country of two
        ("Congo (DRC)-2 - NP", "COD", "NP", ""),
        ("Myanmar (Birma)-1 - KMar", "MMR", "KMar", ""),
        ("Trinidad en Tobago - NP", "TTO", "NP", ""),
    ],
)
def test_what_is_read(resolver: Resolver, printed, iso3, organisation, theme):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation, label.theme) == (iso3, organisation, theme)
    assert not label.problems


@pytest.mark.parametrize(
    ("printed", "stated", "names"),
    [
        ("Kenia - NP / KMar", "NP / KMar", ("NP", "KMar")),
        ("Kenia NP/GPI", "NP/GPI", ("NP", "GPI")),
        ("Kenia - NP en KMar", "NP en KMar", ("NP", "KMar")),
        ("Kenia - gpi & kmar", "gpi & kmar", ("KMar", "GPI")),
        ("Kenia (NP/KMar)", "NP/KMar", ("NP", "KMar")),
        ("Kenia - NP - KMar - GPI", "NP - KMar - GPI", KNOWN),
    ],
)
def test_two_organisations_are_two_readings(resolver: Resolver, printed, stated, names):
    label = read_label(printed, resolver, PLACE)
    message = "several_organisations"
    assert errors(label) == [("organisation", message, stated, names)]
    assert (host(label), label.organisation) == ("KEN", None)


@pytest.mark.parametrize(
    ("printed", "country", "iso3s"),
    [
        ("België/Luxemburg - NP", "België/Luxemburg", ("BEL", "LUX")),
        ("België en Luxemburg - NP", "België en Luxemburg", ("BEL", "LUX")),
        ("Iran Irak - NP", "Iran Irak", ("IRN", "IRQ")),
        ("Peru - Chili", "Peru - Chili", ("PER", "CHL")),
        ("Noord- en Zuid-Soedan - KMar", "Noord- en Zuid-Soedan", ("SDN", "SSD")),
    ],
)
def test_two_countries_are_two_readings(resolver: Resolver, printed, country, iso3s):
    label = read_label(printed, resolver, PLACE)
    assert errors(label) == [("host", "several_hosts", country, iso3s)]
    assert host(label) is None


@pytest.mark.parametrize(
    ("printed", "iso3", "other"),
    [
        ("Kenia AIVD", "KEN", "AIVD"),
        ("Kenia-AIVD", "KEN", "AIVD"),
        ("Kenia-2 DEA", "KEN", "DEA"),
        ("Peru Politie", "PER", "Politie"),
        ("Peru FBI", "PER", "FBI"),
        ("Peru - Rijkswacht", "PER", "Rijkswacht"),
        ("Peru - X - Y", "PER", "X - Y"),
        ("Burundi X", "BDI", "X"),
        ("Zwitserland OM", "CHE", "OM"),  # near enough to pass for a misspelling
        ("Kenia IND", "KEN", "IND"),  # also the code of India
    ],
)
def test_an_unknown_organisation_is_never_guessed(resolver: Resolver, printed, iso3, other):
    label = read_label(printed, resolver, PLACE)
    assert errors(label) == [("organisation", "unknown_organisation", other, KNOWN)]
    assert (host(label), label.organisation) == (iso3, None)
    assert len(label.problems) == 1  # not "not printed" too: something is


@pytest.mark.parametrize(
    "printed",
    ["Soedan Zuid", "Congo FBI", "NP Congo", "NP - Gana", "NP - VN", "Kenia, Nairobi - NP"],
)
def test_where_the_rest_is_not_certainly_a_country_the_host_stays_open(resolver, printed: str):
    label = read_label(printed, resolver, PLACE)
    assert [(field, code) for field, code, *_ in errors(label)] == [("host", "no_country")]
    assert host(label) is None


@pytest.mark.parametrize(
    ("printed", "iso3", "organisation", "theme"),
    [
        ("NP - Kenia", "KEN", "NP", ""),
        ("NP Kenia", "KEN", "NP", ""),
        ("KMar: Ghana-2 (KST)", "GHA", "KMar", "KST"),
    ],
)
def test_an_organisation_in_front_is_read_with_a_warning(
    resolver: Resolver, printed, iso3, organisation, theme
):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation, label.theme) == (iso3, organisation, theme)
    (warning,) = label.problems
    assert (warning.severity, warning.field) == ("warning", "organisation")
    assert warning.code == "organisation_ahead"


@pytest.mark.parametrize("printed", ["NP - Gana", "NP Congo", "NP - VN", "NP - NP - Narnia"])
def test_an_organisation_that_is_not_read_is_said(resolver: Resolver, printed: str):
    label = read_label(printed, resolver, PLACE)
    assert label.organisation is None
    assert [p.code for p in label.problems if p.field == "organisation"] == [
        "organisation_not_read"
    ]
    assert "NPL" not in {code for p in label.problems for code in p.suggestions}


@pytest.mark.parametrize("printed", ["NP - Kenia", "VN - NP", "NP", "Kenia - VN", "VN", "NP - VN"])
def test_an_organisation_is_never_a_host(resolver: Resolver, printed: str):
    label = read_label(printed, resolver, PLACE)
    assert host(label) in (None, "KEN")
    assert not {"NPL", "VNM"} & {code for p in label.problems for code in p.suggestions}


@pytest.mark.parametrize(
    ("printed", "theme", "pending", "vacant"),
    [
        ("Ghana - NP (gepland)", "", True, False),
        ("Ghana - NP (voorgenomen)", "", True, False),
        ("Ghana - NP (nog te besluiten)", "", True, False),
        ("Ghana (gepland) - NP", "", True, False),
        ("Ghana - NP - gepland", "", True, False),
        ("Ghana - NP (KST, gepland", "KST", True, False),
        ("Ghana - NP (vacature)", "", False, True),
        ("Ghana - NP (vacant sinds mei)", "", False, True),
        ("Ghana (KST) - NP (onbezet)", "KST", False, True),
        ("Vacature: Ghana - NP", "", False, True),
        ("Ghana - NP (geplande vacature)", "", True, True),
    ],
)
def test_a_label_says_how_the_post_stands(resolver, printed, theme, pending, vacant):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation, label.theme) == ("GHA", "NP", theme)
    assert (label.status.pending, label.status.vacant) == (pending, vacant)
    assert not label.problems


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Ghana - NP (opgeheven)", "opgeheven"),
        ("Ghana - NP (beëindigd per 1-4-2026)", "beëindigd per 1-4-2026"),
        ("Ghana - NP, opgeschort", "opgeschort"),
        ("Ghana (sluit per 1 juli 2026) - NP", "sluit per 1 juli 2026"),
        ("Ghana - NP (geplande sluiting)", "geplande sluiting"),
        ("Ghana - NP (niet gepland)", "niet gepland"),
        ("Ghana - NP (tijdelijk gesloten)", "gesloten"),
    ],
)
def test_a_label_that_says_that_the_post_ends(resolver: Resolver, printed: str, words: str):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation) == ("GHA", "NP")
    assert (label.status.ended, label.status.pending) == (words, False)
    assert "geslo" not in label.theme and "opge" not in label.theme


@pytest.mark.parametrize(
    "printed",
    ["Ghana - NP (vanaf 1-9-2026)", "Ghana - NP (tot 1 januari 2027)", "Ghana (per 2027)"],
)
def test_a_post_of_a_time_is_dated(resolver: Resolver, printed: str):
    label = read_label(printed, resolver, PLACE)
    assert host(label) == "GHA" and label.status.dated and not label.theme


@pytest.mark.parametrize(
    ("printed", "organisation"),
    [
        ("Kenia - Nationale Politie", "NP"),
        ("Kenia - Nederlandse politie", "NP"),
        ("Kenia - N.P.", "NP"),
        ("Kenia – Koninklijke Marechaussee", "KMar"),
        ("Kenia Marechaussee", "KMar"),
        ("Kenia - K.Mar.", "KMar"),
        ("Kenia (Federale Politie)", "GPI"),
        ("Kenia - Geïntegreerde politie", "GPI"),
        ("Kenia - Geintegreerde Politie België", "GPI"),
    ],
)
def test_an_organisation_in_full(resolver: Resolver, printed: str, organisation: str):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation, label.problems) == ("KEN", organisation, ())


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Servië - NP i.s.m. KMar", ("NP", "KMar")),
        ("Servië - KMar namens NP", ("NP", "KMar")),
        ("Servië - NP (voorheen KMar)", ("NP", "KMar")),
        ("Servië - NP → GPI", ("NP", "GPI")),
        ("Servië - KMar (NP vanaf 2028)", ("NP", "KMar")),
        ("Servië - NP (per 1-1-2028 KMar)", ("NP", "KMar")),
        ("Servië - NP in samenwerking met Europol", KNOWN),
        ("Servië - NP namens de Belastingdienst", KNOWN),
    ],
)
def test_a_joint_or_handed_over_post_is_a_question(resolver: Resolver, printed: str, names):
    label = read_label(printed, resolver, PLACE)
    assert (host(label), label.organisation) == ("SRB", None)
    assert errors(label) == [("organisation", "several_organisations", printed, names)]


def test_where_a_post_comes_from_is_no_theme(resolver: Resolver):
    label = read_label("Spanje - NP (overgenomen van Parijs)", resolver, PLACE)
    (remark,) = label.problems
    assert (host(label), label.organisation, label.theme) == ("ESP", "NP", "")
    assert (remark.severity, remark.params) == ("warning", {"text": "overgenomen van Parijs"})


def test_a_word_that_was_decided_to_be_an_organisation(resolving):
    decided = resolving(Decision("Recherche", "organisation", "GPI", "", "beheer", "2026-05-01"))
    for printed in ("Peru - Recherche", "Chili (recherche)", "Ghana RECHERCHE"):
        label = read_label(printed, decided, PLACE)
        assert label.organisation == ("GPI" if "(" not in printed else None)
    label = read_filo_label("Recherche FILO", decided, PLACE)
    (remark,) = label.problems
    assert (label.organisation, remark.code) == ("GPI", "decided_organisation")


@pytest.mark.parametrize("printed", ["NP", "- NP", "2 - NP", "", " ", "-", "GPI.", "(KST) - NP"])
def test_no_country_at_all_is_an_error(resolver: Resolver, printed: str):
    label = read_label(printed, resolver, PLACE)
    assert errors(label) == [("host", "no_host", printed, ())]
    assert label.host is None


@pytest.mark.parametrize("text", ["NP/" * 3000, "Kenia " * 2000, "Peru - " * 1500, "(" * 10_000])
def test_a_very_long_label_is_one_open_question(resolver: Resolver, text: str):
    label = read_label(text, resolver, PLACE)
    assert [field for field, *_ in errors(label)] == ["host"]
    assert label.country == text and host(label) is None
    assert read_filo_label(text, resolver, PLACE).organisation in (None, "NP")


def test_a_misspelt_host_says_so(resolver: Resolver):
    label = read_label("Burkina Fasa - NP", resolver, PLACE)
    (warning,) = label.problems
    assert (host(label), warning.severity, warning.field) == ("BFA", "warning", "host")
    assert (warning.code, warning.params) == ("misspelling", {"country": "BFA", "alike": 91})


@pytest.mark.parametrize(
    ("printed", "organisation", "theme", "found"),
    [
        ("NP FILO CTER", "NP", "CTER", []),
        ("FILO CTER - KMar", "KMar", "CTER", []),
        ("FILO NP", "NP", "", []),
        ("FILO (GPI) havens", "GPI", "havens", []),
        ("NP FILO’s - CTER", "NP", "CTER", []),
        ("NP CTER", "NP", "CTER", []),
        ("FILO", None, "", [("warning", "FILO", "organisation_not_printed")]),
        ("AIVD FILO CTER", None, "CTER", [("error", "AIVD", "unknown_organisation")]),
        ("Politie FILO", None, "", [("error", "Politie", "unknown_organisation")]),
        ("NP AIVD FILO", None, "", [("error", "AIVD", "unknown_organisation")]),
        (
            "NP / KMar FILO",
            None,
            "",
            [("error", "NP / KMar", "several_organisations")],
        ),
    ],
)
def test_labels_of_flexible_officers(resolver, printed, organisation, theme, found):
    label = read_filo_label(printed, resolver, Place(Where("t", 2), ("FILO", 2)))
    assert (label.organisation, label.theme) == (organisation, theme)
    assert [(p.severity, p.printed, p.code) for p in label.problems] == found
    assert all((p.row, p.field) == (("FILO", 2), "organisation") for p in label.problems)


@pytest.mark.parametrize("printed", ["België/Luxemburg", "België/Luxemburg - NP"])
def test_a_decision_settles_two_readings(resolving, printed: str):
    """Taken on the country as the problem quotes it, or on the whole label."""
    decided = resolving(Decision(printed, "country", "BEL", "", "beheer", "2026-05-01T09:30:00Z"))
    label = read_label("België/Luxemburg - NP", decided, PLACE)
    assert (host(label), label.organisation) == ("BEL", "NP")
    (warning,) = label.problems
    assert (warning.severity, warning.field, warning.code) == ("warning", "host", "decided_country")
    params = {"country": "BEL", "meaning": "country", "why": "", "by": "beheer", "on": "2026-05-01"}
    assert warning.params == params
