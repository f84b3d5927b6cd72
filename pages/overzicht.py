"""The network in five figures, on a small map, and what changed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cache, charts, findings, rows, state, widgets
from dashboard.i18n import Words
from dashboard.state import Filters
from dashboard.tables import Cell
from geo.coverage import totals
from geo.missions import compare_counts

EU_CAPITALS = ("POL", "PRT", "ITA", "ESP", "FRA")  # withdrawn 2012-2016, see the table `events`


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.overview"))
        widgets.no_network(t)
    else:
        _network(t, filters, release)
    counts = cache.mission_counts()
    if len(counts) > 1:
        _missions(t, counts[-2], counts[-1])
    st.subheader(t("overview.documents"))
    st.markdown("\n".join(f"- {line}" for line in findings.document_ages(t, cache.documents())))
    st.page_link(
        state.page("sources"), label=t("overview.all_sources"), query_params=state.to_query(filters)
    )


def _network(t: Words, filters: Filters, release: pd.Series) -> None:
    frame = cache.coverage(filters.release, filters.choice)
    found = cache.of_organisations(cache.network(filters.release).postings, filters.organisations)
    posts, kinds = found[found["kind"] == "LO"], found["kind"].value_counts()
    complete = release["network"] == "complete"
    st.title(findings.overview(t, frame, posts, complete))
    st.markdown(
        t(
            "overview.lead",
            note=findings.date_note(t, release),
            filo=int(kinds.get("FILO", 0)),
            multilateral=int(kinds.get("multilateral", 0)),
        )
    )
    if complete:
        _figures(t, filters, frame, posts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("overview.map"))
        widgets.world_map(t, filters, height=400)
        widgets.release_source(t, release)
    with right:
        st.subheader(t("overview.eu"))
        _eu_capitals(t, filters)


def _figures(t: Words, filters: Filters, frame: pd.DataFrame, posts: pd.DataFrame) -> None:
    counts = totals(frame)
    planned = int((posts["status"] == "planned").sum())
    figures = [
        (len(posts) - planned, "postings", t.count("overview.postings_more", planned)),
        (counts.covered, "covered", t("overview.covered_more", none=counts.none)),
        (counts.single, "single", t("overview.single_more")),
        (counts.gpi_only, "gpi_only", t("overview.gpi_only_more")),
    ]
    last = cache.mission_counts()[-1]
    figures.append(
        (
            last.officers,
            "officers",
            t("overview.officers_more", missions=last.missions, date=t.date(last.as_of)),
        )
    )
    query = state.to_query(filters)
    for column, (number, name, more) in zip(st.columns(len(figures)), figures, strict=True):
        with (
            column,
            st.container(border=True, key=f"figure_{name}", gap="xsmall", height="stretch"),
        ):
            widgets.figure(t, number, t(f"overview.{name}"), more)
            with st.container(horizontal=True, gap="small"):
                if name != "officers":
                    st.page_link(
                        state.page("coverage"), label=t("overview.see_map"), query_params=query
                    )
                st.page_link(
                    state.page("sources"), label=t("overview.see_source"), query_params=query
                )


def _eu_capitals(t: Words, filters: Filters) -> None:
    """The withdrawal from five EU capitals announced in 2013, and what stands there now."""
    names = cache.reference("units").set_index("iso3")[f"name_{t.language}"]
    posts = cache.network(cache.store().default_release(), t.language).postings
    posts = posts[(posts["kind"] == "LO") & (posts["organisation"] == "NP")]
    events = cache.reference("events")
    events = events[events["kind"].isin(["withdrawn", "ends"])]
    found: rows.Rows = []
    for iso3 in EU_CAPITALS:
        event = events[events["iso3"] == iso3].iloc[0]
        now = ", ".join(f"NP {city}" for city in posts.loc[posts["host"] == iso3, "city"])
        land = Cell(names[iso3], href=rows.dossier(iso3))
        found.append([land, t(f"event.{event['kind']}", date=t.date(event["date"])), now])
    st.markdown(t("overview.eu_text"))
    heads = [t("column.country"), t("overview.then"), t("overview.now")]
    widgets.table(t("overview.eu_source"), heads, found, show_caption=True)


def _missions(t: Words, before: cache.MissionCount, after: cache.MissionCount) -> None:
    st.subheader(
        t(
            "overview.missions",
            before=before.officers,
            date_before=t.date(before.as_of),
            after=after.officers,
            date_after=t.date(after.as_of),
        )
    )
    compared = compare_counts(before.deployments, after.deployments)
    st.plotly_chart(
        charts.missions(compared, t.date(before.as_of), t.date(after.as_of), t),
        width="stretch",
        config=charts.CONFIG,
        key="missions",
    )
    successors = cache.reference("mission_aliases").query("relation == 'successor'")
    notes = [t("overview.missions_note")] + [
        t(
            "overview.successor",
            printed=row["printed"],
            mission=row["mission"],
            note=row[f"note_{t.language}"],
        )
        for row in successors.to_dict("records")
    ]
    st.caption("  \n".join(notes))
    absent = t("overview.not_in_table")
    found: rows.Rows = [
        [
            row["mission"],
            *(
                Cell(absent) if pd.isna(n) else rows.number(t, n)
                for n in (row["before"], row["after"])
            ),
        ]
        for row in compared.to_dict("records")
    ]
    heads = [t("column.mission"), t.date(before.as_of), t.date(after.as_of)]
    with st.expander(t("overview.missions_table")):
        widgets.table(t("overview.missions_source"), heads, found, show_caption=True)
