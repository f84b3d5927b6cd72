"""What a choice costs the server that nobody on that process made before, and the same once more.

One process of the product, one reader at a time over the websocket. Each page is opened for a
release that no choice names, so that what every choice needs has been computed; then twenty
choices in random order, and the same twenty again. Prints median and p95 of milliseconds: of the
processor time of the whole process, which other programs on the machine do not change much, and of
the wall clock. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from urllib.parse import urlencode

from tests.bench.client import Reader
from tests.bench.serve import ROOT, free_port, wait

CHOICES = 20
SETTLE = 0.05  # seconds in which the process does what it does after an answer
# Path -> what its address names besides.
PAGES: dict[str, dict[str, str]] = {
    "": {},
    "dekking": {},
    "vlekken": {},
    "wat-als": {"scenario": "bijlage-2025-11~~close.29~close.23~close.30"},
    "plaatsen": {},
    "vergelijken": {"links": "NP", "rechts": "KMar"},
    "missies": {},
    "netwerk": {},
    "land": {"land": "ECU"},
    "presenteren": {},
}
Times = list[tuple[float, float]]  # (processor, wall) seconds of each choice


def run() -> None:
    """Ask every page for its choices twice; prints a line a page."""
    print(f"{CHOICES} choices a page, ms {'first time':>33}{'second time':>35}")
    print(f"{'page':14}" + f"{'cpu p50':>9}{'p95':>8}{'wall p50':>10}{'p95':>8}" * 2)
    for path, more in PAGES.items():
        # A process of its own, so that no page pays or saves for the one before it.
        with _product() as (address, pid):
            first, second = asyncio.run(_page(address, pid, path, more))
        print(f"{path or 'overzicht':14}{_line(first)}{_line(second)}", flush=True)


def choices(seed: int = 1) -> list[dict[str, str]]:
    """Twenty choices of organisations, layers and area, in an order of their own."""
    organisations = ["NP", "KMar", "GPI", "NP,KMar", "NP,GPI", "KMar,GPI", "NP,KMar,GPI"]
    layers = ["", "none", "regions,planned", "regions,planned,filo", "planned"]
    areas = ["", "africa", "europe", "asia"]
    every = [
        dict(zip(("org", "lagen", "gebied"), chosen, strict=True))
        for chosen in itertools.product(organisations, layers, areas)
    ]
    # An organisation alone is no unseen choice: a process computes those before readers come.
    every = [choice for choice in every if choice["lagen"] or choice["gebied"]]
    return [
        {name: value for name, value in choice.items() if value}
        for choice in random.Random(seed).sample(every, CHOICES)
    ]


async def _page(address: str, pid: int, path: str, more: dict[str, str]) -> tuple[Times, Times]:
    reader = Reader(address, path, urlencode({"taal": "nl", **more}))
    await reader.open()
    await reader.visit(reader.query)
    both: tuple[Times, Times] = ([], [])
    for times in both:
        for choice in choices():
            await asyncio.sleep(SETTLE)
            before = cpu(pid)
            wall = await reader.visit(urlencode({"taal": "nl", **more, **choice}))
            await asyncio.sleep(SETTLE)
            times.append((cpu(pid) - before, wall))
    await reader.close()
    return both


def _line(times: Sequence[tuple[float, float]]) -> str:
    columns = zip(*times, strict=True)
    cells = [(median(each) * 1000, quantiles(each, n=20)[-1] * 1000) for each in columns]
    (cpu, cpu95), (wall, wall95) = cells
    return f"{cpu:9.0f}{cpu95:8.0f}{wall:10.0f}{wall95:8.0f}"


def cpu(pid: int) -> float:
    """Seconds of processor time of another process (Linux: its clock, see clock_getcpuclockid)."""
    return time.clock_gettime(~pid << 3 | 2)


def rest(pid: int) -> None:
    """Wait until a process that has just begun has done what it does before readers come."""
    calm = 0
    for _ in range(120):
        before = cpu(pid)
        time.sleep(0.5)
        calm = calm + 1 if cpu(pid) - before < 0.02 else 0
        if calm == 4:
            return


@contextmanager
def _product() -> Iterator[tuple[str, int]]:
    """One process of the product that has rehearsed; its address and number."""
    with tempfile.TemporaryDirectory() as var:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "LIAISONATLAS_VAR": var}
        command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait(address, process)
            rest(process.pid)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(20)
