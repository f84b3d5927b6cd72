"""What a slide is made of: its title, text, picture, chart or table, source line and notes."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Mm, Pt

from dashboard.exports import slide_charts, slide_tables
from dashboard.exports.office import LANGUAGES, clean, describe, web, width
from dashboard.exports.slide_design import (
    BODY,
    CONTENT,
    NAMESPACES,
    OPENING,
    ROOM,
    SOURCE_PLACE,
    TITLE_ONLY,
    TITLE_SIZE,
    Box,
    blank,
    notes_dressed,
    number_xml,
)
from dashboard.i18n import words
from dashboard.report import Native, Report, Table

Runs = Sequence[tuple[str, str]]  # of a paragraph: a text and the address it leads to, or ""
LARGE, TEXT, BESIDE = 20.0, 18.0, 16.0  # points, of the key message, of text, of text by a map
_LINE, _GAP = 1.3 * 25.4 / 72, 3.2  # mm: of a line per point, between two paragraphs
_MANY = 99  # paragraphs; slides of text are measured, not counted


class Deck:
    """The slides of one report so far."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.t = words(report.language)
        self.language = LANGUAGES[self.t.language]
        self._deck = blank(self.language)
        self._titles: list[str] = []

    def slide(self, title: str, source: str = "", layout: int = TITLE_ONLY) -> Any:
        """A new slide with its title in the placeholder for it, a source line and a number.

        Titles are what a reader without eyes steers by, so none stands twice.
        """
        self._titles.append(title)
        if (part := self._titles.count(title)) > 1:
            title = self.t("document.again", title=title, part=part)
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        slide.shapes.title.text_frame.text = " ".join(clean(title).split())
        if layout == OPENING:
            return slide
        for paragraph in slide.shapes.title.text_frame.paragraphs:
            paragraph.font.size = Pt(_title_size(title))
        holder = next(p for p in slide.placeholders if p.placeholder_format.idx == SOURCE_PLACE)
        if source:
            holder.text_frame.text = clean(source)
        else:
            holder._element.getparent().remove(holder._element)
        return slide

    def text(self, slide: Any, paragraphs: Sequence[Runs], size: float) -> None:
        """Paragraphs in the placeholder for text; a new line stays one."""
        _write(slide.placeholders[1].text_frame, paragraphs, size)

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
        scale = min(BODY[2] / across, BODY[3] / down)
        broad: float = across * scale
        place = (Mm(BODY[0]), Mm(BODY[1]), Mm(broad), Mm(down * scale))
        _describe(slide.shapes.add_picture(io.BytesIO(png), *place), says)
        return broad

    def chart(self, slide: Any, part: Native, whole: Native, says: tuple[str, str]) -> None:
        """One part of a chart that PowerPoint draws itself."""
        frame = slide.shapes.add_chart(
            slide_charts.kind_of(whole), *(Mm(mm) for mm in BODY), slide_charts.data_of(part)
        )
        slide_charts.dress(frame.chart, part, slide_charts.most(whole), self.language)
        _describe(frame, says)

    def table(self, slide: Any, part: Table, whole: Table, alternative: str) -> None:
        """One part of a table; it has the title of its slide."""
        frame = slide.shapes.add_table(1, 1, Mm(BODY[0]), Mm(BODY[1]), Mm(ROOM), Mm(10))
        old = frame._element.graphic.graphicData.tbl
        new = slide_tables.table_xml(part, whole, self.language)
        old.getparent().replace(old, new)
        frame.height = sum(int(row.get("h")) for row in new.findall("{*}tr"))
        _describe(frame, (slide.shapes.title.text, alternative))

    def notes(self, slide: Any, lines: Sequence[str]) -> None:
        """More lines of what to say with a slide."""
        frame = slide.notes_slide.notes_text_frame
        said = [frame.text] if frame.text else []
        frame.text = "\n".join([*said, *(clean(line) for line in lines if line)])

    def file(self) -> bytes:
        """The whole file, every text marked with its language, read in the order of the eye."""
        for slide in self._deck.slides:
            self._finish(slide)
            for tree in (slide.element, slide.notes_slide.element):
                for run in tree.iter("{*}r", "{*}fld"):
                    run.get_or_add_rPr().set("lang", self.language)
                for end in tree.iter("{*}endParaRPr"):
                    end.set("lang", self.language)
        notes_dressed(self._deck)
        describe(self._deck.core_properties, self.report)
        made = io.BytesIO()
        self._deck.save(made)
        return made.getvalue()

    def _finish(self, slide: Any) -> None:
        """The source line behind what it is the source of, and the number last."""
        tree = slide.shapes._spTree
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx == SOURCE_PLACE:
                tree.append(holder._element)
            elif holder.placeholder_format.idx and not holder.text_frame.text:
                tree.remove(holder._element)
        if slide.slide_layout != self._deck.slide_layouts[OPENING]:
            key = max(int(each.get("id")) for each in tree.iter("{*}cNvPr")) + 1
            number = number_xml(key, self.language).replace("<p:sp>", f"<p:sp {NAMESPACES}>", 1)
            tree.append(parse_xml(number))


def text_slide(deck: Deck, title: str, paragraphs: Sequence[Runs], size: float = TEXT) -> list[Any]:
    """Text on as many slides as it needs."""
    tall = [height(["".join(text for text, _ in runs)], ROOM - 7, size) for runs in paragraphs]
    parts = slide_tables.split(tall, BODY[3], _MANY) or [(0, 0)]
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
    counts = [slide_tables.lines(clean(text), room, size) for text in texts]
    return sum(count * size * _LINE + _GAP for count in counts)


def _title_size(title: str) -> float:
    """The size in points at which a title stays within its place."""
    count = width(title, TITLE_SIZE) * 1.17 / ROOM
    return TITLE_SIZE if count < 1.9 else 19 if count < 3 else 16


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
