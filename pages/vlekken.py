"""The gaps: where nobody serves or coverage is thin, on the map, in order, out of how many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import records, snapshot, wording
from dashboard.filters import Filters, to_query
from dashboard.i18n import Texts
from dashboard.snapshot import report_of
from dashboard.subjects.gaps import report as gaps_report
from dashboard.subjects.gaps import wording as gap_wording
from dashboard.subjects.gaps.report import Gaps
from dashboard.web import drawing, session, widgets
from geo.gaps import counts
from geo.options import KINDS
from pages import weging


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] != "complete":
        _incomplete(t, release)
        return
    indicators = session.indicators()
    # A reader's own figures are nobody else's.
    gaps = (
        Gaps(t, filters, indicators, session.weights())
        if indicators
        else report_of(Gaps, t, filters)
    )

    def above() -> None:
        st.title(gaps.title)
        for line in gaps.lead:
            widgets.sentence(line)
        with st.container(key="gap_controls"):
            _chips(t, filters, gaps)

    drawing.below(
        above, lambda: drawing.explained_map(gaps.map(), height=480, anchor="witte-vlekken")
    )
    _selected(t, filters, gaps)
    widgets.source_line(t, gaps.source, [gaps.release["document"]])
    if gaps.gaps.empty:
        with widgets.guard(t):
            _denominators(t, filters, gaps)
        with widgets.guard(t):
            weging.indicators_of_reader(t, gaps)
        return
    with widgets.guard(t):
        weging.ranking(t, gaps)
    with widgets.guard(t):
        _denominators(t, filters, gaps)
    with widgets.guard(t):
        st.header(t("gaps.list"))
        widgets.long_table(t, gaps_report.listed(gaps), 12)
    with widgets.guard(t):
        widgets.paste(gaps.paste())


def _incomplete(t: Texts, release: pd.Series) -> None:
    """Of a release without a network, or with a part of it, no gap is ever shown."""
    if release["network"] == "absent":
        st.title(t("page.gaps"))
        widgets.no_network(t)
        return
    st.title(t("gaps.title_unknown"))
    st.info(t("gaps.partial"))
    newest = snapshot.store().default_release()
    st.button(t("coverage.choose_other"), on_click=lambda: session.change(release=newest))
    widgets.release_source(t, release)


def _chips(t: Texts, filters: Filters, gaps: Gaps) -> None:
    inside = gaps.frame[gaps.frame["iso3"].isin(snapshot.in_area(filters.area))]
    counted, silent = counts(inside["kinds"]), gaps.silent_kinds
    # What the documents cannot tell is not offered; a link may have asked for it.
    offered = [kind for kind in KINDS if kind not in silent or kind in filters.kinds]
    named = gap_wording.chips(
        t, {kind: None if kind in silent else counted[kind] for kind in offered}
    )
    several = len(filters.kinds) > 1 or bool(st.session_state.get("w_several"))

    key = "w_kinds" if several else "w_kind"

    def chosen() -> None:
        picked = session.value(key)
        picked = [picked] if isinstance(picked, str) else picked or []
        session.change(kinds=tuple(kind for kind in KINDS if kind in picked))

    st.pills(
        t("gaps.chips"),
        offered,
        selection_mode="multi" if several else "single",
        format_func=lambda kind: named[kind],
        key=session.widget(key, _picked(filters.kinds, several)),
        on_change=chosen,
        wrap=True,
    )
    lines = [f"{t(f'gaps.kind_{kind}')}: {t(f'gaps.about_{kind}')}." for kind in filters.kinds]
    for kind, why in (("lost", "no_earlier"), ("mission_without_liaison", "no_missions")):
        if kind in filters.kinds and kind in silent:
            lines.append(t(f"gaps.{why}"))
    toggle = session.widget("w_several", several)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.toggle(t("gaps.several"), key=toggle, on_change=partial(_one_kind, filters))
        st.caption("  \n".join(map(widgets.plain, lines)) or t("gaps.choose_kind"), width="stretch")


def _picked(kinds: Sequence[str], several: bool) -> list[str] | str | None:
    """The chosen kinds as the buttons hold them: one by itself, or a list."""
    if several:
        return list(kinds)
    return kinds[0] if kinds else None


def _one_kind(filters: Filters) -> None:
    """Where no more are combined the first of the kinds is left."""
    if not st.session_state["w_several"] and len(filters.kinds) > 1:
        session.change(kinds=filters.kinds[:1])


def _selected(t: Texts, filters: Filters, gaps: Gaps) -> None:
    """The chosen country in one line, below the map."""
    if filters.land is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        row = records.find(gaps.frame, filters.land)
        land = snapshot.names(t.language)[filters.land]
        of = wording.of_no_choice(t, filters.choice)  # partner_only is a fact of the whole network
        kinds = [
            t(f"gaps.kind_{kind}") + ("" if kind == "partner_only" else of)
            for kind in (row or {"kinds": []})["kinds"]
        ]
        summary = t(
            "gaps.selected" if kinds else "gaps.selected_none", land=land, kinds=t.listing(kinds)
        )
        note = gaps.notes.get(filters.land, "")
        more = f" {note[:1].upper()}{note[1:]}." if note else ""
        st.markdown(f"**{widgets.plain(summary)}**{widgets.plain(more)}")
        label, query = t("control.open_dossier"), to_query(filters)
        st.page_link(session.page("country"), label=label, query_params=query)
        st.button(t("control.clear"), on_click=lambda: session.change(land=None), type="tertiary")


def _denominators(t: Texts, filters: Filters, gaps: Gaps) -> None:
    st.header(t("gaps.denominators"))
    st.caption(t("gaps.denominators_note"))
    with st.expander(t("gaps.denominators_fold")):
        st.markdown(t("gaps.denominators_columns"))
    *above, subregions = gaps_report.denominators(gaps)
    for table in above:
        widgets.table(table.title, table.headers, table.rows)
    if filters.area and filters.area not in snapshot.areas():
        widgets.table(subregions.title, subregions.headers, subregions.rows)
    else:
        with st.expander(t("gaps.subregions"), expanded=bool(filters.area)):
            widgets.table(subregions.title, subregions.headers, subregions.rows)
    widgets.source_line(t, subregions.source, subregions.documents)
