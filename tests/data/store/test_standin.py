"""Reading goes on where the disk takes nothing, with a fresh store or an older one."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.store.read import Store
from data.store.write import add
from geo.errors import DataError
from tests.data.conftest import _annex
from tests.data.store.test_migrations import OLD

RELEASE = "bijlage-2025-11"
POSTINGS, MISSIONS = 71, 12  # rows of the network of 2025, and its missions


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / "fill").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    """Make a disk one that may only be read."""
    disks: list[Path] = []

    def remount(disk: Path, way: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{way}", str(disk)], check=True)

    def change(disk: Path) -> None:
        remount(disk, "ro")
        disks.append(disk)

    yield change
    for disk in disks:
        remount(disk, "rw")


@pytest.fixture(params=["full", "read-only"])
def closed(request: pytest.FixtureRequest, read_only) -> Callable[[Path], None]:
    """Let a disk take nothing any more, in either way."""
    return fill if request.param == "full" else read_only


def sizes(store: Store) -> tuple[int, int]:
    return len(store.network(RELEASE).postings), len(store.deployments(RELEASE))


def refused(store: Store) -> str:
    with pytest.raises(DataError) as caught:
        add(store, _annex(5), "analyst", store.revision())
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_a_fresh_store_is_read(small_disk, closed):
    disk = small_disk(4000)
    closed(disk)
    store = Store(f"sqlite:///{disk}/var/atlas.db")
    assert sizes(store) == (POSTINGS, MISSIONS)
    assert (store.revision(), store.default_release()) == (0, RELEASE)
    assert not store.database.takes_changes()
    assert refused(store) in ("database_refuses", "folder_not_made")
    assert not (disk / "var" / "atlas.db").exists()  # and no empty file that looks like a loss


def test_a_store_of_an_older_version_is_read(small_disk, closed):
    disk = small_disk(4000)
    with closing(sqlite3.connect(disk / "atlas.db")) as database, database:
        for statement in OLD:
            database.execute(statement)
    closed(disk)
    store = Store(f"sqlite:///{disk}/atlas.db")
    assert sizes(store) == (POSTINGS, MISSIONS)
    assert refused(store) == "database_refuses"


def test_what_was_committed_and_imported_since_is_read(small_disk, closed, own_reference: Path):
    """As after an upgrade: the tables of the checkout are not those of the store."""
    disk = small_disk(4000)
    url = f"sqlite:///{disk}/atlas.db"
    add(Store(url), _annex(1), "analyst", 0)
    Store(url).network(RELEASE)
    closed(disk)
    path = own_reference / "releases" / RELEASE / "postings.csv"
    path.write_bytes(path.read_bytes().replace(b"Washington,Washington", b"New York,New York", 1))
    store = Store(url, own_reference)
    assert store.network(RELEASE).postings.loc[0, "city"] == "New York"
    assert len(store.deployments(RELEASE)) == MISSIONS
    assert len(store.network("bijlage-2026-02").postings) == POSTINGS
    assert refused(store) == "database_refuses" and store.revision() == 1


def test_a_disk_that_has_room_again_takes_changes(small_disk, caplog: pytest.LogCaptureFixture):
    disk = small_disk(4000)
    fill(disk)
    store = Store(f"sqlite:///{disk}/atlas.db")
    with caplog.at_level(logging.INFO):
        assert sizes(store) == sizes(store) == (POSTINGS, MISSIONS)
    assert len([each for each in caplog.records if "from memory" in each.message]) == 1
    (disk / "fill").unlink()
    assert add(store, _annex(1), "analyst", 0) == "bijlage-2026-02"
    assert (store.revision(), store.database.takes_changes()) == (1, True)
    assert sizes(store) == (POSTINGS, MISSIONS)


def test_an_empty_file_is_no_fresh_store(tmp_path: Path):
    path = tmp_path / "atlas.db"
    path.touch()
    store = Store(f"sqlite:///{path}")
    with pytest.raises(DataError, match=r"database_empty$"):
        store.revision()
    with pytest.raises(DataError, match=r"database_empty$"), store.database.write():
        pass
    (tmp_path / "older.db").write_bytes(b"x")
    with pytest.raises(DataError, match="database_empty_backup") as caught:
        Store(f"sqlite:///{path}").revision()
    assert caught.value.params["backup"] == str(tmp_path / "older.db")
    assert path.stat().st_size == 0  # nothing was begun in it
