"""The tables of an annex, found by their headers, as printed rows for `geo` to judge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.documents.banners import is_posting
from data.documents.cells import PrintedTable
from data.documents.dates import dates
from data.documents.headers import Columns, columns_of, headings, line, lost_headers
from data.documents.kinds import Row, filo_rows, mission_rows, network_rows, placement_groups
from geo.decisions import Ignored
from geo.missions import COUNT, PrintedDeployment
from geo.names import Resolver
from geo.postings import PrintedRow
from geo.problems import Place, Problem

_TOTAL = re.compile(r"^(sub)?totaal\b\D*(\d*)\D*$", re.I)
_COLUMNS_LOST = {"network": "columns_lost_network", "missions": "columns_lost_missions"}
_OURS = {"label", "area", "mission"}  # headings that other tables hardly have
TABLE, AS_OF = "table", "as_of"  # fields of problems that are about no single row


@dataclass
class Annex:
    """What an annex prints: posting rows, mission rows, the printed total, the reference dates.

    `total` is the sum of the totals below the tables of missions, None where one is not printed.
    `unread` lists what stands in tables and was not understood.
    """

    rows: list[PrintedRow] = field(default_factory=list)
    deployments: list[PrintedDeployment] = field(default_factory=list)
    total: int | None = None
    network_as_of: str | None = None
    missions_as_of: str | None = None
    unread: list[Problem] = field(default_factory=list)


def read_annex(
    document: str,
    text: str,
    tables: Sequence[PrintedTable],
    resolver: Resolver,
    decided: Resolver | None = None,
) -> Annex:
    """Sort the tables of `document` by their headers; what is of another kind is listed.

    `resolver` knows no decisions, for what a person decides must not move the rows about;
    `decided` knows them.
    """
    reader = _Reader(document, resolver, decided or resolver)
    for number, table in enumerate(tables, start=1):
        reader.read(table, table.title or f"table {number}")
    reader.finish(text)
    return reader.annex


class _Reader:
    """Takes table after table into an `Annex`."""

    def __init__(self, document: str, resolver: Resolver, decided: Resolver) -> None:
        self.annex = Annex()
        self._document, self._resolver, self._decided = document, resolver, decided
        self._before: tuple[str, Columns] | None = None  # title and columns of the last table read
        self._counted: dict[tuple[str, str], int] = {}  # rows by kind, and by kind and title
        self._titles: dict[str, list[str]] = {"network": [], "missions": []}
        self._totals: dict[str, int | None] = {}  # of missions, by title

    def read(self, table: PrintedTable, title: str) -> None:
        """Read one table, or list it."""
        found = columns_of(table.rows)
        if found is None and self._goes_on(table):
            assert self._before
            found = Columns(self._before[1].kind, self._before[1].roles, self._before[1].width, 0)
        if found is None:
            self._pass_over(title, table.rows)
            return
        self._before = (table.title, found)
        self._titles.setdefault(found.kind, []).append(title)
        if any(map(any, table.rows[: max(0, found.start - 1)])):
            self._above(title, table.rows[: found.start - 1])
        for heading in found.unread(table.rows):
            self._list(title, "unread_column", heading)
        if found.doubles:
            self._list(title, "two_columns", " | ".join(found.doubles), "error")
        rows = [row for row in table.rows[found.start :] if not found.repeats(row)]
        readers = {"network": self._network, "filos": self._filos, "missions": self._missions}
        readers.get(found.kind, self._placements)(title, found, rows)

    def _list(self, title: str, code: str, printed: str, severity: str = "warning") -> None:
        """Something that was not read; an error until a person decides to leave it out."""
        printed = printed[:200]
        known = self._decided.decided(printed)
        if isinstance(known, Ignored):
            self.annex.unread += Place(title).doubts(known, TABLE)
        else:
            self.annex.unread.append(Problem(severity, code, title, printed, field=TABLE))

    def _goes_on(self, table: PrintedTable) -> bool:
        """Whether a table without a header is the rest of the one before, cut by a page."""
        rows = [row for row in table.rows if any(row)]
        if not self._before or not rows:
            return False
        title, before = self._before
        if table.title != title or max(map(len, rows)) != before.width:
            return False
        cells = [before.take(row) for row in rows]
        if before.kind == "missions":
            return bool(re.fullmatch(r"\d+", cells[0].get("personnel", "").strip()))
        labels = [line(cell["label"]) for cell in cells]
        return before.kind == "network" and any(
            is_posting(label, self._resolver) for label in labels
        )

    def _pass_over(self, title: str, rows: Sequence[Row]) -> None:
        """A table of another kind is named by its first row, so that a reader can look it up.

        One that looks like ours is an error: what it says would be missing from a table that is
        taken for complete.
        """
        printed = " | ".join(line(cell) for cell in next(filter(any, rows), ()) if cell)
        if printed:
            ours = any(role in _OURS for _, role in headings(printed.split()))
            ours = ours or self._has_postings(rows)
            self._list(title, "unread_table", printed, "error" if ours else "warning")

    def _has_postings(self, rows: Sequence[Row]) -> bool:
        firsts = [line(cell) for row in rows for cell in row[:1] if len(row) > 1]
        return sum(is_posting(cell, self._resolver) for cell in firsts if cell) > len(firsts) / 2

    def _above(self, title: str, rows: Sequence[Row]) -> None:
        printed = " | ".join(line(cell) for row in rows for cell in row if cell)
        severity = "error" if self._has_postings(rows) else "warning"
        if printed and not set(printed.split()) <= set(title.split()):
            self._list(title, "above_header", printed, severity)

    def _next(self, kind: str, title: str) -> tuple[int, int]:
        """The running number of the next row of a kind, and its number within its own table."""
        for counter in ((kind, ""), (kind, title)):
            self._counted[counter] = self._counted.get(counter, 0) + 1
        return self._counted[kind, ""], self._counted[kind, title]

    def _add(
        self, kind: str, title: str, region: str, label: str, city: str = "", area: str = ""
    ) -> None:
        number, within = self._next(kind, title)
        place = (kind, self._document, title, number, region)
        self.annex.rows.append(PrintedRow(*place, label, city, area, within))

    def _network(self, title: str, found: Columns, rows: list[Row]) -> None:
        above = [row for row in self.annex.rows if row.kind == "LO" and row.table == title]
        banner = above[-1].region if above else ""  # the rest of a table goes on below its banner
        for region, label, city, area in network_rows(found, rows, self._resolver, banner):
            self._add("LO", title, region, label, city, area)

    def _filos(self, title: str, found: Columns, rows: list[Row]) -> None:
        for label, area in filo_rows(found, rows):
            self._add("FILO", title, "", label, "", area)

    def _placements(self, title: str, found: Columns, rows: list[Row]) -> None:
        for region, labels in placement_groups(found, rows):
            if not region:
                self._list(title, "lonely_placement", labels[0])
            for label in labels:
                self._add("multilateral", title, region, label)

    def _missions(self, title: str, found: Columns, rows: list[Row]) -> None:
        """Every mission, and the total below; what stands under that is no mission any more."""
        self._totals.setdefault(title, None)
        below = False
        for mission, duty, personnel in mission_rows(found, rows, self._resolver):
            total = _TOTAL.match(mission)
            if total and total[1]:
                self._list(title, "subtotal", f"{mission} {personnel}".strip())
            elif total:
                below = True
                self._read_total(title, personnel.strip() or total[2])
            elif below and not personnel.strip():
                self._list(title, "below_total", f"{mission} {duty}".strip())
            else:
                number, within = self._next("mission", title)
                printed = PrintedDeployment(
                    self._document, title, number, mission, duty, personnel, table_row=within
                )
                self.annex.deployments.append(printed)

    def _read_total(self, title: str, printed: str) -> None:
        found = re.fullmatch(rf"({COUNT})(?:\s+\D+)?", printed)
        if found:
            self._totals[title] = int(found[1])
        elif printed:
            self._list(title, "total_no_number", printed)

    def finish(self, text: str) -> None:
        """What can be said only when every table was seen: totals, dates, tables that are lost."""
        annex = self.annex
        if annex.deployments:
            totals = list(self._totals.values())
            if None in totals:
                where = next(title for title, total in self._totals.items() if total is None)
                annex.unread.append(Problem("warning", "no_total", where))
            else:
                annex.total = sum(filter(None, totals))
            annex.missions_as_of = self._date("missions", text)
        posts = any(row.kind == "LO" for row in annex.rows)
        if posts:
            # In a document without missions a date in the text can only be that of the network.
            annex.network_as_of = self._date("network", "" if annex.deployments else text)
        for kind, printed in lost_headers(text).items():
            if not (posts if kind == "network" else annex.deployments):
                self._list("text", _COLUMNS_LOST[kind], printed, "error")

    def _date(self, kind: str, text: str) -> str | None:
        """The date above the tables of a kind, else the only one there is in `text`."""
        found = dates(" ".join(self._titles[kind]))
        if not found.real:
            found = dates(f"{' '.join(self._titles[kind])} {text}")
        if len(found.real) == 1:
            return found.real[0]
        if found.real:
            self.annex.unread.append(
                Problem(
                    "error",
                    "several_dates",
                    "text",
                    ", ".join(found.real),
                    suggestions=found.real,
                    field=AS_OF,
                )
            )
        elif found.wrong:
            self.annex.unread.append(
                Problem("error", "printed_no_date", "text", found.wrong[0], field=AS_OF)
            )
        return None
