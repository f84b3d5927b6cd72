"""What people decided about printed texts, with who and when; every next reading uses it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

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


def decisions(aliases: pd.DataFrame) -> tuple[Decision, ...]:
    """The rows of table `aliases` of `geo.schemas` as decisions, oldest first."""
    columns = [aliases[name].fillna("").astype(str) for name in Decision.__dataclass_fields__]
    return tuple(Decision(*row) for row in zip(*columns, strict=True))
