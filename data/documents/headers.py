"""Which columns of a table mean what, told by the words of its header and never by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[str]

# What its heading starts with -> what a column holds; one space stands for any white space.
_ROLES = {
    "label": r"liaison ?officers?\b|liaisons?\b|lo(?: s)?\b",
    "city": r"(?:vaste )?(?:werklocatie|standplaats|duty ?station)",
    "area": r"werkgebied|accreditatie",
    "filo": r"filo ?s?\b|flexibele? (?:inzetbare )?(?:liaison ?officers?|lo s)\b|flexibel",
    "placement": r"(?:multilaterale )?plaatsingen$",
    "mission": r"missienaam|missies?\b|naam (?:van de )?missie",
    "personnel": r"aantal|uitgezonden|totaal\b",
    "organisation": r"organisatie",
    "region": r"regio\b|werelddeel",
}
_HEADING = re.compile(r"\b(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _ROLES.items()) + ")")
# Of two columns with numbers, the one that holds all who are sent.
_ALL_SENT = re.compile(r"totaal|uitgezonden(?! (?:sinds|vanaf|tot|op|in|door)\b)")
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
# Headers whose columns are lost. "Missies met een aantal" and "missies uitgezonden" are none.
_LOST = {
    "network": "(?:{label}) (?:{city}) (?:{area})",
    "missions": r"missienaam\b[^.,;]{{0,60}}?\baantal\b"
    r"|(?:{mission}) (?:(?:{city}) (?:{personnel})|aantal)",
}
_LOST_IN_TEXT = {
    kind: re.compile(
        rf"\b(?:{words.format_map(_ROLES)})".replace(" ?", r"\s*").replace(" ", r"\s+"), re.I
    )
    for kind, words in _LOST.items()
}
_FLAT_MISSIONS = re.compile(_LOST["missions"].format_map(_ROLES))
_MARK = re.compile(r"\[(?:footnoteRef:)?\d+:?\]|(?<=\w)[\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\(\d+\)$")
_SPACES = str.maketrans(dict.fromkeys("-‐‑–’‘'ʼ`´", " "))
_LONGEST = 200  # signs; what stands behind them makes no heading of a cell, and would take long
_MOST_WORDS = 8  # of a header in a line of text; a sentence with the same words is longer
_MOST_PIECES = 12  # words of a line that may be a piece of a header; a line of prose is longer
_DEPTH = 3  # rows in which a header is looked for; above it may stand a merged title


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns by role, and the row behind its header.

    `kind` is network, filos, placements or missions; `width` counts the cells of the header.
    `doubles` are headings that compete for a column the table must have; the first one has it.
    """

    kind: str
    roles: dict[str, int]
    width: int
    start: int
    doubles: tuple[str, ...] = ()

    def take(self, row: Row) -> dict[str, str]:
        """The cells of a row by role; a cell that the row lacks is empty."""
        return {role: row[at] if at < len(row) else "" for role, at in self.roles.items()}

    def repeats(self, row: Row) -> bool:
        """Whether a row is the header once more, as it stands at the top of a page."""
        found = columns_of([row])
        return found is not None and found.kind == self.kind

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
        if is_flat(row):
            return Columns("missions", {"mission": 0}, width=1, start=start)
        found = _columns(row, start)
        if found:
            return found
    return None


def role_of(heading: str) -> str | None:
    """What a column with this heading holds; None for a heading we do not know."""
    found = _HEADING.match(_heading(heading))
    return found.lastgroup if found else None


def kind_of(row: Row) -> str:
    """The kind of table that a row of headings announces, each in a cell of its own, or ''."""
    found = _columns(row, 1)
    return found.kind if found else ""


def is_flat(row: Row) -> bool:
    """Whether a row is the header of a table of missions whose columns are lost: all in one."""
    return len(row) == 1 and bool(_FLAT_MISSIONS.match(_heading(row[0])))


def headings(words: Sequence[str]) -> list[tuple[int, str]]:
    """Where in a line of words headings begin, and their roles: "Liaison Officers Standplaats"."""
    places: dict[int, int] = {}
    text = ""
    for place, word in enumerate(map(_heading, words)):
        places.setdefault(len(text), place)
        text += f"{word} " if word else ""
    found = _HEADING.finditer(text.rstrip())
    return [(places[m.start()], m.lastgroup or "") for m in found if m.start() in places]


def starts_header(text: str) -> bool:
    """Whether a line of text may be the header of a table, its columns apart or not.

    "Plaatsingen" must stand alone: with another word before it, it is the title of the table.
    """
    words = text.split()
    found = headings(words) if len(words) <= _MOST_WORDS else []
    if not found or found[0][0]:
        return False
    roles = {role for _, role in found}
    return _announces(roles) or (len(words) == 1 and roles == {"placement"})


def may_hold_header(text: str) -> bool:
    """Whether a page may hold the header of a table: in pieces, on short lines, or in one."""
    roles: set[str] = set()
    for words in map(str.split, text.split("\n")):
        if 0 < len(words) <= _MOST_PIECES:
            plain = _heading(" ".join(words))
            roles.update(found.lastgroup or "" for found in _HEADING.finditer(plain))
            if role_of(plain) == "placement":
                return True
    return _announces(roles) or bool(lost_headers(text))


def lost_headers(text: str) -> dict[str, str]:
    """Kind -> header as printed, of the tables of which running text holds only the words."""
    text = text.replace("\u00ad", "")
    plain = text.translate(_SPACES)
    found = {kind: pattern.search(plain) for kind, pattern in _LOST_IN_TEXT.items()}
    return {kind: line(text[m.start() : m.end()]) for kind, m in found.items() if m}


def line(cell: str) -> str:
    """A cell on one line: no-break spaces are spaces, soft hyphens are gone, dashes stay."""
    return " ".join(cell.replace("\u00ad", "").replace("\u2011", "-").split())


def _columns(row: Row, start: int) -> Columns | None:
    words = [_heading(cell) for cell in row]
    roles: dict[str, list[int]] = {}
    for at, text in enumerate(words):
        found = _HEADING.match(text)
        if found:
            roles.setdefault(found.lastgroup or "", []).append(at)
    alone = sum(map(bool, words)) == 1
    for kind, needed, welcome in _KINDS:
        if needed.keys() <= roles.keys() and (alone or kind != "placements"):
            sent = [at for at in roles.get("personnel", ()) if _ALL_SENT.search(words[at])]
            if len(sent) == 1:
                roles["personnel"] = sent
            doubles = [at for role in needed for at in roles[role] if len(roles[role]) > 1]
            names = {
                name: roles[role][0] for role, name in (needed | welcome).items() if role in roles
            }
            return Columns(kind, names, len(row), start, tuple(line(row[at]) for at in doubles))
    return None


def _announces(roles: set[str]) -> bool:
    """Whether so many headings of one kind are there that a table may stand below them.

    Two are enough: others may be cut into pieces.
    """
    return any(
        next(iter(needed)) in roles and len(roles & {*needed, "city"}) > 1
        for _, needed, _ in _KINDS
    )


def _heading(cell: str) -> str:
    """A heading without capitals, footnote marks, apostrophes and hyphens."""
    text = _MARK.sub("", line(cell[:_LONGEST])).casefold().strip(" :")
    return " ".join(text.translate(_SPACES).split())
