"""The tables of an annex, found by their headers, as printed rows for `geo` to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple

from data.documents.banners import is_banner, is_posting
from data.documents.cells import LeftOut, PrintedTable
from data.documents.footnotes import is_note, named_notes, pointed_at, typed_notes
from data.documents.headers import Columns, columns_of, headings, line, lost_headers
from data.documents.kinds import (
    PART_OF_TOTAL,
    NetworkRow,
    Placed,
    Row,
    columns_by_content,
    filo_rows,
    joined_halves,
    mission_rows,
    network_rows,
    placement_groups,
    share,
)
from data.documents.parts import DoubtfulDate, Part, date_line, doubtful_pairs, reference_date
from data.documents.prose import telling
from data.documents.totals import total_of
from data.documents.unread import (
    TABLE,
    decides,
    header_below,
    left_out,
    missing_columns,
    notes,
    partial,
    row_flags,
    rows_in_text,
    speaks,
)
from geo.citations import untitled
from geo.names.decisions import Ignored
from geo.names.normalise import key
from geo.names.resolver import Resolver
from geo.problems import NOTHING, TEXT, Params, Place, Problem, Where
from geo.reading.flags import CellFlag
from geo.reading.mentions import named_in
from geo.reading.missions import COUNT, PrintedDeployment
from geo.reading.organisations import NAME, OTHER_SERVICE, in_short, organisations_in
from geo.reading.posting import PrintedRow
from geo.reading.status import is_of_another_day
from geo.reading.warnings import AS_READ

_COLUMNS_LOST = {
    "network": "columns_lost_network",
    "missions": "columns_lost_missions",
    "placements": "columns_lost_placements",
}
_OURS = {"label", "area", "mission"}  # headings that other tables hardly have
_COUNTRY_END = re.compile(rf"\s[-–—]|[(\d]|(?:[-–—/]|\b){NAME}", re.I)  # in a label
_SHOWN = 3  # cells of a column that is not read, quoted in what is asked about it
_ACROSS = 30  # rows of a table of another kind that are looked at as columns
AS_OF = "as_of"  # the field of problems about the reference date


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
    unseen: Sequence[LeftOut] = (),
) -> Annex:
    """Sort the tables of `document` by their headers; what is of another kind is listed.

    `resolver` knows no decisions, for what a person decides must not move the rows about;
    `decided` knows them. `unseen` is what the file holds and shows nobody.
    """
    reader = _Reader(document, resolver, decided or resolver)
    for number, table in enumerate(tables, start=1):
        reader.read(table, table.title or untitled(number), tables[number:])
    reader.finish(text, unseen)
    return reader.annex


def _with_blanks(row: NetworkRow, flags: Sequence[CellFlag]) -> NetworkRow:
    """A row whose empty label or city is most likely one with the cell above, with its words.

    It is asked too, see `geo.remarks.of_marks`.
    """
    above = {flag.cell: flag.text for flag in flags if flag.kind == "blank"}
    label = row.label or line(above.get("label", ""))
    return replace(row, label=label, city=row.city or line(above.get("city", "")))


def _note_alone(row: Row) -> str:
    """The only cell of a row, where it begins with the sign of a note."""
    filled = [text for cell in row if (text := line(cell))]
    return filled[0] if len(filled) == 1 and is_note(filled[0]) else ""


def _merged(cell: str) -> CellFlag:
    return CellFlag("merged", cell)


def _only_area(columns: Columns, flags: tuple[CellFlag, ...]) -> bool:
    """Whether a row has nothing of its own but a work area: it may be the rest of that above."""
    merged = {flag.cell for flag in flags if flag.kind == "merged"}
    own = {"area", "officers", "organisation"} & columns.roles.keys() - merged
    return {"label", "city"} <= merged and own == {"area"}


class _Sum(NamedTuple):
    """The row of a total below `above` missions, and its number as printed."""

    printed: str
    number: str
    above: int


class _Reader:
    """Takes table after table into an `Annex`."""

    def __init__(self, document: str, resolver: Resolver, decided: Resolver) -> None:
        self.annex = Annex()
        self._document, self._resolver, self._decided = document, resolver, decided
        self._parts: list[Part] = []
        self._counted: dict[tuple[str, str], int] = {}  # rows by kind, and by kind and title
        self._totals: dict[str, int | None] = {}  # of missions, by title
        self._parted: dict[str, int] = {}  # posts above the last subtotal, by title
        self._statuses: set[str] = set()  # that are not known, each asked once
        self._typed: list[
            tuple[str, str]
        ] = []  # titles, and lines of notes in the last rows of tables
        self._titles: list[str] = []  # of all tables, also of other kinds

    def read(self, table: PrintedTable, title: str, later: Sequence[PrintedTable]) -> None:
        """Read one table, or list it; its header may stand in a `later` one only."""
        self._titles.append(table.title)
        found = columns_of(table.rows, self._decided)
        if found is None and self._goes_on(table):
            part = self._parts[-1]
            found = replace(part.columns, start=0, doubles=())
        else:
            questions = (
                [] if found else missing_columns(table, title, self._decided, self._resolver)
            )
            if not found and not questions:
                found = partial(table, self._decided, self._resolver) or header_below(table, later)
            if found is None:
                self._pass_over(title, table.rows, questions)
                return
            if found.kind == "network":
                found = columns_by_content(found, table.rows[found.start :], self._resolver)
            self._parts.append(self._begun(found, table, title))
        self._beside(table, title, found)
        below = enumerate(table.rows[found.start :], start=found.start)
        rows = [(at, row) for at, row in below if not found.repeats(row)]
        for _, row in rows:
            self._parts[-1].header += f"\n{date_line(row)}"
        rows = [(at, row) for at, row in rows if not date_line(row)]
        while rows and (note := _note_alone(rows[-1][1])):
            self._typed.append((title, note))
            rows.pop()
        readers = {"network": self._network, "filos": self._filos, "missions": self._missions}
        read = readers.get(found.kind, self._placements)(table, title, found, rows)
        for text in dict.fromkeys(notes(table, found.roles, read)):
            self._note(title, text)

    def _note(self, place: str, text: str) -> None:
        """A remark on a note that hangs on no row, or a question where it may change one."""
        if speaks(text, "", self._resolver):
            self._list(Where(place), "table_note_decides", text, "error", {"note": text})
        else:
            self._list(Where(place), "table_note", text, "warning", {"note": text})

    def _begun(self, columns: Columns, table: PrintedTable, title: str) -> Part:
        """A new part, under a name of its own, so that a person can leave it out."""
        same = sum(part.title == table.title for part in self._parts)
        name = title if not same or not table.title else f"{title} ({same + 1})"
        above = (cell for row in table.rows[: columns.start] for cell in row)
        part = Part(name, columns.kind, columns, table.title, header="\n".join(above))
        known = self._decided.decided(name)
        if isinstance(known, Ignored) and known.leaves_out:
            part.dropped = True
            self.annex.unread += Place(Where(title)).problems_of(known, TABLE)
        elif columns.kind in ("network", "missions") and is_of_another_day(title):
            self._list(Where(title), "table_status", name, "error")
        return part

    def _beside(self, table: PrintedTable, title: str, columns: Columns) -> None:
        """What stands above the header, and the columns that are not read."""
        above = table.rows[: max(0, columns.start - max(1, len(columns.lines)))]
        if any(map(any, above)):
            self._above(title, above)
        for at in columns.roles.values():
            heading = columns.headings[at] if at < len(columns.headings) else ""
            if named_in(heading, self._resolver) and not self._resolver.exact(heading):
                self._list(Where(title), "row_in_header", heading, "error")
        for at in columns.unread(table.rows):
            if columns.heading(at, table.rows) not in columns.doubles:
                self._unread_column(table, title, columns, at)
        if columns.doubles:
            self._list(Where(title), "two_columns", " | ".join(columns.doubles), "error")
        if columns.kind == "network" and "area" not in columns.roles and columns.start:
            self._list(
                Where(title), "no_area_column", " | ".join(filter(None, columns.headings)), "error"
            )

    def _unread_column(self, table: PrintedTable, title: str, columns: Columns, at: int) -> None:
        """A remark, or a question where its cells may decide what is read."""
        heading, cells = columns.heading(at, table.rows), []
        for row in table.rows[columns.start :]:
            own = line(row[at]) if at < len(row) else ""
            beside = [text for cell in columns.take(row).values() if (text := line(cell))]
            # A line of one cell is the name of a part of the world.
            if (own or len(beside) > 1) and not columns.repeats(row):
                cells.append((own, " ".join(beside)))
        if decides(columns.kind, heading, cells, self._resolver):
            some = tuple(dict.fromkeys(cell[:80] for cell, _ in cells if cell))[:_SHOWN]
            self._list(Where(title), "unread_column_decides", heading, "error", {"cells": some})
        else:
            self._list(Where(title), "unread_column", heading)

    def _list(
        self,
        where: Where,
        code: str,
        printed: str,
        severity: str = "warning",
        params: Params = NOTHING,
        suggestions: tuple[str, ...] = (),
    ) -> None:
        """List something that was not read; an error until a person decides to leave it out.

        A column of which a person said that nobody needs it is a remark.
        """
        printed = printed[:200]
        known = self._decided.decided(printed)
        column = self._decided.column(printed)
        if isinstance(known, Ignored):
            self.annex.unread += Place(where).problems_of(known, TABLE)
        elif column and column.value == "other":
            self.annex.unread.append(Place(where).warning("unread_column", printed, TABLE))
        else:
            self.annex.unread.append(
                Problem(severity, code, where, printed, params, suggestions, field=TABLE)
            )

    def _goes_on(self, table: PrintedTable) -> bool:
        """Whether a table without a header is the rest of the one before, cut by a page."""
        rows = [row for row in table.rows if any(row)]
        if not self._parts or not rows:
            return False
        title, before = self._parts[-1].title, self._parts[-1].columns
        if table.title != title or max(map(len, rows)) != before.width:
            return False
        cells = [before.take(row) for row in rows]
        if before.kind == "missions":
            return bool(re.fullmatch(r"\d+", cells[0].get("personnel", "").strip()))
        labels = [line(cell["label"]) for cell in cells]
        return before.kind == "network" and any(
            is_posting(label, self._resolver) for label in labels
        )

    def _pass_over(self, title: str, rows: Sequence[Row], questions: list[Problem]) -> None:
        """A table of another kind is named by its first row, so that a reader can look it up.

        One that looks like ours is an error: what it says would be missing from a table that is
        taken for complete. Where a column of it may be the one that is missing, that is asked.
        """
        printed = " | ".join(line(cell) for cell in next(filter(any, rows), ()) if cell)[:200]
        if questions and not isinstance(self._decided.decided(printed), Ignored):
            self.annex.unread += questions
        elif self._has_postings(rows[:1]) and self._has_postings(rows):
            self._list(Where(title), "no_header", printed, "error")
        elif printed:
            ours = any(role in _OURS for _, role in headings(printed.split()))
            across = list(zip_longest(*rows[:_ACROSS], fillvalue=""))
            ours = ours or self._has_postings(rows) or self._has_postings(across)
            self._list(Where(title), "unread_table", printed, "error" if ours else "warning")

    def _has_postings(self, rows: Sequence[Row]) -> bool:
        """Whether most cells of a column are plainly postings; countries count in the first."""
        width = max(map(len, rows), default=0)
        looks = (share(at, rows, None if at else self._resolver) for at in range(width))
        return width > 1 and any(part > 0.5 for part in looks)

    def _above(self, title: str, rows: Sequence[Row]) -> None:
        printed = " | ".join(line(cell) for row in rows for cell in row if cell)
        severity = "error" if self._has_postings(rows) else "warning"
        if printed and not set(printed.split()) <= set(title.split()):
            self._list(Where(title), "above_header", printed, severity)

    def _next(self, kind: str, title: str) -> tuple[int, int]:
        """The running number of the next row of a kind, and its number within its own table."""
        for counter in ((kind, ""), (kind, title)):
            self._counted[counter] = self._counted.get(counter, 0) + 1
        return self._counted[kind, ""], self._counted[kind, title]

    def _add(self, row: PrintedRow) -> None:
        """Keep a row with its numbers, which a table that is left out has too."""
        number, within = self._next(row.kind, row.table)
        part = self._parts[-1]
        part.rows.add((row.region, key(row.label), key(row.city) or key(row.area)))
        if not part.dropped:
            self.annex.rows.append(replace(row, row=number, table_row=within))

    def _row(self, kind: str, title: str, region: str, label: str) -> PrintedRow:
        return PrintedRow(kind, self._document, title, 0, region, label)

    def _network(
        self, table: PrintedTable, title: str, columns: Columns, rows: list[Placed]
    ) -> list[int]:
        above = [row for row in self.annex.rows if row.kind == "LO" and row.table == title]
        banner = above[-1].region if above else ""  # the rest of a table goes on below its banner
        read: list[int] = []
        body = self._body_of(title, [row for _, row in rows])
        for row in network_rows(columns, rows, self._resolver, banner):
            if row.part:
                self._list(Where(title), "below_total", row.label)
            elif row.total:
                self._network_total(title, columns, row)
            elif row.banner and row.status:
                self._list(Where(title), "heading_in_table", row.label, "error")
            elif not row.banner:
                read += row.at
                named = row if not body else replace(row, label=f"{row.label} - {body}")
                self._add_posting(table, title, columns, named if row.label else row)
        return read

    def _body_of(self, title: str, rows: Sequence[Row]) -> str:
        """The organisation of all rows, where a title names one and no row does.

        It is asked, and so is a title that names another service.
        """
        cells = " | ".join(line(cell) for row in rows for cell in row)
        if organisations_in(in_short(cells)):
            return ""
        ours = organisations_in(in_short(title))
        if len(ours) == 1:
            self._list(Where(title), "heading_in_table", self._parts[-1].name, "error")
            return ours[0]
        if not ours and OTHER_SERVICE.search(title):
            self._list(Where(title), "table_status", self._parts[-1].name, "error")
        return ""

    def _add_posting(
        self, table: PrintedTable, title: str, columns: Columns, row: NetworkRow
    ) -> None:
        """A posting; a second half that a person leaves out is none of it."""
        flags = row_flags(table, columns.roles, row.at)
        joined, apart = joined_halves(row.area, flags, self._resolver)
        row, halves = _with_blanks(row, flags), (*row.halves, *joined)
        area = row.area
        for half in halves:
            known = self._decided.decided(line(half))
            if isinstance(known, Ignored) and known.leaves_out:
                area = area.replace(f"\n{half}", "")
        for half in apart:
            area = area.replace(f"\n{half}", "")
        self._add_row(title, row, area, flags)
        if row.status and row.status not in self._statuses:
            self._statuses.add(row.status)
            self._list(Where(title), "unknown_status", row.status, "error")
        if _only_area(columns, flags):
            self._ask_of_row("row_apart", area, row.label)
        for half in halves:
            if not self._decided.decided(line(half)):
                self._ask_of_row("row_continues", half, row.label)
        for half in apart:
            self._add_row(title, row, half, tuple(map(_merged, ("label", "city"))))
            self._ask_of_row("row_apart", half, row.label)

    def _add_row(self, title: str, row: NetworkRow, area: str, flags: tuple[CellFlag, ...]) -> None:
        printed = self._row("LO", title, row.region, row.label)
        city, officers = row.city, row.officers
        self._add(replace(printed, city=city, area=area, officers=officers, flags=flags))

    def _ask_of_row(self, code: str, printed: str, label: str) -> None:
        """A question about the row that was added last, whether it is one with that above."""
        if not self._parts[-1].dropped:
            place, params = self.annex.rows[-1].place, {"above": label}
            self.annex.unread.append(place.error(code, line(printed), AS_READ, params=params))

    def _network_total(self, title: str, columns: Columns, row: NetworkRow) -> None:
        """The number below a network must be that of its rows or of their officers.

        That of a part may be the number of the rows since the part before it.
        """
        numbers = re.findall(r"\d+", row.label)
        mine = [each for each in self.annex.rows if each.kind == "LO" and each.table == title]
        counts = [1] * len(mine)
        if "officers" in columns.roles and all(re.fullmatch(COUNT, each.officers) for each in mine):
            counts = [int(each.officers) for each in mine]
        counted, fits = sum(counts), {str(sum(counts))}
        words = re.sub(r"^\w+\s+|\W*\d+\W*$", "", row.label)
        if (row.total and row.total.part) or is_banner(words, self._resolver):
            counted = sum(counts[self._parted.get(title, 0) :])
            fits.add(str(counted))
            self._parted[title] = len(mine)
        if not self._parts[-1].dropped and not (len(numbers) == 1 and fits & set(numbers)):
            severity = "error" if numbers else "warning"
            self._list(Where(title), "network_total", row.label, severity, {"counted": counted})

    def _filos(
        self, table: PrintedTable, title: str, columns: Columns, rows: list[Placed]
    ) -> list[int]:
        read = []
        for at, label, area in filo_rows(columns, rows):
            flags = row_flags(table, columns.roles, [at])
            self._add(replace(self._row("FILO", title, "", label), area=area, flags=flags))
            read.append(at)
        return read

    def _placements(
        self, table: PrintedTable, title: str, columns: Columns, rows: list[Placed]
    ) -> list[int]:
        read = []
        for region, placements in placement_groups(columns, rows):
            if not region:
                self._list(Where(title), "lonely_placement", placements[0][1])
            for at, label in placements:
                flags = row_flags(table, columns.roles, [at])
                self._add(replace(self._row("multilateral", title, region, label), flags=flags))
                read.append(at)
        return read

    def _missions(
        self, table: PrintedTable, title: str, columns: Columns, rows: list[Placed]
    ) -> list[int]:
        """Every mission, and the total below; what stands under that is no mission any more."""
        part = self._parts[-1]
        if not part.dropped:
            self._totals.setdefault(title, None)
        below, read = False, []
        sums: list[_Sum] = []
        above_all = [one.personnel for one in self.annex.deployments if one.table == title]
        for at, mission, duty, personnel in mission_rows(columns, rows, self._resolver):
            if personnel is None:
                self._list(Where(title), "heading_in_table", mission, "error")
                continue
            total = total_of(mission, [text for text in (duty, personnel.strip()) if text])
            if total and total.part:
                self._list(Where(title), "subtotal", f"{mission} {personnel}".strip())
            elif total:
                below = True
                printed_sum = personnel.strip() or total.number
                sums.append(_Sum(f"{mission} {personnel}".strip(), printed_sum, len(above_all)))
            elif below and (not personnel.strip() or PART_OF_TOTAL.fullmatch(in_short(mission))):
                self._list(Where(title), "below_total", f"{mission} {duty} {personnel}".strip())
            else:
                read.append(at)
                number, within = self._next("mission", title)
                part.rows.add((key(mission), key(duty)))
                flags = row_flags(table, columns.roles, [at])
                above = {flag.cell: line(flag.text) for flag in flags if flag.kind == "blank"}
                mission, duty = mission or above.get("mission", ""), duty or above.get("duty", "")
                printed = PrintedDeployment(
                    self._document, title, number, mission, duty, personnel, within, flags
                )
                self.annex.deployments += [] if part.dropped else [printed]
                above_all.append(personnel)
        if not part.dropped:
            self._read_sums(title, sums, above_all)
        return read

    def _read_sums(self, title: str, sums: list[_Sum], personnel: list[str]) -> None:
        """The last row is the total of a table; a sum with rows below is one of a part, or asked.

        A part begins at the first row or below the sum before it.
        """
        begin = 0
        for one in sums:
            is_last = one.above == len(personnel)
            if is_last and (one.above or not one.number.strip("0")):  # no sum of nothing
                self._read_total(title, one.number)
                continue
            counts = [int(each) if each.strip().isdigit() else 0 for each in personnel[: one.above]]
            fits = one.above and one.number in {str(sum(counts)), str(sum(counts[begin:]))}
            self._list(Where(title), "subtotal", one.printed, "warning" if fits else "error")
            begin = one.above

    def _read_total(self, title: str, printed: str) -> None:
        found = re.fullmatch(rf"({COUNT})(?:\s+\D+)?", printed)
        if found:
            self._totals[title] = int(found[1])
        elif printed:
            self._list(Where(title), "total_no_number", printed)

    def finish(self, text: str, unseen: Sequence[LeftOut]) -> None:
        """What can be said only when every table was seen: totals, dates, tables that are lost."""
        annex = self.annex
        below = "\n".join([text, *(note for _, note in self._typed)])
        self._hang_notes(typed_notes(below))
        flags = [flag for row in annex.rows for flag in row.flags]
        flags += [flag for one in annex.deployments for flag in one.flags]
        hanging = {flag.text for flag in flags if flag.kind == "note"}
        for title, note in self._typed:
            if not any(note.endswith(each) for each in hanging):
                self._note(title, note)
        for note in named_notes(below) if self._parts else ():
            if speaks(note, "", self._resolver):
                self._list(TEXT, "table_note_decides", note, "error", {"note": note})
        row_names, printed = self._printed(hanging)
        for sentence in telling(text, row_names, printed) if self._parts else ():
            self._list(TEXT, "table_note_decides", sentence, "error", {"note": sentence})
        for one in left_out(unseen):
            self._list(one.where, one.code, one.printed, one.severity, one.params)
        for part, code, params, names in doubtful_pairs(self._parts):
            self._list(Where(part.name), code, part.name, "error", params, names)
        if annex.deployments:
            totals = list(self._totals.values())
            if None in totals:
                title = next(title for title, total in self._totals.items() if total is None)
                annex.unread.append(Problem("warning", "no_total", Where(title)))
            else:
                annex.total = sum(filter(None, totals))
            annex.missions_as_of = self._date("missions", text)
        posts = any(row.kind == "LO" for row in annex.rows)
        if posts:
            annex.network_as_of = self._date("network", text)
        headers = lost_headers(text)
        for kind, printed in headers.items():
            if not any(part.kind == kind for part in self._parts):
                self._list(TEXT, _COLUMNS_LOST[kind], printed, "error")
        lost = rows_in_text(text, {key(row.label) for row in annex.rows})
        if lost and (posts or "network" not in headers):
            self._list(TEXT, "rows_in_text", lost[0], "error", {"count": len(lost)})

    def _printed(self, hanging: Iterable[str]) -> tuple[list[str], str]:
        """(cities, countries and missions of the rows, all that the tables and notes print)."""
        names, cells = [], []
        for row in self.annex.rows:
            names += [*row.city.split("/"), _COUNTRY_END.split(row.label, maxsplit=1)[0]]
            cells += [row.region, row.label, row.city, row.area]
        for one in self.annex.deployments:
            names += [one.mission, one.duty_station]
            cells += [one.mission, one.duty_station]
        noted = [problem.printed for problem in self.annex.unread]
        return names, " ".join([*cells, *noted, *hanging, *self._titles])

    def _hang_notes(self, notes: dict[str, str]) -> None:
        """Hang the notes typed below the tables on the rows that point to them."""
        annex = self.annex
        for place, row in enumerate(annex.rows if notes else ()):
            cells = {"label": row.label, "city": row.city, "area": row.area}
            annex.rows[place] = replace(
                row, flags=(*row.flags, *pointed_at(cells, row.flags, notes))
            )
        for place, one in enumerate(annex.deployments if notes else ()):
            cells = {"mission": one.mission, "duty": one.duty_station, "personnel": one.personnel}
            annex.deployments[place] = replace(
                one, flags=(*one.flags, *pointed_at(cells, one.flags, notes))
            )

    def _date(self, kind: str, text: str) -> str | None:
        """The reference date of the tables of a kind; what is doubtful of it is listed."""
        # A date in the text alone is that of the missions, unless they have one of their own.
        alone = kind == "missions" or not self.annex.deployments
        alone = alone or self._reference_date("missions", text, alone=False) is not None
        date = self._reference_date(kind, text, alone=alone)
        if isinstance(date, DoubtfulDate):
            params: Params = {"table": kind}
            self.annex.unread.append(
                Problem("error", date.code, TEXT, date.printed, params, date.days, field=AS_OF)
            )
            return None
        return date

    def _reference_date(self, kind: str, text: str, *, alone: bool) -> str | DoubtfulDate | None:
        return reference_date(kind, self._parts, self._titles, text, alone=alone)
