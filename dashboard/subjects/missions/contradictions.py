"""Where the UN counts more in a month than the maximum of another source: neither corrected."""

from __future__ import annotations

import pandas as pd

from dashboard import rows, snapshot
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.records import Row
from dashboard.report import Cell, Form, Table
from dashboard.rows import Rows
from dashboard.subjects.missions import years_tables
from dashboard.subjects.missions.years_data import HOME, PAST, UN, Years, cited
from data.load import reference
from geo import mission_doubts


@snapshot.cached(1)
def every() -> pd.DataFrame:
    """`geo.mission_doubts.above_maximum` of the Dutch police; raises DataError."""
    tables = reference("mission_history"), reference("un_police")
    return mission_doubts.above_maximum(*tables, HOME)


def of(years: Years) -> pd.DataFrame:
    """Those under the reader's choices."""
    drawn = set(years.past["row"])
    return every()[every()["row"].isin(drawn)]


def sentence(t: Texts, above: pd.DataFrame) -> str:
    """Each mission with what both sources say; empty where they agree."""
    each = [
        t(
            "years.contradiction",
            mission=mission_name(t, row["mission"]),
            maximum=t.number(row["maximum"]),
            most=t.number(row["most"]),
            month=t.date(row["most_in"]),
        )
        for row in above.to_dict("records")
    ]
    return t("years.contradict", each="; ".join(each)) if each else ""


def _months(t: Texts, row: Row) -> Cell:
    """How many months are above, and from when to when."""
    first, last = row["first"], row["last"]
    when = t.date(first) if first == last else years_tables.period(t, first, last)
    text = t("years.months_period", n=row["months"], period=when)
    return Cell(text, float(row["months"]), form=Form(), alone=False)


def table(years: Years) -> Table | None:
    """A row for each mission with the highest of both sources; None where they agree."""
    t, above, body = years.t, of(years), Rows()
    if above.empty:
        return None
    printed = reference("mission_history").set_index("row", drop=False)
    for row in above.to_dict("records"):
        body.append(
            [
                mission_name(t, row["mission"]),
                rows.number(t, row["maximum"]),
                rows.citation(t, printed.loc[row["row"]].to_dict()),
                rows.number(t, row["most"]),
                Cell(t.date(row["most_in"]), row["most_in"]),
                _months(t, row),
                cited(t, UN),
            ]
        )
    keys = ("mission", "maximum_past", "most_un", "month_column", "months_above")
    heads = [t(f"years.{key}") for key in keys]
    heads = [*heads[:2], t("years.source_past"), *heads[2:], t("years.source_un")]
    documents = snapshot.documents()
    source = "; ".join(str(documents.loc[name, f"title_{t.language}"]) for name in (UN, PAST))
    return Table("contradictions", t("years.contradictions"), heads, body, source, [UN, PAST])
