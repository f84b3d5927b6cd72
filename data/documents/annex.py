"""The tables of an annex, found by their headers, as printed rows for `geo` to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data.documents.cells import PrintedTable
from data.documents.headers import Columns, columns_of, line
from geo.missions import PrintedDeployment
from geo.names import Match, Resolver
from geo.postings import PrintedRow
from geo.problems import Problem
from geo.schemas import ORGANISATIONS

_MONTHS = [
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
]
_AS_OF = re.compile(rf"peildatum:?\s+(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.I)
_MOST_WORDS = 20  # of the name of one country
_FLAT_ROW = re.compile(r"^(.*\D)\s+(\d+)$")
_TOTAL = re.compile(r"^totaal(?:\s+generaal)?\s*:?\s*(\d*)$", re.I)
# A header in running text: the table was copied without its columns.
_LOST = {
    "network": re.compile(r"liaison officers\s+werklocatie\s+werkgebied", re.I),
    "missions": re.compile(r"missienaam\s+(?:standplaats\s+)?aantal uitgezonden", re.I),
}
_POSTING = re.compile(rf"\b(?:{'|'.join(ORGANISATIONS)})\s*$", re.I)

Row = tuple[str, ...]


@dataclass
class Annex:
    """What an annex prints: posting rows, mission rows, the printed total, the reference date.

    `unread` lists what stands in tables and was not understood.
    """

    rows: list[PrintedRow] = field(default_factory=list)
    deployments: list[PrintedDeployment] = field(default_factory=list)
    total: int | None = None
    missions_as_of: str | None = None
    unread: list[Problem] = field(default_factory=list)


def read_annex(
    document: str, text: str, tables: Sequence[PrintedTable], resolver: Resolver
) -> Annex:
    """Sort the tables of `document` by their headers; what is of another kind is listed."""
    annex, last = Annex(missions_as_of=reference_date(text)), None
    for number, table in enumerate(tables, start=1):
        title = table.title or f"table {number}"
        found = columns_of(table.rows)
        if found is None and last and _goes_on(table, *last, resolver):
            found = Columns(last[1].kind, last[1].roles, last[1].width, start=0)
        if found is None:
            _pass_over(annex, title, table)
            continue
        last = (table.title, found)
        rows = [row for row in table.rows[found.start :] if not found.repeats(row)]
        _unread_columns(annex, title, found, table)
        _READERS[found.kind](annex, document, title, found, rows, resolver)
    _look_for_lost(annex, text)
    return annex


def _look_for_lost(annex: Annex, text: str) -> None:
    """A table that is there and cannot be read must not pass for one that is not there."""
    found = {"network": _last(annex, "LO"), "missions": len(annex.deployments)}
    for kind, header in _LOST.items():
        printed = header.search(text)
        if printed and not found[kind]:
            message = f"The columns of the table of the {kind} are lost; use the Word file."
            annex.unread.append(Problem("error", "text", line(printed[0]), message))


def reference_date(text: str) -> str | None:
    """The first "peildatum 12 november 2025" of a text as an ISO date."""
    found = _AS_OF.search(text)
    if not found:
        return None
    month = _MONTHS.index(found[2].casefold()) + 1
    return f"{found[3]}-{month:02d}-{int(found[1]):02d}"


def _goes_on(table: PrintedTable, title: str, before: Columns, resolver: Resolver) -> bool:
    """Whether a table without a header is the rest of the one before, cut by a page."""
    rows = [row for row in table.rows if any(row)]
    if not rows or table.title != title or max(map(len, rows)) != before.width:
        return False
    first = before.take(rows[0])
    if before.kind == "missions":
        return bool(re.fullmatch(r"\d+", first["personnel"].strip()))
    return before.kind == "network" and _is_posting(line(first["label"]), resolver)


def _pass_over(annex: Annex, title: str, table: PrintedTable) -> None:
    """A table of another kind is named by its first row, so that a reader can look it up."""
    printed = " | ".join(line(cell) for cell in next(filter(any, table.rows), ()) if cell)
    if printed:
        message = "This table is of another kind and was not read."
        annex.unread.append(Problem("warning", title, printed[:200], message))


def _unread_columns(annex: Annex, title: str, found: Columns, table: PrintedTable) -> None:
    for heading in found.unread(table.rows):
        message = "This column is of another kind and was not read."
        annex.unread.append(Problem("warning", title, heading, message))


def _network(
    annex: Annex, document: str, title: str, found: Columns, rows: list[Row], resolver: Resolver
) -> None:
    """Every row but the banners, which stand alone over the whole width ("Afrika")."""
    region, number = "", _last(annex, "LO")
    for row in rows:
        cell = {role: line(text) for role, text in found.take(row).items()}
        filled = [text for text in cell.values() if text]
        if not filled:
            continue
        if len(filled) == 1 and cell["label"] and not _is_posting(cell["label"], resolver):
            region = cell["label"]
            continue
        number += 1
        label = " - ".join(part for part in (cell["label"], cell.get("organisation", "")) if part)
        where = cell.get("region") or region
        annex.rows.append(
            PrintedRow("LO", document, title, number, where, label, cell["city"], cell["area"])
        )


def _last(annex: Annex, kind: str) -> int:
    """The number of the last row of a kind: a second table of that kind goes on counting."""
    return max((row.row for row in annex.rows if row.kind == kind), default=0)


def _is_posting(label: str, resolver: Resolver) -> bool:
    """A posting may stand alone too, its other cells left empty: it is never taken for a banner."""
    return bool(_POSTING.search(label)) or isinstance(resolver.exact(label), Match)


def _filos(
    annex: Annex, document: str, title: str, found: Columns, rows: list[Row], resolver: Resolver
) -> None:
    for number, row in enumerate(filter(any, rows), start=_last(annex, "FILO") + 1):
        cell = {role: line(text) for role, text in found.take(row).items()}
        annex.rows.append(
            PrintedRow("FILO", document, title, number, "", cell["label"], "", cell["area"])
        )


def _placements(
    annex: Annex, document: str, title: str, found: Columns, rows: list[Row], resolver: Resolver
) -> None:
    """One column in groups; the first line of a group is where the officers are placed."""
    region, number, after_gap = "", _last(annex, "multilateral"), True
    for row in rows:
        label = line(found.take(row)["label"])
        if label and after_gap:
            region = label
        elif label:
            number += 1
            annex.rows.append(PrintedRow("multilateral", document, title, number, region, label))
        after_gap = not label


def _missions(
    annex: Annex, document: str, title: str, found: Columns, rows: list[Row], resolver: Resolver
) -> None:
    """Every mission, and the total below; what stands under the total is no mission any more."""
    number = max((row.row for row in annex.deployments), default=0)
    below = False
    for mission, duty, personnel in _mission_cells(found, rows, resolver):
        total = _TOTAL.match(mission)
        if total:
            printed = personnel.strip() or total[1]
            annex.total = int(printed) if re.fullmatch(r"[0-9]+", printed) else annex.total
            below = True
        elif below and not personnel.strip():
            message = "This stands under the total and was not read."
            annex.unread.append(Problem("warning", title, f"{mission} {duty}".strip(), message))
        else:
            number += 1
            annex.deployments.append(
                PrintedDeployment(document, title, number, mission, duty, personnel)
            )


def _mission_cells(
    found: Columns, rows: list[Row], resolver: Resolver
) -> Iterator[tuple[str, str, str]]:
    for row in filter(any, rows):
        if found.width == 1:
            mission, duty, personnel = _unflatten(row[0], resolver)
        else:
            cell = found.take(row)
            mission, duty, personnel = cell["mission"], cell.get("duty", ""), cell["personnel"]
        yield line(mission), line(duty), personnel


def _unflatten(text: str, resolver: Resolver) -> tuple[str, str, str]:
    """(mission, duty station, number) of a line whose columns are lost.

    The duty station is the longest end of the line that names one country for certain.
    """
    text = line(text)
    found = _FLAT_ROW.match(text)
    text, number = (found[1], found[2]) if found else (text, "")
    words = text.split()
    for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
        if isinstance(resolver.exact(" ".join(words[start:])), Match):
            return " ".join(words[:start]), " ".join(words[start:]), number
    return text, "", number


_READERS = {
    "network": _network,
    "filos": _filos,
    "placements": _placements,
    "missions": _missions,
}
