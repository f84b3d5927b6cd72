"""What a file costs: on the command line, a process of its own each time, and in a running app.

Prints medians in seconds and the size; asserts nothing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from dashboard.exports import kinds
from dashboard.filters import Filters
from dashboard.subjects import catalogue

ROOT = Path(__file__).parents[2]
ROUNDS = 5
COMMANDS = {
    "briefing of a country": ["briefing", "--country", "ARE", "-o", "a.docx"],
    "slides of a country": ["slides", "--country", "ARE", "-o", "a.pptx"],
    "pdf of a country": ["pdf", "--country", "ARE", "-o", "a.pdf"],
    "whole set of a country": ["pack", "--country", "ARE", "-o", "a.zip"],
    "whole set of the gaps": ["pack", "--topic", "gaps", "-o", "b.zip"],
    "site, one language": ["site", "-o", "a.html"],
}


def run(release: str = "bijlage-2025-11") -> None:
    """Print a line per file: as a command, then as made by a process that is warm."""
    print(f"{'as a command':32}{'s':>8}{'kB':>10}")
    with TemporaryDirectory() as folder:
        for title, arguments in COMMANDS.items():
            taken = [_command(folder, arguments) for _ in range(ROUNDS)]
            size = Path(folder, arguments[-1]).stat().st_size
            print(f"{title:32}{median(taken):8.2f}{size / 1000:10,.0f}")
    print(f"\n{'in a running app, ARE':32}{'s':>8}{'kB':>10}")
    filters = Filters(release, land="ARE")
    for kind, each in kinds.KINDS.items():
        taken, made = [], b""
        for _ in range(ROUNDS):
            begun = perf_counter()
            made = each.make(catalogue.report("country", filters))
            taken.append(perf_counter() - begun)
        print(f"{kind:32}{median(taken):8.2f}{len(made) / 1000:10,.0f}")


def _command(folder: str, arguments: list[str]) -> float:
    begun = perf_counter()
    command = [sys.executable, "-m", "dashboard", "export", *arguments]
    environment = {"LIAISONATLAS_VAR": folder, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return perf_counter() - begun
