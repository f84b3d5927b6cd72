"""Sheets as .xlsx (OOXML), see `dashboard.exports.sheets`."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from dashboard.exports import house_style
from dashboard.exports.house_style import Style
from dashboard.exports.office import describe, stamped
from dashboard.exports.sheets import Entry, Sheet
from dashboard.i18n import texts_of
from dashboard.records import is_formula
from dashboard.report import Form, Report

_LONGEST_LINK = 2000  # a longer one Excel calls damage
_DAYS = {"nl": "[$-413]d mmmm yyyy", "en": "[$-809]d mmmm yyyy"}
_LONGEST = 32_767  # characters of a cell, the most that Excel takes
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", horizontal="left", indent=1, wrap_text=True)
_NUMBER = Alignment(vertical="top", horizontal="right")
_RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)


class Looks:
    """Letters and lines of cells in the colours and the typeface of a style."""

    def __init__(self, style: Style) -> None:
        accent, face = style.hex("accent"), style.office
        self.plain = Font(name=face, size=9)
        self.bold = Font(name=face, size=9, bold=True, color=accent)
        self.title = Font(name=face, size=14, bold=True, color=accent)
        self.link = Font(name=face, size=9, color=style.hex("link"), underline="single")
        self.rule = Border(bottom=Side(style="thin", color=accent))
        self.hair = Border(bottom=Side(style="hair", color=style.hex("line")))


def excel(report: Report, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as .xlsx; the same report gives the same bytes."""
    t, looks = texts_of(report.language), Looks(house_style.current())
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        (_headed if sheet.headed else _led)(page, sheet, t.language, looks)
        _dress(page, sheet, report)
    describe(book.properties, report)
    book.properties.lastModifiedBy = book.properties.creator = t("product")
    content = io.BytesIO()
    book.save(content)
    return stamped(content.getvalue(), report.provenance.made)


def _headed(page: Any, sheet: Sheet, language: str, looks: Looks) -> None:
    """A table: headers that stay in sight and can filter, and the rows below."""
    for place, column in enumerate(sheet.columns, 1):
        cell = _put(page.cell(1, place), Entry(column.header), language, looks)
        cell.font, cell.border = looks.bold, looks.rule
        if column.numeric:
            cell.alignment = _RIGHT
    for number, row in enumerate(sheet.rows(), 2):
        for place, entry in enumerate(row, 1):
            _put(page.cell(number, place), entry, language, looks).border = looks.hair
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"


def _led(page: Any, sheet: Sheet, language: str, looks: Looks) -> None:
    """Rows that begin with what they say; the first is a title over all columns."""
    for number, row in enumerate(sheet.rows(), 1):
        for place, entry in enumerate(row, 1):
            cell = _put(page.cell(number, place), entry, language, looks)
            if place == 1:
                cell.font = looks.title if number == 1 else looks.bold
                cell.alignment = _TOP if number == 1 else _WRAPPED


def _put(cell: Any, entry: Entry, language: str, looks: Looks) -> Any:
    """A value in a cell; a text is one whatever it looks like, also when it is edited later."""
    value = entry.value
    cell.font, cell.alignment = looks.plain, _WRAPPED
    if isinstance(value, str):
        cell.value = value[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)
    elif value is not None:
        cell.value = value
        cell.number_format = _DAYS[language] if isinstance(value, dt.date) else _code(entry.form)
        if not isinstance(value, dt.date):
            cell.alignment = _NUMBER
    if entry.href and len(entry.href) <= _LONGEST_LINK:
        cell.hyperlink, cell.font = entry.href, looks.link
    return cell


def _code(form: Form) -> str:
    """A number format of Excel, which shows it in the reader's own way."""
    code = "#,##0" if form.grouped else "0"
    code += f".{'0' * form.decimals}" if form.decimals else ""
    return f"+{code};-{code};{code}" if form.signed else code


def _dress(page: Any, sheet: Sheet, report: Report) -> None:
    """Widths and heights, and a page that lies down and is one sheet of paper wide."""
    for place, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width + 2
    for number, lines in enumerate(sheet.lines(), 1):
        page.row_dimensions[number].height = 5 + 12 * lines
    if not sheet.headed:
        page.row_dimensions[1].height = 30
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    identity = report.provenance.identity.replace("&", "&&")
    page.oddFooter.left.text, page.oddFooter.right.text = identity, "&A  &P/&N"
