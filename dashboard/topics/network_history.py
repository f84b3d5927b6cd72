"""The network as blocks, third part: its history, its key figures and its dated facts."""

from __future__ import annotations

from dashboard import cache, statements
from dashboard import network_history as history
from dashboard.charts import network as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.report import Chart, Table
from dashboard.tables import Cell
from dashboard.topics.network_posts import Pairs, Part, documents


def back(t: Words, filters: Filters) -> Part:
    """The posts in EU states that the letter of 2013 ends, and what is known of them since.

    Their unknown years are beyond a chart of an office program. Raises DataError.
    """
    marks = history.marks(filters.area)
    if marks.empty:
        return Part(t("network.back_none"))
    found = history.returns(marks)
    number = int((found["state"] == "present").sum())
    register = cache.releases()
    used = ", ".join(register.loc[register["network"] != "absent", "release"])
    headers, body = history.chain_rows(t, marks)
    chart = Chart(
        "chains",
        t("network.title_back"),
        charts.chains(history.said(t, marks), history.titles(t, marks), t),
        history.alternative(t, marks),
        headers,
        body,
        t("network.chains_source", releases=used),
    )
    text = t("network.back_text", back=number, all=len(found))
    return Part(text, chart, [t("network.back_note")])


def since(t: Words, area: str, land: str | None = None) -> Pairs:
    """Since when each place that was left has an officer again: (city, what is known).

    With a `land` the places in it alone.
    """
    marks = history.marks(area)
    if land:
        marks = marks[marks["iso3"] == land]
    return [] if marks.empty else history.since_list(t, history.chain_rows(t, marks)[1])


def key_figures(t: Words) -> Part:
    """The numbers that documents print."""
    headers, body = history.figure_rows(t)
    source = documents(t, cache.reference("key_figures")["document"])
    table = Table("figures", t("network.title_figures"), headers, body, source)
    return Part("", table, [t("network.figures_note")])


def placement(t: Words, filters: Filters) -> Part:
    """Why an officer goes somewhere, and of which countries no document says why not."""
    table, note = statements.placement(t, filters.area)
    return Part("", table, [note])


def limits(t: Words, filters: Filters) -> Part:
    """The tasks of an officer, what is not allowed, and the ways beside officers."""
    return Part("", statements.limits(t, filters.area))


def dated(t: Words, filters: Filters) -> Part:
    """Every dated fact about the area, oldest first."""
    headers, body = history.timeline_rows(t, filters.area)
    if not body:
        return Part(t("network.events_none", documents=statements.searched(t)))
    places = " ".join(cell.text if isinstance(cell, Cell) else cell for *_, cell in body)
    source = documents(t, [name for name in cache.documents().index if name in places])
    table = Table("events", t("network.title_events"), headers, body, source)
    return Part(t("network.events_text"), table)
