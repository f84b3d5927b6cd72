"""What changed between two releases: posts, countries served, flexible officers, missions.

What a release cannot tell is never a change: a partial one proves that something was there, not
that anything else was not. Those parts are named in `Changes.unknown` and stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.differences import of_missions, of_network
from geo.matching import Tables


@dataclass(frozen=True, eq=False)
class Changes:
    """The difference as frames, with the columns named in `geo.differences`.

    POST: `opened`, `closed` (a planned post says so in `status`). PAIR, one row per posting that
    continues: `moved`, `organisation_changed` (also stated or no longer stated), `status_changed`.
    SERVED: `served`, with ISO codes `added` and `dropped` per posting that continues. COUNTRY:
    `gained`, `lost`, one row per unit and active LO posting that now serves or then served it.
    OTHER: `flexible_opened` and so on. MISSION, officers on the reference dates: `missions_new`,
    `missions_ended` ("not in this table", which is all that a table can say), `missions_up`,
    `missions_down`; `missions_unchanged` is a number, missing where it is unknown. `unknown` names
    the parts that these two releases cannot tell.
    """

    opened: pd.DataFrame
    closed: pd.DataFrame
    moved: pd.DataFrame
    organisation_changed: pd.DataFrame
    status_changed: pd.DataFrame
    served: pd.DataFrame
    gained: pd.DataFrame
    lost: pd.DataFrame
    flexible_opened: pd.DataFrame
    flexible_closed: pd.DataFrame
    multilateral_opened: pd.DataFrame
    multilateral_closed: pd.DataFrame
    missions_new: pd.DataFrame
    missions_ended: pd.DataFrame
    missions_up: pd.DataFrame
    missions_down: pd.DataFrame
    missions_unchanged: int | None
    unknown: tuple[str, ...]

    def records(self) -> dict[str, object]:
        """The same as plain lists and dicts for JSON; None for a missing cell."""
        return {
            "posts": {
                "opened": _plain(self.opened),
                "closed": _plain(self.closed),
                "moved": _plain(self.moved),
                "organisation_changed": _plain(self.organisation_changed),
                "status_changed": _plain(self.status_changed),
            },
            "countries": {"gained": _by_country(self.gained), "lost": _by_country(self.lost)},
            "served": _plain(self.served),
            "flexible": {
                "opened": _plain(self.flexible_opened),
                "closed": _plain(self.flexible_closed),
            },
            "multilateral": {
                "opened": _plain(self.multilateral_opened),
                "closed": _plain(self.multilateral_closed),
            },
            "missions": {
                "new": _plain(self.missions_new),
                "ended": _plain(self.missions_ended),
                "up": _plain(self.missions_up),
                "down": _plain(self.missions_down),
                "unchanged": self.missions_unchanged,
            },
            "unknown": list(self.unknown),
        }


def changes(
    before: Tables | None,
    after: Tables | None,
    missions_before: pd.DataFrame | None = None,
    missions_after: pd.DataFrame | None = None,
    missions_complete: tuple[bool, bool] = (True, True),
) -> Changes:
    """The difference between two releases; None for a table that a document does not have.

    `missions_before` and `missions_after` are tables `deployments` of `geo.schemas`, and
    `missions_complete` tells of each whether it holds every mission.
    """
    network, unknown = of_network(before, after)
    missions, unchanged, unclear = of_missions(missions_before, missions_after, missions_complete)
    return Changes(
        **network, **missions, missions_unchanged=unchanged, unknown=(*unknown, *unclear)
    )


def _plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as dicts of text, numbers and None; a list of countries becomes one."""
    lists = {"countries", "added", "dropped"}
    cells = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return [
        {
            name: (cell or "").split() if name in lists else cell
            for name, cell in zip(frame.columns, row, strict=True)
        }
        for row in cells
    ]


def _by_country(frame: pd.DataFrame) -> list[dict[str, object]]:
    """One dict per unit, with the postings that made the difference."""
    by_country: dict[object, list[dict[str, object]]] = {}
    for row in _plain(frame):
        by_country.setdefault(row.pop("iso3"), []).append(row)
    return [{"iso3": iso3, "postings": rows} for iso3, rows in by_country.items()]
