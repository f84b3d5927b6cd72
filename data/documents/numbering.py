"""Styles and automatic numbers of a Word document: what a reader sees that no text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element: Any, path: str) -> str | None:
    """The w:val of the first element at `path` ("pPr/outlineLvl") under `element`, else None."""
    found = (
        None if element is None else element.find("/".join(W + part for part in path.split("/")))
    )
    return None if found is None else found.get(W + "val")


def is_on(element: Any, path: str) -> bool:
    """Whether a switch such as "rPr/vanish" stands there and is not turned off."""
    found = (
        None if element is None else element.find("/".join(W + part for part in path.split("/")))
    )
    return found is not None and found.get(W + "val") not in ("0", "false", "off")


class Styles:
    """The styles of a document by their id, each with those it is based on."""

    def __init__(self, root: Any) -> None:
        """`root` is the w:styles element."""
        self._by_id = {style.get(W + "styleId"): style for style in root.iter(W + "style")}

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

    def is_hidden(self, run: Any) -> bool:
        """Whether the run is hidden, itself or by its character style."""
        if run.find(f"{W}rPr/{W}vanish") is not None:
            return is_on(run, "rPr/vanish")
        return any(is_on(style, "rPr/vanish") for style in self.chain(value(run, "rPr/rStyle")))


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
