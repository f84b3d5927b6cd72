"""The rows of each kind of table, cell by cell, as `annex` counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from data.documents.banners import is_banner
from data.documents.headers import Columns, line
from geo.names import Match, Resolver

_MOST_WORDS = 20  # of the name of one country
_FLAT_ROW = re.compile(r"^(.*\D)\s+(\d+)$")

Row = tuple[str, ...]


def network_rows(
    found: Columns, rows: Sequence[Row], resolver: Resolver, region: str = ""
) -> Iterator[tuple[str, str, str, str]]:
    """(region, label, city, area) of every row but the banners, which stand alone ("Afrika").

    `region` is that of the last banner before. An organisation in a column of its own goes behind
    the label; the area keeps its line breaks.
    """
    for row in rows:
        cell = {role: line(text) for role, text in found.take(row).items()}
        filled = [text for text in cell.values() if text]
        if len(filled) == 1 and cell["label"] and is_banner(cell["label"], resolver):
            region = cell["label"]
        elif filled:
            label = " - ".join(filter(None, (cell["label"], cell.get("organisation", ""))))
            area = _lines(found.take(row)["area"])
            yield cell.get("region") or region, label, cell["city"], area


def filo_rows(found: Columns, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """(label, area) of every row that is not empty."""
    for row in filter(any, rows):
        cell = found.take(row)
        yield line(cell["label"]), _lines(cell["area"])


def placement_groups(found: Columns, rows: Sequence[Row]) -> Iterator[tuple[str, list[str]]]:
    """(where, placements) of each group between empty rows; its first line says where.

    A line that is alone in its group is a placement of which nothing says where ("").
    """
    groups: list[list[str]] = [[]]
    for row in rows:
        label = line(found.take(row)["label"])
        if label:
            groups[-1].append(label)
        else:
            groups.append([])
    for group in filter(None, groups):
        yield (group[0], group[1:]) if len(group) > 1 else ("", group)


def mission_rows(
    found: Columns, rows: Sequence[Row], resolver: Resolver
) -> Iterator[tuple[str, str, str]]:
    """(mission, duty station, number) of every row that is not empty, the total too."""
    for row in filter(any, rows):
        if found.width == 1:
            mission, duty, personnel = _unflatten(row[0], resolver)
        else:
            cell = found.take(row)
            mission, duty, personnel = cell["mission"], cell.get("duty", ""), cell["personnel"]
        yield line(mission), line(duty), personnel


def _lines(cell: str) -> str:
    """A cell with its line breaks, each line as `line` makes it."""
    return "\n".join(filter(None, map(line, cell.splitlines())))


def _unflatten(text: str, resolver: Resolver) -> tuple[str, str, str]:
    """(mission, duty station, number) of a line whose columns are lost.

    The duty station is the longest end of the line that names one country for certain.
    """
    text = line(text)
    found = _FLAT_ROW.match(text)
    text, number = (found[1], found[2]) if found else (text, "")
    words = text.split()
    for start in range(max(1, len(words) - _MOST_WORDS), len(words)):
        if isinstance(resolver.exact(" ".join(words[start:])), Match):
            return " ".join(words[:start]), " ".join(words[start:]), number
    return text, "", number
