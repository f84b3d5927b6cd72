"""Typst, the compiler of documents and pictures, with our typeface and nothing of the machine's."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import fontpkg_fira_sans

from geo.errors import DataError

FONTS = Path(fontpkg_fira_sans.__file__).parent / "files"
FONT = "Fira Sans"
SECONDS = 120  # a map of the world takes one
PATIENCE = 20.0  # seconds to wait for a place
_AT_ONCE = threading.BoundedSemaphore(2)
Kind = Literal["pdf", "png", "svg"]


class RefusedError(RuntimeError):
    """What Typst says of a document that it does not compile."""


def compiled(source: str, files: Mapping[str, bytes], kind: Kind, **options: Any) -> bytes:
    """One Typst document as PDF, or its one page as PNG or SVG (`kind`: "pdf", "png", "svg").

    `files` are the pictures it names. `options` of `typst.compile`, such as `ppi` and
    `pdf_standards`; what a standard asks and the document lacks raises RefusedError.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            (root / name).write_bytes(content)
        (root / "main.typ").write_text(source, encoding="utf-8")
        told = {"format": kind, "fonts": [str(FONTS)], **options}
        (root / "options.json").write_text(json.dumps(told), encoding="utf-8")
        command = [sys.executable, "-I", str(Path(__file__).parent / "compiler.py"), folder]
        done = _run(command)
        refused = root / "refused"
        if refused.exists():
            raise RefusedError(refused.read_text(encoding="utf-8"))
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        return (root / "made").read_bytes()


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """One after the other where many ask at once: each takes up to 300 MB."""
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        advice = "Try again in a minute"
        raise DataError("file", "other files are being made now", advice=advice)
    try:
        # Nothing of our environment: there are secrets in it.
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={})
    finally:
        _AT_ONCE.release()


def quoted(text: str) -> str:
    """Text as a Typst string, so that nothing in it is markup or code.

    >>> quoted('5 "*" #x')
    '"5 \\\\"*\\\\" #x"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n") + '"'
