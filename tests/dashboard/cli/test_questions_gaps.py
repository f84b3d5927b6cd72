"""`gaps` on the command line: fixed keys, the answers of the documents, one sentence for faults."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.__main__ import main
from dashboard.open_data import tables
from geo.options import Choice

pytestmark = pytest.mark.usefixtures("own_store")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["gaps", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_keys_and_the_sums(capsys):
    rows = run(capsys)
    assert list(rows[0]) == ["iso3", "name", "kinds", "score", "supposed", "components"]
    components = rows[0]["components"]
    assert set(components) == {
        *("kind", "mission", "population", "distance", "priority", "channel"),
    }
    assert list(components["kind"]) == ["value", "normalised", "weight", "part"]
    assert components["distance"]["to"] in ("serving", "nearest")
    for row in rows:
        added = sum(one["part"] or 0 for one in row["components"].values())
        assert round(added, 1) == row["score"]
        assert row["kinds"]


@pytest.mark.parametrize("organisations", [(), ("NP", "KMar")])
def test_the_package_ranks_what_is_listed_here(capsys, organisations):
    """A unit without a gap has no rank, and takes none."""
    listed = run(capsys, *(("--organisation", *organisations) if organisations else ()))
    frame = tables.gaps("bijlage-2025-11", Choice(organisations)).dropna(subset="rank")
    scores = {row["iso3"]: row["score"] for row in listed}
    ranks = {
        iso3: 1 + sum(other > own for other in scores.values()) for iso3, own in scores.items()
    }
    assert frame.set_index("iso3")["rank"].to_dict() == ranks and 100 < len(ranks) < 244


# 244 units less the 138 of the worked example; the five that hang on Moscow, Rabat, Madrid, Rome
# and Istanbul of the GPI; the units that two missions name and no work area does.
@pytest.mark.parametrize(
    ("arguments", "count", "some"),
    [
        (["--kind", "uncovered"], 106, {"ECU", "SWE", "ISR"}),
        (["--kind", "partner_only"], 5, {"RUS", "MLI", "AND", "SMR", "PAK"}),
        (["--kind", "single"], 78, {"BEL", "SUR"}),
        (["--kind", "mission_without_liaison"], 2, {"ISR", "PSE"}),
        (["--kind", "uncovered", "--organisation", "NP", "KMar"], 244 - 117, {"RUS", "MEX"}),
        (["--kind", "uncovered", "--organisation", "KMar", "--planned"], 244 - 37 - 1, {"FIN"}),
    ],
)
def test_the_answers_of_the_worked_example(capsys, arguments, count, some):
    rows = {row["iso3"] for row in run(capsys, *arguments)}
    assert len(rows) == count and some <= rows


def test_own_weights_and_indicator(capsys, tmp_path: Path):
    weights, own = tmp_path / "w.json", tmp_path / "own.csv"
    weights.write_text(json.dumps(dict.fromkeys(WEIGHED, 0) | {"verzoeken": 5}), encoding="utf-8")
    own.write_text("land;verzoeken\nZweden;10\nEcuador;2,5\n", encoding="utf-8")
    arguments = ["--kind", "uncovered", "--weights", str(weights), "--indicator", str(own)]
    rows = run(capsys, *arguments)
    assert [(row["iso3"], row["score"]) for row in rows[:2]] == [("SWE", 100.0), ("ECU", 25.0)]
    assert {row["score"] for row in rows[2:]} == {None}
    assert rows[1]["components"]["verzoeken"]["value"] == 2.5
    assert rows[2]["components"]["verzoeken"]["part"] is None


def test_figures_by_year_and_how_they_are_scaled(capsys, tmp_path: Path):
    own, weights = tmp_path / "own.csv", tmp_path / "w.json"
    own.write_text(
        "Entity,Code,Year,x\nEcuador,ECU,2020,1\nEcuador,ECU,2021,10\nIndia,IND,2021,100\n"
        "Belgium,BEL,2021,1000\nWorld,OWID_WRL,2021,9\n",
        encoding="utf-8",
    )
    weights.write_text(json.dumps(dict.fromkeys(WEIGHED, 0) | {"x": 1}), encoding="utf-8")
    asked = ["--kind", "uncovered", "--indicator", str(own), "--weights", str(weights)]

    def scores(*more: str) -> dict[str, float]:
        rows = run(capsys, *asked, *more)
        return {row["iso3"]: row["score"] for row in rows if row["score"] is not None}

    assert scores() == {"IND": 10, "ECU": 1}
    # Belgium is served: of the gaps India has the highest, and of all the figures the third place.
    assert scores("--scale", "gaps") == {"IND": 100, "ECU": 10}
    assert scores("--curve", "rank") == {"IND": 50, "ECU": 0}
    assert scores("--curve", "log") == {"IND": 50, "ECU": 0}
    assert scores("--year", "2020") == {"ECU": 100}
    assert main(["gaps", *asked, "--format", "json"]) == 0
    said = capsys.readouterr().err
    assert (
        "own.csv: Figures of 2021" in said
        and "1 row that is not a country was skipped: World" in said
    )
    assert main(["gaps", *asked, "--year", "1999"]) == 2
    assert (
        "no figures of this year (found '1999'). Choose one of these years: 2021, 2020"
        in capsys.readouterr().err
    )


def test_a_missing_value_may_count_as_the_middle(capsys, tmp_path: Path):
    own = tmp_path / "own.csv"
    own.write_text("land;x\nIndia;4\n", encoding="utf-8")
    asked = ["--kind", "uncovered", "--indicator", str(own)]
    out = {row["iso3"]: row for row in run(capsys, *asked)}
    middle = {row["iso3"]: row for row in run(capsys, *asked, "--unknown", "middle")}
    # 3 of 23 is a share of 13.0, of which the middle is 6.5; the part itself stays null.
    assert out["ECU"]["supposed"] is None and middle["ECU"]["supposed"] == 6.5
    assert middle["ECU"]["components"]["x"]["part"] is None


def test_what_is_unknown_is_told_beside_what_is_known(capsys):
    assert main(["gaps", "--kind", "lost", "partner_only", "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 5
    assert len(shown.err.splitlines()) == 1 and "found 'lost'" in shown.err
    assert main(["gaps", "--kind", "partner_only", "--format", "json"]) == 0
    assert capsys.readouterr().err == ""


def test_after_a_second_network_without_missions(capsys, tmp_path: Path):
    whole = CLEAR.read_text(encoding="utf-8")
    network = tmp_path / "netwerk.txt"
    network.write_text(whole.partition("2. Overzicht")[0], encoding="utf-8")
    assert main(["import", str(network), "--as-of", "2026-05-12"]) == 0
    capsys.readouterr()
    lost = {row["iso3"] for row in run(capsys, "--kind", "lost")}
    # Of the 138 the file still serves Peru, Kenya and Spain; Ecuador and Uganda are new in it.
    assert len(lost) == 138 - 3 and "BLZ" in lost and not lost & {"PER", "KEN", "ESP", "ECU"}
    assert main(["gaps", "--kind", "mission_without_liaison", "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "found 'mission_without_liaison'" in shown.err


CLEAR = Path(__file__).parents[2] / "annexes" / "clear.txt"
WEIGHED = ("kind", "mission", "population", "distance", "priority", "channel")


def test_a_spreadsheet_gets_a_column_for_every_part(capsys):
    assert main(["gaps", "--kind", "partner_only", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["name"] == "Mali" and rows[0]["kind_value"] == "partner_only"
    assert sum(float(rows[0][f"{name}_part"]) for name in WEIGHED) == pytest.approx(
        float(rows[0]["score"])
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--release", "kst-31015-94"], "where nobody serves is unknown"),
        (["--release", "bijlage-2023-12"], "no table of the network"),
        (["--weights", "nix.json"], "nix.json: the file cannot be opened"),
        (["--curve", "round"], "'round'"),
        (["--indicator", "nix.csv"], "nix.csv: the file cannot be opened"),
        (["--kind", "hole"], "'hole'"),
        # There is one complete release, so nothing is known of the time before it: not a zero.
        (["--kind", "lost"], "so they are unknown (found 'lost')"),
    ],
)
def test_faults_are_one_sentence_and_exit_2(capsys, arguments, told):
    try:
        code = main(["gaps", *arguments])
    except SystemExit as left:
        code = left.code
    shown = capsys.readouterr()
    assert code == 2 and shown.out == ""
    assert len(shown.err.splitlines()) == 1 and told in shown.err
