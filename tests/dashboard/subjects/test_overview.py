"""The overview as a file, and the briefing on a part of the world, counted in the document."""

from __future__ import annotations

import pytest

from dashboard.exports import slide_charts
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Report, Table, Text
from dashboard.subjects.overview import report

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"


def cells(found: Report, key: str) -> list[list[str]]:
    """The texts of the one table with this key."""
    (table,) = [each for each in found.blocks(Table) if each.key == key]
    return table.words


def keys(found: Report) -> list[str]:
    return [section.key for section in found.sections]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_whole_network(language: str) -> None:
    found = report(texts_of(language), Filters(ANNEX, language))
    assert found.name == {"nl": "overzicht", "en": "overview"}[language]
    assert found.title.startswith("54 ") and " 138 " in found.title
    assert [row[1] for row in cells(found, "figures")] == ["54", "138", "78", "5", "34"]
    assert [row[1] for row in cells(found, "gaps")] == ["106", "78"]
    assert len(cells(found, "eu")) == 5
    assert keys(found) == ["figures", "map", "gaps", "eu", "missions", "conflicts", "documents"]
    (chart,) = found.blocks(Chart)
    assert slide_charts.drawable(chart.spec)
    assert all(block.source for block in found.blocks(Chart, Map, Table))
    assert not any("**" in line for line in found.summary)
    # A file has the differences below the words, and nothing to press.
    [told] = [s.blocks[0] for s in found.sections if s.key == "conflicts"]
    assert isinstance(told, Text) and not {"bekijk", "see"} & set(told.text.split())
    assert {each.document for each in found.provenance.sources} >= {ANNEX, MISSIONS, LETTER}


def test_the_briefing_on_a_part_of_the_world() -> None:
    """Rows 2, 5, 6, 7, 9 and 12 stand in South America, row 10 is planned; Willemstad serves too.

    Suriname, French Guiana and Guyana stand in row 2 only, Chile in 7, Venezuela in 8.
    """
    found = report(texts_of("nl"), Filters(ANNEX, area="South America"))
    assert (found.name, found.subject) == ("gebied-zuid-amerika", "Zuid-Amerika")
    assert found.title == (
        "Zuid-Amerika: er staan 6 posten met liaisonofficieren, en "
        "12 landen en gebieden worden bediend"
    )
    assert [row[1] for row in cells(found, "figures")] == ["6", "12", "5", "0", "0"]
    assert cells(found, "figures")[0][2] == "en 1 waarover nog besloten wordt"
    rows = {name: rest for name, *rest in cells(found, "coverage")}
    assert len(rows) == 14
    assert rows["Bolivia"][-1] == "rijen 5 (Bogota, NP) en 7 (Lima) van tabel 1"
    assert rows["Venezuela"][-1] == "rij 8 van tabel 1 (Willemstad, NP)"
    (uncovered, single) = cells(found, "gaps")
    assert uncovered[1] == "2" and "Ecuador" in uncovered[2]
    assert single[1:] == ["5", "Chili, Frans-Guyana, Guyana, Suriname en Venezuela"]
    assert "eu" not in keys(found)
    (drawn,) = found.blocks(Map)
    assert "BRA" in drawn.area and "MEX" not in drawn.area


def test_a_part_of_the_world_without_missions_says_so() -> None:
    found = report(texts_of("nl"), Filters(ANNEX, area="South America"))
    (section,) = [each for each in found.sections if each.key == "missions"]
    (said,) = section.blocks
    assert isinstance(said, Text) and "Zuid-Amerika" in said.text and not said.text.endswith("..")


def test_the_eu_capitals_stand_in_the_briefing_on_europe() -> None:
    found = report(texts_of("en"), Filters(ANNEX, "en", area="Europe"))
    assert ["Poland", "withdrawn in 2012", "NP Warsaw"] in cells(found, "eu")


def test_the_figures_of_the_np() -> None:
    """The GPI alone serves five, whoever is chosen."""
    found = report(texts_of("nl"), Filters(ANNEX, organisations=("NP",)))
    assert [row[1] for row in cells(found, "figures")] == ["28", "96", "90", "5", "34"]
    # Who has a Belgian officer only does not follow the choice of organisations, and says so.
    assert "in het hele netwerk" in cells(found, "figures")[3][2]
    assert cells(found, "gaps")[0][1] == "148"


def test_of_a_letter_neither_figures_nor_gaps() -> None:
    found = report(texts_of("nl"), Filters(LETTER, area="Europe"))
    assert "figures" not in keys(found)
    (said,) = next(each.blocks for each in found.sections if each.key == "gaps")
    assert isinstance(said, Text)
    assert said.text == "Waar geen officier is, zegt dit document niet."
    assert "bewijst posten in 4 landen" in found.title


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("area", ["", "Africa"])
def test_of_a_document_of_missions_the_missions(area: str, language: str) -> None:
    t = texts_of(language)
    found = report(t, Filters(MISSIONS, language, area=area))
    assert found.summary == [t("coverage.no_network")]
    assert keys(found) == ["missions", "documents"]
    assert len(list(found.blocks(Chart))) == 1
    assert found.title.startswith("Afri") == bool(area)


@pytest.mark.parametrize(
    ("language", "title", "figure"),
    [
        ("nl", "er staat 1 post met een ", "heeft alleen een Belgische officier"),
        ("en", "there is 1 post with a ", "has only a Belgian officer"),
    ],
)
def test_of_one_the_verb_is_singular(language: str, title: str, figure: str) -> None:
    """Row 47 is the one post of the KMar in northern Europe; Mali in Africa has row 30 alone."""
    t = texts_of(language)
    north = Filters(ANNEX, language, ("KMar",), area="Northern Europe")
    assert title in report(t, north).title
    africa = report(t, Filters(ANNEX, language, area="Africa"))
    assert [figure, "1"] in [row[:2] for row in cells(africa, "figures")]
