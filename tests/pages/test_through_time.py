"""The network over several releases: a slider over the complete ones, words for the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import snapshot
from dashboard.__main__ import main
from tests.pages.reading import visible

Screen = Callable[..., AppTest]
CLEAR, NEWEST, BEFORE = "clear.txt", "bijlage-2026-05", "bijlage-2025-11"


def captions(app: AppTest) -> str:
    """Every caption of a screen as plain words."""
    return " ".join(each.value for each in app.caption).replace("\\", "")


def test_one_complete_network_has_no_slider(screen: Screen):
    app = screen("dekking")
    assert not app.exception and not app.select_slider and "schuif" not in captions(app)


def test_the_slider_goes_over_complete_networks_only(imported: Screen):
    app = imported("dekking")
    [slider] = app.select_slider
    # The letter of 2013 names a part of the network, the annex of 2023 has none.
    assert slider.options == ["begin 2026", "12 mei 2026"]
    assert slider.value == NEWEST
    assert "9 oktober 2013" in captions(app) and "wat het niet noemt, is onbekend" in captions(app)
    before = app.title[0].value
    slider.set_value(BEFORE).run()
    assert app.query_params["release"] == BEFORE
    assert app.title[0].value != before and "138" in app.title[0].value
    app = imported("dekking", release=BEFORE, taal="en")
    assert app.select_slider[0].value == BEFORE
    assert app.select_slider[0].label.startswith("Network over the years, from early 2026")


def test_a_part_of_the_network_is_on_no_slider(imported: Screen):
    app = imported("dekking", release="kst-31015-94")
    assert not app.exception and not app.select_slider
    assert "U ziet nu een deel van het netwerk" in captions(app)
    [button] = [each for each in app.button if "volledige netwerk van 12 mei 2026" in each.label]
    button.click().run()
    assert app.query_params["release"] == NEWEST and app.select_slider


def test_two_of_one_day_are_told_apart(imported: Screen, tmp_path: Path):
    for command in (
        ["export", "release", "--release", NEWEST, "-o", str(tmp_path / "a.csv")],
        ["import", str(tmp_path / "a.csv")],
    ):
        assert main(command) == 0
    app = imported("dekking")
    assert app.select_slider[0].options == ["begin 2026", "12 mei 2026 (1)", "12 mei 2026 (2)"]
    for number, file in enumerate((CLEAR, "a.csv"), 1):
        named = f"12 mei 2026 ({number}): Bijlage Internationaal, peildatum 12 mei 2026 ({file})"
        assert named in visible(app)
    assert app.select_slider[0].value == f"{NEWEST}-2"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_list_that_was_typed_in_says_that_it_is_a_part(
    screen: Screen, tmp_path: Path, language: str
):
    file = tmp_path / "older.csv"
    for command in (
        ["template", str(file), "--from", "kst-31015-94"],
        ["import", str(file), "--as-of", "2012-06", "--partial"],
    ):
        assert main(command) == 0
    snapshot.begin()
    app = screen("dekking", release="bijlage-2012-06", taal=language)
    assert not app.exception and not app.error
    part = {"nl": "juni 2012, een deel van het netwerk", "en": "June 2012, a part of the network"}
    assert part[language] in " ".join(each.proto.body for each in app.get("html"))


def test_posts_as_lines_between_two_networks(imported: Screen):
    """Of the three posts of May 2026 that of Quito is the one in South America, and new."""
    app = imported("geschiedenis", gebied="south-america")
    assert not app.exception and not app.error
    text = " ".join(each.value for each in app.markdown).replace("\\", "")
    # Rows 2, 5, 6, 7, 9 and 12 of table 1 of January; row 10 is planned, row 8 in the Caribbean.
    assert "1 post kwam erbij en 6 posten staan niet meer in het nieuwste" in text
    table = next(
        each.proto.body for each in app.get("html") if "Nieuw in het netwerk" in each.proto.body
    )
    row = next(row for row in table.split("</tr>") if "Quito" in row)
    assert "tussen januari 2026 en 12 mei 2026" in row and "staat er nog: 12 mei 2026" in row
