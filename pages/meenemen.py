"""What stands above every page with a report: a file to take along, the way to the projector."""

from __future__ import annotations

import logging
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import snapshot
from dashboard.document_names import release_name
from dashboard.exports import kinds
from dashboard.file_names import of_release
from dashboard.filters import MOST_STEPS, Filters, to_query
from dashboard.i18n import Texts
from dashboard.links import permalink
from dashboard.rows import sorting
from dashboard.subjects import catalogue, presentation
from dashboard.web import auth, lifecycle, session, widgets
from dashboard.web.budgets import DOWNLOADS
from geo.coverage import HOME
from geo.errors import DataError

CHOICES = ("word", "slides", "pdf", "xlsx", "ods", "png", "svg", "tables", "gpkg", "geojson", "csv")
PACK, SITE = "pack", "site"
# Countries on a page of A4 each: only a dossier has it.
BRIEFINGS = {"briefing_word": ".docx", "briefing_pdf": ".pdf"}
OPEN = "take_open"
MOST_BESIDE = 11  # countries in a briefing beside that of the page


def room(filters: Filters, page: str) -> DeltaGenerator | None:
    """Where the bar of a page is to stand; none on a page without a report."""
    if page not in catalogue.PAGES or (page == "country" and filters.land is None):
        return None
    return st.container(horizontal=True, horizontal_alignment="right", key="take")


def bar(t: Texts, filters: Filters, page: str) -> None:
    """The two buttons above a page."""
    _folded(t, filters, page)
    st.page_link(
        session.page("present"),
        label=t("take.present"),
        icon=":material/slideshow:",
        query_params=to_query(filters),
    )


@st.fragment
@lifecycle.timed()
def _folded(t: Texts, filters: Filters, page: str) -> None:
    """The panel behind its button: nothing of it is made or sent before a reader opens it.

    A fragment: to open and to shut it draws only this part again.
    """
    auth.turn_away()
    label = t("take.open")
    with (
        widgets.guard(t),
        st.popover(
            label, icon=":material/download:", type="tertiary", key=OPEN, on_change="rerun"
        ) as fold,
    ):
        if fold.open:
            with st.container(key="take_panel"):
                panel(t, filters, page)
                st.html("<span hidden data-whole></span>")  # all of it is there (static/page.css)


@st.fragment
@lifecycle.timed()
def panel(t: Texts, filters: Filters, page: str) -> None:
    """Choose a kind of file, have it made, take it; the address; and a place in the presentation.

    A fragment: making a file draws only this part again.
    """
    auth.turn_away()
    with widgets.guard(t):
        _files(t, filters, page)


def _files(t: Texts, filters: Filters, page: str) -> None:
    briefings = [*BRIEFINGS] if _has_briefing(filters, page) else []
    kind = st.radio(
        t("take.kind"),
        [*briefings, *CHOICES, PACK, SITE],
        format_func=lambda name: t(f"take.{name}"),
        key="take_kind",
    )
    if kind in BRIEFINGS:
        _beside(t, filters)
    if st.button(t("take.make"), type="primary", key="take_make"):
        _make(t, filters, page, kind)
    st.caption(t("take.link"))
    with st.container(key="take_address"):
        st.code(_address(page, filters), language=None, wrap_lines=True)
    if page != "present":
        _add(t, filters, presentation.written(page, filters))


def _has_briefing(filters: Filters, page: str) -> bool:
    """Whether the page is a dossier with something of the network in it."""
    if page != "country" or filters.land in (None, HOME):
        return False
    return bool(snapshot.store().release(filters.release)["network"] != "absent")


def _beside(t: Texts, filters: Filters) -> None:
    """Which other countries the briefing is about, each on a page of its own."""
    names = snapshot.names(t.language).drop([HOME, str(filters.land)])
    st.multiselect(
        t("take.beside"),
        list(sorting(names).sort_values().index),
        format_func=lambda code: names[code],
        max_selections=MOST_BESIDE,
        placeholder=t("take.beside_none"),
        key="take_beside",
    )


def _add(t: Texts, filters: Filters, step: str) -> None:
    """Puts this view behind the steps of the presentation."""
    full = len(filters.tour) >= MOST_STEPS
    if st.button(t("take.add"), disabled=step in filters.tour or full, key="take_add"):
        session.change(tour=(*filters.tour, step))
        st.rerun()
    if filters.tour:
        st.caption(t.count("take.steps", len(filters.tour)))


def _address(page: str, filters: Filters) -> str:
    """The address of this view where this reader has the app open."""
    return permalink(session.home() or snapshot.settings().address, page, filters)


def _make(t: Texts, filters: Filters, page: str, kind: str) -> None:
    """Make the file with its progress, then offer it; a fault becomes a sentence."""
    progress = st.progress(0.0, t("take.reading"))
    try:
        name, mime, content = _file(t, filters, page, kind, progress)
        DOWNLOADS.offer(len(content))
    except DataError as error:
        progress.empty()
        widgets.refused(error, t)
        return
    except Exception:  # the reader gets a sentence in the page's language, the log the rest
        logging.getLogger(__name__).exception("a file could not be made")
        progress.empty()
        st.error(t("take.failed"))
        return
    progress.empty()
    size = t.number(max(1, round(len(content) / 1000)))
    st.download_button(
        t("take.download", name=name, size=size),
        content,
        name,
        mime,
        type="primary",
        on_click="ignore",
        key="take_download",
    )


def _file(
    t: Texts, filters: Filters, page: str, kind: str, progress: st.delta_generator.DeltaGenerator
) -> tuple[str, str, bytes]:
    """(name, media type, content); raises DataError."""

    def report_progress(share: float, what: str) -> None:
        progress.progress(share, t("take.writing", what=what))

    if kind in BRIEFINGS:
        report_progress(0.3, BRIEFINGS[kind])
        return _briefing(t, filters, kind)
    if kind == SITE:
        from dashboard.subjects.site.files import single  # seldom asked for, and much to load

        report_progress(0.1, "html")
        named = of_release(t("product"), filters.release, release_name(t, filters.release))
        name = f"{named}-{filters.language}.html"
        return name, "text/html", single(filters.release, filters.language)
    report = catalogue.report(page, filters, session.indicators(), session.weights())
    if kind == PACK:
        name = f"{kinds.stem(report)}.zip"
        return name, "application/zip", kinds.pack(report, report_progress)
    each = kinds.KINDS[kind]
    report_progress(0.5, each.ending)
    return kinds.file_name(report, kind), each.mime, each.make(report)


def _briefing(t: Texts, filters: Filters, kind: str) -> tuple[str, str, bytes]:
    """The country of the page and those beside it, a page of A4 each; raises DataError."""
    from dashboard.exports import briefing as pages  # seldom asked for, and much to load
    from dashboard.subjects.country import briefing

    beside = [code for code in session.value("take_beside") or [] if code != filters.land]
    codes = [str(filters.land), *beside]
    reports = [briefing.report(t, replace(filters, land=code)) for code in codes]
    content = {".docx": pages.word, ".pdf": pages.pdf}[BRIEFINGS[kind]](reports)
    mime = kinds.KINDS[kind.removeprefix("briefing_")].mime
    return f"{briefing.stem(t, filters, codes)}{BRIEFINGS[kind]}", mime, content
