"""Releases in a database: SQLite by default. What is committed is loaded into it once.

Each table of a release is loaded in one transaction and carries the fingerprint of its file, so
that a store made from an older checkout is brought up to date and a current one is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.load import REFERENCE, RELEASE_TABLES, fingerprint, reference, release_table
from geo.errors import DataError
from geo.postings import locate
from geo.schemas import TABLES, validate

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {"Int64": sa.Integer(), "float64": sa.Float()}
_METADATA = sa.MetaData()
_LOADED = sa.Table(
    "loaded",
    _METADATA,
    sa.Column("release", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
)


def _sql_table(name: str) -> sa.Table:
    schema = TABLES[name]
    columns = [
        sa.Column(column, _TYPES.get(str(spec.dtype), sa.Text()), nullable=spec.nullable)
        for column, spec in schema.columns.items()
    ]
    # A database has no order of its own; the printed order is kept in a column.
    position = sa.Column("position", sa.Integer, primary_key=True)
    release = sa.Column("release", sa.Text, nullable=False)
    unique = sa.UniqueConstraint("release", *schema.unique)
    return sa.Table(name, _METADATA, position, release, *columns, unique)


_SQL = {name: _sql_table(name) for name in RELEASE_TABLES}
# The columns are part of what was loaded: another version of the product may have other ones.
_SHAPES = {name: " ".join(column.name for column in table.columns) for name, table in _SQL.items()}


@dataclass(frozen=True)
class Network:
    """The postings (with `lat`, `lon`) and accreditations of one release.

    `complete` tells whether the release may say that a country has no officer.
    """

    release: str
    complete: bool
    postings: pd.DataFrame
    accreditations: pd.DataFrame


def _checked(url: str) -> sa.URL:
    """The address of a database that can be spoken to; raises DataError without any password."""
    advice = "Write for example sqlite:////folder/liaisonatlas.db."
    reason, kind = "this is not the address of a database", None
    try:
        parsed = sa.make_url(url)
        reason, kind = "no driver is installed for this kind of database", parsed.drivername
        parsed.get_dialect().import_dbapi()
    except (sa.exc.ArgumentError, ImportError) as error:
        raise DataError("database", reason, value=kind, advice=advice) from error
    return parsed


def _make_folder(url: sa.URL) -> None:
    """Make the folder that an SQLite file stands in; a URI or a database in memory needs none."""
    file = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or file.startswith(("file:", ":memory:")):
        return
    folder = Path(file).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason, advice = "the folder cannot be made", "Set LIAISONATLAS_VAR to another folder."
        raise DataError(str(folder), reason, advice=advice) from error


def _engine(url: sa.URL) -> sa.Engine:
    """An engine; on SQLite two processes that load at once wait for each other.

    Python's sqlite3 opens a transaction only at the first change, too late for "look, then load":
    both would look, and the second would find the tables half made. So we open it ourselves.
    """
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url)
    engine = sa.create_engine(url, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, record: object) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _loaded(connection: sa.Connection, this: dict[str, str]) -> str | None:
    """The fingerprint of the file that a table of a release was loaded from, None if never."""
    if not sa.inspect(connection).has_table(_LOADED.name):
        return None
    found: str | None = connection.execute(
        sa.select(_LOADED.c.fingerprint).filter_by(**this)
    ).scalar()
    return found


def _drop_outdated(connection: sa.Connection) -> None:
    """Drop each table whose columns are those of another version of the product."""
    _LOADED.create(connection, checkfirst=True)
    inspector = sa.inspect(connection)
    for name, table in _SQL.items():
        if inspector.has_table(name):
            columns = " ".join(column["name"] for column in inspector.get_columns(name))
            if columns != _SHAPES[name]:
                table.drop(connection)
                connection.execute(sa.delete(_LOADED).where(_LOADED.c.name == name))


class Store:
    """Reads releases from the database behind `url`, loading what is committed in `root`."""

    def __init__(self, url: str, root: Path = REFERENCE) -> None:
        self._root = root
        # Asked for several times in every run: kept with the frame it was sorted from.
        self._newest_first: tuple[pd.DataFrame, pd.DataFrame] | None = None
        self._url = _checked(url)
        _make_folder(self._url)
        self._engine = _engine(self._url)

    def releases(self) -> pd.DataFrame:
        """Table `releases` of `geo.schemas`, newest first."""
        frame = reference("releases", self._root)
        if self._newest_first is None or self._newest_first[0] is not frame:
            newest = frame[["network_as_of", "missions_as_of"]].fillna("").max(axis=1)
            order = newest.sort_values(ascending=False, kind="stable").index
            self._newest_first = (frame, frame.loc[order])
        return self._newest_first[1]

    def default_release(self) -> str:
        """The newest release with a complete network."""
        releases = self.releases()
        complete = releases[releases["network"] == "complete"]
        if complete.empty:
            raise DataError("data/reference/releases.csv", "no release has a complete network")
        return str(complete["release"].iloc[0])

    def release(self, release: str) -> pd.Series:
        """The row of `releases` for one id; raises DataError for an unknown one."""
        known = self.releases().set_index("release", drop=False)
        if release not in known.index:
            advice = f"Known releases: {', '.join(known.index)}."
            raise DataError("release", "there is no such release", value=release, advice=advice)
        row = known.loc[release]
        assert isinstance(row, pd.Series)  # the id is the key of the table
        return row

    def network(self, release: str) -> Network:
        """Postings and accreditations of a release; raises DataError where it has no network."""
        row = self._having("network", release, "the network, so its coverage is unknown")
        postings = self._read("postings", release)
        return Network(
            release,
            bool(row["network"] == "complete"),
            locate(postings, reference("cities", self._root)),
            self._read("accreditations", release),
        )

    def deployments(self, release: str) -> pd.DataFrame:
        """Table `deployments` of a release; raises DataError where it has no missions."""
        self._having("missions", release, "missions, so their number is unknown")
        return self._read("deployments", release)

    def _having(self, column: str, release: str, unknown: str) -> pd.Series:
        row, releases = self.release(release), self.releases()
        if row[column] == "absent":
            others = ", ".join(releases.loc[releases[column] != "absent", "release"])
            reason = f"the document has no table of {unknown}"
            raise DataError(f"release {release}", reason, advice=f"Releases with one: {others}.")
        return row

    def _read(self, table: str, release: str) -> pd.DataFrame:
        self._load(table, release)
        sql = _SQL[table]
        columns = [sql.c[name] for name in TABLES[table].columns]
        wanted = sa.select(*columns).where(sql.c.release == release).order_by(sql.c.position)
        with self._transaction() as connection:
            rows = connection.execute(wanted).all()
        frame = pd.DataFrame(rows, columns=[column.name for column in columns], dtype="object")
        for name, column in TABLES[table].columns.items():
            # As `data.load` types them, so that a frame is the same from a file and from here.
            kind = str(column.dtype)
            frame[name] = frame[name].astype(kind if kind in _TYPES else "str")
        return validate(table, frame, f"{self._shown()}, table {table}")

    def _load(self, table: str, release: str) -> None:
        """Bring one table of a release up to date with its file, all of it or nothing."""
        mark = f"{fingerprint(table, release, self._root)} {_SHAPES[table]}"
        this = {"release": release, "name": table}
        with self._transaction() as connection:
            if _loaded(connection, this) == mark:
                return
        with self._transaction(writes=True) as connection:
            _drop_outdated(connection)
            _METADATA.create_all(connection)
            if _loaded(connection, this) == mark:
                return  # another process was first
            frame = release_table(table, release, self._root)
            sql = _SQL[table]
            connection.execute(sa.delete(sql).where(sql.c.release == release))
            connection.execute(sa.delete(_LOADED).filter_by(**this))
            connection.execute(sa.insert(_LOADED), this | {"fingerprint": mark})
            frame = frame.astype(object).where(frame.notna(), None)
            frame.insert(0, "release", release)
            if not frame.empty:
                rows = [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy()]
                connection.execute(sa.insert(sql), rows)

    @contextmanager
    def _transaction(self, writes: bool = False) -> Iterator[sa.Connection]:
        """One transaction; what the database refuses comes back as one sentence."""
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(writes=writes)
                with connection.begin():
                    yield connection
        except sa.exc.SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).splitlines()[0]
            advice = "Check that it can be written; an SQLite file may be deleted, it is made anew."
            raise DataError(
                self._shown(), f"the database refuses ({cause})", advice=advice
            ) from error

    def _shown(self) -> str:
        return f"database {self._url.render_as_string(hide_password=True)}"
