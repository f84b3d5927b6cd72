"""What is pinned is looked up, and what could not be looked up is never called safe."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy import supply

ROOT = Path(__file__).parents[2]
PINS = "alpha==1.0 --hash=sha256:{0}\nbeta==2.0 --hash=sha256:{0}\n".format("ab" * 32)


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two packages instead of all of ours."""
    (tmp_path / "pins.txt").write_text(PINS)
    monkeypatch.setattr(supply, "ROOT", tmp_path)
    monkeypatch.setattr(supply, "PINNED", ("pins.txt",))


@pytest.fixture
def database() -> Iterator[Callable[[str], str]]:
    """A database in OSV's form on this machine; it knows a fault in the package it is given."""
    faulty = [""]

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = asked["package"]["name"]
            span = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}
            affected = {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [span]}
            fault = {"id": "PYSEC-2026-1", "summary": "a fault", "details": "", "aliases": []}
            fault |= {"affected": [affected], "published": "2026-01-01T00:00:00Z"}
            told = json.dumps({"vulns": [fault]} if name == faulty[0] else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def knows(name: str) -> str:
        faulty[0] = name
        return f"http://127.0.0.1:{server.server_port}/v1/query"

    yield knows
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("pinned")
def test_a_known_fault_fails_and_names_what_mends_it(
    database: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert supply.audit(["--osv-url", database("beta")]) == 1
    said = capsys.readouterr().out
    assert "beta 2.0: PYSEC-2026-1, mended in 1.1" in said
    assert "2 packages looked up, 1 known vulnerabilities" in said


@pytest.mark.usefixtures("pinned")
def test_nothing_known_passes(database: Callable[[str], str]) -> None:
    assert supply.audit(["--osv-url", database("gamma")]) == 0


@pytest.mark.usefixtures("pinned")
def test_a_silent_database_is_not_taken_for_safe(capsys: pytest.CaptureFixture[str]) -> None:
    assert supply.audit(["--osv-url", "http://127.0.0.1:9/v1/query", "--timeout", "2"]) == 3
    assert "NOT CHECKED" in capsys.readouterr().out


def test_the_list_of_parts_is_that_of_what_is_pinned() -> None:
    listed = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    found = {(each["name"], each["version"]) for each in listed}
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.M)
    leaflet = (ROOT / "dashboard/static/leaflet/leaflet.js").read_text(encoding="utf-8")[:200]
    ours = {("fira-sans", "4.203"), ("leaflet", re.search(r"Leaflet ([\d.]+)", leaflet)[1])}
    assert found == {*pins, *ours}


def test_every_direct_need_says_what_for_by_whom_and_under_which_licence() -> None:
    text = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \|(.+)\|$", text, re.M)
    rows = {name: [cell.strip() for cell in rest.split("|")] for name, rest in lines}
    assert len(rows) > 50  # that each need has a row: tests/test_repository.py
    assert not [name for name, cells in rows.items() if len(cells) != 3 or not all(cells)]


def test_the_licence_of_a_direct_need_is_that_of_the_list_of_parts() -> None:
    text = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| ([a-z0-9-]+) \|.*\| ([^|]+) \|$", text, re.M))
    listed = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    parts = {
        each["name"]: each["licenses"][0]["expression"]
        for each in listed
        if "licenses" in each and "expression" in each["licenses"][0]
    }
    needs = re.findall(r"^[a-z0-9-]+", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.M)
    assert {name: written[name] for name in needs} == {name: parts[name] for name in needs}


def test_what_is_pinned_may_be_given_out_with_the_product() -> None:
    listed = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    assert {"pandas", "streamlit", "lxml", "leaflet"} <= {each["name"] for each in listed}
    # For browsers alone: pip installs it nowhere that the product runs.
    assert supply.licence_faults(listed) == ["httpx2-jsfetch: unknown"]


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("LicenseRef-Proprietary", False),
        ("AGPL-3.0-only", False),
    ],
)
def test_a_licence_that_does_not_fit_is_named(expression: str, fits: bool) -> None:
    component = {"name": "alpha", "licenses": [{"expression": expression}]}
    assert supply.licence_faults([component]) == ([] if fits else [f"alpha: {expression}"])
