"""What the start page asks for early is what Streamlit asks for later."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize(
    ("path", "home", "there"),
    [("/dekking", "./", True), ("/", "./", True), ("/atlas/dekking", "../", True),
     ("/vlekken", "./", False), ("/a/b/c/dekking", "../../../", False)],
)  # fmt: skip
def test_a_page_of_the_coverage_asks_for_its_first_map(path: str, home: str, there: bool):
    """With the choices of its own address; what a stranger wrote there cannot end the link."""
    found = early.first_map(path, home, 'org=NP&x="><script>')
    links = re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]*)">', found)
    assert (
        "".join(links) == "".join(re.findall(r'href="([^"]*)"', found)) and "<script" not in found
    )
    assert [link.partition("?")[0] for link in links] == [
        f"{home}{path}"
        for path in ("map.json", "app/static/map/outlines.json", "app/static/map/classes.json")
        if there
    ]
    if there:
        assert links[0] == f"{home}map.json?org=NP&amp;x=&quot;&gt;&lt;script&gt;"
