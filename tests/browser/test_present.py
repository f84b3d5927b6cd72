"""The projector with nothing but keys: steps, the card of a country, and the way out."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

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
    assert "presenteren" not in page.url
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
    expect(card.locator("h2")).to_contain_text("Ecuador heeft geen liaisonofficier")
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
    page.keyboard.type("zzz")
    expect(card).to_contain_text("Geen land of gebied gevonden.")
