"""An address restores what its page showed, for a reader who opens it later and elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.silence import Silence
from tests.browser.stillness import rest, until
from tests.pages.test_screens import HOSTILE

# Page, what is asked, and what its address must still say: what a browser may write otherwise than
# it was given. The addresses of the other pages: tests/pages/test_screens.py.
VIEWS = [
    ("/dekking?org=GPI&land=MLI&beeld=africa&taal=en", {"land": "MLI", "taal": "en"}),
    ("/presenteren?tour=missies;land/land=ECU&stap=2", {"stap": "2"}),
]
MAIN = "() => document.querySelector('[data-testid=stMain]').innerText"
CHECKED = "() => [...document.querySelectorAll('input')].map((i) => [i.type, i.checked, i.value])"


@pytest.mark.parametrize(("path", "kept"), VIEWS, ids=[path for path, _ in VIEWS])
def test_an_address_restores_its_page(
    visit: Callable[..., None], page: Page, path: str, kept: dict[str, str]
):
    visit(path)
    said = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    assert "release" in said and kept.items() <= said.items()
    first, copied = (page.evaluate(MAIN), page.evaluate(CHECKED)), urlsplit(page.url)
    page.goto("about:blank")  # and a new session
    visit(f"{copied.path}?{copied.query}")
    assert (page.evaluate(MAIN), page.evaluate(CHECKED)) == first


def place(page: Page) -> str:
    """What the address says of the place of the map: latitude, longitude, how near."""
    return parse_qs(urlsplit(page.url).query)["kaart"][0]


def leads_another_tab(page: Page, link: Locator, path: str, **how: Any) -> None:
    """To the page of that path, with what the reader chose and without the place of the map."""
    here = page.url
    with page.context.expect_page() as opened:
        link.click(**how)
    opened.value.wait_for_url(f"**/{path}?*")
    other = opened.value.url
    opened.value.close()
    assert page.url == here, "the press led this tab away"
    assert parse_qs(urlsplit(other).query)["org"] == ["NP,GPI,not-stated"]
    assert "kaart" not in other


def test_a_copied_address_has_the_place_of_the_map_too(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/dekking?land=ECU")
    frame = page.frame_locator("iframe[title]").first
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function("() => location.search.includes('kaart=')")
    settle()
    moved = place(page)
    page.get_by_text("KMar – Marechaussee").click()
    settle()
    assert place(page) == moved
    assert parse_qs(urlsplit(page.url).query)["org"] == ["NP,GPI,not-stated"]
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(frame.locator("html[data-painted]")).to_be_attached()
    settle()
    assert place(page) == moved
    # Nearer once more, from where the other reader was and not from the preset.
    frame.locator(".leaflet-control-zoom-in").click()
    nearer = 1.2 * float(moved.split(",")[2])
    until(page, lambda: float(place(page).split(",")[2]) > nearer, "the map came nearer")
    missions = page.get_by_role("link", name="Missies", exact=True).first
    for how in ({"modifiers": ["Control"]}, {"button": "middle"}):
        leads_another_tab(page, missions, "missies", **how)
    page.set_viewport_size({"width": 1000, "height": 800})  # the menu does not fit
    page.get_by_test_id("stTopNavSection").click()
    last = page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Uitleg")
    leads_another_tab(page, last, "uitleg", modifiers=["Control"])
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 800})
    missions.click()
    settle()
    assert "kaart" not in page.url


def test_the_place_of_the_map_alone_is_an_address(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/dekking?kaart=10.0,20.0,4")
    expect(page.frame_locator("iframe").locator("html[data-painted]")).to_be_attached()
    settle()
    assert place(page) == "10.0,20.0,4"
    whole = page.url
    # The address was completed, which is no stop of its own: one step back is where they came from.
    page.go_back()
    assert page.url == "about:blank"
    page.go_forward()
    settle()
    assert page.url == whole


def test_a_part_of_the_world_stays_on_its_page(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/dekking")
    page.get_by_role("combobox", name="Beeld").fill("Afrika")
    expect(page.get_by_role("option", name="Afrika")).to_be_visible()
    page.keyboard.press("Enter")
    settle()
    assert "beeld=africa" in page.url
    page.get_by_role("link", name="Vergelijken", exact=True).first.click()
    settle()
    assert "/vergelijken" in page.url and "beeld" not in page.url
    page.go_back()
    settle()
    assert "beeld=africa" in page.url


@pytest.mark.parametrize(
    ("path", "query"),
    list(zip(("vlekken", "presenteren") * 2, HOSTILE, strict=True)),
)
def test_a_broken_or_hostile_address_breaks_nothing(
    visit: Callable[..., None], page: Page, record: Any, path: str, query: str
):
    visit(f"/{path}?{query}")
    expect(page.locator("h1")).not_to_be_empty()
    figure = page.locator("iframe[title], .js-plotly-plot, [data-drawing] svg").first
    expect(figure).to_be_visible()
    assert record.errors == [] and page.locator("main img[src=x]").count() == 0


def test_an_older_link_offers_the_newest_document(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/dekking?release=kst-31015-94")
    # Where the title shares its line with what can be taken along, the message does not.
    take, aged = (page.locator(f".st-key-{key}").bounding_box() for key in ("take", "aged"))
    assert take and aged and take["y"] + take["height"] <= aged["y"] + 16  # its margin
    visit("/netwerk?release=kst-31015-94")
    expect(page.get_by_text("Er is een nieuwer document")).to_be_visible()
    page.get_by_role("button", name="Toon Netwerk begin 2026").click()
    settle()
    assert "release=bijlage-2025-11" in page.url
    expect(page.get_by_text("Er is een nieuwer document")).to_have_count(0)


def test_one_step_back_is_one_page_back(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    """What a link lent is given back on the page after it; that is no stop of its own."""
    visit("/zoeken?vraag=welke landen in Afrika hebben geen officier")
    page.get_by_role("link", name="Bekijk de hele lijst").first.click()
    settle()
    the_list = page.url
    assert "/vlekken" in the_list and "gebied=africa" in the_list
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    settle()
    assert "/dekking" in page.url and "gebied" not in page.url
    page.go_back()
    settle()
    assert page.url == the_list
    expect(page.locator("h1")).to_contain_text("Afrika")
    page.go_back()
    settle()
    assert "/zoeken" in page.url
    page.go_forward()
    settle()
    assert page.url == the_list
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    settle()
    assert "/dekking" in page.url and "gebied" not in page.url, "the list lends it still"


def test_a_choice_is_not_made_on_an_earlier_stop(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    """The start page offers a list under the very choices that it has itself."""
    stops = []

    def stand() -> None:
        settle()
        stops.append((page.url, page.locator("h1").inner_text()))

    visit("/")
    stand()
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    stand()
    for name in ("GPI", "KMar"):
        page.locator("[class*='st-key-group_organisation']").get_by_text(name).click()
        stand()
    assert len(set(stops)) == 4 and "org=NP,not-stated" in page.url.replace("%2C", ",")
    for move, to in ((page.go_back, stops[-2::-1]), (page.go_forward, stops[1:])):
        for address, heading in to:
            move()
            settle()
            assert (page.url, page.locator("h1").inner_text()) == (address, heading)
    page.evaluate("history.go(-3)")
    settle()
    page.get_by_role("link", name="Missies", exact=True).first.click()
    settle()
    assert "/missies" in page.url and "org=" not in page.url


def test_a_press_on_the_map_is_a_stop_before_the_page_is_whole(address: str, page: Page):
    Silence(page, begun=True, kinds=("script_finished", "session_status_changed"))
    page.goto(f"{address}/dekking?release=bijlage-2025-11&taal=nl")
    frame = page.frame_locator("iframe[title]").first
    expect(frame.locator("html[data-painted]")).to_be_attached()
    opened = page.url
    frame.locator("[data-iso=DZA]").first.click()
    page.wait_for_function("() => location.search.includes('land=DZA')")
    assert page.evaluate(
        "document.querySelector('[data-testid=stApp]').dataset.testScriptState"
    ) == ("running")
    page.go_back()
    assert page.url == opened


def test_a_touch_before_the_page_is_there_makes_no_stop(address: str, page: Page):
    silence = Silence(page, begun=True)
    page.goto(f"{address}/uitleg")
    until(page, lambda: bool(silence.held), "the first run has begun")
    page.keyboard.press("Shift")
    silence.end()
    rest(page)
    assert "release=" in page.url
    # One step back is where they came from, not the address that leads forward again.
    page.go_back()
    assert page.url == "about:blank"
