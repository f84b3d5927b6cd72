"""The tables that leave: their columns, types, units and keys, for every form of file alike.

The words for people stand in `locales/*/open_data.toml`: `open_data.TABLE.FIELD`, or
`open_data.every.FIELD` where a column means the same in each table. A cell that is empty is not
known or does not apply, and is never zero; an organisation that a document does not print is
"not-stated". A date is as precise as its document: a year, a month or a day of ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.i18n import Texts
from geo.options import KINDS as GAPS
from geo.schemas import (
    BASES,
    CAUTIONS,
    CONTRIBUTORS,
    KINDS,
    LEADS,
    MATCHES,
    NOT_STATED_WORD,
    ORGANISATIONS,
    SAYS,
)

Type = Literal["string", "integer", "number", "boolean", "date"]
ISO3 = "[A-Z]{3}"
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
SEPARATOR = "; "  # between the parts of a list in one cell
WHO = (*ORGANISATIONS, NOT_STATED_WORD)
# Column of an organisation in `coverage` -> the organisation.
SERVED_BY = {f"served_by_{name.lower().replace('-', '_')}": name for name in WHO}
GAP = {f"gap_{kind}": kind for kind in GAPS}
# Component of a ranking -> the columns of its value, its value from 0 to 1, and its points.
COMPONENTS = {
    "kind": ("worst_kind", "kind_scaled", "kind_points"),
    "mission": ("mission_officers", "mission_scaled", "mission_points"),
    "population": ("population", "population_scaled", "population_points"),
    "distance": ("distance_km", "distance_scaled", "distance_points"),
    "priority": ("is_priority_country", "priority_scaled", "priority_points"),
    "channel": ("is_in_eu", "channel_scaled", "channel_points"),
}


@dataclass(frozen=True)
class Field:
    """A column: `values` are the only words it may hold, `unit` what its numbers count.

    A `share` runs from 0 to 1, `points` are those of 100, `degrees` of WGS 84.
    """

    name: str
    type: Type = "string"
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class Foreign:
    """Columns whose cells, where they are filled, are keys of another table."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class TableSpec:
    """A table: its columns in order, the ones that name a row, and those that name others'."""

    name: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    foreign: tuple[Foreign, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [field.name for field in self.fields]


def title(t: Texts, table: str) -> str:
    """What a table is called."""
    return t(f"open_data.{table}.title")


def description(t: Texts, table: str, column: str = "") -> str:
    """What a table holds, or what a column of it means."""
    key = f"open_data.{table}.{column or 'description'}"
    return t(key) if t.has(key) else t(f"open_data.every.{column}")


def _unit(required: bool = True) -> tuple[Field, ...]:
    """A unit by its code and its names, which stand first."""
    names = (Field("name_nl", required=required), Field("name_en", required=required))
    return (Field("iso3", required=required, pattern=ISO3), *names)


_PLACE = (Field("document", required=True), Field("table"), Field("table_row", "integer"))
_RELEASE = Field("release", required=True)
_OF_UNIT = Foreign(("iso3",), "units", ("iso3",))
_OF_RELEASE = Foreign(("release",), "releases", ("release",))
_OF_DOCUMENT = Foreign(("document",), "sources", ("source",))
_HEADS = (_OF_UNIT, _OF_RELEASE)
_STATUS = Field("status", required=True, values=("active", "planned"))
_ORGANISATION = Field("organisation", required=True, values=WHO)
_POSTING = Field("posting", required=True)
_DEGREES = "degrees"  # WGS 84

POSTINGS = TableSpec(
    "postings",
    ("posting",),
    (
        *_unit(required=False),
        _POSTING,
        _RELEASE,
        Field("kind", required=True, values=KINDS),
        Field("row", "integer", required=True),
        _ORGANISATION,
        Field("city"),
        Field("city_en"),
        Field("lat_deg", "number", _DEGREES),
        Field("lon_deg", "number", _DEGREES),
        _STATUS,
        Field("theme"),
        Field("label_printed", required=True),
        Field("city_printed"),
        Field("area_printed"),
        Field("region_printed"),
        *_PLACE,
    ),
    (*_HEADS, _OF_DOCUMENT),
)
ACCREDITATIONS = TableSpec(
    "accreditations",
    ("posting", "iso3"),
    (
        *_unit(),
        _POSTING,
        _RELEASE,
        Field("kind", required=True, values=KINDS),
        _ORGANISATION,
        _STATUS,
        Field("host_iso3", pattern=ISO3),
        Field("city"),
        Field("distance_km", "integer", "km"),
        Field("basis", required=True, values=BASES),
        Field("printed", required=True),
        Field("match", required=True, values=MATCHES),
        Field("score", "number"),
    ),
    (
        *_HEADS,
        Foreign(("posting",), "postings", ("posting",)),
        Foreign(("host_iso3",), "units", ("iso3",)),
    ),
)
COVERAGE = TableSpec(
    "coverage",
    ("release", "iso3"),
    (
        *_unit(),
        _RELEASE,
        Field("network_as_of", "date"),
        Field("state", values=("post", "accredited", "planned", "none", "home")),
        Field("is_covered", "boolean"),
        Field("postings", "integer", "postings"),
        Field("postings_stationed", "integer", "postings"),
        Field("postings_planned", "integer", "postings"),
        Field("postings_planned_stationed", "integer", "postings"),
        *(Field(name, "boolean") for name in SERVED_BY),
        Field("is_region_only", "boolean"),
        Field("has_filo", "boolean"),
        Field("cities"),
        Field("nearest_city"),
        Field("distance_km", "integer", "km"),
        Field("area_printed"),
        *(Field(name, "boolean") for name in GAP),
        Field("mission_officers", "integer", "officers"),
    ),
    _HEADS,
)
MISSIONS = TableSpec(
    "missions",
    ("release", "row"),
    (
        *_unit(required=False),
        _RELEASE,
        Field("row", "integer", required=True),
        Field("as_of", "date", required=True),
        Field("mission", required=True),
        Field("mission_printed", required=True),
        Field("lead_organisation", required=True, values=LEADS),
        Field("officers", "integer", "officers"),
        Field("countries", "integer", "units", required=True),
        Field("areas_iso3"),
        Field("areas_printed"),
        Field("areas_basis", values=("named", "region", "mission")),
        Field("station_iso3", pattern=ISO3),
        Field("station_place"),
        Field("station_printed"),
        *_PLACE,
    ),
    (*_HEADS, Foreign(("station_iso3",), "units", ("iso3",)), _OF_DOCUMENT),
)
MISSION_AREAS = TableSpec(
    "mission_areas",
    ("release", "row", "iso3"),
    (
        *_unit(),
        _RELEASE,
        Field("row", "integer", required=True),
        Field("as_of", "date", required=True),
        Field("mission", required=True),
        Field("areas_basis", values=("named", "region", "mission")),
    ),
    (*_HEADS, Foreign(("release", "row"), "missions", ("release", "row"))),
)
# What another public source says, and who.
_CLAIM = (
    Field("claim_nl", required=True),
    Field("claim_en", required=True),
    Field("kind", required=True, values=("official", "press", "other")),
    Field("publisher", required=True),
    Field("publisher_en", required=True),
    Field("url", required=True),
)
EVIDENCE = TableSpec(
    "evidence",
    ("evidence",),
    (
        *_unit(required=False),
        Field("evidence", "integer", required=True),
        Field("date", "date"),
        Field("since", "date"),
        Field("subject", required=True, values=("post", "filo", "mission", "total", "policy")),
        # Beside ours: as far as a source tells organisations of before, or of a country, apart.
        Field("organisation", required=True, values=(*ORGANISATIONS, "BE", "NL", "BNL", "LU")),
        Field("city"),
        Field("areas_iso3"),
        Field("is_plan", "boolean", required=True),
        Field("completeness", required=True, values=("post", "area", "list", "total", "part")),
        *_CLAIM,
    ),
    (_OF_UNIT,),
)
UN_POLICE = TableSpec(
    "un_police",
    ("as_of", "contributor", "mission"),
    (
        *_unit(required=False),
        Field("as_of", "date", required=True),
        Field("contributor", required=True, values=CONTRIBUTORS),
        Field("mission", required=True),
        Field("officers", "integer", "officers"),
        Field("caution", values=CAUTIONS),
        Field("document", required=True),
        Field("table"),
        Field("url"),
    ),
    (_OF_UNIT, _OF_DOCUMENT),
)
MISSION_HISTORY = TableSpec(
    "mission_history",
    ("row",),
    (
        *_unit(required=False),
        Field("row", "integer", required=True),
        Field("mission"),
        Field("lead_organisation", required=True, values=LEADS),
        Field("areas_iso3", required=True),
        Field("country_printed", required=True),
        Field("start_year", "integer", "year"),
        Field("start_printed", required=True),
        Field("end_year", "integer", "year"),
        Field("end_printed", required=True),
        Field("tasks"),
        Field("max_deployed", "integer", "officers", required=True),
        *_PLACE,
        Field("url"),
    ),
    (_OF_UNIT, _OF_DOCUMENT),
)
MISSION_EVIDENCE = TableSpec(
    "mission_evidence",
    ("evidence",),
    (
        *_unit(required=False),
        Field("evidence", "integer", required=True),
        Field("date", "date", required=True),
        Field("contributor", values=CONTRIBUTORS),
        Field("mission"),
        Field("areas_iso3"),
        Field("says", required=True, values=SAYS),
        Field("officers", "integer", "officers"),
        *_CLAIM,
    ),
    (_OF_UNIT,),
)
EVIDENCE_AREAS = TableSpec(
    "evidence_areas",
    ("iso3", "evidence"),
    (
        *_unit(),
        Field("evidence", "integer", required=True),
        Field("is_host", "boolean", required=True),
    ),
    (_OF_UNIT, Foreign(("evidence",), "evidence", ("evidence",))),
)
GAPS_TABLE = TableSpec(
    "gaps",
    ("release", "iso3"),
    (
        *_unit(),
        _RELEASE,
        Field("rank", "integer"),
        Field("score_points", "number", "points"),
        Field("worst_kind", values=(*GAPS, "none")),
        Field("mission_officers", "integer", "officers"),
        Field("population", "integer", "people"),
        Field("distance_km", "integer", "km"),
        Field("is_nearest_station", "boolean"),
        Field("is_priority_country", "boolean"),
        Field("is_in_eu", "boolean"),
        *(Field(columns[1], "number", "share") for columns in COMPONENTS.values()),
        *(Field(columns[2], "number", "points") for columns in COMPONENTS.values()),
    ),
    (*_HEADS, Foreign(("release", "iso3"), "coverage", ("release", "iso3"))),
)
UNITS = TableSpec(
    "units",
    ("iso3",),
    (
        *_unit(),
        Field("iso2", pattern="[A-Z]{2}"),
        Field("m49", "integer"),
        Field("kind", required=True, values=("state", "territory", "disputed")),
        Field("continent", required=True),
        Field("continent_nl", required=True),
        Field("subregion", required=True),
        Field("subregion_nl", required=True),
        Field("sovereign_iso3", pattern=ISO3),
        Field("is_home", "boolean", required=True),
        Field("is_in_eu", "boolean", required=True),
        Field("is_priority_country", "boolean", required=True),
        Field("capital_nl"),
        Field("capital_en"),
        Field("seat_nl"),
        Field("seat_en"),
        Field("seat_lat_deg", "number", _DEGREES),
        Field("seat_lon_deg", "number", _DEGREES),
        Field("label_lat_deg", "number", _DEGREES),
        Field("label_lon_deg", "number", _DEGREES),
        Field("area_km2", "number", "km2"),
        Field("population", "integer", "people"),
        Field("population_year", "integer", "year"),
        Field("note_nl"),
        Field("note_en"),
    ),
    (Foreign(("sovereign_iso3",), "units", ("iso3",)),),
)
RELEASES = TableSpec(
    "releases",
    ("release",),
    (
        _RELEASE,
        Field("document", required=True),
        Field("network", required=True, values=("complete", "partial", "absent")),
        Field("network_as_of", "date"),
        Field("network_note_nl"),
        Field("network_note_en"),
        Field("missions", required=True, values=("complete", "partial", "absent")),
        Field("missions_as_of", "date"),
        Field("missions_total_printed", "integer", "officers"),
    ),
    (_OF_DOCUMENT,),
)
SOURCES = TableSpec(
    "sources",
    ("source",),
    (
        Field("source", required=True),
        Field("kind", required=True, values=("document", "file")),
        Field("title_nl", required=True),
        Field("title_en", required=True),
        Field("publisher"),
        Field("paper"),
        Field("date", "date"),
        Field("url"),
        Field("licence"),
    ),
)

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        *(POSTINGS, ACCREDITATIONS, COVERAGE, MISSIONS, MISSION_AREAS, EVIDENCE, EVIDENCE_AREAS),
        *(UN_POLICE, MISSION_HISTORY, MISSION_EVIDENCE, GAPS_TABLE),
        *(UNITS, RELEASES, SOURCES),
    )
}
