"""The whole store in one file and back, each compared row by row before it counts.

A backup is itself a store: an SQLite file of the same tables, that the product can also open.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data import scratch
from data.imports.incoming import role
from data.load import RELEASE_TABLES
from data.store.audit import Detail, written
from data.store.database import Database, refuse_newer
from data.store.read import Store
from data.store.register import IMPORTED
from data.store.tables import AUDIT, DOCUMENTS, METADATA, last_entry
from data.store.write import RESTORE_BACKUP, record
from geo.errors import DataError

Row = tuple[Any, ...]


def backup(store: Store, path: Path) -> dict[str, object]:
    """Write the whole store to the new file `path`; raises DataError and leaves no half file.

    Returns `file`, `revision`, and how many `releases` were imported and `rows` copied.
    """
    if path.exists():
        raise DataError("file_there_already", str(path))
    with _text_of(path), store.database.read() as source, scratch.beside(path) as folder:
        half = folder / "backup.db"
        rows = _write(source, half, path)
        revision, releases = last_entry(source)[0], len(_rows(source, DOCUMENTS))
        scratch.put(half, path)
        _to_disk(path.parent)
    return {"file": str(path), "revision": revision, "releases": releases, "rows": rows}


def restore(store: Store, path: Path, by: str, replace: bool = False) -> dict[str, object]:
    """Make what the backup `path` holds the content of the store; raises DataError.

    It is one transaction. What only the store holds, imports or entries of its audit list, is
    lost: that needs `replace`. Returns `file`, `revision`, `releases` and `rows` as `backup`.
    """
    by = role(by)
    with scratch.temporary() as folder:
        # A copy, because reading an older backup brings its tables up to date.
        copy = folder / "backup.db"
        with _text_of(path):
            source_file = path.open("rb")
        with source_file, copy.open("xb") as target_file:
            shutil.copyfileobj(source_file, target_file)
        _check(copy, path)
        kept = Store(_address(copy), store.root)
        releases = _check_releases(kept, path)
        with kept.database.read() as source, store.database.write() as target:
            lost = _lost(source, target)
            if any(lost) and not replace:
                raise _refused(str(path), *lost)
            before = last_entry(target)[0]
            for table in reversed(METADATA.sorted_tables):
                target.execute(sa.delete(table))
            rows = _copy(source, target)
            _compare(source, target, path)
            detail = written([_replaced(*lost)] if any(lost) else [])
            record(target, RESTORE_BACKUP, by, document=path.name, detail=detail, after=before)
            revision = last_entry(target)[0]
    return {"file": str(path), "revision": revision, "releases": releases, "rows": rows}


def _address(path: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(path.absolute()))


def _write(source: sa.Connection, half: Path, path: Path) -> int:
    """Fill the file `half`, bring it to the disk, and read it back."""
    try:
        with Database(_address(half)).write() as target:
            rows = _copy(source, target)
        _to_disk(half)
        with Database(_address(half)).read() as target:
            _compare(source, target, path)
    except DataError as error:
        # Named as the person named it, and without a database they did not ask for.
        raise DataError("backup_not_made", str(path), cause=error) from error
    return rows


def _copy(source: sa.Connection, target: sa.Connection) -> int:
    """Copy every row of every table into empty ones, and count them."""
    count = 0
    for table in METADATA.sorted_tables:
        rows = [dict(row) for row in source.execute(sa.select(table)).mappings()]
        if rows:
            target.execute(sa.insert(table), rows)
        count += len(rows)
    return count


def _compare(source: sa.Connection, target: sa.Connection, path: Path) -> None:
    for table in METADATA.sorted_tables:
        if _rows(source, table) != _rows(target, table):
            raise DataError("table_not_as_written", str(path), table=table.name)


def _rows(connection: sa.Connection, table: sa.Table) -> dict[Row, Row]:
    """Every row by its key: databases sort texts each in their own way."""
    place = [index for index, column in enumerate(table.c) if column.primary_key]
    rows = (tuple(row) for row in connection.execute(sa.select(table)))
    return {tuple(row[index] for index in place): row for row in rows}


def _check(copy: Path, path: Path) -> None:
    """The file is whole and is a store of ours; raises DataError."""
    found, is_store = None, False
    try:
        with closing(sqlite3.connect(copy)) as database:
            found = database.execute("SELECT version_num FROM alembic_version").fetchone()
            database.execute("SELECT number FROM audit").fetchone()
            is_store = True
            state = database.execute("PRAGMA integrity_check").fetchone()
            orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise DataError("backup_damaged" if is_store else "no_backup", str(path)) from error
    if found is None or state != ("ok",) or orphans:
        raise DataError("backup_damaged", str(path))
    refuse_newer(found[0], str(path))


def _check_releases(store: Store, path: Path) -> int:
    """Every imported release is whole and fits the schemas; raises DataError."""
    register = store.register()
    imported = register[register["origin"] == IMPORTED]
    with store.database.read() as connection:
        documents = {row[0] for row in connection.execute(sa.select(DOCUMENTS.c.document))}
        told = {row[0] for row in connection.execute(sa.select(AUDIT.c.release))}
    for release, network, missions in imported[["release", "network", "missions"]].to_numpy():
        whole = release in documents and release in told
        try:
            sizes = {table: len(store.table(table, release)) for table in RELEASE_TABLES if whole}
        except DataError as error:
            where, place = f"{path}, release {release}", (error.row, error.column, error.value)
            raise DataError("backup_unreadable", where, *place, cause=error) from error
        if (
            not whole
            or (sizes["postings"] > 0) != (network != "absent")
            or (sizes["deployments"] > 0) != (missions != "absent")
        ):
            raise DataError("release_not_whole", str(path), value=release)
    return len(imported)


def _lost(source: sa.Connection, target: sa.Connection) -> tuple[tuple[str, ...], int]:
    """Return what the store holds and the backup does not: releases, entries of the audit list."""
    fingerprint = sa.select(DOCUMENTS.c.document, DOCUMENTS.c.sha256)
    kept = {tuple(row) for row in source.execute(fingerprint)}
    releases = tuple(row[0] for row in target.execute(fingerprint) if tuple(row) not in kept)
    entries = _rows(target, AUDIT).items() - _rows(source, AUDIT).items()
    return releases, len(entries)


def _refused(where: str, releases: tuple[str, ...], entries: int) -> DataError:
    if releases:
        return DataError("backup_lacks_releases", where, lost=releases, entries=entries)
    return DataError("backup_lacks_entries", where, entries=entries)


def _replaced(releases: tuple[str, ...], entries: int) -> Detail:
    if releases:
        return Detail("replaced", {"releases": ", ".join(releases), "entries": entries})
    return Detail("replaced_entries", {"entries": entries})


@contextmanager
def _text_of(path: Path) -> Iterator[None]:
    """What the disk refuses, as one sentence."""
    try:
        yield
    except OSError as error:
        raise DataError(
            "file_not_read_or_written", str(path), why=str(error.strerror or error)
        ) from error


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk and not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
