"""A report as a Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from dashboard.exports import picture
from dashboard.exports.office import (
    ACCENT,
    LANGUAGES,
    LINE,
    QUIET,
    TYPEFACE,
    clean,
    columns,
    describe,
    least,
    numeric,
    shown,
    stamped,
    web,
    width,
    xml,
)
from dashboard.i18n import words
from dashboard.report import Block, Chart, Imprint, Map, Report, Section, Source, Table, Text

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What stands between the text and its footnotes, on their first page and on the next.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" '
    f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
MARKED = '<w:rStyle w:val="FootnoteReference"/>'
_MARK = f"<w:r><w:rPr>{MARKED}</w:rPr>{{}}</w:r>"


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their references."""

    def __init__(self) -> None:
        self._notes: list[str] = []

    def reference(self, runs: str) -> str:
        """Keeps a footnote of these runs (XML) and returns the run that refers to it (XML)."""
        number = len(self._notes) + 1
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{_MARK.format('<w:footnoteRef/>')}"
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{runs}</w:p></w:footnote>'
        )
        return _MARK.format(f'<w:footnoteReference w:id="{number}"/>')

    def last(self) -> str:
        """The number of the last footnote, as Word shows it."""
        return str(len(self._notes))

    def attach(self, document: Any) -> None:
        """Puts the footnotes into a `docx.Document` as a part of its own."""
        body = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {NAMESPACES}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        )
        part = Part(PackURI("/word/footnotes.xml"), _KIND, body.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


PORTRAIT, LANDSCAPE = (210, 297), (297, 210)  # A4, mm
SIDE, TOP, BOTTOM = 22.5, 24.0, 22.0  # margins, mm
BODY, CELL = 9.5, 8.0  # sizes, points
OWN = ("Note", "Picture", "Cell Text", "Source")  # styles that Word does not know by itself
_TWIPS = 1440 / 25.4  # in a mm


def twips(mm: float) -> int:
    """Millimetres in the unit of Word, a twentieth of a point."""
    return round(mm * _TWIPS)


def room(page: tuple[int, int]) -> float:
    """How wide the text on a page is, in mm."""
    return page[0] - 2 * SIDE


def page_xml(page: tuple[int, int], footer: str) -> str:
    """The properties of a section with pages of this size; `footer` is the id of its footer."""
    turned = ' w:orient="landscape"' if page == LANDSCAPE else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:pgSz w:w="{twips(page[0])}" w:h="{twips(page[1])}"{turned}/>'
        f'<w:pgMar w:top="{twips(TOP)}" w:right="{twips(SIDE)}" w:bottom="{twips(BOTTOM)}" '
        f'w:left="{twips(SIDE)}" w:header="{twips(11)}" w:footer="{twips(11)}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def settings_xml(language: str) -> str:
    """The settings: separators of footnotes, language, and no mode for older versions."""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/>'
        '<w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/></w:settings>'
    )


def numbering_xml() -> str:
    """One list with dots."""
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _style(key: str, name: str, paragraph: str = "", run: str = "", after: str = "Normal") -> str:
    """A paragraph style on top of Normal; `after` is the style of the paragraph behind it."""
    own = ' w:customStyle="1"' if name in OWN else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{after}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _space(before: int, after: int, line: int = 264) -> str:
    """Space before and after in twips; lines in 240ths of their height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


_DARK = _colour(ACCENT)
_TOGETHER = "<w:keepNext/><w:keepLines/>"


def _paragraphs() -> str:
    """Every paragraph style that the document uses."""
    return "".join(
        (
            _style("Title", "Title", _TOGETHER + _space(0, 240, 252), f"<w:b/>{_DARK}{_size(18)}"),
            _style("Subtitle", "Subtitle", _TOGETHER + _space(0, 60), f"{_DARK}{_size(11)}"),
            _style(
                "Heading1",
                "heading 1",
                f'{_TOGETHER}{_space(400, 120)}<w:outlineLvl w:val="0"/>',
                f"<w:b/>{_DARK}{_size(13)}",
            ),
            _style(
                "Heading2",
                "heading 2",
                f'{_TOGETHER}{_space(240, 80)}<w:outlineLvl w:val="1"/>',
                f"<w:b/>{_DARK}{_size(10)}",
            ),
            _style("Caption", "caption", _TOGETHER + _space(280, 100, 252), _DARK + _size(9)),
            _style(
                "ListBullet",
                "List Bullet",
                f'<w:numPr><w:numId w:val="1"/></w:numPr>{_space(0, 60)}',
                after="ListBullet",
            ),
            _style("Note", "Note", _space(80, 120, 252), _colour(QUIET) + _size(8)),
            _style("Source", "Source", f"<w:keepLines/>{_space(0, 120, 264)}"),
            _style("Picture", "Picture", f"<w:keepLines/>{_space(0, 120, 240)}"),
            _style("CellText", "Cell Text", _space(0, 0, 252), _size(CELL), after="CellText"),
            _style("FootnoteText", "footnote text", _space(0, 20, 240), _size(7.5)),
            _style("Footer", "footer", _space(0, 0, 240), _colour(QUIET) + _size(7.5)),
        )
    )


def _characters() -> str:
    """Styles of words: links, and the small raised number of a footnote."""
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="01689B"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "</w:style>"
    )


def _tables() -> str:
    """The table without anything, and ours: thin lines, a blue one under the header row."""
    side = twips(1.6)
    margins = (
        f'<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="50" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    thick = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{margins}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Lines"><w:name w:val="Lines"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom {thin}/>'
        f"<w:insideH {thin}/></w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/>{_DARK}</w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom {thick}/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
    )


def styles_xml(language: str) -> str:
    """Every style of the document, in one typeface and one language (such as "nl-NL")."""
    face = " ".join(f'w:{which}="{TYPEFACE}"' for which in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {face}/>"
        f'{_size(BODY)}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_space(0, 120, 276)}</w:pPr>"
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{_paragraphs()}{_characters()}{_tables()}</w:styles>"
    )


TOGETHER = 8  # rows; a table of no more stays on one page
WIDE = 7  # columns; a table of more lies down
_MARGIN = 2 * 1.6 + 0.4  # beside the text of a cell, mm
_EMU = 36000  # in a mm
_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
    '<wp:docPr id="{number}" name="{name}" descr="{alternative}" title="{title}"/>'
    "<wp:cNvGraphicFramePr><a:graphicFrameLocks "
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
    '2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="{name}" descr="{alternative}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing>"
)


def run(text: str, looks: str = "") -> str:
    """Text in one way; `looks` are properties of a run. A new line stays a new line."""
    lines = [f'<w:t xml:space="preserve">{line}</w:t>' for line in xml(text).split("\n")]
    return f"<w:r><w:rPr>{looks}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def bold(text: str) -> str:
    """Text in bold."""
    return run(text, "<w:b/>")


def paragraph(style: str, runs: str, more: str = "") -> str:
    """A paragraph of runs; `more` are properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def ended(paragraph_xml: str, section: str) -> str:
    """The same paragraph as the last one of a section."""
    return paragraph_xml.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def field(instruction: str, result: str, looks: str = "") -> str:
    """A field that Word can update, with its result filled in."""
    return f'<w:fldSimple w:instr=" {xml(instruction)} ">{run(result, looks)}</w:fldSimple>'


def bookmark(name: str, number: int, inner: str) -> str:
    """A place that a link or a field can point at."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    )


def link(text: str, target: str, inside: bool = False) -> str:
    """A link to a bookmark (`inside`) or to the relationship with this id."""
    key = "w:anchor" if inside else "r:id"
    looks = '<w:rStyle w:val="Hyperlink"/>'
    return f'<w:hyperlink {key}="{target}" w:history="1">{run(text, looks)}</w:hyperlink>'


def drawn(image: str, number: int, size: tuple[float, float], says: tuple[str, str, str]) -> str:
    """A picture in a run: id of its relationship, number, size in mm; name, title, alternative."""
    name, title, alternative = (xml(text) for text in says)
    extent = f'cx="{round(size[0] * _EMU)}" cy="{round(size[1] * _EMU)}"'
    inner = _DRAWING.format(
        image=image, number=number, name=name, title=title, alternative=alternative, size=extent
    )
    return f"<w:r>{inner}</w:r>"


def wide(table: Table) -> bool:
    """Whether a table needs a page that lies down: many columns, or words that do not fit."""
    return len(table.headers) > WIDE or sum(least(table, CELL, _MARGIN)) > room(PORTRAIT)


def _row(cells: Sequence[str], header: bool) -> str:
    again = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(runs: str, mm: float, right: bool, stays: bool) -> str:
    more = ("<w:keepNext/>" if stays else "") + ('<w:jc w:val="right"/>' if right else "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(mm)}" w:type="dxa"/></w:tcPr>'
        f"{paragraph('CellText', runs, more)}</w:tc>"
    )


def _frame(title: str, widths: Sequence[float], rows: Sequence[str], headed: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(mm)}"/>' for mm in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="{twips(sum(widths))}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if headed else "0680"}" w:firstRow="{int(headed)}" '
        'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{xml(title)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def table_xml(table: Table, mm: float) -> str:
    """A table `mm` wide: header row that repeats, row heads first, no row over two pages."""
    widths, right = columns(table, mm, CELL, _MARGIN), numeric(table)
    head = [
        _cell(run(text), widths[place], place in right, True)
        for place, text in enumerate(table.headers)
    ]
    last = len(table.rows) - 1
    rows = [_row(head, True)]
    for number, row in enumerate(table.rows):
        stays = last < TOGETHER and number < last
        texts = [shown(cell) for cell in row[: len(widths)]]
        texts += [""] * (len(widths) - len(texts))
        rows.append(
            _row([_cell(run(t), widths[i], i in right, stays) for i, t in enumerate(texts)], False)
        )
    return _frame(table.title, widths, rows, True)


def facts_xml(title: str, facts: Sequence[tuple[str, str]], mm: float) -> str:
    """Pairs of a name and what holds, as a table without a header row."""
    first = max((width(name, CELL) * 1.15 + _MARGIN for name, _ in facts), default=0)
    first = min(first, mm / 3)
    rows = [
        _row(
            [_cell(bold(name), first, False, True), _cell(run(text), mm - first, False, True)],
            False,
        )
        for name, text in facts
    ]
    return _frame(title, [first, mm - first], rows, False)


SHARP = 200  # pixels per inch of a picture
HIGHEST, MAP_HIGHEST = 205, 125  # mm, of a picture on an upright page
_STYLES = {"item": "ListBullet", "note": "Note"}
_GAPS = re.compile("([\x01\x02])")  # where fields go in a sentence; no text has these


class Body:
    """The blocks of one report in `xml`, written in order into `document` (a `docx.Document`)."""

    def __init__(self, report: Report, document: Any) -> None:
        self.xml: list[str] = []
        self.notes = Footnotes()
        self._report = report
        self._t = words(report.language)
        self._part = document.part
        self._page = PORTRAIT
        self._closing = ""  # what to say behind a table that ends a section
        self._marks = 0
        self._counts = {"table": 0, "figure": 0}
        self._footers = {page: self._footer(page) for page in (PORTRAIT, LANDSCAPE)}

    def add(self, style: str, runs: str) -> None:
        """A paragraph in a style."""
        self.xml.append(paragraph(style, runs))

    def section(self, section: Section) -> None:
        """Heading and text go with what follows them, a note with what stands before it."""
        blocks = section.blocks
        self._turn(_page_of(blocks[0] if blocks else None, list(blocks)))
        if section.heading:
            self.add("Heading1", run(section.heading))
        for place, block in enumerate(blocks):
            if isinstance(block, Text):
                if block.kind != "note":
                    self._turn(_page_of(block, list(blocks[place:])))
                self.add(_STYLES.get(block.kind, "Normal"), run(block.text))
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._figure(block)

    def upright(self) -> None:
        """From here on pages stand."""
        self._turn(PORTRAIT)

    def page(self) -> str:
        """The properties of the last section."""
        return page_xml(self._page, self._footers[self._page])

    def mark(self, name: str, runs: str) -> str:
        """Runs with a bookmark around them."""
        self._marks += 1
        return bookmark(name, self._marks, runs)

    def web(self, address: str) -> str:
        """An address as a link, or as text where it is none."""
        if not (target := web(address)):
            return run(address)
        return link(address, self._part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True))

    def _turn(self, page: tuple[int, int]) -> None:
        """Ends the section of pages where the next block needs the other kind."""
        if page != self._page and self.xml:
            if self.xml[-1].startswith("<w:tbl>"):  # a section ends in a paragraph
                self.add("Note", run(self._closing))
            self.xml[-1] = ended(self.xml[-1], self.page())
        self._page = page

    def _figure(self, block: Map | Chart) -> None:
        """Caption, picture, and for a chart its data."""
        self._turn(PORTRAIT)
        is_map = isinstance(block, Map)
        note = self._report.imprint.borders if is_map else ""
        cited = self._cited(block.source, note) if block.source or note else ""
        mark = f"note_{self._counts['figure'] + 1}"
        reference = self.mark(mark, self.notes.reference(cited)) if cited else ""
        label = self._caption("figure", run(block.title) + reference)
        wide = picture.on_page(block) if is_map else room(PORTRAIT)
        png = picture.drawing(block, self._report.language, wide, SHARP, landscape=True)
        image, made = self._part.get_or_add_image(io.BytesIO(png))
        most = MAP_HIGHEST if is_map else HIGHEST
        broad = min(room(PORTRAIT), most * made.px_width / made.px_height)
        size = (broad, broad * made.px_height / made.px_width)
        says = (label, block.title, block.alternative)
        self.add("Picture", drawn(image, self._counts["figure"], size, says))
        if isinstance(block, Chart) and block.rows:
            number = self._counts["figure"]
            figure = field(f"REF figure_{number} \\h \\* Lower", label.lower())
            title = self._filled("document.chart_data", figure=figure)
            again = field(f"NOTEREF {mark} \\f \\h", self.notes.last(), MARKED) if cited else ""
            self._table(block.table, title + again)

    def _table(self, table: Table, title: str = "") -> None:
        """Caption and table; `title` are runs, with a footnote, in the place of its own."""
        self._turn(_page_of(table, []))
        if not title:
            title = run(table.title)
            title += self.notes.reference(self._cited(table.source)) if table.source else ""
        label = self._caption("table", title)
        self._closing = self._t.count("document.length", len(table.rows), table=label)
        self.xml.append(table_xml(table, room(self._page)))

    def _caption(self, kind: str, title: str) -> str:
        """A numbered caption; returns its label, such as "Tabel 1"."""
        self._counts[kind] += 1
        name, number = self._t(f"document.{kind}"), str(self._counts[kind])
        label = run(f"{name} ", "<w:b/>") + field(f"SEQ {name} \\* ARABIC", number, "<w:b/>")
        self.add("Caption", self.mark(f"{kind}_{number}", label) + run("  ") + title)
        return f"{name} {number}"

    def _cited(self, source: str, note: str = "") -> str:
        """The words of a footnote; a document in it leads to the list of sources."""
        sources = self._report.imprint.sources
        known = {s.document: n for n, s in enumerate(sources, 1) if s.document}
        text = clean(self._t("document.source", source=source)).rstrip(". ") + "."
        longest = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        runs = "".join(
            link(bit, f"source_{known[bit]}", inside=True) if bit in known else run(bit)
            for bit in (re.split(f"({longest})", text) if known else [text])
            if bit
        )
        return (runs if source else "") + (run(f" {note}" if source else note) if note else "")

    def _footer(self, page: tuple[int, int]) -> str:
        """A footer for pages of this size: identity left, number right. Returns its id."""
        part, key = self._part.add_footer_part()
        fields = {"page": field("PAGE", "1"), "pages": field("NUMPAGES", "1")}
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(room(page))}"/></w:tabs>'
        inner = run(self._report.imprint.identity) + "<w:r><w:tab/></w:r>"
        inner += self._filled("document.page_of", **fields)
        footer = f"<w:ftr {NAMESPACES}>{paragraph('Footer', inner, tabs)}</w:ftr>"
        part.element[:] = list(parse_xml(footer))
        return str(key)

    def _filled(self, key: str, **fields: str) -> str:
        """A sentence with fields (runs) in its gaps."""
        gaps = {chr(number): name for number, name in enumerate(fields, 1)}
        sentence = self._t(key, **{name: gap for gap, name in gaps.items()})
        bits = (bit for bit in _GAPS.split(sentence) if bit)
        return "".join(fields[gaps[bit]] if bit in gaps else run(bit) for bit in bits)


def _page_of(block: Block | None, following: list[Block]) -> tuple[int, int]:
    """The pages of a block; a text goes with the first thing `following` it that is no text."""
    if isinstance(block, Text):
        block = next((each for each in following if not isinstance(each, Text)), None)
    return LANDSCAPE if isinstance(block, Table) and wide(block) else PORTRAIT


def word(report: Report) -> bytes:
    """The report as a .docx; the same report gives the same bytes.

    Raises what `picture.drawing` raises for a picture that cannot be drawn.
    """
    document = docx.Document()
    body = Body(report, document)
    _opening(report, body)
    for section in report.sections:
        body.section(section)
    body.upright()
    _closing(report, body)
    _dress(report, document, body)
    describe(document.core_properties, report)
    made = io.BytesIO()
    document.save(made)
    return stamped(made.getvalue(), report.imprint.made)


def _dress(report: Report, document: Any, body: Body) -> None:
    """Our body, styles, list and settings in the place of those of the empty template."""
    language = LANGUAGES[words(report.language).language]
    whole = f"<w:body {NAMESPACES}>{''.join(body.xml)}{body.page()}</w:body>"
    for old, new in (
        (document.element.body, whole),
        (document.styles.element, styles_xml(language)),
        (document.settings.element, settings_xml(language)),
        (document.part.numbering_part.element, numbering_xml()),
    ):
        old[:] = list(parse_xml(new))
    body.notes.attach(document)
    for rels in (document.part.rels, document.part.package.rels):
        for key, relation in list(rels.items()):  # what only the empty template needs
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del rels[key]


def _opening(report: Report, body: Body) -> None:
    """Title, what the annex is about and for which choices, and the findings in brief."""
    t, imprint = words(report.language), report.imprint
    facts = [
        (t("document.subject"), report.subject),
        (t("document.as_of"), imprint.as_of),
        (t("document.release"), imprint.release),
        (t("document.filters"), "\n".join(f"{name}: {chosen}" for name, chosen in imprint.filters)),
        (t("document.made"), t.date(imprint.made)),
    ]
    body.add("Subtitle", run(t("document.annex")))
    body.add("Title", run(report.title))
    said = [fact for fact in facts if fact[1]]
    body.xml.append(facts_xml(report.subject, said, room(PORTRAIT)))
    if report.summary:
        body.add("Heading1", run(t("document.summary")))
    for sentence in report.summary:
        body.add("ListBullet", run(sentence))


def _closing(report: Report, body: Body) -> None:
    """Sources, borders, and where the file comes from."""
    t, imprint = words(report.language), report.imprint
    body.add("Heading1", run(t("document.about")))
    if imprint.sources:
        body.add("Heading2", run(t("document.sources")))
    for number, source in enumerate(imprint.sources, 1):
        body.add("Source", _source(report, body, source, number))
    if imprint.borders:
        body.add("Heading2", run(t("document.borders")))
        body.add("Normal", run(imprint.borders))
    body.add("Heading2", run(t("document.origin")))
    body.add("Normal", run(imprint.identity))
    if imprint.permalink:
        body.add("Normal", run(f"{t('document.permalink')}: ") + _way(body, imprint))


def _way(body: Body, imprint: Imprint) -> str:
    return run(imprint.way) if imprint.path_note else body.web(imprint.permalink)


def _source(report: Report, body: Body, source: Source, number: int) -> str:
    """A document in the list, with the bookmark that footnotes lead to."""
    t = words(report.language)
    named = [source.document, t.date(source.date) if source.date else ""]
    runs = body.mark(f"source_{number}", bold(source.title or source.document))
    runs += run("\n" + ", ".join(each for each in named if each))
    if source.url:
        runs += run("\n") + body.web(source.url)
    if source.note:
        runs += run(f"\n{source.note}")
    return runs
