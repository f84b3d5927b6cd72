"""Police in missions since 1990: numbers by month, what is unknown, where no source speaks.

Dates stand on an axis of years: a month runs from its first day to that of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

State = Literal["counted", "doubtful", "unknown", "no_row", "impossible"]
MONTH = ["as_of", "officers", "state"]
# A number that stands out is drawn apart and in no line; an impossible one is nowhere.
_STATES: dict[str, State] = {
    "outlier": "doubtful",
    "row_missing": "doubtful",
    "impossible": "impossible",
}


def months(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both included.

    >>> months("1990-11", "1991-01")
    ['1990-11', '1990-12', '1991-01']
    """
    return [str(month) for month in pd.period_range(first, last, freq="M")]


def start_of(month: str) -> float:
    """Where the first day of a month, or of a year, stands on an axis of years.

    >>> start_of("1996-07"), start_of("1996")
    (1996.5, 1996.0)
    """
    year, _, part = month.partition("-")
    return int(year) + (int(part or 1) - 1) / 12


def after(month: str) -> float:
    """Where a month ends, or a year.

    >>> after("1996-12"), after("1996")
    (1997.0, 1997.0)
    """
    year, _, part = month.partition("-")
    return int(year) + int(part or 12) / 12


def middle(date: str) -> float:
    """Where a date stands: a year or a month in its middle, a day on its day.

    >>> middle("2013"), round(middle("2023-11-24"), 2)
    (2013.5, 2023.9)
    """
    if len(date) < 10:
        return (start_of(date) + after(date)) / 2
    return start_of(date[:7]) + (int(date[8:]) - 0.5) / 31 / 12


def month_of(value: float) -> str:
    """The month in which a place on the axis lies.

    >>> month_of(1996.5), month_of(2023.9), month_of(start_of("2016-03"))
    ('1996-07', '2023-11', '2016-03')
    """
    part = round((value % 1) * 12, 6)
    return f"{int(value)}-{int(part) + 1:02}"


def monthly(police: pd.DataFrame, contributor: str, mission: str = "") -> pd.DataFrame:
    """Columns MONTH: every month of the source, the first one first.

    `police` is the table `un_police`; an empty `mission` is all of them together. `officers` is
    Int64, missing where the number is unknown or impossible. A month without a row is `no_row`:
    that is not zero either, for the source leaves out what is zero and what is missing alike.
    """
    of_contributor = police[police["contributor"] == contributor]
    rows = of_contributor[of_contributor["mission"].fillna("") == mission]
    # Per mission the source begins later, for every mission in the same month.
    begun = police[police["mission"].notna() == bool(mission)]["as_of"].str[:7]
    every = months(begun.min(), begun.max())
    frame = rows.assign(as_of=rows["as_of"].str[:7]).set_index("as_of").reindex(every)
    state = frame["caution"].map(_STATES).fillna("counted")
    state = state.mask(frame["officers"].isna() & (state != "impossible"), "unknown")
    state = state.mask(frame["document"].isna(), "no_row")
    return frame.assign(state=state).rename_axis("as_of").reset_index()[MONTH]


@dataclass(frozen=True)
class Run:
    """Months in a row of which a source says the same; `officers` None where that is nothing."""

    first: str
    last: str
    officers: int | None
    state: State

    @property
    def months(self) -> int:
        """How many months."""
        return len(months(self.first, self.last))


def runs(by_month: pd.DataFrame) -> list[Run]:
    """The months of `monthly`, those in a row with the same number and state as one."""
    alike = (
        by_month[["officers", "state"]]
        .fillna({"officers": -1})
        .ne(by_month[["officers", "state"]].fillna({"officers": -1}).shift())
    )
    return [
        Run(
            str(part["as_of"].iloc[0]),
            str(part["as_of"].iloc[-1]),
            None if pd.isna(part["officers"].iloc[0]) else int(part["officers"].iloc[0]),
            part["state"].iloc[0],
        )
        for _, part in by_month.groupby(alike.any(axis=1).cumsum())
    ]


def year_ends(by_month: pd.DataFrame) -> pd.DataFrame:
    """The rows of `monthly` at the end of December, with `year` before them."""
    ends = by_month[by_month["as_of"].str.endswith("-12")]
    return ends.assign(year=ends["as_of"].str[:4].astype(int))[["year", *MONTH]].reset_index(
        drop=True
    )


def silences(
    spoken: Iterable[tuple[float, float]], first: float, last: float
) -> list[tuple[float, float]]:
    """The stretches between `first` and `last` of which no source speaks, in years.

    `spoken` are the stretches of which one does; a count on a day is one without length.

    >>> silences([(1991, 1993), (1992, 1995), (1998, 1998)], 1990, 2000)
    [(1990, 1991), (1995, 1998), (1998, 2000)]
    """
    stretches, reached = [], first
    for start, end in sorted(spoken):
        if start > reached:
            stretches.append((reached, min(start, last)))
        reached = max(reached, end)
    return [*stretches, (reached, last)] if reached < last else stretches


def present(by_month: pd.DataFrame) -> list[tuple[str, str]]:
    """The stretches of months, first and last, in which there was somebody in a mission."""
    has_officers = by_month["officers"].gt(0).fillna(False)
    parts = by_month[has_officers].groupby(
        (has_officers != has_officers.shift()).cumsum()[has_officers]
    )["as_of"]
    return [(str(part.iloc[0]), str(part.iloc[-1])) for _, part in parts]


def past_names(history: pd.DataFrame, others: Iterable[str], units: pd.Series) -> list[str]:
    """What each row of the table `mission_history` is called where several sources speak of it.

    The name alone where one of `others` is that name, else with its country; a mission that has
    none is called after who led it. `units` are names by code, in the language of the documents.
    """
    alone = set(others)
    names = []
    for row in history.to_dict("records"):
        codes = row["areas"].split()
        country = units[codes[0]] if len(codes) == 1 else row["country_printed"]
        mission = row["lead_printed"] if pd.isna(row["mission"]) else row["mission"]
        names.append(mission if mission in alone or country in mission else f"{mission} {country}")
    return names
