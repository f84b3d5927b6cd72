"""Frames -> records with fixed keys, for the command line and the downloads.

Other programs read these: a key may be added, never renamed or dropped. A value that is not
stated is None, never zero.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from data import load
from data.store import Network
from geo.problems import Problem

_FORMULA = tuple("=+-@\t")  # what a spreadsheet takes for the start of a formula

Record = dict[str, Any]
Row = Mapping[Any, Any]  # a row of a frame, as pandas gives it


def postings(network: Network) -> list[Record]:
    """One record per posting, with the countries it serves and its place in the document."""
    served = {
        key: plain(rows[["iso3", "printed", "basis", "match"]])
        for key, rows in network.accreditations.groupby(["kind", "row"])
    }
    records = []
    for row in plain(network.postings):
        keys = ("row", "region", "label", "organisation", "kind", "city", "host", "lat", "lon")
        record = {"release": network.release} | {key: row[key] for key in keys}
        record |= {"status": row["status"], "theme": row["theme"]}
        record["accreditations"] = served.get((row["kind"], row["row"]), [])
        records.append(record | {"source": _source(row)})
    return records


def coverage(frame: pd.DataFrame, units: pd.DataFrame) -> list[Record]:
    """One record per unit of the map; `state` is None where a partial release cannot tell."""
    named = frame.merge(units[["iso3", "name_nl"]], on="iso3").rename(columns={"name_nl": "name"})
    keys = ["iso3", "name", "state", "postings", "organisations", "cities", "distance_km", "basis"]
    records = plain(named[keys])
    for record in records:
        # An organisation that is not printed is null here, as in `postings`.
        record["organisations"] = [name or None for name in record["organisations"]]
        if record["distance_km"] is not None:
            record["distance_km"] = int(record["distance_km"])
    return records


def missions(deployments: pd.DataFrame, as_of: str | None) -> list[Record]:
    """One record per mission of one reference date."""
    records = []
    for row in plain(deployments):
        duty = None
        if row["duty_printed"]:
            duty = {
                "printed": row["duty_printed"],
                "iso3": row["duty_iso3"],
                "place": row["duty_place"],
            }
        records.append(
            {
                "mission": row["mission"],
                "printed": row["printed"],
                "as_of": as_of,
                "personnel": row["personnel"],
                "areas": (row["areas"] or "").split(),
                "duty_station": duty,
                "lead_organisation": row["lead_organisation"],
                "source": _source(row),
                **_areas(row),
            }
        )
    return records


def _areas(row: Row) -> Record:
    """How the areas of a mission were read: as the document names them, or from a region.

    `basis` is "named", "region" or "mission" (what the table of missions says of it); the countries
    of a region are our reading, whose source was looked up on the day `checked`.
    """
    printed, region = row["areas_printed"], load.region_of(row["areas_printed"])
    table = load.reference("regions")
    days = table.loc[table["region"] == region, "checked"]
    basis = "region" if region else "named" if printed else "mission" if row["areas"] else None
    checked = days.min() if region and days.notna().all() else None
    return {"areas_printed": printed, "areas_basis": basis, "areas_checked": checked}


def problem(doubt: Problem, sentence: str) -> Record:
    """One doubt of a reading; `sentence` words it without a full stop."""
    keys = ("severity", "code", "where", "printed", "suggestions", "row", "field")
    record = {key: getattr(doubt, key) for key in keys}
    return record | {"message": f"{sentence}.", "params": dict(doubt.params)}


def _source(row: Row) -> Record:
    return {"document": row["document"], "table": row["table"], "row": row["table_row"]}


def plain(frame: pd.DataFrame) -> list[Record]:
    """Rows as dicts of plain Python values; missing becomes None."""
    return [
        {
            str(key): None if not isinstance(value, list) and pd.isna(value) else value
            for key, value in row.items()
        }
        for row in frame.astype(object).to_dict("records")
    ]


def find(frame: pd.DataFrame, iso3: str) -> Record | None:
    """The first row about a unit, None where there is none."""
    found = plain(frame[frame["iso3"] == iso3].head(1))
    return found[0] if found else None


def as_json(records: list[Record] | Record) -> str:
    """Records as JSON text, one record after the other, names as they are written."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def as_text(record: Record, name: str = "") -> str:
    """One record of several tables as text: each list under its name, single values on a line."""
    text = ""
    for key, value in record.items():
        path = f"{name} {key}".strip()
        if isinstance(value, dict):
            text += as_text(value, path)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            text += f"\n{path} ({len(value)})\n{as_table(value)}\n"
        elif value not in (None, []):
            text += f"{path}: {_cell(value)}\n"
    return text


def as_csv(records: list[Record]) -> str:
    """Records as CSV with a header; the parts of a list are separated by "; ".

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    rows = [{key: _harmless(value) for key, value in record.items()} for record in records]
    writer = csv.DictWriter(text, _keys(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_table(records: list[Record], widest: int = 48) -> str:
    """Records as text in aligned columns, for reading; cells are cut at `widest` characters."""
    if not records:
        return "(no rows)\n"
    keys = _keys(records)
    lines = [keys] + [[_cell(record.get(key)) for key in keys] for record in records]
    lines = [[cell[:widest] for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "".join(row.rstrip() + "\n" for row in rows)


def _keys(records: Sequence[Mapping[str, object]]) -> list[str]:
    """The keys of all records, each in the place where it comes first."""
    return list(dict.fromkeys(key for record in records for key in record))


def _harmless(value: Any) -> str:
    text = _cell(value).replace("\r", " ")  # alone, it would end the line for some readers
    return f"'{text}" if isinstance(value, str | list | dict) and text[:1] in _FORMULA else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_cell, value.values())))
    if isinstance(value, list):
        parts = (
            each.get("iso3", each.get("label")) if isinstance(each, dict) else each
            for each in value
        )
        return "; ".join("not stated" if part is None else str(part) for part in parts)
    return str(value)
