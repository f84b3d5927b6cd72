"""Kinds of gap in a coverage: where nobody serves, or where the cover is thin.

`uncovered`: nobody serves the unit. `partner_only`: in the whole network only GPI does, whatever
organisations are chosen. `single`: one posting of the chosen organisations, no back-up. `remote`:
served from another country. `lost`: served in an earlier complete release, not now.
`mission_without_liaison`: police in a mission whose area the unit is in, and nobody serves it.

A planned posting covers only where the reader asked for plans (rule 5 of the domain, decision
0004): the unit then has the state `planned`, and is neither uncovered nor lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import COVERED, HOME, of_organisations
from geo.dates import surely_before
from geo.options import KINDS as KINDS
from geo.shapes import distance_km

COLUMNS = [
    *("iso3", "kinds", "state", "postings", "organisations", "cities", "distance_km"),
    *("others", "missions", "officers"),
]
PARTNER = ["GPI"]
# The sphere and the ellipsoid differ by less than 0.6 % over any distance.
_MARGIN, _RADIUS_KM = 1.012, 6371.0


def gaps(
    coverage: pd.DataFrame,
    *,
    everyone: pd.DataFrame | None = None,
    deployments: pd.DataFrame | None = None,
    earlier: Iterable[pd.DataFrame] = (),
    complete: bool = True,
) -> pd.DataFrame:
    """One row per unit but the Netherlands, with COLUMNS; `kinds` in the order of KINDS.

    `coverage` as `geo.coverage` gives it for a choice; `everyone` the same for all organisations
    (default: `coverage` itself); `deployments` of `geo.schemas`, None where the release has no
    table of missions; `earlier` the coverages, under the same choice, of complete releases before
    it. `others` serve the unit but are not in the choice. `officers` are those of all missions
    whose area the unit is in, a mission of several countries counts whole in each; `missions` and
    `officers` are missing where there is no table. Of a release that is not `complete` every cell
    of `kinds` is missing: unknown, never a gap and never "no gap".
    """
    frame = coverage[coverage["iso3"] != HOME].set_index("iso3")
    all_of = (coverage if everyone is None else everyone).set_index("iso3").reindex(frame.index)
    names, officers = _missions(frame.index, deployments)
    found = frame[["state", "postings", "organisations", "cities", "distance_km"]].copy()
    found["others"] = [
        [name for name in theirs if name not in ours] if state in COVERED else []
        for state, theirs, ours in zip(
            all_of["state"], all_of["organisations"], frame["organisations"], strict=True
        )
    ]
    found["missions"], found["officers"] = names, officers
    found["kinds"] = _kinds(found, all_of, _served_before(frame.index, earlier), complete)
    return found.reset_index()[COLUMNS]


def earlier_complete(releases: pd.DataFrame, release: str) -> list[str]:
    """The releases whose complete network is surely older than that of `release`, newest first.

    `releases` is the table of `geo.schemas`; nothing is earlier than a release without a network.
    """
    dated = releases.set_index("release")["network_as_of"]
    if pd.isna(dated[release]):
        return []
    complete = releases.loc[releases["network"] == "complete", "release"]
    older = [name for name in complete if surely_before(dated[name], dated[release])]
    return sorted(older, key=lambda name: str(dated[name]), reverse=True)


def untellable(releases: pd.DataFrame, release: str) -> set[str]:
    """The kinds of gap that the documents cannot tell of a release: unknown, and never a zero.

    `releases` is the table of `geo.schemas`. Nothing can be told of a release whose network is not
    complete, nothing was lost since no earlier one, and no table of missions is not "no mission".
    """
    about = releases.set_index("release").loc[release]
    if about["network"] != "complete":
        return set(KINDS)
    unknown = {
        "lost": not earlier_complete(releases, release),
        "mission_without_liaison": about["missions"] != "complete",
    }
    return {kind for kind, is_unknown in unknown.items() if is_unknown}


def is_kind(kinds: pd.Series, *wanted: str) -> pd.Series:
    """Which cells of `kinds` hold one of the `wanted`; False for an unknown one."""
    asked = set(wanted)
    return kinds.map(lambda cell: isinstance(cell, list) and not asked.isdisjoint(cell)).astype(
        bool
    )


def counts(kinds: pd.Series) -> dict[str, int | None]:
    """How many units have each of KINDS; None where every cell is missing: unknown."""
    if len(kinds) and not kinds.map(lambda cell: isinstance(cell, list)).any():
        return dict.fromkeys(KINDS)
    return {kind: int(is_kind(kinds, kind).sum()) for kind in KINDS}


def nearest_km(
    units: pd.DataFrame, postings: pd.DataFrame, organisations: tuple[str, ...]
) -> pd.Series:
    """iso3 -> whole km, geodesic, from the seat to the nearest duty station, served or not.

    Active LO of the chosen organisations (empty: all); missing where none has a known city.
    """
    chosen = of_organisations(postings, organisations)
    chosen = chosen[(chosen["kind"] == "LO") & (chosen["status"] == "active")]
    stations = chosen[["lat", "lon"]].dropna().drop_duplicates().to_numpy(dtype=float)
    seats = units[["seat_lat", "seat_lon"]].to_numpy(dtype=float)
    found = np.full(len(units), np.nan)
    if len(stations):
        # On a sphere first, all at once; only what may be nearest is measured on the ellipsoid.
        cosine = np.clip(_vectors(seats) @ _vectors(stations).T, -1, 1)
        sphere = np.arccos(cosine) * _RADIUS_KM
        near = sphere <= sphere.min(axis=1, keepdims=True) * _MARGIN + 1
        rows, columns = np.nonzero(near)
        km = distance_km(*seats[rows].T, *stations[columns].T)
        found = np.fmin.reduceat(km, np.searchsorted(rows, np.arange(len(units))))
    return pd.Series(found, index=units["iso3"]).round()


def _vectors(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lat, lon = np.radians(places).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _missions(
    index: pd.Index[str], deployments: pd.DataFrame | None
) -> tuple[pd.Series, pd.Series]:
    """Names and number of officers of the missions in each unit; missing where unknown."""
    if deployments is None:
        return pd.Series(None, index, dtype=object), pd.Series(pd.NA, index, dtype="Int64")
    areas = deployments.assign(iso3=deployments["areas"].fillna("").str.split()).explode("iso3")
    there = areas.groupby("iso3")
    names = there["mission"].agg(list).reindex(index)
    listed = [name if isinstance(name, list) else [] for name in names]
    # A number that could not be read makes the sum unknown, not smaller.
    officers = there["personnel"].sum(skipna=False).astype("Int64").reindex(index)
    officers[[not name for name in listed]] = 0
    return pd.Series(listed, index, dtype=object), officers


def _served_before(index: pd.Index[str], earlier: Iterable[pd.DataFrame]) -> pd.Series:
    before: set[str] = set()
    for frame in earlier:
        before |= set(frame.loc[frame["state"].isin(COVERED), "iso3"])
    return pd.Series(index.isin(before), index)


def _kinds(
    gaps: pd.DataFrame, all_of: pd.DataFrame, before: pd.Series, complete: bool
) -> pd.Series:
    if not complete:
        return pd.Series(None, gaps.index, dtype=object)
    covered, none = gaps["state"].isin(COVERED), gaps["state"] == "none"
    partner = all_of["organisations"].map(lambda names: names == PARTNER).astype(bool)
    in_mission = gaps["missions"].map(bool, na_action="ignore").eq(True)
    holds = {
        "uncovered": none,
        "partner_only": partner & all_of["state"].isin(COVERED),
        "single": covered & (gaps["postings"] == 1).fillna(False),
        "remote": gaps["state"] == "accredited",
        "lost": none & before,
        "mission_without_liaison": none & in_mission,
    }
    flags = np.column_stack([holds[kind].to_numpy(dtype=bool) for kind in KINDS])
    return pd.Series(
        [[kind for kind, on in zip(KINDS, row, strict=True) if on] for row in flags],
        gaps.index,
        dtype=object,
    )
