"""A presentation: steps that each show one map or chart of a page, written in the address.

A step reads "vlekken/gebied=africa/soort=single!ranking": a page by its path, what its address says
beside release and language, and which map or chart. The first figure is shown where none is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from dashboard.addresses import OVERVIEW, PATHS, STEP_PAGES
from dashboard.filters import Filters, Known, to_query
from dashboard.map_views import view_of
from dashboard.query import STANDARD, from_query, parts_of

_OF_ALL = ("release", "taal", "tour", "stap")
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
    query = {key: value for key, value in to_query(filters).items() if key not in _OF_ALL}
    parts = [f"{key}={quote(value, safe=_SAFE)}" for key, value in query.items()]
    return "/".join([PATHS[page] or OVERVIEW, *parts]) + (f"!{figure}" if figure else "")


def read(step: str, base: Filters, known: Known) -> Step | None:
    """What a step shows, upon the choices of `base`; None where it is no page."""
    where, _, figure = step.partition("!")
    path = where.partition("/")[0]
    if path not in STEP_PAGES:
        return None
    query = {key: value for key, value in parts_of(step).items() if key not in _OF_ALL}
    filters, _ = from_query(to_query(replace(base, tour=(), step=0)) | query, known)
    return Step(STEP_PAGES[path], replace(filters, tour=base.tour, step=base.step), figure)


def steps(filters: Filters, known: Known) -> list[Step]:
    """The steps of the reader's presentation, else of the standard one.

    Their own steps say what was chosen for each; the standard ones show what the reader chose now.
    """
    told: Sequence[str] = filters.tour or STANDARD
    base = Filters(filters.release, filters.language, tour=filters.tour, step=filters.step)
    if not filters.tour:
        base = replace(
            base,
            organisations=filters.organisations,
            layers=filters.layers,
            area=filters.area,
            view=view_of(filters.area),
        )
    return [found for found in (read(step, base, known) for step in told) if found]
