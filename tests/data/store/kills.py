"""Processes that are killed in the middle of an import leave all of it or nothing.

Ten imports in the suite (`test_kill`); any act at any moment: `acts`.
"""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.store.read import Store
from tests.data.conftest import _annex

ROOT = Path(__file__).parents[3]
TIMES = 4  # the tables of 2025 so many times in each release: time enough to die in
# The end of a program that says what `do` does with a line: each line makes a child for it, which
# tells "!" when it has done it; the next line kills the child, and "." tells that it is gone.
CHILDREN = """
for line in sys.stdin:
    if child := os.fork():
        sys.stdin.readline()
        os.kill(child, signal.SIGKILL)  # the number is its own until it is waited for
        os.waitpid(child, 0)
        os.write(1, b".")
        continue
    os.write(1, b"begun\\n")
    do(line)
    os.write(1, b"!")
    os._exit(0)
"""
# Loads everything once; a child imports what is not there yet. It tells where it is: "(" when it
# holds the store, ")" when it has let go.
PROGRAM = """
import contextlib, os, pickle, signal, sys
from data.store.database import Database
from data.store.write import add
from data.store.read import Store

url, file = sys.argv[1:]
annexes = pickle.load(open(file, "rb"))  # noqa: S301
add(Store("sqlite://"), annexes[0], "warm up", 0)
made = Database.write

@contextlib.contextmanager
def told(self):
    with made(self) as connection:
        os.write(1, b"(")
        yield connection
    os.write(1, b")")

Database.write = told

def do(line):
    store = Store(url)
    for annex in annexes:
        if store.imported(annex.sha256) is None:
            add(store, annex, "kill test", store.revision())
"""


class Program:
    """A program in a process of its own that makes children to be killed, and tells by signs."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=os.environ | variables,
        )

    def sign(self) -> bytes:
        """The next sign, as soon as it is given."""
        assert self.process.stdout
        sign = os.read(self.process.stdout.fileno(), 1)
        assert sign, "the program ended"
        return sign

    def stop(self) -> None:
        """End the program; it has no child any more."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Importer(Program):
    """The program, and what it told since its last child was made."""

    def __init__(self, url: str, file: Path) -> None:
        super().__init__(PROGRAM + CHILDREN, url, str(file))
        self.told = b""

    def start(self) -> None:
        """Make a child."""
        assert self.process.stdin and self.process.stdout
        self.told = b""
        self.process.stdin.write(b"\n")
        assert self.process.stdout.readline().strip(), "the program ended"

    def listen(self, sign: bytes, times: int = 1) -> None:
        """Wait until a sign was told so many times, or the child is ready."""
        while self.told.count(sign) < times and b"!" not in self.told:
            self.told += self.sign()

    def kill(self) -> None:
        """Have the program kill its child and wait for its end."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        while not self.told.endswith(b"."):
            self.told += self.sign()


@contextmanager
def importer(url: str, file: Path) -> Iterator[Importer]:
    program = Importer(url, file)
    try:
        yield program
    finally:
        program.stop()


def settled(url: str, ask: Callable[..., list[tuple]]) -> None:
    """Wait until the server has ended what the killed process asked of it last, a commit too."""
    if url.startswith("postgresql"):
        others = (
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'"
        )
        deadline = time.monotonic() + 30
        while ask(url, others) != [(0,)] and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ask(url, others) == [(0,)], "a transaction of a dead process does not end"


def whole(url: str, ask: Callable[..., list[tuple]], expected: dict[str, int]) -> int:
    """How many releases the store holds; each must be whole, none may be there twice."""
    settled(url, ask)
    releases = {row[0] for row in ask(url, "select release from releases")}
    for table, size in expected.items():
        column = "document" if table == "documents" else "release"
        counted = ask(url, f"select {column}, count(*) from {table} group by {column}")
        assert dict(counted) == dict.fromkeys(releases, size), table
    assert len(ask(url, "select distinct sha256 from documents")) == len(releases)
    numbers = [row[0] for row in ask(url, "select number from audit order by number")]
    assert numbers == list(range(1, len(releases) + 1))
    return len(releases)


def one_life(program: Importer, chance: random.Random) -> bool:
    """Let a child import until it is killed; whether that was inside of a transaction."""
    program.start()
    if chance.random() < 0.3:  # at any moment
        time.sleep(chance.uniform(0, 0.8))
    else:  # some way into one of its next transactions
        program.listen(b"(", chance.randint(1, 6))
        time.sleep(chance.uniform(0, 0.025))
    program.kill()
    return program.told.count(b"(") > program.told.count(b")")


def survive(url: str, imports: int, ask: Callable[..., list[tuple]]) -> Counter[str]:
    """Kill importing processes until the store has so many imports; what was seen, counted.

    Raises AssertionError where a release is there in part, twice, or gone again.
    """
    found: Counter[str] = Counter()
    chance = random.Random(20261122)
    annexes = [_annex(number, times=TIMES) for number in range(1, imports + 1)]
    tables = ("postings", "accreditations", "deployments")
    expected = {table: len(getattr(annexes[0], table)) for table in tables}
    expected |= {"documents": 1, "audit": 1}
    assert Store(url).revision() == 0
    with tempfile.TemporaryDirectory(prefix="liaisonatlas-kill-") as folder:
        file = Path(folder) / "annexes"
        file.write_bytes(pickle.dumps(annexes))
        with importer(url, file) as program:
            count = 0
            while count < imports:
                before = count
                inside = one_life(program, chance)
                count = whole(url, ask, expected)
                found["kills"] += 1
                found["inside, and kept"] += inside and count > before + program.told.count(b")")
                found["inside"] += inside
                found["with a journal"] += (Path(url[10:]).parent / "atlas.db-journal").exists()
                assert count >= before
    for annex in (annexes[0], annexes[-1]):  # named after its month
        release = f"bijlage-{annex.network_as_of}"
        assert len(Store(url).network(release).postings) == expected["postings"]
    return found
