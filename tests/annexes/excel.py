"""An annex as an Excel file, with hidden rows and sheets, raised and struck words and merges."""

from __future__ import annotations

import re

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tests.annexes.description import Annex, Cell, Table
from tests.annexes.parts import repacked, saved

_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def as_xlsx(annex: Annex) -> bytes:
    """Write a sheet for each table, or all on one, with numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = annex.look["sheets"]
    sheet, row, column = book.create_sheet("Bijlage"), 1, 1
    for line in annex.opening:
        sheet.cell(row, 1).value = line
        row += 1
    for number, table in enumerate(annex.tables):
        if table.beside:
            row, column = 4, 6
        elif sheets == "apart":
            sheet, row = book.create_sheet(f"Tabel {number + 1}"), 1
        else:
            row += 1
        if table.hidden:
            sheet.sheet_state = "veryHidden" if annex.seed % 2 else "hidden"
        row = _sheet_table(annex, sheet, table, row, column)
    sums = [cell for table in annex.tables for row in table.rows for cell in row.cells]
    return _with_sums(saved(book), [cell for cell in sums if cell.summed])


def _with_sums(content: bytes, sums: list[Cell]) -> bytes:
    """Keep beside each formula what Excel counted, which the library does not write."""

    def change(name: str, part: bytes) -> bytes:
        for cell in sums:
            formula = f"<f>SUM({cell.summed})</f><v".encode()
            value = f"<f>SUM({cell.summed})</f><v>{cell.text}</v>".encode()
            part = re.sub(re.escape(formula) + rb"( ?/>|></v>)", value, part)
        return part

    return repacked(content, change)


def _sheet_table(annex: Annex, sheet: Worksheet, table: Table, top: int, left: int) -> int:
    sheet.cell(top, left).value = table.title
    first = at = top + 1
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            target = sheet.cell(at, left + place)
            target.value = _excel_value(annex, cell)
            target.alignment = Alignment(wrap_text=True, vertical="top")
            if annex.look["grid"] == "lines":
                target.border = _BORDER
            if cell.struck == cell.text and cell.text:
                target.font = Font(strike=True)
        before = sheet.row_dimensions[at].height or 0  # of a table to the left
        sheet.row_dimensions[at].height = max(before, 15 * max(map(_lines, row.cells)))
        if row.form == "banner":
            sheet.merge_cells(None, at, left, at, left + table.width - 1)
        if row.form == "hidden":
            sheet.row_dimensions[at].hidden = True
        at += 1
    for place in range(table.width):
        letter = get_column_letter(left + place)
        sheet.column_dimensions[letter].width = 50 if place == table.width - 1 else 26
        _excel_merges(sheet, table, first, left, place)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one page wide
    for line in table.below:
        sheet.cell(at, left).value = line
        at += 1
    return at


def _lines(cell: Cell) -> int:
    """Return how many lines a cell takes in a column of 26 letters or more."""
    return sum(1 + len(line) // 24 for line in re.split(r"\n|/ ", cell.text))


def _excel_merges(sheet: Worksheet, table: Table, top: int, left: int, place: int) -> None:
    for at, row in enumerate(table.rows):
        if place < len(row.cells) and row.cells[place].joined:
            sheet.cell(top + at, left + place).value = None
            column = left + place
            sheet.merge_cells(None, top + at - 1, column, top + at, column)


def _excel_value(annex: Annex, cell: Cell) -> object:
    if cell.summed:
        return f"=SUM({cell.summed})"
    if cell.raised:
        sign = TextBlock(InlineFont(vertAlign="superscript"), cell.raised)
        return CellRichText(cell.text, sign)
    if cell.struck and cell.struck != cell.text:
        before, _, after = cell.text.partition(cell.struck)
        struck = TextBlock(InlineFont(strike=True), cell.struck)
        return CellRichText(*filter(None, (before, struck, after)))
    if cell.text.isdecimal():
        return int(cell.text)
    if "escaped_return" in annex.look:
        return cell.text.replace("\n", "_x000D_\n").replace(" / ", " /_x000D_\n") or None
    return cell.text or None
