"""A copy in memory of a store whose disk takes nothing: what is committed can still be read.

A fresh store has to be made, and one of an older version brought up to date, before it can be read.
Where the disk is full or may only be read, that is done in memory; what was imported is in the copy
too. Nothing can be written to it.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

_LOG = logging.getLogger(__name__)
ROOM = 1_000_000  # bytes that a disk must have for an import
# What SQLite says where it is the disk that refuses.
_REFUSALS = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")


class StandIn:
    """The copy of the file `path`, made again when that changes."""

    def __init__(self, path: Path, migrate: Callable[[sa.Connection], None]) -> None:
        self._path, self._migrate = path, migrate
        self._content: tuple[tuple[int, int], bytes] | None = None

    def engine(self) -> sa.Engine:
        """An engine whose every connection is a copy of its own, at the newest migration."""
        content = self._current()

        def opened() -> sqlite3.Connection:
            connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            connection.deserialize(content)
            return connection

        return sa.create_engine("sqlite://", creator=opened, poolclass=sa.NullPool)

    def _current(self) -> bytes:
        state = _state(self._path)
        if self._content is None or self._content[0] != state:
            _LOG.info("the store is read from memory: its disk takes nothing")
            self._content = (state, self._copied())
        return self._content[1]

    def _copied(self) -> bytes:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
            if self._path.exists():
                address = f"{self._path.absolute().as_uri()}?mode=ro"
                with closing(sqlite3.connect(address, uri=True)) as file:
                    file.backup(memory)
            engine = sa.create_engine("sqlite://", creator=lambda: memory, poolclass=sa.StaticPool)
            with engine.connect() as connection, connection.begin():
                self._migrate(connection)
            return memory.serialize()


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def disk_refuses(error: sa.exc.SQLAlchemyError, path: Path) -> bool:
    """Whether it is the disk of `path` that refuses, and not the file that is wrong."""
    name = str(getattr(getattr(error, "orig", None), "sqlite_errorname", ""))
    if not name.startswith(_REFUSALS):
        return False
    return not name.startswith("SQLITE_CANTOPEN") or not has_room(path)


def has_room(path: Path) -> bool:
    """Whether the disk and the rights of `path`, or of where it would be, let it grow."""
    place = path
    while not place.exists() and place != place.parent:
        place = place.parent
    disk = os.statvfs(place)
    if disk.f_flag & os.ST_RDONLY or disk.f_bavail * disk.f_frsize < ROOM:
        return False
    folder = path.parent if path.exists() else place  # where its journal comes
    return all(os.access(each, os.W_OK) for each in (place, folder))
