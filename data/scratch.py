"""Folders for what is half made: gone at the end, and where a process was killed at the next start.

Each is locked for as long as its process works in it. The system lets go of a lock whichever way a
process ends, so a folder that can be locked belongs to nobody any more.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import DataError

_SUFFIX = ".liaisonatlas.part"
_ROOM = 1_000_000  # bytes; with less than that free, what fails fails for want of room
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder on the disk of `path`, so that what is made in it can be renamed to `path`.

    What killed processes left there is removed. Raises OSError where the disk refuses.
    """
    sweep([path.parent])
    folder, lock = _new_folder(f".{path.name}.", path.parent)
    try:
        yield folder
    finally:
        _forget(folder, lock)


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder in the temporary folder of the machine; raises DataError where that is full."""
    place = _place()
    try:
        folder, lock = _new_folder("", place)
    except OSError as error:
        raise _full(str(place), error) from error
    try:
        yield folder
    except DataError:
        raise
    except Exception as error:  # each library has an error of its own for a disk that is full
        if not _is_full(place, error):
            raise
        raise _full(str(place), error) from error
    finally:
        _forget(folder, lock)


def sweep(folders: Iterable[Path]) -> int:
    """Remove from `folders` what killed processes of this account left; how many that were."""
    count = 0
    for folder in folders:
        with suppress(OSError):
            count += sum(_remove(path) for path in folder.glob(f"*{_SUFFIX}"))
    return count


def at_start(var: Path) -> int:
    """Remove what killed processes left in `var` and in the temporary folder; how many."""
    return sweep([var, _place()])


def _place() -> Path:
    """The temporary folder; Python's search for one writes a file there, which a kill leaves."""
    return Path(os.environ.get("TMPDIR") or "/tmp")


def put(half: Path, path: Path) -> None:
    """Give what was made the name `path`, which nothing may have yet; raises OSError."""
    try:
        os.link(half, path)  # unlike a rename it never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a disk without such links, as most sticks and shares are
        if path.exists():
            raise
        half.rename(path)


def _is_full(place: Path, error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return shutil.disk_usage(place).free < _ROOM


def _full(where: str, error: Exception) -> DataError:
    why = getattr(error, "strerror", None) or error
    return DataError("temporary_folder_full", where, why=str(why))


def _forget(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _new_folder(prefix: str, parent: Path) -> tuple[Path, int]:
    """A new folder with its lock; made again where a sweep came between the two."""
    while True:
        folder = Path(tempfile.mkdtemp(_SUFFIX, prefix, parent))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _remove(path: Path) -> bool:
    """Remove a folder that nobody holds; whether it was one."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        if os.fstat(lock).st_uid != os.geteuid():
            return False
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path, ignore_errors=True)
        return not path.exists()
    except OSError:  # somebody works in it
        return False
    finally:
        os.close(lock)
