"""The page of missions since 1990: choices in the address, and what is read of one month."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

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
