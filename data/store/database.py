"""One database behind a URL: its address checked, its tables current, its transactions whole.

Readers see one state from first to last statement. Writers go one after the other, on whatever
database: each looks at the state that it changes. What the database refuses is one DataError.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data import scratch
from data.store.standin import StandIn, disk_refuses, has_room
from geo.errors import DataError

MIGRATIONS = Path(__file__).parent / "migrations"
# The newest migration. Kept here so that opening a current store need not import Alembic, which
# takes 0.3 s; a test compares it with the folder.
HEAD = "0002"
WAIT = 30  # seconds that a transaction waits for another one
UNREACHED = "the database cannot be reached"
# What a server is told of our patience. Who reads a page waits a few seconds, not half a minute,
# and a server that vanished without a word is noticed.
_CONNECT = {
    "connect_timeout": 3,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "options": "-c statement_timeout=10s -c idle_in_transaction_session_timeout=60s",
}
_POOL = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "pool_timeout": 5}
_LOG = logging.getLogger(__name__)
_MEMORY = ("", ":memory:")
_MIGRATING = threading.Lock()  # Alembic has one place for what it is about
_LOCK = 0x4C696169  # the number of PostgreSQL's advisory lock that writers take: "Liai"


class Database:
    """The database behind `url`; made, or brought up to date, when it is first used."""

    def __init__(self, url: str | sa.URL) -> None:
        self._url = _checked(url)
        file = _file(self._url)
        self._path = None if file is None else Path(file)
        self._engine = _engine(self._url)
        self._stand_in = StandIn(self._path, _migrate) if self._path else None
        if self._path:
            _make_folder(self._path.parent)
        # Connections to a server are kept for the next transaction, not longer than this object.
        weakref.finalize(self, self._engine.dispose)

    @property
    def display_name(self) -> str:
        """The address for a reader: without password, and options could hold one too."""
        return f"database {self._url.set(query={}).render_as_string(hide_password=True)}"

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only reads; it sees one state of the whole database.

        Where a full disk, or one that may only be read, keeps an SQLite file from being made or
        brought up to date, it is read from a copy in memory.
        """
        with self._refusals(), contextlib.ExitStack() as stack:
            try:
                connection = self._current(stack)
            except sa.exc.OperationalError as error:
                stack.close()
                connection = self._copy(stack, error)
            yield connection  # what it read needs no commit: closing ends the transaction

    def _current(self, stack: contextlib.ExitStack) -> sa.Connection:
        """A connection in a transaction, with the tables of this version."""
        self._make()
        connection = stack.enter_context(self._engine.connect())
        if connection.dialect.name != "sqlite":  # which has no other kind
            connection.execution_options(isolation_level="REPEATABLE READ")
        connection.begin()
        at = version(connection)
        if at != HEAD:
            # Ended first: a failed question spoils a transaction, and the writer must get in.
            connection.rollback()
            refuse_newer(at, self.display_name)
            with self._change():
                pass
            connection.begin()
        return connection

    def _copy(self, stack: contextlib.ExitStack, error: sa.exc.OperationalError) -> sa.Connection:
        if self._stand_in is None or self._path is None or not disk_refuses(error, self._path):
            raise error
        connection = stack.enter_context(self._stand_in.engine().connect())
        connection.begin()
        return connection

    def takes_changes(self) -> bool:
        """Whether an import could be stored now, as far as that can be told without trying."""
        if self._path:
            return has_room(self._path)
        if self._url.get_backend_name() != "postgresql":
            return True
        with self.read() as connection:
            return bool(connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "off")

    def _make(self) -> None:
        """Make the file of a new store, whole under its name or not at all; refuse an empty one.

        SQLite would open a file without content as an empty store. But a store begins with its
        tables, so such a file is what is left of one.
        """
        if self._path is None:
            return
        if self._path.exists():
            if self._path.is_file() and not self._path.stat().st_size:
                raise _emptied(self._path, self.display_name)
            return
        _make_folder(self._path.parent)
        try:
            with scratch.beside(self._path) as folder:
                half = folder / "store.db"
                engine = _engine(self._url.set(database=str(half), query={}))
                with engine.connect() as connection, connection.begin():
                    _migrate(connection)
                with contextlib.suppress(FileExistsError):  # another process was first
                    scratch.put(half, self._path)
        except OSError as error:
            refusal = sqlite3.OperationalError(error.strerror or str(error))
            refusal.sqlite_errorname = "SQLITE_CANTOPEN"
            raise sa.exc.OperationalError("open", None, refusal) from error

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that changes all of what it changes, or nothing; one at a time."""
        with self._refusals():
            self._make()
            with self._change() as connection:
                yield connection

    @contextlib.contextmanager
    def _change(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")
                    connection.exec_driver_sql("SET LOCAL statement_timeout = '120s'")
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                has_version = sa.inspect(connection).has_table("alembic_version")
                stored = version(connection) if has_version else None
                if stored != HEAD:
                    refuse_newer(stored, self.display_name)
                    _migrate(connection)
                yield connection

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the database refuses, as one sentence."""
        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            reason = self._without_password(_first_line(error))
            if _unreached(error):
                # Where it is and why it is silent helps who runs it, not who reads.
                _LOG.info(UNREACHED, extra={"reason": reason})
                raise DataError("database_unreached", "database") from error
            _LOG.info("the database refuses", extra={"reason": reason})
            raise DataError("database_refuses", self.display_name, why=reason) from error

    def _without_password(self, text: str) -> str:
        secrets = [self._url.password, *map(str, self._url.query.values())]
        for secret in filter(None, secrets):
            text = text.replace(str(secret), "***")
        return text


def version(connection: sa.Connection) -> str | None:
    """The migration that the database is at; None where it has none or cannot tell."""
    try:
        stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        return None
    return None if stored is None else str(stored)


def refuse_newer(version: str | None, where: str) -> None:
    """Raises DataError where `version` is a migration that this version of the product lacks."""
    versions = {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*.py")}
    if version is not None and version not in versions:
        raise DataError("newer_database", where, value=version)


def _migrate(connection: sa.Connection) -> None:
    """Run the migrations that are still to be run, inside the transaction of `connection`."""
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # Alembic reads the option as a format: a % in the path of the checkout would be one.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _MIGRATING:
        command.upgrade(config, "head")


def _checked(url: str | sa.URL) -> sa.URL:
    """The address of a database that can be spoken to; raises DataError without any password."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DataError("no_database_address", "database") from error
    try:
        parsed.get_dialect().import_dbapi()
    except (sa.exc.ArgumentError, ImportError, ValueError) as error:
        raise DataError("no_database_driver", "database", value=parsed.drivername) from error
    return parsed


def _file(url: sa.URL) -> str | None:
    """The path of an SQLite file; None for one in memory, for a URI and for any other database."""
    file = url.database or ":memory:"
    plain = url.get_backend_name() == "sqlite" and not file.startswith(("file:", ":memory:"))
    return file if plain else None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EROFS):
            return  # what is committed can be read without it
        raise DataError("folder_not_made", str(folder)) from error


def _emptied(path: Path, where: str) -> DataError:
    """The refusal of a file without content, with the newest backup that lies beside it."""
    beside = [each for each in path.parent.glob("*.db") if each != path and each.stat().st_size]
    if not beside:
        return DataError("database_empty", where)
    newest = max(beside, key=lambda path: path.stat().st_mtime)
    return DataError("database_empty_backup", where, backup=str(newest))


def _engine(url: sa.URL) -> sa.Engine:
    """An engine; on SQLite it opens the file for each transaction and begins it itself.

    Opened once and kept, a file that somebody deletes would swallow what is written to it. And
    Python's sqlite3 begins a transaction only at the first change, too late for "look, then
    change": two would look at once. So a writer begins by taking the file.
    """
    if url.get_backend_name() == "postgresql":
        patience = {name: value for name, value in _CONNECT.items() if name not in url.query}
        return sa.create_engine(url, connect_args=patience, **_POOL)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url)
    # One in memory lives as long as its connection: that one is kept.
    in_memory = url.database is None or url.database in _MEMORY
    pool = {} if in_memory else {"poolclass": sa.NullPool}
    engine = sa.create_engine(url, connect_args={"timeout": WAIT}, **pool)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # A large change stays in memory until its commit, so that readers go on meanwhile.
        connection.execute("PRAGMA cache_spill = OFF")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _unreached(error: sa.exc.SQLAlchemyError) -> bool:
    """Whether a server is away, or on its way down or up; not where it answers with a refusal."""
    if isinstance(error, sa.exc.TimeoutError):  # every connection of the pool is in use
        return True
    cause: Any = getattr(error, "orig", None)
    if not isinstance(error, sa.exc.OperationalError) or not hasattr(cause, "sqlstate"):
        return False  # SQLite has no server
    if error.connection_invalidated or "the database system is" in str(cause):
        return True
    return cause.sqlstate is None and "FATAL" not in str(cause)


def _first_line(error: sa.exc.SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
