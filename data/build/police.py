"""Police in missions of the United Nations by month: the collected table as reference table."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pandas as pd

from data.build import tables
from data.build.errors import BuildError

FILE = "un_police_monthly_1990-2014.csv"
DOCUMENT = "un-police-1990-2014"
ALL = "ALL UN MISSIONS"
UNKNOWN = "NA"  # what the source prints for zero or for a missing number; Namibia is no number
IMPOSSIBLE = "impossible"


def read_police(printed: pd.DataFrame) -> pd.DataFrame:
    """Table `un_police` from the collected one: a row for each contributor, mission and month.

    `officers` is empty where the source has no number, and where its number is impossible: that
    one is kept out of everything, and only its month and the reason remain. Raises BuildError,
    naming file and row, where a number, a mission or a caution is none that the tables know.
    """
    areas = tables.read("un_missions").set_index("mission")["area"]
    cautions = tables.read("un_cautions").set_index("printed")["caution"]
    rows = []
    for number, row in enumerate(printed.to_dict("records"), start=2):
        where, mission = f"{FILE}, row {number}", "" if row["mission"] == ALL else row["mission"]
        if mission and mission not in areas.index:
            raise BuildError(f"{where}: {mission!r} is not in data/build/tables/un_missions.csv")
        caution = _caution(row["caution"], cautions, where)
        rows.append(
            {
                "as_of": row["date_as_printed"],
                "contributor": row["contributor"],
                "mission": mission,
                "areas": areas.get(mission, ""),
                "officers": _officers(row["police"], caution, where),
                "caution": caution,
                "document": DOCUMENT,
                "table": PurePosixPath(urlsplit(row["source_url"]).path).name,
                "source_url": row["source_url"],
            }
        )
    return pd.DataFrame(rows)


def _caution(printed: str, cautions: pd.Series, where: str) -> str:
    """The code of a caution; what follows a colon explains it and is not read."""
    if not printed:
        return ""
    known = printed if printed in cautions.index else printed.partition(":")[0]
    if known not in cautions.index:
        raise BuildError(f"{where}: {printed!r} is not in data/build/tables/un_cautions.csv")
    return str(cautions[known])


def _officers(printed: str, caution: str, where: str) -> str:
    if printed == UNKNOWN or caution == IMPOSSIBLE:
        return ""
    if not printed.isdecimal():
        raise BuildError(f"{where}: {printed!r} is no number of officers; correct it, or NA")
    return printed
