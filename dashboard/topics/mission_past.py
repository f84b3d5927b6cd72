"""The missions of 2001-2016 as a block: most ever deployed, on an axis of their own."""

from __future__ import annotations

from dashboard import cache, mission_rows
from dashboard.charts import mission_history as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.report import Chart
from geo import mission_history


def timeline(t: Words, filters: Filters) -> Chart | None:
    """The years of every mission in the area; None where the source has none there.

    Its unknown ends and its arrows are beyond a chart of an office program. Raises DataError.
    """
    history, names = cache.reference("mission_history"), cache.names(t.language)
    inside = cache.in_area(filters.area)
    here = [not inside.isdisjoint(codes.split()) for codes in history["areas"]]
    spans = mission_history.timeline(history[here])
    if spans.empty:
        return None
    said = mission_rows.names_of_spans(spans, names, t)
    headers, body = mission_rows.history_table(t, spans, said)
    return Chart(
        "mission_history",
        t("missions.history"),
        charts.timeline(spans, said, t),
        mission_rows.history_words(t, spans, said),
        headers,
        body,
        t("missions.history_source"),
    )


def address() -> str:
    """Where the source can be read; raises DataError."""
    return str(cache.reference("mission_history")["source_url"].iloc[0])
