"""The next annex in a real browser: from the file on the page to the changed map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Settle = Callable[[], None]
CLEAR = Path(__file__).parents[1] / "annexes" / "clear.txt"


def open_page(page: Page, address: str, path: str, settle: Settle) -> None:
    page.goto(f"{address}{path}")
    settle()


def hand_in(page: Page, file: Path, settle: Settle) -> None:
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("h1")).to_contain_text(f"{file.name} is gelezen")
    settle()


def card(page: Page, printed: str):
    """The card of the question about a printed text."""
    cards = page.locator('[class*="st-key-question_"]')
    return cards.filter(has=page.get_by_text(f"“{printed}”", exact=True))


def answer(page: Page, printed: str, choice: str, settle: Settle, reason: str = "") -> None:
    here = card(page, printed)
    here.get_by_role("combobox").click()
    page.keyboard.type(choice)
    page.get_by_role("option", name=re.compile(re.escape(choice))).first.click()
    settle()
    if reason:
        here.get_by_label("Waarom").fill(reason)
        page.keyboard.press("Enter")
        settle()
    here.get_by_role("button", name="Beslis").click()
    expect(card(page, printed)).to_have_count(0)
    settle()


def test_from_the_file_to_the_changed_map(
    page: Page, own_address: str, settle: Settle, next_annex: Path
):
    open_page(page, own_address, "/gegevens", settle)
    hand_in(page, next_annex, settle)
    expect(page.locator("h1")).to_contain_text("nog 5 vragen")
    expect(page.get_by_text("Kan nog niet")).to_be_visible()
    answer(page, "Congo", "Congo-Kinshasa", settle)
    answer(page, "AIVD", "Hele rij weglaten", settle, "geen politie")
    answer(page, "NP / GPI", "NP – Nederlandse politie", settle)
    answer(page, "Vilnistan", "Geen land", settle)
    number = card(page, "drie")
    number.get_by_label("Juiste waarde").fill("3")
    page.keyboard.press("Enter")
    settle()
    number.get_by_role("button", name="Beslis").click()
    expect(page.locator("h1")).to_contain_text("8 posten en 3 missies")
    settle()
    # What changes: Ecuador, Zambia and Congo are gained, on the map and in the list.
    expect(page.get_by_text("3 landen worden nieuw bediend")).to_be_visible()
    shapes = page.frame_locator("iframe[title*=Kaart]").locator("path.unit[data-state=gained]")
    expect(shapes).to_have_count(3)
    page.get_by_role("button", name="Opnemen in de atlas").click()
    expect(page.get_by_text("staat in de atlas")).to_be_visible()
    settle()
    # From here on the whole dashboard speaks of it.
    page.get_by_role("link", name="Kaart", exact=True).click()
    settle()
    # By hand: ECU PER BOL, USA CAN BHS, KEN SDN SSD COD, ZMB NZL, ESP; Poland is only planned.
    expect(page.locator("h1")).to_contain_text("bedienen 13 van")
    ecuador = page.frame_locator("iframe[title*=Kaart]").locator("path.unit[data-iso=ECU]")
    expect(ecuador).to_have_attribute("data-state", "post")


def test_what_another_process_imported_is_seen_without_a_restart(
    page: Page, imported_address: str, settle: Settle
):
    open_page(page, imported_address, "/", settle)
    expect(page.locator("h1")).to_contain_text("3 posten met liaisonofficieren bedienen 5")
    open_page(page, imported_address, "/bronnen?document=bijlage-2026-05", settle)
    expect(page.get_by_text("peildatum 12 mei 2026 (clear.txt)").first).to_be_visible()


def test_what_is_refused_taken_back_or_cancelled_leaves_no_trace(
    page: Page, imported_address: str, settle: Settle, next_annex: Path, tmp_path: Path
):
    open_page(page, imported_address, "/gegevens", settle)
    wrong = tmp_path / "brief.docx"
    wrong.write_text("<html><body>geen Word</body></html>")
    for file, words in ((CLEAR, "al eerder ingelezen"), (wrong, "brief.docx")):
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_test_id("stAlert")).to_contain_text(words)
        settle()
        expect(page.locator("h1")).to_contain_text("4 documenten in de atlas")
    hand_in(page, next_annex, settle)
    answer(page, "Vilnistan", "Geen land", settle)
    expect(page.locator("h1")).to_contain_text("nog 4 vragen")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.locator("h1")).to_contain_text("nog 5 vragen")
    expect(card(page, "Vilnistan")).to_have_count(1)
    settle()
    answer(page, "Congo", "Congo-Kinshasa", settle)
    page.get_by_role("button", name="Stop en gooi weg").click()
    expect(page.locator("h1")).to_contain_text("4 documenten in de atlas")
    settle()
    expect(page.locator("input[type=file]")).to_have_value("")
    hand_in(page, next_annex, settle)
    expect(page.locator("h1")).to_contain_text("nog 5 vragen")


def test_withdrawn_and_put_back(page: Page, imported_address: str, settle: Settle):
    open_page(page, imported_address, "/gegevens", settle)
    page.get_by_role("button", name="Trek in: Netwerk 12 mei 2026").click()
    settle()
    page.get_by_label("Reden").fill("proef")
    page.keyboard.press("Enter")
    settle()
    page.get_by_role("button", name="Trek in", exact=True).click()
    expect(page.get_by_text("is ingetrokken")).to_be_visible()
    settle()
    open_page(page, imported_address, "/", settle)
    expect(page.locator("h1")).to_contain_text("138 landen en gebieden")
    open_page(page, imported_address, "/gegevens", settle)
    page.get_by_role("button", name="Zet terug: Netwerk 12 mei 2026").click()
    settle()
    page.get_by_role("button", name="Zet terug", exact=True).click()
    expect(page.get_by_text("is in gebruik")).to_be_visible()
