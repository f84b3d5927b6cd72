"""A report as slides: one message each, in PowerPoint."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.exports import picture, slide_charts, slide_design
from dashboard.exports.office import cell_text, stamped
from dashboard.exports.slide_deck import LARGE, SMALL, Deck, Runs, continued, fits, text_slide
from dashboard.exports.slide_design import OPENING
from dashboard.report import Block, Chart, Map, Report, Section, Table, Text

LONGEST = 60  # rows; a table of more stays out
# Breadths in mm as drawn: the larger, the smaller its type on the slide.
SMALL_MAP, WORLD_MAP, SMALL_CHART, BROADEST = 150.0, 230.0, 190.0, 420.0
SHARP = 280  # pixels per inch of that
PASTE = "paste"  # the section that is there to be copied from a page: nobody copies from a slide
SPOKEN, CELLS = 3, 3  # rows of a table in the notes, and figures of each
APART, NARROWEST = 10.0, 90.0  # mm: between a map and the text beside it, and of such a text


@dataclass
class Annex:
    """What takes more than one slide, for behind the messages: titles with tables and lists.

    `elsewhere` are tables too long for slides at all.
    """

    parts: list[tuple[str, Table | list[Text]]] = field(default_factory=list)
    elsewhere: list[Table] = field(default_factory=list)


def slides(report: Report) -> bytes:
    """The report as a .pptx: messages, annex, sources; the same report gives the same bytes.

    Raises what `picture.drawing` raises for a picture that cannot be drawn.
    """
    deck, annex = Deck(report), Annex()
    _opening(deck)
    for section in report.sections:
        if section.key != PASTE and not _repeats(report, section):
            _section(deck, section, annex)
    _annex(deck, annex)
    _closing(deck)
    return stamped(deck.file(), report.provenance.made)


def _repeats(report: Report, section: Section) -> bool:
    """Whether a section says nothing but what the first slide is called."""
    texts = [block.text for block in section.blocks if isinstance(block, Text)]
    return texts == [report.subject] and len(section.blocks) == 1


def _opening(deck: Deck) -> None:
    """The subject and its date; then the finding, or the contents of several subjects."""
    t, report = deck.t, deck.report
    dated = f"{t('document.as_of')}: {report.provenance.as_of}"
    first = deck.slide(report.subject, layout=OPENING)
    deck.text(first, [[(dated, "")], [(t("product"), "")]], LARGE[0])
    deck.notes(first, [f"{t('document.say')}: {report.title}", dated])
    brief: list[Runs] = [[(sentence, "")] for sentence in report.summary]
    title = report.title
    if title == report.subject:
        title = t("document.contents")
    elif any(block.title == title for block in report.blocks(Table, Chart, Map)):
        title = t("document.summary")  # the finding is the title of what shows it
    for slide in text_slide(deck, title, brief, LARGE):
        deck.notes(slide, [f"{t('document.say')}: {' '.join(report.summary)}", dated])


def _section(deck: Deck, section: Section, annex: Annex) -> None:
    """Its slides; a short text goes with the slide it belongs to, a list is shown."""
    drawn = any(not isinstance(block, Text) for block in section.blocks)
    title = section.heading or deck.report.subject
    ahead: list[str] = []
    last: list[Any] = []
    for run in _runs(section.blocks):
        if not isinstance(run, list):
            added = _block(deck, run, annex, _beside(section))
            for slide in added[:1]:
                deck.notes(slide, ahead)
                ahead = []
            last = added or last
        elif drawn and not _is_list(run):
            behind = [text.text for text in run if text.kind == "note" and last]
            ahead += [text.text for text in run if text.text not in behind]
            for slide in last[-1:]:
                deck.notes(slide, behind)
        elif not drawn or fits(deck, _paragraphs(run)):
            last = _text(deck, title, run)
        else:
            annex.parts.append((title, run))
    for slide in last[-1:]:
        deck.notes(slide, ahead)


def _is_list(run: Sequence[Text]) -> bool:
    """Whether texts make a slide of their own beside what is drawn; one item is a remark."""
    return sum(text.kind == "item" for text in run) > 1


def _beside(section: Section) -> list[str]:
    """What may stand beside the one map of a section: its own remarks."""
    drawn = [block for block in section.blocks if not isinstance(block, Text)]
    if len(drawn) > 1:
        return []
    runs = [run for run in _runs(section.blocks) if isinstance(run, list) and not _is_list(run)]
    return [text.text for run in runs for text in run if text.kind != "note"]


def _paragraphs(run: Sequence[Text]) -> list[Runs]:
    return [[(text.text, "")] for text in run]


def _text(deck: Deck, title: str, run: Sequence[Text]) -> list[Any]:
    slides = text_slide(deck, title, _paragraphs(run))
    for slide in slides:
        deck.notes(slide, _notes(deck, f"{title}: {run[0].text}"))
    return slides


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


def _block(
    deck: Deck, block: Table | Chart | Map, annex: Annex, beside: Sequence[str]
) -> list[Any]:
    """The slides of a block."""
    if isinstance(block, Table):
        return _table(deck, block, block.title, annex)
    if isinstance(block, Map):
        return _map(deck, block, beside)
    if slide_charts.drawable(block.spec):
        return _chart(deck, block)
    drawn = _pictures(deck, block)
    if block.rows:
        drawn += _table(deck, block.table, deck.t("document.data_slide", title=block.title), annex)
    return drawn


def _pictures(deck: Deck, block: Chart) -> list[Any]:
    """A drawn chart; one of panels on as many slides as keep its words large enough to read."""
    parts, made = slide_charts.sheets(block.spec), []
    for number, part in enumerate(parts, 1):
        title = continued(deck, block.title, number, len(parts))
        made += _picture(deck, replace(block, title=title, spec=part))
    return made


def _map(deck: Deck, block: Map, beside: Sequence[str]) -> list[Any]:
    """A map, with remarks where it leaves room for them; what it says in words is in the notes."""
    borders = deck.report.provenance.borders
    source = " ".join(filter(None, [_source(deck, block.source).rstrip(".") + ".", borders]))
    slide = deck.slide(block.title, source, kind="map")
    world = block.payload["view"] == "world" and not block.area
    wide = WORLD_MAP if world else SMALL_MAP
    png = picture.drawing(block, deck.t.language, wide, SHARP, landscape=True)
    left, top, room, high = box = deck.room(source)
    rest = deck.picture(slide, png, (block.title, block.alternative), box) - APART
    if rest >= NARROWEST:
        deck.beside(slide, beside, (left + room - rest, top, rest, high))
    deck.notes(slide, [*_notes(deck, block.alternative, block.source, block.cited), borders])
    return [slide]


def _picture(deck: Deck, block: Chart) -> list[Any]:
    """A chart drawn as broad as the slide; what it says in words is in the notes."""
    source = _source(deck, block.source)
    slide = deck.slide(block.title, source, kind="chart")
    png = picture.drawing(block, deck.t.language, SMALL_CHART, SHARP, landscape=True)
    across, down = picture.size_of(png)
    _, _, room, high = box = deck.room(source)
    if across / down < room / high:  # its height does not follow its width
        broad = min(BROADEST, SMALL_CHART * room / high * down / across)
        png = picture.drawing(block, deck.t.language, broad, SHARP, landscape=True)
    deck.picture(slide, png, (block.title, block.alternative), box)
    deck.notes(slide, _notes(deck, block.alternative, block.source, block.cited))
    return [slide]


def _chart(deck: Deck, block: Chart) -> list[Any]:
    """A chart that can be edited, on as many slides as its categories need."""
    parts, slides = slide_charts.pages(block.spec), []
    for number, part in enumerate(parts, 1):
        title = continued(deck, block.title, number, len(parts))
        slide = deck.slide(title, _source(deck, block.source), kind="chart")
        deck.chart(slide, part, block.spec, (title, block.alternative))
        deck.notes(slide, _notes(deck, block.alternative, block.source, block.cited))
        slides.append(slide)
    return slides


def _table(deck: Deck, table: Table, title: str, annex: Annex) -> list[Any]:
    """A table that one slide holds; the annex has the whole of a longer one."""
    if len(table.rows) > LONGEST or not table.headers:
        annex.elsewhere.append(table)
        return []
    if len(slide_design.pages(table, deck.body)) > 1:
        annex.parts.append((title, table))
        return []
    return _pages(deck, table, title)


def _pages(deck: Deck, table: Table, title: str) -> list[Any]:
    """Every row of a table, on as many slides as that takes."""
    source = table.source or _source_of_rows(deck, table)
    length = deck.t.count("document.length", len(table.rows), table=title)
    parts, slides = slide_design.pages(table, deck.body), []
    for number, part in enumerate(parts, 1):
        again = continued(deck, title, number, len(parts))
        slide = deck.slide(again, _source(deck, source), kind="table")
        deck.table(slide, part, table, length)
        deck.notes(slide, _notes(deck, _spoken(deck, part, title), source, table.cited))
        slides.append(slide)
    return slides


def _source_of_rows(deck: Deck, table: Table) -> str:
    """That each row names its source, where a column does; else nothing."""
    named = table.cited or deck.t("column.place") in table.headers
    return deck.t("document.source_of_rows") if named else ""


def _spoken(deck: Deck, table: Table, title: str) -> str:
    """What can be told with a table: its first rows in words, and how many more there are."""
    t = deck.t
    # The word above a column says nothing where it is "What", or where there is one figure a row.
    unheaded = {t("column.what"), *(table.headers if len(table.headers) == 2 else ())}
    rows: list[str] = []
    for row in table.rows[:SPOKEN]:
        cells = zip(table.headers[1:], map(cell_text, row[1:]), strict=True)
        figures = [
            text if head in unheaded else f"{_inside(head)} {text}"
            for head, text in cells
            if text and head != t("column.place")
        ][:CELLS]
        name = cell_text(row[0]).removeprefix("– ")
        rows.append(": ".join(filter(None, [name, ", ".join(figures)])))
    if len(table.rows) > SPOKEN:
        rows.append(t("document.say_rows_more", n=len(table.rows) - SPOKEN))
    return t("document.say_rows", title=title, rows="; ".join(rows).rstrip("."))


def _inside(head: str) -> str:
    """The word above a column as it stands inside a sentence; "NP" stays as it is."""
    return head if head[1:2].isupper() else head[:1].lower() + head[1:]


def _source(deck: Deck, source: str) -> str:
    return deck.t("document.source", source=source) if source else ""


def _notes(
    deck: Deck, say: str, source: str = "", cited: Collection[str] = frozenset()
) -> list[str]:
    """Notes: what to say, where it comes from, of when it is, and what it does not say.

    `cited` are the ids of the documents that the slide rests on: all of the report where none is
    cited. Of each the notes tell what is missing in it.
    """
    t, provenance = deck.t, deck.report.provenance
    behind = [each for each in provenance.sources if each.document in cited] or provenance.sources
    unsaid = "; ".join(f"{each.called}: {each.note}" for each in behind if each.note)
    lines = [
        f"{t('document.say')}: {say}" if say else t("document.say_nothing"),
        _source(deck, source),
        f"{t('document.as_of')}: {provenance.as_of}",
        f"{t('document.unsaid')}: {unsaid or t('document.nothing_said')}",
    ]
    return [line for line in lines if line]


def _annex(deck: Deck, annex: Annex) -> None:
    """The tables and lists of several slides in full, and where the longest tables are."""
    t = deck.t
    for title, part in annex.parts:
        title = t("document.annexed", title=title)
        if isinstance(part, Table):
            _pages(deck, part, title)
        else:
            _text(deck, title, part)
    if annex.elsewhere:
        lead = t("document.elsewhere_lead")
        lines = [t.count("document.length", len(e.rows), table=e.title) for e in annex.elsewhere]
        for slide in text_slide(deck, t("document.elsewhere"), [[(e, "")] for e in [lead, *lines]]):
            deck.notes(slide, _notes(deck, ""))


def _closing(deck: Deck) -> None:
    """The sources, and what the file is; the state of its rows is in the properties of the file."""
    t, provenance = deck.t, deck.report.provenance
    sources: list[Runs] = []
    for each in provenance.sources:
        date = each.date_beside_name(t.date(each.date)) if each.date else ""
        dated = ", ".join(filter(None, (each.called, date)))
        rest = f"\n{dated}" + (f"\n{each.note}" if each.note else "")
        sources.append([(each.title or each.called, each.url), (rest, "")])
    if sources:
        for slide in text_slide(deck, t("document.sources"), sources, SMALL):
            deck.notes(slide, _notes(deck, ""))
    chosen = "; ".join(f"{name}: {value}" for name, value in provenance.filters)
    named_facts = {
        "document.as_of": provenance.as_of,
        "document.filters": chosen,
        "document.release": provenance.release_name,
        "document.made": t.date(provenance.made),
    }
    facts: list[Runs] = [[(f"{t(k)}: {value}", "")] for k, value in named_facts.items() if value]
    facts += [[(provenance.borders, "")]] if provenance.borders else []
    if provenance.permalink:
        # A path is no link: it would lead nowhere for others.
        link = "" if provenance.path_note else provenance.permalink
        facts.append([(f"{t('document.permalink')}: ", ""), (provenance.way, link)])
    for slide in text_slide(deck, t("document.about"), facts, SMALL):
        deck.notes(slide, _notes(deck, ""))
