"""What a file prints, whatever its form: running text and tables of cells, nothing judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_NUMBERED = re.compile(r"\s*\d+\.\s+\S")
_DATED = re.compile(r"\(peildatum\b", re.I)
_FOOTNOTE = re.compile(r"\[footnoteRef:\d+\]|\[\d+:.*$", re.S)


@dataclass(frozen=True)
class PrintedTable:
    """Rows of cells as printed, header included; `title` is the nearest heading above.

    Cells keep their line breaks and lose outer white space. A row of empty cells is kept: in a
    table of one column it sets the groups apart. A cell merged over several columns stands in the
    first of them, the others are empty; one merged over several rows stands in the first row.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Cells:
    """One document: its running text, without that of the tables, and its tables in order."""

    text: str
    tables: tuple[PrintedTable, ...]


def is_title(paragraph: str) -> bool:
    """Whether a paragraph reads as the heading of a table: "2. …" or "… (peildatum …"."""
    return bool(_NUMBERED.match(paragraph) or _DATED.search(paragraph))


def title(paragraph: str) -> str:
    """A heading on one line, without the mark or the text of a footnote."""
    return " ".join(_FOOTNOTE.sub("", paragraph).split())
