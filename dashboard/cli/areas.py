"""A part of the world as somebody types it, for every command that takes `--region`."""

from __future__ import annotations

from dashboard import snapshot
from dashboard.filters import slug
from dashboard.i18n import texts_of
from geo.errors import DataError


def area_of(region: str | None) -> str:
    """A continent or subregion by its English or Dutch name; empty where none is asked for.

    Raises DataError for a name that is none.
    """
    if region is None:
        return ""
    parts = snapshot.areas().items()
    every = dict.fromkeys(name for continent, inside in parts for name in (continent, *inside))
    named = {slug(area): area for area in every}
    for t in (texts_of("nl"), texts_of("en")):
        named |= {slug(t.area(area)): area for area in every}
    if slug(region) not in named:
        raise DataError("no_such_region", "--region", value=region, regions=tuple(every))
    return named[slug(region)]


def units_of(region: str | None) -> frozenset[str]:
    """The units of such a part of the world; of the whole where none is asked for."""
    return snapshot.in_area(area_of(region))
