"""The postings of two releases that are plainly the same ones, paired by number, not one by one.

Most of a network stays from one release to the next. Who is at the same host, of the same
organisation, in the same city, with the same theme and the same countries, is paired here with
arrays of codes, in the order in which `geo.matching` would; the rest is left to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.names.normalise import key

# A group with more pairs than this to weigh is paired by its order alone: comparing each with each
# would take too long, and no real network has a hundred officers of one body in one city.
MOST_PAIRS = 10_000

Numbers = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[Any]]  # a table, column by column; of kind LO only
Sides = tuple[Columns, Columns]


@dataclass(frozen=True)
class Alike:
    """Places in the LO postings of both releases, pair by pair, and whose status differs."""

    before: Numbers
    after: Numbers
    status_differs: npt.NDArray[np.bool_]


def alike(postings: Sides, accreditations: Sides) -> Alike:
    """Pair what is alike in two releases; both tables as in `geo.schemas`.

    First those in one city, then those of one organisation at one host where a whole release says
    no city any more. Groups of more than MOST_PAIRS are left out.
    """
    codes = _Codes.of(postings, accreditations)
    spot = _joined(codes.body, codes.city)
    taken = np.zeros(len(spot), dtype=bool)
    pairs = [_paired(codes, spot, codes.city >= 0)]
    for side in pairs[0]:
        taken[side] = True
    # A city that is not printed is no other city: without one, all that is left fits together.
    placed = [
        np.bincount(codes.body[codes.on(side) & ~taken & (codes.city >= 0)], minlength=len(spot))
        for side in (0, 1)
    ]
    free = (placed[0] == 0) | (placed[1] == 0)
    pairs.append(_paired(codes, codes.body, ~taken & free[codes.body]))
    before, after = (np.concatenate(side) for side in zip(*pairs, strict=True))
    differs = codes.status[before] != codes.status[after]
    return Alike(before, after - codes.first_after, differs)


@dataclass(frozen=True)
class _Codes:
    """What postings are weighed by, as numbers; those of the release after follow those before.

    `body` is the host and organisation, `city` -1 where none is printed, `work` the countries and
    the theme; `city_order`, `status` and `label` rank the texts as sorting them would.
    """

    first_after: int
    row: Numbers
    body: Numbers
    city: Numbers
    work: Numbers
    city_order: Numbers
    status: Numbers
    label: Numbers

    @classmethod
    def of(cls, postings: Sides, accreditations: Sides) -> _Codes:
        host, hosts = _texts(postings, "host")
        city, cities = _texts(postings, "city")
        label, printed = (
            _ranked(codes, [key(text) for text in texts])
            for codes, texts in (_texts(postings, name) for name in ("label", "city_printed"))
        )
        host = np.where(host < 0, len(hosts) + label[0], host)
        named = printed[0] > 0
        city = np.where((city < 0) & named, len(cities) + printed[0], city)
        names = [*cities, "", *(f"? {text}" for text in printed[1])]
        organisation, theme = (_texts(postings, name)[0] for name in ("organisation", "theme"))
        return cls(
            first_after=len(postings[0]["row"]),
            row=np.concatenate([side["row"] for side in postings]),
            body=_joined(host, organisation),
            city=city,
            work=_joined(_areas(postings, accreditations), theme),
            city_order=_ranked(city, names)[0],
            status=_ranked(*_texts(postings, "status"))[0],
            label=label[0],
        )

    def on(self, side: int) -> npt.NDArray[np.bool_]:
        """Which postings are of the release before (0) or after (1)."""
        after = np.arange(len(self.row)) >= self.first_after
        return after if side else ~after


def _texts(frames: Sides, name: str) -> tuple[Numbers, list[str]]:
    """A number for every text of a column of both frames, -1 where it is empty; and the texts."""
    cells = np.concatenate([frame[name] for frame in frames])
    codes, texts = pd.factorize(cells)
    listed = [str(text) for text in texts]
    if "" in listed:
        codes = np.where(codes == listed.index(""), -1, codes)
    return codes.astype(np.int64), listed


def _ranked(codes: Numbers, texts: Iterable[str]) -> tuple[Numbers, list[str]]:
    """Codes of texts as their places among the sorted texts, 0 for none; and the texts sorted."""
    listed = list(texts)
    ordered = sorted({*listed, ""} - {""})
    place = {"": 0} | {text: number for number, text in enumerate(ordered, start=1)}
    return np.array([*(place[text] for text in listed), 0], dtype=np.int64)[codes], ordered


def _joined(first: Numbers, second: Numbers) -> Numbers:
    """One number for every pair of numbers from -1."""
    width = int(second.max(initial=-1)) + 2
    return pd.factorize((first + 1) * width + second + 1)[0].astype(np.int64)


def _areas(postings: Sides, accreditations: Sides) -> Numbers:
    """A number for every set of countries that a posting serves; 0 for none."""
    starts = (0, len(postings[0]["row"]))
    count = starts[1] + len(postings[1]["row"])
    places = [
        pd.Index(rows["row"]).get_indexer(pd.Index(served["row"]))
        for rows, served in zip(postings, accreditations, strict=True)
    ]
    place = np.concatenate(
        [np.where(side < 0, -1, side + start) for side, start in zip(places, starts, strict=True)]
    )
    iso3, names = _texts(accreditations, "iso3")
    width = len(names) + 1
    cells = np.sort((place * width + iso3 + 1)[place >= 0])
    cells = cells[np.diff(cells, prepend=-1) > 0]  # each country of a posting once
    place, iso3 = cells // width, cells % width
    lengths = np.bincount(place, minlength=count)
    first = np.cumsum(lengths) - lengths
    # Country by country, in order: what is served so far and the next one make a new number.
    areas, free = np.zeros(count, dtype=np.int64), 1
    for step in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > step)
        longest = pd.factorize(areas[longer] * width + iso3[first[longer] + step])[0] + free
        areas[longer] = longest
        free = int(longest.max()) + 1
    return areas


def _paired(
    codes: _Codes, group: Numbers, chosen: npt.NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """The pairs of chosen postings that agree in group and work, of both in order of content."""
    count = len(group)
    sides = [np.flatnonzero(codes.on(side) & chosen) for side in (0, 1)]
    sizes = [np.bincount(group[side], minlength=count) for side in sides]
    weighed = sizes[0] * sizes[1] <= MOST_PAIRS
    kind = _joined(group, codes.work)
    sides = [side[weighed[group[side]]] for side in sides]
    kinds = [np.bincount(kind[side], minlength=count) for side in sides]
    both = np.minimum(*kinds)
    pairs = []
    for side, sizes_there in zip(sides, kinds, strict=True):
        keys = (codes.row, codes.label, codes.status, codes.city_order, kind)
        ordered = side[np.lexsort([each[side] for each in keys])]
        within = kind[ordered]
        turn = np.arange(len(ordered)) - (np.cumsum(sizes_there) - sizes_there)[within]
        pairs.append(ordered[turn < both[within]])
    return pairs[0], pairs[1]
