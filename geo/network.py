"""Posts of one organisation in one city, and how the document tells them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from geo.coverage import HOME, PLANNED, Choice, of_organisations, served
from geo.reading.organisations import NAME, in_short
from geo.schemas import NOT_STATED, ORGANISATIONS

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


def cities_with_several_posts(posts: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """(host, city) -> rows of its LO posts, for each city that has several."""
    lo = posts[(posts["kind"] == "LO") & posts["city"].notna() & posts["host"].notna()]
    found: dict[tuple[str, str], list[int]] = {}
    for host, city, row in zip(lo["host"], lo["city"], lo["row"], strict=True):
        found.setdefault((str(host), str(city)), []).append(int(row))
    return {place: sorted(rows) for place, rows in found.items() if len(rows) > 1}


DUTCH = ("NP", "KMar")
PLACE = ["host", "city"]
# Columns with the number of active posts of each organisation.
COUNTED = dict(zip((*ORGANISATIONS, NOT_STATED), (*ORGANISATIONS, "not_stated"), strict=True))


def by_place(postings: pd.DataFrame, place: list[str] = PLACE) -> pd.DataFrame:
    """One row per duty station, or per country where `place` is ["host"].

    Columns: `place`, the active posts of each organisation (COUNTED), `active`, `planned`,
    `planned_dutch`, `planned_by` (the organisations of the plans), `rows`. Most active posts
    first. A post without a printed city keeps a row of its own country with the city missing.
    """
    posts = postings[postings["kind"] == "LO"]
    active = posts["status"] == "active"
    organisation = posts["organisation"].fillna(NOT_STATED)
    counts = {name: active & (organisation == code) for code, name in COUNTED.items()}
    counts |= {
        "active": active,
        "planned": ~active,
        "planned_dutch": ~active & organisation.isin(DUTCH),
    }
    grouped = posts[[*place, "row"]].assign(**counts).groupby(place, dropna=False, sort=True)
    found = grouped[list(counts)].sum().astype("Int64")
    found["rows"] = _per_group(grouped, posts["row"])
    plans = posts[~active].assign(by=organisation).groupby(place, dropna=False)["by"].agg(sorted)
    found = found.reset_index().merge(plans.rename("planned_by").reset_index(), how="left")
    found["planned_by"] = _lists(found["planned_by"])
    return found.sort_values(
        ["active", "planned", *place], ascending=[False, False, *(True for _ in place)]
    ).reset_index(drop=True)


def _lists(values: pd.Series) -> pd.Series:
    """A column of lists, an empty one where there is none."""
    lists = [value if isinstance(value, list) else [] for value in values]
    return pd.Series(lists, index=values.index, dtype="object")


def _per_group(grouped: DataFrameGroupBy[Any, Any], values: pd.Series) -> pd.Series:
    """The values of each group as a list; far quicker than `agg(list)`."""
    numbers = grouped.ngroup().to_numpy()
    ordered = values.to_numpy()[np.argsort(numbers, kind="stable")].tolist()
    sizes = grouped.size()
    ends = np.cumsum(sizes.to_numpy()).tolist()
    lists = [ordered[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return pd.Series(lists, index=sizes.index, dtype="object")


def by_organisation(postings: pd.DataFrame) -> pd.DataFrame:
    """How many posts each organisation has in each city: one row per PLACE, organisation, status.

    `posts` is the number; an organisation that is not stated is NOT_STATED.
    """
    posts = postings[postings["kind"] == "LO"]
    posts = posts.assign(organisation=posts["organisation"].fillna(NOT_STATED))
    grouped = posts.groupby([*PLACE, "organisation", "status"], dropna=False, sort=True)
    return grouped.size().rename("posts").reset_index()


def dutch_together(places: pd.DataFrame) -> pd.Series:
    """How sure it is that more than one Dutch officer (NP or KMar) sits in each of `by_place`.

    `double`: the rows print it. `planned`: with a post still to be decided. `possible`: if a row
    that states no organisation is Dutch too. Missing: no sign of it.
    """
    dutch = places[list(DUTCH)].sum(axis=1)
    state = pd.Series(pd.NA, index=places.index, dtype="str")
    state[dutch + places["planned_dutch"] + places["not_stated"] > 1] = "possible"
    state[(dutch + places["planned_dutch"] > 1) & (places["planned_dutch"] > 0)] = "planned"
    state[dutch > 1] = "double"
    return state


def against_model(
    cities: pd.DataFrame, exceptions: pd.DataFrame, complete: bool = True
) -> pd.DataFrame:
    """The cities of `by_place` with more than one Dutch officer beside the exceptions of 2013.

    `exceptions` is table `model_exceptions`. Adds `together` (see `dutch_together`), `exception`
    and `verdict`: `still` an exception with two, `no_longer` an exception with fewer, `new` two
    where 2013 names no exception, `planned` or `possible` where that is not certain, `unknown` an
    exception of which a partial release says too little. Exceptions first.
    """
    here = cities.dropna(subset=["city"]).assign(together=dutch_together)
    named = exceptions[["iso3", "city"]].rename(columns={"iso3": "host"}).assign(exception=True)
    found = here.merge(named, on=PLACE, how="outer")
    found["exception"] = found["exception"].eq(True).fillna(False).astype(bool)
    numbers = [*COUNTED.values(), "active", "planned", "planned_dutch"]
    found[numbers] = found[numbers].fillna(0)
    for column in ("rows", "planned_by"):
        found[column] = _lists(found[column])
    found = found[found["exception"] | found["together"].notna()]
    double = found["together"] == "double"
    fewer = found["together"].fillna("no_longer" if complete else "unknown")
    verdict = fewer.where(~double, "new").where(~(double & found["exception"]), "still")
    order = ["still", "no_longer", "unknown", "planned", "possible", "new"]
    found = found.assign(verdict=verdict, order=verdict.map(order.index))
    found["first"] = ~found["exception"]
    return (
        found.sort_values(["first", "order", *PLACE])
        .drop(columns=["first", "order"])
        .reset_index(drop=True)
    )


def load(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    populations: pd.DataFrame,
    choice: Choice,
    complete: bool = True,
) -> pd.DataFrame:
    """One row per active posting that counts under `choice`: what it serves, what hangs on it.

    `countries` and `iso3` of all it serves, `population` of those with a known figure (people; a
    country counts in full for every officer who serves it) and `uncounted`, the countries without
    one. The same with `alone_` for the units that no other posting serves under `choice`; missing
    where the release is not `complete`, because then others may serve them. A population is
    missing where no country has a figure. Heaviest first. `populations` as in `geo.schemas`.
    """
    pairs = served(postings, accreditations, choice)
    pairs = pairs[(pairs["rank"] < PLANNED) & (pairs["iso3"] != HOME)]
    people = populations.set_index("iso3")["population"]
    pairs = pairs.assign(population=pairs["iso3"].map(people))
    pairs = pairs.sort_values(["kind", "row", "iso3"], kind="stable")
    alone = pairs[pairs.groupby("iso3")["row"].transform("size") == 1]
    kinds = ["LO", "FILO"] if choice.filo else ["LO"]
    posts = of_organisations(postings[postings["kind"].isin(kinds)], choice.organisations)
    posts = posts[posts["status"] == "active"].set_index(["kind", "row"])
    found = posts.join(_sums(pairs, "")).join(_sums(alone, "alone_"))
    for column in ("countries", "uncounted", "alone_countries", "alone_uncounted"):
        found[column] = found[column].astype("Int64").fillna(0)
    for column in ("iso3", "alone_iso3"):
        found[column] = _lists(found[column])
    if not complete:
        found[["alone_countries", "alone_uncounted", "alone_population"]] = pd.NA
        found["alone_iso3"] = _lists(found["alone_population"])
    return found.reset_index().sort_values(
        ["countries", "population", "kind", "row"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )


def _sums(pairs: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """What the pairs of each posting add up to, by kind and row."""
    grouped = pairs.assign(missing=pairs["population"].isna()).groupby(["kind", "row"])
    return pd.DataFrame(
        {
            f"{prefix}countries": grouped.size(),
            f"{prefix}iso3": _per_group(grouped, pairs["iso3"]),
            f"{prefix}population": grouped["population"].sum(min_count=1),
            f"{prefix}uncounted": grouped["missing"].sum(),
        }
    )


def hanging(loads: pd.DataFrame) -> pd.DataFrame:
    """The postings of `load` whose loss leaves units to nobody, most units first, then people."""
    found = loads[loads["alone_countries"].fillna(0) > 0]
    order = ["alone_countries", "alone_population", "kind", "row"]
    return found.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def placements(postings: pd.DataFrame, organisations: tuple[str, ...] = ()) -> pd.DataFrame:
    """The multilateral placements by receiving body: `body`, `placements`, `cities`, `rows`.

    In the order of the document. A chosen organisation leaves out what states none, which is
    every placement of the annexes so far.
    """
    found = of_organisations(postings[postings["kind"] == "multilateral"], organisations)
    grouped = found.rename(columns={"region": "body"}).groupby("body", sort=False, dropna=False)
    return pd.DataFrame(
        {
            "placements": grouped.size().astype("Int64"),
            "cities": grouped["city"].agg(lambda names: sorted(names.dropna().unique())),
            "rows": grouped["row"].agg(list),
        }
    ).reset_index()


@dataclass(frozen=True)
class Cost:
    """An estimate in EUR a year: `posts` times `each`.

    `not_stated` posts may be Dutch or not, so they stand apart.
    """

    posts: int
    not_stated: int
    each: float

    @property
    def total(self) -> float:
        """The posts of NP and KMar."""
        return self.posts * self.each

    @property
    def not_stated_total(self) -> float:
        """The posts whose row prints no organisation."""
        return self.not_stated * self.each


def cost(postings: pd.DataFrame, price: float) -> Cost:
    """What the active posts cost if each has one officer of the average cost `price` (EUR a year).

    Belgian posts are no Dutch money; plans, FILO's and multilateral placements stay out too.
    """
    posts = postings[(postings["kind"] == "LO") & (postings["status"] == "active")]
    dutch = int(posts["organisation"].isin(DUTCH).sum())
    return Cost(dutch, int(posts["organisation"].isna().sum()), price)
