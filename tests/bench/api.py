"""One reader's click while programs ask fifty times in a second, on one process.

Turns of a few seconds, one after the other and again: the reader alone (twice, which shows how much
the machine itself varies), beside requests whose answers are kept, and beside requests of which
each is another one. The programs run in a process of their own. Prints medians; asserts nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

import httpx
import psutil

from tests.bench.client import Reader
from tests.bench.serve import ROOT, free_port, wait

RATE = 50  # requests in a second
TURN = 6.0  # seconds
PAUSE = 0.2  # seconds between two clicks
TURNS = 4
IN_2025 = "/api/v1/releases/bijlage-2025-11"
KEPT = (
    f"{IN_2025}/coverage",
    f"{IN_2025}/coverage?org=NP",
    f"{IN_2025}/coverage?format=csv",
    f"{IN_2025}/coverage?format=geojson",
    f"{IN_2025}/gaps",
    f"{IN_2025}/postings",
    "/api/v1/missions",
    "/api/v1/countries/KEN",
    "/api/v1/releases",
)
KINDS = ("alone", "kept", "alone again", "each another")


def run(turns: int = TURNS) -> None:
    """Measure, and print the table."""
    clicks: dict[str, list[list[float]]] = {kind: [] for kind in KINDS}
    answers: dict[str, list[tuple[int, float]]] = {kind: [] for kind in KINDS}
    work = dict.fromkeys(KINDS, 0.0)  # seconds of processor time of the product
    with _product() as (address, process):
        asyncio.run(_measure(address, turns, clicks, answers, process, work))
        memory = process.memory_full_info().uss / 1e6
    print(
        f"{psutil.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {RATE} requests a second, ms"
    )
    print(f"{'':14}{'clicks':>8}{'p50':>8}{'p95':>8}   medians of the turns")
    for kind, every in clicks.items():
        seconds = [each for turn in every for each in turn]
        shown = [median(seconds), quantiles(seconds, n=20)[18]]
        turned = " ".join(f"{1000 * median(turn):.0f}" for turn in every)
        print(f"{kind:14}{len(seconds):>8}" + "".join(f"{1000 * s:>8.0f}" for s in shown), turned)
    for kind, every_answer in answers.items():
        if every_answer:
            statuses = sorted({status for status, _ in every_answer})
            counts = {s: sum(status == s for status, _ in every_answer) for s in statuses}
            taken = [seconds for _, seconds in every_answer]
            print(
                f"answers, {kind}: {counts}, p50 {1000 * median(taken):.0f}, "
                f"p95 {1000 * quantiles(taken, n=20)[18]:.0f}"
            )
    alone = sum(work[kind] for kind in KINDS if kind.startswith("alone"))
    click = alone / sum(len(turn) for kind in KINDS if "alone" in kind for turn in clicks[kind])
    beside = work["kept"] - click * sum(map(len, clicks["kept"]))
    print(
        f"processor: {1000 * click:.0f} ms a click, "
        f"{1000 * beside / len(answers['kept']):.2f} ms a request whose answer is kept"
    )
    print(f"memory of the process at the end: {memory:.0f} MB")


@contextmanager
def _product() -> Iterator[tuple[str, psutil.Process]]:
    with tempfile.TemporaryDirectory() as var:
        port = free_port()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LIAISONATLAS_VAR": var}
        command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(20)


async def _measure(
    address: str,
    turns: int,
    clicks: dict[str, list[list[float]]],
    answers: dict[str, list[tuple[int, float]]],
    process: psutil.Process,
    work: dict[str, float],
) -> None:
    reader = Reader(address, "dekking", "taal=nl")
    await reader.open()
    for _ in range(16):
        await reader.change()
    for turn in range(turns):
        for kind in KINDS:
            programs = None
            if not kind.startswith("alone"):
                command = [sys.executable, "-m", "tests.bench.api", address, kind, str(turn)]
                programs = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
                assert programs.stdout
                await asyncio.to_thread(programs.stdout.readline)  # it has begun
            reader.answers, before = [], sum(process.cpu_times()[:2])
            end = time.monotonic() + TURN
            while time.monotonic() < end:
                await reader.change()
                await asyncio.sleep(PAUSE)
            clicks[kind].append(reader.answers)
            if programs:
                text, _ = await asyncio.to_thread(programs.communicate)
                answers[kind] += [(int(status), float(taken)) for status, taken in json.loads(text)]
            work[kind] += sum(process.cpu_times()[:2]) - before
            await asyncio.sleep(0.5)
    assert not reader.errors, reader.errors
    await reader.close()


async def _ask(address: str, kind: str, turn: int) -> None:
    """Ask at an even pace, whatever the answers take; prints status and seconds of each."""
    taken: list[tuple[int, float]] = []

    async def one(client: httpx.AsyncClient, path: str) -> None:
        began = time.perf_counter()
        answer = await client.get(path)
        taken.append((answer.status_code, time.perf_counter() - began))

    # Each turn comes from another address, as nginx would say it: budgets are for an address.
    from_address = {"X-Forwarded-For": f"192.0.2.{turn * len(KINDS) + KINDS.index(kind)}"}
    async with httpx.AsyncClient(base_url=address, timeout=30, headers=from_address) as client:
        for path in KEPT:
            await one(client, path)
        taken.clear()
        print("begun", flush=True)
        began, tasks = time.monotonic(), []
        for number in range(int(RATE * TURN)):
            await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
            path = KEPT[number % len(KEPT)]
            if kind == "each another":
                different = turn * 1_000 + number
                weights = f"population:{different % 6},distance:{different // 6 % 6}"
                path = f"{IN_2025}/gaps?weging={weights}&offset={different % 200}"
            tasks.append(asyncio.create_task(one(client, path)))
        await asyncio.gather(*tasks)
    print(json.dumps(taken))


if __name__ == "__main__":
    asyncio.run(_ask(sys.argv[1], sys.argv[2], int(sys.argv[3])))
