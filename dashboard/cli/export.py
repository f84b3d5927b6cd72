"""`python -m dashboard export`: the same files as from a page, without a browser."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from dashboard import snapshot
from dashboard.cli.areas import area_of, country_of
from dashboard.cli.arguments import FILES, TOPICS
from dashboard.exports import kinds
from dashboard.exports.archive import zipped
from dashboard.filters import Filters, canonical
from dashboard.i18n import texts_of
from dashboard.links import PATHS, from_query, joined, page_of
from dashboard.report import Report
from data import files
from data.documents.opening import STREAM, content_of
from geo.errors import DataError
from geo.options import KINDS, Choice
from geo.scenario import text


def export(arguments: argparse.Namespace, choice: Choice) -> tuple[str, bytes]:
    """Write one file, or a folder for `site`; raises DataError.

    Returns what was done, and the file itself where standard output is to take it.
    """
    _refuse_filters(arguments)
    if arguments.what == "data":
        return _data(arguments.release, _place(arguments.output, "liaisonatlas.zip"))
    if arguments.what == "briefing" and arguments.country is not None:
        return _briefing(arguments, choice)
    page, filters = _subject_of(arguments, choice)
    if arguments.what == "site":
        return _site(filters, _place(arguments.output, "site"))
    if arguments.what == "release":
        return _release(filters.release, _place(arguments.output, f"{filters.release}.xlsx"))
    from dashboard.subjects import catalogue  # every subject there is: much to load

    endings = FILES[arguments.what]
    report = catalogue.report(page, filters)
    first = next(iter(endings))
    if arguments.output == STREAM:
        return f"{report.title}\n", _content(report, endings[first], arguments.figure)
    path = _place(arguments.output, f"{kinds.stem(report)}{first}")
    kind = endings.get(path.suffix.lower())
    if kind is None:
        raise DataError("no_kind_of_file", path.name, what=arguments.what, endings=tuple(endings))
    files.write(path, _content(report, kind, arguments.figure))
    return f"{path} is written: {report.title}.\n", b""


# What writes all there is, whatever a page would show of it -> the options that it cannot heed.
_FILTERS = (
    *("topic", "country", "scenario", "sides", "region", "kind", "figure"),
    *("organisation", "planned"),
)
_WHOLE: dict[str, tuple[str, ...]] = {
    "data": (*_FILTERS, "link"),
    "release": _FILTERS,
    "site": _FILTERS,
}


def _refuse_filters(arguments: argparse.Namespace) -> None:
    """Raise DataError for the first option that a file would not heed."""
    options: set[str] = getattr(arguments, "_options", set())  # the topic has a default
    for name in _WHOLE.get(arguments.what, ()):
        if name in options or (name != "topic" and getattr(arguments, name)):
            raise DataError("option_without_effect", f"--{name}", what=arguments.what)


def _briefing(arguments: argparse.Namespace, choice: Choice) -> tuple[str, bytes]:
    """Write the pages of the countries, each once, in the order in which they were asked."""
    from dashboard.exports import briefing as pages
    from dashboard.subjects.country import briefing

    codes = dict.fromkeys(country_of(name, "--country") for name in arguments.country)
    filters = _filters_of(arguments, choice)
    t = texts_of(filters.language)
    reports = [briefing.report(t, replace(filters, land=code)) for code in codes]
    titles = " ".join(report.title for report in reports)
    if arguments.output == STREAM:
        return f"{titles}\n", pages.word(reports)
    path = _place(arguments.output, f"{briefing.stem(t, filters, [*codes])}.docx")
    write = {".docx": pages.word, ".pdf": pages.pdf}.get(path.suffix.lower())
    if write is None:
        endings = tuple(FILES["briefing"])
        raise DataError("no_kind_of_file", path.name, what="briefing", endings=endings)
    files.write(path, write(reports))
    return f"{path} is written: {titles}\n", b""


def _release(release: str, path: Path) -> tuple[str, bytes]:
    """Write the rows of a release as a filled-in table, which can be imported again."""
    from data.imports import release_file

    if str(path) == STREAM:
        return "", release_file.write(snapshot.store(), release, f"{release}.xlsx")
    files.write(path, release_file.write(snapshot.store(), release, path.name))
    return f"{path} is written: `import` reads it back as it is.\n", b""


def _place(output: str | None, name: str) -> Path:
    """Where the file goes; without an answer of the reader it is said before it is made."""
    if output is not None:
        return Path(output)
    path = Path(name)
    # A site refuses a folder that holds something; any other file replaces the one of its name.
    what = "replaces" if path.is_file() else "becomes"
    sys.stderr.write(f"liaisonatlas: without -o the file {what} {path.absolute()}\n")
    return path


def _content(report: Report, kind: str, figure: str | None) -> bytes:
    if kind == "pack":
        return kinds.pack(report, _progress)
    if kind in ("png", "svg"):
        return _picture(report, kind, figure)
    return kinds.KINDS[kind].make(report)


def _progress(share: float, what: str) -> None:
    sys.stderr.write(f"{share:4.0%} {what}\n")


def _picture(report: Report, kind: str, figure: str | None) -> bytes:
    """The map or chart of that key, else the first."""
    figures = kinds.figures(report)
    if not figures:
        raise DataError("no_figures", report.name)
    if figure and figure not in figures:
        raise DataError("no_such_figure", "--figure", value=figure, names=tuple(figures))
    return kinds.picture_of(figures[figure or next(iter(figures))], report, kind)


def _data(release: str | None, path: Path) -> tuple[str, bytes]:
    """All tables of every release, or of one, as a package: one .zip or a folder."""
    from dashboard.exports.data_package import package

    if release:
        snapshot.store().release(release)
    archive = package(release, home=snapshot.settings().address)
    if str(path) == STREAM:
        return "datapackage.json in it says what every table holds.\n", zipped(
            iter(archive.items())
        )
    if path.suffix.lower() == ".zip":
        files.write(path, zipped(archive.items()))
    else:
        files.write_all(path, archive)
    return f"{path} is written: datapackage.json in it says what every table holds.\n", b""


def _site(filters: Filters, path: Path) -> tuple[str, bytes]:
    from dashboard.subjects.site.files import single, site

    if str(path) == STREAM:
        return "", single(filters.release, filters.language)
    if path.suffix.lower() == ".html":
        files.write(path, single(filters.release, filters.language))
    else:
        files.write_all(path, site(filters.release))
    return f"{path} is written: open it in a browser, no server or internet is needed.\n", b""


# --- what is asked --------------------------------------------------------------------------------


def _subject_of(arguments: argparse.Namespace, choice: Choice) -> tuple[str, Filters]:
    """The page, and the filters under which it shows what is asked; raises DataError."""
    if arguments.link is not None:
        return _linked(arguments.link)
    filters = _filters_of(arguments, choice)
    release = filters.release
    if arguments.country is not None:
        if len(arguments.country) > 1:
            raise DataError("one_country", "--country", value=" ".join(arguments.country))
        return "country", replace(filters, land=country_of(arguments.country[0], "--country"))
    if arguments.scenario is not None:
        from dashboard.subjects.scenario import report as scenario_report
        from data.scenarios import LARGEST

        content = content_of(Path(arguments.scenario), LARGEST)
        scenario = scenario_report.from_file(Path(arguments.scenario).name, content, release)
        return "whatif", replace(filters, release=scenario.release, scenario=text(scenario))
    if arguments.sides:
        pair = dict(zip(("links", "rechts"), arguments.sides, strict=True))
        filters = replace(filters, sides=_checked({"release": release} | pair).sides)
        return "compare", filters
    return page_of(TOPICS[arguments.topic], arguments.figure or ""), filters


def _filters_of(arguments: argparse.Namespace, choice: Choice) -> Filters:
    """The choices that hold for whatever subject is asked; raises DataError."""
    valid = snapshot.valid_names()
    release = arguments.release or valid.default_release
    snapshot.store().release(release)
    layers = ("regions", "planned") if choice.planned else ("regions",)
    organisations = canonical(choice.organisations) if choice.organisations else ()
    filters = Filters(
        release, arguments.language, organisations, layers=layers, kinds=_kinds(arguments)
    )
    if arguments.region is not None:
        filters = _in_region(filters, arguments.region)
    return filters


def _kinds(arguments: argparse.Namespace) -> tuple[str, ...]:
    chosen = arguments.kind or Filters("").kinds
    return tuple(kind for kind in KINDS if kind in chosen)


def _linked(link: str) -> tuple[str, Filters]:
    """The page and the filters of an address, as copied from a browser."""
    from dashboard.subjects import catalogue

    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise DataError("link_unreadable", "--link", value=link[:80]) from error
    start = urlsplit(snapshot.settings().address).path.rstrip("/")  # the installation's prefix
    path = parts.path.rstrip("/").removeprefix(start).rpartition("/")[2]
    page = {path: name for name, path in PATHS.items()}.get(path)
    if page is None or page not in catalogue.PAGES:
        pages = tuple(f"/{PATHS[name]}" for name in catalogue.PAGES)
        raise DataError("no_such_page", "--link", value=link[:80], pages=pages)
    return page, _checked(joined(parse_qsl(parts.query, keep_blank_values=True)))


def _checked(query: dict[str, str]) -> Filters:
    """The filters of an address; what it says wrongly is an error here."""
    filters, notices = from_query(query, snapshot.valid_names())
    if notices:
        named = ", ".join(f"{notice.parameter}={notice.value}" for notice in notices)
        raise DataError("address_unknown_choices", "address", value=named)
    return filters


def _in_region(filters: Filters, region: str) -> Filters:
    return replace(filters, area=area_of(region), view="")
