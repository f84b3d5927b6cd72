"""Advisories from a file: which versions one holds for, and when a file cannot be trusted."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy import advisories, supply

NEW = datetime(2026, 11, 20, tzinfo=UTC)
PINS = "Alpha.One==1.0 \\\n    --hash=sha256:{}\nbeta[extra]==2.0 ; python_version > '3'\n".format(
    "ab" * 32
)


def span(*events: dict[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": list(events)}]}


def advisory(affected: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One of our own making, on `alpha-one`."""
    package = {"name": "alpha_one", "ecosystem": "PyPI"}
    made = {"id": "PYSEC-2026-1", "modified": "2026-11-20T00:00:00Z"}
    return {**made, "affected": [{"package": package, **affected}], **more}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def write(*made: dict[str, Any]) -> Path:
        there = tmp_path / "database"
        there.mkdir(exist_ok=True)
        for number, each in enumerate(made):
            (there / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
        return there

    return write


FIXED = span({"introduced": "1.1"}, {"fixed": "1.10"})
LAST = span({"introduced": "0"}, {"last_affected": "2.0"})
TWICE = span({"introduced": "3.0"}, {"fixed": "3.2"}, {"introduced": "0"}, {"fixed": "1.4.2"})
OPEN = span({"introduced": "2.0"})
LISTED = {"versions": ["1.0.0", "1.2rc1", "not-a-version"]}
LIMITED = span({"introduced": "0"}, {"limit": "2.0"})
ONLY = span({"introduced": "1.0"}, {"last_affected": "1.0"})
AGAIN = span({"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.0"}, {"fixed": "2.0"})
BOTH = {**span({"introduced": "0"}, {"fixed": "0.5"}), "versions": ["1.7"]}


@pytest.mark.parametrize(
    ("affected", "version", "holds"),
    [
        (FIXED, "1.0.9", False),
        (FIXED, "1.1", True),
        (FIXED, "1.9", True),  # not after 1.10, as it would be by letters
        (FIXED, "1.10", False),
        (FIXED, "1.10rc1", True),  # before what mends it
        (FIXED, "1.10.post1", False),
        (LAST, "0.0.dev1", True),  # "0" is before everything
        (LAST, "2.0", True),
        (LAST, "2.0.0", True),
        (LAST, "2.0.post1", False),
        (TWICE, "1.4.1", True),
        (TWICE, "1.4.2", False),
        (TWICE, "3.1", True),  # events need not stand in order
        (TWICE, "3.2", False),
        (OPEN, "1.9", False),
        (OPEN, "99", True),
        (LISTED, "1", True),
        (LISTED, "1.2rc1", True),
        (LISTED, "1.2", False),
        (LIMITED, "1.9", True),
        (LIMITED, "2.0", False),
        (ONLY, "0.9", False),
        (ONLY, "1.0", True),
        (ONLY, "1.5", False),
        (AGAIN, "1.0", True),
        (AGAIN, "2.0", False),
        (BOTH, "0.4", True),
        (BOTH, "1.7", True),
        (BOTH, "1.6", False),
    ],
)
def test_versions_an_advisory_holds_for(
    folder: Callable[..., Path], affected: dict[str, Any], version: str, holds: bool
) -> None:
    database = advisories.read(folder(advisory(affected)), ["Alpha.One"])
    assert bool(database.faults("ALPHA-one", version)) is holds


def test_what_mends_it_comes_after_the_version(folder: Callable[..., Path]) -> None:
    database = advisories.read(folder(advisory(TWICE)), ["alpha-one"])
    assert database.faults("alpha-one", "1.0") == [
        advisories.Fault("PYSEC-2026-1", ("1.4.2", "3.2"))
    ]


@pytest.mark.parametrize(
    "other",
    [
        advisory(LAST, withdrawn="2026-11-19T00:00:00Z"),
        advisory({**LAST, "package": {"name": "alpha-one", "ecosystem": "npm"}}),
        advisory({**LAST, "package": {"name": "alpha-two", "ecosystem": "PyPI"}}),
    ],
)
def test_withdrawn_and_of_others_does_not_hold(
    folder: Callable[..., Path], other: dict[str, Any]
) -> None:
    database = advisories.read(folder(other, advisory(OPEN)), ["alpha-one"])
    assert not database.faults("alpha-one", "1.0")


def test_one_fault_under_two_names_is_one(folder: Callable[..., Path]) -> None:
    twin = advisory(LAST, id="GHSA-xxxx", aliases=["PYSEC-2026-1"])
    database = advisories.read(folder(advisory(LAST), twin), ["alpha-one"])
    assert [fault.id for fault in database.faults("alpha-one", "1.0")] == ["GHSA-xxxx"]


@pytest.mark.parametrize(
    "affected",
    [
        span({"introduced": "0"}, {"fixed": "a1b2c3"}, kind="GIT"),
        span({"introduced": "0"}, {"fixed": "version-two"}),
        {},
        {"ranges": None},
        {"ranges": "text"},
        {"ranges": ["text"]},
        {"ranges": 7},
        {"ranges": [{"type": "ECOSYSTEM", "events": None}]},
        {"ranges": [{"type": "ECOSYSTEM", "events": ["text"]}]},
        {"versions": "1.0"},
    ],
)
def test_what_cannot_be_compared_is_not_taken_for_safe(
    folder: Callable[..., Path], affected: dict[str, Any]
) -> None:
    database = advisories.read(folder(advisory(affected)), ["alpha-one"])
    assert [fault.certain for fault in database.faults("alpha-one", "1.0")] == [False]


@pytest.mark.parametrize(
    "broken", ["text", {"type": "ECOSYSTEM"}, {"events": [{"fixed": "version-two"}]}]
)
def test_a_version_named_beside_a_broken_range_is_certain(
    folder: Callable[..., Path], broken: Any
) -> None:
    affected = {"versions": ["1.0"], "ranges": [broken, *FIXED["ranges"]]}
    database = advisories.read(folder(advisory(affected, aliases=None)), ["alpha-one"])
    for version, mended in (("1.0", ("1.10",)), ("1.2", ("1.10",))):
        found = database.faults("alpha-one", version)
        assert found == [advisories.Fault("PYSEC-2026-1", mended)]


def audited(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    now: datetime = NEW + timedelta(days=9),
) -> int:
    (tmp_path / "pins.txt").write_text(PINS)
    monkeypatch.setattr(supply, "ROOT", tmp_path)
    monkeypatch.setattr(supply, "PINNED", ("pins.txt",))
    return supply.audit_from(path, now)


def test_a_zip_is_read_and_a_fault_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PYSEC-2026-1.json", json.dumps(advisory(FIXED)))
        archive.writestr("GHSA-b.json", json.dumps(advisory(LAST, id="GHSA-b")))
    assert audited(tmp_path, monkeypatch, path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("2 advisories on packages of Python, the newest changed on 2026-11-20")
    assert lines[1:] == [
        "Alpha.One 1.0: GHSA-b, mended in no version yet",
        "2 pins looked up, 1 known vulnerabilities",
    ]


@pytest.mark.parametrize(("days", "code"), [(0, 0), (30, 0), (31, 3), (-2, 3)])
def test_an_old_database_does_not_say_that_nothing_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    days: int,
    code: int,
) -> None:
    path = folder(advisory(FIXED))
    assert audited(tmp_path, monkeypatch, path, NEW + timedelta(days=days)) == code
    assert ("NOT CHECKED" in capsys.readouterr().out) is (code == 3)


def test_a_doubtful_advisory_is_named_and_not_safe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = folder(advisory(span({"introduced": "0"}, kind="GIT")))
    assert audited(tmp_path, monkeypatch, path) == 3
    assert "Alpha.One 1.0: NOT CHECKED, PYSEC-2026-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"[]",
        b'{"id": "A"}',
        b'{"id": 1, "modified": "2026-11-20T00:00:00Z"}',
        b'{"id": "A", "modified": "2026-11-20"}',
        b'{"id": "A", "modified": "2026-11-20T00:00:00Z", "affected": [{"package": {"ecosystem":'
        b' "PyPI"}}]}',
        b'{"id": "A", "modified": "2026-11-20T00:00:00Z", "affected": []}',
        b'{"id": "A", "modified": "2026-11-20T00:00:00Z", "affected": 7}',
        b'{"id": "A", "modified": "2026-11-20T00:00:00Z", "aliases": 7}',
        b"[" * 200_000,
    ],
)
def test_a_damaged_database_is_not_taken_for_safe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    there = tmp_path / "database"
    there.mkdir()
    (there / "a.json").write_bytes(content)
    assert audited(tmp_path, monkeypatch, there) == 3
    assert capsys.readouterr().out.startswith(f"NOT CHECKED: {there}: ")


def _marked(content: bytes, central: int, local: int, value: int) -> bytes:
    """A zip with two bytes of its one entry changed, in the directory and before the entry."""
    changed = bytearray(content)
    for at in (content.index(b"PK\1\2") + central, content.index(b"PK\3\4") + local):
        changed[at : at + 2] = value.to_bytes(2, "little")
    return bytes(changed)


@pytest.mark.parametrize("fault", ["locked", "compression", "damaged"])
def test_a_zip_that_cannot_be_unpacked_is_not_taken_for_safe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", json.dumps(advisory(FIXED)))
    content = path.read_bytes()
    start = 30 + len("a.json")
    made = {
        "locked": _marked(content, 8, 6, 1),
        "compression": _marked(content, 10, 8, 77),
        "damaged": content[:start] + b"\xff" * 20 + content[start + 20 :],
    }
    path.write_bytes(made[fault])
    assert audited(tmp_path, monkeypatch, path) == 3
    assert "a.json in it cannot be unpacked" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["absent.zip", "text.zip"])
def test_no_database_is_not_taken_for_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "text.zip").write_text("text")
    assert audited(tmp_path, monkeypatch, tmp_path / name) == 3


def test_the_command_takes_the_file_and_nothing_beside_it(
    folder: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(folder(advisory(OPEN)))
    assert supply.audit(["--database", path, "--osv-url", "http://127.0.0.1:9"]) == 3
    assert "--osv-url http://127.0.0.1:9 has no meaning" in capsys.readouterr().out


def test_every_pin_of_ours_is_looked_up(
    folder: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("requirements.txt", "requirements-dev.txt")
    texts = [(supply.ROOT / name).read_text("utf-8").splitlines() for name in names]
    starts = {line.split()[0] for lines in texts for line in lines if line[:1].isalnum()}
    supply.audit(["--database", str(folder(advisory(OPEN)))])
    assert f"{len(starts)} pins looked up" in capsys.readouterr().out
