"""The controls that stay while the reader moves between pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from dashboard import snapshot
from dashboard.document_names import release_name
from dashboard.filters import CHOICES, LAYERS, Filters, canonical, to_query
from dashboard.i18n import Texts
from dashboard.subjects.comparison.report import compares_sets
from dashboard.web import session, widgets

# What the reader chooses here, and the pages on which it changes nothing.
CONTROLS = ("release", "organisation", "layer", "area")
_OF_NO_USE = {
    "country": ("area",),
    **dict.fromkeys(
        ("mission_years", "sources", "downloads", "data", "explanation", "accessibility"), CONTROLS
    ),
}


def brand(t: Texts, own: Filters) -> None:
    """The name of the product, and what it is in a line.

    The reader's `own` choices go with it, for links that are opened in another tab (see
    static/shell.js).
    """
    query = escape(urlencode(to_query(own), safe=",:~;", quote_via=quote), quote=True)
    st.html(
        f"<p class='brand' data-own='{query}'>{escape(t('product'))}</p>"
        f"<p class='tagline'>{escape(t('tagline'))}</p>"
    )


def controls(t: Texts, filters: Filters, page: str) -> None:
    """The sidebar: the language, and of CONTROLS those that change what `page` shows.

    The area comes last, because one page has all but that: the others keep their place.
    """
    offered = [name for name in CONTROLS if name not in _OF_NO_USE.get(page, ())]
    with st.sidebar:
        st.segmented_control(
            t("control.language"),
            ("nl", "en"),
            format_func=lambda language: {"nl": "Nederlands", "en": "English"}[language],
            key=session.widget("w_language", filters.language),
            on_change=lambda: session.change(
                language=session.value("w_language") or filters.language
            ),
            label_visibility="collapsed",
        )
        if "release" in offered:
            st.selectbox(
                t("control.release"),
                list(snapshot.releases()["release"]),
                format_func=lambda release: release_name(t, release),
                key=session.widget("w_release", filters.release),
                on_change=lambda: session.change(release=session.value("w_release")),
            )
        if "organisation" in offered:
            _checks(t, "organisation", CHOICES, filters.organisations or CHOICES)
        if "layer" in offered:
            _checks(t, "layer", LAYERS, filters.layers)
        if "area" in offered:
            _areas(t, filters)
        for name in ("downloads", "accessibility"):
            st.page_link(
                session.page(name), label=t(f"page.{name}"), query_params=to_query(filters)
            )


def narrowed(t: Texts, filters: Filters, page: str) -> None:
    """The area and the organisations that the figures of the page keep to, each to be undone."""
    without = _OF_NO_USE.get(page, ())
    chosen: list[tuple[str, str, Callable[[], None]]] = []
    if filters.area and "area" not in without:
        everywhere = partial(session.change, area="", view="")
        chosen.append(("area", t.area(filters.area), everywhere))
    # Of two sets side by side each names its own.
    counts = "organisation" not in without and not (page == "compare" and compares_sets(filters))
    if filters.organisations and counts:
        names = t.listing([t(f"short.{each or 'not_stated'}") for each in filters.organisations])
        chosen.append(("organisation", names, partial(session.change, organisations=())))
    if not chosen:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="narrowed"):
        st.html(f"<p>{escape(t('control.narrowed'))}</p>", width="content")
        for name, label, undo in chosen:
            st.button(
                f"{widgets.plain(label)} ✕",
                key=f"undo_{name}",
                on_click=undo,
                help=t(f"control.undo_{name}"),
            )


def _areas(t: Texts, filters: Filters) -> None:
    """A part of the world, for every figure and list; the map moves to it."""
    options = [""]
    for continent, subregions in snapshot.areas().items():
        options += [continent, *(f"{continent}/{name}" for name in subregions if name != continent)]
    named = {option.rpartition("/")[2]: option for option in options}

    def changed() -> None:
        area = session.value("w_area").rpartition("/")[2]
        session.change(area=area, view="")

    st.selectbox(
        t("control.area"),
        options,
        format_func=lambda option: _area(t, option),
        key=session.widget("w_area", named[filters.area]),
        on_change=changed,
    )


def _area(t: Texts, option: str) -> str:
    """A subregion stands under its continent."""
    continent, _, subregion = option.partition("/")
    return f"\u2003{t.area(subregion)}" if subregion else t.area(continent)


def _checks(t: Texts, group: str, options: Sequence[str], chosen: Sequence[str]) -> None:
    """A labelled group of checkboxes."""

    def changed() -> None:
        picked = tuple(o for o in options if session.value(f"w_{group}_{o or 'not_stated'}"))
        if group == "layer":
            session.change(layers=picked)
        else:
            session.change(organisations=canonical(picked))

    title = "control.organisations" if group == "organisation" else "control.layers"
    with st.container(key=f"group_{group}", gap="xsmall"):
        st.html(f"<p class='group'>{escape(t(title))}</p>")
        for option in options:
            name = option or "not_stated"
            key = session.widget(f"w_{group}_{name}", option in chosen)
            st.checkbox(t(f"{group}.{name}"), key=key, on_change=changed)
