"""Who could take over: posts that might serve a country, by what a table can tell of them.

Distance, load, a shared border, region and organisation. Languages are in no table of the product,
so nothing is said of them; nor of crime relations, agreements or capacity. Never advice.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from geo.coverage import HOME, PLANNED, Choice, of_organisations, served
from geo.errors import LimitError
from geo.shapes import distance_km

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
) -> pd.DataFrame:
    """For each of these countries the active posts of the choice that do not serve it; COLUMNS.

    Countries that nobody serves stand first, then by code; of each the nearest post first.
    `distance_km` whole, from the city to the seat of government, missing where no city is known;
    of equal ones the post that serves least stands first, then the lower row. `serves` counts the
    countries that the post serves, its host among them. `others` is how many postings serve the
    country today. `borders`: the host shares a border with it (table `neighbours`);
    `serves_neighbours` counts those that do and are served. `same_region` and `same_continent` of
    the host (UN M49). `same_organisation` is missing: nobody is replaced. Raises LimitError for a
    code that no unit abroad has.
    """
    abroad = set(units["iso3"]) - {HOME}
    for code in codes:
        if code not in abroad:
            raise LimitError("no_country_of_code", country=code)
    taken = pd.Series(pd.NA, index=postings.index, dtype="boolean")
    return _takers(list(codes), postings, accreditations, units, neighbours, choice, (), taken)


def takers_of_post(
    row: int,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    neighbours: pd.DataFrame,
    choice: Choice = EVERY_ORGANISATION,
) -> pd.DataFrame:
    """As `takers_of_countries` for each country that the post of that row serves, as if it closed.

    Countries that nobody else serves stand first, then by code. `others` counts the postings that
    serve the country still; `same_organisation` is missing where a row states none. Raises
    LimitError where no active post has the row.
    """
    posts = postings[(postings["kind"] == "LO") & (postings["status"] == "active")]
    post = posts[posts["row"] == row]
    if post.empty:
        raise LimitError("no_active_post", post=row)
    mine = accreditations[(accreditations["kind"] == "LO") & (accreditations["row"] == row)]
    codes = sorted(set(mine["iso3"]) - {HOME})
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
) -> pd.DataFrame:
    posts = postings.assign(same_organisation=same)
    posts = of_organisations(posts, choice.organisations)
    posts = posts[(posts["kind"] == "LO") & (posts["status"] == "active")]
    posts = posts[~posts["row"].isin(closed)]
    pairs = served(postings, accreditations, choice)
    pairs = pairs[(pairs["rank"] < PLANNED) & ~pairs["is_filo"]]
    pairs = pairs[(pairs["iso3"] != HOME) & ~pairs["row"].isin(closed)]
    serves = pairs.groupby("row").size()
    both = posts.merge(pd.DataFrame({"iso3": codes}), how="cross")
    there = pd.MultiIndex.from_frame(pairs[["iso3", "row"]])
    both = both[~pd.MultiIndex.from_frame(both[["iso3", "row"]]).isin(there)]
    unit = units.set_index("iso3")
    seat = unit.loc[both["iso3"], ["seat_lat", "seat_lon"]].to_numpy(dtype=float)
    away = distance_km(both["lat"], both["lon"], *seat.T).round()
    border = pd.MultiIndex.from_frame(neighbours[["iso3", "neighbour"]])
    near = pairs.merge(neighbours, on="iso3").groupby(["neighbour", "row"]).size()
    asked = pd.MultiIndex.from_frame(both[["iso3", "row"]])
    table = both.assign(
        others=both["iso3"].map(pairs.groupby("iso3").size()).fillna(0).astype(int),
        distance_km=away,
        serves=both["row"].map(serves).fillna(0).astype(int),
        borders=pd.MultiIndex.from_frame(both[["iso3", "host"]]).isin(border),
        serves_neighbours=near.reindex(asked).fillna(0).to_numpy(dtype=np.int64),
        same_region=_alike(unit["subregion"], both),
        same_continent=_alike(unit["continent"], both),
    )
    order = ["rank", "iso3", "distance_km", "serves", "row"]
    table["rank"] = table["others"].gt(0)
    return table.sort_values(order, na_position="last")[COLUMNS].reset_index(drop=True)


def _alike(column: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Whether host and country have the same value."""
    return pairs["host"].map(column).eq(pairs["iso3"].map(column)).fillna(False).astype(bool)
