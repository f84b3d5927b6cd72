"""What people decided about printed texts, with who and when; every next reading uses it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import pandas as pd

from geo.keys import key

MEANINGS = ("country", "region", "not-a-country", "leave-out")


@dataclass(frozen=True)
class Decision:
    """What one printed text stands for, settled by a person.

    `meaning` is one of MEANINGS; `value` is an ISO code for a country, the name in the table
    `regions` for a region, else empty; `reason` says why something is left out; `decided_by` is a
    role or department, never a name; `decided_at` an ISO 8601 time in UTC.
    """

    printed: str
    meaning: str
    value: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_at: str = ""


@dataclass(frozen=True)
class Ignored:
    """A printed text that a person decided is no country, or is to be left out."""

    printed: str
    decision: Decision

    @property
    def leaves_out(self) -> bool:
        """Whether the text is to be left out with all that hangs on it."""
        return self.decision.meaning == "leave-out"


def decisions(aliases: pd.DataFrame) -> tuple[Decision, ...]:
    """The rows of table `aliases` of `geo.schemas` as decisions, oldest first."""
    columns = [aliases[name].fillna("").astype(str) for name in Decision.__dataclass_fields__]
    return tuple(Decision(*row) for row in zip(*columns, strict=True))


def by_key(
    taken: Iterable[Decision], units: Container[str], regions: Container[str]
) -> dict[str, Decision]:
    """`key` of the printed text -> its last decision.

    `units` holds the ISO codes there are, `regions` the keys of the regions. Raises ValueError for
    a decision that says nothing of what is known, naming its text and value.
    """
    found = {}
    for decision in taken:
        known = {
            "country": decision.value in units,
            "region": key(decision.value) in regions,
            "not-a-country": True,
            "leave-out": True,
        }
        if not key(decision.printed):
            raise ValueError(f"a decision on {decision.printed!r}, which holds no word")
        if decision.meaning not in known:
            raise ValueError(f"{decision.printed!r} is decided to be a {decision.meaning!r}")
        if not known[decision.meaning]:
            wanted = f"the {decision.meaning} {decision.value!r}"
            raise ValueError(f"{decision.printed!r} is decided to be {wanted}, which is not known")
        found[key(decision.printed)] = decision
    return found
