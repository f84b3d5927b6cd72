"""Rules of the page's style sheets that cost the browser little whenever a part is drawn anew.

Chromium keeps of `:has([data-testid="x"])` that an element with the *name* `data-testid` matters,
and Streamlit gives one to all it draws; behind a `:has()` an attribute or `*` makes it look at
every element below. Classes are looked up by name (docs/quality.md says what that spares).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "dashboard" / "static"
# Streamlit gives what it puts in place of a part that is still fetched no class.
NO_CLASS = '[data-testid="stSkeleton"]'
COMBINATORS = " >~+"


def selectors(text: str) -> list[str]:
    """Every selector with `:has(` of rules that hold on a screen wider than a telephone."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    found: list[str] = []
    where: list[str] = []
    for opening in re.finditer(r"([^{}]*)(\{|\})", text):
        if opening[2] == "}":
            where.pop()
            continue
        head = " ".join(opening[1].rsplit(";", 1)[-1].split())
        narrow = any("print" in media and "not" not in media for media in where)
        narrow |= any("max-width: 640px" in media for media in where)
        if not head.startswith("@") and ":has(" in head and not narrow:
            found += outside(head, ",")
        where.append(head)
    return [each for each in found if ":has(" in each]


def outside(text: str, separators: str) -> list[str]:
    """The parts of a text between separators that stand in no bracket."""
    parts, depth = [""], 0
    for sign in text:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign in separators and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def within(selector: str) -> list[str]:
    """What stands in each `:has( )` of a selector."""
    found = []
    for start in re.finditer(r":has\(", selector):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(selector[end], 0)
            end += 1
        found.append(selector[start.end() : end - 1])
    return found


def dear(selector: str) -> str:
    """Why a selector makes the browser look at more than it needs; empty if it does not."""
    each_within = [one for each in within(selector) for one in outside(each, ",")]
    if any("*" in one.replace("*=", "") and "> *" not in one for one in each_within):
        return "`*` within"
    if any("[data-testid" in one.replace(NO_CLASS, "") for one in each_within):
        return "data-testid within"
    if any("[class" in one for one in each_within):
        return "every element has classes"
    last = outside(selector, COMBINATORS)[-1]
    if last.startswith((":not(", "*")):
        return "every element but some at the end"
    if ":has(" not in last and not re.search(r"^[a-z]|\.", last):
        return "no class and no kind of element behind"
    return ""


@pytest.mark.parametrize(
    ("selector", "is_dear"),
    [
        ("body:has(.map) .take > *", True),
        ('body:has(.map) [data-testid="stHeader"]', True),
        ('.find:has([data-testid="stButton"])', True),
        ('.room:has(> [class*="room_"])', True),
        (".body:not(:has(.block *))", True),
        (".body:has(> *, .block *)", True),
        (".body:has(.block) ~ :not(:has(.find))", True),
        ("body:has(.map) .take > :is(.button, .link)", False),
        ('.find:has([data-testid="stSkeleton"])', False),
        ("body:has(.map) h1", False),
        (".body:has(.block) ~ div:not(:has(.find))", False),
    ],
)
def test_what_is_dear_is_seen(selector: str, is_dear: bool) -> None:
    assert bool(dear(selector)) == is_dear


@pytest.mark.parametrize(("sheet", "rules"), [("page.css", 20), ("start/coming.css", 2)])
def test_no_rule_makes_the_browser_look_at_every_part(sheet: str, rules: int) -> None:
    every = selectors((STATIC / sheet).read_text(encoding="utf-8"))
    assert len(every) >= rules
    assert {each: dear(each) for each in every if dear(each)} == {}
