"""The door: the page to sign in, and what the sidebar says of who one is."""

from __future__ import annotations

from functools import partial, update_wrapper
from html import escape

import streamlit as st

from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.links import PATHS
from dashboard.web import auth, widgets
from dashboard.web.auth import SECONDS
from pages import toegankelijkheid

HOURS = SECONDS // 3600
PUBLIC = "accessibility"  # whom the door itself keeps out must be able to read what to do about it


def door(t: Texts) -> None:
    """Every address but one leads to the page to sign in; nothing of the data is read."""
    pages, titles = {}, {}
    for name in PATHS:
        public = name == PUBLIC
        draw = partial(toegankelijkheid.render, t, Filters("")) if public else partial(render, t)
        titles[name] = t(f"page.{name}" if public else "access.enter")
        pages[name] = widgets.page(name, titles[name], update_wrapper(draw, render))
    widgets.navigation(t, pages, titles, "hidden")[1].run()


def render(t: Texts) -> None:
    """Draw the page of somebody who may not see the atlas (yet)."""
    # static/signin.js remembers by this mark where the reader wanted to go.
    st.html("<div hidden data-sign-in></div>")
    other = "en" if t.language == "nl" else "nl"
    with st.container(width=640, gap="medium"):
        st.html(f"<p class='brand'>{escape(t('product'))}</p>")
        refused = auth.signed_in()
        st.title(t("access.refused") if refused else t("access.title"))
        st.markdown(t("access.refused_text") if refused else t("access.text", hours=HOURS))
        with st.container(horizontal=True):
            enter = t("access.again") if refused else t("access.enter")
            st.button(enter, type="primary", on_click=st.login)
            if refused:
                st.button(t("access.leave"), on_click=auth.leave)
        # Another language is another address: nothing of this page is kept.
        statement = f"{PATHS['accessibility']}?taal={t.language}"
        aside = (
            (f"?taal={other}", other, "access.other"),
            (statement, t.language, "page.accessibility"),
        )
        links = [
            f"<a href='{where}' target='_self' lang='{lang}'>{escape(t(key))}</a>"
            for where, lang, key in aside
        ]
        st.html(f"<p class='aside'>{' · '.join(links)}</p>")


def account(t: Texts) -> None:
    """The foot of the sidebar: who one is here, or that the app is this machine's own."""
    if auth.sign_in() is None:
        st.caption(t("access.local") if auth.may_edit() else t("access.passed_on"))
        return
    st.caption(t(f"access.{auth.role()}"))
    st.button(t("access.leave"), on_click=auth.leave, type="tertiary", key="sign_out")
