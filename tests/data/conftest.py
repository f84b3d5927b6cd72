"""Databases for the tests: an SQLite file, and a database of a real PostgreSQL server.

The server is started when a test first asks for it, as an account of its own where the tests run
as root, speaks on a socket in its own folder only, and is stopped at the end.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest

from data.load import RELEASE_TABLES, release_table
from data.store.write import Incoming

KINDS = ("sqlite", "postgresql")
_numbers = itertools.count(1)


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs; None where there is no server."""
    for name in ("initdb", "postgres"):
        found = shutil.which(name)
        if found and (Path(found).resolve().parent / "postgres").exists():
            return Path(found).resolve().parent
    # Debian keeps them off the path, one folder for each version.
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


class Server:
    """A PostgreSQL server of our own in a new folder."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="liaisonatlas-pg-"))
        account = self._account()
        # Started as root it refuses to run.
        self._run: dict[str, Any] = {"cwd": self.folder, "stdin": subprocess.DEVNULL}
        if account:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._run |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = self.folder / "data"
        self._command(
            programs / "initdb", "--pgdata", data, "--username", "postgres", "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
        )  # fmt: skip
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"unix_socket_directories = '{self.folder}'\n")
            settings.write("listen_addresses = ''\nfsync = off\n")  # quick; see `durable`
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [programs / "postgres", "-D", data],
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._run,
            )
        self._wait()

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def make(self) -> str:
        """The name of a new, empty database."""
        name = f"test{next(_numbers)}"
        self.tell(f"CREATE DATABASE {name}")
        return name

    def tell(self, *statements: str, database: str = "postgres") -> list[tuple]:
        """The answer to the last of these statements."""
        answer: list[tuple] = []
        with closing(self._connect(database)) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
                answer = cursor.fetchall() if cursor.description else []
        return answer

    def durable(self, yes: bool) -> None:
        """Whether a commit waits for the disk, as it does outside of tests."""
        self.tell(f"ALTER SYSTEM SET fsync = {'on' if yes else 'off'}", "SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop it, also where connections are still open, and remove its folder."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        )

    def _command(self, *command: str | Path) -> None:
        done = subprocess.run(command, capture_output=True, text=True, **self._run)
        assert done.returncode == 0, done.stderr

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                self.tell("SELECT 1")
                return
            except psycopg.OperationalError:
                log = (self.folder / "log").read_text(errors="replace")
                assert self.process.poll() is None, log
                assert time.monotonic() < deadline, log
                time.sleep(0.02)

    @staticmethod
    def _account() -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        return names.get("postgres") or names["nobody"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server; skips where there is none, but not in CI."""
    programs = binaries()
    if programs is None:
        missing = "no PostgreSQL server is installed (Debian's package is postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    server = Server(programs)
    yield server
    server.stop()


@pytest.fixture
def new_url(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """kind of database -> the address of a new, empty one."""
    made: list[str] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'var{next(_numbers)}' / 'atlas.db'}"
        server: Server = request.getfixturevalue("postgres")
        made.append(server.make())
        return server.url(made[-1])

    yield make
    for name in made:
        request.getfixturevalue("postgres").tell(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def url(new_url: Callable[[str], str]) -> str:
    """The address of an SQLite file that is not there yet."""
    return new_url("sqlite")


@pytest.fixture(params=KINDS)
def each_url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """The address of an empty database, of each kind in turn.

    For what a transaction promises and what a column holds; the rest is the same on both.
    """
    return new_url(request.param)


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Callable[..., list[tuple]]:
    """(address, statement) -> the answer of the database, asked behind the store's back."""

    def answer(url: str, *statements: str) -> list[tuple]:
        on_server = url.startswith("postgresql")
        server = request.getfixturevalue("postgres") if on_server else None
        return asked(url, *statements, server=server)

    return answer


def asked(url: str, *statements: str, server: Server | None = None) -> list[tuple]:
    """The answer to the last of these statements; of a database of `server` where there is one."""
    if server:
        name = url.partition("@/")[2].partition("?")[0]
        return server.tell(*statements, database=name)
    found: list[tuple] = []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database, database:
        for statement in statements:
            found = database.execute(statement).fetchall()
    return found


@pytest.fixture
def annex() -> Callable[..., Incoming]:
    """(number, times) -> an invented next annex, see `_annex`."""
    return _annex


def _annex(number: int = 1, *, times: int = 1, **changes: Any) -> Incoming:
    """The tables of 2025, `times` over, in a document and a month of their own."""
    month = f"{2026 + number // 12}-{number % 12 + 1:02d}"
    told: dict[str, Any] = {
        "name": f"annex {number}.docx",
        "sha256": f"{number:064x}",
        "size": 1000 + number,
        "network": "complete",
        "network_as_of": month,
        "missions": "complete",
        "missions_as_of": f"{month}-12",
        "missions_total": 34 * times,
    }
    for table in RELEASE_TABLES:
        told[table] = _repeated(release_table(table, "bijlage-2025-11"), times)
    return Incoming(**told | changes)


def _repeated(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    """The rows again and again, each time with numbers of their own."""
    copies: Sequence[pd.DataFrame] = [
        frame.assign(row=frame["row"] + 1000 * number) for number in range(times)
    ]
    return pd.concat(copies, ignore_index=True)
