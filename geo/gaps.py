"""Kinds of gap in a coverage: where nobody serves, or where the coverage is thin.

`uncovered`: nobody serves the unit. `partner_only`: in the whole network only GPI does, whatever
organisations are chosen. `single`: one posting of the chosen organisations, no back-up. `remote`:
served from another country. `lost`: served in an earlier complete release, not now.
`mission_without_liaison`: police in a mission whose area the unit is in, and nobody serves it.

A planned posting covers only where the reader asked for plans (rule 5 of the domain, decision
0004): the unit then has the state `planned`, and is neither uncovered nor lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import COVERED, HOME, of_organisations
from geo.dates import surely_before
from geo.errors import DataError
from geo.options import KINDS
from geo.shapes import distance_km

COLUMNS = [
    *("iso3", "kinds", "state", "postings", "organisations", "cities", "distance_km"),
    *("others", "missions", "officers"),
]
PARTNER = ["GPI"]
_OF_COVERAGE = ["iso3", "state", "postings", "organisations", "cities", "distance_km"]
_OF_MISSION = ("areas", "mission", "personnel")
_NOWHERE: tuple[list[str], int | None] = ([], 0)
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
    abroad = np.flatnonzero([code != HOME for code in coverage["iso3"].tolist()])
    frame = coverage[_OF_COVERAGE].take(abroad).reset_index(drop=True)
    codes, states, ours = (frame[name].tolist() for name in ("iso3", "state", "organisations"))
    all_of = _serving(coverage if everyone is None else everyone)
    theirs = [all_of.get(code, []) for code in codes]
    missions = None if deployments is None else _missions(deployments)
    there = [missions.get(code, _NOWHERE) for code in codes] if missions is not None else None
    columns = {
        "others": [
            [name for name in every if name not in own]
            for every, own in zip(theirs, ours, strict=True)
        ],
        "missions": [None] * len(codes) if there is None else [list(names) for names, _ in there],
        "kinds": [None] * len(codes),
    }
    if complete:
        before = _served_before(earlier)
        single = frame["postings"].eq(1).fillna(False).tolist()
        at = zip(codes, states, single, theirs, columns["missions"], strict=True)
        columns["kinds"] = [
            _kinds(state, alone, every == PARTNER, code in before, bool(in_missions))
            for code, state, alone, every, in_missions in at
        ]
    officers = [pd.NA] * len(codes) if there is None else [number for _, number in there]
    found = {name: pd.Series(cells, dtype=object) for name, cells in columns.items()}
    found["officers"] = pd.Series(officers, dtype="Int64")
    return frame.assign(**found)[COLUMNS]


def _serving(coverage: pd.DataFrame) -> dict[str, list[str]]:
    """iso3 -> the organisations that serve the unit, of the units that somebody serves."""
    cells = (coverage[name].tolist() for name in ("iso3", "state", "organisations"))
    return {code: names for code, state, names in zip(*cells, strict=True) if state in COVERED}


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


def kinds_no_document_tells(
    releases: pd.DataFrame, release: str, asked: Collection[str]
) -> list[str]:
    """Those of the kinds that are `asked` for that are `untellable`, in the order of KINDS."""
    unknown = untellable(releases, release)
    return [kind for kind in KINDS if kind in unknown and kind in asked]


def no_document_tells(release: str, kinds: Iterable[str]) -> DataError:
    """The error where these kinds are asked for: an empty answer would say that there is none."""
    return DataError("gap_kinds_unknown", f"release {release}", value=", ".join(kinds))


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


def _missions(deployments: pd.DataFrame) -> dict[str, tuple[list[str], int | None]]:
    """iso3 -> names and number of officers of the missions in a unit; missing where unknown."""
    found: dict[str, tuple[list[str], int | None]] = {}
    for row in zip(*(deployments[name].tolist() for name in _OF_MISSION), strict=True):
        areas, mission, personnel = row
        for code in areas.split() if isinstance(areas, str) else ():
            names, officers = found.get(code, _NOWHERE)
            # A number that could not be read makes the sum unknown, not smaller.
            unknown = officers is None or pd.isna(personnel)
            found[code] = [*names, mission], None if unknown else officers + personnel
    return found


def _served_before(earlier: Iterable[pd.DataFrame]) -> set[str]:
    return {code for frame in earlier for code in _serving(frame)}


def _kinds(
    state: object, single: bool, partner_only: bool, before: bool, in_mission: bool
) -> list[str]:
    """The kinds of gap of a unit, in the order of KINDS."""
    covered, none = state in COVERED, state == "none"
    holds = {
        "uncovered": none,
        "partner_only": partner_only,
        "single": covered and single,
        "remote": state == "accredited",
        "lost": none and before,
        "mission_without_liaison": none and in_mission,
    }
    return [kind for kind in KINDS if holds[kind]]
