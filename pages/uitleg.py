"""What the words and the figures mean, each part at an anchor that other pages lead to."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Block, Section, Table, Text
from dashboard.snapshot import report_of
from dashboard.subjects import explanation
from dashboard.web import widgets

FOLDED = ("lacks", "of_missions")  # long, and seldom asked for


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; raises DataError."""
    report = report_of(explanation.report, t, filters)
    with st.container(key="explanation"):
        st.title(report.title)
        for line in report.summary:
            st.markdown(widgets.plain(line))
        links = [f"[{section.heading}](#{section.key})" for section in report.sections]
        with st.container(key="jumps"):
            st.markdown(f"{t('explanation.jump')} {' · '.join(links)}")
        for section in report.sections:
            with widgets.guard(t):
                _section(section)


def _section(section: Section) -> None:
    st.header(section.heading, anchor=section.key)
    if any(_is(block, "paste") for block in section.blocks):
        widgets.paste(section, folded=False)
        return
    for listed, blocks in groupby(section.blocks, key=lambda block: _is(block, "item")):
        if listed:
            texts = [block.text for block in blocks if isinstance(block, Text)]
            st.markdown("\n".join(f"- {widgets.plain(text)}" for text in texts))
            continue
        for block in blocks:
            folded = block.title if isinstance(block, Table) and block.key in FOLDED else ""
            with st.expander(folded) if folded else nullcontext():
                widgets.blocks([block])


def _is(block: Block, kind: str) -> bool:
    return isinstance(block, Text) and block.kind == kind
