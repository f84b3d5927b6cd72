"""Styles and automatic numbers of a Word document: what a reader sees that no text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON, _OFF = ("1", "true", "on"), ("0", "false", "off")
_TINY, _LIFTED, _USUAL = 2, 3, 22  # half points
_LOOKS = {
    *(W + name for name in ("vanish", "strike", "dstrike", "sz", "vertAlign", "position")),
    *(W + name for name in ("color", "highlight", "shd")),
}
_LIGHT = 0xFA  # of each part of a colour that cannot be told from white


@cache
def _path(path: str) -> str:
    return "/".join(W + part for part in path.split("/"))


def value(element: Any, path: str) -> str | None:
    """The w:val of the first element at `path` ("pPr/outlineLvl") under `element`, else None."""
    node = None if element is None else element.find(_path(path))
    return None if node is None else node.get(W + "val")


def is_on(element: Any, path: str) -> bool:
    """Whether a switch such as "rPr/vanish" stands there and is not turned off."""
    node = None if element is None else element.find(_path(path))
    return node is not None and node.get(W + "val") not in _OFF


class Styles:
    """The styles of a document by their id, each with those it is based on."""

    def __init__(self, root: Any) -> None:
        """`root` is the w:styles element."""
        self._by_id = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
        self._normal = next(
            (
                name
                for name, style in self._by_id.items()
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in _ON
            ),
            None,
        )
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = {each.tag: each for each in (() if defaults is None else defaults)}
        self._resolved: dict[tuple[str | None, str], Any] = {}
        self._looks: dict[tuple[tuple[str | None, ...], str | None], str] = {}

    def chain(self, name: str | None) -> Iterator[Any]:
        """The style of that id, then what it is based on, and so on."""
        seen: set[str | None] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = value(self._by_id[name], "basedOn")

    def is_heading(self, paragraph: Any) -> bool:
        """Whether the paragraph or its style stands in the outline of the document."""
        styles = self.chain(value(paragraph, "pPr/pStyle"))
        levels = (value(element, "pPr/outlineLvl") for element in (paragraph, *styles))
        return next((level for level in levels if level), "9") < "9"  # 9 is body text

    def look(self, run: Any, paragraph: Any, background: str | None) -> str:
        """The kind of `flow.Piece` that a run of the paragraph looks like.

        `background` is the colour behind the paragraph, None where that is not certain.
        """
        own, names = run.find(W + "rPr"), (value(run, "rPr/rStyle"), self._style(paragraph))
        shaded = background and paragraph.find(f"{W}pPr/{W}shd") is not None
        if shaded or (own is not None and any(each.tag in _LOOKS for each in own)):
            return self._look(own, names, paragraph, background)
        if (names, background) not in self._looks:  # most words look like their style
            self._looks[names, background] = self._look(None, names, paragraph, background)
        return self._looks[names, background]

    def _look(
        self, style: Any, names: tuple[str | None, ...], paragraph: Any, background: str | None
    ) -> str:
        if self._is_on("vanish", style, names) or self._is_tiny(style, names):
            return "hidden"
        if background and self._has_colour_of(background, style, names, paragraph):
            return "hidden"
        if self._is_raised(style, names):
            return "raised"
        struck = self._is_on("strike", style, names) or self._is_on("dstrike", style, names)
        return "struck" if struck else ""

    def ends_line(self, paragraph: Any) -> bool:
        """Whether a new line starts behind the paragraph: its mark is not hidden."""
        own = paragraph.find(f"{W}pPr/{W}rPr")
        return not self._is_on("vanish", own, (None, self._style(paragraph)))

    def background(self, element: Any, path: str, otherwise: str | None) -> str | None:
        """The colour that the shading at `path` of an element or of its style gives it."""
        shading = element.find(_path(path))
        return otherwise if shading is None else _filled(shading, otherwise)

    def is_painted(self, name: str | None) -> bool:
        """Whether a style of a table has a shading for any of its parts."""
        return any(style.find(f".//{W}shd") is not None for style in self.chain(name))

    def _style(self, paragraph: Any) -> str | None:
        return value(paragraph, "pPr/pStyle") or self._normal

    def _in_style(self, name: str | None, path: str) -> Any:
        """The nearest element at `path` in a style and what it is based on."""
        if (name, path) not in self._resolved:
            nodes = (style.find(path) for style in self.chain(name))
            self._resolved[name, path] = next((node for node in nodes if node is not None), None)
        return self._resolved[name, path]

    def _property(self, name: str, properties: Any, names: tuple[str | None, ...]) -> Any:
        """The element of `name` in the run, its style, its paragraph's, or the defaults."""
        node = None if properties is None else properties.find(W + name)
        for style in names:
            node = self._in_style(style, f"{W}rPr/{W}{name}") if node is None else node
        return self._defaults.get(W + name) if node is None else node

    def _is_on(self, name: str, properties: Any, names: tuple[str | None, ...]) -> bool:
        """Whether a switch is on; one in both styles of a run turns itself off again."""
        direct = None if properties is None else properties.find(W + name)
        if direct is not None:
            return direct.get(W + "val") not in _OFF
        styles = [self._in_style(style, f"{W}rPr/{W}{name}") for style in names]
        on = [style for style in styles if style is not None and style.get(W + "val") not in _OFF]
        default = self._defaults.get(W + name)
        if default is not None and default.get(W + "val") not in _OFF:
            return True
        return bool(on) if name == "dstrike" else len(on) % 2 == 1

    def _is_tiny(self, style: Any, names: tuple[str | None, ...]) -> bool:
        size = self._property("sz", style, names)
        return size is not None and _half_points(size.get(W + "val"), _USUAL) <= _TINY

    def _is_raised(self, style: Any, names: tuple[str | None, ...]) -> bool:
        place = self._property("vertAlign", style, names)
        if place is not None and place.get(W + "val") != "baseline":
            return bool(place.get(W + "val") == "superscript")
        height = None if style is None else style.find(W + "position")
        return height is not None and _half_points(height.get(W + "val"), 0) > _LIFTED

    def _has_colour_of(
        self, background: str | None, style: Any, names: tuple[str | None, ...], paragraph: Any
    ) -> bool:
        marked = self._property("highlight", style, names)
        if marked is not None and marked.get(W + "val") not in ("none", "white"):
            return False
        colour = self._property("color", style, names)
        ink = "" if colour is None else colour.get(W + "val", "").upper()
        if not re.fullmatch("[0-9A-F]{6}", ink):
            return False
        behind = paragraph.find(f"{W}pPr/{W}shd")
        shading = behind if behind is not None else self._in_style(names[-1], f"{W}pPr/{W}shd")
        background = background if shading is None else _filled(shading, background)
        shading = self._property("shd", style, names)
        background = background if shading is None else _filled(shading, background)
        return background is not None and (
            ink == background or (_is_white(ink) and _is_white(background))
        )


def _filled(shading: Any, otherwise: str | None) -> str | None:
    """The colour of a w:shd; None for a pattern or a colour of the theme alone."""
    kind, fill = shading.get(W + "val", "clear"), shading.get(W + "fill", "auto").upper()
    if kind == "nil" or (kind == "clear" and fill == "AUTO" and not shading.get(W + "themeFill")):
        return otherwise
    return fill if kind == "clear" and re.fullmatch("[0-9A-F]{6}", fill) else None


def _is_white(colour: str) -> bool:
    return all(int(colour[at : at + 2], 16) >= _LIGHT for at in (0, 2, 4))


def _half_points(size: str | None, otherwise: float) -> float:
    """A size in half points, also where it is written with a unit ("1pt")."""
    number = re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,6})?)(pt)?", size or "")
    return float(number[1]) * (2 if number[2] else 1) if number else otherwise


@dataclass
class Numbers:
    """Counts the numbered paragraphs of a document, which must be asked for in their order."""

    styles: Styles
    levels: dict[str, dict[str, Any]]  # list -> level -> w:lvl
    shared: dict[str, str]  # list -> what it counts together with
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: Styles, root: Any) -> Numbers:
        """`root` is the w:numbering element, or None for a document that numbers nothing."""
        if root is None:
            return cls(styles, {}, {})
        abstract = {
            each.get(W + "abstractNumId"): {
                level.get(W + "ilvl"): level for level in each.iter(W + "lvl")
            }
            for each in root.findall(W + "abstractNum")
        }
        lists = {
            each.get(W + "numId"): str(value(each, "abstractNumId"))
            for each in root.findall(W + "num")
        }
        own = {
            each.get(W + "numId")
            for each in root.findall(W + "num")
            if each.find(f"{W}lvlOverride") is not None
        }
        shared = {key: f"own {key}" if key in own else name for key, name in lists.items()}
        return cls(styles, {key: abstract.get(name, {}) for key, name in lists.items()}, shared)

    def label(self, paragraph: Any) -> str:
        """The number before a paragraph with a space ("1. "); '' for none, bullets and letters."""
        number, level = self._place(paragraph)
        levels = self.levels.get(number or "", {})
        if number is None or str(level) not in levels:
            return ""
        counts = self._counts.setdefault(self.shared[number], {})
        counts[level] = counts.get(level, _start(levels, level) - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _worded(levels, level, counts)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """(list, level) of a paragraph, from itself or its style."""
        number = level = None
        for element in (paragraph, *self.styles.chain(value(paragraph, "pPr/pStyle"))):
            number = number or value(element, "pPr/numPr/numId")
            level = level or value(element, "pPr/numPr/ilvl")
        return (number if number != "0" else None), int(level or 0)


def _start(levels: dict[str, Any], level: int) -> int:
    return int(value(levels.get(str(level)), "start") or 1)


def _worded(levels: dict[str, Any], level: int, counts: dict[int, int]) -> str:
    pattern = value(levels[str(level)], "lvlText") or ""
    used = [int(sign) - 1 for sign in re.findall(r"%([1-9])", pattern)]
    decimal = all(value(levels.get(str(each)), "numFmt") in (None, "decimal") for each in used)
    if not used or not decimal:
        return ""
    for each in used:
        number = counts.get(each, _start(levels, each))
        pattern = pattern.replace(f"%{each + 1}", str(number))
    return f"{pattern} "
