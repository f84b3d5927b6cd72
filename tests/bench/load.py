"""A hundred readers at once on the whole installation, beside the same load on an empty page.

`run` starts the stack of `tests.deploy` (PostgreSQL, two processes, nginx), fills its caches, and
lets readers over websockets and a few real browsers change a filter about every ten seconds. Then
the same on two processes that serve `pages/floor.py`. Prints percentiles, errors and memory.
`endure` sends an hour's worth of changes as fast as they are answered and prints memory meanwhile.
`cost` prints the processor time of a change and of a page on one process, and with that how many
readers a core can have. Asserts nothing about time.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import psutil
from playwright.sync_api import sync_playwright

from tests.bench.attacks import process
from tests.bench.client import Reader
from tests.bench.measure import CLICK, STATE, TARGETS, WAIT, browser
from tests.deploy.stack import free_ports, stack
from tests.waiting import until

ROOT = Path(__file__).parents[2]
FLOOR = ROOT / "tests" / "bench" / "pages" / "floor.py"
# What a hundred readers have open: the map most of all.
PAGES = (
    *(("dekking", "taal=nl"),) * 4,
    *(("", "taal=nl"),) * 2,
    ("vlekken", "taal=nl"),
    ("missies", "taal=en"),
    ("netwerk", "taal=nl"),
    ("land", "land=ECU&taal=nl"),
)
BROWSERS = 3
EVERY = 10.0  # seconds between two changes of a reader, on average
WARMING = 16  # changes on each page of each process that are not counted
FILLED = 0.5  # of a core, above which a reader waits for others more than for an answer
HOUR = 36_000  # changes of a hundred readers in an hour


@dataclass
class Result:
    """What one kind of installation did; times in seconds, memory in MB over all its processes."""

    name: str
    opened: list[float] = field(default_factory=list)
    answers: dict[str, list[float]] = field(default_factory=dict)
    painted: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    busy: float = 0.0
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)

    @property
    def every(self) -> list[float]:
        """The answers on all pages."""
        return [answer for answers in self.answers.values() for answer in answers]


def run(sessions: int = 100, seconds: float = 120.0) -> None:
    """Both installations under the same load, one after the other; prints the table."""
    results = []
    with stack() as made:
        processes = [psutil.Process(app.process.pid) for app in made.apps]
        entrances = [app.address for app in made.apps]
        product = Result("product")
        with _browsers(made.address, product):
            asyncio.run(
                _load(product, made.address, entrances, processes, PAGES, sessions, seconds)
            )
        results.append(product)
    with _floor() as (addresses, processes):
        floor = Result("empty page")
        asyncio.run(
            _load(floor, "", addresses, processes, (("", ""),), sessions + BROWSERS, seconds)
        )
        results.append(floor)
    _report(results, sessions)


def endure(changes: int = HOUR, readers: int = 8) -> None:
    """As many changes as a hundred readers send in an hour; prints memory ten times meanwhile."""
    with stack() as made:
        processes = [psutil.Process(app.process.pid) for app in made.apps]
        entrances = [app.address for app in made.apps]
        asyncio.run(_endure(entrances, processes, changes, readers))


def cost(changes: int = 40) -> None:
    """Processor time of one process for each page of PAGES, and readers for each core; one reader.

    Wall time says little where other programs share the cores; processor time does.
    """
    with process() as (address, server):
        costs = {
            each: asyncio.run(_cost(address, server, each, changes))
            for each in dict.fromkeys(PAGES)
        }
    print(f"{'processor time, ms':22}{'a change':>10}{'opened':>10}")
    for (path, _), (change, opened) in costs.items():
        print(f"{path or 'start':22}{1000 * change:>10.0f}{1000 * opened:>10.0f}")
    change, opened = (sum(costs[each][turn] for each in PAGES) / len(PAGES) for turn in (0, 1))
    print(f"{'as readers mix them':22}{1000 * change:>10.0f}{1000 * opened:>10.0f}")
    for every in (EVERY, 60.0):
        print(f"a change each {every:.0f} s: {every / change:,.0f} readers fill a core", end="")
        print(f", {FILLED * every / change:,.0f} at {FILLED:.0%} of it")


def several(processes: int = 4, sessions: int = 40, seconds: float = 60.0) -> None:
    """So many processes behind nginx; prints what a change costs them, and their memory.

    On two cores four are no faster than two: what is seen is that a change costs the same.
    """
    with stack(processes) as made:
        apps = [psutil.Process(app.process.pid) for app in made.apps]
        entrances = [app.address for app in made.apps]
        result = Result(f"{processes} processes")
        asyncio.run(_load(result, made.address, entrances, apps, PAGES, sessions, seconds))
    changes = len(result.every)
    print(f"{result.name}, {sessions} readers, {changes} changes, errors: {len(result.errors)}")
    print(
        f"p50 {1000 * median(result.every):,.0f} ms; processor time of the processes a change, ",
        end="",
    )
    print(f"opened pages with it: {1000 * result.busy / changes:.0f} ms")
    print(f"memory {result.memory[0]:.0f} MB, {result.memory[1]:.0f} at the end")


async def _cost(
    address: str, server: psutil.Process, page: tuple[str, str], changes: int
) -> tuple[float, float]:
    """Seconds of the processor for a change on the page, and for the page opened."""
    reader = Reader(address, *page)
    await reader.open()
    for _ in range(WARMING):
        await reader.change()
    before = _busy([server])
    for _ in range(changes):
        await reader.change()
    change = (_busy([server]) - before) / changes
    await reader.close()
    before = _busy([server])
    for _ in range(changes // 2):
        reader = Reader(address, *page)
        await reader.open()
        await reader.close()
    return change, (_busy([server]) - before) / (changes // 2)


async def _load(
    result: Result,
    front: str,
    entrances: Sequence[str],
    processes: Sequence[psutil.Process],
    pages: Sequence[tuple[str, str]],
    sessions: int,
    seconds: float,
) -> None:
    """Fill the caches, then let the readers in over three tenths of the time; `front` is nginx."""
    for entrance in entrances:
        for path, query in dict.fromkeys(pages):
            reader = Reader(entrance, path, query)
            await reader.open()
            for _ in range(WARMING):
                await reader.change()
            await reader.close()
    first = [Reader(entrance, *pages[0]) for entrance in entrances]
    for reader in first:
        await reader.open()
    result.memory.append(_memory(processes))
    readers = [
        Reader(front or entrances[turn % len(entrances)], *pages[turn % len(pages)])
        for turn in range(sessions - len(first))
    ]
    chance = random.Random(1)
    end = time.monotonic() + seconds
    before, began = _busy(processes), time.monotonic()
    lives = [
        _live(reader, result, end, seconds * 0.3 * turn / len(readers), chance)
        for turn, reader in enumerate(readers)
    ]
    await asyncio.gather(*lives)
    result.seconds = time.monotonic() - began
    result.busy = _busy(processes) - before
    result.memory.append(_memory(processes))
    for reader in [*readers, *first]:
        if reader in readers:
            result.answers.setdefault(reader.path or "start", []).extend(reader.answers)
        result.errors += reader.errors
        await reader.close()


async def _live(
    reader: Reader, result: Result, end: float, later: float, chance: random.Random
) -> None:
    await asyncio.sleep(later)
    try:
        result.opened.append(await reader.open())
    except (OSError, TimeoutError, RuntimeError) as error:
        reader.errors.append(f"open: {type(error).__name__}: {error}"[:200])
        return
    while True:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * EVERY)
        if time.monotonic() > end:
            return
        await reader.change()


@contextmanager
def _browsers(address: str, result: Result) -> Iterator[None]:
    """Real browsers on the map beside the readers; from click to painted, in seconds."""
    stopping = threading.Event()

    def watch() -> None:
        with sync_playwright() as playwright, browser(playwright) as chromium:
            pages = [chromium.new_context().new_page() for _ in range(BROWSERS)]
            for page in pages:
                page.goto(f"{address}/dekking?taal=nl")
                page.wait_for_function(f"({STATE})() !== undefined", timeout=WAIT)
            turn = 0
            while not stopping.wait(EVERY / BROWSERS):
                try:
                    page = pages[turn % BROWSERS]
                    page.bring_to_front()
                    taken = page.evaluate(CLICK, [TARGETS["stCheckbox"], turn // BROWSERS])
                    result.painted.append(taken / 1000)
                except Exception as error:  # whatever it is, it is one more error to print
                    result.errors.append(f"browser: {str(error)[:150]}")
                turn += 1

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(WAIT / 1000)


@contextmanager
def _floor() -> Iterator[tuple[list[str], list[psutil.Process]]]:
    """Two processes that serve an empty page, as the product is served but without nginx."""
    started = []
    try:
        for port in free_ports(2):
            command = [sys.executable, "-m", "tests.bench.alone", str(FLOOR), str(port)]
            started.append((port, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)))
        addresses = [f"http://127.0.0.1:{port}" for port, _ in started]
        for address in addresses:
            until(lambda address=address: _answers(address), f"{address} answers")
        yield addresses, [psutil.Process(process.pid) for _, process in started]
    finally:
        for _, process in started:
            process.terminate()
            process.wait(20)


def _answers(address: str) -> bool:
    async def opened() -> None:
        reader = Reader(address)
        await reader.open()
        await reader.close()

    try:
        asyncio.run(opened())
    except OSError:
        return False
    return True


async def _endure(
    entrances: Sequence[str], processes: Sequence[psutil.Process], changes: int, readers: int
) -> None:
    done, errors = 0, list[str]()
    print(f"{'changes':>9}{'MB':>9}{'seconds':>9}")

    async def reads(turn: int) -> None:
        nonlocal done
        while done < changes:
            # A reader stays for twenty changes; leaving and coming is part of an hour too.
            path, query = PAGES[turn % len(PAGES)]
            reader = Reader(entrances[turn % len(entrances)], path, query)
            await reader.open()
            for _ in range(20):
                await reader.change()
                done += 1
            await reader.close()
            errors.extend(reader.errors)
            turn += readers + 1

    async def watches() -> None:
        began, shown = time.monotonic(), 0
        while done < changes:
            if done >= shown:
                spent = time.monotonic() - began
                print(f"{done:>9}{_memory(processes):>9.0f}{spent:>9.0f}", flush=True)
                shown += changes // 10
            await asyncio.sleep(1)
        print(f"{done:>9}{_memory(processes):>9.0f}{time.monotonic() - began:>9.0f}")

    await asyncio.gather(watches(), *(reads(turn) for turn in range(readers)))
    print(f"errors: {len(errors)} {errors[:3]}")


def _memory(processes: Sequence[psutil.Process]) -> float:
    """What these processes have to themselves, in MB: what is shared is counted nowhere twice."""
    return sum(process.memory_full_info().uss for process in processes) / 1e6


def _busy(processes: Sequence[psutil.Process]) -> float:
    """Seconds of processor time that they used so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _report(results: Sequence[Result], sessions: int) -> None:
    cores, room = psutil.cpu_count(), psutil.virtual_memory().total / 1e9
    print(f"{cores} cores, {room:.0f} GB; {sessions} sessions, a change each {EVERY:.0f} s, ms\n")
    print(f"{'':22}{'changes':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}")
    for result in results:
        for name, answers in {result.name: result.every, **result.answers}.items():
            _line(name if name == result.name else f"  {name}", answers)
        _line("  click to painted", result.painted)
        _line("  first page", result.opened)
        before, after = result.memory
        print(
            f"  memory: {before:.0f} MB with one session a process, {after:.0f} MB at the end: "
            f"{(after - before) / (sessions - 2):.2f} MB a session; "
            f"{result.busy / result.seconds:.2f} cores busy; "
            f"errors: {len(result.errors)} {sorted(set(result.errors))[:3]}\n"
        )
    ours, floor = (median(result.every) for result in results)
    print(f"median, product / empty page = {ours / floor:.1f}")


def _line(name: str, seconds: Sequence[float]) -> None:
    if len(seconds) > 1:
        cuts = quantiles(seconds, n=100, method="inclusive")
        shown = [median(seconds), cuts[94], cuts[98], max(seconds)]
        print(f"{name:22}{len(seconds):>9}" + "".join(f"{1000 * each:>8,.0f}" for each in shown))
