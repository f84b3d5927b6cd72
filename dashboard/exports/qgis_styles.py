"""Styles of QGIS for the layers of a GeoPackage, in the colours of the app.

QGIS reads them from the table `layer_styles` of the file and uses them when it opens a layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as Tree

from dashboard import theme

Properties = Mapping[str, object]
Layer = tuple[str, Properties]  # a class of a layer of a symbol, and its properties
_MARK_MM = 2.6
_LINE_MM = 0.26


def styles(looks: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Layer -> its style as QML; `looks` are those of the layer "countries" with their words."""
    countries = [(look, words, _fill(look)) for look, words in looks]
    posts = [
        ("false", "post", [_circle(theme.POST, theme.INK)]),
        ("true", "planned", [_circle(theme.PAPER, theme.INK)]),
    ]
    return {
        "countries": _categories("look", "fill", countries),
        "posts": _categories("planned", "marker", posts),
        "work_area_lines": _categories("organisation", "line", _lines()),
        "work_areas": _categories("organisation", "fill", _areas()),
        "missions": _qml(_single("fill", _fill("mission_region")), label="officers"),
    }


def _organisations() -> list[tuple[str, str]]:
    """Value in the layer -> key of its colours in `theme`."""
    return [(name if name != "?" else "not-stated", name) for name in theme.ORGANISATIONS]


def _lines() -> list[tuple[str, str, list[Layer]]]:
    return [
        (value, value, [("SimpleLine", {"line_color": _rgba(theme.DARK[name]), **_WIDTH})])
        for value, name in _organisations()
    ]


_WIDTH = {"line_width": _LINE_MM, "line_width_unit": "MM"}


def _areas() -> list[tuple[str, str, list[Layer]]]:
    return [
        (value, value, [_plain(theme.LIGHT[name], theme.DARK[name], alpha=70)])
        for value, name in _organisations()
    ]


def _fill(look: str) -> list[Layer]:
    """What a state looks like: one colour, or bars over a ground."""
    outline = theme.OUTLINES.get(look, (theme.BORDER, 0.7, 0))[0]
    if look in theme.HATCHED:
        bars, ground, width, gap, turn = theme.HATCHED[look]
        hatch = {
            "angle": -turn,
            "distance": width + gap,
            "distance_unit": "Pixel",
            "color": _rgba(bars),
            "line_width": width,
            "line_width_unit": "Pixel",
        }
        return [_plain(ground, outline), ("LinePatternFill", hatch)]
    return [_plain(theme.COLOURS.get(look, theme.NONE), outline)]


def _plain(colour: str, outline: str, alpha: int = 255) -> Layer:
    return "SimpleFill", {
        "color": _rgba(colour, alpha),
        "style": "solid",
        "outline_color": _rgba(outline),
        "outline_style": "solid",
        "outline_width": 0.2,
        "outline_width_unit": "MM",
    }


def _circle(colour: str, outline: str) -> Layer:
    return "SimpleMarker", {
        "name": "circle",
        "color": _rgba(colour),
        "outline_color": _rgba(outline),
        "size": _MARK_MM,
        "size_unit": "MM",
    }


def _rgba(colour: str, alpha: int = 255) -> str:
    """ "#154273" as "21,66,115,255"."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return ",".join(map(str, (*parts, alpha)))


# --- QML ------------------------------------------------------------------------------------------


def _categories(column: str, kind: str, classes: Sequence[tuple[str, str, list[Layer]]]) -> str:
    """A style that draws each value of a column in its own way."""
    renderer = Tree.Element("renderer-v2", type="categorizedSymbol", attr=column)
    listed = Tree.SubElement(renderer, "categories")
    symbols = Tree.SubElement(renderer, "symbols")
    for place, (value, words, layers) in enumerate(classes):
        about = {"value": value, "label": words, "symbol": str(place), "render": "true"}
        about["type"] = "bool" if value in ("true", "false") else "string"
        Tree.SubElement(listed, "category", about)
        symbols.append(_symbol(str(place), kind, layers))
    return _qml(renderer)


def _single(kind: str, layers: list[Layer]) -> Tree.Element:
    renderer = Tree.Element("renderer-v2", type="singleSymbol")
    Tree.SubElement(renderer, "symbols").append(_symbol("0", kind, layers))
    return renderer


def _symbol(name: str, kind: str, layers: list[Layer]) -> Tree.Element:
    symbol = Tree.Element("symbol", name=name, type=kind, alpha="1", clip_to_extent="1")
    for drawn, properties in layers:
        layer = Tree.SubElement(symbol, "layer", {"class": drawn, "enabled": "1", "pass": "0"})
        # The older way of writing properties, which every version of QGIS 3 reads.
        for key, value in properties.items():
            Tree.SubElement(layer, "prop", k=key, v=str(value))
    return symbol


def _qml(renderer: Tree.Element, label: str = "") -> str:
    root = Tree.Element("qgis", version="3.28", styleCategories="Symbology|Labeling")
    root.append(renderer)
    if label:
        labels = Tree.SubElement(root, "labeling", type="simple")
        text = Tree.SubElement(labels, "settings", calloutType="simple")
        Tree.SubElement(
            text, "text-style", fieldName=label, fontSize="9", textColor=_rgba(theme.INK)
        )
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Tree.tostring(
        root, encoding="unicode"
    )
