"""What a killed process leaves is removed at the next start; what is in use stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli.arguments import parser
from dashboard.cli.commands import run
from dashboard.settings import Settings
from data import files, scratch
from data.store.backup import backup, restore
from data.store.read import Store
from geo.errors import DataError

ROOT = Path(__file__).parents[2]
WORKS = """
import sys, time
from pathlib import Path
from data import scratch

with scratch.beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_bytes(b"half")
    print("in", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_left_goes_and_what_is_in_use_stays(tmp_path: Path):
    path = tmp_path / "backup.db"
    command = [sys.executable, "-c", WORKS, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"in\n"
        assert scratch.sweep([tmp_path]) == 0
        assert len(list(tmp_path.iterdir())) == 1  # the work of a living process
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert scratch.at_start(tmp_path) >= 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_only_looks_alike_stays(tmp_path: Path):
    for name in ("notes.part", ".backup.db.part", "liaisonatlas-1"):
        (tmp_path / name).mkdir()
    assert scratch.sweep([tmp_path, tmp_path / "nowhere"]) == 0
    assert len(list(tmp_path.iterdir())) == 3


def test_the_next_backup_removes_what_the_last_one_left(tmp_path: Path, url: str):
    left = tmp_path / ".one.db.abc.liaisonatlas.part"
    left.mkdir()
    (left / "backup.db").write_bytes(b"half")
    backup(Store(url), tmp_path / "two.db")
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["two.db"]


def test_a_new_file_never_takes_a_name(tmp_path: Path):
    files.write_new(tmp_path / "a", b"one")
    with pytest.raises(FileExistsError):
        files.write_new(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one" and len(list(tmp_path.iterdir())) == 1


def test_a_template_on_a_full_disk_leaves_nothing(small_disk, monkeypatch: pytest.MonkeyPatch):
    disk = small_disk(64)
    (disk / "fill").write_bytes(b"x" * 60_000)
    arguments = parser().parse_args(["template", str(disk / "annex.xlsx")])
    with pytest.raises(DataError, match=r"annex\.xlsx: template_not_written.*No space left"):
        run(arguments, Settings.from_environment())
    assert [path.name for path in disk.iterdir()] == ["fill"]


def test_a_full_temporary_folder_is_one_sentence(
    small_disk, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
):
    disk = small_disk(64)
    (disk / "fill").write_bytes(b"x" * 30_000)
    path = tmp_path / "one.db"
    backup(Store(url), path)  # 100 kB and more
    monkeypatch.setenv("TMPDIR", str(disk))
    with pytest.raises(DataError, match="temporary_folder_full") as caught:
        restore(Store(url), path, "beheer")
    assert caught.value.where == str(disk)
    assert [each.name for each in disk.iterdir()] == ["fill"]


def test_what_is_compiled_in_a_full_temporary_folder_is_one_sentence(
    small_disk, monkeypatch: pytest.MonkeyPatch
):
    from dashboard.exports.typesetting import compiled

    disk = small_disk(64)
    (disk / "fill").write_bytes(b"x" * 50_000)
    monkeypatch.setenv("TMPDIR", str(disk))
    with pytest.raises(DataError, match="temporary_folder_full"):
        compiled("#lorem(4000)", {}, "pdf")
    assert [each.name for each in disk.iterdir()] == ["fill"]


def test_no_temporary_folder_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", "/nowhere")
    with pytest.raises(DataError, match="temporary_folder_full"), scratch.temporary():
        pass


def test_the_folders_are_for_nobody_else(tmp_path: Path):
    with scratch.beside(tmp_path / "one") as folder:
        assert folder.stat().st_mode & 0o777 == 0o700 and folder.stat().st_uid == os.geteuid()
