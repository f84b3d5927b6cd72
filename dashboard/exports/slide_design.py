"""How slides look: their master, layouts and tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Emu

from dashboard import theme
from dashboard.exports.office import (
    ACCENT,
    LINE,
    QUIET,
    TYPEFACE,
    clean,
    columns,
    numeric,
    shown,
    width,
    xml,
)
from dashboard.report import Row, Table

Box = tuple[float, float, float, float]

PAGE = (338.667, 190.5)
SIDE = 18.0
ROOM = PAGE[0] - 2 * SIDE
TITLE: Box = (SIDE, 13.5, ROOM, 24)
BODY: Box = (SIDE, 41, ROOM, 127)
SOURCE: Box = (SIDE, 173, ROOM - 30, 11)
NUMBER: Box = (PAGE[0] - SIDE - 22, 173, 22, 11)
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 24, 18, 10  # points
OPENING, CONTENT, TITLE_ONLY = 0, 1, 2  # layouts, by number
SOURCE_PLACE = 13  # idx of the placeholder for the source
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_INK = theme.INK.removeprefix("#")
_COLOURS = {
    "dk1": _INK, "lt1": "FFFFFF", "dk2": ACCENT, "lt2": "F3F7FA", "accent1": ACCENT,
    "accent2": "DD6E00", "accent3": "2A6038", "accent4": "8A6A00", "accent5": "3773B0",
    "accent6": "4C2A57", "hlink": "01689B", "folHlink": "4C2A57",
}  # fmt: skip
_KEPT = (0, 1, 5)  # layouts of the empty template: opening, title and content, title only


def blank(language: str) -> Any:
    """A `pptx.Presentation` without slides in our design; `language` is such as "nl-NL"."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(12192000), Emu(6858000)
    deck.element.find(".//{*}sldSz").attrib.pop("type", None)  # it said 4:3
    for number, layout in reversed(list(enumerate(deck.slide_layouts))):
        if number not in _KEPT:
            deck.slide_layouts.remove(layout)
    _master(deck.slide_master, language)
    opening, content, only = deck.slide_layouts
    _shapes(opening, _opening(language))
    opening.element.set("showMasterSp", "0")
    last = _source(language, SOURCE_PLACE) + number_xml(9, language, NUMBER)
    _shapes(content, _holder(2, "title", language) + _holder(3, "body1", language) + last)
    _shapes(only, _holder(2, "title", language) + last)
    _coloured(deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    for element in (deck.element, deck.slide_master.element):
        for run in element.iter("{*}defRPr"):
            if "lang" in run.attrib:
                run.set("lang", language)
    for key, relation in list(deck.part.package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of the empty template
            deck.part.package._rels.pop(key)
    for key, relation in list(deck.part.rels.items()):
        if relation.reltype.endswith("/printerSettings"):
            deck.part.rels.pop(key)
    return deck


def notes_dressed(deck: Any) -> None:
    """The typeface of the speaker notes, and their master named where PowerPoint looks for it."""
    key = deck.part.relate_to(deck.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    names = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
    deck.element.find("{*}sldMasterIdLst").addnext(parse_xml(names))
    _coloured(deck.notes_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))


def number_xml(key: int, language: str, box: Box | None = None) -> str:
    """The placeholder of the slide number, as XML; on a slide it takes the place of its layout."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name="Number"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_at(box)}</p:spPr><p:txBody><a:bodyPr {_TIGHT} anchor="b"/>'
        f"{_level('r', SMALL_SIZE, QUIET)}<a:p><a:fld "
        'id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        f'<a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )


_TIGHT = 'lIns="0" tIns="0" rIns="0" bIns="0"'


def _at(box: Box | None) -> str:
    if box is None:
        return ""
    x, y, cx, cy = (round(mm * 36000) for mm in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'


def _level(align: str, size: float, colour: str, bold: bool = False) -> str:
    """The one level of a placeholder's text, without a dot."""
    looks = f'sz="{round(size * 100)}" b="{int(bold)}"'
    return (
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr {looks}><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )


def _holder(
    key: int, kind: str, language: str, box: Box | None = None, looks: str = "<a:lstStyle/>"
) -> str:
    """A placeholder; without a box it stands where the master has it."""
    place = {"body1": 'idx="1"', "body": f'type="body" sz="quarter" idx="{SOURCE_PLACE}"'}
    subtitle = 'type="subTitle" idx="1"'
    mark = place.get(kind) or (subtitle if kind == "subTitle" else f'type="{kind}"')
    anchor = {"body": "b", "ctrTitle": "b"}.get(kind)
    inner = f'<a:bodyPr {_TIGHT} anchor="{anchor}"/>' if anchor else "<a:bodyPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name="{kind} {key}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {mark}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_at(box)}</p:spPr><p:txBody>{inner}{looks}"
        f'<a:p><a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )


def _source(language: str, key: int) -> str:
    return _holder(key, "body", language, SOURCE, _level("l", SMALL_SIZE, QUIET))


def _opening(language: str) -> str:
    """The first slide: a bar, the subject large, and what it is of."""
    title = _holder(
        2, "ctrTitle", language, (SIDE, 52, ROOM, 50), _level("l", 38, ACCENT, bold=True)
    )
    below = _holder(3, "subTitle", language, (SIDE, 108, ROOM, 50), _level("l", 20, _INK))
    return _bar((SIDE, 38, 34, 1.6)) + title + below


def _bar(box: Box) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="20" name="Bar"><a:extLst><a:ext '
        'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        '</a:ext></a:extLst></p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'{_at(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="{ACCENT}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _shapes(layout: Any, shapes: str) -> None:
    """These shapes in the place of all that a layout or master has."""
    tree = layout.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in parse_xml(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>"):
        tree.append(shape)


def _master(master: Any, language: str) -> None:
    """Places and text styles of every slide."""
    title = _holder(2, "title", language, TITLE)
    body = _holder(3, "body1", language, BODY).replace('idx="1"', 'type="body" idx="1"')
    shapes = _bar((SIDE, 8.5, 20, 1.1)) + title + body
    for old in ("<a:bodyPr/>",):
        shapes = shapes.replace(old, f"<a:bodyPr {_TIGHT}><a:normAutofit/></a:bodyPr>")
    _shapes(master, shapes + number_xml(5, language, NUMBER).replace(' idx="12"', ' idx="4"'))
    styles = master.element.find("{*}txStyles")
    for new in parse_xml(
        f'<p:txStyles {NAMESPACES}><p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct '
        f'val="98000"/></a:lnSpc><a:buNone/><a:defRPr sz="{TITLE_SIZE * 100}" b="1">'
        '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:latin typeface="+mj-lt"/>'
        '</a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle><a:lvl1pPr marL="252000" '
        'indent="-252000" algn="l"><a:lnSpc><a:spcPct val="105000"/></a:lnSpc><a:spcBef>'
        '<a:spcPts val="900"/></a:spcBef><a:buFont typeface="Arial"/><a:buChar char="•"/>'
        f'<a:defRPr sz="{TEXT_SIZE * 100}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:bodyStyle></p:txStyles>'
    ):
        styles.replace(styles.find(new.tag), new)


def _coloured(part: Any) -> None:
    """Our colours and typeface in a theme, kept by python-pptx as bytes."""
    text = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        text = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
            text,
            flags=re.S,
        )
    text = re.sub(
        r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{TYPEFACE}", text
    )
    if hasattr(part, "_element"):
        part._element = parse_xml(text.encode("utf-8"))
    else:
        part._blob = text.encode("utf-8")


MOST = 12  # rows on a slide
SIZE, SMALL, CROWDED = 13.0, 11.0, 5  # points; the smaller where there are more columns
LARGER = (18.0, 16.0, 14.0)  # points, for a short table
_MARGIN = (2.0, 1.1)  # beside and above the text of a cell, mm
_LINE = 1.22 * 25.4 / 72  # mm per point of a line
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style without lines and colours
_EMU = 36000


def size_of(table: Table) -> float:
    """The size of its type in points: larger where all of it then still fits one slide."""
    least = SMALL if len(table.headers) > CROWDED else SIZE
    return next((size for size in LARGER if size > least and _fits(table, size)), least)


def _fits(table: Table, size: float) -> bool:
    """Whether the table stands on one slide in this size, no word of it broken."""
    widths = columns(table, ROOM, size, 2 * _MARGIN[0] + 1)
    rows = [list(table.headers), *([shown(cell) for cell in row] for row in table.rows)]
    longest = [
        max((w for text in column for w in text.split()), key=len, default="")
        for column in zip(*rows, strict=False)
    ]
    whole = all(
        width(word, size * 1.17) < mm - 2 * _MARGIN[0]
        for word, mm in zip(longest, widths, strict=False)
    )
    return whole and sum(_tall(row, widths, size * 1.05) for row in rows) <= BODY[3]


def widths_of(table: Table) -> list[float]:
    """How wide each column is, in mm, the same on every slide of the table."""
    return columns(table, ROOM, size_of(table), 2 * _MARGIN[0] + 1)


def pages(table: Table) -> list[Table]:
    """The table in parts that fit a slide, about equally long; a part has at least one row."""
    widths, size = widths_of(table), size_of(table)
    free = BODY[3] - _tall(table.headers, widths, size * 1.17)
    rows = [_cut(row, widths, size, free) for row in table.rows]
    heights = [_tall([shown(cell) for cell in row], widths, size) for row in rows]
    count = len(split(heights, free, MOST))
    fewest = next(n for n in range(1, MOST + 1) if len(split(heights, free, n)) == count)
    return [replace(table, rows=rows[start:end]) for start, end in split(heights, free, fewest)]


def split(heights: Sequence[float], free: float, most: int) -> list[tuple[int, int]]:
    """From where to where rows stand together: no more than `most`, no higher than `free` mm."""
    parts, start = [], 0
    for end in range(1, len(heights) + 1):
        following = heights[end] if end < len(heights) else math.inf
        if end - start == most or sum(heights[start:end]) + following > free:
            parts.append((start, end))
            start = end
    return parts


def lines(text: str, room: float, size: float) -> int:
    """How many lines a text takes where `room` mm wide is free; `size` in points."""
    count = 0
    for line in text.split("\n"):
        at = 0.0
        count += 1
        for word in line.split():
            wide = width(word, size)
            if at and at + wide > room:
                count, at = count + 1, 0.0
            count += int(wide // (room + 1))  # a word that is broken
            at += wide % (room + 1) + width(" ", size)
    return count


def _tall(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """How high a row is, in mm."""
    most = max(
        (lines(t, mm - 2 * _MARGIN[0], size) for t, mm in zip(texts, widths, strict=False)),
        default=1,
    )
    return most * size * _LINE + 2 * _MARGIN[1]


def _cut(row: Row, widths: Sequence[float], size: float, free: float) -> Row:
    """The row, with a text cut at a word only where it alone is higher than a slide."""
    if _tall([shown(cell) for cell in row], widths, size) <= free:
        return row
    cut = []
    for cell, mm in zip(row, widths, strict=False):
        parts = shown(cell).split()
        while parts and _tall([" ".join(parts) + " …"], [mm], size) > free:
            parts = parts[: int(len(parts) * 0.95)]
        whole = _tall([shown(cell)], [mm], size) <= free
        cut.append(cell if whole else " ".join(parts) + " …")
    return cut


def table_xml(table: Table, whole: Table, language: str) -> Any:
    """The element `a:tbl` of one part of the `whole` table, with its header row flagged."""
    widths, size, right = widths_of(whole), size_of(whole), numeric(whole)
    grid = "".join(f'<a:gridCol w="{round(mm * _EMU)}"/>' for mm in widths)
    rows = [(list(table.headers), True)]
    rows += [([shown(cell) for cell in row], False) for row in table.rows]
    body = ""
    for texts, head in rows:
        texts = [*texts, *[""] * len(widths)][: len(widths)]
        cells = (
            _cell(text, place in right, head, size, language) for place, text in enumerate(texts)
        )
        tall = _tall(texts, widths, size * (1.17 if head else 1))
        body += f'<a:tr h="{round(tall * _EMU)}">{"".join(cells)}</a:tr>'
    return parse_xml(
        f'<a:tbl {NAMESPACES}><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{_PLAIN}'
        f"</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>"
    )


def _cell(text: str, right: bool, head: bool, size: float, language: str) -> str:
    side, above = (round(mm * _EMU) for mm in _MARGIN)
    wide, colour = (19050, ACCENT) if head else (6350, LINE)
    none = "".join(f'<a:{edge} w="0"><a:noFill/></a:{edge}>' for edge in ("lnL", "lnR", "lnT"))
    ink = f'<a:solidFill><a:schemeClr val="{"tx2" if head else "tx1"}"/></a:solidFill>'
    looks = f'lang="{language}" sz="{round(size * 100)}" b="{int(head)}"'
    lines = "".join(
        f'<a:p><a:pPr algn="{"r" if right else "l"}"/>'
        + (f"<a:r><a:rPr {looks}>{ink}</a:rPr><a:t>{xml(line)}</a:t></a:r>" if line else "")
        + f"<a:endParaRPr {looks}/></a:p>"
        for line in clean(text).split("\n")
    )
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{lines}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}" '
        f'anchor="{"b" if head else "t"}">{none}<a:lnB w="{wide}"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:lnB><a:noFill/></a:tcPr></a:tc>'
    )
