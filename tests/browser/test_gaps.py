"""The gaps in a real browser: an answer in one click, and figures of the reader's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

SOUTH_AMERICA = "1 land in Zuid-Amerika heeft geen officier"
# Where a link leads once it is pressed.
PRESSED = """link => {
  link.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  return link.href;
}"""


def test_who_has_no_officer_and_who_hangs_on_belgium(
    visit: Callable[..., Any], page: Page, settle: Callable[[], None]
):
    visit("/")
    page.get_by_role("link", name="Welke landen hebben geen officier").click()
    expect(page.locator("h1")).to_have_text(SOUTH_AMERICA)
    settle()
    expect(page.get_by_text("Land: Ecuador.", exact=True)).to_be_visible()
    expect(page.locator(".source-line").first).to_contain_text("Wij lazen alle 55 rijen")
    page.get_by_text("Alleen een Belgische officier ·").click()  # instead of the other kind
    expect(page.locator("h1")).to_contain_text("alleen door de Belgische politie bediend")
    settle()
    assert "soort=partner_only" in page.url
    page.get_by_text("Meer tegelijk tonen").click()
    settle()
    page.get_by_role("button", name=re.compile("^Geen officier")).click()  # beside it
    expect(page.locator("h1")).to_contain_text("ten minste één van de gekozen punten")
    settle()
    assert "soort=uncovered%2Cpartner_only" in page.url
    # Another page is another map: where this one was moved does not go along.
    page.frame_locator("iframe[title]").first.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function("() => location.search.includes('kaart=')")
    dossier = page.locator("table a[href*='land?']").first.evaluate(PRESSED)
    assert "soort=" in dossier and "kaart=" not in dossier


def test_own_figures_are_weighed_and_leave_no_trace(
    visit: Callable[..., Any], page: Page, settle: Callable[[], None], tmp_path: Path
):
    wrong, own = tmp_path / "fout.csv", tmp_path / "eigen.csv"
    wrong.write_text("land;verzoeken\nEcuador;12,5\nZwedn;8\n", encoding="utf-8")
    own.write_text("land;verzoeken\nEcuador;12,5\nIndia;8\n", encoding="utf-8")
    visit("/vlekken?gebied=south-america")
    page.get_by_text("Eigen cijfers meewegen").click()
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_text("Misschien is Zweden (SWE) bedoeld")).to_be_visible()
    settle()
    page.locator("input[type=file]").set_input_files(own)
    slider = page.get_by_role("slider", name="verzoeken")
    expect(slider).to_be_visible()
    settle()
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    settle()
    page.get_by_role("link", name="Zonder officier").first.click()
    expect(slider).to_be_visible()  # it stays in the session, and out of the address
    settle()
    assert "verzoeken" not in page.url
    page.get_by_role("button", name="Haal weg").click()
    expect(slider).to_have_count(0)
