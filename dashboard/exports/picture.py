"""A map or chart as a picture: SVG or PNG, with its title and source."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from dashboard import theme
from dashboard.exports.chart_svg import chart_svg
from dashboard.exports.map_svg import map_svg
from dashboard.exports.typesetting import FONT, compiled, quoted, xml
from dashboard.i18n import texts_of
from dashboard.report import Chart, Map, Report

SVG = "http://www.w3.org/2000/svg"
_MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
_INHERITED = ("fill", "font-weight", "text-anchor", "stroke", "stroke-width")
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}
# Millimetres from the upper left corner to the baseline; `share` of the width lies left of there.
_LETTERS = """
#let letters(x, y, size, weight, ink, share, rim, said) = context {
  let edges = (top-edge: "baseline", bottom-edge: "baseline")
  let it = text.with(size: size * 1mm, weight: weight, ..edges)
  let from = x * 1mm - share * measure(it(said)).width
  if rim > 0 {
    let edge = stroke(paint: white.transparentize(10%), thickness: rim * 1mm, join: "round")
    place(top + left, dx: from, dy: y * 1mm, it(fill: white, stroke: edge, said))
  }
  place(top + left, dx: from, dy: y * 1mm, it(fill: rgb(ink), said))
}
"""


def apart(svg: str, wide: float) -> tuple[str, str, float]:
    """A drawing `wide` mm wide: without its text, its text as Typst source, its height in mm.

    The source is content for a block of the size of the drawing.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    scale = wide / float(root.attrib["width"])
    said = [_letters(x, y, look, text, scale) for x, y, look, text in _taken(root, 0, 0, {})]
    for name in ("title", "desc"):
        for found in root.findall(f"{{{SVG}}}{name}"):
            root.remove(found)
    bare = ElementTree.tostring(root, encoding="unicode")
    return bare, _LETTERS + "\n".join(said), float(root.attrib["height"]) * scale


Text = tuple[float, float, Mapping[str, str], str]


def _taken(parent: Element, x: float, y: float, look: Mapping[str, str]) -> Iterator[Text]:
    """Every text below an element with its place in px and its looks; they leave the tree."""
    look = {**look, **{key: parent.attrib[key] for key in _INHERITED if key in parent.attrib}}
    for child in list(parent):
        if child.tag == f"{{{SVG}}}text":
            parent.remove(child)
            at = float(child.get("x", 0)) + x, float(child.get("y", 0)) + y
            yield *at, {**look, **child.attrib}, child.text or ""
        elif child.tag == f"{{{SVG}}}svg":
            at = x + float(child.get("x", 0)), y + float(child.get("y", 0))
            yield from _taken(child, *at, look)
        elif child.tag == f"{{{SVG}}}g":
            moved = _MOVED.fullmatch(child.get("transform", "translate(0 0)"))
            if moved is None:
                raise ValueError(f"text under {child.get('transform')!r} cannot be set apart")
            dx, dy = map(float, moved.groups())
            yield from _taken(child, x + dx, y + dy, look)


def _letters(x: float, y: float, look: Mapping[str, str], text: str, scale: float) -> str:
    """One text as a call of `letters`."""
    rim = float(look["stroke-width"]) if "stroke" in look else 0.0
    numbers = (x * scale, y * scale, float(look["font-size"]) * scale)
    return (
        f"#letters({', '.join(f'{n:.3f}' for n in numbers)}, {look.get('font-weight', '400')}, "
        f'"{look.get("fill", theme.INK)}", {_SHARE[look.get("text-anchor", "start")]}, '
        f"{rim * scale:.3f}, {quoted(text)})"
    )


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
    """
    width_px = width_mm * PER_MM
    if isinstance(block, Map):
        return map_svg(block, language, width_px, landscape=landscape)
    return chart_svg(block, language, width_px)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in px."""
    across, down = struct.unpack(">II", png[16:24])
    return int(across), int(down)


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
    said = _metadata(block, report)
    if kind == "png":
        body = f'#image("drawing.svg", width: {room}mm)'
        made = compiled(_page(block, report, body), {"drawing.svg": svg.encode()}, "png", ppi=SHARP)
        return _labelled(made, said)
    bare, letters, tall = apart(svg, room)
    hole = f'#rect(width: {room}mm, height: {tall:.3f}mm, fill: rgb("{HOLE}"))'
    body = f"#block[{hole}{letters}]"
    made = compiled(_page(block, report, body), {}, "svg")
    return _filled(made.decode(), bare, said).encode()


def _page(block: Map | Chart, report: Report, body: str) -> str:
    """The Typst source of a picture."""
    t, provenance = texts_of(report.language), report.provenance
    filters = "; ".join(f"{control}: {chosen}" for control, chosen in provenance.filters)
    lines = [
        t("document.source", source=block.source) if block.source else "",
        f"{t('document.as_of')}: {provenance.as_of}" if provenance.as_of else "",
        f"{t('document.filters')}: {filters}" if filters else "",
        provenance.borders if isinstance(block, Map) else "",
        f"{t('product')} · {provenance.identity} · {provenance.way}",
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


def _metadata(block: Map | Chart, report: Report) -> dict[str, str]:
    """What a picture says of itself to machines, by the words that PNG has for it."""
    provenance = report.provenance
    origin = [block.source, provenance.identity, provenance.way]
    return {
        "Title": block.title,
        "Description": block.alternative,
        "Source": " · ".join(part for part in origin if part),
    }


def _labelled(png: bytes, texts: Mapping[str, str]) -> bytes:
    """A PNG with texts (UTF-8) and its size on paper behind its header."""
    size = round(SHARP / 0.0254)
    chunks = _chunk(b"pHYs", struct.pack(">IIB", size, size, 1))
    for key, text in texts.items():
        chunks += _chunk(b"iTXt", key.encode() + b"\0\0\0\0\0" + text.replace("\0", "").encode())
    header = 8 + 25
    return png[:header] + chunks + png[header:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _filled(page: str, bare: str, texts: Mapping[str, str]) -> str:
    """The SVG of a page with the drawing in its place, and with what it says of itself."""
    found = _PLACE.search(page)
    if found is None:
        raise ValueError("the compiler of documents left no place for the drawing")
    x, y, tall, wide = found.groups(default="0")
    place = f'<svg xmlns="{SVG}" x="{x}" y="{y}" width="{wide}" height="{tall}" '
    inner = re.sub(r"^<svg [^>]*?(?=viewBox)", place, bare)
    title, about, source = (xml(texts[key]) for key in ("Title", "Description", "Source"))
    head = (
        f'<svg role="img" aria-labelledby="picture-t picture-d" {page[5 : page.index(">")]}>'
        f'<title id="picture-t">{title}</title><desc id="picture-d">{about}</desc>'
        f"<metadata>{source}</metadata>"
    )
    return head + page[page.index(">") + 1 :].replace(found.group(), inner, 1)
