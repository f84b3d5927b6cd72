"""A report as slides: one message each, in PowerPoint."""

from __future__ import annotations

import copy
import io
import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Mm, Pt

from dashboard.exports import house_style, picture, slide_charts, slide_design
from dashboard.exports.office import (
    LANGUAGES,
    cell_text,
    clean,
    describe,
    named,
    stamped,
    web,
    width,
)
from dashboard.exports.slide_design import CONTENT, OPENING, TITLE_ONLY, Box, Design, source_place
from dashboard.i18n import texts_of
from dashboard.report import Block, Chart, Map, Report, Section, Spec, Table, Text

Runs = Sequence[tuple[str, str]]  # of a paragraph: a text and the address it leads to, or ""
LARGE, TEXT, BESIDE = 20.0, 18.0, 16.0  # points, of the key message, of text, of text by a map
_LINE, _GAP = 1.3 * 25.4 / 72, 3.2  # mm: of a line per point, between two paragraphs
_MANY = 99  # paragraphs; slides of text are measured, not counted


class Deck:
    """The slides of one report so far."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.t = texts_of(report.language)
        self.language = LANGUAGES[self.t.language]
        self.style = house_style.current()
        self.design = Design(self.style.template(slide_design.NAME), self.language)
        self.body = self.design.body
        self._titles: list[str] = []

    def slide(self, title: str, source: str = "", layout: str = TITLE_ONLY) -> Any:
        """A new slide with its title in the placeholder for it, a source line and a number.

        Titles are what a reader without eyes steers by, so none stands twice.
        """
        self._titles.append(title)
        if (part := self._titles.count(title)) > 1:
            title = self.t("document.again", title=title, part=part)
        slide = self.design.deck.slides.add_slide(self.design.layout(layout))
        slide.shapes.title.text_frame.text = " ".join(clean(title).split())
        if layout == OPENING:
            return slide
        for paragraph in slide.shapes.title.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(self._title_size(title))
        place = source_place(slide)
        for holder in [each for each in slide.placeholders if source]:
            if holder.placeholder_format.idx == place:
                holder.text_frame.text = clean(source)
        return slide

    def text(self, slide: Any, paragraphs: Sequence[Runs], size: float) -> None:
        """Paragraphs in the placeholder for text; a new line stays one."""
        _write(slide_design.text_place(slide).text_frame, paragraphs, size)

    def beside(self, slide: Any, text: str, box: Box) -> None:
        """Text in a box of its own, as many whole sentences as it holds."""
        said = ""
        for sentence in clean(text).split(". "):
            more = f"{said}{'. ' if said else ''}{sentence}"
            if height([more], box[2], BESIDE) > box[3]:
                break
            said = more
        frame = slide.shapes.add_textbox(*(Mm(mm) for mm in box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        _write(frame, [[(said.rstrip(".") + ".", "")]], BESIDE)

    def picture(self, slide: Any, png: bytes, says: tuple[str, str]) -> float:
        """A picture as large as fits; `says` is its title and alternative. Returns its width."""
        across, down = struct.unpack(">II", png[16:24])
        left, top, wide, high = self.body
        scale = min(wide / across, high / down)
        broad: float = across * scale
        place = (Mm(left), Mm(top), Mm(broad), Mm(down * scale))
        _describe(slide.shapes.add_picture(io.BytesIO(png), *place), says)
        return broad

    def chart(self, slide: Any, part: Spec, whole: Spec, says: tuple[str, str]) -> None:
        """One part of a chart that PowerPoint draws itself."""
        frame = slide.shapes.add_chart(
            slide_charts.kind_of(whole), *(Mm(mm) for mm in self.body), slide_charts.data_of(part)
        )
        slide_charts.dress(frame.chart, part, slide_charts.most(whole), self.language, self.style)
        _describe(frame, says)

    def table(self, slide: Any, part: Table, whole: Table, alternative: str) -> None:
        """One part of a table; it has the title of its slide."""
        left, top, wide, _ = (Mm(mm) for mm in self.body)
        size = len(part.rows) + 1, len(whole.headers)
        frame = slide.shapes.add_table(*size, left, top, wide, Mm(10))
        frame.table.horz_banding, frame.table.first_col = False, True
        frame._element.graphic.graphicData.tbl.tblPr[0].text = self.design.table_style
        frame.height = slide_design.fill(frame.table, part, whole, self.body)
        frame.width = wide
        _describe(frame, (slide.shapes.title.text, alternative))

    def notes(self, slide: Any, lines: Sequence[str]) -> None:
        """More lines of what to say with a slide."""
        frame = slide.notes_slide.notes_text_frame
        said = [frame.text] if frame.text else []
        frame.text = "\n".join([*said, *(clean(line) for line in lines if line)])

    def file(self) -> bytes:
        """The whole file, every text marked with its language, read in the order of the eye."""
        deck = self.design.deck
        for slide in deck.slides:
            self._finish(slide)
            for tree in (slide.element, slide.notes_slide.element):
                for run in tree.iter("{*}r", "{*}fld"):
                    run.get_or_add_rPr().set("lang", self.language)
                for end in tree.iter("{*}endParaRPr"):
                    end.set("lang", self.language)
        self.design.list_notes_master()
        describe(deck.core_properties, self.report)
        made = io.BytesIO()
        deck.save(made)
        return made.getvalue()

    def _finish(self, slide: Any) -> None:
        """The source line behind what it is the source of, and the number last."""
        tree, source = slide.shapes._spTree, source_place(slide)
        for holder in list(slide.placeholders):
            place = holder.placeholder_format.idx
            if place and not holder.text_frame.text:
                tree.remove(holder._element)
            elif place == source:
                tree.append(holder._element)
        for holder in slide.slide_layout.placeholders:
            if holder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                number = copy.deepcopy(holder._element)
                key = max(int(each.get("id")) for each in tree.iter("{*}cNvPr")) + 1
                number.nvSpPr.cNvPr.set("id", str(key))
                number.spPr.clear()  # it stands where the layout has it
                tree.append(number)

    def _title_size(self, title: str) -> float:
        """The size in points at which a title stays within its place."""
        whole = self.design.title_size
        count = width(title, whole) * 1.17 / self.body[2]
        return whole if count < 1.9 else round(whole * (0.8 if count < 3 else 2 / 3))


def text_slide(deck: Deck, title: str, paragraphs: Sequence[Runs], size: float = TEXT) -> list[Any]:
    """Text on as many slides as it needs."""
    tall = [
        height(["".join(text for text, _ in runs)], deck.body[2] - 7, size) for runs in paragraphs
    ]
    parts = slide_design.split(tall, deck.body[3], _MANY) or [(0, 0)]
    made = []
    for number, (start, end) in enumerate(parts, 1):
        slide = deck.slide(continued(deck, title, number, len(parts)), layout=CONTENT)
        deck.text(slide, paragraphs[start:end], size)
        made.append(slide)
    return made


def continued(deck: Deck, title: str, part: int, parts: int) -> str:
    """The title of one of several slides."""
    if part == 1:
        return title
    return deck.t("document.continued", title=title, part=part, parts=parts)


def height(texts: Sequence[str], room: float, size: float) -> float:
    """How high paragraphs are in mm, `room` mm wide."""
    counts = [slide_design.lines(clean(text), room, size) for text in texts]
    return sum(count * size * _LINE + _GAP for count in counts)


def _write(frame: Any, paragraphs: Sequence[Runs], size: float) -> None:
    for number, runs in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        for text, address in runs:
            for place, line in enumerate(clean(text).split("\n")):
                if place:
                    paragraph.add_line_break()
                if not line:
                    continue
                run = paragraph.add_run()
                run.text, run.font.size = line, Pt(size)
                if target := web(address):
                    run.hyperlink.address = target


def _describe(shape: Any, says: tuple[str, str]) -> None:
    """Title and alternative of what is drawn, for who does not see it."""
    about = shape._element._nvXxPr.cNvPr
    about.set("title", clean(says[0]))
    about.set("descr", clean(says[1]))


LONGEST = 60  # rows; a table of more stays out
# Breadths in mm as drawn: the larger, the smaller its type on the slide.
SMALL_MAP, WORLD_MAP, SMALL_CHART, BROADEST = 150.0, 230.0, 190.0, 420.0
SHARP = 280  # pixels per inch of that
APART = 10.0  # mm between a map and the text beside it
NARROWEST = 90.0  # mm, of such a text


def slides(report: Report) -> bytes:
    """The report as a .pptx; the same report gives the same bytes.

    Raises what `picture.drawing` raises for a picture that cannot be drawn.
    """
    deck, left_out = Deck(report), list[Table]()
    _opening(deck)
    for section in report.sections:
        _section(deck, section, left_out)
    _closing(deck, left_out)
    return stamped(deck.file(), report.provenance.made)


def _opening(deck: Deck) -> None:
    """The subject and its date; then the finding."""
    t, report = deck.t, deck.report
    dated = f"{t('document.as_of')}: {report.provenance.as_of}"
    first = deck.slide(report.subject, layout=OPENING)
    deck.text(first, [[(dated, "")], [(t("product"), "")]], LARGE)
    deck.notes(first, [f"{t('document.say')}: {report.title}", dated])
    brief: list[Runs] = [[(sentence, "")] for sentence in report.summary]
    for slide in text_slide(deck, report.title, brief, LARGE):
        deck.notes(slide, [f"{t('document.say')}: {' '.join(report.summary)}", dated])


def _section(deck: Deck, section: Section, left_out: list[Table]) -> None:
    """Its slides; a short text goes into the notes of the slide it belongs to, a list is shown."""
    drawn = any(not isinstance(block, Text) for block in section.blocks)
    ahead: list[str] = []
    last: list[Any] = []
    for run in _runs(section.blocks):
        if not isinstance(run, list):
            made = _block(deck, run, left_out)
            for slide in made[:1]:
                deck.notes(slide, ahead)
                ahead = []
            last = made or last
        elif not drawn or any(text.kind == "item" for text in run):
            title = section.heading or deck.report.subject
            last = text_slide(deck, title, [[(text.text, "")] for text in run])
            for slide in last:
                deck.notes(slide, _notes(deck, title, ""))
        else:
            behind = [text.text for text in run if text.kind == "note" and last]
            ahead += [text.text for text in run if text.text not in behind]
            for slide in last[-1:]:
                deck.notes(slide, behind)
    for slide in last[-1:]:
        deck.notes(slide, ahead)


def _runs(blocks: Sequence[Block]) -> list[list[Text] | Table | Chart | Map]:
    """The blocks in order, texts in a row together."""
    found: list[list[Text] | Table | Chart | Map] = []
    for block in blocks:
        if not isinstance(block, Text):
            found.append(block)
        elif found and isinstance(found[-1], list):
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _block(deck: Deck, block: Table | Chart | Map, left_out: list[Table]) -> list[Any]:
    """The slides of a block."""
    if isinstance(block, Table):
        return _table(deck, block, block.title, left_out)
    if isinstance(block, Chart) and slide_charts.drawable(block.spec):
        return _chart(deck, block)
    drawn = _pictures(deck, block) if isinstance(block, Chart) else _picture(deck, block)
    if isinstance(block, Chart) and block.rows:
        title = deck.t("document.data_slide", title=block.title)
        drawn += _table(deck, block.table, title, left_out)
    return drawn


def _pictures(deck: Deck, block: Chart) -> list[Any]:
    """A drawn chart; one of panels on as many slides as keep its words large enough to read."""
    parts, made = slide_charts.sheets(block.spec), []
    for number, part in enumerate(parts, 1):
        title = continued(deck, block.title, number, len(parts))
        made += _picture(deck, replace(block, title=title, spec=part))
    return made


def _picture(deck: Deck, block: Chart | Map) -> list[Any]:
    """A map with words beside it where there is room; a chart drawn as broad as the slide."""
    is_map = isinstance(block, Map)
    borders = f" {deck.report.provenance.borders}" if is_map else ""
    slide = deck.slide(block.title, _source(deck, block.source) + borders)
    wide = SMALL_CHART
    if isinstance(block, Map):
        world = block.payload["view"] == "world" and not block.area
        wide = WORLD_MAP if world else SMALL_MAP
    png = picture.drawing(block, deck.t.language, wide, SHARP, landscape=True)
    across, down = struct.unpack(">II", png[16:24])
    left, top, room, high = deck.body
    if not is_map and across / down < room / high:  # its height does not follow its width
        broad = min(BROADEST, SMALL_CHART * room / high * down / across)
        png = picture.drawing(block, deck.t.language, broad, SHARP, landscape=True)
    broad = deck.picture(slide, png, (block.title, block.alternative))
    rest = room - broad - APART
    if is_map and rest >= NARROWEST:
        deck.beside(slide, block.alternative, (left + broad + APART, top, rest, high))
    lines = _notes(deck, block.alternative, block.source)
    deck.notes(slide, [*lines, deck.report.provenance.borders if is_map else ""])
    return [slide]


def _chart(deck: Deck, block: Chart) -> list[Any]:
    """A chart that can be edited, on as many slides as its categories need."""
    parts, made = slide_charts.pages(block.spec), []
    for number, part in enumerate(parts, 1):
        title = continued(deck, block.title, number, len(parts))
        slide = deck.slide(title, _source(deck, block.source))
        deck.chart(slide, part, block.spec, (title, block.alternative))
        deck.notes(slide, _notes(deck, block.alternative, block.source))
        made.append(slide)
    return made


def _table(deck: Deck, table: Table, title: str, left_out: list[Table]) -> list[Any]:
    """A table on as many slides as it needs; a very long one on none."""
    if len(table.rows) > LONGEST or not table.headers:
        left_out.append(table)
        return []
    source = table.source or deck.t("document.source_of_rows")
    length = deck.t.count("document.length", len(table.rows), table=title)
    cited = f"{table.source} {' '.join(cell_text(cell) for row in table.rows for cell in row)}"
    parts, made = slide_design.pages(table, deck.body), []
    for number, part in enumerate(parts, 1):
        slide = deck.slide(continued(deck, title, number, len(parts)), _source(deck, source))
        deck.table(slide, part, table, length)
        deck.notes(slide, _notes(deck, length, source, cited))
        made.append(slide)
    return made


def _source(deck: Deck, source: str) -> str:
    return deck.t("document.source", source=source) if source else ""


def _notes(deck: Deck, say: str, source: str, cited: str = "") -> list[str]:
    """Notes: what to say, where it comes from, of when it is, and what it does not say."""
    t, provenance = deck.t, deck.report.provenance
    rest = named(provenance.sources, cited or source) or provenance.sources
    unsaid = "; ".join(f"{each.document}: {each.note}" for each in rest if each.note)
    return [
        f"{t('document.say')}: {say}",
        _source(deck, source),
        f"{t('document.as_of')}: {provenance.as_of}",
        f"{t('document.unsaid')}: {unsaid or t('document.nothing_said')}",
    ]


def _closing(deck: Deck, left_out: Sequence[Table]) -> None:
    """The tables that are elsewhere, the sources, and what the file is."""
    t, provenance = deck.t, deck.report.provenance
    if left_out:
        lines = [t("document.elsewhere_lead")]
        lines += [t.count("document.length", len(e.rows), table=e.title) for e in left_out]
        for slide in text_slide(deck, t("document.elsewhere"), [[(line, "")] for line in lines]):
            deck.notes(slide, _notes(deck, t("document.elsewhere_lead"), ""))
    sources: list[Runs] = []
    for each in provenance.sources:
        dated = ", ".join(p for p in (each.document, t.date(each.date) if each.date else "") if p)
        rest = f"\n{dated}" + (f"\n{each.note}" if each.note else "")
        sources.append([(each.title or each.document, each.url), (rest, "")])
    if sources:
        for slide in text_slide(deck, t("document.sources"), sources, 16):
            deck.notes(slide, _notes(deck, t("document.sources"), ""))
    chosen = "; ".join(f"{name}: {value}" for name, value in provenance.filters)
    named_facts = {
        "document.as_of": provenance.as_of,
        "document.filters": chosen,
        "document.release": provenance.identity,
        "document.made": t.date(provenance.made),
    }
    facts: list[Runs] = [[(f"{t(k)}: {value}", "")] for k, value in named_facts.items() if value]
    facts += [[(provenance.borders, "")]] if provenance.borders else []
    if link := provenance.permalink:
        target = "" if provenance.path_note else link
        facts.append([(f"{t('document.permalink')}: ", ""), (provenance.way, target)])
    for slide in text_slide(deck, t("document.about"), facts, 16):
        deck.notes(slide, _notes(deck, provenance.identity, ""))
