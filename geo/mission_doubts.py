"""Where sources of police in missions do not agree, or one of them seems to lack a row.

Nothing is corrected here: what is found is told beside the numbers.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from geo import mission_years

ABOVE = ["mission", "maximum", "months", "first", "last", "most", "most_in", *("row", "document")]
JUMP = 5  # times as many officers in the month that names more missions


def above_maximum(history: pd.DataFrame, police: pd.DataFrame, contributor: str) -> pd.DataFrame:
    """Columns ABOVE: the missions of which a month has more officers than the maximum says.

    `history` and `police` are the tables `mission_history` and `un_police`. `maximum` is of the
    former, with its `row` and `document`; `months` counts the months above it, from `first` to
    `last` as YYYY-MM, and `most_in` is the first that has the `most`. Only a mission that both call
    by the same name, in a country that both give, is compared; doubtful numbers are not.
    """
    found = []
    own = police[police["contributor"] == contributor].dropna(subset="mission")
    places = own.groupby("mission")["areas"].first()
    for row in history.dropna(subset="mission").to_dict("records"):
        mission = row["mission"]
        if mission not in places.index or places[mission] != row["areas"]:
            continue
        by_month = mission_years.monthly(police, contributor, mission)
        counted = by_month[by_month["state"] == "counted"]
        above = counted[counted["officers"] > row["max_deployed"]]
        if above.empty:
            continue
        most = above.loc[above["officers"].astype(int).idxmax()]
        found.append(
            {
                "mission": mission,
                "maximum": int(row["max_deployed"]),
                "months": len(above),
                "first": above["as_of"].iloc[0],
                "last": above["as_of"].iloc[-1],
                "most": int(most["officers"]),
                "most_in": most["as_of"],
                "row": row["row"],
                "document": row["document"],
            }
        )
    return pd.DataFrame(found, columns=ABOVE)


def lone_missions(police: pd.DataFrame, contributor: str) -> list[tuple[str, str, str]]:
    """(mission, first, last): months in a row that name one mission only, before a sudden rise.

    The month after them, of the same contributor, names that mission and others, with more than
    JUMP times the officers: a row may be missing before it. Months that have a caution already, or
    no number, are not among them.
    """
    own = police[police["contributor"] == contributor]
    own = own.assign(month=own["as_of"].str[:7])
    named = own.dropna(subset="mission").groupby("month")["mission"].agg(set)
    by_month = mission_years.monthly(police, contributor).set_index("as_of")
    total = by_month.loc[by_month["state"] == "counted", "officers"]
    found, first = list[tuple[str, str, str]](), ""
    every = list(named.index)
    for month, after in pairwise(every):
        alone = len(named[month]) == 1 and month in total.index
        follows = mission_years.months(month, after) == [month, after]
        first = (first or month) if alone else ""
        if not (alone and follows and named[after] >= named[month] and after in total.index):
            first = ""
        elif len(named[after]) > 1:
            if total[after] > JUMP * total[month]:
                found.append((next(iter(named[month])), first, month))
            first = ""
    return found
