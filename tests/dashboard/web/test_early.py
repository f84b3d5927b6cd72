"""What the start page asks for early is what Streamlit asks for later."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit

from dashboard.links import PATHS
from dashboard.web import early

FRONT = Path(streamlit.__file__).parent / "static"


@pytest.mark.parametrize("name", [*early.EVERYWHERE, *early.WITH_MAP])
def test_every_element_has_its_script_in_this_streamlit(name: str):
    assert any(part.startswith(f"{name}.") for part in early.parts((name,)))


def test_parts_bring_what_they_build_on_but_not_what_is_there_first():
    parts = early.parts(("Selectbox",))
    assert any(part.startswith("Autocomplete.") for part in parts)
    assert all((FRONT / "static/js" / part).is_file() for part in parts)
    first = (FRONT / "index.html").read_text("utf-8")
    assert not [part for part in parts if part in first]


@pytest.mark.parametrize(("path", "there"), [("/dekking", True), ("/", True), ("/bronnen", False)])
def test_a_page_with_a_map_asks_for_what_holds_its_frame(path: str, there: bool):
    hints = early.hints(path, "./")
    assert ("/ComponentInstance." in hints) is there
    assert "/Html." in hints and "prefetch" not in hints


def test_pages_with_a_map_are_pages():
    assert set(early.MAPS) <= set(PATHS)


def test_an_address_of_many_steps_is_no_page():
    assert early.hints("/a/dekking", "../../") and early.hints("/a/b/c/dekking", "../../../") == ""
