"""The dossier as a report, and its questions and answers; counted in the annexes by hand."""

from __future__ import annotations

import pytest

from dashboard import cache
from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.report import Map, Table, Text
from dashboard.tables import Cell
from dashboard.topics.answers import answers, report
from dashboard.topics.cards import cards
from dashboard.topics.country import Country
from dashboard.topics.ground import Ground
from geo.errors import DataError

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"
TABLE = "bijlage-2025-11, 1. Gecombineerd Benelux LO-netwerk"


def asked(
    iso3: str, release: str = ANNEX, language: str = "nl", **chosen: object
) -> dict[str, str]:
    """Question -> answer."""
    filters = Filters(release, language, land=iso3, **chosen)  # type: ignore[arg-type]
    country = Country(Ground(words(language), filters), iso3)
    return {each.question: each.answer for each in answers(country)}


def test_a_country_that_nobody_serves() -> None:
    """No row of table 1 prints Ecuador; the nearest is Bogota, row 5."""
    said = asked("ECU")
    assert said["Wie bedient dit land?"].startswith("Niemand, volgens dit document")
    assert said["Waar zit de dichtstbijzijnde officier?"] == (
        "NP in Bogota (Colombia), 728 km van de hoofdstad."
    )
    assert "Peru (Post in het land)" in said["Hoe staat het met de buurlanden?"]


def test_the_answers_name_every_posting_and_its_row() -> None:
    """Portugal: row 38 (NP, Lisbon), and the Belgian officer of Madrid, row 49 or 51."""
    filters = Filters(ANNEX, land="PRT")
    [who] = [
        each
        for each in answers(Country(Ground(words("nl"), filters), "PRT"))
        if each.question == "Wie bedient dit land?"
    ]
    assert who.answer.startswith("NP Lissabon en GPI Madrid (")
    assert f"{TABLE}, rij 38" in who.source and who.source.count("rij") == 2


def test_missions_are_told_for_each_date() -> None:
    """EUCAP Sahel Mali: 4 on 12 November 2025 (row 5), 1 on 24 November 2023."""
    said = asked("MLI")["Zijn er politiemensen in een missie hier?"]
    assert "Op 12 november 2025: EUCAP Sahel Mali: 4." in said
    assert "Op 24 november 2023: EUCAP SAHEL Mali: 1." in said


def test_a_partial_letter_proves_no_absence() -> None:
    said = asked("ECU", LETTER)
    assert said["Wie bedient dit land?"].startswith("Dat is onbekend")
    assert "Waar zit de dichtstbijzijnde officier?" not in said


def test_the_choice_of_organisations_decides() -> None:
    """Mali is served by row 30 alone, a Belgian one."""
    assert asked("MLI", organisations=("GPI",))["Wie bedient dit land?"].startswith("GPI Rabat")
    assert asked("MLI", organisations=("NP",))["Wie bedient dit land?"].startswith("Niemand")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("release", [ANNEX, LETTER, MISSIONS])
@pytest.mark.parametrize("iso3", ["ARE", "NLD", "SXM", "XKX", "ATF"])
def test_there_is_a_report_of_every_country(iso3: str, release: str, language: str) -> None:
    found = report(words(language), Filters(release, language, land=iso3))
    assert found.summary and found.sections and found.name == f"land-{iso3}"
    assert bool(list(found.blocks(Map))) == (release != MISSIONS)
    texts = [block.text for block in found.blocks(Text)]
    assert not [text for text in [*texts, *found.summary] if "{" in text or "**" in text]


def test_a_report_names_its_sources_release_and_address() -> None:
    found = report(words("nl"), Filters(ANNEX, land="PRT", area="Africa"))
    made = found.imprint
    assert made.identity.startswith(f"{ANNEX} · ") and len(made.identity) == len(ANNEX) + 11
    # The address of this machine would lead a reader of the file nowhere.
    assert made.permalink == f"/land?release={ANNEX}&taal=nl&land=PRT"
    assert "LIAISONATLAS_ADDRESS" in made.path_note and made.path_note in made.way
    # The letter of 2013 names Portugal; it stands among the sources because a row cites it.
    assert [each.document for each in made.sources][:1] == [ANNEX]
    assert LETTER in [each.document for each in made.sources]
    [serving] = [block for block in found.blocks(Table) if block.key == "serving"]
    places = [cell.text for row in serving.rows for cell in row if isinstance(cell, Cell)]
    assert f"{TABLE}, rij 38" in places


def test_without_a_country_there_is_no_report() -> None:
    with pytest.raises(DataError, match="no country is chosen"):
        report(words("nl"), Filters(ANNEX))


def test_there_is_a_card_for_every_unit_the_most_populous_first() -> None:
    found = cards(Filters(ANNEX))
    assert [each["name"] for each in found[:2]] in (["China", "India"], ["India", "China"])
    assert {each["code"] for each in found} == set(cache.reference("units")["iso3"])
    assert all(each["answers"] and each["title"] for each in found)
