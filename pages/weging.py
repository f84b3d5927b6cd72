"""The ranking of the gaps with its weights and the reader's own figures; a part of `vlekken`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html import escape

import pandas as pd
import streamlit as st

from dashboard import cache, figures, gap_answers, gap_ranking, gap_rows, state, widgets
from dashboard.charts.gaps import OPEN, colours, stacked
from dashboard.filters import Filters
from dashboard.i18n import Words
from data import indicators
from data.indicators import Indicators
from geo.errors import DataError
from geo.ranking import MOST, OWN, WEIGHTS, Ranking, as_drawn

FIRST = 12  # bars of the chart; the table has all


def ranking(t: Words, filters: Filters, found: pd.DataFrame, empty: Collection[str]) -> Ranking:
    """Draw the ranking of `found`, rows of `geo.gaps`, and return that of every unit.

    `empty` are the units where nobody lives; they are not ranked.
    """
    own = state.indicators()
    weights = _weights(filters, own)
    ranked = gap_answers.ranking(filters, own, tuple(sorted(weights.items())))
    groups = gap_ranking.groups(found, cache.reference("units"), empty)
    heading = st.empty()  # what it says depends on the choice below it
    st.caption(t("gaps.ranking_note"))
    left, right = st.columns([5, 2], gap="large")
    with left, widgets.guard(t):
        codes = _codes(ranked, _group(t, groups))
        names = cache.names(t.language)
        heading.header(gap_ranking.heading(t, ranked, codes, names))
        if codes:
            _chart(t, filters, ranked, codes)
        elif groups:
            st.info(t("gaps.no_weight_some" if any(weights.values()) else "gaps.no_weight"))
    with right, widgets.guard(t):
        _sliders(t, filters, own, weights)
        own_figures(t)
    with st.expander(t("gaps.how")):
        _how(t, filters)
    return ranked


def _group(t: Words, groups: Mapping[str, set[str]]) -> set[str]:
    """The units that the reader wants to see ranked; nothing to choose where there is one group."""
    offered = [name for name in gap_ranking.GROUPS if name in groups]
    if len(offered) < len(gap_ranking.GROUPS):
        return groups[offered[0]] if offered else set()
    chosen = st.pills(
        t("gaps.ranked"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda name: t(f"gaps.ranked_{name}"),
        label_visibility="collapsed",
        key="ranked",
    )
    return groups[chosen or offered[0]]


def _codes(ranked: Ranking, group: Collection[str]) -> list[str]:
    """Those of the group that have a score, in order."""
    scores = ranked.scores
    return list(scores.loc[scores["iso3"].isin(group) & scores["score"].notna(), "iso3"])


def _weights(filters: Filters, own: Indicators | None) -> dict[str, int]:
    names = own.columns if own else []
    given = dict.fromkeys(names, OWN) | {
        name: weight for name, weight in state.own_weights().items() if name in names
    }
    return WEIGHTS | dict(filters.weights) | given


def _chart(t: Words, filters: Filters, ranked: Ranking, codes: list[str]) -> None:
    names = gap_ranking.named(t, cache.names(t.language), cache.reference("units"))
    shown = codes[:FIRST]
    heads = {
        code: f"<b>{escape(head)}</b>{escape(more)}"
        for code, (head, more) in gap_ranking.heads(t, ranked, shown, names).items()
    }
    drawn = as_drawn(ranked)
    drawn = drawn[drawn["iso3"].isin(shown)]
    kind = drawn[drawn["component"] == "kind"].set_index("iso3")["value"]
    kinds = {iso3: t(f"gaps.kind_{kind[iso3]}") for iso3 in shown}
    adds = drawn[drawn["normalised"].notna() & drawn["part"].gt(0)]
    components = [
        name for name in dict.fromkeys(drawn["component"]) if name in set(adds["component"])
    ]
    named = {name: gap_ranking.component(t, name) for name in components}
    unknown = drawn.loc[drawn["normalised"].isna(), "part"].gt(0).any()
    st.html(_legend(named, t("gaps.legend_unknown") if unknown else ""))
    # A figure takes HTML, and the names of the reader's own columns may hold anything.
    safe = {name: escape(word) for name, word in named.items()}
    figure = stacked(drawn, shown, heads, safe, kinds, t)
    headers, rows = gap_rows.parts(t, ranked, codes, names)
    said = gap_ranking.alternative(t, ranked, shown, names)
    source = t("gaps.how_sources", missions=_missions(t, filters))
    figures.chart(t, "gaps", figure, said, headers, rows, source)


def _legend(named: dict[str, str], unknown: str) -> str:
    """The colour of each component, for the pieces that have no room for a word.

    `unknown` is the word for what is hatched, or empty.
    """
    grounds = [(named[name], colour) for name, (colour, _) in colours(list(named)).items()]
    if unknown:
        bars = f"{OPEN} 0 1px,transparent 1px 4px"
        grounds.append((unknown, f"repeating-linear-gradient(135deg,{bars})"))
    marks = [
        f"<li><i style='display:inline-block;width:.8em;height:.8em;background:{ground};"
        f"border:1px solid rgb(128 128 128 / 70%)'></i> {escape(word)}</li>"
        for word, ground in grounds
    ]
    return f"<ul class='legend'>{''.join(marks)}</ul>"


def _missions(t: Words, filters: Filters) -> str:
    release = cache.store().release(filters.release)
    if release["missions"] != "complete":
        return t("gaps.missions_unknown")
    date = t.date(release["missions_as_of"])
    return t("gaps.missions_known", document=release["document"], date=date)


def _sliders(t: Words, filters: Filters, own: Indicators | None, weights: dict[str, int]) -> None:
    st.markdown(f"**{t('gaps.weights')}**", help=t("gaps.weights_note"))

    def changed() -> None:
        chosen = {name: state.value(f"w_weight_{name}") for name in WEIGHTS}
        other = tuple((name, n) for name, n in chosen.items() if n != WEIGHTS[name])
        state.change(weights=other)

    for name in WEIGHTS:
        _slider(t, name, weights[name], t(f"gaps.help_{name}"), changed)
    for name in own.columns if own else []:
        _slider(t, name, weights[name], t("gaps.help_own"), _own_changed)
    if filters.weights:
        st.button(t("gaps.reset"), on_click=lambda: state.change(weights=()), type="tertiary")


def _slider(t: Words, name: str, weight: int, about: str, changed: Callable[[], None]) -> None:
    st.slider(
        widgets.plain(gap_ranking.component(t, name)),
        0,
        MOST,
        key=state.widget(f"w_weight_{name}", weight),
        on_change=changed,
        help=about,
    )


def _own_changed() -> None:
    own = state.indicators()
    state.keep_own_weights({n: state.value(f"w_weight_{n}") for n in own.columns} if own else {})


def own_figures(t: Words) -> None:
    """Where the reader gives figures of their own, or takes them away."""
    own = state.indicators()
    with st.expander(t("gaps.own"), expanded=own is not None):
        if own is None:
            st.caption(t("gaps.own_note"))
            key = f"own_{state.uploads()}"
            st.file_uploader(
                t("gaps.own_upload"),
                type=list(indicators.KINDS),
                key=key,
                max_upload_size=indicators.LARGEST // 1_000_000,
                on_change=lambda: _receive(key),
            )
            if error := state.refused("own"):
                widgets.refused(error, t, about=error.where)
            return
        st.caption(
            widgets.plain(
                t(
                    "gaps.own_loaded",
                    file=own.name,
                    countries=len(own.frame),
                    names=t.listing(own.columns),
                )
            )
        )
        with st.container(horizontal=True):
            content = indicators.as_csv(own.frame, cache.names(t.language))
            name = f"{own.name.rpartition('.')[0]}.csv"
            st.download_button(t("gaps.own_download"), content, name, "text/csv")
            st.button(t("gaps.own_remove"), on_click=lambda: state.keep_indicators(None))


def _receive(key: str) -> None:
    """Read a file once, when it is given: it is opened in a process of its own."""
    given = state.value(key)
    if given is None:
        return
    try:
        state.keep_indicators(indicators.received(given.name, given.getvalue()))
    except DataError as error:
        state.refuse("own", error)


def _how(t: Words, filters: Filters) -> None:
    st.markdown(t("gaps.how_text"))
    heads, rows = gap_rows.severities(t)
    widgets.table(t("gaps.severity"), heads, rows, show_caption=True)
    widgets.source_line(t, t("gaps.how_sources", missions=_missions(t, filters)))
