"""WCAG 2.2 at A and AA: what axe sees on every page, and what it does not see.

`python -m tests.bench --only accessibility` tries every page in every way; here each is tried in
one language, light on a laptop and dark at 400 %, and asks no other host for anything. What is
known not to conform stands in docs/accessibility.md and on the page /toegankelijkheid; axe finds
none of it, and passes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from pages.toegankelijkheid import KNOWN, TESTED
from tests.bench.accessibility import UNFOLD, VISITS, address, drawn, faults
from tests.browser.conftest import Record
from tests.browser.stillness import until

DOCUMENT = Path(__file__).parents[2] / "docs" / "accessibility.md"
LANGUAGES = {name: ("nl", "en")[place % 2] for place, name in enumerate(VISITS)}
TITLES = {
    "overview": "Overzicht",
    "coverage": "Coverage map",
    "gaps": "Landen zonder officier",
    "what if": "What if",
    "compare": "Vergelijken",
    "missions": "Missions",
    "mission_years": "Missies sinds 1990",
    "network": "Network",
    "network_load": "Werklast en kwetsbaarheid",
    "network_history": "History and costs",
    "country": "Land",
    "dossier": "Country",
    "sources": "Bronnen",
    "answer": "Search",
    "data": "Gegevens",
    "present": "Present",
    "statement": "Toegankelijkheid",
    "downloads": "Downloads",
    "explanation": "Uitleg",
    "planning": "Where a post helps",
}
# Every place where the button of the panel of files was seen, px from the top.
SEEN_AT = """() => {
  const places = new Set();
  const look = () => {
    const button = document.querySelector('.st-key-take_make button');
    if (button?.checkVisibility({ opacityProperty: true })) {
      places.add(Math.round(button.getBoundingClientRect().top));
    }
    window.seenAt = [...places];
    requestAnimationFrame(look);
  };
  look();
}"""
LATER_ROWS = "table.sortable tbody tr:nth-child(n + 4)"  # are like the first three
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
HAND = (TELEPHONE["width"], TELEPHONE["height"])
LONGEST = 6000  # px of a page on a telephone: seven screens, which a thumb still scrolls
IN_SIGHT = "element => element.checkVisibility()"
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
SEEN = "const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });"
HEADINGS = f"""() => {{ {SEEN}
  return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen)
    .map(h => Number(h.tagName[1]));
}}"""
# Landmarks without a name where there are several of a kind, and how many mains there are.
LANDMARKS = f"""() => {{ {SEEN}
  const unnamed = ['nav', 'section', 'aside', '[role=region]'].flatMap(kind =>
    [...document.querySelectorAll(kind)].filter(seen).filter(e =>
      !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')).map(e => e.outerHTML));
  return [document.querySelectorAll('main').length, unnamed];
}}"""
# What sticks out of the page, and boxes that scroll sideways without a name or a place for keys.
SIDEWAYS = f"""() => {{ {SEEN}
  const main = document.querySelector('main');
  const out = [document.documentElement, main].filter(e => e.scrollWidth > e.clientWidth + 1);
  const boxes = [...main.querySelectorAll('*')].filter(e => seen(e)
    && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
    && !e.querySelector('input, button, a') && (e.tabIndex !== 0 || !e.ariaLabel));
  return [...out, ...boxes].map(e => e.tagName + '.' + e.className);
}}"""
LONGEST_MOTION = """() => Math.max(...[...document.querySelectorAll('*')].flatMap(e => {
  const { transitionDuration, animationDuration } = getComputedStyle(e);
  return `${transitionDuration},${animationDuration}`.split(',').map(parseFloat);
}))"""  # seconds
STATUS = "[role=status].unseen"
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
# The bar at the top is not asked: what it has no room for moves into a menu.
CUT_OFF = f"""() => {{ {SEEN}
  const hides = /hidden|clip/;
  return [...document.querySelectorAll('section *, header *, main *')].filter(e => {{
    const style = getComputedStyle(e);
    return seen(e) && e.clientWidth > 4 && e.textContent.trim() && !e.matches('nav, .unseen, svg *')
      && ((hides.test(style.overflowX) && e.scrollWidth > e.clientWidth + 2)
        || (hides.test(style.overflowY) && e.scrollHeight > e.clientHeight + 2));
  }}).map(e => `${{e.tagName}} ${{e.textContent.slice(0, 60)}}`);
}}"""
# The element with the focus: what it says, whether it is in sight and on top, and has a ring.
FOCUS = """() => {
  const focus = document.activeElement;
  if (!focus || ['BODY', 'IFRAME', 'MAIN'].includes(focus.tagName)) return null;
  const shown = focus.closest('label') ?? focus;
  const box = shown.getBoundingClientRect();
  const tall = box.height > window.innerHeight; // then what of it is in the middle of the window
  const y = tall ? window.innerHeight / 2 : box.top + box.height / 2;
  const top = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, y);
  let ring = false;
  for (let part = focus, n = 0; part && n < 4; part = part.parentElement, n += 1) {
    const style = getComputedStyle(part);
    const box = part.getBoundingClientRect();
    ring ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 4;
  }
  return [focus.ariaLabel || focus.textContent.trim().slice(0, 40), Boolean(top)
    && (shown.contains(top) || top.contains(shown)), ring];
}"""


@pytest.mark.parametrize("name", VISITS)
def test_page(visit: Callable[..., None], page: Page, record: Record, name: str):
    """All that is asked of every page, at one visit: axe, outline, height, whom it talks to."""
    language = LANGUAGES[name]
    page.emulate_media(reduced_motion="reduce")
    stage = name == "present"  # as high as its window
    visit(address(name, language), viewport=None if stage else HAND)
    expect(page).to_have_title(f"{TITLES[name]} – Liaisonatlas")
    if not stage:
        assert 300 < page.evaluate(HEIGHT) <= LONGEST
        page.set_viewport_size(LAPTOP)
        drawn(page)
    page.evaluate(UNFOLD)
    drawn(page)
    assert faults(page, advice=True, without=LATER_ROWS) == []
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate(LANDMARKS) == [1, []]
    assert record.foreign == [] and record.errors == []
    assert len(record.requests) > 10, "nothing was recorded"

    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(ZOOMED)
    drawn(page)
    page.evaluate(UNFOLD)
    drawn(page)
    assert faults(page, without=f"{LATER_ROWS}, iframe") == []  # the map has one scheme
    assert page.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize(
    ("name", "size", "stops"), [("gaps", (1280, 800), 70), ("overview", (320, 256), 24)]
)
def test_what_has_the_focus_is_seen_and_wider_text_is_whole(
    visit: Callable[..., None], page: Page, name: str, size: tuple[int, int], stops: int
):
    page.emulate_media(reduced_motion="reduce")
    visit(address(name, "nl"), viewport=size)
    assert page.evaluate(LONGEST_MOTION) <= 0.01
    found = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(stops):
            page.keyboard.press(key)
            found.append(page.evaluate(FOCUS))
    told = [focus for focus in found if focus]
    assert len({name for name, _, _ in told}) > stops / 3
    assert [focus for focus in told if not all(focus[1:])] == []
    if name == "gaps":  # wider text is not cut off on it
        assert page.evaluate(CUT_OFF) == []
        page.add_style_tag(content=SPACING)
        assert page.evaluate(CUT_OFF) == []


def test_files_to_take_along(visit: Callable[..., None], page: Page, settle: Callable[[], None]):
    """The panel stands still: what is seen of it was all there. A choice beside it shuts it."""
    visit("/vlekken", language="en")
    page.evaluate(SEEN_AT)
    page.get_by_test_id("stPopover").get_by_role("button").click()
    expect(page.locator("[data-whole]")).to_have_count(1)
    drawn(page)
    assert len(page.evaluate("window.seenAt")) == 1, "the button moved while it was seen"
    empty = page.locator(".st-key-take_kind label:not([data-selected]) > span + div > div").first
    expect(empty).to_have_css("border-color", "rgb(123, 135, 148)")  # 3:1 on white
    assert faults(page, without=LATER_ROWS) == []
    page.get_by_text("Excel", exact=False).first.click()
    expect(page.locator(STATUS)).to_have_text("")  # the first finding is read with the page
    page.locator(".st-key-take_make button").click()
    # A reader who does not see the new button hears of it.
    expect(page.locator(STATUS)).to_contain_text(".xlsx")
    assert faults(page, without=LATER_ROWS) == []
    page.locator(".st-key-w_organisation_GPI label").click()
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.wait_for_url("**org=**")


def test_choices_on_a_telephone(visit: Callable[..., None], page: Page):
    page.emulate_media(reduced_motion="reduce")
    visit("/dekking", language="nl", viewport=HAND)
    opener = page.get_by_role("button", name="Open de keuzes")
    opener.press("Enter")
    sidebar = page.get_by_role("region", name="Keuzes")
    expect(sidebar.get_by_role("button", name="Sluit de keuzes")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(sidebar.get_by_role("link", name="Toegankelijkheid")).to_be_visible()
    page.wait_for_function("document.querySelector('main').inert")  # it lies below
    drawn(page)
    assert faults(page, without=LATER_ROWS) == []
    sidebar.get_by_role("checkbox", name="KMar").press("Space")
    expect(page.locator(STATUS)).to_contain_text("Liaisonofficieren van")  # a choice, a finding
    sidebar.get_by_role("button", name="Sluit de keuzes").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(sidebar).to_have_count(0)  # and no key leads into it
    # Explained below the map.
    expect(page.get_by_text("Standplaats, met het aantal officieren").last).to_be_visible()


def test_parts_of_a_page_are_folded_on_a_telephone(
    visit: Callable[..., None], page: Page, settle: Callable[[], None], record: Record
):
    """Of the missions the first two parts stand open; what a reader opened stays so at a choice.

    What stands behind the hash of the address is no text, which changes nothing.
    """
    visit("/missies?taal=nl#%", viewport=HAND)
    key = page.get_by_role("button", name="Waar de missies zijn")
    within = page.get_by_text("Geen missie", exact=True)  # in the legend of the map
    expect(key).to_have_attribute("aria-expanded", "false")
    assert record.errors == []
    expect(page.get_by_role("button", name="Per missie", exact=True)).to_have_count(0)
    assert not within.evaluate(IN_SIGHT)
    key.press("Tab")  # past what is folded
    expect(page.get_by_role("button", name="Missies en liaisonofficieren")).to_be_focused()
    page.emulate_media(media="print")
    until(page, lambda: within.evaluate(IN_SIGHT), "it is on paper")
    page.emulate_media(media="screen")
    until(page, lambda: not within.evaluate(IN_SIGHT), "it is folded again")
    key.press("Enter")
    until(page, lambda: within.evaluate(IN_SIGHT), "it is unfolded")
    page.get_by_role("radio", name="24 november 2023").click()
    settle()
    assert "kaartdatum=2023-11-24" in page.url
    expect(key).to_have_attribute("aria-expanded", "true")
    key.press("Enter")
    until(page, lambda: not within.evaluate(IN_SIGHT), "it is folded by its button")
    # The browser found what it was asked to search for.
    page.locator("[data-folded]", has=within).dispatch_event("beforematch", {"bubbles": True})
    expect(key).to_have_attribute("aria-expanded", "true")
    # An address that names a part leads to it.
    visit("/uitleg?taal=nl#afkortingen", viewport=HAND)
    expect(page.get_by_role("button", name="Wat betekenen de afkortingen")).to_have_attribute(
        "aria-expanded", "true"
    )
    last = page.get_by_role("button", name="Bij wie kunt u terecht")
    expect(last).to_have_attribute("aria-expanded", "false")
    page.get_by_role("link", name="Bij wie kunt u terecht").click()
    expect(last).to_have_attribute("aria-expanded", "true")
    expect(last).to_be_in_viewport()


def test_a_wide_table_is_cards_on_a_telephone(visit: Callable[..., None], page: Page):
    """The posts nearest to Ecuador: Bogota at 728 km, Cartagena at 1,222 and Lima at 1,317."""
    visit("/land?land=ECU", language="nl", viewport=HAND)
    letters = page.locator(".still-map li").first.evaluate("li => getComputedStyle(li).fontSize")
    assert float(letters.removesuffix("px")) >= 12
    page.get_by_role("button", name="Dichtstbijzijnde officieren").press("Enter")
    cards = page.get_by_role("table", name="Wie kan dit land erbij nemen")
    heads = cards.get_by_role("rowheader")
    expect(heads.first).to_contain_text("Bogota")
    assert cards.get_by_role("cell").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    ) == ('"Afstand (km)"')
    page.get_by_label("Sorteer op").first.select_option("Afstand (km) ↓")
    expect(heads.first).to_contain_text("Lima")
    # A longer table, of which the first three rows stand open: eight cities.
    visit("/netwerk", language="nl", viewport=HAND)
    more = page.get_by_role("button", name="Toon alle 8 rijen")
    more.press("Enter")
    expect(more).to_have_count(0)
    expect(page.locator("tr:focus")).to_be_visible()
    drawn(page)
    assert faults(page, without=LATER_ROWS) == []


def test_streamlit_speaks_the_language_of_the_page(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/gegevens", language="nl")
    for role, name in (("link", "Naar de inhoud"), ("navigation", "Pagina’s")):
        expect(page.get_by_role(role, name=name)).to_have_count(1)
    expect(page.get_by_role("button", name="Kies een bestand")).to_have_count(1)
    expect(page.get_by_role("radio", name="English")).to_have_attribute("lang", "en")
    page.get_by_role("radio", name="English").click()
    settle()
    for role, name in (("link", "Skip to the content"), ("navigation", "Pages")):
        expect(page.get_by_role(role, name=name)).to_have_count(1)
    expect(page.get_by_role("button", name="Choose a file")).to_have_count(1)


def test_statement_and_document_list_the_same():
    document = DOCUMENT.read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| (\d\.\d\.\d+) \|", document, re.M))
    assert listed == KNOWN
    assert TESTED in document
