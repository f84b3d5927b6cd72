"""What changed between two releases of which one may be partial, for the page that compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from dashboard import changes, posts, rows
from dashboard.i18n import Words
from data.store import Network
from geo.changes import Changes


def table(
    t: Words,
    found: Changes,
    names: pd.Series,
    sides: tuple[Network, Network],
    called: Mapping[str, str],
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) as `changes.table`; `sides` are the releases before and after.

    A partial release is a letter that mentions posts, in its own words. Of what it names and the
    table does not have, no more is said than that, with its place; of flexible officers nothing.
    """
    if all(side.complete for side in sides):
        return changes.table(t, found, names)
    nothing = {
        name: getattr(found, name).iloc[:0]
        for name in ("opened", "closed", "flexible_opened", "flexible_closed")
    }
    headers, listed = changes.table(t, replace(found, **nothing), names)
    return headers, [*_named(t, found, names, sides, called), *listed]


def _named(
    t: Words,
    found: Changes,
    names: pd.Series,
    sides: tuple[Network, Network],
    called: Mapping[str, str],
) -> Iterator[list[str]]:
    """The posts that one release has and the other, complete, has not."""
    for place, frame in enumerate((found.closed, found.opened)):
        this, other = sides[place], sides[1 - place]
        says = {"named": called[this.release], "other": called[other.release]}
        printed = this.postings[this.postings["kind"] == "LO"].set_index("row")
        for row in frame.to_dict("records"):
            source = printed.loc[row["row"]].to_dict() | {"kind": "LO"}
            where = rows.text(row["city"]) or rows.text(row["label"])
            host = rows.text(row["host"])
            land = f" ({names[host]})" if host and names[host] != where else ""
            told = [posts.noted(t, source), t("compare.not_there")]
            post = posts.post(t, source["organisation"], where) + land
            yield [t("compare.named_then", **says), post, *(told if place == 0 else told[::-1])]
