"""What a process saves its first readers by computing before they come, and what that costs it.

Processes of the product in turn, with and without that (`dashboard.web.warmup`). Of each: the
seconds until it is ready; its memory when it is, when it rests and after the readers (USS: what it
shares with no other process); then a reader opens each page for a release that no choice names,
and each popular choice is made once. Prints medians of the processor time of the whole process.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.bench.choices import SETTLE, cpu, rest
from tests.bench.client import Reader
from tests.bench.serve import ROOT, free_port, wait

TURNS = 3
_ORGANISATIONS = [{"org": names} for names in ("NP", "KMar", "GPI", "NP,KMar")]
_VIEWS = [{"beeld": name} for name in ("europe", "africa", "asia_oceania")]
# Path -> the choices that are made there.
PAGES = {"": _ORGANISATIONS, "vlekken": _ORGANISATIONS, "missies": _ORGANISATIONS}
PAGES |= {"netwerk": _ORGANISATIONS, "dekking": [*_ORGANISATIONS, *_VIEWS]}
_START = "import sys; from dashboard.__main__ import main; from dashboard.web import warmup; "
WAYS = {"with": "", "without": "warmup.choices = list; "}
Figures = dict[str, list[float]]


def run() -> None:
    """Print what was seen of each way, a line a figure."""
    seen: dict[str, Figures] = {way: {} for way in WAYS}
    for _ in range(TURNS):
        for way, change in WAYS.items():
            for name, value in _process(change).items():
                seen[way].setdefault(name, []).append(value)
    print(f"{'median of ' + str(TURNS):40}" + "".join(f"{way:>12}" for way in WAYS))
    for name in seen["with"]:
        print(f"{name:40}" + "".join(f"{median(seen[way][name]):12.1f}" for way in WAYS))


def _process(change: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as var:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        code = f"{_START}{change}main(['run', '--port', '{port}'])"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "LIAISONATLAS_VAR": var},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            began = time.monotonic()
            wait(address, process)
            _until_ready(address)
            found = {"ready after, s": time.monotonic() - began}
            found["processor until ready, s"] = cpu(process.pid)
            found["memory when ready, MB"] = _own_memory(process.pid)
            rest(process.pid)
            found["processor until it rests, s"] = cpu(process.pid)
            found["memory when it rests, MB"] = _own_memory(process.pid)
            for path, choices in PAGES.items():
                times = asyncio.run(_page(address, process.pid, path, choices))
                found[f"{path or 'overzicht'}: first choice, ms"] = median(times) * 1000
            found["memory after the readers, MB"] = _own_memory(process.pid)
            return found
        finally:
            process.terminate()
            process.wait(30)


def _until_ready(address: str) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"{address} is not ready")


async def _page(address: str, pid: int, path: str, choices: list[dict[str, str]]) -> list[float]:
    """Seconds of processor time of each choice."""
    reader = Reader(address, path, urlencode({"taal": "nl"}))
    await reader.open()
    await reader.visit(reader.query)
    times = []
    for choice in choices:
        await asyncio.sleep(SETTLE)
        before = cpu(pid)
        await reader.visit(urlencode({"taal": "nl", **choice}))
        await asyncio.sleep(SETTLE)
        times.append(cpu(pid) - before)
    await reader.close()
    return times


def _own_memory(pid: int) -> float:
    """MB that would come free if the process ended (Linux)."""
    parts = re.findall(r"^Private_\w+: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return sum(map(int, parts)) / 1024
