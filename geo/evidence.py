"""What other public sources say beside the newest network: where the two do not agree.

Evidence never makes or removes a posting, an accreditation or a gap; nothing here is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

import pandas as pd

from geo.dates import surely_before
from geo.schemas import ORGANISATIONS

# A source from longer before the network proves that a post was there, not that it still is.
YEARS = 2

Place = tuple[str, str, str]  # organisation, host, city


@dataclass(frozen=True)
class Conflict:
    """A post or a work area of which another source says what the network does not.

    `missing`: the source speaks of about the time of the network, which has no such post;
    `ended`: the source is older, so the post was there and is not in the network; `area`: both have
    the post, with another work area. `first` and `last` are ISO dates of the sources, as precise as
    these are; `evidence` the numbers of their rows. Codes are ISO 3166-1 alpha-3: `areas` is what
    the sources say, `gained` and `lost` what the network has more and less.
    """

    kind: Literal["missing", "ended", "area"]
    organisation: str
    host: str
    city: str
    first: str
    last: str
    evidence: tuple[int, ...]
    areas: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """Every unit that the conflict is about."""
        others = (*self.gained, *self.lost) if self.kind == "area" else self.areas
        return frozenset({self.host, *others})


def concerning(iso3: str, evidence: pd.DataFrame) -> pd.DataFrame:
    """The rows of table `evidence` whose host or work area is `iso3`."""
    in_area = evidence["areas"].fillna("").str.split().map(lambda codes: iso3 in codes)
    return evidence[in_area.astype(bool) | evidence["host"].eq(iso3).fillna(False)]


def conflicts(
    evidence: pd.DataFrame, postings: pd.DataFrame, accreditations: pd.DataFrame, as_of: str
) -> list[Conflict]:
    """Where table `evidence` and a complete network of `as_of` (ISO) do not agree, newest first.

    Only what a source gives as a fact about a fixed post of NP, KMar or GPI, with a date before
    that of the network, is compared: no plan, no flexible officer, no total. A posting that states
    no organisation may be any, so where one stands nothing is missing.
    """
    posts = _facts(evidence, as_of)
    network = postings[postings["kind"] == "LO"]
    found = list[Conflict]()
    for names, claims in posts.groupby(["organisation", "host", "place"]):
        organisation, host, city = (str(name) for name in names)
        here = network[network["host"] == host]
        here = here[here["city"].eq(city).fillna(False)] if city else here
        same = here[here["organisation"] == organisation]
        if len(same):
            found += _changes(claims, same, accreditations, (organisation, host, city))
        elif not here["organisation"].isna().any():
            found.append(_absent(claims, as_of, (organisation, host, city)))
    order = {"missing": 0, "ended": 1, "area": 2}
    newest = sorted(found, key=attrgetter("last", "host"), reverse=True)
    return sorted(newest, key=lambda conflict: order[conflict.kind])


def _facts(evidence: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """The rows that can be compared, with `begin` and `place`: the city, also where only another
    row of the same organisation in the same country names it."""
    facts = evidence[(evidence["subject"] == "post") & ~evidence["plan"] & evidence["host"].notna()]
    facts = facts[facts["organisation"].isin(ORGANISATIONS) & facts["date"].notna()]
    later = facts["date"].map(lambda date: surely_before(as_of, date)).astype(bool)
    facts = facts[~later]
    cities = facts.groupby(["organisation", "host"])["city"]
    alone = cities.transform("first").where(cities.transform("nunique") == 1)
    return facts.assign(
        begin=facts["since"].fillna(facts["date"]), place=facts["city"].fillna(alone).fillna("")
    )


def _absent(claims: pd.DataFrame, as_of: str, place: Place) -> Conflict:
    last = max(claims["date"])
    old = surely_before(last, f"{int(as_of[:4]) - YEARS}{as_of[4:]}")
    return Conflict(
        "ended" if old else "missing",
        *place,
        min(claims["begin"]),
        last,
        tuple(claims["evidence"].tolist()),
        _codes(claims["areas"]),
    )


def _changes(
    claims: pd.DataFrame, same: pd.DataFrame, accreditations: pd.DataFrame, place: Place
) -> list[Conflict]:
    """The newest whole work area against that of the same posts in the network."""
    whole = claims[claims["completeness"] == "area"].sort_values("date", kind="stable")
    if whole.empty:
        return []
    row = whole.iloc[-1]
    its = accreditations[
        (accreditations["kind"] == "LO") & accreditations["row"].isin(same["row"])
    ]["iso3"]
    before, now = set(str(row["areas"]).split()), set(its)
    if before == now:
        return []
    gained, lost = tuple(sorted(now - before)), tuple(sorted(before - now))
    areas = tuple(sorted(before))
    numbers = (int(row["evidence"]),)
    return [Conflict("area", *place, row["begin"], row["date"], numbers, areas, gained, lost)]


def _codes(lists: Iterable[object]) -> tuple[str, ...]:
    return tuple(
        sorted({code for codes in lists if isinstance(codes, str) for code in codes.split()})
    )
