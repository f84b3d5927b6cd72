"""What a scenario does to the countries: who loses, gains or falls to a single posting by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from geo.coverage import COVERED, Choice, Totals, of_organisations, totals

SIDES = ("state", "postings", "organisations", "cities", "distance_km")
KINDS = (
    *("lost", "gained", "single", "backed", "partner"),
    *("lost_post", "gained_post", "farther", "nearer"),
)


@dataclass(frozen=True, eq=False)
class Effect:
    """What a scenario does under a choice.

    `units` has one row for each unit, with `<SIDES>_before` and `<SIDES>_after` and a flag for each
    of KINDS: `lost` (served, now by nobody), `gained`, `single` (served by several postings, now by
    one), `backed` (by one, now by several), `partner` (now by GPI alone), `lost_post` (a post
    there, now served from elsewhere), `gained_post`, `farther`, `nearer` (the nearest serving duty
    station, where it is served still). `active` are the numbers of active LO postings before and
    after, wherever they stand.
    """

    units: pd.DataFrame
    active: tuple[int, int]

    def of(self, kind: str) -> pd.DataFrame:
        """The units with the flag `kind`, in the order of their codes."""
        return self.units[self.units[kind]].sort_values("iso3").reset_index(drop=True)

    def within(self, codes: Collection[str]) -> Effect:
        """The same for a part of the world."""
        return replace(self, units=self.units[self.units["iso3"].isin(codes)])

    def totals(self, side: str) -> Totals:
        """The counts "before" or "after"."""
        names = {f"{name}_{side}": name for name in SIDES}
        return totals(self.units[list(names)].rename(columns=names))

    @property
    def touched(self) -> pd.DataFrame:
        """The units for which anything changes, also only who serves it or from where."""
        differs = pd.Series(False, index=self.units.index)
        for name in SIDES:  # a missing distance is no other distance than a missing one
            was, now = (self.units[f"{name}_{side}"] for side in ("before", "after"))
            differs |= (was.astype(object).fillna("") != now.astype(object).fillna("")).astype(bool)
        return self.units[differs].sort_values("iso3").reset_index(drop=True)


def effect(was: pd.DataFrame, now: pd.DataFrame, active: tuple[int, int]) -> Effect:
    """Compare two coverages of one release under one choice, before a scenario and after.

    `active`: see `active_posts`. ValueError where a state is missing: a partial release, of which
    absence says nothing.
    """
    if was["state"].isna().any() or now["state"].isna().any():
        raise ValueError("a partial release tells nothing of a scenario")
    joined = was[["iso3", *SIDES]].merge(
        now[["iso3", *SIDES]], on="iso3", suffixes=("_before", "_after"), validate="one_to_one"
    )
    old, new = (joined[f"state_{side}"].isin(COVERED) for side in ("before", "after"))
    many = [joined[f"postings_{side}"].fillna(0).astype(int) for side in ("before", "after")]
    posts = [joined[f"state_{side}"] == "post" for side in ("before", "after")]
    partner = [
        joined[f"organisations_{side}"].map(lambda names: names == ["GPI"]).astype(bool)
        for side in ("before", "after")
    ]
    step = joined["distance_km_after"] - joined["distance_km_before"]
    flags = {
        "lost": old & ~new,
        "gained": ~old & new,
        "single": old & new & (many[0] > 1) & (many[1] == 1),
        "backed": old & new & (many[0] == 1) & (many[1] > 1),
        "partner": new & partner[1] & ~partner[0],
        "lost_post": posts[0] & ~posts[1] & new,
        "gained_post": ~posts[0] & posts[1] & old,
        "farther": old & new & (step > 0),
        "nearer": old & new & (step < 0),
    }
    found = joined.assign(**{name: flag.astype(bool) for name, flag in flags.items()})
    return Effect(found, active)


def active_posts(postings: pd.DataFrame, choice: Choice) -> int:
    """How many LO posts of the chosen organisations are no plans."""
    chosen = of_organisations(postings, choice.organisations)
    return int(((chosen["kind"] == "LO") & (chosen["status"] == "active")).sum())
