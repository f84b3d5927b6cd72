"""What one posting carries in words: countries and people, what hangs on it, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import cache, findings, rows
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.rows import Rows
from dashboard.tables import Cell
from geo.keys import key
from geo.network import Cost


def people(t: Words, number: object) -> str:
    """A population in millions, or thousands of millions; missing is not known."""
    if pd.isna(number):  # type: ignore[call-overload]
        return t("network.people_unknown")
    millions = float(str(number)) / 1e6
    if millions >= 1000:
        return t("network.billion", n=round(millions / 1000, 1))
    return t("network.million", n=round(millions, 1)) if millions >= 0.1 else t("network.few")


def label(t: Words, row: Row) -> str:
    """ "Santo Domingo, NP" for a posting."""
    return f"{row['name']}, {findings.organisation(t, row['organisation'])}"


def labels(t: Words, postings: Sequence[Row]) -> list[str]:
    """A label for each posting; two that would be the same say their row too."""
    found = [label(t, row) for row in postings]
    return [
        t("network.label_row", post=one, row=str(row["table_row"])) if found.count(one) > 1 else one
        for one, row in zip(found, postings, strict=True)
    ]


@cache.by_content(8)
def load_rows(
    t: Words, loads: pd.DataFrame, names: dict[str, str], alone: bool
) -> tuple[list[str], Rows]:
    """(headers, rows) of `geo.network.load`; with `alone`, of what hangs on each posting, beside
    all it serves.

    `names` gives the name of each unit by code.
    """
    before = "alone_" if alone else ""
    table: Rows = []
    for row in loads.to_dict("records"):
        lands = sorted((names[code] for code in row[f"{before}iso3"]), key=key)
        number = row[f"{before}population"]
        table.append(
            [
                label(t, row),
                rows.number(t, row[f"{before}countries"]),
                *([rows.number(t, row["countries"])] if alone else []),
                Cell(people(t, number), None if pd.isna(number) else float(number)),
                ", ".join(lands),
                findings.place(t, row),
            ]
        )
    heads = ("post", *(("lost", "serves_all") if alone else ("serves",)), "people", "lands")
    return [*(t(f"network.column_{name}") for name in heads), t("column.place")], table


def uncounted(loads: pd.DataFrame) -> int:
    """How many served units have no known population."""
    people = cache.reference("populations").dropna(subset=["population"])
    return len({code for codes in loads["iso3"] for code in codes} - set(people["iso3"]))


def cost_text(t: Words, sums: Cost, filters: Filters) -> str:
    """The formula of the estimate, what it leaves out, and what stands apart."""
    of = t("network.cost_area", area=t.area(filters.area)) if filters.area else ""
    parts = [
        t("network.cost_formula", posts=sums.posts, each=sums.each, total=sums.total, where=of)
    ]
    if sums.not_stated:
        total = sums.not_stated_total
        parts.append(t.count("network.cost_not_stated", sums.not_stated, total=total))
    return " ".join([*parts, t("network.cost_limits")])
