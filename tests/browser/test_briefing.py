"""A question of a briefing that takes three clicks from the start page.

Those that take one are asked without a browser, in `tests/pages/test_briefing.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_three_clicks_tell_what_happens_if_dubai_closes(
    visit: Callable[..., None], page: Page, settle: Callable[[], None]
):
    """Row 17 prints nine countries; Jordan is printed in row 20 too, for Beirut."""
    visit("/")
    page.get_by_role("link", name="Wat gebeurt er als een post sluit").click()
    page.wait_for_url("**/wat-als**")
    settle()
    page.get_by_role("combobox", name="Sluit een post").click()
    page.keyboard.type("Dubai")  # or scrolled to: fifty-five posts
    page.get_by_role("option", name="Dubai").click()
    expect(page.locator("h1")).to_contain_text("8 landen")
    for answer in ("Oman", "Jordanië", "bijlage najaar 2025, tabel 1, rij 17"):
        expect(page.get_by_text(answer).first).to_be_visible()
