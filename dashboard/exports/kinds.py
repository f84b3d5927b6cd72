"""Every kind of file a report can become: what it is called and what makes it.

The writers are loaded when they are asked for: an office file needs libraries that a page does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dashboard.exports.archive import zipped
from dashboard.exports.office import reachable
from dashboard.file_names import of_release, part_name, slugged
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Report
from geo.errors import DataError

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, its media type, and what makes it of a report."""

    ending: str
    mime: str
    make: Callable[[Report], bytes]


def _word(report: Report) -> bytes:
    from dashboard.exports.word import word

    return word(reachable(report))


def _slides(report: Report) -> bytes:
    from dashboard.exports.slides import slides

    return slides(reachable(report))


def _pdf(report: Report) -> bytes:
    from dashboard.exports.pdf import pdf

    return pdf(reachable(report))


def _xlsx(report: Report) -> bytes:
    from dashboard.exports.sheets import sheets
    from dashboard.exports.sheets_excel import excel

    return excel(report, sheets(reachable(report)))


def _ods(report: Report) -> bytes:
    from dashboard.exports.sheets import sheets
    from dashboard.exports.sheets_open import opendocument

    return opendocument(report, sheets(reachable(report)))


def _tables(report: Report) -> bytes:
    from dashboard.exports.sheets_csv import tables_csv

    return tables_csv(report)


def _geodata(kind: str) -> Callable[[Report], bytes]:
    def make(report: Report) -> bytes:
        from dashboard.exports.geodata import geodata

        if not any(report.blocks(Map)):
            raise DataError("no_map", report.subject)
        return geodata(report, kind)

    return make


def _pictures(kind: str) -> Callable[[Report], bytes]:
    def make(report: Report) -> bytes:
        if not figures(report):
            raise DataError("no_figures", report.subject)
        return zipped(pictures(report, kind))

    return make


def figures(report: Report) -> dict[str, Map | Chart]:
    """Every map and chart of a report, by its key."""
    return {block.key: block for block in report.blocks(Map, Chart)}


def picture_of(block: Map | Chart, report: Report, kind: str) -> bytes:
    """One map or chart as "png" or "svg", fit to stand alone."""
    from dashboard.exports.picture import picture

    return picture(replace(block, title=report.headline(block)), report, kind)


def pictures(report: Report, kind: str) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every map and chart of a report as "png" or "svg"."""
    for key, block in figures(report).items():
        named = slugged(part_name(texts_of(report.language), key))
        yield f"{stem(report)}-{named}.{kind}", picture_of(block, report, kind)


KINDS: dict[str, Kind] = {
    "word": Kind("docx", f"{_OFFICE}.wordprocessingml.document", _word),
    "slides": Kind("pptx", f"{_OFFICE}.presentationml.presentation", _slides),
    "pdf": Kind("pdf", "application/pdf", _pdf),
    "xlsx": Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    "ods": Kind("ods", f"{_OPEN}.spreadsheet", _ods),
    "png": Kind("png.zip", "application/zip", _pictures("png")),
    "svg": Kind("svg.zip", "application/zip", _pictures("svg")),
    "tables": Kind("csv.zip", "application/zip", _tables),
    "csv": Kind("csv", "text/csv", _geodata("csv")),
    "geojson": Kind("geojson", "application/geo+json", _geodata("geojson")),
    "gpkg": Kind("gpkg", "application/geopackage+sqlite3", _geodata("gpkg")),
}


def file_name(report: Report, kind: str) -> str:
    """What the file is called, release included, so that two of them are not mixed up.

    >>> from types import SimpleNamespace as Some
    >>> made_of = Some(release="r1", release_name="Network early 2026")
    >>> file_name(Some(name="country-ecuador", provenance=made_of), "word")
    'country-ecuador-network-early-2026.docx'
    """
    return f"{stem(report)}.{KINDS[kind].ending}"


def stem(report: Report) -> str:
    """What all files of a report begin with: subject and release, in its language."""
    of = report.provenance
    return of_release(report.name, of.release, of.release_name)


def pack(report: Report, progress: Callable[[float, str], None]) -> bytes:
    """Every kind of file in one archive; `progress` hears the share done and what comes next."""

    def files() -> Iterator[tuple[str, bytes]]:
        wanted = [kind for kind in KINDS if _has_map(report) or kind not in _MAPS]
        for place, kind in enumerate(wanted):
            progress(place / len(wanted), KINDS[kind].ending)
            if kind in ("png", "svg"):
                yield from pictures(report, kind)
            else:
                yield file_name(report, kind), KINDS[kind].make(report)

    return zipped(files())


_MAPS = ("csv", "geojson", "gpkg")


def _has_map(report: Report) -> bool:
    return any(report.blocks(Map))
