"""Every screen speaks of an imported release as it does of a committed one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main as command
from tests.pages.reading import html

RELEASE = "bijlage-2026-05"
Screen = Callable[..., AppTest]


def said(app: AppTest) -> str:
    """Every word of the screen, without style, script and what fills tables in the browser."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
    parts = [element.value for kind in kinds for element in getattr(app, kind)]
    parts += [
        element.proto.body for element in app.get("html") if "data-fill" not in element.proto.body
    ]
    bare = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", " ".join(parts), flags=re.S)
    return " ".join(bare.split())


PATHS = ("", "dekking", "land", "bronnen", "gegevens")
QUESTIONS = ("vlekken", "wat-als", "vergelijken", "missies", "netwerk")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_screen(imported: Screen, language: str):
    for path in (*PATHS, *QUESTIONS):  # one import for all of them
        app = imported(path, taal=language, land="ECU")
        assert not app.exception and not app.error, path
        assert not re.search(r"\bnan\b|<NA>|\bNone\b|\bNaT\b", said(app)), path
        assert app.query_params["release"] == RELEASE


def test_what_a_second_network_lost(imported: Screen):
    # In the annex of 2025 rows 3, 5 and 11 serve the eight states of Central America; the import
    # names none of them, and in South America only Ecuador and Peru.
    app = imported("vlekken", soort="lost", gebied="central-america")
    assert app.title[0].value == "8 landen in Midden-Amerika waren eerder bediend en nu niet meer"
    assert "Niet meer bediend · 8" in app.get("button_group")[0].options
    text = said(app).replace("\\", "")
    assert "Wij lazen alle 3 rijen" in text and "Geen officier; Niet meer bediend" in (
        text.replace("\N{NO-BREAK SPACE}", " ")
    )
    app = imported("vlekken", soort="lost", gebied="south-america")
    assert "Peru" not in app.markdown[0].value and "Colombia" in app.markdown[0].value


def test_figures_and_their_source(imported: Screen):
    text = said(imported(""))
    # Three postings serve Ecuador, Peru, Kenya, Uganda and Spain; five officers in two missions.
    assert text.startswith("3 posten met liaisonofficieren bedienen 5 landen en gebieden")
    assert "34 uitgezonden Nederlandse politiemensen op 12 november 2025, 5 op 12 mei 2026" in text
    assert "peildatum 12 mei 2026 (clear.txt)" in text
    country = said(imported("land", land="ECU"))
    assert "Ecuador heeft 1 officier in het land" in country
    assert "document met peildatum 12 mei 2026, tabel 1, rij 1" in country


def test_the_data_page_lists_it(imported: Screen):
    text = said(imported("gegevens"))
    assert text.startswith("4 documenten in de atlas; het nieuwste volledige netwerk is van 12 mei")
    assert re.search(r"in gebruik ingelezen \d+ [a-z]+ \d{4}, ", text)
    assert "Opgenomen" in html(imported("gegevens"))  # by whom and when


def test_a_withdrawn_release_is_shown_nowhere(imported: Screen):
    assert command(["release", "withdraw", RELEASE, "--reason", "test"]) == 0
    app = imported("", release=RELEASE)
    assert app.title[0].value.startswith("54 ")
    assert app.query_params["release"] == "bijlage-2025-11"
    [warning] = app.warning
    assert "gemaakt op **Netwerk 12 mei 2026**. Dat document is ingetrokken" in warning.value
