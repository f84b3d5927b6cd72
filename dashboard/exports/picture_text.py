"""The text of our drawings apart from their shapes, so that a picture holds letters as shapes.

A reader of an SVG file may not have our typeface; Typst writes the outlines of its letters, but
not of those in a picture that it takes in. So it sets them itself, at their very places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from dashboard import theme
from dashboard.exports.typesetting import quoted

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
