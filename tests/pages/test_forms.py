"""Every screen runs, and writes numbers and dates as its language writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.links import PATHS
from tests.pages.reading import visible

MONTHS = {
    "nl": "januari februari maart mei juni juli augustus oktober",
    "en": "January February March May June July August October",
}
WRONG = {
    # A comma between thousands, a point before decimals; and the other way round.
    "nl": (r"\b\d{1,3},\d{3}\b(?!,)", r"\b\d+\.\d{1,2}\b(?![.\d])"),
    "en": (r"\b\d{1,3}\.\d{3}\b(?!\.)", r"\b\d+,\d{1,2}\b(?![,\d])"),
}
ISO = r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?\b"
# Names of documents and files, what is quoted, places in a document, versions, addresses and codes
# stay as they are in any language.
NAMED = re.compile(
    r"(?:bijlage|kst|ips|clingendael|brief)-[\w.-]+|https?://\S+|[\w/-]+\.(?:csv|py|json|geojson)"
    r"|‘[^’]*’|“[^”]*”|(?:WCAG|versie|version|van|of|in) 2\.\d"
    r"|\b(?:nr|no)\. ?\d+|\b\d+ ?\d* ?\d*, nr\. \w+|\b\d\.\d+(?:\.\d+)+\b"
    r"|\b\d\.\d{1,2} [A-Z]|EN 301 549|CC BY \d\.\d|OFL \d\.\d|EUPL-\d\.\d|\b5\.1\.1\b",
)
# Opened with what makes most of them speak.
QUERIES = {
    "country": {"land": "ECU"},
    "compare": {"links": "NP+KMar", "rechts": "GPI"},
    "whatif": {"scenario": "bijlage-2025-11~~close.17", "gebied": "western-asia"},
}


def seen(app: AppTest) -> Iterator[str]:
    """Every text that the screen draws, without its marks."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning"):
        for element in app.get(kind):
            yield str(element.value)
    for element in app.get("html"):
        body = re.sub(r"<(style|script)>.*?</\1>|data-[\w-]+='[^']*'", "", element.proto.body)
        if "<style" in body or "<script" in body:
            continue
        for row in re.split(r"</(?:td|th|p|li|dd|dt|caption|h\d)>", body):
            yield unescape(re.sub(r"<[^>]*>", " ", row))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", sorted(PATHS))
def test_numbers_and_dates_are_written_as_the_language_writes_them(
    page: str, language: str, screen: Callable[..., AppTest]
) -> None:
    other = "en" if language == "nl" else "nl"
    app = screen(PATHS[page], taal=language, **QUERIES.get(page, {}))
    assert not app.exception and not app.error
    assert len(app.title) == 1
    assert "{" not in visible(app)
    drawn = [NAMED.sub(" ", text) for text in seen(app)]
    assert sum(map(len, drawn)) > 100
    months = r"\b\d{1,2} (?:" + "|".join(MONTHS[other].split()) + r")\b"
    wrong = [
        " ".join(text.split())[:90]
        for text in drawn
        for pattern in (*WRONG[language], ISO, months)
        if re.search(pattern, text)
    ]
    assert wrong == []
