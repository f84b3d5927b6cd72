"""The rows of each kind of table, cell by cell, as `annex` counts them.

Every row keeps its place in the table, for what a document shows of its cells hangs on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from data.documents.banners import is_banner, is_heading, is_posting
from data.documents.headers import Columns, line
from data.documents.totals import Total, total_of
from geo.names.normalise import key
from geo.names.outcomes import Match
from geo.names.resolver import Resolver
from geo.reading.flags import CellFlag
from geo.reading.missions import COUNT
from geo.reading.organisations import in_short, organisations_in
from geo.reading.status import Status, cell_status
from geo.schemas import ORGANISATIONS

# A row below a total that takes it apart: "waarvan NP", or an organisation alone.
PART_OF_TOTAL = re.compile(
    r"(?:waarvan|w\.\s?v\.|daarvan|hiervan|onder\s+wie|of\s+which)\b.*"
    rf"|(?:{'|'.join(ORGANISATIONS)})\b\W*\d*\W*",
    re.I | re.S,
)
_MOST_WORDS = 20  # of the name of one country
_NUMBER = re.compile(COUNT)
_FLAT_ROW = re.compile(r"^(.*\D)\s+(\d+)$")
_OPEN_END = re.compile(r"(?:[/,;&(–-]|\b(?:en|and|et))\s*$", re.I)
_PIECES = re.compile(r"[/,;&()]|\b(?:en|and|et)\b", re.I)  # of a list, roughly
_OPEN_START = re.compile(r"\s*(?:[/,;&)–-]|\b(?:en|and|et)\b)", re.I)
# Words that a table broken over two pages puts behind the label of its second half.
_GOES_ON = re.compile(
    r"[\s–—-]*[(\[]?\s*\b(?:vervolg|voortzetting|cont(?:inued|inuation|['’]d|\.)?)\s*(?:$|[)\]]\s*)",
    re.I,
)
# A status that says no more than that the post is there.
ACTIVE = re.compile(
    r"(?:actief|actieve post|active?|bezet|ingevuld|operationeel|open|geplaatst|ja|[-–—✓✔xX])?\W*",
    re.I,
)
_ORGANISATIONS = {name.casefold() for name in ORGANISATIONS}

Row = tuple[str, ...]
Placed = tuple[int, Row]


@dataclass(frozen=True)
class NetworkRow:
    """A posting; `at` are its rows of the table, two where the second goes on with the first.

    `halves` are work areas of a second row that may be those of a posting of their own; `status` is
    one that is not known. In the line of a part of the world and in that of a total, `label` is all
    that it prints.
    """

    at: tuple[int, ...]
    region: str
    label: str = ""
    city: str = ""
    area: str = ""
    officers: str = ""
    halves: tuple[str, ...] = ()
    status: str = ""
    banner: bool = False
    total: Total | None = None
    part: bool = False


def network_rows(
    columns: Columns, rows: Iterable[Placed], resolver: Resolver, region: str = ""
) -> Iterator[NetworkRow]:
    """Every row that is not empty, the banners too, which stand alone ("Afrika").

    `region` is that of the last banner before. An organisation or a status in a column of its own
    goes behind the label; the area keeps its line breaks.
    """
    waiting: NetworkRow | None = None
    heading = ""
    for at, row in rows:
        cell = {role: line(text) for role, text in columns.take(row).items()}
        filled = [text for text in cell.values() if text]
        printed = list(filter(None, map(line, row)))
        first = printed[0] if printed else ""
        total = total_of(first, printed[1:])
        if total or printed == [cell.get("officers")]:
            one = NetworkRow((at,), region, " ".join(printed), total=total or Total(first))
        elif waiting and waiting.total and PART_OF_TOTAL.fullmatch(in_short(" ".join(printed))):
            one = replace(waiting, at=(at,), label=" ".join(printed), part=True)
        elif (
            len(printed) == 1 and (first == cell["label"] or row[0]) and is_banner(first, resolver)
        ):
            region, heading = first, ""
            one = NetworkRow((at,), region, first, banner=True)
        elif (
            len(printed) == 1
            and first == cell["label"]
            and not (waiting and _is_open(waiting.label))
            and is_heading(first, resolver)
        ):
            heading = first
            one = NetworkRow((at,), region, first, banner=True, status=first)
        elif not filled:
            continue
        else:
            one = _posting(at, columns.take(row), cell.get("region") or region, heading)
            whole = _continued(waiting, one, only=len(filled) == 1) if waiting else None
            if whole:
                waiting = whole
                continue
        if waiting:
            yield waiting
        waiting = one
    if waiting:
        yield waiting


def _posting(at: int, cells: dict[str, str], region: str, heading: str) -> NetworkRow:
    """A posting; what a `heading` above says of it goes behind its label too."""
    cell = {role: line(text) for role, text in cells.items()}
    label = " - ".join(filter(None, (cell["label"], cell.get("organisation", ""))))
    if heading and label:
        body = organisations_in(in_short(heading))
        label = f"{label} - {heading}" if body else f"{label} ({heading})"
    status = cell.get("status", "")
    if cell_status(status) != Status(status):
        label, status = f"{label} ({status})", ""
    elif ACTIVE.fullmatch(status):
        status = ""
    area = "\n".join(filter(None, (_lines(cells.get(role, "")) for role in ("area", "side"))))
    city, officers = cell.get("city", ""), cell.get("officers", "")
    return NetworkRow((at,), region, label, city, area, officers, status=status)


def _continued(above: NetworkRow, half: NetworkRow, *, only: bool) -> NetworkRow | None:
    """The row above with a row of one cell that goes on with it; None for a row of its own.

    Or with a row that says of itself that it goes on: "Kenia - NP (vervolg)". A label goes on where
    the one above is open. A work area alone is that of no posting, but where
    neither of the two is open, a person is asked.
    """
    if above.banner or above.total:
        return None
    at = (*above.at, *half.at)
    label = _GOES_ON.sub("", half.label)
    if label != half.label and _is_same(label, above.label) and _is_same(half.city, above.city):
        area = "\n".join(filter(None, (above.area, half.area)))
        return replace(above, at=at, area=area)
    if not only:
        return None
    if half.label and (_is_open(above.label) or re.match(r"[-–—(/]", half.label)):
        return replace(above, at=at, label=f"{above.label} {half.label}")
    if not half.area:
        return None
    certain = _is_open(above.area) or bool(above.area and _OPEN_START.match(half.area))
    area = "\n".join(filter(None, (above.area, half.area)))
    halves = above.halves if certain else (*above.halves, half.area)
    return replace(above, at=at, area=area, halves=halves)


def _is_same(second: str, first: str) -> bool:
    """Whether the second half of a row prints a cell again, or leaves it out."""
    return key(second) in ("", key(first))


def _is_open(text: str) -> bool:
    return bool(_OPEN_END.search(text)) or text.count("(") > text.count(")")


def joined_halves(
    area: str, flags: Sequence[CellFlag], resolver: Resolver
) -> tuple[list[str], list[str]]:
    """The parts of a work area that begin on a line which may be that of a posting of its own.

    It is no rest of the line above where names of countries end the one and begin the other.
    """
    lines = area.split("\n")
    doubtful = {
        below: flag.kind
        for flag in flags
        if flag.kind in ("joined", "apart") and flag.cell == "area"
        for above, _, below in [flag.text.partition("\n")]
        if _names_apart(above, below, resolver)
    }
    starts = [at for at, text in enumerate(lines) if at and text in doubtful]
    halves: dict[str, list[str]] = {"joined": [], "apart": []}
    for start, end in pairwise([*starts, len(lines)]):
        halves[doubtful[lines[start]]].append("\n".join(lines[start:end]))
    return halves["joined"], halves["apart"]


def _names_apart(above: str, below: str, resolver: Resolver) -> bool:
    if _is_open(above) or _OPEN_START.match(below):
        return False
    last, first = _PIECES.split(above)[-1].strip(), _PIECES.split(below)[0].strip()
    whole = resolver.knows(f"{last} {first}")
    return not whole and resolver.knows(last) and resolver.knows(first)


def filo_rows(columns: Columns, rows: Iterable[Placed]) -> Iterator[tuple[int, str, str]]:
    """(place, label, area) of every row that is not empty."""
    for at, row in rows:
        cell = columns.take(row)
        if any(map(line, cell.values())):
            yield at, line(cell["label"]), _lines(cell["area"])


def placement_groups(
    columns: Columns, rows: Iterable[Placed]
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """(where, placements with their places) of each group between empty rows.

    The first line of a group says where. A line that is alone in its group is a placement of which
    nothing says where ("").
    """
    groups: list[list[tuple[int, str]]] = [[]]
    for at, row in rows:
        label = line(columns.take(row)["label"])
        if label:
            groups[-1].append((at, label))
        else:
            groups.append([])
    for group in filter(None, groups):
        yield (group[0][1], group[1:]) if len(group) > 1 else ("", group)


def mission_rows(
    columns: Columns, rows: Iterable[Placed], resolver: Resolver
) -> Iterator[tuple[int, str, str, str | None]]:
    """(place, mission, duty station, number) of every row that is not empty, the total too.

    The number is None for a line that speaks of all rows below it ("Beëindigde missies"), which
    have its words in brackets behind their names.
    """
    above, heading = 0, ""
    for at, row in rows:
        if columns.width == 1:
            mission, duty, personnel = _unflatten("".join(row[:1]), resolver)
        else:
            cell = columns.take(row)
            mission, duty, personnel = cell["mission"], cell.get("duty", ""), cell["personnel"]
        alone = line(mission) and not line(duty) and not personnel.strip()
        if alone and is_heading(line(mission), resolver):
            heading = line(mission)
            yield at, heading, "", None
            continue
        if any(map(line, (mission, duty, personnel))):
            if heading and not total_of(line(mission)):
                mission = f"{mission} ({heading})"
            # A number alone that is the sum of those above it is their total.
            alone = not line(mission) and not line(duty) and personnel.strip() == str(above)
            yield at, "Totaal" if alone else line(mission), line(duty), personnel
            above += int(personnel) if _NUMBER.fullmatch(personnel.strip()) else 0


def _lines(cell: str) -> str:
    """A cell with its line breaks, each line as `line` makes it."""
    return "\n".join(filter(None, map(line, cell.splitlines())))


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


def columns_by_content(columns: Columns, rows: Sequence[Row], resolver: Resolver) -> Columns:
    """The columns of a network where the cells say which of two is the label.

    Where the officers have names of their own ("LO 1"), a country beside them is the label, and
    they may name the organisation. What is then nobody's column is unread.
    """
    roles = {role: at for role, at in columns.roles.items() if role not in ("host", "post")}
    host = columns.roles.get("host")
    label = roles["label"]
    bodies = _are_organisations(label, rows)
    if (
        host is not None
        and (bodies or share(label, rows, resolver) < 0.5)
        and (share(host, rows, resolver) > 0.5)
    ):
        roles["label"] = host
        if bodies:
            roles.setdefault("organisation", label)
    elif "city" in roles and share(roles["city"], rows, None) > 0.5 > share(label, rows, None):
        roles["label"] = roles.pop("city")  # "Gastland | Post", where the post names both
    return replace(columns, roles=roles)


def share(at: int, rows: Sequence[Row], resolver: Resolver | None) -> float:
    """Which part of the filled cells of a column are plainly postings.

    Without a resolver they must name an organisation.
    """
    cells = [line(row[at]) for row in rows if at < len(row) and line(row[at])]
    return sum(is_posting(cell, resolver) for cell in cells) / len(cells) if cells else 0.0


def _are_organisations(at: int, rows: Sequence[Row]) -> bool:
    cells = [line(row[at]) for row in rows if at < len(row) and line(row[at])]
    return bool(cells) and all(cell.casefold() in _ORGANISATIONS for cell in cells)
