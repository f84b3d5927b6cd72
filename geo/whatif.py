"""What if: whether a scenario fits the network of its release, and that network after it.

The stored facts stay as they are; changed frames are new ones. What becomes of the work area of a
post that moves is part of the move: it is kept as printed, shrinks to the new host, or goes over to
other posts. A host always is accredited, so the new host is served; where the area is kept the old
one stays served only where the work area names it or holds it as member of a region. A planned post
covers nothing until it is decided, wherever it moves; a new one is active.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from geo.errors import DataError
from geo.matching import Tables
from geo.scenario import (
    KEEP,
    TAKERS,
    WHERE,
    Add,
    Change,
    Close,
    Decide,
    Move,
    Rearrange,
    Reassign,
    Scenario,
    checked,
    fault,
)
from geo.shapes import distance_km

CHANGE = "change"  # the column of changed postings: what the scenario did, in words of WORDS
WORDS = {
    Close: "close",
    Decide: "decide",
    Reassign: "org",
    Move: "move",
    Rearrange: "area",
    Add: "add",
}

Frames = tuple[pd.DataFrame, pd.DataFrame]
Row = dict[Any, Any]
Areas = tuple[dict[int, str], dict[int, set[str]]]  # row -> its host, and the units it serves


def check(
    scenario: Scenario, release: str, network: Tables, units: pd.DataFrame, places: pd.DataFrame
) -> None:
    """Raises DataError, naming the part, where the scenario does not fit the network of `release`.

    It may have been made on another release, the release may be partial, and a row, city or country
    may not be there. `units` as in `geo.schemas`, `places` as in `geo.names.cities`.
    """
    Checker(release, network, units, places).check(scenario)


@dataclass(frozen=True, eq=False)
class Checker:
    """Checks scenarios against the network of a release, as `check` does; reads that once."""

    release: str
    network: Tables
    units: pd.DataFrame
    places: pd.DataFrame

    def check(self, scenario: Scenario) -> None:
        """Raises DataError, naming the part, where the scenario does not fit the network."""
        checked(scenario)
        if scenario.release != self.release:
            raise fault("scenario_of_other_release", scenario.release, release=self.release)
        complete(self.network, self.release)
        for change in scenario.changes:
            part = ".".join(change.fields)
            if not isinstance(change, Add):
                if change.row not in self._posts:
                    raise fault("no_post_with_row", part, last=max(self._posts))
                _check_differs(change, self._posts[change.row], part)
            strange = _units(change) - self._codes
            if strange:
                raise fault("scenario_unit_unknown", ", ".join(sorted(strange)))
            if isinstance(change, Add | Move) and (change.city, change.host) not in self._spots:
                raise fault("city_unknown", part)
            if isinstance(change, Move):
                _check_takers(change, scenario, self._posts)
        self._check_areas(scenario)

    @cached_property
    def _posts(self) -> dict[int, Row]:
        """Row -> the LO post."""
        posts = self.network.postings[self.network.postings["kind"] == "LO"]
        return {int(row["row"]): row for row in reversed(posts.to_dict("records"))}

    @cached_property
    def _codes(self) -> set[str]:
        return set(self.units["iso3"])

    @cached_property
    def _spots(self) -> set[tuple[str, str]]:
        return set(zip(self.places["city"], self.places["iso3"], strict=True))

    @cached_property
    def _today(self) -> Areas:
        return self._areas(())

    def _areas(self, changes: tuple[Change, ...]) -> Areas:
        """The work areas after these changes."""
        moved = Scenario(self.release, "", changes)
        postings, served = apply(moved, self.network, self.units, self.places)
        posts = _posts(postings)
        areas: dict[int, set[str]] = {row: set() for row in posts.index}
        served = served[served["kind"] == "LO"]
        for row, iso3 in zip(served["row"].tolist(), served["iso3"].tolist(), strict=True):
            areas.setdefault(row, set()).add(iso3)
        return dict(zip(posts.index.tolist(), posts["host"].tolist(), strict=True)), areas

    def _check_areas(self, scenario: Scenario) -> None:
        """A change of a work area adds what is not served yet, drops what is, never the host."""
        changes = [each for each in scenario.changes if isinstance(each, Rearrange)]
        if not changes:
            return
        rest = tuple(each for each in scenario.changes if not isinstance(each, Rearrange))
        hosts, areas = self._areas(rest) if rest else self._today
        for change in changes:
            part, mine = ".".join(change.fields), areas.get(change.row, set())
            for codes, code in (
                ({*change.more} & {*change.less}, "added_and_dropped"),
                ({hosts[change.row]} & {*change.less}, "host_dropped"),
                ({*change.more} & mine, "served_already"),
                ({*change.less} - mine, "not_served"),
            ):
                if codes:
                    raise fault(code, f"{part}: {', '.join(sorted(codes))}"[:80])


def _units(change: Change) -> set[str]:
    """The codes of units that a change names."""
    match change:
        case Add(host=host, area=area):
            return {host, *area}
        case Move(host=host):
            return {host}
        case Rearrange(_, more, less):
            return {*more, *less}
    return set()


def _check_takers(move: Move, scenario: Scenario, posts: Mapping[int, Row]) -> None:
    """The posts that take over a work area are there, count, and keep their own."""
    part = ".".join(move.fields)
    gone = {each.row for each in scenario.changes if isinstance(each, Close)}
    giving = {e.row for e in scenario.changes if isinstance(e, Move) and e.area == TAKERS}
    decided = {each.row for each in scenario.changes if isinstance(each, Decide)}
    for row in move.takers:
        if row not in posts:
            raise fault("no_post_with_row", part, last=max(posts))
        if row in gone or row in giving:
            raise fault("taker_gives", part)
        if posts[row]["status"] == "planned" and row not in decided:
            raise fault("taker_not_decided", part)


def complete(network: Tables, release: str) -> None:
    """Raises DataError for a partial release: there a scenario can say nothing."""
    if not network.complete:
        raise DataError("scenario_on_partial", WHERE, value=release)


def _posts(postings: pd.DataFrame) -> pd.DataFrame:
    return postings[postings["kind"] == "LO"].set_index("row")


def _check_differs(change: Change, post: Row, part: str) -> None:
    """A change that changes nothing is a slip of whoever wrote it."""
    if isinstance(change, Decide) and post["status"] != "planned":
        raise fault("post_not_planned", part)
    if isinstance(change, Reassign) and post["organisation"] == change.organisation:
        raise fault("organisation_unchanged", part)
    if isinstance(change, Move) and (post["city"], post["host"]) == (change.city, change.host):
        raise fault("city_unchanged", part)


def apply(scenario: Scenario, network: Tables, units: pd.DataFrame, places: pd.DataFrame) -> Frames:
    """(postings, accreditations) after the scenario, which passed `check`.

    Postings have `lat` and `lon` and a column CHANGE more: what was done, several with a space
    between, empty for a post that is as it was; that of a post that takes over is "area". Added
    posts get the next row numbers; they have no place in a document.
    """
    postings = network.postings.assign(**{CHANGE: ""})
    posts = postings["kind"] == "LO"
    next_row = int(postings.loc[posts, "row"].max()) + 1 if posts.any() else 1
    changes = sorted(scenario.changes, key=_order)  # a later word of a post after an earlier
    for change in changes:
        this = posts & (postings["row"] == getattr(change, "row", 0))
        match change:
            case Close():
                postings, posts = postings[~this], posts[~this]
                continue
            case Decide():
                postings.loc[this, "status"] = "active"
            case Reassign(_, organisation):
                postings.loc[this, "organisation"] = organisation
            case Move(_, host, city):
                postings.loc[this, ["host", "city"]] = [host, city]
                postings.loc[this, ["lat", "lon"]] = _spot(change, places)
        _label(postings, this, WORDS[type(change)])
    served, taken = _served(changes, network.accreditations, postings, units)
    _label(postings, posts & postings["row"].isin(taken), WORDS[Rearrange])
    new = [change for change in changes if isinstance(change, Add)]
    pairs = list(zip(new, range(next_row, next_row + len(new)), strict=True))
    return (
        _joined(postings, [_added(change, row, places) for change, row in pairs]),
        _joined(served, [cells for change, row in pairs for cells in _area(change, row)]),
    )


def _label(postings: pd.DataFrame, these: pd.Series, word: str) -> None:
    """Note in CHANGE what was done to some posts; each word once."""
    done = postings.loc[these, CHANGE].map(lambda parts: [*parts.split(), word])
    postings.loc[these, CHANGE] = done.map(lambda parts: " ".join(dict.fromkeys(parts)))


def _served(
    changes: list[Change], before: pd.DataFrame, postings: pd.DataFrame, units: pd.DataFrame
) -> tuple[pd.DataFrame, set[int]]:
    """(accreditations after the changes, rows of the posts that take over some)."""
    served, taken = before, set[int]()
    closed = [change.row for change in changes if isinstance(change, Close)]
    served = served[~((served["kind"] == "LO") & served["row"].isin(closed))]
    moves = [change for change in changes if isinstance(change, Move)]
    for move in moves:
        served = _area_of_moved(served, move)
    for move in moves:
        if move.area == TAKERS:
            handed = handovers(move, before, postings, units)
            served = _serving(served, handed.items())
            taken |= set(handed.values())
    for change in changes:
        if isinstance(change, Rearrange):
            mine = _of(served, change.row) & served["iso3"].isin(change.less)
            served = _serving(served[~mine], ((iso3, change.row) for iso3 in change.more))
    return served, taken


def handovers(
    move: Move, before: pd.DataFrame, postings: pd.DataFrame, units: pd.DataFrame
) -> dict[str, int]:
    """Unit -> row of the post that takes it over from one that moves; by iso3.

    All that it served but its new host goes over, each to the post with the nearest duty station.
    `before` are accreditations, `postings` those after the moves. A post without a known city takes
    nothing over while another has one.
    """
    mine = before.loc[_of(before, move.row), "iso3"]
    capitals = units.set_index("iso3")[["capital_lat", "capital_lon"]]
    takers = _posts(postings).loc[list(move.takers), ["lat", "lon"]]
    nearest = {}
    for iso3 in sorted(set(mine) - {move.host}):
        away = distance_km(takers["lat"], takers["lon"], *capitals.loc[iso3])
        km = pd.Series(away, index=takers.index)
        order = km.sort_values(kind="stable", na_position="last")
        nearest[iso3] = int(order.index.to_numpy()[0])
    return nearest


def _serving(served: pd.DataFrame, pairs: Iterable[tuple[str, int]]) -> pd.DataFrame:
    """Accreditations with those pairs of unit and row beside them that they lack."""
    lo = served[served["kind"] == "LO"]
    there = set(zip(lo["iso3"], lo["row"], strict=True))
    more = [_accreditation(row, iso3, "named") for iso3, row in pairs if (iso3, row) not in there]
    return _joined(served, more)


def _order(change: Change) -> int:
    return list(WORDS).index(type(change))


def _of(served: pd.DataFrame, row: int) -> pd.Series:
    return (served["kind"] == "LO") & (served["row"] == row)


def _spot(change: Add | Move, places: pd.DataFrame) -> list[float]:
    place = places[(places["city"] == change.city) & (places["iso3"] == change.host)].iloc[0]
    return [float(place["lat"]), float(place["lon"])]


def _area_of_moved(served: pd.DataFrame, change: Move) -> pd.DataFrame:
    """What a post that moved serves itself: its work area where it keeps that, and its new host.

    The old host, where no work area named it, makes way for the new one.
    """
    mine = _of(served, change.row)
    if change.area == KEEP:
        rest = served[~(mine & (served["basis"] == "host"))]
    else:
        rest = served[~mine | (served["iso3"] == change.host)]
    if (rest.loc[_of(rest, change.row), "iso3"] == change.host).any():
        return rest
    return _joined(rest, [_accreditation(change.row, change.host, "host")])


def _accreditation(row: int, iso3: str, basis: str) -> dict[str, object]:
    """Nothing is printed of it: a person chose it."""
    how = {"printed": None, "basis": basis, "match": "hand", "score": 100.0}
    return {"kind": "LO", "row": row, "iso3": iso3} | how


def _area(change: Add, row: int) -> list[dict[str, object]]:
    bases = dict.fromkeys(change.area, "named") | {change.host: "host"}
    if change.host in change.area:
        bases[change.host] = "named"
    return [_accreditation(row, iso3, basis) for iso3, basis in bases.items()]


def _added(change: Add, row: int, places: pd.DataFrame) -> dict[str, object]:
    lat, lon = _spot(change, places)
    what = {"organisation": change.organisation, "city": change.city, "host": change.host}
    fixed = {"kind": "LO", "row": row, "label": change.city, "status": "active", CHANGE: "add"}
    return fixed | what | {"lat": lat, "lon": lon}


def _joined(frame: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """The frame with rows more, of the same types; what they do not state is missing."""
    if not rows:
        return frame.reset_index(drop=True)
    more = pd.DataFrame(rows).reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    return pd.concat([frame, more], ignore_index=True)
