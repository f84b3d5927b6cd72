"""What a work area says it does not hold: "Andeslanden m.u.v. Chili", "India / Nepal -/- Bhutan".

What is excluded is never served and never suggested. Where it cannot be told what is excluded from
what, the words are a question; a minus sign between two names is one, for it may be a dash. So
they are where somebody once decided of the word alone ("m.u.v. is no country"): that answer may not
pass over the country behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.names.decisions import Ignored
from geo.names.normalise import one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.reading.lists import Name, read_list

_SPACES = r"[\s.]*"
_AHEAD = r"(?:\b(?:maar|dus|echter|wel|nadrukkelijk|uitdrukkelijk|vooralsnog|momenteel)\s+)*"
_SERVED = r"bediend|gedekt|meegenomen|meegeteld|geaccrediteerd|inbegrepen|opgenomen|bevoegd"
_WORDS = re.compile(
    rf"{_AHEAD}(?:\bm{_SPACES}u{_SPACES}v\b\.?"
    r"|\bmet\s+(?:uitzondering(?:en)?|uitsluiting)\s+van\b"
    r"|\buitgezonderd\b|\buitgesloten\b|\bexcl(?:usief|\.)?(?!\w)|\bbehalve\b|\bzonder\b"
    rf"|\bniet(?:\s+(?:in|voor|zijnde|langer|meer|{_SERVED}))?\b|\bgeen\b|\bmin(?:us)?\b"
    r"|\bi\.?\s?p\.?\s?v\b\.?|\bin\s+plaats\s+van\b"
    r"|\bexcept(?:ing|\s+for)?\b|\bexcluding\b|\bwithout\b|\bnot\b|\bsauf\b|\bhormis\b"
    r"|-\s*/\s*-|(?<=\s)−(?=\s))",
    re.I,
)
_ALL_BUT = re.compile(r"[^/;()\n]*\bop\s+[^/;()\n]{2,60}?\s+na\b", re.I)  # "alle landen op X na"
_MINUS = re.compile(r"\s+-\s+|(?<=\w)\s*[–—]\s*(?=\w)")
# Where some names have a plus before them, a dash before another is a minus and no bullet.
_PLUS = re.compile(r"(?:^|[/,;(\n])\s*\+\s*\w")
_MINUS_AHEAD = re.compile(r"(?:(?<=[/,;(\n])|^)\s*[-–—−]\s*\w[^/,;()\n]*")
_SEPARATES = re.compile(r"[/,;|•·→\t\n\\()]|\s(?:en|and|&)\s", re.I)
_PIECE = re.compile(r"[^/,;\n]*\w[^/,;\n\w]*$")  # the last of a list, with its bracket
_EDGES = " ,;:/\n\t"


@dataclass(frozen=True)
class Exclusions:
    """`rest` is the text without its exclusions; `names` are certainly excluded.

    `doubts` are the exclusions that a person must settle, or has settled.
    """

    rest: str
    names: tuple[Match | Region, ...] = ()
    doubts: tuple[Name, ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """ISO codes of all that is certainly excluded."""
        return frozenset(
            iso3
            for name in self.names
            for iso3 in (name.members if isinstance(name, Region) else (name.iso3,))
        )


def take_exclusions(text: str, resolver: Resolver) -> Exclusions:
    """Take every exclusion out of the text of a work area, which may hold line breaks."""
    names: list[Match | Region] = []
    doubts: list[Name] = []
    if _PLUS.search(text):
        for sign in reversed([*_MINUS_AHEAD.finditer(text)]):
            doubts.append(_settled(one_line(sign[0]), resolver))
            text = f"{text[: sign.start()]}\n{text[sign.end() :]}"
    while sentence := _ALL_BUT.search(text):
        doubts.append(_settled(one_line(sentence[0]), resolver))
        text = f"{text[: sentence.start()]}\n{text[sentence.end() :]}"
    while word := _WORDS.search(text):
        start, (end, in_bracket) = word.start(), _scope(text, word.start())
        phrase, excluded = text[start:end], _excluded(text[word.end() : end], resolver)
        certain = [name for name in excluded if isinstance(name, Match | Region)]
        one = len(excluded) == 1 or (in_bracket and len(excluded) > 1)
        before = text[:start].strip(f"{_EDGES}(")
        if one and before and len(certain) == len(excluded) and not _is_decided(phrase, resolver):
            names += certain
            if _is_decided(word[0], resolver):  # of the word alone: what follows it was not seen
                doubts.append(_settled(one_line(phrase).strip(f"{_EDGES}()"), resolver))
        else:
            start = start if excluded else _piece_before(text, start, in_bracket=in_bracket)
            doubts.append(_settled(one_line(text[start:end]).strip(f"{_EDGES}()"), resolver))
        text = f"{text[:start].rstrip(_EDGES)}\n{text[end:].lstrip(_EDGES)}"
    rest, minus = _take_minus(text, resolver)
    return Exclusions(rest, tuple(names), (*doubts, *minus))


def _scope(text: str, start: int) -> tuple[int, bool]:
    """Where an exclusion that begins at `start` ends, and whether a bracket closes it in."""
    opened = text.rfind("(", 0, start) > text.rfind(")", 0, start)
    ends = [text.find(sign, start) for sign in (")" if opened else ";(")]
    behind = [end for end in ends if end >= 0]
    if word := _WORDS.search(text, _WORDS.match(text, start).end()):  # type: ignore[union-attr]
        behind.append(word.start())
    return min(behind, default=len(text)), opened


def _piece_before(text: str, end: int, *, in_bracket: bool) -> int:
    """Where the name begins that a word behind it excludes: "Libië niet", "Libië (niet)"."""
    opened = text.rfind("(", 0, end) + 1 if in_bracket else 0
    first = opened if text[opened:end].strip(_EDGES) else 0
    piece = _PIECE.search(text, first, end)
    return piece.start() if piece else end


def _excluded(text: str, resolver: Resolver) -> list[Name]:
    return read_list(text.strip(_EDGES), resolver)


def _is_decided(phrase: str, resolver: Resolver) -> bool:
    return resolver.decided(one_line(phrase).strip(" ()")) is not None


def _settled(phrase: str, resolver: Resolver) -> Name:
    """What a person decided about the words of an exclusion, else the question."""
    return resolver.decided(phrase) or Unresolved(phrase, "excluded")


def _take_minus(text: str, resolver: Resolver) -> tuple[str, list[Name]]:
    """A minus or a dash between two names: a question where it is not plainly a dash.

    It is one where the whole list is set apart by dashes (a single hyphen between two countries
    may be a minus), and never behind a region.
    """
    doubts: list[Name] = []
    pieces = []
    for piece in re.split(r"([/,;|\n()]+)", text):
        parts = [part.strip() for part in _MINUS.split(piece)]
        whole = one_line(piece).strip()
        if len(parts) < 2 or not all(parts) or _is_name(whole, resolver):
            pieces.append(piece)
            continue
        only = not _SEPARATES.search(text.strip(_EDGES))
        dashes = "-" not in "".join(_MINUS.findall(piece))
        listed = only and (len(parts) > 2 or dashes) and all(_is_unit(p, resolver) for p in parts)
        if listed or not any(_is_name(part, resolver) for part in parts[1:]):
            pieces.append(piece)
        else:
            doubts.append(_doubted_minus(whole, parts[0], resolver))
            pieces.append("\n")
    return "".join(pieces), doubts


def _doubted_minus(whole: str, first: str, resolver: Resolver) -> Name:
    """The question about "A - B"; only A may be suggested."""
    decided = resolver.decided(whole)
    if decided:
        return decided
    unit = resolver.exact(first)
    return Unresolved(whole, "minus", (unit.iso3,) if isinstance(unit, Match) else ())


def _is_name(text: str, resolver: Resolver) -> bool:
    return bool(resolver.is_ambiguous(text) or resolver.knows(text))


def _is_unit(text: str, resolver: Resolver) -> bool:
    return isinstance(resolver.resolve(text), Match | Ignored)
