"""Today and scenarios side by side: coverage, distance, load, people, what stays open, and cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import snapshot, wording
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Cell, Form, Table, Text
from dashboard.rows import Rows, number
from data.store.read import Network
from geo.coverage import COVERED, HOME, PLANNED, of_organisations, served, totals
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
    price = snapshot.reference("key_figures").set_index("figure").loc["cost_2020"]
    sums = [each.estimate for each in measured]
    parts = "; ".join(
        f"{heading}: {t.number(each.posts)} × {t.number(each.each)}"
        for heading, each in zip(headings, sums, strict=True)
    )
    formula = t("sides.formula", parts=parts, each=sums[0].each)
    document = str(price["document"])
    notes = [Text(formula, "note", (document,)), Text(t("sides.note"), "note")]
    where = f"{source} {t('sides.cost_source', place=wording.citation(t, dict(price)))}"
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
    choice, units = filters.choice, snapshot.reference("units")
    area, (_, network, frame) = snapshot.in_area(filters.area), side
    frame = frame[frame["iso3"].isin(area) & (frame["iso3"] != HOME)]
    counts = totals(frame)
    away = frame.loc[frame["state"] == "accredited", "distance_km"].astype(float)
    pairs = served(network.postings, network.accreditations, choice)
    pairs = pairs[(pairs["rank"] < PLANNED) & ~pairs["is_filo"] & (pairs["iso3"] != HOME)]
    posts = of_organisations(network.postings, choice.organisations)
    active = (posts["kind"] == "LO") & (posts["status"] == "active") & posts["host"].isin(area)
    loads = pairs[pairs["row"].isin(posts.loc[active, "row"])].groupby("row").size()
    people = snapshot.reference("populations").set_index("iso3")["population"]
    states = units.loc[units["kind"] != "territory", "iso3"]
    uncovered = frame.loc[(frame["state"] == "none") & frame["iso3"].isin(states), "iso3"]
    reached = frame.loc[frame["state"].isin(COVERED), "iso3"]
    return Measures(
        active=int(active.sum()),
        covered=counts.covered,
        none=counts.none,
        single=counts.single,
        km=float(away.mean()) if away.notna().any() else np.nan,
        load=float(loads.mean()) if len(loads) else np.nan,
        busiest=int(loads.max()) if len(loads) else 0,
        people=float(people.reindex(reached).sum()),
        open_points=float(weight.reindex(uncovered).sum()),
        estimate=_cost(filters, network),
    )


def _cost(filters: Filters, network: Network) -> Cost:
    """The estimate of a network: its Dutch posts of the choice times the average of 2020."""
    figures = snapshot.reference("key_figures").set_index("figure")["value"].astype(float)
    posts = of_organisations(network.postings, filters.organisations)
    return cost(
        posts[posts["host"].isin(snapshot.in_area(filters.area))], float(figures["cost_2020"])
    )


def _weights(filters: Filters) -> pd.Series:
    """iso3 -> points of a country that nobody serves, under the reader's weights."""
    values = snapshot.gap_values(filters.release, filters.choice)
    scaling = Scaling(unknown=filters.scaling.unknown)
    return country_weights(values, dict(filters.weights), scaling)
