"""Every report there is, by the page that shows the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.report import Report
from dashboard.subjects import coverage, explanation, overview, presentation
from dashboard.subjects.comparison import report as comparison_report
from dashboard.subjects.country import report as country_report
from dashboard.subjects.gaps import report as gaps_report
from dashboard.subjects.missions import report as missions_report
from dashboard.subjects.missions import years as mission_years
from dashboard.subjects.network import report as network_report
from dashboard.subjects.planning import report as planning_report
from dashboard.subjects.scenario import report as scenario_report
from data.indicators import Indicators

REPORTS: Mapping[str, Callable[[Texts, Filters], Report]] = {
    "overview": overview.report,
    "coverage": coverage.report,
    "whatif": scenario_report.report,
    "compare": comparison_report.report,
    "missions": missions_report.report,
    "mission_years": mission_years.report,
    "network": network_report.report,
    "network_load": network_report.load_report,
    "network_history": network_report.history_report,
    "country": country_report.report,
    "explanation": explanation.report,
    "present": lambda t, filters: presentation.report(t, filters, report),
}

# With the reader's own figures and what they weigh.
WEIGHED: Mapping[str, Callable[..., Report]] = {
    "gaps": gaps_report.report,
    "planning": planning_report.report,
}
PAGES = (*REPORTS, *WEIGHED)


def report(
    page: str,
    filters: Filters,
    indicators: Indicators | None = None,
    indicator_weights: Mapping[str, int] | None = None,
) -> Report:
    """What `page` shows under these filters; raises DataError where that is nothing.

    `indicators` are the reader's own figures, which weigh in the ranking of the gaps
    and where posts are placed.
    """
    t = texts_of(filters.language)
    # The whole of it of one moment; and whether that is the newest is asked once, not a row.
    with snapshot.steady():
        if page in WEIGHED:
            return WEIGHED[page](t, filters, indicators, indicator_weights)
        return REPORTS[page](t, filters)


def screen(page: str, filters: Filters, figure: str = "") -> Report:
    """As much of the same as a screen shows that has room for one figure; raises DataError.

    `figure` is the key of a map or chart, empty for the first.
    """
    if page != "overview":  # the one whose screen needs less than the whole report
        return report(page, filters)
    with snapshot.steady():
        return overview.screen(texts_of(filters.language), filters, figure)
