"""Mission rows become deployments: officers per mission on the reference date."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from geo.names import Match, Region, Resolver, Unresolved, key
from geo.problems import Problem, unresolved
from geo.schemas import TABLES
from geo.worklist import read_list

# The acronym leads; "UNKNOWN" or "Europa" in another spelling must not pass for one.
_LEADS = (
    (re.compile(r"(?:OVSE|OSCE)\b"), "OSCE"),
    (re.compile(r"EU(?:[A-Z]{2,})?\b"), "EU"),
    (re.compile(r"(?:VN|UN(?!KNOWN)[A-Z]*|MIN[A-Z]{3,})\b"), "UN"),
    (re.compile(r"(?:NAVO|NATO)\b"), "NATO"),
)
_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*$")


@dataclass(frozen=True)
class PrintedDeployment:
    """One mission row as printed; `personnel` is still text, `duty_station` may be empty."""

    document: str
    table: str
    row: int
    mission: str
    duty_station: str
    personnel: str

    @property
    def where(self) -> str:
        """The place of the row in words a reader can follow."""
        return f"{self.table}, row {self.row}"


def read_deployments(
    rows: tuple[PrintedDeployment, ...],
    total: int | None,
    resolver: Resolver,
    missions: pd.DataFrame,
    aliases: pd.DataFrame,
) -> tuple[pd.DataFrame, list[Problem]]:
    """(table `deployments` of `geo.schemas`, problems). `total` is the number printed below.

    The area is what the mission's name says, else the country of the duty station.
    """
    problems: list[Problem] = []
    known = _known_missions(missions, aliases)
    leads = dict(zip(missions["mission"], missions["lead_organisation"], strict=True))
    read = []
    for row in rows:
        areas, printed_area = _areas(row, resolver)
        duty = _duty_station(row, resolver, problems)
        if not areas and duty["duty_iso3"]:
            areas, printed_area = (str(duty["duty_iso3"]),), row.duty_station
        if not areas:
            message = "No country is read in this mission's name; it has no place on the map."
            problems.append(Problem("warning", row.where, row.mission, message))
        mission = known.get(key(_BRACKET.sub("", row.mission)), _BRACKET.sub("", row.mission))
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
                "table_row": row.row,
            }
        )
    frame = pd.DataFrame(read, columns=list(TABLES["deployments"].columns))
    counted = int(frame["personnel"].fillna(0).sum())
    if total is not None and total != counted:
        message = f"The total printed is {total}; the rows add up to {counted}."
        problems.append(Problem("warning", rows[0].table if rows else "", str(total), message))
    return frame, problems


def _known_missions(missions: pd.DataFrame, aliases: pd.DataFrame) -> dict[str, str]:
    """Printed name (as `key`) -> mission; a successor stays a mission of its own."""
    same = aliases[aliases["relation"] == "same"]
    known = {key(name): name for name in missions["mission"]}
    return known | {
        key(printed): mission
        for printed, mission in zip(same["printed"], same["mission"], strict=True)
    }


def _areas(row: PrintedDeployment, resolver: Resolver) -> tuple[tuple[str, ...], str]:
    """Units named in brackets, or by the longest end of the name; and that text as printed."""
    bracket = _BRACKET.search(row.mission)
    words = row.mission.split()
    ends = [bracket[1]] if bracket else [" ".join(words[i:]) for i in range(1, len(words))]
    for text in ends:
        found = read_list(text, resolver)
        if found and all(_is_place(name) for name in found):
            units = [
                name.members if isinstance(name, Region) else (name.iso3,)
                for name in found
                if not isinstance(name, Unresolved)
            ]
            return tuple(dict.fromkeys(iso3 for members in units for iso3 in members)), text
    return (), ""


def _is_place(name: Match | Region | Unresolved) -> bool:
    """Certain names only: a mission's acronym must not be read as a code or a misspelling."""
    return isinstance(name, Region) or (isinstance(name, Match) and name.how in ("name", "alias"))


def _duty_station(
    row: PrintedDeployment, resolver: Resolver, problems: list[Problem]
) -> dict[str, str | None]:
    if not row.duty_station:
        return {"duty_printed": None, "duty_iso3": None, "duty_place": None}
    country, _, place = row.duty_station.partition(",")
    found = resolver.unit(country)
    if isinstance(found, Unresolved):
        problems.append(unresolved(found, row.where))
    return {
        "duty_printed": row.duty_station,
        "duty_iso3": found.iso3 if isinstance(found, Match) else None,
        "duty_place": place.strip() or None,
    }


def _lead(row: PrintedDeployment, problems: list[Problem]) -> str | None:
    for acronym, lead in _LEADS:
        if acronym.match(row.mission):
            return lead
    message = "It is not known which organisation leads this mission; add it to missions.csv."
    problems.append(Problem("error", row.where, row.mission, message))
    return None


def _personnel(row: PrintedDeployment, problems: list[Problem]) -> int | None:
    if re.fullmatch(r"\s*[0-9]+\s*", row.personnel):
        return int(row.personnel)
    message = "The number of officers is not a whole number."
    problems.append(Problem("error", row.where, row.personnel, message))
    return None


@dataclass(frozen=True)
class MissionCount:
    """The missions of one reference date; `printed` is the total under the table, if there is one.

    `deployments` as in `geo.schemas`.
    """

    release: str
    as_of: str
    deployments: pd.DataFrame
    printed: int | None = None

    @property
    def missions(self) -> int:
        """How many missions the table prints."""
        return len(self.deployments)

    @property
    def officers(self) -> int:
        """Officers in all missions of the table."""
        return int(self.deployments["personnel"].sum())


def compare_counts(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Officers per mission in two tables of deployments: `mission`, `before`, `after`.

    Missing means "not in this table", which is not zero. Largest `after` first, then by name.
    """
    counts = [
        table.groupby("mission")["personnel"].sum().rename(name)
        for name, table in (("before", before), ("after", after))
    ]
    joined = pd.concat(counts, axis=1).astype("Int64").rename_axis("mission").reset_index()
    return joined.sort_values(
        ["after", "before", "mission"], ascending=[False, False, True], na_position="last"
    ).reset_index(drop=True)
