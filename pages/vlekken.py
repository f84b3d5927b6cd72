"""The gaps: where nobody serves or the cover is thin, on the map, in order, and out of how many."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import (
    cache,
    figures,
    findings,
    gap_answers,
    gap_ranking,
    gap_rows,
    gap_sources,
    gaps,
    records,
    state,
    widgets,
)
from dashboard.filters import Filters, to_query
from dashboard.i18n import Words
from geo.gaps import KINDS, counts, untellable
from pages import weging


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = cache.store().release(filters.release)
    if release["network"] != "complete":
        _unknown(t, release)
        return
    frame = gap_answers.gaps(filters)
    found = gaps.shown(frame, filters, cache.in_area(filters.area))
    chosen = gap_answers.rows(filters)
    everyone = gap_answers.rows(filters, everyone=True)
    printed = gap_sources.cited(found, chosen, everyone)
    names, units = cache.names(t.language), cache.reference("units")
    untold = untellable(cache.releases(), filters.release)
    people = cache.reference("populations").set_index("iso3")["population"]
    empty = gaps.uninhabited(people)
    st.title(gaps.title(t, found, filters, units, untold, empty))
    asked = printed if "partner_only" in filters.kinds else chosen
    for line in gaps.lead(t, found, units, names, asked, empty):
        st.markdown(widgets.plain(line))
    _chips(t, filters, frame, untold)
    flexible = gap_answers.flexible(filters)
    missions = {}
    if release["missions"] == "complete":
        missions = gaps.in_missions(t, cache.deployments(filters.release), names)
    notes = gaps.notes(t, frame, flexible, chosen, everyone, missions)
    _map(t, filters, frame, notes)
    _source(t, filters, release)
    if found.empty:
        with widgets.guard(t):
            _denominators(t, filters)
        with widgets.guard(t):
            weging.own_figures(t)
        return
    with widgets.guard(t):
        ranking = weging.ranking(t, filters, found, empty)
    with widgets.guard(t):
        _denominators(t, filters)
    with widgets.guard(t):
        st.header(t("gaps.list"))
        order, of = gap_ranking.listed(ranking, units, empty), filters.organisations
        shown = gap_ranking.named(t, names, units)
        heads, rows = gap_rows.listed(t, found, order, shown, people, notes, printed, of)
        ranked = order["score"].notna().any()
        note = t.count(f"gaps.list_note{'' if ranked else '_unranked'}", len(rows))
        widgets.table(note, heads, rows, show_caption=True)
        _source(t, filters, release)


def _unknown(t: Words, release: pd.Series) -> None:
    """Of a release without a network, or with a part of it, no gap is ever shown."""
    if release["network"] == "absent":
        st.title(t("page.gaps"))
        widgets.no_network(t)
        return
    st.title(t("gaps.title_unknown"))
    st.info(t("gaps.partial"))
    newest = cache.store().default_release()
    st.button(t("coverage.choose_other"), on_click=lambda: state.change(release=newest))
    widgets.release_source(t, release)


def _chips(t: Words, filters: Filters, frame: pd.DataFrame, untold: set[str]) -> None:
    inside = frame[frame["iso3"].isin(cache.in_area(filters.area))]
    counted = counts(inside["kinds"])
    named = gaps.chips(t, {kind: None if kind in untold else n for kind, n in counted.items()})
    st.pills(
        t("gaps.chips"),
        list(KINDS),
        selection_mode="multi",
        format_func=lambda kind: named[kind],
        key=state.widget("w_kinds", list(filters.kinds)),
        on_change=lambda: state.change(
            kinds=tuple(kind for kind in KINDS if kind in state.value("w_kinds"))
        ),
        wrap=True,
    )
    lines = [f"{t(f'gaps.kind_{kind}')}: {t(f'gaps.about_{kind}')}." for kind in filters.kinds]
    for kind, key in (("lost", "no_earlier"), ("mission_without_liaison", "no_missions")):
        if kind in filters.kinds and kind in untold:
            lines.append(t(f"gaps.{key}"))
    st.caption("  \n".join(map(widgets.plain, lines)) or t("gaps.choose_kind"))


def _map(t: Words, filters: Filters, frame: pd.DataFrame, notes: dict[str, str]) -> None:
    area = cache.in_area(filters.area) if filters.area else None
    drawn = gaps.drawn(frame, filters.kinds, area)
    legend = [kind for kind in gaps.DRAWN if kind in filters.kinds]
    legend += ["covered", *(["none"] if filters.area else []), "home"]
    words = {"title": t("gaps.map_title")}
    if filters.area:
        words["none"] = t("gaps.outside", area=t.area(filters.area))
    if filters.area and filters.view == Filters("").view:
        filters = replace(filters, view=cache.view_of(filters.area))
    figures.topic_map(t, filters, drawn, legend, height=480, words=words, notes=notes)
    if filters.land is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        row = records.find(frame, filters.land)
        land = cache.names(t.language)[filters.land]
        kinds = [t(f"gaps.kind_{kind}") for kind in (row or {"kinds": []})["kinds"]]
        said = t(
            "gaps.selected" if kinds else "gaps.selected_none", land=land, kinds=t.listing(kinds)
        )
        note = notes.get(filters.land, "")
        more = f" {note[:1].upper()}{note[1:]}." if note else ""
        st.markdown(f"**{widgets.plain(said)}**{widgets.plain(more)}")
        label, query = t("control.open_dossier"), to_query(filters)
        st.page_link(state.page("country"), label=label, query_params=query)
        st.button(t("control.clear"), on_click=lambda: state.change(land=None), type="tertiary")


def _title(t: Words, document: str) -> str:
    return str(cache.documents().loc[document, f"title_{t.language}"])


def _source(t: Words, filters: Filters, release: pd.Series) -> None:
    postings = cache.network(filters.release).postings
    document = f"{_title(t, release['document'])} ({findings.date_note(t, release)})"
    parts = [gap_sources.source(t, postings, filters, document)]
    if release["missions"] == "complete":
        told = {"document": release["document"], "date": t.date(release["missions_as_of"])}
        parts.append(t("gaps.officers_source", **told))
    widgets.source_line(t, " ".join(parts))


def _denominators(t: Words, filters: Filters) -> None:
    st.header(t("gaps.denominators"))
    st.caption(t("gaps.denominators_note"))
    with st.expander(t("gaps.denominators_fold")):
        st.markdown(t("gaps.denominators_columns"))
    table = gap_answers.denominators(filters)
    of = findings.of_whom(t, filters.organisations)
    continents = set(table["continent"])
    if not filters.area:
        heads, rows = gap_rows.denominators(t, table, filters, "continent")
        widgets.table(t("gaps.denominators") + of, heads, rows)
    heads, rows = gap_rows.denominators(t, table, filters, "subregion")
    if filters.area and filters.area not in continents:
        widgets.table(t("gaps.subregions") + of, heads, rows)
    else:
        with st.expander(t("gaps.subregions"), expanded=bool(filters.area)):
            widgets.table(t("gaps.subregions") + of, heads, rows)
    tables = gap_sources.tables(t, cache.network(filters.release).postings, filters.choice)
    widgets.source_line(t, t("gaps.denominators_source", document=filters.release, table=tables))
