"""The projector with nothing but keys: steps, the card of a country, and the way out."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.stillness import until

STAGE = ".st-key-stage"


def test_keys_turn_the_steps_and_escape_leaves(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/presenteren?tour=vlekken/gebied=south-america;missies;land/land=ARE")
    expect(page.locator("h1")).to_contain_text("in Zuid-Amerika")
    for chrome in ("stHeader", "stSidebar"):
        expect(page.get_by_test_id(chrome).first).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text("34 Nederlandse politiemensen")
    settle()
    page.keyboard.press("PageDown")
    expect(page.locator("h1")).to_contain_text("Verenigde Arabische Emiraten")
    settle()
    page.keyboard.press("ArrowRight")  # there is no fourth
    page.keyboard.press("PageUp")
    expect(page.locator("h1")).to_contain_text("34 Nederlandse politiemensen")
    settle()
    assert "stap=2" in page.url
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_url(lambda address: "presenteren" not in address)
    expect(page.locator("h1")).to_contain_text("34 Nederlandse politiemensen")  # of that step


def test_the_stage_shows_what_the_reader_had_chosen(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    finding = {}
    for query in ("", "?org=NP"):
        visit(f"/{query}")
        finding[query] = page.locator("h1").inner_text()
    assert finding[""] != finding["?org=NP"]
    page.get_by_role("link", name="Presenteren").click()
    page.wait_for_url("**/presenteren?*")
    settle()
    expect(page.locator("h1")).to_have_text(finding["?org=NP"])
    page.keyboard.press("Escape")
    settle()
    expect(page.locator("h1")).to_have_text(finding["?org=NP"])
    assert "org=NP" in page.url


def test_two_keys_open_the_card_of_a_country(visit: Callable[..., None], page: Page):
    visit("/presenteren")
    page.wait_for_selector("[data-cards]", state="attached")
    page.keyboard.press("e")
    page.keyboard.press("c")
    card = page.locator("dialog.country-card")
    expect(card.locator("h2")).to_contain_text("Ecuador heeft geen officier")
    # The nearest post is row 5 of the annex, Bogota; no mission table names Ecuador.
    expect(card).to_contain_text("NP in Bogota (Colombia), 728 km van de hoofdstad.")
    expect(card).to_contain_text("rij 5")
    expect(card).to_contain_text("Op 12 november 2025: geen. Op 24 november 2023: geen.")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(STAGE)).to_be_visible()  # only the card is gone
    page.keyboard.press("n")
    page.keyboard.press("i")
    expect(card.locator("h2")).to_contain_text("Nigeria")  # of four the one with most people
    page.keyboard.press("ArrowDown")
    expect(card.locator("h2")).not_to_contain_text("Nigeria")
    page.locator("dialog.country-card input").fill("VS")
    expect(card.locator("h2")).to_contain_text("Verenigde Staten")
    # Of Ukraine most is said: what a low window does not hold is announced, and keys lead to it.
    page.set_viewport_size({"width": 1280, "height": 640})
    field, more = card.locator("input"), card.locator(".more")
    field.fill("Oekraïne")
    expect(more).to_be_in_viewport()
    page.keyboard.press("PageDown")
    expect(more).to_be_hidden()
    expect(card.locator(".hint").last).to_be_in_viewport()
    field.fill("Kosovo")
    expect(card.locator("h2")).to_contain_text("Kosovo")
    expect(more).to_be_hidden()
    fits = "e => e.scrollHeight <= e.clientHeight + 1"
    until(page, lambda: card.evaluate(fits), "all of Kosovo is in sight")
    size = card.locator("small").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 14
    expect(card).not_to_contain_text("overnemen")  # nobody copies from a screen
    page.keyboard.type("zzz")
    expect(card).to_contain_text("Geen land of gebied gevonden.")


SIZES = [(1024, 768), (1280, 720), (1920, 1080)]
CUT = """() => [...document.querySelectorAll(
    '.st-key-stage :is(h1, .scenario-banner, svg, iframe, .source-line, button, a)')]
  .map(e => [e.tagName, e.getBoundingClientRect()])
  .filter(([tag, box]) => box.height && (box.top < 0 || box.left < 0 || box.width < 20
    || box.bottom > window.innerHeight || box.right > window.innerWidth))
  .map(([tag, box]) => `${tag} ${box.left} ${box.top} ${box.right} ${box.bottom}`)"""
FILLED = f"""high => document.querySelector('{STAGE} :is(iframe, .stage-chart svg)')
  .getBoundingClientRect().height > 0.4 * high"""
SCENARIO = "bijlage-2025-11~Zonder%2520Dubai~close.17"


def test_nothing_is_cut_off_on_a_projector(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    """A map, a chart, a scenario and a country, by keyboard, on screens of three sizes."""
    visit(f"/presenteren?tour=overzicht;missies;wat-als/scenario={SCENARIO};land/land=ECU")
    for number in range(4):
        if number:
            page.keyboard.press("ArrowRight")
            page.wait_for_url(f"**stap={number + 1}*")
            settle()
        for wide, high in SIZES:
            page.set_viewport_size({"width": wide, "height": high})
            page.wait_for_function(f"({CUT})().length === 0")
            page.wait_for_function(FILLED, arg=high)
        expect(page.locator(".scenario-banner")).to_have_count(1 if number == 2 else 0)
        page.keyboard.press("e")
        card = page.locator("dialog.country-card")
        expect(card.locator("h2")).to_have_count(1)
        without = card.get_by_text("Zonder het scenario")
        expect(without).to_have_count(1 if number == 2 else 0)
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)


def test_home_end_and_the_other_language(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    visit("/presenteren?tour=overzicht;missies;vlekken")
    page.keyboard.press("End")
    expect(page.locator("h1")).to_contain_text("geen officier")
    page.get_by_role("link", name="English").press("Enter")
    expect(page.locator("h1")).to_contain_text("have no officer")
    settle()
    assert "stap=3" in page.url and "tour=" in page.url
    page.keyboard.press("Home")
    expect(page.locator("h1")).to_contain_text("54 posts")


def test_keys_reach_the_stage_from_within_its_map(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    """After a press of the mouse all do; after Tab the map's own keys stay the map's."""
    visit("/presenteren?tour=overzicht;vlekken")
    page.wait_for_selector("[data-cards]", state="attached")
    chosen = page.frame_locator(f"{STAGE} iframe").locator(".card:not(.quiet)")

    def press_map(x: float, y: float) -> None:
        expect(page.frame_locator(f"{STAGE} iframe").locator("html[data-painted]")).to_be_attached()
        settle()
        box = page.locator(f"{STAGE} iframe").bounding_box()
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_function("document.activeElement.tagName === 'IFRAME'")

    press_map(0.02, 0.3)  # the sea
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**stap=2*")
    settle()
    page.keyboard.press("Home")
    expect(page.locator("h1")).to_contain_text("54 posten")
    settle()
    press_map(0.02, 0.3)
    page.keyboard.press("e")
    card = page.locator("dialog.country-card")
    expect(card).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)

    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.tagName === 'IFRAME'")
    page.keyboard.press("ArrowRight")  # to where the map begins
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(1)
    assert "stap=" not in page.url
    settle()
    press_map(0.02, 0.3)
    page.keyboard.press("Escape")  # lets go of what was chosen
    expect(chosen).to_have_count(0)
    settle()
    expect(page.locator(STAGE)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.wait_for_url(lambda address: "presenteren" not in address)
