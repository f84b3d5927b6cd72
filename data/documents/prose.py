"""Sentences beside the tables that may change a row: a closed post, a colour that means vacant.

An annex tells much in running text. Asked is only what speaks of the posts that its tables list, or
of how they are drawn, and says that they are not simply there today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geo.names.normalise import key
from geo.reading.officers import take_officers
from geo.reading.status import Status, cell_status, is_of_another_day

_BREAK = re.compile(r"(?<=[.!?])\s+|\n(?=\s*(?:\n|[A-ZÀ-Þ•·*\t–-]))")
_POSTS = (
    r"(?:posten|post|plaatsing(?:en)?|lo['’]?s?|liaisons?|(?:verbindings)?officier(?:en)?"
    r"|officers?|standplaats|vertegenwoordig\w*|missies?)"
)
_POST = re.compile(rf"\b{_POSTS}\b", re.I)
# How a cell may look, where a sentence says what that means.
_LOOK = re.compile(
    r"\b(?:grijze?|gearceerde?|arcering|cursie(?:f|ve)|schuingedrukte?|vet(?:te|gedrukte?)?"
    r"|onderstreepte?|rood|rode|groene?|gele?|geel|oranje|blauwe?|gekleurde?|kleur|omkaderde?"
    r"|sterretjes?|asterisk)\b",
    re.I,
)
# Words that point to a table or a list.
_BELOW = re.compile(
    rf"\b(?:onderstaande?|hieronder|hierna|bovenstaande?|volgende\s+(?:\w+\s+){{0,2}}{_POSTS})\b",
    re.I,
)
_TO_COME = re.compile(r"\b(?:voornemens?|streef\w*|werk(?:t|en)|zal|zullen)\b", re.I)
_SERVES = re.compile(r"\b(?:(?:mede)?geaccrediteerd|(?:mede)?accreditatie|bedien[ed]?t?)\b", re.I)
_WORD = re.compile(r"\w+")
_LEAST = 4  # words of a sentence, and letters of a name that is looked for in one
_LONGEST = 400  # signs of a sentence


def telling(text: str, names: Iterable[str], printed: str) -> Iterator[str]:
    """The sentences of running text that a person must read beside the tables.

    `names` are the cities, countries and missions of the rows; `printed` is all that the rows
    print, for the text of some files holds their words too.
    """
    own = key(printed)
    known = {word for name in names if len(word := key(name)) >= _LEAST}
    for sentence in dict.fromkeys(" ".join(part.split()) for part in _BREAK.split(text)):
        words = _WORD.findall(sentence)
        if len(words) < _LEAST or len(sentence) > _LONGEST or key(sentence) in own:
            continue
        looks, posts = _LOOK.search(sentence), _POST.search(sentence)
        below = _BELOW.search(sentence)
        speaks = _speaks(sentence) or (below and _TO_COME.search(sentence))
        if posts and not speaks and not below:
            speaks = _SERVES.search(sentence)
        if speaks and (looks or (posts and (below or _names(words, known)))):
            yield sentence


def _speaks(sentence: str) -> bool:
    """Whether a sentence says that something is not there, not yet, or more than once."""
    officers = take_officers(sentence)
    return (
        is_of_another_day(sentence)
        or cell_status(sentence) != Status(sentence)
        or bool(officers.doubt)
        or (officers.count or 1) > 1
    )


def _names(words: list[str], known: set[str]) -> bool:
    """Whether one to three words of a sentence are a name of the tables."""
    folded = [*map(key, words)]
    return any(
        "".join(folded[start : start + many]) in known
        for start in range(len(folded))
        for many in (1, 2, 3)
    )
