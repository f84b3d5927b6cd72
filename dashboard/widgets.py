"""Shared pieces of a page: the controls that stay, tables, source lines, messages."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import cache, findings, maps, state, theme
from dashboard.i18n import Words, words
from dashboard.state import CHOICES, LAYERS, Filters
from dashboard.tables import Cell, table_html
from geo.errors import DataError


def controls(t: Words, filters: Filters) -> None:
    """The sidebar: language, document, organisations and layers, each with its colour."""
    with st.sidebar:
        st.html(
            f"<p class='brand'>{escape(t('product'))}</p>"
            f"<p class='tagline'>{escape(t('tagline'))}</p>"
        )
        st.segmented_control(
            t("control.language"),
            ("nl", "en"),
            format_func=lambda language: {"nl": "Nederlands", "en": "English"}[language],
            key=state.widget("w_language", filters.language),
            on_change=lambda: state.change(language=state.value("w_language") or filters.language),
            label_visibility="collapsed",
        )
        st.selectbox(
            t("control.release"),
            list(cache.releases()["release"]),
            key=state.widget("w_release", filters.release),
            on_change=lambda: state.change(release=state.value("w_release")),
        )
        _checks(t, "organisation", CHOICES, filters.organisations or CHOICES)
        _checks(t, "layer", LAYERS, filters.layers)
        st.html(legend(t))


def _checks(t: Words, group: str, options: Sequence[str], chosen: Sequence[str]) -> None:
    """A labelled group of checkboxes, each with the swatch that the map uses for it."""

    def changed() -> None:
        picked = tuple(o for o in options if state.value(f"w_{group}_{o or 'not_stated'}"))
        if group == "layer":
            state.change(layers=picked)
        else:
            state.change(organisations=state.canonical(picked))

    title = "control.organisations" if group == "organisation" else "control.layers"
    with st.container(key=f"group_{group}", gap="xsmall"):
        st.html(f"<p class='group'>{escape(t(title))}</p>")
        for option in options:
            name = option or "not_stated"
            key = state.widget(f"w_{group}_{name}", option in chosen)
            st.checkbox(t(f"{group}.{name}"), key=key, on_change=changed)


def style_and_script() -> None:
    """What every page needs before anything is drawn; neither takes room."""
    st.html(f"<style>{theme.css()}{swatch_css()}</style>")
    with st.container(key="script"):
        st.html(f"<script>{theme.script()}</script>", unsafe_allow_javascript=True)


def swatch_css() -> str:
    """Puts the map's own swatch before the checkbox it belongs to."""
    marks = {
        f"organisation_{o or 'not_stated'}": theme.drawing("accredited", [o]) for o in CHOICES
    } | {
        "layer_regions": theme.drawing("region", ["NP"]),
        "layer_planned": theme.drawing("planned", ["KMar"]),
        "layer_filo": theme.drawing("none", filo=True),
    }
    return "".join(
        f'.st-key-w_{key} label p::before{{content:url("{theme.address(drawn)}");'
        "margin-right:.45em;vertical-align:-2px}"
        for key, drawn in marks.items()
    )


def legend(t: Words) -> str:
    """What the fill of a country means, as an HTML list."""
    rows = [
        (theme.swatch("post", ["NP"]), "post"),
        (theme.swatch("accredited", ["NP"]), "accredited"),
        (theme.swatch("accredited", ["NP", "KMar", "GPI"]), "several"),
        (theme.swatch("region", ["NP"]), "region"),
        (theme.swatch("planned", ["KMar"]), "planned"),
        (theme.swatch("none"), "none"),
        (theme.swatch("unknown"), "unknown"),
        (theme.swatch("home"), "home"),
    ]
    rows += [("<i class='mark'>2</i>", "post_mark"), ("<i class='mark open'></i>", "planned_mark")]
    items = "".join(f"<li>{mark}{escape(t(f'state.{name}'))}</li>" for mark, name in rows)
    return f"<p class='group'>{escape(t('control.legend'))}</p><ul class='legend'>{items}</ul>"


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell | str]],
    show_caption: bool = False,
) -> None:
    """A real HTML table that sorts when a header is pressed (see static/shell.js).

    The caption is always there for screen readers; show it where no heading says the same.
    """
    st.html(table_html(caption, headers, rows, show_caption))


def fill(data: str) -> None:
    """The cells of a table that stands already without them, see static/shell.js."""
    quoted = escape(data, quote=False).replace("'", "&#39;")  # its many double quotes stay short
    st.html(f"<div hidden data-fill='{quoted}'></div>")


def world_map(t: Words, filters: Filters, height: int) -> None:
    """The map of the reader's choices; a country chosen on it becomes the choice everywhere."""
    shown = cache.map_payload(filters, cache.mark(filters.release))
    st_folium(
        maps.base_map(),
        key="map",
        height=height,
        use_container_width=True,
        feature_group_to_add=maps.layer(shown),
        returned_objects=maps.RETURNED,
        on_change=_chosen_on_map,
    )


def _chosen_on_map() -> None:
    """What the browser sends is only believed when it is a unit we know."""
    iso3 = maps.clicked(state.value("map"))
    if iso3 is None or iso3 in cache.names("nl").index:
        state.change(land=iso3)


def plain(text: str) -> str:
    """`text` for a message box, with nothing in it that Markdown would draw or link."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|$:~^])", r"\\\1", text)


def source_line(t: Words, text: str) -> None:
    """The line under every figure that says where it comes from."""
    st.html(f"<p class='source-line'>{escape(t('source'))}: {escape(text)}</p>")


def country_select(t: Words, filters: Filters) -> None:
    """The search box for a country; finds Dutch and English names and codes."""
    names = cache.country_labels(filters.language)
    st.selectbox(
        t("control.country"),
        [None, *names],
        format_func=lambda iso3: names[iso3] if iso3 else "",
        key=state.widget("w_land", filters.land),
        on_change=lambda: state.change(land=state.value("w_land")),
        placeholder=t("control.country_placeholder"),
        filter_mode="contains",
    )


def fault(error: DataError, t: Words, elsewhere: bool = True) -> None:
    """A readable message where data cannot be read; `elsewhere` says the other pages go on."""
    parts = [t("fault.place", where=plain(error.where))]
    parts += [t("fault.row", row=str(error.row))] if error.row is not None else []
    parts += [t("fault.column", column=plain(error.column))] if error.column else []
    parts += [t("fault.value", value=plain(error.value))] if error.value is not None else []
    reason = plain(f"{t.known(error.reason)}. {t.known(error.advice)}.")
    lines = [f"**{t('fault.title')}.** {', '.join(parts)}.", t("fault.reason", reason=reason)]
    st.error("\n\n".join([*lines, t("fault.elsewhere")] if elsewhere else lines))


def guarded(render: Callable[[Words, Filters], None], filters: Filters) -> None:
    """Run a page; a fault in its data becomes a message."""
    t = words(filters.language)
    for notice in state.notices():
        st.warning(t("fault.notice", parameter=notice.parameter, value=plain(notice.value)))
    with guard(t):
        render(t, filters)


@contextmanager
def guard(t: Words) -> Iterator[None]:
    """A part of a page: what goes wrong in it becomes a message, and the rest goes on."""
    try:
        yield
    except DataError as error:
        fault(error, t)
    except Exception:  # the reader gets a sentence in the page's language, the log the rest
        logging.getLogger(__name__).exception("a part of a page failed")
        st.error(t("fault.unexpected"))


def no_network(t: Words) -> None:
    """Says that the chosen document has no table of the network, and offers one that has."""
    st.info(t("coverage.no_network"))
    newest = cache.store().default_release()
    st.button(t("coverage.choose_other"), on_click=lambda: state.change(release=newest))


def release_source(t: Words, release: pd.Series) -> None:
    """The source line of the network of one release."""
    title = cache.documents().loc[release["document"], f"title_{t.language}"]
    source_line(t, t("coverage.source", title=title, note=findings.date_note(t, release)))


def figure(t: Words, number: int, label: str, more: str) -> None:
    """One large figure with what it counts."""
    st.html(
        f"<p class='figure'><b>{t.number(number)}</b> {escape(label)}</p>"
        f"<p class='figure-more'>{escape(more)}</p>"
    )


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Short facts as a list of terms and what they are."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(what)}</dd>" for term, what in pairs)
    st.html(f"<dl class='facts'>{items}</dl>")
