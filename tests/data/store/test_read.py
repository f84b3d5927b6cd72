"""The store: what is committed goes in once, comes out the same, and damage is one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from data.load import release_table
from data.store.read import Store
from data.store.tables import write_facts
from data.store.write import add, withdraw
from geo.dates import years_ahead
from geo.errors import DataError
from geo.schemas.validation import validate

RELEASE = "bijlage-2025-11"
OTHER = "bijlage-2023-12"
ROOT = Path(__file__).parents[3]


def test_what_comes_out_is_what_is_committed(each_url: str):
    network = Store(each_url).network(RELEASE)
    assert (network.release, network.complete) == (RELEASE, True)
    located = network.postings.drop(columns=["lat", "lon"])
    pd.testing.assert_frame_equal(located, release_table("postings", RELEASE))
    pd.testing.assert_frame_equal(network.accreditations, release_table("accreditations", RELEASE))
    for release in (RELEASE, "bijlage-2023-12"):
        pd.testing.assert_frame_equal(
            Store(each_url).deployments(release), release_table("deployments", release)
        )


def test_every_active_post_has_a_place(url: str):
    posts = Store(url).network(RELEASE).postings.query("kind == 'LO'")
    assert posts[["lat", "lon"]].notna().all(axis=None)


def test_loading_twice_changes_nothing(each_url: str, ask):
    first, again = Store(each_url), Store(each_url)
    for store in (first, first, again):
        assert len(store.network(RELEASE).postings) == 71
        assert len(store.deployments(RELEASE)) == 12
    assert ask(each_url, "select count(*) from postings") == [(71,)]
    assert ask(each_url, "select count(*) from loaded") == [(3,)]


def test_a_release_that_names_a_former_unit_still_opens(url: str):
    """As a store of an older version has it: Northern Cyprus and Bouvet with codes of their own."""
    store = Store(url)
    accreditations, deployments = (
        store.table(name, RELEASE) for name in ("accreditations", "deployments")
    )
    store.table("postings", RELEASE)
    one = accreditations[accreditations["iso3"] == "AZE"].iloc[[0]]
    older = [one.assign(iso3=code, printed=code) for code in ("XNC", "BVT")]
    with store.database.write() as connection:
        rows = pd.concat([accreditations, *older], ignore_index=True)
        write_facts(connection, "accreditations", RELEASE, rows)
        both = deployments.assign(areas=deployments["areas"].where(deployments["row"] > 1, "XNC"))
        write_facts(connection, "deployments", RELEASE, both)
    found = Store(url).network(RELEASE).accreditations
    assert len(found) == len(accreditations) + 1 and set(found["printed"]) >= {"XNC"}
    assert found.loc[found["printed"] == "XNC", "iso3"].tolist() == ["CYP"]
    assert "BVT" not in set(found["iso3"])
    assert Store(url).deployments(RELEASE)["areas"].iloc[0] == "CYP"


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


def test_a_damaged_file_leaves_what_was_loaded(each_url: str, own_reference: Path):
    store = Store(each_url, own_reference)
    store.network(RELEASE)
    path = own_reference / "releases" / RELEASE / "postings.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(",Washington,USA,", ",Washington,QQQ,", 1), encoding="utf-8")
    with pytest.raises(DataError, match="QQQ"):
        store.network(RELEASE)
    path.write_text(whole, encoding="utf-8")
    assert len(store.network(RELEASE).postings) == 71


def test_a_database_deleted_while_running_is_made_anew(url: str, annex, ask):
    store = Store(url)
    store.network(RELEASE)
    add(store, annex(), "analyst", 0)
    Path(url.removeprefix("sqlite:///")).unlink()
    assert store.default_release() == RELEASE
    assert len(store.network(RELEASE).postings) == 71
    assert (store.revision(), store.audit().empty) == (0, True)
    assert ask(url, "select count(*) from postings") == [(71,)]  # on the disk, not in a hole


def test_processes_that_start_together_do_not_disturb_each_other(each_url: str, ask):
    """All look, find nothing, and load: each must wait for the other and end with the same."""
    program = (
        "import os, sys; from data.store.read import Store\n"
        "for _ in range(4):\n"
        "    if os.fork() == 0:\n"
        "        s = Store(sys.argv[1])\n"
        f"        sizes = len(s.network({RELEASE!r}).postings), len(s.deployments({OTHER!r}))\n"
        "        os.write(1, b'%d %d\\n' % sizes)\n"
        "        os._exit(0)\n"
        "print([os.wait()[1] for _ in range(4)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, each_url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "71 11\n" * 4 + "[0, 0, 0, 0]\n", done
    assert ask(each_url, "select count(*) from postings") == [(71,)]


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
    assert "file/var" in sentence and "folder_not_made" in sentence


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
    # Not yet in the database, which may not be changed: read from its committed file.
    assert len(only.network("kst-31015-94").postings) == 18
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
        ("nonsense", "no_database_address"),
        ("", "no_database_address"),
        ("oracle8://me:secret@host/x", "oracle8"),
        ("mssql+pyodbc://me:secret@host/x", "mssql"),
        ("postgresql+psycopg://me:secret@host:port/x", "no_database_address"),
    ],
)
def test_an_address_that_leads_nowhere(url: str, word: str):
    sentence = refused(url)
    assert word in sentence
    assert "secret" not in sentence


def test_unknown_and_absent_are_two_different_things(url: str):
    store = Store(url)
    with pytest.raises(DataError, match=r"no_such_release \(found 'no-such'\).*kst-31015-94"):
        store.network("no-such")
    with pytest.raises(DataError, match=r"bijlage-2023-12: no_network_table.*kst-31015-94"):
        store.network("bijlage-2023-12")
    with pytest.raises(DataError, match=r"kst-31015-94: no_missions_table.*bijlage-2023-12"):
        store.deployments("kst-31015-94")
    with pytest.raises(DataError, match=r"no_such_release \(found 'no-such'\).*kst-31015-94"):
        store.deployments("no-such")


def test_an_id_never_becomes_a_path(url: str, own_reference: Path):
    """A folder that lies outside the releases holds no release, however it is written."""
    store = Store(url, own_reference)
    shutil.copytree(own_reference / "releases" / RELEASE, own_reference / "elsewhere")
    for read in (store.network, store.deployments):
        with pytest.raises(DataError, match="no_such_release"):
            read("../elsewhere")


def test_a_server_that_refuses_hears_no_password(postgres):
    base = f"postgresql+psycopg://me:secret@/nowhere?host={postgres.folder}"
    for url in (base, f"{base}&options=-csecret"):
        sentence = refused(url)
        assert "nowhere" in sentence and "secret" not in sentence


def test_a_server_that_is_not_there(tmp_path: Path):
    sentence = refused(f"postgresql+psycopg://me:secret@/x?host={tmp_path}")
    # A reader can wait, and has no use for a folder on the server.
    assert "database_unreached" in sentence and str(tmp_path) not in sentence


def test_an_imported_release_is_read_like_a_committed_one(each_url: str, annex):
    store, incoming = Store(each_url), annex()
    release = add(store, incoming, "analyst", 0)
    network = store.network(release)
    expected = incoming.postings.assign(document=release)
    pd.testing.assert_frame_equal(network.postings.drop(columns=["lat", "lon"]), expected)
    pd.testing.assert_frame_equal(network.accreditations, incoming.accreditations)
    missions = incoming.deployments.assign(document=release)
    pd.testing.assert_frame_equal(store.deployments(release), missions)
    assert store.default_release() == release
    assert store.releases()["release"].tolist()[:2] == [release, RELEASE]
    pd.testing.assert_frame_equal(store.releases(), validate("releases", store.releases(), "here"))


def test_the_same_frame_for_as_long_as_nothing_changes(url: str, annex):
    store = Store(url)
    first = store.releases()
    store.network(RELEASE)
    assert store.releases() is first
    add(Store(url), annex(), "analyst", 0)
    assert store.releases() is not first and len(store.releases()) == 4


def test_a_changed_list_of_committed_releases_is_noticed(url: str, own_reference: Path):
    store = Store(url, own_reference)
    assert len(store.releases()) == 3
    path = own_reference / "releases.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(store.releases()) == 2


def test_of_two_releases_of_one_date_the_last_imported_comes_first(url: str, annex):
    store = Store(url)
    same = {"network_as_of": "2026-01", "missions_as_of": "2025-11-12"}
    assert add(store, annex(1, **same), "analyst", 0) == "bijlage-2025-11-2"
    assert store.default_release() == "bijlage-2025-11-2"
    assert store.releases()["release"].tolist()[:2] == ["bijlage-2025-11-2", RELEASE]


def test_an_imported_release_keeps_its_id_when_a_checkout_commits_it(
    url: str, annex, own_reference: Path, ask
):
    release = add(Store(url), annex(1), "analyst", 0)
    for table, old in (("releases", RELEASE), ("documents", RELEASE)):
        path = own_reference / f"{table}.csv"
        line = next(row for row in path.read_text("utf-8").splitlines() if row.startswith(old))
        with path.open("a", encoding="utf-8") as file:
            file.write(line.replace(old, release) + "\n")
    later = Store(url, own_reference)
    assert later.register().query("release == @release")["origin"].tolist() == ["imported"]
    assert len(later.documents().query("document == @release")) == 1
    assert len(later.network(release).postings) == 71
    assert ask(url, "select count(*) from loaded") == [(0,)]


def test_what_is_imported_is_a_document_with_words_of_its_own(url: str, annex):
    store = Store(url)
    add(store, annex(1), "analyst", 0)
    none = {table: annex().__dict__[table].iloc[:0] for table in ("postings", "accreditations")}
    absent = {"network": "absent", "network_as_of": None}
    add(store, annex(2, **absent, **none), "analyst", 1)
    documents = store.documents().set_index("document")
    assert len(documents) == 9
    first, second = documents.loc["bijlage-2026-02"], documents.loc["bijlage-2026-03"]
    title = "Bijlage Internationaal, peildatum 12 februari 2026 (annex 1.docx)"
    assert (first["title_nl"], first["date"]) == (title, "2026-02-12")
    assert first["title_en"].startswith("Annex International, reference date 12 February 2026")
    assert "netwerk" in first["gives_nl"] and "missies" in first["gives_nl"]
    assert "network" not in second["gives_en"].lower() and "network" in second["lacks_en"].lower()
    assert pd.isna(first["url"])


def test_a_mark_changes_with_its_table_only(url: str, annex, own_reference: Path):
    store = Store(url, own_reference)
    release = add(store, annex(1), "analyst", 0)
    tables = [("postings", RELEASE), ("deployments", RELEASE), ("postings", release)]
    before = [store.fingerprint(*table) for table in tables]
    path = own_reference / "releases" / RELEASE / "postings.csv"
    path.write_bytes(path.read_bytes().replace(b"Washington,Washington", b"New York,New York", 1))
    add(store, annex(2), "analyst", 1)
    assert [
        store.fingerprint(*table) == old for table, old in zip(tables, before, strict=True)
    ] == [
        False,
        True,
        True,
    ]


def test_every_process_sees_what_another_one_changed(each_url: str, annex):
    mine, other = Store(each_url), Store(each_url)
    assert (mine.revision(), len(mine.releases())) == (0, 3)
    release = add(other, annex(), "analyst", 0)
    assert (mine.revision(), mine.default_release()) == (1, release)
    withdraw(other, release, "analyst")
    assert (mine.revision(), mine.default_release()) == (2, RELEASE)
    with pytest.raises(DataError, match="release_withdrawn"):
        mine.network(release)


def test_readers_go_on_while_a_writer_writes(each_url: str, annex):
    """On SQLite a change of more than 2 MB would otherwise lock the file until its end.

    The reader would be refused, after a while: the writer ends when the reader has read.
    """
    store, reader = Store(each_url), Store(each_url)
    assert len(reader.network(RELEASE).postings) == 71
    rows = annex(times=200).postings
    with store.database.write() as connection:
        write_facts(connection, "postings", "large", rows)
        assert len(reader.network(RELEASE).postings) == 71
        assert reader.revision() == 0 and len(reader.releases()) == 3


def test_a_current_store_is_opened_without_the_tool_for_migrations(url: str):
    Store(url).network(RELEASE)
    program = (
        "import sys; from data.store.read import Store\n"
        "s = Store(sys.argv[1]); s.network(sys.argv[2])\n"
        "print([name for name in sys.modules if name.startswith(('alembic', 'mako'))])"
    )
    command = [sys.executable, "-c", program, url, RELEASE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_release_that_is_years_ahead_is_never_the_default(url: str, annex):
    store = Store(url)
    far = add(store, annex(1, network_as_of="2062-01", missions_as_of="2062-01-12"), "analyst", 0)
    assert far == "bijlage-2062-01" and store.default_release() == RELEASE
    assert len(store.network(far).postings) == 71  # it can be chosen


@pytest.mark.parametrize(("years", "ahead"), [(0, False), (1, False), (2, True), (36, True)])
def test_years_ahead(years: int, ahead: bool):
    year = int(time.strftime("%Y", time.gmtime())) + years
    assert years_ahead(str(year)) == years_ahead(f"{year}-01-01") == ahead
