"""What a cell "Werkgebied" says: countries, theme, pending decision, explanation."""

from __future__ import annotations

import pytest

from geo.names.decisions import Decision
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Place, Where
from geo.reading.workarea import WorkArea, read_work_area


def codes(area: WorkArea) -> list[str]:
    return [name.iso3 if isinstance(name, Match) else f"? {name.printed}" for name in area.names]


@pytest.mark.parametrize(
    ("printed", "countries", "theme", "pending"),
    [
        ("Peru / Chili en Bolivia", "PER CHL BOL", "", False),
        ("taakaccent havens/ondermijning", "", "havens/ondermijning", False),
        ("Taakaccent: luchthavens", "", "luchthavens", False),
        ("taakaccenten havens; Peru / Chili", "PER CHL", "havens", False),
        ("Peru / Chili, taakaccent havens", "PER CHL", "havens", False),
        ("taakaccent luchthavens, besluitvormingsproces loopt nog", "", "luchthavens", True),
        ("Peru / Chili, besluitvorming loopt nog", "PER CHL", "", True),
        ("Peru / Chili (besluitvorming loopt)", "PER CHL", "", True),
        ("Peru, besluit volgt", "PER", "", True),
        ("Peru, nog te besluiten", "PER", "", True),
        ("Peru, nog niet besloten", "PER", "", True),
        ("Peru, besluitvorming nog gaande", "PER", "", True),
        ("Peru, onder voorbehoud", "PER", "", True),
        ("Peru (incl. Chili en Bolivia)", "PER CHL BOL", "", False),
        ("Peru inclusief Chili", "PER CHL", "", False),
        ("China (incl. Hongkong en Macau)", "CHN HKG MAC", "", False),
        ("", "", "", False),
        # A list behind a theme
        ("Taakaccent: havens\nCosta Rica\nPanama", "CRI PAN", "havens", False),
        ("Taakaccent havens / Togo / Benin", "TGO BEN", "havens", False),
        ("Taakaccent havens\nBurkina Fasa\nTogo", "BFA TGO", "havens", False),
        ("Taakaccent:\n- havens\n- Togo", "TGO", "havens", False),
        ("Taakaccent havens\nNarnia\nTogo", "?Narnia TGO", "havens", False),
        ("Peru (taakaccent havens) / Togo", "PER TGO", "havens", False),
        ("taakaccent havens / ondermijning", "", "havens / ondermijning", False),
        ("taakaccent havens/\nondermijning", "", "havens/ondermijning", False),
        ("taakaccent havens\ntaakaccent wapens", "", "havens; wapens", False),
        ("taakaccent\nluchthavens,\nbesluitvorming\nloopt\nnog", "", "luchthavens", True),
        # How the post stands
        ("Peru / Togo (gepland)", "PER TGO", "", True),
        ("Peru\nTogo\nbesluitvorming loopt nog", "PER TGO", "", True),
        ("Peru, voorgenomen", "PER", "", True),
        ("Peru gepland", "PER", "", True),
        ("Narnia gepland", "?Narnia", "", True),
        ("taakaccent havens gepland", "", "havens", True),
    ],
)
def test_parts(resolver: Resolver, printed: str, countries: str, theme: str, pending: bool):
    area = read_work_area(printed, resolver)
    found = [code.replace("? ", "?") for code in codes(area)]
    assert (found, area.theme, area.status.pending) == (countries.split(), theme, pending)
    assert area.explanation == ""


def test_a_decision_that_was_taken_is_not_pending(resolver: Resolver):
    area = read_work_area("Peru, besluitvorming is afgerond", resolver)
    assert not area.status.pending
    assert codes(area)[0] == "PER"
    assert area.problems(Place(Where("t", 1)))  # what is left of the sentence is not swallowed


@pytest.mark.parametrize(
    "reason",
    [
        "LO Rusland teruggetrokken wegens de oorlog. Post voortgezet vanuit Georgië",
        "Post in Rusland gesloten, taken overgenomen",
        "LO Iran verplaatst",
    ],
)
def test_an_explanation_accredits_nobody(resolver: Resolver, reason: str):
    """Only the list of countries counts: not the one withdrawn from, nor the one at war."""
    area = read_work_area(f"{reason} (incl. Armenië / Wit-Rusland", resolver)
    assert codes(area) == ["ARM", "BLR"]
    assert area.explanation == reason
    assert not area.problems(Place(Where("t", 1)))


def test_an_explanation_without_a_list_is_a_warning(resolver: Resolver):
    area = read_work_area("LO Rusland teruggetrokken", resolver)
    assert area.names == ()
    (problem,) = area.problems(Place(Where("table", 3)))
    assert (problem.severity, str(problem.where)) == ("warning", "table, row 3")
    assert problem.printed == "LO Rusland teruggetrokken"


def test_problems_say_what_to_settle(resolver: Resolver):
    error, warning = read_work_area("Narnia / Burkina Fasa / Peru", resolver).problems(
        Place(Where("t", 1), ("LO", 1))
    )
    assert (error.severity, error.printed) == ("error", "Narnia")
    assert (warning.severity, warning.printed) == ("warning", "Burkina Fasa")
    assert warning.suggestions == ("BFA",)
    assert warning.params == {"country": "BFA", "alike": 91}


@pytest.mark.parametrize("said", ["vacant", "Vacature", "onbezet", "vacante post"])
def test_a_post_may_be_vacant(resolver: Resolver, said: str):
    for text in (f"Peru / Chili ({said})", f"Peru / Chili, {said}", f"Peru\nChili\n{said}"):
        area = read_work_area(text, resolver)
        assert (codes(area), area.status.vacant, area.status.pending) == (
            ["PER", "CHL"],
            True,
            False,
        )


def test_a_post_whose_end_is_planned_is_a_question(resolver: Resolver):
    for words in ("voorgenomen sluiting", "geplande verplaatsing", "sluiting gepland"):
        area = read_work_area(f"Peru, {words}", resolver)
        assert (area.status.pending, area.status.ended) == (False, words)
        assert codes(area) == ["PER"]


@pytest.mark.parametrize(
    ("printed", "countries", "excluded", "asked"),
    [
        ("Vietnam / Laos (niet Cambodja)", "VNM LAO", "KHM", ""),
        ("India / Nepal -/- Bhutan", "IND NPL", "BTN", ""),
        ("Senegal, Gambia, met uitzondering van Guinee-Bissau", "SEN GMB", "GNB", ""),
        ("Senegal, Gambia, met\nuitzondering van\nGuinee-Bissau", "SEN GMB", "GNB", ""),
        ("Finland en Estland, geen Letland", "FIN EST", "LVA", ""),
        ("Egypte m.u.v. Soedan", "EGY", "SDN", ""),
        ("Egypte muv Soedan", "EGY", "SDN", ""),
        ("Egypte, behalve\nSoedan", "EGY", "SDN", ""),
        ("Egypte minus Soedan", "EGY", "SDN", ""),
        ("Egypte − Soedan", "EGY", "SDN", ""),
        ("Egypte (excl. Soedan en Libië)", "EGY", "SDN LBY", ""),
        ("Egypte (uitgezonderd Soedan) / Tunesië", "EGY TUN", "SDN", ""),
        ("Baltische staten m.u.v. Letland", "EST LTU", "LVA", ""),
        # What is excluded from what cannot be told.
        ("Andeslanden m.u.v. Chili", "", "CHL", "Andeslanden"),
        ("Egypte m.u.v. Soedan / Tunesië", "EGY", "", "m.u.v. Soedan / Tunesië"),
        ("Ghana / geen Togo / Benin", "GHA", "", "geen Togo / Benin"),
        ("m.u.v. Chili", "", "", "m.u.v. Chili"),
        ("Oekraïne / Moldavië (excl. Transnistrië)", "UKR MDA", "", "excl. Transnistrië"),
        ("Peru, niet structureel", "PER", "", "niet structureel"),
        ("Kenia, op Somalië na", "", "", "Kenia, op Somalië na"),
        # A hyphen between two names may be a minus.
        ("Oeganda / Rwanda - Burundi", "UGA", "", "Rwanda - Burundi"),
        ("Oeganda / Rwanda – Burundi", "UGA", "", "Rwanda – Burundi"),
        ("Egypte - Soedan", "", "", "Egypte - Soedan"),
        ("Benelux – Luxemburg", "", "", "Benelux – Luxemburg"),
        # A dash between the only names of a cell, or more of them, is no minus.
        ("België – Luxemburg", "BEL LUX", "", ""),
        ("Kenia - Oeganda - Tanzania", "KEN UGA TZA", "", ""),
        ("Guinee - Bissau / Bosnië - Herzegovina", "GNB BIH", "", ""),
    ],
)
def test_what_is_excluded_is_neither_served_nor_suggested(
    resolver: Resolver, printed: str, countries: str, excluded: str, asked: str
):
    area = read_work_area(printed, resolver)
    units = [
        unit
        for name in area.names
        if not isinstance(name, Unresolved)
        for unit in (name.members if isinstance(name, Region) else (name.iso3,))
    ]
    assert set(units) - area.excluded_units == set(countries.split())
    assert area.excluded_units == set(excluded.split())
    questions = [name for name in area.names if isinstance(name, Unresolved)]
    assert [name.printed for name in questions] == [asked] * bool(asked)
    behind = {"CHL", "SDN", "TUN", "TGO", "BEN", "SOM", "BDI", "LUX"} - set(countries.split())
    assert not behind & {unit for name in questions for unit in name.suggestions}


def test_a_remembered_word_does_not_hide_what_it_excludes(resolving):
    decided = resolving(
        Decision("m.u.v.", "not-a-country"), Decision("Andes", "countries", "PER CHL")
    )
    area = read_work_area("Egypte m.u.v. Soedan", decided)
    assert (codes(area), area.excluded_units) == (["EGY", "? m.u.v. Soedan"], {"SDN"})
    [question] = [name for name in area.names if isinstance(name, Unresolved)]
    assert (question.printed, question.suggestions) == ("m.u.v. Soedan", ())
    area = read_work_area("Andes m.u.v. Chili", decided)
    assert area.excluded_units == {"CHL"}
    settled = resolving(
        Decision("m.u.v.", "not-a-country"), Decision("m.u.v. Soedan", "not-a-country")
    )
    area = read_work_area("Egypte m.u.v. Soedan", settled)
    assert not [name for name in area.names if isinstance(name, Unresolved)]


@pytest.mark.parametrize(
    ("printed", "countries", "explanation"),
    [
        ("Spanje / Portugal (overgenomen van Parijs)", "ESP PRT", "overgenomen van Parijs"),
        ("Georgië / Armenië (LO Bakoe teruggetrokken)", "GEO ARM", "LO Bakoe teruggetrokken"),
        ("Kenia (overgenomen van Kampala) / Oeganda", "KEN UGA", "overgenomen van Kampala"),
        ("Kenia (overgenomen\nvan\nKampala) / Oeganda", "KEN UGA", "overgenomen van Kampala"),
        ("Georgië (LO\nBakoe\nteruggetrokken)", "GEO", "LO Bakoe teruggetrokken"),
        (
            "Kenia, Oeganda; de post Kampala is gesloten, inclusief Rwanda",
            "KEN UGA RWA",
            "de post Kampala is gesloten,",
        ),
    ],
)
def test_a_list_beside_a_reason_is_kept(resolver, printed: str, countries: str, explanation: str):
    area = read_work_area(printed, resolver)
    assert (codes(area), area.explanation) == (countries.split(), explanation)
    assert not area.status.ended and not area.listed


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Peru / Chili (opgeheven)", "opgeheven"),
        ("Peru / Chili, post gesloten", "gesloten"),
        ("Peru / Chili (wordt opgeheven per 1-1-2027)", "wordt opgeheven per 1-1-2027"),
        ("Peru / Chili; opgeschort", "opgeschort"),
    ],
)
def test_words_about_the_end_of_this_post(resolver: Resolver, printed: str, words: str):
    area = read_work_area(printed, resolver)
    assert (codes(area), area.status.ended) == (["PER", "CHL"], words)


def test_an_explanation_remembers_whom_it_names(resolver: Resolver):
    reason = "LO Rusland teruggetrokken, zie Congo.\nPost voortgezet vanuit Burkina\nFaso"
    area = read_work_area(f"{reason} (incl. Armenië", resolver)
    assert area.mentioned == (
        ("Rusland", ("RUS",)),
        ("Congo", ("COG", "COD")),
        ("Burkina Faso", ("BFA",)),
    )
    assert "\n" not in area.explanation
