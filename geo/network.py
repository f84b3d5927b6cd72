"""Posts of one organisation in one city, and how the document tells them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.coverage import HOME, PLANNED, of_organisations, served
from geo.options import Choice
from geo.reading.organisations import NAME, in_short
from geo.schemas import NOT_STATED, ORGANISATIONS

_ORGANISATION = re.compile(rf"[\s–—/,(-]*{NAME}[\s).]*$", re.I)
_NUMBER = re.compile(r"(?:\s*[-–—]\s*|\s+)\d+$")
_SAME = ["organisation", "host", "city"]
_KEY = ["kind", "row"]  # of a posting
Columns = dict[str, Any]


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
    lo = posts[["kind", "row", "label", *_SAME]]
    lo = lo[((lo["kind"] == "LO") & lo["city"].notna()).to_numpy(dtype=bool)]
    same = list(zip(*(lo[name].fillna("").tolist() for name in _SAME), strict=True))
    names = [printed_name(label) for label in lo["label"].tolist()]
    several, alone = Counter(same), Counter(zip(same, names, strict=True))
    return {
        int(row): name if alone[spot, name] == 1 else ""
        for row, spot, name in zip(lo["row"].tolist(), same, names, strict=True)
        if several[spot] > 1
    }


def cities_with_several_posts(posts: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """(host, city) -> rows of its LO posts, for each city that has several."""
    by_city: dict[tuple[str, str], list[int]] = {}
    cells = (posts[name].tolist() for name in ("kind", "host", "city", "row"))
    for kind, host, city, row in zip(*cells, strict=True):
        if kind == "LO" and isinstance(host, str) and isinstance(city, str):
            by_city.setdefault((host, city), []).append(int(row))
    return {place: sorted(rows) for place, rows in by_city.items() if len(rows) > 1}


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
    cells = (posts[name].tolist() for name in (*place, "organisation", "status", "row"))
    groups: dict[tuple[Any, ...], list[tuple[str, bool, int]]] = {}
    for *where, organisation, status, row in zip(*cells, strict=True):
        at = tuple(name if isinstance(name, str) else None for name in where)
        by = organisation if isinstance(organisation, str) else NOT_STATED
        groups.setdefault(at, []).append((by, status == "active", row))
    table = [(at, *_counted(group), [row for *_, row in group]) for at, group in groups.items()]
    # What has no name stands behind what has one.
    table.sort(key=lambda one: (-one[1]["active"], -one[1]["planned"], *map(_last, one[0])))
    frame = pd.DataFrame(
        {name: pd.Series([one[0][n] for one in table], dtype="str") for n, name in enumerate(place)}
    )
    for name in (*COUNTED.values(), "active", "planned", "planned_dutch"):
        frame[name] = pd.array([one[1][name] for one in table], dtype="Int64")
    frame["rows"] = pd.Series([one[3] for one in table], dtype="object")
    frame["planned_by"] = pd.Series([one[2] for one in table], dtype="object")
    return frame


def _counted(posts: Sequence[tuple[str, bool, int]]) -> tuple[dict[str, int], list[str]]:
    """The numbers of `by_place` for the posts of one place, and the organisations of its plans."""
    active = Counter(by for by, is_active, _ in posts if is_active)
    plans = sorted(by for by, is_active, _ in posts if not is_active)
    numbers = {column: active[code] for code, column in COUNTED.items()}
    numbers |= {"active": active.total(), "planned": len(plans)}
    return numbers | {"planned_dutch": sum(by in DUTCH for by in plans)}, plans


def _last(name: str | None) -> tuple[bool, str]:
    return name is None, name or ""


def _lists(values: pd.Series) -> pd.Series:
    """A column of lists, an empty one where there is none."""
    lists = [value if isinstance(value, list) else [] for value in values]
    return pd.Series(lists, index=values.index, dtype="object")


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
    cities_with_posts = cities.dropna(subset=["city"]).assign(together=dutch_together)
    named = exceptions[["iso3", "city"]].rename(columns={"iso3": "host"}).assign(exception=True)
    table = cities_with_posts.merge(named, on=PLACE, how="outer")
    table["exception"] = table["exception"].eq(True).fillna(False).astype(bool)
    numbers = [*COUNTED.values(), "active", "planned", "planned_dutch"]
    table[numbers] = table[numbers].fillna(0)
    for column in ("rows", "planned_by"):
        table[column] = _lists(table[column])
    table = table[table["exception"] | table["together"].notna()]
    double = table["together"] == "double"
    fewer = table["together"].fillna("no_longer" if complete else "unknown")
    verdict = fewer.where(~double, "new").where(~(double & table["exception"]), "still")
    order = ["still", "no_longer", "unknown", "planned", "possible", "new"]
    table = table.assign(verdict=verdict, order=verdict.map(order.index))
    table["first"] = ~table["exception"]
    return (
        table.sort_values(["first", "order", *PLACE])
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
    codes: dict[tuple[str, int], list[str]] = {}
    for kind, row, iso3 in zip(*(pairs[name].tolist() for name in (*_KEY, "iso3")), strict=True):
        codes.setdefault((kind, row), []).append(iso3)
    times = Counter(iso3 for several in codes.values() for iso3 in several)
    kinds = ["LO", "FILO"] if choice.filo else ["LO"]
    posts = of_organisations(postings[postings["kind"].isin(kinds)], choice.organisations)
    posts = posts[posts["status"] == "active"]
    keys = zip(*(posts[name].tolist() for name in _KEY), strict=True)
    serves = [sorted(codes.get(key, ())) for key in keys]
    alone = [[iso3 for iso3 in several if times[iso3] == 1] for several in serves]
    people = populations.dropna(subset=["population"])
    population = dict(zip(people["iso3"], people["population"].astype(int), strict=True))
    rest = [name for name in posts if name not in _KEY]
    loads = posts[[*_KEY, *rest]].assign(
        **_sums(serves, "", population), **_sums(alone, "alone_", population)
    )
    if not complete:
        loads[["alone_countries", "alone_uncounted", "alone_population"]] = pd.NA
        loads["alone_iso3"] = [[] for _ in serves]
    return loads.sort_values(
        ["countries", "population", "kind", "row"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )


def _sums(serves: Sequence[Sequence[str]], prefix: str, people: Mapping[str, int]) -> Columns:
    """What the units that each posting serves add up to; `people` of those with a known figure."""
    counted = [[people[iso3] for iso3 in several if iso3 in people] for several in serves]
    missing = [len(several) - len(sums) for several, sums in zip(serves, counted, strict=True)]
    return {
        f"{prefix}countries": pd.array([len(several) for several in serves], dtype="Int64"),
        f"{prefix}iso3": [list(several) for several in serves],
        f"{prefix}population": pd.array([sum(each) if each else None for each in counted], "Int64"),
        f"{prefix}uncounted": pd.array(missing, dtype="Int64"),
    }


def hanging(loads: pd.DataFrame) -> pd.DataFrame:
    """The postings of `load` whose loss leaves units to nobody, most units first, then people."""
    alone = loads[loads["alone_countries"].fillna(0) > 0]
    order = ["alone_countries", "alone_population", "kind", "row"]
    return alone.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def placements(postings: pd.DataFrame, organisations: tuple[str, ...] = ()) -> pd.DataFrame:
    """The multilateral placements by receiving body: `body`, `placements`, `cities`, `rows`.

    In the order of the document. A chosen organisation leaves out what states none, which is
    every placement of the annexes so far.
    """
    rows = of_organisations(postings[postings["kind"] == "multilateral"], organisations)
    grouped = rows.rename(columns={"region": "body"}).groupby("body", sort=False, dropna=False)
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
