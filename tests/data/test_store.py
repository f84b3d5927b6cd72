"""The store: what is committed goes in once, comes out the same, and damage is one sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from data.load import release_table
from data.store import Store
from geo.errors import DataError

RELEASE = "bijlage-2025-11"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'var' / 'atlas.db'}"


def ask(url: str, sql: str) -> list[tuple]:
    """What the database answers to one statement, asked behind the store's back."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database, database:
        return database.execute(sql).fetchall()


def test_what_comes_out_is_what_is_committed(url: str):
    network = Store(url).network(RELEASE)
    assert (network.release, network.complete) == (RELEASE, True)
    located = network.postings.drop(columns=["lat", "lon"])
    pd.testing.assert_frame_equal(located, release_table("postings", RELEASE))
    pd.testing.assert_frame_equal(network.accreditations, release_table("accreditations", RELEASE))
    for release in (RELEASE, "bijlage-2023-12"):
        pd.testing.assert_frame_equal(
            Store(url).deployments(release), release_table("deployments", release)
        )


def test_every_active_post_has_a_place(url: str):
    posts = Store(url).network(RELEASE).postings.query("kind == 'LO'")
    assert posts[["lat", "lon"]].notna().all(axis=None)


def test_loading_twice_changes_nothing(url: str):
    first, again = Store(url), Store(url)
    for store in (first, first, again):
        assert len(store.network(RELEASE).postings) == 71
        assert len(store.deployments(RELEASE)) == 12
    assert ask(url, "select count(*) from postings") == [(71,)]
    assert ask(url, "select count(*) from loaded") == [(3,)]


def test_releases_live_side_by_side(url: str):
    store = Store(url)
    assert len(store.network("kst-31015-94").postings) == 18
    assert len(store.network(RELEASE).postings) == 71
    assert len(store.network("kst-31015-94").postings) == 18
    assert not store.network("kst-31015-94").complete


def test_the_default_is_the_newest_complete_network(url: str):
    store = Store(url)
    assert store.default_release() == RELEASE
    assert store.releases()["release"].tolist() == [RELEASE, "bijlage-2023-12", "kst-31015-94"]


def test_a_changed_file_is_loaded_again(url: str, own_reference: Path):
    store = Store(url, own_reference)
    assert store.network(RELEASE).postings.loc[0, "city"] == "Washington"
    path = own_reference / "releases" / RELEASE / "postings.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Washington,Washington,USA", "New York,New York,USA", 1), encoding="utf-8"
    )
    postings = store.network(RELEASE).postings
    assert (postings.loc[0, "city"], len(postings)) == ("New York", 71)


def test_a_damaged_file_leaves_what_was_loaded(url: str, own_reference: Path):
    store = Store(url, own_reference)
    store.network(RELEASE)
    path = own_reference / "releases" / RELEASE / "postings.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(",Washington,USA,", ",Washington,QQQ,", 1), encoding="utf-8")
    with pytest.raises(DataError, match="QQQ"):
        store.network(RELEASE)
    path.write_text(whole, encoding="utf-8")
    assert len(store.network(RELEASE).postings) == 71


def test_a_store_of_another_version_is_made_anew(url: str):
    """Other columns, same file: the fingerprint alone would not tell."""
    Store(url).network(RELEASE)
    ask(url, "alter table postings rename column theme to subject")
    ask(url, "update loaded set fingerprint = substr(fingerprint, 1, 64)")
    assert len(Store(url).network(RELEASE).postings) == 71


def test_a_database_deleted_while_running_is_made_anew(url: str):
    store = Store(url)
    store.network(RELEASE)
    Path(url.removeprefix("sqlite:///")).unlink()
    assert len(store.network(RELEASE).postings) == 71


def test_processes_that_start_together_do_not_disturb_each_other(url: str):
    """All look, find nothing, and load: each must wait for the other and end with the same."""
    program = (
        "import sys; from data.store import Store; s = Store(sys.argv[1]);"
        f"print(len(s.network({RELEASE!r}).postings), len(s.deployments('bijlage-2023-12')))"
    )
    Path(url.removeprefix("sqlite:///")).parent.mkdir()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, url],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=120) for process in running]
    assert [out for out, _ in said] == ["71 11\n"] * 4, said
    assert ask(url, "select count(*) from postings") == [(71,)]


def refused(url: str) -> str:
    with pytest.raises(DataError) as caught:
        Store(url).network(RELEASE)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_text_file_is_no_database(tmp_path: Path):
    path = tmp_path / "notes.db"
    path.write_text("These are my notes, not a database. " * 50)
    sentence = refused(f"sqlite:///{path}")
    assert "notes.db" in sentence and "not a database" in sentence
    assert path.read_text().startswith("These are my notes")  # and it is left alone


def test_a_folder_is_no_database(tmp_path: Path):
    assert str(tmp_path) in refused(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    sentence = refused(f"sqlite:///{tmp_path}/file/var/atlas.db")
    assert "file/var" in sentence and "LIAISONATLAS_VAR" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path):
    tmp_path.chmod(0o500)
    assert str(tmp_path) in refused(f"sqlite:///{tmp_path}/atlas.db")


def test_a_database_that_may_only_be_read_is_read(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    Store(url).network(RELEASE)
    path = url.removeprefix("sqlite:///")
    only = Store(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert len(only.network(RELEASE).postings) == 71
    with pytest.raises(DataError, match="readonly"):
        only.network("kst-31015-94")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_leaves_no_trace(url: str, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made: list[Path] = []
    monkeypatch.setattr(Path, "mkdir", lambda self, **_: made.append(self))
    assert len(Store(url).network(RELEASE).postings) == 71
    assert made == [] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("nonsense", "address"),
        ("", "address"),
        ("oracle8://me:secret@host/x", "oracle8"),
        ("mssql+pyodbc://me:secret@host/x", "mssql"),
    ],
)
def test_an_address_that_leads_nowhere(url: str, word: str):
    sentence = refused(url)
    assert word in sentence
    assert "secret" not in sentence


def test_unknown_and_absent_are_two_different_things(url: str):
    store = Store(url)
    with pytest.raises(DataError, match=r"no-such.*Known releases: .*kst-31015-94"):
        store.network("no-such")
    with pytest.raises(DataError, match=r"bijlage-2023-12.*unknown.*kst-31015-94"):
        store.network("bijlage-2023-12")
    with pytest.raises(DataError, match=r"kst-31015-94.*missions.*unknown.*bijlage-2023-12"):
        store.deployments("kst-31015-94")
    with pytest.raises(DataError, match=r"no-such.*Known releases: .*kst-31015-94"):
        store.deployments("no-such")


def test_an_id_never_becomes_a_path(url: str, own_reference: Path):
    """A folder that lies outside the releases holds no release, however it is written."""
    store = Store(url, own_reference)
    shutil.copytree(own_reference / "releases" / RELEASE, own_reference / "elsewhere")
    for read in (store.network, store.deployments):
        with pytest.raises(DataError, match="there is no such release"):
            read("../elsewhere")
