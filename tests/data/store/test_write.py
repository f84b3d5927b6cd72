"""What people do to the store: whole or not at all, told in the audit list, never erased."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pandas as pd
import pytest

from data.store import write
from data.store.audit import Detail
from data.store.audit import read as details
from data.store.read import Store
from data.store.write import Incoming, add, restore, withdraw
from geo.errors import DataError
from geo.names.decisions import Decision

BY = "Afdeling Internationaal"
COMMITTED = "bijlage-2025-11"
Annex = Callable[..., Incoming]
TABLES = ("releases", "documents", "postings", "accreditations", "deployments", "aliases", "audit")


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


@pytest.fixture
def sizes(url: str, ask: Callable[..., list[tuple]]) -> Callable[..., dict[str, int]]:
    """How many rows each table has, in the database of the test or in another one."""
    return lambda at=url: {name: ask(at, f"select count(*) from {name}")[0][0] for name in TABLES}


def test_an_import_is_told(each_url: str, annex: Annex):
    store = Store(each_url)
    corrected = {"kind": "LO", "row": 3, "field": "host", "value": "KEN", "printed": "Kénia"}
    corrections = (Detail("corrected_printed", corrected), Detail("partial"))
    release = add(store, annex(corrections=corrections), BY, seen=0)
    assert release == "bijlage-2026-02"
    assert store.revision() == 1
    entry = store.audit().iloc[0]
    assert entry[["by", "action", "release", "document"]].tolist() == [
        BY,
        write.IMPORT,
        release,
        "annex 1.docx",
    ]
    assert details(entry["detail"]) == list(corrections)
    assert "Kénia" in entry["detail"]  # readable where somebody looks into the table itself
    assert pd.Timestamp(entry["at"]).utcoffset() == pd.Timedelta(0)
    row = store.register().iloc[0]
    assert row[["origin", "state", "added_by"]].tolist() == ["imported", "active", BY]
    assert store.imported(f"{1:064x}") == release
    assert store.imported(f"{2:064x}") is None


def test_a_document_comes_in_once(store: Store, annex: Annex, sizes):
    release = add(store, annex(), BY, seen=0)
    before = sizes()
    with pytest.raises(DataError) as caught:
        add(store, annex(2, sha256=annex(1).sha256, name="copy.docx"), "Somebody", seen=1)
    for word in ("copy.docx", release, BY, store.register()["added_at"].iloc[0]):
        assert word in str(caught.value)
    withdraw(store, release, BY)
    with pytest.raises(DataError, match="stored_and_withdrawn"):
        add(store, annex(), BY, seen=2)
    assert sizes() == before | {"audit": 2}


def test_what_was_seen_must_still_hold(store: Store, annex: Annex, sizes):
    add(store, annex(1), "Bureau A", seen=0)
    before = sizes()
    with pytest.raises(
        DataError, match=r"store_changed, action='import', release='bijlage-2026-02', by='Bureau A'"
    ):
        add(store, annex(2), "Bureau B", seen=0)
    assert sizes() == before
    assert add(store, annex(2), "Bureau B", seen=1) == "bijlage-2026-03"


def test_an_id_that_is_taken_gets_a_number(store: Store, annex: Annex):
    ids = []
    for seen in range(3):
        incoming = annex(seen, missions_as_of="2025-11-12")  # of the month of a committed one
        ids.append(add(store, incoming, BY, seen))
    assert ids == [f"{COMMITTED}-{number}" for number in (2, 3, 4)]
    none = {"missions": "absent", "missions_as_of": None, "missions_total": None}
    incoming = annex(7, **none, deployments=annex().deployments.iloc[:0])
    assert add(store, incoming, BY, 3) == "bijlage-2026-08"


def test_an_id_whose_state_is_kept_is_taken(url: str, annex: Annex, own_reference):
    """Another checkout may lack a release that was withdrawn here."""
    for name in ("releases", "documents"):
        path = own_reference / f"{name}.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(row for row in lines if "2023-12" not in row), encoding="utf-8")
    withdraw(Store(url), "bijlage-2023-12", BY)
    incoming = annex(1, missions_as_of="2023-12-01")
    assert add(Store(url, own_reference), incoming, BY, 1) == "bijlage-2023-12-2"


def simultaneously(*tasks: Callable[[], str]) -> list[str]:
    """What each task returned, or the sentence it ended with; all start at one moment."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], str]) -> str:
        barrier.wait()
        try:
            return task()
        except DataError as error:
            return str(error)

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_two_people_confirming_at_once_one_wins(each_url: str, annex: Annex, sizes):
    assert Store(each_url).revision() == 0
    said = simultaneously(
        *(
            lambda number=number: add(Store(each_url), annex(number), f"Bureau {number}", seen=0)
            for number in (1, 2, 3)
        )
    )
    winners = [text for text in said if text.startswith("bijlage-")]
    assert len(winners) == 1, said
    assert sum("store_changed" in text and winners[0] in text for text in said) == 2, said
    assert sizes(each_url)["postings"] == 71 and sizes(each_url)["audit"] == 1


def test_of_one_document_confirmed_twice_at_once_one_is_stored(each_url: str, annex: Annex, sizes):
    """Also into a database that is not there yet."""
    said = simultaneously(*(lambda: add(Store(each_url), annex(1), BY, seen=0),) * 3)
    assert sorted(text.startswith("bijlage-") for text in said) == [False, False, True]
    assert sum("stored_before" in text for text in said) == 2, said
    assert sizes(each_url)["documents"] == sizes(each_url)["audit"] == 1


def with_half_a_character(frame: pd.DataFrame) -> pd.DataFrame:
    """As a reader of files might hand it over."""
    return frame.assign(label=pd.Series(["\ud800"] * len(frame), dtype=object))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda a: {"postings": a.postings.drop(columns=["theme"])}, "theme"),
        (lambda a: {"postings": pd.concat([a.postings, a.postings])}, "row_twice"),
        (lambda a: {"postings": a.postings.assign(host="QQQ")}, "QQQ"),
        (lambda a: {"postings": a.postings.assign(organisation="FBI")}, "FBI"),
        (lambda a: {"postings": a.postings.assign(row="one")}, "cell_of_wrong_kind"),
        (lambda a: {"postings": a.postings.assign(label="a\0b")}, "unstorable_character"),
        (lambda a: {"postings": with_half_a_character(a.postings)}, "unstorable_character"),
        (lambda a: {"postings": a.postings.iloc[:0]}, "contradict"),
        (lambda a: {"postings": a.postings.iloc[1:]}, "no_posting_of_row"),
        (lambda a: {"missions": "absent"}, "contradict"),
        (lambda a: {"missions_as_of": "2026-02-31"}, "2026-02-31"),
        (lambda a: {"missions_as_of": None}, "missions_date_needed"),
        (lambda a: {"deployments": a.deployments.assign(personnel=-1)}, "number_too_small"),
        (lambda a: {"network": "perhaps"}, "perhaps"),
        (lambda a: {"name": "../../etc/passwd"}, "no_file_name"),
        (lambda a: {"name": "a\nb.docx"}, "no_file_name"),
        (lambda a: {"name": "\udcff.docx"}, "no_file_name"),
        (lambda a: {"sha256": "abc"}, "no_fingerprint"),
        (
            lambda a: {"corrections": (Detail("corrected", {"value": "a\0"}),)},
            "unstorable_character",
        ),
        (lambda a: {"decisions": (Decision("Zuid", "perhaps"),)}, "perhaps"),
        (lambda a: {"decisions": (Decision("Zuid", "country", "QQQ"),)}, "QQQ"),
        (lambda a: {"decisions": (Decision("Zuid", "region", "Atlantis"),)}, "Atlantis"),
        (lambda a: {"decisions": (Decision("-", "leave-out"),)}, "decision_without_word"),
        (
            lambda a: {"decisions": (Decision("Zuid", "leave-out", reason="\0"),)},
            "unstorable_character",
        ),
        (lambda a: {"decisions": (Decision("Zuid", "leave-out", decided_at="now"),)}, "'now'"),
        (
            lambda a: {"decisions": (Decision("Zuid", "leave-out", decided_by="a\nb"),)},
            "nobody_named",
        ),
    ],
)
def test_what_does_not_fit_stores_nothing(store: Store, annex: Annex, sizes, change, word: str):
    assert store.revision() == 0
    whole = annex()
    with pytest.raises(DataError) as caught:
        add(store, replace(whole, **change(whole)), BY, seen=0)
    assert word in str(caught.value) and "\n" not in str(caught.value)
    assert set(sizes().values()) == {0}


def test_what_the_server_refuses_stores_nothing(new_url, annex: Annex, sizes):
    """A number for which SQLite has room, in the last table that an import writes."""
    url, whole = new_url("postgresql"), annex()
    store = Store(url)
    assert store.revision() == 0
    large = whole.deployments.assign(personnel=2**40)
    with pytest.raises(DataError, match="database_refuses"):
        add(store, replace(whole, deployments=large), BY, seen=0)
    assert set(sizes(url).values()) == {0}


@pytest.mark.parametrize("by", ["", "  ", "a\nb", "x" * 81, "a\0b", "a\ud800"])
def test_somebody_must_do_it(store: Store, annex: Annex, by: str):
    for act in (
        lambda: add(store, annex(), by, 0),
        lambda: withdraw(store, COMMITTED, by),
        lambda: restore(store, COMMITTED, by),
    ):
        with pytest.raises(DataError, match="nobody_named"):
            act()
    assert store.revision() == 0


def test_withdrawn_and_restored(each_url: str, annex: Annex, sizes):
    store = Store(each_url)
    release = add(store, annex(), BY, seen=0)
    full = sizes(each_url)
    withdraw(store, release, "Directie", reason="The wrong file.")
    assert release not in set(store.releases()["release"])
    assert store.register().set_index("release").loc[release, "state"] == "withdrawn"
    for read in (store.release, store.network, store.deployments):
        with pytest.raises(DataError, match="release_withdrawn"):
            read(release)
    with pytest.raises(DataError, match="withdrawn_already"):
        withdraw(store, release, BY)
    restore(store, release, BY)
    assert len(store.network(release).postings) == 71
    with pytest.raises(DataError, match="shown_already"):
        restore(store, release, BY)
    for act in (withdraw, restore):
        with pytest.raises(DataError, match=r"no_such_release \(found 'no-such'\)"):
            act(store, "no-such", BY)
    assert sizes(each_url) == full | {"audit": 3}
    audit = store.audit()
    assert audit["action"].tolist() == [write.RESTORE, write.WITHDRAW, write.IMPORT]
    assert audit["by"].tolist() == [BY, "Directie", BY]
    assert audit["detail"].tolist() == ["", "The wrong file.", ""]
    assert pd.isna(audit["document"].iloc[0])


def test_a_committed_release_stays_withdrawn(
    url: str, annex: Annex, own_reference, ask: Callable[..., list[tuple]]
):
    """Also when its file changes and is loaded again."""
    store = Store(url, own_reference)
    store.deployments("bijlage-2023-12")
    withdraw(store, "bijlage-2023-12", BY)
    path = own_reference / "releases" / "bijlage-2023-12" / "deployments.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    later = Store(url, own_reference)
    with pytest.raises(DataError, match="release_withdrawn"):
        later.deployments("bijlage-2023-12")
    assert later.register()["origin"].tolist() == ["committed"] * 3
    assert later.register()["added_by"].isna().all()
    path.write_bytes(path.read_bytes()[:-1])
    restore(later, "bijlage-2023-12", BY)
    assert len(later.deployments("bijlage-2023-12")) == 11
    assert ask(url, "select release, state from releases") == [("bijlage-2023-12", "active")]


def test_the_last_complete_network_stays(store: Store, annex: Annex):
    with pytest.raises(DataError, match="last_complete_release"):
        withdraw(store, COMMITTED, BY)
    release = add(store, annex(), BY, seen=0)
    withdraw(store, COMMITTED, BY)
    with pytest.raises(DataError, match="last_complete_release"):
        withdraw(store, release, BY)
    restore(store, COMMITTED, BY)
    withdraw(store, release, BY)
    assert store.default_release() == COMMITTED


def test_the_newest_decision_about_a_text_counts(store: Store, annex: Annex):
    """However it is spelled, and whichever release it was made for."""
    old, new = "2026-03-01T10:00:00+00:00", "2026-03-02T09:30:00+02:00"
    first = (
        Decision("Wit-Rusland", "country", "BLR", "", "Bureau A", new),
        Decision("Zuidland", "leave-out", "", "A slip of the pen.", "Bureau A", old),
    )
    release = add(store, annex(1, decisions=first), BY, seen=0)
    second = (
        Decision("wit rusland", "not-a-country", "", "", "Bureau B", old),
        Decision("ZUIDLAND", "country", "ZAF"),
    )
    add(store, annex(2, decisions=second), BY, seen=1)
    assert [(d.printed, d.meaning, d.value, d.decided_by) for d in store.decisions()] == [
        ("Wit-Rusland", "country", "BLR", "Bureau A"),
        ("ZUIDLAND", "country", "ZAF", BY),
    ]
    assert store.decisions()[0].decided_at == "2026-03-02T07:30:00+00:00"
    assert pd.Timestamp(store.decisions()[1].decided_at).utcoffset() == pd.Timedelta(0)
    withdraw(store, release, BY)
    assert len(store.decisions()) == 2
