"""What a document shows of a cell beside its words: struck-out words, notes, merged cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CellFlag:
    """One such thing about one cell of a printed row.

    `kind` is one of
    - "struck": `text` is struck out; the cell holds it all the same.
    - "raised": `text` is a raised sign, a digit or a star, that the cell does not hold.
    - "note": `text` is what the footnote or end note says that hangs on the cell.
    - "merged": the cell is one with the cell above and repeats its words.
    - "joined": a line with nothing in the first column was read as the rest of this cell; `text`
      is the line above and that line. Only where no lines are drawn between the rows.
    - "apart": as "joined", but that line stands as far below the other as rows do.
    - "overflows": a line of the cell lies over the next one, so that words of it may be cut off.
    - "blank": the cell is empty there, and may be one with the cell above, whose words `text` is.

    `cell` is the role of its column, one of `geo.names.decisions.COLUMNS`.
    """

    kind: str
    cell: str
    text: str = ""
