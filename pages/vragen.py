"""What a person must settle in a reading, one card for each question."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import cache, review, state, widgets
from dashboard.i18n import Words
from data import drafts
from data.drafts import Draft
from geo.corrections import Correction
from geo.decisions import Decision
from geo.errors import DataError
from geo.reading import DocumentReading


def render(t: Words, draft: Draft, found: DocumentReading, asked: list[review.Question]) -> None:
    """Draw every open question with its answers, then what was decided; raises DataError."""
    if not (asked or draft.decisions or draft.corrections):
        return
    st.subheader(t("review.questions"))
    if not asked:
        st.markdown(t("review.questions_none"))
    for question in asked:
        with st.container(border=True, key=f"question_{question.id}"):
            _question(t, draft, found, question)
    _decided(t, draft)


def _question(t: Words, draft: Draft, found: DocumentReading, question: review.Question) -> None:
    problem = question.problem
    printed = widgets.plain(f"“{problem.printed}”") if problem.printed else t("review.no_text")
    st.markdown(f"**{printed}** – {widgets.plain(t.known(problem.message))}")
    places = "; ".join(review.place(t, where) for where in question.where)
    st.caption(widgets.plain(": ".join(filter(None, (places, review.context(question, found))))))
    if question.asks == "nothing":
        return
    names = cache.names_in_order(t.language)
    options = review.answers(t, question, names, cache.region_names())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        answer = _answer(t, question, options)
        reason = ""
        if review.needs_reason(answer):
            key = f"why_{question.id}"
            reason = st.text_input(t("review.why"), key=key, max_chars=200, width=320).strip()
        ready = answer is not None and bool(reason or not review.needs_reason(answer))
        if st.button(t("review.settle"), key=f"settle_{question.id}", disabled=not ready):
            assert answer is not None
            _settle(t, draft, review.settled(question, answer, reason))


def _answer(t: Words, question: review.Question, options: dict[str, str]) -> str | None:
    """What the person chose or typed; None for nothing yet."""
    key = f"answer_{question.id}"
    if not options:
        typed = st.text_input(t("review.value"), key=key, width=420).strip()
        return f"value {typed}" if typed else None
    return st.selectbox(
        t("review.choice"),
        list(options),
        index=None,
        format_func=lambda choice: options[choice],
        key=key,
        placeholder=t("review.choose"),
        filter_mode="contains",
        width=420,
    )


def _settle(t: Words, draft: Draft, made: Decision | Correction) -> None:
    """Take an answer in, unless the reading cannot stand with it."""
    if isinstance(made, Decision):
        next_ = replace(draft, decisions=(*draft.decisions, made))
    else:
        next_ = replace(draft, corrections=(*draft.corrections, made))
    try:
        drafts.read(cache.store(), next_)
    except DataError as error:
        widgets.fault(error, t, elsewhere=False)
        return
    state.keep_draft(next_)
    st.rerun()


def _decided(t: Words, draft: Draft) -> None:
    names = cache.names_in_order(t.language)
    taken: list[Decision | Correction] = [*draft.decisions, *draft.corrections]
    if not taken:
        return
    st.markdown(f"**{t('review.decided')}**")
    for number, made in enumerate(taken):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(widgets.plain(review.said(t, made, names)))
            st.button(
                t("review.undo"),
                key=f"undo_{number}",
                type="tertiary",
                on_click=lambda made=made: state.keep_draft(review.without(draft, made)),
            )
