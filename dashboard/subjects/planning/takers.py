"""Who might take over a country without an officer, or those of a post that closes."""

from __future__ import annotations

import pandas as pd

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.records import Row
from dashboard.report import Block, Table, Text
from dashboard.rows import Rows, number
from dashboard.subjects.planning import question as planning
from dashboard.subjects.planning.report import scenario_link
from dashboard.subjects.scenario import report as scenario_report
from dashboard.subjects.scenario.report import WhatIf
from dashboard.tables import Cell
from geo.scenario import Close, Rearrange, Scenario, changed

FIRST = 3  # posts that are named for a country


def of_country(t: Words, filters: Filters, iso3: str, source: str) -> list[Block]:
    """The nearest posts that might serve a country, each with a scenario in which it does."""
    table = planning.takers(filters.release, filters.choice, iso3).head(FIRST)
    if table.empty:
        return []
    scenario = Scenario(filters.release)
    body: Rows = [
        [_post(t, filters, row), *_rest(t, scenario, row)] for row in table.to_dict("records")
    ]
    block = Table("takers", t("planning.takers"), [t("column.post"), *_heads(t)], body, source)
    return [Text(t("planning.takers_text")), block]


def of_what_if(what_if: WhatIf) -> list[Block]:
    """For each country that closing posts leave without an officer: the nearest other posts.

    Each stands with the scenario in which it serves the country.
    """
    t, filters, scenario = what_if.t, what_if.filters, what_if.scenario
    lost = what_if.effect.of("lost")["iso3"]
    closed = [change.row for change in scenario.changes if isinstance(change, Close)]
    frames = [planning.takers_for(filters.release, filters.choice, row) for row in closed]
    if not frames:
        return []
    table = pd.concat(frames).drop_duplicates(["iso3", "row"])
    table = table[table["iso3"].isin(lost) & ~table["row"].isin(closed)]
    if table.empty:
        return []
    names = snapshot.names(t.language)
    table = table.groupby("iso3", sort=False).head(FIRST)
    body: Rows = [
        [str(names[row["iso3"]]), _post(t, filters, row), *_rest(t, scenario, row)]
        for row in table.to_dict("records")
    ]
    heads = [t("column.country"), t("column.post"), *_heads(t)]
    block = Table("takers", t("planning.takers_closed"), heads, body, what_if.source)
    return [Text(t("planning.takers_text")), block]


def _heads(t: Words) -> list[str]:
    heads = [t("column.distance"), t("planning.column_serves"), t("planning.column_border")]
    return [*heads, t("planning.column_region"), t("planning.column_scenario")]


def _post(t: Words, filters: Filters, row: Row) -> str:
    return scenario_report.post_labels(filters.release, t.language)[int(row["row"])]


def _rest(t: Words, scenario: Scenario, row: Row) -> list[Cell | str]:
    """Distance, load, border, region, and the scenario in which the post takes the country."""
    region = "same" if row["same_region"] else "continent" if row["same_continent"] else "other"
    taken = changed(scenario, Rearrange(int(row["row"]), (row["iso3"],)))
    return [
        number(t, row["distance_km"]),
        number(t, row["serves"]),
        t("planning.yes") if row["borders"] else t("planning.no"),
        t(f"planning.region_{region}"),
        scenario_link(t, taken),
    ]
