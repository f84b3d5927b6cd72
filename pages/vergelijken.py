"""Compare: two releases, or two sets of organisations, side by side on one map."""

from __future__ import annotations

import streamlit as st

from dashboard import snapshot, wording
from dashboard.document_names import release_name, release_within
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Texts
from dashboard.report import Table
from dashboard.snapshot import report_of
from dashboard.subjects.comparison.differences import TABLE, Named, on_both
from dashboard.subjects.comparison.report import (
    READY,
    SETS,
    Compared,
    compared,
    compares_sets,
    pair,
)
from dashboard.web import drawing, session, widgets
from geo.errors import DataError
from geo.schemas import NOT_STATED_WORD


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    known = snapshot.releases()
    having = known.loc[known["network"] != "absent", "release"]
    releases = list(having)[::-1]  # oldest first: what was stands left of what is
    left, right = pair(filters)
    by_set = compares_sets(filters)
    above = st.container()
    gone = any(side.release not in releases for side in (left, right))
    if gone or left == right or on_both(left, right):
        with above:
            st.title(t("page.compare"))
            _choices(t, (left, right), by_set, releases)
            _why_not(t, (left, right))
        return
    comparison = report_of(compared, t, filters)

    def top() -> None:
        st.title(comparison.title)
        _choices(t, (left, right), by_set, releases)
        if by_set and filters.organisations:
            st.caption(t("compare.set_filter"))

    def draw() -> None:
        drawing.explained_map(comparison.map())
        if comparison.pair.sets:
            st.caption(t("compare.set_note"))

    drawing.below(top, draw, above)
    for release in comparison.releases:
        widgets.release_source(t, snapshot.store().release(release))
    _tables(t, comparison)
    _changes(t, comparison)


def _why_not(t: Texts, sides: tuple[Named, Named]) -> None:
    """Says what keeps these sides from being compared."""
    for side in sides:
        try:
            release = snapshot.store().release(side.release)
        except DataError as error:  # withdrawn, or never there
            widgets.refused(error, t)
            return
        if release["network"] == "absent":
            st.info(t("compare.no_network", release=release_within(t, side.release)))
            return
    repeated = [] if sides[0] == sides[1] else on_both(*sides)
    who = t.listing([wording.organisation(t, name) for name in repeated])
    st.info(t("compare.shared", who=who) if repeated else t("compare.same"))


def _choices(t: Texts, sides: tuple[Named, Named], by_set: bool, releases: list[str]) -> None:
    """Two documents or two sets; changing one side keeps the other."""
    kinds = {"sets": SETS, "releases": (releases[0], releases[-1])}
    controls = st.container(key="compare_controls")
    with controls:
        top, left, right = st.columns([7, 8, 8], vertical_alignment="bottom")
    with top:
        st.segmented_control(
            t("compare.what"),
            list(kinds),
            format_func=lambda kind: t(f"compare.{kind}"),
            key=session.widget("w_compare_kind", "sets" if by_set else "releases"),
            on_change=lambda: session.change(
                sides=kinds.get(session.value("w_compare_kind"), SETS)
            ),
        )
        widgets.fold(t("compare.fold"))
    for place, column in enumerate((left, right)):
        with column:
            _side(t, place, sides, by_set, releases)
    if by_set:
        with controls:
            _ready(t, sides)
            st.caption(t("compare.shared_note"))


def _ready(t: Texts, sides: tuple[Named, Named]) -> None:
    """Pairs of sets that one press puts side by side."""
    now = sides[0].text, sides[1].text

    def label(pair: tuple[str, str]) -> str:
        one, other = (side.replace("+", " + ") for side in pair)
        return t("compare.against", one=one, other=other)

    def compare() -> None:
        session.change(sides=session.value("w_compare_ready") or now)

    st.pills(
        t("compare.ready"),
        READY,
        format_func=label,
        key=session.widget("w_compare_ready", now if now in READY else None),
        on_change=compare,
        label_visibility="collapsed",
    )


def _side(
    t: Texts, place: int, sides: tuple[Named, Named], by_set: bool, releases: list[str]
) -> None:
    name = f"w_compare_{place}"
    label = t(("compare.left", "compare.right")[place])
    texts = [side.text for side in sides]

    def chosen() -> None:
        value = session.value(name)
        if by_set:
            value = "+".join(who or NOT_STATED_WORD for who in CHOICES if who in value)
        if value:  # a side without organisations is no side
            session.change(sides=(value, texts[1]) if place == 0 else (texts[0], value))

    if by_set:
        chosen_here, elsewhere = (sides[each].organisations for each in (place, 1 - place))
        st.pills(
            label,
            [who for who in CHOICES if who in chosen_here or who not in elsewhere],
            selection_mode="multi",
            format_func=lambda who: t(f"short.{who or 'not_stated'}"),
            key=session.widget(name, list(chosen_here)),
            on_change=chosen,
        )
    else:
        now = texts[place]
        options = releases if now in releases else [now, *releases]
        st.selectbox(
            label,
            options,
            format_func=lambda release: release_name(t, release),
            key=session.widget(name, now),
            on_change=chosen,
        )


def _tables(t: Texts, compared: Compared) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        widgets.blocks([compared.counts()])
    with right:
        widgets.blocks(compared.sentences)
    for both in compared.order:
        if both and all(compared.pair.comparison.complete):
            with st.expander(compared.heading(both)):
                widgets.blocks([compared.where(both)])
        else:
            st.header(compared.heading(both), anchor=False if both else TABLE)
            where = compared.where(both)
            if isinstance(where, Table):
                widgets.top_table(t, where)
            else:
                widgets.blocks([where])


def _changes(t: Texts, compared: Compared) -> None:
    if changes := compared.changes():
        st.header(changes.heading)
        st.caption(t("compare.changes_note"))
        for block in changes.blocks:
            if isinstance(block, Table):
                widgets.top_table(t, block)
            else:
                widgets.blocks([block])
