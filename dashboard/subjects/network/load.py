"""How much each post has to serve: countries, people, distances; charts and rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from dashboard import records, rows, snapshot, wording
from dashboard.document_names import release_name, table_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Category, Cell, Chart, Form, Series, Spec
from dashboard.rows import Rows
from dashboard.snapshot import memoized
from dashboard.subjects.network.posts import Network, Part
from data.load import reference
from geo.coverage import of_organisations
from geo.names.normalise import key
from geo.network import Cost, cost, hanging


def people_text(t: Texts, number: object) -> str:
    """A population in millions, or thousands of millions; missing is not known."""
    if pd.isna(number):  # type: ignore[call-overload]
        return t("network.people_unknown")
    millions = float(str(number)) / 1e6
    if millions >= 1000:
        return t("network.billion", n=round(millions / 1000, 1))
    return t("network.million", n=round(millions, 1)) if millions >= 0.1 else t("network.few")


def _people(t: Texts, number: object) -> Cell:
    if pd.isna(number):  # type: ignore[call-overload]
        return Cell(people_text(t, number))
    return Cell(people_text(t, number), float(str(number)), form=Form(grouped=True))


def post_label(t: Texts, row: Row) -> str:
    """ "Santo Domingo, NP" for a posting."""
    return f"{row['name']}, {wording.organisation(t, row['organisation'])}"


def post_labels(t: Texts, postings: Sequence[Row]) -> list[str]:
    """A label for each posting; two that would be the same say their row too."""
    labels = [post_label(t, row) for row in postings]
    return [
        t(
            "network.label_row",
            post=one,
            row=str(row["table_row"]),
            table=table_name(t, str(row["table"])),
        )
        if labels.count(one) > 1
        else one
        for one, row in zip(labels, postings, strict=True)
    ]


def load_rows(
    t: Texts, loads: pd.DataFrame, names: dict[str, str], alone: bool
) -> tuple[list[str], Rows]:
    """(headers, rows) of `geo.network.load`; with `alone`, of what hangs on each posting, beside
    all it serves.

    `names` gives the name of each unit by code.
    """
    before = "alone_" if alone else ""
    table: Rows = []
    for row in loads.to_dict("records"):
        lands = sorted((names[code] for code in row[f"{before}iso3"]), key=key)
        number = row[f"{before}population"]
        table.append(
            [
                post_label(t, row),
                rows.number(t, row[f"{before}countries"]),
                *([rows.number(t, row["countries"])] if alone else []),
                _people(t, number),
                ", ".join(lands),
                rows.citation(t, row),
            ]
        )
    heads = ("post", *(("lost", "serves_all") if alone else ("serves",)), "people", "lands")
    return [*(t(f"network.column_{name}") for name in heads), t("column.place")], table


def uncounted(loads: pd.DataFrame) -> int:
    """How many served units have no known population."""
    people_text = reference("populations").dropna(subset=["population"])
    return len({code for codes in loads["iso3"] for code in codes} - set(people_text["iso3"]))


def cost_text(t: Texts, sums: Cost, filters: Filters) -> str:
    """The formula of the estimate, what it leaves out, and what stands apart."""
    of = t("network.cost_area", area=t.area(filters.area)) if filters.area else ""
    posts = t.count("network.posts", sums.posts)
    parts = [t("network.cost_formula", posts=posts, each=sums.each, total=sums.total, where=of)]
    if sums.not_stated:
        total = sums.not_stated_total
        parts.append(t.count("network.cost_not_stated", sums.not_stated, total=total))
    return " ".join([*parts, t("network.cost_limits")])


BARS = 15  # of a chart; the table has every posting


def headline(net: Network) -> str:
    """How many countries hang on one posting; of a partial document what the page is about."""
    return carried(net).finding.rstrip(".") if net.frames.complete else net.t("page.network_load")


@memoized
def carried(net: Network) -> Part:
    """The countries that one posting alone serves, by posting; a partial document cannot say."""
    t, filters, frames = net.t, net.filters, net.frames
    if not frames.complete:
        return Part(t("network.carried_partial"))
    alone, of = hanging(frames.loads), wording.of_any(t, filters.organisations)
    if alone.empty:
        return Part(t("network.carried_none", of=of))
    drawn = alone.head(BARS).to_dict("records")
    labels = post_labels(t, drawn)
    only = [int(row["alone_countries"]) for row in drawn]
    every = [int(row["countries"]) for row in drawn]
    finding = t.count(
        "network.carried_finding", int(alone["alone_countries"].sum()), of=of, post=labels[0],
        most=only[0],
    )  # fmt: skip
    listed = [
        t("network.carried_item", post=label, alone=one, all=all_)
        for label, one, all_ in zip(labels, only, every, strict=True)
    ]
    others = [all_ - one for one, all_ in zip(only, every, strict=True)]
    ends = [people_text(t, row["alone_population"]) for row in drawn]
    headers, body = load_rows(t, alone, dict(snapshot.names(t.language)), alone=True)
    chart = Chart(
        "carried",
        wording.in_area(t, filters.area, finding),
        Spec(
            "bars",
            tuple(Category(name, note=end) for name, end in zip(labels, ends, strict=True)),
            (
                Series(t("network.only_this"), tuple(map(float, only)), "single"),
                Series(t("network.others_too"), tuple(map(float, others)), "shared"),
            ),
        ),
        t("network.carried_alternative", list="; ".join(listed)),
        headers,
        body,
        t("network.load_source", document=net.source(alone)),
    )
    notes = [t("network.carried_note")]
    if len(alone) > len(drawn):
        notes.insert(0, t("network.carried_more", n=len(drawn), all=len(alone)))
    return Part(chart.title, chart, notes)


@memoized
def load(net: Network) -> Part | None:
    """The countries and people that each officer serves; None where no document tells."""
    t, frames = net.t, net.frames
    if not net.tells_loads:
        return None
    by_people = frames.loads.sort_values("population", ascending=False, kind="stable")
    most, biggest = frames.loads.iloc[0], by_people.iloc[0]
    finding = t(
        "network.load_finding",
        post=post_label(t, dict(most)),
        countries=t.count("network.countries", int(most["countries"])),
        biggest=post_label(t, dict(biggest)),
        people=people_text(t, biggest["population"]),
    )
    drawn = by_people[by_people["population"].notna()].head(BARS).to_dict("records")
    labels = post_labels(t, drawn)
    ends = [
        f"{people_text(t, row['population'])}, "
        f"{t.count('network.countries', int(row['countries']))}"
        for row in drawn
    ]
    listed = [f"{label}: {end}" for label, end in zip(labels, ends, strict=True)]
    headers, body = load_rows(t, frames.loads, dict(snapshot.names(t.language)), alone=False)
    posts = tuple(
        Category(label, note=end, role=records.text(row["organisation"]) or "?")
        for label, end, row in zip(labels, ends, drawn, strict=True)
    )
    millions = tuple(float(row["population"]) / 1e6 for row in drawn)
    chart = Chart(
        "load",
        wording.in_area(t, net.filters.area, finding),
        Spec("bars", posts, (Series(t("network.millions"), millions, "post"),)),
        t("network.load_alternative", list="; ".join(listed)),
        headers,
        body,
        t("network.load_source", document=net.source(frames.loads)),
    )
    notes = [t("network.load_note")]
    if unknown := uncounted(frames.loads):
        notes.append(t.count("network.load_uncounted", unknown))
    return Part(chart.title, chart, notes)


class Estimate(NamedTuple):
    """What the posts may cost, how that is made up, and its source.

    Where there is nothing to estimate `text` says why, and the other two are empty.
    """

    total: str
    text: str
    source: str
    documents: tuple[str, ...] = ()


@memoized
def estimate(net: Network) -> Estimate:
    """What the posts of the choice may cost in a year; raises DataError."""
    t, filters = net.t, net.filters
    if not net.frames.complete:
        return Estimate("", t("network.cost_partial"), "")
    each = reference("key_figures").set_index("figure").loc["cost_2020"]
    chosen = of_organisations(net.frames.postings, filters.organisations)
    sums = cost(chosen, float(str(each["value"])))
    if not sums.posts:
        return Estimate("", t("network.cost_none"), "")
    total = t("network.cost_title", total=round(sums.total / 1e6, 1))
    source = f"{wording.citation(t, dict(each))}; {release_name(t, filters.release)}"
    return Estimate(total, cost_text(t, sums, filters), source, (str(each["document"]),))
