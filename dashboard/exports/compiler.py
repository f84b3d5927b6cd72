"""Compiles the Typst document of one folder, as a process of its own: `compiler.py FOLDER`.

Run by `typesetting`, by its path and without the rest of the product. Typst keeps in memory what it
once computed, a hundred megabytes for a large map, for as long as its process lives.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst


def main(folder: Path) -> int:
    """Compile main.typ as options.json says, into `made`; what Typst refuses into `refused`."""
    options = json.loads((folder / "options.json").read_text(encoding="utf-8"))
    fonts = {"font_paths": options.pop("fonts"), "ignore_system_fonts": True}
    try:
        made = typst.compile(folder / "main.typ", root=folder, **fonts, **options)
    except typst.TypstError as error:
        (folder / "refused").write_text(str(error), encoding="utf-8")
        return 1
    (folder / "made").write_bytes(made)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1])))
    except OSError as error:  # a full disk above all
        sys.exit(error.errno or 1)
