"""An annex before it is a file: what it prints, cell by cell, and what must be read from it."""

from __future__ import annotations

from dataclasses import dataclass, field

ABSENT = "absent"


@dataclass(frozen=True)
class Golden:
    """What one row stands for, known from how it was drawn and never from the product.

    `printed` are label, duty station and area, to find the row again. `kind` is that of the
    product: LO, FILO, multilateral or mission. `organisation` None: none is printed. `named` are
    (ISO code, as printed) that must be served, `doubtful` printed pieces that must be asked about,
    `excluded` (code, as printed) that are neither served nor suggested, `aside` those that are not
    served; a problem quotes both, a remark will do.
    `asks` are the cells that only a question settles (organisation, status, officers, row).
    `words` are the difficult words; a question that quotes them is about them.
    `officers` are postings of a row, or the people of a mission. `seen` False: nobody sees the row;
    `unseen`: nobody sees some words in it. What nobody sees is left out with a remark.
    """

    kind: str
    printed: tuple[str, ...]
    host: str = ""
    organisation: str | None = None
    city: str = ""
    status: str = "active"
    officers: int = 1
    named: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[str, ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    asks: frozenset[str] = frozenset()
    words: str = ""
    lead: str = ""
    seen: bool = True
    unseen: bool = False


@dataclass(frozen=True)
class Cell:
    """The words of a cell and how they look.

    `raised` is a sign and `note` a real footnote behind them, `struck` those of the words that are
    struck out, `unseen` words behind them that nobody sees. `joined`: one with the cell above,
    whose words it repeats. `summed` are the cells of a sheet that it adds up ("B3:B5").
    """

    text: str = ""
    raised: str = ""
    note: str = ""
    struck: str = ""
    unseen: str = ""
    joined: bool = False
    summed: str = ""


@dataclass(frozen=True)
class Row:
    """Cells of a table; `form` is plain, header, banner (merged over all columns) or hidden."""

    cells: tuple[Cell, ...]
    form: str = "plain"
    golden: Golden | None = None


@dataclass(frozen=True)
class Table:
    """A table under its title; `below` are the lines of typed notes, `hidden` the whole of it.

    `beside`: on a sheet it stands to the right of the table before.
    """

    title: str
    rows: tuple[Row, ...]
    below: tuple[str, ...] = ()
    hidden: bool = False
    beside: bool = False

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max(len(row.cells) for row in self.rows)

    @property
    def header(self) -> tuple[Row, ...]:
        """Return the rows at the top that name the columns."""
        return tuple(row for row in self.rows if row.form == "header")


@dataclass(frozen=True)
class Annex:
    """One invented document; the dates and the total are those that may be read.

    `network_as_of` and `missions_as_of` are the ISO dates that are right, empty where only a
    question is; a table that is not there has none. `total` is printed below the missions, None
    where none is. `look` is how a file shows it: sheets, lines, encoding, names of options that
    the writers know.
    """

    seed: int
    difficulty: str
    opening: tuple[str, ...]
    tables: tuple[Table, ...]
    network_as_of: frozenset[str] = frozenset()
    missions_as_of: frozenset[str] = frozenset()
    total: int | None = None
    total_is_right: bool = True
    look: dict[str, str] = field(default_factory=dict)

    @property
    def goldens(self) -> tuple[Golden, ...]:
        """Return what must be read, row by row."""
        return tuple(row.golden for table in self.tables for row in table.rows if row.golden)
