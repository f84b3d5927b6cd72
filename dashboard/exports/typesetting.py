"""Typst, the compiler of documents and pictures, with our typeface and nothing of the machine's."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import fontpkg_fira_sans
import typst

FONTS = Path(fontpkg_fira_sans.__file__).parent / "files"
FONT = "Fira Sans"
Kind = Literal["pdf", "png", "svg"]


def compiled(source: str, files: Mapping[str, bytes], kind: Kind, **options: Any) -> bytes:
    """One Typst document as PDF, or its one page as PNG or SVG (`kind`: "pdf", "png", "svg").

    `files` are the pictures it names. `options` of `typst.compile`, such as `ppi` and
    `pdf_standards`; what a standard asks and the document lacks raises `typst.TypstError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            (root / name).write_bytes(content)
        main = root / "main.typ"
        main.write_text(source, encoding="utf-8")
        fonts: dict[str, Any] = {"font_paths": [FONTS], "ignore_system_fonts": True}
        made: bytes = typst.compile(main, root=root, format=kind, **fonts, **options)
    return made


def quoted(text: str) -> str:
    """Text as a Typst string, so that nothing in it is markup or code.

    >>> quoted('5 "*" #x')
    '"5 \\\\"*\\\\" #x"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n") + '"'
