"""Every table of the product: columns, types, units, keys and where its facts come from.

All country columns hold ISO 3166-1 alpha-3 codes, XKX for Kosovo and the units of Natural Earth
that ISO does not know (see `data/build/README.md`). Coordinates are degrees, WGS84. Lists in a
cell are separated by a space. An empty cell is a value that is not stated; it is never zero.
"""

from __future__ import annotations

from geo.schemas import evidence, facts, world
from geo.schemas.columns import (
    BASES,
    CAUTIONS,
    CONTRIBUTORS,
    KINDS,
    LEADS,
    MATCHES,
    NOT_STATED,
    NOT_STATED_WORD,
    ORGANISATIONS,
    SAYS,
    Table,
)

__all__ = [
    "BASES",
    "CAUTIONS",
    "CONTRIBUTORS",
    "COUNTRY_COLUMNS",
    "KINDS",
    "LEADS",
    "MATCHES",
    "NOT_STATED",
    "NOT_STATED_WORD",
    "ORGANISATIONS",
    "SAYS",
    "TABLES",
]

TABLES: dict[str, Table] = world.TABLES | facts.TABLES | evidence.TABLES

# Columns that name units of the map, alone or as a list, in whatever table they stand.
COUNTRY_COLUMNS = frozenset(
    {
        *("iso3", "neighbour", "sovereign", "host", "areas", "duty_iso3", "candidates"),
        "counted_with",
    }
)
