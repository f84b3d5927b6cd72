"""Who serves each country, how strongly, from where: one row for every unit of the map.

State, strongest first: `post` (an active LO is stationed there), `accredited` (served from
elsewhere), `planned` (only a posting not yet decided, counted when asked for), `none`; `home` for
the Netherlands. A missing state means unknown: a partial release proves presence, never absence.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.schemas import NOT_STATED
from geo.shapes import distance_km

HOME = "NLD"
COVERED = ("post", "accredited")
PLANNED = 2  # the rank of a posting still to be decided, see `served`
COLUMNS = ["iso3", "state", "postings", "organisations", "cities", "distance_km", "basis", "filo"]


@dataclass(frozen=True)
class Choice:
    """What counts: `organisations` (empty: all, with the rows that state none) and layers.

    `planned` counts postings still to be decided, `filo` the flexible officers with a named area,
    `regions` the countries that are only members of a printed region.
    """

    organisations: tuple[str, ...] = ()
    planned: bool = False
    filo: bool = False
    regions: bool = True


def coverage(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    choice: Choice = Choice(),
    complete: bool = True,
) -> pd.DataFrame:
    """One row per unit with COLUMNS; lists are sorted, `distance_km` is geodesic, whole km.

    The distance runs from the unit's seat of government (or main town) to the nearest duty
    station that serves it. `postings` need `lat` and `lon` (see `geo.names.cities.locate`);
    missing where the document prints no city. `complete` tells whether absence from the
    release means `none`.
    """
    found = served(postings, accreditations, choice)
    # A plan counts apart: only where nobody serves yet does it give a state, a city, a number.
    strongest = found.groupby("iso3")["rank"].transform("min")
    found = found[(found["rank"] < PLANNED) | (strongest == PLANNED)].merge(
        units[["iso3", "seat_lat", "seat_lon"]], on="iso3"
    )
    found["distance_km"] = distance_km(
        found["lat"], found["lon"], found["seat_lat"], found["seat_lon"]
    )
    grouped = found.groupby("iso3", sort=False)
    frame = pd.DataFrame(
        {
            "rank": grouped["rank"].min(),
            "postings": grouped.size(),
            "organisations": _distinct(found, "organisation"),
            "cities": _distinct(found, "city"),
            "distance_km": grouped["distance_km"].min().round(),
            "basis": _distinct(found, "basis"),
            "filo": grouped["is_filo"].any(),
        }
    ).reindex(units["iso3"])
    return _complete(frame, complete).rename_axis("iso3").reset_index()[COLUMNS]


def of_organisations(postings: pd.DataFrame, organisations: tuple[str, ...]) -> pd.DataFrame:
    """The postings of the chosen organisations; an empty choice is all of them."""
    if not organisations:
        return postings
    return postings[postings["organisation"].fillna(NOT_STATED).isin(organisations)]


def served(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice = Choice()
) -> pd.DataFrame:
    """One row per posting and unit it serves under `choice`: the columns of both tables.

    `rank` is 0 for a post in the unit, 1 for service from elsewhere, 2 for a plan. A missing
    organisation becomes NOT_STATED.
    """
    kinds = ["LO", "FILO"] if choice.filo else ["LO"]
    chosen = of_organisations(postings[postings["kind"].isin(kinds)], choice.organisations)
    if not choice.planned:
        chosen = chosen[chosen["status"] == "active"]
    found = accreditations.merge(chosen, on=["kind", "row"])
    found["organisation"] = found["organisation"].fillna(NOT_STATED)
    at_home = found["iso3"] == found["host"]
    if not choice.regions:
        found = found[(found["basis"] != "region") | at_home.fillna(False)]
    found["is_filo"] = found["kind"] == "FILO"
    found["rank"] = 1
    found.loc[at_home.fillna(False) & ~found["is_filo"], "rank"] = 0
    found.loc[found["status"] == "planned", "rank"] = PLANNED
    return found


def _distinct(serving: pd.DataFrame, column: str) -> pd.Series:
    """iso3 -> the different values of a column, sorted; once over the pairs, not once per unit."""
    pairs = serving[["iso3", column]].dropna().drop_duplicates().sort_values(column)
    lists: dict[str, list[str]] = {}
    for iso3, value in zip(pairs["iso3"], pairs[column], strict=True):
        lists.setdefault(iso3, []).append(value)
    return pd.Series(lists, dtype=object)


def _complete(frame: pd.DataFrame, complete: bool) -> pd.DataFrame:
    """Fill the units nobody serves: none and 0 where the release can say so, else missing."""
    names = pd.Series(["post", "accredited", "planned"], dtype="str")
    frame["state"] = frame.pop("rank").map(names)
    absent = frame["state"].isna()
    if complete:
        frame.loc[absent, "state"] = "none"
        frame["postings"] = frame["postings"].fillna(0)
    frame.loc[frame.index == HOME, "state"] = "home"
    frame["postings"] = frame["postings"].astype("Int64")
    frame["filo"] = frame["filo"].fillna(False).astype(bool)
    for column in ("organisations", "cities", "basis"):
        frame[column] = [value if isinstance(value, list) else [] for value in frame[column]]
    return frame


@dataclass(frozen=True)
class Totals:
    """Counts that a sentence about a coverage needs; countries and territories together."""

    posts: int
    accredited: int
    planned: int
    none: int
    unknown: int
    single: int
    gpi_only: int

    @property
    def covered(self) -> int:
        """Units with a post or an accreditation."""
        return self.posts + self.accredited


def totals(frame: pd.DataFrame) -> Totals:
    """Count the states of a coverage frame; `single` hang on one posting."""
    state = frame["state"]
    covered = state.isin(COVERED)
    only = frame["organisations"].map(lambda names: names == ["GPI"])
    return Totals(
        posts=int((state == "post").sum()),
        accredited=int((state == "accredited").sum()),
        planned=int((state == "planned").sum()),
        none=int((state == "none").sum()),
        unknown=int(state.isna().sum()),
        single=int((covered & (frame["postings"] == 1)).sum()),
        gpi_only=int((covered & only).sum()),
    )
