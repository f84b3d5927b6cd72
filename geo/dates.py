"""Dates as documents print them: a day, a month or a year, as ISO 8601 text."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# The number of each month by its names: Dutch, and English and French beside it, with short forms.
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)} | {
    name: number
    for number, names in enumerate(
        (
            *("jan january janvier", "feb febr february février fevrier", "mrt maa march mar mars"),
            *("apr april avril avr", "may mai", "jun june juin", "jul july juillet"),
            *("aug august août aout", "sep sept september septembre", "okt oct october octobre"),
            *("nov november novembre", "dec december décembre decembre"),
        ),
        start=1,
    )
    for name in names.split()
}
# Any of these names in a pattern, the longest first.
ANY_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))


def surely_before(one: str, other: str) -> bool:
    """Whether `one` lies before `other`, whatever day each of them stands for.

    "2026" may be any day of that year, so it is neither before nor after "2026-01".

    >>> surely_before("2025-11-12", "2026-01"), surely_before("2026", "2026-05-12")
    (True, False)
    """
    common = min(len(one), len(other))
    return one[:common] < other[:common]


def years_ahead(date: str) -> bool:
    """Whether a date, as precise as it is known, lies more than a year after today: a slip.

    A network is announced for the next year at most.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return date > f"{int(today[:4]) + 1}{today[4:]}"[: len(date)]
