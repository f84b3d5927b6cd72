"""Typst, the compiler of documents and pictures, with our typeface and nothing of the machine's."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import fontpkg_fira_sans

FONTS = Path(fontpkg_fira_sans.__file__).parent / "files"
FONT = "Fira Sans"
SECONDS = 120  # a map of the world takes one
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
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        refused = root / "refused"
        if refused.exists():
            raise RefusedError(refused.read_text(encoding="utf-8"))
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        return (root / "made").read_bytes()


def quoted(text: str) -> str:
    """Text as a Typst string, so that nothing in it is markup or code.

    >>> quoted('5 "*" #x')
    '"5 \\\\"*\\\\" #x"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n") + '"'
