"""The report on the network: its counts, its charts for an office program, what stays unknown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.exports import slide_charts
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Chart, Report, Table, Text
from dashboard.subjects.network import report as network_report

NEW, OLD, LETTER = "bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"


CASES = {
    "default": {},
    "area": {"area": "Africa"},
    "organisation": {"organisations": ("NP",)},
    "letter": {"release": LETTER},
    "missions only": {"release": OLD, "area": "Oceania"},
}


REPORTS = (network_report.report, network_report.load_report, network_report.history_report)


@cache
def made(release: str = NEW, language: str = "nl", **choices: object) -> Report:
    """The three reports as one: the posts, then what they carry, then their history."""
    parts = three(release, language, **choices)
    sections = [section for report in parts for section in report.sections]
    return replace(parts[0], sections=sections)


def three(release: str = NEW, language: str = "nl", **choices: object) -> list[Report]:
    filters = Filters(release, language, **choices)
    return [report(texts_of(language), filters) for report in REPORTS]


def found(report: Report) -> dict[str, Chart | Table]:
    return {one.key: one for one in report.blocks(Chart, Table)}


def cells(table: Chart | Table) -> list[list[str]]:
    return table.words


def texts(report: Report) -> str:
    return " ".join(one.text for one in report.blocks(Text))


def test_six_cities_have_two_dutch_officers():
    report = made()
    assert report.title == (
        "In 6 steden zit meer dan één Nederlandse officier; de brief van 2013 noemt er 3"
    )
    two = {"uitzondering in 2013, nog steeds dubbel", "dubbel, geen uitzondering in 2013"}
    cities = [row[0] for row in cells(found(report)["double"]) if row[2] in two]
    assert [name.partition(" (")[0] for name in cities] == [
        *("Madrid", "Rabat"),  # exceptions of 2013
        *("Tirana", "Parijs", "Londen", "Nairobi"),
    ]


def test_the_charts_of_an_office_program_hold_the_numbers():
    blocks = found(made())
    posts = blocks["posts"].spec
    names = slide_charts.categories(posts)
    of = {
        name: dict(zip(names, values, strict=True)) for name, values, _ in slide_charts.bars(posts)
    }
    assert list(of) == ["NP", "KMar", "GPI", "gepland"]
    assert [of[name]["Nairobi"] for name in of] == [None, 2, None, None]  # rows 25 and 26
    assert [of[name]["Madrid"] for name in of] == [1, 1, 1, None]  # rows 33, 46 and 50
    assert [of[name]["Brasilia"] for name in of] == [1, None, 1, 1]  # rows 9, 10 and 12
    assert "Lissabon" not in names  # a city with one post stands in the list
    carried = blocks["carried"].spec
    alone, others = (values for _, values, _ in slide_charts.bars(carried))
    dubai = slide_charts.categories(carried).index("Dubai, NP")
    assert slide_charts.kind_of(carried) == XL_CHART_TYPE.BAR_STACKED
    assert (alone[dubai], others[dubai]) == (8, 1)  # 8 of 9 countries
    [(name, millions, _)] = slide_charts.bars(blocks["load"].spec)
    assert name == "Inwoners (miljoen)" and list(millions) == sorted(millions, reverse=True)
    assert not slide_charts.drawable(blocks["chains"].spec)


def test_the_work_area_of_a_flexible_officer_is_in_the_language_of_the_reader():
    """Table 2 names the Central African Republic in row 3, and other words in rows 1 and 2."""
    rows = found(made(language="en"))["filo"].rows
    printed = ["‘wereldwijd’", "‘Flexibel o.b.v. actualiteit’"]  # a quotation, not our words
    assert [row[2] for row in rows] == [*printed, "Central African Republic"]
    assert found(made())["filo"].rows[2][2] == "Centraal-Afrikaanse Republiek"


def test_every_drawing_and_table_names_document_table_and_day():
    blocks = found(made())
    table = "bijlage najaar 2025, tabel {}, gepland voor begin 2026"
    assert blocks["posts"].source == table.format(1)
    assert blocks["filo"].source == table.format(2)
    assert blocks["multilateral"].source == table.format(3)
    assert blocks["double"].source.endswith("; Kamerbrief van 9 oktober 2013")
    assert blocks["figures"].source == "antwoorden van 2020, visie van 2019"
    assert all(one.source and one.title for one in blocks.values())


def test_the_rest_of_the_page_stands_in_the_report():
    report = made()
    text = texts(report)
    assert "40 actieve posten van NP en KMar × 280.000 euro = 11.200.000 euro" in text
    assert "Bron: antwoorden van 2020, vraag 8; Netwerk begin 2026" in text
    assert "GPI (1): Moskou" in text  # of the cities with one post
    assert "Lissabon: Tussen 2013 en begin 2026" in text
    assert len(found(report)["multilateral"].rows) == 13
    assert [section.key for section in report.sections] == [
        *("double", "posts", "others"),
        *("carried", "load", "matrix"),
        *("back", "lines", "placement", "limits", "figures", "events"),
    ]


def test_a_chosen_country_that_was_left_comes_first():
    for report in three(land="PRT", area="Africa")[::2]:
        assert report.sections[0].key == "since"
        assert [one.text.partition(":")[0] for one in report.sections[0].blocks] == ["Lissabon"]
    assert three(land="FRA")[2].sections[0].key == "since" != three(land="BEL")[2].sections[0].key


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", CASES)
def test_it_is_made_with_what_there_is(case: str, language: str):
    report = made(language=language, **CASES[case])
    blocks = found(report).values()
    said = [report.title, *report.summary, texts(report)]
    said += [text for one in blocks for row in cells(one) for text in row]
    text = " ".join([*said, *(f"{one.title} {one.source}" for one in blocks)])
    assert "**" not in text and "](" not in text and "<br>" not in text
    assert not any(word in text for word in ("nan,", "<NA>", "{", "}"))


def test_an_area_and_an_organisation_count_everywhere_but_for_double_posts():
    report = made(area="Africa", organisations=("NP",))
    # Rabat and Nairobi, whoever is chosen; of NP there are Accra and Rabat.
    assert report.title.startswith("Afrika: in 2 steden")
    assert report.summary[0].startswith("Afrika: 2 actieve posten van NP in 2 steden")
    assert isinstance(found(report)["posts"], Table)  # one post in each: nothing to draw
    assert "2 plaatsen met één post:" in texts(report) and "Accra, Rabat" in texts(report)
    # Of the dated facts only the exception of Rabat lies in Africa.
    assert found(report)["events"].source == "Kamerbrief van 9 oktober 2013"


def test_a_partial_letter_says_what_it_cannot_say():
    report = made(LETTER)
    assert "of er meer waren, is onbekend" in report.title
    assert "welke landen maar één officier hebben" in texts(report)
    assert "Een schatting van de kosten zou dus te laag zijn" in texts(report)
    assert not {"carried", "load"} & set(found(report))
    assert found(report)["double"].source == (
        "Kamerbrief van 9 oktober 2013, alleen wat de brief noemt"
    )


def test_without_a_network_the_history_stays():
    report = made(OLD)
    assert report.summary == [
        "In dit document staat geen tabel van het netwerk. "
        "De dekking is daarom onbekend; dat is iets anders dan nul."
    ]
    names = ["chains", "between", "lines", "placement", "limits", "figures", "events"]
    assert list(found(report)) == names
    assert "Schatting" not in texts(report)


def test_why_here_and_why_not_there():
    """2013: paragraphs 11 and 12; 2020: question 4; no reason for a country without an officer."""
    report = made()
    placement = found(report)["placement"]
    told = {(row[2], row[-1]) for row in cells(placement)}
    assert {
        ("Verenigd Koninkrijk", "Kamerbrief van 9 oktober 2013, alinea 11"),
        ("Australië", "Kamerbrief van 9 oktober 2013, alinea 12"),
        ("", "Kamerbrief van 9 oktober 2013, alinea 12"),
        ("", "antwoorden van 2020, vraag 4"),
    } <= told
    assert "geeft geen van de doorzochte documenten een reden" in texts(report)
    limits = " ".join(text for row in cells(found(report)["limits"]) for text in row)
    assert all(word in limits for word in ("vijf taken", "INTERPOL", "SIRENE", "alinea 16"))


def test_cooperation_is_among_the_dated_facts():
    """bijlage-2025-11, "Bezoek Spanje": June 2025."""
    rows = cells(found(made(area="Southern Europe"))["events"])
    assert [row for row in rows if row[0] == "juni 2025" and row[1] == "samenwerking"]


def test_each_of_the_three_says_its_own_finding():
    assert [report.title.partition(" ")[0] for report in three()] == ["In", "78", "5"]
    assert [report.name for report in three()] == ["netwerk", "werklast", "geschiedenis"]
    # Portugal, Italy, Spain and France; Poland lies in the east.
    assert three(area="Eastern Europe")[2].title.startswith("Oost-Europa: 1 van de 1 post")


def test_the_distances_stand_in_every_file():
    """Each pair of a post and a country that it serves once; of a chosen area a matrix too."""
    blocks = found(three()[1])
    assert list(blocks) == ["carried", "load", "matrix_caribbean", "distances"]
    pairs = [(row[0], row[1]) for row in cells(blocks["distances"])]
    served = cells(blocks["load"])
    assert len(pairs) == sum(int(row[1]) for row in served)
    blocks = found(three(area="Caribbean")[1])
    assert "matrix_caribbean" in blocks
    matrix = blocks["matrix_caribbean"]
    filled = sum(bool(cell) for row in cells(matrix) for cell in row[1:])
    assert filled == len(blocks["distances"].rows)
