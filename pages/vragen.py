"""What a person must settle in a reading, one card for each question."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.subjects import review
from dashboard.web import session, widgets
from dashboard.wording import problem_text
from data.imports import drafts
from data.imports.drafts import Draft
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.reading.corrections import Correction
from geo.reading.result import DocumentReading

ROWS_IN_FULL = 3  # of those that one answer settles
AT_ONCE = 8  # cards on the page; a choice of every country for each of sixty would make it slow


def render(
    t: Texts, draft: Draft, reading: DocumentReading, questions: list[review.Question]
) -> None:
    """Draw the open questions with their answers, then what was decided; raises DataError."""
    earlier = review.used(drafts.remembered(snapshot.store(), draft), reading)
    if not (questions or draft.decisions or draft.corrections or earlier):
        return
    st.header(t("review.questions"))
    if not questions:
        st.markdown(t("review.questions_none"))
    elif any(question.asks in REMEMBERED for question in questions):
        st.caption(t("review.remembered"))
    for question in questions[:AT_ONCE]:
        with st.container(border=True, key=f"question_{question.id}"):
            _question(t, draft, reading, question)
    if len(questions) > AT_ONCE:
        st.caption(t.count("review.more_questions", len(questions) - AT_ONCE))
    decided(t, draft)
    _earlier(t, draft, earlier)


REMEMBERED = ("name", "organisation", "column")  # questions whose answers later annexes use


def _question(t: Texts, draft: Draft, reading: DocumentReading, question: review.Question) -> None:
    problem, names = question.problem, snapshot.names_in_order(t.language)
    left, right = st.columns([1, 1], vertical_alignment="center")
    with left:
        for each in (problem, *question.beside):
            printed = widgets.plain(f"“{each.printed}”") if each.printed else t("review.no_text")
            st.markdown(f"**{printed}** – {widgets.plain(problem_text(t, each, names))}")
        _places(t, question, reading)
        if question.asks == "row":
            st.caption(t("review.row_help", table=t("review.read")))
    if question.asks == "nothing":
        return
    options = review.answers(t, question, names, snapshot.region_names())
    with right, st.container(horizontal=True, vertical_alignment="bottom"):
        answer = _answer(t, question, options)
        if answer == review.SEVERAL:
            answer = _several(t, question, reading, names)
        reason = ""
        if review.needs_reason(answer):
            key = f"why_{question.id}"
            reason = st.text_input(t("review.why"), key=key, max_chars=200).strip()
        ready = answer is not None and bool(reason or not review.needs_reason(answer))
        if st.button(t("review.settle"), key=f"settle_{question.id}", disabled=not ready):
            assert answer is not None
            by = snapshot.settings().editor
            settle(t, draft, review.settled(question, answer, reason, by))


def _places(t: Texts, question: review.Question, reading: DocumentReading) -> None:
    """Where it stands: the printed rows, with the words that are in doubt marked in them."""
    problem, printed_rows = question.problem, review.contexts(question, reading)
    for row in printed_rows[:ROWS_IN_FULL]:
        parts = review.around(row, problem.printed, problem.field)
        before, words, behind = map(widgets.plain, parts)
        marked = f":orange-background[**{words}**]" if words else ""
        st.markdown(f"{before}{marked}{behind}")
    st.caption(widgets.plain(review.places(t, question)))
    if len(printed_rows) > 1:
        st.caption(t("review.holds_for", n=len(printed_rows)))


def _several(
    t: Texts, question: review.Question, reading: DocumentReading, names: dict[str, str]
) -> str | None:
    """The units that the person chooses as an answer; None for none yet."""
    codes = st.multiselect(
        t("review.units"),
        list(names),
        default=[code for code in review.chosen_units(question, reading) if code in names],
        format_func=lambda code: names[code],
        key=f"units_{question.id}",
        placeholder=t("review.choose"),
        width=420,
    )
    if not codes:
        return None
    return f"{'value' if question.asks == 'cell' else review.SEVERAL} {' '.join(codes)}"


def _answer(t: Texts, question: review.Question, options: dict[str, str]) -> str | None:
    """What the person chose or typed; None for nothing yet."""
    key = f"answer_{question.id}"
    if not options:
        typed = st.text_input(t("review.value"), key=key).strip()
        return f"value {typed}" if typed else None
    return st.selectbox(
        t("review.choice"),
        list(options),
        index=None,
        format_func=lambda choice: options[choice],
        key=key,
        placeholder=t("review.choose"),
        filter_mode="contains",
        width=300,
    )


def settle(t: Texts, draft: Draft, taken: list[Decision | Correction]) -> None:
    """Take an answer in, unless the reading cannot stand with it."""
    decisions = [each for each in taken if isinstance(each, Decision)]
    corrections = [each for each in taken if isinstance(each, Correction)]
    next_ = replace(
        draft,
        decisions=(*draft.decisions, *decisions),
        corrections=(*draft.corrections, *corrections),
    )
    try:
        snapshot.reading(next_)
    except DataError as error:
        widgets.refused(error, t)
        return
    session.keep_draft(next_)
    st.rerun()


def decided(t: Texts, draft: Draft) -> None:
    """What was decided and corrected in this review, each with the way back."""
    names = snapshot.names_in_order(t.language)
    answers: list[Decision | Correction] = [*draft.decisions, *draft.corrections]
    if not answers:
        return
    with st.expander(f"{t('review.decided')} ({len(answers)})", expanded=len(answers) <= AT_ONCE):
        for number, answer in enumerate(answers):
            _line(
                t,
                review.decision_text(t, answer, names),
                f"undo_{number}",
                review.without(draft, answer),
            )


def _earlier(t: Texts, draft: Draft, earlier: list[Decision]) -> None:
    """What was decided for an earlier document and is used here; it can be asked again."""
    if not earlier:
        return
    names = snapshot.names_in_order(t.language)
    with st.expander(f"{t('review.earlier')} ({len(earlier)})", expanded=True):
        for number, decision in enumerate(earlier):
            again = replace(draft, reopened=(*draft.reopened, decision.printed))
            _line(t, review.decision_text(t, decision, names), f"reopen_{number}", again)


def _line(t: Texts, text: str, key: str, back: Draft) -> None:
    """One decision, and the button that takes it back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(widgets.plain(text))
        go = partial(session.keep_draft, back)
        st.button(t("review.undo"), key=key, type="tertiary", on_click=go)
