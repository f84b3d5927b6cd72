"""One damaged file: a readable message where it matters, and everything else goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("", "dekking", "land", "bronnen", "gegevens")
SCRIPT = """
import json, sys
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
seen = {}
for path in sys.argv[2:]:
    app = AppTest.from_file(sys.argv[1], default_timeout=60)
    app.query_params["land"] = "KEN"
    app._page_hash = calc_hash(path)
    app.run()
    seen[path] = {
        "crashed": len(app.exception),
        "errors": [error.value for error in app.error],
        "warnings": [warning.value for warning in app.warning],
        "title": [title.value for title in app.title],
        "ticks": len(app.checkbox),
    }
print(json.dumps(seen))
"""


def screens(tmp_path: Path, file: str, old: str, new: str) -> dict[str, Any]:
    """Every screen of a copy of the product in which one cell of `file` is damaged."""
    copy = tmp_path / "copy"
    for folder in ("dashboard", "geo", "data", "pages", ".streamlit"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "data" / "reference" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, str(copy / "dashboard" / "app.py"), *PAGES]
    variables = {"PYTHONPATH": str(copy), "LIAISONATLAS_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=copy,
        timeout=120,
        check=True,
        env=os.environ | variables,
    )
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert all(not screen["crashed"] for screen in seen.values()), seen
    return seen


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        (
            "releases/bijlage-2025-11/deployments.csv",
            ",OSCE,1,",
            ",OSCE,één,",
            {"", "land", "bronnen"},
        ),
        ("key_figures.csv", ",EUR,", ",yen,", {"bronnen"}),
        ("documents.csv", "2013-10-09", "9 oktober", set(PAGES)),
    ],
)
def test_a_damaged_table_is_named_where_it_is_needed(
    tmp_path: Path, file: str, old: str, new: str, where: set[str]
) -> None:
    seen = screens(tmp_path, file, old, new)
    assert {path for path, screen in seen.items() if screen["errors"]} == where
    for path in where:
        assert file.rsplit("/", 1)[-1] in seen[path]["errors"][0].replace("\\", "")
    assert all(screen["ticks"] == 7 for screen in seen.values())  # the controls stay
    assert seen["dekking"]["title"] and seen["land"]["title"] == [
        "Kenia: een post in het land, 2 plaatsingen van KMar"
    ]


def test_a_wrong_total_is_told(tmp_path: Path) -> None:
    """The 2025 table prints 34; with one officer fewer for Armenia the rows add up to 33."""
    seen = screens(tmp_path, "releases/bijlage-2025-11/deployments.csv", ",EU,9,", ",EU,8,")
    for path in ("", "bronnen"):
        assert "34" in seen[path]["warnings"][0] and "33" in seen[path]["warnings"][0]
    assert not seen["dekking"]["warnings"]
