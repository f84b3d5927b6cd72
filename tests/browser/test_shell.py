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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_pages_stand_in_the_menu_of_a_small_laptop(visit, page, language):
    visit("/toegankelijkheid", language=language, viewport=(1280, 800))
    links = page.get_by_test_id("stTopNavLink")
    names = [name.strip() for name in links.all_inner_texts()]
    assert len(names) == 12 and names[-3:] in (
        ["Bronnen", "Gegevens", "Uitleg"],
        ["Sources", "Data", "Explanation"],
    )
    assert (
        page.get_by_test_id("stTopNavSection").evaluate_all(
            "more => more.filter(each => each.checkVisibility({ opacityProperty: true })).length"
        )
        == 0
    )
