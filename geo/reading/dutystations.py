"""The duty station of a mission: a country as printed, or the country of a printed city."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.names.cities import Gazetteer
from geo.names.outcomes import Match, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Params, Place, Problem

_BRACKET = re.compile(r"([^,()]+?)\s*\(([^()]+)\)?\s*")  # "Kyiv (Oekraïne)"
Station = dict[str, str | None]  # duty_printed, duty_iso3, duty_place


def read_duty_station(
    printed: str,
    areas: Sequence[str],
    resolver: Resolver,
    gazetteer: Gazetteer | None,
    place: Place,
) -> tuple[Station, list[Problem]]:
    """The columns of table `deployments` about a duty station, and what is in doubt.

    "Country" or "Country, place" is read as such. What is no country may be a city, if one country
    alone has a city of that name, or one alone among the `areas` of the mission.
    """
    if not printed:
        return _station(None, None, None), []
    bracket = _BRACKET.fullmatch(printed)
    first, _, rest = (bracket[1], "", bracket[2]) if bracket else printed.partition(",")
    found = resolver.unit(printed if resolver.decided(printed) else first)
    code = found.iso3 if isinstance(found, Match) else None
    if gazetteer and isinstance(found, Unresolved) and found.reason != "ambiguous":
        iso3 = _unit_of_city(first, rest, areas, resolver, gazetteer)
        if iso3:
            city = first.strip()
            params: Params = {"city": city, "country": iso3}
            warning = place.warning("duty_is_city", printed, "duty_iso3", (iso3,), params)
            return _station(printed, iso3, city), [warning]
    return _station(printed, code, rest.strip() or None), place.problems_of(found, "duty_iso3")


def _unit_of_city(
    city: str, rest: str, areas: Sequence[str], resolver: Resolver, gazetteer: Gazetteer
) -> str | None:
    """The one unit that has the city; `rest`, printed behind a comma, must not name another."""
    units = set(gazetteer.anywhere(city))
    country = resolver.exact(rest) if rest.strip() else None
    if isinstance(country, Match):
        units &= {country.iso3}
    likely = units & set(areas) if len(units) > 1 else units
    return next(iter(likely)) if len(likely) == 1 else None


def _station(printed: str | None, iso3: str | None, place: str | None) -> Station:
    return {"duty_printed": printed, "duty_iso3": iso3, "duty_place": place}
