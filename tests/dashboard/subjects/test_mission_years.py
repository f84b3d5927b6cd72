"""The report on missions since 1990: what was read in the sources, and nothing between them."""

from __future__ import annotations

import re
from functools import cache

import pytest

from dashboard.exports import slide_charts
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.mission_names import mission_name
from dashboard.report import Chart, Report, Table, Text
from dashboard.subjects.missions import years

NEW = "bijlage-2025-11"
IMPOSSIBLE = re.compile(r"(?<![\d.,])415(?!\d)")


@cache
def made(language: str = "nl", **choices: str) -> Report:
    return years.report(texts_of(language), Filters(NEW, language, **choices))


def block(key: str, **choices: str) -> Chart | Table:
    (found,) = [one for one in made(**choices).blocks(Chart, Table) if one.key == key]
    return found


def cells(table: Chart | Table) -> list[list[str]]:
    return table.words


def everything(report: Report) -> str:
    parts = [report.title, *report.summary, *(one.text for one in report.blocks(Text))]
    for one in report.blocks(Chart, Table):
        parts += [one.title, one.source, *one.headers]
        parts += [text for row in cells(one) for text in row]
    for one in report.blocks(Chart):
        parts += [one.alternative, *(text for _, text in one.spec.readings)]
        for panel in one.spec.panels:
            parts += [str(stretch.value) for stretch in panel.stretches]
    return " ".join(parts)


# Read in the collected table, rows of 31 December; NA is unknown.
@pytest.mark.parametrize(
    ("year", "dutch", "belgian"),
    [
        ("1990", "onbekend", "onbekend"),
        ("1996", "60", "onbekend"),
        ("2000", "51", "5"),
        ("2002", "onbekend", "1"),
        ("2012", "19", "2"),
    ],
)
def test_the_ends_of_years_are_those_of_the_source(year: str, dutch: str, belgian: str):
    assert [year, dutch, belgian] in cells(block("year_ends"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("choices", [{}, {"sender": "NLD"}, {"sender": "BEL"}])
def test_the_impossible_number_is_nowhere(language: str, choices: dict[str, str]):
    text = everything(made(language, **choices))
    assert not IMPOSSIBLE.search(text)
    assert not any(word in text for word in ("nan", "<NA>", "{", "}"))


def test_what_is_left_out_is_listed_with_the_reason():
    rows = {row[1]: row for row in cells(block("doubts"))}
    assert set(rows) == {
        *("april 1991", "oktober 1991", "augustus 1997", "november 1997"),
        *("november 2003", "januari 2008", "oktober 2013"),
    }
    assert rows["november 2003"][2:4] == ["", "weggelaten"]
    assert "fout in de bron" in rows["november 2003"][4]
    assert rows["augustus 1997"][2:4] == ["77", "apart getekend"]


def test_the_highest_number_leaves_out_the_doubtful_months_and_names_them():
    assert (
        "was 61, voor het eerst in oktober 1996, buiten de twijfelachtige maanden met meer "
        "(augustus 1997: 77 en november 1997: 81)"
    ) in made().summary[0]
    assert "twijfelachtig" not in made(sender="BEL").summary[0]


def test_months_that_name_one_mission_only_are_told():
    # April 2012 has 17 of UNMISS beside the one of UNAMA; the source gives no caution before it.
    sentence = "Nederland: van november 2011 tot en met maart 2012 noemt de bron alleen UNAMA."
    assert sentence in everything(made())
    assert sentence not in everything(made(sender="BEL"))


def test_each_source_has_a_panel_and_its_definition():
    panels = block("mission_years").spec.panels
    assert [panel.name for panel in panels] == [
        *("VN-missies: Nederland", "VN-missies: België"),
        *("Alle missies: Nederland", "Per missie: Nederland"),
    ]
    dutch, belgian, letters, past = panels
    assert [(one.value, one.start == one.end) for one in letters.stretches] == [
        (28, True),
        (34, True),
    ]
    assert len(past.rows) == 17 and not past.stretches
    # Of 281 months 5 Dutch numbers stand out or are impossible; no stretch goes past the source.
    assert {one.value for one in dutch.stretches if one.doubtful} == {77, 81, 6, 1}
    assert max(one.end for one in (*dutch.stretches, *belgian.stretches)) == 2014.25
    assert len({row[0] for row in cells(block("panel_sources"))}) == 4


def test_what_is_unknown_is_a_gap_and_no_zero():
    dutch, belgian = block("mission_years").spec.panels[:2]
    assert not [one for one in (*dutch.stretches, *belgian.stretches) if one.value == 0]
    gap = [one for one in dutch.stretches if 2002.9 < one.start < 2003.9]
    assert gap and all(one.value is None for one in gap)
    assert [one.start for one in dutch.stretches[1:]] == [one.end for one in dutch.stretches[:-1]]


def test_years_without_any_source_are_said():
    spans = block("mission_years").spec.silences
    # After February 2016 the next source is the count of 24 November 2023.
    [long] = [span for span in spans if span.end - span.start > 5]
    assert (round(long.start, 2), round(long.end, 2)) == (2016.17, 2023.9)
    assert "maart 2016 tot en met november 2023" in block("mission_years").alternative
    # The counts of 2023 and 2025 stand in the band: it is without a count, not without a source.
    assert {span.label for span in spans} == {"geen telling"}
    assert "Zonder enige telling" in block("mission_years").alternative


@pytest.mark.parametrize("choices", [{}, {"sender": "BEL"}, {"mission": "UNMISS"}])
def test_nothing_is_drawn_after_the_newest_source(choices: dict[str, str]):
    # The last count is of 12 November 2025, the last claim of November 2025.
    spec = block("mission_years", **choices).spec
    assert spec.axis == (1990.0, 2025 + 11 / 12) and len(spec.readings) == 36 * 12 - 1
    assert max(span.end for span in spec.silences) < spec.axis[1]
    assert spec.readings[-1][1].startswith("november 2025")


def test_the_title_says_how_long_nobody_counted():
    assert made().title == (
        "Van april 2014 tot 24 november 2023 is er geen enkele reeks die de Nederlandse politie "
        "in missies telt"
    )
    assert made(sender="BEL").title.endswith("van de VN, tot en met maart 2014")


def test_one_mission_stands_alone():
    chart = block("mission_years", mission="UNMISS")
    assert [panel.name for panel in chart.spec.panels] == [
        "VN-missies: Nederland",
        "Per missie: Nederland",
    ]
    # October 2013 has no row of UNMISS between 20 and 18.
    assert ["UNMISS", "oktober 2013", "oktober 2013", "onbekend (geen rij)"] in [
        row[1:5] for row in cells(chart)
    ]
    letters = block("mission_years", mission="EUMA Armenië").spec.panels
    assert [one.value for one in letters[0].stretches] == [3, 9]


def test_known_ends_have_their_evidence():
    rows = {(row[0], row[1], row[2]) for row in cells(block("mission_ends"))}
    said = {(mission, end) for mission, end, _ in rows}
    assert ("MINUSMA Mali", "bijdrage eindigt: september 2023") in said
    assert ("EUPOL Afghanistan", "missie gesloten: 31 december 2016") in said
    assert ("UNMIS Soedan", "laatste maand met politie: juni 2011") in said
    assert ("ECPA Albanië", "laatste jaar: 2002") in said
    # The Dutch contribution ended in 2023; of the Belgian one the last month is known.
    assert ("MINUSMA Mali, België", "laatste maand met politie: augustus 2013") in said
    assert ("EUPOL Afghanistan", "missie gesloten: 31 december 2016", "eeas.europa.eu") in rows


def test_a_claim_of_another_source_counts_nowhere():
    claims = cells(block("mission_evidence"))
    assert len(claims) == 17
    drawn = {row[5] for row in cells(block("mission_years"))}
    assert drawn == {"VN, per maand", "bijlage, één dag", "hoogste volgens Clingendael"}


def test_the_parts_on_slides_keep_the_axis():
    spec = block("mission_years").spec
    parts = slide_charts.sheets(spec)
    assert [len(part.panels) for part in parts] == [3, 1]
    assert {part.axis for part in parts} == {spec.axis}
    rows = [len(part.panels[0].rows) for part in slide_charts.sheets(block("mission_ends").spec)]
    assert sum(rows) == len(block("mission_ends").spec.panels[0].rows) and max(rows) <= 8


def test_sources_that_contradict_each_other_are_both_named():
    # Appendix F: UNMISS 5 in row 8, MINUSMA 10 in row 15. The UN: 20 first in April 2013, and 11.
    rows = {row[0]: row[1:] for row in cells(block("contradictions"))}
    assert set(rows) == {"UNMISS", "MINUSMA"}
    assert rows["UNMISS"][0] == "5" and rows["UNMISS"][2:5] == [
        *("20", "april 2013", "23: april 2012 tot en met maart 2014")
    ]
    assert rows["MINUSMA"][0] == "10" and rows["MINUSMA"][2:5] == [
        "11",
        "maart 2014",
        "1: maart 2014",
    ]
    assert "MINUSMA: hoogste volgens Clingendael 10, bij de VN 11" in everything(made())
    assert not [one for one in made(sender="BEL").blocks(Table) if one.key == "contradictions"]


def test_missions_have_their_english_names_where_there_are_any():
    report = made("en")
    text = everything(report)
    for name in ("ECPA Albania", "OSCE Serbia-Montenegro", "UNIIIC Lebanon"):
        assert name in text
    assert "Eupol Proxima North Macedonia" in text
    assert not re.search(r"Albanië|OVSE|Libanon|Noord-Macedonië|Armenië|Somalië", text)


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("EUMA Armenië", "EUMA Armenia"),
        ("OVSE Westelijke Balkan", "OSCE Western Balkans"),
        ("EUSDI Golf van Guinee", "EUSDI Gulf of Guinea"),
        ("EUCAP-NESTOR Somalië", "EUCAP-NESTOR Somalia"),
        ("UNMIBH (IPTF)", "UNMIBH (IPTF)"),
        ("EUCAP Sahel Niger", "EUCAP Sahel Niger"),
    ],
)
def test_a_mission_is_called_as_its_readers_do(dutch: str, english: str):
    assert mission_name(texts_of("en"), dutch) == english
    assert mission_name(texts_of("nl"), dutch) == dutch
