"""What the writers of several forms share: blocks of a sheet, struck words, zips."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Protocol

from tests.annexes.description import Annex, Cell

BETWEEN = "Het betreft de stand zoals die hier is vastgesteld."


class Saveable(Protocol):
    """A document of a library that writes itself."""

    def save(self, target: io.BytesIO, /) -> None:
        """Write the document."""


def side_by_side(annex: Annex) -> Iterator[list[list[Cell]]]:
    """Yield the blocks of a sheet as rows of cells: a title, then its table, or two beside each
    other with an empty column between."""
    blocks: list[list[list[Cell]]] = []
    for table in annex.tables:
        rows = [[Cell(table.title)], *(list(row.cells) for row in table.rows)]
        rows += [[Cell(line)] for line in table.below]
        if table.beside and blocks:
            left, width = blocks[-1], max(map(len, blocks[-1])) + 1
            many = max(len(left), len(rows))
            left += [[] for _ in range(many - len(left))]
            rows += [[] for _ in range(many - len(rows))]
            blocks[-1] = [
                [*a, *[Cell()] * (width - len(a)), *b] for a, b in zip(left, rows, strict=True)
            ]
        else:
            blocks.append(rows)
    yield from blocks


def struck_parts(line: str, cell: Cell) -> Iterator[tuple[str, bool]]:
    if not cell.struck:
        yield line, False
    elif cell.struck == cell.text:
        yield line, True
    else:
        before, struck, after = line.partition(cell.struck)
        for words, is_struck in ((before, False), (struck, True), (after, False)):
            if words:
                yield words, is_struck


def repacked(content: bytes, change: Callable[[str, bytes], bytes], **more: str) -> bytes:
    """Change the parts of a zip, and add some."""
    package = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return package.getvalue()


def saved(document: Saveable) -> bytes:
    """Return the bytes of a document of a library."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
