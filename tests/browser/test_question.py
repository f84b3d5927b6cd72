"""From a key to an answer, and from there to the printed row, without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.silence import Silence
from tests.browser.stillness import until

IN_VIEW = """row => {
  const { top, bottom } = row.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight && document.activeElement === row;
}"""


def test_slash_a_question_and_enter_lead_to_the_row(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
) -> None:
    visit("/toegankelijkheid?org=NP,KMar,GPI", viewport=(1280, 800))
    page.keyboard.press("/")
    expect(page.get_by_label("Zoek in de atlas")).to_be_focused()
    page.keyboard.type("als Dubai sluit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("8 landen en gebieden")
    settle()
    said = parse_qs(urlsplit(page.url).query)
    assert said["vraag"] == ["als Dubai sluit"] and said["org"] == ["NP,KMar,GPI"]
    page.get_by_role("table").get_by_role("link").first.press("Enter")
    row = page.locator("tr[aria-current]")
    expect(row).to_contain_text("Verenigde Arabische Emiraten – NP")
    settle()
    until(page, lambda: row.evaluate(IN_VIEW), "the row is in sight")
    said = parse_qs(urlsplit(page.url).query)
    assert said["rij"] == ["17"] and said["org"] == ["NP,KMar,GPI"] and "vraag" not in said


def typed_on_an_empty_page(address: str, page: Page, *keys: str) -> Silence:
    """A question typed, and these keys pressed, before the server has said a word."""
    silence = Silence(page, begun=True)
    page.goto(f"{address}/bronnen", wait_until="commit")
    page.wait_for_selector("[role=status].unseen", state="attached")  # written by our script
    page.keyboard.press("/")
    page.keyboard.type("als Dubai sluit")
    for key in keys:
        page.keyboard.press(key)
    assert page.get_by_label("Zoek in de atlas").count() == 0
    return silence


def test_slash_is_heard_before_the_box_is_there(address: str, page: Page) -> None:
    typed_on_an_empty_page(address, page).end()
    box = page.get_by_label("Zoek in de atlas")
    expect(box).to_be_focused()
    expect(box).to_have_value("als Dubai sluit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("8 landen en gebieden")


def test_enter_after_slash_is_kept_until_the_box_is_there(address: str, page: Page) -> None:
    typed_on_an_empty_page(address, page, "Enter").end()
    expect(page.get_by_role("heading", level=1)).to_contain_text("8 landen en gebieden")


def test_the_same_question_again_and_one_in_another_language_lead_to_their_answer(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
) -> None:
    visit("/zoeken?vraag=Ghana")
    title, box = page.get_by_role("heading", level=1), page.get_by_label("Zoek in de atlas")
    expect(box).to_have_value("Ghana")
    box.press("Enter")
    expect(title).to_be_focused()
    settle()
    expect(title).to_be_focused()
    # One in the other language is answered in it, and read with its voice.
    reply = page.locator(".st-key-reply")
    expect(reply).to_have_attribute("lang", "nl")
    box.fill("who serves Ghana")
    box.press("Enter")
    expect(title).to_contain_text("Ghana has")
    expect(reply).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_an_old_link_to_a_document_opens_its_tables(visit: Callable[..., None], page: Page) -> None:
    visit("/bronnen#kst-31015-94")
    page.wait_for_url("**document=kst-31015-94**")
    expect(page.get_by_role("table").first).to_contain_text("in Ankara, Madrid en Rabat")


def test_a_key_on_a_phone_opens_the_search_box_in_the_menu(
    visit: Callable[..., None], page: Page
) -> None:
    visit("/vlekken", viewport=(390, 844))
    key = page.get_by_role("button", name="Open het zoekveld")
    expect(key).to_be_in_viewport(ratio=1)
    for way in ("Naar de inhoud", "Menu: open de keuzes", "Open het zoekveld"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_accessible_name(way)
    page.keyboard.press("Enter")
    box = page.get_by_label("Zoek in de atlas")
    expect(box).to_be_focused()
    expect(page.get_by_test_id("stMain")).to_have_attribute("inert", "")  # the menu is open
    expect(box).to_be_focused()
    expect(key).to_be_hidden()
    page.keyboard.type("Ghana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ghana heeft")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def test_on_a_phone_the_map_of_a_comparison_stands_on_the_first_screen(
    visit: Callable[..., None], page: Page
) -> None:
    visit("/vergelijken", viewport=(390, 844))
    expect(page.locator("iframe").first).to_be_in_viewport(ratio=0.9)
    sides = page.locator(".st-key-w_compare_1")
    expect(sides).to_be_hidden()
    page.get_by_role("button", name="De twee kanten kiezen").click()
    expect(sides).to_be_visible()


def test_the_menu_of_a_phone_shuts_when_its_search_has_an_answer(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
) -> None:
    visit("/toegankelijkheid", viewport=(390, 844))
    sidebar = page.get_by_test_id("stSidebar")
    for question in ("als Dubai sluit", "Ghana"):
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(sidebar).to_have_attribute("data-collapsed", "false")
        page.get_by_label("Zoek in de atlas").fill(question)
        page.get_by_label("Zoek in de atlas").press("Enter")
        expect(sidebar).to_have_attribute("data-collapsed", "true")
        settle()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_test_id("stMain")).not_to_have_attribute("inert", "")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    page.reload()
    settle()
    expect(sidebar).to_have_attribute("data-collapsed", "true")


def test_the_menu_of_a_phone_shuts_when_the_page_below_it_has_changed(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
) -> None:
    visit("/downloads", viewport=(390, 844))
    sidebar, title = page.get_by_test_id("stSidebar"), page.get_by_role("heading", level=1)
    steps = [
        (page.locator(".st-key-w_language button", has_text="English"), "All data in one package"),
        (sidebar.get_by_role("link", name="Accessibility"), "Accessibility"),
        (sidebar.get_by_role("link", name="Accessibility"), "Accessibility"),  # where one is
        (page.locator(".st-key-w_language button", has_text="Nederlands"), "van Liaisonatlas"),
    ]
    for press, said in steps:
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(sidebar).to_have_attribute("data-collapsed", "false")
        press.click()
        expect(sidebar).to_have_attribute("data-collapsed", "true")
        settle()
        expect(title).to_contain_text(said)
        expect(page.get_by_test_id("stMain")).not_to_have_attribute("inert", "")
