"""`python -m dashboard export`: the same files as from a page, without a browser."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from dashboard import snapshot
from dashboard.cli.arguments import FILES, TOPICS
from dashboard.exports import kinds
from dashboard.figures.views import view_of
from dashboard.filters import Filters, canonical, slug
from dashboard.i18n import texts_of
from dashboard.links import PATHS, from_query, joined
from dashboard.report import Report
from data import files
from data.documents.opening import content_of
from data.documents.reading import resolver
from data.scenarios import LARGEST
from geo.coverage import Choice
from geo.errors import DataError
from geo.gaps import KINDS
from geo.names.resolver import Match
from geo.scenario import text


def export(arguments: argparse.Namespace, choice: Choice) -> str:
    """Write one file, or a folder for `site`; returns what was done; raises DataError."""
    if arguments.what == "briefing" and arguments.country is not None:
        return _briefing(arguments, choice)
    page, filters = _subject_of(arguments, choice)
    if arguments.what == "site":
        return _site(filters, _place(arguments.output, "site"))
    from dashboard.subjects import catalogue  # every subject there is: much to load

    endings = FILES[arguments.what]
    found = catalogue.report(page, filters)
    path = _place(arguments.output, f"{kinds.stem(found)}{next(iter(endings))}")
    kind = endings.get(path.suffix.lower())
    if kind is None:
        raise DataError("no_kind_of_file", path.name, what=arguments.what, endings=tuple(endings))
    files.write(path, _content(found, kind, arguments.figure))
    return f"{path} is written: {found.title}.\n"


def _briefing(arguments: argparse.Namespace, choice: Choice) -> str:
    """Write the pages of the countries, each once, in the order in which they were asked."""
    from dashboard.exports import briefing as pages
    from dashboard.subjects.country import briefing

    codes = dict.fromkeys(_country(name) for name in arguments.country)
    filters = _filters_of(arguments, choice)
    t = texts_of(filters.language)
    reports = [briefing.report(t, replace(filters, land=code)) for code in codes]
    path = _place(arguments.output, f"{pages.stem(reports)}.docx")
    write = {".docx": pages.word, ".pdf": pages.pdf}.get(path.suffix.lower())
    if write is None:
        endings = tuple(FILES["briefing"])
        raise DataError("no_kind_of_file", path.name, what="briefing", endings=endings)
    files.write(path, write(reports))
    return f"{path} is written: {' '.join(report.title for report in reports)}\n"


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
    made = kinds.figures(report)
    if not made:
        raise DataError("no_figures", report.name)
    if figure and figure not in made:
        raise DataError("no_such_figure", "--figure", value=figure, names=tuple(made))
    return kinds.picture_of(made[figure or next(iter(made))], report, kind)


def _site(filters: Filters, path: Path) -> str:
    from dashboard.subjects.site.files import single, site

    if path.suffix.lower() == ".html":
        files.write(path, single(filters.release, filters.language))
    else:
        files.write_all(path, site(filters.release))
    return f"{path} is written: open it in a browser, no server or internet is needed.\n"


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
        return "country", replace(filters, land=_country(arguments.country[0]))
    if arguments.scenario is not None:
        from dashboard.subjects.scenario import report as scenario_report

        content = content_of(Path(arguments.scenario), LARGEST)
        found = scenario_report.from_file(Path(arguments.scenario).name, content, release)
        return "whatif", replace(filters, release=found.release, scenario=text(found))
    if arguments.sides:
        pair = dict(zip(("links", "rechts"), arguments.sides, strict=True))
        filters = replace(filters, sides=_checked({"release": release} | pair).sides)
        return "compare", filters
    return TOPICS[arguments.topic], filters


def _filters_of(arguments: argparse.Namespace, choice: Choice) -> Filters:
    """The choices that hold for whatever subject is asked; raises DataError."""
    known = snapshot.valid_names()
    release = arguments.release or known.default_release
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
    path = parts.path.rstrip("/").rpartition("/")[2]
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
    """A continent or subregion by its English or Dutch name."""
    known = {area for areas in snapshot.areas().items() for area in (areas[0], *areas[1])}
    named = {slug(area): area for area in known}
    for t in (texts_of("nl"), texts_of("en")):
        named |= {slug(t.area(area)): area for area in known}
    if slug(region) not in named:
        raise DataError("no_such_region", "--region", value=region, regions=tuple(sorted(known)))
    area = named[slug(region)]
    return replace(filters, area=area, view=view_of(area))


def _country(text: str) -> str:
    """A country by its code or a certain name; anything else is an error with suggestions."""
    if code := snapshot.valid_names().unit(text):
        return code
    names = resolver()
    found = names.exact(text)
    if isinstance(found, Match) and not names.is_ambiguous(text):
        return found.iso3
    if near := names.suggest(text):
        raise DataError("no_such_country_alike", "--country", value=text, alike=tuple(near))
    raise DataError("no_such_country", "--country", value=text)
