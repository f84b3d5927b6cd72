"""Files for readers: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geo.errors import DataError

# The permissions that a new file of this process does not get. There is no way to ask but to set,
# and threads that did so at once would take each other's.
_UMASK = os.umask(0)
os.umask(_UMASK)


def write(path: Path, content: bytes) -> None:
    """Put `content` into the file `path`, replacing what is there; raises DataError.

    It is written beside the file and renamed when it is complete, so that a full disk or a file
    that another program holds open leaves what was there as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # some disks are full only when they are asked to keep it
        half.chmod(0o666 & ~_UMASK)
        half.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        half.unlink(missing_ok=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` (name in the folder -> content) into a new or empty folder; raises DataError.

    Written beside it and renamed when all are there.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DataError("folder_not_empty", str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as made:
            half = Path(made) / "site"
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
