"""A presentation as a report: one section for each of its steps."""

from __future__ import annotations

from dataclasses import replace

from dashboard import cache, tour
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.imprint import report as made
from dashboard.report import Block, Report, Section, Text
from geo.errors import DataError


def report(t: Words, filters: Filters) -> Report:
    """The steps of the reader's presentation; raises DataError where none can be shown.

    A step without a figure gives its summary; one that cannot be shown says why.
    """
    from dashboard.topics.catalogue import report as report_of  # it lists this report too

    sections: list[Section] = []
    for place, step in enumerate(tour.steps(filters, cache.known()), 1):
        try:
            found = report_of(step.page, step.filters)
        except DataError as error:
            blocks: list[Block] = [Text(f"{t.known(error.reason)}. {t.known(error.advice)}.")]
            sections.append(Section(f"step_{place}", t(f"page.{step.page}"), blocks))
            continue
        shown = found.figure(step.figure)
        summary = [Text(sentence) for sentence in found.summary]
        blocks = [*summary]
        if shown:
            blocks.insert(
                0, replace(shown, key=f"{shown.key}_{place}", title=found.headline(shown))
            )
        sections.append(Section(f"step_{place}", found.title, blocks))
    return made(
        t,
        filters,
        "present",
        name="presentatie",
        subject=t("present.subject"),
        title=t("present.subject"),
        summary=[section.heading for section in sections],
        sections=sections,
    )
