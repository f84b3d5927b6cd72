"""The command line: fixed keys, figures of the documents, one sentence for every fault."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main
from dashboard.cli.arguments import EXAMPLES, parser
from dashboard.cli.commands import COMMANDS

ROOT = Path(__file__).parents[3]


pytestmark = pytest.mark.usefixtures("own_store")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_postings_has_the_agreed_keys(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "postings")
    assert list(rows[0]) == [
        "iso3",
        *("release", "row", "table", "region", "label", "organisation", "kind", "city", "host"),
        *("lat", "lon", "status", "theme", "accreditations", "source"),
    ]
    assert list(rows[0]["accreditations"][0]) == ["iso3", "printed", "basis", "match"]
    assert list(rows[0]["source"]) == ["document", "table", "row"]


def test_the_network_of_2025(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "postings")
    assert Counter(row["kind"] for row in rows) == {"LO": 55, "FILO": 3, "multilateral": 13}
    posts = [row for row in rows if row["kind"] == "LO"]
    assert [row["row"] for row in posts] == list(range(1, 56))
    assert Counter(row["status"] for row in posts) == {"active": 54, "planned": 1}
    brussels = next(row for row in posts if row["city"] == "Brussel")
    assert (brussels["host"], brussels["organisation"]) == ("BEL", "NP")
    assert {a["iso3"]: a["basis"] for a in brussels["accreditations"]} == {
        "BEL": "named",
        "LUX": "named",
    }
    assert next(row for row in posts if row["city"] == "Lima")["organisation"] is None


# The worked example, read from the document by hand.
@pytest.mark.parametrize(
    ("organisations", "covered"),
    [
        ([], 138),
        (["NP"], 96),
        (["KMar"], 37),
        (["GPI"], 50),
        (["not-stated"], 19),
        (["NP", "KMar"], 117),
        (["NP", "--organisation", "KMar"], 117),  # said twice: both count
    ],
)
def test_coverage_of_the_worked_example(
    capsys: pytest.CaptureFixture[str], organisations: list[str], covered: int
) -> None:
    chosen = ["--organisation", *organisations] if organisations else []
    rows = run(capsys, "coverage", *chosen)
    assert sum(row["state"] in ("post", "accredited") for row in rows) == covered
    assert list(rows[0]) == [
        *("iso3", "name", "state", "postings", "organisations", "cities", "distance_km", "basis"),
        *("name_en", "continent", "subregion", "kind", "population", "nearest_city"),
        "area_printed",
    ]


def test_single_postings_and_belgium_alone(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [r for r in run(capsys, "coverage") if r["state"] in ("post", "accredited")]
    assert sum(row["postings"] == 1 for row in rows) == 78
    assert sum(row["organisations"] == ["GPI"] for row in rows) == 5


def test_every_unit_has_a_row_and_home_is_home(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["iso3"]: row for row in run(capsys, "coverage")}
    assert rows["NLD"]["state"] == "home"
    assert rows["ECU"]["state"] == "none" and rows["ECU"]["postings"] == 0
    assert {"NAM", "FRA", "NOR", "XKX", "BES", "GUF"} <= rows.keys()


def test_planned_counts_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    def brazil(*more: str) -> str:
        rows = run(capsys, "coverage", "--organisation", "KMar", *more)
        return next(row["state"] for row in rows if row["iso3"] == "BRA")

    assert (brazil(), brazil("--planned")) == ("none", "planned")


def test_a_partial_release_never_says_none(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "coverage", "--release", "kst-31015-94")
    assert {row["state"] for row in rows} == {"post", "home", None}
    # named in the letter: Boekarest, Ankara, Madrid, Rabat, Rome, Parijs, Colombia, Venezuela,
    # Australië
    posts = {row["iso3"] for row in rows if row["state"] == "post"}
    assert posts == {"ROU", "TUR", "ESP", "MAR", "ITA", "FRA", "COL", "VEN", "AUS"}


def test_missions_of_both_dates(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "missions")
    for date, missions, officers in (("2023-11-24", 11, 28), ("2025-11-12", 12, 34)):
        then = [row for row in rows if row["as_of"] == date]
        assert (len(then), sum(row["personnel"] for row in then)) == (missions, officers)
    libya = {row["as_of"]: row for row in rows if row["mission"] == "EUBAM Libië"}
    assert libya["2023-11-24"]["duty_station"]["iso3"] == "TUN"
    assert libya["2023-11-24"]["areas"] == ["LBY"]
    assert libya["2025-11-12"]["duty_station"] is None
    assert list(rows[0]) == [
        *("iso3", "mission", "printed", "as_of", "personnel", "areas", "duty_station"),
        *("lead_organisation", "source", "areas_printed", "areas_basis", "areas_checked"),
    ]


@pytest.mark.parametrize(
    ("command", "default"), [("missions", "all"), ("postings", "the newest complete one")]
)
def test_the_help_says_which_release_is_shown(
    capsys: pytest.CaptureFixture[str], command: str, default: str
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"--release ID default: {default}" in " ".join(capsys.readouterr().out.split())


def test_csv_and_table_hold_the_same_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert next(row["name"] for row in rows if row["iso3"] == "NAM") == "Namibië"
    assert main(["coverage", "--format", "table"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows) + 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["frob"], "'frob'"),
        (["coverage", "--organisation", "FBI"], "'FBI'"),
        (["coverage", "--release", "nix"], "'nix'"),
        (["postings", "--release", "bijlage-2023-12"], "no table of the network"),
        (["missions", "--release", "kst-31015-94"], "no table of missions"),
        (["missions", "--release", "../nix"], "'../nix'"),
        (["missions", "--format", "xml"], "'xml'"),
        (["missions", "--release", ""], "argument --release: a value is missing"),
        (["coverage", "--release", " "], "argument --release: a value is missing"),
        (["coverage", "--columns", ""], "argument --columns: a value is missing"),
        (["gaps", "--release", "bijlage-2023-12"], "no table of the network"),
        (["export", "pdf", "--topic", "nix"], "explanation"),
        (["run", "--port", "x"], "'x'"),
        (["run", "--port", "99999"], "99999"),
    ],
)
def test_wrong_arguments_are_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    try:
        code = main(arguments)
    except SystemExit as left:  # of what the parser refuses
        code = left.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1 and words in err


@pytest.mark.parametrize(("address", "missing"), [("", True), ("https://atlas.example.org", False)])
def test_the_start_says_that_an_address_for_others_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str, missing: bool
) -> None:
    monkeypatch.delenv("LIAISONATLAS_ADDRESS", raising=False)
    if address:
        monkeypatch.setenv("LIAISONATLAS_ADDRESS", address)
    monkeypatch.setattr("dashboard.web.server.serve", lambda port, started: started())
    assert main(["run", "--port", "8599"]) == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first == "Liaisonatlas: http://127.0.0.1:8599"
    assert any("LIAISONATLAS_ADDRESS" in line for line in others) == missing


def test_the_process_ends_with_the_code_and_the_sentence() -> None:
    for arguments, word in ((["frob"], "'frob'"), (["coverage", "--release", "nix"], "'nix'")):
        done = subprocess.run(
            [sys.executable, "-m", "dashboard", *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1 and word in done.stderr


@pytest.mark.parametrize(
    ("command", "place", "why"),
    [
        ("postings", ">/dev/full", "No space left"),
        ("export release -o -", ">&-", "Bad file"),
    ],
)
def test_an_answer_that_cannot_be_written_is_one_sentence(
    command: str, place: str, why: str
) -> None:
    line = f"exec {shlex.quote(sys.executable)} -m dashboard {command} {place}"
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1 and why in done.stderr


# A file of data/reference, what is put for what (or the whole file; None: none), what is told.
DAMAGE: list[tuple[str, tuple[str, str] | str | None, list[str]]] = [
    ("units.csv", None, ["units.csv", "cannot be found"]),
    ("units.csv", "", ["units.csv", "empty"]),
    ("cities.csv", ("9.0578", "north"), ["cities.csv", "row", "north"]),
    *(
        ("populations.csv", ("106314", cell), ["populations.csv", "row 2", "population", cell])
        for cell in ("9" * 20, "inf", "1_000")
    ),
    (
        "releases/bijlage-2025-11/accreditations.csv",
        ("LO,1,CAN,", "LO,1,QQQ,"),
        ["accreditations.csv", "row 3", "QQQ"],
    ),
    (
        "releases/bijlage-2025-11/postings.csv",
        ("LO,2,", "LO,1,"),
        ["postings.csv", "twice"],
    ),
]
# Loads everything once; then each damage is seen by a child that has read no table yet.
DAMAGED = """
import contextlib, io, json, os, sys
from pathlib import Path
from dashboard.__main__ import main
from dashboard.cli import commands, readings
for number, (file, damage) in enumerate(json.loads(sys.argv[1])):
    path = Path("data/reference", file)
    whole = path.read_text(encoding="utf-8")
    if damage is None:
        path.unlink()
    else:
        assert not damage or damage[0] in whole
        path.write_text(whole.replace(*damage, 1) if damage else "", encoding="utf-8")
    if os.fork() == 0:
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            code = main(["coverage"])
        Path(f"{number}.json").write_text(json.dumps([code, told.getvalue()]))
        os._exit(0)
    assert os.wait()[1] == 0
    path.write_text(whole, encoding="utf-8")
"""


def test_damaged_reference_files_are_named(damaged: Path) -> None:
    damage = json.dumps([(file, damage) for file, damage, _ in DAMAGE])
    done = subprocess.run(
        [sys.executable, "-c", DAMAGED, damage],
        capture_output=True,
        text=True,
        cwd=damaged,
        timeout=240,
        check=False,
        env=os.environ | {"PYTHONPATH": str(damaged)},
    )
    assert done.returncode == 0, done.stderr
    for number, (file, _, told) in enumerate(DAMAGE):
        code, err = json.loads((damaged / f"{number}.json").read_text())
        assert (code, len(err.splitlines())) == (2, 1), (file, err)
        assert [word for word in told if word not in err] == []


def test_a_single_value_is_taken_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["coverage", "--release", "bijlage-2025-11", "--release", "kst-31015-94"])
    assert left.value.code == 2 and "--release" in capsys.readouterr().err


def test_kinds_of_gap_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    together = run(capsys, "gaps", "--kind", "uncovered", "single")
    assert run(capsys, "gaps", "--kind", "uncovered", "--kind", "single") == together
    assert len(together) > len(run(capsys, "gaps", "--kind", "single"))


def test_indicators_of_several_files_are_weighed_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("ports", "visas"):
        rows = f"iso3,{name}\nECU,3\nPER,1\n"
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    files = [str(tmp_path / f"{name}.csv") for name in ("ports", "visas")]
    rows = run(capsys, "gaps", "--indicator", files[0], "--indicator", files[1])
    ecuador = next(row for row in rows if row["iso3"] == "ECU")
    assert {"ports", "visas"} <= ecuador["components"].keys()
    assert main(["gaps", "--indicator", files[0], files[0]]) == 2
    assert "another file has an indicator of this name" in capsys.readouterr().err


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = capsys.readouterr().out.split()[-1]
    assert left.value.code == 0 and f'version = "{version}"' in project


def test_headings_and_names_are_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["coverage", "--language", "en"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert "country or territory" in head and any("Namibia " in row for row in rows)
    assert main(["postings", "--language", "nl"]) == 0
    lima = next(row for row in capsys.readouterr().out.splitlines() if " Lima " in row)
    assert "organisatie onbekend" in lima


@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_a_terminal_that_knows_ascii_only_gets_no_traceback(
    monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    assert main(["coverage", "--format", shape]) == 0
    text, told = (stream.buffer.getvalue().decode("ascii") for stream in flushed(out, err))
    if shape == "json":  # which has a way to write every letter
        names = {row["iso3"]: row["name"] for row in json.loads(text)}
        assert names["NAM"] == "Namibië" and told == ""
    else:
        assert "Namibi?" in text and "PYTHONIOENCODING" in told


def flushed(*streams: io.TextIOWrapper) -> tuple[io.TextIOWrapper, ...]:
    """The same, with all that was written in what they write to."""
    for stream in streams:
        stream.flush()
    return streams


# --- columns, regions, standard input and output --------------------------------------------------


def test_coverage_says_where_a_unit_lies_and_from_where_it_is_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = {row["iso3"]: row for row in run(capsys, "coverage", "--region", "Americas")}
    more = ("name_en", "continent", "subregion", "kind", "nearest_city", "area_printed")
    # Row 1 of the annex: Washington, "VS / Canada / Bahama’s".
    assert [rows["CAN"][key] for key in more] == [
        *("Canada", "Americas", "Northern America", "state", "Washington", ["Canada"]),
    ]
    assert rows["CAN"]["population"] > 30_000_000
    assert (rows["ECU"]["nearest_city"], rows["ECU"]["area_printed"]) == (None, None)
    assert "NGA" not in rows


@pytest.mark.parametrize("region", ["Africa", "afrika", "AFRIKA"])
def test_a_region_is_named_in_either_language(
    capsys: pytest.CaptureFixture[str], region: str
) -> None:
    codes = {row["iso3"] for row in run(capsys, "coverage", "--region", region)}
    assert "NGA" in codes and "ECU" not in codes
    hosts = {row["host"] for row in run(capsys, "postings", "--region", region)}
    assert "KEN" in hosts and hosts <= codes
    missions = {row["mission"] for row in run(capsys, "missions", "--region", region)}
    assert "EUBAM Libië" in missions and "EULEX Kosovo" not in missions
    gaps = {row["iso3"] for row in run(capsys, "gaps", "--region", region)}
    assert gaps and gaps <= codes


def test_columns_come_in_the_order_that_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--columns", "name_en, iso3", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["name_en,iso3", "Aruba,ABW"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["coverage", "--columns", "iso3,nix"], "there is no such column (found 'nix')"),
        (["coverage", "--region", "Atlantis"], "no region has this name"),
        (["place", "--posts", "1", "--columns", "city", "--format", "json"], "has no columns"),
    ],
)
def test_what_is_asked_and_is_not_there_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and words in err


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_takes_the_place_of_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, b"iso3,cocaine\nECU,3\nPER,5\n")
    rows = run(capsys, "gaps", "--indicator", "-", "--region", "South America")
    ecuador = next(row for row in rows if row["iso3"] == "ECU")
    assert ecuador["components"]["cocaine"]["value"] == 3
    piped(monkeypatch, b'{"kind": 5, "population": 0}')
    rows = run(capsys, "gaps", "--weights", "-", "--region", "South America")
    assert rows[0]["components"]["population"]["weight"] == 0
    piped(monkeypatch, b'{"changes": [{"close": {"row": 17}}]}')
    assert main(["whatif", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenario"]["changes"]
    piped(monkeypatch, b"")
    assert main(["import", "-", "--dry-run"]) == 2
    assert "empty" in capsys.readouterr().err


def test_an_export_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "geodata", "--topic", "coverage", "-o", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"SQLite format 3") and err.count(b"\n") == 1


def test_every_command_has_what_answers_it() -> None:
    """`run` is the server, which starts before any of this is imported."""
    assert {*COMMANDS, "run"} == EXAMPLES.keys()
    for module, function in COMMANDS.values():
        assert callable(getattr(import_module(f"dashboard.cli.{module}"), function))


def test_every_command_shows_an_example_that_it_takes() -> None:
    made = parser()
    (commands,) = (each for each in made._actions if isinstance(each, argparse._SubParsersAction))
    assert EXAMPLES.keys() == commands.choices.keys()
    for name, example in EXAMPLES.items():
        assert f"example: python -m dashboard {name} {example}" in commands.choices[name].epilog
        assert made.parse_args([name, *shlex.split(example)]).command == name
