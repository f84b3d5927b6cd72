"""A report as semantic HTML: headings, paragraphs, tables with captions, figures with their data.

The template is `site_files/report.html`. Every text is data and escaped there; nothing that a
document prints can become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import theme
from dashboard.exports.chart_svg import chart_svg
from dashboard.i18n import texts_of
from dashboard.report import Cell, Chart, Map, Report, Row, Section, Table, Text

WIDE = 940.0  # px of a chart; a narrower window scrolls it sideways
LEAD = 3  # texts before a figure and the figure itself, kept on one sheet of paper
FILES = Path(__file__).parent / "site_files"
TEMPLATES = Environment(
    loader=FileSystemLoader(FILES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
Address = Callable[[str], str]  # of the app -> of the page that is written; empty for no link
Parts = list[tuple[str, Any]]  # kind -> block, of "items" the texts


def sections(report: Report, key: str, address: Address) -> Markup:
    """The summary and every section of a report, as HTML without a heading of its own.

    `key` begins every id, so that several reports fit in one page. A map becomes an empty
    `<div data-map="key/…">`. `address` turns the address of a cell into one that works there.
    """

    def drawing(block: Chart) -> Markup:
        return Markup(chart_svg(block, report.language, WIDE, f"{key}-{block.key}"))

    text = TEMPLATES.get_template("report.html").render(
        report=report,
        key=key,
        address=address,
        t=texts_of(report.language),
        drawing=drawing,
        picture=picture,
        arranged=_arranged,
        numbers=_numbers,
        is_number=_is_number,
        cells=_cells,
        data=lambda block: Table(block.key, block.title, block.headers, block.rows),
    )
    return Markup(text)


def picture(key: str) -> str:
    """The address of the picture of a style class, which holds the picture itself."""
    return theme.address(theme.drawing(key))


def _cells(row: Row) -> Iterable[Cell]:
    return (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)


def _numbers(of: Table) -> set[int]:
    """The columns that hold a number."""
    return {place for row in of.rows for place, cell in enumerate(row) if _is_number(cell)}


def _is_number(cell: Cell | str) -> bool:
    return isinstance(cell, Cell) and isinstance(cell.sort, int | float)


def _arranged(section: Section) -> tuple[Parts, int]:
    """The blocks with their kind, and how many of them the section begins with up to its figure."""
    parts: Parts = []
    for block in section.blocks:
        if isinstance(block, Text) and block.kind == "item":
            if not (parts and parts[-1][0] == "items"):
                parts.append(("items", []))
            parts[-1][1].append(block.text)
        else:
            kind = block.kind if isinstance(block, Text) else type(block).__name__.lower()
            parts.append((kind, block))
    return parts, _until_figure([block for _, block in parts])


def _until_figure(blocks: Sequence[Any]) -> int:
    """How many blocks lead up to a figure; 0 where more than texts come first."""
    for place, block in enumerate(blocks[:LEAD]):
        if isinstance(block, Chart | Map):
            return place + 1
        if not isinstance(block, Text):
            break
    return 0
