"""What a file prints, whatever its form: running text and tables of cells, nothing judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# Ligatures that some programs copy as letters of other scripts; no name of ours has these.
LIGATURES = {"\u019f": "ti", "\u01a9": "tt", "\u01ab": "tti", "\u019e": "tf"}
# Above the first column of every table of a file of a release, see `data.imports.release_file`.
RELEASE_SIGN = "liaisonatlas"
_NUMBERED = re.compile(r"\s*\d+\.\s+\S")
_DATED = re.compile(r"\(peildatum\b", re.I)
_FOOTNOTE = re.compile(r"\[footnoteRef:\d+\]|\[\d+:.*$", re.S)


@dataclass(frozen=True)
class PrintedTable:
    """Rows of cells as printed, header included; `title` is the nearest heading above.

    Cells keep their line breaks and lose outer white space. A row of empty cells is kept: in a
    table of one column it sets the groups apart. A cell merged over several columns stands in the
    first of them, the others are empty; one merged over several rows stands in each of them, with
    a mark in all but the first.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    flags: tuple[Flag, ...] = ()

    def below(self, first: int, title: str | None = None) -> PrintedTable:
        """The table without its first rows, under the same title or another one."""
        flags = (replace(flag, row=flag.row - first) for flag in self.flags if flag.row >= first)
        named = self.title if title is None else title
        return PrintedTable(named, self.rows[first:], tuple(flags))


@dataclass(frozen=True)
class Flag:
    """What a document shows of one cell beside its words; `row` and `column` count from 0.

    `kind` and `text` are those of `geo.reading.flags.CellFlag`, which knows the column by its role.
    """

    row: int
    column: int
    kind: str
    text: str = ""


@dataclass(frozen=True)
class LeftOut:
    """What a file holds and shows nobody, and is therefore not read.

    `kind` is a key of UNSEEN; `count` how many there are of them; `text` the beginning of it, so
    that it can be looked up. Where that says more, `part` is "sheet" or "page", and `place` the
    name of the one or the number of the other.
    """

    kind: str
    count: int
    place: str = ""
    text: str = ""
    part: str = ""

    @classmethod
    def on_sheet(cls, sheet: str, kind: str, count: int, text: str) -> LeftOut:
        """The same of a sheet by its name; a file of one sheet may have none."""
        return cls(kind, count, sheet, text, "sheet" if sheet else "")


UNSEEN = (
    *("hidden_rows", "hidden_columns", "filtered_rows", "hidden_sheets"),  # sheets
    *("hidden_text", "hidden_sections", "struck_text"),  # passages, sections; outside tables
    *("invisible_text", "covered_text", "text_outside_page", "hidden_layers"),  # PDF: passages
    "printed_twice",  # passages that stand twice in the same place, and are read once
    "embedded_objects",  # sheets and texts that are shown as a picture; `text` names the programs
)


@dataclass(frozen=True)
class Cells:
    """One document: its running text, without that of the tables, and its tables in order."""

    text: str
    tables: tuple[PrintedTable, ...]
    left_out: tuple[LeftOut, ...] = ()


def is_title(paragraph: str) -> bool:
    """Whether a paragraph reads as the heading of a table: "2. …" or "… (peildatum …"."""
    return bool(_NUMBERED.match(paragraph) or _DATED.search(paragraph))


def title(paragraph: str) -> str:
    """A heading on one line, without the mark or the text of a footnote."""
    return " ".join(_FOOTNOTE.sub("", paragraph).split())
