"""A reading under review: what to decide, what was read, what would change; then yes or no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, changes, review, state, widgets
from dashboard.i18n import Words
from dashboard.state import Filters
from data import drafts, ledger
from data.drafts import Draft
from geo.errors import DataError
from geo.reading import DocumentReading
from geo.schemas import LEADS, NOT_STATED, ORGANISATIONS
from pages import vragen


def render(t: Words, filters: Filters, draft: Draft) -> None:
    """Draw the review of `draft`; raises DataError."""
    now = cache.store().revision()
    found = cache.reading(draft, now)
    asked = review.questions(found)
    name = draft.upload.name
    if found.errors:
        st.title(t.count("review.headline_open", review.open_count(found, asked), name=name))
    else:
        numbers = {"postings": len(found.postings), "missions": len(found.deployments)}
        st.title(t("review.headline_ready", name=name, **numbers))
    if now != draft.seen:
        st.warning(t("review.changed_meanwhile"))
    _file(t, draft, found)
    with widgets.guard(t):
        vragen.render(t, draft, found, asked)
    with widgets.guard(t):
        _warnings(t, found)
    with widgets.guard(t):
        _read(t, draft, found)
    with widgets.guard(t):
        _changes(t, filters, found)
    with widgets.guard(t):
        _confirm(t, draft, found)
    # Only now has the person seen the difference from the store as it is.
    if state.draft() is draft and now != draft.seen:
        state.keep_draft(replace(draft, seen=now))


def _file(t: Words, draft: Draft, found: DocumentReading) -> None:
    upload = draft.upload
    size, short = max(1, round(upload.size / 1000)), upload.sha256[:12]
    st.caption(t("review.file", name=widgets.plain(upload.name), size=size, sha=short))
    network_as_of, missions_as_of = drafts.dates(draft, found)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        st.text_input(
            t("review.as_of"),
            key=state.widget("w_as_of", draft.as_of or network_as_of or missions_as_of or ""),
            on_change=lambda: _go_on(replace(draft, as_of=state.value("w_as_of").strip())),
            help=t("review.as_of_help"),
            max_chars=10,
        )
    with right, st.container(horizontal=True, vertical_alignment="center"):
        if found.missions_as_of:
            st.caption(t("review.as_of_missions", date=t.date(found.missions_as_of)))
        st.button(t("review.cancel"), on_click=lambda: state.keep_draft(None))


def _go_on(draft: Draft) -> None:
    state.keep_draft(draft)


def _warnings(t: Words, found: DocumentReading) -> None:
    if found.warnings:
        with st.expander(t.count("review.warnings", len(found.warnings))):
            listed = review.problems(t, found.warnings, cache.names_in_order(t.language))
            heads = [t(f"column.{name}") for name in ("where", "printed", "message", "suggestions")]
            widgets.table(t.count("review.warnings", len(found.warnings)), heads, listed)


def _read(t: Words, draft: Draft, found: DocumentReading) -> None:
    st.subheader(t("review.read"))
    st.caption(t("review.edit_help"))
    posts, missions = review.editable(found)
    for frame, name, fields in (
        (posts, "postings", review.POSTINGS),
        (missions, "missions", review.MISSIONS),
    ):
        if not frame.empty:
            with st.expander(f"{t(f'review.{name}')} ({len(frame)})", expanded=name == "postings"):
                _editor(t, draft, frame, name, fields)


def _editor(
    t: Words, draft: Draft, frame: pd.DataFrame, name: str, fields: tuple[str, ...]
) -> None:
    """An editor starts anew after each change, so that rows left out cannot shift its edits."""
    key = f"edit_{name}_{len(draft.decisions)}_{len(draft.corrections)}"

    def changed() -> None:
        made = review.edits(frame, state.value(key)["edited_rows"])
        next_ = replace(draft, corrections=(*draft.corrections, *made))
        try:
            drafts.read(cache.store(), next_)
        except DataError as error:
            state.say(str(error))
        else:
            state.keep_draft(next_)

    if sentence := state.heard():
        st.error(widgets.plain(sentence))
    st.data_editor(
        frame,
        hide_index=True,
        disabled=[str(column) for column in frame if column not in fields],
        column_config=_columns(t, frame),
        key=key,
        on_change=changed,
        placeholder="–",
        alt=t(f"review.{name}"),
    )
    heads = [t(f"review.{column}") for column in frame]
    with st.popover(t("review.printed_table")):
        widgets.table(t(f"review.{name}"), heads, [[str(c) for c in r] for r in frame.to_numpy()])


def _columns(t: Words, frame: pd.DataFrame) -> dict[Any, Any]:
    """What may be typed into each column of an editor."""
    units = sorted(cache.names(t.language).index)
    choices: dict[str, tuple[str, ...]] = {
        "organisation": (NOT_STATED, *ORGANISATIONS),
        "host": ("", *units),
        "duty_iso3": ("", *units),
        "status": ("active", "planned"),
        "lead_organisation": LEADS,
    }
    return {
        column: st.column_config.SelectboxColumn(t(f"review.{column}"), options=choices[column])
        if column in choices
        else t(f"review.{column}")
        for column in frame
    }


def _changes(t: Words, filters: Filters, found: DocumentReading) -> None:
    st.subheader(t("review.changes"))
    difference = drafts.compare(cache.store(), found)
    since = [r for r in (difference.network_since, difference.missions_since) if r]
    if not since:
        st.markdown(t("review.changes_first"))
        return
    releases = t.listing(list(dict.fromkeys(since)))
    heads, listed = changes.table(t, difference.changes, cache.names(t.language))
    text = "review.changes_since" if listed else "review.changes_none"
    st.markdown(widgets.plain(f"{t(text, release=releases)} {changes.summary(listed)}"))
    if difference.changes.unknown:
        st.caption(t("review.changes_unknown", what=changes.unknown(t, difference.changes)))
    if difference.network_since and found.network == "complete":
        before = cache.network(difference.network_since, t.language)
        after = drafts.network(found, "")
        drawn = changes.states(cache.reference("units"), before, after, filters.choice)
        counts = drawn["state"].value_counts()
        gained, lost = (int(counts.get(state_, 0)) for state_ in ("gained", "lost"))
        st.markdown(f"**{t('review.changes_map', gained=gained, lost=lost)}**")
        widgets.changes_map(t, filters, drawn)
    if listed:
        widgets.table(t("review.changes"), heads, listed)


def _confirm(t: Words, draft: Draft, found: DocumentReading) -> None:
    st.subheader(t("review.confirm_title"))
    if found.errors:
        st.info(t("review.confirm_open"))
        return
    st.markdown(t("review.confirm_text"))
    by = widgets.by_whom(t, "by_import")
    if not st.button(t("review.confirm"), type="primary"):
        return
    try:
        release = ledger.add(cache.store(), drafts.incoming(draft, found), by, draft.seen)
    except DataError as error:
        widgets.fault(error, t, elsewhere=False)
        return
    newest = cache.store().default_release()
    state.keep_draft(None)
    state.change(release=release)
    done = "data.done" if newest == release else "data.done_older"
    state.say(t(done, release=release, newest=newest))
    st.rerun()
