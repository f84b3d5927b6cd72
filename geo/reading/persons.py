"""Persons in a document, by name or by how to reach them: told before storing, and not kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.reading.organisations import in_short, organisations_in

if TYPE_CHECKING:
    from geo.names.resolver import Resolver

OMITTED = "[…]"
_BETWEEN = r"(?:(?:van|de|der|den|ter|ten|te|von|el|al|la|het|'t|’t)\s+)"
_SURNAME = r"[A-ZÀ-Þ][\w'’]+(?:-[A-ZÀ-Þ]\w+)?"
_INITIAL = r"(?:[A-ZÀ-Þ]\.\s?)"
_TITLE = (
    r"(?:(?:dhr|mevr|mw)\.?|(?:mr|drs|dr|ir|ing|prof|kol|lkol|lt|maj|kap|kpt|insp|cdr|col|sgt)\."
    r"|[Dd]e heer|[Mm]evrouw)"
)
_PERSON = re.compile(
    rf"(?<![\w.])(?:(?i:{_TITLE})\s*)+{_INITIAL}*{_BETWEEN}*{_SURNAME}(?:\s+{_SURNAME})?"
    rf"|(?<![\w.]){_INITIAL}{{2,}}{_BETWEEN}*{_SURNAME}"
    rf"|(?<![\w.]){_INITIAL}{_BETWEEN}+{_SURNAME}"
    rf"|(?<![\w.]){_INITIAL}{_SURNAME}"
    rf"|(?<=\bLO ){_SURNAME}\s+{_BETWEEN}+{_SURNAME}"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# As a number of the two countries or of abroad is written; a date or a number of rows is shorter,
# and a period of years begins with neither + nor 0.
_TELEPHONE = r"(?<![\w.,/-])(?:\+|00)\d(?:[\s().-]{0,2}\d){7,13}(?!\w)"
_TELEPHONE += r"|(?<![\w.,/-])(?!\d\d[-./]\d\d[-./]\d{4})0(?:[\s/.)-]{0,2}\d){8,9}(?!\w)"
_REACHED_AT = re.compile(f"{_MAIL}|{_TELEPHONE}")
# What is no country under any name: somebody is addressed, or a name has a particle.
_ADDRESSED = re.compile(
    rf"\b(?i:dhr\.?|mevr\.?|mw\.?|de heer|mevrouw)\s+{_INITIAL}*{_BETWEEN}*{_SURNAME}"
    rf"|(?<![\w.]){_INITIAL}+{_BETWEEN}+{_SURNAME}"
)
_PIECE_END = re.compile(r"[/,;:|\n()]|\s[-–—]\s")
_WORDS_AHEAD, _WORDS_BEHIND = 2, 4  # of a name of which the middle looks like a person
_EMPTY = re.compile(r"\(\s*\)|\[…\]")


def persons_in(text: str, resolver: Resolver) -> tuple[str, ...]:
    """What looks like the name of a person, a telephone number or an address of e-mail.

    A name is a title or initials, and a surname.
    "Dr. Congo" and "S. Arabië" are none: what may be a country is not taken for a person.
    """
    reached = tuple(match[0] for match in _REACHED_AT.finditer(text))
    rest = without_persons(text, reached)
    return reached + tuple(
        match[0]
        for match in _PERSON.finditer(rest)
        if not (_is_no_person(match[0], resolver) or _is_cut_short(match, resolver))
    )


def names_somebody(text: str) -> bool:
    """Whether a text that people type names a person certainly, or tells how to reach one.

    Without the names of countries at hand "E. Guinee" is not told from "E. Voorbeeld": neither is
    taken for a person here.
    """
    return bool(_REACHED_AT.search(text) or _ADDRESSED.search(text))


def may_be_somebody(role: str) -> bool:
    """Whether the name of a role, which is never one of a country, looks like a person's."""
    return names_somebody(role) or bool(_PERSON.search(role))


def _is_no_person(printed: str, resolver: Resolver) -> bool:
    if organisations_in(in_short(printed)):
        return True
    last = re.split(r"[.\s]+", printed.strip())[-1]
    return any(
        resolver.is_ambiguous(text) or resolver.knows(text) or resolver.organisation(text)
        for text in (printed, last)
    )


def _is_cut_short(match: re.Match[str], resolver: Resolver) -> bool:
    """Whether the words, alone or with those around them, may be the name of a country cut short.

    In "C. Afrikaanse Republiek" and "Papoea N. Guinea" what looks like a person is a part of it.
    """
    ahead = _PIECE_END.split(match.string[: match.start()])[-1].split()
    behind = _PIECE_END.split(match.string[match.end() :], maxsplit=1)[0].split()
    return any(
        resolver.may_shorten(" ".join((*ahead[len(ahead) - before :], match[0], *behind[:after])))
        for before in range(min(len(ahead), _WORDS_AHEAD) + 1)
        for after in range(min(len(behind), _WORDS_BEHIND) + 1)
    )


def without_persons(text: str, names: tuple[str, ...]) -> str:
    """The text with OMITTED for each of the names."""
    for name in names:
        text = text.replace(name, OMITTED)
    return text


def readable(text: str) -> str:
    """The text without OMITTED and the brackets around it, for what is read from it."""
    return _EMPTY.sub(" ", text.replace(OMITTED, "")) if OMITTED in text else text
