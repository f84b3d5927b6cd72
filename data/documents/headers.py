"""Which columns of a table mean what, told by the words of its header and never by their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.dates import ANY_MONTH

if TYPE_CHECKING:  # the readers of files run without the libraries that it needs
    from geo.names.resolver import Resolver

Row = Sequence[str]

# What its heading starts with -> what a column holds; one space stands for any white space.
_ROLES = {
    "label": r"liaison ?officers?\b|liaison ?officier(?:en)?\b|liaisons?\b"
    r"|lo(?: s)?\b|verbindingsofficier(?:en)?\b|officiers? de liaison\b|verbindungsbeamte[nr]?\b",
    "city": r"(?:vaste )?(?:werklocatie|werkplek|standplaats|duty ?station|stationeringsplaats"
    r"|vestigingsplaats)|plaats van (?:stationering|vestiging|tewerkstelling|plaatsing)"
    r"|lieux? d affectation|dienstort|(?:gevestigd|gestationeerd|geplaatst) (?:te|in)\b"
    r"|(?:post|ambassade) te$|locatie (?:van )?(?:de )?(?:post|lo|ambassade)|plaatsingsplaats",
    "side": r"(?:mede|neven) ?accreditatie|(?:overige|andere|bediende) landen|(?:bedient|dekt) ook",
    "area": r"werkgebied|accreditatie|zorggebied|geaccrediteerde? (?:in|voor|landen)"
    r"|landen ?(?:pakket|portefeuille)|(?:dekkings|ambts|aandachts|bedienings|verzorgings) ?gebied"
    r"|area of (?:accreditation|operations?)|accredited (?:to|for|in)|countries (?:covered|served)"
    r"|pays (?:accr[ée]dit[ée]|d accr[ée]ditation)|zone d accr[ée]ditation"
    r"|zust[äa]ndigkeits(?:bereich|gebiet)",
    "filo": r"filo ?s?\b|flexibele? (?:inzetbare )?(?:liaison ?officers?|lo s)\b|flexibel",
    "placement": r"(?:multilaterale )?plaatsingen$",
    "mission": r"missienaam|missies?\b|naam (?:van de )?missie",
    "personnel": r"aantal(?: (?:lo(?: s)?|liaison ?off\w+|(?:verbindings)?officieren|posten)\b)?"
    r"|uitgezonden|totaal\b",
    "organisation": r"(?:politie)?organisatie",
    "region": r"regio\b|werelddeel",
}
# Plainer words, that mean so only where they are the whole heading.
_PLAIN = {
    "post": r"(?:diplomatieke )?post(?:en)?|naam (?:van de )?post|posting",
    "host": r"(?:gast)?land|land van (?:plaatsing|stationering)|host(?: country)?|country|pays",
    "city": r"(?:woon)?plaats(?:naam)?|steden|stad|city|ville|locatie|(?:work )?location|vestiging",
    "area": r"landen|gebied|countries|accreditations?|accréditations?|work area|area"
    r"|bediende landen|landen in (?:het )?(?:werkgebied|portefeuille)|bedieningsgebied"
    r"|verantwoordelijkheidsgebied|area of responsibility|(?:ook )?geaccrediteerd (?:in|voor)",
    "mission": r"operaties?|(?:missies?|mission)(?: of | en | )operaties?|missions?",
    "personnel": r"(?:politie)?functionarissen|personen|personeel|politiemensen|deelnemers",
    "organisation": r"(?:uit)?zendende organisatie|korps|dienst|organisation|organization|service",
    "region": r"continent|region",
    "status": r"status|stand van zaken|bezetting",
    "number": r"nr|no|volgnr|volgnummer|nummer|rij",
    "function": r"functie|rol",
}
_HEADING = re.compile(r"\b(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _ROLES.items()) + ")")
_WHOLE = re.compile("|".join(f"(?P<{k}>{v})" for k, v in _PLAIN.items()))
_WORD = re.compile(
    "|".join(
        rf"(?P<{role}>\b(?:(?:{_ROLES.get(role, '$^')})\w*|(?:{_PLAIN.get(role, '$^')})\b))"
        for role in _ROLES | _PLAIN
    )
)
# Of two columns with numbers, the one that holds all who are sent.
_ALL_SENT = re.compile(r"totaal|uitgezonden(?! (?:sinds|vanaf|tot|op|in|door)\b)")
# In a network other numbers stand too ("Aantal landen").
_OFFICERS = re.compile(
    r"(?:totaal )?aantal(?: (?:lo(?: s)?|liaison ?off\w+|(?:verbindings)?officieren|posten"
    r"|(?:politie)?functionarissen|personen))?|(?:politie)?functionarissen|personen"
)
# "Aantal rotaties" and "Aantal (maximaal)" count something else than who is there today.
_OF_PEOPLE = (
    r"totaal|uitgezonden|ingezette?|geplaatste?|gedetacheerde?|gestationeerde?|aanwezige?|huidige?"
    r"|actieve?|werkzame?|nederlandse?|belgische?|vaste?|np|kmar|gpi|politie\w*|marechaussees?|lo|s"
    r"|liaisons?|off(?:iciere?|ice)?(?:n|rs?)?|verbindingsofficieren|functionarissen|posten"
    r"|plaatsingen|personen|personeel(?:sleden)?|pers|leden|medewerkers|mensen|deelnemers"
    r"|man(?:nen)?|vrouwen|missies?|operaties?|in|op|per|van|de|het|naar|voor|bij|aan|door|en|is|nu"
    r"|thans|momenteel|peildatum|datum|stand|situatie|begin|medio|eind(?:e)?|ultimo|d\.d|sinds|vanaf"
    rf"|tot|t/m|kwartaal|q[1-4]|{ANY_MONTH}|\d+"
)
_COUNTS_PEOPLE = re.compile(rf"aantal(?:[\W_]+(?:{_OF_PEOPLE})(?![^\W_]))*\W*")
# What a table must have to be of a kind, what it may have, and the names its columns then go by.
_NETWORK = {"label": "label", "city": "city", "area": "area"}
_BESIDE = {role: role for role in ("organisation", "region", "side", "host", "post", "status")}
_BESIDE["personnel"] = "officers"
_KINDS: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    ("network", _NETWORK, _BESIDE),
    ("missions", {"mission": "mission", "personnel": "personnel"}, {"city": "duty"}),
    ("filos", {"filo": "label", "area": "area"}, {}),
    ("placements", {"placement": "label"}, {}),
)
# What a person may say a column holds, by the words of this module.
_DECIDED = {"officers": "personnel", "duty": "city"}
# Headers whose columns are lost. "Missies met een aantal" and "missies uitgezonden" are none.
_LOST = {
    "network": "(?:{label}) (?:{city}) (?:{area})",
    "missions": r"missienaam\b[^.,;]{{0,60}}?\baantal\b"
    r"|(?:{mission}) (?:(?:{city}) (?:{personnel})|aantal)",
    "placements": r"(?<![^\n])(?:multilaterale )?plaatsingen(?![^\n])",
}
_LOST_IN_TEXT = {
    kind: re.compile(
        rf"\b(?:{words.format_map(_ROLES)})".replace(" ?", r"\s*").replace(" ", r"\s+"), re.I
    )
    for kind, words in _LOST.items()
}
_FLAT_MISSIONS = re.compile(_LOST["missions"].format_map(_ROLES))
_MARK = re.compile(r"\[(?:footnoteRef:)?\d+:?\]|(?<=\w)[\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\(\d+\)$")
# "LO (stad)": what stands in the bracket says which column it is.
_SAYS_WHICH = re.compile(r"(?P<label>[^()]+?) ?\((?P<which>[^()]+)\)")
_OF_OFFICER = re.compile(r"^lo (?=standplaats|werk)")  # "LO-standplaats" is the city
_BRACKET = re.compile(r"\s*\([^()]*\)?$")
_SPACES = str.maketrans(dict.fromkeys("-‐‑–’‘'ʼ`´", " "))
_BROKEN = re.compile(r"(?<=\w)(?:[-‐\u00ad]\s*\n\s*|\u00ad\s+)(?=\w)")  # a word over two lines
_SPACED = re.compile(r"(?:\w\s){3,}\w")  # "S t a d"
_LONGEST = 200  # signs; what stands behind them makes no heading of a cell, and would take long
_MOST_WORDS = 8  # of a header in a line of text; a sentence with the same words is longer
_MOST_PIECES = 12  # words of a line that may be a piece of a header; a line of prose is longer
_DEPTH = 3  # rows in which a header is looked for; above it may stand a merged title


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns by role, and the row behind its header.

    `kind` is network, filos, placements or missions; `width` counts the cells of the header.
    `headings` are its cells; where it stands in two rows, `lines`, those of both together.
    `doubles` are headings that compete for a column the table must have; the first one has it.
    """

    kind: str
    roles: dict[str, int]
    width: int
    start: int
    doubles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def take(self, row: Row) -> dict[str, str]:
        """The cells of a row by role; a cell that the row lacks is empty."""
        return {role: row[at] if at < len(row) else "" for role, at in self.roles.items()}

    def repeats(self, row: Row) -> bool:
        """Whether a row is the header once more, as it stands at the top of a page."""
        found = columns_of([row])
        if found is not None and found.kind == self.kind:
            return True
        words = [_heading(cell) for cell in row]
        return any(words) and any(
            all(word in ("", _heading(own)) for word, own in zip(words, header, strict=True))
            for header in (self.headings, *self.lines)
            if len(header) == len(words)
        )

    def unread(self, rows: Sequence[Row]) -> list[int]:
        """The columns that hold text and have no role."""
        below = rows[self.start :]
        filled = {at for row in below for at, cell in enumerate(row) if line(cell)}
        return sorted(filled - set(self.roles.values()))

    def heading(self, at: int, rows: Sequence[Row]) -> str:
        """The heading of a column, or else its first cell."""
        own = line(self.headings[at]) if at < len(self.headings) else ""
        cells = (line(row[at]) for row in rows[self.start :] if at < len(row))
        return own or next(filter(None, cells), "")


def columns_of(rows: Sequence[Row], decided: Resolver | None = None) -> Columns | None:
    """The columns of the first header in the top rows of a table; None for another kind.

    A header may stand in two rows. `decided` knows what a person said that a column holds.
    """
    for start, row in enumerate(rows[:_DEPTH], start=1):
        if is_flat(row):
            return Columns("missions", {"mission": 0}, width=1, start=start, headings=tuple(row))
        found = _columns(row, start, decided)
        if found:
            return found
        two = _in_one(row, rows[start], decided) if start < len(rows) else ()
        found = _columns(two, start + 1, decided) if two else None
        if found:
            return replace(found, lines=(tuple(map(line, row)), tuple(map(line, rows[start]))))
    return None


def roles_of(row: Row, decided: Resolver | None = None) -> dict[str, list[int]]:
    """The columns of a row of headings by what they hold, in the words of a person's decision."""
    roles: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        role = _role(cell, decided)
        if role:
            roles.setdefault(role, []).append(at)
    return roles


def partial_columns(row: Row, start: int, decided: Resolver | None = None) -> Columns | None:
    """The columns of a network that prints no city or no work area at all, None for another kind.

    Whether it is a network must be told from its rows too.
    """
    printed = roles_of(row, decided)
    roles = _hosted(printed)
    # Countries with their capitals are in many tables.
    if not printed.keys() & {"label", "post"} or not roles.keys() & {"city", "area"}:
        return None
    needed = {role: role for role in _NETWORK if role in roles}
    return _taken("network", needed, _BESIDE, roles, row, start)


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


def headings(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Where in a line of words headings begin, and their roles: "Liaison Officers Standplaats".

    The plainer words count only in a line that holds nothing but headings.
    """
    places: dict[int, int] = {}
    text = ""
    for place, word in enumerate(map(_heading, texts)):
        places.setdefault(len(text), place)
        text += f"{word} " if word else ""
    text = text.rstrip()
    plain = [(m.start(), m.lastgroup or "") for m in _WORD.finditer(text)]
    needed = {"city", "area"} <= _as_needed({role for _, role in plain})
    if re.search(r"\w", _WORD.sub("", text)) or not needed:
        plain = [(m.start(), m.lastgroup or "") for m in _HEADING.finditer(text)]
    return [(places[start], role) for start, role in plain if start in places]


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
            if role_of(plain) == "placement" or starts_header(plain):
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


def _columns(row: Row, start: int, decided: Resolver | None = None) -> Columns | None:
    roles = _hosted(roles_of(row, decided))
    alone = sum(bool(_heading(cell)) for cell in row) == 1
    for kind, needed, beside in _KINDS:
        if needed.keys() <= roles.keys() and (alone or kind != "placements"):
            return _taken(kind, needed, beside, roles, row, start)
    return None


def _hosted(roles: dict[str, list[int]]) -> dict[str, list[int]]:
    """With a label and an area where others stand for them.

    Without officers a country is the label, else a post; a post beside a label is the city where
    there is no other. A side accreditation is a work area where there is no other.
    """
    if "post" in roles and "city" not in roles and roles.keys() & {"label", "host"}:
        roles = {"city" if role == "post" else role: at for role, at in roles.items()}
    if "post" in roles and "label" not in roles:
        roles = {"label" if role == "post" else role: at for role, at in roles.items()}
    if "area" not in roles and "side" in roles:
        roles = {"area" if role == "side" else role: at for role, at in roles.items()}
    if "host" in roles and "label" not in roles and "mission" not in roles:
        roles = {"label" if role == "host" else role: at for role, at in roles.items()}
    if "host" in roles and "mission" in roles and "city" not in roles:
        roles = {"city" if role == "host" else role: at for role, at in roles.items()}
    return roles


def _taken(
    kind: str,
    needed: dict[str, str],
    beside: dict[str, str],
    roles: dict[str, list[int]],
    row: Row,
    start: int,
) -> Columns:
    sent = [at for at in roles.get("personnel", ()) if _ALL_SENT.search(_heading(row[at]))]
    if len(sent) == 1:
        roles = roles | {"personnel": sent}
    if kind == "network" and "personnel" in roles:
        officers = [
            at
            for at in roles["personnel"]
            if _OFFICERS.fullmatch(_bare(row[at])) or not _role(row[at])
        ]
        roles = {role: at for role, at in roles.items() if role != "personnel"}
        roles |= {"personnel": officers} if officers else {}
    counted = [*needed, *(role for role in ("personnel", "organisation") if role in beside)]
    doubles = [at for role in counted for at in roles.get(role, ()) if len(roles[role]) > 1]
    names = {name: roles[role][0] for role, name in (needed | beside).items() if role in roles}
    headings = tuple(map(line, row))
    return Columns(kind, names, len(row), start, tuple(headings[at] for at in doubles), headings)


def _in_one(upper: Row, lower: Row, decided: Resolver | None) -> Row:
    """A header of two rows as one; empty where the lower row is no part of a header.

    The lower row must hold headings and hardly anything else: a row of data would be lost.
    """
    filled = [cell for cell in lower if line(cell)]
    known = [cell for cell in filled if is_heading(cell)]
    if not known or len(known) * 2 < len(filled) or not any(map(line, upper)):
        return ()
    cells, above_counts = [], False
    for at in range(max(len(upper), len(lower))):
        above, below = (row[at] if at < len(row) else "" for row in (upper, lower))
        both = f"{above}\n{below}".strip()
        own = next((cell for cell in (below, above, both) if _role(cell, decided)), both)
        above_counts = above_counts or (own != below and bool(_role(own, decided)))
        cells.append(own)
    return cells if above_counts else ()


def is_heading(cell: str) -> bool:
    """Whether a cell holds the words of a heading and no others."""
    readings = [_BRACKET.sub("", text) for text in _readings(cell)]
    return any(bool(text) and not re.search(r"\w", _WORD.sub("", text)) for text in readings)


def _role(cell: str, decided: Resolver | None = None) -> str:
    """What a column with this heading holds, '' for one that is not known or left out."""
    known = decided.column(line(cell)) if decided else None
    if known:
        return "" if known.value == "other" else _DECIDED.get(known.value, known.value)
    for text in _readings(cell):
        text = _OF_OFFICER.sub("", text)
        which = _SAYS_WHICH.fullmatch(text)
        inner = _WHOLE.fullmatch(which["which"]) if which and _HEADING.match(text) else None
        if inner and inner.lastgroup in ("city", "host"):
            return inner.lastgroup
        found = _HEADING.match(text) or _WHOLE.fullmatch(_bare(text))
        if found and (not text.startswith("aantal") or _COUNTS_PEOPLE.fullmatch(text)):
            return found.lastgroup or ""
    return ""


def _bare(heading: str) -> str:
    """A heading without what stands in brackets behind it: "Aantal (per 1-1-2026)"."""
    return _BRACKET.sub("", _heading(heading)).strip(" :")


def _readings(cell: str) -> Iterator[str]:
    """A heading as it stands, and with a word that is broken or spaced made one again."""
    cell = cell[:_LONGEST]
    yield _heading(cell)
    if _BROKEN.search(cell):
        yield _heading(_BROKEN.sub("", cell))
    if "\n" in cell.strip() and len(cell.split()) == 2:
        yield _heading("".join(cell.split()))
    if _SPACED.search(cell):
        yield _heading(re.sub(r"(?<=\b\w) (?=\w\b)", "", cell.strip()))


def _announces(roles: set[str]) -> bool:
    """Whether so many headings of one kind are there that a table may stand below them.

    Two are enough: others may be cut into pieces.
    """
    roles = _as_needed(roles)
    return any(
        next(iter(needed)) in roles and len(roles & {*needed, "city"}) > 1
        for _, needed, _ in _KINDS
    )


def _as_needed(roles: set[str]) -> set[str]:
    """With a label and an area where others stand for them."""
    label = {"label"} if roles & {"host", "post"} else set()
    return roles | label | ({"area"} if "side" in roles else set())


def _heading(cell: str) -> str:
    """A heading without capitals, footnote marks, apostrophes and hyphens."""
    text = _MARK.sub("", line(cell[:_LONGEST])).casefold().strip(" :")
    return " ".join(text.translate(_SPACES).split())
