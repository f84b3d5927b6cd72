"""A file is written whole or not at all, whatever the disk does."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from data import files
from geo.errors import DataError

ROOT = Path(__file__).parents[2]
KILOBYTE = 1000


def names(folder: Path) -> list[str]:
    """Hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_replaces_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two" and names(tmp_path) == ["a.docx"]
    files.write(tmp_path / "b", b"")
    plain = tmp_path / "plain"
    plain.touch()
    assert (
        tmp_path / "b"
    ).stat().st_mode == plain.stat().st_mode  # not the one of a temporary file


def test_a_full_disk_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    """The limit on the size of a file stands for the disk: the write breaks off in the middle."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    code = (
        "import sys; from pathlib import Path; from data import files;"
        "files.write(Path(sys.argv[1]), b'x' * 50_000)"
    )
    limit = (10 * KILOBYTE, 10 * KILOBYTE)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert "DataError" in done.stderr and "a.docx: file_not_written" in done.stderr
    assert path.read_bytes() == b"old" and names(tmp_path) == ["a.docx"]


def test_a_file_that_is_open_elsewhere_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an office program on Windows holds it: the file cannot be replaced."""

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(DataError, match=r"file_not_written.*Permission denied"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old" and names(tmp_path) == ["a.docx"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file or directory"):
        files.write(tmp_path / "nowhere" / "a.docx", b"x")


def test_a_site_comes_whole_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "stick" / "atlas"
    files.write_all(folder, {"index.html": b"a", "data/x.csv": b"b"})
    assert (folder / "index.html").read_bytes() == b"a"
    assert (folder / "data" / "x.csv").read_bytes() == b"b"
    assert names(folder.parent) == ["atlas"]
    with pytest.raises(DataError, match="folder_not_empty"):
        files.write_all(folder, {"index.html": b"c"})
    assert (folder / "index.html").read_bytes() == b"a"


def test_a_site_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "x.csv":
            raise OSError(28, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError, match="No space left"):
        files.write_all(tmp_path / "atlas", {"index.html": b"a", "data/x.csv": b"b"})
    assert names(tmp_path) == []
