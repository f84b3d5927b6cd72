"""Everything known of one country, gathered from the tables; no words, no drawing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import of_organisations, seat_distance_km, seat_matrix_km, served
from geo.options import Choice
from geo.shapes import distance_km

# Every posting there is, decided or not, on a post or flexible.
EVERYTHING = Choice(planned=True, filo=True)

SERVING = [
    *("kind", "row", "organisation", "city", "host", "status", "theme", "basis", "printed"),
    *(
        "match",
        "distance_km",
        "label",
        "city_printed",
        "area_printed",
        "document",
        "table",
        "table_row",
    ),
]


def serving(
    iso3: str,
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    choice: Choice = EVERYTHING,
) -> pd.DataFrame:
    """The postings that serve `iso3` under `choice`; SERVING as columns.

    In the country first, then by distance, FILO's last. `distance_km` is geodesic, whole km, from
    the country's seat of government to the duty station; missing where no city is printed.
    """
    its = accreditations[accreditations["iso3"] == iso3]
    return serving_by_unit(units, postings, its, choice)[SERVING]


def serving_by_unit(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    choice: Choice = EVERYTHING,
) -> pd.DataFrame:
    """As `serving` for every unit of `accreditations` at once; iso3 and SERVING as columns."""
    serving = served(postings, accreditations, choice)
    serving["distance_km"] = seat_distance_km(units, serving)
    # The last one counts first; a missing distance stands last. Sorting the frame costs four times.
    order = ("row", "distance_km", "rank", "is_filo")
    keys = [*(serving[name].to_numpy() for name in order), serving["iso3"].to_numpy(dtype="U")]
    return serving[["iso3", *SERVING]].take(np.lexsort(keys)).reset_index(drop=True)


def rows_of(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """As `frame.to_dict("records")`, column by column, which takes half the time."""
    columns = ([None if cell is pd.NA else cell for cell in frame[name].tolist()] for name in frame)
    return [dict(zip(frame, row, strict=True)) for row in zip(*columns, strict=True)]


def nearest(iso3: str, units: pd.DataFrame, postings: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The active LO postings of the choice at the duty station nearest to the seat of `iso3`.

    The columns of `postings` and `distance_km`, geodesic, whole km. Whether they serve the country
    does not matter; empty where no posting has a known place.
    """
    seat = units.set_index("iso3").loc[iso3]
    posts = of_organisations(postings, choice.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active") & posts["lat"].notna()]
    count = len(posts)
    away = distance_km(
        posts["lat"],
        posts["lon"],
        pd.Series([seat["seat_lat"]] * count),
        pd.Series([seat["seat_lon"]] * count),
    )
    posts = posts.assign(distance_km=pd.Series(away, index=posts.index).round())
    near: pd.DataFrame = posts[posts["distance_km"] == posts["distance_km"].min()]
    return near.reset_index(drop=True)


def nearest_by_unit(
    units: pd.DataFrame,
    postings: pd.DataFrame,
    choice: Choice,
    seats_km: npt.NDArray[np.float64] | None = None,
) -> dict[str, list[dict[Hashable, Any]]]:
    """As `nearest` for every unit at once: code -> rows; no unit where no posting has a place.

    `seats_km` of `geo.coverage.seat_matrix_km`, where that is there already.
    """
    away = seat_matrix_km(postings, units) if seats_km is None else seats_km
    places = postings.reset_index(drop=True)
    posts = of_organisations(places, choice.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active") & posts["lat"].notna()]
    if posts.empty:
        return {}
    rows = rows_of(posts)
    return {
        str(code): [rows[n] | {"distance_km": km[n]} for n in np.flatnonzero(km == km.min())]
        for code, km in zip(units["iso3"], away[posts.index].T, strict=True)
    }


class ByUnit:
    """The rows of a table by the units that each is about."""

    def __init__(self, rows: pd.DataFrame, codes: Iterable[Collection[str]]) -> None:
        """`codes` has the units of each row."""
        self._rows = rows
        self._places: dict[str, list[int]] = {}
        for place, units in enumerate(codes):
            for iso3 in dict.fromkeys(units):
                self._places.setdefault(iso3, []).append(place)
        self._taken: dict[str, pd.DataFrame] = {}

    def __getitem__(self, iso3: str) -> pd.DataFrame:
        """Those about one unit, in their order; nothing where there are none."""
        if iso3 not in self._taken:
            places = self._places.get(iso3, [])
            self._taken[iso3] = self._rows.iloc[places].reset_index(drop=True)
        return self._taken[iso3]

    @cached_property
    def _records(self) -> list[dict[Hashable, Any]]:
        return rows_of(self._rows)

    def records(self, iso3: str) -> list[dict[Hashable, Any]]:
        """The same rows as dicts by column; change them not."""
        return [self._records[place] for place in self._places.get(iso3, ())]


class OneByOne:
    """The same where few units are asked for: the rows of each are made when they are."""

    def __init__(self, rows_of: Callable[[str], pd.DataFrame]) -> None:
        self._rows_of = rows_of
        self._made: dict[str, pd.DataFrame] = {}
        self._records: dict[str, list[dict[Hashable, Any]]] = {}

    def __getitem__(self, iso3: str) -> pd.DataFrame:
        """Those about one unit, in their order; nothing where there are none."""
        if iso3 not in self._made:
            self._made[iso3] = self._rows_of(iso3)
        return self._made[iso3]

    def records(self, iso3: str) -> list[dict[Hashable, Any]]:
        """The same rows as dicts by column; change them not."""
        if iso3 not in self._records:
            self._records[iso3] = rows_of(self[iso3])
        return self._records[iso3]


def missions_by_unit(deployments: pd.DataFrame) -> ByUnit:
    """As `missions_in` for every unit."""
    areas, stations = (deployments[name].fillna("").str.split() for name in ("areas", "duty_iso3"))
    return ByUnit(deployments, [a + b for a, b in zip(areas, stations, strict=True)])


def named_in(table: pd.DataFrame, column: str = "iso3") -> ByUnit:
    """As `concerning` for every unit."""
    return ByUnit(table, table[column].fillna("").str.split())


def bordering(neighbours: pd.DataFrame) -> ByUnit:
    """The land neighbours of each unit with `border_km`, longest border first."""
    rows = neighbours.sort_values("border_km", ascending=False, kind="stable")
    return ByUnit(rows.drop(columns="iso3"), [[code] for code in rows["iso3"]])


def covered(near: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Rows of `bordering` with the coverage of each neighbour."""
    places = pd.Index(coverage["iso3"]).get_indexer(pd.Index(near["neighbour"]))
    states = coverage.take(places[places >= 0]).reset_index(drop=True)
    joined: pd.DataFrame = pd.concat([near[places >= 0].reset_index(drop=True), states], axis=1)
    return joined


def missions_in(iso3: str, deployments: pd.DataFrame) -> pd.DataFrame:
    """The deployments whose area or duty station is `iso3`."""
    in_area = deployments["areas"].fillna("").map(lambda areas: iso3 in areas.split())
    return deployments[in_area.astype(bool) | deployments["duty_iso3"].eq(iso3).fillna(False)]


def concerning(iso3: str, table: pd.DataFrame, column: str = "iso3") -> pd.DataFrame:
    """The rows of a table whose list of countries in `column` names `iso3`."""
    named = table[column].fillna("").map(lambda codes: iso3 in codes.split())
    return table[named.astype(bool)]


def neighbours_of(iso3: str, neighbours: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """The land neighbours with their coverage and `border_km`, longest border first."""
    rows = neighbours[neighbours["iso3"] == iso3].drop(columns="iso3")
    joined = rows.merge(coverage, left_on="neighbour", right_on="iso3")
    return joined.sort_values("border_km", ascending=False).reset_index(drop=True)
