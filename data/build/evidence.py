"""What other public sources say, in our own words: `evidence.csv` of two hand-edited tables.

A claim names its source by a key; the second table gives whose words they are and the address.
Nothing is fetched.
"""

from __future__ import annotations

import pandas as pd

from data.build import tables
from data.build.errors import BuildError

COLUMNS = ["evidence", "date", "since", "subject", "organisation", "host", "city", "areas", "plan"]
COLUMNS += ["completeness", "claim_nl", "claim_en", "kind", "publisher", "publisher_en", "url"]


def evidence_table() -> pd.DataFrame:
    """`evidence.csv`: columns as in COLUMNS, oldest first, what has no date last.

    Raises BuildError for a claim without a source, and for a source without a claim.
    """
    return joined(tables.read("evidence"), tables.read("evidence_sources"))


def joined(claims: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Claims with kind, publisher and address of their source, see `evidence_table`."""
    used, listed = set(claims["source"]), set(sources["source"])
    if used != listed:
        names = ", ".join(sorted(used ^ listed))
        raise BuildError(
            f"tables/evidence.csv and tables/evidence_sources.csv differ on {names}: "
            "give each claim a source that is listed, and remove a source without a claim"
        )
    frame = claims.merge(sources, on="source", validate="many_to_one")
    when = frame["date"].where(frame["date"] != "", "9999")
    order = pd.DataFrame({"when": when, "number": frame["evidence"].astype(int)})
    return frame.loc[order.sort_values(["when", "number"]).index, COLUMNS].reset_index(drop=True)
