"""Who serves each country, how strongly, from where: one row for every unit of the map.

State, strongest first: `post` (an active LO is stationed there), `accredited` (served from
elsewhere), `planned` (only a posting not yet decided, counted when asked for), `none`; `home` for
the Netherlands. A missing state means unknown: a partial release proves presence, never absence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.options import Choice
from geo.schemas import NOT_STATED
from geo.shapes import distance_km

HOME = "NLD"
COVERED = ("post", "accredited")
PLANNED = 2  # the rank of a posting still to be decided, see `served`
_STATES = ("post", "accredited", "planned")  # by rank
_POSTING = ["kind", "row", "organisation", "city", "host", "status", "lat", "lon"]
_ACCREDITATION = ["kind", "row", "iso3", "basis"]
_KEY = ["kind", "row"]  # of a posting, which its accreditations name
_COUNTED = ("state", "postings", "organisations")
COLUMNS = ["iso3", "state", "postings", "organisations", "cities", "distance_km", "basis", "filo"]


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
    # Columns are cut one by one: a frame of twelve costs as much to cut as all that is computed.
    serving = served(postings[_POSTING], accreditations[_ACCREDITATION], choice)
    count, place = len(units), pd.Index(units["iso3"]).get_indexer(pd.Index(serving["iso3"]))
    inside, rank = place >= 0, serving["rank"].to_numpy()
    strongest = np.full(count, len(_STATES))
    np.minimum.at(strongest, place[inside], rank[inside])
    # A plan counts apart: only where nobody serves yet does it give a state, a city, a number.
    at = np.flatnonzero(inside & ((rank < PLANNED) | (strongest[place] == PLANNED)))
    place = place[at]
    seats = (units[name].to_numpy()[place] for name in ("seat_lat", "seat_lon"))
    nearest = np.full(count, np.nan)
    stations = (serving[name].to_numpy()[at] for name in ("lat", "lon"))
    np.fmin.at(nearest, place, distance_km(*stations, *seats))
    absent = strongest == len(_STATES)
    states = [*_STATES, "none" if complete else None]
    codes = units["iso3"].tolist()
    state = [
        "home" if code == HOME else states[number]
        for code, number in zip(codes, strongest.tolist(), strict=True)
    ]
    lists = {
        name: _distinct(place, serving[name].array.take(at), count)
        for name in ("organisation", "city", "basis")
    }
    return pd.DataFrame(
        {
            "iso3": units["iso3"].array,
            "state": pd.Series(state, dtype="str"),
            "postings": pd.arrays.IntegerArray(
                np.bincount(place, minlength=count), absent & (not complete)
            ),
            "organisations": lists["organisation"],
            "cities": lists["city"],
            "distance_km": nearest.round(),
            "basis": lists["basis"],
            "filo": np.bincount(place, serving["is_filo"].to_numpy()[at], count) > 0,
        }
    )


def of_organisations(postings: pd.DataFrame, organisations: tuple[str, ...]) -> pd.DataFrame:
    """The postings of the chosen organisations; an empty choice is all of them."""
    if not organisations:
        return postings
    wanted = {name or None for name in organisations}  # NOT_STATED stands as missing
    names = postings["organisation"].tolist()
    return postings.take(
        [at for at, name in enumerate(names) if _stated(name) in wanted],
    )


def served(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice = Choice()
) -> pd.DataFrame:
    """One row per posting and unit it serves under `choice`: the columns of both tables.

    `rank` is 0 for a post in the unit, 1 for service from elsewhere, 2 for a plan. A missing
    organisation becomes NOT_STATED.
    """
    rows, place = _joined(postings, accreditations, choice)
    iso3, basis = (accreditations[name].tolist() for name in ("iso3", "basis"))
    host = postings["host"].tolist()
    home = np.array([iso3[n] == host[m] for n, m in zip(rows, place, strict=True)], dtype=bool)
    if not choice.regions:
        counts = home | np.array([basis[n] != "region" for n in rows], dtype=bool)
        rows, place, home = rows[counts], place[counts], home[counts]
    # Column by column into one frame: joining frames and adding to them costs twice as much.
    columns: dict[Hashable, Any] = {
        name: accreditations[name].array.take(rows) for name in accreditations
    }
    columns |= {name: postings[name].array.take(place) for name in postings if name not in _KEY}
    columns["organisation"] = columns["organisation"].fillna(NOT_STATED)
    is_filo = np.asarray(columns["kind"] == "FILO", dtype=bool)
    planned = pd.Series(columns["status"] == "planned").fillna(False).to_numpy(dtype=bool)
    columns["is_filo"] = is_filo
    columns["rank"] = np.where(planned, PLANNED, np.where(home & ~is_filo, 0, 1))
    return pd.DataFrame(columns, copy=False)


def _joined(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The places of the accreditations whose posting counts, and the place of that posting."""
    kinds = ("LO", "FILO") if choice.filo else ("LO",)
    wanted = {name or None for name in choice.organisations}  # NOT_STATED stands as missing
    cells = (postings[name].tolist() for name in (*_KEY, "organisation", "status"))
    places = {
        (kind, row): place
        for place, (kind, row, organisation, status) in enumerate(zip(*cells, strict=True))
        if kind in kinds
        and (choice.planned or status == "active")
        and (not wanted or _stated(organisation) in wanted)
    }
    keys = zip(*(accreditations[name].tolist() for name in _KEY), strict=True)
    positions = np.array([places.get(key, -1) for key in keys], dtype=np.intp)
    rows = np.flatnonzero(positions >= 0)
    return rows, positions[rows]


def _stated(organisation: object) -> str | None:
    """The organisation of a cell, None where it is missing."""
    return organisation if isinstance(organisation, str) and organisation else None


def seat_distance_km(units: pd.DataFrame, rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Whole km, geodesic, from the seat of each row's `iso3` to its `lat` and `lon`.

    Missing where the row has no position. Each code is one of `units`.
    """
    place = pd.Index(units["iso3"]).get_indexer(pd.Index(rows["iso3"]))
    seats = (units[name].to_numpy(dtype=float)[place] for name in ("seat_lat", "seat_lon"))
    return np.asarray(distance_km(rows["lat"], rows["lon"], *seats).round())


def seat_matrix_km(postings: pd.DataFrame, units: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Whole km, geodesic, from each posting (a row each) to the seat of each unit (a column each).

    Missing where no city of the posting is known.
    """
    places = (postings[[name]].to_numpy(dtype=float) for name in ("lat", "lon"))
    seats = (units[name].to_numpy(dtype=float) for name in ("seat_lat", "seat_lon"))
    return np.asarray(distance_km(*places, *seats).round())


def served_abroad(
    postings: pd.DataFrame, accreditations: pd.DataFrame, choice: Choice
) -> Counter[tuple[str, int]]:
    """How many postings serve a country abroad, by its code and their row; no plan, no FILO."""
    names = ["kind", "row", "organisation", "host", "status"]
    pairs = served(postings[names], accreditations[["kind", "row", "iso3", "basis"]], choice)
    cells = (pairs[name].tolist() for name in ("iso3", "row", "rank", "is_filo"))
    return Counter(
        (iso3, row)
        for iso3, row, rank, is_filo in zip(*cells, strict=True)
        if rank < PLANNED and not is_filo and iso3 != HOME
    )


def serving(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    choice: Choice = Choice(),
) -> pd.DataFrame:
    """The rows of `served` that count in a coverage, the nearest duty station of a unit first.

    With `distance_km`, geodesic and in whole km, from the unit's seat of government to the duty
    station; missing where no city is printed. A plan counts only where nobody serves yet.
    """
    rows = served(postings, accreditations, choice)
    rows["distance_km"] = seat_distance_km(units, rows)
    strongest = rows.groupby("iso3")["rank"].transform("min")
    rows = rows[(rows["rank"] < PLANNED) | (strongest == PLANNED)]
    return rows.sort_values(["iso3", "distance_km", "kind", "row"], na_position="last")


def _distinct(
    place: npt.NDArray[np.intp], values: pd.api.extensions.ExtensionArray, count: int
) -> pd.Series:
    """The different values at each of `count` places, sorted; `place` has one number per value."""
    sets: dict[int, set[str]] = {}
    for number, value in zip(place.tolist(), values.tolist(), strict=True):
        if isinstance(value, str):  # else it is missing
            sets.setdefault(number, set()).add(value)
    return pd.Series([sorted(sets.get(number, ())) for number in range(count)], dtype=object)


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
    # Counted in lists: a frame of a few hundred rows costs more to begin with than to walk.
    states, postings, names = (frame[name].tolist() for name in _COUNTED)
    number = Counter(state for state in states if isinstance(state, str))
    covered = [at for at, state in enumerate(states) if state in COVERED]
    return Totals(
        posts=number["post"],
        accredited=number["accredited"],
        planned=number["planned"],
        none=number["none"],
        unknown=len(states) - number.total(),
        single=sum(postings[at] == 1 for at in covered),
        gpi_only=sum(names[at] == ["GPI"] for at in covered),
    )
