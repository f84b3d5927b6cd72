"""What a browser receives before any script has run: the page's language, name and policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.deploy.stack import get


@pytest.mark.parametrize(
    ("query", "language"), [("", "nl"), ("?taal=nl", "nl"), ("?taal=en", "en")]
)
@pytest.mark.parametrize("path", ["/", "/bronnen"])
def test_start_page(address, path, query, language):
    status, headers, body = get(f"{address}{path}{query}")
    text = body.decode()
    assert status == 200 and f'<html lang="{language}"' in text
    assert "<title>Liaisonatlas</title>" in text
    assert "default-src 'self'" in headers["content-security-policy"]


def test_language_attribute_follows_the_page(visit, page):
    visit("/bronnen", language="en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visit("/bronnen", language="nl")
    expect(page.locator("html")).to_have_attribute("lang", "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_pages_stand_in_the_menu_of_a_small_laptop(visit, page, language):
    visit("/toegankelijkheid", language=language, viewport=(1280, 800))
    links = page.get_by_test_id("stTopNavLink")
    expect(links).to_have_count(12)
    names = [name.strip() for name in links.all_inner_texts()]
    assert names[-3:] in (
        ["Bronnen", "Gegevens", "Uitleg"],
        ["Sources", "Data", "Explanation"],
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-testid='stTopNavSection']")]
          .every(each => !each.checkVisibility({ opacityProperty: true }))"""
    )
