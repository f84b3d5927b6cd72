"""Names in brackets: "Kenia / (Oeganda)" may serve Uganda now and then, or not at all.

A bracket is a part of the list where it says so itself ("(en Togo)"), belongs to the name before it
("Congo (Kinshasa)") or repeats what stands outside it ("Myanmar (Birma)"). Any other that holds a
country is one question, and so is one that was never closed.
"""

from __future__ import annotations

import re

from geo.names.normalise import one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.reading.lists import Name, read_list

_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_GOES_ON = re.compile(r"\s*(?:en|and|et|alsmede|&|\+)(?!\w)", re.I)
_PIECE = re.compile(r"[^/\\;|•·,\n()\[\]]*\n?$")  # the last of a list, which may break before it


def take_brackets(text: str, resolver: Resolver) -> tuple[str, list[Name]]:
    """The text of a work area without the brackets that are asked, and those.

    What a person decided about a bracket stands for the question.
    """
    brackets = [
        (bracket, held)
        for bracket in _BRACKET.finditer(text)
        if not _GOES_ON.match(bracket[1]) and not _is_of_name(text, bracket, resolver)
        if (held := _units(read_list(bracket[1], resolver)))
    ]
    if not brackets:
        return text, []
    outside = _units(read_list(_BRACKET.sub("\n", text), resolver))
    asked: list[Name] = []
    for bracket, held in reversed(brackets):
        if new := [iso3 for iso3 in held if iso3 not in outside]:
            printed = one_line(bracket[0])
            question = Unresolved(printed, "bracket", tuple(new))
            asked.insert(0, resolver.decided(printed) or question)
            text = f"{text[: bracket.start()]}\n{text[bracket.end() :]}"
    return text, asked


def _is_of_name(text: str, bracket: re.Match[str], resolver: Resolver) -> bool:
    """Whether the name before a bracket is one together with it."""
    piece = _PIECE.search(text, 0, bracket.start())
    if not piece or not piece[0].strip(" .:–—-\n"):
        return False
    whole = one_line(piece[0] + bracket[0])
    listed = resolver.exact(whole) or resolver.is_ambiguous(whole)
    return bool(listed or resolver.may_shorten(whole, whole=True))


def _units(names: list[Name]) -> list[str]:
    """The units of what is certainly read, each once."""
    return list(
        dict.fromkeys(
            iso3
            for name in names
            if isinstance(name, Match | Region)
            for iso3 in (name.members if isinstance(name, Region) else (name.iso3,))
        )
    )
