"""Each height that a page asks for its map has its room in the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import theme
from dashboard.web.drawing import ROOMS

PAGES = Path(__file__).parents[3] / "pages"


@pytest.mark.parametrize("height", ROOMS)
def test_the_style_sheet_keeps_it(height: int):
    assert f".st-key-room_{height} {{ --asked: {height}px; }}" in theme.css()


def test_pages_ask_for_no_other():
    text = "".join(path.read_text("utf-8") for path in sorted(PAGES.glob("*.py")))
    calls = re.findall(r"drawing\.(?:world|explained)_map\((.*)\)", text)
    heights = [re.findall(r"height=(\d+)", call) for call in calls]
    assert len(calls) >= 8
    # Without one it is the height by default.
    assert {int(one) for found in heights for one in found} <= set(ROOMS)
    assert 520 in ROOMS
