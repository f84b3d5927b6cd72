"""What was read from a document under review, as tables that a person may correct."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.subjects import review
from dashboard.web import session, widgets
from dashboard.wording import cell_text
from data.imports.drafts import Draft
from geo.errors import DataError
from geo.reading.result import DocumentReading
from geo.schemas import KINDS, LEADS, NOT_STATED, ORGANISATIONS


def render(t: Texts, draft: Draft, reading: DocumentReading) -> None:
    """Draw the tables of a reading, each cell to be corrected; raises DataError."""
    st.header(t("review.read"))
    st.caption(t("review.edit_help"))
    posts, missions = review.editable(reading)
    for frame, name, fields in (
        (posts, "postings", review.POSTINGS),
        (missions, "missions", review.MISSIONS),
    ):
        if not frame.empty:
            with st.expander(f"{t(f'review.{name}')} ({len(frame)})", expanded=name == "postings"):
                _editor(t, draft, frame, name, fields)


def _editor(
    t: Texts, draft: Draft, frame: pd.DataFrame, name: str, fields: tuple[str, ...]
) -> None:
    """An editor starts anew after each change, taken or refused: its edits are told by place."""
    key = f"edit_{name}_{len(draft.decisions)}_{len(draft.corrections)}_{session.refusals()}"

    def changed() -> None:
        corrections = review.edits(frame, session.value(key)["edited_rows"])
        next_ = replace(draft, corrections=(*draft.corrections, *corrections))
        try:
            snapshot.reading(next_)
        except DataError as error:
            session.refuse(name, error)
        else:
            session.keep_draft(next_)

    if error := session.refused(name):
        widgets.refused(error, t)
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
    with st.expander(t("review.printed_table")):
        listed = [[str(cell) for cell in row] for row in frame.to_numpy()]
        widgets.table(t(f"review.{name}"), heads, listed)


def _label(t: Texts, column: str, names: dict[str, str], value: str) -> str:
    return cell_text(t, column, value, names)


def _columns(t: Texts, frame: pd.DataFrame) -> dict[Any, Any]:
    """What may be typed into each column of an editor, and what our own words are called there."""
    names = snapshot.names_in_order(t.language)
    units = ("", *sorted(names))
    choices: dict[str, tuple[str, ...]] = {
        "organisation": (NOT_STATED, *ORGANISATIONS),
        "host": units,
        "duty_iso3": units,
        "status": ("active", "planned"),
        "lead_organisation": LEADS,
        "kind": KINDS,
    }
    codes = ("host", "duty_iso3")
    return {
        column: st.column_config.SelectboxColumn(
            t(f"review.{column}"),
            options=choices[column],
            format_func=str if column in codes else partial(_label, t, column, names),
        )
        if column in choices
        else t(f"review.{column}")
        for column in frame
    }
