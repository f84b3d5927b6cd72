"""Styles, conditions and automatic numbers of an OpenDocument text: what no text of it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.documents.odf import OFFICE, STYLE, TEXT, count

WHITE = "FFFFFF"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_BACKGROUND, _COLOUR = _FO + "background-color", _FO + "color"
_AUTOMATIC = STYLE + "use-window-font-color"
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(pt|cm|mm|in|px)")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_TINY, _LOWEST = 1.0, 2.0  # points of a letter, of a row
_LIGHT = 0xFA  # of each part of a colour that cannot be told from white

Look = dict[str, str]  # attributes of what is written, by name


class Styles:
    """The styles of a text by family and name, each with what its parents say."""

    def __init__(self, content: Any, common: Any = None) -> None:
        """Take the styles of content.xml, and of styles.xml those that the text can use."""
        self._styles: dict[tuple[str, str], Any] = {}
        shared = None if common is None else common.find(OFFICE + "styles")
        for root in filter(lambda root: root is not None, (shared, content)):
            for style in root.iter(STYLE + "style", STYLE + "default-style"):
                key = (style.get(STYLE + "family", ""), style.get(STYLE + "name", ""))
                self._styles[key] = style
        self._looks: dict[tuple[str, str], Look] = {}
        roots = [root for root in (content, common) if root is not None]
        self.page = None if any(map(_is_painted, roots)) else WHITE

    def look(self, family: str, name: str | None) -> Look:
        """All that a style says, with what it takes from its parents and from the defaults."""
        key = (family, name or "")
        if key not in self._looks:
            chain: list[Any] = []
            while key in self._styles and self._styles[key] not in chain:
                chain.append(self._styles[key])
                key = (family, self._styles[key].get(STYLE + "parent-style-name", ""))
            look: Look = {}
            for style in reversed(chain):
                own = {name: value for part in style for name, value in part.attrib.items()}
                look = over(look, own)
            self._looks[family, name or ""] = look
        return self._looks[family, name or ""]

    def is_flat(self, name: str | None) -> bool:
        """Whether rows of that style are so low that nothing in them can be seen."""
        height = _points(self.look("table-row", name).get(STYLE + "row-height", ""))
        return height is not None and height <= _LOWEST

    def background(self, family: str, name: str | None, otherwise: str | None) -> str | None:
        """The colour that a cell, row, table or paragraph of that style has, None where unsure."""
        return _filled(self.look(family, name), otherwise)


def over(look: Look, inner: Look) -> Look:
    """A look with what a style within it changes."""
    base = dict(look)
    if _COLOUR in inner:
        base.pop(_AUTOMATIC, None)
    return base | inner


def kind_of(look: Look, background: str | None) -> str:
    """The kind of `flow.Piece` that words of that look are, before a `background`."""
    size = _points(look.get(_FO + "font-size", ""))
    tiny = size is not None and size <= _TINY
    if look.get(TEXT + "display") == "none" or tiny or _is_lost(look, background):
        return "hidden"
    place = look.get(STYLE + "text-position", "").split(" ")[0]
    if place == "super" or re.fullmatch(r"\+?0*[1-9]\d*(?:\.\d+)?%", place):
        return "raised"
    through = "text-line-through-"
    line = look.get(f"{STYLE}{through}style", look.get(f"{STYLE}{through}type", "none"))
    return "" if line == "none" else "struck"


def _points(size: str) -> float | None:
    """A size with its unit in points; None for a share of another one."""
    number = _SIZE.fullmatch(size)
    return float(number[1]) * _POINTS[number[2]] if number else None


def hides(element: Any) -> bool:
    """Whether a section, or a field that hides, does so now."""
    display = element.get(TEXT + "display", "condition")
    if display != "condition":
        return bool(display == "none")
    return element.get(TEXT + "is-hidden") == "true" or _holds(element.get(TEXT + "condition", ""))


def _holds(condition: str) -> bool:
    """Whether a condition is true whatever its variables are."""
    plain = re.sub(r"^\w+:(?!=)", "", condition).strip().casefold()
    sides = re.split(r"\s*(?:==?|\beq\b)\s*", plain)
    return sides[0] == sides[1] if len(sides) == 2 else plain in ("1", "true")


def _is_painted(root: Any) -> bool:
    """Whether the pages have a colour or a picture, or a drawing lies behind the text."""
    for page in root.iter(STYLE + "page-layout-properties"):
        if (
            _filled(page.attrib, WHITE) != WHITE
            or page.find(STYLE + "background-image") is not None
        ):
            return True
    drawn = root.iter(STYLE + "graphic-properties")
    return any(each.get(STYLE + "run-through") == "background" for each in drawn)


def _filled(look: Mapping[str, str], otherwise: str | None) -> str | None:
    colour = look.get(_BACKGROUND, "transparent")
    if colour == "transparent":
        return otherwise
    return colour[1:].upper() if re.fullmatch("#[0-9A-Fa-f]{6}", colour) else None


def _is_lost(look: Look, background: str | None) -> bool:
    """Whether words have the colour of what is behind them."""
    ink, behind = look.get(_COLOUR, "")[1:].upper(), _filled(look, background)
    if behind is None or look.get(_AUTOMATIC) == "true" or not re.fullmatch("[0-9A-F]{6}", ink):
        return False
    return ink == behind or (_is_white(ink) and _is_white(behind))


def _is_white(colour: str) -> bool:
    return all(int(colour[at : at + 2], 16) >= _LIGHT for at in (0, 2, 4))


def list_levels(roots: list[Any]) -> dict[str, dict[int, Any]]:
    """Style of a list -> level -> how that level is numbered; the outline is the list ''."""
    levels: dict[str, dict[int, Any]] = {}
    for root in roots:
        for style in root.iter(TEXT + "list-style", TEXT + "outline-style"):
            outline = style.tag == TEXT + "outline-style"
            levels["" if outline else style.get(STYLE + "name", "")] = {
                count(level, TEXT + "level"): level for level in style if isinstance(level.tag, str)
            }
    return levels


@dataclass
class Numbers:
    """Counts the numbered paragraphs, list by list; the style of an inner list may be left out."""

    levels: dict[str, dict[int, Any]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, style: str, level: int, restart: bool = False) -> str:
        """The number of the next paragraph of that level with a space ("1. "), '' for none."""
        levels = self.levels.get(style, {})
        own = levels.get(level)
        counts = self._counts.setdefault(style, {})
        if own is None or own.get(STYLE + "num-format") != "1":
            return ""
        first = count(own, TEXT + "start-value")
        counts[level] = first if restart or level not in counts else counts[level] + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        places = range(level - count(own, TEXT + "display-levels") + 1, level + 1)
        number = ".".join(str(counts.get(each, 1)) for each in places if each > 0)
        prefix, suffix = (own.get(STYLE + name, "") for name in ("num-prefix", "num-suffix"))
        return f"{prefix}{number}{suffix} "


# --- what a form shows ----------------------------------------------------------------------------

_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
FIELD_MARKS = {_FIELD + "fieldmark", _FIELD + "fieldmark-start"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CHECKED, _UNCHECKED = "☒", "☐"


def controls(root: Any) -> dict[str, str]:
    """Id of each control of a form -> what it shows; a button and a label show nothing."""
    texts: dict[str, str] = {}
    for control in root.iter(f"{_FORM}*"):
        name = control.get(_ID) or control.get(_FORM + "id")
        if name:
            texts[name] = _display(control)
    return texts


def _display(control: Any) -> str:
    kind = control.tag.removeprefix(_FORM)
    if kind in ("checkbox", "radio"):
        state = control.get(_FORM + "current-state", control.get(_FORM + "state", ""))
        box = _CHECKED if state == "checked" or _is_selected(control) else _UNCHECKED
        return f"{box} {control.get(_FORM + 'label', '')}".strip()
    if kind == "listbox":
        options = control.findall(_FORM + "option")
        return ", ".join(each.get(_FORM + "label", "") for each in options if _is_selected(each))
    if kind in ("button", "image", "fixed-text", "frame", "hidden", "password"):
        return ""
    return str(control.get(_FORM + "current-value", control.get(_FORM + "value", "")))


def _is_selected(element: Any) -> bool:
    now = element.get(_FORM + "current-selected", element.get(_FORM + "selected"))
    return bool(now == "true")


def choice(element: Any) -> str:
    """What a form field taken over from Word shows: its choice, a box, or '' for a text."""
    kind = element.get(_FIELD + "type", "")
    parameters = list(_parameters(element))
    if kind.endswith("FORMCHECKBOX"):
        now = [text for name, text in parameters if name.endswith("Checked")]
        return _CHECKED if now[:1] == ["true"] else _UNCHECKED
    entries = [text for name, text in parameters if name.endswith("ListEntry")]
    place = next((text for name, text in parameters if name.endswith(("Selected", "Result"))), "")
    at = int(place) if re.fullmatch(r"\d{1,4}", place) else len(entries)
    return entries[at] if kind.endswith("FORMDROPDOWN") and at < len(entries) else ""


def _parameters(element: Any) -> Iterator[tuple[str, str]]:
    for each in element.iter(_FIELD + "param"):
        yield each.get(_FIELD + "name", ""), each.get(_FIELD + "value", "")
