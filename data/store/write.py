"""Changes to the store: a release comes in, is withdrawn, is restored. Nothing is ever erased.

Each change is one transaction with its own entry in the audit list, so that the list cannot tell
another story than the tables. Changes go one after the other, each upon the last.
"""

from __future__ import annotations

import logging

import pandas as pd
import sqlalchemy as sa

from data.imports.incoming import Checked, Incoming, check, check_texts, now, refuse_person, role
from data.load import reference
from data.store.audit import IMPORT, RESTORE, RESTORE_BACKUP, WITHDRAW, written
from data.store.read import Store
from data.store.register import ACTIVE, COMMITTED, IMPORTED, WITHDRAWN
from data.store.tables import (
    ALIASES,
    AUDIT,
    DOCUMENTS,
    LOADED,
    RELEASES,
    last_entry,
    read_register,
    rows_of,
    write_facts,
)
from geo.errors import DataError
from geo.schemas import TABLES

__all__ = ["IMPORT", "RESTORE", "RESTORE_BACKUP", "WITHDRAW", "Incoming", "add", "record"]
__all__ += ["restore", "withdraw"]

_LOG = logging.getLogger(__name__)


def add(store: Store, incoming: Incoming, by: str, seen: int) -> str:
    """Store a reading as a new release and return its id; raises DataError and stores nothing.

    `seen` is the revision of the store that the person looked at: where the store has changed
    since, what they confirmed may not be what would happen.
    """
    by, at = role(by), now()
    checked = check(incoming, store.root, by, at)
    committed = reference("releases", store.root)
    documents = reference("documents", store.root)["document"]
    taken = {*documents, *committed["document"], *committed["release"]}
    with store.database.write() as connection:
        _refuse_stored(connection, incoming)
        _refuse_outdated(connection, seen)
        # Also the id of a committed one that this checkout has no more, but whose state is kept.
        taken |= set(connection.scalars(sa.select(RELEASES.c.release)))
        release = _free_id(incoming.as_of, taken)
        made = {"origin": IMPORTED, "state": ACTIVE, "added_at": at, "added_by": by}
        row = checked.release | {"release": release, "document": release}
        connection.execute(sa.insert(RELEASES), row | made)
        document = {"document": release, "as_of": incoming.as_of, "received_at": at}
        file = {"name": incoming.name, "sha256": incoming.sha256, "size": incoming.size}
        connection.execute(sa.insert(DOCUMENTS), document | file)
        _write_tables(connection, release, checked)
        detail = written(incoming.corrections)
        record(connection, IMPORT, by, release=release, document=incoming.name, detail=detail)
    _LOG.info(IMPORT, extra={"release": release})
    return release


def withdraw(store: Store, release: str, by: str, reason: str = "") -> None:
    """No longer show a release; raises DataError for the last one with a complete network."""
    _set_state(store, release, WITHDRAWN, role(by), reason)


def restore(store: Store, release: str, by: str, reason: str = "") -> None:
    """Show a withdrawn release again; raises DataError for one that is not withdrawn."""
    _set_state(store, release, ACTIVE, role(by), reason)


def record(
    connection: sa.Connection,
    action: str,
    by: str,
    *,
    release: str | None = None,
    document: str | None = None,
    detail: str = "",
    after: int = 0,
) -> None:
    """One entry in the audit list; its number, the new revision, is higher than `after` too."""
    number = max(last_entry(connection)[0], after) + 1
    entry = {"number": number, "at": now(), "by": by, "action": action, "detail": detail}
    connection.execute(sa.insert(AUDIT), entry | {"release": release, "document": document})


def _write_tables(connection: sa.Connection, release: str, checked: Checked) -> None:
    # A checkout that is gone may have left a copy of a committed release under this id.
    connection.execute(sa.delete(LOADED).where(LOADED.c.release == release))
    for name, frame in checked.facts.items():
        if "document" in frame:
            frame = frame.assign(document=release)
        write_facts(connection, name, release, frame)
    decisions = [
        {"release": release, "position": place} | decision
        for place, decision in enumerate(checked.decisions, start=1)
    ]
    if decisions:
        connection.execute(sa.insert(ALIASES), decisions)


def _set_state(store: Store, release: str, state: str, by: str, detail: str) -> None:
    check_texts("reason", [detail])
    refuse_person("reason", detail)
    committed = reference("releases", store.root)
    with store.database.write() as connection:
        every = read_register(connection, committed)
        _check_change(every, release, state)
        change = sa.update(RELEASES).where(RELEASES.c.release == release).values(state=state)
        if connection.execute(change).rowcount == 0:  # a committed one, never changed before
            row = every.loc[every["release"] == release, list(TABLES["releases"].columns)]
            new = {"origin": COMMITTED, "state": state, "added_at": None, "added_by": None}
            connection.execute(sa.insert(RELEASES), rows_of(row)[0] | new)
        action = WITHDRAW if state == WITHDRAWN else RESTORE
        record(connection, action, by, release=release, detail=detail)
    _LOG.info(action, extra={"release": release})


def _check_change(every: pd.DataFrame, release: str, state: str) -> None:
    states = dict(zip(every["release"], every["state"], strict=True))
    if release not in states:
        raise DataError("no_such_release", "release", value=release, releases=tuple(states))
    if states[release] == state:
        code = "withdrawn_already" if state == WITHDRAWN else "shown_already"
        raise DataError(code, "release", value=release)
    shown = every[(every["state"] == ACTIVE) & (every["network"] == "complete")]
    if state == WITHDRAWN and shown["release"].tolist() == [release]:
        raise DataError("last_complete_release", "release", value=release)


def _refuse_stored(connection: sa.Connection, incoming: Incoming) -> None:
    made = (RELEASES.c.release, RELEASES.c.state, RELEASES.c.added_at, RELEASES.c.added_by)
    wanted = sa.select(*made).join_from(DOCUMENTS, RELEASES)
    found = connection.execute(wanted.where(DOCUMENTS.c.sha256 == incoming.sha256)).first()
    if found is None:
        return
    code = "stored_and_withdrawn" if found.state == WITHDRAWN else "stored_before"
    raise DataError(
        code,
        incoming.where,
        value=found.release,
        release=found.release,
        by=found.added_by,
        at=found.added_at,
    )


def _refuse_outdated(connection: sa.Connection, seen: int) -> None:
    """What the person confirmed was the difference from the store as they saw it."""
    if last_entry(connection)[0] == seen:
        return
    last = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)).first()
    if last is None:
        raise DataError("store_made_anew", "store")
    if last.action == RESTORE_BACKUP:
        raise DataError("store_restored", "store", by=last.by, at=last.at)
    raise DataError(
        "store_changed",
        "store",
        action=last.action,
        release=last.release,
        by=last.by,
        at=last.at,
    )


def _free_id(as_of: str, taken: set[str]) -> str:
    stem, number = f"bijlage-{as_of[:7]}", 2
    release = stem
    while release in taken:
        release, number = f"{stem}-{number}", number + 1
    return release
