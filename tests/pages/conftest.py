"""Runs one screen of the real app without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

SCRIPT = Path(__file__).parents[2] / "dashboard" / "app.py"


def open_screen(path: str = "", **query: str | list[str]) -> AppTest:
    """The screen at an address after its first run."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    # AppTest can switch to a page that is a file only; ours are functions.
    app._page_hash = calc_hash(path)
    return app.run()


@pytest.fixture
def screen(own_store: Path) -> Callable[..., AppTest]:
    """(path, address parameters) -> the screen after its first run, over a store of its own."""
    return open_screen


@pytest.fixture
def imported(own_imported_store: Path) -> Callable[..., AppTest]:
    """The same over a store that an annex of May 2026 was imported into."""
    return open_screen
