"""Which columns of a table mean what, told by the words of its header and never by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[str]

# The words a heading starts with -> what its column holds.
_ROLES = (
    (re.compile(r"liaison ?officers?\b|liaisons?\b|lo s\b|lo$"), "label"),
    (re.compile(r"(?:vaste )?(?:werklocatie|standplaats|duty ?station)"), "city"),
    (re.compile(r"werkgebied|accreditatie"), "area"),
    (re.compile(r"filo ?s?\b|flexibel"), "filo"),
    (re.compile(r"(?:multilaterale )?plaatsingen$"), "placement"),
    (re.compile(r"missienaam|missies?\b|naam (?:van de )?missie"), "mission"),
    (re.compile(r"aantal|uitgezonden"), "personnel"),
    (re.compile(r"organisatie"), "organisation"),
    (re.compile(r"regio\b|werelddeel"), "region"),
)
# What a table must have to be of a kind, what it may have, and the names its columns then go by.
_KINDS: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    ("missions", {"mission": "mission", "personnel": "personnel"}, {"city": "duty"}),
    (
        "network",
        {"label": "label", "city": "city", "area": "area"},
        {"organisation": "organisation", "region": "region"},
    ),
    ("filos", {"filo": "label", "area": "area"}, {}),
    ("placements", {"placement": "label"}, {}),
)
_FLAT_MISSIONS = re.compile(r"missienaam\b.*\baantal\b")
_MARK = re.compile(r"\[(?:footnoteRef:)?\d+:?\]|(?<=\w)[\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\(\d+\)$")
_LONGEST = 200  # signs; what stands behind them makes no heading of a cell, and would take long
_DEPTH = 3  # rows in which a header is looked for; above it may stand a merged title


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns by role, and the row behind its header.

    `kind` is network, filos, placements or missions; `width` counts the cells of the header.
    """

    kind: str
    roles: dict[str, int]
    width: int
    start: int

    def take(self, row: Row) -> dict[str, str]:
        """The cells of a row by role; a cell that the row lacks is empty."""
        return {role: row[at] if at < len(row) else "" for role, at in self.roles.items()}

    def repeats(self, row: Row) -> bool:
        """Whether a row is the header once more, as it stands at the top of a page."""
        found = _columns(row)
        return found is not None and found[0] == self.kind

    def unread(self, rows: Sequence[Row]) -> list[str]:
        """The headings, or else the first cells, of columns that hold text and have no role."""
        header = rows[self.start - 1] if self.start else ()
        found = []
        for at in range(max(map(len, rows), default=0)):
            cells = [line(row[at]) for row in rows[self.start :] if at < len(row) and row[at]]
            if cells and at not in self.roles.values():
                heading = line(header[at]) if at < len(header) else ""
                found.append(heading or cells[0])
        return found


def columns_of(rows: Sequence[Row]) -> Columns | None:
    """The columns of the first header in the top rows of a table; None for another kind."""
    for start, row in enumerate(rows[:_DEPTH], start=1):
        found = _columns(row)
        if found:
            return Columns(*found, width=len(row), start=start)
    return None


def line(cell: str) -> str:
    """A cell on one line: no-break spaces are spaces, soft hyphens are gone, dashes stay."""
    return " ".join(cell.replace("\u00ad", "").replace("\u2011", "-").split())


def _columns(row: Row) -> tuple[str, dict[str, int]] | None:
    words = [_heading(cell) for cell in row]
    if len(row) == 1 and _FLAT_MISSIONS.match(words[0]):
        return "missions", {"mission": 0}
    roles: dict[str, int] = {}
    for at, text in enumerate(words):
        for pattern, role in _ROLES:
            if role not in roles and pattern.match(text):
                roles[role] = at
                break
    alone = sum(map(bool, words)) == 1
    for kind, needed, welcome in _KINDS:
        if needed.keys() <= roles.keys() and (alone or kind != "placements"):
            named = {
                name: roles[role] for role, name in (needed | welcome).items() if role in roles
            }
            return kind, named
    return None


def _heading(cell: str) -> str:
    """A heading without capitals, footnote marks, apostrophes and hyphens."""
    text = _MARK.sub("", line(cell[:_LONGEST])).casefold().strip(" :")
    return " ".join(re.sub(r"[-‐‑–’‘'ʼ`´]", " ", text).split())
