"""Starts the pages under measurement on free ports of 127.0.0.1 and stops them again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEADLINE = 60.0  # seconds until a server must answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server for {address} ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {DEADLINE:.0f} s")


@contextmanager
def serving(pages: Path) -> Iterator[dict[str, str]]:
    """Serve the product and every script in `pages`; yields name -> address.

    All run under the product's own server; what `alone` adds to each is said there.
    """
    with tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LIAISONATLAS_VAR": var}
        started: dict[str, tuple[str, subprocess.Popen[bytes]]] = {}
        commands = {"product": [sys.executable, "-m", "dashboard", "run", "--port"]}
        for script in sorted(pages.glob("*.py")):
            commands[script.stem] = [sys.executable, "-m", "tests.bench.alone", str(script)]
        try:
            for name, command in commands.items():
                port = free_port()
                process = subprocess.Popen(
                    [*command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
                )
                started[name] = (f"http://127.0.0.1:{port}", process)
            for address, process in started.values():
                wait(address, process)
            yield {name: address for name, (address, _) in started.items()}
        finally:
            for _, process in started.values():
                process.terminate()
            for _, process in started.values():
                process.wait(10)
