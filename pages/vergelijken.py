"""Compare: two releases, or two sets of organisations, side by side on one map."""

from __future__ import annotations

import streamlit as st

from dashboard import asked, cache, comparison, figures, findings, state, widgets
from dashboard.comparison import Named, Told
from dashboard.filters import CHOICES, NOT_STATED_WORD, Filters
from dashboard.i18n import Words

SETS = ("NP+KMar", "GPI")


def render(t: Words, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    having = cache.releases().query("network != 'absent'")["release"]
    releases = list(having)[::-1]  # oldest first: what was stands left of what is
    left, right = _sides(filters)
    by_set = bool(left.organisations and right.organisations)
    above = st.container()  # filled when the map, which the reader waits for, is on its way
    without = [side.release for side in (left, right) if side.release not in releases]
    if without or left == right:
        with above:
            st.title(t("page.compare"))
            _choices(t, (left, right), by_set, releases)
            st.info(t("compare.no_network", release=without[0]) if without else t("compare.same"))
        return
    found = asked.comparison(left, right, filters.choice, t.language)
    told = Told(found.within(cache.in_area(filters.area)), left, right)
    _map(t, filters, Told(found, left, right))
    with above:
        st.title(findings.in_area(t, filters.area, told.headline(t)))
        _choices(t, (left, right), by_set, releases)
    for release in dict.fromkeys((left.release, right.release)):
        widgets.release_source(t, cache.store().release(release))
    _tables(t, filters, told)
    if left.release != right.release:
        _changes(t, left.release, right.release)


def _sides(filters: Filters) -> tuple[Named, Named]:
    """What the address asks for; the Dutch and the Belgian police where it asks nothing."""
    texts = filters.sides or SETS
    left, right = (comparison.named(text, filters.release) for text in texts)
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
        st.selectbox(label, options, key=state.widget(name, now), on_change=chosen)


def _map(t: Words, filters: Filters, told: Told) -> None:
    titles = told.titles(t)
    words = comparison.place_words(t, titles)
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


def _tables(t: Words, filters: Filters, told: Told) -> None:
    names, titles = cache.names(t.language), told.titles(t)
    left, right = st.columns([2, 3], gap="large")
    with left:
        widgets.table(t("compare.counts_caption"), *comparison.counts(t, told.found, titles))
    with right:
        st.markdown(widgets.plain("\n\n".join(told.sentences(t, names))))
    st.subheader(t("compare.table"))
    headers, rows = asked.differences(
        told.left, told.right, filters.choice, t.language, filters.area
    )
    if rows:
        widgets.table(t("compare.table"), headers, rows)
    else:
        st.markdown(t("compare.none"))


def _changes(t: Words, before: str, after: str) -> None:
    headers, rows, unknown = asked.between(before, after, t.language)
    title = t("compare.changes", a=before, b=after)
    st.subheader(title)
    st.caption(t("compare.changes_note"))
    if unknown:
        st.markdown(widgets.plain(t("compare.changes_unknown", what=unknown)))
    if rows:
        widgets.table(title, headers, rows)
    elif not unknown:
        st.markdown(t("compare.changes_none"))
