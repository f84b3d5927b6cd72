"""The network as blocks, second part: what one posting carries, and what the network may cost."""

from __future__ import annotations

from typing import NamedTuple

from dashboard import cache, findings, rows, theme
from dashboard import network_load as words
from dashboard.charts import network as charts
from dashboard.report import Chart, Native
from dashboard.shared import remembered
from dashboard.topics.network_posts import Network, Part
from geo.coverage import of_organisations
from geo.network import cost, hanging

BARS = 15  # of a chart; the table has every posting


@remembered
def carried(net: Network) -> Part:
    """The countries that one posting alone serves, by posting; a partial document cannot say."""
    t, filters, found = net.t, net.filters, net.found
    if not found.complete:
        return Part(t("network.carried_partial"))
    alone, of = hanging(found.loads), findings.of_whom(t, filters.organisations)
    if alone.empty:
        return Part(t("network.carried_none", of=of))
    drawn = alone.head(BARS).to_dict("records")
    labels = words.labels(t, drawn)
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
    ends = [words.people(t, row["alone_population"]) for row in drawn]
    headers, body = words.load_rows(t, alone, dict(cache.names(t.language)), alone=True)
    chart = Chart(
        "carried",
        findings.in_area(t, filters.area, finding),
        charts.carried(labels, only, others, ends, t),
        t("network.carried_alternative", list="; ".join(listed)),
        headers,
        body,
        t("network.load_source", document=net.source(alone)),
        Native(
            "stacked",
            labels,
            [
                (t("network.only_this"), list(map(float, only)), theme.SINGLE),
                (t("network.others_too"), list(map(float, others)), theme.KEPT),
            ],
        ),
    )
    notes = [t("network.carried_note")]
    if len(alone) > len(drawn):
        notes.insert(0, t("network.carried_more", n=len(drawn), all=len(alone)))
    return Part(chart.title, chart, notes)


@remembered
def load(net: Network) -> Part | None:
    """The countries and people that each officer serves; None where no document tells."""
    t, found = net.t, net.found
    if not net.tells_loads:
        return None
    by_people = found.loads.sort_values("population", ascending=False, kind="stable")
    most, biggest = found.loads.iloc[0], by_people.iloc[0]
    finding = t(
        "network.load_finding",
        post=words.label(t, dict(most)),
        countries=t.count("network.countries", int(most["countries"])),
        biggest=words.label(t, dict(biggest)),
        people=words.people(t, biggest["population"]),
    )
    drawn = by_people[by_people["population"].notna()].head(BARS).to_dict("records")
    labels, people = words.labels(t, drawn), [float(row["population"]) for row in drawn]
    ends = [
        f"{words.people(t, row['population'])}, "
        f"{t.count('network.countries', int(row['countries']))}"
        for row in drawn
    ]
    listed = [f"{label}: {end}" for label, end in zip(labels, ends, strict=True)]
    headers, body = words.load_rows(t, found.loads, dict(cache.names(t.language)), alone=False)
    millions: list[float | None] = [round(number / 1e6, 1) for number in people]
    chart = Chart(
        "load",
        findings.in_area(t, net.filters.area, finding),
        charts.served(labels, [rows.text(row["organisation"]) for row in drawn], people, ends),
        t("network.load_alternative", list="; ".join(listed)),
        headers,
        body,
        t("network.load_source", document=net.source(found.loads)),
        Native("bars", labels, [(t("network.millions"), millions, charts.PROVEN)]),
    )
    notes = [t("network.load_note")]
    if unknown := words.uncounted(found.loads):
        notes.append(t.count("network.load_uncounted", unknown))
    return Part(chart.title, chart, notes)


class Estimate(NamedTuple):
    """What the posts may cost, how that is made up, and its source.

    Where there is nothing to estimate `text` says why, and the other two are empty.
    """

    total: str
    text: str
    source: str


@remembered
def estimate(net: Network) -> Estimate:
    """What the posts of the choice may cost in a year; raises DataError."""
    t, filters = net.t, net.filters
    if not net.found.complete:
        return Estimate("", t("network.cost_partial"), "")
    each = cache.reference("key_figures").set_index("figure").loc["cost_2020"]
    chosen = of_organisations(net.found.postings, filters.organisations)
    sums = cost(chosen, float(str(each["value"])))
    if not sums.posts:
        return Estimate("", t("network.cost_none"), "")
    total = t("network.cost_title", total=round(sums.total / 1e6, 1))
    source = f"{findings.place(t, dict(each))}; {filters.release}"
    return Estimate(total, words.cost_text(t, sums, filters), source)
