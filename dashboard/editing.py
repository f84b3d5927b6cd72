"""A reading as tables to edit, and what was typed into them as corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geo.corrections import Correction
from geo.reading import DocumentReading

POSTINGS = ("organisation", "host", "city", "status", "theme", "countries")  # may be corrected
# The cell of a row that a correction of this field corrects, as it is printed.
PRINTED = {
    "host": "label",
    "organisation": "label",
    "city": "city_printed",
    "countries": "area_printed",
    "mission": "printed",
    "areas": "printed",
    "duty_iso3": "duty_printed",
}
MISSIONS = ("mission", "lead_organisation", "personnel", "areas", "duty_iso3")


def editable(found: DocumentReading) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(postings, missions) as a person may edit them; lists of countries as "ISO3 ISO3"."""
    served = found.accreditations.groupby(["kind", "row"], sort=False)["iso3"].agg(" ".join)
    posts = found.postings[
        ["kind", "row", "label", *POSTINGS[:-1], "city_printed", "area_printed"]
    ].copy()
    keys = list(zip(posts["kind"], posts["row"], strict=True))
    posts.insert(8, "countries", [served.get(each, "") for each in keys])
    missions = found.deployments[["row", "printed", *MISSIONS, "duty_printed"]].copy()
    return _blank(posts), _blank(missions)


def _blank(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells without a value as empty ones: an editor shows a missing one as "None"."""
    plain = frame.astype(object).where(frame.notna(), "")
    for column in {"row", "personnel"} & set(frame.columns):
        plain[column] = pd.to_numeric(frame[column], errors="coerce").astype("Int64")
    return plain.reset_index(drop=True)


def edits(frame: pd.DataFrame, changed: Mapping[int, Mapping[str, Any]]) -> Sequence[Correction]:
    """What was typed into an editor over `frame`, as corrections.

    `changed` is place of the row -> column -> new value.
    """
    made = []
    for place, cells in changed.items():
        row = frame.iloc[int(place)]
        kind = row["kind"] if "kind" in frame else "mission"
        made += [
            Correction(
                kind,
                int(row["row"]),
                column,
                "" if value is None else str(value).strip(),
                str(row.get(PRINTED.get(column, ""), "")),
            )
            for column, value in cells.items()
        ]
    return made
