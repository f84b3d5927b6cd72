"""New posts in a real browser: two are chosen, and one click makes a scenario of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect


def test_two_posts_are_chosen_drawn_and_tried(
    visit: Callable[..., Any], page: Page, settle: Callable[[], None]
):
    visit("/plaatsen")
    page.get_by_test_id("stButtonGroup").get_by_text("2", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("2 officieren in")
    settle()
    assert "posten=2" in page.url
    expect(page.locator("iframe").first).to_be_visible()
    page.get_by_role("link", name="Toon deze posten in Wat als").click()
    settle()
    assert "wat-als" in page.url and page.url.count("add.") == 2
