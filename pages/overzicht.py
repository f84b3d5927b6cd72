"""The network in five figures, on a small map, and what changed."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import evidence, wording
from dashboard.figures import map_blocks
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.report import Cell
from dashboard.snapshot import report_of
from dashboard.subjects import overview
from dashboard.subjects.missions import counts as mission_counts
from dashboard.subjects.overview import Overview, conflict_blocks, eu_capitals
from dashboard.web import drawing, session, widgets


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    subject = report_of(Overview, t, filters)
    if subject.release["network"] == "absent":
        st.title(t("page.overview"))
        widgets.no_network(t)
    else:
        with widgets.guard(t):
            _network(t, filters, subject)
    with widgets.guard(t):
        _missions(t, filters, subject)
    with widgets.guard(t):
        _conflicts(t, filters, subject)
    with widgets.guard(t):
        _documents(t, filters, subject)


def _network(t: Texts, filters: Filters, overview: Overview) -> None:
    st.title(overview.title)
    st.markdown(overview.lead)
    widgets.meaning(t, "bediend")
    if overview.conflicts_text:
        st.markdown(overview.conflicts_text)
    if overview.complete:
        with widgets.guard(t):
            _figures(t, filters, overview)
    _questions(t, filters)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(map_blocks.heading(t, filters))
        drawing.world_map(filters, height=400)
        widgets.release_source(t, overview.release)
    with right, widgets.guard(t):
        st.header(t("overview.eu"))
        text, table = eu_capitals(t)
        st.markdown(text.text)
        caption = f"{t('source')}: {table.source}"
        widgets.table(caption, table.headers, table.rows, show_caption=True)
        _between(t)


def _between(t: Texts) -> None:
    """What other sources say between the letters, as a list: the column is narrow for a table."""
    story = evidence.withdrawal(t)
    lines = [f"{widgets.plain(story.title)}:", ""]
    for row in story.rows:
        when, claim, _, place = (c if isinstance(c, Cell) else Cell(c) for c in row)
        line = f"{widgets.plain(when.text)}: {widgets.plain(claim.text)}"
        lines.append(f"- {line} ([{widgets.plain(place.text)}]({place.href}))")
    st.markdown("\n".join(lines))


def _questions(t: Texts, filters: Filters) -> None:
    with st.container(key="questions", gap="xsmall"):
        st.html(f"<h2 class='group'>{escape(t('question.title'))}</h2>")
        questions = overview.questions(t, filters)
        half = (len(questions) + 1) // 2
        for column, part in zip(st.columns(2), (questions[:half], questions[half:]), strict=True):
            with column:
                for question, page, chosen in part:
                    query = session.link(chosen)
                    st.page_link(session.page(page), label=question, query_params=query)


def _figures(t: Texts, filters: Filters, subject: Overview) -> None:
    figures = subject.figures()
    for column, each in zip(st.columns(len(figures)), figures, strict=True):
        with (
            column,
            st.container(border=True, key=f"figure_{each.name}", gap="xsmall", height="stretch"),
        ):
            widgets.figure(t, each.number, each.label, each.more)
            with st.container(horizontal=True, gap="small"):
                page, behind = overview.behind(each.name, filters)
                label = t("overview.see_map" if page == "coverage" else "overview.see_list")
                st.page_link(session.page(page), label=label, query_params=session.link(behind))
                label = t("overview.see_source")
                query = to_query(filters) | subject.printed(each.name)
                st.page_link(session.page("sources"), label=label, query_params=query)


def _missions(t: Texts, filters: Filters, overview: Overview) -> None:
    if not overview.missions_title:
        return
    st.header(overview.missions_title)
    for sentence in wording.total_faults(t, overview.missions.every):
        st.warning(widgets.plain(sentence))
    left, right = st.columns([3, 2], gap="large")
    with left:
        tables = mission_counts.printed_tables(overview.missions.every)
        drawing.chart(t, overview.missions.step_chart(), tables)
    with right:
        st.markdown(widgets.plain(overview.missions.changed))
        for line in [*overview.missions.elsewhere, *overview.missions.other_names]:
            st.caption(widgets.plain(line))
        label = t("overview.to_missions")
        st.page_link(session.page("missions"), label=label, query_params=to_query(filters))


def _conflicts(t: Texts, filters: Filters, overview: Overview) -> None:
    """Where other public sources and the network do not agree; they are counted nowhere."""
    if not overview.conflicts:
        return
    st.header(t("evidence.conflicts"), anchor="andere-bronnen")
    st.markdown(t("evidence.start_more"))
    widgets.blocks(conflict_blocks(overview))
    label = t("evidence.all")
    st.page_link(session.page("sources"), label=label, query_params=to_query(filters))


def _documents(t: Texts, filters: Filters, overview: Overview) -> None:
    st.header(t("overview.documents"))
    st.markdown("\n".join(f"- {widgets.plain(line)}" for line in overview.documents))
    label = t("overview.all_sources")
    st.page_link(session.page("sources"), label=label, query_params=to_query(filters))
