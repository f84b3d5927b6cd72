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

# Where a sentence ends: not behind "m.i.v." or "bijv.", nor where a line is broken before a name.
_BREAK = re.compile(
    r"(?<=[.!?])(?<!\.\w\.)(?<!\bbijv\.)\s+(?![\sa-zà-ÿ\d])"
    r"|(?<!\b(?:in|te|de|en|of))(?<!\b(?:het|van|uit|bij|aan))(?<!\bvoor)(?<!\bnaar)"
    r"\n(?=[\nA-ZÀ-Þ•·*\t–-])"
)
_POSTS = (
    r"(?:post(?:en|s)?|plaatsing(?:en)?|(?:fi)?lo['’]?s?|liaisons?|(?:verbindings)?officier(?:en)?"
    r"|officers?|standplaats(?:en)?|vertegenwoordig\w*|miss(?:ies?|ions?))"
)
_POST = re.compile(rf"\b{_POSTS}\b", re.I)
# How a cell may look, where a sentence says what that means.
_LOOK = re.compile(
    r"\b(?:(?:licht|donker)?(?:grij(?:s|ze)|rood|rode|groene?|geel|gele|blauwe?)|oranje|paarse?"
    r"|gearceerde?|arcering|cursie(?:f|ve)|schuingedrukte?|vet(?:te|gedrukte?)?|onderstreepte?"
    r"|door(?:ge)?(?:haalde?|streepte?)|gekleurde?|kleur(?:en)?|omkaderde?|sterretjes?|asterisk"
    r"|shaded|italics?|in\s+(?:gr[ea]y|red|green|yellow|bold)|struck\s+(?:out|through))\b",
    re.I,
)
# Words that point to a table or a list.
_BELOW = re.compile(
    rf"\b(?:onderstaande?|hieronder|hierna|bovenstaande?|volgende\s+(?:\w+\s+){{0,2}}{_POSTS})\b",
    re.I,
)
_TO_COME = re.compile(r"\b(?:voornemens?|streef\w*|werk(?:t|en)|zal|zullen)\b", re.I)
_SERVES = re.compile(
    r"\b(?:(?:mede)?geaccrediteerd|(?:mede)?accreditatie|bedien(?:en|d|t)|bestrijk(?:en|t)"
    r"|accredited|accreditation)\b",
    re.I,
)
_WORD = re.compile(r"\w+")
_LEAST = 4  # words of a sentence, and letters of a name that is looked for in one
_LONGEST = 800  # signs of a sentence


def telling(text: str, names: Iterable[str], printed: str) -> Iterator[str]:
    """The sentences of running text that a person must read beside the tables.

    `names` are the cities, countries and missions of the rows; `printed` is all that the rows
    print, for the text of some files holds their words too.
    """
    own = key(printed)
    known = {word for name in names if len(word := key(name)) >= _LEAST}
    lines = "\n".join(line.rstrip().lstrip(" \xa0") for line in text.split("\n"))
    for sentence in dict.fromkeys(" ".join(part.split()) for part in _BREAK.split(lines)):
        words = _WORD.findall(sentence) if len(sentence) <= _LONGEST else []
        if len(words) >= _LEAST and _tells(sentence, words, known) and key(sentence) not in own:
            yield sentence


def _tells(sentence: str, words: list[str], known: set[str]) -> bool:
    """Whether a sentence says something of a post of the tables, or of how they are drawn."""
    posts, below = _POST.search(sentence), _BELOW.search(sentence)
    if not (posts and (below or _names(words, known))):
        # The colour of a notice or a flag is told of in other words than those of a status.
        said = _speaks(sentence) if posts else cell_status(sentence) != Status(sentence)
        return said and bool(_LOOK.search(sentence))
    return _speaks(sentence) or bool((_TO_COME if below else _SERVES).search(sentence))


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
