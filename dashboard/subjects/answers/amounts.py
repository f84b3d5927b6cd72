"""How many officers a question asks for: "two officers", "more than three", "at least 2"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.subjects.answers.question import Question, listed
from geo.names.normalise import key, key_tokens


class Amount(NamedTuple):
    """From `least` to `most` officers, any number more where that is None."""

    least: int
    most: int | None

    def holds(self, number: int) -> bool:
        """Whether a number is within it."""
        return self.least <= number and (self.most is None or number <= self.most)

    def in_words(self, t: Texts) -> str:
        """ "meer dan één officier", "precies 2 officieren"."""
        if self == SEVERAL:
            return t("find.more_than_one")
        return t.count("find.at_least" if self.most is None else "find.exactly", self.least)


SEVERAL = Amount(2, None)


class QuestionAmount(NamedTuple):
    """An amount, and the words of the question that say it."""

    amount: Amount
    words: frozenset[str]


def amount_in(question: Question) -> QuestionAmount | None:
    """The amount of officers that is asked for, None where a question has none.

    "een" is a number with its accents, or behind a word such as "more than".
    """
    text = _text(question)
    for match in re.finditer(_pattern(), text):
        bound, written, more = match["bound"], match["number"], match["more"]
        if (written in listed("article_words") and not bound) or bound in _phrases("up_to"):
            continue
        number = int(written) if written.isdigit() else _numbers().get(written, 1)
        number += bound in _phrases("more_than")
        at_least = more or (bound and bound not in _phrases("exactly"))
        amount = Amount(number, None if at_least else number)
        return QuestionAmount(amount, frozenset((*match[0].split(), *listed("article_words"))))
    return None


def is_bounded_above(question: Question) -> bool:
    """Whether so many officers or fewer are asked for, to which there is no answer."""
    matches = re.finditer(_pattern(), _text(question))
    return any(match["bound"] in _phrases("up_to") for match in matches)


def _text(question: Question) -> str:
    """The words of a question, "één" with its accents as a number."""
    pairs = zip(question.words, question.typed, strict=True)
    return " ".join("1" if typed.casefold() == "één" else word for word, typed in pairs)


@cache
def _pattern() -> str:
    """A bound, a number, and at most two words later the officers."""
    every = (_phrases(name) for name in ("more_than", "at_least", "exactly", "up_to"))
    bounds = "|".join(sorted(frozenset().union(*every), key=len, reverse=True))
    numbers = "|".join(sorted({*_numbers(), *listed("article_words")}))
    more, officers = "|".join(_phrases("or_more")), "|".join(sorted(listed("officer_words")))
    return (
        rf"\b(?:(?P<bound>{bounds}) )?(?P<number>[1-9]|{numbers})\b(?P<more> (?:{more}))?"
        rf"(?= (?:\w+ ){{0,2}}(?:{officers})\b)"
    )


@cache
def _phrases(name: str) -> frozenset[str]:
    """What says a bound in either language, as words are compared."""
    lists = (texts_of(language)(f"find.amount.{name}").split(",") for language in LANGUAGES)
    return frozenset(" ".join(key_tokens(phrase)) for phrases in lists for phrase in phrases)


@cache
def _numbers() -> dict[str, int]:
    """The numbers from one that are written in words, in either language."""
    lists = (texts_of(language)("find.number_words").split() for language in LANGUAGES)
    return {key(word): n for words in lists for n, word in enumerate(words, 1)}
