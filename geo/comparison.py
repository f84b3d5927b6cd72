"""Two networks side by side: two releases, or two sets of organisations within one release.

Presence is proven by any release, absence by a complete one only. Where one side is partial, a unit
that it does not mention is `unknown`, however well the other side serves it.

Of two sets of organisations only one may serve a unit, `left` or `right`: then nobody else in the
whole network does. What an organisation of neither set serves too, or a posting of which none is
stated, is `left_other` or `right_other`: such a posting may well be of the other set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from geo.coverage import COVERED, HOME, coverage, served
from geo.matching import Tables
from geo.options import Choice
from geo.schemas import NOT_STATED, ORGANISATIONS

PLACES = ("both", "left", "left_other", "right", "right_other", "neither", "unknown")
SIDES = ("left", "right")
_SHOWN = ("state", "postings", "organisations", "cities", "distance_km")
POSTING = [
    *("side", "iso3", "kind", "row", "organisation", "city", "host", "basis"),
    *("label", "city_printed", "area_printed", "document", "table", "table_row"),
]


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: the network of a release, and what of it counts."""

    network: Tables
    choice: Choice = field(default_factory=Choice)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Where two sides agree and differ.

    `units` has one row per unit: `iso3`, `place` (one of PLACES, or `home`), and for each of SIDES
    its row of a coverage (`state_left`, `postings_left`, …). `postings` has POSTING as columns: who
    serves a unit on each side. `others`, with the same columns and no `side`, are those of one
    network that count on neither side, because their organisation is on none. `complete` tells of
    each side whether its absence means something.
    """

    units: pd.DataFrame
    postings: pd.DataFrame
    complete: tuple[bool, bool]
    others: pd.DataFrame

    def of(self, place: str) -> list[str]:
        """The units in one of PLACES, by their codes in order."""
        return sorted(code for code, at in self.places.items() if at == place)

    @cached_property
    def places(self) -> dict[str, str]:
        """Code -> the place of its unit."""
        cells = (self.units[name].tolist() for name in ("iso3", "place"))
        return dict(zip(*cells, strict=True))

    def within(self, codes: Collection[str]) -> Comparison:
        """The same for a part of the world."""
        units, postings, others = (
            frame[frame["iso3"].isin(codes)] for frame in (self.units, self.postings, self.others)
        )
        return replace(self, units=units, postings=postings, others=others)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many units are in each of PLACES."""
        counted = Counter(self.places.values())
        return {place: counted[place] for place in PLACES}

    def unproven(self, side: str) -> pd.DataFrame:
        """The units that `side` serves while the other, partial, says nothing of them."""
        served = self.units[f"state_{side}"].isin(COVERED)
        return self.units[served & (self.units["place"] == "unknown")].reset_index(drop=True)


def compare(units: pd.DataFrame, left: Side, right: Side) -> Comparison:
    """Put two sides side by side; `units` as in `geo.schemas`, postings with `lat` and `lon`.

    Two sets within one release share one `network`; only then there are `others`.
    """
    sides = (left, right)
    table = units[["iso3"]].reset_index(drop=True)
    covered = []
    for name, side in zip(SIDES, sides, strict=True):
        network = side.network
        frame = coverage(
            units, network.postings, network.accreditations, side.choice, network.complete
        )
        covered.append(frame["state"].isin(COVERED).to_numpy())
        table = table.assign(**{f"{column}_{name}": frame[column] for column in _SHOWN})
    there, here = covered
    can_tell = [side.network.complete for side in sides]
    table["place"] = np.select(
        [
            table["iso3"] == HOME,
            there & here,
            there & ~here & can_tell[1],
            ~there & here & can_tell[0],
            ~there & ~here & all(can_tell),
        ],
        ["home", "both", "left", "right", "neither"],
        "unknown",
    )
    others = _others(left, right)
    third = table["place"].isin(SIDES) & table["iso3"].isin(others["iso3"])
    table.loc[third, "place"] += "_other"
    postings = pd.concat(
        _postings(side.network, side.choice).assign(side=name)[POSTING]
        for name, side in zip(SIDES, sides, strict=True)
    )
    complete = can_tell[0], can_tell[1]
    return Comparison(table, postings.reset_index(drop=True), complete, others)


def _postings(network: Tables, choice: Choice) -> pd.DataFrame:
    """Who serves each unit abroad under a choice; a plan serves nobody."""
    serving = served(network.postings, network.accreditations, choice)
    serving = serving[(serving["status"] == "active") & (serving["iso3"] != HOME)]
    return serving[POSTING[1:]].sort_values(["iso3", "kind", "row"])


def _others(left: Side, right: Side) -> pd.DataFrame:
    """The postings of one network whose organisation is on neither side."""
    sets = [side.choice.organisations for side in (left, right)]
    rest = tuple(name for name in (*ORGANISATIONS, NOT_STATED) if name not in (*sets[0], *sets[1]))
    if left.network is not right.network or not all(sets) or not rest:
        return pd.DataFrame(columns=POSTING[1:])
    return _postings(left.network, replace(left.choice, organisations=rest)).reset_index(drop=True)
