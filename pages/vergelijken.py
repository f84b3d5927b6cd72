"""Compare: two releases, or two sets of organisations, side by side on one map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import asked, cache, comparison, figures, findings, state, widgets
from dashboard.comparison import Told
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Words
from dashboard.sides import Named, named
from geo.errors import DataError
from geo.schemas import NOT_STATED_WORD

SETS = ("NP+KMar", "GPI")


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    having = cache.releases().query("network != 'absent'")["release"]
    releases = list(having)[::-1]  # oldest first: what was stands left of what is
    left, right = _sides(filters)
    by_set = bool(left.organisations and right.organisations)
    above = st.container()  # filled when the map, which the reader waits for, is on its way
    if left == right or any(side.release not in releases for side in (left, right)):
        with above:
            st.title(t("page.compare"))
            _choices(t, (left, right), by_set, releases)
            _why_not(t, (left, right))
        return
    found = asked.comparison(left, right, filters.choice, t.language)
    here, called = found.within(cache.in_area(filters.area)), asked.called(t.language)
    told = Told(here, left, right, filters.organisations, called)
    _map(t, filters, replace(told, found=found))
    with above:
        st.title(findings.in_area(t, filters.area, told.headline(t)))
        _choices(t, (left, right), by_set, releases)
        if by_set and filters.organisations:
            st.caption(t("compare.set_filter"))
    for release in dict.fromkeys((left.release, right.release)):
        widgets.release_source(t, cache.store().release(release))
    _tables(t, filters, told)
    if left.release != right.release:
        _changes(t, left.release, right.release)


def _why_not(t: Words, sides: tuple[Named, Named]) -> None:
    """Says what keeps these sides from being compared."""
    for side in sides:
        try:
            release = cache.store().release(side.release)
        except DataError as error:  # withdrawn, or never there
            widgets.refused(error, t)
            return
        if release["network"] == "absent":
            st.info(t("compare.no_network", release=side.release))
            return
    st.info(t("compare.same"))


def _sides(filters: Filters) -> tuple[Named, Named]:
    """What the address asks for; the Dutch and the Belgian police where it asks nothing."""
    texts = filters.sides or SETS
    left, right = (named(text, filters.release) for text in texts)
    return left, right


def _choices(t: Words, sides: tuple[Named, Named], by_set: bool, releases: list[str]) -> None:
    """Two documents or two sets; changing one side keeps the other."""
    kinds = {"sets": SETS, "releases": (releases[0], releases[-1])}
    top, left, right = st.columns([3, 4, 4], vertical_alignment="bottom")
    with top:
        st.segmented_control(
            t("compare.what"),
            list(kinds),
            format_func=lambda kind: t(f"compare.{kind}"),
            key=state.widget("w_compare_kind", "sets" if by_set else "releases"),
            on_change=lambda: state.change(sides=kinds.get(state.value("w_compare_kind"), SETS)),
        )
    for place, column in enumerate((left, right)):
        with column:
            _side(t, place, sides, by_set, releases)


def _side(
    t: Words, place: int, sides: tuple[Named, Named], by_set: bool, releases: list[str]
) -> None:
    name = f"w_compare_{place}"
    label = t(("compare.left", "compare.right")[place])
    texts = [side.text for side in sides]

    def chosen() -> None:
        value = state.value(name)
        if by_set:
            value = "+".join(who or NOT_STATED_WORD for who in CHOICES if who in value)
        if value:  # a side without organisations is no side
            state.change(sides=(value, texts[1]) if place == 0 else (texts[0], value))

    if by_set:
        st.pills(
            label,
            CHOICES,
            selection_mode="multi",
            format_func=lambda who: t(f"short.{who or 'not_stated'}"),
            key=state.widget(name, list(sides[place].organisations)),
            on_change=chosen,
        )
    else:
        now = texts[place]
        options = releases if now in releases else [now, *releases]
        called = asked.called(t.language)
        st.selectbox(
            label,
            options,
            format_func=lambda release: called.get(release, release),
            key=state.widget(name, now),
            on_change=chosen,
        )


def _map(t: Words, filters: Filters, told: Told) -> None:
    titles = told.titles(t)
    words = comparison.place_words(t, told)
    drawn = comparison.drawn(told.found)
    figures.topic_map(
        t,
        filters,
        drawn,
        [name for name in comparison.DRAWN if (drawn["state"] == name).any()],
        words={
            **{name: words[name] for name in ("both", "left", "right", "unknown")},
            "none": words["neither"],
            "title": t("compare.map_title"),
        },
        notes=comparison.notes(t, told.found, titles),
    )
    if told.sets:
        st.caption(t("compare.set_note"))


def _tables(t: Words, filters: Filters, told: Told) -> None:
    names = cache.names(t.language)
    left, right = st.columns([2, 3], gap="large")
    with left:
        widgets.table(t("compare.counts_caption"), *comparison.counts(t, told))
    with right:
        st.markdown(widgets.plain("\n\n".join(told.sentences(t, names))))
    if all(told.found.complete):
        _where(t, filters, told, both=False)
        with st.expander(t("compare.table_both")):
            _rows(t, filters, told, both=True)
    else:  # what is certain comes first
        _where(t, filters, told, both=True)
        _where(t, filters, told, both=False)


def _where(t: Words, filters: Filters, told: Told, both: bool) -> None:
    st.header(_title(t, told, both))
    _rows(t, filters, told, both)


def _title(t: Words, told: Told, both: bool) -> str:
    if both:
        return t("compare.table_both")
    return t("compare.table" if all(told.found.complete) else "compare.table_partial")


def _rows(t: Words, filters: Filters, told: Told, both: bool) -> None:
    about = (told.left, told.right, filters.choice, t.language, filters.area)
    headers, rows = asked.differences(*about, both)
    if rows:
        widgets.table(_title(t, told, both), headers, rows)
    else:
        st.markdown(t("compare.none_both" if both else "compare.none"))


def _changes(t: Words, before: str, after: str) -> None:
    headers, rows, unknown = asked.between(before, after, t.language)
    called = asked.called(t.language)
    then, now = (called[release] for release in asked.in_time(before, after))
    title = t("compare.changes", a=then, b=now)
    st.header(title)
    st.caption(t("compare.changes_note"))
    if rows:
        widgets.table(title, headers, rows)
    if unknown:
        st.markdown(widgets.plain(t("compare.changes_unknown", what=unknown)))
    elif not rows:
        st.markdown(t("compare.changes_none"))
