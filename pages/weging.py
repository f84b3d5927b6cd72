"""The ranking of the gaps with its weights and the reader's own figures; a part of `vlekken`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import snapshot
from dashboard.figures.charts.gaps import OPEN, colours
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.subjects.gaps import ranking as gap_ranking
from dashboard.subjects.gaps.report import Gaps
from dashboard.web import drawing, session, widgets
from data import indicators
from geo.errors import DataError
from geo.ranking import BASES, CURVES, MOST, UNKNOWNS, WEIGHTS


def ranking(t: Words, found: Gaps) -> None:
    """Draw the ranking of what was found, with its weights beside it."""
    groups = found.groups
    heading = st.empty()  # what it says depends on the choice below it
    st.caption(widgets.plain(gap_ranking.note(t, found.scaling)))
    left, right = st.columns([5, 2], gap="large")
    codes: list[str] = []
    firm = ""
    with left, widgets.guard(t):
        codes = found.codes(_group(t, found.filters, groups))
        heading.header(found.heading(codes))
        if codes:
            st.html(_legend(t, *found.components(codes)))
            drawing.chart(t, found.chart(codes))
            firm = gap_ranking.firmness(t, found.sensitivity(codes), snapshot.names(t.language))
            st.markdown(widgets.plain(firm))
        elif groups:
            any_weight = any(found.weights.values())
            st.info(t("gaps.no_weight_some" if any_weight else "gaps.no_weight"))
    with right, widgets.guard(t):
        _sliders(t, found)
        own_figures(t, found)
    if codes and firm:
        with st.expander(t("gaps.firm")):
            heads, rows = gap_ranking.sensitivity(
                t, found.sensitivity(codes), snapshot.names(t.language)
            )
            widgets.table(t("gaps.firm"), heads, rows)
    with st.expander(t("gaps.how")):
        _how(t, found)


def _group(t: Words, filters: Filters, groups: Mapping[str, set[str]]) -> set[str]:
    """The units that the reader wants to see ranked; nothing to choose where there is one group."""
    offered = [name for name in gap_ranking.GROUPS if name in groups]
    if len(offered) < len(gap_ranking.GROUPS):
        return groups[offered[0]] if offered else set()
    shown = filters.ranked or offered[0]
    st.pills(
        t("gaps.ranked"),
        offered,
        required=True,
        format_func=lambda name: t(f"gaps.ranked_{name}"),
        label_visibility="collapsed",
        key=session.widget("w_ranked", shown),
        on_change=lambda: session.change(ranked=session.value("w_ranked") or shown),
    )
    return groups[shown]


def _legend(t: Words, named: dict[str, str], unknown: bool) -> str:
    """The colour of each component, for the pieces that have no room for a word.

    What is `unknown` is hatched.
    """
    grounds = [(named[name], colour) for name, (colour, _) in colours(list(named)).items()]
    if unknown:
        bars = f"{OPEN} 0 1px,transparent 1px 4px"
        grounds.append((t("gaps.legend_unknown"), f"repeating-linear-gradient(135deg,{bars})"))
    marks = [
        f"<li><i style='display:inline-block;width:.8em;height:.8em;background:{ground};"
        f"border:1px solid rgb(128 128 128 / 70%)'></i> {escape(word)}</li>"
        for word, ground in grounds
    ]
    return f"<ul class='legend'>{''.join(marks)}</ul>"


def _sliders(t: Words, found: Gaps) -> None:
    weights = found.weights
    st.markdown(f"**{t('gaps.weights')}**", help=t("gaps.weights_note"))

    def changed() -> None:
        chosen = {name: session.value(f"w_weight_{name}") for name in WEIGHTS}
        other = tuple((name, n) for name, n in chosen.items() if n != WEIGHTS[name])
        session.change(weights=other)

    for name in WEIGHTS:
        _slider(t, name, weights[name], t(f"gaps.help_{name}"), changed)
    for name in found.own.columns if found.own else []:
        _slider(t, name, weights[name], t("gaps.help_own"), _own_changed)
    if found.filters.weights:
        st.button(t("gaps.reset"), on_click=lambda: session.change(weights=()), type="tertiary")
    _scale(t, found, "unknown", UNKNOWNS)


def _scale(t: Words, found: Gaps, field: str, words: Sequence[str]) -> None:
    """A choice of `geo.ranking.Scaling`, as pills of which one is always on."""
    chosen = getattr(found.filters.scaling, field)
    key = f"w_scale_{field}"

    def changed() -> None:
        scaling = replace(found.filters.scaling, **{field: session.value(key) or chosen})
        session.change(scaling=scaling)

    st.pills(
        t(f"gaps.{field}_counts"),
        words,
        required=True,
        format_func=lambda word: t(f"gaps.{field}_{word}"),
        help=t(f"gaps.{field}_help"),
        key=session.widget(key, chosen),
        on_change=changed,
    )


def _slider(t: Words, name: str, weight: int, about: str, changed: Callable[[], None]) -> None:
    st.slider(
        widgets.plain(gap_ranking.component(t, name)),
        0,
        MOST,
        key=session.widget(f"w_weight_{name}", weight),
        on_change=changed,
        help=about,
    )


def _own_changed() -> None:
    own = session.indicators()
    session.keep_own_weights(
        {n: session.value(f"w_weight_{n}") for n in own.columns} if own else {}
    )


def own_figures(t: Words, found: Gaps) -> None:
    """Where the reader gives figures of their own, or takes them away."""
    own = session.indicators()
    with st.expander(t("gaps.own"), expanded=own is not None):
        if own is None:
            st.caption(t("gaps.own_note"))
            key = f"own_{session.uploads()}"
            widgets.uploader(
                t("gaps.own_upload"),
                list(indicators.KINDS),
                key,
                indicators.LARGEST // 1_000_000,
                on_change=lambda: _receive(key),
            )
            if error := session.refused("own"):
                widgets.refused(error, t, about=error.where)
            return
        _own_read(t, found, own)
        _own_scale(t, found, own)
        with st.container(horizontal=True):
            content = indicators.as_csv(found.figures, snapshot.names(t.language))
            name = f"{own.name.rpartition('.')[0]}.csv"
            st.download_button(t("gaps.own_download"), content, name, "text/csv")
            st.button(t("gaps.own_remove"), on_click=lambda: session.keep_indicators(None))


def _own_read(t: Words, found: Gaps, own: indicators.Indicators) -> None:
    """What was read of the file, of which year, what was skipped, and where it says nothing."""
    drawing, listed = found.figures, found.found["iso3"]
    told = {"file": own.name, "countries": len(drawing), "names": t.listing(own.columns)}
    lines = [t("gaps.own_loaded", **told), gap_ranking.dated(t, own, found.filters)]
    lines += gap_ranking.unread(t, own)
    for name in own.columns:
        known = set(drawing.loc[drawing[name].notna(), "iso3"])
        lacking = sum(code not in known for code in listed)
        if lacking:
            lines.append(t("gaps.own_missing", name=name, n=lacking, of=len(listed)))
    year = found.filters.year
    if year and own.year(year) is None:
        lines.append(t("gaps.own_no_year", year=year))
    if found.scaling != found.filters.scaling:
        lines.append(t("gaps.own_no_log"))
    st.caption("  \n".join(widgets.plain(f"{line.rstrip('.')}.") for line in lines if line))


def _own_scale(t: Words, found: Gaps, own: indicators.Indicators) -> None:
    """How the figures become 0 to 1, and of which year they are."""
    _scale(t, found, "basis", BASES)
    _scale(t, found, "curve", CURVES)
    if len(own.reading.years) < 2:
        return
    year = own.year(found.filters.year)
    st.selectbox(
        t("gaps.own_year"),
        ["", *map(str, own.reading.years)],
        format_func=lambda word: word or t("gaps.own_year_newest"),
        key=session.widget("w_own_year", str(year or "")),
        on_change=lambda: session.change(year=session.value("w_own_year")),
    )


def _receive(key: str) -> None:
    """Read a file once, when it is given: it is opened in a process of its own."""
    given = session.value(key)
    if given is None:
        return
    try:
        session.keep_indicators(indicators.received(given.name, given.getvalue()))
    except DataError as error:
        session.refuse("own", error)


def _how(t: Words, found: Gaps) -> None:
    st.markdown(t("gaps.how_text"))
    heads, rows = gap_ranking.severities(t)
    widgets.table(t("gaps.severity"), heads, rows, show_caption=True)
    widgets.source_line(t, t("gaps.how_sources", missions=found.missions_source))
