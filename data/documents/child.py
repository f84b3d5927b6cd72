"""A reader in a process of its own: `python -m data.documents.child KIND [wide]`, for `opening`.

The bytes of a file come in on standard input; its cells, or why it cannot be read, go out as JSON
on standard output. Whatever a hostile file does to a parser, it does it here: the process limits
its own memory and time, and knows nothing of the store, the settings or the other users.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from typing import Any

from data.documents import limits
from data.documents.cells import Cells
from geo.errors import DataError

READERS = {
    "docx": "data.documents.word:read",
    "odt": "data.documents.opendocument:read",
    "pdf": "data.documents.pdf:read",
    "txt": "data.documents.plain:read",
    "csv": "data.documents.delimited:read",
    "xlsx": "data.documents.excel:read",
    "ods": "data.documents.calc:read",
}
MEMORY = 240_000_000  # bytes of addresses; what is really used stays below
SECONDS = 12  # of computing
# Readers do not need these, libraries take them where they are, and they fill half the memory.
_HEAVY = ("numpy", "pandas")


def limit_itself() -> None:
    """Set MEMORY and SECONDS for this process; where the system has no such limits, nothing."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no copy of the file behind


def answer(kind: str, content: bytes) -> dict[str, Any]:
    """Return {text, tables, left_out} as plain values, or {error} with the parts of a DataError.

    Any other exception of a parser means that the file is not what the parser expects.
    """
    module, _, name = READERS[kind].partition(":")
    try:
        read = getattr(importlib.import_module(module), name)
        cells: Cells = limits.check(read(content))
    except DataError as error:
        return {"error": vars(error)}
    except Exception as error:
        return {"error": {"memory" if _is_full(error) else "damaged": True}}
    tables = [
        {
            "title": _storable(table.title),
            "rows": [[_storable(cell) for cell in row] for row in table.rows],
            "marks": [
                (flag.row, flag.column, flag.kind, _storable(flag.text)) for flag in table.flags
            ],
        }
        for table in cells.tables
    ]
    left_out = [
        (each.kind, each.count, _storable(each.place), _storable(each.text), each.part)
        for each in cells.left_out
    ]
    return {"text": _storable(cells.text), "tables": tables, "left_out": left_out}


def _storable(text: str) -> str:
    """With a visible mark for what no database keeps: a NUL, and half a character."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


def _is_full(error: Exception) -> bool:
    """Whether the memory was full; libxml2 then has no words for it, or only these."""
    words = str(error).casefold()
    return isinstance(error, MemoryError) or "memory" in words or words.startswith("unknown error")


def main() -> int:
    """Read standard input as the kind that the command line names, `wide` where that follows."""
    limit_itself()
    if sys.argv[2:]:
        limits.widen()
    for library in _HEAVY:
        sys.modules[library] = None  # type: ignore[assignment]
    found = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
