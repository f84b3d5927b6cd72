"""The site in one file, opened from a disk with the network off: map, search, dossier, keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[[str], None]


@pytest.fixture
def open_(site_file: Path, page: Page, record) -> Iterator[Open]:
    """Opens the file at an address behind #; afterwards nothing was asked for and all was well."""
    page.context.set_offline(True)

    def visit(address: str = "") -> None:
        page.goto(f"{site_file.as_uri()}{address}")
        expect(page.locator("html[data-painted]")).to_be_attached()

    yield visit
    assert record.errors == []
    asked = {url.partition("#")[0] for url in record.requests if not url.startswith("data:")}
    assert asked <= {site_file.as_uri()}


def country(page: Page, iso3: str) -> Locator:
    """The shape of a country on the map."""
    return page.locator(f"#map path[data-iso='{iso3}']")


class Read(HTMLParser):
    """What a page would load, and the data that it carries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.known = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        names = ["src", "srcset", "data", "poster"] + (["href"] if tag in ("link", "use") else [])
        self.loads += [found[name] for name in names if found.get(name)]
        self.ids += [found["id"]] if "id" in found else []
        self._inside = found.get("id") == "known-data"

    def handle_data(self, data):
        self.known += data if self._inside else ""

    def handle_endtag(self, tag):
        self._inside = False


def test_one_file_holds_every_unit_and_loads_nothing(site_file: Path) -> None:
    content = site_file.read_bytes()
    assert len(content) < 3_400_000
    found = Read(content.decode())
    assert [each for each in found.loads if not each.startswith(("data:", "#"))] == []
    assert len(found.ids) == len(set(found.ids))
    data = json.loads(found.known)
    assert len(data["lands"]) == 245
    assert all(
        land["name"] and land["answers"] and land["facts"] for land in data["lands"].values()
    )
    assert {
        name: int(re.findall(r"bedienen (\d+) van", data["choices"][name]["title"])[0])
        for name in ("NP", "KMar")
    } == {"NP": 96, "KMar": 37}


def test_a_choice_recolours_the_map_and_all_that_speaks_of_it(open_: Open, page: Page) -> None:
    open_("")
    expect(page.locator("h1")).to_have_text(
        "Liaisonofficieren bedienen 138 van 244 landen en gebieden"
    )
    expect(country(page, "NGA")).to_have_attribute("data-state", "post")
    page.get_by_role("checkbox", name="KMar – Marechaussee").uncheck()
    expect(country(page, "NGA")).to_have_attribute("data-state", "none")
    page.get_by_role("checkbox", name="GPI – Belgische politie").uncheck()
    page.get_by_role("checkbox", name="Organisatie onbekend").uncheck()
    expect(page.locator("h1")).to_contain_text("van NP bedienen 96 van 244")
    expect(page.locator("#units tr", has_text="Nigeria")).to_contain_text("Geen officier")
    expect(page).to_have_url(re.compile("#dekking&org=NP$"))
    page.get_by_role("button", name="Afrika").click()
    page.get_by_role(
        "checkbox", name="NP – Nederlandse politie"
    ).uncheck()  # nobody is left: nothing changes
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("96")
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).not_to_contain_text("van NP bedienen 96")


def test_search_opens_a_dossier_and_back_leads_back(open_: Open, page: Page) -> None:
    open_("#dekking&org=NP")
    search = page.get_by_role("combobox")
    for typed, name in (("ecuad", "Ecuador"), ("Cote d'Iv", "Ivoorkust"), ("Germnay", "Duitsland")):
        search.fill(typed)
        expect(page.get_by_role("option").first).to_contain_text(name)
    # As in the app: by the city of a post (row 5 of the annex) and by a mission too.
    for typed, name in (("Bogot", "Colombia"), ("EULEX", "Kosovo")):
        search.fill(typed)
        expect(page.get_by_role("option").filter(has_text=name).first).to_be_visible()
    search.fill("zzzzz")
    expect(page.locator("#found-count")).to_be_visible()
    search.fill("ecuad")
    search.press("Enter")
    expect(page.locator("h1")).to_have_text("Ecuador heeft geen officier van NP")
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("link", name="Peru").click()
    expect(page.locator("h1")).to_have_text(
        "Peru wordt vanuit een ander land bediend, door 1 post van NP"
    )
    expect(page.locator("#served")).to_contain_text("Bogota")
    expect(page.locator("#served table")).not_to_contain_text("Lima")
    expect(page).to_have_url(re.compile("#land=PER&org=NP$"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Ecuador heeft geen officier van NP")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("96 van 244")


def test_the_keyboard_walks_from_the_map_to_a_dossier_and_back(open_: Open, page: Page) -> None:
    open_("")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    page.locator("#views button").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#map")).to_be_focused()
    page.keyboard.press("ArrowRight")  # begins at home
    expect(page.locator("#map .live")).to_contain_text("Nederland")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#map .live")).to_contain_text("Duitsland")
    expect(page.locator(".stage .tip")).to_contain_text("post in het land")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Duitsland heeft 1 post")
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("138 van 244")
    expect(page.locator("#map")).to_be_focused()


def test_typing_finds_a_country_and_arrows_turn_the_page(open_: Open, page: Page) -> None:
    open_("")
    page.keyboard.press("ArrowRight")
    expect(page.locator("nav [aria-current=page]")).to_have_text("Overzicht")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text("138 van 244")
    page.keyboard.type("ecu")
    expect(page.get_by_role("option").first).to_contain_text("Ecuador")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ecuador heeft geen officier")
    page.keyboard.press("ArrowRight")  # by name: Ecuador, Egypte
    expect(page.locator("h1")).to_contain_text("Egypte")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text("Ecuador")
    # The map has arrows of its own; a reader may turn the keys of the page off (WCAG 2.1.4).
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text("Ecuador")
    page.get_by_role("checkbox", name="Toetsen werken").uncheck()
    page.locator("h1").focus()
    page.keyboard.press("e")
    expect(page.locator("h1")).to_be_focused()


def test_pages_have_their_own_maps_and_addresses(open_: Open, page: Page) -> None:
    open_("#vlekken&org=KMar")
    expect(country(page, "ECU")).to_have_attribute("data-state", "uncovered")
    expect(page.locator("[data-page='vlekken'] [data-chosen]")).to_contain_text("Gekozen: KMar")
    page.get_by_role("navigation").get_by_role("link", name="Missies").click()
    expect(country(page, "IRQ")).to_have_attribute("data-state", "mission")
    page.locator("[data-page='missies'] details summary").first.click()
    expect(page.locator("[data-page='missies'] details table").first).to_be_visible()
    page.locator("[data-page='missies'] table a[href^='#bronnen']").first.click()
    expect(page.locator("h1")).to_contain_text("Elk cijfer")
    expect(page.locator("h1:visible")).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function("document.documentElement.scrollWidth === 320")


def test_the_map_is_as_dark_as_its_page_and_nothing_else_stands_on_it(open_: Open, page: Page):
    page.emulate_media(color_scheme="dark")
    open_()
    sea = "element => getComputedStyle(element).backgroundColor"
    assert page.locator("#map").evaluate(sea) == "rgb(15, 26, 34)"  # theme.NIGHT[theme.SEA]
    assert page.locator(".chart > .stage").first.evaluate(sea) == "rgba(0, 0, 0, 0)"
    # The buttons above the map show the parts of the world.
    expect(page.locator(".inset:visible")).to_have_count(0)
