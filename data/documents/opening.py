"""Any file that a person uploads becomes `Cells`, or one sentence that says why not.

The file is judged by its name and by its content, and read in a process of its own
(`data.documents.child`), which is ended when it takes too long or answers too much.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from data.documents.cells import Cells, Flag, LeftOut, PrintedTable
from data.documents.child import READERS
from data.documents.limits import LARGEST
from geo.errors import DataError

KINDS = tuple(READERS)
SECONDS = 15.0  # after which the reader is ended
PATIENCE = 5.0  # seconds to wait for a place
ANSWER = 32_000_000  # bytes; more than any file within the limits can give
_ROOT = Path(__file__).parents[2]
_AT_ONCE = threading.BoundedSemaphore(4)  # each may fill the memory that `child` allows
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_OLD = {"doc": "docx", "rtf": "docx", "docm": "docx", "xls": "xlsx", "xlsm": "xlsx"}
_EXPECTED = {"docx": "zip", "xlsx": "zip", "odt": "zip", "ods": "zip", "pdf": "pdf"}


def open_file(name: str, content: bytes, largest: int = LARGEST, wide: bool = False) -> Cells:
    """The text and the tables of the file `content` that a person calls `name`.

    Kinds are .docx, .odt, .pdf, .txt, .csv, .xlsx and .ods, of at most `largest` bytes. Raises
    DataError, whose `where` starts with the file's own name, for everything else, for what is
    damaged, protected or unsafe, and for more than `data.documents.limits` allows: of a `wide`
    table, as of figures by year, more rows and columns.
    """
    own = plain_name(name)
    kind = checked_kind(own, content, largest)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise DataError("other_files_read", own)
    try:
        found = _run(kind, content, wide)
    finally:
        _AT_ONCE.release()
    if "error" in found:
        raise _refusal(own, kind, found["error"])
    tables = (
        PrintedTable(
            table["title"],
            tuple(tuple(row) for row in table["rows"]),
            tuple(Flag(*flag) for flag in table["marks"]),
        )
        for table in found["tables"]
    )
    left_out = (LeftOut(*each) for each in found["left_out"])
    return Cells(found["text"], tuple(tables), tuple(left_out))


def checked_kind(name: str, content: bytes, largest: int) -> str:
    """The kind of a file of at most `largest` bytes by its name and content; raises DataError."""
    if not content:
        raise DataError("file_empty", name)
    if len(content) > largest:
        raise DataError("file_too_large", name, megabytes=largest / 1_000_000)
    return _kind(name, content)


STREAM = "-"  # what stands for standard input and output in the place of a file


def content_of(path: Path, largest: int) -> bytes:
    """The file at `path`, of which one byte more than `largest` at most; raises DataError.

    Whoever reads it refuses what is longer, and no more of it was held in memory. STREAM is
    standard input.
    """
    if str(path) == STREAM:
        return _streamed(sys.stdin.buffer, largest)
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for ever
            raise DataError("no_file", plain_name(str(path)))
        with path.open("rb") as file:
            return file.read(largest + 1)
    except (OSError, ValueError) as error:
        raise DataError(
            "file_not_opened",
            plain_name(str(path)),
            why=str(getattr(error, "strerror", None) or error),
        ) from error


@lru_cache(maxsize=1)
def _streamed(stream: IO[bytes], largest: int) -> bytes:
    """A stream can be read once; who asks again gets the same."""
    return stream.read(largest + 1)


def plain_name(name: str) -> str:
    """The name of a file without folders and without signs that do not show.

    >>> own_name("..\\\\up/down\\x00/annex\\u202e.docx")
    'annex.docx'
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return shown[-100:] or "file"


def name_of(path: Path, content: bytes) -> str:
    """The plain name of a file; what comes from standard input is named by what it is."""
    return f"stdin.{_guessed(content)}" if str(path) == STREAM else plain_name(path.name)


def _guessed(content: bytes) -> str:
    """The kind of a file by its content alone; text with separators in its first line is csv."""
    look = _looks_like(content)
    if look == "zip":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = set(archive.namelist())
        except zipfile.BadZipFile:
            return look
        inside = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
        office = (kind for part, kind in inside.items() if part in names)
        return next(office, "ods" if b"opendocument.spreadsheet" in content[:200] else "odt")
    if look:
        return look
    text = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"{"):
        return "json"
    return "csv" if re.search(rb"[;,\t]", text.partition(b"\n")[0]) else "txt"


def _kind(name: str, content: bytes) -> str:
    """The kind by the name, which the content must not contradict."""
    kind = name.rpartition(".")[2].casefold() if "." in name else ""
    if kind in _OLD:
        raise DataError("old_kind_of_file", name, kind=kind, new=_OLD[kind])
    if kind not in KINDS:
        if kind:
            raise DataError("kind_not_read", name, kind=kind, kinds=KINDS)
        raise DataError("name_without_kind", name, kinds=KINDS)
    found, expected = _looks_like(content), _EXPECTED.get(kind, "")
    if found == "ole" and kind in ("docx", "xlsx") and _ENCRYPTED in content:
        raise DataError("file_protected", name)
    if found != expected:
        raise DataError("content_of_other_kind", name, kind=kind, content=found or "other")
    return kind


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)


def _looks_like(content: bytes) -> str:
    """What the first bytes are of ("zip", "pdf", "ole", ...); '' for anything else, as text is."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if b"%pdf-" in content[:1024].lower():
        return "pdf"
    if re.match(rb"<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<(?:!doctype )?html", head):
        return "html"
    return "xml" if head.startswith((b"<?xml", b"<!doctype")) else ""


def _run(kind: str, content: bytes, wide: bool = False) -> dict[str, Any]:
    """What the child answers; {error} too where it is ended or dies."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(filter(None, (str(_ROOT), kept.get("PYTHONPATH"))))
    with subprocess.Popen(
        [sys.executable, "-m", "data.documents.child", kind, *(["wide"] if wide else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=kept | {"PYTHONPATH": path},
    ) as process:
        assert process.stdin and process.stdout
        clock = threading.Timer(SECONDS, process.kill)
        feeder = threading.Thread(target=_feed, args=(process.stdin, content))
        clock.start()
        feeder.start()
        try:
            answer = process.stdout.read(ANSWER + 1)
        finally:
            process.kill()  # it has said all it has to say
            clock.cancel()
            feeder.join()
    try:
        found: dict[str, Any] = json.loads(answer) if len(answer) <= ANSWER else {}
    except ValueError:  # it was ended before it could answer
        found = {}
    return found or {"error": {"memory": True}}


def _feed(pipe: IO[bytes], content: bytes) -> None:
    """Write in a thread: the child may die, or be ended, before it has taken everything."""
    with contextlib.suppress(OSError), pipe:
        pipe.write(content)


def _refusal(file: str, kind: str, error: dict[str, Any]) -> DataError:
    if error.get("memory"):
        return DataError("too_costly", file)
    if error.get("damaged"):
        return DataError("file_damaged", file, kind=kind)
    where = ", ".join(filter(None, (file, error["where"])))
    params = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in error["params"].items()
    }
    row, column, value = error["row"], error["column"], error["value"]
    return DataError(error["code"], where, row, column, value, **params)
