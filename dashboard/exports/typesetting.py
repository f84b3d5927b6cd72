"""Typst: compiled pages, and text measured and set as outlines."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import fontpkg_fira_sans
from PIL import ImageFont

from data import scratch
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
    with scratch.temporary() as root:
        for name, content in files.items():
            (root / name).write_bytes(content)
        (root / "main.typ").write_text(source, encoding="utf-8")
        told = {"format": kind, "fonts": [str(FONTS)], **options}
        (root / "options.json").write_text(json.dumps(told), encoding="utf-8")
        command = [sys.executable, "-I", str(Path(__file__).parent / "compiler.py"), str(root)]
        done = _run(command)
        refused = root / "refused"
        if refused.exists():
            raise RefusedError(refused.read_text(encoding="utf-8"))
        if done.returncode == errno.ENOSPC:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        return (root / "made").read_bytes()


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """One after the other where many ask at once: each takes up to 300 MB."""
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise DataError("other_files_made", "file")
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


FAMILY = "'Fira Sans', FiraSans, sans-serif"
_FACES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_DRAWN = 100  # px at which letters are measured
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=8)
def _face(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"FiraSans-{_FACES[weight]}.ttf"), _DRAWN)


def face_of(path: Path) -> tuple[str, str]:
    """The family of a file of letters and its cut, such as "Bold"; raises OSError."""
    family, cut = ImageFont.truetype(str(path)).getname()
    return family or "", cut or ""


@lru_cache(maxsize=4096)
def width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line in the unit of `size`; `weight` is one of 400, 500, 600 and 700."""
    return float(_face(weight).getlength(text)) * size / _DRAWN


def wrapped(text: str, size: float, room: float, weight: int = 400) -> list[str]:
    """The text in lines no wider than `room`, broken at spaces; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def xml(text: str) -> str:
    """Any text as content or attribute of an SVG element; what XML does not know is left out.

    >>> xml('a<b> & "c"' + chr(1))
    'a&lt;b&gt; &amp; &quot;c&quot;'
    """
    return escape(_NOT_XML.sub("", text))
