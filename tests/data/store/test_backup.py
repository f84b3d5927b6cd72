"""The whole store in a file and back, between databases; what is not whole is refused."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.store import write
from data.store.audit import Detail
from data.store.backup import backup, restore
from data.store.database import Database
from data.store.read import Store
from data.store.tables import AUDIT, METADATA
from data.store.write import add, withdraw
from geo.errors import DataError
from geo.names.decisions import Decision
from tests.data.conftest import KINDS, _annex

RELEASE = "bijlage-2025-11"
BY = "beheer"


def rows(address: str | Path) -> dict[str, list[tuple]]:
    """Every row of every table, the audit list without entries about backups."""
    url = f"sqlite:///{address}" if isinstance(address, Path) else address
    with Database(url).read() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(sa.select(table))]
            for name, table in METADATA.tables.items()
        }
    found["audit"] = [row for row in found["audit"] if row[3] != write.RESTORE_BACKUP]
    return {name: sorted(table, key=repr) for name, table in found.items()}


def fill(url: str) -> Store:
    """A store with imports, decisions, a withdrawal, and copies of committed tables."""
    store = Store(url)
    store.network(RELEASE)
    decisions = (Decision("Zuidland", "country", "ZAF"), Decision("’t Noorden", "leave-out"))
    add(
        store,
        _annex(1, decisions=decisions, corrections=(Detail("corrected", {"value": "é"}),)),
        BY,
        0,
    )
    add(store, _annex(2), BY, 1)
    withdraw(store, "bijlage-2026-02", BY, "of the wrong year")
    withdraw(store, RELEASE, BY)
    return store


@pytest.fixture(scope="module")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of one such store, to be copied."""
    file = tmp_path_factory.mktemp("filled") / "atlas.db"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture
def filled(filled_file: Path) -> Callable[[str], Store]:
    """address -> a store as `fill` makes one."""

    def make(url: str) -> Store:
        if not url.startswith("sqlite"):
            return fill(url)
        store = Store(url)  # makes the folder
        shutil.copyfile(filled_file, url.removeprefix("sqlite:///"))
        return store

    return make


@pytest.mark.parametrize(("here", "there"), [KINDS, KINDS[::-1]])
def test_there_and_back(here: str, there: str, new_url, filled, tmp_path: Path):
    first, second = new_url(here), new_url(there)
    store = filled(first)
    told = backup(store, tmp_path / "one.db")
    assert told == {
        "file": str(tmp_path / "one.db"),
        "revision": 4,
        "releases": 2,
        "rows": sum(map(len, rows(first).values())),
    }
    other = Store(second)
    assert restore(other, tmp_path / "one.db", "nieuw beheer")["revision"] == 5
    backup(other, tmp_path / "two.db")
    assert rows(first) == rows(tmp_path / "one.db") == rows(second) == rows(tmp_path / "two.db")
    assert other.default_release() == store.default_release() == "bijlage-2026-03"
    assert other.decisions() == store.decisions()
    entry = other.audit().iloc[0]
    assert entry[["by", "action", "document"]].tolist() == [
        "nieuw beheer",
        write.RESTORE_BACKUP,
        "one.db",
    ]
    assert sorted(path.name for path in tmp_path.glob("*.db*")) == ["one.db", "two.db"]
    assert not list(tmp_path.glob(".*"))


def test_a_backup_can_be_opened_as_a_store(url: str, filled, tmp_path: Path):
    backup(filled(url), tmp_path / "one.db")
    assert Store(f"sqlite:///{tmp_path / 'one.db'}").default_release() == "bijlage-2026-03"


def test_an_empty_store_has_a_backup_too(url: str, tmp_path: Path):
    assert backup(Store(url), tmp_path / "one.db")["rows"] == 0
    assert restore(Store(url), tmp_path / "one.db", BY)["revision"] == 1


def test_nothing_is_lost_unasked(each_url: str, filled, annex, tmp_path: Path):
    store, path = filled(each_url), tmp_path / "one.db"
    backup(store, path)
    before = rows(each_url)
    assert restore(store, path, BY)["revision"] == 5  # nothing was done since: nothing is lost
    add(store, annex(3), BY, 5)
    withdraw(store, "bijlage-2026-04", BY)
    with pytest.raises(DataError) as caught:
        restore(store, path, BY)
    assert (
        caught.value.params["lost"] == ("bijlage-2026-04",) and caught.value.params["entries"] == 3
    )
    assert "bijlage-2026-04" in set(store.register()["release"])
    assert restore(store, path, BY, replace=True)["revision"] == 8  # not 5: it only grows
    assert store.revision() == 8
    assert rows(each_url) == before
    assert "bijlage-2026-04" in store.audit()["detail"].iloc[0]
    assert add(store, annex(3), BY, 8) == "bijlage-2026-04"
    assert len(store.network("bijlage-2026-04").postings) == 71


def test_another_mark_when_another_reading_takes_the_id(url: str, annex, tmp_path: Path, ask):
    """Caches are keyed by the mark: the same document may come back with other decisions."""
    store = Store(url)
    backup(store, tmp_path / "one.db")
    release = add(store, annex(), BY, 0)
    ask(url, "update documents set received_at = '2026-01-01T00:00:00+00:00'", "select 1")
    before = Store(url).fingerprint("postings", release)
    restore(store, tmp_path / "one.db", BY, replace=True)
    assert add(store, annex(), BY, 2) == release
    assert store.fingerprint("postings", release) != before


def test_a_file_that_is_there_is_not_overwritten(url: str, filled, tmp_path: Path):
    path = tmp_path / "one.db"
    path.write_text("mine")
    with pytest.raises(DataError, match=r"one\.db: file_there_already"):
        backup(filled(url), path)
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there(url: str, tmp_path: Path):
    with pytest.raises(DataError, match=r"nowhere/one\.db: .*No such file or directory"):
        backup(Store(url), tmp_path / "nowhere" / "one.db")
    assert not (tmp_path / "nowhere").exists()


def test_a_disk_without_room(url: str, filled, tmp_path: Path):
    """SQLite says "full" the same way when a file may have no more pages."""
    store = filled(url)

    def small(connection, record) -> None:
        if ".part" in connection.execute("PRAGMA database_list").fetchone()[2]:
            connection.execute("PRAGMA max_page_count = 20")

    def limit(engine: sa.Engine) -> None:
        sa.event.listen(engine, "connect", small)

    with pytest.MonkeyPatch.context() as patch:
        made = sa.create_engine
        patch.setattr(
            sa, "create_engine", lambda *a, **k: (engine := made(*a, **k), limit(engine))[0]
        )
        with pytest.raises(DataError, match=r"one\.db: backup_not_made, cause='database_refuses'"):
            backup(store, tmp_path / "one.db")
    assert not list(tmp_path.glob("*.db*")) and not list(tmp_path.glob(".*"))


def test_a_backup_that_reads_back_otherwise_does_not_count(
    url: str, filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store, made = filled(url), Database.read
    monkeypatch.setattr(
        Database, "read", lambda self: made(Other if ".part" in self.display_name else self)
    )
    Other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}").database  # noqa: N806
    with pytest.raises(DataError, match=r"backup_not_made, cause='table_not_as_written'"):
        backup(store, tmp_path / "one.db")
    assert not list(tmp_path.glob("*.db*")) and not list(tmp_path.glob(".*"))


def spoil(path: Path, *statements: str) -> None:
    """Change a backup behind the product's back."""
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update alembic_version set version_num = '9999'", "newer_database"),
        ("drop table alembic_version", "no_backup"),
        ("delete from alembic_version", "backup_damaged"),
        ("delete from documents where document = 'bijlage-2026-02'", "release_not_whole"),
        ("delete from postings where release = 'bijlage-2026-02'", "release_not_whole"),
        ("delete from audit where release = 'bijlage-2026-03'", "release_not_whole"),
        ("update postings set host = 'kenya' where release = 'bijlage-2026-02'", "kenya"),
        ("delete from releases where release = 'bijlage-2026-02'", "backup_damaged"),
        # As an import is checked: countries, words, numbers, times, roles, decisions.
        ("update postings set host = 'QQQ' where release = 'bijlage-2026-02'", "QQQ"),
        (
            "update accreditations set iso3 = 'ZZZ' where position = 1"
            " and release = 'bijlage-2026-03'",
            "ZZZ",
        ),
        ("update postings set status = 'perhaps' where release = 'bijlage-2026-02'", "perhaps"),
        ("update postings set row = -1 where row = 3 and release = 'bijlage-2026-02'", "-1"),
        ("update releases set state = 'gone' where release = 'bijlage-2026-02'", "gone"),
        ("update audit set number = 9223372036854775807 where number = 4", "backup_cell"),
        ("update releases set missions_total = 'four' where origin = 'imported'", "backup_cell"),
        ("update audit set action = 'erase' where number = 4", "erase"),
        ("update audit set at = 'yesterday' where number = 4", "backup_damaged"),
        ("update audit set by = ''", "nobody_named"),
        ("update documents set size = -1", "backup_cell"),
        ("update documents set sha256 = 'x' where document = 'bijlage-2026-02'", "no_fingerprint"),
        ("update releases set network_as_of = '2026-13' where origin = 'imported'", "2026-13"),
        ("update aliases set value = 'QQQ' where meaning = 'country'", "decision_unknown"),
        ("update aliases set decided_at = 'once'", "no_time"),
        ("update deployments set mission = cast(x'ff' as text)", "one.db"),
        (
            "update postings set city = 'Rome' where row = 1 and release = 'bijlage-2025-11'",
            "whole",
        ),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(filled, new_url, tmp_path, statement, words):
    path = tmp_path / "one.db"
    backup(filled(new_url("sqlite")), path)
    spoil(path, statement)
    store = filled(new_url("sqlite"))
    before = rows(str(store.database._url))
    with pytest.raises(DataError) as caught:
        restore(store, path, BY, replace=True)
    assert words in str(caught.value) and "one.db" in str(caught.value)
    assert rows(str(store.database._url)) == before


def test_a_file_of_something_else_is_refused(new_url, filled, tmp_path: Path):
    store, path = filled(new_url("sqlite")), tmp_path / "one.db"
    backup(store, path)
    whole = path.read_bytes()
    cases = {
        "notes.db": b"These are my notes. " * 300,
        "empty.db": b"",
        "half.db": whole[: len(whole) // 2],
        "holes.db": whole[:8192] + b"\xff" * 40960 + whole[49152:],
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
    spoil(tmp_path / "mail.db", "create table mail (text)", "insert into mail values ('hello')")
    for name in (*cases, "mail.db", "missing.db"):
        with pytest.raises(DataError) as caught:
            restore(store, tmp_path / name, BY, replace=True)
        assert name in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(DataError, match="Is a directory"):
        restore(store, tmp_path, BY)
    assert store.revision() == 4
    assert not (tmp_path / "missing.db").exists()


def test_a_restore_that_fails_halfway_changes_nothing(each_url: str, filled, tmp_path, monkeypatch):
    store, path = filled(each_url), tmp_path / "one.db"
    backup(store, path)
    before = rows(each_url)
    monkeypatch.setattr("data.store.backup._compare", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restore(store, path, BY)
    assert rows(each_url) == before and store.revision() == 4


def test_who_restores_is_told(url: str, filled, tmp_path: Path):
    backup(filled(url), tmp_path / "one.db")
    with pytest.raises(DataError, match="nobody_named"):
        restore(Store(url), tmp_path / "one.db", " ")
    with Store(url).database.read() as connection:
        assert connection.execute(sa.select(sa.func.max(AUDIT.c.number))).scalar() == 4


def test_a_disk_that_knows_no_second_names(url: str, filled, tmp_path: Path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    backup(filled(url), tmp_path / "one.db")
    shutil.copyfile(tmp_path / "one.db", tmp_path / "copy.db")
    assert rows(tmp_path / "copy.db") == rows(url)
