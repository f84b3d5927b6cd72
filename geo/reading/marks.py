"""What a document shows of a cell beside its words: struck-out words, notes, merged cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CellMark:
    """One such thing about one cell of a printed row.

    `kind` is one of
    - "struck": `text` is struck out; the cell holds it all the same.
    - "raised": `text` is a raised sign, a digit or a star, that the cell does not hold.
    - "note": `text` is what the footnote or end note says that hangs on the cell.
    - "merged": the cell is one with the cell above and repeats its words.

    `cell` is the role of its column, one of `geo.names.decisions.COLUMNS`.
    """

    kind: str
    cell: str
    text: str = ""
