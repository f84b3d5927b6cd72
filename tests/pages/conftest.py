"""Runs one screen of the real app without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import snapshot

SCRIPT = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """(path, address parameters) -> the screen after its first run."""
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.delenv("LIAISONATLAS_DATABASE_URL", raising=False)
    snapshot.begin()  # a command of an earlier test may have left its store in this process

    def open_(path: str = "", **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        # AppTest can switch to a page that is a file only; ours are functions.
        app._page_hash = calc_hash(path)
        return app.run()

    return open_
