"""The ranking of the gaps with its weights and the reader's own figures; a part of `vlekken`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import snapshot
from dashboard.figures.charts.scene import COLOURS, component_roles
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.subjects.gaps import ranking as gap_ranking
from dashboard.subjects.gaps.report import Gaps
from dashboard.web import drawing, session, widgets
from data import indicators
from geo.errors import DataError
from geo.options import BASES, CURVES, UNKNOWNS
from geo.ranking import MOST, WEIGHTS


def ranking(t: Texts, gaps: Gaps) -> None:
    """Draw the ranking of what was found, with its weights beside it."""
    groups = gaps.groups
    heading = st.empty()  # what it says depends on the choice below it
    st.caption(widgets.plain(gap_ranking.note(t, gaps.scaling)))
    left, right = st.columns([5, 2], gap="large")
    codes: list[str] = []
    firm = ""
    with left, widgets.guard(t):
        codes = gaps.codes(_group(t, gaps.filters, groups))
        heading.header(gaps.heading(codes))
        if codes:
            st.html(_legend(t, *gaps.components(codes)))
            drawing.chart(t, gaps.chart(codes))
            firm = gap_ranking.firmness(t, gaps.sensitivity(codes), snapshot.names(t.language))
            st.markdown(widgets.plain(firm))
        elif groups:
            any_weight = any(gaps.weights.values())
            st.info(t("gaps.no_weight_some" if any_weight else "gaps.no_weight"))
    with right, widgets.guard(t):
        _sliders(t, gaps)
        indicators_of_reader(t, gaps)
    if codes and firm:
        with st.expander(t("gaps.firm")):
            heads, rows = gap_ranking.sensitivity(
                t, gaps.sensitivity(codes), snapshot.names(t.language)
            )
            widgets.table(t("gaps.firm"), heads, rows)
    with st.expander(t("gaps.how")):
        _how(t, gaps)


def _group(t: Texts, filters: Filters, groups: Mapping[str, set[str]]) -> set[str]:
    """The units that the reader wants to see ranked; nothing to choose where there is one group."""
    offered = [name for name in gap_ranking.GROUPS if name in groups]
    if len(offered) < len(gap_ranking.GROUPS):
        return groups[offered[0]] if offered else set()
    group = filters.ranked or offered[0]
    st.pills(
        t("gaps.ranked"),
        offered,
        required=True,
        format_func=lambda name: t(f"gaps.ranked_{name}"),
        label_visibility="collapsed",
        key=session.widget("w_ranked", group),
        on_change=lambda: session.change(ranked=session.value("w_ranked") or group),
    )
    return groups[group]


def _legend(t: Texts, named: dict[str, str], unknown: bool) -> str:
    """The colour of each component, for the pieces that have no room for a word.

    What is `unknown` is hatched.
    """
    roles = component_roles(list(named))
    grounds = [(named[name], COLOURS[role]) for name, role in roles.items()]
    if unknown:
        bars = f"{COLOURS['supposed']} 0 1px,transparent 1px 4px"
        grounds.append((t("gaps.legend_unknown"), f"repeating-linear-gradient(135deg,{bars})"))
    marks = [
        f"<li><i style='display:inline-block;width:.8em;height:.8em;background:{ground};"
        f"border:1px solid rgb(128 128 128 / 70%)'></i> {escape(word)}</li>"
        for word, ground in grounds
    ]
    return f"<ul class='legend'>{''.join(marks)}</ul>"


def _sliders(t: Texts, gaps: Gaps) -> None:
    weights = gaps.weights
    st.markdown(f"**{t('gaps.weights')}**", help=t("gaps.weights_note"))

    def changed() -> None:
        chosen = {name: session.value(f"w_weight_{name}") for name in WEIGHTS}
        other = tuple((name, n) for name, n in chosen.items() if n != WEIGHTS[name])
        session.change(weights=other)

    for name in WEIGHTS:
        _slider(t, name, weights[name], t(f"gaps.help_{name}"), changed)
    for name in gaps.own.columns if gaps.own else []:
        _slider(t, name, weights[name], t("gaps.help_own"), _indicators_changed)
    if gaps.filters.weights:
        st.button(t("gaps.reset"), on_click=lambda: session.change(weights=()), type="tertiary")
    _scale(t, gaps, "unknown", UNKNOWNS)
    words = escape(gap_ranking.weighing(t, weights))
    st.html(f"<div class='on-paper'><p>{words}</p></div>")  # a slider has no place there


def _scale(t: Texts, gaps: Gaps, field: str, options: Sequence[str]) -> None:
    """A choice of `geo.ranking.Scaling`, as pills of which one is always on."""
    chosen = getattr(gaps.filters.scaling, field)
    key = f"w_scale_{field}"

    def changed() -> None:
        scaling = replace(gaps.filters.scaling, **{field: session.value(key) or chosen})
        session.change(scaling=scaling)

    st.pills(
        t(f"gaps.{field}_counts"),
        options,
        required=True,
        format_func=lambda word: t(f"gaps.{field}_{word}"),
        help=t(f"gaps.{field}_help"),
        key=session.widget(key, chosen),
        on_change=changed,
    )


def _slider(t: Texts, name: str, weight: int, about: str, changed: Callable[[], None]) -> None:
    st.slider(
        widgets.plain(gap_ranking.component(t, name)),
        0,
        MOST,
        key=session.widget(f"w_weight_{name}", weight),
        on_change=changed,
        help=about,
    )


def _indicators_changed() -> None:
    indicators = session.indicators()
    session.keep_weights(
        {n: session.value(f"w_weight_{n}") for n in indicators.columns} if indicators else {}
    )


def indicators_of_reader(t: Texts, gaps: Gaps) -> None:
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
        _indicators_summary(t, gaps, own)
        _indicators_scale(t, gaps, own)
        with st.container(horizontal=True):
            content = indicators.as_csv(gaps.figures, snapshot.names(t.language))
            name = f"{own.name.rpartition('.')[0]}.csv"
            st.download_button(t("gaps.own_download"), content, name, "text/csv")
            st.button(t("gaps.own_remove"), on_click=lambda: session.keep_indicators(None))


def _indicators_summary(t: Texts, gaps: Gaps, figures_file: indicators.Indicators) -> None:
    """What was read of the file, of which year, what was skipped, and where it says nothing."""
    drawing, listed = gaps.figures, gaps.gaps["iso3"]
    values = {
        "file": figures_file.name,
        "countries": len(drawing),
        "names": t.listing(figures_file.columns),
    }
    lines = [t("gaps.own_loaded", **values), gap_ranking.dated(t, figures_file, gaps.filters)]
    lines += gap_ranking.unread(t, figures_file)
    for name in figures_file.columns:
        with_figure = set(drawing.loc[drawing[name].notna(), "iso3"])
        lacking = sum(code not in with_figure for code in listed)
        if lacking:
            lines.append(t("gaps.own_missing", name=name, n=lacking, of=len(listed)))
    year = gaps.filters.year
    if year and figures_file.year(year) is None:
        lines.append(t("gaps.own_no_year", year=year))
    if gaps.scaling != gaps.filters.scaling:
        lines.append(t("gaps.own_no_log"))
    st.caption("  \n".join(widgets.plain(f"{line.rstrip('.')}.") for line in lines if line))


def _indicators_scale(t: Texts, gaps: Gaps, figures_file: indicators.Indicators) -> None:
    """How the figures become 0 to 1, and of which year they are."""
    _scale(t, gaps, "basis", BASES)
    _scale(t, gaps, "curve", CURVES)
    if len(figures_file.reading.years) < 2:
        return
    year = figures_file.year(gaps.filters.year)
    st.selectbox(
        t("gaps.own_year"),
        ["", *map(str, figures_file.reading.years)],
        format_func=lambda word: word or t("gaps.own_year_newest"),
        key=session.widget("w_own_year", str(year or "")),
        on_change=lambda: session.change(year=session.value("w_own_year")),
    )


def _receive(key: str) -> None:
    """Read a file once, when it is given: it is opened in a process of its own."""
    upload = session.value(key)
    if upload is None:
        return
    try:
        session.keep_indicators(indicators.received(upload.name, upload.getvalue()))
    except DataError as error:
        session.refuse("own", error)


def _how(t: Texts, gaps: Gaps) -> None:
    st.markdown(t("gaps.how_text"))
    heads, rows = gap_ranking.severities(t)
    widgets.table(t("gaps.severity"), heads, rows, show_caption=True)
    widgets.source_line(
        t, t("gaps.how_sources", missions=gaps.missions_source, priority=gaps.priority_source)
    )
