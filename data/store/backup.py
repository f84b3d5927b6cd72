"""The whole store in one file and back, each compared row by row before it counts.

A backup is itself a store: an SQLite file of the same tables, that the product can also open.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import scratch
from data.imports.incoming import Incoming, check, role
from data.load import RELEASE_TABLES, fingerprint, reference, release_table
from data.store import papers
from data.store.audit import IMPORT, RESTORE, RESTORE_BACKUP, WITHDRAW, Detail, written
from data.store.database import Database, refuse_newer
from data.store.read import Store
from data.store.register import ACTIVE, COMMITTED, IMPORTED, WITHDRAWN
from data.store.tables import ALIASES, AUDIT, DOCUMENTS, LOADED, METADATA, last_entry, typed
from data.store.write import record
from geo.errors import DataError
from geo.names import not_units
from geo.names.decisions import Decision

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
        releases = _checked(kept, path)
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
    row, is_store = None, False
    try:
        with closing(sqlite3.connect(copy)) as database:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
            database.execute("SELECT number FROM audit").fetchone()
            is_store = True
            state = database.execute("PRAGMA integrity_check").fetchone()
            orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise DataError("backup_damaged" if is_store else "no_backup", str(path)) from error
    if row is None or state != ("ok",) or orphans:
        raise DataError("backup_damaged", str(path))
    refuse_newer(row[0], str(path))


def _checked(store: Store, path: Path) -> int:
    """How many releases were imported; raises DataError for what no import would have stored."""
    try:
        with store.database.read() as connection:
            _check_cells(connection, path)
        _check_audit(store, path)
        papers.check(store, str(path))
        return _check_releases(store, path)
    except DataError as error:
        if error.where.startswith(str(path)):
            raise
        place = (error.row, error.column, error.value)
        raise DataError("backup_unreadable", str(path), *place, cause=error) from error
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise DataError("backup_damaged", str(path)) from error


def _check_cells(connection: sa.Connection, path: Path) -> None:
    """SQLite keeps any value in any column; another database, or a later import, does not."""
    for table in METADATA.sorted_tables:
        for row in connection.execute(sa.select(table)):
            for column, value in zip(table.c, row, strict=True):
                if not _fits(column, value):
                    where = f"{path}, table {table.name}"
                    raise DataError("backup_cell", where, None, column.name, ascii(value)[:80])


def _fits(column: sa.Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, sa.Integer):
        most = 2**63 if isinstance(column.type, sa.BigInteger) else 2**31
        return type(value) is int and 0 <= value < most // 2
    if isinstance(column.type, sa.Float):
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, str) and not re.search("[\0\ud800-\udfff]", value)


def _check_audit(store: Store, path: Path) -> None:
    """What the register and the audit list say in words and times is what the product writes."""
    audit, register = store.audit(), store.register()
    for where, column, frame, words in (
        ("audit", "action", audit, {IMPORT, WITHDRAW, RESTORE, RESTORE_BACKUP}),
        ("releases", "state", register, {ACTIVE, WITHDRAWN}),
        ("releases", "origin", register, {IMPORTED, COMMITTED}),
    ):
        for value in set(frame[column]) - words:
            raise DataError("backup_cell", f"{path}, table {where}", None, column, str(value)[:80])
    times = [*audit["at"], *register.loc[register["origin"] == IMPORTED, "added_at"]]
    for value in times:
        dt.datetime.fromisoformat(value)  # of a text that is no time: damage
    for by in {*audit["by"], *register["added_by"].dropna()}:
        role(by)


def _check_releases(store: Store, path: Path) -> int:
    """Every imported release is whole, and passes the check that an import passes."""
    register = store.register()
    imported = register[register["origin"] == IMPORTED]
    with store.database.read() as connection:
        documents = {row.document: row for row in connection.execute(sa.select(DOCUMENTS))}
        entries = {row[0] for row in connection.execute(sa.select(AUDIT.c.release))}
        loaded = [tuple(row) for row in connection.execute(sa.select(LOADED))]
    for release in imported.itertuples():
        if release.release not in documents or release.release not in entries:
            raise DataError("release_not_whole", str(path), value=str(release.release))
        _check_import(store, path, release, documents[release.release])
    for release, table, digest in loaded:
        _check_copy(store, path, release, table, digest)
    return len(imported)


def _check_import(store: Store, path: Path, release: Any, document: Any) -> None:
    """One release by the check of an import; raises DataError."""
    where = f"{path}, release {release.release}"
    frames = {}
    for table in RELEASE_TABLES:
        try:
            frames[table] = store.table(table, release.release)
        except DataError as error:
            place = (error.row, error.column, error.value)
            raise DataError("backup_unreadable", where, *place, cause=error) from error
    if any(
        frames[table].empty != (word == "absent")
        for table, word in (("postings", release.network), ("deployments", release.missions))
    ):
        raise DataError("release_not_whole", str(path), value=str(release.release))
    total = release.missions_total
    incoming = Incoming(
        document.name,
        document.sha256,
        document.size,
        release.network,
        _text(release.network_as_of),
        release.missions,
        _text(release.missions_as_of),
        None if pd.isna(total) else int(total),
        _plain(frames["postings"]),
        _plain(frames["accreditations"]),
        _plain(frames["deployments"]),
        decisions=_decisions(store, release.release),
    )
    try:
        check(incoming, store.root, release.added_by, release.added_at)
    except DataError as error:
        place = (error.row, error.column, error.value)
        raise DataError("backup_unreadable", where, *place, cause=error) from error


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _decisions(store: Store, release: str) -> tuple[Decision, ...]:
    fields = [ALIASES.c[name] for name in Decision.__dataclass_fields__]
    meaning = not_units.meaning(reference("not_units", store.root))
    with store.database.read() as connection:
        rows = connection.execute(sa.select(*fields).where(ALIASES.c.release == release)).all()
    decisions = (not_units.decided(Decision(*map(str, row)), meaning) for row in rows)
    return tuple(filter(None, decisions))


def _check_copy(store: Store, path: Path, release: str, table: str, digest: str) -> None:
    """A copy of a committed table that says to be that of today's file is equal to it."""
    if table not in RELEASE_TABLES:
        raise DataError("backup_damaged", str(path))
    try:
        current = fingerprint(table, release, store.root)
    except DataError:  # of a checkout that has another release
        return
    if digest == current:
        copied = store.table(table, release)
        if not copied.equals(typed(table, release_table(table, release, store.root))):
            raise DataError("release_not_whole", str(path), value=release)


def _lost(source: sa.Connection, target: sa.Connection) -> tuple[tuple[str, ...], int]:
    """Return what the store holds and the backup does not: releases, entries of the audit list."""
    fingerprint = sa.select(DOCUMENTS.c.document, DOCUMENTS.c.sha256)
    copied = {tuple(row) for row in source.execute(fingerprint)}
    releases = tuple(row[0] for row in target.execute(fingerprint) if tuple(row) not in copied)
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
