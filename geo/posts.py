"""Posts of one organisation in one city, and how the document tells them apart."""

from __future__ import annotations

import re

import pandas as pd

from geo.organisations import NAME, in_short

_ORGANISATION = re.compile(rf"[\s–—/,(-]*{NAME}[\s).]*$", re.I)
_NUMBER = re.compile(r"(?:\s*[-–—]\s*|\s+)\d+$")
_SAME = ["organisation", "host", "city"]


def printed_name(label: str) -> str:
    """What the document calls a post, without its organisation.

    >>> printed_name("Kenia-1  - KMar"), printed_name("Kenia-2 Kmar"), printed_name("Mexico")
    ('Kenia-1', 'Kenia-2', 'Mexico')
    """
    return _ORGANISATION.sub("", in_short(label)).strip()


def numbered(label: str) -> str:
    """The name of a post that the document numbers, such as "Kenia-1"; else nothing."""
    name = printed_name(label)
    return name if _NUMBER.search(name) else ""


def namesakes(posts: pd.DataFrame) -> dict[int, str]:
    """Row -> its printed name, for each LO that shares organisation, country and city with another.

    The name is empty where it does not tell the post apart from those.
    """
    lo = posts[(posts["kind"] == "LO") & posts["city"].notna()]
    same = lo[_SAME].fillna("").agg("\0".join, axis="columns")
    names = lo["label"].map(printed_name)
    several = same.duplicated(keep=False)
    alone = ~pd.DataFrame({"same": same, "name": names}).duplicated(keep=False)
    told = names.where(alone, "")[several]
    return dict(zip(lo.loc[several, "row"].astype(int), told, strict=True))


def shared_cities(posts: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """(host, city) -> rows of its LO posts, for each city that has several."""
    lo = posts[(posts["kind"] == "LO") & posts["city"].notna() & posts["host"].notna()]
    found: dict[tuple[str, str], list[int]] = {}
    for host, city, row in zip(lo["host"], lo["city"], lo["row"], strict=True):
        found.setdefault((str(host), str(city)), []).append(int(row))
    return {place: sorted(rows) for place, rows in found.items() if len(rows) > 1}
