"""The questions of a briefing: from the start page in three clicks or fewer, with the document.

The answers are read in the annexes of 2023 and 2025 and in the letter of 2013 (paragraphs 18, 25).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

ANNEX = "bijlage-2025-11"
NETWORK = "tabel 1"


@pytest.mark.parametrize(
    ("question", "title", "answers"),
    [
        (
            "Welke landen hebben geen officier",
            "in Zuid-Amerika",
            ["Ecuador", "Wij lazen alle 55 rijen", NETWORK],
        ),
        (
            "Welke landen hebben alleen een Belgische officier",
            "5 landen",
            # rows 50, 30, 54, 22 and 52
            ["Andorra", "Mali", "Pakistan", "Rusland", "San Marino", NETWORK],
        ),
        (
            "Hoeveel politiemensen zijn in missies",
            "34 Nederlandse politiemensen in 12 missies op 12 november 2025, 6 meer dan op 24 "
            "november 2023",
            ["bijlage najaar 2023 (24 november 2023) en bijlage najaar 2025 (12 november 2025)"],
        ),
        (
            "Waar zitten twee Nederlandse officieren",
            "In 6 steden",
            [
                "bijlage najaar 2025, tabel 1, rijen 33, 46 en 50; "
                "Kamerbrief van 9 oktober 2013, alinea 18",
                "Nairobi",
            ],
        ),
        (
            "Sinds wanneer zit er een officier in Lissabon",
            "5 van de 5 posten in EU-landen",
            ["Tussen 2013 en begin 2026", "alinea 25", "(bijlage najaar 2025, tabel 1, rij 38)"],
        ),
    ],
)
def test_one_click_answers_with_the_document(
    visit: Callable[..., None], page: Page, question: str, title: str, answers: list[str]
):
    visit("/")
    page.get_by_role("link", name=question).click()
    expect(page.locator("h1")).to_contain_text(title)
    for answer in answers:
        expect(page.get_by_text(answer).first).to_be_visible()


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
