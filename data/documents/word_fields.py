"""What a Word document shows through a field or a symbol: choices, boxes, signs of other fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from data.documents.word_styles import W, is_on, value

_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
# What such an object shows is a formula, a drawing or a file to open, and no words.
_NO_WORDS = re.compile(r"equation|visio|paint|picture|photo|package|msgraph|mathtype", re.I)
_CHECKED, _UNCHECKED = "☒", "☐"
_SYMBOL = {0x2A: "*", 0x2D: "-", 0xB7: "•", 0xAE: "→", 0xDE: "⇒", 0xB1: "±", 0xA3: "≤", 0xB3: "≥"}


def choice(element: Any) -> str:
    """What a form field (the w:fldChar it begins with) shows by itself: a choice, a box, or ''."""
    data = element.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        stated = "checked" if box.find(W + "checked") is not None else "default"
        return _CHECKED if is_on(box, stated) else _UNCHECKED
    choices = [each.get(W + "val", "") for each in data.findall(f"{W}ddList/{W}listEntry")]
    number = value(data, "ddList/result") or value(data, "ddList/default") or "0"
    at = int(number) if number.isdigit() and len(number) < 5 else 0
    return choices[at] if at < len(choices) else ""


class Fields:
    """The fields that begin and end in one paragraph. A field without an end is none."""

    def __init__(self, runs: Sequence[Any]) -> None:
        """`codes` are the runs that stand in the code of a field: results that it works with."""
        self.codes: set[Any] = set()
        self._answered: set[Any] = set()
        fields: list[tuple[int, Any, bool]] = []  # where, with which mark, whether behind its code
        for at, run in enumerate(runs):
            for flag in run.iter(W + "fldChar"):
                kind = flag.get(W + "fldCharType")
                if kind == "begin":
                    fields.append((at, flag, False))
                elif kind in ("separate", "end") and fields:
                    start, first, answers = fields.pop()
                    between = runs[start + 1 : at]
                    if not answers:
                        self.codes.update(between)
                    elif any(text.text for run in between for text in run.iter(W + "t")):
                        self._answered.add(first)
                    if kind == "separate":
                        fields.append((at, first, True))

    def display(self, element: Any) -> str:
        """What a form field that begins with `element` shows, where no run says it, else ''."""
        return "" if element in self._answered else choice(element)


def symbol(element: Any) -> str:
    """The sign that a w:sym stands for; of a font without letters its number in that font."""
    number = element.get(W + "char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", number):
        return ""
    code, font = int(number, 16), element.get(W + "font", "").casefold()
    if not 0xF000 <= code <= 0xF0FF or "dings" in font:
        return chr(code)
    code -= 0xF000
    if font == "symbol":  # Greek, but for signs and digits
        return _SYMBOL.get(code, chr(code) if code < 0x40 else chr(code + 0xF000))
    return chr(code)


def embedded(paragraph: Any) -> Iterator[str]:
    """The programs of sheets and texts that stand in a paragraph as a picture of themselves."""
    for node in paragraph.iter(_OBJECT, W + "control"):
        if next(node.iterancestors(W + "p"), None) is not paragraph:
            continue  # it hangs on a paragraph in a text box
        program = node.get("ProgID") or node.get(W + "name") or "an unknown program"
        if not _NO_WORDS.search(program):
            yield program
