"""A report as PDF/UA-1: tagged, so that a screen reader reads it as well as an eye does.

The look stands in `pdf.typ`, which reads the report as JSON: text is data there and never markup.
The compiler itself refuses what the standard forbids. A cell that heads its row is set apart for
the eye only: Typst 0.15 cannot tag it as such without a switch that its Python package lacks.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from dashboard.exports import house_style, picture
from dashboard.exports.office import columns, least, numeric, web
from dashboard.exports.typesetting import FONT, FONTS, compiled
from dashboard.i18n import Texts, texts_of
from dashboard.report import (
    Block,
    Cell,
    Chart,
    Map,
    Provenance,
    Report,
    Section,
    Source,
    Table,
    Text,
)

HIGHEST, MAP_HIGHEST = 205, 125  # mm, of a picture
LOOK = Path(__file__).with_name("pdf.typ")
WIDE = 7  # columns; a table of more lies on its side
# What `pdf.typ` gives a table, in mm and points: the page less its margins (upright, turned), the
# rims of a cell, and a size at which Verdana, by which `office` measures, is as wide as our type.
_ROOM = {False: 166.0, True: 253.0}
_RIMS, _SIZE = 3.0, 7.2
# The blocks of Unicode that the typefaces have whole; a test sets each of these signs.
SIGNS = (
    *((0x20, 0x24F), (0x300, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2040), (0x2070, 0x20BF)),
    *((0x2100, 0x211E), (0x2190, 0x22FF), (0x25A0, 0x25FF)),
)
Part = dict[str, Any]


def pdf(report: Report) -> bytes:
    """The report as a tagged PDF; the same report gives the same bytes.

    Raises RefusedError where PDF/UA-1 forbids something, and what `picture.drawing_svg`
    raises for a picture that cannot be drawn.
    """
    pictures: dict[str, bytes] = {}
    parts = _turned([part for s in report.sections for part in _section(s, report, pictures)])
    if [part["kind"] for part in parts[:2]] == ["heading", "figure"]:
        parts[1] |= {"first": bool(report.summary)}
    runs = [
        {"wide": wide, "parts": list(run)}
        for wide, run in groupby(parts, key=lambda part: part["wide"])
    ]
    style = house_style.current()
    look = {"colours": dict(style.colours), "faces": [style.page, FONT]}
    content = json.dumps(settable_all(_front(report) | {"runs": runs}) | {"style": look})
    made = dt.datetime.combine(dt.date.fromisoformat(report.provenance.made), dt.time(), dt.UTC)
    return compiled(
        LOOK.read_text(encoding="utf-8"),
        pictures | {"report.json": content.encode()},
        "pdf",
        fonts=[str(FONTS), *sorted({str(path.parent) for path in style.fonts.values()})],
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )


def settable(text: str) -> str:
    """Text with only signs that the typefaces have; the standard forbids a box in their place.

    >>> settable("Curaçao 日本\\x07")
    'Curaçao \ufffd\ufffd'
    """
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    kept = (sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf") or sign == "\n")
    return "".join(sign if sign == "\n" or _has(sign) else "\ufffd" for sign in kept)


def _has(sign: str) -> bool:
    known = any(first <= ord(sign) <= last for first, last in SIGNS)
    return known and unicodedata.category(sign) != "Cn"


def settable_all(value: Any) -> Any:
    """Return a value of JSON with each text in it made `settable`."""
    if isinstance(value, str):
        return settable(value)
    if isinstance(value, dict):
        return {key: settable_all(part) for key, part in value.items()}
    return [settable_all(part) for part in value] if isinstance(value, list | tuple) else value


def _front(report: Report) -> Part:
    """All but the sections: what the document is called, and what it says of itself."""
    t, provenance = texts_of(report.language), report.provenance
    keywords = [report.subject, provenance.release_name, *(s.called for s in provenance.sources)]
    names = ("annex", "summary", "about", "sources", "borders", "origin", "permalink")
    return {
        "title": report.title,
        "subject": report.subject,
        "author": t("product"),
        "keywords": list(dict.fromkeys(keywords)),
        "language": t.language,
        "made": dict(
            zip(("year", "month", "day"), map(int, provenance.made.split("-")), strict=True)
        ),
        "identity": provenance.identity,
        "facts": _facts(report.subject, provenance, t),
        "summary": list(report.summary),
        "sources": [_source(source, t) for source in provenance.sources],
        "borders": provenance.borders,
        "permalink": {"text": provenance.way, "href": web(provenance.permalink)},
        "words": {name: t(f"document.{name}") for name in names}
        | {"page": t("document.page_of", page="{page}", pages="{pages}")},
    }


def _facts(subject: str, provenance: Provenance, t: Texts) -> list[tuple[str, str]]:
    facts = [
        (t("document.subject"), subject),
        (t("document.as_of"), provenance.as_of),
        (t("document.release"), provenance.release_name),
        (t("document.filters"), "\n".join(map(": ".join, provenance.filters))),
        (t("document.made"), t.date(provenance.made)),
    ]
    return [fact for fact in facts if fact[1]]


def _source(source: Source, t: Texts) -> Part:
    named = [source.called, source.date_beside_name(t.date(source.date)) if source.date else ""]
    return {
        "title": source.title or source.called,
        "named": ", ".join(filter(None, named)),
        "link": {"text": source.url, "href": web(source.url)},
        "note": source.note,
    }


def _section(section: Section, report: Report, pictures: dict[str, bytes]) -> Iterator[Part]:
    """Heading and blocks; items that follow each other are one list."""
    if section.heading:
        yield {"kind": "heading", "text": section.heading, "wide": False}
    for items, blocks in groupby(section.blocks, key=_is_item):
        if items:
            texts = [block.text for block in blocks if isinstance(block, Text)]
            yield {"kind": "items", "texts": texts, "wide": False}
            continue
        for block in blocks:
            yield from _parts(block, report, pictures)


def _is_item(block: Block) -> bool:
    return isinstance(block, Text) and block.kind == "item"


def _parts(block: Block, report: Report, pictures: dict[str, bytes]) -> Iterator[Part]:
    """A block as one part; a chart as two, the second its data. `pictures` gets what is drawn."""
    t = texts_of(report.language)
    if isinstance(block, Text):
        yield {"kind": block.kind, "text": block.text, "wide": False}
    elif isinstance(block, Table):
        yield _table(block, block.title, _cited(t, block.source))
    else:
        number = len(pictures) + 1
        name = f"figure-{number}.svg"
        wide = picture.on_page(block)
        svg = picture.drawing_svg(block, report.language, wide, landscape=True)
        pictures[name] = svg.encode()
        borders = report.provenance.borders if isinstance(block, Map) else ""
        said = _cited(t, block.source, borders)
        yield {
            "kind": "figure",
            "file": name,
            "title": block.title,
            "alternative": block.alternative or block.title,
            "source": said,
            "note": f"source-{number}",
            "again": False,
            "first": False,
            "wide": False,
            "most": MAP_HIGHEST if isinstance(block, Map) else HIGHEST,
        }
        if isinstance(block, Chart) and block.rows:
            figure = f"{t('document.figure').lower()} {number}"
            caption = t("document.chart_data", figure=figure)
            again = {"note": f"source-{number}", "again": True}
            yield _table(block.table, caption, said) | again


def _cited(t: Texts, source: str, more: str = "") -> str:
    """The words of a footnote."""
    said = f"{t('document.source', source=source).rstrip('. ')}." if source else ""
    return " ".join(filter(None, (said, more)))


def _table(table: Table, caption: str, source: str) -> Part:
    wide = len(table.headers) > WIDE or sum(least(table, _SIZE, _RIMS)) > _ROOM[False]
    right = numeric(table)
    blank = [""] * len(table.headers)
    return {
        "kind": "table",
        "title": caption,
        "headers": list(table.headers),
        "rows": [[_cell(c) for c in [*row, *blank][: len(blank)]] for row in table.rows],
        "widths": columns(table, _ROOM[wide], _SIZE, _RIMS),
        "numeric": [place in right for place in range(len(table.headers))],
        "source": source,
        "note": "",
        "again": False,
        "wide": wide,
    }


def _cell(cell: Cell | str) -> Part:
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    return {"parts": [{"text": text, "href": web(href)} for text, href in cell.pieces]}


def _turned(parts: Sequence[Part]) -> list[Part]:
    """The parts, with the words before and the note after a table that lies down beside it.

    Of several notes the first: the others would begin a page that nothing else stands on.
    """
    wide = [part["wide"] for part in parts]
    for place in range(len(parts) - 2, -1, -1):
        introduces = parts[place]["kind"] not in ("table", "figure")
        wide[place] |= introduces and wide[place + 1] and parts[place + 1]["kind"] != "heading"
    for place in range(1, len(parts)):
        after = parts[place - 1]["kind"] == "table" and wide[place - 1]
        wide[place] |= parts[place]["kind"] == "note" and after
    return [part | {"wide": turned} for part, turned in zip(parts, wide, strict=True)]
