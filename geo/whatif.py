"""What if: whether a scenario fits the network of its release, and that network after it.

The stored facts stay as they are; changed frames are new ones. A post that moves keeps the work
area that is printed for it. A host always is accredited, so its new host is served; the old one
stays served only where the work area names it or holds it as member of a region. A planned post
covers nothing until it is decided, wherever it moves; a new one is active.
"""

from __future__ import annotations

import pandas as pd

from geo.differences import Tables
from geo.errors import DataError
from geo.scenario import WHERE, Add, Change, Close, Decide, Move, Reassign, Scenario, checked, fault

CHANGE = "change"  # the column of changed postings: what the scenario did, in words of WORDS
WORDS = {Close: "close", Decide: "decide", Reassign: "org", Move: "move", Add: "add"}

Frames = tuple[pd.DataFrame, pd.DataFrame]


def check(
    scenario: Scenario, release: str, network: Tables, units: pd.DataFrame, places: pd.DataFrame
) -> None:
    """Raises DataError, naming the part, where the scenario does not fit the network of `release`.

    It may have been made on another release, the release may be partial, and a row, city or country
    may not be there. `units` as in `geo.schemas`, `places` as in `geo.cities`.
    """
    checked(scenario)
    if scenario.release != release:
        reason = "the scenario was made on another release, whose rows are other posts"
        raise fault(reason, scenario.release, f"Choose that release; this one is {release}.")
    complete(network, release)
    posts = _posts(network.postings)
    known = set(units["iso3"])
    spots = set(zip(places["city"], places["iso3"], strict=True))
    for change in scenario.changes:
        part = ".".join(change.fields)
        if not isinstance(change, Add):
            if change.row not in posts.index:
                advice = f"The posts are rows 1 to {posts.index.max()} of the table of the network."
                raise fault("the release has no post with this row", part, advice)
            _check_differs(change, posts.loc[[change.row]].iloc[0], part)
        if isinstance(change, Add | Move):
            strange = {change.host, *getattr(change, "area", ())} - known
            if strange:
                raise fault("no unit of the map has this code", ", ".join(sorted(strange)))
            if (change.city, change.host) not in spots:
                advice = "Choose a city that the tables of places hold for that country."
                raise fault("the city is not known in that country", part, advice)


def complete(network: Tables, release: str) -> None:
    """Raises DataError for a partial release: there a scenario can say nothing."""
    if not network.complete:
        reason = "the release holds only a part of the posts, so nothing can be said of a scenario"
        raise DataError(WHERE, reason, value=release, advice="Choose a release that is complete.")


def _posts(postings: pd.DataFrame) -> pd.DataFrame:
    return postings[postings["kind"] == "LO"].set_index("row")


def _check_differs(change: Change, post: pd.Series, part: str) -> None:
    """A change that changes nothing is a slip of whoever wrote it."""
    if isinstance(change, Decide) and post["status"] != "planned":
        raise fault("the post is not planned, so there is nothing to decide", part)
    if isinstance(change, Reassign) and post["organisation"] == change.organisation:
        raise fault("the post is of this organisation already", part)
    if isinstance(change, Move) and (post["city"], post["host"]) == (change.city, change.host):
        raise fault("the post stands in this city already", part)


def apply(scenario: Scenario, network: Tables, places: pd.DataFrame) -> Frames:
    """(postings, accreditations) after the scenario, which passed `check`.

    Postings have `lat` and `lon` and a column CHANGE more: what was done, several with a space
    between, empty for a post that is as it was. Added posts get the next row numbers; they have no
    place in a document.
    """
    postings = network.postings.assign(**{CHANGE: ""})
    served = network.accreditations
    posts = postings["kind"] == "LO"
    next_row = int(postings.loc[posts, "row"].max()) + 1 if posts.any() else 1
    new: list[Add] = []
    for change in sorted(scenario.changes, key=_order):  # a later word of a post after an earlier
        if isinstance(change, Add):
            new.append(change)
            continue
        this = posts & (postings["row"] == change.row)
        if isinstance(change, Close):
            postings, posts = postings[~this], posts[~this]
            served = served[~_of(served, change.row)]
            continue
        done = postings.loc[this, CHANGE] + f" {WORDS[type(change)]}"
        postings.loc[this, CHANGE] = done.str.strip()
        if isinstance(change, Decide):
            postings.loc[this, "status"] = "active"
        elif isinstance(change, Reassign):
            postings.loc[this, "organisation"] = change.organisation
        else:
            postings.loc[this, ["host", "city"]] = [change.host, change.city]
            postings.loc[this, ["lat", "lon"]] = _spot(change, places)
            served = _moved(served, change)
    rows = range(next_row, next_row + len(new))
    pairs = list(zip(new, rows, strict=True))
    return (
        _joined(postings, [_added(change, row, places) for change, row in pairs]),
        _joined(served, [cells for change, row in pairs for cells in _area(change, row)]),
    )


def _order(change: Change) -> int:
    return list(WORDS).index(type(change))


def _of(served: pd.DataFrame, row: int) -> pd.Series:
    return (served["kind"] == "LO") & (served["row"] == row)


def _spot(change: Add | Move, places: pd.DataFrame) -> list[float]:
    found = places[(places["city"] == change.city) & (places["iso3"] == change.host)].iloc[0]
    return [float(found["lat"]), float(found["lon"])]


def _moved(served: pd.DataFrame, change: Move) -> pd.DataFrame:
    """The old host, where no work area named it, makes way for the new one."""
    mine = _of(served, change.row)
    rest = served[~(mine & (served["basis"] == "host"))]
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
