"""What if: a scenario of posts that close, move or come, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import snapshot, wording
from dashboard.document_names import release_name
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Table, Text
from dashboard.subjects.scenario import report as scenario_report
from dashboard.subjects.scenario.report import WhatIf
from dashboard.web import drawing, session, widgets
from geo.errors import DataError
from geo.scenario import WHERE, parse
from pages import scenario


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    release = snapshot.store().release(filters.release)
    if release["network"] != "complete":
        _nothing(t, release)
        return
    head = st.container()
    refused = _fault(t, filters)
    filters = _beside(t, filters)
    what_if = scenario_report.of(t, replace(filters, scenario="") if refused else filters)
    chosen = what_if.scenario

    def above() -> None:
        if refused:
            _refused(t, filters, refused)
        _head(t, what_if)
        scenario.controls(t, what_if)

    drawing.below(above, lambda: drawing.explained_map(what_if.map()), head)
    widgets.release_source(t, release)
    if chosen.changes:
        _tables(t, what_if)
        _paste(t, what_if)
    _sides(t, filters, what_if)
    with st.container(key="keep"):
        scenario.keep(t, chosen)


def _nothing(t: Texts, release: pd.Series) -> None:
    """Of a part of the posts no scenario can tell what it does."""
    st.title(t("whatif.headline"))
    if release["network"] == "absent":
        widgets.no_network(t)
        return
    st.info(t("whatif.partial"))
    newest = snapshot.store().default_release()
    st.button(t("whatif.choose_other"), on_click=lambda: session.change(release=newest))


def _fault(t: Texts, filters: Filters) -> DataError | None:
    """Why the scenario of the address cannot be applied; mostly None."""
    try:
        scenario_report.of(t, filters)
    except DataError as error:
        if error.where != WHERE:  # the release itself cannot be read
            raise
        return error
    return None


def _beside(t: Texts, filters: Filters) -> Filters:
    """The choices without the scenario beside this one, and why, where it cannot be applied."""
    if filters.beside:
        try:
            scenario_report.valid_scenario(filters.beside, filters.release)
        except DataError:
            st.warning(widgets.plain(t("sides.refused")))
            return replace(filters, beside="")
    return filters


def _sides(t: Texts, filters: Filters, what_if: WhatIf) -> None:
    """Today, this scenario and the one beside it; how one is put there."""
    changes, beside = what_if.scenario.changes, filters.beside
    if not (changes or beside):
        return
    beyond = what_if.beyond() if changes else None
    st.header(beyond.heading if beyond else t("sides.title"))
    if beyond:
        _noted(t, beyond.blocks)
    else:
        lines = scenario_report.lines(t, parse(beside), what_if.printed)
        st.info(widgets.plain(t("sides.waiting", lines="; ".join(lines))))
    with st.container(horizontal=True):
        if changes and not beside:
            st.button(
                t("sides.put"),
                on_click=lambda: session.change(beside=filters.scenario, scenario=""),
            )
        if beside:
            st.button(
                t("sides.swap"),
                on_click=lambda: session.change(beside=filters.scenario, scenario=beside),
            )
            st.button(
                t("sides.remove"), on_click=lambda: session.change(beside=""), type="tertiary"
            )


def _refused(t: Texts, filters: Filters, error: DataError) -> None:
    """Says why the scenario of the address is not applied, and offers its own release."""
    try:
        release = parse(filters.scenario).release
    except DataError:
        release = filters.release
    if release != filters.release and release in set(snapshot.releases()["release"]):
        st.warning(
            widgets.plain(
                t(
                    "whatif.other_release",
                    release=release_name(t, release),
                    shown=release_name(t, filters.release),
                )
            )
        )
        st.button(
            t("whatif.go_release", release=release_name(t, release)),
            on_click=lambda: session.change(release=release),
        )
        return
    value = f" ({error.value})" if error.value else ""
    reason, advice = wording.error_text(t, error)
    why = f"{reason}{value}. {advice}."
    st.warning(widgets.plain(t("whatif.dropped", why=why[:1].upper() + why[1:])))


def _head(t: Texts, what_if: WhatIf) -> None:
    """What the scenario does, in a title and sentences; without one what the page is for."""
    if not what_if.scenario.changes:
        st.title(t("whatif.headline"))
        st.markdown(t("whatif.intro"))
        return
    st.badge(t("whatif.label"), color="orange")
    # A link may have called the scenario anything.
    st.title(what_if.titled(widgets.plain(what_if.about)))
    st.markdown(widgets.plain(" ".join(what_if.sentences)))


def _tables(t: Texts, what_if: WhatIf) -> None:
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header(t("whatif.printed"))
        widgets.blocks([what_if.quoted()])
    with right:
        st.header(t("whatif.counts"))
        _noted(t, what_if.counts())
    if areas := what_if.areas():
        st.header(t("whatif.areas"))
        _noted(t, areas)
    st.header(t("whatif.affected"))
    _noted(t, what_if.affected())
    if blocks := what_if.takeover_posts():
        st.header(t("planning.takers_closed"))
        _noted(t, blocks)


def _paste(t: Texts, what_if: WhatIf) -> None:
    """The paragraph to paste, behind a fold: it is made when a reader opens that."""
    with st.expander(t("ready.heading"), key="whatif_paste", on_change="rerun") as fold:
        if fold.open:
            widgets.paste(what_if.paste(), folded=False)


def _noted(t: Texts, blocks: Sequence[Block]) -> None:
    """Tables, with what is counted in them in small letters."""
    for block in blocks:
        if isinstance(block, Text) and block.kind == "note":
            st.caption(block.text)
        elif isinstance(block, Table):
            widgets.top_table(t, block)
        else:
            widgets.blocks([block])
