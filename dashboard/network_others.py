"""FILO's and placements at international bodies, in words."""

from __future__ import annotations

from dashboard import findings, rows
from dashboard.i18n import Words
from dashboard.network_shown import Shown
from dashboard.rows import Rows
from geo.schemas import NOT_STATED


def placement_rows(t: Words, found: Shown) -> tuple[list[str], Rows]:
    """(headers, rows) of the multilateral placements, by receiving body."""
    own = found.chosen[found.chosen["kind"] == "multilateral"]
    table: Rows = [
        [rows.text(row["region"]), row["label"], row["name"], findings.place(t, row)]
        for row in own.to_dict("records")
    ]
    return rows.headers(t, ("body", "printed", "city", "place")), table


def filo_rows(t: Words, found: Shown) -> tuple[list[str], Rows]:
    """(headers, rows) of the FILO's."""
    own = found.chosen[found.chosen["kind"] == "FILO"]
    table: Rows = [
        [
            row["label"],
            findings.organisation(t, row["organisation"]),
            rows.text(row["area_printed"]) or rows.text(row["theme"]),
            findings.place(t, row),
        ]
        for row in own.to_dict("records")
    ]
    return [
        *rows.headers(t, ("printed", "organisation")),
        t("network.column_area"),
        t("column.place"),
    ], table


def unsaid(found: Shown) -> bool:
    """Whether a choice of organisations hides placements that state none."""
    hidden = found.postings[found.postings["kind"] == "multilateral"]
    chosen = found.chosen[found.chosen["kind"] == "multilateral"]
    return len(chosen) < len(hidden) and bool(
        hidden["organisation"].fillna(NOT_STATED).eq("").any()
    )
