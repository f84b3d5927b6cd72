"""Every table of the product: columns, types, units, keys and where its facts come from.

All country columns hold ISO 3166-1 alpha-3 codes, XKX for Kosovo and the units of Natural Earth
that ISO does not know (see `data/build/README.md`). Coordinates are degrees, WGS84. Lists in a
cell are separated by a space. An empty cell is a value that is not stated; it is never zero.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from geo.errors import DataError

ORGANISATIONS = ("NP", "KMar", "GPI")
NOT_STATED = ""  # an organisation the row does not print; kept as a value of its own
KINDS = ("LO", "FILO", "multilateral")
STATES = ("post", "accredited", "planned", "none", "home")
BASES = ("named", "host", "region")
MATCHES = ("code", "name", "alias", "spelling", "region", "host")
LEADS = ("EU", "OSCE", "UN", "NATO", "coalition")

ISO3 = r"^[A-Z]{3}$"
ISO3_LIST = r"^([A-Z]{3}( [A-Z]{3})*)?$"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def _text(pattern: str | None = None, required: bool = True, **keywords: Any) -> pa.Column:
    checks = [pa.Check.str_matches(pattern)] if pattern else []
    if required:
        checks.append(pa.Check.str_length(min_value=1))
    return pa.Column(str, checks, nullable=not required, **keywords)


def _choice(*values: str, required: bool = True) -> pa.Column:
    return pa.Column(str, pa.Check.isin(values), nullable=not required)


def _number(low: float, high: float, required: bool = True) -> pa.Column:
    return pa.Column(float, pa.Check.in_range(low, high), nullable=not required, coerce=True)


def _count(required: bool = True, low: int = 0, **keywords: Any) -> pa.Column:
    return pa.Column("Int64", pa.Check.ge(low), nullable=not required, coerce=True, **keywords)


def _flag() -> pa.Column:
    return pa.Column(bool)


def _table(title: str, key: list[str], columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(columns, unique=key, strict=True, ordered=True, title=title)


_ISO3 = _text(ISO3)
_PLACE = {"document": _text(), "table": _text(), "table_row": _count(low=1)}

TABLES: dict[str, pa.DataFrameSchema] = {
    "units": _table(
        "Countries and territories on the map (Natural Earth 5.1.1, CLDR, UN M49)",
        ["iso3"],
        {
            "iso3": _ISO3,
            "iso2": _text(r"^([A-Z]{2})?$", required=False),
            "name_nl": _text(),
            "name_en": _text(),
            "kind": _choice("state", "territory", "disputed"),
            "continent": _choice("Africa", "Americas", "Asia", "Europe", "Oceania"),
            "subregion": _text(),
            "sovereign": _text(required=False),
            "capital": _text(required=False),
            "capital_lat": _number(-90, 90),
            "capital_lon": _number(-180, 180),
            "label_lat": _number(-90, 90),
            "label_lon": _number(-180, 180),
            "area_km2": _number(0, 2e7),
            "tiny": _flag(),
            "has_shape": _flag(),
        },
    ),
    "neighbours": _table(
        "Land borders between units, both directions, geodesic km (Natural Earth 5.1.1)",
        ["iso3", "neighbour"],
        {"iso3": _ISO3, "neighbour": _ISO3, "border_km": _number(0, 1e4)},
    ),
    "map_notes": _table(
        "Notes on borders and names that the ministry edits",
        ["iso3"],
        {
            "iso3": _ISO3,
            "note_nl": _text(),
            "note_en": _text(),
            "as_of": _text(DATE),
            "source": _text(),
        },
    ),
    "cities": _table(
        "Duty stations with coordinates (GeoNames, CC BY 4.0)",
        ["city", "iso3"],
        {
            "city": _text(),
            "iso3": _ISO3,
            "lat": _number(-90, 90),
            "lon": _number(-180, 180),
            "geonameid": _count(required=False, low=1),
            "source": _text(),
        },
    ),
    "city_aliases": _table(
        "Printed spellings of duty stations",
        ["printed", "iso3"],
        {"printed": _text(), "city": _text(), "iso3": _ISO3},
    ),
    "names": _table(
        "Every certain name of a unit: CLDR in four languages, codes, and reviewed aliases",
        ["iso3", "name"],
        {
            "iso3": _ISO3,
            "name": _text(),
            "language": _choice("nl", "en", "fr", "de", required=False),
            "kind": _choice("name", "short", "old", "code", "alias"),
            "source": _text(),
        },
    ),
    "ambiguous_names": _table(
        "Printed names that fit more than one unit, or none: a person decides",
        ["printed"],
        {"printed": _text(), "candidates": _text(ISO3_LIST, required=False), "note": _text()},
    ),
    "regions": _table(
        "Printed regions and the units they stand for; an analyst may edit this",
        ["region", "iso3"],
        {"region": _text(), "iso3": _ISO3, "source": _text()},
    ),
    "region_aliases": _table(
        "Other printings of a region", ["printed"], {"printed": _text(), "region": _text()}
    ),
    "documents": _table(
        "The documents every fact rests on",
        ["document"],
        {
            "document": _text(),
            "title_nl": _text(),
            "title_en": _text(),
            "paper": _text(required=False),
            "date": _text(DATE),
            "date_note_nl": _text(required=False),
            "date_note_en": _text(required=False),
            "url": _text(r"^https://", required=False),
            "gives_nl": _text(),
            "gives_en": _text(),
            "lacks_nl": _text(),
            "lacks_en": _text(),
        },
    ),
    "releases": _table(
        "Readings of a document: what each table in it can say",
        ["release"],
        {
            "release": _text(r"^[a-z0-9-]+$"),
            "document": _text(),
            "network_as_of": _text(DATE, required=False),
            "network": _choice("complete", "partial", "absent"),
            "network_note_nl": _text(required=False),
            "network_note_en": _text(required=False),
            "missions_as_of": _text(DATE, required=False),
            "missions": _choice("complete", "partial", "absent"),
            "missions_total": _count(required=False),
        },
    ),
    "postings": _table(
        "One row per posting as printed; key is kind and row within a release",
        ["kind", "row"],
        {
            "kind": _choice(*KINDS),
            "row": _count(low=1),
            "region": _text(required=False),
            "label": _text(),
            "organisation": _choice(*ORGANISATIONS, required=False),
            "city_printed": _text(required=False),
            "city": _text(required=False),
            "host": _text(ISO3, required=False),
            "status": _choice("active", "planned"),
            "theme": _text(required=False),
            "area_printed": _text(required=False),
            **_PLACE,
        },
    ),
    "accreditations": _table(
        "Countries a posting serves, with the printed name and how it was understood",
        ["kind", "row", "iso3"],
        {
            "kind": _choice(*KINDS),
            "row": _count(low=1),
            "iso3": _ISO3,
            "printed": _text(),
            "basis": _choice(*BASES),
            "match": _choice(*MATCHES),
            "score": _number(0, 100),
        },
    ),
    "deployments": _table(
        "Officers per mission on the reference date",
        ["row"],
        {
            "row": _count(low=1),
            "printed": _text(),
            "mission": _text(),
            "lead_organisation": _choice(*LEADS),
            "personnel": _count(),
            "areas": _text(ISO3_LIST, required=False),
            "areas_printed": _text(required=False),
            "duty_printed": _text(required=False),
            "duty_iso3": _text(ISO3, required=False),
            "duty_place": _text(required=False),
            **_PLACE,
        },
    ),
    "missions": _table(
        "Mission names the product knows, each under one name of its own",
        ["mission"],
        {
            "mission": _text(),
            "lead_organisation": _choice(*LEADS),
            "note_nl": _text(required=False),
            "note_en": _text(required=False),
            "source": _text(),
        },
    ),
    "mission_aliases": _table(
        "Printed mission names; `successor` marks a new name that is not proven to be the same",
        ["printed"],
        {
            "printed": _text(),
            "mission": _text(),
            "relation": _choice("same", "successor"),
            "note_nl": _text(required=False),
            "note_en": _text(required=False),
        },
    ),
    "mission_history": _table(
        "Dutch police in missions 2001-2016: the most ever deployed, not a count on a day",
        ["row"],
        {
            "row": _count(low=1),
            "mission": _text(required=False),
            "country_printed": _text(),
            "areas": _text(ISO3_LIST),
            "start_year": _count(required=False, low=1990),
            "start_printed": _text(),
            "end_year": _count(required=False, low=1990),
            "end_printed": _text(),
            "lead_organisation": _choice(*LEADS),
            "lead_printed": _text(),
            "tasks": _text(required=False),
            "max_deployed": _count(low=1),
            "source_url": _text(r"^https://"),
        },
    ),
    "priority_countries": _table(
        "The 16 priority countries 2015-2018",
        ["iso3"],
        {"iso3": _ISO3, "printed": _text(), **_PLACE},
    ),
    "eu_members": _table(
        "Members of the European Union", ["iso3"], {"iso3": _ISO3, "since": _text(DATE)}
    ),
    "key_figures": _table(
        "Single figures the documents print",
        ["figure"],
        {
            "figure": _text(),
            "value": _number(0, 1e9),
            "unit": _choice("officers", "EUR", "fte"),
            "as_of": _text(DATE),
            "text_nl": _text(),
            "text_en": _text(),
            **_PLACE,
        },
    ),
    "agreements": _table(
        "Memoranda of understanding",
        ["iso3", "date"],
        {
            "iso3": _ISO3,
            "date": _text(DATE),
            "text_nl": _text(),
            "text_en": _text(),
            **_PLACE,
        },
    ),
    "events": _table(
        "Dated decisions, withdrawals and announcements",
        ["event"],
        {
            "event": _count(low=1),
            "date": _text(DATE),
            "kind": _choice("withdrawn", "ends", "announced", "placed", "agreed"),
            "iso3": _text(ISO3_LIST, required=False),
            "city": _text(required=False),
            "organisation": _choice(*ORGANISATIONS, required=False),
            "text_nl": _text(),
            "text_en": _text(),
            **_PLACE,
        },
    ),
    "sources": _table(
        "Provenance of every committed file of data",
        ["file"],
        {
            "file": _text(),
            "title": _text(),
            "publisher": _text(),
            "url": _text(r"^(https://.*)?$", required=False),
            "licence": _text(),
            "date": _text(DATE),
            "sha256": _text(r"^([0-9a-f]{64})?$", required=False),
            "made_by": _text(),
        },
    ),
}


# Columns that name units of the map, alone or as a list, in whatever table they stand.
COUNTRY_COLUMNS = frozenset({"iso3", "neighbour", "host", "areas", "duty_iso3", "candidates"})


def validate(table: str, frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """`frame` with the types of `TABLES[table]`.

    Raises DataError at the first cell that does not fit, counted as a spreadsheet counts rows.
    """
    try:
        return TABLES[table].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise _first_fault(error.failure_cases, where) from error


def _first_fault(cases: pd.DataFrame, where: str) -> DataError:
    # Missing columns first; a cell before what the cell made impossible to check.
    structure = cases[cases["check"].astype(str).str.startswith("column_")]
    first = (structure if len(structure) else cases.sort_values("index", kind="stable")).iloc[0]
    check = str(first["check"])
    if check in ("column_in_schema", "column_in_dataframe"):
        word = "unknown" if check == "column_in_schema" else "missing"
        return DataError(where, f"a column is {word}", value=str(first["failure_case"]))
    row = None if pd.isna(first["index"]) else int(first["index"]) + 2
    column = first["column"] if isinstance(first["column"], str) else None
    value = None if pd.isna(first["failure_case"]) else str(first["failure_case"])
    return DataError(where, _REASONS.get(check.split("(")[0], f"the value breaks the rule {check}"),
                     row, column, value)


_REASONS = {
    "not_nullable": "the cell is empty but a value is needed",
    "str_length": "the cell is empty but a value is needed",
    "str_matches": "the value is not written as expected",
    "isin": "the value is not one of the words allowed here",
    "in_range": "the number is out of range",
    "greater_than_or_equal_to": "the number is too small",
    "multiple_fields_uniqueness": "the row stands here twice",
    "coerce_dtype": "the value is not a number",
    "dtype": "the value is of the wrong type",
    "column_ordered": "the columns are not in the expected order",
}
