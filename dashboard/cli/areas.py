"""A part of the world or a country as somebody types it, for every command that takes one."""

from __future__ import annotations

from dashboard import records, snapshot
from dashboard.filters import slug
from dashboard.i18n import texts_of
from data.load import reference
from geo.errors import DataError
from geo.names.outcomes import Match


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


def country_of(text: str, where: str) -> str:
    """The code of a country by its code or a certain name; `where` is how it was asked for.

    Raises DataError, with suggestions, or with the reason why a place is no unit of its own.
    """
    if code := snapshot.valid_names().unit(text.upper()):
        return code
    _refuse_no_unit(text, where)
    from data.documents.reading import resolver  # slow to load, and a code does without

    names = resolver()
    read = names.exact(text)
    if isinstance(read, Match) and not names.is_ambiguous(text):
        return read.iso3
    if near := names.suggest(text):
        raise DataError("no_such_country_alike", where, value=text, alike=tuple(near))
    raise DataError("no_such_country", where, value=text)


def _refuse_no_unit(text: str, where: str) -> None:
    """Raise DataError for a code or name of table `not_units`."""
    wanted = text.strip().casefold()
    for row in records.plain(reference("not_units")):
        if wanted in (row[key].casefold() for key in ("code", "name_nl", "name_en")):
            why = row["reason_en"].rstrip(".")  # as every error of the command line
            raise DataError("country_is_no_unit", where, value=text, why=why)
