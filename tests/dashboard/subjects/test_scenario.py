"""A scenario as a file: Dubai closes, with the row that is printed and the countries it touches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Map, Report, Table, Text
from dashboard.subjects.scenario.report import report
from dashboard.wording import error_text
from geo.errors import DataError

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"
DUBAI = Filters(ANNEX, scenario=f"{ANNEX}~~close.17")


def cells(found: Report, key: str) -> list[list[str]]:
    """The texts of the one table with this key."""
    (table,) = [each for each in found.blocks(Table) if each.key == key]
    return table.words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_dubai_closes(language: str) -> None:
    """Row 17 names nine countries; the KMar in Beirut serves Jordan too, so eight lose theirs."""
    found = report(texts_of(language), replace(DUBAI, language=language))
    (drawn,) = found.blocks(Map)
    lost = [
        c for c, u in drawn.payload["units"].items() if drawn.payload["classes"][u[0]] == "lost"
    ]
    assert sorted(lost) == ["ARE", "BHR", "DJI", "KWT", "OMN", "QAT", "SAU", "YEM"]
    assert [row[1:] for row in cells(found, "counts")[:2]] == [
        ["54", "53", "−1"], ["138", "130", "−8"],
    ]  # fmt: skip
    assert len(cells(found, "affected")) == 9
    ((_, city, area, place),) = cells(found, "printed")
    assert city == "Dubai" and "Yemen / Djibouti" in area
    assert "2025, ta" in place
    assert place.endswith(" 17")
    assert all(block.source for block in found.blocks(Map, Table))
    assert "Dubai" in dict(found.provenance.filters)["Scenario"]


def test_two_officers_who_come_to_one_city_are_named_twice() -> None:
    both = f"{ANNEX}~~add.NP.ECU.Quito.PER~add.NP.ECU.Quito.PER"
    found = report(texts_of("nl"), Filters(ANNEX, scenario=both))
    then = {row[0]: row[3] for row in cells(found, "affected")}
    assert then["Ecuador"] == "NP Quito (nieuw); NP Quito (nieuw)"


def test_what_is_no_fact_says_so_first() -> None:
    found = report(texts_of("nl"), DUBAI)
    assert found.sections[0].heading == "Scenario, niet de vastgelegde feiten"
    assert found.title == (
        "Als de post NP Dubai (Verenigde Arabische Emiraten) sluit, "
        "hebben 8 landen en gebieden geen officier meer; 1 heeft er dan nog maar één"
    )


def test_of_the_np_jordan_loses_its_officer_and_beirut_is_named() -> None:
    found = report(texts_of("nl"), replace(DUBAI, organisations=("NP",)))
    assert "hebben 9 landen en gebieden geen officier van NP meer" in found.title
    assert any("Jordanië – KMar Beiroet (rij 20 van tabel 1)" in line for line in found.summary)
    assert any("alleen de posten van NP" in block.text for block in found.blocks(Text))


def test_of_an_area_its_own_and_how_many_elsewhere() -> None:
    """Djibouti is in Africa, the seven others in Western Asia."""
    found = report(texts_of("nl"), replace(DUBAI, area="Western Asia"))
    assert "7 landen en gebieden hebben dan geen officier meer" in found.title
    assert "elders verliest 1 land of gebied zijn officier" in found.title
    assert "Djibouti" not in [row[0] for row in cells(found, "affected")]


def test_a_post_that_comes_has_no_row_to_quote() -> None:
    t = texts_of("nl")
    found = report(t, Filters(ANNEX, scenario=f"{ANNEX}~~add.NP.ECU.Quito."))
    assert t("whatif.printed_none") in [block.text for block in found.blocks(Text)]
    assert "Ecuador krijgt een officier" in found.title


def test_a_file_says_what_was_chosen_for_the_work_area() -> None:
    """Row 17 names nine countries; Jordan is in row 20 (KMar Beirut) too."""
    filters = Filters(ANNEX, scenario=f"{ANNEX}~~move.17.ECU.Quito.keep")
    found = report(texts_of("nl"), filters)
    assert "8 landen en gebieden worden bediend van verder weg dan enige post nu" in found.title
    assert "met het hele werkgebied" in dict(found.provenance.filters)["Scenario"]
    assert found.summary[0].startswith("NP Dubai houdt zijn werkgebied: 9 landen en gebieden")
    by_land = {row[1]: row for row in cells(found, "areas")}
    assert by_land["Jordanië"][0] == "NP Quito" and len(by_land) == 10
    assert by_land["Jordanië"][2] == "blijft, van verder weg dan enige post nu"
    assert by_land["Ecuador"][2] == "nieuw" and by_land["Ecuador"][3] == ""
    (drawn,) = found.blocks(Map)
    far = [
        c for c, u in drawn.payload["units"].items() if drawn.payload["classes"][u[0]] == "beyond"
    ]
    assert sorted(far) == ["ARE", "BHR", "DJI", "KWT", "OMN", "QAT", "SAU", "YEM"]
    assert "NP Quito" in drawn.payload["notes"]["OMN"] and "Quito" in drawn.title


def test_a_city_closes_in_one_title() -> None:
    """Rows 23 (NP), 29 (KMar) and 30 (GPI) stand in Rabat."""
    found = report(texts_of("nl"), Filters(ANNEX, scenario=f"{ANNEX}~~close.29~close.23~close.30"))
    assert found.title.startswith("Sluit heel Rabat (Marokko), 3 posten: ")
    found = report(texts_of("nl"), Filters(ANNEX, scenario=f"{ANNEX}~~close.29"))
    assert "In Rabat blijven: NP Rabat en GPI Rabat." in found.summary


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(ANNEX), "er is geen scenario gekozen"),
        (Filters(LETTER, scenario=f"{LETTER}~~close.2"), "noemt maar een deel"),
        (Filters(LETTER, scenario=DUBAI.scenario), "op een ander document gemaakt"),
        (Filters(MISSIONS, scenario=f"{MISSIONS}~~close.2"), "geen tabel van het netwerk"),
        (Filters(ANNEX, scenario=f"{ANNEX}~~close.99"), "geen post met deze rij"),
    ],
)
def test_what_is_no_scenario_of_this_document_is_refused(filters: Filters, said: str) -> None:
    t = texts_of("nl")
    with pytest.raises(DataError) as caught:
        report(t, filters)
    reason, advice = error_text(t, caught.value)
    assert said in reason and advice
