"""The app, four documents being read and two compilers, under the memory limit of the unit.

`run` makes a memory cgroup with `MemoryHigh` and `MemoryMax` of `deploy/systemd`, starts one
process of the product in it, and prints the peak of four loads: the app alone, the app whose
readers have PDFs made while four costly documents are read, stand-ins that fill to the byte what
each of these may take, and one that grows until something is killed. Needs root and a cgroup that
can be written (version 1 or 2; the first has no `MemoryHigh`); where there is none it says NOT
TRIED. Asserts nothing.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from pathlib import Path

import docx
import openpyxl
import psutil

from data.documents import child
from data.documents.opening import open_file
from geo.errors import DataError
from tests.bench.attacks import Taker
from tests.bench.client import Reader
from tests.deploy.stack import free_ports, get
from tests.waiting import until

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "systemd" / "liaisonatlas@.service"
CGROUPS = Path("/sys/fs/cgroup")
APP, COMPILER = 1_500_000_000, 300_000_000  # bytes that the limits of the unit allow for
DOCUMENTS, COMPILERS = 4, 2
SECONDS = 60.0
MB = 1_000_000


class Group:
    """A memory cgroup of either version; `processes` is the file that lets a process in."""

    def __init__(self, folder: Path, second: bool) -> None:
        self.folder, self.second = folder, second
        self.processes = folder / "cgroup.procs"

    @classmethod
    def make(cls, high: int, most: int) -> Group | None:
        """A new group with these limits in bytes; None where this machine lets nobody make one."""
        second = (CGROUPS / "cgroup.controllers").exists()
        parent = CGROUPS if second else CGROUPS / "memory"
        folder = parent / f"liaisonatlas-bench-{os.getpid()}"
        try:
            folder.mkdir()
        except OSError:
            return None
        group = cls(folder, second)
        try:
            if second:
                (folder / "memory.high").write_text(str(high))
                (folder / "memory.max").write_text(str(most))
                (folder / "memory.swap.max").write_text("0")
            else:
                (folder / "memory.limit_in_bytes").write_text(str(most))
        except OSError:
            folder.rmdir()
            return None
        return group

    def command(self, command: Sequence[str]) -> list[str]:
        """The command, which enters the group before it starts."""
        return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(self.processes), *command]

    def members(self) -> list[psutil.Process]:
        """The processes in the group."""
        found = []
        for number in self.processes.read_text().split():
            with suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(int(number)))
        return found

    def own(self) -> int:
        """Bytes that the processes fill themselves, without cached files."""
        name = "anon" if self.second else "rss"
        lines = (self.folder / "memory.stat").read_text()
        match = re.search(rf"^{name} (\d+)$", lines, re.M)
        return int(match[1]) if match else 0

    def used(self) -> int:
        """Bytes that count towards the limit, cached files with them."""
        name = "memory.current" if self.second else "memory.usage_in_bytes"
        return int((self.folder / name).read_text())

    def killed(self) -> int:
        """How many processes were killed because the group was full."""
        name = "memory.events" if self.second else "memory.oom_control"
        match = re.search(r"^oom_kill (\d+)$", (self.folder / name).read_text(), re.M)
        return int(match[1]) if match else 0

    def remove(self) -> None:
        """Take it away, once its processes are gone."""
        until(lambda: not self.members(), "the group is empty", 30)
        self.folder.rmdir()


def promised() -> tuple[int, int]:
    """MemoryHigh and MemoryMax of the unit, in bytes; systemd's M is 1,048,576 bytes."""
    text = UNIT.read_text(encoding="utf-8")
    high, most = (
        int(number)
        for name in ("High", "Max")
        for number in re.findall(rf"^Memory{name}=(\d+)M$", text, re.M)
    )
    return high << 20, most << 20


def run(seconds: float = SECONDS) -> None:
    """The three loads, each for so many seconds; prints a line of each."""
    high, most = promised()
    group = Group.make(high, most)
    if group is None:
        print("NOT TRIED: nobody may make a memory cgroup here (it takes root and a writable tree)")
        return
    version = 2 if group.second else 1
    print(f"cgroup v{version}: MemoryMax {most / MB:,.0f} MB", end="")
    print(
        f", MemoryHigh {high / MB:,.0f} MB" if group.second else ", no MemoryHigh in this version"
    )
    print(f"{'MB at the peak':34}{'counted':>9}{'own':>7}{'app':>7}{'readers':>9}{'compilers':>11}")
    try:
        with _app(group) as (address, app):
            with _watched("the app, one reader", group, app):
                asyncio.run(_read(address, seconds / 4))
            with _watched("with files and documents", group, app), _documents(group) as counts:
                made = asyncio.run(_make(address, seconds))
            print(f"  {made} PDFs made; documents read or refused: {counts}")
            with _watched("with stand-ins as large as allowed", group, app), _filled(group, app):
                asyncio.run(_read(address, seconds / 4))
            with _watched("with one that grows without end", group, app):
                print(f"  it ended with {_runaway(group)} (-9: it was killed)")
            alive = get(f"{address}/health/ready")[0] == 200
            print(f"the app answers afterwards: {alive}; killed in the group: {group.killed()}")
    finally:
        group.remove()


@contextmanager
def _app(group: Group) -> Iterator[tuple[str, psutil.Process]]:
    """One process of the product in the group."""
    port = free_ports(1)[0]
    with tempfile.TemporaryDirectory() as var, (Path(var) / "log").open("wb") as log:
        command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
        environment = {**os.environ, "LIAISONATLAS_VAR": var}
        server = subprocess.Popen(
            group.command(command), cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            until(lambda: get(f"{address}/health/ready")[0] == 200, "it is ready", 180)
            yield address, psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(60)


@contextmanager
def _watched(title: str, group: Group, app: psutil.Process) -> Iterator[None]:
    """Look at the group ten times a second; prints the most of each at the end."""
    most = dict.fromkeys(("counted", "own", "app", "readers", "compilers"), 0)
    stopping = threading.Event()

    def watch() -> None:
        while not stopping.wait(0.1):
            sizes = {"counted": group.used(), "own": group.own(), "app": 0}
            sizes |= {"readers": 0, "compilers": 0}
            for member in group.members():
                with suppress(psutil.Error):
                    line = " ".join(member.cmdline())
                    held = member.memory_info().rss
                    if member.pid == app.pid:
                        sizes["app"] += held
                    elif "data.documents.child" in line:
                        sizes["readers"] += held
                    elif "compiler.py" in line:
                        sizes["compilers"] += held
            for name, size in sizes.items():
                most[name] = max(most[name], size)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
        counted, own, app_, readers, compilers = (round(most[name] / MB) for name in most)
        print(f"{title:34}{counted:>9,}{own:>7,}{app_:>7,}{readers:>9,}{compilers:>11,}")


async def _read(address: str, seconds: float) -> None:
    reader = Reader(address, "dekking", "taal=nl")
    await reader.open()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await reader.change()
        await asyncio.sleep(0.5)
    await reader.close()
    print(f"  a reader meanwhile: {len(reader.answers)} answers, errors {reader.errors}")


class Printer(Taker):
    """Has PDFs made, and takes none of them."""

    wanted = "PDF"


async def _make(address: str, seconds: float) -> int:
    """One reader more than compilers may work at once have PDFs made; returns how many."""
    end = time.monotonic() + seconds
    countries = ("ECU", "PER", "KEN", "MAR", "TUR", "ARE", "ZAF", "THA", "USA", "COL")

    async def makes(turn: int) -> int:
        made = 0
        while time.monotonic() < end:
            country = countries[turn % len(countries)]
            printer = Printer(address, "dekking" if turn % 2 else "land", f"land={country}&taal=nl")
            with suppress(RuntimeError, OSError, TimeoutError):
                made += await printer.make()
            await printer.close()
            turn += COMPILERS + 1
        return made

    done = await asyncio.gather(
        _read(address, seconds), *(makes(turn) for turn in range(COMPILERS + 1))
    )
    return sum(number for number in done if number)


def costly() -> list[tuple[str, bytes]]:
    """Documents that fill a reader: a Word file and a sheet, both near what is read in time."""
    chance = random.Random(1)
    document = docx.Document()
    table = document.add_table(1, 12)
    row = table.rows[0]._tr
    for _ in range(500):
        copy = deepcopy(row)
        for cell in copy.tc_lst:
            cell.p_lst[0].add_r().text = chance.randbytes(24).hex()
        table._tbl.append(copy)
    book = openpyxl.Workbook()
    for _ in range(900):
        book.active.append([chance.randbytes(5).hex() for _ in range(40)])
    found = []
    for name, made in (("a.docx", document), ("a.xlsx", book)):
        file = io.BytesIO()
        made.save(file)
        found.append((name, file.getvalue()))
    return found


@contextmanager
def _documents(group: Group) -> Iterator[dict[str, int]]:
    """Four at a time are read without pause, by the product's own readers in the group."""
    counts = dict.fromkeys(("read", "refused"), 0)
    documents, stopping = costly(), threading.Event()

    def reads(turn: int) -> None:
        while not stopping.is_set():
            name, content = documents[turn % len(documents)]
            try:
                open_file(name, content)
                counts["read"] += 1
            except DataError:
                counts["refused"] += 1
            turn += 1

    def join() -> None:
        # The readers are children of this process, which is no part of the load.
        me = psutil.Process()
        while not stopping.wait(0.005):
            for reader in me.children():
                with suppress(psutil.Error, OSError):
                    if "data.documents.child" in reader.cmdline():
                        group.processes.write_text(str(reader.pid))

    threads = [threading.Thread(target=reads, args=(turn,)) for turn in range(DOCUMENTS)]
    threads.append(threading.Thread(target=join))
    for thread in threads:
        thread.start()
    try:
        yield counts
    finally:
        stopping.set()
        for thread in threads:
            thread.join()


@contextmanager
def _filled(group: Group, app: psutil.Process) -> Iterator[None]:
    """Processes that hold what the app, the readers and the compilers may hold beside the app."""
    rest = max(0, APP - app.memory_info().rss)
    sizes = [rest, *[child.MEMORY] * DOCUMENTS, *[COMPILER] * COMPILERS]
    hold = "import sys; held = bytearray(b'x') * int(sys.argv[1]); print(flush=True); input()"
    with ExitStack() as undo:
        for size in sizes:
            process = subprocess.Popen(
                group.command([sys.executable, "-I", "-S", "-c", hold, str(size)]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            undo.callback(process.communicate, b"\n")
            assert process.stdout
            process.stdout.readline()
        yield


def _runaway(group: Group) -> int:
    """The exit code of one that takes 50 MB more and more in the group, as a compiler might."""
    grow = "held = []\nwhile True: held.append(bytearray(b'x') * 50_000_000)"
    command = group.command([sys.executable, "-I", "-S", "-c", grow])
    return subprocess.run(command, capture_output=True, timeout=120).returncode


if __name__ == "__main__":
    run(*map(float, sys.argv[1:]))
