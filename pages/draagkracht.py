"""Parts of the page on the network: what one posting carries, and what its loss would cost."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, figures, findings, rows, widgets
from dashboard import network_load as words
from dashboard.charts import network as charts
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.network_shown import Shown
from geo.network import hanging

BARS = 15  # of a chart; the table has every posting


def carried(t: Words, filters: Filters, found: Shown, source: str) -> None:
    """The countries that one posting alone serves, by posting."""
    st.header(t("network.title_carried"), anchor="carried")
    if not found.complete:
        st.info(t("network.carried_partial"))
        return
    alone, of = hanging(found.loads), findings.of_whom(t, filters.organisations)
    if alone.empty:
        st.markdown(t("network.carried_none", of=of))
        return
    drawn = alone.head(BARS).to_dict("records")
    labels = words.labels(t, drawn)
    total, most = int(alone["alone_countries"].sum()), int(drawn[0]["alone_countries"])
    finding = t.count("network.carried_finding", total, of=of, post=labels[0], most=most)
    st.markdown(widgets.plain(findings.in_area(t, filters.area, finding)))
    counts = [(int(row["alone_countries"]), int(row["countries"])) for row in drawn]
    listed = [
        t("network.carried_item", post=label, alone=one, all=every)
        for label, (one, every) in zip(labels, counts, strict=True)
    ]
    figures.chart(
        t,
        "carried",
        charts.carried(
            labels,
            [one for one, _ in counts],
            [every - one for one, every in counts],
            [words.people(t, row["alone_population"]) for row in drawn],
            t,
        ),
        t("network.carried_alternative", list="; ".join(listed)),
        *words.load_rows(t, alone, dict(cache.names(t.language)), alone=True),
        t("network.load_source", document=source),
    )
    if len(alone) > len(drawn):
        st.caption(t("network.carried_more", n=len(drawn), all=len(alone)))
    st.caption(t("network.carried_note"))


def load(t: Words, filters: Filters, found: Shown, source: str) -> None:
    """The countries and people that each officer serves."""
    if not found.complete or found.loads.empty:
        return
    st.header(t("network.title_load"), anchor="load")
    by_people = found.loads.sort_values("population", ascending=False, kind="stable")
    drawn = by_people[by_people["population"].notna()].head(BARS)
    most, biggest = found.loads.iloc[0], by_people.iloc[0]
    finding = t(
        "network.load_finding",
        post=words.label(t, dict(most)),
        countries=t.count("network.countries", int(most["countries"])),
        biggest=words.label(t, dict(biggest)),
        people=words.people(t, biggest["population"]),
    )
    st.markdown(widgets.plain(findings.in_area(t, filters.area, finding)))
    records = drawn.to_dict("records")
    labels = words.labels(t, records)
    ends = [
        f"{words.people(t, row['population'])}, "
        f"{t.count('network.countries', int(row['countries']))}"
        for row in records
    ]
    listed = [f"{label}: {end}" for label, end in zip(labels, ends, strict=True)]
    figures.chart(
        t,
        "load",
        charts.served(
            labels, [rows.text(row["organisation"]) for row in records],
            [float(row["population"]) for row in records], ends,
        ),
        t("network.load_alternative", list="; ".join(listed)),
        *words.load_rows(t, found.loads, dict(cache.names(t.language)), alone=False),
        t("network.load_source", document=source),
    )  # fmt: skip
    st.caption(t("network.load_note"))
    if unknown := words.uncounted(found.loads):
        st.caption(t.count("network.load_uncounted", unknown))
