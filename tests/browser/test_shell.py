"""What a browser receives before any script has run: the page's language, name and policy."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("query", "language"), [("", "nl"), ("?taal=nl", "nl"), ("?taal=en", "en")]
)
@pytest.mark.parametrize("path", ["/", "/bronnen"])
def test_start_page(page, address, path, query, language):
    answer = page.goto(f"{address}{path}{query}")
    text = answer.text()
    assert f'<html lang="{language}"' in text
    assert "<title>Liaisonatlas</title>" in text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_language_attribute_follows_the_page(visit, page):
    visit("/bronnen", language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    visit("/bronnen", language="nl")
    assert page.locator("html").get_attribute("lang") == "nl"
