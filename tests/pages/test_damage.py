"""One damaged file: a readable message where it matters, and everything else goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGES = ("", "dekking", "land", "bronnen", "gegevens")
TOTAL = "a wrong total"
# What is damaged: a file of data/reference, and what stands there for what stood there.
DAMAGE = {
    "missions": ("releases/bijlage-2025-11/deployments.csv", ",OSCE,1,", ",OSCE,één,"),
    "key figures": ("key_figures.csv", ",EUR,", ",yen,"),
    "documents": ("documents.csv", "2013-10-09", "9 oktober"),
    TOTAL: ("releases/bijlage-2025-11/deployments.csv", ",EU,9,", ",EU,8,"),
}
# Loads everything once; then each damage is seen by a child that has read no table yet.
SCRIPT = """
import json, os, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
import pages.bronnen, pages.dekking, pages.gegevens, pages.land, pages.overzicht  # once for all
paths, damage = json.loads(sys.argv[1]), json.loads(sys.argv[2])
for name, (file, old, new) in damage.items():
    path = Path("data/reference", file)
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    if os.fork() == 0:
        seen = {}
        for page in paths:
            app = AppTest.from_file("dashboard/app.py", default_timeout=60)
            app.query_params["land"] = "KEN"
            app._page_hash = calc_hash(page)
            app.run()
            seen[page] = {
                "crashed": len(app.exception),
                "errors": [error.value for error in app.error],
                "warnings": [warning.value for warning in app.warning],
                "title": [title.value for title in app.title],
                "ticks": len(app.checkbox),
            }
        Path(f"{name}.json").write_text(json.dumps(seen))
        os._exit(0)
    assert os.wait()[1] == 0
    path.write_text(whole, encoding="utf-8")
"""


@pytest.fixture(scope="module")
def screens(damaged: Path) -> dict[str, dict[str, Any]]:
    """Damage -> page -> what it says where that cell is damaged."""
    variables = {"PYTHONPATH": str(damaged), "LIAISONATLAS_VAR": str(damaged / "var")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(PAGES), json.dumps(DAMAGE)],
        capture_output=True,
        cwd=damaged,
        text=True,
        timeout=240,
        env=os.environ | variables,
    )
    assert done.returncode == 0, done.stderr
    return {name: json.loads((damaged / f"{name}.json").read_text()) for name in DAMAGE}


@pytest.mark.parametrize("name", DAMAGE)
def test_nothing_crashes_and_the_controls_stay(screens: dict[str, Any], name: str) -> None:
    assert all(not screen["crashed"] for screen in screens[name].values()), screens[name]
    ticks = {page: screen["ticks"] for page, screen in screens[name].items()}
    # Nothing is chosen on the last two.
    assert ticks == {"": 7, "dekking": 7, "land": 7, "bronnen": 0, "gegevens": 0}
    assert screens[name]["dekking"]["title"] and screens[name]["land"]["title"] == [
        "Kenia heeft 2 officieren in het land: Koninklijke Marechaussee (2) in Nairobi"
    ]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("missions", {"", "land", "bronnen"}),
        ("key figures", {"bronnen"}),
        ("documents", set(PAGES)),
    ],
)
def test_a_damaged_table_is_named_where_it_is_needed(
    screens: dict[str, Any], name: str, where: set[str]
) -> None:
    seen = screens[name]
    assert {path for path, screen in seen.items() if screen["errors"]} == where
    for path in where:
        file = Path(DAMAGE[name][0]).name
        assert file in seen[path]["errors"][0].replace("\\", "")


def test_a_wrong_total_is_told(screens: dict[str, Any]) -> None:
    """The 2025 table prints 34; with one officer fewer for Armenia the rows add up to 33."""
    for path in ("", "bronnen"):
        [warning, *_] = screens[TOTAL][path]["warnings"]
        assert "34" in warning and "33" in warning
    assert not screens[TOTAL]["dekking"]["warnings"]
