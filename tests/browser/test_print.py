"""A page on paper: all of it, with what explains it, whatever the screen looked like."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.silence import Silence
from tests.browser.stillness import patience

PRINT = (Path(__file__).parents[2] / "dashboard/static/print.css").read_text(encoding="utf-8")


def test_a_page_is_printed_whole(visit, page, settle):
    page.emulate_media(color_scheme="dark")
    visit("/dekking")
    expect(page.frame_locator("iframe").locator("html[data-painted]")).to_be_attached()
    page.locator(".st-key-coverage_list summary").click()
    expect(page.locator("table.filled tbody tr:first-child td:nth-child(3)")).not_to_be_empty()
    settle()
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    _see_the_map_on_paper(page)
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    first, last = texts[0], texts[-1]
    # The map is drawn (each of its letters twice, for the line around it), with legend and source.
    assert {"Brazilië", "Australië"} <= set(re.sub(r"(.)\1", r"\1", first).split())
    assert all(word in first for word in ("Geen officier", "Bron: "))
    # The last country in Dutch order, and where all of it can be seen again.
    assert "Zwitserland" in last
    assert "/dekking?release=" in last
    assert all("Standplaatsen" in text for text in texts[1:])  # the header of the table
    # Nothing was pressed, so no line is drawn and none explained.
    controls = ("Downloaden en delen", "Zoek een land", "Presenteren", "Nederlands English")
    controls += ("Na uw keuze", "Van standplaats")
    assert [each for each in controls if each in " ".join(texts)] == []
    # A dark page prints dark on white: the paper has ink, but not much of it.
    picture = paper[len(paper) - 1].render(scale=0.2).to_numpy()
    assert 0.7 < (picture > 200).mean() < 0.999


def test_lines_on_paper_are_explained_without_a_press(visit, page, settle):
    visit("/dekking?land=BRB")  # served from Santo Domingo
    page.frame_locator("iframe").locator(".links .casing").first.wait_for(state="attached")
    settle()
    first = _texts(page)[0]
    assert "Van standplaats naar land dat zij bedient" in first and "Na uw keuze" not in first


def _see_the_map_on_paper(page: Page) -> None:
    """It stands below its heading, its insets fill its width, and land does not touch its edge."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    frame = page.frame_locator("iframe")
    stage, heading, land, *insets = (
        one.bounding_box()
        for one in (
            frame.locator(".stage"),
            page.locator("h1"),
            frame.locator("[data-iso=GRL]"),
            *frame.locator(".inset").all(),
        )
    )
    assert stage["y"] - (heading["y"] + heading["height"]) < 24  # px, a line
    assert sum(inset["width"] for inset in insets) == pytest.approx(stage["width"], abs=2)
    assert land["y"] - stage["y"] > 3
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


CHARTS = "**/PlotlyChart.*.js"  # what draws the charts
FOOT = 0.945  # from here on down stands the number of the page


def _filled(sheet: pypdfium2.PdfPage) -> float:
    """How far down a printed page its last line stands, as a share of its height."""
    picture = sheet.render(scale=0.3, grayscale=True).to_numpy()
    rows = (picture[: int(FOOT * picture.shape[0])] < 200).any(axis=1).ravel()
    return float(rows.nonzero()[0].max()) / picture.shape[0]


def test_the_overview_fills_its_pages(visit, page, settle):
    visit("/")
    expect(page.frame_locator("iframe").locator("html[data-painted]")).to_be_attached()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settle()
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    # No page ends half-way: the chart of the missions fits below the capitals of the EU.
    assert min(_filled(sheet) for sheet in list(paper)[:-1]) > 0.7
    [chart] = [text for text in texts if "EUCAP Sahel Mali" in text]
    assert "USSC" in chart  # its last mission
    assert "Bron: bijlage najaar 2023" in chart
    # The last document and the last country of the table above it; no control, no heading of one.
    assert all(word in texts[-1] for word in ("Marokko", "Brief over het beleid", "afgedrukt op"))
    for control in (
        "Snel naar een antwoord",
        "Cijfers als tabel (13) Zoek",
        "Lees de gedrukte tabel",
    ):
        assert control not in " ".join(texts)


def test_a_dossier_begins_at_the_top_of_its_paper(visit, page, settle):
    visit("/land?land=KEN")
    page.locator("h1").wait_for()
    settle()
    sheet = pypdfium2.PdfDocument(page.pdf(format="A4"))[0]
    picture = sheet.render(scale=0.3, grayscale=True).to_numpy()
    inked = (picture < 200).any(axis=1).ravel().nonzero()[0]
    assert inked.min() / picture.shape[0] < 0.08  # the margin of 11 mm is 0.037 of the height
    # The line of the source is no group that is seen through, which cuts off its first letter.
    page.emulate_media(media="print")
    expect(page.locator(".source-line").first).to_have_css("opacity", "1")


def _texts(page: Page) -> list[str]:
    """The words of each sheet of the page on A4."""
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]


FOLDED = "– dit deel staat niet op papier; klap het open"


def test_paper_has_what_is_open_and_names_what_is_folded(visit, page, settle):
    visit("/vlekken")
    expect(page.frame_locator("iframe").locator("html[data-painted]")).to_be_attached()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    settle()
    texts = _texts(page)
    # The chart stands below its heading on the first page, whole and with its source.
    chart = texts[0].partition("India staat bovenaan")[2]
    assert all(word in chart for word in ("1. India", "12. Oeganda", "Bron: Inwoners"))
    # A slider has no place on paper; how heavy each weighs is said.
    said = " ".join(texts).partition("Het gewicht van elk onderdeel, van 0 tot en met 5: ")[2]
    weights = "Soort 5, Missie 3, Inwoners 5, Afstand 2, Prioriteit 3 en Buiten de EU 2."
    assert said.startswith(weights)
    # The numbers of the chart, of your own, what a step changes, how it works (and the columns),
    # the regions, the list, and what is to be taken over.
    assert " ".join(texts).count(FOLDED) == 8
    assert "Elk onderdeel krijgt een waarde" not in " ".join(texts)
    page.locator("summary").filter(has_text="106 landen en gebieden").click()
    texts = _texts(page)
    assert " ".join(texts).count(FOLDED) == 7
    # Nobody serves Åland, and it stands in no chart; its row is among the last of the list.
    assert "Åland" in texts[-1]
    [headed] = [text for text in texts if "Alle landen en gebieden, met de rij" in text]
    assert "geen enkele rij" in headed.partition("Alle landen en gebieden, met de rij")[2]


@pytest.mark.parametrize(
    ("above", "rows", "on_pages"),
    # In mm, of the 272 of a page; its header is a row of 11 too.
    [(0, 25, [22, 3]), (240, 10, [0, 10])],
)
def test_no_row_of_a_table_stands_alone(
    page: Page, above: int, rows: int, on_pages: list[int]
) -> None:
    row = "<tr style='height: 11mm'><td>rij</td></tr>"
    page.set_content(
        f"<style>{PRINT}</style><div style='height: {above}mm'></div><table class='sortable'>"
        f"<thead><tr style='height: 11mm'><th>Kop</th></tr></thead>{row * rows}</table>"
    )
    assert [text.count("rij") for text in _texts(page)] == on_pages


def _columns(page: Page, heads: list[tuple[str, str]], row: list[str], wide: int) -> list[float]:
    """How wide each column of a table is on paper of that width; `heads` are words and class."""
    styles = (Path(__file__).parents[2] / "dashboard/static/page.css").read_text("utf-8") + PRINT
    head = "".join(f"<th class={kind}><button class=sort>{word}</button>" for word, kind in heads)
    cells = zip(row, heads, strict=True)
    body = "".join(f"<td class={kind}>{text}" for text, (_, kind) in cells)
    page.emulate_media(media="print")
    page.set_content(
        f"<style>html {{ font: 10pt sans-serif }} {styles}</style><div style='width: {wide}px'>"
        f"<table class='sortable'><thead><tr>{head}</thead><tbody><tr>{body}</table></div>"
    )
    return [one.bounding_box()["width"] for one in page.locator("th").all()]


def test_a_number_on_paper_takes_what_it_needs(page: Page) -> None:
    heads = [("Deel van de wereld", "text"), ("Organisatie onbekend", "number")]
    part, unknown = _columns(page, heads, ["Noord- en Zuid-Amerika", "0"], 690)
    assert unknown < 120 < 500 < part  # px: the longer word, and all the rest


def test_of_many_texts_on_paper_the_longest_has_the_most_room(page: Page) -> None:
    long = "EUSDI Golf van Guinee (via een streek, onze lezing)"
    row = [long, *["Bediend vanuit land"] * 4]
    first, *others = _columns(page, [(f"Kop {n}", "wide") for n in range(5)], row, 500)
    assert first > 1.5 * min(others)


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "nog niet helemaal geladen"), ("?taal=en", "had not finished loading")],
)
def test_paper_says_that_the_page_had_not_come(
    address: str, page: Page, query: str, said: str
) -> None:
    silence = Silence(page, begun=True)
    page.goto(f"{address}/{query}")
    [text] = _texts(page)
    assert said in text and text.count(".") == 2  # two sentences, in one language
    silence.end()
    page.locator("h1").wait_for()


@pytest.fixture
def charts(address: str, page: Page) -> list[Route]:
    """The front page, with its map, while what draws its charts is held back.

    `window.printed` will be how many charts it printed, and the page waits for them until
    `window.patience` is called.
    """
    page.add_init_script(patience(15_000))
    page.add_init_script(
        "if (window.top === window) window.print = () => { window.printed ="
        " document.querySelectorAll('.js-plotly-plot .main-svg').length; };"
    )
    waiting: list[Route] = []
    page.route(CHARTS, lambda route: waiting.append(route))
    with page.expect_request(CHARTS):
        page.goto(f"{address}/")
    page.frame_locator("iframe").locator("html[data-painted]").wait_for()
    return waiting


def _ask_for_paper(page: Page) -> None:
    """By the keys of a browser; the page waits with it until it is whole."""
    page.keyboard.press("Control+p")
    expect(page.locator("body")).to_contain_class("to-paper")


def test_who_goes_to_another_page_does_not_print_it(page: Page, charts: list[Route]) -> None:
    _ask_for_paper(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Uitleg").click()
    page.wait_for_function(
        "window.printed !== undefined || !document.body.classList.contains('to-paper')"
    )
    assert page.evaluate("window.printed") is None
    for route in charts:
        route.continue_()


def test_who_has_waited_long_gets_the_paper_as_it_is(page: Page, charts: list[Route]) -> None:
    _ask_for_paper(page)
    assert page.evaluate("window.printed") is None
    page.evaluate("window.patience()")
    page.wait_for_function("window.printed === 0")
    assert "nog niet helemaal geladen" in _texts(page)[0]
    for route in charts:
        route.continue_()


def test_a_reader_who_prints_at_once_gets_the_charts(page: Page, charts: list[Route]) -> None:
    # Asked for from the menu nothing can wait: the paper itself says that not all is there.
    page.locator("[data-chart]").wait_for(state="attached")
    texts = _texts(page)
    assert "nog niet helemaal geladen" in texts[0]
    [words] = [each for each in texts if "Deze grafiek was nog niet getekend" in each]
    assert "USSC" in words.partition("Dit is te zien in de grafiek:")[2]  # its last mission
    _ask_for_paper(page)
    assert page.evaluate("window.printed") is None
    for route in charts:
        route.continue_()
    page.unroute(CHARTS)
    page.wait_for_function("window.printed !== undefined")
    assert page.evaluate("window.printed") > 0
    page.frame_locator("iframe").locator("[data-iso=BRA]").first.wait_for(state="attached")
    texts = _texts(page)
    assert not any("nog niet" in text for text in texts)
    # What is folded is named in a whole sentence.
    assert any("– dit deel staat niet op papier" in text for text in texts)


@pytest.mark.parametrize(
    ("query", "said"), [("", "Hier ontbreekt de kaart"), ("?taal=en", "The map is missing here")]
)
def test_paper_says_that_the_map_had_not_come(
    address: str, page: Page, query: str, said: str
) -> None:
    waiting: list[Route] = []
    # Until Streamlit has what draws a map, its room is empty and holds no frame.
    page.route("**/ComponentInstance.*.js", lambda route: waiting.append(route))
    page.goto(f"{address}/vlekken{query}")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    texts = _texts(page)
    assert sum(text.count(said) for text in texts) == 1
    for route in waiting:
        route.continue_()
    page.frame_locator("iframe").locator("html[data-painted]").wait_for()
    assert not any(said in text for text in _texts(page))
