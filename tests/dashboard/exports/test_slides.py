"""Slides: titles and notes on each, charts with the report's values, tables that fit, safe text."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pptx
import pytest
from lxml import etree
from pptx.enum.chart import XL_CHART_TYPE

from dashboard.exports import picture, slide_charts, slide_design
from dashboard.exports.slides import slides
from dashboard.report import (
    Category,
    Cell,
    Chart,
    Map,
    Provenance,
    Report,
    Section,
    Series,
    Source,
    Spec,
    Table,
    Text,
)

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BODY = (18.0, 41.0, 302.667, 127.0)  # mm, where tables stand
BARS = Spec(
    "change",
    (Category("=HYPERLINK(1)"), Category("Kosovo"), Category("OSC", starred=True)),
    (
        Series("2023", (3.0, 4.0, None), "shade-1"),
        Series("2025", (9.0, 1.0, 1.0), "mission"),
    ),
)


def columns(names: list[str]) -> Spec:
    """A series of ones."""
    ones = Series("a", (1.0,) * len(names), "mission")
    return Spec("bars", tuple(map(Category, names)), (ones,))


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "drawing", lambda *about, **more: DOT)


def rows(number: int) -> list[list[Cell]]:
    return [[Cell(f"land {n}"), Cell(str(n), n)] for n in range(number)]


def a_report(language: str = "nl") -> Report:
    """A map, a native chart, a drawn chart, hostile cells, a table of two slides and a huge one."""
    said, world = "Peru\x0b wordt bediend.", {"view": "world"}
    annex = ["bijlage-1"]
    # What a slide rests on is what it cites, whatever its source is called in words.
    seen = Map("m", "Kaart van de dekking", world, [], said, "de tabel", documents=annex)
    native = Chart("n", "Per missie", BARS, "Mali 9", ["Missie"], [["Mali"]], "bijlage-1", annex)
    spans, heads = Spec("spans", ()), ["Jaar", "N"]
    line = Chart("l", "Verloop", spans, "Van 3 naar 9", heads, rows(2), "bijlage-1", ["brief-2"])
    evil = Table("e", "Vreemd", ["Land", "Tekst"], [["=1+1", "a\x00b\x0bc <a:t>"]])
    sections = [
        Section("a", "Dekking", [Text("Vooraf."), seen, Text("Achteraf.", "note")]),
        Section("b", "Missies", [native, Text("eerste", "item"), Text("tweede", "item"), line]),
        Section("c", "Lijst", [evil, Table("t", "Twee dia’s", ["Land", "N"], rows(15), "brief-2"),
                               Table("h", "Heel lang", ["Land", "N"], rows(61))]),
        Section("d", "Woorden", [Text("Alleen tekst.")]),
    ]  # fmt: skip
    sources = [
        Source("bijlage-1", "De bijlage", "2025-12-01", "https://example.org/a", "noemt niet wie"),
        Source("brief-2", "De brief", "2013"),
    ]
    provenance = Provenance(
        "bijlage-1", "bijlage-1 · 3f2a", "1 januari 2026", [("Organisaties", "alle")],
        "Grenzen zeggen niets.", "http://127.0.0.1:8501/land", sources, "2026-11-22",
    )  # fmt: skip
    return Report(
        "x", "Peru", "Peru heeft één liaison", ["Eén zin."], sections, provenance, language
    )


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "drawing", lambda *about, **more: DOT)
        return request.param, slides(a_report(request.param))


@pytest.fixture(scope="module")
def deck(made: tuple[str, bytes]) -> Any:
    return pptx.Presentation(io.BytesIO(made[1]))


def opened(file: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(file))


def slide_of(deck: Any, title: str) -> Any:
    return next(slide for slide in deck.slides if slide.shapes.title.text == title)


def graphic(slide: Any, kind: str) -> Any:
    return next(shape for shape in slide.shapes if getattr(shape, kind, False))


def notes(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text


def test_titles_tell_the_story_and_none_stands_twice(made: Any, deck: Any) -> None:
    dutch = made[0] == "nl"
    assert [slide.shapes.title.text for slide in deck.slides] == [
        "Peru",
        "Peru heeft één liaison",
        "Kaart van de dekking",
        "Per missie",
        "Missies",
        "Verloop",
        "Verloop: cijfers" if dutch else "Verloop: figures",
        "Vreemd",
        "Woorden",
        "Bijlage: Twee dia’s" if dutch else "Annex: Twee dia’s",
        "Bijlage: Twee dia’s (2 van 2)" if dutch else "Annex: Twee dia’s (2 of 2)",
        "Tabellen die te lang zijn voor een dia" if dutch else "Tables too long for a slide",
        "Bronnen" if dutch else "Sources",
        "Verantwoording" if dutch else "About this document",
    ]


def test_a_native_chart_has_the_values_of_the_report(deck: Any) -> None:
    """A missing value is missing, and in the workbook behind it no text became a formula."""
    chart = graphic(slide_of(deck, "Per missie"), "has_chart").chart
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED and chart.has_legend
    assert [s.name for s in chart.plots[0].series] == ["2023", "2025"]
    assert [list(s.values) for s in chart.plots[0].series] == [[3, 4, None], [9, 1, 1]]
    assert list(chart.plots[0].categories)[1:] == ["Kosovo", "OSC *"]
    colours = [str(s.format.fill.fore_color.rgb) for s in chart.plots[0].series]
    assert colours == ["C9A53A", "8A6A00"]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", "=HYPERLINK(1)")
    assert book.active["B4"].value is None


def test_a_table_has_a_header_row_and_numbers_on_the_right(deck: Any) -> None:
    tables = [
        graphic(slide, "has_table").table
        for slide in deck.slides
        if "Twee dia’s" in slide.shapes.title.text
    ]
    assert all(table.first_row for table in tables)
    assert [table.cell(0, 0).text for table in tables] == ["Land", "Land"]
    assert [len(table.rows) - 1 for table in tables] == [8, 7]
    assert tables[1].cell(7, 1).text == "14"
    aligned = [tables[0].cell(1, c).text_frame.paragraphs[0]._p.pPr.get("algn") for c in (0, 1)]
    assert aligned == ["l", "r"]


def test_a_very_long_table_is_named_with_where_it_is(made: Any, deck: Any) -> None:
    text = list(deck.slides)[-3].placeholders[1].text_frame.text
    assert ("Heel lang: 61 rijen." if made[0] == "nl" else "Heel lang: 61 rows.") in text
    assert "Word" in text


def test_no_row_of_a_table_is_lost(deck: Any) -> None:
    tables = [
        graphic(slide, "has_table").table
        for slide in deck.slides
        if "Twee dia’s" in slide.shapes.title.text
    ]
    every = [table.cell(n, 0).text for table in tables for n in range(1, len(table.rows))]
    assert every == [f"land {n}" for n in range(15)]


def test_every_slide_of_a_scenario_says_that_it_is_one() -> None:
    report = replace(a_report(), banner="Scenario, geen besluit")
    titles = [each.shapes.title.text for each in opened(slides(report)).slides]
    assert len(titles) == 14 and all(each.startswith("Scenario, geen besluit: ") for each in titles)


def test_a_map_has_remarks_beside_it_and_never_its_alternative() -> None:
    """The picture is square, so half of the slide is free."""
    slide = slide_of(opened(slides(a_report())), "Kaart van de dekking")
    texts = [each.text_frame.text for each in slide.shapes if each.name.startswith("TextBox")]
    assert texts == ["Vooraf."]


def test_a_list_of_several_slides_is_in_the_annex() -> None:
    items = [Text(f"{n}: {'woord ' * 60}".strip(), "item") for n in range(12)]
    table = Table("e", "Vreemd", ["Land"], [["Peru"]])
    report = replace(a_report(), sections=[Section("a", "Lijst", [table, *items])])
    deck = opened(slides(report))
    titles = [each.shapes.title.text for each in deck.slides]
    assert titles[2:4] == ["Vreemd", "Bijlage: Lijst"] and titles[-2:] == [
        "Bronnen",
        "Verantwoording",
    ]
    shown = "".join(each.placeholders[1].text_frame.text for each in list(deck.slides)[3:-2])
    assert all(each.text in shown for each in items)


def test_contents_and_findings_have_titles_of_their_own() -> None:
    report = replace(a_report(), title="Peru")
    assert opened(slides(report)).slides[1].shapes.title.text == "Inhoud"
    report = replace(a_report(), title="Per missie")
    assert opened(slides(report)).slides[1].shapes.title.text == "In het kort"


def test_a_path_is_told_with_its_note_and_is_no_link() -> None:
    provenance = replace(a_report().provenance, permalink="/land", path_note="alleen hier")
    last = opened(slides(replace(a_report(), provenance=provenance))).slides[-1]
    frame = last.placeholders[1].text_frame
    assert "/land (alleen hier)" in frame.text
    assert not [run for each in frame.paragraphs for run in each.runs if run.hyperlink.address]


def test_text_stays_text(made: Any, deck: Any) -> None:
    table = graphic(slide_of(deck, "Vreemd"), "has_table").table
    assert [table.cell(1, 0).text, table.cell(1, 1).text] == ["=1+1", "abc <a:t>"]
    with zipfile.ZipFile(io.BytesIO(made[1])) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_pictures_and_charts_say_what_they_show(deck: Any) -> None:
    found = {
        each.get("title"): each.get("descr")
        for slide in deck.slides
        for each in slide.element.iter("{*}cNvPr")
        if each.get("descr")
    }
    assert found["Kaart van de dekking"] == "Peru wordt bediend."
    assert found["Per missie"] == "Mali 9" and found["Verloop"] == "Van 3 naar 9"


def test_notes_say_what_to_say_and_what_it_does_not(made: Any, deck: Any) -> None:
    assert all(notes(slide) for slide in deck.slides)
    said = notes(slide_of(deck, "Kaart van de dekking"))
    assert "noemt niet wie" in said and "Grenzen zeggen niets." in said
    assert "Vooraf." in said and "Achteraf." in said and "1 januari 2026" in said
    other = notes(slide_of(deck, "Verloop"))
    assert "noemt niet wie" not in other and "Vooraf." not in other
    assert ("geen voorbehoud" if made[0] == "nl" else "no reservation") in other


def test_notes_of_a_table_tell_what_stands_in_it(made: Any, deck: Any) -> None:
    dutch = made[0] == "nl"
    told = notes(slide_of(deck, "Verloop: cijfers" if dutch else "Verloop: figures"))
    assert "land 0: 0; land 1: 1." in told and "2 rijen" not in told and "2 rows" not in told
    more = notes(slide_of(deck, "Bijlage: Twee dia’s" if dutch else "Annex: Twee dia’s"))
    assert ("land 2: 2; en zo nog 5." if dutch else "land 2: 2; and 5 more.") in more
    broad = Table("b", "Breed", ["Land", "Wat", "NP"], [["Peru", "een land", "3"]])
    deck = opened(slides(replace(a_report(made[0]), sections=[Section("b", "Breed", [broad])])))
    unheaded = "een land" if dutch else "wat een land"  # only our own word for it is no word
    assert f"Breed. Peru: {unheaded}, NP 3." in notes(slide_of(deck, "Breed"))


@pytest.mark.parametrize(
    ("heads", "row", "said"),
    [(["Gegeven", "Wat"], ["Soort", "land"], False), (["Wat", "Bron"], ["Post", "rij 2"], True)],
)
def test_a_table_whose_rows_name_no_source_does_not_say_that_they_do(
    heads: list[str], row: list[str], said: bool
) -> None:
    table = Table("t", "Los", heads, [row])
    deck = opened(slides(replace(a_report(), sections=[Section("s", "Los", [table])])))
    words = " ".join(each.text_frame.text for each in slide_of(deck, "Los").placeholders)
    assert ("zie de bron in elke rij" in words) is said


def test_no_slide_has_what_is_there_to_be_copied_or_the_state_of_the_rows() -> None:
    paste = Section("paste", "Om over te nemen", [Text("Nederlands", "item"), Text("English")])
    same = Section("s", "Onderwerp", [Text("Peru", "item")])  # the opening slide says it
    report = replace(a_report(), sections=[*a_report().sections, same, paste])
    deck = opened(slides(report))
    words = [
        text.text
        for slide in deck.slides
        for tree in (slide.element, slide.notes_slide.element)
        for text in tree.iter("{*}t")
    ]
    assert len(deck.slides) == 14 and not {"Om over te nemen", "Onderwerp"} & set(words)
    assert not any("3f2a" in each for each in words)
    assert "3f2a" in deck.core_properties.keywords  # of the file it can be looked up


def test_lists_are_shown(deck: Any) -> None:
    body = slide_of(deck, "Missies").placeholders[1].text_frame
    assert [p.text for p in body.paragraphs] == ["eerste", "tweede"]
    assert slide_of(deck, "Woorden").placeholders[1].text_frame.text == "Alleen tekst."


def test_language_and_reading_order(made: Any, deck: Any) -> None:
    code = {"nl": "nl-NL", "en": "en-GB"}[made[0]]
    for slide in deck.slides:
        for tree in (slide.element, slide.notes_slide.element):
            runs = tree.iter("{*}r", "{*}fld")
            assert {run.find("{*}rPr").get("lang") for run in runs} == {code}
    shapes = list(slide_of(deck, "Kaart van de dekking").shapes)
    kinds = [s.placeholder_format.type if s.is_placeholder else "drawn" for s in shapes]
    names = [str(kind).split(" ")[0] for kind in kinds]
    assert names[0] == "TITLE" and names[-2:] == ["BODY", "SLIDE_NUMBER"] and "drawn" in names
    assert deck.core_properties.language == code


def test_the_page_is_broad_and_nothing_sticks_out(deck: Any) -> None:
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height


def test_properties_and_the_same_bytes_each_time(made: Any, deck: Any) -> None:
    core = deck.core_properties
    assert (core.title, core.subject) == ("Peru heeft één liaison", "Peru")
    assert core.author == core.last_modified_by == "Liaisonatlas"
    assert core.created.isoformat()[:10] == "2026-11-22"
    assert slides(a_report(made[0])) == made[1]


@pytest.mark.parametrize(("number", "pages"), [(15, [15]), (16, [8, 8]), (31, [10, 11, 10])])
def test_a_chart_of_many_names_goes_on(number: int, pages: list[int]) -> None:
    long = columns([f"land {n}" for n in range(number)])
    assert [len(part.categories) for part in slide_charts.pages(long)] == pages
    assert slide_charts.most(long) == pytest.approx(1.08)


def test_years_stand_on_one_slide() -> None:
    years = [str(year) for year in range(2001, 2021)]
    spec = columns(years)
    assert slide_charts.pages(spec) == [spec]
    assert slide_charts.kind_of(spec) == XL_CHART_TYPE.COLUMN_CLUSTERED


def test_a_text_is_cut_only_where_it_alone_is_higher_than_a_slide() -> None:
    long = " ".join(["woord"] * 2_000)
    table = Table("t", "", ["A", "B"], [["kort", long], ["ook", "kort"]])
    first = slide_design.pages(table, BODY)[0].rows[0]
    assert first[0] == "kort" and str(first[1]).endswith("woord …") and len(first[1]) > 500
    every = [row[0] for part in slide_design.pages(table, BODY) for row in part.rows]
    assert every == ["kort", "ook"]
