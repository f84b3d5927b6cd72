"""A report as a Word document; how it looks stands in the template `word.docx`."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm

from dashboard.exports import house_style, picture
from dashboard.exports.office import (
    LANGUAGES,
    clean,
    columns,
    describe,
    least,
    numeric,
    stamped,
    web,
    width,
)
from dashboard.i18n import texts_of
from dashboard.report import (
    Block,
    Cell,
    Chart,
    Map,
    Piece,
    Provenance,
    Report,
    Section,
    Source,
    Table,
    Text,
)

NAME = "word.docx"
# The styles that the template must have, by the names that Word shows in English.
STYLES = (
    *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet", "Footer"),
    *("footnote text", "footnote reference", "Hyperlink"),
    *("Note", "Source", "Picture", "Cell Text", "Lines"),  # the last is a style of tables
)
TOGETHER = 8  # rows; a table of no more stays on one page
WIDE = 7  # columns; a table of more lies down
CELL = 8.0  # points, of a cell where the template does not say
SHARP = 200  # pixels per inch of a picture
HIGHEST, MAP_HIGHEST = 205, 125  # mm, of a picture on an upright page
_MARGIN = 2 * 1.6 + 0.4  # beside the text of a cell, mm
_KINDS = {"item": "List Bullet", "note": "Note"}
_GAPS = re.compile("([\x01\x02])")  # where fields go in a sentence; no text has these


def w(tag: str, /, *content: Any, **attributes: object) -> Any:
    """An element of Word's own vocabulary, its attributes too."""
    element = OxmlElement(f"w:{tag}", {qn(f"w:{k}"): str(v) for k, v in attributes.items()})
    element.extend(content)
    return element


def run(text: str, *looks: Any) -> Any:
    """Text in one way; `looks` are properties of a run. A new line stays a new line."""
    element: Any = w("r")
    element.text = clean(text)
    if looks:
        element.insert(0, w("rPr", *looks))
    return element


def bold(text: str) -> Any:
    """Text in bold."""
    return run(text, w("b"))


def field(instruction: str, result: Any) -> Any:
    """A field that Word can update, with its result (a run) filled in."""
    return w("fldSimple", result, instr=f" {instruction} ")


def twips(mm: float) -> int:
    """Millimetres in the unit of Word, a twentieth of a point."""
    return round(mm * 1440 / 25.4)


def opened(template: bytes) -> Any:
    """The template as a `docx.Document` without the text that stands in it."""
    document: Any = docx.Document(io.BytesIO(template))
    document.element.body.clear_content()
    return document


def missing(template: bytes) -> list[str]:
    """The styles that a template lacks."""
    there = {style.name for style in opened(template).styles}
    return [f"the style {name}" for name in STYLES if name not in there]


class Body:
    """The blocks of one report, written in order into a document made of the template."""

    def __init__(self, report: Report) -> None:
        self.document = opened(house_style.current().template(NAME))
        self._report = report
        self._t = texts_of(report.language)
        self._part = self.document.part
        self._styles = {style.name: style.style_id for style in self.document.styles}
        size = self.document.styles["Cell Text"].font.size
        self._size = size.pt if size else CELL
        self._notes: list[Any] = []
        self._turned = False
        self._closing = ""  # what to say behind a table that ends a section
        self._marks = 0
        self._counts = {"table": 0, "figure": 0}
        section = self.document.sections[0]
        sides = section.left_margin + section.right_margin
        self._rooms = {  # mm, of text on a page that stands and on one that lies
            turned: round((edge - sides) / Mm(1), 1)
            for turned, edge in ((False, section.page_width), (True, section.page_height))
        }
        self._sections = self._pages(section)

    def _pages(self, section: Any) -> dict[bool, Any]:
        """The properties of pages that stand and of pages that lie, each with its own footer."""
        footer = section.footer._element
        for empty in [p for p in footer if p.tag == qn("w:p") and not len(p.xpath(".//w:r"))]:
            footer.remove(empty)
        footer.append(self._foot(False))
        upright = section._sectPr
        turned = copy.deepcopy(upright)
        part, key = self._part.add_footer_part()
        part.element[:] = [self._foot(True)]
        turned.xpath('w:footerReference[@w:type="default"]')[0].set(qn("r:id"), key)
        size = turned.find(qn("w:pgSz"))
        wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
        for name, value in (("w", high), ("h", wide), ("orient", "landscape")):
            size.set(qn(f"w:{name}"), value)
        return {False: upright, True: turned}

    def _foot(self, turned: bool) -> Any:
        """The line at the foot of a page: identity left, number right."""
        fields = {"page": field("PAGE", run("1")), "pages": field("NUMPAGES", run("1"))}
        tabs = w("tabs", w("tab", val="right", pos=twips(self._rooms[turned])))
        line = [run(self._report.provenance.identity), w("r", w("tab"))]
        return self._paragraph("Footer", [*line, *self._filled("document.page_of", **fields)], tabs)

    def _paragraph(self, style: str, runs: Iterable[Any], *properties: Any) -> Any:
        looks = w("pPr", w("pStyle", val=self._styles[style]), *properties)
        return w("p", looks, *runs)

    def _put(self, element: Any) -> None:
        self.document.element.body.sectPr.addprevious(element)

    def add(self, style: str, *runs: Any) -> None:
        """A paragraph in a style."""
        self._put(self._paragraph(style, runs))

    def section(self, section: Section) -> None:
        """Heading and text go with what follows them, a note with what stands before it."""
        blocks = section.blocks
        self._turn(self._lies(blocks))
        if section.heading:
            self.add("Heading 1", run(section.heading))
        for place, block in enumerate(blocks):
            if isinstance(block, Text):
                if block.kind != "note":
                    self._turn(self._lies(blocks[place:]))
                self.add(_KINDS.get(block.kind, "Normal"), run(block.text))
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._figure(block)

    def upright(self) -> None:
        """From here on pages stand."""
        self._turn(False)

    def bookmark(self, name: str, *runs: Any) -> list[Any]:
        """Runs in a place that a link or a field can point at."""
        self._marks += 1
        end = w("bookmarkEnd", id=self._marks)
        return [w("bookmarkStart", id=self._marks, name=name), *runs, end]

    def web(self, address: str) -> Any:
        """An address as a link, or as text where it is none."""
        return self._leading(address, address)

    def _leading(self, text: str, address: str) -> Any:
        """Text that leads to an address on the web; text alone where that is none."""
        if not (target := web(address)):
            return run(text)
        link = self._link(text)
        link.set(qn("r:id"), self._part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, True))
        return link

    def _cell(self, cell: Cell | str) -> list[Any]:
        pieces = cell.pieces if isinstance(cell, Cell) else (Piece(cell),)
        return [self._leading(clean(piece.text), piece.href) for piece in pieces]

    def _link(self, text: str, **anchor: str) -> Any:
        looks = w("rStyle", val=self._styles["Hyperlink"])
        return w("hyperlink", run(text, looks), **anchor, history=1)

    def facts(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        """Pairs of a name and what holds, as a table without a header row."""
        room = self._rooms[False]
        names = (width(name, self._size) * 1.15 + _MARGIN for name, _ in facts)
        first = min(max(names, default=0), room / 3)
        rows = [[[bold(name)], [run(text)]] for name, text in facts]
        self._grid(title, [first, room - first], rows, headed=False, together=True)

    def _lies(self, blocks: Sequence[Block]) -> bool:
        """Whether the first block needs a page that lies down.

        A text goes with what follows it. Wide are many columns, or words that do not fit.
        """
        block = next((each for each in blocks if not isinstance(each, Text)), None)
        if not isinstance(block, Table):
            return False
        narrowest = sum(least(block, self._size, _MARGIN))
        return len(block.headers) > WIDE or narrowest > self._rooms[False]

    def _turn(self, turned: bool) -> None:
        """Ends the section of pages where the next block needs the other kind."""
        last = self.document.element.body.sectPr.getprevious()
        if turned != self._turned and last is not None:
            if last.tag == qn("w:tbl"):  # a section ends in a paragraph
                self.add("Note", run(self._closing))
                last = last.getnext()
            last.set_sectPr(copy.deepcopy(self._sections[self._turned]))
        self._turned = turned

    def _figure(self, block: Map | Chart) -> None:
        """Caption, picture, and for a chart its data."""
        self._turn(False)
        is_map = isinstance(block, Map)
        cited = self._cited(block.source, self._report.provenance.borders if is_map else "")
        mark = f"note_{self._counts['figure'] + 1}"
        reference = self.bookmark(mark, self._reference(cited)) if cited else []
        label = self._caption("figure", run(block.title), *reference)
        self._picture(block, label)
        if isinstance(block, Chart) and block.rows:
            number = self._counts["figure"]
            figure = field(f"REF figure_{number} \\h \\* Lower", run(label.lower()))
            title = self._filled("document.chart_data", figure=figure)
            if cited:
                again = run(str(len(self._notes)), self._raised())
                title.append(field(f"NOTEREF {mark} \\f \\h", again))
            self._table(block.table, title)

    def _picture(self, block: Map | Chart, label: str) -> None:
        """The map or chart, no wider and no higher than a page; `label` is such as "Figuur 1"."""
        is_map, room = isinstance(block, Map), self._rooms[False]
        wide = picture.on_page(block) if is_map else room
        png = picture.drawing(block, self._report.language, wide, SHARP, landscape=True)
        _, image = self._part.get_or_add_image(io.BytesIO(png))
        most = MAP_HIGHEST if is_map else HIGHEST
        broad = Mm(min(room, most * image.px_width / image.px_height))
        inline = self._part.new_pic_inline(io.BytesIO(png), broad)
        for about in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
            about.set("name", label)
            about.set("descr", clean(block.alternative))
        inline.docPr.set("title", clean(block.title))
        for side in "TBLR":  # or programs keep it away from the text around it
            inline.set(f"dist{side}", "0")
        self.add("Picture", w("r", w("drawing", inline)))

    def _table(self, table: Table, title: list[Any] | None = None) -> None:
        """Caption and table; `title` are runs, with a footnote, in the place of its own."""
        self._turn(self._lies([table]))
        if title is None:
            cited = self._cited(table.source)
            title = [run(table.title), *([self._reference(cited)] if cited else [])]
        label = self._caption("table", *title)
        self._closing = self._t.count("document.length", len(table.rows), table=label)
        widths = columns(table, self._rooms[self._turned], self._size, _MARGIN)
        filler = [""] * len(widths)
        rows = [[[run(header)] for header in table.headers]]
        rows += [[*map(self._cell, [*row, *filler][: len(widths)])] for row in table.rows]
        together = len(table.rows) <= TOGETHER
        self._grid(table.title, widths, rows, True, together, numeric(table))

    def _grid(
        self,
        title: str,
        widths: Sequence[float],
        rows: Sequence[Sequence[list[Any]]],
        headed: bool,
        together: bool,
        right: frozenset[int] = frozenset(),
    ) -> None:
        """A table of runs and links: its header row repeats, no row stands on two pages."""
        look = {"firstRow": int(headed), "lastRow": 0, "firstColumn": 1, "lastColumn": 0}
        style = w("tblStyle", val=self._styles["Lines"])
        size = w("tblW", w=twips(sum(widths)), type="dxa")
        banded = w("tblLook", val="06A0" if headed else "0680", **look, noHBand=1, noVBand=1)
        fixed, caption = w("tblLayout", type="fixed"), w("tblCaption", val=clean(title))
        table = w("tbl", w("tblPr", style, size, fixed, banded, caption))
        table.append(w("tblGrid", *(w("gridCol", w=twips(mm)) for mm in widths)))
        for number, row in enumerate(rows):
            head = headed and not number
            stays = head or (together and not (headed and number == len(rows) - 1))
            again = [w("tblHeader")] if head else []
            table.append(w("tr", w("trPr", w("cantSplit"), *again)))
            for place, (cell, mm) in enumerate(zip(row, widths, strict=True)):
                looks = [w("keepNext")] if stays else []
                looks += [w("jc", val="right")] if place in right else []
                text = self._paragraph("Cell Text", cell, *looks)
                table[-1].append(w("tc", w("tcPr", w("tcW", w=twips(mm), type="dxa")), text))
        self._put(table)

    def _caption(self, kind: str, *title: Any) -> str:
        """A numbered caption; returns its label, such as "Tabel 1"."""
        self._counts[kind] += 1
        name, number = self._t(f"document.{kind}"), str(self._counts[kind])
        label = [bold(f"{name} "), field(f"SEQ {name} \\* ARABIC", bold(number))]
        self.add("Caption", *self.bookmark(f"{kind}_{number}", *label), run("  "), *title)
        return f"{name} {number}"

    def _cited(self, source: str, note: str = "") -> list[Any]:
        """The words of a footnote; a document in it leads to the list of sources."""
        sources = self._report.provenance.sources
        numbers = {s.called: n for n, s in enumerate(sources, 1) if s.called}
        runs: list[Any] = []
        if source:
            text = clean(self._t("document.source", source=source)).rstrip(". ") + "."
            longest = "|".join(re.escape(name) for name in sorted(numbers, key=len, reverse=True))
            for bit in filter(None, re.split(f"({longest})", text) if numbers else [text]):
                number = numbers.get(bit)
                runs.append(self._link(bit, anchor=f"source_{number}") if number else run(bit))
        return [*runs, run(f" {note}" if source else note)] if note else runs

    def _reference(self, cited: Sequence[Any]) -> Any:
        """Keep a footnote of these runs; returns the run that refers to it."""
        number = len(self._notes) + 1
        mark = w("r", w("rPr", self._raised()), w("footnoteRef"))
        note = self._paragraph("footnote text", [mark, run(" "), *cited])
        self._notes.append(w("footnote", note, id=number))
        return w("r", w("rPr", self._raised()), w("footnoteReference", id=number))

    def _raised(self) -> Any:
        return w("rStyle", val=self._styles["footnote reference"])

    def _filled(self, key: str, **fields: Any) -> list[Any]:
        """A sentence as runs, with fields in its gaps."""
        gaps = {chr(number): name for number, name in enumerate(fields, 1)}
        sentence = self._t(key, **{name: gap for gap, name in gaps.items()})
        bits = filter(None, _GAPS.split(sentence))
        return [fields[gaps[bit]] if bit in gaps else run(bit) for bit in bits]

    def file(self) -> bytes:
        """The whole file: its footnotes, its language and its properties with it."""
        self._attach_notes()
        language = LANGUAGES[self._t.language]
        for tree in (self.document.styles.element, self.document.settings.element):
            for each in tree.iter(qn("w:lang"), qn("w:themeFontLang")):
                each.set(qn("w:val"), language)
        describe(self.document.core_properties, self._report)
        content = io.BytesIO()
        self.document.save(content)
        return stamped(content.getvalue(), self._report.provenance.made)

    def _attach_notes(self) -> None:
        """The footnotes behind the separators of the template, or of ours where it has none."""
        kind = RELATIONSHIP_TYPE.FOOTNOTES
        try:
            part = self._part.part_related_by(kind)
        except KeyError:
            ours = opened(house_style.default().template(NAME)).part.part_related_by(kind)
            part = Part(ours.partname, ours.content_type, ours.blob, self._part.package)
            self._part.relate_to(part, kind)
        notes: Any = parse_xml(part.blob)
        notes[:] = [*(each for each in notes if each.get(qn("w:type"))), *self._notes]
        part._blob = serialize_part_xml(notes)


def word(report: Report) -> bytes:
    """The report as a .docx; the same report gives the same bytes.

    Raises what `picture.drawing` raises for a picture that cannot be drawn, and DataError for a
    house style that is wrong.
    """
    body = Body(report)
    _opening(report, body)
    for section in report.sections:
        body.section(section)
    body.upright()
    _closing(report, body)
    return body.file()


def _opening(report: Report, body: Body) -> None:
    """Title, what the annex is about and for which choices, and the findings in brief."""
    t, provenance = texts_of(report.language), report.provenance
    facts = [
        (t("document.subject"), report.subject),
        (t("document.as_of"), provenance.as_of),
        (t("document.release"), provenance.release_name),
        (
            t("document.filters"),
            "\n".join(f"{name}: {chosen}" for name, chosen in provenance.filters),
        ),
        (t("document.made"), t.date(provenance.made)),
    ]
    body.add("Subtitle", run(t("document.annex")))
    body.add("Title", run(report.title))
    body.facts(report.subject, [fact for fact in facts if fact[1]])
    if report.summary:
        body.add("Heading 1", run(t("document.summary")))
    for sentence in report.summary:
        body.add("List Bullet", run(sentence))


def _closing(report: Report, body: Body) -> None:
    """Sources, borders, and where the file comes from."""
    t, provenance = texts_of(report.language), report.provenance
    body.add("Heading 1", run(t("document.about")))
    if provenance.sources:
        body.add("Heading 2", run(t("document.sources")))
    for number, source in enumerate(provenance.sources, 1):
        body.add("Source", *_source(report, body, source, number))
    if provenance.borders:
        body.add("Heading 2", run(t("document.borders")))
        body.add("Normal", run(provenance.borders))
    body.add("Heading 2", run(t("document.origin")))
    body.add("Normal", run(provenance.identity))
    if provenance.permalink:
        body.add("Normal", run(f"{t('document.permalink')}: "), _way(body, provenance))


def _way(body: Body, provenance: Provenance) -> Any:
    return run(provenance.way) if provenance.path_note else body.web(provenance.permalink)


def _source(report: Report, body: Body, source: Source, number: int) -> list[Any]:
    """A document in the list, with the bookmark that footnotes lead to."""
    t = texts_of(report.language)
    named = [source.called, t.date(source.date) if source.date else ""]
    runs = body.bookmark(f"source_{number}", bold(source.title or source.called))
    runs.append(run("\n" + ", ".join(each for each in named if each)))
    if source.url:
        runs += [run("\n"), body.web(source.url)]
    if source.note:
        runs.append(run(f"\n{source.note}"))
    return runs
