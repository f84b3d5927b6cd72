"""Who could take over: posts that might serve a country, by what a table can tell of them.

Distance, load, a shared border, region and organisation. Languages are in no table of the product,
so nothing is said of them; nor of crime relations, agreements or capacity. Never advice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.coverage import HOME, of_organisations, seat_matrix_km, served_abroad
from geo.errors import LimitError
from geo.options import Choice

COLUMNS = [
    *("iso3", "others", "row", "organisation", "host", "city", "distance_km", "serves"),
    *("borders", "serves_neighbours", "same_region", "same_continent", "same_organisation"),
]
EVERY_ORGANISATION = Choice()


class _Unit(NamedTuple):
    """A unit: its place in table `units`, and in what part of the world it is."""

    place: int
    subregion: str
    continent: str


class ServingPosts:
    """The active posts of a choice with whom they serve: those that may take a country over.

    `km` of `geo.coverage.seat_matrix_km`, where that is there already: no choice changes it.
    """

    def __init__(
        self,
        postings: pd.DataFrame,
        accreditations: pd.DataFrame,
        units: pd.DataFrame,
        neighbours: pd.DataFrame,
        choice: Choice = EVERY_ORGANISATION,
        km: npt.NDArray[np.float64] | None = None,
    ) -> None:
        self._postings, self._accreditations = postings, accreditations
        self._km = seat_matrix_km(postings, units) if km is None else km
        names = ("iso3", "subregion", "continent")
        cells = enumerate(zip(*(units[name].tolist() for name in names), strict=True))
        self._units = {iso3: _Unit(place, *where) for place, (iso3, *where) in cells}
        self._beside: dict[str, set[str]] = {}
        for iso3, code in zip(neighbours["iso3"], neighbours["neighbour"], strict=True):
            self._beside.setdefault(code, set()).add(iso3)
        kinds, status, self._rows, self._hosts = (
            postings[name].tolist() for name in ("kind", "status", "row", "host")
        )
        active = [
            at
            for at, post in enumerate(zip(kinds, status, strict=True))
            if post == ("LO", "active")
        ]
        self._active = {self._rows[at]: at for at in active}
        chosen = of_organisations(postings[["organisation"]], choice.organisations)
        inside = set(postings.index.get_indexer(chosen.index).tolist())
        self._chosen = [at for at in active if at in inside]
        self._served = served_abroad(postings, accreditations, choice)
        self._others, self._serves = Counter[str](), Counter[int]()
        for (iso3, row), count in self._served.items():
            self._others[iso3] += count
            self._serves[row] += count

    def near_countries(self, codes: Collection[str], first: int | None = None) -> pd.DataFrame:
        """For each of these countries the posts that do not serve it; COLUMNS.

        Countries that nobody serves stand first, then by code; of each the nearest post first.
        `distance_km` whole, from the city to the seat of government, missing where no city is
        known; of equal ones the post that serves least stands first, then the lower row. `serves`
        counts the countries that the post serves, its host among them. `others` is how many
        postings serve the country today. `borders`: the host shares a border with it (table
        `neighbours`); `serves_neighbours` counts those that do and are served. `same_region` and
        `same_continent` of the host (UN M49). `same_organisation` is missing: nobody is replaced.
        Of each country only the `first` posts, where that is given. Raises LimitError for a code
        that no unit abroad has.
        """
        for code in codes:
            if code == HOME or code not in self._units:
                raise LimitError("no_country_of_code", country=code)
        unknown = np.full(len(self._rows), None, dtype=object)  # nobody is replaced
        return self._table(list(codes), None, unknown, first)

    def instead_of(
        self, row: int, among: Collection[str] | None = None, first: int | None = None
    ) -> pd.DataFrame:
        """The same for each country that the post of that row serves, as if it closed.

        Only for those `among` some codes, where these are given. Countries that nobody else serves
        stand first, then by code. `others` counts the postings that serve the country still;
        `same_organisation` is missing where a row states none. Raises LimitError where no active
        post has the row.
        """
        if row not in self._active:
            raise LimitError("no_active_post", post=row)
        cells = (self._accreditations[name].tolist() for name in ("kind", "row", "iso3"))
        mine = {iso3 for kind, of, iso3 in zip(*cells, strict=True) if (kind, of) == ("LO", row)}
        codes = [code for code in mine - {HOME} if among is None or code in among]
        organisations = self._postings["organisation"]
        organisation = organisations.iloc[self._active[row]]
        same = (organisations == organisation).to_numpy(dtype=object)
        same[(organisations.isna() | pd.isna(organisation)).to_numpy()] = None
        return self._table(sorted(codes), row, same, first)

    def _table(
        self,
        codes: list[str],
        closed: int | None,
        same: npt.NDArray[np.object_],
        first: int | None,
    ) -> pd.DataFrame:
        """COLUMNS of the `first` posts that might serve each of these countries.

        `same`: whether each posting is of the same organisation, None where that is unknown.
        """
        rows, served = self._rows, self._served
        others = {
            code: self._others[code] - (0 if closed is None else served[code, closed])
            for code in codes
        }
        # Each post with each country that it does not serve: (place of the post, code).
        both = [
            (at, code)
            for at in self._chosen
            if rows[at] != closed
            for code in codes
            if (code, rows[at]) not in served
        ]
        places = np.array([at for at, _ in both], dtype=np.intp)
        km = self._km[places, [self._units[code].place for _, code in both]]
        order = self._order(both, km, others, first)
        both, places = [both[at] for at in order], places[order]
        hosts = [self._hosts[at] for at in places.tolist()]
        beside = [self._beside.get(code, ()) for _, code in both]
        columns: dict[str, Any] = {
            name: self._postings[name].array.take(places)
            for name in ("row", "organisation", "host", "city")
        } | {
            "iso3": pd.Series([code for _, code in both], dtype="str").array,
            "others": np.array([others[code] for _, code in both], dtype=np.int64),
            "distance_km": km[order],
            "serves": np.array([self._serves[rows[at]] for at, _ in both], dtype=np.int64),
            "borders": np.array(
                [host in near for host, near in zip(hosts, beside, strict=True)], dtype=bool
            ),
            "serves_neighbours": np.array(
                [
                    sum(served[code, rows[at]] for code in near)
                    for (at, _), near in zip(both, beside, strict=True)
                ],
                dtype=np.int64,
            ),
            "same_organisation": pd.Series(same[places], dtype="boolean").array,
        }
        where = [
            (self._units[code], self._units.get(host))
            for (_, code), host in zip(both, hosts, strict=True)
        ]
        for name, part in (("same_region", "subregion"), ("same_continent", "continent")):
            columns[name] = np.array(
                [
                    there is not None and getattr(at, part) == getattr(there, part)
                    for at, there in where
                ],
                dtype=bool,
            )
        return pd.DataFrame(columns, copy=False)[COLUMNS]

    def _order(
        self,
        both: Sequence[tuple[int, str]],
        km: npt.NDArray[np.float64],
        others: Mapping[str, int],
        first: int | None,
    ) -> npt.NDArray[np.intp]:
        """The places of the pairs in their order, of each country the `first`."""
        rank = {code: place for place, code in enumerate(sorted(others))}
        rows = np.array([self._rows[at] for at, _ in both], dtype=np.int64)
        serves = np.array([self._serves[self._rows[at]] for at, _ in both], dtype=np.int64)
        codes = np.array([rank[code] for _, code in both], dtype=np.int64)
        served = np.array([others[code] > 0 for _, code in both], dtype=bool)
        order = np.lexsort((rows, serves, km, codes, served))  # a missing distance stands last
        if first is None:
            return order
        # The pairs of one country stand together: its turn counts from where they begin.
        turned = codes[order]
        begins = np.flatnonzero(np.diff(turned, prepend=-1))
        turn = np.arange(len(turned)) - np.repeat(begins, np.diff([*begins, len(turned)]))
        return order[turn < first]
