"""A presentation: steps that each show one map or chart of a page, written in the address.

A step reads "vlekken/gebied=africa/soort=single!ranking": a page by its path, what its address
says beside release and language, and which map or chart; the first one where none is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from dashboard import provenance, snapshot, wording
from dashboard.filters import Filters, ValidNames, to_query
from dashboard.i18n import Texts
from dashboard.links import OVERVIEW, PATHS, STANDARD, STEP_PAGES, from_query, page_of, parts_of
from dashboard.report import Block, Report, Section, Text
from data.load import places, reference
from geo.errors import DataError
from geo.scenario import parse
from geo.whatif import check

_OF_ALL = ("release", "taal", "tour", "stap")
_OF_SCENARIO = ("scenario", "naast")  # travel in every address, but only one page shows them
_SAFE = ",:+~.-"


@dataclass(frozen=True)
class Step:
    """A page under filters, and the key of the figure to show; empty for the first."""

    page: str
    filters: Filters
    figure: str = ""


def written(page: str, filters: Filters, figure: str = "") -> str:
    """A step as it stands in an address; `read` gives it back.

    >>> written("gaps", Filters("r", area="Africa", kinds=("single",)), "gaps")
    'vlekken/gebied=africa/soort=single!gaps'
    """
    query = _of_page(page, to_query(filters))
    parts = [f"{key}={quote(value, safe=_SAFE)}" for key, value in query.items()]
    return "/".join([PATHS[page] or OVERVIEW, *parts]) + (f"!{figure}" if figure else "")


def _of_page(page: str, query: Mapping[str, str]) -> dict[str, str]:
    """What a step of this page says; a scenario only where the page shows one.

    Else today's figures would be called a scenario because of what was looked at before.
    """
    beside = _OF_ALL if page == "whatif" else (*_OF_ALL, *_OF_SCENARIO)
    return {key: value for key, value in query.items() if key not in beside}


def standard(filters: Filters) -> list[str]:
    """The steps of who chose none: a scenario that is in the address and fits comes first."""
    if not (filters.scenario and _fits(filters)):
        return [*STANDARD]
    chosen = Filters(filters.release, scenario=filters.scenario, beside=filters.beside)
    return [written("whatif", chosen), *STANDARD]


def _fits(filters: Filters) -> bool:
    """Whether the scenario changes something in this release; one that does not is no screen."""
    try:
        scenario, network = parse(filters.scenario), snapshot.network(filters.release)
        check(scenario, filters.release, network, reference("units"), places())
    except DataError:
        return False
    return bool(scenario.changes)


def read(step: str, base: Filters, valid: ValidNames) -> Step | None:
    """What a step shows, upon the choices of `base`; None where it is no page."""
    where, _, figure = step.partition("!")
    path = where.partition("/")[0]
    if path not in STEP_PAGES:
        return None
    page = page_of(STEP_PAGES[path], figure)
    query = _of_page(page, parts_of(step))
    filters, _ = from_query(to_query(replace(base, tour=(), step=0)) | query, valid)
    return Step(page, replace(filters, tour=base.tour, step=base.step), figure)


def steps(filters: Filters, valid: ValidNames) -> list[Step]:
    """The steps of the reader's presentation, else of the standard one.

    Their own steps say what was chosen for each; the standard ones show what the reader chose now.
    """
    written = filters.tour or standard(filters)
    base = Filters(filters.release, filters.language, tour=filters.tour, step=filters.step)
    if not filters.tour:
        base = replace(
            base,
            organisations=filters.organisations,
            layers=filters.layers,
            area=filters.area,
        )
    return [
        valid_step for valid_step in (read(step, base, valid) for step in written) if valid_step
    ]


def report(t: Texts, filters: Filters, report_of: Callable[[str, Filters], Report]) -> Report:
    """The steps of the reader's presentation; raises DataError where none can be shown.

    `report_of` gives what a page shows under filters, see `catalogue.report`. A step without a
    figure gives its summary; one that cannot be shown says why.
    """
    sections: list[Section] = []
    for place, step in enumerate(steps(filters, snapshot.valid_names()), 1):
        try:
            screen = report_of(step.page, step.filters)
        except DataError as error:
            text = wording.error_text(t, error)
            blocks: list[Block] = [Text(f"{text.reason}. {text.advice}.")]
            sections.append(Section(f"step_{place}", t(f"page.{step.page}"), blocks))
            continue
        figure = screen.figure(step.figure)
        summary = [
            Text(sentence, documents=screen.summary_documents) for sentence in screen.summary
        ]
        blocks = [*summary]
        if figure:
            blocks.insert(
                0,
                replace(figure, key=f"{figure.key}_{place}", title=screen.headline(figure)),
            )
        heading = screen.headline(figure) if figure else screen.title
        if step.filters.scenario:
            heading = t("present.scenario_title", title=heading)
            blocks = [
                replace(each, title=t("present.scenario_title", title=each.title))
                if not isinstance(each, Text)
                else each
                for each in blocks
            ]
        sections.append(Section(f"step_{place}", heading, blocks))
    return provenance.report(
        t,
        filters,
        "present",
        subject=t("present.subject"),
        title=t("present.subject"),
        summary=[section.heading for section in sections],
        sections=sections,
    )
