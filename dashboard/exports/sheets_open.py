"""Sheets as an OpenDocument file."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from dashboard.exports.office import ACCENT, LANGUAGES, LINE, TYPEFACE, xml
from dashboard.exports.sheets import Column, Entry, Sheet
from dashboard.i18n import words
from dashboard.records import is_formula
from dashboard.report import Form, Report

KIND = "application/vnd.oasis.opendocument.spreadsheet"
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
_TOP = 'style:vertical-align="top" fo:wrap-option="wrap" fo:padding="0.6mm" fo:padding-left="1.5mm"'
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
    """Styles of cells: `d` of a date, `names` of numbers; and of a sheet."""
    code, country = LANGUAGES[language].split("-")
    place = f'number:language="{code}" number:country="{country}"'
    numbers = "".join(_number(form, name, place) for form, name in names.items())
    sheet = (
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
    )
    return _day(place) + _as_text() + numbers + sheet


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


def _day(place: str) -> str:
    """The style of a date, with the month in words."""
    return (
        f'<number:date-style style:name="day" {place}><number:day/><number:text> </number:text>'
        '<number:month number:style="long" number:textual="true"/><number:text> </number:text>'
        '<number:year number:style="long"/></number:date-style><style:style style:name="d" '
        'style:family="table-cell" style:parent-style-name="Text" style:data-style-name="day"/>'
    )


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


def styles(report: Report) -> str:
    """The named styles of cells, and a page that lies down and is one sheet of paper wide."""
    code, country = LANGUAGES[words(report.language).language].split("-")
    rule = f'fo:border-bottom="0.6pt solid #{ACCENT}"'
    hair = f'fo:border-bottom="0.3pt solid #{LINE}"'
    bold = f'fo:font-weight="bold" fo:color="#{ACCENT}"'
    looks = (
        f'<style:default-style style:family="table-cell"><style:text-properties '
        f'fo:font-family="{TYPEFACE}" fo:font-size="9pt" fo:language="{code}" '
        f'fo:country="{country}"/></style:default-style>'
        + _look("Default", "", "", "")
        + _look("Text", f"{_TOP} {hair}", 'fo:text-align="start"', "")
        + _look("Number", f"{_TOP} {hair}", 'fo:text-align="end"', "")
        + _look("Head", f"{_TOP} {rule}", 'fo:text-align="start"', bold)
        + _look("NumberHead", f"{_TOP} {rule}", 'fo:text-align="end"', bold)
        + _look("Label", _TOP, 'fo:text-align="start"', bold)
        + _look(
            "Title",
            'fo:padding="0.6mm" fo:padding-left="1.5mm"',
            'fo:text-align="start"',
            f'{bold} fo:font-size="14pt"',
        )
    )
    footer = (
        f"<style:footer><style:region-left><text:p>{xml(report.imprint.identity)}</text:p>"
        "</style:region-left><style:region-right><text:p><text:sheet-name/> "
        "<text:page-number>1</text:page-number>/<text:page-count>1</text:page-count></text:p>"
        "</style:region-right></style:footer>"
    )
    page = (
        '<style:page-layout style:name="page"><style:page-layout-properties '
        'fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" '
        'fo:margin="15mm" style:scale-to-X="1" style:scale-to-Y="0"/><style:footer-style>'
        '<style:header-footer-properties fo:min-height="7mm"/></style:footer-style>'
        "</style:page-layout>"
    )
    inner = (
        f"<office:styles>{looks}</office:styles>"
        f"<office:automatic-styles>{page}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" '
        f'style:page-layout-name="page">{footer}</style:master-page></office:master-styles>'
    )
    return document("styles", inner)


def _look(name: str, cell: str, paragraph: str, text: str) -> str:
    kinds = (("table-cell", cell), ("paragraph", paragraph), ("text", text))
    inner = "".join(f"<style:{kind}-properties {said}/>" for kind, said in kinds if said)
    parent = ' style:parent-style-name="Default"' if name != "Default" else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"{parent}>{inner}</style:style>'
    )


def meta(report: Report) -> str:
    """The properties of the file; nobody's name is in it."""
    t, day = words(report.language), f"{report.imprint.made}T00:00:00"
    product = xml(t("product"))
    inner = (
        f"<meta:generator>{product}</meta:generator><dc:title>{xml(report.title)}</dc:title>"
        f"<dc:subject>{xml(report.subject)}</dc:subject>"
        f"<meta:keyword>{xml(report.imprint.identity)}</meta:keyword>"
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


def manifest(names: Sequence[str]) -> str:
    """What is in the file."""
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in [("/", KIND), *((name, "text/xml") for name in names)]
    )
    space = f'xmlns:manifest="{_URN}:manifest:1.0" manifest:version="1.3"'
    return f"{_XML}<manifest:manifest {space}>{files}</manifest:manifest>"


def document(part: str, inner: str) -> str:
    """A part of the file as XML."""
    root = f"office:document-{part}"
    return f'{_XML}<{root} {_SPACES} office:version="1.3">{inner}</{root}>'


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
