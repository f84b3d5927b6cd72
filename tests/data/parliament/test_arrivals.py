"""Rounds of questions at a server of the documented shape, and what the store keeps of them."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data.imports import drafts
from data.parliament import arrivals, client, questions
from data.parliament.arrivals import Arrivals
from data.store import papers
from data.store.backup import backup, restore
from data.store.papers import Entry
from data.store.read import Store
from data.store.write import add
from geo.errors import DataError
from tests.annexes.generator import annex as invented
from tests.annexes.word import as_docx
from tests.data.parliament.house import WORD, House, Record, annex, letter, name, send

FIVE = ["dossier-29628", "dossier-31015", "dossier-29521", "annexes", "letters"]


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PAUSE", 0.0)


def listed(store: Store) -> dict[str, Entry]:
    """number -> each paper that waits for a person."""
    return {entry.paper.number: entry for entry in papers.entries(store) if entry.is_open}


def codes(entry: Entry) -> list[str]:
    return [reason.code for reason in entry.judgement.reasons]


REPORT = letter(1, "Tweede halfjaarbericht politie 2026")
TABLE = annex(2, "Internationaal", REPORT)


def test_a_new_annex(each_url: str, house: House):
    store, house.papers = Store(each_url), [REPORT, TABLE, letter(3, "Klimaat", None)]
    assert arrivals.look(store, house.base) == Arrivals(new=2, unreadable=0)
    found = listed(store)
    assert list(found) == ["2026D00002", "2026D00001"]
    entry = found["2026D00002"]
    assert codes(entry) == ["annex_names", "annex_of_report", "in_dossier"]
    assert (entry.paper.date, entry.letter and entry.letter.number) == ("2026-05-20", "2026D00001")
    assert sorted(papers.last_answers(store)) == sorted(FIVE)
    # Nothing is imported by itself, and no figure has another moment.
    assert store.revision() == 0 and house.files == {}
    assert not any("resource" in path for path, _ in house.requests)
    assert arrivals.look(store, house.base) == Arrivals(new=0, unreadable=0)


def test_what_is_asked(store: Store, house: House):
    arrivals.look(store, house.base)
    # The newest document of the atlas is of November 2025; thirty days before its first.
    since = " and GewijzigdOp ge 2025-10-02T00:00:00Z"
    assert house.filters() == [
        f"Kamerstukdossier/any(d: d/Nummer eq 29628){since}",
        f"Kamerstukdossier/any(d: d/Nummer eq 31015){since}",
        f"Kamerstukdossier/any(d: d/Nummer eq 29521){since}",
        "Soort eq 'Bijlage' and (contains(Onderwerp,'nternationa')"
        f" or contains(Onderwerp,'iaison')){since}",
        "Soort eq 'Brief regering' and (contains(Onderwerp,'alfjaarbericht politie')"
        f" or contains(Onderwerp,'iaison') or contains(Onderwerp,'itgezonden politie')){since}",
    ]
    house.requests.clear()
    arrivals.look(store, house.base)
    month_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    assert [f"ge {month_ago:%Y-%m-%dT}" in wanted for wanted in house.filters()] == [True] * 5


@pytest.mark.parametrize("first", [REPORT, TABLE | {"BronDocument": []}])
def test_a_letter_and_its_annex_in_both_orders(store: Store, house: House, first: Record):
    house.papers = [first]
    arrivals.look(store, house.base)
    before = listed(store)
    if first["Soort"] == "Bijlage":
        assert codes(before["2026D00002"]) == ["annex_names", "letter_unknown"]
    house.papers = [REPORT, TABLE]
    assert arrivals.look(store, house.base).new == 1
    assert codes(listed(store)["2026D00002"]) == ["annex_names", "annex_of_report", "in_dossier"]


def test_a_letter_that_has_its_annex_with_it(store: Store, house: House):
    house.papers = [
        letter(1, "Stand van zaken") | {"BijlageDocument": [annex(2, "Internationaal")]}
    ]
    assert arrivals.look(store, house.base).new == 2
    found = listed(store)
    assert codes(found["2026D00002"]) == ["annex_names", "in_dossier"]
    assert codes(found["2026D00001"]) == ["annex_of_it_names", "in_dossier"]


def test_a_letter_that_turns_out_to_be_of_others(store: Store, house: House):
    table = annex(2, "Internationaal klimaatbeleid")
    house.papers = [table]
    arrivals.look(store, house.base)
    assert "2026D00002" in listed(store)
    house.papers = [table | {"BronDocument": [letter(3, "Klimaat", None, Titel="Milieu")]}]
    arrivals.look(store, house.base)
    assert listed(store) == {}


def test_a_number_that_comes_later(store: Store, house: House):
    house.papers = [REPORT, TABLE]
    arrivals.look(store, house.base)
    assert listed(store)["2026D00001"].paper.citation == ""
    house.papers = [REPORT | {"Volgnummer": 1345}, TABLE]
    assert arrivals.look(store, house.base).new == 0
    entry = listed(store)["2026D00002"]
    assert entry.letter and entry.letter.citation == "kst-29628-1345"


def test_a_letter_that_is_outside_the_dossier_at_first(store: Store, house: House):
    early = letter(5, "Stand van zaken", None)
    house.papers = [early]
    arrivals.look(store, house.base)
    assert listed(store) == {}
    house.papers = [letter(5, "Stand van zaken", 29628)]  # the same day of change
    arrivals.look(store, house.base)
    assert codes(listed(store)["2026D00005"]) == ["in_dossier"]


def test_what_parliament_takes_back(store: Store, house: House):
    house.papers = [REPORT, TABLE]
    arrivals.look(store, house.base)
    house.papers = [REPORT, TABLE | {"Verwijderd": True}]
    arrivals.look(store, house.base)
    assert list(listed(store)) == ["2026D00001"]
    house.papers = [letter(8, "Liaisonbeleid", 31015, Verwijderd=True)]
    arrivals.look(store, house.base)
    assert list(listed(store)) == ["2026D00001"]
    house.papers = [REPORT, TABLE]  # and gives it again
    arrivals.look(store, house.base)
    assert "2026D00002" in listed(store)


def test_duplicates_in_one_answer_and_in_several(store: Store, house: House):
    house.papers = [REPORT, REPORT, TABLE, TABLE, TABLE]
    assert arrivals.look(store, house.base).new == 2
    assert len(listed(store)) == 2


def test_pages_of_250(store: Store, house: House):
    house.papers = [letter(number, f"Brief {number}") for number in range(1, 612)]
    assert arrivals.look(store, house.base).new == 611
    skips = [options.get("$skip") for _, options in house.requests]
    assert skips == [None, "250", "500", None, None, None, None]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"@odata.count": 9}, "parliament_incomplete, n=2"),
        ({"@odata.nextLink": 5}, "parliament_incomplete, n=2"),
        ({"@odata.nextLink": "https://elsewhere.invalid/OData/v4/2.0/Document"}, "_elsewhere"),
        ({"@odata.nextLink": "/other/Document"}, "_elsewhere"),
    ],
)
def test_an_answer_that_is_not_whole(store: Store, house: House, page: Record, words: str):
    """It is asked again from where it was; what came is not kept."""
    content = json.dumps({"value": [REPORT, TABLE], **page}).encode()
    house.bad = [None, None, None, lambda request: send(request, 200, content)]
    with pytest.raises(DataError, match=words):
        arrivals.look(store, house.base)
    assert set(papers.last_answers(store)) == set(FIVE[:3])
    assert listed(store) == {}
    house.requests.clear()
    arrivals.look(store, house.base)
    assert "2025-10-02" in house.filters()[3] and "2025-10-02" not in house.filters()[0]


def test_a_question_that_parliament_does_not_take_is_asked_more_simply(store: Store, house: House):
    house.papers = [REPORT, TABLE]
    house.bad = [lambda request: send(request, 400, b"{}")]
    assert arrivals.look(store, house.base).new == 2
    first, second = (options["$expand"] for _, options in house.requests[:2])
    assert "BijlageDocument" in first and "BijlageDocument" not in second
    house.bad = [lambda request: send(request, 400, b"{}")] * 2
    with pytest.raises(DataError, match="parliament_refuses"):
        arrivals.look(store, house.base)


def test_more_papers_than_there_can_be(store: Store, house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(questions, "MOST", 300)
    house.papers = [letter(number, "x") for number in range(1, 700)]
    with pytest.raises(DataError, match="parliament_incomplete, n=500"):
        arrivals.look(store, house.base)


def test_pages_without_end(store: Store, house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(questions, "PAGES", 3)
    house.page, house.papers = 1, [letter(number, "x") for number in range(1, 6)]
    with pytest.raises(DataError, match="parliament_incomplete, n=3"):
        arrivals.look(store, house.base)
    house.requests.clear()
    again = {"value": [], "@odata.nextLink": f"{house.base}/Document?round=1"}
    house.bad = [lambda request: send(request, 200, json.dumps(again).encode())] * 9
    with pytest.raises(DataError, match="parliament_incomplete, n=0"):
        arrivals.look(store, house.base)
    assert len(house.requests) == 2


@pytest.mark.parametrize("bad", [None, -1, True, "", "\0", "=1+1", [], {}, [None], "x" * 30_000])
def test_a_bad_day_of_every_field_stops_nothing(store: Store, house: House, bad: Any):
    """One paper for each field that is wrong in it, and one that is right."""
    wrong = [
        letter(number, "Liaisonbeleid", 31015) | {field: bad}
        for number, field in enumerate(sorted(REPORT), start=10)
    ]
    house.papers = [*wrong, TABLE]
    brought = arrivals.look(store, house.base)
    # The one whose name is wrong is passed over, whatever it is asked for by; {} is no annex.
    assert brought.new == len(wrong) + 1
    assert brought.unreadable > 0
    assert {"2026D00002", "2026D00010"} <= listed(store).keys()


def test_records_that_are_none(store: Store, house: House):
    content = json.dumps({"value": [None, 5, [], {}, TABLE]}).encode()
    house.bad = [lambda request: send(request, 200, content)]
    assert arrivals.look(store, house.base) == Arrivals(new=2, unreadable=4)


def test_persons_are_left_out(store: Store, house: House):
    house.papers = [letter(1, "Liaison: brief van dhr. A.B. van der Verzonnen, a.b@post.example")]
    arrivals.look(store, house.base)
    assert listed(store)["2026D00001"].paper.subject == "Liaison: brief van […], […]"


def test_dismissed_for_a_reason(each_url: str, house: House):
    store, house.papers = Store(each_url), [REPORT, TABLE]
    arrivals.look(store, house.base)
    papers.dismiss(store, "2026D00002", "redactie", " alleen  grafieken ")
    assert list(listed(store)) == ["2026D00001"]
    arrivals.look(store, house.base)
    assert list(listed(store)) == ["2026D00001"]
    entry = papers.entry_of(store, name(2))
    assert (entry.state, entry.decided_by, entry.reason) == (
        "dismissed",
        "redactie",
        "alleen grafieken",
    )
    papers.reopen(store, "2026D00002")
    assert "2026D00002" in listed(store)
    assert papers.entry_of(store, name(2)).reason == ""


@pytest.mark.parametrize(
    ("reason", "by", "words"),
    [
        ("", "redactie", "paper_without_reason"),
        ("  ", "redactie", "paper_without_reason"),
        ("x" * 201, "redactie", "paper_without_reason"),
        ("volgens mevrouw A. Verzonnen", "redactie", "person_named"),
        ("bel 06 12345678", "redactie", "person_named"),
        ("geen tabel\ud800", "redactie", "unstorable_character"),
        ("geen tabel", "", "nobody_named"),
    ],
)
def test_a_reason_that_is_refused(store: Store, house: House, reason: str, by: str, words: str):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    with pytest.raises(DataError, match=words):
        papers.dismiss(store, "2026D00002", by, reason)
    assert "2026D00002" in listed(store)


def test_a_number_that_is_not_on_the_list(store: Store, house: House):
    with pytest.raises(DataError, match="paper_unknown"):
        papers.dismiss(store, "2026D99999", "redactie", "x")
    with pytest.raises(DataError, match="paper_unknown"):
        arrivals.fetch(store, house.base, "2026D99999", 1_000)
    assert house.requests == []


def test_a_file_and_its_import(each_url: str, house: House, annex: Callable[..., Any]):
    store, house.papers = Store(each_url), [REPORT, TABLE]
    arrivals.look(store, house.base)
    house.files[name(2)] = ("text/plain; charset=utf-8", b"invented")
    assert arrivals.fetch(store, house.base, "2026D00002", 1_000) == ("2026D00002.txt", b"invented")
    assert not listed(store)["2026D00002"].sha256
    arrivals.brought(store, "2026D00002", b"invented")
    sha256 = listed(store)["2026D00002"].sha256  # still to be reviewed
    release = add(store, annex(sha256=sha256), "redactie", 0)
    assert "2026D00002" not in listed(store)
    assert papers.entry_of(store, name(2)).release == release


def test_a_word_file_goes_the_way_of_an_upload(store: Store, house: House):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    house.files[name(2)] = (WORD, as_docx(invented(1)))
    file, content = arrivals.fetch(store, house.base, "2026D00002", 1_000_000)
    assert file == "2026D00002.docx"
    assert drafts.receive(file, content).cells.tables


def test_a_file_that_is_gone(store: Store, house: House):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    with pytest.raises(DataError, match="2026D00002: paper_gone"):
        arrivals.fetch(store, house.base, "2026D00002", 1_000)
    assert "2026D00002" not in listed(store)


def test_a_name_that_was_changed_in_the_store_is_not_asked_for(
    store: Store, house: House, url: str, ask: Callable[..., Any]
):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    house.requests.clear()
    ask(url, "update papers set id = '../../secret' where number = '2026D00002'", "select 1")
    ask(url, "update papers set state = 'dismissed'", "select 1")
    with pytest.raises(DataError, match="paper_unknown"):
        arrivals.fetch(store, house.base, "2026D00002", 1_000)
    assert house.requests == []


@pytest.mark.parametrize(
    "act", [arrivals.look, lambda store, base: arrivals.fetch(store, base, "2026D00002", 9)]
)
def test_switched_off(store: Store, house: House, act: Callable[[Store, str], object]):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    with pytest.raises(DataError, match="watch_off"):
        act(store, "")


def test_the_log_names_no_paper(store: Store, house: House, caplog: pytest.LogCaptureFixture):
    house.papers = [REPORT, TABLE]
    house.files[name(2)] = ("text/plain", b"invented")
    with caplog.at_level(logging.INFO):
        arrivals.look(store, house.base)
        arrivals.fetch(store, house.base, "2026D00002", 1_000)
        house.bad = [lambda request: send(request, 403, b"Internationaal")]
        with pytest.raises(DataError):
            arrivals.look(store, house.base)
    ours = [record for record in caplog.records if record.name.startswith("data.")]
    written = " ".join(str(vars(record)) for record in ours)
    assert [record.msg for record in ours] == [
        "parliament was asked",
        "a paper was fetched",
        "parliament was not asked",
    ]
    assert not any(word in written for word in ("2026D", "nternationaal", "halfjaar", name(2)))


def test_a_backup_has_them_and_what_was_decided(
    store: Store, house: House, new_url, tmp_path: Path
):
    house.papers = [REPORT, TABLE]
    arrivals.look(store, house.base)
    papers.dismiss(store, "2026D00002", "redactie", "alleen grafieken")
    backup(store, tmp_path / "one.db")
    other = Store(new_url("sqlite"))
    restore(other, tmp_path / "one.db", "redactie")
    assert papers.entries(other) == papers.entries(store)
    assert papers.last_answers(other) == papers.last_answers(store)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("id = '../x'", "backup_cell"),
        ("state = 'gone'", "backup_cell"),
        ("title = 'a' || char(27) || '[31m'", "backup_cell"),
        ("removed = 7", "backup_cell"),
        ("sequence = -1", "backup_cell"),
        ("first_seen_at = 'yesterday'", "backup_damaged"),
        ("reason = 'volgens mevrouw Verzonnen'", "person_named"),
        ("decided_by = ''", "nobody_named"),
    ],
)
def test_a_backup_that_was_changed(
    store: Store, house: House, tmp_path: Path, change: str, words: str
):
    house.papers = [TABLE]
    arrivals.look(store, house.base)
    papers.dismiss(store, "2026D00002", "redactie", "alleen grafieken")
    backup(store, tmp_path / "one.db")
    with closing(sqlite3.connect(tmp_path / "one.db")) as database, database:
        database.execute(f"update papers set {change} where number = '2026D00002'")
    with pytest.raises(DataError, match=words):
        restore(store, tmp_path / "one.db", "redactie", replace=True)


def test_a_backup_of_before_there_were_papers(store: Store, tmp_path: Path):
    backup(store, tmp_path / "one.db")
    with closing(sqlite3.connect(tmp_path / "one.db")) as database, database:
        for table in ("papers", "paper_annexes", "paper_questions"):
            database.execute(f"drop table {table}")
        database.execute("update alembic_version set version_num = '0001'")
    restore(store, tmp_path / "one.db", "redactie")
    assert papers.entries(store) == []
