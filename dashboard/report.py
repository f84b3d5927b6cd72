"""What a screen or a file says, as data: the same blocks are drawn on a page and written to a file.

Makers of blocks stand in `dashboard.subjects`; `dashboard.web.drawing` draws them, and
`dashboard.exports` writes them. Every text is plain: no Markdown, no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


@dataclass(frozen=True)
class Form:
    """How a number is shown: its decimals, thousands apart, a plus before it."""

    decimals: int = 0
    grouped: bool = False
    signed: bool = False

    @classmethod
    def of(cls, value: float, signed: bool = False) -> Form:
        """The form that `Words.number` gives a number: at most one decimal, thousands apart."""
        rounded = round(value, 1)
        decimals = 0 if rounded == int(rounded) else 1
        return cls(decimals, abs(rounded) >= 1000, signed and value > 0)


class Piece(NamedTuple):
    """Some words of a cell, and the address that they lead to, if any."""

    text: str
    href: str = ""


class Figure(NamedTuple):
    """A number of a cell by what it counts; None is unknown, never zero."""

    header: str
    value: float | None


@dataclass(frozen=True)
class Cell:
    """One cell of a table: text, what it sorts by, and the address it leads to, if any.

    `sort` is a number, or a date in ISO form. `form` says that the text shows that number, and how;
    `alone` that the text shows nothing but the number or the date. `documents` are the ids of those
    that the text cites. `iso3` is the country or territory that the cell stands for, by its code.
    `parts` are the words of a text that leads to several addresses, in their order; a format that
    has one address for a cell takes `href`. `figures` are the numbers of a text that shows more
    than one, or one that is not whole; a sheet gives each a column of its own, without the text.
    """

    text: str
    sort: float | str | None = None
    href: str = ""
    documents: tuple[str, ...] = ()
    form: Form | None = None
    alone: bool = True
    iso3: str = ""
    parts: tuple[Piece, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of the cell, each with the address that it leads to."""
        return self.parts or (Piece(self.text, self.href),)


Row = Sequence[Cell | str]


def words(cell: Cell | str) -> str:
    """The words of a cell, whether it is plain or leads somewhere."""
    return cell.text if isinstance(cell, Cell) else cell


@dataclass(frozen=True)
class Text:
    """A paragraph; a `note` is smaller, an `item` belongs to a list, a `paste` is to be copied.

    `documents` are the ids of those it cites. `parts` are its words in their order, each with the
    address that it leads to; empty where none leads anywhere.
    """

    text: str
    kind: str = "text"
    documents: Collection[str] = ()
    parts: tuple[Piece, ...] = ()

    @property
    def cited(self) -> frozenset[str]:
        """The ids of all documents that the text cites."""
        return frozenset(self.documents)


@dataclass(frozen=True)
class Table:
    """A table with a header row; the first cell of a row names the row.

    `source` names documents, tables and dates; empty where the rows themselves name them.
    `documents` are the ids of those that `source` names.
    """

    key: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Row]
    source: str = ""
    documents: Collection[str] = ()

    @property
    def words(self) -> list[list[str]]:
        """The words of each row, cell by cell."""
        return [[words(cell) for cell in row] for row in self.rows]

    @property
    def cited(self) -> frozenset[str]:
        """The ids of all documents that the table and its cells cite."""
        cells = (cell for row in self.rows for cell in row if isinstance(cell, Cell))
        return frozenset(self.documents).union(*(cell.documents for cell in cells))


@dataclass(frozen=True)
class Span:
    """Years of a category, each counted from its 1 January; `certain` where a source proves both.

    `running` is what had not ended when the source appeared; `label` what is said of it.
    """

    start: float
    end: float
    certain: bool
    running: bool = False
    label: str = ""


@dataclass(frozen=True)
class Event:
    """Something dated: `year` with its part that has passed, a kind of `geo.events`, its words."""

    year: float
    kind: str
    label: str


@dataclass(frozen=True)
class Category:
    """One bar or line: its name, what stands there instead of it, and behind that or at its end.

    `group` is the heading it stands under; a `starred` one is explained below the chart; `role` is
    its colour where not that of the series.
    """

    name: str
    title: str = ""
    note: str = ""
    group: str = ""
    starred: bool = False
    role: str = ""
    spans: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Series:
    """A value for each category; one that is missing is None, never zero.

    `role` is a key of `figures.charts.scene.COLOURS`; `short` a name where there is little room;
    `words` stand before each number. What is `planned` is drawn open, what is `supposed` hatched.
    """

    name: str
    values: tuple[float | None, ...]
    role: str
    short: str = ""
    words: tuple[str, ...] = ()
    planned: bool = False
    supposed: bool = False


@dataclass(frozen=True)
class Stretch:
    """A stretch of years with one value; None is what a source does not know, never zero.

    A count on a day is a stretch without length. What is `doubtful` is drawn apart; `label` is
    written above it.
    """

    start: float
    end: float
    value: float | None
    doubtful: bool = False
    label: str = ""


@dataclass(frozen=True)
class Panel:
    """What one source counts, on a scale of its own below years that several panels share.

    `note` says what is counted. Either `stretches` of values, or `rows` of spans and dated events;
    `notes` of the rows stand on a line of their own where the panel is `roomy`.
    """

    name: str
    note: str
    stretches: tuple[Stretch, ...] = ()
    rows: tuple[Category, ...] = ()
    roomy: bool = False


ChartKind = Literal[
    "ranking", "bars", "totals", "dots", "change", "chains", "spans", "lines", "years"
]


@dataclass(frozen=True)
class Spec:
    """What a chart shows, for the screen, for files and for office programs.

    `ranking`: bars of parts, in order, with words in them; `bars`: the same with their number at
    the end; `totals`: the parts of each total; `dots`: a column per series, a dot per value;
    `change`: values on one date or two; `chains`: dated events; `lines`: the same of many; `spans`:
    years; `years`: panels of different sources below one axis, which nothing joins. `axis` and
    `ticks` are years, `silences` those of which no panel says anything, `readings` what a pointer
    hears at a place on the axis. Everything is a tuple, so that a specification is its own key in a
    cache.
    """

    kind: ChartKind
    categories: tuple[Category, ...]
    series: tuple[Series, ...] = ()
    axis: tuple[float, float] = (0.0, 0.0)
    ticks: tuple[tuple[float, str], ...] = ()
    panels: tuple[Panel, ...] = ()
    silences: tuple[Span, ...] = ()
    readings: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart with what it shows in words, its data as a table, and its source."""

    key: str
    title: str
    spec: Spec
    alternative: str
    headers: Sequence[str]
    rows: Sequence[Row]
    source: str
    documents: Collection[str] = ()

    @property
    def table(self) -> Table:
        """The data of the chart."""
        parts = (self.key, self.title, self.headers, self.rows, self.source, self.documents)
        return Table(*parts)

    @property
    def words(self) -> list[list[str]]:
        """The words of each row of its data, cell by cell."""
        return self.table.words

    @property
    def cited(self) -> frozenset[str]:
        """The ids of all documents that the chart and its data cite."""
        return self.table.cited


@dataclass(frozen=True)
class Map:
    """A map: `payload` of `maps.payload`, and what its colours mean.

    `legend` pairs a style class of `theme.style_class` with words; `area` holds the codes (ISO
    3166-1 alpha-3) that the reader chose to see, empty for the world.
    """

    key: str
    title: str
    payload: Mapping[str, Any]
    legend: Sequence[tuple[str, str]]
    alternative: str
    source: str
    area: frozenset[str] = frozenset()
    documents: Collection[str] = ()

    @property
    def cited(self) -> frozenset[str]:
        """The ids of all documents that the map cites."""
        return frozenset(self.documents)


Block = Text | Table | Chart | Map


@dataclass(frozen=True)
class Section:
    """Blocks under a heading; the heading may be empty."""

    key: str
    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Source:
    """A document that a report rests on.

    `document` is its id, `name` what texts call it; `date` is ISO, `note` what it does not say.
    """

    document: str
    title: str
    date: str
    url: str = ""
    note: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """What texts call the document: its short name, else its id."""
        return self.name or self.document

    def date_beside_name(self, date: str) -> str:
        """Its date in words beside its name; empty where the name says it.

        >>> Source("kst", "", "2019", name="visie van 2019").date_beside_name("2019")
        ''
        """
        return "" if date in self.called else date


@dataclass(frozen=True)
class Provenance:
    """What every file says of itself, see `dashboard.provenance`.

    `release` is the id, for machines, `release_name` what a reader knows it by; `as_of` is the
    reference date in words; `identity` names release and the state of its rows;
    `filters` are pairs of a control and what was chosen; `borders` is the note on the map;
    `permalink` an address that shows the same, `path_note` behind what it is a path, where the
    installation has no address that others know; `made` the day the file was made, ISO.
    """

    release: str
    identity: str
    as_of: str
    filters: Sequence[tuple[str, str]]
    borders: str
    permalink: str
    sources: Sequence[Source]
    made: str
    path_note: str = ""
    release_name: str = ""

    @property
    def home(self) -> str:
        """Where others reach the application; empty where the installation has no such address."""
        return "" if self.path_note else self.permalink.partition("?")[0].rpartition("/")[0]

    @property
    def way(self) -> str:
        """The address for a reader, with the note where it is no whole one."""
        return f"{self.permalink} ({self.path_note})" if self.path_note else self.permalink


@dataclass(frozen=True)
class Report:
    """What is known of one subject under the reader's filters.

    `name` is fit for a file name; `title` the finding in one sentence, `subject` what it is about
    in a few words; `summary` the sentences a reader in a hurry needs, `summary_documents` the ids
    of those that these cite; `language` "nl" or "en"; `banner` a word that stands on every slide,
    such as that it is a scenario; mostly empty.
    """

    name: str
    subject: str
    title: str
    summary: Sequence[str]
    sections: Sequence[Section]
    provenance: Provenance
    language: str
    summary_documents: Collection[str] = ()
    banner: str = ""

    def figure(self, key: str = "") -> Map | Chart | None:
        """The map or chart of that key, else the first there is."""
        figures = list(self.blocks(Map, Chart))
        return next(
            (block for block in figures if block.key == key), figures[0] if figures else None
        )

    def headline(self, block: Map | Chart) -> str:
        """What a map or chart says where it stands alone; the first says what the report says."""
        return self.title if block is self.figure() else block.title

    def blocks(self, *kinds: type) -> Iterator[Any]:
        """Every block of these kinds, in order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, kinds))


def unmarked(text: str) -> str:
    """Markdown of our own texts as plain text: bold and links lose their marks.

    >>> unmarked("**138** landen, zie [de bron](/bronnen)")
    '138 landen, zie de bron'
    """
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*|\\(?=[^\w\s])", "", text)
