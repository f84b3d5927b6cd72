"""How cells and words of an .ods look, by the styles that they name and what those rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from data.documents.odf import STYLE, TABLE, TEXT

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_WHITE = "#ffffff"
_NOTHING = re.compile(r"0*(?:\.0+)?(?:cm|mm|in|pt|pc|px)")
_MOST_PARENTS = 20


@dataclass(frozen=True)
class Look:
    """Words on a ground; a colour that is not stated is seen on any ground.

    `shows` is off for hidden text, a hidden sheet, and rows and columns without a size.
    """

    struck: bool = False
    raised: bool = False
    colour: str = ""
    ground: str = _WHITE
    shows: bool = True
    hides_words: bool = False
    has_conditions: bool = False


class Looks:
    """The styles met so far, by family and name."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._wordless: set[str] = set()
        self._known: dict[tuple[str, str | None, Look], Look] = {}

    def add(self, styles: Any) -> None:
        """Keep the styles below `styles`."""
        for each in styles:
            if each.tag in (STYLE + "style", STYLE + "default-style"):
                key = each.get(STYLE + "family", ""), each.get(STYLE + "name", "")
                self._styles[key] = each
            elif each.tag == NUMBER + "text-style" and not _writes(each):
                self._wordless.add(each.get(STYLE + "name", ""))

    def of(self, family: str, name: str | None, outer: Look = Look()) -> Look:
        """The look of what names a style, within something that looks like `outer`."""
        key = family, name, outer
        if key not in self._known:
            self._known[key] = self._look(family, name, outer)
        return self._known[key]

    def _look(self, family: str, name: str | None, outer: Look) -> Look:
        chain: list[Any] = []
        while name and (family, name) in self._styles and len(chain) < _MOST_PARENTS:
            chain.append(self._styles[family, name])
            name = chain[-1].get(STYLE + "parent-style-name")
        if family == "table-cell" and (family, "") in self._styles:
            chain.append(self._styles[family, ""])
        for style in reversed(chain):
            outer = self._with(outer, style)
        return outer

    def _with(self, look: Look, style: Any) -> Look:
        data = style.get(STYLE + "data-style-name")
        if data is not None:
            look = replace(look, hides_words=data in self._wordless)
        for each in style:
            if each.tag == STYLE + "map":
                look = replace(look, has_conditions=True)
            elif each.tag == STYLE + "text-properties":
                look = _with_text(look, each)
            elif each.tag == STYLE + "table-cell-properties":
                ground = each.get(FO + "background-color")
                plain = {"transparent": _WHITE, None: look.ground}
                look = replace(look, ground=plain.get(ground, str(ground).lower()))
            elif each.tag == STYLE + "table-properties":
                look = replace(look, shows=each.get(TABLE + "display") != "false")
            else:
                size = each.get(STYLE + "row-height") or each.get(STYLE + "column-width")
                if size and _NOTHING.fullmatch(size):
                    look = replace(look, shows=False)
        return look


def _with_text(look: Look, stated: Any) -> Look:
    lines = [stated.get(STYLE + f"text-line-through-{name}") for name in ("style", "type")]
    if any(line is not None for line in lines):
        look = replace(look, struck=any(line not in (None, "none") for line in lines))
    position = stated.get(STYLE + "text-position")
    if position is not None:
        look = replace(look, raised=_is_raised(position))
    colour = stated.get(FO + "color")
    if stated.get(STYLE + "use-window-font-color") == "true":
        look = replace(look, colour="")
    elif colour:
        look = replace(look, colour=colour.lower())
    if stated.get(TEXT + "display") == "none":
        look = replace(look, shows=False)
    return look


def _is_raised(position: str) -> bool:
    """Whether words stand above the line: "super 58%" or "33% 58%"."""
    height = position.split(" ")[0]
    return height == "super" or bool(re.fullmatch(r"\d*[1-9]\d*(?:\.\d+)?%", height))


def _writes(style: Any) -> bool:
    """Whether a format for words writes any."""
    return any(
        each.tag == NUMBER + "text-content" or (each.tag == NUMBER + "text" and each.text)
        for each in style
    )
