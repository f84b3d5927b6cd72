"""Files for readers: written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from data import scratch
from geo.errors import DataError


def write(path: Path, content: bytes) -> None:
    """Put `content` into the file `path`, replacing what is there; raises DataError.

    It is written beside the file and renamed when it is complete, so that a full disk or a file
    that another program holds open leaves what was there as it was.
    """
    try:
        with scratch.beside(path) as folder:
            _half(folder, content).replace(path)
    except OSError as error:
        raise _refused(path, error) from error


def write_new(path: Path, content: bytes) -> None:
    """Put `content` into the new file `path`, or leave nothing; raises OSError.

    A name that is taken is refused with FileExistsError.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with scratch.beside(path) as folder:
        scratch.put(_half(folder, content), path)


def _half(folder: Path, content: bytes) -> Path:
    half = folder / "file"
    with half.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # some disks are full only when they are asked to keep it
    return half


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` (name in the folder -> content) into a new or empty folder; raises DataError.

    Written beside it and renamed when all are there.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DataError("folder_not_empty", str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with scratch.beside(folder) as made:
            half = made / "site"
            for name, content in files.items():
                target = half / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            if folder.exists():
                folder.rmdir()
            half.rename(folder)
    except OSError as error:
        raise _refused(folder, error) from error


def _refused(path: Path, error: OSError) -> DataError:
    """What the disk refuses, in one sentence."""
    return DataError("file_not_written", str(path), why=str(error.strerror or error))
