"""The body of a Word file: captions with footnotes, pictures, tables, and pages that lie down."""

from __future__ import annotations

import io
import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from dashboard.exports import picture
from dashboard.exports.footnotes import MARKED, NAMESPACES, Footnotes
from dashboard.exports.office import clean, web
from dashboard.exports.word_parts import (
    bookmark,
    drawn,
    ended,
    field,
    link,
    paragraph,
    run,
    table_xml,
    wide,
)
from dashboard.exports.word_styles import LANDSCAPE, PORTRAIT, page_xml, room, twips
from dashboard.i18n import words
from dashboard.report import Block, Chart, Map, Report, Section, Table, Text

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
