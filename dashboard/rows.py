"""Frames -> rows of tables in the reader's language; each keeps the way to its source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import findings
from dashboard.i18n import Words
from dashboard.tables import Cell

Rows = list[list[Cell | str]]


def number(t: Words, value: float | None) -> Cell:
    """A number that sorts as one; missing is an empty cell that stays last."""
    if value is None or pd.isna(value):
        return Cell("")
    return Cell(t.number(value), float(value))


def headers(t: Words, keys: Sequence[str]) -> list[str]:
    """The words above the columns."""
    return [t(f"column.{key}") for key in keys]


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
