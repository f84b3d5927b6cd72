"""What stands beside the rows that are read: other columns and tables, notes, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from data.documents.banners import is_banner, is_posting
from data.documents.cells import LeftOut, PrintedTable
from data.documents.headers import Columns, columns_of, line, partial_columns, role_of, roles_of
from data.documents.kinds import ACTIVE, Row, share
from geo.dates import ANY_MONTH
from geo.names.normalise import key
from geo.names.outcomes import Match
from geo.names.resolver import Resolver
from geo.problems import TEXT, Params, Problem, Where
from geo.reading.flags import CellFlag
from geo.reading.mentions import named_in
from geo.reading.missions import COUNT
from geo.reading.officers import of_label
from geo.reading.organisations import in_short, organisations_in
from geo.reading.status import Status, cell_status
from geo.schemas import ORGANISATIONS

TABLE = "table"  # the field of problems that are about no single row
LEFT_OUT = {
    "hidden_rows": "left_out_hidden_rows",
    "hidden_columns": "left_out_hidden_columns",
    "filtered_rows": "left_out_filtered_rows",
    "hidden_sheets": "left_out_hidden_sheets",
    "hidden_text": "left_out_hidden_text",
    "hidden_sections": "left_out_hidden_sections",
    "struck_text": "left_out_struck_text",
    "invisible_text": "left_out_invisible_text",
    "covered_text": "left_out_covered_text",
    "text_outside_page": "left_out_text_outside_page",
    "hidden_layers": "left_out_hidden_layers",
    "printed_twice": "left_out_printed_twice",
    "embedded_objects": "left_out_embedded_objects",
}
# A column that is missing, and what is asked of a heading that may be it.
MISSING = {
    "label": "missing_label",
    "city": "missing_city",
    "area": "missing_area",
    "mission": "missing_mission",
    "personnel": "missing_personnel",
}
# Headings and cells that may decide a country, a status, a number or an organisation.
_DECIDING_HEADING = re.compile(
    r"status|datum|\b(?:begin|start|ingang|eind|sinds|vanaf)|tot en met|\bt/m\b"
    r"|uitgezonderd|behalve|exclu"
    r"|opheffing|sluiting|opgeheven|bezetting|vaca|organisatie|korps"
    r"|\b(?:tot|geldig|actief|open|operationeel|in gebruik|bezet|bemand|ingevuld)\b"
    r"|looptijd|termijn|p[eé]riode|\bduur\b|\b(?:active|filled|since|until|end)\b"
)
_CONTRARY = re.compile(r"gepland|voorgenomen|gesloten|opgeheven|beëindigd|opgeschort|vacant")
_COUNTING = re.compile(r"aantal(?! landen)|\bfte|formatie")
_OFFICERS = re.compile(r"\blo['’]?s\b|liaisons?\b|officers?\b|officieren")  # "LO's": how many
_DAY = rf"(?:\d|{ANY_MONTH})"
_DECIDING = re.compile(
    r"gepland|voorgenomen|besluit|oprichting|voorbereiding|afwachting|goedkeuring|afhankelijk|voorbehoud|ophe[vf]|opgeheven|be[eë]indig|gesloten|\bsluit|opgeschort"
    r"|vaca(?:n|t)|onbezet|onvervuld|m\.?u\.?v\b|uitzondering|uitgezonderd|behalve|exclu|\bexcl\b"
    r"|\bgeen\b|\bniet\b|\d\s*(?:x\b|lo\b|fte\b)"
    rf"|\b(?:vanaf|tot(?: en met)?|per|t/m)\s+{_DAY}",
    re.I,
)
_BODY = re.compile(rf"\b(?:{'|'.join(ORGANISATIONS)})\b")
# "3 Turkije - GPI Ankara Turkije": a label with its organisation, and more cells behind it.
_ROW = re.compile(
    rf"\s*(?:\d+[.)]?\s+|[•·*–-]\s+)?([^\W\d][^:;.\t]{{2,40}}?\s[-–—]\s?(?i:{'|'.join(ORGANISATIONS)}))"
    r"(?:[ \t]+|[,:;][ \t]+|[ \t]*\()(?=[A-ZÀ-Þ])"
    rf"(?!(?i:{'|'.join(ORGANISATIONS)})\b)",
)
_OWN = {"label", "city", "area", "side"}
_LEAD = re.compile(r"(?:EU|UN|VN|OVSE|OSCE|NAVO|NATO|MIN)[A-Z]*\b")
_NUMBER = re.compile(COUNT)
_SEVERAL_NUMBERS = re.compile(r"\d{1,3}(?:\s*(?:[-–/,;&+]|t/m|en)\s*\d{1,3})+\.?")
_LONGEST = 500  # signs of a cell that is looked through for names
_MOST_CELLS = 400  # of a column, that are looked through
_MOST_WORDS = 5  # of the name of a city
_DEPTH = 3  # rows in which the header of a table that is not read is looked for


def left_out(parts: Iterable[LeftOut]) -> list[Problem]:
    """A problem for each kind of thing that is not read, and each place where it stands."""
    grouped: dict[tuple[str, Where], list[LeftOut]] = {}
    for part in parts:
        where = Where(part.place, part=part.part) if part.part else TEXT
        grouped.setdefault((part.kind, where), []).append(part)
    problems = []
    for (kind, where), same in grouped.items():
        text = next((part.text for part in same if part.text), "")
        params: Params = {
            "count": sum(part.count for part in same),
            "place": str(where) if where.name else "",
            "beginning": text,
        }
        # What a reader sees and is not read may be a table of ours.
        severity = "error" if kind == "embedded_objects" else "warning"
        problems.append(Problem(severity, LEFT_OUT[kind], where, text, params, field=TABLE))
    return problems


def rows_in_text(text: str, labels: Container[str]) -> list[str]:
    """Lines of running text that look like rows of a network, and whose label no table has."""
    rows = ((_ROW.match(printed), line(printed)) for printed in text.split("\n"))
    return [printed for row, printed in rows if row and key(line(row[1])) not in labels]


def decides(kind: str, heading: str, cells: Sequence[tuple[str, str]], resolver: Resolver) -> bool:
    """Whether a column that is not read may change a country, status, number or organisation.

    `kind` is that of its table; `cells` are its cells, each with the other cells of its row that
    are read. Of more cells than can be looked through it is not known, so they may.
    """
    words = heading.casefold()
    ticked = all(ACTIVE.fullmatch(cell) for cell, _ in cells)
    if ticked and _DECIDING_HEADING.search(words) and not all(cell for cell, _ in cells):
        return True  # a row without the tick is not in use
    cells = [(cell, beside) for cell, beside in cells if cell]
    distinct = list(dict.fromkeys(cells))
    # A tick below the name of an organisation says whose post it is, and one below "gepland"
    # that it is not there yet.
    if kind == "network" and (organisations_in(in_short(heading)) or _CONTRARY.search(words)):
        return True
    if ticked or _are_numbers([cell for cell, _ in cells]):
        return False
    if kind == "network" and (
        _number_several([cell for cell, _ in cells])
        or (
            _OFFICERS.search(words)
            and all(_NUMBER.fullmatch(cell) for cell, _ in cells)
            and any(cell != "1" for cell, _ in cells)
        )
    ):
        return True
    # Missions may print their women beside the total; networks how many countries a post serves.
    if _DECIDING_HEADING.search(words) or (kind != "missions" and _COUNTING.search(words)):
        return True
    return len(distinct) > _MOST_CELLS or any(
        speaks(cell, beside, resolver) for cell, beside in distinct
    )


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether a column counts its rows: 1, 2, 3."""
    numbers = [cell.rstrip(".)") for cell in cells]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _number_several(cells: Sequence[str]) -> bool:
    """Whether a column numbers its rows, and gives some of them several numbers: 1, 2-3, 4."""
    several = [bool(_SEVERAL_NUMBERS.fullmatch(cell)) for cell in cells]
    return (
        any(several)
        and not all(several)
        and all(
            more or _NUMBER.fullmatch(cell.rstrip(".)"))
            for cell, more in zip(cells, several, strict=True)
        )
    )


def speaks(text: str, beside: str, resolver: Resolver) -> bool:
    """Whether a text says something of a post that the cells `beside` it do not say."""
    if _DECIDING.search(text) or (_BODY.search(text) and text not in beside):
        return True
    if is_banner(text, resolver) or len(text) > _LONGEST:
        return False
    officers = of_label(text)
    if cell_status(text) != Status(text) or officers.doubt or (officers.count or 1) > 1:
        return True
    row = key(beside)
    return any(key(printed) not in row for printed, _ in named_in(text, resolver))


def row_flags(
    table: PrintedTable, roles: dict[str, int], at: Sequence[int]
) -> tuple[CellFlag, ...]:
    """The marks of the cells of rows `at` that are read, by the role of their column."""
    named = {column: _ROLE.get(role, role) for role, column in roles.items()}
    shown = tuple(
        CellFlag(flag.kind, named[flag.column], flag.text)
        for flag in table.flags
        if flag.row in at and flag.column in named
    )
    cells = [
        (role, row[column])
        for row in map(table.rows.__getitem__, at)
        for column, role in named.items()
        if column < len(row)
    ]
    return shown + tuple(
        CellFlag("struck", role, cell) for role, cell in cells if _STRUCK.search(cell)
    )


_STRUCK = re.compile("[\u0335-\u0338]")  # letters struck out by a sign of their own
_ROLE = {"side": "area", "status": "label"}  # columns whose cells are read with those of another


def notes(table: PrintedTable, roles: dict[str, int], read: Iterable[int]) -> Iterator[str]:
    """What the notes say that hang on no cell of a row in `read`: on headings and banners."""
    rows, columns = set(read), set(roles.values())
    for flag in table.flags:
        if flag.kind == "note" and not (flag.row in rows and flag.column in columns):
            yield line(flag.text)


def partial(table: PrintedTable, decided: Resolver, resolver: Resolver) -> Columns | None:
    """The columns of a network without a city or a work area; None where no posts stand below."""
    for start, row in enumerate(table.rows[:_DEPTH], start=1):
        found = partial_columns(row, start, decided)
        if found:
            posts = share(found.roles["label"], table.rows[start:], resolver) > 0.5
            return found if posts else None
    return None


def header_below(table: PrintedTable, later: Sequence[PrintedTable]) -> Columns | None:
    """The columns of a network whose header stands only where it goes on, under the same title."""
    for other in later[:1] if table.title else ():
        found = columns_of(other.rows) if other.title == table.title else None
        if (
            found
            and found.kind == "network"
            and found.width == max(map(len, table.rows), default=0)
        ):
            posts = share(found.roles["label"], table.rows, None) > 0.5
            return replace(found, start=0, lines=(), doubles=()) if posts else None
    return None


def _columns_of_no_role(
    roles: Columns, header: Row, rows: Sequence[Row], decided: Resolver
) -> list[int]:
    """The columns with text that have a heading which is not known, and is not settled."""
    known = {at for columns in roles_of(header, decided).values() for at in columns}
    return [
        at
        for at in roles.unread(rows)
        if at not in known and at < len(header) and line(header[at])
        if not decided.decided(line(header[at])) and not decided.column(line(header[at]))
    ]


def missing_columns(
    table: PrintedTable, title: str, decided: Resolver, resolver: Resolver
) -> list[Problem]:
    """A question for each heading that may be the one that a table of ours lacks; none for a
    table that is plainly of another kind."""
    for start, row in enumerate(table.rows[:_DEPTH], start=1):
        roles = roles_of(row, decided)
        own = any(role_of(cell) in _OWN for cell in row) or "post" in roles
        wanted = _wanted(roles, table.rows[start:], wanted_here=own)
        found = Columns("", {}, len(row), start, headings=tuple(map(line, row)))
        unknown = _columns_of_no_role(found, row, table.rows, decided) if wanted else []
        questions = []
        headings = tuple(line(row[at]) for at in unknown)
        for role in wanted:
            fits = [at for at in unknown if _fits(role, at, table.rows[start:], resolver)]
            for at in fits:
                params: Params = {"missing": (role,), "headings": headings}
                heading = line(row[at])[:200]
                problem = Problem(
                    "error", MISSING[role], Where(title), heading, params, (role,), field=TABLE
                )
                questions.append(problem)
        if questions:
            return questions
    return []


def _wanted(
    roles: dict[str, list[int]], rows: Sequence[Row], *, wanted_here: bool
) -> tuple[str, ...]:
    """What a table lacks of a network or of missions, where it is one by all that it has.

    `wanted_here`: a heading is one that other tables hardly have.
    """
    has = roles.keys() | ({"label"} if roles.keys() & {"host", "post"} else set())
    has |= {"area"} if "side" in has else set()
    posts = any(share(at, rows, None) > 0.5 for at in range(max(map(len, rows), default=0)))
    leads = [row for row in rows if any(_LEAD.match(line(cell)) for cell in row)]
    if "personnel" in has and "mission" not in has and len(leads) * 2 > len(rows):
        return ("mission",)
    ours = len(has & {"label", "city", "area"})
    if "mission" not in has and ((ours > 1 and wanted_here) or (ours > 0 and posts)):
        return tuple(role for role in ("label", "city", "area") if role not in has)
    if "mission" in has and "personnel" not in has:
        return ("personnel",)
    return ()


def _fits(role: str, at: int, rows: Sequence[Row], resolver: Resolver) -> bool:
    """Whether most cells of a column may be of that role."""
    filled = (line(row[at]) for row in rows if at < len(row) and line(row[at]))
    cells = list(islice(filled, _MOST_CELLS))
    return sum(_is_of(role, cell, resolver) for cell in cells) * 2 > len(cells)


def _is_of(role: str, cell: str, resolver: Resolver) -> bool:
    if role == "personnel":
        return bool(_NUMBER.search(cell))
    if role == "mission":
        return bool(_LEAD.match(cell))
    if role == "label":
        return is_posting(cell, resolver)
    names = [part.strip() for part in re.split(r"[/,;]|\ben\b", cell)]
    countries = any(isinstance(resolver.exact(name), Match) for name in names)
    if role == "area":
        return countries or bool(named_in(cell[:_LONGEST], resolver))
    return not countries and len(cell.split()) <= _MOST_WORDS and not re.search(r"\d", cell)
