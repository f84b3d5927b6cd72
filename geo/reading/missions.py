"""Mission rows become deployments: officers per mission on the reference date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from geo.names.cities import Gazetteer
from geo.names.decisions import Ignored
from geo.names.normalise import key
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Params, Place, Problem, Where
from geo.problems import decided as parameters
from geo.reading.checks import repeated_rows
from geo.reading.dutystations import read_duty_station
from geo.reading.exclusions import take_exclusions
from geo.reading.flags import CellFlag
from geo.reading.lists import Name, read_list
from geo.reading.mentions import named_in
from geo.reading.persons import persons_in, readable, without_persons
from geo.reading.status import cell_status
from geo.reading.warnings import AS_READ, of_flags, of_note
from geo.schemas import LEADS, TABLES

# The acronym leads; "UNKNOWN" or "Europa" in another spelling must not pass for one.
_LEADS = (
    (re.compile(r"(?:OVSE|OSCE)\b"), "OSCE"),
    (re.compile(r"EU(?:[A-Z]{2,})?\b"), "EU"),
    (re.compile(r"(?:VN|UN(?!KNOWN)[A-Z]*|MIN[A-Z]{3,})\b"), "UN"),
    (re.compile(r"(?:NAVO|NATO)\b"), "NATO"),
)
_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*$")
COUNT = "[0-9]{1,6}"  # of people; more digits are a slip, and no database holds them
# One number that was not read must not make fractions of the others (7.0).
_COUNTS = dict.fromkeys(("row", "personnel", "table_row"), "Int64")
_RAISED = re.compile(r"(?<=\d)\s?[¹²³⁰⁴-⁹]+\s*$")  # the mark of a note behind a number
# A bracket that says from where a mission works.
_STATIONED = re.compile(r"\((?:vanuit|gestationeerd\s+in|standplaats|te)\b[^()]*\)?", re.I)
_MOST_WORDS = 20  # of the names of countries at the end of a mission
_LONGEST = 300  # signs; a longer text is no mission, and taking it apart would take long


@dataclass(frozen=True)
class PrintedDeployment:
    """One mission row as printed; `personnel` is still text, `duty_station` may be empty."""

    document: str
    table: str
    row: int
    mission: str
    duty_station: str
    personnel: str
    table_row: int = 0
    flags: tuple[CellFlag, ...] = ()

    @property
    def where(self) -> Where:
        """The table of the row, and which row it is there."""
        return Where(self.table, self.table_row or self.row)

    @property
    def place(self) -> Place:
        """Where problems about the row belong."""
        return Place(self.where, ("mission", self.row))

    @property
    def cells(self) -> str:
        """All that the row prints, on one line."""
        return " | ".join(
            part for part in (self.mission, self.duty_station, self.personnel) if part
        )


def read_deployments(
    rows: Sequence[PrintedDeployment],
    total: int | None,
    resolver: Resolver,
    missions: pd.DataFrame,
    aliases: pd.DataFrame,
    gazetteer: Gazetteer | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """(table `deployments` of `geo.schemas`, problems). `total` is the number printed below.

    The area is what the mission's name says, else that of table `missions`; a duty station is
    none. With a `gazetteer` a duty station may be printed as a city. A row that a person decided
    to leave out is a warning that quotes it, and no deployment.
    """
    problems: list[Problem] = []
    known = _mission_names(missions, aliases)
    leads = dict(zip(missions["mission"], missions["lead_organisation"], strict=True))
    usual = dict(zip(missions["mission"], missions["areas"].fillna("").str.split(), strict=True))
    read = []
    for printed in rows:
        row = _without_persons(printed, resolver, problems)
        decided = resolver.decided(row.mission)
        if isinstance(decided, Ignored) and decided.leaves_out:
            params = parameters(decided.decision)
            problems.append(row.place.warning("row_left_out", row.cells, params=params))
            continue
        areas, printed_area = _areas(row, resolver, problems)
        if printed_area != row.mission and _others_named(row.mission, areas, resolver):
            problems.append(row.place.error("areas_differ", row.mission, "areas"))
        duty, doubts = read_duty_station(row.duty_station, areas, resolver, gazetteer, row.place)
        problems.extend(doubts)
        name = readable(row.mission)
        mission = known.get(key(_BRACKET.sub("", name)), _BRACKET.sub("", name))
        if not areas and usual.get(mission):
            areas = tuple(usual[mission])
            printed_area = row.duty_station if duty["duty_iso3"] in areas else ""
        if not (areas or printed_area or decided):
            problems.append(row.place.warning("no_area", row.mission, "areas"))
        problems += _of_status(row)
        problems += of_flags(row.place, row.flags, resolver)
        problems += of_note(row.place, row.flags, "", row.mission, row.duty_station)
        read.append(
            {
                "row": row.row,
                "printed": row.mission,
                "mission": mission,
                "lead_organisation": leads.get(mission) or _lead(row, problems),
                "personnel": _personnel(row, problems),
                "areas": " ".join(sorted(areas)) or None,
                "areas_printed": printed_area or None,
                **duty,
                "document": row.document,
                "table": row.table,
                "table_row": row.table_row or row.row,
            }
        )
    problems.extend(repeated_rows(read))
    frame = pd.DataFrame(read, columns=list(TABLES["deployments"].columns)).astype(_COUNTS)
    problems.extend(check_total(frame, total, Where(rows[0].table if rows else "")))
    return frame, problems


def check_total(deployments: pd.DataFrame, total: int | None, where: Where) -> list[Problem]:
    """A warning where the number printed at `where` is not the sum of its rows."""
    counted = int(deployments["personnel"].fillna(0).sum())
    if total is None or total == counted:
        return []
    params: Params = {"printed": total, "counted": counted}
    return [Problem("warning", "total_differs", where, str(total), params)]


def _without_persons(
    row: PrintedDeployment, resolver: Resolver, problems: list[Problem]
) -> PrintedDeployment:
    """The row without names of persons, each of which is a warning."""
    cells = (row.mission, row.duty_station)
    names = tuple(name for text in cells for name in persons_in(text, resolver))
    if not names:
        return row
    problems.append(row.place.warning("person", ", ".join(dict.fromkeys(names))))
    mission, duty = (without_persons(text, names) for text in cells)
    return replace(row, mission=mission, duty_station=duty)


def _mission_names(missions: pd.DataFrame, aliases: pd.DataFrame) -> dict[str, str]:
    """Printed name (as `key`) -> mission; a successor stays a mission of its own."""
    same = aliases[aliases["relation"] == "same"]
    known = {key(name): name for name in missions["mission"]}
    return known | {
        key(printed): mission
        for printed, mission in zip(same["printed"], same["mission"], strict=True)
    }


def _areas(
    row: PrintedDeployment, resolver: Resolver, problems: list[Problem]
) -> tuple[tuple[str, ...], str]:
    """Units named in brackets, or by the longest end of the name; and that text as printed.

    What the name excludes ("Sahel m.u.v. Mali") is a question, and no area.
    """
    mission = readable(row.mission) if len(row.mission) <= _LONGEST else ""
    exclusions = take_exclusions(mission, resolver)
    if exclusions.names or exclusions.doubts:
        problems.append(row.place.error("area_excludes", row.mission, "areas"))
        return (), row.mission
    bracket = _BRACKET.search(mission)
    words = _BRACKET.sub("", mission).split()
    starts = range(max(1, len(words) - _MOST_WORDS), len(words))
    ends = [bracket[1]] if bracket else []
    ends += [" ".join(words[i:]) for i in starts]
    for text in [row.mission] * (resolver.decided(row.mission) is not None) + ends:
        found = read_list(text, resolver)
        if found and all(_is_place(name) for name in found):
            units = [
                name.members if isinstance(name, Region) else (name.iso3,)
                for name in found
                if isinstance(name, Match | Region)
            ]
            for name in found:
                problems.extend(row.place.problems_of(name, "areas"))
            return tuple(dict.fromkeys(iso3 for members in units for iso3 in members)), text
    return (), ""


def _of_status(row: PrintedDeployment) -> list[Problem]:
    """A mission that is planned, has ended or is suspended: a count knows no such state."""
    status = cell_status(row.mission) | cell_status(row.duty_station)
    if not (status.pending or status.ended or status.dated):
        return []
    return [row.place.error("mission_status", row.cells, AS_READ)]


def _others_named(mission: str, areas: Sequence[str], resolver: Resolver) -> list[str]:
    """Certain names of countries in the name of a mission that its areas do not hold."""
    text = _STATIONED.sub("", readable(mission)[:_LONGEST])
    if resolver.exact(text):
        return []
    return [
        name
        for name, units in named_in(text, resolver)
        if isinstance(resolver.exact(name), Match | Region) and not {*units} <= {*areas}
    ]


def _is_place(name: Name) -> bool:
    """Certain names only: a mission's acronym must not be read as a code or a misspelling."""
    if isinstance(name, Match):
        return name.how in ("name", "alias")
    return not isinstance(name, Unresolved)


def _lead(row: PrintedDeployment, problems: list[Problem]) -> str | None:
    for acronym, lead in _LEADS:
        if acronym.match(row.mission):
            return lead
    problems.append(row.place.error("unknown_lead", row.mission, "lead_organisation", LEADS))
    return None


def _personnel(row: PrintedDeployment, problems: list[Problem]) -> int | None:
    number = _RAISED.sub("", row.personnel)
    if re.fullmatch(rf"\s*{COUNT}\s*", number):
        if number != row.personnel:
            problems.append(row.place.warning("raised", row.personnel, "personnel"))
        return int(number)
    numbers = tuple(re.findall(r"(?<![0-9.,])[0-9]+(?![.,]?[0-9])", row.personnel))
    code = "several_numbers" if len(numbers) > 1 else "no_whole_number"
    problems.append(row.place.error(code, row.personnel, "personnel", numbers))
    return None
