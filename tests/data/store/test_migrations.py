"""The migrations make the tables the product expects, once, whoever comes first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.store.database import HEAD, MIGRATIONS
from data.store.read import Store
from data.store.tables import METADATA
from data.store.write import add
from geo.errors import DataError

RELEASE = "bijlage-2025-11"
# What the version before the first migration made: copies of committed tables, each with a mark.
OLD = (
    "create table loaded (release text not null, name text not null, fingerprint text not null,"
    " primary key (release, name))",
    "create table postings (position integer primary key, release text not null, city text)",
    "create table accreditations (position integer primary key, release text not null)",
    f"insert into loaded values ('{RELEASE}', 'postings', 'abc')",
    f"insert into postings values (1, '{RELEASE}', 'Atlantis')",
)


def empty(url: str) -> None:
    """Make the folder of an SQLite file; a server's database is there already."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()


def test_the_migrated_database_is_the_one_in_the_code(each_url: str):
    store = Store(each_url)
    assert store.revision() == 0
    with store.database.read() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
        found = sa.inspect(connection)
        for table in METADATA.tables.values():
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]


def test_the_head_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_version_before_is_taken_over(each_url: str, annex, ask: Callable[..., list[tuple]]):
    empty(each_url)
    ask(each_url, *OLD)
    store = Store(each_url)
    assert store.network(RELEASE).postings["city"].iloc[0] == "Washington"
    assert len(store.deployments(RELEASE)) == 12
    add(store, annex(), "analyst", 0)
    assert ask(each_url, "select count(*) from postings") == [(142,)]


def test_tables_of_somebody_else_are_left_alone(each_url: str, ask: Callable[..., list[tuple]]):
    empty(each_url)
    ask(each_url, "create table postings (letter text)", "insert into postings values ('a')")
    with pytest.raises(DataError, match=r"database_refuses, .*postings.* already exists"):
        Store(each_url).releases()
    assert ask(each_url, "select letter from postings") == [("a",)]
    with pytest.raises(DataError):  # and nothing of ours is half made
        Store(each_url).releases()


def test_a_store_of_a_newer_version_is_refused(each_url: str, ask: Callable[..., list[tuple]]):
    store = Store(each_url)
    store.network(RELEASE)
    ask(each_url, "update alembic_version set version_num = '9999'", "select 1")
    for attempt in (store.releases, store.revision, Store(each_url).default_release):
        with pytest.raises(DataError, match=r"newer_database \(found '9999'\)"):
            attempt()
    with pytest.raises(DataError, match="newer_database"), store.database.write():
        pass
    assert ask(each_url, "select version_num from alembic_version") == [("9999",)]


def test_all_who_start_together_find_one_database(each_url: str):
    stores = [Store(each_url) for _ in range(6)]
    with ThreadPoolExecutor(len(stores)) as pool:
        assert list(pool.map(Store.revision, stores)) == [0] * 6


def test_a_folder_with_a_strange_name(tmp_path: Path, annex):
    folder = tmp_path / "50% of é, [a] #1"
    store = Store(f"sqlite:///{folder}/atlas.db")
    assert add(store, annex(), "analyst", 0) == "bijlage-2026-02"
    assert (folder / "atlas.db").exists()
