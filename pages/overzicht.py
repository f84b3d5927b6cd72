"""The network in five figures, on a small map, and what changed."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from dashboard import cache, figures, findings, missions, rows, shortcuts, state, widgets
from dashboard.charts import missions as drawn
from dashboard.filters import Filters, to_query
from dashboard.i18n import Words
from dashboard.tables import Cell
from geo.coverage import of_organisations, totals
from geo.mission_trends import step
from geo.missions import MissionCount

LETTER = "kst-31015-94"  # announced in 2013 which officers would leave EU states


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] == "absent":
        st.title(t("page.overview"))
        widgets.no_network(t)
    else:
        with widgets.guard(t):
            _network(t, filters, release)
    with widgets.guard(t):
        _missions(t, filters, cache.mission_counts(filters.area))
    with widgets.guard(t):
        _documents(t, filters)


def _network(t: Words, filters: Filters, release: pd.Series) -> None:
    inside = cache.in_area(filters.area)
    frame = cache.coverage(filters.release, filters.choice)
    frame = frame[frame["iso3"].isin(inside)]
    postings = cache.network(filters.release).postings
    chosen = of_organisations(postings, filters.organisations)
    posts = chosen[(chosen["kind"] == "LO") & chosen["host"].isin(inside)]
    active, complete = int((posts["status"] == "active").sum()), release["network"] == "complete"
    st.title(findings.overview(t, frame, active, filters, complete))
    st.markdown(findings.lead(t, chosen, findings.date_note(t, release), complete, filters))
    if complete:
        with widgets.guard(t):
            _figures(t, filters, frame, posts)
    _questions(t, filters)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(t("overview.map"))
        figures.world_map(t, filters, height=400)
        widgets.release_source(t, release)
    with right, widgets.guard(t):
        st.header(t("overview.eu"))
        _eu_capitals(t)


def _questions(t: Words, filters: Filters) -> None:
    with st.container(key="questions", gap="xsmall"):
        st.html(f"<h2 class='group'>{escape(t('question.title'))}</h2>")
        asked = shortcuts.questions(t, filters)
        half = (len(asked) + 1) // 2
        for column, part in zip(st.columns(2), (asked[:half], asked[half:]), strict=True):
            with column:
                for question, page, found in part:
                    st.page_link(state.page(page), label=question, query_params=to_query(found))


def _figures(t: Words, filters: Filters, frame: pd.DataFrame, posts: pd.DataFrame) -> None:
    counts, of = totals(frame), findings.of_whom(t, filters.organisations)
    # Who depends on the Belgian police alone is a fact of the whole network, not of a choice.
    whole = cache.coverage(filters.release, replace(filters.choice, organisations=()))
    alone = totals(whole[whole["iso3"].isin(cache.in_area(filters.area))]).gpi_only
    planned = int((posts["status"] == "planned").sum())
    awaited = t.count("overview.postings_more", planned) if planned else ""
    figures = [
        (
            len(posts) - planned,
            "postings",
            awaited,
        ),
        (counts.covered, "covered", t("overview.covered_more", none=counts.none, of=of)),
        (counts.single, "single", t("overview.single_more", of=of)),
        (alone, "gpi_only", t("overview.gpi_only_more")),
    ]
    for last in cache.mission_counts(filters.area)[-1:]:
        more = t("overview.officers_more", missions=last.missions, date=t.date(last.as_of))
        figures.append((last.officers, "officers", more))
    for column, (number, name, more) in zip(st.columns(len(figures)), figures, strict=True):
        with (
            column,
            st.container(border=True, key=f"figure_{name}", gap="xsmall", height="stretch"),
        ):
            widgets.figure(t, number, t(f"overview.{name}"), more)
            with st.container(horizontal=True, gap="small"):
                page, found = shortcuts.behind(name, filters)
                label = t("overview.see_map" if page == "coverage" else "overview.see_list")
                st.page_link(state.page(page), label=label, query_params=to_query(found))
                label = t("overview.see_source")
                st.page_link(state.page("sources"), label=label, query_params=to_query(filters))


def _eu_capitals(t: Words) -> None:
    """The withdrawals from EU states that the letter of 2013 names, and what stands there now."""
    newest = cache.store().default_release()
    posts = cache.network(newest, t.language).postings
    posts = posts[(posts["kind"] == "LO") & (posts["organisation"] == "NP")]
    posts = posts[(posts["status"] == "active") & posts["city"].notna()]
    events = cache.reference("events")
    events = events[(events["document"] == LETTER) & events["kind"].isin(["withdrawn", "ends"])]
    found: rows.Rows = []
    for event in events.to_dict("records"):
        now = ", ".join(f"NP {city}" for city in posts.loc[posts["host"] == event["iso3"], "city"])
        land = Cell(cache.names(t.language)[event["iso3"]], href=rows.dossier(event["iso3"]))
        found.append([land, t(f"event.{event['kind']}", date=t.date(event["date"])), now])
    back = sum(bool(row[2]) for row in found)
    note = findings.date_note(t, cache.store().release(newest))
    st.markdown(t("overview.eu_text", back=back, all=len(found), note=note))
    heads = [t("column.country"), t("overview.then"), t("overview.now")]
    then = "; ".join(dict.fromkeys(findings.place(t, row) for row in events.to_dict("records")))
    source = t("overview.eu_source", then=then, now=newest)
    widgets.table(source, heads, found, show_caption=True)


def _missions(t: Words, filters: Filters, counts: list[MissionCount]) -> None:
    if len(counts) < 2 or not any(count.missions for count in counts[-2:]):
        return
    before, after = pair = counts[-2:]
    dates = [t.date(count.as_of) for count in pair]
    numbers = {"before": before.officers, "after": after.officers}
    title = t("overview.missions", date_before=dates[0], date_after=dates[1], **numbers)
    st.header(findings.in_area(t, filters.area, title))
    for sentence in findings.total_faults(t, counts):
        st.warning(widgets.plain(sentence))
    found = step(before, after, cache.reference("mission_aliases"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        figures.chart(
            t,
            "missions",
            drawn.dumbbell(found, dates, t),
            missions.step_words(t, found, dates),
            *missions.step_table(t, found, pair),
            missions.sources(t, pair),
        )
    with right:
        st.markdown(widgets.plain(missions.what_changed(t, found)))
        for line in missions.other_names(t, found):
            st.caption(f"\\* {widgets.plain(line)}")
        label = t("overview.to_missions")
        st.page_link(state.page("missions"), label=label, query_params=to_query(filters))


def _documents(t: Words, filters: Filters) -> None:
    st.header(t("overview.documents"))
    st.markdown("\n".join(f"- {line}" for line in findings.document_ages(t, cache.documents())))
    label = t("overview.all_sources")
    st.page_link(state.page("sources"), label=label, query_params=to_query(filters))
