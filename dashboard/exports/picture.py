"""One map or chart as a picture: bare for a document, or finished with all it needs to stand alone.

Drawn by `map_svg` and `chart_svg`, set by Typst; no browser takes part.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping

from dashboard import theme
from dashboard.exports import picture_text
from dashboard.exports.chart_svg import chart_svg
from dashboard.exports.lettering import xml
from dashboard.exports.map_svg import map_svg
from dashboard.exports.typesetting import FONT, compiled, quoted
from dashboard.i18n import words
from dashboard.report import Chart, Map, Report

PER_MM = 4.0  # px of a drawing
PAGE, WORLD = 170.0, 205.0  # mm: a drawing on an upright page
WIDE, MARGIN = 250.0, 9.0  # mm, of a picture that stands alone
SHARP = 300  # pixels per inch of it
LARGER = 1.2  # a chart that stands alone, where there is room for larger type
GREY = 'rgb("#4a5864")'
HOLE = "#010203"  # the colour of the place that the drawing takes in an SVG
_PLACE = re.compile(
    rf'<path fill="{HOLE}"[^>]*?(?: transform="translate\(([\d.]+) ([\d.]+)\)")?'
    r' d="M 0 0v ([\d.]+)h ([\d.]+)[^"]*"/>'
)


def on_page(block: Map | Chart) -> float:
    """How wide in mm to draw for an upright page of text.

    A map of the world lies on its side there and is drawn larger than it is shown, or it would take
    the whole page; its type is then a little smaller.
    """
    world = isinstance(block, Map) and block.payload.get("view") == "world" and not block.area
    return WORLD if world else PAGE


def drawing_svg(
    block: Map | Chart, language: str, width_mm: float = PAGE, landscape: bool = False
) -> str:
    """The bare drawing as SVG with its legend: fit for HTML and for Typst, its text as text.

    `landscape` lays out a map of the world for a sheet that is broader than high.
    Raises NotImplementedError where a figure says what `chart_svg` does not know.
    """
    width_px = width_mm * PER_MM
    if isinstance(block, Map):
        return map_svg(block, language, width_px, landscape=landscape)
    return chart_svg(block, language, width_px)


def drawing(
    block: Map | Chart, language: str, width_mm: float, ppi: float = 200, landscape: bool = False
) -> bytes:
    """The bare drawing with its legend as PNG on white, `width_mm` wide; see `drawing_svg`."""
    svg = drawing_svg(block, language, width_mm, landscape)
    source = (
        f"#set page(width: {width_mm}mm, height: auto, margin: 0pt, fill: white)\n"
        f'#image("drawing.svg", width: {width_mm}mm)'
    )
    return compiled(source, {"drawing.svg": svg.encode()}, "png", ppi=ppi)


def picture(block: Map | Chart, report: Report, kind: str) -> bytes:
    """The drawing with title, source, date, filters and where it comes from, as "png" or "svg".

    An SVG has its letters as shapes; both carry title, description and source for machines.
    """
    room = WIDE - 2 * MARGIN
    scale = 1.0 if isinstance(block, Map) else LARGER
    svg = drawing_svg(block, report.language, room / scale)
    said = _said(block, report)
    if kind == "png":
        body = f'#image("drawing.svg", width: {room}mm)'
        made = compiled(_page(block, report, body), {"drawing.svg": svg.encode()}, "png", ppi=SHARP)
        return _labelled(made, said)
    bare, letters, tall = picture_text.apart(svg, room)
    hole = f'#rect(width: {room}mm, height: {tall:.3f}mm, fill: rgb("{HOLE}"))'
    body = f"#block[{hole}{letters}]"
    made = compiled(_page(block, report, body), {}, "svg")
    return _filled(made.decode(), bare, said).encode()


def _page(block: Map | Chart, report: Report, body: str) -> str:
    """The Typst source of a picture."""
    t, imprint = words(report.language), report.imprint
    filters = "; ".join(f"{control}: {chosen}" for control, chosen in imprint.filters)
    lines = [
        t("document.source", source=block.source) if block.source else "",
        f"{t('document.as_of')}: {imprint.as_of}" if imprint.as_of else "",
        f"{t('document.filters')}: {filters}" if filters else "",
        imprint.borders if isinstance(block, Map) else "",
        f"{t('product')} · {imprint.identity} · {imprint.way}",
    ]
    small = "\n".join(f"#par(text({quoted(line)}))" for line in lines if line)
    return (
        f"#set page(width: {WIDE}mm, height: auto, margin: {MARGIN}mm, fill: white)\n"
        f'#set text(font: "{FONT}", lang: "{report.language}", fill: rgb("{theme.INK}"))\n'
        "#set par(leading: .45em, spacing: .55em)\n"
        f"#block(below: 2.8mm, text(size: 17pt, weight: 600, {quoted(block.title)}))\n"
        f"#block(below: 5mm, text(size: 10.5pt, fill: {GREY}, {quoted(report.subject)}))\n"
        f"{body}\n#v(3mm)\n#line(length: 100%, stroke: .4pt + {GREY})\n"
        f"#set text(size: 8pt, fill: {GREY})\n{small}\n"
    )


def _said(block: Map | Chart, report: Report) -> dict[str, str]:
    """What a picture says of itself to machines, by the words that PNG has for it."""
    imprint = report.imprint
    origin = [block.source, imprint.identity, imprint.way]
    return {
        "Title": block.title,
        "Description": block.alternative,
        "Source": " · ".join(part for part in origin if part),
    }


def _labelled(png: bytes, said: Mapping[str, str]) -> bytes:
    """A PNG with texts (UTF-8) and its size on paper behind its header."""
    size = round(SHARP / 0.0254)
    chunks = _chunk(b"pHYs", struct.pack(">IIB", size, size, 1))
    for key, text in said.items():
        chunks += _chunk(b"iTXt", key.encode() + b"\0\0\0\0\0" + text.replace("\0", "").encode())
    header = 8 + 25
    return png[:header] + chunks + png[header:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _filled(page: str, bare: str, said: Mapping[str, str]) -> str:
    """The SVG of a page with the drawing in its place, and with what it says of itself."""
    found = _PLACE.search(page)
    if found is None:
        raise ValueError("the compiler of documents left no place for the drawing")
    x, y, tall, wide = found.groups(default="0")
    place = f'<svg xmlns="{picture_text.SVG}" x="{x}" y="{y}" width="{wide}" height="{tall}" '
    inner = re.sub(r"^<svg [^>]*?(?=viewBox)", place, bare)
    title, about, source = (xml(said[key]) for key in ("Title", "Description", "Source"))
    head = (
        f'<svg role="img" aria-labelledby="picture-t picture-d" {page[5 : page.index(">")]}>'
        f'<title id="picture-t">{title}</title><desc id="picture-d">{about}</desc>'
        f"<metadata>{source}</metadata>"
    )
    return head + page[page.index(">") + 1 :].replace(found.group(), inner, 1)
