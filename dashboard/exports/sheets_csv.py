"""The tables of a report as CSV, each a file of its own."""

from __future__ import annotations

from dashboard import records
from dashboard.exports.archive import zipped
from dashboard.exports.sheets import Sheet, sheets
from dashboard.file_names import slugged
from dashboard.i18n import texts_of
from dashboard.records import Record
from dashboard.report import Report


def tables_csv(report: Report) -> bytes:
    """A .zip of one CSV per table and per chart's data, sources, dictionary and what it all is of.

    A date is written for programs (2025-11-12), a number and what separates the cells as the Excel
    of the language reads them, see `records.for_excel`.
    """
    about, *found = sheets(report)
    named = [f"{slugged(sheet.name)}.csv" for sheet in found]
    t = texts_of(report.language)
    files = {
        name: records.for_excel(_records(sheet), t)
        for name, sheet in zip(named, found, strict=True)
    }
    lines = ("\t".join(str(e.value) for e in row if e.value is not None) for row in about.rows())
    files[f"{slugged(about.name)}.txt"] = ("\n".join(lines) + "\n").encode("utf-8-sig")
    return zipped(files.items())


def _records(sheet: Sheet) -> list[Record]:
    """The rows of a sheet by the headers of its columns, of which two may be the same."""
    names: list[str] = []
    for column in sheet.columns:
        number = sum(each.header == column.header for each in sheet.columns[: len(names)]) + 1
        names.append(f"{column.header} #{number}" if number > 1 else column.header)
    return [dict(zip(names, (entry.value for entry in row), strict=True)) for row in sheet.rows()]
