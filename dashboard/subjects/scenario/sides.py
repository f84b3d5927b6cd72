"""Today and scenarios side by side: coverage, distance, load, people, what stays open, and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard import snapshot, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Cell, Form, Table, Text
from dashboard.rows import Rows, number
from data.load import reference
from data.store.read import Network
from geo.coverage import COVERED, HOME, of_organisations, served_abroad, totals
from geo.network import Cost, cost
from geo.placement import country_weights
from geo.ranking import Scaling


@dataclass(frozen=True)
class Measures:
    """One network in figures, of the area and the organisations that were chosen.

    `km` is the mean from the nearest serving duty station over countries that are served from
    elsewhere, `load` the countries a post, `people` inhabitants of what is served, `open_points`
    the score of the states that nobody serves, summed: what a new post could close.
    """

    active: int
    covered: int
    none: int
    single: int
    km: float
    load: float
    busiest: int
    people: float
    open_points: float
    estimate: Cost

    @property
    def cost(self) -> float:
        """What its Dutch posts cost a year, estimated."""
        return self.estimate.total


class Side(NamedTuple):
    """One network with its coverage under the reader's choice, below a heading."""

    heading: str
    network: Network
    coverage: pd.DataFrame


_OF_COVERAGE = ["iso3", "state", "postings", "organisations", "distance_km"]
_OF_POSTING = ["kind", "row", "organisation", "host", "status"]
COUNTED = ("active", "covered", "none", "single")  # what the counts before and after say too
BEYOND = ("km", "load", "busiest", "people", "open_points", "cost")


def side_by_side(
    t: Texts,
    filters: Filters,
    columns: Sequence[Side],
    source: str,
    *,
    counted: bool = True,
) -> list[Block]:
    """A table with a column for each side, today first, and what cost is made of.

    `counted`: with what the table of counts before and after says too.
    """
    weight = _weights(filters)
    measured = [measures(filters, side, weight) for side in columns]
    body: Rows = [
        [t(f"sides.row_{name}"), *(_cell(t, name, getattr(each, name)) for each in measured)]
        for name in (*(COUNTED if counted else ()), *BEYOND)
    ]
    headings = [side.heading for side in columns]
    price = _price()
    sums = [each.estimate for each in measured]
    parts = "; ".join(
        f"{heading}: {t.number(each.posts)} × {t.number(each.each)}"
        for heading, each in zip(headings, sums, strict=True)
    )
    formula = t("sides.formula", parts=parts, each=sums[0].each)
    document = str(price["document"])
    notes = [Text(formula, "note", (document,)), Text(t("sides.note"), "note")]
    where = f"{source} {t('sides.cost_source', place=wording.citation(t, price))}"
    title = t("sides.title" if counted else "sides.title_beyond")
    table = Table("sides", title, [t("column.what"), *headings], body, where, [document])
    return [table, *notes]


def _cell(t: Texts, name: str, value: float) -> Cell:
    if name == "people":
        return Cell(t("sides.millions", n=round(value / 1e6)), value, form=Form(grouped=True))
    if name == "cost":
        return Cell(t("sides.euro", n=int(value)), value, form=Form(grouped=True))
    return number(t, round(value, 1))


def measures(filters: Filters, side: Side, weight: pd.Series) -> Measures:
    """What there is to say of a network in figures; `weight` is iso3 -> points of a country."""
    area, (_, network, frame) = snapshot.in_area(filters.area), side
    abroad = frame["iso3"].isin(area - {HOME}).to_numpy()
    frame = frame[_OF_COVERAGE].take(np.flatnonzero(abroad))
    codes, states, km = (frame[name].tolist() for name in ("iso3", "state", "distance_km"))
    counts = totals(frame)
    away = [n for n, state in zip(km, states, strict=True) if state == "accredited" and n == n]
    loads, active = _loads(filters, network)
    people, points, kinds = snapshot.people(), dict(weight.items()), snapshot.unit_kinds()
    state_of = dict(zip(codes, states, strict=True))
    uncovered = [
        points.get(code, np.nan)
        for code, state in state_of.items()
        if state == "none" and kinds[code] != "territory"
    ]
    return Measures(
        active=active,
        covered=counts.covered,
        none=counts.none,
        single=counts.single,
        km=sum(away) / len(away) if away else np.nan,
        load=sum(loads) / len(loads) if loads else np.nan,
        busiest=max(loads, default=0),
        people=float(sum(people.get(code, 0) for code in codes if state_of[code] in COVERED)),
        open_points=float(np.nansum(uncovered)),
        estimate=_cost(filters, network),
    )


def _loads(filters: Filters, network: Network) -> tuple[list[int], int]:
    """How many countries abroad each active post of the area serves, and how many these posts are.

    A post that serves no country abroad has no load.
    """
    area = snapshot.in_area(filters.area)
    posts = of_organisations(network.postings[_OF_POSTING], filters.organisations)
    cells = (posts[name].tolist() for name in ("kind", "row", "status", "host"))
    active = [
        row
        for kind, row, status, host in zip(*cells, strict=True)
        if (kind, status) == ("LO", "active") and host in area
    ]
    loads = Counter[int]()
    serving = served_abroad(network.postings, network.accreditations, filters.choice)
    for (_, row), count in serving.items():
        loads[row] += count
    return [loads[row] for row in active if row in loads], len(active)


def _cost(filters: Filters, network: Network) -> Cost:
    """The estimate of a network: its Dutch posts of the choice times the average of 2020."""
    posts = of_organisations(network.postings[_OF_POSTING], filters.organisations)
    inside = posts[posts["host"].isin(snapshot.in_area(filters.area))]
    return cost(inside, float(_price()["value"]))


@snapshot.cached(1)
def _price() -> dict[Hashable, Any]:
    """The row of what a post costs a year."""
    figures = reference("key_figures")
    [row] = figures[figures["figure"] == "cost_2020"].to_dict("records")
    return row


def _weights(filters: Filters) -> pd.Series:
    """iso3 -> points of a country that nobody serves, under the reader's weights."""
    values = snapshot.gap_values(filters.release, filters.choice)
    scaling = Scaling(unknown=filters.scaling.unknown)
    return country_weights(values, dict(filters.weights), scaling)
