"""Countries on a page of A4 each, as Word and as PDF: as large as the page holds, nothing cut.

Each report is one page: its summary beside the map of its first section, the other sections below.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from dashboard.exports import house_style, picture
from dashboard.exports.office import cell_text, columns, numeric, width
from dashboard.exports.pdf import settable_all
from dashboard.exports.typesetting import FONT, FONTS, compiled
from dashboard.exports.word import SHARP, Body, run, twips, w
from dashboard.i18n import Texts, texts_of
from dashboard.report import Block, Map, Report, Section, Source, Table, Text

LOOK = Path(__file__).with_name("briefing.typ")
MAP = 76.0  # mm, the width of the map beside the summary
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # points, the largest that fits
EMU = 36000  # the unit of Word in a mm
RIM, SIDE = 12, 18  # mm around a page of Word
_LINE = 1.24 * 25.4 / 72  # mm a line takes per point
_GAP = 6.0  # mm between summary and map
# Of the page: heights are estimated some six hundredths too high, which another program may need.
_TIGHT = 1.0
Part = dict[str, Any]


def _map_of(report: Report) -> Map:
    [drawn] = [block for block in report.sections[0].blocks if isinstance(block, Map)]
    return drawn


def _beside(report: Report) -> list[Block]:
    """What stands beside the map, without the map."""
    return [block for block in report.sections[0].blocks if not isinstance(block, Map)]


def _foot(report: Report) -> str:
    """What stands at the foot of a page; the state of the rows is for machines, not for a desk."""
    t = texts_of(report.language)
    return t("dossier.made", product=t("product"), date=t.date(report.provenance.made))


def _source_line(source: Source, t: Texts) -> str:
    """One document on one line: its short name and title, its date and where it stands."""
    date = source.date_beside_name(t.date(source.date)) if source.date else ""
    short = source.called
    address = source.url.removeprefix("https://")
    return f"{short[:1].upper()}{short[1:]}: " + ", ".join(
        filter(None, [source.title, date, address])
    )


# --- PDF ------------------------------------------------------------------------------------------


def pdf(reports: Sequence[Report]) -> bytes:
    """The pages as one tagged PDF; raises RefusedError where PDF/UA-1 forbids something."""
    pictures: dict[str, bytes] = {}
    pages = [_page(report, place, pictures) for place, report in enumerate(reports)]
    first, style = reports[0], house_style.current()
    provenance = first.provenance
    made = dt.datetime.combine(dt.date.fromisoformat(provenance.made), dt.time(), dt.UTC)
    t = texts_of(first.language)
    content = {
        "title": "; ".join(report.subject for report in reports),
        "author": t("product"),
        "keywords": [provenance.release_name],
        "language": first.language,
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "identity": _foot(first),
        "style": {"colours": dict(style.colours), "faces": [style.page, FONT]},
        "pages": pages,
    }
    return compiled(
        LOOK.read_text(encoding="utf-8"),
        pictures | {"report.json": json.dumps(settable_all(content)).encode()},
        "pdf",
        fonts=[str(FONTS), *sorted({str(path.parent) for path in style.fonts.values()})],
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )


def _page(report: Report, place: int, pictures: dict[str, bytes]) -> Part:
    t, drawn = texts_of(report.language), _map_of(report)
    name = f"map-{place}.svg"
    pictures[name] = picture.drawing_svg(drawn, report.language, MAP).encode()
    return {
        "kicker": report.subject,
        "title": report.title,
        "lead": list(report.summary),
        "beside": list(_parts(_beside(report))),
        "map": {"file": name, "title": drawn.title, "alternative": drawn.alternative},
        "sections": [
            {"heading": section.heading, "parts": list(_parts(section.blocks))}
            for section in report.sections[1:]
        ],
        "sources": [_source_line(source, t) for source in report.provenance.sources],
        "borders": report.provenance.borders,
        "words": {"sources": t("dossier.sources")},
    }


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Blocks for the page; items that follow each other are one list."""
    for items, run_of in groupby(blocks, key=lambda b: isinstance(b, Text) and b.kind == "item"):
        if items:
            yield {"kind": "items", "texts": [b.text for b in run_of if isinstance(b, Text)]}
            continue
        for block in run_of:
            if isinstance(block, Text):
                yield {"kind": block.kind, "text": block.text}
            elif isinstance(block, Table):
                right = numeric(block)
                yield {
                    "kind": "table",
                    "headers": list(block.headers),
                    "rows": [[cell_text(cell) for cell in row] for row in block.rows],
                    "widths": columns(block, 170.0, 8.0, 3.0),
                    "numeric": [place in right for place in range(len(block.headers))],
                }


# --- Word -----------------------------------------------------------------------------------------


def word(reports: Sequence[Report]) -> bytes:
    """The pages as one .docx; the same reports give the same bytes.

    Raises DataError for a house style that is wrong.
    """
    body = Sheets(reports[0])
    for place, report in enumerate(reports):
        body.sheet(report, first=place == 0)
    return body.file()


class Sheets(Body):
    """A Word document of pages that each hold one report."""

    def __init__(self, report: Report) -> None:
        footed = replace(report.provenance, identity=_foot(report))
        super().__init__(replace(report, provenance=footed))
        section = self.document.sections[0]
        section.top_margin, section.bottom_margin = RIM * EMU, RIM * EMU
        section.left_margin = section.right_margin = SIDE * EMU
        section.header_distance = section.footer_distance = round(RIM / 2) * EMU
        self._wide = section.page_width / EMU - 2 * SIDE
        self._high = (section.page_height / EMU - 2 * RIM) * _TIGHT
        self._points = SIZES[0]

    def sheet(self, report: Report, first: bool) -> None:
        """One page, in the largest letters that it holds."""
        drawn = _map_of(report)
        png = picture.drawing(drawn, report.language, MAP, SHARP)
        across, down = picture.size_of(png)
        tall = MAP * down / across
        fitting = (size for size in SIZES if self._height(report, size, tall) <= self._high)
        self._points = next(fitting, SIZES[-1])
        breaks = [] if first else [w("pageBreakBefore")]
        self._para("Subtitle", [report.subject], 8.5, 0, 0, *breaks)
        self._para("Title", [report.title], self._points * 1.7, 0, 4)
        self._top(report, png)
        for section in report.sections[1:]:
            self._heading(section.heading)
            self._blocks(section)
        t = texts_of(report.language)
        self._heading(t("dossier.sources"))
        for source in report.provenance.sources:
            self._para("Note", [_source_line(source, t)], self._points * 0.84, 0, 1)
        if report.provenance.borders:
            self._para("Note", [report.provenance.borders], self._points * 0.84, 0, 0)

    def _heading(self, text: str) -> None:
        self._para("Heading 1", [text], self._points * 1.12, 7, 2)

    def _blocks(self, section: Section) -> None:
        for block in section.blocks:
            if isinstance(block, Text):
                self._put(self._text(block))
            elif isinstance(block, Table):
                self._rows(block)

    def _text(self, block: Text) -> Any:
        style = {"item": "List Bullet", "note": "Note"}.get(block.kind, "Normal")
        size = self._points * (0.88 if block.kind == "note" else 1)
        return self._line(style, [block.text], size, 0, 2)

    def _para(
        self, style: str, texts: list[str], size: float, before: float, after: float, *more: Any
    ) -> None:
        self._put(self._line(style, texts, size, before, after, *more))

    def _line(
        self, style: str, texts: list[str], size: float, before: float, after: float, *more: Any
    ) -> Any:
        """A paragraph in a style, in letters of this size, with these points around it."""
        half = round(size * 2)
        runs = [run(text, w("sz", val=half), w("szCs", val=half)) for text in texts]
        space = w("spacing", before=round(before * 20), after=round(after * 20))
        mark = w("rPr", w("sz", val=half))  # or the bullet of a list stays larger
        return self._paragraph(style, runs, *more, space, mark)

    def _top(self, report: Report, png: bytes) -> None:
        """Summary and facts left, the map with its caption right: a table without lines."""
        room = self._wide - MAP - _GAP
        left = [self._line("Normal", [text], self._points, 0, 4) for text in report.summary]
        left += [self._text(block) for block in _beside(report) if isinstance(block, Text)]
        inline = self._part.new_pic_inline(io.BytesIO(png), round(MAP * EMU))
        drawn = _map_of(report)
        for about in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
            about.set("name", drawn.title)
            about.set("descr", drawn.alternative)
        shown = self._paragraph("Normal", [w("r", w("drawing", inline))], w("spacing", after=0))
        caption = self._line("Note", [drawn.title], 7.5, 1, 0)
        widths = [room + _GAP, MAP]
        size = w("tblW", w=twips(sum(widths)), type="dxa")
        margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right")))
        looks = w("tblPr", size, w("tblLayout", type="fixed"), margins)
        table = w("tbl", looks, w("tblGrid", *(w("gridCol", w=twips(mm)) for mm in widths)))
        cells = []
        for mm, inside, pad in ((widths[0], left, _GAP), (widths[1], [shown, caption], 0.0)):
            rim = w("tcMar", w("right", w=twips(pad), type="dxa"))
            cells.append(w("tc", w("tcPr", w("tcW", w=twips(mm), type="dxa"), rim), *inside))
        table.append(w("tr", w("trPr", w("cantSplit")), *cells))
        self._put(table)

    def _rows(self, table: Table) -> None:
        """A table with its header row, as small as the page needs."""
        right, widths = numeric(table), columns(table, self._wide, self._points, 3.6)
        rows = [list(table.headers), *([cell_text(c) for c in row] for row in table.rows)]
        half = round(self._points * 0.95 * 2)
        style = w("tblStyle", val=self._styles["Lines"])
        size = w("tblW", w=twips(sum(widths)), type="dxa")
        look = w("tblLook", val="06A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0,
                 noHBand=1, noVBand=1)  # fmt: skip
        fixed, caption = w("tblLayout", type="fixed"), w("tblCaption", val=table.title)
        made = w("tbl", w("tblPr", style, size, fixed, look, caption))
        made.append(w("tblGrid", *(w("gridCol", w=twips(mm)) for mm in widths)))
        for number, row in enumerate(rows):
            made.append(w("tr", w("trPr", w("cantSplit"), *([] if number else [w("tblHeader")]))))
            for place, (text, mm) in enumerate(zip(row, widths, strict=True)):
                aligned = [w("jc", val="right")] if place in right else []
                inside = self._paragraph("Cell Text", [run(text, w("sz", val=half))], *aligned)
                made[-1].append(w("tc", w("tcPr", w("tcW", w=twips(mm), type="dxa")), inside))
        self._put(made)

    def _height(self, report: Report, size: float, map_height: float) -> float:
        """About how high the page becomes in letters of this size, in mm."""
        t = texts_of(report.language)
        left = self._wide - MAP - _GAP
        beside = sum(_tall(text, size, left, 4) for text in report.summary)
        beside += sum(
            _tall(b.text, size, left - 6, 2) for b in _beside(report) if isinstance(b, Text)
        )
        total = 5 + _tall(report.title, size * 1.7, self._wide / 1.1, 4)
        total += max(beside, map_height + 7)
        for section in report.sections[1:]:
            total += size * 1.12 * _LINE + 4.2
            total += sum(self._block_height(block, size) for block in section.blocks)
        total += size * 1.12 * _LINE + 4.2
        lines = [_source_line(source, t) for source in report.provenance.sources]
        return total + sum(
            _tall(x, size * 0.84, self._wide, 1) for x in [*lines, report.provenance.borders]
        )

    def _block_height(self, block: Block, size: float) -> float:
        if isinstance(block, Text):
            small = size * (0.88 if block.kind == "note" else 1)
            return _tall(block.text, small, self._wide - (6 if block.kind == "item" else 0), 2)
        if not isinstance(block, Table):
            return 0.0
        widths = columns(block, self._wide, size, 3.6)
        rows = [list(block.headers), *([cell_text(c) for c in row] for row in block.rows)]
        return sum(
            max(_tall(text, size * 0.95, mm - 3.6, 0) for text, mm in zip(row, widths, strict=True))
            + 1.5
            for row in rows
        )


def _tall(text: str, size: float, room: float, after: float) -> float:
    """The height of a paragraph in mm; `after` points follow it."""
    lines = max(1, math.ceil(width(text, size) * 1.04 / room)) if text else 0
    return lines * size * _LINE + (after * 25.4 / 72 if text else 0)
