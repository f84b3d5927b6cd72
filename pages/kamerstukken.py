"""New documents of parliament for editors: ask, fetch one into the review, or dismiss it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.subjects import letters
from dashboard.web import actions, session, widgets
from data.imports import drafts
from data.store.papers import DISMISSED, LONGEST_REASON, Entry
from geo.errors import DataError

MOST = 10  # of a list on the page
PART = "letters"  # of the page, for what is announced


def render(t: Texts) -> None:
    """Draw the block where parliament may be asked, else nothing; raises DataError."""
    if not snapshot.settings().open_data:
        return
    st.header(t("letters.title"))
    st.markdown(t("letters.intro"))
    listed = letters.letters()
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button(t("letters.ask"), key="letters_ask")
        st.caption(_last_time(t, listed.asked_at))
    if wanted:
        _ask(t)
    if sentence := session.announcement(PART):
        st.success(widgets.plain(sentence))
    if not listed.likely:
        st.markdown(t("letters.none"))
    _cards(t, listed.likely)
    if listed.others:
        with st.expander(t.count("letters.others", len(listed.others))):
            _cards(t, listed.others)
    if listed.settled:
        with st.expander(t.count("letters.settled", len(listed.settled))):
            _settled(t, listed.settled)


def _last_time(t: Texts, at: str) -> str:
    if not at:
        return t("letters.never")
    return t("letters.asked", date=t.date(at[:10]), time=at[11:16])


def _ask(t: Texts) -> None:
    try:
        with st.spinner(t("letters.asking")):
            arrivals = actions.look_for_papers()
    except DataError as error:
        widgets.refused(error, t)
        return
    new = t.count("letters.brought", arrivals.new) if arrivals.new else t("letters.brought_none")
    lost = t.count("letters.unreadable", arrivals.unreadable) if arrivals.unreadable else ""
    session.announce(f"{new} {lost}".strip(), PART)
    st.rerun()


def _cards(t: Texts, entries: Sequence[Entry]) -> None:
    for entry in entries[:MOST]:
        _card(t, entry)
    if len(entries) > MOST:
        st.caption(t("letters.more", n=MOST))


def _card(t: Texts, entry: Entry) -> None:
    """One paper: what it is, why it is here, and what can be done; its texts are a stranger's."""
    key = entry.paper.id
    with st.container(border=True):
        st.markdown(f"**{widgets.plain(entry.paper.name)}**")
        because = t("letters.because", why=letters.why(t, entry))
        st.markdown(f"{widgets.plain(letters.facts(t, entry))}  \n{widgets.plain(because)}")
        with st.container(horizontal=True):
            wanted = st.button(t("letters.fetch"), key=f"fetch_{key}")
            st.link_button(t("letters.read"), letters.address(entry), type="tertiary")
            with st.popover(t("letters.dismiss"), type="tertiary"):
                _dismiss(t, entry)
        if wanted:
            _fetch(t, entry)


def _fetch(t: Texts, entry: Entry) -> None:
    """Into the review, as if it was uploaded."""
    try:
        with st.spinner(t("letters.fetching", name=widgets.plain(entry.paper.number))):
            draft = drafts.begin(snapshot.store(), actions.fetch_paper(entry.paper.id))
            snapshot.reading(draft)
    except DataError as error:
        widgets.refused(error, t, about=entry.paper.number)
        return
    session.keep_draft(draft)
    st.rerun()


def _dismiss(t: Texts, entry: Entry) -> None:
    key = entry.paper.id
    st.markdown(t("letters.dismiss_text"))
    label = t("letters.dismiss_reason")
    reason = st.text_input(label, key=f"why_{key}", max_chars=LONGEST_REASON)
    by = widgets.by_whom(t, f"by_{key}")
    if st.button(t("letters.dismiss"), key=f"dismiss_{key}", disabled=not reason.strip()):
        sentence = t("letters.was_dismissed", name=entry.paper.name)
        _change(t, sentence, lambda: actions.dismiss_paper(key, by, reason))


def _settled(t: Texts, entries: Sequence[Entry]) -> None:
    keys = ("paper", "number", "became", "by_whom")
    headers = [t(f"letters.{name}") for name in keys]
    caption = t.count("letters.settled", len(entries))
    widgets.table(caption, headers, letters.settled_rows(t, entries))
    dismissed = {each.paper.id: each.paper for each in entries if each.state == DISMISSED}
    if not dismissed:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("letters.reopen_which"),
            list(dismissed),
            format_func=lambda key: widgets.plain(f"{dismissed[key].name} {dismissed[key].number}"),
            key="reopen_which",
        )
        if st.button(t("letters.reopen"), key="reopen"):
            sentence = t("letters.was_reopened", name=dismissed[chosen].name)
            _change(t, sentence, lambda: actions.reopen_paper(chosen))


def _change(t: Texts, sentence: str, act: Callable[[], None]) -> None:
    try:
        act()
    except DataError as error:
        widgets.refused(error, t)
        return
    session.announce(sentence, PART)
    st.rerun()
