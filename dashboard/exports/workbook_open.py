"""Sheets as .ods (OpenDocument), see `sheets_content`.

Written as XML: the empty document that a library brings is somebody's, with their language.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from dashboard.exports.office import xml
from dashboard.exports.sheets_content import Sheet
from dashboard.exports.sheets_values import Column, Entry, Form
from dashboard.exports.workbook_open_parts import (
    KIND,
    cell_styles,
    document,
    manifest,
    meta,
    settings,
    sizes,
    styles,
)
from dashboard.i18n import words
from dashboard.records import is_formula
from dashboard.report import Report


def opendocument(report: Report, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as .ods; the same report gives the same bytes."""
    day = dt.date.fromisoformat(report.imprint.made)
    parts = {
        "mimetype": KIND,
        "content.xml": _content(report, sheets),
        "styles.xml": styles(report),
        "meta.xml": meta(report),
        "settings.xml": settings([sheet.name for sheet in sheets if sheet.headed]),
    }
    parts["META-INF/manifest.xml"] = manifest(list(parts)[1:])
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in parts.items():
            info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            # A program knows the kind by the first bytes of the file, which are stored as they are.
            archive.writestr(info, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return made.getvalue()


def _content(report: Report, sheets: Sequence[Sheet]) -> str:
    entries = (entry for sheet in sheets for column in sheet.columns for entry in column.entries)
    forms = dict.fromkeys(entry.form for entry in entries if _is_number(entry))
    names = {form: f"n{number}" for number, form in enumerate(forms)}
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    heights = sorted({lines for sheet in sheets for lines in sheet.lines()})
    used = cell_styles(words(report.language).language, names) + sizes(widths, heights)
    body = "".join(_table(sheet, names) for sheet in sheets)
    filters = "".join(_filter(number, sheet) for number, sheet in enumerate(sheets) if sheet.headed)
    inner = (
        f"<office:automatic-styles>{used}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}<table:database-ranges>{filters}</table:database-ranges>"
        "</office:spreadsheet></office:body>"
    )
    return document("content", inner)


def _is_number(entry: Entry) -> bool:
    return isinstance(entry.value, int | float)


def _table(sheet: Sheet, forms: Mapping[Form, str]) -> str:
    columns = "".join(f'<table:table-column table:style-name="w{w}"/>' for w in sheet.widths)
    rows, heights = [], sheet.lines()
    if sheet.headed:
        heads = "".join(_head(column, forms) for column in sheet.columns)
        head = f'<table:table-row table:style-name="h{next(heights)}">{heads}</table:table-row>'
        rows.append(f"<table:table-header-rows>{head}</table:table-header-rows>")
    for number, (row, lines) in enumerate(zip(sheet.rows(), heights, strict=True)):
        first = "Text" if sheet.headed else "Label" if number else "Title"
        height = "" if first == "Title" else f' table:style-name="h{lines}"'
        cells = "".join(
            _cell(entry, "Text" if place else first, forms) for place, entry in enumerate(row)
        )
        rows.append(f"<table:table-row{height}>{cells}</table:table-row>")
    return (
        f'<table:table table:name="{xml(sheet.name)}" table:style-name="sheet">{columns}'
        f"{''.join(rows)}</table:table>"
    )


def _head(column: Column, forms: Mapping[Form, str]) -> str:
    style = "NumberHead" if column.numeric else "Head"
    return _cell(Entry(column.header), style, forms)


def _cell(entry: Entry, style: str, forms: Mapping[Form, str]) -> str:
    value = entry.value
    if value is None:
        return f'<table:table-cell table:style-name="{style}"/>'
    if isinstance(value, str):
        lines = "".join(f"<text:p>{_text(line, entry.href)}</text:p>" for line in value.split("\n"))
        own = f"q{style}" if is_formula(value) else style
        said = f'table:style-name="{own}" office:value-type="string"'
        return f"<table:table-cell {said}>{lines}</table:table-cell>"
    if isinstance(value, dt.date):
        said = f'table:style-name="d" office:value-type="date" office:date-value="{value}"'
    else:
        kind = "percentage" if entry.form.percent else "float"
        name = forms[entry.form]
        said = f'table:style-name="{name}" office:value-type="{kind}" office:value="{value!r}"'
    return f"<table:table-cell {said}><text:p>{value}</text:p></table:table-cell>"


def _text(line: str, href: str) -> str:
    """A line in which no space gets lost, and which may lead somewhere."""
    text = re.sub("^ | {2,}", lambda gap: f'<text:s text:c="{len(gap[0])}"/>', xml(line))
    return f'<text:a xlink:type="simple" xlink:href="{xml(href)}">{text}</text:a>' if href else text


def _filter(number: int, sheet: Sheet) -> str:
    """The range of a table that can be filtered by its headers."""
    last = f"{_letter(len(sheet.columns))}{len(sheet.columns[0].entries) + 1}"
    quoted = "&apos;" + xml(sheet.name) + "&apos;"
    return (
        f'<table:database-range table:name="filter{number}" table:display-filter-buttons="true" '
        f'table:target-range-address="{quoted}.A1:{quoted}.{last}"/>'
    )


def _letter(place: int) -> str:
    """The letters of a column, the first being 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
