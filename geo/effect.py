"""What a scenario does to the countries: who loses, gains or falls to a single posting by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import COVERED, HOME, Totals, of_organisations, totals
from geo.gaps import PARTNER
from geo.options import Choice

SIDES = ("state", "postings", "organisations", "cities", "distance_km")
KINDS = (
    *("lost", "gained", "single", "backed", "partner"),
    *("lost_post", "gained_post", "farther", "nearer", "beyond"),
)
Pair = tuple[pd.DataFrame, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Effect:
    """What a scenario does under a choice.

    `units` has one row for each unit, with `<SIDES>_before` and `<SIDES>_after` and a flag for each
    of KINDS: `lost` (served, now by nobody), `gained`, `single` (served by several postings, now by
    one), `backed` (by one, now by several), `partner` (now by GPI alone, in the whole network,
    whatever organisations are chosen), `lost_post` (a post there, now served from elsewhere),
    `gained_post`, `farther`, `nearer` (the nearest serving duty station, where it is served still),
    `beyond` (its nearest duty station is farther than any post serves a unit before).
    `gpi_only_before` and `gpi_only_after` tell of the whole network too. `hosts` are the hosts of
    the active posts before and after, one for each post.
    """

    units: pd.DataFrame
    hosts: tuple[pd.Series, pd.Series]

    def of(self, kind: str) -> pd.DataFrame:
        """The units with the flag `kind`, in the order of their codes."""
        if kind not in self._of:
            self._of[kind] = self._rows(self._in_order[kind].to_numpy(dtype=bool))
        return self._of[kind]

    @cached_property
    def _of(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def _in_order(self) -> pd.DataFrame:
        """The units in the order of their codes."""
        return self.units.sort_values("iso3")

    def _rows(self, flags: npt.NDArray[np.bool_]) -> pd.DataFrame:
        return self._in_order.take(np.flatnonzero(flags)).reset_index(drop=True)

    def within(self, codes: Collection[str]) -> Effect:
        """The same for a part of the world: its units, and the posts that stand there."""
        was, now = (hosts[hosts.isin(codes)] for hosts in self.hosts)
        return Effect(self.units[self.units["iso3"].isin(codes)], (was, now))

    @property
    def active(self) -> tuple[int, int]:
        """How many active posts there are, before and after."""
        return len(self.hosts[0]), len(self.hosts[1])

    def totals(self, side: str) -> Totals:
        """The counts "before" or "after"; `gpi_only` of the whole network."""
        names = {f"{name}_{side}": name for name in SIDES}
        counted = totals(self.units[list(names)].rename(columns=names))
        return replace(counted, gpi_only=int(self.units[f"gpi_only_{side}"].sum()))

    @cached_property
    def touched(self) -> pd.DataFrame:
        """The units abroad for which anything changes, also only who serves it or from where."""
        units = self._in_order
        differs = np.zeros(len(units), dtype=bool)
        for name in ("gpi_only", *SIDES):
            sides = (units[f"{name}_{side}"].tolist() for side in ("before", "after"))
            # A missing distance is no other distance than a missing one.
            differs |= [
                was != now and not (was != was and now != now)
                for was, now in zip(*sides, strict=True)
            ]
        # An officer in the own country serves no other.
        return self._rows(differs & (units["iso3"] != HOME).to_numpy())

    @cached_property
    def singles(self) -> dict[str, int]:
        """How many units hang on one posting no more, `lost` or `backed`, and how many `now` do."""
        was, now = (
            self.units[f"state_{side}"].isin(COVERED) & (self.units[f"postings_{side}"] == 1)
            for side in ("before", "after")
        )
        gone, lost = was & ~now, self.units["lost"]
        steps = {"lost": gone & lost, "backed": gone & ~lost, "now": now & ~was}
        return {name: int(flag.sum()) for name, flag in steps.items()}


def effect(
    was: pd.DataFrame,
    now: pd.DataFrame,
    hosts: tuple[pd.Series, pd.Series],
    everyone: Pair | None = None,
    farthest: float = np.inf,
) -> Effect:
    """Compare two coverages of one release under one choice, before a scenario and after.

    `hosts`: see `active_hosts`. `everyone` are the same two coverages for all organisations
    (default: `was` and `now` themselves); `farthest` the most whole km at which any post serves a
    unit before, see `geo.workareas`. ValueError where a state is missing: a partial release,
    of which absence says nothing.
    """
    if was["state"].isna().any() or now["state"].isna().any():
        raise ValueError("a partial release tells nothing of a scenario")
    place = pd.Index(now["iso3"]).get_indexer(pd.Index(was["iso3"]))
    if len(was) != len(now) or (place < 0).any():
        raise ValueError("the two sides are not of the same units")
    sides = {"before": was[["iso3", *SIDES]], "after": now[["iso3", *SIDES]].take(place)}
    old, new = (_flags(frame["state"], COVERED) for frame in sides.values())
    posts = [_flags(frame["state"], ("post",)) for frame in sides.values()]
    many = [frame["postings"].to_numpy(dtype=int, na_value=0) for frame in sides.values()]
    km = [frame["distance_km"].to_numpy(dtype=float) for frame in sides.values()]
    partner = [_partner(was["iso3"], frame) for frame in everyone or (was, now)]
    columns = {"iso3": was["iso3"].array} | {
        f"{name}_{side}": frame[name].array for side, frame in sides.items() for name in SIDES
    }
    flags = {
        "lost": old & ~new,
        "gained": ~old & new,
        "single": old & new & (many[0] > 1) & (many[1] == 1),
        "backed": old & new & (many[0] == 1) & (many[1] > 1),
        "partner": ~partner[0] & partner[1],
        "lost_post": posts[0] & ~posts[1] & new,
        "gained_post": ~posts[0] & posts[1] & old,
        "farther": old & new & (km[1] > km[0]),
        "nearer": old & new & (km[1] < km[0]),
        "beyond": new & (km[1] > farthest) & ~(old & (km[0] > farthest)),
        "gpi_only_before": partner[0],
        "gpi_only_after": partner[1],
    }
    return Effect(pd.DataFrame(columns | flags), hosts)


def _flags(states: pd.Series, wanted: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return np.array([state in wanted for state in states.tolist()], dtype=bool)


def _partner(codes: pd.Series, everyone: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which units are served by GPI and by nobody else."""
    cells = (everyone[name].tolist() for name in ("iso3", "state", "organisations"))
    alone = {
        iso3
        for iso3, state, names in zip(*cells, strict=True)
        if state in COVERED and names == PARTNER
    }
    return np.array([iso3 in alone for iso3 in codes.tolist()], dtype=bool)


def active_hosts(postings: pd.DataFrame, choice: Choice) -> pd.Series:
    """The host of each LO post of the chosen organisations that is no plan."""
    names = ["kind", "organisation", "status", "host"]
    chosen = of_organisations(postings[names], choice.organisations)
    return chosen.loc[(chosen["kind"] == "LO") & (chosen["status"] == "active"), "host"]
