"""The coverage as a file: every country with the rows of the document that serve it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from dashboard.figures import map_blocks
from dashboard.filters import COLOURINGS, Filters
from dashboard.i18n import texts_of
from dashboard.report import Cell, Map, Report, Table
from dashboard.subjects import coverage, overview
from dashboard.subjects.coverage import report
from geo.errors import DataError

ANNEX, LETTER, MISSIONS = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"


OFFICERS = Filters(ANNEX, organisations=("KMar",), area="Africa", colouring="officers")


def listed(found: Report) -> dict[str, list[str]]:
    """Name of a unit -> the texts of the cells behind it."""
    (table,) = found.blocks(Table)
    rows = table.words
    return {name: rest for name, *rest in rows}


@pytest.mark.parametrize(
    ("organisations", "covered", "language"),
    [((), 138, "nl"), (("NP",), 96, "en"), (("KMar",), 37, "nl"), (("GPI",), 50, "en"),
     (("",), 19, "nl")],
)  # fmt: skip
def test_as_many_rows_are_served_as_the_title_says(
    organisations: tuple[str, ...], covered: int, language: str
) -> None:
    found = report(texts_of(language), Filters(ANNEX, language, organisations))
    assert f" {covered} " in found.title and " 244 " in found.title
    rows = listed(found)
    assert len(rows) == 245  # with the Netherlands itself
    assert sum(bool(row[1] not in ("", "0")) for row in rows.values()) == covered
    (drawn,) = found.blocks(Map)
    assert drawn.source and not any("**" in line for line in found.summary)


def test_each_country_has_its_rows_of_the_document() -> None:
    """Bogota (5) and Lima (7) name Peru; Tbilisi (16) and Moscow (22) Armenia; none Ecuador."""
    rows = listed(report(texts_of("nl"), Filters(ANNEX)))
    assert rows["Peru"][-1] == "rijen 5 (Bogota, NP) en 7 (Lima) van tabel 1"
    assert rows["Armenië"] == [
        "Bediend vanuit een ander land", "2", "organisatie onbekend, GPI", "Moskou, Tbilisi", "172",
        "het werkgebied noemt dit land", "rijen 16 (Tbilisi) en 22 (Moskou, GPI) van tabel 1",
    ]  # fmt: skip
    assert rows["Oman"][-1] == "rij 17 van tabel 1 (Dubai, NP)"
    assert rows["Ecuador"] == [
        "Geen officier",
        "0",
        "",
        "",
        "",
        "",
        "geen enkele rij noemt dit land",
    ]
    assert rows["Nederland"][-1] == ""


def test_of_the_np_only_its_own_rows() -> None:
    rows = listed(report(texts_of("nl"), Filters(ANNEX, organisations=("NP",))))
    assert rows["Peru"][-1] == "rij 5 van tabel 1 (Bogota, NP)"
    assert rows["Armenië"][-1] == "geen rij van NP"


def test_the_file_says_what_the_screen_fills_in() -> None:
    filters = Filters(ANNEX, area="South America", layers=("regions", "planned"))
    (table,) = report(texts_of("nl"), filters).blocks(Table)
    fill = json.loads(coverage.coverage_fill(ANNEX, filters.choice, "nl"))
    assert len(table.rows) == 14
    for head, *cells in table.rows:
        row = fill["rows"].get(head.href.partition("=")[2], fill["rest"])
        kinds = zip(fill["columns"], row, strict=True)
        shown = [fill["texts"][at] if kind == "t" else at for kind, at in kinds]
        assert [c.sort if isinstance(c, Cell) else c for c in cells[:-1]] == shown


@pytest.mark.parametrize(
    ("filters", "language", "chosen", "heading"),
    [
        (OFFICERS, "nl", ("Kleur naar", "Hoeveel officieren"),
         "Afrika: hoeveel officieren van KMar bedienen elk land?"),
        (OFFICERS, "en", ("Colour by", "How many officers"),
         "Africa: how many officers of KMar serve each country?"),
        (Filters(ANNEX), "nl", ("Kleur naar", "Hoe een land bediend wordt"),
         "Welke landen worden bediend, en hoe?"),
        # A colour that is about nobody who counts is not that of the map.
        (Filters(ANNEX, organisations=("NP",), colouring="KMar"), "nl",
         ("Kleur naar", "Hoe een land bediend wordt"),
         "Welke landen worden bediend door officieren van NP, en hoe?"),
    ],
)  # fmt: skip
def test_the_file_says_by_what_the_map_is_coloured(
    filters: Filters, language: str, chosen: tuple[str, str], heading: str
) -> None:
    for made in (report, overview.report):
        found = made(texts_of(language), replace(filters, language=language))
        assert chosen in found.provenance.filters
        assert heading in [section.heading for section in found.sections]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_colour_answers_a_question_of_its_own(language: str) -> None:
    t = texts_of(language)
    asked = {map_blocks.heading(t, Filters(ANNEX, colouring=colour)) for colour in COLOURINGS}
    assert len(asked) == len(COLOURINGS) and all(each.endswith("?") for each in asked)


def test_a_document_without_a_network_has_no_colour() -> None:
    found = overview.report(texts_of("nl"), Filters(MISSIONS))
    assert "Kleur naar" not in dict(found.provenance.filters)


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "in Afrika, ook als zij erbuiten staan"),
                           ("en", "in Africa, even if they lie outside it")],
)  # fmt: skip
def test_posts_beside_the_map_of_an_area_are_said_to_stand_elsewhere_too(
    language: str, said: str
) -> None:
    words = map_blocks.map_payload(replace(OFFICERS, language=language))["words"]
    assert words["most"].endswith(said) and words["most_of"].endswith(said)
    assert "{n}" in words["most_of"] and "{all}" in words["most_of"]
    everywhere = map_blocks.map_payload(Filters(ANNEX, language))["words"]
    assert said not in everywhere["most"]


def test_a_letter_proves_what_it_names_and_leaves_the_rest_open() -> None:
    """Paragraph 18 names Madrid, twice; of Portugal no post on a post."""
    rows = listed(report(texts_of("nl"), Filters(LETTER, area="Europe")))
    assert rows["Spanje"][1] == "2" and rows["Spanje"][-1] == "alinea 18"
    assert rows["Portugal"] == ["Onbekend", "", "", "", "", "", ""]


def test_a_document_without_a_network_has_no_coverage() -> None:
    with pytest.raises(DataError, match="no_network_table"):
        report(texts_of("nl"), Filters(MISSIONS))


def test_the_colour_of_nobody_says_of_whom() -> None:
    """A choice of the NP leaves out the other two; the legend and the table do not hide that."""
    found = report(texts_of("nl"), Filters(ANNEX, organisations=("NP",)))
    [drawn] = found.blocks(Map)
    assert "Geen officier van NP" in [word for _, word in drawn.legend]
    assert drawn.payload["words"]["none"] == "geen officier van NP"
    [table] = found.blocks(Table)
    states = {cell.text if isinstance(cell, Cell) else cell for _, cell, *_ in table.rows}
    assert "Geen officier van NP" in states and "Geen officier" not in states


def test_leaving_out_regions_is_said() -> None:
    """Row 4 prints the eastern part of the Caribbean: seven states that a choice may leave out."""
    found = report(texts_of("nl"), Filters(ANNEX, layers=()))
    assert "(zonder landen uit een genoemde regio)" in found.title
    [drawn] = found.blocks(Map)
    assert "Geen officier (zonder landen uit een genoemde regio)" in [
        word for _, word in drawn.legend
    ]


@pytest.mark.parametrize(
    ("area", "of", "language", "said"),
    [
        # No row has a country of Middle Africa in it, and none a post in Central Asia; the one of
        # the KMar in western Europe is in Paris and serves France alone, of nine countries.
        ("Middle Africa", (), "nl", "9 landen en gebieden hebben geen officier."),
        ("Central Asia", (), "nl", "Er staat geen post; 5 worden vanuit een ander land bediend."),
        ("Central Asia", (), "en", "None has a post; 5 are served from another country."),
        ("Western Europe", ("KMar",), "nl", "In 1 daarvan staat een post van KMar."),
        ("Western Europe", ("KMar",), "en", "1 of these has a post of KMar."),
    ],
)
def test_what_there_is_none_of_has_no_sentence(
    area: str, of: tuple[str, ...], language: str, said: str
) -> None:
    found = map_blocks.paragraph(Filters(ANNEX, language, of, area=area))
    assert found.startswith(said)
    assert not re.search(r"\b0\b", found), found
