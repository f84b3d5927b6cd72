"""The answer to a question of the reader, with its source and ways to read on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import snapshot
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.links import OF_A_PAGE
from dashboard.report import Cell, Map
from dashboard.snapshot import report_of
from dashboard.subjects.answers.asking import Lead, Reply
from dashboard.subjects.answers.index import index
from dashboard.subjects.answers.language import language_of
from dashboard.subjects.answers.question import read
from dashboard.subjects.answers.reply import answer
from dashboard.subjects.country import report as country
from dashboard.subjects.country.posts import located
from dashboard.subjects.gaps.report import Gaps
from dashboard.subjects.missions import places
from dashboard.subjects.missions.counts import Missions
from dashboard.web import drawing, session, widgets


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    [vraag] = OF_A_PAGE["search"]
    question = session.opened().get(vraag, "")
    language = language_of(read(question, index(filters.release)), t.language)
    reply = answer(texts_of(language), replace(filters, language=language), question)
    with st.container(key="answer"):
        with st.container(key="reply"):
            _reply(reply, filters)
            # For static/shell.js: an answer is in the language of its question.
            st.html(f"<span hidden data-reply-lang='{language}'></span>")
        if reply.beside:
            st.header(t("find.beside"))
            _questions(reply.beside)
        with widgets.guard(t):
            _map(t, filters, reply.leads)


def _reply(reply: Reply, filters: Filters) -> None:
    """The answer, what it rests on, and where to read on under the reader's choices."""
    st.title(widgets.plain(reply.title))
    for note in reply.notes:
        st.caption(widgets.plain(note))
    _questions(reply.choices)
    widgets.blocks(reply.blocks)
    for lead in reply.leads:
        query = session.link(lead.changed(filters), kept=("land",)) | dict(lead.parts)
        st.page_link(session.page(lead.page), label=lead.label, query_params=query)
    # Not as a lead: from a page to itself Streamlit leaves the address as it was.
    _questions(reply.further)


def _map(t: Texts, filters: Filters, leads: Sequence[Lead]) -> None:
    """The map on the page that the answer leads to; none where it leads to several."""
    if snapshot.store().release(filters.release)["network"] != "complete":
        return  # the answer is about another release
    of = [lead for lead in leads if lead.page in _MAPS]
    if len(of) != 1:
        return
    if block := _MAPS[of[0].page](t, of[0].changed(filters)):
        drawing.still_map(block, t.language)
        widgets.source_line(t, block.source, block.documents)


def _of_missions(t: Texts, filters: Filters) -> Map | None:
    missions = report_of(Missions, t, filters)
    return places.of(missions, missions.map_date).map() if missions.any else None


_MAPS: dict[str, Callable[[Texts, Filters], Map | None]] = {
    "coverage": map_blocks.world,
    "country": lambda t, filters: located(country.of(t, filters)),
    "gaps": lambda t, filters: report_of(Gaps, t, filters).map(),
    "missions": _of_missions,
}


def _questions(cells: Sequence[Cell]) -> None:
    """Links to other questions, below each other."""
    if cells:
        items = "".join(
            f"<li><a href='{escape(cell.href, quote=True)}' target='_self'>"
            f"{escape(cell.text)}</a></li>"
            for cell in cells
        )
        st.html(f"<ul class='leads'>{items}</ul>")


def box(t: Texts) -> None:
    """The search box: Enter leads to the answer, the key "/" to the box (static/start/slash.js)."""
    with st.container(key="find"), st.form("ask", border=False):
        st.text_input(
            t("find.label"),
            key=session.widget("w_find", session.opened().get("vraag", "")),
            placeholder=t("find.placeholder"),
            max_chars=200,
        )
        st.form_submit_button(t("find.button"), on_click=_ask, icon=":material/search:")


def _ask() -> None:
    session.open_on("search", vraag=session.value("w_find").strip())
    session.go_to("search")
