"""A report as semantic HTML: headings, paragraphs, tables with captions, figures with their data.

Every text is data and escaped here; nothing that a document prints can become markup. A map is a
place in the page that the site's script fills, with its legend and its description as text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from dashboard import theme
from dashboard.exports.chart_svg import chart_svg
from dashboard.i18n import words
from dashboard.report import Block, Cell, Chart, Map, Report, Row, Section, Table, Text

WIDE = 940.0  # px of a chart; a narrower window scrolls it sideways
LEAD = 3  # texts before a figure and the figure itself, kept on one sheet of paper
NUMBER = " class='number'"
Address = Callable[[str], str]  # of the app -> of the page that is written; empty for no link


def sections(report: Report, key: str, address: Address) -> str:
    """The summary and every section of a report, as HTML without a heading of its own.

    `key` begins every id, so that several reports fit in one page. A map becomes an empty
    `<div data-map="key/…">`. `address` turns the address of a cell into one that works there.
    """
    lead = "".join(f"<p class='lead'>{escape(sentence)}</p>" for sentence in report.summary)
    writer = _Writer(report.language, key, address)
    return lead + "".join(writer.section(section) for section in report.sections)


def table(of: Table, address: Address, language: str, heading: str = "") -> str:
    """A table with caption, headers in scope, and its source below it.

    `heading` is what stands above; a caption that says the same is only heard.
    """
    source = words(language)("document.source", source=of.source) if of.source else ""
    numbers = {place for row in of.rows for place, cell in enumerate(row) if _is_number(cell)}
    heads = "".join(
        f"<th scope='col'{NUMBER if place in numbers else ''}>"
        f"<button type='button' class='sort'>{escape(name)}</button></th>"
        for place, name in enumerate(of.headers)
    )
    seen = " class='unseen'" if of.title == heading else ""
    body = "".join(_row(row, address) for row in of.rows)
    said = f"<p class='source'>{escape(source)}</p>" if source else ""
    label = escape(of.title)
    return (
        f"<div class='scroll' role='region' tabindex='0' aria-label='{label}'>"
        f"<table class='sortable'><caption{seen}>{label}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{said}"
    )


def legend(entries: Sequence[tuple[str, str]]) -> str:
    """Style classes and what they mean, with the map's own patterns."""
    body = "".join(f"<li>{swatch(key)}{escape(word)}</li>" for key, word in entries)
    return f"<ul class='legend'>{body}</ul>"


def swatch(key: str) -> str:
    """The picture of a style class; its words stand beside it."""
    return f"<img class='swatch' alt='' src='{escape(picture(key))}'>"


def picture(key: str) -> str:
    """The address of the picture of a style class, which holds the picture itself."""
    state, *codes = key.split("-")
    return theme.address(theme.drawing(state, ["" if code == "X" else code for code in codes]))


def _row(row: Row, address: Address) -> str:
    cells = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
    return f"<tr>{''.join(_cell(cell, place, address) for place, cell in enumerate(cells))}</tr>"


def _cell(cell: Cell, place: int, address: Address) -> str:
    text = escape(cell.text)
    href = address(cell.href) if cell.href else ""
    if href:
        text = f"<a href='{escape(href)}'>{text}</a>"
    sort = "" if cell.sort is None else f" data-sort='{escape(str(cell.sort))}'"
    if place == 0:
        return f"<th scope='row'{sort}>{text}</th>"
    return f"<td{sort}{NUMBER if _is_number(cell) else ''}>{text}</td>"


def _is_number(cell: Cell | str) -> bool:
    return isinstance(cell, Cell) and isinstance(cell.sort, int | float)


class _Writer:
    """Writes the blocks of one report; `key` makes its ids its own."""

    def __init__(self, language: str, key: str, address: Address) -> None:
        self.t = words(language)
        self.key = key
        self.address = address

    def section(self, section: Section) -> str:
        """A section under its heading; items that follow one another become one list."""
        name = f"{self.key}-{section.key}"
        heading = f"<h2 id='{name}'>{escape(section.heading)}</h2>" if section.heading else ""
        label = f" aria-labelledby='{name}'" if heading else ""
        parts = _listed(section.blocks)
        written = [self._part(part, section) for part in parts]
        # On paper a heading stays with the figure that it is about.
        kept = _until_figure(parts)
        first = f"<div class='kept'>{heading}{''.join(written[:kept])}</div>" if kept else heading
        return f"<section{label}>{first}{''.join(written[kept:])}</section>"

    def _part(self, part: Block | list[str], section: Section) -> str:
        if isinstance(part, list):
            return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in part)}</ul>"
        return self.block(part, section)

    def block(self, block: Block, section: Section) -> str:
        """One block that is no item of a list."""
        if isinstance(block, Text):
            kind = f" class='{escape(block.kind)}'" if block.kind != "text" else ""
            return f"<p{kind}>{escape(block.text)}</p>"
        if isinstance(block, Table):
            return table(block, self.address, self.t.language, section.heading)
        if isinstance(block, Map):
            return self.map(block, section)
        return self.chart(block, section)

    def map(self, block: Map, section: Section) -> str:
        """The place of a map, with all that it says in words."""
        title = "" if block.title == section.heading else f"<b>{escape(block.title)}.</b> "
        source = self.t("document.source", source=block.source)
        return (
            f"<figure><div class='slot' data-map='{escape(f'{self.key}/{block.key}')}'></div>"
            f"{legend(block.legend)}<figcaption>{title}{escape(block.alternative)}"
            f"<span class='source'>{escape(source)}</span></figcaption></figure>"
        )

    def chart(self, block: Chart, section: Section) -> str:
        """A chart with its title, its words, and its numbers as a table."""
        data = Table(block.key, block.title, block.headers, block.rows)
        source = self.t("document.source", source=block.source)
        seen = " class='unseen'" if block.title == section.heading else ""
        drawn = chart_svg(block, self.t.language, WIDE, f"{self.key}-{block.key}")
        return (
            f"<figure><figcaption{seen}><b>{escape(block.title)}</b></figcaption>"
            f"<div class='scroll drawing' role='region' tabindex='0' "
            f"aria-label='{escape(block.title)}'>{drawn}</div>"
            f"<p class='source'>{escape(source)}</p>"
            f"<details><summary>{escape(self.t('chart.table'))}</summary>"
            f"{table(data, self.address, self.t.language, block.title)}</details></figure>"
        )


def _until_figure(parts: Sequence[Block | list[str]]) -> int:
    """How many parts a section begins with up to its figure; 0 where more than texts come first."""
    for place, part in enumerate(parts[:LEAD]):
        if isinstance(part, Chart | Map):
            return place + 1
        if not isinstance(part, Text):
            break
    return 0


def _listed(blocks: Sequence[Block]) -> list[Block | list[str]]:
    """The blocks with each run of items as one list of texts."""
    found: list[Block | list[str]] = []
    for block in blocks:
        if not (isinstance(block, Text) and block.kind == "item"):
            found.append(block)
        elif found and isinstance(found[-1], list):
            found[-1].append(block.text)
        else:
            found.append([block.text])
    return found
