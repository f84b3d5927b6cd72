"""The difference between two releases table by table, as frames; `geo.changes` puts it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from geo.coverage import HOME, served
from geo.matching import Pair, Post, Tables, in_order, match_releases
from geo.names.normalise import key

POST = ["row", "host", "organisation", "city", "status", "theme", "label", "countries"]
_BOTH = ("row", "organisation", "city", "status", "label")
PAIR = ["host", *(f"{column}_{side}" for column in _BOTH for side in ("before", "after"))]
SERVED = ["host", "organisation", "city", "label", "row_before", "row_after", "added", "dropped"]
COUNTRY = ["iso3", "row", "host", "organisation", "city", "label", "basis"]
OTHER = ["row", "organisation", "status", "theme", "region", "label"]
MISSION = ["mission", "before", "after"]

_NETWORK = {
    "opened": POST,
    "closed": POST,
    "moved": PAIR,
    "organisation_changed": PAIR,
    "status_changed": PAIR,
    "served": SERVED,
    "gained": COUNTRY,
    "lost": COUNTRY,
    "flexible_opened": OTHER,
    "flexible_closed": OTHER,
    "multilateral_opened": OTHER,
    "multilateral_closed": OTHER,
}
_MISSIONS = dict.fromkeys(
    ("missions_new", "missions_ended", "missions_up", "missions_down"), MISSION
)
# What a partial release cannot tell. A move, or another organisation, opens and closes at once.
_CHANGED = ("posts.moved", "posts.organisation_changed")
_APPEARED = (
    *("posts.opened", "countries.gained", "served.added"),
    *("flexible.opened", "multilateral.opened"),
)
_GONE = (
    *("posts.closed", "countries.lost", "served.dropped"),
    *("flexible.closed", "multilateral.closed"),
)


Frames = dict[str, pd.DataFrame]
_Named = list[tuple[str, dict[str, object]]]


def of_network(before: Tables | None, after: Tables | None) -> tuple[Frames, tuple[str, ...]]:
    """The frames of the network in `geo.changes.Changes`, and the parts that stay unknown."""
    if before is None or after is None:
        parts = ("posts", "countries", "served", "flexible", "multilateral")
        return _empty(_NETWORK), parts
    complete = before.complete and after.complete
    matched = match_releases(before, after)
    certain = [*matched.same, *matched.moved, *matched.organisation_changed]
    status = in_order((a, b) for a, b in certain if a.status != b.status)
    frames = {
        "opened": _posts(matched.opened if before.complete else []),
        "closed": _posts(matched.closed if after.complete else []),
        "moved": _pairs(matched.moved),
        "organisation_changed": _pairs(matched.organisation_changed),
        "status_changed": _pairs(status),
        "served": _served(certain, before.complete, after.complete),
        **_countries(before, after),
    }
    for name, kind in (("flexible", "FILO"), ("multilateral", "multilateral")):
        then, now = (_named(side.postings, kind) for side in (before, after))
        frames[f"{name}_opened"] = _others(now, then if before.complete else None)
        frames[f"{name}_closed"] = _others(then, now if after.complete else None)
    unknown: tuple[str, ...] = () if complete else _CHANGED
    unknown += () if before.complete else _APPEARED
    unknown += () if after.complete else _GONE
    return frames, unknown


def _frame(rows: Iterable[Mapping[str, object]], columns: list[str]) -> pd.DataFrame:
    """Cells as they are: a missing text is None, a count stays a whole number."""
    return pd.DataFrame(list(rows), columns=columns, dtype=object)


def _empty(parts: Mapping[str, list[str]]) -> Frames:
    return {name: _frame([], columns) for name, columns in parts.items()}


def _posts(posts: Iterable[Post]) -> pd.DataFrame:
    return _frame(
        (post.cells | {"countries": " ".join(sorted(post.served))} for post in posts), POST
    )


def _pairs(pairs: Iterable[Pair]) -> pd.DataFrame:
    rows = []
    for pair in pairs:
        shown = [post.cells for post in pair]
        row = {"host": shown[1]["host"]}
        for side, cells in zip(("before", "after"), shown, strict=True):
            row |= {f"{column}_{side}": cells[column] for column in _BOTH}
        rows.append(row)
    return _frame(rows, PAIR)


def _served(pairs: Iterable[Pair], all_before: bool, all_after: bool) -> pd.DataFrame:
    """The postings that continue and serve other countries than before, as they now are."""
    rows = []
    for old, new in in_order((old, new) for old, new in pairs if old.served != new.served):
        added = sorted(new.served - old.served) if all_before else []
        dropped = sorted(old.served - new.served) if all_after else []
        if added or dropped:
            row = new.cells | {"row_before": old.row, "row_after": new.row}
            rows.append(row | {"added": " ".join(added), "dropped": " ".join(dropped)})
    return _frame(({name: row[name] for name in SERVED} for row in rows), SERVED)


def _countries(before: Tables, after: Tables) -> Frames:
    """`gained` and `lost`: units that the active LO of one release serve, and of the other not."""
    then, now = _units(before), _units(after)
    return {
        "gained": _serving(after, now - then - {HOME} if before.complete else set()),
        "lost": _serving(before, then - now - {HOME} if after.complete else set()),
    }


def _units(side: Tables) -> set[str]:
    """The ISO codes of the units that an active LO serves; the same as in `geo.coverage.served`."""
    kind, status = (side.postings[name].to_numpy(object) for name in ("kind", "status"))
    active = side.postings["row"].to_numpy()[(kind == "LO") & (status == "active")]
    kind, row, iso3 = (side.accreditations[name].to_numpy() for name in ("kind", "row", "iso3"))
    return set(iso3[(kind == "LO") & np.isin(row, active)].tolist())


def _serving(side: Tables, units: set[str]) -> pd.DataFrame:
    """The active LO of a release that serve these units, one row per unit and posting."""
    if not units:
        return _frame([], COUNTRY)
    rows = side.accreditations[side.accreditations["iso3"].isin(units)]
    serving = served(side.postings[side.postings["row"].isin(rows["row"])], rows)
    columns = serving[["row", "host", "organisation", "city", "label", "basis"]]
    cells = columns.astype(object).where(columns.notna() & (columns != ""), None)
    cells.insert(0, "iso3", serving["iso3"].astype(object))
    cells["row"] = [int(row) for row in serving["row"]]
    order = ["iso3", "host", "label", "row"]
    sorted_cells = cells.sort_values(order, key=lambda column: column.fillna(""))
    records = sorted_cells.to_dict("records")
    return _frame(({str(name): cell for name, cell in row.items()} for row in records), COUNTRY)


def _others(having: _Named, lacking: _Named | None) -> pd.DataFrame:
    """The rows of one release that the other has not or has fewer of; None: it is not complete."""
    if lacking is None:
        return _frame([], OTHER)
    counts = Counter(name for name, _ in lacking)
    rows = []
    for name, row in having:
        if counts[name]:
            counts[name] -= 1
        else:
            rows.append(row)
    return _frame(rows, OTHER)


def _named(postings: pd.DataFrame, kind: str) -> _Named:
    """What each row is known by, and the row, in an order that the rows' numbers do not decide."""
    rows = postings["kind"].to_numpy(object) == kind
    columns = [postings[name].to_numpy(object)[rows] for name in OTHER]
    cells = [[None if pd.isna(cell) else cell for cell in column] for column in columns]
    known = []
    for values in zip(*cells, strict=True):
        row = dict(zip(OTHER, values, strict=True)) | {"row": int(values[0])}
        known_by = ("organisation", "theme") if kind == "FILO" else ("region", "label")
        known.append(("|".join(key(row[name] or "") for name in known_by), row))
    return sorted(known, key=lambda item: (item[0], *(str(item[1][name]) for name in OTHER[1:])))


def of_missions(
    before: pd.DataFrame | None, after: pd.DataFrame | None, complete: tuple[bool, bool]
) -> tuple[Frames, int | None, tuple[str, ...]]:
    """The frames of the missions, how many are unchanged, and the parts that stay unknown.

    Joined on `mission`, where printed names are already one. A mission whose number could not be
    read is neither new nor changed, and makes `missions.personnel` unknown.
    """
    if before is None or after is None:
        return _empty(_MISSIONS), None, ("missions",)
    then, now = _officers(before), _officers(after)
    rows = [{"mission": m, "before": then.get(m), "after": now.get(m)} for m in {**now, **then}]
    rows.sort(key=lambda row: str(row["mission"]))
    in_both = [row for row in rows if row["mission"] in then and row["mission"] in now]
    counted = [row for row in in_both if row["before"] is not None and row["after"] is not None]
    steps = [(int(row["after"] or 0) - int(row["before"] or 0), row) for row in counted]
    frames = {
        "missions_new": [row for row in rows if row["mission"] not in then and complete[0]],
        "missions_ended": [row for row in rows if row["mission"] not in now and complete[1]],
        "missions_up": [row for step, row in steps if step > 0],
        "missions_down": [row for step, row in steps if step < 0],
    }
    unknown: tuple[str, ...] = () if complete[0] else ("missions.new",)
    unknown += () if complete[1] else ("missions.ended",)
    unknown += ("missions.personnel",) if None in [*then.values(), *now.values()] else ()
    tables = {name: _frame(found, MISSION) for name, found in frames.items()}
    return tables, sum(step == 0 for step, _ in steps), unknown


def _officers(deployments: pd.DataFrame) -> dict[str, int | None]:
    """Officers per mission; None where the number of one of its rows could not be read."""
    found: dict[str, int | None] = {}
    for mission, officers in zip(deployments["mission"], deployments["personnel"], strict=True):
        earlier = found.get(mission, 0)
        missing = earlier is None or pd.isna(officers)
        found[mission] = None if missing else (earlier or 0) + int(officers)
    return found
