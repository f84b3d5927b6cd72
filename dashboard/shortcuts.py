"""The questions of a briefing, each one link away from its answer."""

from __future__ import annotations

from dataclasses import replace

from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.map_views import view_of

EXAMPLE = "South America"  # where no area is chosen


def questions(t: Words, filters: Filters) -> list[tuple[str, str, Filters]]:
    """(question, page, the filters under which the page answers it)."""
    area = filters.area or EXAMPLE
    whole = replace(filters, organisations=(), land=None)
    asked = {
        "uncovered": ("gaps", replace(whole, area=area, view=view_of(area), kinds=("uncovered",))),
        "partner_only": ("gaps", replace(whole, area="", view="world", kinds=("partner_only",))),
        "closing": ("whatif", whole),
        "officers": ("missions", whole),
        "double": ("network", replace(whole, area="")),
        "since": ("network", replace(whole, area="", land="PRT")),
    }
    return [
        (t(f"question.{name}", area=t.area(area)), page, found)
        for name, (page, found) in asked.items()
    ]


def behind(figure: str, filters: Filters) -> tuple[str, Filters]:
    """(page, its filters) that list what a figure of the overview counts."""
    everyone = replace(filters, organisations=(), area="", kinds=("partner_only",))
    return {
        "single": ("gaps", replace(filters, area="", kinds=("single",))),
        "gpi_only": ("gaps", everyone),
        "officers": ("missions", filters),
    }.get(figure, ("coverage", filters))
