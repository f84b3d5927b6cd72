"""The data in the folder of a site, for other programs, and the text that says what lies there."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from dashboard import records, snapshot, statements
from dashboard.exports import site_page
from dashboard.exports.html import sections
from dashboard.exports.kinds import KINDS
from dashboard.filters import Filters
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.links import PATHS
from dashboard.report import Map, Report
from dashboard.rows import headers
from dashboard.search import search_entries
from dashboard.subjects import catalogue
from dashboard.subjects.answers import beforehand
from dashboard.subjects.coverage import COVERAGE, distance_note
from dashboard.subjects.site import content
from dashboard.wording import error_text
from data.load import reference
from geo.coverage import HOME
from geo.errors import DataError
from geo.options import Choice

MARK = "utf-8-sig"  # with a mark, or Excel garbles the accents


def data(release: str) -> dict[str, bytes]:
    """Path in the folder -> file: coverage as CSV and GeoJSON, postings and missions as CSV.

    Each CSV with commas for programs, and with semicolons and decimal commas for a Dutch Excel.
    All organisations together, without plans. Raises DataError.
    """
    found = {
        "coverage": records.coverage(
            snapshot.coverage(release, Choice()), snapshot.network(release), Choice()
        ),
        "postings": records.postings(snapshot.network(release)),
    }
    row = snapshot.store().release(release)
    if row["missions"] != "absent":
        found["missions"] = records.missions(snapshot.deployments(release), row["missions_as_of"])
    files = {
        path: content
        for name, rows in found.items()
        for path, content in (
            (f"data/{release}-{name}.csv", records.as_csv(rows).encode(MARK)),
            (f"data/{release}-{name}-excel-nl.csv", records.for_excel(rows, texts_of("nl"))),
        )
    }
    coverage = catalogue.report("coverage", Filters(release))
    return files | {f"data/{release}-coverage.geojson": KINDS["geojson"].make(coverage)}


def readme(release: str) -> bytes:
    """How to open the folder, and what it holds, in both languages; raises DataError."""
    return "\n".join(_readme(Filters(release, each)) for each in LANGUAGES).encode(MARK)


def _readme(filters: Filters) -> str:
    t = texts_of(filters.language)
    report = catalogue.report("coverage", filters)
    return t(
        "site.readme",
        title=report.title,
        identity=report.provenance.identity,
        date=t.date(report.provenance.made),
        as_of=report.provenance.as_of,
        release=filters.release,
        borders=report.provenance.borders,
        permalink=report.provenance.way,
    )


FILES = {"nl": "index.html", "en": "en.html"}
# Words that the scripts need: those of their own, and those of the dossier in the app.
OWN = ("matches", "match_none", "chosen", "choice_note", "questions", "keys")
KINDS_OF_WORDS = ("kind_2", "kind_3", "kind_4", "kind_5")  # by which a country is found
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

    >>> address("land?land=ECU"), address("bronnen?document=kst-31015-94&rij=2"), address("x:y")
    ('#land=ECU', '#bronnen&document=kst-31015-94', '')
    """
    parts = urlsplit(href)
    named = parse_qs(parts.query)
    if parts.scheme in ("https", "http"):
        return href
    if parts.path == PATHS["country"] and "land" in named:
        return f"#land={named['land'][0]}"
    if parts.path == PATHS["sources"] and "document" in named:
        return "#bronnen&" + urlencode({"document": named["document"][0]})
    return ""


def _page(filters: Filters, other: str) -> bytes:
    """One page; `other` is the file in the other language, empty where there is none."""
    t = texts_of(filters.language)
    snapshot.network(filters.release)  # without one there is no map to make a site around
    reports = {page: _report(t, filters, topic) for page, topic in site_page.PAGES.items()}
    script_data = _script_data(t, filters, reports)
    coverage = catalogue.report("coverage", filters)
    parts = site_page.parts(t, filters, coverage.provenance, other)
    written = {
        "title": coverage.title,
        "views": [(view, label) for view, label, *_ in script_data["views"]],
        "pages": [_section(t, page, each) for page, each in reports.items()],
    }
    return site_page.page(parts | written, script_data)


def _report(t: Texts, filters: Filters, topic: str) -> Report | DataError:
    """The report of a topic, or why this release has none."""
    if topic == "sources":
        return content.report(t, filters)
    try:
        return catalogue.report(topic, filters)
    except DataError as error:
        return error


def _section(t: Texts, page: str, report: Report | DataError) -> dict[str, str]:
    """What site.html shows as the page of a report; what is missing says why."""
    if isinstance(report, DataError):
        reason = t("site.part_absent", reason=error_text(t, report).reason)
        return {"page": page, "reason": reason}
    whole = "" if page == "bronnen" else t("site.whole")
    return {"page": page, "reason": "", "whole": whole, "body": sections(report, page, address)}


def _script_data(
    t: Texts, filters: Filters, reports: dict[str, Report | DataError]
) -> dict[str, Any]:
    """All that the scripts know."""
    choices = content.choices(t, filters)
    texts, country = t.group("site"), t.group("country")
    complete = snapshot.network(filters.release).complete
    nobody = country["serving_none" if complete else "serving_unknown"]
    titles = {
        page: t(f"page.{site_page.PAGES[page]}") if isinstance(each, DataError) else each.title
        for page, each in reports.items()
    }
    units = {
        "title": distance_note(t, reference("units")),
        "headers": headers(t, COVERAGE),
        "source": "",
    }
    return {
        "lang": t.language,
        "home": HOME,
        "words": {key: texts[key] for key in OWN}
        | {key: country[name] for key, name in DOSSIER.items()}
        | {key: t.group("search")[key] for key in KINDS_OF_WORDS}
        | {"nobody": nobody, "answer": t("find.answer"), "source": t("source")}
        | {"no_missions": statements.no_mission(t), "no_history": statements.nothing_dated(t)},
        "map_words": t.group("map"),
        "short": site_page.short(t),
        "swatches": site_page.swatches(choices),
        "pages": {site_page.START: "", **titles},
        "views": content.views(t, filters),
        "choices": choices,
        "links": content.links(filters),
        "maps": _maps(reports),
        "heads": content.heads(t, filters) | {"units": units},
        "entries": [*search_entries(t.language), *beforehand.entries(t, filters)],
        "lands": content.countries(t, filters, address),
    }


def _maps(reports: dict[str, Report | DataError]) -> dict[str, Any]:
    """What the map is told on the page of each report."""
    return {
        f"{page}/{block.key}": block.payload
        for page, report in reports.items()
        if isinstance(report, Report)
        for block in report.blocks(Map)
    }
