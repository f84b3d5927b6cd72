"""The briefing: a page of A4 each, in the order of the dossier, no address of this machine."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest

from dashboard.exports import briefing as pages
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Report, Text
from dashboard.subjects.country import briefing, paragraph
from dashboard.subjects.country.report import of

ANNEX = "bijlage-2025-11"
LONGEST = ("CHN", "TUR", "XKX")  # most neighbours, most posts, most missions


def page(iso3: str, language: str = "nl") -> Report:
    return briefing.report(texts_of(language), Filters(ANNEX, language, land=iso3))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_country_is_one_page_of_pdf_with_its_last_word(language: str) -> None:
    file = pypdfium2.PdfDocument(pages.pdf([page(iso3, language) for iso3 in LONGEST]))
    assert len(file) == len(LONGEST)
    for sheet in file:
        assert [round(edge) for edge in sheet.get_size()] == [595, 842]
        last = "status van een gebied" if language == "nl" else "status of"
        text = " ".join(sheet.get_textpage().get_text_range().split())
        assert last in text and "127.0.0.1" not in text and "localhost" not in text


def test_word_has_a_page_break_between_countries_and_a_picture_on_each() -> None:
    file = docx.Document(io.BytesIO(pages.word([page("ECU"), page("MAR")])))
    breaks = file.element.body.xpath(".//w:pageBreakBefore")
    described = [each.get("descr") for each in file.element.body.xpath(".//wp:docPr")]
    assert len(breaks) == 1
    assert "Bogota op 728 km" in described[0] and "Rabat in het land zelf" in described[1]


def test_kosovo_says_that_its_mission_names_a_region_read_by_us() -> None:
    """Annex 2025, missions, row 1: "OVSE Westelijke Balkan", 1 officer."""
    texts = [block.text for block in page("XKX").blocks(Text)]
    assert any("regio Westelijke Balkan. Wij lezen die regio als Albanië" in text for text in texts)
    assert any("OVSE Westelijke Balkan: 1 (via een regio, door ons gelezen)" in t for t in texts)


def test_the_paragraph_puts_facts_first_and_what_is_not_known_last() -> None:
    """Table 1 names no Ecuador; Bogota is in row 5; question 3 lists sixteen countries."""
    filters = Filters(ANNEX, land="ECU")
    said = paragraph.of(of(texts_of("nl"), filters)).text
    assert said.startswith("In het netwerk (gepland voor begin 2026) heeft Ecuador geen")
    assert "Bogota (Nederlandse politie), op 728 km van Quito" in said
    unknown = said.index("staat in geen van de documenten die zijn doorzocht. (Bron: Bijlage")
    assert unknown > said.index("zestien prioritaire landen") and said.endswith(".)")
    both = [block.text for block in paragraph.section(of(texts_of("nl"), filters)).blocks]
    assert both[0] == "Nederlands" and "Ecuador has no officer" in both[3]
