"""What each document prints: its tables and paragraphs, row by row, as they stand there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.i18n import Texts
from dashboard.links import source_address, table_key
from dashboard.report import Cell
from data.load import reference
from geo.errors import DataError
from geo.names.normalise import key, key_tokens

# The cells of a row as the document prints them, by the columns of our tables.
_PRINTED = {
    "LO": ("label", "city_printed", "area_printed", "region"),
    "FILO": ("label", "area_printed"),
    "multilateral": ("label", "region"),
    "mission": ("printed", "duty_printed", "personnel"),
    "history": (
        *("mission", "country_printed", "start_printed", "end_printed"),
        *("lead_printed", "tasks", "max_deployed"),
    ),
}
BEFORE = 4  # rows that are shown before the one of a link, so that it stands near its quote
_HEADING = "region"
_QUOTED = ("quoted",)
# The tables of facts that quote a document, each with the words it quotes.
_FACTS = (
    *("events", "statements", "agreements", "key_figures"),
    *("priority_countries", "model_exceptions"),
)
_SHORT = " (…)"  # between two pieces of one paragraph


@dataclass(frozen=True)
class PrintedRow:
    """A row of a table, or a paragraph or question; `number` as the document counts it.

    `cells` are as printed, in the order of the columns of its table; empty where nothing stands.
    `heading` is the line within the table that the row stands under.
    """

    number: str
    cells: tuple[str, ...]
    heading: str = ""

    @property
    def text(self) -> str:
        """The printed words of the row, cell after cell."""
        return " | ".join(filter(None, self.cells))


@dataclass(frozen=True)
class PrintedTable:
    """One table of a document, or the paragraphs of a part of it that facts rest on.

    `name` is as printed, `key` its name in an address; `counted` says whether its rows are a "row",
    "paragraph" or "question"; `columns` are keys of words; `total` is what stands below it.
    """

    document: str
    name: str
    key: str
    counted: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    total: int | None = None

    def row(self, number: str) -> PrintedRow | None:
        """The row of that number; None where the table has none."""
        return next((row for row in self.rows if row.number == number), None)


@snapshot.cached(1)
def every_table() -> dict[str, list[PrintedTable]]:
    """Document -> its printed tables, then the paragraphs that facts quote; raises DataError."""
    tables: dict[tuple[str, str], PrintedTable] = {}
    for table in (*_of_releases(), *_of_history()):
        tables.setdefault((table.document, table.key), table)
    for table in _of_paragraphs():
        tables.setdefault((table.document, table.key), table)
    result: dict[str, list[PrintedTable]] = {name: [] for name in snapshot.documents().index}
    for (document, _), table in tables.items():
        result.setdefault(document, []).append(table)
    return result


def tables_of(document: str) -> list[PrintedTable]:
    """The printed tables of a document, none for one that prints no row that we hold."""
    return every_table().get(document, [])


def _of_releases() -> Iterator[PrintedTable]:
    """The tables of posts and of missions of every release, imported ones too."""
    for release in snapshot.releases().to_dict("records"):
        if release["network"] == "complete":
            with suppress(DataError):  # a damaged table is told where its figures are shown
                postings = snapshot.network(release["release"]).postings
                for (kind, _, _), part in postings.groupby(
                    ["kind", "document", "table"], sort=False
                ):
                    yield _table(part, "row", _PRINTED[str(kind)])
        if release["missions"] != "absent":
            with suppress(DataError):
                part = snapshot.deployments(release["release"])
                if len(part):
                    total = release["missions_total"]
                    printed = None if pd.isna(total) else int(total)
                    yield _table(part, "row", _PRINTED["mission"], printed)


def _of_history() -> Iterator[PrintedTable]:
    for _, part in reference("mission_history").groupby(["document", "table"], sort=False):
        yield _table(part, "row", _PRINTED["history"])


def _table(
    frame: pd.DataFrame, counted: str, columns: Sequence[str], total: int | None = None
) -> PrintedTable:
    """A table of rows of one document; columns that are empty in all of it are left out."""
    first = frame.iloc[0]
    used = tuple(name for name in columns if name != _HEADING and frame[name].notna().any())
    printed = [
        PrintedRow(
            str(row["table_row"]),
            tuple(records.text(row[name]) for name in used),
            records.text(row[_HEADING]) if _HEADING in columns else "",
        )
        for row in frame.to_dict("records")
    ]
    document, name = str(first["document"]), str(first["table"])
    # Several posts of one row are printed once.
    once = tuple(dict.fromkeys(printed))
    return PrintedTable(document, name, table_key(name), counted, used, once, total)


def _of_paragraphs() -> Iterator[PrintedTable]:
    """The words that facts quote, by part of the document and paragraph or question."""
    frames = [reference(name) for name in _FACTS]
    for release in snapshot.releases().query("network == 'partial'")["release"]:
        with suppress(DataError):
            postings = snapshot.network(release).postings
            printed = postings["area_printed"].fillna(postings["label"])
            frames.append(postings.assign(printed=printed, counted=""))
    columns = ["document", "table", "table_row", "printed", "counted"]
    facts = pd.concat([frame[columns] for frame in frames], ignore_index=True)
    for (document, name), part in facts.groupby(["document", "table"], sort=False):
        quoted: dict[str, list[str]] = {}
        for fact in part.to_dict("records"):
            quoted.setdefault(str(fact["table_row"]), []).append(records.text(fact["printed"]))
        ordered = sorted(quoted.items(), key=lambda item: (not item[0].isdigit(), item[0].zfill(6)))
        yield PrintedTable(
            str(document),
            str(name),
            table_key(str(name)),
            wording.counted(part.iloc[0].to_dict()),
            _QUOTED,
            tuple(PrintedRow(number, (_joined(texts),)) for number, texts in ordered),
        )


def _joined(texts: Sequence[str]) -> str:
    """Pieces of one paragraph, each once; one that another holds stands in that one."""
    pieces = [
        text
        for text in dict.fromkeys(texts)
        if not any(text != other and text in other for other in texts)
    ]
    return f"{_SHORT} ".join(pieces)


def matching(table: PrintedTable, wanted: str) -> list[PrintedRow]:
    """The rows that hold every one of the words, without case, accents and hyphens; else all."""
    tokens = key_tokens(wanted)
    return [
        row
        for row in table.rows
        if all(word in key(" ".join((row.number, *row.cells, row.heading))) for word in tokens)
    ]


def window(
    fits: Sequence[PrintedRow], chosen: Collection[PrintedRow], most: int
) -> list[PrintedRow]:
    """So many of the rows, around those that the reader came for, else the first of them.

    More only where those that the reader came for lie further apart.
    """
    places = [place for place, row in enumerate(fits) if row in chosen] or [0]
    start = max(0, places[0] - BEFORE)
    many = max(most, places[-1] + 1 - start)
    start = max(0, min(start, len(fits) - many))
    return list(fits[start : start + many])


# --- in words -------------------------------------------------------------------------------------


def title(t: Texts, document: str) -> str:
    """What a document is called."""
    return str(snapshot.documents().loc[document, f"title_{t.language}"])


def table_title(t: Texts, table: PrintedTable) -> str:
    """What a table is called: as printed, a letter by what it is."""
    return t("place.letter").capitalize() if table.name == "brief" else table.name


def quote(t: Texts, table: PrintedTable, row: PrintedRow) -> str:
    """The printed words with document, table, row and date, to be copied; one sentence."""
    document = snapshot.documents().loc[table.document]
    paper = records.text(document["paper"])
    return t(
        f"printed.quote_{table.counted}",
        words=row.text,
        title=title(t, table.document) + (f" ({paper})" if paper else ""),
        table=table_title(t, table),
        row=row.number,
        date=t.date(str(document["date"])),
    )


def header(t: Texts, table: PrintedTable) -> list[str]:
    """The words above the columns of a printed table; the first is that of its numbers."""
    columns = [*table.columns, *([_HEADING] if headed(table) else [])]
    return [t(f"printed.{table.counted}"), *(t(f"printed.column_{name}") for name in columns)]


def headed(table: PrintedTable) -> bool:
    """Whether rows of the table stand under a line of their own."""
    return any(row.heading for row in table.rows)


def body(table: PrintedTable, visible: Sequence[PrintedRow]) -> rows.Rows:
    """Rows as cells; the number of each leads to the row itself."""
    return [
        [
            Cell(
                row.number,
                float(row.number) if row.number.isdigit() else row.number,
                href=source_address(table.document, table.name, row.number),
            ),
            *row.cells,
            *([row.heading] if headed(table) else []),
        ]
        for row in visible
    ]
