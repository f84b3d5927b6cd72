"""Who could take over: posts that might serve a country, by what a table can tell of them.

Distance, load, a shared border, region and organisation. Languages are in no table of the product,
so nothing is said of them; nor of crime relations, agreements or capacity. Never advice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from geo.coverage import HOME, PLANNED, Choice, of_organisations, served
from geo.errors import LimitError
from geo.shapes import Column, distance_km

COLUMNS = [
    *("iso3", "others", "row", "organisation", "host", "city", "distance_km", "serves"),
    *("borders", "serves_neighbours", "same_region", "same_continent", "same_organisation"),
]
EVERY_ORGANISATION = Choice()


def takers_of_countries(
    codes: Collection[str],
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    neighbours: pd.DataFrame,
    choice: Choice = EVERY_ORGANISATION,
    first: int | None = None,
) -> pd.DataFrame:
    """For each of these countries the active posts of the choice that do not serve it; COLUMNS.

    Countries that nobody serves stand first, then by code; of each the nearest post first.
    `distance_km` whole, from the city to the seat of government, missing where no city is known;
    of equal ones the post that serves least stands first, then the lower row. `serves` counts the
    countries that the post serves, its host among them. `others` is how many postings serve the
    country today. `borders`: the host shares a border with it (table `neighbours`);
    `serves_neighbours` counts those that do and are served. `same_region` and `same_continent` of
    the host (UN M49). `same_organisation` is missing: nobody is replaced. Of each country only the
    `first` posts, where that is given. Raises LimitError for a code that no unit abroad has.
    """
    abroad = set(units["iso3"]) - {HOME}
    for code in codes:
        if code not in abroad:
            raise LimitError("no_country_of_code", country=code)
    taken = pd.Series(pd.NA, index=postings.index, dtype="boolean")
    tables = postings, accreditations, units, neighbours
    return _takers(list(codes), *tables, choice, (), taken, first)


def takers_of_post(
    row: int,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    neighbours: pd.DataFrame,
    choice: Choice = EVERY_ORGANISATION,
    among: Collection[str] | None = None,
) -> pd.DataFrame:
    """As `takers_of_countries` for each country that the post of that row serves, as if it closed.

    Only for those `among` some codes, where these are given. Countries that nobody else serves
    stand first, then by code. `others` counts the postings that serve the country still;
    `same_organisation` is missing where a row states none. Raises LimitError where no active post
    has the row.
    """
    posts = postings[(postings["kind"] == "LO") & (postings["status"] == "active")]
    post = posts[posts["row"] == row]
    if post.empty:
        raise LimitError("no_active_post", post=row)
    mine = accreditations[(accreditations["kind"] == "LO") & (accreditations["row"] == row)]
    codes = sorted(code for code in set(mine["iso3"]) - {HOME} if among is None or code in among)
    organisation = post["organisation"].iloc[0]
    same = (postings["organisation"] == organisation).astype("boolean")
    same[postings["organisation"].isna() | pd.isna(organisation)] = pd.NA
    return _takers(codes, postings, accreditations, units, neighbours, choice, (row,), same)


def _takers(
    codes: list[str],
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    neighbours: pd.DataFrame,
    choice: Choice,
    closed: Collection[int],
    same: pd.Series,
    first: int | None = None,
) -> pd.DataFrame:
    posts = postings.assign(same_organisation=same)
    posts = of_organisations(posts, choice.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active")]
    posts = posts[~posts["row"].isin(closed)]
    pairs = served(postings, accreditations, choice)
    pairs = pairs[(pairs["rank"] < PLANNED) & ~pairs["is_filo"]]
    pairs = pairs[(pairs["iso3"] != HOME) & ~pairs["row"].isin(closed)]
    served_by = Counter(zip(*(pairs[name].tolist() for name in ("iso3", "row")), strict=True))
    # Each post with each country that it does not serve: (place of the post, code, row).
    both = [
        (place, code, row)
        for place, row in enumerate(posts["row"].tolist())
        for code in codes
        if (code, row) not in served_by
    ]
    return _table(posts, both, served_by, units, neighbours, first)


def _table(
    posts: pd.DataFrame,
    both: Sequence[tuple[int, str, int]],
    served_by: Counter[tuple[str, int]],
    units: pd.DataFrame,
    neighbours: pd.DataFrame,
    first: int | None,
) -> pd.DataFrame:
    """COLUMNS of the `first` of these pairs; `served_by` counts the postings by country and row."""
    others, serves = Counter[str](), Counter[int]()
    for (iso3, row), count in served_by.items():
        others[iso3] += count
        serves[row] += count
    names = ("iso3", "subregion", "continent", "seat_lat", "seat_lon")
    unit = {iso3: at for iso3, *at in zip(*(units[name].tolist() for name in names), strict=True)}
    there = (posts[name].to_numpy(dtype=float)[[at for at, *_ in both]] for name in ("lat", "lon"))
    seats = np.array([unit[code][2:] for _, code, _ in both], dtype=float).reshape(-1, 2)
    km = distance_km(*there, *seats.T).round()
    order = _order(both, km, others, serves, first)
    both = [both[at] for at in order]
    touching = set(zip(neighbours["iso3"], neighbours["neighbour"], strict=True))
    beside: dict[str, list[str]] = {}
    for iso3, code in touching:
        beside.setdefault(code, []).append(iso3)
    table = posts.take([place for place, _, _ in both]).reset_index(drop=True)
    asked = [unit[code] for _, code, _ in both]
    hosts = [(unit.get(host, [None] * 4), host) for host in table["host"].tolist()]
    pairs = list(zip(both, asked, hosts, strict=True))
    return table.assign(
        iso3=pd.Series([code for _, code, _ in both], dtype="str"),
        others=np.array([others[code] for _, code, _ in both], dtype=np.int64),
        distance_km=km[order],
        serves=np.array([serves[row] for _, _, row in both], dtype=np.int64),
        borders=np.array(
            [host in beside.get(code, ()) for (_, code, _), _, (_, host) in pairs], bool
        ),
        serves_neighbours=np.array(
            [sum(served_by[near, row] for near in beside.get(code, ())) for _, code, row in both],
            dtype=np.int64,
        ),
        same_region=np.array([at[0] == there[0] for _, at, (there, _) in pairs], dtype=bool),
        same_continent=np.array([at[1] == there[1] for _, at, (there, _) in pairs], dtype=bool),
    )[COLUMNS]


def _order(
    both: Sequence[tuple[int, str, int]],
    km: Column,
    others: Mapping[str, int],
    serves: Mapping[int, int],
    first: int | None,
) -> list[int]:
    """The places of the pairs in their order, of each country the `first`."""
    unknown = np.isnan(km).tolist()  # stands last
    keys = [
        (others[code] > 0, code, unknown[at], 0.0 if unknown[at] else away, serves[row], row)
        for at, ((_, code, row), away) in enumerate(zip(both, km.tolist(), strict=True))
    ]
    turns = Counter[str]()
    order = []
    for at in sorted(range(len(both)), key=keys.__getitem__):
        code = both[at][1]
        turns[code] += 1
        if first is None or turns[code] <= first:
            order.append(at)
    return order
