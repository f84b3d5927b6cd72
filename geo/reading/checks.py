"""What looks odd once every row is read: a row printed twice, a country far from its post."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import pandas as pd

from geo.names.normalise import key
from geo.problems import Params, Place, Problem, Value, Where
from geo.reading.warnings import AS_READ
from geo.shapes import distance_km

# Between capitals. The farthest that the 2025 table names is Pakistan from Ankara, 3,620 km; then
# Mexico from Washington, 3,029 km. A third more lets a next table reach further, and what it is
# there for is farther still: a Zambia printed for Gambia stands 6,616 km from Rabat, a Mauritius
# for Mauritania 9,073 km.
FAR_KM = 5000

# The codes of what is checked over all rows at once.
CODES = frozenset({"repeated_row", "repeated_row_elsewhere", "far", "total_differs"})

# What two rows of a kind have in common when one is printed twice; the group tells placements
# apart, that print the same function for several bodies.
_SAME = {
    "LO": ("label", "city_printed", "area_printed"),
    "FILO": ("label", "area_printed"),
    "multilateral": ("region", "label"),
    "mission": ("printed", "duty_printed"),
}

Row = dict[str, object]


def repeated_rows(rows: Iterable[Row]) -> list[Problem]:
    """A warning for each row of `postings` or `deployments` that an earlier one prints too."""
    found, first = [], dict[tuple[str, ...], Row]()
    for row in rows:
        kind = str(row.get("kind", "mission"))
        printed = (kind, *(key(str(row[column] or "")) for column in _SAME[kind]))
        earlier = first.setdefault(printed, row)
        places = [(one["table"], one["table_row"]) for one in (earlier, row)]
        if places[0] != places[1]:  # one row may stand for two posts
            text = str(row["printed" if kind == "mission" else "label"])
            other: dict[str, Value] = {"other": int(str(earlier["table_row"]))}
            code = "repeated_row"
            if earlier["table"] != row["table"]:
                code, other = "repeated_row_elsewhere", other | {"table": str(earlier["table"])}
            found.append(_place(row, kind).warning(code, text, params=other))
    return found


def empty_areas(postings: Sequence[Row], asked: Container[tuple[str, int]]) -> list[Problem]:
    """A question for each post without a work area, below one of the same host that has one.

    It may have the same, and would else be left with its host alone. `asked` are rows of which
    that was asked before.
    """
    found = []
    area = ""  # of the last row of this host that has one
    for above, row in pairwise([*postings[:1], *postings]):
        same = all(row[column] == above[column] for column in ("kind", "table", "host"))
        area = str(row["area_printed"] or (area if same else ""))
        empty = row["kind"] == "LO" and row["host"] and not (row["area_printed"] or row["theme"])
        if empty and area and (row["kind"], row["row"]) not in asked:
            found.append(_place(row, "LO").error("blank_cell", area, AS_READ))
    return found


def far_countries(
    postings: Iterable[Row], accreditations: Iterable[Row], units: pd.DataFrame
) -> list[Problem]:
    """A warning for each named country whose seat lies over FAR_KM from that of the host."""
    posts = {row["row"]: row for row in postings if row["kind"] == "LO" and row["host"]}
    named = [
        row
        for row in accreditations
        if row["kind"] == "LO" and row["basis"] == "named" and row["row"] in posts
    ]
    seats = units.set_index("iso3")[["seat_lat", "seat_lon"]]
    hosts = seats.reindex([posts[row["row"]]["host"] for row in named])
    served = seats.reindex([row["iso3"] for row in named])
    lengths = distance_km(*(column for frame in (hosts, served) for column in frame.to_numpy().T))
    found = []
    for row, km in zip(named, lengths, strict=True):
        if km > FAR_KM:
            host = posts[row["row"]]["host"]
            params: Params = {"country": str(row["iso3"]), "km": round(km), "host": str(host)}
            place = _place(posts[row["row"]], "LO")
            found.append(place.warning("far", str(row["printed"]), "countries", params=params))
    return found


def _place(row: Row, kind: str) -> Place:
    number = int(str(row["row"]))
    return Place(Where(str(row["table"]), int(str(row["table_row"]))), (kind, number))
