"""`pip install .`: what the wheel holds, and that the examples of its page work with only that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
EXAMPLES = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M))
# What the page says that its examples print: behind the line, or on lines of their own.
PRINTED = re.findall(r"^(?:\s*print\(.*\)  )?# (.+)$", EXAMPLES, re.M)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of the wheel in a folder of their own, as pip would put them there."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(code: str, site: Path, folder: Path) -> str:
    """What Python prints that knows only the wheel and its dependencies."""
    environment = {**os.environ, "PYTHONPATH": str(site), "MPLBACKEND": "Agg"}
    command = [sys.executable, "-W", "error::FutureWarning", "-c", code]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_two_packages_and_every_committed_table(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if "dist-info" not in path.name} == {
        "geo",
        "data",
    }
    tables = sorted((ROOT / "data" / "reference").rglob("*.*"))
    missing = [path for path in tables if not (installed / path.relative_to(ROOT)).is_file()]
    assert tables and missing == []
    assert not (installed / "data" / "build").exists()


def test_the_examples_work_and_print_what_the_page_says(installed: Path, tmp_path: Path) -> None:
    assert len(PRINTED) == 10
    assert run(EXAMPLES, installed, tmp_path).splitlines() == PRINTED
    for picture in ("coverage.png", "africa.png"):
        assert (tmp_path / picture).stat().st_size > 20_000


def test_five_lines_are_enough(installed: Path) -> None:
    first = re.search(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)
    assert first and len([line for line in first[1].splitlines() if line.strip()]) <= 5
