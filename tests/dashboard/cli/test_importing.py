"""Importing on the command line: what is printed, what is stored, and what every fault leaves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main

CLEAR = Path(__file__).parents[2] / "annexes" / "clear.txt"


@pytest.fixture(autouse=True)
def _own_folder(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_EDITOR", "desk")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]):
    """Arguments -> (exit code, standard output, standard error)."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err and said.err.count("\n") <= 1
        return code, said.out, said.err

    return run


@pytest.fixture
def json_of(ask):
    """Arguments -> the JSON that comes with exit code 0."""

    def run(*arguments: str | Path) -> Any:
        code, out, err = ask(*arguments, "--format", "json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return run


def releases(json_of) -> list[str]:
    return [row["release"] for row in json_of("releases")]


def test_the_agreed_keys_and_the_reading(json_of):
    made = json_of("import", CLEAR, "--dry-run")
    assert list(made) == [
        "document", "release", "postings", "deployments", "problems", "changes"
    ]  # fmt: skip
    document = made["document"]
    assert (document["name"], document["as_of"]) == ("clear.txt", "2026-05-12")
    assert document["sha256"] == hashlib.sha256(CLEAR.read_bytes()).hexdigest()
    assert made["release"] is None
    posts = [
        (row["host"], row["organisation"], row["city"], [a["iso3"] for a in row["accreditations"]])
        for row in made["postings"]
    ]
    assert posts == [
        ("ECU", "NP", "Quito", ["ECU", "PER"]),
        ("KEN", "KMar", "Nairobi", ["KEN", "UGA"]),
        ("ESP", "GPI", "Madrid", ["ESP"]),
    ]
    missions = [(row["mission"], row["personnel"], row["areas"]) for row in made["deployments"]]
    assert missions == [("EULEX Kosovo", 2, ["XKX"]), ("EUAM Irak", 3, ["IRQ"])]
    assert {"printed", "duty_station"} <= set(made["deployments"][0])
    assert [(p["severity"], p["printed"]) for p in made["problems"]] == [
        ("warning", "2026-05-12"),  # no date of its own for the network
        ("warning", "3"),  # three posts where there were 55
        ("warning", "Quito"),  # nobody was there before
    ]
    assert {"severity", "where", "printed", "message", "suggestions"} <= set(made["problems"][0])
    changes = made["changes"]
    assert changes["since"] == {"network": "bijlage-2025-11", "missions": "bijlage-2025-11"}
    assert [row["iso3"] for row in changes["countries"]["gained"]] == ["ECU", "UGA"]
    assert changes["missions"]["down"] == [{"mission": "EUAM Irak", "before": 4, "after": 3}]
    assert releases(json_of) == ["bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"]


def test_stored_shown_withdrawn_and_restored(ask, json_of):
    made = json_of("import", CLEAR)
    assert made["release"] == "bijlage-2026-05"
    assert {row["release"] for row in made["postings"]} == {"bijlage-2026-05"}
    assert {row["source"]["document"] for row in made["deployments"]} == {"bijlage-2026-05"}
    assert releases(json_of)[0] == "bijlage-2026-05"
    assert len(json_of("postings")) == 3  # the newest complete network is now this one
    served = [row["iso3"] for row in json_of("coverage") if row["state"] in ("post", "accredited")]
    assert sorted(served) == ["ECU", "ESP", "KEN", "PER", "UGA"]
    assert ask("release", "withdraw", "bijlage-2026-05", "--reason", "printed wrong")[0] == 0
    assert len(json_of("postings")) == 71
    code, _, err = ask("postings", "--release", "bijlage-2026-05")
    assert code == 2 and "withdrawn" in err
    states = {row["release"]: row["state"] for row in json_of("releases")}
    assert states["bijlage-2026-05"] == "withdrawn"
    assert ask("release", "restore", "bijlage-2026-05")[0] == 0
    assert len(json_of("postings")) == 3


def test_the_same_document_twice(ask, json_of):
    json_of("import", CLEAR)
    code, out, err = ask("import", CLEAR, "--format", "json")
    assert code == 2
    assert "imported before" in err and "bijlage-2026-05" in err
    assert json.loads(out)["release"] is None
    assert releases(json_of).count("bijlage-2026-05") == 1 and len(releases(json_of)) == 4


def test_errors_store_nothing_and_the_reading_is_printed(ask, json_of, next_annex: Path):
    code, out, err = ask("import", next_annex, "--format", "json")
    made = json.loads(out)
    assert code == 2 and "nothing is stored" in err.casefold()
    assert {p["printed"] for p in made["problems"] if p["severity"] == "error"} == {
        *("Congo", "AIVD", "NP / GPI", "Vilnistan", "drie")
    }
    assert made["deployments"][1]["personnel"] is None
    assert len(releases(json_of)) == 3


def test_a_reference_date_that_is_not_printed(ask, json_of, tmp_path: Path):
    dateless = tmp_path / "dateless.txt"
    dateless.write_text(CLEAR.read_text("utf-8").replace(" (peildatum 12 mei 2026)", ""), "utf-8")
    code, out, err = ask("import", dateless, "--format", "json")
    assert code == 2 and "peildatum" in err
    assert json.loads(out)["document"]["as_of"] is None
    for wrong in ("yesterday", "2026-02-30", "2026-31-06"):
        code, _, err = ask("import", dateless, "--as-of", wrong)
        assert code == 2 and wrong in err
    made = json_of("import", dateless, "--as-of", "1 juni 2026")
    assert (made["document"]["as_of"], made["release"]) == ("2026-06-01", "bijlage-2026-06")


def test_a_date_for_the_network_leaves_the_printed_one_of_the_missions(json_of):
    document = json_of("import", CLEAR, "--dry-run", "--as-of", "2026-07")["document"]
    assert (document["network_as_of"], document["missions_as_of"]) == ("2026-07", "2026-05-12")


def test_difference_of_two_releases(json_of):
    found = json_of("diff", "bijlage-2023-12", "bijlage-2025-11")
    # Read from both tables: 28 officers then, 34 now.
    assert {row["mission"] for row in found["missions"]["new"]} == {"OSC", "EUSDI Golf van Guinee"}
    assert {row["mission"] for row in found["missions"]["ended"]} == {"USSC"}
    assert "posts" in found["unknown"]  # the annex of 2023 has no network


def test_backup_and_restore(ask, json_of, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    json_of("import", CLEAR)
    before = json_of("postings"), json_of("releases")
    backup = tmp_path / "copy.db"
    assert ask("backup", backup)[0] == 0
    code, _, err = ask("backup", backup)
    assert code == 2 and "copy.db" in err  # it never writes over a file
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path / "elsewhere"))
    assert len(json_of("postings")) == 71
    assert ask("restore", backup)[0] == 0
    assert (json_of("postings"), json_of("releases")) == before


def test_restore_takes_no_file_but_a_backup(ask, tmp_path: Path):
    for name, content in (("notes.db", b"my notes" * 100), ("empty.db", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        code, _, err = ask("restore", path)
        assert code == 2 and name in err
    assert ask("restore", tmp_path / "gone.db")[0] == 2


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_template(ask, tmp_path: Path, ending: str):
    path = tmp_path / f"annex.{ending}"
    assert ask("template", path)[0] == 0
    assert path.stat().st_size > 100
    code, _, err = ask("template", path)
    assert code == 2 and "annex" in err  # nor does this
    code, out, err = ask("import", path, "--format", "json")
    assert (code, out) == (2, "") and "no table" in err  # nothing is filled in yet


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "gone.txt"),
        ("template", "annex.docx"),
        ("release", "withdraw", "no-such"),
        ("release", "restore", "bijlage-2025-11"),
        ("release", "withdraw", "bijlage-2025-11"),  # the only complete network
        ("diff", "bijlage-2025-11", "no-such"),
    ],
)
def test_faults_are_one_sentence(ask, arguments):
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("liaisonatlas: ")


def test_as_tables_for_reading(ask):
    code, out, _ = ask("import", CLEAR, "--dry-run")
    assert code == 0
    for words in ("document name: clear.txt", "postings (3)", "problems (3)", "EUAM Irak"):
        assert words in out
    code, out, _ = ask("diff", "kst-31015-94", "bijlage-2025-11")
    assert code == 0 and "posts closed (2)" in out


def test_a_part_of_the_network_becomes_no_map_of_gaps(json_of):
    release = json_of("import", CLEAR, "--partial")["release"]
    states = {row["release"]: row["network"] for row in json_of("releases")}
    assert states[release] == "partial"
    rows = json_of("coverage", "--release", release)
    assert {row["state"] for row in rows} == {"post", "accredited", "home", None}
    assert len(json_of("postings")) == 71  # the newest complete network is another


def test_what_the_store_refuses_still_prints_the_reading(ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIAISONATLAS_EDITOR", " ")
    code, out, err = ask("import", CLEAR, "--format", "json")
    assert code == 2 and "who does it" in err
    assert len(json.loads(out)["postings"]) == 3


def test_a_release_leaves_and_comes_back(ask, json_of, tmp_path: Path):
    out = tmp_path / "posts.ods"
    code, said, err = ask("export", "release", "--release", "bijlage-2025-11", "-o", out)
    assert (code, err) == (0, "") and "`import` reads it back" in said
    made = json_of("import", out)
    assert (made["release"], made["problems"]) == ("bijlage-2025-11-2", [])
    for command in ("postings", "missions"):
        before, after = (
            json_of(command, "--release", release)
            for release in ("bijlage-2025-11", made["release"])
        )
        for row in (*before, *after):
            row.pop("release", None)
            row["source"].pop("document")
        assert before == after


def test_the_template_with_the_rows_of_a_release(ask, json_of, tmp_path: Path):
    out = tmp_path / "older.csv"
    code, said, _ = ask("template", out, "--from", "kst-31015-94")
    assert code == 0 and "type over the rows of kst-31015-94" in said
    made = json_of("import", out, "--as-of", "2012-06", "--partial", "--dry-run")
    assert [row["host"] for row in made["postings"]][:3] == ["ROU", "TUR", "TUR"]
    code, _, err = ask("template", tmp_path / "b.csv", "--from", "nix")
    assert code == 2 and "no such release" in err and not (tmp_path / "b.csv").exists()
