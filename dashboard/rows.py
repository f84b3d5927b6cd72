"""Frames -> rows of tables in the reader's language; each keeps the way to its source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import findings
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.tables import Cell
from geo.names import key

Rows = list[Sequence[Cell | str]]


def number(t: Words, value: float | None) -> Cell:
    """A number that sorts as one; missing is an empty cell that stays last."""
    if value is None or pd.isna(value):
        return Cell("")
    return Cell(t.number(value), float(value))


def headers(t: Words, keys: Sequence[str]) -> list[str]:
    """The words above the columns."""
    return [t(f"column.{key}") for key in keys]


def dossier(iso3: str) -> str:
    """The address of a country's dossier; `static/shell.js` adds the reader's choices to it."""
    return f"land?land={iso3}"


def sorting(names: pd.Series) -> pd.Series:
    """Names as a reader looks for them: case, accents and hyphens do not count."""
    return names.map(key)


def text(value: object) -> str:
    """A cell of a frame as text; missing is empty."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def serving(t: Words, postings: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the postings that serve a country, see `geo.dossier.serving`."""
    rows: Rows = []
    for row in postings.to_dict("records"):
        who = findings.organisation(t, row["organisation"])
        kind = f" ({t('kind.FILO')})" if row["kind"] == "FILO" else ""
        status = "" if row["status"] == "active" else f" – {t('status.planned')}"
        rows.append(
            [
                f"{who}{kind}{status}",
                text(row["city"]),
                number(t, row["distance_km"]),
                f"{t('basis.' + row['basis'])}: {row['printed']}",
                text(row["theme"]),
                f"{row['label']} · {text(row['area_printed'])}".removesuffix(" · "),
                findings.place(t, row),
            ]
        )
    keys = ("organisation", "city", "distance", "basis", "theme", "printed", "place")
    return headers(t, keys), rows


def placements(t: Words, postings: pd.DataFrame) -> tuple[list[str], Rows]:
    """(headers, rows) of the multilateral placements in a country."""
    rows: Rows = [
        [text(row["region"]), row["label"], text(row["city"]), findings.place(t, row)]
        for row in postings.to_dict("records")
    ]
    return headers(t, ("body", "printed", "city", "place")), rows


def missions(t: Words, as_of: str, deployments: pd.DataFrame) -> Rows:
    """Missions of one reference date."""
    return [
        [
            row["printed"],
            Cell(t.date(as_of), as_of),
            number(t, row["personnel"]),
            text(row["duty_printed"]),
            findings.place(t, row),
        ]
        for row in deployments.to_dict("records")
    ]


def past_missions(t: Words, history: pd.DataFrame) -> Rows:
    """Missions 2001-2016; unknown years are said to be unknown."""
    rows: Rows = []
    for row in history.to_dict("records"):
        start = text(row["start_year"]) or t("country.unknown_start")
        end = text(row["end_year"]) or t(
            "country.until_now" if row["end_printed"] == "Date" else "country.unknown_end"
        )
        lead = t(f"lead.{row['lead_organisation']}")
        name = text(row["mission"]) or f"{lead} {row['country_printed']}"
        rows.append([name, f"{start} – {end}", lead, number(t, row["max_deployed"])])
    return rows


def events(t: Words, table: pd.DataFrame) -> Rows:
    """Dated events or agreements."""
    return [
        [Cell(t.date(row["date"]), row["date"]), row[f"text_{t.language}"], findings.place(t, row)]
        for row in table.to_dict("records")
    ]


def mentioned(t: Words, postings: pd.DataFrame, as_of: str) -> Rows:
    """What a partial release proves: that these postings existed."""
    rows: Rows = []
    for row in postings.to_dict("records"):
        who = findings.organisation(t, row["organisation"])
        what = f"{row['kind']} {who}, {text(row['city']) or row['printed']}"
        if row["status"] == "planned":
            what += f" ({t('status.planned')})"
        rows.append(
            [
                Cell(t.date(as_of), as_of),
                f"{t('country.history_2013')}: {what}",
                findings.place(t, row),
            ]
        )
    return rows


def first(row: Sequence[Cell | str]) -> str:
    """What the first cell of a row sorts by."""
    cell = row[0]
    return str(cell.sort or cell.text) if isinstance(cell, Cell) else cell


def facts(
    t: Words, unit: Row, names: pd.Series, about: Mapping[str, Row | None]
) -> list[tuple[str, str]]:
    """Short facts of a unit as (term, what); `about` holds its row in each table, or None."""
    member, priority, agreement = (
        about[table] for table in ("eu_members", "priority_countries", "agreements")
    )
    found = {
        "kind": t(f"kind.{unit['kind']}"),
        "sovereign": names.get(unit["sovereign"], "") if unit["sovereign"] != unit["iso3"] else "",
        "continent": t(f"continent.{unit['continent']}"),
        "capital": text(unit["capital" if t.language == "nl" else "capital_en"]),
        "area": f"{t.number(unit['area_km2'])} km²",
        "channel": t("country.europol", date=t.date(member["since"]))
        if member
        else t("country.no_channel"),
        "priority": f"{t('country.yes')} ({findings.place(t, priority)})"
        if priority
        else t("country.no"),
        "agreement": f"{agreement[f'text_{t.language}']} ({t.date(agreement['date'])})"
        if agreement
        else "",
    }
    return [(t(f"country.fact_{name}"), str(what)) for name, what in found.items() if what]


COVERAGE = ("country", "state", "postings", "organisations", "cities", "distance", "basis")


def coverage_fill(t: Words, frame: pd.DataFrame) -> str:
    """The cells of the coverage table as compact JSON, for `static/shell.js`.

    Texts travel once, most countries look alike and are said once: 4 kB instead of 60.
    """
    texts: dict[str, int] = {}
    rows = {
        row["iso3"]: [
            texts.setdefault(findings.state_word(t, row["state"], row["basis"]), len(texts)),
            None if pd.isna(row["postings"]) else int(row["postings"]),
            texts.setdefault(organisations(t, row["organisations"]), len(texts)),
            texts.setdefault(", ".join(row["cities"]), len(texts)),
            None if pd.isna(row["distance_km"]) else int(row["distance_km"]),
            texts.setdefault(", ".join(t(f"basis.{basis}") for basis in row["basis"]), len(texts)),
        ]
        for row in frame.to_dict("records")
    }
    rest = Counter(map(tuple, rows.values())).most_common(1)[0][0]
    known = {iso3: row for iso3, row in rows.items() if tuple(row) != rest}
    fill = {"lang": t.language, "columns": "tnttnt", "texts": list(texts), "rest": rest}
    return json.dumps(fill | {"rows": known}, ensure_ascii=False, separators=(",", ":"))


def coverage_heads(units: pd.DataFrame, language: str) -> dict[str, Cell]:
    """The first cell of each row of the coverage table: the country with its dossier, by name."""
    name = f"name_{language}"
    named = units.sort_values(name, key=sorting)
    return {
        iso3: Cell(shown, href=dossier(iso3))
        for iso3, shown in zip(named["iso3"], named[name], strict=True)
    }


def neighbours(t: Words, near: pd.DataFrame, names: pd.Series) -> tuple[list[str], Rows]:
    """(headers, rows) of the neighbours of a country, see `geo.dossier.neighbours_of`."""
    rows: Rows = [
        [
            Cell(names[row["iso3"]], href=dossier(row["iso3"])),
            findings.state_word(t, row["state"], row["basis"]),
            organisations(t, row["organisations"]),
        ]
        for row in near.to_dict("records")
    ]
    return headers(t, ("country", "state", "organisations")), rows


def organisations(t: Words, names: list[str]) -> str:
    """The short names of several organisations."""
    return ", ".join(findings.organisation(t, name) for name in names)
