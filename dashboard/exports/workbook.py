"""A report as a workbook to compute with: typed columns, for Excel (.xlsx) and others (.ods)."""

from __future__ import annotations

from dashboard.exports.sheets_content import sheets
from dashboard.exports.workbook_excel import excel
from dashboard.exports.workbook_open import opendocument
from dashboard.report import Report


def workbook(report: Report, kind: str) -> bytes:
    """The report as "xlsx" or "ods"; the same report gives the same bytes.

    Nothing in it is a formula. Raises KeyError for another kind.
    """
    return {"xlsx": excel, "ods": opendocument}[kind](report, sheets(report))
