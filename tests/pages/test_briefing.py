"""The questions of a briefing: from the start page in one click, with the document.

The answers are read in the annexes of 2023 and 2025 and in the letter of 2013 (paragraphs 18, 25).
What closes with Dubai takes three clicks: `tests/browser/test_briefing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest

from tests.pages.reading import visible

NETWORK = "tabel 1"
# What is asked, words of the title of the answer, and what else stands there.
QUESTIONS = [
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
]


def test_one_click_answers_with_the_document(screen: Callable[..., AppTest]) -> None:
    links = [element.proto for element in screen().get("page_link")]
    for question, title, answers in QUESTIONS:
        [link] = [each for each in links if each.label.startswith(question)]
        app = screen(link.page, **dict(parse_qsl(link.query_string)))
        assert not app.exception and title in " ".join(app.title[0].value.split())
        text = re.sub(" (?=[,;])", "", visible(app))  # where a link to a row ends
        assert [answer for answer in answers if answer not in text] == []
