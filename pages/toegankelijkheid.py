"""The accessibility statement, after the model of the Dutch government."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.web import widgets

TESTED = "2026-11-22"
# What does not conform -> its success criterion; docs/accessibility.md lists the same.
KNOWN = {
    "quoted_language": "3.1.2",
    "framework_language": "3.1.2",
    "map_hover": "1.4.13",
}
FACETS = ("issue_cause", "issue_effect", "issue_way", "issue_plan")


def render(t: Texts, filters: Filters) -> None:
    """Draw the page; it says the same under every choice of the reader."""
    with st.container(key="statement"):
        st.title(t("statement.title"))
        st.markdown(t("statement.intro"))
        st.header(t("statement.status"))
        st.markdown(t("statement.status_text"))
        st.header(t("statement.tested"))
        st.markdown(t("statement.tested_text", date=t.date(TESTED)))
        st.header(t("statement.untested"))
        st.markdown(t("statement.untested_text"))
        st.header(t("statement.issues"))
        st.markdown(t("statement.issues_text"))
        for name, criterion in KNOWN.items():
            st.subheader(t(f"issue_what.{name}"))
            needed = t(f"issue_criterion.{name}", number=criterion)
            facts = [(t("statement.criterion"), needed)]
            facts += [(t(f"statement.{facet}"), t(f"{facet}.{name}")) for facet in FACETS]
            widgets.facts(facts)
        st.header(t("statement.report"))
        st.markdown(t("statement.report_text"))
        st.header(t("statement.law"))
        st.markdown(t("statement.law_text"))
