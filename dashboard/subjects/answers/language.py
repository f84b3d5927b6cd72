"""In which language a question is put, by the words that only one of them has."""

from __future__ import annotations

from functools import cache

from dashboard.i18n import LANGUAGES, texts_of
from dashboard.subjects.answers.question import Question
from geo.names.normalise import key_tokens

_NAMES = ("unit", "city", "mission", "region", "document")
_GROUPS = ("find.subject", "find.words", "find.of_area", "find.of_unit")


def language_of(question: Question, own: str) -> str:
    """The other language where words of it alone stand in the question; else the reader's `own`.

    Names of several words ("New York"), and words that both languages have, tell nothing.
    """
    names = [part for part in question.of(*_NAMES) if part.end - part.start > 1]
    named = {place for part in names for place in range(part.start, part.end)}
    words = frozenset(word for place, word in enumerate(question.words) if place not in named)
    spoken = {language: bool(words & _own_words(language)) for language in LANGUAGES}
    [other] = [language for language in LANGUAGES if language != own]
    return other if spoken[other] and not spoken[own] else own


@cache
def _own_words(language: str) -> frozenset[str]:
    """The words of the questions of a language that the other does not have."""
    [other] = [each for each in LANGUAGES if each != language]
    return _words(language) - _words(other)


def _words(language: str) -> frozenset[str]:
    """Every word by which we know what is asked in a language."""
    t = texts_of(language)
    lists = [written for name, written in t.group("find").items() if name.endswith("_words")]
    lists += [written for group in _GROUPS for written in t.group(group).values()]
    return frozenset(word for written in lists for word in key_tokens(written))
