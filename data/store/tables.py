"""The tables of the database, made from the schemas of `geo`, and frames to rows and back.

Whoever changes a table here writes a migration (`data/store/migrations/`); a test compares
the two. Nothing is numbered by the database itself, so that rows are the same on any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.load import RELEASE_TABLES
from data.store.register import IMPORTED, register
from geo.schemas import TABLES
from geo.schemas.validation import validate

# Names for what a database would name by itself, so that a later migration can find it.
METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s",
        "fk": "fk_%(table_name)s",
    }
)
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {"Int64": sa.Integer(), "float64": sa.Float()}


def _text(name: str, **keywords: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, **{"nullable": False} | keywords)


def _columns(name: str, key: Sequence[str] = ()) -> list[sa.Column[Any]]:
    """The columns of a table of `geo.schemas`."""
    return [
        sa.Column(
            column,
            _TYPES.get(spec.dtype, sa.Text()),
            nullable=spec.nullable,
            primary_key=column in key,
        )
        for column, spec in TABLES[name].columns.items()
    ]


def _row_key() -> list[sa.Column[Any]]:
    """A row by its release and, as a database has no order of its own, its place in the table."""
    number = sa.Column("position", sa.Integer, primary_key=True, autoincrement=False)
    return [_text("release", primary_key=True), number]


# Imported releases, and the committed ones whose state a person changed: what those say stands
# in their files, only the state counts here.
RELEASES = sa.Table(
    "releases",
    METADATA,
    *_columns("releases", key=["release"]),
    _text("origin"),
    _text("state"),
    _text("added_at", nullable=True),
    _text("added_by", nullable=True),
)
DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    _text("document", primary_key=True),
    _text("name"),
    _text("sha256"),
    sa.Column("size", sa.BigInteger, nullable=False),
    _text("as_of"),
    _text("received_at"),
    sa.UniqueConstraint("sha256"),
    sa.ForeignKeyConstraint(["document"], ["releases.release"]),
)
FACTS = {
    name: sa.Table(
        name,
        METADATA,
        *_row_key(),
        *_columns(name),
        sa.UniqueConstraint("release", *TABLES[name].key),
    )
    for name in RELEASE_TABLES
}
# What people decided about printed texts, with the release they read (`geo.names.decisions`).
ALIASES = sa.Table(
    "aliases",
    METADATA,
    *_row_key(),
    *map(_text, ("printed", "meaning", "value", "reason", "decided_by", "decided_at")),
    sa.ForeignKeyConstraint(["release"], ["releases.release"]),
)
# Its highest number is the revision of the store.
AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    *map(_text, ("at", "by", "action")),
    _text("release", nullable=True),
    _text("document", nullable=True),
    _text("detail"),
)
# Which file each copied table of a committed release came from.
LOADED = sa.Table(
    "loaded",
    METADATA,
    _text("release", primary_key=True),
    _text("name", primary_key=True),
    _text("fingerprint"),
)
# Documents of parliament that were seen, with what a person decided about each.
PAPERS = sa.Table(
    "papers",
    METADATA,
    _text("id", primary_key=True),
    *map(_text, ("number", "kind", "title", "subject", "date", "dossiers")),
    sa.Column("sequence", sa.Integer, nullable=True),
    *map(_text, ("case_number", "media")),
    sa.Column("size", sa.BigInteger, nullable=True),
    sa.Column("removed", sa.Integer, nullable=True),
    *map(_text, ("first_seen_at", "state")),
    *(_text(name, nullable=True) for name in ("sha256", "decided_at", "decided_by", "reason")),
)
# Which of them is an annex of which.
PAPER_ANNEXES = sa.Table(
    "paper_annexes", METADATA, _text("letter", primary_key=True), _text("annex", primary_key=True)
)
# When each question to parliament was last answered whole.
PAPER_QUESTIONS = sa.Table(
    "paper_questions", METADATA, _text("question", primary_key=True), _text("asked_at")
)


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with types as `data.load` gives them: a frame is the same from a file and from here.

    Cells that do not fit their type raise ValueError or TypeError.
    """
    frame = frame.copy()
    for name, column in TABLES[table].columns.items():
        if name in frame:
            kind = column.dtype
            frame[name] = frame[name].astype(kind if kind in _TYPES else "str")
    return frame


def frame_of(table: str, rows: Iterable[Sequence[Any]], where: str) -> pd.DataFrame:
    """Rows in the order of a table of `geo.schemas` as its frame; raises DataError."""
    columns = list(TABLES[table].columns)
    frame = pd.DataFrame([tuple(row) for row in rows], columns=columns, dtype="object")
    return validate(table, typed(table, frame), where)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as a database takes them: what is missing is None."""
    cells = frame.astype(object).where(frame.notna(), None).to_numpy()
    return [dict(zip(frame.columns, row, strict=True)) for row in cells]


def write_facts(connection: sa.Connection, table: str, release: str, frame: pd.DataFrame) -> None:
    """Make the rows of `frame` the only ones that `release` has in this table."""
    target = FACTS[table]
    connection.execute(sa.delete(target).where(target.c.release == release))
    key = ({"release": release, "position": place} for place in range(1, len(frame) + 1))
    rows = [place | row for place, row in zip(key, rows_of(frame), strict=True)]
    if rows:
        connection.execute(sa.insert(target), rows)


_LAST = sa.select(AUDIT.c.number, AUDIT.c.at).order_by(AUDIT.c.number.desc()).limit(1)
_MADE = [RELEASES.c[name] for name in ("origin", "state", "added_at", "added_by")]
_COLUMNS = list(TABLES["releases"].columns)


def last_entry(connection: sa.Connection) -> tuple[int, str]:
    """Number and time of the newest entry of the audit list: (0, "") in a fresh store."""
    row = connection.execute(_LAST).first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def read_register(connection: sa.Connection, committed: pd.DataFrame) -> pd.DataFrame:
    """Every release at this moment, see `data.store.register`."""
    rows = connection.execute(sa.select(*(RELEASES.c[name] for name in _COLUMNS), *_MADE)).all()
    states = {row.release: row.state for row in rows if row.origin != IMPORTED}
    brought = [row for row in rows if row.origin == IMPORTED]
    columns = [row[: len(_COLUMNS)] for row in brought]
    imported = frame_of("releases", columns, "imported releases")
    for place, column in enumerate(_MADE, start=len(_COLUMNS)):
        imported[column.name] = pd.Series([row[place] for row in brought], dtype="str")
    return register(committed, states, imported)
