"""What Word files and slides share: text fit for XML, widths of text, properties, fixed dates."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from dashboard.i18n import texts_of
from dashboard.report import Block, Cell, Chart, Report, Table, words

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_PROPERTY = 255  # characters, the most that an office program takes
_POINT = 25.4 / 72  # mm
_BOLD = 1.17  # how much wider bold letters are
# Widths of the letters of Verdana in hundredths of its size; accents do not widen a letter.
_WIDTHS = {
    char: hundredths / 100
    for chars, hundredths in (
        ("il'|", 27), ("ftj Ir.,:;!", 38), ("-()[]/\"J", 45), ("czsLF", 54), ("aekovxy", 60),
        ("bdghnpqu0123456789", 63), ("EPTYABKRSVXZ&", 68), ("CHNUDGOQ+=<>", 77), ("wM", 83),
        ("mW@%—…", 98),
    )
    for char in chars
}  # fmt: skip


def clean(text: str) -> str:
    """Text without the characters that XML forbids; a document's control characters mean nothing.

    >>> clean("Dubai\\x0b\\x00")
    'Dubai'
    """
    return _UNFIT.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def xml(text: str) -> str:
    """Text as it may stand in an element or between the quotes of an attribute."""
    return escape(clean(text), quote=True)


def web(address: str) -> str:
    """An address on the web fit for a link, "" for anything else."""
    try:
        parts = urlsplit(clean(address).strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return quote(parts.geturl(), safe="%/:=&?#+!$,;'@()*[]~-._")


def cell_text(cell: Cell | str) -> str:
    """What a cell says."""
    return clean(words(cell))


def numeric(table: Table) -> frozenset[int]:
    """The columns of numbers; a few cells of one may say why they have none."""
    found = set()
    for place in range(len(table.headers)):
        cells = [row[place] for row in table.rows if place < len(row) and cell_text(row[place])]
        numbers = [c for c in cells if isinstance(c, Cell) and isinstance(c.sort, int | float)]
        if len(numbers) * 2 > len(cells):
            found.add(place)
    return frozenset(found)


def width(text: str, points: float) -> float:
    """About how wide a line of text is in mm, at a size in points."""
    parts = sum(_WIDTHS.get(char, 0.7 if char.isupper() else 0.61) for char in text)
    return parts * points * _POINT


def _widths(table: Table, points: float, whole: bool) -> list[float]:
    """The widest cell of each column in mm, or its widest word.

    A header is bold, and may stand on two lines.
    """
    found = []
    for header in table.headers:
        word = max((width(each, points * _BOLD) for each in clean(header).split()), default=0)
        found.append(max(word, width(header, points * _BOLD) * 0.6) if whole else word)
    for row in table.rows:
        for place, cell in enumerate(row[: len(found)]):
            text = cell_text(cell)
            longest = text if whole else max(text.split(), key=len, default="")
            found[place] = max(found[place], width(longest, points))
    return found


def least(table: Table, points: float, margin: float) -> list[float]:
    """The width in mm of the longest word of each column, with `margin` mm beside it."""
    return [each + margin for each in _widths(table, points, False)]


def columns(table: Table, room: float, points: float, margin: float) -> list[float]:
    """How wide each column is in mm, together `room`.

    Words stay whole. Short columns get what they need; of long ones a longer gets more.
    """
    low = [min(each, room / 3) for each in least(table, points, margin)]
    if sum(low) >= room:
        return [room * each / sum(low) for each in low]
    high = [each + margin for each in _widths(table, points, True)]
    level = room  # lowered until the columns fit
    while (wide := _filled(low, high, level)) and sum(wide) > room:
        level *= 0.97
    return [each * room / sum(wide) for each in wide]


def _filled(low: Sequence[float], high: Sequence[float], level: float) -> list[float]:
    """Each column as wide as it would be, but no wider than a measure that grows with that."""
    return [
        max(small, min(large, level * math.sqrt(large / 100)))
        for small, large in zip(low, high, strict=True)
    ]


def describe(core: Any, report: Report) -> None:
    """The properties of a file, `core` of python-docx or python-pptx; nobody's name is in it."""
    product = texts_of(report.language)("product")
    core.title = textwrap.shorten(clean(report.title), _PROPERTY, placeholder=" …")
    core.subject = textwrap.shorten(clean(report.subject), _PROPERTY, placeholder=" …")
    core.keywords = textwrap.shorten(clean(report.provenance.identity), _PROPERTY, placeholder=" …")
    core.language = LANGUAGES[texts_of(report.language).language]
    core.author = core.last_modified_by = product
    core.comments, core.revision = "", 1
    core.created = core.modified = dt.datetime.fromisoformat(report.provenance.made)


def stamped(package: bytes, day: str) -> bytes:
    """A package with every date in it set to `day` (ISO), so that the same gives the same bytes.

    Workbooks inside, which charts carry along, are stamped too.
    """
    date = dt.date.fromisoformat(day)
    new = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(new, "w") as target:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = stamped(content, day)
            elif name == "docProps/core.xml":
                content = _DATE.sub(rb"\g<1>" + f"{date}T00:00:00Z".encode(), content)
            info = ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            # OpenDocument tells its kind by its first bytes, which are stored as they are.
            target.writestr(info, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return new.getvalue()


def reachable(report: Report) -> Report:
    """The report with ways to printed rows that lead to the application, where others reach it.

    Where the installation has no such address, a cell has its words alone.
    """
    sections = [
        replace(section, blocks=[_reachable(block, report) for block in section.blocks])
        for section in report.sections
    ]
    return replace(report, sections=sections)


def _reachable(block: Block, report: Report) -> Block:
    if not isinstance(block, Table | Chart):
        return block
    return replace(block, rows=[[_leading(cell, report) for cell in row] for row in block.rows])


def _leading(cell: Cell | str, report: Report) -> Cell | str:
    if isinstance(cell, str) or not cell.href.startswith("bronnen?"):
        return cell
    parts = tuple(piece._replace(href=_abroad(piece.href, report)) for piece in cell.parts)
    return replace(cell, href=_abroad(cell.href, report), parts=parts)


def _abroad(href: str, report: Report) -> str:
    home = report.provenance.home
    return f"{home}/{href}&taal={report.language}" if home and href else ""
