"""The report on the missions: what it counts, for every choice, and what it leaves unknown."""

from __future__ import annotations

from functools import cache

import pytest

from dashboard.exports import slide_charts
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Report, Table, Text
from dashboard.subjects import overview
from dashboard.subjects.missions import report as missions_report

NEW, OLD, LETTER = "bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"
TABLE = "‘Overzicht uitgezonden politiefunctionarissen’"


CASES = {
    "default": {},
    "area": {"area": "Africa"},
    "organisation": {"organisations": ("NP",)},
    "letter": {"release": LETTER},
    "missions only": {"release": OLD, "area": "Oceania"},
}


@cache
def made(release: str = NEW, language: str = "nl", **choices: object) -> Report:
    return missions_report.report(texts_of(language), Filters(release, language, **choices))


def block(report: Report, key: str) -> Chart | Map | Table:
    (found,) = [one for one in report.blocks(Chart, Map, Table) if one.key == key]
    return found


def cells(table: Chart | Table) -> list[list[str]]:
    return table.words


def everything(report: Report) -> str:
    said = [report.title, *report.summary, *(section.heading for section in report.sections)]
    said += [one.text for one in report.blocks(Text)]
    for one in report.blocks(Chart, Table):
        said += [one.title, one.source, *one.headers, *(text for row in cells(one) for text in row)]
    said += [one.alternative for one in report.blocks(Chart, Map)]
    return " ".join(said).replace("\u00a0", " ")


def test_what_another_source_counts_stands_where_the_total_does():
    """A page of the Dutch police of November 2025 names 31 people; the annex prints 34."""
    dutch, english = (" ".join(made(language=language).summary) for language in ("nl", "en"))
    assert "De 34 van 12 november 2025 staan in bijlage najaar 2025." in dutch
    assert "31 mensen in november 2025: Politie (openrijk.nl), officiële bron." in dutch
    assert "31 people in November 2025: Dutch police (openrijk.nl), official source." in english
    assert "openrijk" not in " ".join(made(area="Africa").summary)  # it has no parts
    assert "openrijk" in everything(overview.report(texts_of("nl"), Filters(NEW)))


def test_the_report_counts_what_the_tables_print():
    report = made()
    assert report.title.replace("\u00a0", " ") == (
        "34 Nederlandse politiemensen in 12 missies op 12 november 2025, "
        "6 meer dan op 24 november 2023"
    )
    assert [section.key for section in report.sections] == [
        "per_mission",
        "parts",
        "where",
        "beside",
        "all_years",
        "said",
        "history",
        "paste",
    ]
    chart = block(report, "missions")
    assert chart.source == (
        f"bijlage najaar 2023 (24 november 2023) en bijlage najaar 2025 (12 november 2025), {TABLE}"
    )
    (then, before, _), (now, after, _) = slide_charts.bars(chart.spec)
    assert (then, sum(filter(None, before))) == ("24 november 2023", 28)
    assert (now, sum(filter(None, after))) == ("12 november 2025", 34)
    names = slide_charts.categories(chart.spec)
    numbers = dict(zip(names, zip(before, after, strict=True), strict=True))
    # 11 missions of 2023 and 12 of 2025; what a table does not print is no zero.
    assert [sum(number is not None for number in side) for side in (before, after)] == [11, 12]
    assert numbers["EUMA Armenië"] == (3, 9) and numbers["EUCAP Somalië"] == (5, 4)
    assert numbers["OSC *"] == (None, 1) and numbers["USSC *"] == (1, None)


def test_the_map_and_its_list_are_of_one_date():
    report = made()
    where, per_country = block(report, "missions_where"), block(report, "per_country")
    assert len(where.rows) == 12
    assert block(report, "missions_map").source == where.source
    assert where.source == f"bijlage najaar 2025 (12 november 2025), {TABLE}"
    assert all(row[-1].startswith("bijlage najaar 2025, ") for row in cells(where))
    lands = {row[0]: row[2:] for row in cells(per_country)}
    assert lands["Libië"] == ["1", "3"] and lands["Israël"] == ["–", "1"]


def test_every_drawing_and_table_names_its_source():
    report = made()
    assert all(one.source and one.title for one in report.blocks(Chart, Map, Table))
    assert [source.document for source in report.provenance.sources] == [
        NEW,
        OLD,
        "kst-29628-895",
        "clingendael-2016",
        "un-police-1990-2014",
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", CASES)
def test_it_is_made_with_what_there_is(case: str, language: str):
    text = everything(made(language=language, **CASES[case]))
    assert "**" not in text and "](" not in text and "<br>" not in text
    assert not any(word in text for word in ("nan", "<NA>", "{", "}"))


def test_an_area_counts_its_own_missions():
    report = made(area="Africa", organisations=("NP",))
    # EUBAM Libië 3, EUCAP Sahel Mali 4, EUCAP Somalië 4, EUSDI Golf van Guinee 1.
    assert report.title.startswith("12 Nederlandse politiemensen in 4 missies in Afrika")
    assert "in Afrika" in block(report, "missions").title
    assert "KEN" in block(report, "missions_map").area


def test_an_area_without_missions_names_the_tables_that_say_so():
    report = made(OLD, area="Oceania")
    assert report.title.startswith("Geen Nederlandse politie in een missie in Oceanië")
    assert not list(report.blocks(Map))
    assert [source.document for source in report.provenance.sources] == [OLD, NEW, "kst-29628-895"]


def test_what_the_network_leaves_unknown_is_said():
    letter, no_network = everything(made(LETTER)), made(OLD)
    assert "Van de andere is het onbekend" in letter and "geen officier:" not in letter
    assert "iets anders dan nul" in everything(no_network)
    assert not [one for one in no_network.blocks(Table) if one.key == "mission_areas"]


def test_the_chosen_dates_are_compared_whichever_release_is_chosen():
    report = made(OLD, dates=("2023-11-24", "2025-11-12"))
    assert report.title.startswith("34 Nederlandse politiemensen in 12 missies")
    assert report.provenance.permalink.endswith(
        "/missies?release=bijlage-2023-12&taal=nl&peildata=2023-11-24,2025-11-12"
    )


def test_what_the_documents_say_of_missions_in_words():
    """bijlage-2023-12, "Politiële bijdragen aan missies", paragraphs 4 to 6; 2019 on Libya."""
    said = cells(block(made(), "said"))
    told = {(row[2], row[-1].partition(", ")[2]) for row in said}
    assert {
        ("Kosovo, Zweden", "‘Politiële bijdragen aan missies’, alinea 4"),
        ("Mali", "‘Politiële bijdragen aan missies’, alinea 5"),
        ("Palestijnse Gebieden", "‘Politiële bijdragen aan missies’, alinea 5"),
        ("", "‘Politiële bijdragen aan missies’, alinea 6"),
        ("Libië, Oekraïne", "‘Buiten de EU/multilateraal’, alinea 2"),
    } <= told
    # An area leaves out what is about other countries.
    assert "Kosovo, Zweden" not in {row[2] for row in cells(block(made(area="Africa"), "said"))}


def test_a_region_is_our_reading_wherever_it_stands():
    report = made()
    areas = {(row[0], row[1]) for row in cells(block(report, "mission_areas"))}
    assert ("Togo", "EUSDI Golf van Guinee (via een streek, onze lezing)") in areas
    assert ("Mali", "EUCAP Sahel Mali") in areas
    text = everything(report)
    assert "Streek Golf van Guinee, door ons gelezen als Benin, Ivoorkust, Ghana en Togo" in text
    assert "bron nagekeken op 28 november 2026" in text
    payload = block(report, "missions_map").payload
    assert "(via een streek, onze lezing)" in payload["notes"]["TGO"]
    assert "streek" not in payload["notes"]["MLI"]


def test_a_choice_of_organisations_is_no_fact_about_a_mission_area():
    """Mali is served by the GPI alone (row 30), Libya by the KMar (row 27), Israel by nobody."""
    text = everything(made(organisations=("NP",)))
    assert "hebben er 10 geen officier van NP: " in text
    assert "Buiten uw keuze wel bediend: " in text and "hebben er 2 geen officier: " not in text
    outside = text.partition("Buiten uw keuze wel bediend: ")[2].partition(".")[0]
    assert "Mali" in outside and "Libië" in outside and "Israël" not in outside


def test_the_years_of_2001_to_2016_are_called_years():
    """Title, axis and marks say the same: bars of years, and the most by its source (max.)."""
    chart = block(made(), "mission_history")
    assert chart.title == (
        "Missies 2001-2016 in jaren, met het hoogste aantal volgens Clingendael (max.)"
    )
    assert chart.spec.ticks[0] == (2002.5, "Jaar 2002")
    notes = {each.name: each.note for each in chart.spec.categories}
    assert notes["EUPOL Afghanistan"] == " (max. 50)"  # appendix F, row 11
    assert notes["OVSE Servië-Montenegro"] == " (max. 7)"  # row 5, as printed
