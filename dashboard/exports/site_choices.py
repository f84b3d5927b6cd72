"""The coverage of a site for every choice of organisations, computed here, never in a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

from dashboard import cache, findings, map_blocks, prepared_coverage, theme
from dashboard.filters import CHOICES, Filters, canonical
from dashboard.i18n import Words
from dashboard.map_views import VIEWS
from dashboard.records import plain
from dashboard.topics.country import Country
from dashboard.topics.ground import Ground
from geo.coverage import served, totals
from geo.schemas import NOT_STATED_WORD

DRAWN = ("classes", "rest", "units", "posts", "cities")  # of a payload, what differs per choice
LAND = "{land}"  # where the script puts the name of a country


def subsets() -> list[tuple[str, ...]]:
    """The non-empty sets of organisations; the one with all of them first, as the empty choice."""
    sizes = range(len(CHOICES), 0, -1)
    return [canonical(some) for size in sizes for some in combinations(CHOICES, size)]


def name(organisations: tuple[str, ...]) -> str:
    """A choice as addresses write it.

    >>> name(("NP", "")), name(())
    ('NP,not-stated', '')
    """
    return ",".join(each or NOT_STATED_WORD for each in organisations)


def choices(t: Words, filters: Filters) -> dict[str, Any]:
    """Name of a choice -> all that the page shows under it; raises DataError.

    `payload` is for the map (see `maps.payload`), `table` for the list of all units (see
    `unit_rows.fill`); `titles` holds sentences about a country and `title` per unit, in the order
    of the table, which of them is its own.
    """
    return {name(some): _choice(t, replace(filters, organisations=some)) for some in subsets()}


def _choice(t: Words, filters: Filters) -> dict[str, Any]:
    drawn = map_blocks.world(t, filters)
    frame = cache.coverage(filters.release, filters.choice, t.language)
    counts = totals(frame)
    known = {row["iso3"]: row for row in plain(frame)}
    ground, titles = Ground(t, filters), dict[str, int]()
    own = [
        titles.setdefault(
            findings.country(t, LAND, known[iso3], filters, Country(ground, iso3).elsewhere),
            len(titles),
        )
        for iso3 in cache.names_in_order(t.language)
    ]
    shown = {"post": counts.posts, "accredited": counts.accredited}
    shown |= {"none": counts.none} if counts.none else {"unknown": counts.unknown}
    return {
        "title": drawn.title,
        "text": drawn.alternative,
        "legend": drawn.legend,
        "payload": {key: drawn.payload[key] for key in DRAWN},
        "counts": [
            [findings.state_word(t, state, [], filters.choice), t.number(n)]
            for state, n in shown.items()
        ],
        "table": json.loads(
            prepared_coverage.coverage_fill(filters.release, filters.choice, t.language)
        ),
        "titles": list(titles),
        "title_of": own,
    }


def views(t: Words, filters: Filters) -> list[tuple[str, str, Any, Any]]:
    """(name, words, bounds, centre) of each part of the world, see `maps.payload`."""
    found = []
    for view in VIEWS:
        payload = map_blocks.world(t, replace(filters, view=view)).payload
        found.append((view, t(f"view.{view}"), payload["bounds"], payload["centre"]))
    return found


def links(filters: Filters) -> list[tuple[float, float, str, str, str]]:
    """(latitude, longitude and country of a post, country it serves, organisation), each once."""
    network = cache.network(filters.release)
    found = served(network.postings, network.accreditations, filters.choice)
    found = found[(found["kind"] == "LO") & found["lat"].notna() & (found["iso3"] != found["host"])]
    columns = ("lat", "lon", "host", "iso3", "organisation")
    every = {
        (round(lat, 2), round(lon, 2), host, iso3, theme.code(organisation))
        for lat, lon, host, iso3, organisation in zip(*map(found.get, columns), strict=True)
    }
    return sorted(every)
