"""The ranking of the gaps with its weights and the reader's own figures; a part of `vlekken`."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from dashboard import cache, figures, gap_answers, gap_rows, gaps, state, widgets
from dashboard.charts.gaps import colours, stacked
from dashboard.filters import Filters
from dashboard.i18n import Words
from data import indicators
from data.indicators import Indicators
from geo.errors import DataError
from geo.ranking import MOST, OWN, WEIGHTS, Ranking

FIRST = 12  # bars of the chart; the table has all


def ranking(t: Words, filters: Filters, found: pd.DataFrame) -> Ranking:
    """Draw the ranking of `found`, rows of `geo.gaps`, and return that of every unit."""
    own = state.indicators()
    weights = _weights(filters, own)
    ranked = gap_answers.ranking(filters, own, tuple(sorted(weights.items())))
    st.subheader(t("gaps.ranking"))
    st.caption(t("gaps.ranking_note"))
    left, right = st.columns([5, 2], gap="large")
    with left, widgets.guard(t):
        _chart(t, filters, ranked, found)
    with right, widgets.guard(t):
        _sliders(t, filters, own, weights)
        _own(t, own)
    with st.expander(t("gaps.how")):
        _how(t, filters)
    return ranked


def _weights(filters: Filters, own: Indicators | None) -> dict[str, int]:
    names = own.columns if own else []
    given = dict.fromkeys(names, OWN) | {
        name: weight for name, weight in state.own_weights().items() if name in names
    }
    return WEIGHTS | dict(filters.weights) | given


def _chart(t: Words, filters: Filters, ranked: Ranking, found: pd.DataFrame) -> None:
    names = cache.names(t.language)
    scores = ranked.scores[ranked.scores["iso3"].isin(found["iso3"])]
    codes = list(scores["iso3"])
    shown = codes[:FIRST]
    untold = scores.set_index("iso3")["unknown"]
    heads = {}
    for place, (iso3, score) in enumerate(scores[["iso3", "score"]].head(FIRST).to_numpy(), 1):
        said = t("gaps.no_score") if pd.isna(score) else t.number(float(score))
        unknown = t.listing([gaps.component(t, name).lower() for name in untold[iso3]])
        more = f" ({t('gaps.head_unknown', names=unknown)})" if unknown else ""
        heads[iso3] = f"{place}. <b>{escape(names[iso3])}  {said}</b>{escape(more)}"
    worst = ranked.parts[ranked.parts["component"] == "kind"].set_index("iso3")["value"]
    kinds = {iso3: t(f"gaps.kind_{worst[iso3]}") for iso3 in shown}
    components = list(dict.fromkeys(ranked.parts["component"]))
    named = {name: gaps.component(t, name) for name in components}
    st.html(_legend(named))
    # A figure takes HTML, and the names of the reader's own columns may hold anything.
    safe = {name: escape(word) for name, word in named.items()}
    figure = stacked(ranked.parts, shown, heads, safe, kinds, t)
    headers, rows = gap_rows.parts(t, ranked, codes, names)
    said = gaps.alternative(t, ranked, shown, names)
    source = t("gaps.how_sources", missions=_missions(t, filters))
    figures.chart(t, "gaps", figure, said, headers, rows, source)


def _legend(named: dict[str, str]) -> str:
    """The colour of each component, for the pieces that have no room for a word."""
    marks = [
        f"<li><i style='display:inline-block;width:.8em;height:.8em;background:{colour};"
        f"border:1px solid rgb(128 128 128 / 70%)'></i> {escape(named[name])}</li>"
        for name, (colour, _) in colours(list(named)).items()
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
        widgets.plain(gaps.component(t, name)),
        0,
        MOST,
        key=state.widget(f"w_weight_{name}", weight),
        on_change=changed,
        help=about,
    )


def _own_changed() -> None:
    own = state.indicators()
    state.keep_own_weights({n: state.value(f"w_weight_{n}") for n in own.columns} if own else {})


def _own(t: Words, own: Indicators | None) -> None:
    with st.expander(t("gaps.own"), expanded=own is not None):
        if own is None:
            st.caption(t("gaps.own_note"))
            key = f"own_{state.uploads()}"
            given = st.file_uploader(t("gaps.own_upload"), type=list(indicators.KINDS), key=key)
            if given is not None:
                _receive(t, given.name, given.getvalue())
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


def _receive(t: Words, name: str, content: bytes) -> None:
    try:
        state.keep_indicators(indicators.received(name, content))
    except DataError as error:
        widgets.refused(error, t, about=name)
        return
    st.rerun()


def _how(t: Words, filters: Filters) -> None:
    st.markdown(t("gaps.how_text"))
    heads, rows = gap_rows.severities(t)
    widgets.table(t("gaps.severity"), heads, rows, show_caption=True)
    widgets.source_line(t, t("gaps.how_sources", missions=_missions(t, filters)))
