"""Frames -> records with fixed keys, for the command line and the downloads.

Other programs read these: a key may be added, never renamed or dropped. A value that is not
stated is None, never zero.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.i18n import Texts, sentence
from data import load
from data.store.read import Network
from geo import coverage as geo_coverage
from geo.options import Choice
from geo.schemas import NOT_STATED_WORD

if TYPE_CHECKING:
    from geo.problems import Problem

# A value that is missing under one of these keys is an organisation that is not stated.
_WHO = frozenset({"organisation", "organisations", "lead_organisation"})
_SIGNS = frozenset("=+-@\u2212")  # with which a spreadsheet begins a formula
_QUOTES = frozenset("\"'`\u00b4\u2018\u2019\u201c\u201d\uff02\uff07")
# What separates the cells of a CSV in the Excel of a language, and where another Excel, or a reader
# that knows no quotes, would cut a cell in two.
SEPARATORS = {"nl": ";", "en": ","}
_CUTS = {",": re.compile("(?<=[;\t\n])"), ";": re.compile("(?<=[,\t\n])")}

# What a record of coverage says first, and a table for reading alone.
COVERAGE = ["iso3", "name", "state", "postings", "organisations", "cities", "distance_km", "basis"]

Record = dict[str, Any]
Row = Mapping[Any, Any]  # a row of a frame, as pandas gives it


def postings(network: Network) -> list[Record]:
    """One record per posting, with the countries it serves and its place in the document.

    `iso3` is its host.
    """
    served = {
        key: plain(rows[["iso3", "printed", "basis", "match"]])
        for key, rows in network.accreditations.groupby(["kind", "row"])
    }
    records = []
    for row in plain(network.postings):
        # A number of a row is one only within its table.
        keys = ["row", "table", "region", "label", "organisation", "kind", "city", "host"]
        keys += ["lat", "lon", "status", "theme"]
        record = {"iso3": row["host"], "release": network.release}
        record |= {key: row[key] for key in keys}
        record["accreditations"] = served.get((row["kind"], row["row"]), [])
        records.append(record | {"source": _source(row)})
    return records


def coverage(
    frame: pd.DataFrame, network: Network, choice: Choice, language: str = "nl"
) -> list[Record]:
    """One record per unit of the map; `state` is None where a partial release cannot tell.

    `frame` is the coverage of `network` under `choice`. `nearest_city` is the duty station of the
    distance, `area_printed` what the documents call the unit in the work areas that serve it.
    """
    units = load.reference("units")
    about = units[["iso3", "name_en", "continent", "subregion", "kind"]]
    people = load.reference("populations")[["iso3", "population"]]
    served = (network.postings, network.accreditations)
    by_unit = geo_coverage.serving(units, *served, choice).groupby("iso3")
    more = pd.DataFrame(
        {
            "nearest_city": by_unit["city"].first(),
            "area_printed": by_unit["printed"].agg(lambda names: list(dict.fromkeys(names))),
        }
    )
    named = frame.assign(name=frame["iso3"].map(units.set_index("iso3")[f"name_{language}"]))
    named = named.merge(about, on="iso3").merge(people, on="iso3", how="left")
    named = named.merge(more, on="iso3", how="left")
    keys = [*COVERAGE, "name_en", "continent", "subregion", "kind", "population"]
    records = plain(named[[*keys, "nearest_city", "area_printed"]])
    for record in records:
        # An organisation that is not printed is null here, as in `postings`.
        record["organisations"] = [name or None for name in record["organisations"]]
        if record["distance_km"] is not None:
            record["distance_km"] = int(record["distance_km"])
    return records


def missions(deployments: pd.DataFrame, as_of: str | None) -> list[Record]:
    """One record per mission of one reference date.

    `iso3` is the one country it works in; None where it is none, or one of several `areas`.
    """
    records = []
    for row in plain(deployments):
        duty = None
        if row["duty_printed"]:
            duty = {
                "printed": row["duty_printed"],
                "iso3": row["duty_iso3"],
                "place": row["duty_place"],
            }
        areas = (row["areas"] or "").split()
        records.append(
            {
                "iso3": areas[0] if len(areas) == 1 else None,
                "mission": row["mission"],
                "printed": row["printed"],
                "as_of": as_of,
                "personnel": row["personnel"],
                "areas": areas,
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


def problem(case: Problem, said: str) -> Record:
    """One doubt of a reading; `said` words it, without a full stop where it is no question."""
    keys = ("severity", "code", "where", "printed", "suggestions", "row", "field")
    record = {key: getattr(case, key) for key in keys} | {"where": str(case.where)}
    return record | {"message": sentence(said), "params": dict(case.params)}


def _source(row: Row) -> Record:
    return {"document": row["document"], "table": row["table"], "row": row["table_row"]}


def plain(frame: pd.DataFrame) -> list[Record]:
    """Rows as dicts of plain Python values; missing becomes None."""
    # Column by column: pandas takes several times as long over rows.
    columns = [map(_present, frame.iloc[:, place].tolist()) for place in range(frame.shape[1])]
    names = list(map(str, frame.columns))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _present(value: Any) -> Any:
    """A value of a column; None where it is missing, which is equal to nothing, itself included."""
    return None if value is pd.NA or value is pd.NaT or value != value else value


def find(frame: pd.DataFrame, iso3: str) -> Record | None:
    """The first row about a unit, None where there is none."""
    rows = plain(frame[frame["iso3"] == iso3].head(1))
    return rows[0] if rows else None


def as_json(records: list[Record] | Record) -> str:
    """Records as JSON text, one record after the other, names as they are written."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def as_text(record: Record, t: Texts | None = None, name: str = "") -> str:
    """One record of several tables as text: each list under its name, single values on a line."""
    text = ""
    for key, value in record.items():
        path = f"{name} {key if name else heading(key, t)}".strip()
        if isinstance(value, dict):
            text += as_text(value, t, path)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            text += f"\n{path} ({len(value)})\n{as_table(value, t)}\n"
        elif value not in (None, []):
            text += f"{path}: {_cell(value)}\n"
    return text


def as_csv(records: list[Record], separator: str = ",", unstated: str = NOT_STATED_WORD) -> str:
    """Records as CSV with a header; the parts of a list are separated by "; ".

    With semicolons between the cells a number has a decimal comma, as a Dutch Excel reads it. Text
    that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    keys = _keys(records)
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow([_harmless(key, separator) for key in keys])
    for record in records:
        cells = ((key, record.get(key)) for key in keys)
        writer.writerow([_written(key, value, separator, unstated) for key, value in cells])
    return text.getvalue()


def for_excel(records: list[Record], t: Texts) -> bytes:
    """Records as a file of CSV that the Excel of a language opens in columns, accents and all."""
    text = as_csv(records, SEPARATORS[t.language], t("short.not_stated"))
    return text.encode("utf-8-sig")


def as_table(records: list[Record], t: Texts | None = None, widest: int = 48) -> str:
    """Records as text in aligned columns, for reading; cells are cut at `widest` characters."""
    if not records:
        return f"({heading('no_rows', t)})\n"
    keys = _keys(records)
    unstated = t("short.not_stated") if t else "not stated"
    lines = [[heading(key, t) for key in keys]]
    lines += [[_cell(record.get(key), key, unstated) for key in keys] for record in records]
    lines = [[cell[:widest] for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "".join(row.rstrip() + "\n" for row in rows)


def heading(key: str, t: Texts | None) -> str:
    """What a key is called in a language; the key itself where none is chosen, or none is known."""
    if t is None:
        return "no rows" if key == "no_rows" else key
    if t.has(f"record.{key}"):
        return t(f"record.{key}")
    component, _, part = key.rpartition("_")
    if part in ("left", "right"):
        return f"{heading(component, t)} {heading(part, t)}"
    if part == "part":
        name = f"gaps.component_{component}"
        return t("record.part", component=t(name) if t.has(name) else component)
    return key


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, now or when somebody edits it.

    A sign in full width counts as the sign, and one behind white space, quotes or signs that
    nobody sees as the first.
    """
    if text[:1] in ("\t", "\r", "\n"):
        return True
    for sign in text:
        if not (sign.isspace() or sign in _QUOTES or unicodedata.category(sign)[0] in "CM"):
            return unicodedata.normalize("NFKC", sign) in _SIGNS
    return False


def _keys(records: Sequence[Mapping[str, object]]) -> list[str]:
    """The keys of all records, each in the place where it comes first."""
    return list(dict.fromkeys(key for record in records for key in record))


def _written(key: str, value: Any, separator: str, unstated: str) -> str:
    text = _cell(value, key, unstated)
    if isinstance(value, float) and separator == ";":
        return text.replace(".", ",")
    return _harmless(text, separator) if isinstance(value, str | list | dict) else text


def _harmless(text: str, separator: str) -> str:
    """The text with an apostrophe before what would be a formula, also where a cell gets cut."""
    parts = _CUTS[separator].split(text.replace("\r", " "))  # alone, it would end a line for some
    return "".join(f"'{part}" if is_formula(part) else part for part in parts)


def _cell(value: Any, key: str = "", unstated: str = NOT_STATED_WORD) -> str:
    if value is None:
        return unstated if key in _WHO else ""
    if isinstance(value, dict):
        values = (_cell(each, name, unstated) for name, each in value.items())
        return ", ".join(filter(None, values))
    if isinstance(value, list):
        parts = (
            each.get("iso3", each.get("label")) if isinstance(each, dict) else each
            for each in value
        )
        return "; ".join(unstated if part is None else str(part) for part in parts)
    return str(value)


def text(value: object) -> str:
    """A cell of a frame as text; missing is empty."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
