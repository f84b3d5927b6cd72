"""Sheets as an OpenDocument file; how cells and pages look stands in the template `sheets.ods`."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from zipfile import ZipFile

from dashboard.exports import house_style
from dashboard.exports.office import LANGUAGES, stamped, xml
from dashboard.exports.sheets import Column, Entry, Sheet
from dashboard.i18n import texts_of
from dashboard.records import is_formula
from dashboard.report import Form, Report

NAME = "sheets.ods"
STYLES = ("Text", "Date", "Number", "Head", "NumberHead", "Label", "Title")  # of cells
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in [
        *((name, f"{_URN}:{name}:1.0") for name in "office style table text meta config".split()),
        ("number", f"{_URN}:datastyle:1.0"),
        ("fo", f"{_URN}:xsl-fo-compatible:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    ]
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MM = 1.9  # width of a character
_ROW = 4.1  # mm, height of a line


def sizes(widths: Sequence[int], heights: Sequence[int]) -> str:
    """Styles of columns `w1` … (width in characters) and of rows `h1` … (height in lines)."""
    found = [_sized("column", f"w{n}", f'column-width="{_MM * (n + 2):.1f}mm"') for n in widths]
    fixed = 'style:use-optimal-row-height="false"'
    found += [
        _sized("row", f"h{n}", f'row-height="{1.6 + _ROW * n:.1f}mm" {fixed}') for n in heights
    ]
    return "".join(found)


def cell_styles(language: str, names: Mapping[Form, str]) -> str:
    """Styles of cells: `names` of numbers, texts that stay texts; and of a sheet."""
    code, country = LANGUAGES[language].split("-")
    place = f'number:language="{code}" number:country="{country}"'
    numbers = "".join(_number(form, name, place) for form, name in names.items())
    sheet = (
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
    )
    return _as_text() + numbers + sheet


def _sized(what: str, name: str, properties: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-{what}">'
        f"<style:table-{what}-properties style:{properties}/></style:style>"
    )


def _as_text() -> str:
    """The styles `qText` … of text that stays text when it is edited, whatever it begins with."""
    looks = "".join(
        f'<style:style style:name="q{parent}" style:family="table-cell" '
        f'style:parent-style-name="{parent}" style:data-style-name="asText"/>'
        for parent in ("Text", "Head", "NumberHead", "Label", "Title")
    )
    content = "<number:text-content/>"
    return f'<number:text-style style:name="asText">{content}</number:text-style>{looks}'


def _number(form: Form, name: str, place: str) -> str:
    """The style of a number; one with a plus is three, chosen by the value."""
    figure = (
        f'<number:number number:decimal-places="{form.decimals}" '
        f'number:min-decimal-places="{form.decimals}" number:min-integer-digits="1" '
        f'number:grouping="{str(form.grouped).lower()}"/>'
    )

    def styled(end: str, inner: str) -> str:
        return (
            f'<number:number-style style:name="{name}{end}" {place}>{inner}</number:number-style>'
        )

    found = styled("f", figure)
    if form.signed:
        maps = "".join(
            f'<style:map style:condition="value(){sign}0" style:apply-style-name="{name}{end}"/>'
            for sign, end in (("&gt;", "p"), ("&lt;", "m"))
        )
        found = styled("p", f"<number:text>+</number:text>{figure}")
        found += styled("m", f"<number:text>-</number:text>{figure}") + styled("f", figure + maps)
    return (
        f'{found}<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Number" style:data-style-name="{name}f"/>'
    )


def missing(template: bytes) -> list[str]:
    """The styles of cells that a template lacks."""
    with ZipFile(io.BytesIO(template)) as archive:
        styles = archive.read("styles.xml").decode()
    named = re.findall(r'<style:style\b[^>]*\bstyle:name="([^"]*)"', styles)
    return [f"the style {name}" for name in STYLES if name not in named]


def _styles(template: str, report: Report) -> str:
    """The styles of the template in the language of the report, its identity in the footer."""
    code, country = LANGUAGES[texts_of(report.language).language].split("-")
    text = re.sub(r'((?:fo|number):language=")[^"]*', rf"\g<1>{code}", template)
    text = re.sub(r'((?:fo|number):country=")[^"]*', rf"\g<1>{country}", text)
    return text.replace("{identity}", xml(report.provenance.identity))


def meta(report: Report) -> str:
    """The properties of the file; nobody's name is in it."""
    t, day = texts_of(report.language), f"{report.provenance.made}T00:00:00"
    product = xml(t("product"))
    inner = (
        f"<meta:generator>{product}</meta:generator><dc:title>{xml(report.title)}</dc:title>"
        f"<dc:subject>{xml(report.subject)}</dc:subject>"
        f"<meta:keyword>{xml(report.provenance.identity)}</meta:keyword>"
        f"<meta:initial-creator>{product}</meta:initial-creator><dc:creator>{product}</dc:creator>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        f"<dc:language>{LANGUAGES[t.language]}</dc:language>"
    )
    return document("meta", f"<office:meta>{inner}</office:meta>")


def settings(headed: Sequence[str]) -> str:
    """The first row and the first column of these sheets stay in sight."""
    split = (
        ("HorizontalSplitMode", "short", 2),
        ("VerticalSplitMode", "short", 2),
        ("HorizontalSplitPosition", "int", 1),
        ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 3),
        ("PositionRight", "int", 1),
        ("PositionBottom", "int", 1),
    )
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
        "</config:config-item>"
        for name, kind, value in split
    )
    tables = "".join(
        f'<config:config-item-map-entry config:name="{xml(name)}">{items}'
        "</config:config-item-map-entry>"
        for name in headed
    )
    inner = (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        '</config:config-item-map-named><config:config-item config:name="ShowGrid" '
        'config:type="boolean">false</config:config-item></config:config-item-map-entry>'
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
    )
    return document("settings", inner)


def document(part: str, inner: str) -> str:
    """A part of the file as XML."""
    root = f"office:document-{part}"
    return f'{_XML}<{root} {_SPACES} office:version="1.3">{inner}</{root}>'


def opendocument(report: Report, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as .ods; the same report gives the same bytes."""
    with ZipFile(io.BytesIO(house_style.current().template(NAME))) as template:
        parts = {name: template.read(name) for name in template.namelist()}
    parts |= {
        "content.xml": _content(report, sheets).encode(),
        "styles.xml": _styles(parts["styles.xml"].decode(), report).encode(),
        "meta.xml": meta(report).encode(),
        "settings.xml": settings([sheet.name for sheet in sheets if sheet.headed]).encode(),
    }
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stamped(content.getvalue(), report.provenance.made)


def _content(report: Report, sheets: Sequence[Sheet]) -> str:
    entries = (entry for sheet in sheets for column in sheet.columns for entry in column.entries)
    forms = dict.fromkeys(entry.form for entry in entries if _is_number(entry))
    names = {form: f"n{number}" for number, form in enumerate(forms)}
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    heights = sorted({lines for sheet in sheets for lines in sheet.lines()})
    used = cell_styles(texts_of(report.language).language, names) + sizes(widths, heights)
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
        said = f'table:style-name="Date" office:value-type="date" office:date-value="{value}"'
    else:
        name = forms[entry.form]
        said = f'table:style-name="{name}" office:value-type="float" office:value="{value!r}"'
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
