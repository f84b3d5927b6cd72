"""Dates as documents print them: a day, a month or a year, as ISO 8601 text."""

from __future__ import annotations


def surely_before(one: str, other: str) -> bool:
    """Whether `one` lies before `other`, whatever day each of them stands for.

    "2026" may be any day of that year, so it is neither before nor after "2026-01".

    >>> surely_before("2025-11-12", "2026-01"), surely_before("2026", "2026-05-12")
    (True, False)
    """
    common = min(len(one), len(other))
    return one[:common] < other[:common]
