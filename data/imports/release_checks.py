"""What is checked in the file of a release, which people edit: what a reading would have asked.

The tables are those of `geo.schemas`; `numbers` are the rows of the file that hold their rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from geo.names.resolver import Resolver
from geo.problems import Place, Problem
from geo.reading.persons import persons_in, without_persons

Numbers = Mapping[str, Sequence[int]]
_NAMED = frozenset({"host", "iso3", "areas", "duty_iso3", "release", "document"})  # codes and ids


def without_names(
    frames: Mapping[str, pd.DataFrame], numbers: Numbers, names: Resolver
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables without names of persons in any text, and a warning for each row that had one."""
    cleaned, problems = {}, []
    for table, frame in frames.items():
        frame = frame.reset_index(drop=True)
        texts = [
            column
            for column in frame
            if column not in _NAMED and not pd.api.types.is_numeric_dtype(frame[column])
        ]
        for row, cells in enumerate(frame[texts].to_dict("records")):
            printed = {column: text for column, text in cells.items() if not pd.isna(text)}
            persons = tuple(
                dict.fromkeys(each for text in printed.values() for each in persons_in(text, names))
            )
            if persons:
                place = _place(table, frame, row, numbers)
                problems.append(place.warning("person", ", ".join(persons)))
                for column, text in printed.items():
                    frame.loc[row, column] = without_persons(text, persons)
        cleaned[table] = frame
    return cleaned, problems


def _place(table: str, frame: pd.DataFrame, row: int, numbers: Numbers) -> Place:
    where = f"table {table}, row {numbers[table][row]}"
    if table == "releases":
        return Place(where)
    kind = "mission" if table == "deployments" else str(frame.loc[row, "kind"])
    return Place(where, (kind, int(str(frame.loc[row, "row"]))))
