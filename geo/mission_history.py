"""Dutch police in missions 2001-2016 as a timeline: years, and the most ever deployed.

The most ever deployed is not a count on a day: it never shares an axis with `geo.mission_trends`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

_RUNNING = "Date"  # what the source prints where a mission had not ended when it appeared
SPAN = [
    *("row", "mission", "country_printed", "areas", "lead_organisation", "tasks"),
    *("start", "end", "ends", "max_deployed", "source_url", "document", "table", "table_row"),
]


def timeline(history: pd.DataFrame) -> pd.DataFrame:
    """Columns SPAN: one row per mission; earliest start first, unknown starts last.

    `history` is the table `mission_history`. `start` and `end` are years, missing where the source
    says they are unknown. `ends` is `year`, `running` (it had not ended when the source appeared;
    `end` is then missing) or `unknown`.
    """
    running = history["end_printed"] == _RUNNING
    ends = np.select([history["end_year"].notna(), running], ["year", "running"], "unknown")
    found = history.assign(start=history["start_year"], end=history["end_year"], ends=ends)
    return found.sort_values(["start", "row"], na_position="last", ignore_index=True)[SPAN]
