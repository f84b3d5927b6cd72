"""Names of persons in a document: they are told before anything is stored, and never kept."""

from __future__ import annotations

import re

from geo.names.resolver import Resolver
from geo.reading.organisations import in_short, organisations_in

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
_EMPTY = re.compile(r"\(\s*\)|\[…\]")


def persons_in(text: str, resolver: Resolver) -> tuple[str, ...]:
    """What looks like the name of a person: a title or initials, and a surname.

    "Dr. Congo" and "E. Guinee" are none: what may be a country is not taken for a person.
    """
    return tuple(
        match[0] for match in _PERSON.finditer(text) if not _is_no_person(match[0], resolver)
    )


def _is_no_person(printed: str, resolver: Resolver) -> bool:
    if organisations_in(in_short(printed)):
        return True
    last = re.split(r"[.\s]+", printed.strip())[-1]
    return any(
        resolver.is_ambiguous(text) or resolver.knows(text) or resolver.organisation(text)
        for text in (printed, last)
    )


def without_persons(text: str, names: tuple[str, ...]) -> str:
    """The text with OMITTED for each of the names."""
    for name in names:
        text = text.replace(name, OMITTED)
    return text


def readable(text: str) -> str:
    """The text without OMITTED and the brackets around it, for what is read from it."""
    return _EMPTY.sub(" ", text.replace(OMITTED, "")) if OMITTED in text else text
