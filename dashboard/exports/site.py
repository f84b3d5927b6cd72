"""One release as a site that needs no server and no internet: one page per language.

A page holds everything: shapes, coverage under every choice of organisations, dossiers, reports,
letters and scripts. Its map is the app's own (`static/map`), told the app's own payloads.
"""

from __future__ import annotations

from html import escape
from typing import Any

from dashboard import cache, statements
from dashboard.exports import site_choices, site_frame, site_lands, site_shell, site_sources
from dashboard.exports.html import sections
from dashboard.exports.site_data import data, readme
from dashboard.filters import Filters
from dashboard.i18n import LANGUAGES, Words, words
from dashboard.report import Map, Report
from dashboard.rows import headers
from dashboard.topics import catalogue
from dashboard.unit_rows import COVERAGE, distance_note
from geo.coverage import HOME
from geo.errors import DataError

FILES = {"nl": "index.html", "en": "en.html"}
# Words that the scripts need: those of their own, and those of the dossier in the app.
OWN = ("matches", "match_none", "chosen", "choice_note", "questions")
DOSSIER = {
    "serving": "serving",
    "facts": "facts",
    "missions": "missions",
    "history": "history",
    "neighbours": "neighbours",
    "note": "note",
    "beyond": "beyond_choice",
    "no_neighbours": "neighbours_none",
}


def single(release: str, language: str) -> bytes:
    """The site in one language as one file; raises DataError for a release without a network."""
    return _page(Filters(release, language), "")


def site(release: str) -> dict[str, bytes]:
    """The files of a folder by name: a page per language, the data and a README; see `single`."""
    pages = {
        FILES[language]: _page(Filters(release, language), FILES[other])
        for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True)
    }
    return pages | data(release) | {"README.txt": readme(release)}


def address(href: str) -> str:
    """An address of the app as one within the page, or of a document on the internet.

    >>> address("land?land=ECU"), address("bronnen#kst-31015-94"), address("javascript:x")
    ('#land=ECU', '#bronnen&document=kst-31015-94', '')
    """
    if href.startswith("land?land="):
        return f"#land={href.removeprefix('land?land=')[:3]}"
    if href.startswith("bronnen#"):
        return f"#bronnen&document={href.removeprefix('bronnen#')}"
    return href if href.startswith(("https://", "http://")) else ""


def _page(filters: Filters, other: str) -> bytes:
    """One page; `other` is the file in the other language, empty where there is none."""
    t = words(filters.language)
    cache.network(filters.release)  # without one there is no map to make a site around
    reports = {page: _report(t, filters, topic) for page, topic in site_frame.PAGES.items()}
    known = _known(t, filters, reports)
    coverage = catalogue.report("coverage", filters)
    parts = site_frame.parts(t, filters, coverage.imprint, other)
    written = {
        "title": escape(coverage.title),
        "views": site_frame.views(known["views"]),
        "pages": "".join(_section(t, page, each) for page, each in reports.items()),
    }
    return site_shell.page(parts | written, known)


def _report(t: Words, filters: Filters, topic: str) -> Report | DataError:
    """The report of a topic, or why this release has none."""
    if topic == "sources":
        return site_sources.report(t, filters)
    try:
        return catalogue.report(topic, filters)
    except DataError as error:
        return error


def _section(t: Words, page: str, found: Report | DataError) -> str:
    """The page of a report; what is missing says why."""
    if isinstance(found, DataError):
        reason = t("site.part_absent", reason=t.known(found.reason))
        return f"<div data-page='{page}' hidden><p>{escape(reason)}</p></div>"
    whole = ""
    if page != "bronnen":
        whole = (
            f"<p class='note' data-chosen hidden><span></span>. {escape(t('site.whole'))} "
            f"<a href='#'>{escape(t('site.everything'))}</a></p>"
        )
    body = sections(found, page, address)
    return f"<div data-page='{page}' hidden>{whole}{body}</div>"


def _known(t: Words, filters: Filters, reports: dict[str, Report | DataError]) -> dict[str, Any]:
    """All that the scripts know."""
    choices = site_choices.choices(t, filters)
    texts, country = t.group("site"), t.group("country")
    complete = cache.network(filters.release).complete
    nobody = country["serving_none" if complete else "serving_unknown"]
    titles = {
        page: t(f"page.{site_frame.PAGES[page]}") if isinstance(each, DataError) else each.title
        for page, each in reports.items()
    }
    units = {
        "title": distance_note(t, cache.reference("units")),
        "headers": headers(t, COVERAGE),
        "source": "",
    }
    return {
        "lang": t.language,
        "home": HOME,
        "words": {key: texts[key] for key in OWN}
        | {key: country[name] for key, name in DOSSIER.items()}
        | {"nobody": nobody}
        | {"no_missions": statements.no_mission(t), "no_history": statements.nothing_dated(t)},
        "map_words": t.group("map"),
        "short": site_frame.short(t),
        "swatches": site_frame.swatches(choices),
        "pages": {site_frame.START: "", **titles},
        "views": site_choices.views(t, filters),
        "choices": choices,
        "links": site_choices.links(filters),
        "maps": _maps(reports),
        "heads": site_lands.heads(t, filters) | {"units": units},
        "lands": site_lands.lands(t, filters, address),
    }


def _maps(reports: dict[str, Report | DataError]) -> dict[str, Any]:
    """What the map is told on the page of each report."""
    return {
        f"{page}/{block.key}": block.payload
        for page, report in reports.items()
        if isinstance(report, Report)
        for block in report.blocks(Map)
    }
