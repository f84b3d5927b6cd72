"""A report as slides (PowerPoint, 16:9): findings as titles, charts and tables to edit."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from dashboard.exports import picture, slide_charts, slide_tables
from dashboard.exports.office import named, shown, stamped
from dashboard.exports.slide_design import BODY, OPENING
from dashboard.exports.slide_pages import LARGE, Deck, Runs, continued, text_slide
from dashboard.report import Block, Chart, Map, Native, Report, Section, Table, Text

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
    return stamped(deck.file(), report.imprint.made)


def _opening(deck: Deck) -> None:
    """The subject and its date; then the finding."""
    t, report = deck.t, deck.report
    dated = f"{t('document.as_of')}: {report.imprint.as_of}"
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
            made = _shown(deck, run, left_out)
            for slide in made[:1]:
                deck.notes(slide, ahead)
                ahead = []
            last = made or last
        elif not drawn or any(text.kind == "item" for text in run):
            title = section.heading or deck.report.subject
            last = text_slide(deck, title, [[(text.text, "")] for text in run])
            for slide in last:
                deck.notes(slide, _said(deck, title, ""))
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


def _shown(deck: Deck, block: Table | Chart | Map, left_out: list[Table]) -> list[Any]:
    """The slides of a block."""
    if isinstance(block, Table):
        return _table(deck, block, block.title, left_out)
    if isinstance(block, Chart) and block.native is not None and block.native.categories:
        return _chart(deck, block, block.native)
    drawn = _picture(deck, block)
    if isinstance(block, Chart) and block.rows:
        title = deck.t("document.data_slide", title=block.title)
        drawn += _table(deck, block.table, title, left_out)
    return drawn


def _picture(deck: Deck, block: Chart | Map) -> list[Any]:
    """A map with words beside it where there is room; a chart drawn as broad as the slide."""
    is_map = isinstance(block, Map)
    borders = f" {deck.report.imprint.borders}" if is_map else ""
    slide = deck.slide(block.title, _source(deck, block.source) + borders)
    wide = SMALL_CHART
    if isinstance(block, Map):
        world = block.payload["view"] == "world" and not block.area
        wide = WORLD_MAP if world else SMALL_MAP
    png = picture.drawing(block, deck.t.language, wide, SHARP, landscape=True)
    across, down = struct.unpack(">II", png[16:24])
    if not is_map and across / down < BODY[2] / BODY[3]:  # its height does not follow its width
        broad = min(BROADEST, SMALL_CHART * BODY[2] / BODY[3] * down / across)
        png = picture.drawing(block, deck.t.language, broad, SHARP, landscape=True)
    broad = deck.picture(slide, png, (block.title, block.alternative))
    rest = BODY[2] - broad - APART
    if is_map and rest >= NARROWEST:
        deck.beside(slide, block.alternative, (BODY[0] + broad + APART, BODY[1], rest, BODY[3]))
    lines = _said(deck, block.alternative, block.source)
    deck.notes(slide, [*lines, deck.report.imprint.borders if is_map else ""])
    return [slide]


def _chart(deck: Deck, block: Chart, native: Native) -> list[Any]:
    """A chart that can be edited, on as many slides as its categories need."""
    parts, made = slide_charts.pages(native), []
    for number, part in enumerate(parts, 1):
        title = continued(deck, block.title, number, len(parts))
        slide = deck.slide(title, _source(deck, block.source))
        deck.chart(slide, part, native, (title, block.alternative))
        deck.notes(slide, _said(deck, block.alternative, block.source))
        made.append(slide)
    return made


def _table(deck: Deck, table: Table, title: str, left_out: list[Table]) -> list[Any]:
    """A table on as many slides as it needs; a very long one on none."""
    if len(table.rows) > LONGEST or not table.headers:
        left_out.append(table)
        return []
    source = table.source or deck.t("document.source_of_rows")
    length = deck.t.count("document.length", len(table.rows), table=title)
    cited = f"{table.source} {' '.join(shown(cell) for row in table.rows for cell in row)}"
    parts, made = slide_tables.pages(table), []
    for number, part in enumerate(parts, 1):
        slide = deck.slide(continued(deck, title, number, len(parts)), _source(deck, source))
        deck.table(slide, part, table, length)
        deck.notes(slide, _said(deck, length, source, cited))
        made.append(slide)
    return made


def _source(deck: Deck, source: str) -> str:
    return deck.t("document.source", source=source) if source else ""


def _said(deck: Deck, say: str, source: str, cited: str = "") -> list[str]:
    """Notes: what to say, where it comes from, of when it is, and what it does not say."""
    t, imprint = deck.t, deck.report.imprint
    rest = named(imprint.sources, cited or source) or imprint.sources
    unsaid = "; ".join(f"{each.document}: {each.note}" for each in rest if each.note)
    return [
        f"{t('document.say')}: {say}",
        _source(deck, source),
        f"{t('document.as_of')}: {imprint.as_of}",
        f"{t('document.unsaid')}: {unsaid or t('document.nothing_said')}",
    ]


def _closing(deck: Deck, left_out: Sequence[Table]) -> None:
    """The tables that are elsewhere, the sources, and what the file is."""
    t, imprint = deck.t, deck.report.imprint
    if left_out:
        lines = [t("document.elsewhere_lead")]
        lines += [t.count("document.length", len(e.rows), table=e.title) for e in left_out]
        for slide in text_slide(deck, t("document.elsewhere"), [[(line, "")] for line in lines]):
            deck.notes(slide, _said(deck, t("document.elsewhere_lead"), ""))
    sources: list[Runs] = []
    for each in imprint.sources:
        dated = ", ".join(p for p in (each.document, t.date(each.date) if each.date else "") if p)
        rest = f"\n{dated}" + (f"\n{each.note}" if each.note else "")
        sources.append([(each.title or each.document, each.url), (rest, "")])
    if sources:
        for slide in text_slide(deck, t("document.sources"), sources, 16):
            deck.notes(slide, _said(deck, t("document.sources"), ""))
    chosen = "; ".join(f"{name}: {value}" for name, value in imprint.filters)
    named_facts = {
        "document.as_of": imprint.as_of,
        "document.filters": chosen,
        "document.release": imprint.identity,
        "document.made": t.date(imprint.made),
    }
    facts: list[Runs] = [[(f"{t(k)}: {value}", "")] for k, value in named_facts.items() if value]
    facts += [[(imprint.borders, "")]] if imprint.borders else []
    if link := imprint.permalink:
        target = "" if imprint.path_note else link
        facts.append([(f"{t('document.permalink')}: ", ""), (imprint.way, target)])
    for slide in text_slide(deck, t("document.about"), facts, 16):
        deck.notes(slide, _said(deck, imprint.identity, ""))
