"""The slides of one report so far: title, text, picture, chart, table, source and notes of each."""

from __future__ import annotations

import copy
import io
import struct
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Mm, Pt

from dashboard.exports import house_style, slide_charts, slide_design
from dashboard.exports.office import LANGUAGES, clean, describe, web, width
from dashboard.exports.slide_design import CONTENT, OPENING, TITLE_ONLY, Box, Design, source_place
from dashboard.i18n import texts_of
from dashboard.report import Report, Spec, Table

Runs = Sequence[tuple[str, str]]  # of a paragraph: a text and the address it leads to, or ""
# Points: of the key message, of text, of sources; the first that one slide holds.
LARGE, TEXT, SMALL = (20.0, 18.0, 16.0, 14.0), (18.0, 16.0, 14.0), (16.0, 14.0, 12.0)
BESIDE = 16.0  # points, of text by a map
SOURCES = (10.0, 9.0, 8.0)  # points, of a source line: the largest that its place holds
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
        self._titles: set[str] = set()

    def slide(self, title: str, source: str = "", layout: str = TITLE_ONLY, kind: str = "") -> Any:
        """A new slide with its title in the placeholder for it, a source line and a number.

        `kind` is "text", "table", "map" or "chart". All slides of a scenario say that it is one.
        """
        title = self._title(title, kind)
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
                for run in holder.text_frame.paragraphs[0].runs:
                    run.font.size = Pt(self._source_fit(source)[0])
        return slide

    def _title(self, title: str, kind: str) -> str:
        """The title of a slide: what a reader without eyes steers by, so none stands twice."""
        banner = self.report.banner
        if banner and not title.startswith(banner.split(",")[0]):
            title = f"{banner}: {title}"
        whole, part = title, 1
        if title in self._titles and kind:
            whole = title = self.t(f"document.also_{kind}", title=title)
        while title in self._titles:
            part += 1
            title = self.t("document.again", title=whole, part=part)
        self._titles.add(title)
        return title

    def _source_fit(self, source: str) -> tuple[float, float]:
        """The size of a source line in points, and by how many mm it is higher than its place."""
        _, _, wide, high = self.design.source
        tall = {s: slide_design.lines(clean(source), wide, s) * s * _LINE for s in SOURCES}
        size = next((s for s in SOURCES if tall[s] <= high), SOURCES[-1])
        return size, max(0.0, tall[size] - high)

    def room(self, source: str) -> Box:
        """Where a figure stands above this source line."""
        left, top, wide, high = self.body
        return left, top, wide, high - self._source_fit(source)[1]

    def text(self, slide: Any, paragraphs: Sequence[Runs], size: float) -> None:
        """Paragraphs in the placeholder for text; a new line stays one."""
        _write(slide_design.text_place(slide).text_frame, paragraphs, size)

    def picture(self, slide: Any, png: bytes, says: tuple[str, str], box: Box) -> float:
        """A picture as large as the box holds; `says` is its title and alternative.

        Returns how many mm of the box are left to the right of it.
        """
        across, down = struct.unpack(">II", png[16:24])
        left, top, wide, high = box
        scale = min(wide / across, high / down)
        place = (Mm(left), Mm(top), Mm(across * scale), Mm(down * scale))
        _describe(slide.shapes.add_picture(io.BytesIO(png), *place), says)
        rest: float = wide - across * scale
        return rest

    def beside(self, slide: Any, texts: Sequence[str], box: Box) -> None:
        """Paragraphs in a box of their own, as many whole ones as it holds."""
        count = len(texts)
        while count and height(texts[:count], box[2], BESIDE) > box[3]:
            count -= 1
        if not count:
            return
        frame = slide.shapes.add_textbox(*(Mm(mm) for mm in box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        _write(frame, [[(text, "")] for text in texts[:count]], BESIDE)
        for paragraph in frame.paragraphs:
            paragraph.space_after = Pt(_GAP * 72 / 25.4)

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


def text_slide(
    deck: Deck, title: str, paragraphs: Sequence[Runs], sizes: Sequence[float] = TEXT
) -> list[Any]:
    """Text on one slide in the first size that it fits in, else on several in the last."""
    parts: list[tuple[int, int]] = []
    for size in sizes:
        parts = _parts(deck, paragraphs, size)
        if len(parts) == 1:
            break
    slides = []
    for number, (start, end) in enumerate(parts, 1):
        again = continued(deck, title, number, len(parts))
        slide = deck.slide(again, layout=CONTENT, kind="text")
        deck.text(slide, paragraphs[start:end], size)
        slides.append(slide)
    return slides


def fits(deck: Deck, paragraphs: Sequence[Runs], sizes: Sequence[float] = TEXT) -> bool:
    """Whether text fits one slide in one of the sizes."""
    return any(len(_parts(deck, paragraphs, size)) == 1 for size in sizes)


def _parts(deck: Deck, paragraphs: Sequence[Runs], size: float) -> list[tuple[int, int]]:
    tall = [
        height(["".join(text for text, _ in runs)], deck.body[2] - 7, size) for runs in paragraphs
    ]
    return slide_design.split(tall, deck.body[3], _MANY) or [(0, 0)]


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
