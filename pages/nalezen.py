"""A reading under review: what to decide, what was read, what would change; then yes or no."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import snapshot, theme
from dashboard.document_names import release_name
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts, sentence
from dashboard.subjects import review
from dashboard.subjects.comparison import changes
from dashboard.web import actions, drawing, session, widgets
from dashboard.wording import problem_text
from data.documents.annex import AS_OF
from data.documents.dates import iso_date
from data.imports import drafts
from data.imports.drafts import Draft
from data.load import reference
from geo.errors import DataError
from geo.reading.result import DocumentReading
from pages import gelezen, vragen


def render(t: Texts, filters: Filters, draft: Draft) -> None:
    """Draw the review of `draft`; raises DataError."""
    now = snapshot.store().revision()
    try:
        reading = snapshot.reading(draft)
    except DataError as error:  # what others did since may have made an answer impossible
        st.title(t("review.headline_stuck", name=widgets.plain(draft.upload.name)))
        widgets.refused(error, t)
        vragen.decided(t, draft)
        st.button(t("review.cancel"), on_click=lambda: session.keep_draft(None))
        return
    questions = review.questions(reading, draft.upload.sha256)
    open_ = review.open_count(reading, questions)
    name = widgets.plain(draft.upload.name)
    if open_:
        st.title(t.count("review.headline_open", open_, name=name))
    else:
        postings = t.count("review.n_postings", len(reading.postings))
        missions = t.count("review.n_missions", len(reading.deployments))
        st.title(t("review.headline_ready", name=name, postings=postings, missions=missions))
    if now != draft.seen:
        st.warning(t("review.changed_meanwhile"))
    if session.unkept():
        st.warning(t("review.unkept"))
    _file(t, draft, reading)
    with widgets.guard(t):
        vragen.render(t, draft, reading, questions)
    with widgets.guard(t):
        _warnings(t, reading)
    with widgets.guard(t):
        gelezen.render(t, draft, reading)
    with widgets.guard(t):
        same = _changes(t, filters, draft, reading)
        _confirm(t, draft, reading, open_, same)
    # Only now has the person seen the difference from the store as it is.
    if session.draft() is draft and now != draft.seen:
        session.keep_draft(replace(draft, seen=now))


def _file(t: Texts, draft: Draft, reading: DocumentReading) -> None:
    """Which file it is, for which dates it holds, and the way out."""
    upload = draft.upload
    size, short = max(1, round(upload.size / 1000)), upload.sha256[:12]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("review.file", name=widgets.plain(upload.name), size=size, sha=short))
        st.button(t("review.cancel"), on_click=lambda: session.keep_draft(None))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        network_as_of, missions_as_of = drafts.dates(draft, reading)
        if reading.network != "absent" or not missions_as_of:
            _date(t, "as_of", draft.as_of or network_as_of or "", draft)
        if reading.missions != "absent":
            _date(t, "missions_as_of", missions_as_of or "", draft)
        if reading.network != "absent":
            st.checkbox(
                t("review.partial"),
                key=session.widget("w_partial", draft.partial),
                on_change=lambda: _go_on(replace(draft, partial=bool(session.value("w_partial")))),
                help=t("review.partial_help"),
            )
    for problem in reading.errors:
        if problem.field == AS_OF:
            printed = f"“{problem.printed}” – " if problem.printed else ""
            st.error(widgets.plain(sentence(f"{printed}{problem_text(t, problem, {})}")))


def _date(t: Texts, field: str, text: str, draft: Draft) -> None:
    """A reference date that may be corrected; it is written in any of the usual ways."""
    key = f"w_{field}"

    def changed() -> None:
        date = iso_date(session.value(key))
        _go_on(
            replace(draft, as_of=date) if field == "as_of" else replace(draft, missions_as_of=date)
        )

    st.text_input(
        t(f"review.{field}"),
        key=session.widget(key, text),
        on_change=changed,
        help=t("review.as_of_help"),
        max_chars=20,
        width=260,
    )


def _go_on(draft: Draft) -> None:
    session.keep_draft(draft)


def _warnings(t: Texts, reading: DocumentReading) -> None:
    """Remarks: those that could hide a fault stand open, the others are folded away."""
    heads = [t(f"column.{name}") for name in ("where", "printed", "message", "suggestions")]
    names = snapshot.names_in_order(t.language)
    faults = [problem for problem in reading.warnings if review.hides_a_fault(problem)]
    others = [problem for problem in reading.warnings if not review.hides_a_fault(problem)]
    if faults:
        listed = review.problems(t, faults, names)
        title = t.count("review.check", len(listed))
        st.subheader(title)
        widgets.table(title, heads, listed)
    if others:
        listed = review.problems(t, others, names)
        title = t.count("review.warnings", len(listed))
        with st.expander(title):
            widgets.table(title, heads, listed)


def _changes(t: Texts, filters: Filters, draft: Draft, reading: DocumentReading) -> str:
    """What would change, as a list and on the map; returns the release that says the same."""
    st.header(t("review.changes"))
    difference = drafts.compare(snapshot.store(), reading)
    since = [r for r in (difference.network_since, difference.missions_since) if r]
    if not since:
        st.markdown(t("review.changes_first"))
        return ""
    releases = t.listing([release_name(t, each) for each in dict.fromkeys(since)])
    heads, listed = changes.change_table(t, difference.changes, snapshot.names(t.language))
    text = "review.changes_since" if listed else "review.changes_none"
    st.markdown(widgets.plain(f"{t(text, release=releases)} {changes.summary(listed)}"))
    if difference.changes.unknown:
        st.caption(t("review.changes_unknown", what=changes.silences(t, difference.changes)))
    if difference.network_since and reading.network == "complete":
        before = snapshot.network(difference.network_since, t.language)
        after = drafts.network(reading, "")
        drawn = changes.states(reference("units"), before, after)
        counts = drawn["state"].value_counts()
        gained, lost = (int(counts.get(state_, 0)) for state_ in ("gained", "lost"))
        st.markdown(f"**{t.count('review.changes_map', gained, lost=lost)}**")
        legend, source = (*theme.CHANGES, "none"), draft.upload.name
        block = map_blocks.topic(t, filters, drawn, legend, key="changes", source=source)
        drawing.explained_map(block, height=480)
    if listed:
        widgets.table(t("review.changes"), heads, listed)
    return "" if listed or difference.changes.unknown else releases


def _confirm(t: Texts, draft: Draft, reading: DocumentReading, open_: int, same: str) -> None:
    st.header(t("review.confirm_title"))
    if open_:
        st.info(t("review.confirm_open"))
        return
    if same:
        st.warning(t("review.same", release=same))
    st.markdown(t("review.confirm_text"))
    by = widgets.by_whom(t, "by_import")
    take_in = partial(_take_in, t, draft, reading, by)
    st.button(t("review.confirm"), type="primary", on_click=take_in)
    if error := session.refused("confirm"):
        widgets.refused(error, t)


def _take_in(t: Texts, draft: Draft, reading: DocumentReading, by: str) -> None:
    """Store the release; in a callback, which a second click cannot interrupt halfway."""
    if session.draft() is not draft:
        return  # the first of two clicks did it
    try:
        release = actions.take_in(draft, reading, by)
    except DataError as error:
        session.refuse("confirm", error)
        return
    newest = snapshot.store().default_release()
    session.keep_draft(None)
    session.change(release=release)
    done = "data.done" if newest == release else "data.done_older"
    session.announce(t(done, release=release_name(t, release), newest=release_name(t, newest)))
