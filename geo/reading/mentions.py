"""Countries that a running text names: an explanation or a theme, which is no list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.names.normalise import one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.reading.lists import FOOTNOTE

Named = tuple[str, tuple[str, ...]]  # as printed, and the units it stands or may stand for

_APART = re.compile(r"[,;/|:•]|\.\s")
_WORD = re.compile(r"[^\W_]+|&")
_MOST_WORDS = 6  # of one name


def named_in(text: str, resolver: Resolver) -> list[Named]:
    """Every name of a country, region or doubtful country, in order; no codes ("KST", "CTER").

    Where a piece holds none, a line of it that is a misspelt name counts too.
    """
    found: list[Named] = []
    for piece in _APART.split(FOOTNOTE.sub("", text)):
        certain = list(_certain(piece, resolver))
        found += certain or _misspelt(piece, resolver)
    return found


def _certain(piece: str, resolver: Resolver) -> Iterator[Named]:
    """The longest names from the left."""
    spans = [word.span() for word in _WORD.finditer(piece)]
    start = 0
    while start < len(spans):
        last = start + 1
        for end in range(min(len(spans), start + _MOST_WORDS), start, -1):
            printed = one_line(piece[spans[start][0] : spans[end - 1][1]])
            units = _units(printed, resolver)
            if units:
                yield printed, units
                last = end
                break
        start = last


def _units(printed: str, resolver: Resolver) -> tuple[str, ...]:
    doubtful = resolver.is_ambiguous(printed)
    found = resolver.resolve(printed) if doubtful else resolver.exact(printed)
    if isinstance(found, Match):
        return () if found.how == "code" else (found.iso3,)
    if isinstance(found, Region):
        return found.members
    return found.suggestions if isinstance(found, Unresolved) else ()


def _misspelt(piece: str, resolver: Resolver) -> list[Named]:
    lines = (one_line(line).strip(" .()–—-*") for line in piece.splitlines())
    resolved = (resolver.resolve(line) for line in lines if resolver.knows(line))
    return [
        (name.printed, (name.iso3,))
        for name in resolved
        if isinstance(name, Match) and name.how != "code"
    ]
