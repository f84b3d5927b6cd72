"""Every report there is, by the page that shows the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.filters import Filters
from dashboard.i18n import words
from dashboard.report import Report
from dashboard.topics import (
    answers,
    comparison,
    coverage,
    gap_report,
    missions,
    network,
    overview,
    presentation,
    scenario,
)
from data.indicators import Indicators

REPORTS: Mapping[str, Callable[..., Report]] = {
    "overview": overview.report,
    "coverage": coverage.report,
    "gaps": gap_report.report,
    "whatif": scenario.report,
    "compare": comparison.report,
    "missions": missions.report,
    "network": network.report,
    "country": answers.report,
    "present": presentation.report,
}


def report(
    page: str,
    filters: Filters,
    own: Indicators | None = None,
    own_weights: Mapping[str, int] | None = None,
) -> Report:
    """What `page` shows under these filters; raises DataError where that is nothing.

    `own` are the reader's own figures, which only the ranking of the gaps has.
    """
    t = words(filters.language)
    if page == "gaps":
        return gap_report.report(t, filters, own, own_weights)
    return REPORTS[page](t, filters)
