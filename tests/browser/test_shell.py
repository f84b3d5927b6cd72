"""What a browser receives before any script has run: the page's language, name and policy."""

from __future__ import annotations

import pytest

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
    assert page.locator("html").get_attribute("lang") == "en"
    visit("/bronnen", language="nl")
    assert page.locator("html").get_attribute("lang") == "nl"
