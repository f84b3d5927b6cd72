"""`watch`: off unless switched on; what it lists, fetches and dismisses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import snapshot
from dashboard.__main__ import main
from data.store import papers
from tests.conftest import CLEAR
from tests.data.parliament.house import House, annex, letter, name, opened

ROOT = Path(__file__).parents[3]
REPORT = letter(1, "Tweede halfjaarbericht politie 2026", Volgnummer=1345)
# What a program sees of the network: each address that this process looks up or connects to.
WATCHED = """
import sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("NETWORK", event, file=sys.stderr)
sys.addaudithook(note)
from dashboard.__main__ import main
sys.exit(max(main(line.split()) for line in sys.argv[1:]))
"""


@pytest.fixture
def house() -> Iterator[House]:
    with opened() as server:
        server.papers = [REPORT, annex(2, "Internationaal", REPORT)]
        server.files[name(2)] = ("text/plain", CLEAR.read_bytes())
        yield server


@pytest.fixture
def switched_on(own_store: Path, house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("LIAISONATLAS_WATCH", "on")
    monkeypatch.setenv("LIAISONATLAS_WATCH_ADDRESS", house.base)
    snapshot.begin()
    return house


def run(folder: Path, house: House, *lines: str, **settings: str) -> tuple[int, str, bool]:
    """Commands in one process of its own: exit code, output, and whether it used the network."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LIAISONATLAS_")}
    environment |= {"LIAISONATLAS_VAR": str(folder), "LIAISONATLAS_WATCH_ADDRESS": house.base}
    command = [sys.executable, "-c", WATCHED, *lines]
    done = subprocess.run(
        command, cwd=ROOT, env=environment | settings, capture_output=True, text=True
    )
    return done.returncode, done.stdout, "NETWORK" in done.stderr


def test_switched_off_nothing_goes_out(own_store: Path, house: House):
    """Nor by any other command; with it on, the same process is seen to ask."""
    lines = ("watch", "watch --fetch 2026D00002", "watch --dismiss 2026D00002 --reason x")
    assert run(own_store, house, *lines) == (2, "", False)
    code, output, is_out = run(own_store, house, "releases", "postings")
    assert (code, is_out) == (0, False) and "bijlage-2025-11" in output
    assert house.requests == []
    code, _, is_out = run(own_store, house, "watch", LIAISONATLAS_WATCH="on")
    assert (code, is_out, len(house.requests)) == (0, True, 5)


def test_switched_off_is_one_sentence(own_store: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["watch"]) == 2
    assert capsys.readouterr().err == (
        "liaisonatlas: LIAISONATLAS_WATCH: parliament is not asked for new documents: that is"
        " switched off. Set LIAISONATLAS_WATCH to on; docs/data.md says what is asked then.\n"
    )


def test_what_is_listed(switched_on: House, capsys: pytest.CaptureFixture[str]):
    assert main(["watch", "--format", "json", "--language", "nl"]) == 0
    out, err = capsys.readouterr()
    first, second = json.loads(out)
    seen = first.pop("first_seen_at")
    assert seen[:2] == "20" and second["number"] == "2026D00001"
    assert first == {
        "number": "2026D00002",
        "title": "Internationaal",
        "date": "2026-05-20",
        "kind": "Bijlage",
        "citation": None,
        "letter": "kst-29628-1345",
        "likely": True,
        "fetched": False,
        "why": [
            {
                "code": "annex_names",
                "params": {"word": "Internationaal"},
                "text": "bijlage, onderwerp noemt “Internationaal”",
            },
            {
                "code": "annex_of_report",
                "params": {"number": "2026D00001"},
                "text": "bijlage bij het halfjaarbericht politie 2026D00001",
            },
            {
                "code": "in_dossier",
                "params": {"dossier": "29628"},
                "text": "staat in dossier 29\N{NO-BREAK SPACE}628",
            },
        ],
        "link": "https://zoek.officielebekendmakingen.nl/kst-29628-1345.html",
        "id": name(2),
    }
    assert err == "liaisonatlas: 2 documents were added.\n"


def test_tables_and_files_hold_no_formula(switched_on: House, capsys: pytest.CaptureFixture[str]):
    switched_on.papers = [annex(3, '=HYPERLINK("http://x";"Internationaal")\x1b[31m')]
    assert main(["watch", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["title"].startswith("'=HYPERLINK(") and "\x1b" not in row["title"]
    assert row["why"] == "annex, its subject names “Internationaal”; its letter is not known yet"
    assert main(["watch"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_fetched_and_imported(
    switched_on: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "annex.txt"
    assert main(["watch"]) == 0
    assert main(["watch", "--fetch", "2026D00002", "-o", str(file)]) == 0
    assert file.read_bytes() == CLEAR.read_bytes()
    assert main(["watch", "--fetch", "2026D00002", "-o", str(file)]) == 2
    assert "annex.txt: the file cannot be written (File exists)" in capsys.readouterr().err
    assert main(["import", str(file)]) == 0
    capsys.readouterr()
    assert main(["watch", "--format", "json"]) == 0
    assert [row["number"] for row in json.loads(capsys.readouterr().out)] == ["2026D00001"]


def test_dismissed(switched_on: House, capsys: pytest.CaptureFixture[str]):
    main(["watch"])
    assert main(["watch", "--dismiss", "2026D00002"]) == 2
    assert main(["watch", "--dismiss", "2026D00002", "--reason", "volgens dhr. Verzonnen"]) == 2
    assert main(["watch", "--dismiss", "2026D00002", "--reason", "alleen grafieken"]) == 0
    entry = papers.entry_of(snapshot.store(), "2026D00002")
    assert (entry.state, entry.decided_by) == ("dismissed", "local")


def test_fetched_to_standard_output(
    switched_on: House, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch, tmp_path: Path
):
    monkeypatch.chdir(tmp_path)
    main(["watch"])
    capfdbinary.readouterr()
    before = set(tmp_path.iterdir())
    assert main(["watch", "--fetch", "2026D00002", "-o", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out == CLEAR.read_bytes() and err.startswith(b"liaisonatlas: 2026D00002.txt: ")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("line", "option", "needs"),
    [
        ("--reason x", "--reason", "--dismiss"),
        ("-o x", "--output", "--fetch"),
        ("--fetch 2026D00002 --reason x", "--reason", "--dismiss"),
        ("--dismiss 2026D00002 --reason x -o x", "--output", "--fetch"),
    ],
)
def test_an_option_of_another_act_is_an_error(
    switched_on: House, capsys: pytest.CaptureFixture[str], line: str, option: str, needs: str
):
    assert main(["watch", *line.split()]) == 2
    assert f"{option}: this option goes only with {needs}" in capsys.readouterr().err
    assert switched_on.requests == []


def test_two_documents_of_one_number_go_by_their_ids(
    switched_on: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    other = annex(9, "Internationaal", REPORT, DocumentNummer="2026D00002")
    switched_on.papers.append(other)
    main(["watch"])
    file = tmp_path / "annex.txt"
    capsys.readouterr()
    assert main(["watch", "--fetch", "2026D00002", "-o", str(file)]) == 2
    assert f"Give the id of one of them instead: {name(2)}, {name(9)}" in capsys.readouterr().err
    assert main(["watch", "--fetch", name(2), "-o", str(file)]) == 0
    assert file.read_bytes() == CLEAR.read_bytes()


def test_records_that_cannot_be_read_are_counted(
    switched_on: House, capsys: pytest.CaptureFixture[str]
):
    switched_on.papers += [{"Id": None}, {"Id": "nameless"}]
    assert main(["watch"]) == 0
    # Each answers all five questions, and is one record.
    note = "2 records of the answer could not be read and were passed over."
    assert note in capsys.readouterr().err
