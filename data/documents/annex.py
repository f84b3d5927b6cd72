"""The tables of an annex, found by their headers, as printed rows for `geo` to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.documents.cells import PrintedTable
from geo.missions import PrintedDeployment
from geo.names import Match, Resolver
from geo.postings import PrintedRow
from geo.schemas import ORGANISATIONS

_MONTHS = [
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
]
_AS_OF = re.compile(rf"peildatum\s+(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.I)
_FLAT_ROW = re.compile(r"^(.*\D)\s+(\d+)$")


@dataclass(frozen=True)
class Annex:
    """What an annex prints: posting rows, mission rows, the printed total, the reference date."""

    rows: tuple[PrintedRow, ...]
    deployments: tuple[PrintedDeployment, ...]
    total: int | None
    missions_as_of: str | None


def read_annex(document: str, text: str, tables: list[PrintedTable], resolver: Resolver) -> Annex:
    """Sort the tables of `document` by their headers; tables of another kind are passed over."""
    rows: list[PrintedRow] = []
    deployments: list[PrintedDeployment] = []
    for table in tables:
        header = " ".join(table.rows[0]).casefold() if table.rows else ""
        if "werklocatie" in header and "werkgebied" in header:
            rows.extend(_network(document, table, resolver))
        elif "filo" in header and "werkgebied" in header:
            rows.extend(_filos(document, table))
        elif header.strip() == "plaatsingen":
            rows.extend(_placements(document, table))
        elif header.startswith("missienaam"):
            deployments.extend(_missions(document, table, resolver))
    counted = tuple(row for row in deployments if not _is_total(row.mission))
    totals = [row.personnel for row in deployments if _is_total(row.mission)]
    total = int(totals[0]) if totals and re.fullmatch(r"[0-9]+", totals[0].strip()) else None
    return Annex(tuple(rows), counted, total, reference_date(text))


def reference_date(text: str) -> str | None:
    """The first "peildatum 12 november 2025" of a text as an ISO date."""
    found = _AS_OF.search(text)
    if not found:
        return None
    month = _MONTHS.index(found[2].casefold()) + 1
    return f"{found[3]}-{month:02d}-{int(found[1]):02d}"


def _network(document: str, table: PrintedTable, resolver: Resolver) -> Iterator[PrintedRow]:
    """Every row but the banners, which stand alone over the whole width ("Afrika")."""
    region, row = "", 0
    for cells in table.rows[1:]:
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) == 1 and cells[0] and not _is_posting(cells[0], resolver):
            region = _line(filled[0])
            continue
        row += 1
        label, city, area = (_line(cell) for cell in (*cells, "", "")[:3])
        yield PrintedRow("LO", document, table.title, row, region, label, city, area)


def _is_posting(label: str, resolver: Resolver) -> bool:
    """A posting may stand alone too, its other cells left empty: it is never taken for a banner."""
    organisation = re.search(rf"\b(?:{'|'.join(ORGANISATIONS)})\s*$", label, re.I)
    return bool(organisation) or isinstance(resolver.exact(label), Match)


def _filos(document: str, table: PrintedTable) -> Iterator[PrintedRow]:
    for row, cells in enumerate(filter(any, table.rows[1:]), start=1):
        label, area = (*cells, "")[:2]
        yield PrintedRow("FILO", document, table.title, row, "", _line(label), "", _line(area))


def _placements(document: str, table: PrintedTable) -> Iterator[PrintedRow]:
    """One column in groups; the first line of a group is where the officers are placed."""
    region, row = "", 0
    after_gap = True
    for cells in table.rows[1:]:
        label = _line(cells[0])
        if label and after_gap:
            region = label
        elif label:
            row += 1
            yield PrintedRow("multilateral", document, table.title, row, region, label)
        after_gap = not label


def _missions(
    document: str, table: PrintedTable, resolver: Resolver
) -> Iterator[PrintedDeployment]:
    for row, cells in enumerate(filter(any, table.rows[1:]), start=1):
        if len(cells) == 1:
            mission, duty, personnel = _unflatten(cells[0], resolver)
        else:
            mission, duty, personnel = cells[0], " ".join(cells[1:-1]), cells[-1]
        yield PrintedDeployment(document, table.title, row, _line(mission), _line(duty), personnel)


def _unflatten(line: str, resolver: Resolver) -> tuple[str, str, str]:
    """(mission, duty station, number) of a line whose columns are lost.

    The duty station is the longest end of the line that names one country for certain.
    """
    found = _FLAT_ROW.match(line)
    text, number = (found[1], found[2]) if found else (line, "")
    words = text.split()
    for start in range(1, len(words)):
        if isinstance(resolver.exact(" ".join(words[start:])), Match):
            return " ".join(words[:start]), " ".join(words[start:]), number
    return text, "", number


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _is_total(mission: str) -> bool:
    return mission.casefold().rstrip(":") == "totaal"
