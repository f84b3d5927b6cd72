"""Releases in a database, for reading: SQLite by default. `data.store.write` changes what is in it.

What people import is kept here and nowhere else. What is committed is loaded on demand: each
table of a release in one transaction, with the fingerprint of its file, so that a store made from
an older checkout is brought up to date and a current one is left alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.load import REFERENCE, fingerprint, places, reference, release_table
from data.store.database import Database
from data.store.register import ACTIVE, documents
from data.store.tables import (
    ALIASES,
    AUDIT,
    DOCUMENTS,
    FACTS,
    LOADED,
    RELEASES,
    frame_of,
    last_entry,
    read_register,
    write_facts,
)
from geo.dates import years_ahead
from geo.errors import DataError
from geo.names import not_units
from geo.names.cities import locate
from geo.names.decisions import Decision
from geo.names.normalise import key
from geo.schemas import TABLES

_COLUMNS = list(TABLES["releases"].columns)
# What a release may lack -> the code of its error.
_ABSENT = {"network": "no_network_table", "missions": "no_missions_table"}


@dataclass(frozen=True)
class Network:
    """The postings (with `lat`, `lon`) and accreditations of one release.

    `complete` tells whether the release may say that a country has no officer.
    """

    release: str
    complete: bool
    postings: pd.DataFrame
    accreditations: pd.DataFrame


@dataclass(frozen=True)
class _Register:
    """The releases at one state of the store; `fingerprints` has the imported ones.

    `rows` are those of `active` by their id.
    """

    last: tuple[int, str]
    committed: pd.DataFrame
    every: pd.DataFrame
    active: pd.DataFrame
    rows: dict[str, pd.Series]
    documents: list[dict[str, Any]]
    fingerprints: dict[str, str]


class Store:
    """Reads releases from the database behind `url`, loading what is committed in `root`."""

    def __init__(self, url: str | sa.URL, root: Path = REFERENCE) -> None:
        self.root = root
        self.database = Database(url)
        self._kept: _Register | None = None
        self._documents: tuple[pd.DataFrame, _Register, pd.DataFrame] | None = None
        self._seen = threading.local()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Within it this thread sees the releases of one moment; raises DataError."""
        self._seen.register = self._register()
        try:
            yield
        finally:
            self._seen.register = None

    def look_again(self) -> None:
        """Within `steady`, see what there is now; raises DataError."""
        if getattr(self._seen, "register", None):
            self._seen.register = None
            self._seen.register = self._register()

    def revision(self) -> int:
        """0 in a fresh store; grows with every import, withdrawal and restore. One cheap query."""
        return self._register().last[0]

    def version(self) -> str:
        """Another text after each change, also where another database took this one's place."""
        return " ".join(map(str, self._register().last))

    def releases(self) -> pd.DataFrame:
        """Table `releases` of `geo.schemas`, newest first, without withdrawn ones.

        The same frame for as long as nothing changes; do not change it in place.
        """
        return self._register().active

    def register(self) -> pd.DataFrame:
        """Every release, withdrawn ones too, with origin, state, added_at and added_by."""
        return self._register().every

    def default_release(self) -> str:
        """The newest release with a complete network, but for one of a date that is years ahead."""
        rows = self._register().rows
        complete = [name for name, row in rows.items() if row["network"] == "complete"]
        if not complete:
            raise DataError("no_complete_release", "data/reference/releases.csv")
        usual = (name for name in complete if not years_ahead(rows[name]["network_as_of"]))
        return next(usual, complete[0])

    def release(self, release: str) -> pd.Series:
        """The row of `releases` for one id; raises DataError for an unknown or withdrawn one."""
        register = self._register()
        if release not in register.rows:
            withdrawn = release in set(register.every["release"])
            code = "release_withdrawn" if withdrawn else "no_such_release"
            raise DataError(code, "release", value=release, releases=tuple(register.rows))
        return register.rows[release]

    def network(self, release: str) -> Network:
        """Postings and accreditations of a release; raises DataError where it has no network."""
        row = self._having("network", release)
        postings = self.table("postings", release)
        return Network(
            release,
            bool(row["network"] == "complete"),
            locate(postings, places(self.root)),
            self.table("accreditations", release),
        )

    def deployments(self, release: str) -> pd.DataFrame:
        """Table `deployments` of a release; raises DataError where it has no missions."""
        self._having("missions", release)
        return self.table("deployments", release)

    def table(self, table: str, release: str) -> pd.DataFrame:
        """One of RELEASE_TABLES for a release, withdrawn or not; raises DataError."""
        if release not in self._register().fingerprints and not self._loads(table, release):
            return not_units.current(table, release_table(table, release, self.root), self._meant())
        sql = FACTS[table]
        columns = [sql.c[name] for name in TABLES[table].columns]
        wanted = sa.select(*columns).where(sql.c.release == release).order_by(sql.c.position)
        rows = self._rows(wanted)
        frame = frame_of(table, rows, f"{self.database.display_name}, table {table}")
        return not_units.current(table, frame, self._meant())

    def fingerprint(self, table: str, release: str) -> str:
        """Another one when that table of that release changes; raises DataError for no file."""
        imported = self._register().fingerprints.get(release)
        return fingerprint(table, release, self.root) if imported is None else imported

    def documents(self) -> pd.DataFrame:
        """Table `documents` of `geo.schemas`: the committed ones, then the imported ones."""
        committed, known = reference("documents", self.root), self._register()
        kept = self._documents
        if kept is None or kept[0] is not committed or kept[1] is not known:
            made = documents(committed, known.documents, known.every)
            self._documents = kept = (committed, known, made)
        return kept[2]

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided for releases that are shown, oldest first; the newest counts."""
        fields = [ALIASES.c[name] for name in Decision.__dataclass_fields__]
        imported = RELEASES.c.release == ALIASES.c.release
        is_active = RELEASES.c.state == ACTIVE
        wanted = sa.select(*fields).join_from(ALIASES, RELEASES, imported).where(is_active)
        order = (ALIASES.c.decided_at, RELEASES.c.added_at, ALIASES.c.release, ALIASES.c.position)
        newest: dict[str, Decision] = {}
        for row in self._rows(wanted.order_by(*order)):
            decision = not_units.decided(Decision(*map(str, row)), self._meant())
            if decision is None:
                continue
            newest.pop(key(decision.printed), None)  # so that the newest stands last
            newest[key(decision.printed)] = decision
        return tuple(newest.values())

    def audit(self) -> pd.DataFrame:
        """What was done, newest first: at, by, action, release, document, detail."""
        columns = [column for column in AUDIT.c if column.name != "number"]
        rows = self._rows(sa.select(*columns).order_by(AUDIT.c.number.desc()))
        return pd.DataFrame(rows, columns=[column.name for column in columns], dtype="str")

    def imported(self, sha256: str) -> str | None:
        """The release made from the document with that fingerprint, withdrawn or not."""
        wanted = sa.select(DOCUMENTS.c.document).where(DOCUMENTS.c.sha256 == sha256)
        rows = self._rows(wanted)
        return str(rows[0][0]) if rows else None

    def _meant(self) -> not_units.Meaning:
        return not_units.meaning(reference("not_units", self.root))

    def _rows(self, wanted: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self.database.read() as connection:
            return connection.execute(wanted).all()

    def _register(self) -> _Register:
        seen: _Register | None = getattr(self._seen, "register", None)
        if seen:
            return seen
        committed = reference("releases", self.root)
        kept = self._kept
        with self.database.read() as connection:
            last = last_entry(connection)
            if kept and kept.last == last and kept.committed is committed:
                return kept
            every = read_register(connection, committed)
            order = (DOCUMENTS.c.received_at, DOCUMENTS.c.document)
            rows = connection.execute(sa.select(DOCUMENTS).order_by(*order)).mappings()
            imported = [dict(row) for row in rows]
        active = every.loc[every["state"] == ACTIVE, _COLUMNS].reset_index(drop=True)
        fingerprints = {
            row["document"]: f"{row['sha256']} {row['received_at']}" for row in imported
        }
        by_id = active.set_index("release", drop=False).iterrows()
        parts = (every, active, {str(name): row for name, row in by_id}, imported, fingerprints)
        self._kept = found = _Register(last, committed, *parts)
        return found

    def _having(self, column: str, release: str) -> pd.Series:
        row, releases = self.release(release), self.releases()
        if row[column] == "absent":
            others = tuple(releases.loc[releases[column] != "absent", "release"])
            raise DataError(_ABSENT[column], f"release {release}", releases=others)
        return row

    def _loads(self, table: str, release: str) -> bool:
        """Whether the database holds the table as its file has it; a full disk keeps it out."""
        try:
            return self._load(table, release)
        except DataError as error:
            if error.code != "database_refuses":
                raise
            return False

    def _load(self, table: str, release: str) -> bool:
        """Bring one table of a committed release up to date with its file, all or nothing.

        False where the database takes no changes now.
        """
        digest = fingerprint(table, release, self.root)
        with self.database.read() as connection:
            if _loaded(connection, table, release) == digest:
                return True
        if not self.database.takes_changes():
            return False
        with self.database.write() as connection:
            if _loaded(connection, table, release) == digest:
                return True  # another process was first
            frame = release_table(table, release, self.root)
            write_facts(connection, table, release, frame)
            this = {"release": release, "name": table}
            connection.execute(sa.delete(LOADED).filter_by(**this))
            connection.execute(sa.insert(LOADED), this | {"fingerprint": digest})
        return True


def _loaded(connection: sa.Connection, table: str, release: str) -> str | None:
    """The fingerprint of the file that a table of a release was loaded from, None if never."""
    wanted = sa.select(LOADED.c.fingerprint).filter_by(release=release, name=table)
    checksum: str | None = connection.execute(wanted).scalar()
    return checksum
