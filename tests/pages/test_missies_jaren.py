"""The page of missions since 1990: choices in the address, and what is read of one month."""

from __future__ import annotations

import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.reading import html

Screen = Callable[..., AppTest]
PATH = "missies-sinds-1990"


def test_one_month_is_read_and_the_impossible_number_is_not(screen: Screen):
    app = screen(PATH, maand="2003-11")
    assert not app.exception and not app.error
    text = " ".join(element.value for element in app.markdown).replace("\\", "")
    # Belgium has 1 in this month; the Dutch number of the source is impossible.
    assert "Wat de bronnen van november 2003 zeggen" in text
    assert "VN, Nederland: onbekend" in text and "VN, België: 1" in text
    assert "415" not in text


def test_choices_stand_in_the_address(screen: Screen):
    app = screen(PATH)
    app.selectbox(key="w_mission").set_value("UNMISS").run()
    assert app.query_params["missie"] == "UNMISS"
    assert app.title[0].value == "UNMISS: wat de bronnen sinds 1990 zeggen"
    app = screen(PATH, zender="BEL", missie="Atlantis", taal="en")
    assert not app.exception and "Atlantis" in " ".join(each.value for each in app.warning)
    assert app.title[0].value.startswith("Of Belgian police in missions")


def test_a_source_line_names_a_document_once_and_links_it_there(screen: Screen) -> None:
    lines = re.findall(r"<p class='source-line'>(.*?)</p>", html(screen("missies-sinds-1990")))
    [line] = [line for line in lines if "2023" in line]
    bare = re.sub(r"<[^>]+>", "", line)
    names = (
        "Politie in VN-missies per maand, 1990-2014",
        "Bijlage Internationaal bij het tweede halfjaarbericht politie 2023",
        "Bijlage Internationaal bij het tweede halfjaarbericht politie 2025",
        "The Future of Police Missions, appendix F (Clingendael)",
    )
    assert [bare.count(name) for name in names] == [1] * 4
    assert line.count("<a href=") == 4


def test_what_follows_a_source_begins_after_a_full_stop(screen: Screen) -> None:
    lines = re.findall(r"<p class='source-line'>(.*?)</p>", html(screen("netwerk")))
    linked = [line for line in lines if "to-printed" in line]
    assert linked and all(re.search(r"[.>] <span class='to-printed'>", line) for line in linked)
