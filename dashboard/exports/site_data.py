"""The data in the folder of a site, for other programs, and the text that says what lies there."""

from __future__ import annotations

from dashboard import cache, records
from dashboard.exports.kinds import KINDS
from dashboard.filters import Filters
from dashboard.i18n import LANGUAGES, words
from dashboard.topics import catalogue
from geo.coverage import Choice

MARK = "utf-8-sig"  # with a mark, or Excel garbles the accents


def data(release: str) -> dict[str, bytes]:
    """Path in the folder -> file: coverage as CSV and GeoJSON, postings and missions as CSV.

    Each CSV with commas for programs, and with semicolons and decimal commas for a Dutch Excel.
    All organisations together, without plans. Raises DataError.
    """
    found = {
        "coverage": records.coverage(cache.coverage(release, Choice()), cache.reference("units")),
        "postings": records.postings(cache.network(release)),
    }
    row = cache.store().release(release)
    if row["missions"] != "absent":
        found["missions"] = records.missions(cache.deployments(release), row["missions_as_of"])
    files = {
        path: content
        for name, rows in found.items()
        for path, content in (
            (f"data/{release}-{name}.csv", records.as_csv(rows).encode(MARK)),
            (f"data/{release}-{name}-excel-nl.csv", records.for_excel(rows, words("nl"))),
        )
    }
    coverage = catalogue.report("coverage", Filters(release))
    return files | {f"data/{release}-coverage.geojson": KINDS["geojson"].make(coverage)}


def readme(release: str) -> bytes:
    """How to open the folder, and what it holds, in both languages; raises DataError."""
    return "\n".join(_told(Filters(release, each)) for each in LANGUAGES).encode(MARK)


def _told(filters: Filters) -> str:
    t = words(filters.language)
    found = catalogue.report("coverage", filters)
    return t(
        "site.readme",
        title=found.title,
        identity=found.imprint.identity,
        date=t.date(found.imprint.made),
        as_of=found.imprint.as_of,
        release=filters.release,
        borders=found.imprint.borders,
        permalink=found.imprint.way,
    )
