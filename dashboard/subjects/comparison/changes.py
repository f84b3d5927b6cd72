"""What changed between two releases: countries, posts, areas, missions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import records, rows, wording
from dashboard.i18n import Texts
from dashboard.mission_names import mission_name
from dashboard.records import Row
from data.store.read import Network
from geo.changes import Changes
from geo.coverage import COVERED, coverage, served
from geo.names.normalise import key
from geo.network import numbered
from geo.options import Choice

_POSTS = ("opened", "closed")
_PAIRS = ("moved", "organisation_changed", "status_changed")
_OTHERS = ("flexible_opened", "flexible_closed", "multilateral_opened", "multilateral_closed")
_MISSIONS = ("missions_new", "missions_ended", "missions_up", "missions_down")


def change_table(t: Texts, changes: Changes, names: pd.Series) -> tuple[list[str], rows.Rows]:
    """(headers, rows): every change with what was and what comes; countries of the network first.

    `names` gives the name of each unit by code.
    """
    body: rows.Rows = [
        *_countries(t, changes, names),
        *_posts(t, changes, names),
        *_served(t, changes, names),
        *_others(t, changes),
        *_missions(t, changes),
    ]
    return rows.headers(t, ("change", "what", "before", "after")), body


def summary(listed: rows.Rows) -> str:
    """How many there are of each kind of change in a table, in its order."""
    return " · ".join(f"{kind}: {n}" for kind, n in Counter(row[0] for row in listed).items())


def silences(t: Texts, changes: Changes) -> str:
    """The parts of the difference that these two documents cannot tell, in words."""
    parts = dict.fromkeys(part.partition(".")[0] for part in changes.unknown)
    return t.listing([t(f"change.part_{part}") for part in parts])


def states(units: pd.DataFrame, before: Network, after: Network) -> pd.DataFrame:
    """Coverage `after` with its state put as kept, gained or lost, for `maps.payload`.

    Both of complete releases and of all organisations, as the list of changes beside the map;
    `units` as in `geo.schemas`.
    """
    was, now = (
        coverage(units, side.postings, side.accreditations, Choice(), complete=True)
        for side in (before, after)
    )
    old, new = (side["state"].isin(COVERED).to_numpy() for side in (was, now))
    state = now["state"].where(now["state"] == "home", "none").to_numpy(dtype=object, copy=True)
    state[old & new], state[~old & new], state[old & ~new] = "kept", "gained", "lost"
    nobody: pd.Series[Any] = pd.Series([[] for _ in state], index=now.index, dtype="object")
    return now.assign(state=state, organisations=nobody)  # who serves it is another map's story


def _countries(t: Texts, changes: Changes, names: pd.Series) -> Iterator[list[str]]:
    for change, frame in (("gained", changes.gained), ("lost", changes.lost)):
        groups = dict(list(frame.groupby("iso3", sort=False)))
        for iso3 in sorted(groups, key=lambda code: key(names[code])):
            by = "; ".join(_post(t, row, names) for row in groups[iso3].to_dict("records"))
            sides = ["", by] if change == "gained" else [by, ""]
            yield [t(f"change.{change}"), names[iso3], *sides]


def _posts(t: Texts, changes: Changes, names: pd.Series) -> Iterator[list[str]]:
    for change in _POSTS:
        for row in getattr(changes, change).to_dict("records"):
            codes = records.text(row["countries"]).split()
            served = ", ".join(names.get(code, code) for code in codes)
            planned = f" ({t('status.planned')})" if row["status"] == "planned" else ""
            sides = ["", served] if change == "opened" else [served, ""]
            yield [t(f"change.{change}"), f"{_post(t, row, names)}{planned}", *sides]
    for change in _PAIRS:
        for row in getattr(changes, change).to_dict("records"):
            sides = [_side(t, row, side) for side in ("before", "after")]
            yield [t(f"change.{change}"), names.get(row["host"], row["label_after"]), *sides]


def _served(t: Texts, changes: Changes, names: pd.Series) -> Iterator[list[str]]:
    for row in changes.served.to_dict("records"):
        for change, codes in (("added", row["added"]), ("dropped", row["dropped"])):
            if records.text(codes):
                listed = ", ".join(names.get(iso3, iso3) for iso3 in str(codes).split())
                sides = ["", listed] if change == "added" else [listed, ""]
                yield [t(f"change.{change}"), _post(t, row, names), *sides]


def _others(t: Texts, changes: Changes) -> Iterator[list[str]]:
    for change in _OTHERS:
        for row in getattr(changes, change).to_dict("records"):
            where = ": ".join(filter(None, (records.text(row["region"]), row["label"])))
            yield [t(f"change.{change}"), where, "", ""]


def _missions(t: Texts, changes: Changes) -> Iterator[list[str]]:
    for change in _MISSIONS:
        for row in getattr(changes, change).to_dict("records"):
            numbers = (row["before"], row["after"])
            absent = [t("overview.not_in_table")] * 2
            if change == "missions_new":
                absent[1] = t("change.unread")
            elif change == "missions_ended":
                absent[0] = t("change.unread")
            sides = [
                word if pd.isna(n) else t.number(n) for n, word in zip(numbers, absent, strict=True)
            ]
            yield [t(f"change.{change}"), mission_name(t, row["mission"]), *sides]


def _post(t: Texts, row: Row, names: pd.Series) -> str:
    """ "KMar Nairobi (Kenia-2, Kenia)": with its name where the document numbers the post."""
    who = wording.organisation(t, row["organisation"])
    place = records.text(row["city"]) or records.text(row["label"])
    name = numbered(records.text(row["label"]))
    return f"{who} {place} ({', '.join(filter(None, (name, names.get(row['host'], '?'))))})"


def _side(t: Texts, row: Row, side: str) -> str:
    who = wording.organisation(t, row[f"organisation_{side}"])
    planned = f" ({t('status.planned')})" if row[f"status_{side}"] == "planned" else ""
    return f"{who} {records.text(row[f'city_{side}'])}{planned}".strip()


def release_changes(
    t: Texts,
    changes: Changes,
    names: pd.Series,
    sides: tuple[Network, Network],
    called: Mapping[str, str],
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) as `change_table`; `sides` are the releases before and after.

    A partial release is a letter that mentions posts, in its own words. Of what it names and the
    table does not have, no more is said than that, with its place; of flexible officers nothing.
    """
    if all(side.complete for side in sides):
        return change_table(t, changes, names)
    nothing = {
        name: getattr(changes, name).iloc[:0]
        for name in ("opened", "closed", "flexible_opened", "flexible_closed")
    }
    headers, listed = change_table(t, replace(changes, **nothing), names)
    return headers, [*_named(t, changes, names, sides, called), *listed]


def _named(
    t: Texts,
    changes: Changes,
    names: pd.Series,
    sides: tuple[Network, Network],
    called: Mapping[str, str],
) -> Iterator[list[str]]:
    """The posts that one release has and the other, complete, has not."""
    for place, frame in enumerate((changes.closed, changes.opened)):
        this, other = sides[place], sides[1 - place]
        says = {"named": called[this.release], "other": called[other.release]}
        printed = this.postings[this.postings["kind"] == "LO"].set_index("row")
        still = _serving(t, other)
        for row in frame.to_dict("records"):
            source = printed.loc[row["row"]].to_dict() | {"kind": "LO"}
            where = records.text(row["city"]) or records.text(row["label"])
            host = records.text(row["host"])
            land = f" ({names[host]})" if host and names[host] != where else ""
            gone = t("compare.not_there")
            if who := still.get(host):  # a post may go and its country be served from elsewhere
                gone = t("compare.served_still", not_there=gone, who=t.listing(who))
            cells = [wording.noted(t, source), gone]
            post = wording.post(t, source["organisation"], where) + land
            yield [t("compare.named_then", **says), post, *(cells if place == 0 else cells[::-1])]


def _serving(t: Texts, network: Network) -> dict[str, list[str]]:
    """Unit -> who serves it in a network, each with its row; a plan serves nobody."""
    serving_rows = served(network.postings, network.accreditations, Choice())
    by_unit: dict[str, list[str]] = {}
    for row in serving_rows[serving_rows["status"] == "active"].to_dict("records"):
        by_unit.setdefault(str(row["iso3"]), []).append(wording.placed(t, row))
    return by_unit
