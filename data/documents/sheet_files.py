"""Sheets of plain text as a file to fill in or to keep: .xlsx, .ods or .csv, read by `sheets`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from geo.errors import DataError

KINDS = ("xlsx", "ods", "csv")
Row = tuple[str, ...]
Sheets = Mapping[str, Sequence[Row]]


def kind_of(name: str) -> str:
    """The kind that a file name ends on ("annex.xlsx", ".ods"); raises DataError for another."""
    kind = name.rpartition(".")[2].casefold()
    if kind not in KINDS:
        raise DataError("no_such_template", name.rpartition("/")[2], kinds=KINDS)
    return kind


def write(
    kind: str, sheets: Sheets, widths: Sequence[int], forms: Mapping[str, str], wide: str = ""
) -> bytes:
    """The sheets under their names as a file of one of KINDS; every cell is text.

    `widths` are those of the columns, in characters, and `forms` Excel's forms of numbers by sheet.
    The sheet called `wide` has one column of running text, and is left out of a .csv, which holds
    the others one below the other.
    """
    if kind == "csv":
        return _csv([rows for name, rows in sheets.items() if name != wide])
    return _xlsx(sheets, widths, forms, wide) if kind == "xlsx" else _ods(sheets)


def _csv(tables: Sequence[Sequence[Row]]) -> bytes:
    """With the mark and the separator that a Dutch Excel expects, and a line between the sheets."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for place, rows in enumerate(tables):
        if place:
            writer.writerow(())
        writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(sheets: Sheets, widths: Sequence[int], forms: Mapping[str, str], wide: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for at, text in enumerate(row, start=1):
                cell = sheet.cell(number, at)
                cell.number_format = forms.get(name, "General")
                if text:
                    cell.value, cell.data_type = text, "s"  # no formula, whatever it begins with
                cell.font = Font(bold=len(row) < 2 if name == wide else number == 1)
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        for at, width in enumerate((100,) if name == wide else widths):
            sheet.column_dimensions["ABCDEFGHIJKLMNOPQRST"[at]].width = width
        if name != wide and len(rows) > 1:
            sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods(sheets: Sheets) -> bytes:
    from odfdo import Document, Table
    from odfdo import Row as OdfRow

    book = Document("ods")
    book.body.clear()
    for name, rows in sheets.items():
        table = Table(name)
        for cells in rows:
            row = OdfRow()
            row.set_values(list(cells))
            table.append_row(row)
        book.body.append(table)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
