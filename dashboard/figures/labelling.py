"""Which names come first on a map: one rule for the screen, slides and files.

Hosts of posts first, then large gaps, the other states, then territories, each by size. Without
room on its own ground a name stands by the post or in the sea, never on the land of another. A
territory that nobody serves waits for the states around it: Jersey is not named where France or
Denmark is not.
`map_files` hands the fixed part to the browser, a payload carries what depends on the coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import inf

import pandas as pd

from geo.shapes import distance_km

LARGE_KM2 = 100_000  # a gap of this size is named before states that are merely served
WAITS = ((1200, 40_000), (300, 0))  # within so many km a territory waits for states of so many km2
# How much wider than its unit a name may be: of a territory, of a state, of a host by necessity.
FITS, SPILLS, SPRAWLS = 1.1, 1.7, 4.0
# The share of a name on its own ground that may lie on the land of others, where it would be read
# as theirs; of a name beside its ground nothing may, nor the px around it.
LEANS, RIM = 0.2, 4
ROOM = (FITS, SPILLS, SPRAWLS, LEANS, RIM)


def ranks(units: pd.DataFrame) -> dict[str, int]:
    """iso3 -> place in the fixed order: states before territories, the larger first."""
    order = units.assign(apart=units["kind"] != "state").sort_values(
        ["apart", "area_km2", "iso3"], ascending=[True, False, True]
    )
    return {iso3: place for place, iso3 in enumerate(order["iso3"])}


def waits(units: pd.DataFrame) -> dict[str, list[str]]:
    """Territory -> the states around it that are named before it, see WAITS; the larger first."""
    states = units[units["kind"] == "state"].sort_values("area_km2", ascending=False)
    places = states["label_lat"], states["label_lon"]
    found = {}
    for row in units[units["kind"] != "state"].to_dict("records"):
        km = distance_km(row["label_lat"], row["label_lon"], *places)
        size = states["area_km2"].to_numpy(dtype=float)
        near = [
            (km < reach) & (size >= least) & (size > float(row["area_km2"]))
            for reach, least in WAITS
        ]
        found[str(row["iso3"])] = states["iso3"][near[0] | near[1]].tolist()
    return found


def first(units: pd.DataFrame, hosts: Collection[str], gaps: Collection[str]) -> list[str]:
    """The units that are named before all others: hosts, then large gaps, the larger first.

    A territory is no gap to point at, but a host as any other.
    """
    cells = (units["iso3"], units["kind"], units["area_km2"].astype(float))
    chosen = [
        (iso3 not in hosts, -km2 if km2 == km2 else inf, iso3)  # of an unknown size last
        for iso3, kind, km2 in zip(*(column.tolist() for column in cells), strict=True)
        if iso3 in hosts or (kind == "state" and km2 >= LARGE_KM2 and iso3 in gaps)
    ]
    return [iso3 for *_, iso3 in sorted(chosen)]


def in_turn(
    seen: Collection[str], before: Sequence[str], ranks: Mapping[str, int]
) -> list[tuple[str, bool]]:
    """The units of a panel in the order in which they are named, and whether each comes first.

    `before` are those of `first`; the name of a host that is too small for it stands by its post.
    """
    ahead = [iso3 for iso3 in dict.fromkeys(before) if iso3 in seen]
    rest = sorted(set(seen) - set(ahead), key=ranks.__getitem__)
    return [*((iso3, True) for iso3 in ahead), *((iso3, False) for iso3 in rest)]


def put_in_turn(
    turns: Sequence[tuple[str, bool]],
    waits: Mapping[str, Sequence[str]],
    put: Callable[[str, bool], bool],
) -> list[str]:
    """Have each name put where there is room; returns the units that were named.

    A unit is left out as long as a state that it waits for is seen and has no name. `waits` are
    those of territories that nobody serves.
    """
    seen, named = {iso3 for iso3, _ in turns}, set[str]()
    for iso3, is_first in turns:
        missing = [state for state in waits.get(iso3, ()) if state in seen and state not in named]
        if not missing and put(iso3, is_first):
            named.add(iso3)
    return [iso3 for iso3, _ in turns if iso3 in named]
