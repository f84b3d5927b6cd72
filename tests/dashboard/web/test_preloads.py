"""What the start page names beforehand: files that are there, once; nothing at odd addresses."""

from __future__ import annotations

import re

from dashboard.figures.map_elements import STATIC, version
from dashboard.web import preloads

SCRIPTS = preloads.FRONT_END / "static" / "js"


def test_the_code_of_each_element_is_named_with_what_it_needs() -> None:
    names = preloads.scripts()
    assert {name.split(".")[0] for name in names} >= set(preloads.ELEMENTS)
    assert all((SCRIPTS / name).is_file() for name in names)
    start = (preloads.FRONT_END / "index.html").read_text("utf-8")
    assert not [name for name in names if name in start], "the start page names these itself"
    # A box to choose from cannot stand without the code of lists, which it imports.
    box = next(name for name in names if name.startswith("Selectbox."))
    imported = set(re.findall(r"\./(use[\w-]+\.[\w-]+\.js)", (SCRIPTS / box).read_text("utf-8")))
    assert imported and all(name in start or name in names for name in imported)


def test_the_files_of_the_map_are_named_under_their_version() -> None:
    paths = re.findall(r'prefetch" href="\.\./(?:app/static/)?([^"]+)"', preloads.links("../"))
    assert any(path.startswith("component/streamlit_folium.st_folium/static/js/") for path in paths)
    own = [path for path in paths if not path.startswith("component/")]
    assert {path.partition("?")[2] for path in own} == {f"v={version()}"}
    made = {"map/map.js"}  # put together by the server
    files = {path.partition("?")[0] for path in own}
    assert all((STATIC / path).is_file() for path in files - made) and made <= files


def test_an_address_of_many_steps_is_no_page() -> None:
    assert preloads.links("../../") and preloads.links("../" * 3) == ""
