"""How cells of an .xlsx look: struck out, raised, white on white, a number as a date or as nothing.

Names are compared without their namespace: Strict Open XML has other ones for the same elements.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lxml import etree

from data.documents.limits import CHARACTERS, too_much
from data.documents.sheets import Run

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # formats without words
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_CONDITION = re.compile(r"\[[<>=]")
_WHITE, _BLACK = "FFFFFF", "000000"
_AUTOMATIC = "automatic"  # Excel takes black, LibreOffice what can be read on the ground
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE}
_THEME = {"0": _WHITE, "1": _BLACK}


@dataclass(frozen=True)
class Font:
    """What a font does to its words; a colour is RRGGBB, or a name that only equals itself."""

    struck: bool = False
    raised: bool = False
    colour: str = _AUTOMATIC


@dataclass(frozen=True)
class Look:
    """A font on a ground, and how a number is written."""

    font: Font = Font()
    ground: str = _WHITE
    number: str = ""
    is_date: bool = False

    @cached_property
    def sections(self) -> list[str]:
        """The parts of the format, for numbers above and below zero, zero, and words."""
        return re.sub(r'"[^"]*"', lambda text: text[0].replace(";", ","), self.number).split(";")

    def hides(self, value: float | None) -> bool:
        """Whether the format shows nothing of a number, or of words (None)."""
        parts = self.sections
        if len(parts) < 2 or _CONDITION.search(self.number):
            return False
        if value is None:
            return len(parts) > 3 and _is_nothing(parts[3])
        place = 0 if value > 0 or (not value and len(parts) < 3) else 1 if value < 0 else 2
        return _is_nothing(parts[min(place, len(parts) - 1)])

    def display_text(self, value: float, start: datetime.datetime) -> str:
        """A number as a person sees it; `start` is the day 0 of dates.

        Whole numbers go without a point, dates as ISO.
        """
        if self.is_date:
            return _date(value, start) or repr(value)
        first = _LITERAL.sub("", self.sections[0]).strip()
        if "%" in first:
            return f"{round(value * 100, 10):g}%"
        if not value.is_integer():
            return repr(value)
        zeros = len(first) if re.fullmatch("0{2,15}", first) else 0
        return f"{int(value):0{zeros}d}"


def local(element: Any) -> str:
    """The name of an element without its namespace; '' for a comment."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The elements right below with one of these names."""
    return (child for child in element if local(child) in names)


def unescaped(text: str | None) -> str:
    """Text with what Excel writes as _x000D_; a return is a line break."""
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text or "")
    return _CONTROL.sub("", re.sub("\r\n?|\x0b", "\n", plain))


def is_on(element: Any) -> bool:
    """Whether a switch such as <strike/> is on."""
    return element.get("val", "1") not in ("0", "false", "off")


def runs(item: Any) -> list[tuple[str, Font | None]]:
    """The text of a string, run by run, each with a font of its own or that of its cell (None).

    How the words are pronounced is no part of them.
    """
    found: list[tuple[str, Font | None]] = []
    for child in children(item, "t", "r"):
        if local(child) == "t":
            found.append((unescaped(child.text), None))
            continue
        looks = next(children(child, "rPr"), None)
        text = "".join(unescaped(each.text) for each in children(child, "t"))
        found.append((text, None if looks is None else _font(looks)))
    return found


def looked_at(pieces: list[tuple[str, Font | None]], look: Look) -> list[Run]:
    """Pieces of text as runs of a cell with that look; in the colour of the ground is unseen."""
    fonts = [(text, own or look.font) for text, own in pieces]
    return [Run(text, font.struck, font.raised, font.colour == look.ground) for text, font in fonts]


@dataclass
class Strings:
    """The texts that cells share."""

    items: list[list[tuple[str, Font | None]]] = field(default_factory=list)

    @classmethod
    def read(cls, part: Any) -> Strings:
        """Read them one by one; raises DataError for very much text."""
        found, length = cls(), 0
        for _, item in etree.iterparse(part, tag="{*}si", resolve_entities=False, no_network=True):
            found.items.append(runs(item))
            length += sum(len(text) for text, _ in found.items[-1])
            if length > CHARACTERS:
                raise too_much()
            item.clear(keep_tail=True)
            while item.getprevious() is not None:
                del item.getparent()[0]
        return found


def looks_of(root: Any) -> list[Look]:
    """The looks that cells name by number, from the part with the styles."""
    lists = {local(each): list(each) for each in root}
    fonts = [_font(each) for each in lists.get("fonts", ())]
    grounds = [_background(each) for each in lists.get("fills", ())]
    formats = lists.get("numFmts", ())
    numbers = {each.get("numFmtId"): each.get("formatCode", "") for each in formats}
    looks = []
    for each in lists.get("cellXfs", ()):
        number = numbers.get(each.get("numFmtId"), "")
        built_in = int(each.get("numFmtId") or 0)
        if not number and built_in in (9, 10):
            number = "0%"
        is_date = _is_date(number) if number else built_in in _DATES
        font = fonts[int(each.get("fontId") or 0)] if fonts else Font()
        ground = grounds[int(each.get("fillId") or 0)] if grounds else _WHITE
        looks.append(Look(font, ground, number, is_date))
    return looks


def strikes_of(root: Any) -> list[bool]:
    """Whether words are struck out, of each look that rules name by number."""
    lists = {local(each): list(each) for each in root}
    return [strikes(each) for each in lists.get("dxfs", ())]


def strikes(look: Any) -> bool:
    """Whether the look that a rule gives cells strikes their words out."""
    return any(_font(font).struck for font in children(look, "font"))


def _font(element: Any) -> Font:
    font = Font()
    for child in element:
        name = local(child)
        if name == "strike":
            font = replace(font, struck=is_on(child))
        elif name == "vertAlign":
            font = replace(font, raised=child.get("val") == "superscript")
        elif name == "color":
            font = replace(font, colour=_colour(child, _AUTOMATIC))
    return font


def _background(fill: Any) -> str:
    """The colour of a fill that is plain; a pattern or gradient is a ground of its own."""
    pattern = next(children(fill, "patternFill"), None)
    kind = "gradient" if pattern is None else pattern.get("patternType", "none")
    if kind == "none":
        return _WHITE
    colour = next(children(pattern, "fgColor"), None) if kind == "solid" else None
    return "pattern" if colour is None else _colour(colour, "pattern")


def _colour(element: Any, otherwise: str) -> str:
    """RRGGBB where that is certain, else a name."""
    rgb, theme, tint = (element.get(name) for name in ("rgb", "theme", "tint"))
    tinted = "" if tint in (None, "0", "0.0") else f"~{tint}"
    if rgb:
        return str(rgb)[-6:].upper() + tinted
    if theme:
        return _THEME.get(theme, f"theme {theme}") + tinted
    indexed = element.get("indexed")
    if indexed and indexed not in ("64", "65"):  # these are whatever the system has
        return _INDEXED.get(indexed, f"indexed {indexed}") + tinted
    return otherwise


def _is_nothing(section: str) -> bool:
    """Whether a part of a format writes nothing, or only empty quotes."""
    return not re.sub(r'"\s*"', "", section).strip()


def _is_date(number: str) -> bool:
    plain = _LITERAL.sub("", number.partition(";")[0])
    return "general" not in plain.lower() and bool(re.search("[dmyhs]", plain, re.I))


def _date(value: float, start: datetime.datetime) -> str:
    """The day, the moment or the time of day that a number stands for; '' where it is none."""
    if value < 0 or value > 2_958_465:
        return ""
    if start.year == 1899 and 1 <= value < 60:
        value += 1  # the 29th of February 1900, which never was
    moment = start + datetime.timedelta(seconds=round(value * 86_400))
    if value < 1:
        return moment.time().isoformat()
    midnight = moment.time() == datetime.time()
    return moment.date().isoformat() if midnight else moment.isoformat(sep=" ")
